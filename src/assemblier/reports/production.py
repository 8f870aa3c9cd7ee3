"""From a territory to the files on the disk: panorama, panoramas by EPCI, sheet of a commune."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assemblier.errors import InputError, Problem
from assemblier.reports.document import Document, Table
from assemblier.reports.formats import FORMATS, Format

if TYPE_CHECKING:
    from assemblier.diagnosis.articulation import Declared
    from assemblier.diagnosis.ecosystem import Resource
    from assemblier.diagnosis.signals import Observation
    from assemblier.territory import Perimeter
    from assemblier.travel import Engine

SHEET_FORMATS = {".pdf": "pdf", ".docx": "docx"}
_FILES = {one.extension: one for one in FORMATS.values() if not one.file_name.endswith("/")}
"""The formats of one file, by extension."""


class Progress(Protocol):
    """What a long task tells as it goes."""

    def total(self, steps: int) -> None:
        """Say how many steps there are."""

    def step(self, what: str) -> None:
        """Say that a step begins; the one before is done."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, where, and what could not be shown.

    Attributes
    ----------
    place
        The folder or the file to open first.
    files
        Names of the files, relative to the folder.
    title
        Of the report.
    """

    place: Path
    files: tuple[str, ...]
    title: str


def write_panorama(
    perimeter: "Perimeter",
    folder: Path,
    formats: Sequence[Format],
    on: dt.date,
    progress: Progress,
    observations: "Sequence[Observation]" = (),
    perimeters: "Sequence[Declared]" = (),
    engine: "Engine | None" = None,
) -> Written:
    """Write the panorama of a territory into a folder, as a whole.

    Raises
    ------
    OutputError
        When the folder cannot be written; nothing half-written is left.
    """
    from assemblier.reports.panorama import panorama
    from assemblier.reports.writing import replacing_folder

    progress.total(1 + len(formats))
    with replacing_folder(folder) as draft:
        progress.step("Calculs")
        document = panorama(perimeter, on, observations, perimeters, engine)
        for name, content in rendered(document, formats, progress):
            draft.add(name, content)
        return Written(folder, draft.names, document.title)


def is_report_file(path: Path) -> bool:
    """Return whether a place is that of one file of a report, and not of a folder.

    Examples
    --------
    >>> is_report_file(Path("conseil.pdf")), is_report_file(Path("conseil"))
    (True, False)
    """
    return path.suffix.lower() in _FILES and not path.is_dir()


def write_panorama_file(
    perimeter: "Perimeter",
    path: Path,
    on: dt.date,
    progress: Progress,
    observations: "Sequence[Observation]" = (),
    perimeters: "Sequence[Declared]" = (),
    engine: "Engine | None" = None,
) -> Written:
    """Write the panorama of a territory as one file, whose extension chooses the format.

    Raises
    ------
    OutputError
        When the file cannot be written; the one that was there is then intact.
    """
    from assemblier.reports.panorama import panorama

    progress.total(2)
    progress.step("Calculs")
    document = panorama(perimeter, on, observations, perimeters, engine)
    progress.step(_FILES[path.suffix.lower()].label)
    return write_report(document, path)


def write_by_epci(
    perimeter: "Perimeter",
    folder: Path,
    formats: Sequence[Format],
    on: dt.date,
    progress: Progress,
    observations: "Sequence[Observation]" = (),
    perimeters: "Sequence[Declared]" = (),
    engine: "Engine | None" = None,
) -> Written:
    """Write one panorama per EPCI of a territory, and a page that links them, as a whole.

    The communes of an EPCI that lie outside the territory are in its panorama: an intercommunalité
    is described whole.

    Raises
    ------
    InputError
        When the communes of the territory belong to no EPCI, or all to one.
    OutputError
        When the folder cannot be written; nothing half-written is left.
    """
    from assemblier import territory
    from assemblier.french import date_text
    from assemblier.reports.html import IndexEntry, render_index
    from assemblier.reports.panorama import panorama
    from assemblier.reports.panorama.overview import COLUMNS, overview, overview_note
    from assemblier.reports.writing import replacing_folder

    members = sorted(territory.epci_of(perimeter), key=lambda epci: epci.nom)
    if not members:
        raise InputError([_no_epci(perimeter)])
    if len(members) == 1:
        raise InputError([_one_epci(perimeter, members[0])])
    progress.total(len(members) * (1 + len(formats)))
    with replacing_folder(folder) as draft:
        entries = []
        for epci in members:
            progress.step(epci.nom)
            document = panorama(epci, on, observations, perimeters, engine)
            names = []
            for name, content in rendered(document, formats, progress):
                draft.add(f"{epci.key}/{name}", content)
                names.append(name)
            entries.append(IndexEntry(epci.nom, f"{epci.key}/{_first(names)}", overview(epci)))
        title = f"Panoramas des intercommunalités : {perimeter.nom}"
        page = render_index(
            title, entries, COLUMNS, overview_note(entry.cells for entry in entries), date_text(on)
        )
        draft.add("index.html", page.encode())
        return Written(folder, draft.names, title)


def _first(names: Sequence[str]) -> str:
    """Return the file to open first: the page where there is one."""
    return "index.html" if "index.html" in names else names[0]


def write_sheet(
    perimeter: "Perimeter",
    path: Path | None,
    on: dt.date,
    progress: Progress,
    resources: "Sequence[Resource]" = (),
    engine: "Engine | None" = None,
) -> Written:
    """Write the sheet of a commune, as a PDF, as a text to edit, or as both.

    Parameters
    ----------
    perimeter
        The commune.
    path
        A ``.pdf`` or ``.docx`` file; both are written under ``sorties`` when there is none.
    on
        The day of the sheet.
    progress
        Told of each step.
    resources
        Places and schemes the user knows of; see `diagnosis.ecosystem`.
    engine
        Gives the minutes; as the crow flies by default.

    Raises
    ------
    InputError
        When the extension is not one of those.
    OutputError
        When a file cannot be written; the one that was there is then intact.
    """
    from assemblier.reports.fiche import fiche
    from assemblier.reports.writing import write_file

    paths = [path] if path else _default_sheets(perimeter)
    formats = [sheet_format(one) for one in paths]
    progress.total(1 + len(paths))
    progress.step("Calculs")
    document = fiche(perimeter, on, resources, engine)
    for one, format_ in zip(paths, formats, strict=True):
        progress.step(format_.label)
        write_file(one, format_.sheet(document))
    return Written(paths[0], tuple(one.name for one in paths), document.title)


def write_report(
    document: Document, path: Path, data: "Table | None" = None, otherwise: str = ""
) -> Written:
    """Write a report as one file, whose extension chooses the format.

    Parameters
    ----------
    document
        The report.
    path
        The file.
    data
        The table a ``.csv`` holds; without it that extension is refused.
    otherwise
        What else than a file may be asked for, in French; empty if nothing.

    Raises
    ------
    InputError
        When no format has this extension.
    OutputError
        When the file cannot be written; the one that was there is then intact.
    """
    from assemblier.reports.csv import render_table
    from assemblier.reports.writing import write_file

    extension = path.suffix.lower()
    if extension == ".csv" and data is not None:
        write_file(path, render_table(data))
        return Written(path, (path.name,), document.title)
    if extension not in _FILES:
        known = (*_FILES, *((".csv",) if data else ()))
        raise InputError([_no_format(path, known, otherwise)])
    format_ = _FILES[extension]
    write_file(path, format_.files(document)[format_.file_name])
    return Written(path, (path.name,), document.title)


def _no_format(path: Path, known: Sequence[str], otherwise: str) -> Problem:
    expected = f"un fichier {', '.join(known)}{f', ou {otherwise}' if otherwise else ''}"
    return Problem("-o", f"« {path} »", expected, "changer l'extension")


def rendered(
    document: Document, formats: Sequence[Format], progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a report: the page last, since it links the others."""
    names: dict[str, str] = {}
    for format_ in sorted(formats, key=lambda one: one.name == "html"):
        progress.step(format_.label)
        if format_.name == "html":
            yield format_.file_name, _page(document, names)
            continue
        yield from format_.files(document).items()
        names[format_.name] = format_.file_name


def _default_sheets(perimeter: "Perimeter") -> list[Path]:
    folder = Path("sorties")
    return [folder / f"fiche-{perimeter.key}{extension}" for extension in SHEET_FORMATS]


def _no_epci(perimeter: "Perimeter") -> Problem:
    return Problem(
        "--par epci",
        f"aucune commune de « {perimeter.nom} » n'est dans une intercommunalité",
        "un territoire qui a des intercommunalités",
        "demander le panorama sans --par",
    )


def _one_epci(perimeter: "Perimeter", only: "Perimeter") -> Problem:
    return Problem(
        "--par epci",
        f"« {perimeter.nom} » n'a qu'une intercommunalité : {only.nom}",
        "un territoire qui en a plusieurs",
        f"demander « assemblier panorama {only.expression} », ou le panorama sans --par",
    )


def _page(document: Document, names: dict[str, str]) -> bytes:
    from assemblier.reports.html import render

    return render(document, names).encode()


def sheet_format(path: Path) -> Format:
    """Return the format a file name asks for; raises InputError when it is not PDF or docx."""
    name = SHEET_FORMATS.get(path.suffix.lower())
    if name is None:
        raise InputError(
            [
                Problem(
                    "-o",
                    f"« {path} »",
                    "un fichier .pdf ou .docx",
                    "donner un nom qui finit par .pdf ou .docx",
                )
            ]
        )
    return FORMATS[name]


def told(written: Written) -> str:
    """Say what was written and what to open first."""
    if written.place.is_file():
        folder = written.place.parent
        names = "\n".join(f"  {folder / name}" for name in written.files)
        return f"{written.title}\nÉcrit :\n{names}"
    first = written.place / _first(written.files)
    count = len(written.files)
    files = f"{count} fichiers" if count > 1 else "1 fichier"
    return f"{written.title}\n{files} dans {written.place}\nÀ ouvrir : {first}"
