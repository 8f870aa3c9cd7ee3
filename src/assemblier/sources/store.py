"""The local store: checked tables in Parquet, each with where it comes from.

What is imported from one file is one *lot*: a folder written aside, forced to the disk, then put
in place by one rename. A lot is there whole or not at all, whenever the process is killed; no
other file says which lots exist, so none can disagree. Of the same table, source and vintage, the
lot with the highest number is the one in force; the others are removed when nothing of them is.

    DONNEES/lots/000012-drees-apl/lot.json, apl_publiee-1.parquet …
"""

import datetime
import difflib
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assemblier.durable import explained, file_sha256, put_in_place, sync_folder, write_through
from assemblier.errors import DataError, InputError, Problem, UnavailableError
from assemblier.figures import Source
from assemblier.sources.layout import Imported, ImportedTable
from assemblier.sources.locking import PATIENCE_SECONDS, exclusive
from assemblier.sources.report import ImportReport, report_from_dict
from assemblier.tables import TABLES, check, require, table_spec

if TYPE_CHECKING:
    import polars as pl

VARIABLE = "ASSEMBLIER_DONNEES"
FORMAT = 1
_MANIFEST = "lot.json"
_ASIDE = "preparation"
_SHOWN_NAMES = 8
_DATES = re.compile(r"(?<!\d)(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that was imported.

    Attributes
    ----------
    file_name
        Its name, without its folder.
    sha256, size
        Of its bytes as given (compressed if it was).
    layout
        Key of the layout or of the recipe that read it.
    address
        Where it was downloaded, or empty.
    """

    file_name: str
    sha256: str
    size: int
    layout: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One table of one source and vintage, in the store.

    Attributes
    ----------
    table
        A key of `assemblier.tables.TABLES`.
    source, vintage
        As imported.
    rows
        Rows of the table.
    path, sha256
        Its Parquet file.
    """

    table: str
    source: Source
    vintage: str
    rows: int
    path: Path
    sha256: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """What a newer entry must share to replace this one."""
        return (self.table, self.source.key, self.vintage)


@dataclass(frozen=True, slots=True)
class Lot:
    """What one file brought, and when.

    Attributes
    ----------
    number
        Grows with each import.
    imported_at
        In UTC.
    origin, report, entries
        The file, the account of its rows, its tables.
    folder
        Where the lot is.
    """

    number: int
    imported_at: datetime.datetime
    origin: Origin
    report: ImportReport
    entries: tuple[Entry, ...]
    folder: Path


def default_folder() -> Path:
    """Return where the store is: what `ASSEMBLIER_DONNEES` says, else the user's data folder."""
    chosen = os.environ.get(VARIABLE, "")
    if chosen:
        return Path(chosen).expanduser().absolute()
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "assemblier"


class Store:
    """The tables imported on this machine.

    Always true
    -----------
    Whenever a process is killed, opening the store again gives every lot whose import had ended,
    each whole, and nothing else.
    Two processes that import at once both succeed, one after the other.
    """

    def __init__(
        self, folder: Path | None = None, patience_seconds: float = PATIENCE_SECONDS
    ) -> None:
        self.folder = folder or default_folder()
        self._lots = self.folder / "lots"
        self._aside = self.folder / _ASIDE
        self._patience = patience_seconds

    def lots(self) -> tuple[Lot, ...]:
        """Return the lots, oldest first; a damaged one is left out (see `check`)."""
        while True:
            folders = self._lot_folders()
            found = [_read_lot(folder) for folder in folders]
            # One that vanished was replaced by another process: its replacement is there now.
            if all(folder.exists() for folder in folders):
                break
        return tuple(sorted((lot for lot in found if lot), key=lambda lot: lot.number))

    def entries(self) -> tuple[Entry, ...]:
        """Return the tables in force, one for each table, source and vintage."""
        in_force: dict[tuple[str, str, str], Entry] = {}
        for lot in self.lots():
            in_force.update((entry.identity, entry) for entry in lot.entries)
        return tuple(in_force[identity] for identity in sorted(in_force))

    def find(self, table: str, source: str = "", vintage: str = "") -> tuple[Entry, ...]:
        """Return the entries of a table, the latest vintage last.

        Parameters
        ----------
        table
            A key of `assemblier.tables.TABLES`.
        source, vintage
            Only this source key, only this vintage; empty: any.
        """
        table_spec(table)
        return tuple(
            sorted(
                (
                    entry
                    for entry in self.entries()
                    if entry.table == table
                    and source in ("", entry.source.key)
                    and vintage in ("", entry.vintage)
                ),
                key=lambda entry: (vintage_date(entry.vintage), entry.vintage, entry.source.key),
            )
        )

    def read(self, table: str, source: str = "", vintage: str = "") -> ImportedTable:
        """Return a table: of its latest vintage, unless one is asked for.

        Raises
        ------
        UnavailableError
            When the store has none.
        DataError
            When its file was damaged after the import.
        """
        # Between the list and the reading, another process may replace a lot: then look again.
        for _ in range(5):
            found = self.find(table, source, vintage)
            if not found:
                break
            try:
                return _read_entry(found[-1])
            except FileNotFoundError:
                continue
        named = f"{table} {source} {vintage}".strip()
        raise UnavailableError(table_spec(table).meaning, f"un fichier qui apporte « {named} »")

    def put(self, imported: Imported, origin: Origin) -> Lot:
        """Keep what was read from a file; earlier tables of the same source and vintage go.

        Parameters
        ----------
        imported
            Its tables and its report.
        origin
            The file.

        Raises
        ------
        DataError
            When a table breaks its specification: nothing is then kept.
        OutputError
            When it cannot be written, or another process holds the store for too long.
        """
        _refuse_bad_tables(imported, origin)
        with self._writing():
            number = 1 + max((lot_number(folder) for folder in self._lot_folders()), default=0)
            lot = self._place(imported.tables, imported.report, origin, number)
            self._remove_replaced()
        return lot

    def forget(self, name: str) -> tuple[Entry, ...]:
        """Remove every table of a source; ``"source@vintage"`` removes that vintage only.

        Returns
        -------
            What was removed.

        Raises
        ------
        InputError
            When the store has no such source; those it has are listed.
        """
        source, _, vintage = name.partition("@")

        def is_meant(entry: Entry) -> bool:
            return entry.source.key == source and vintage in ("", entry.vintage)

        with self._writing():
            lots = self.lots()
            removed = tuple(entry for lot in lots for entry in lot.entries if is_meant(entry))
            if not removed:
                raise InputError([self._unknown_name(name)])
            for lot in lots:  # oldest first: what an older lot held never comes back
                if any(is_meant(entry) for entry in lot.entries):
                    self._rewrite_without(lot, is_meant)
        return removed

    def check(self) -> Sequence[Problem]:
        """Return everything that is wrong in the store: read whole, compared with its account."""
        problems: list[Problem] = []
        for folder in self._lot_folders():
            lot = _read_lot(folder)
            if lot is None:
                problems.append(_damaged(folder, "compte du lot illisible"))
                continue
            for entry in lot.entries:
                problems += _entry_problems(entry)
        return problems

    def _unknown_name(self, name: str) -> Problem:
        entries = self.entries()
        key = name.partition("@")[0]
        known = list(names_of(entries))
        if key in known:
            vintages = [entry.vintage for entry in entries if entry.source.key == key]
            known = [f"{key}@{one}" for one in dict.fromkeys(vintages)]
        near = difflib.get_close_matches(name, known, 1)
        shown = ", ".join(known[:_SHOWN_NAMES]) + ("…" if len(known) > _SHOWN_NAMES else "")
        return Problem(
            str(self.folder),
            f"pas de source « {name} »",
            "l'une de : " + (shown or "aucune, le dossier est vide"),
            f"écrire « {near[0]} »"
            if near
            else "reprendre un nom que liste « assemblier sources »",
        )

    def _explained(self) -> AbstractContextManager[None]:
        return explained(
            self.folder,
            "libérer de la place ou choisir un autre dossier avec la variable "
            f"{VARIABLE} ; rien n'a été perdu",
        )

    def _lot_folders(self) -> list[Path]:
        try:
            return sorted(path for path in self._lots.iterdir() if path.is_dir())
        except FileNotFoundError:
            return []

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the store alone; what a killed import left aside is removed first."""
        with exclusive(self.folder / "verrou", self._patience), self._explained():
            shutil.rmtree(self._aside, ignore_errors=True)
            self._lots.mkdir(parents=True, exist_ok=True)
            self._aside.mkdir(parents=True, exist_ok=True)
            yield

    def _place(
        self, tables: Sequence[ImportedTable], report: ImportReport, origin: Origin, number: int
    ) -> Lot:
        """Write a lot aside, then put it in place at once."""
        name = f"{number:06d}-{_file_name(origin.layout)}"
        draft = self._aside / name
        draft.mkdir()
        entries = [_write_entry(table, draft, rank) for rank, table in enumerate(tables, 1)]
        lot = Lot(number, _now(), origin, report, tuple(entries), draft)
        write_through(draft / _MANIFEST, _manifest(lot))
        put_in_place(draft, self._lots / name)
        placed = _read_lot(self._lots / name)
        if placed is None:
            raise DataError([_damaged(self._lots / name, "lot illisible après son écriture")])
        return placed

    def _remove_replaced(self) -> None:
        """Remove the lots of which nothing is in force any more."""
        in_force = {entry.path for entry in self.entries()}
        for lot in self.lots():
            if not any(entry.path in in_force for entry in lot.entries):
                self._remove(lot.folder)

    def _remove(self, folder: Path) -> None:
        """Take a lot out of sight at once, then delete its files."""
        os.rename(folder, self._aside / f"retrait-{folder.name}")  # noqa: PTH104
        sync_folder(self._lots)
        shutil.rmtree(self._aside / f"retrait-{folder.name}", ignore_errors=True)

    def _rewrite_without(self, lot: Lot, is_meant: Callable[[Entry], bool]) -> None:
        """Replace a lot by a newer one that has only its other tables still in force."""
        in_force = {entry.path for entry in self.entries()}
        remaining = [one for one in lot.entries if one.path in in_force and not is_meant(one)]
        if remaining:
            tables = [_read_entry(entry) for entry in remaining]
            number = 1 + max(lot_number(folder) for folder in self._lot_folders())
            self._place(tables, lot.report, lot.origin, number)
        self._remove(lot.folder)


def vintage_date(vintage: str) -> str:
    """Return the latest year or date that a vintage names, empty when it names none.

    Examples
    --------
    >>> vintage_date("RP 2022"), vintage_date("2026-03-15"), vintage_date("sans date")
    ('2022', '2026-03-15', '')
    """
    return max(_DATES.findall(vintage), default="")


def lot_number(folder: Path) -> int:
    """Return the number of a lot from the name of its folder."""
    digits = folder.name.partition("-")[0]
    return int(digits) if digits.isdigit() else 0


def origin_of(path: Path, layout: str, name: str = "", address: str = "") -> Origin:
    """Return the origin that describes a file on disk."""
    return Origin(name or path.name, file_sha256(path), path.stat().st_size, layout, address)


def _refuse_bad_tables(imported: Imported, origin: Origin) -> None:
    """Raise DataError, with every problem of every table, before anything is written."""
    problems: list[Problem] = []
    seen: set[tuple[str, str, str]] = set()
    for table in imported.tables:
        where = f"{origin.file_name}, table {table.spec_name} {table.vintage}"
        problems += check(table.frame, table_spec(table.spec_name), where)
        identity = (table.spec_name, table.source.key, table.vintage)
        if identity in seen:
            problems.append(
                Problem(where, "deux fois la même table", "une seule", "les réunir en une")
            )
        seen.add(identity)
    if problems:
        raise DataError(problems)


def _write_entry(table: ImportedTable, folder: Path, rank: int) -> Entry:
    path = folder / f"{table.spec_name}-{rank}.parquet"
    content = io.BytesIO()
    table.frame.write_parquet(content, compression="zstd")
    write_through(path, content.getvalue())
    return Entry(
        table.spec_name, table.source, table.vintage, table.frame.height, path, file_sha256(path)
    )


def _manifest(lot: Lot) -> bytes:
    values = {
        "format": FORMAT,
        "numero": lot.number,
        "importe_le": lot.imported_at.isoformat(),
        "fichier": asdict(lot.origin),
        "rapport": lot.report.as_dict(),
        "tables": [
            {
                "table": entry.table,
                "source": asdict(entry.source),
                "millesime": entry.vintage,
                "lignes": entry.rows,
                "fichier": entry.path.name,
                "sha256": entry.sha256,
            }
            for entry in lot.entries
        ],
    }
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()


def _read_lot(folder: Path) -> Lot | None:
    """Return a lot, or None where its account cannot be read."""
    try:
        values = json.loads((folder / _MANIFEST).read_bytes())
        entries = tuple(
            Entry(
                one["table"],
                Source(**one["source"]),
                one["millesime"],
                one["lignes"],
                folder / one["fichier"],
                one["sha256"],
            )
            for one in values["tables"]
        )
        when = datetime.datetime.fromisoformat(values["importe_le"])
        origin = Origin(**values["fichier"])
        report = report_from_dict(values["rapport"])
        is_known = values["format"] == FORMAT and all(one.table in TABLES for one in entries)
        return Lot(values["numero"], when, origin, report, entries, folder) if is_known else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read_entry(entry: Entry) -> ImportedTable:
    frame = _read_parquet(entry)
    spec = table_spec(entry.table)
    return ImportedTable(
        entry.table, require(frame, spec, str(entry.path)), entry.source, entry.vintage
    )


def _read_parquet(entry: Entry) -> "pl.DataFrame":
    import polars as pl

    try:
        return pl.read_parquet(entry.path, memory_map=False)
    except FileNotFoundError:
        raise
    except pl.exceptions.PolarsError as error:
        raise DataError([_damaged(entry.path, "fichier Parquet illisible")]) from error


def _entry_problems(entry: Entry) -> Iterator[Problem]:
    """Yield what is wrong with the file of an entry."""
    try:
        if file_sha256(entry.path) != entry.sha256:
            yield _damaged(entry.path, "fichier modifié depuis son import")
            return
        frame = _read_parquet(entry)
    except OSError:
        yield _damaged(entry.path, "fichier absent ou illisible")
        return
    except DataError as error:
        yield from error.problems
        return
    if frame.height != entry.rows:
        yield _damaged(entry.path, f"{frame.height} lignes au lieu de {entry.rows}")
    yield from check(frame, table_spec(entry.table), str(entry.path))


def _damaged(path: Path, found: str) -> Problem:
    return Problem(
        str(path),
        found,
        "le lot tel qu'il a été importé",
        "« assemblier sources oublier NOM » s'il est encore listé (sinon supprimer ce dossier), "
        "puis importer de nouveau le fichier d'origine",
    )


def _file_name(key: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in key.lower())[:60]


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def names_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the source keys of entries, each once, in order."""
    return tuple(dict.fromkeys(entry.source.key for entry in entries))
