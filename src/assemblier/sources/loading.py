"""What every loader does in the same way: a vintage, communes of today, a table, an account."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import polars as pl

from assemblier.errors import DataError, Problem
from assemblier.figures import Source
from assemblier.sources.codes import merge_rows, repair_codes
from assemblier.sources.layout import Context, Imported, ImportedTable, Row, Sample, normalise
from assemblier.sources.report import Ledger, plural
from assemblier.sources.values import LIGNE, NON_DISPONIBLE, clean, reject
from assemblier.tables import Kind, conform, may_repeat, table_spec

ORIGIN = "code_lu"
"""Column that holds the code of a commune as its vintage had it, once `communes_of_today` ran."""
UNDATED = "sans date"
"""Vintage of a file that says nowhere which date it describes."""

_YEAR = re.compile(r"(?<!\d)(19[6-9]\d|20\d\d)(?!\d)")
_DATE = re.compile(r"(?<!\d)(20\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])")


class DiscreetLedger(Ledger):
    """The account of a file about persons: it never shows what stood in a line."""

    def repair(self, kind: str, count: int, examples: Iterable[str] = ()) -> None:  # noqa: ARG002
        """Count values repaired, without any example."""
        super().repair(kind, count)

    def reject(
        self,
        reason: str,
        lines: Iterable[int],
        found: Iterable[object] = (),  # noqa: ARG002
        count: int = -1,
    ) -> None:
        """Count rows rejected; their lines are kept, not what they say."""
        super().reject(reason, lines, (), count)


class SheetLedger(Ledger):
    """The account of one sheet of a workbook: what it writes goes to the account of the file.

    A line number means nothing without its sheet: what is rejected names it.
    """

    def __init__(self, whole: Ledger, sheet: str) -> None:
        super().__init__()
        self._whole = whole
        self._sheet = sheet

    def read(self, rows: int) -> None:
        """Count rows of data met in the sheet."""
        self._whole.read(rows)

    def repair(self, kind: str, count: int, examples: Iterable[str] = ()) -> None:
        """Count values repaired."""
        self._whole.repair(kind, count, examples)

    def reject(
        self, reason: str, lines: Iterable[int], found: Iterable[object] = (), count: int = -1
    ) -> None:
        """Count rows rejected; the sheet is said with what stood there."""
        said = [f"{one} (feuille « {self._sheet} »)" for one in found]
        self._whole.reject(reason, lines, said or [f"feuille « {self._sheet} »"], count)

    def note(self, text: str) -> None:
        """Add something a reader must know."""
        self._whole.note(text)


@dataclass(frozen=True)
class Job:
    """A file being read: what is known of it, and its account."""

    path: Path
    sample: Sample
    context: Context
    ledger: Ledger = field(default_factory=Ledger)

    def on_sheet(self, sheet: str) -> "Job":
        """Return the same job, for one sheet; for a text (no sheet) the job itself."""
        return replace(self, ledger=SheetLedger(self.ledger, sheet)) if sheet else self


def slug(text: str) -> str:
    """Return a text as a piece of a source key: lower case, ASCII, hyphens.

    Two files whose tables have the same source key and vintage replace each other in the store:
    the key must say what the file is about.

    Examples
    --------
    >>> slug("Taux de pauvreté (%)")
    'taux-de-pauvrete'
    """
    return normalise(text).replace(" ", "-")[:80]


def last_year(text: str) -> int | None:
    """Return the last year a text names, or None.

    Examples
    --------
    >>> last_year("Densité de population (historique depuis 1876) 2022"), last_year("20220101")
    (2022, None)
    """
    years = _YEAR.findall(text)
    return int(years[-1]) if years else None


def year_of_name(path: Path) -> int | None:
    """Return the year the name of a file holds (2022, 20220315), or None.

    Examples
    --------
    >>> year_of_name(Path("BTT_TD_POP1A_2021.CSV")), year_of_name(Path("a_20190101.xlsx"))
    (2021, 2019)
    """
    dated = _DATE.search(path.name)
    if dated:
        return int(dated.group(1))
    return last_year(re.sub(r"[^0-9]+", " ", path.name))


def required_year(path: Path, found: int | None, what: str) -> int:
    """Return a year found in a file, else the one of its name.

    Raises
    ------
    DataError
        When neither says it: a vintage is never guessed.
    """
    year = found or year_of_name(path)
    if year is None:
        raise DataError(
            [
                Problem(
                    str(path),
                    "ni le contenu ni le nom du fichier ne disent l'année",
                    f"l'année que décrit ce fichier ({what})",
                    "renommer le fichier en y mettant l'année, par exemple "
                    f"« {path.stem}_2024{path.suffix} »",
                )
            ]
        )
    return year


def date_of_name(job: Job) -> str:
    """Return the date the name of a file holds, as 2026-03-15, else `UNDATED` with a note."""
    dated = _DATE.search(job.path.name)
    if dated:
        return "-".join(dated.groups())
    year = year_of_name(job.path)
    if year is not None:
        return str(year)
    job.ledger.note("ni le contenu ni le nom du fichier ne disent sa date")
    return UNDATED


def communes_of_today(
    frame: pl.DataFrame, context: Context, ledger: Ledger, column: str = "code_commune"
) -> pl.DataFrame:
    """Return the rows whose commune is known, under its code of today; `ORIGIN` says the old one.

    Rows already right, nearly all of them, cost nothing but the look.

    Always true
    -----------
    Rows returned plus rows rejected are the rows given.
    """
    right = frame[column].is_in(_known_codes(context).implode())
    right = right & right.is_not_null()
    if right.all():
        return frame.with_columns(pl.col(column).alias(ORIGIN))
    written = pl.col(column).str.strip_chars().str.replace(r"[.,]0+$", "")
    origin = written.str.zfill(5).str.to_uppercase().alias(ORIGIN)
    others = repair_codes(frame.filter(~right).with_columns(origin), context, ledger, column)
    kept = frame.filter(right).with_columns(pl.col(column).alias(ORIGIN))
    return pl.concat([kept, others.select(kept.columns)]).sort(LIGNE, maintain_order=True)


@lru_cache(maxsize=4)
def _codes_of(communes: frozenset[str]) -> pl.Series:
    return pl.Series(sorted(communes), dtype=pl.String)


def _known_codes(context: Context) -> pl.Series:
    return _codes_of(context.communes)


def merge_parts(
    frame: pl.DataFrame,
    key: Sequence[str],
    sums: Iterable[str] = (),
    means: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """Return `codes.merge_rows` of a frame; rows whose key does not repeat are left alone.

    Few communes are merged: nearly every row is spared the work.
    """
    if not may_repeat(frame, key):
        return frame
    doubled = frame.select(pl.struct(*key).is_duplicated().alias("d"))["d"]
    parts = merge_rows(frame.filter(doubled), key, sums, means)
    return pl.concat([frame.filter(~doubled), parts])


def seat_first(frame: pl.DataFrame, column: str = "code_commune") -> pl.DataFrame:
    """Return the rows with, for each commune, the one that kept its code before the merged ones."""
    return frame.sort(pl.col(ORIGIN) != pl.col(column), maintain_order=True)


def merged_measures(
    frame: pl.DataFrame, key: Sequence[str], additive: Iterable[str], ledger: Ledger
) -> pl.DataFrame:
    """Return one row a key of a long table (indicateur, valeur, statut).

    Where several former communes now make one, an additive indicator is added up; any other one
    (a median, a rate) cannot be had from its parts: it becomes « non disponible », and a note
    says how many.

    Always true
    -----------
    A row whose key does not repeat is unchanged.
    """
    doubled = pl.struct(*key).is_duplicated()
    alone = frame.filter(~doubled)
    parts = frame.filter(doubled)
    if not parts.height:
        return frame
    adds = pl.col("indicateur").first().is_in(list(additive)) & pl.col("valeur").is_not_null().all()
    others = [name for name in frame.columns if name not in (*key, "valeur", "statut")]
    merged = parts.group_by(key, maintain_order=True).agg(
        pl.when(adds).then(pl.col("valeur").sum()).alias("valeur"),
        pl.when(adds)
        .then(pl.col("statut").first())
        .otherwise(pl.lit(NON_DISPONIBLE))
        .alias("statut"),
        *[pl.col(name).first() for name in others],
    )
    lost = merged["valeur"].null_count()
    if lost:
        ledger.note(
            "médianes et taux de communes aujourd'hui fusionnées, qui ne s'additionnent pas : "
            + plural(lost, "valeur non disponible", "valeurs non disponibles")
        )
    return pl.concat([alone, merged.select(frame.columns)])


def table(spec_name: str, frame: pl.DataFrame, source: Source, vintage: str) -> ImportedTable:
    """Return a table with exactly the columns of its specification; a blank text is unknown."""
    spec = table_spec(spec_name)
    blank = [c.name for c in spec.columns if c.kind is Kind.TEXT and c.nullable and not c.values]
    texts = [clean(pl.col(name)) for name in blank if name in frame.columns]
    return ImportedTable(spec_name, conform(frame.with_columns(texts), spec), source, vintage)


def finished(job: Job, kept: int, tables: Iterable[ImportedTable]) -> Imported:
    """Close the account of a file.

    Raises
    ------
    DataError
        When not one row of the file could be kept.
    """
    full = tuple(one for one in tables if one.frame.height)
    report = job.ledger.report(kept)
    if not kept or not full:
        reasons = [one.reason for one in report.rejected] or ["aucune ligne de données"]
        raise _nothing_kept(job, " ; ".join(reasons[:3]))
    return Imported(full, report)


def _nothing_kept(job: Job, why: str) -> DataError:
    return DataError(
        [
            Problem(
                str(job.path),
                f"aucune ligne utilisable : {why}",
                "au moins une ligne",
                "redonner le fichier tel que son producteur le publie",
            )
        ]
    )


def gathered(job: Job, parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return the parts of a file read piece by piece, as one frame.

    Raises
    ------
    DataError
        When there is not one row.
    """
    found = list(parts)
    if not found:
        raise _nothing_kept(job, "aucune ligne de données")
    return pl.concat(found)


def columns_like(labels: Row, pattern: str) -> dict[str, re.Match[str]]:
    r"""Return the labels (as the file writes them) that match a pattern entirely.

    Examples
    --------
    >>> [match.group(1) for match in columns_like(("CODGEO", "NB_D106"), r"NB_(\w+)").values()]
    ['D106']
    """
    compiled = re.compile(pattern)
    found = ((label, compiled.fullmatch(label.strip())) for label in labels)
    return {label: match for label, match in found if match}


def sheets_with(sample: Sample, *names: str) -> Iterator[str]:
    """Yield the sheets of a workbook that have one of these names, compared normalised.

    A final ``*`` means "starts with". Names are looked at before contents: opening a sheet costs.
    """
    for sheet in sample.sheets:
        plain = normalise(sheet)
        for name in names:
            key = normalise(name)
            if plain == key or (name.endswith("*") and plain.startswith(key)):
                yield sheet
                break


def without_total(
    frame: pl.DataFrame, levels: Mapping[str, str], column: str, ledger: Ledger
) -> pl.DataFrame:
    """Return the rows whose level is one of `levels`; the others are set aside, by level."""
    level = pl.col(column).str.strip_chars()
    others = frame.filter(~level.is_in(list(levels)) | level.is_null())[column]
    for name in others.unique(maintain_order=True).to_list():
        said = "niveau géographique non repris" + (f" ({name})" if name else "")
        frame = reject(frame, pl.col(column).eq_missing(name), said, ledger)
    return frame


def n_lines(frame: pl.DataFrame) -> int:
    """Return how many lines of the file a frame comes from."""
    return frame[LIGNE].n_unique()
