"""Tables that producers send in no fixed layout: found by the words of their header.

An ARS, a CPAM, an ORS writes the columns it likes, in the order it likes, under a title or two.
What each column is, is known by its label; sexes, ages and periods by their words.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from assemblier.sources import reading
from assemblier.sources.layout import Row, Sample, normalise
from assemblier.sources.loading import Job
from assemblier.sources.territories import territory_columns
from assemblier.sources.values import (
    CONNU,
    LIGNE,
    NON_DISPONIBLE,
    SECRET,
    clean,
    read_numbers,
    reject,
    statut,
)

HEADER_ROWS = 20
SHEETS = 3
_SEXES = {
    "f": "F",
    "femme": "F",
    "femmes": "F",
    "feminin": "F",
    "2": "F",
    "h": "H",
    "homme": "H",
    "hommes": "H",
    "masculin": "H",
    "m": "H",
    "1": "H",
    "ensemble": "ensemble",
    "tous": "ensemble",
    "tous sexes": "ensemble",
    "deux sexes": "ensemble",
    "total": "ensemble",
    "9": "ensemble",
}
_EVERYBODY = ("tous", "tous ages", "ensemble", "total", "tsage", "tout age")


@dataclass(frozen=True)
class Found:
    """A table found in a file: its sheet (empty for a text) and the index of its header."""

    sheet: str
    header: int
    labels: Row
    titles: tuple[Row, ...]

    def said(self) -> str:
        """Return the titles above the table, as one text."""
        return " ".join(cell for row in self.titles for cell in row if cell)


def heads(sample: Sample) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Yield the first sheets of a workbook and their first rows; a text has one, unnamed."""
    if sample.container == "texte":
        yield "", sample.rows
    elif sample.container == "classeur":
        for sheet in filter(None, sample.sheets[:SHEETS]):
            yield sheet, sample.sheet_head(sheet)


def find(sample: Sample, is_header: Callable[[Row], bool]) -> Found | None:
    """Return the first table whose header fits, or None."""
    for sheet, rows in heads(sample):
        for index, row in enumerate(rows[:HEADER_ROWS]):
            if is_header(row):
                return Found(sheet, index, row, rows[:index])
    return None


def read(found: Found, job: Job, columns: Mapping[str, str]) -> pl.DataFrame:
    """Return the rows of a table: its columns under our names, and those of its territory."""
    wanted = {**columns, **territory_columns(found.labels)}
    if found.sheet:
        return reading.sheet_frame(
            job.path, found.sheet, job.ledger, found.header, wanted, footers=reading.FOOTERS
        )
    return reading.text_frame(
        job.path, job.sample, job.ledger, found.header, wanted, footers=reading.FOOTERS
    )


def with_sex(frame: pl.DataFrame, job: Job, column: str = "sexe") -> pl.DataFrame:
    """Return rows whose sex is F, H or ensemble; an absent column or cell means everybody."""
    if column not in frame.columns:
        return frame.with_columns(pl.lit("ensemble").alias(column))
    said = clean(pl.col(column))
    words = {word: _SEXES.get(normalise(word)) for word in _distinct(frame, column)}
    known = said.replace_strict(words, default=None, return_dtype=pl.String)
    frame = frame.with_columns(
        pl.when(said.is_null()).then(pl.lit("ensemble")).otherwise(known).alias("_sexe")
    )
    frame = reject(frame, pl.col("_sexe").is_null(), "sexe inconnu", job.ledger, pl.col(column))
    return frame.with_columns(pl.col("_sexe").alias(column)).drop("_sexe")


def with_everybody(frame: pl.DataFrame, column: str, everybody: str) -> pl.DataFrame:
    """Return rows where the words for « all ages », « all causes » are one word of ours.

    An absent column or cell means the same.
    """
    if column not in frame.columns:
        return frame.with_columns(pl.lit(everybody).alias(column))
    said = clean(pl.col(column))
    words = {
        word: everybody
        for word in _distinct(frame, column)
        if normalise(word) in _EVERYBODY or re.match(r"tout(e)?s? ", normalise(word))
    }
    told = said.replace(words) if words else said
    return frame.with_columns(pl.coalesce(told, pl.lit(everybody)).alias(column))


def _distinct(frame: pl.DataFrame, column: str) -> list[str]:
    values = frame[column].str.strip_chars().unique().drop_nulls().to_list()
    return [value for value in values if value] or [""]


def years_of(text: str) -> tuple[int, int] | None:
    """Return the first and last years a period names, or None.

    Examples
    --------
    >>> years_of("2015-2019"), years_of("moyenne 2017/2021"), years_of("2021"), years_of("juin")
    ((2015, 2019), (2017, 2021), (2021, 2021), None)
    """
    years = [int(year) for year in re.findall(r"(?<!\d)(19[6-9]\d|20\d\d)(?!\d)", text)]
    return (years[0], years[-1]) if years and years[0] <= years[-1] else None


def unit_of(label: str) -> str | None:
    """Return the unit a label says: « pour 100 000 assurés », « % », or None.

    Examples
    --------
    >>> unit_of("Taux standardisé pour 100 000 assurés (2021)"), unit_of("Part (%)")
    ('pour 100\u202f000 assurés', '%')
    """
    match = re.search(r"pour\s+([\d\s]+?)\s*([a-zéèêàâîôûç'. ]*)(?:$|[(,;)])", label, re.IGNORECASE)
    if match:
        count = re.sub(r"\s", "", match.group(1))
        people = match.group(2).strip()
        written = f"{int(count):,}".replace(",", "\u202f") if count else ""
        return f"pour {written} {people}".strip() if written else None
    return "%" if "%" in label or normalise(label).startswith(("part ", "taux de ")) else None


def measured(frame: pl.DataFrame, job: Job, unit: str | None, key: Sequence[str]) -> pl.DataFrame:
    """Return rows with a count and a rate, or the reason why there is neither.

    Always true
    -----------
    A row is « connu » exactly when one of the two is a number; a secret stays a secret.
    """
    present = [name for name in ("effectif", "taux") if name in frame.columns]
    for name in present:
        frame = frame.with_columns(statut(pl.col(name)).alias(f"_{name}"))
        frame = read_numbers(frame, [name], job.ledger, high=1e8)
    states = [pl.col(f"_{name}") for name in present]
    known = pl.any_horizontal(state == CONNU for state in states)
    secret = pl.any_horizontal(state == SECRET for state in states)
    half = frame.filter(known & secret).height
    if half:
        job.ledger.note(f"{half} lignes ont une valeur connue et l'autre secrète")
    absent = [name for name in ("effectif", "taux") if name not in present]
    return frame.with_columns(
        pl.when(known)
        .then(pl.lit(CONNU))
        .when(secret)
        .then(pl.lit(SECRET))
        .otherwise(pl.lit(NON_DISPONIBLE))
        .alias("statut"),
        pl.lit(unit, pl.String).alias("unite"),
        *[pl.lit(None, pl.Float64).alias(name) for name in absent],
    ).select(*key, "effectif", "taux", "unite", "statut", LIGNE)


def label_among(labels: Row, words: Sequence[str]) -> str:
    """Return the first label that is one of these words, compared normalised, or empty."""
    return next((label for label in labels if normalise(label) in words), "")
