"""Deaths and standardised mortality by territory and cause.

*What*: tables of deaths and of standardised rates, by zone, département, region, cause, sex, age
and period, with columns in any order. *Producer*: Inserm-CépiDc, or the ORS that made the table.
*Licence*: to be asked of the producer. *Vintage*: the period of each row. *Last checked*: November
2026, from descriptions of tables of ORS; no official file was at hand.
"""

from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import free_tables
from assemblier.sources.layout import Context, Imported, Layout, Row, Sample, normalise
from assemblier.sources.loading import Job, finished, required_year, slug, table
from assemblier.sources.territories import has_territory, territories
from assemblier.sources.values import reject, without_doubles

PAGE = "https://opendata-cepidc.inserm.fr"
KEY = ["niveau", "code", "annee_debut", "annee_fin", "cause", "sexe", "age"]

_PERIOD = ("periode", "annee", "annees", "an", "millesime")
_CAUSE = ("cause", "causes", "cause de deces", "libelle cause", "pathologie", "motif")
_SEX = ("sexe",)
_AGE = ("age", "classe d age", "tranche d age", "ages")


def _is_deaths(plain: str) -> bool:
    said = (
        "deces",
        "nombre de deces",
        "nb deces",
        "effectif deces",
        "nombre annuel moyen de deces",
    )
    return plain in said or plain.startswith(("deces ", "nombre de deces", "nb de deces"))


def _is_rate(plain: str) -> bool:
    return plain.startswith(("taux standardise", "taux de mortalite", "taux brut", "tsm"))


def _is_header(row: Row) -> bool:
    plain = [normalise(cell) for cell in row]
    deaths, rates = any(map(_is_deaths, plain)), any(map(_is_rate, plain))
    described = any(cell in (*_CAUSE, *_PERIOD, *_SEX) for cell in plain)
    return (deaths or (rates and _about_deaths(plain))) and described and has_territory(row)


def _about_deaths(plain: list[str]) -> bool:
    """Say whether a rate is one of mortality: a label says it, or a cause of death is a column."""
    said = " ".join(plain)
    return "mortalite" in said or "deces" in said or any(cell in _CAUSE[:3] for cell in plain)


def _recognise(sample: Sample) -> bool:
    return free_tables.find(sample, _is_header) is not None


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    whole = Job(path, sample, context)
    found = free_tables.find(sample, _is_header)
    assert found is not None  # the file was recognised by it
    job = whole.on_sheet(found.sheet)
    named = _named(found.labels)
    rate = named.get("taux", "")
    frame = territories(free_tables.read(found, job, named), job)
    frame = _with_period(frame, found, job)
    frame = free_tables.with_sex(frame, job)
    frame = free_tables.with_everybody(frame, "age", "tous")
    frame = free_tables.with_everybody(frame, "cause", "toutes")
    unit = free_tables.unit_of(rate) if rate else None
    frame = free_tables.measured(frame, job, unit, KEY)
    frame = without_doubles(frame, KEY, job.ledger)
    last = frame["annee_fin"].max()
    source = Source(
        key=f"mortalite-{slug(path.stem)}",
        producer="Inserm-CépiDc ou ORS",
        title=found.said() or f"Mortalité ({path.stem})",
        vintage=str(last) if last is not None else "",
        licence="à demander au producteur",
        address=PAGE,
    )
    return finished(whole, frame.height, [table("mortalite", frame, source, source.vintage)])


def _named(labels: Row) -> dict[str, str]:
    """Return which label each column of ours has."""
    tests = {
        "effectif": _is_deaths,
        "taux": _is_rate,
        "periode": _PERIOD.__contains__,
        "cause": _CAUSE.__contains__,
        "sexe": _SEX.__contains__,
        "age": _AGE.__contains__,
    }
    found = {
        name: next((label for label in labels if test(normalise(label))), "")
        for name, test in tests.items()
    }
    return {name: label for name, label in found.items() if label}


def _with_period(frame: pl.DataFrame, found: free_tables.Found, job: Job) -> pl.DataFrame:
    """Return rows with their first and last years; the titles say them where no column does."""
    if "periode" not in frame.columns:
        years = free_tables.years_of(" ".join((*found.labels, found.said())))
        if years is None:
            only = required_year(job.path, None, "la période des décès")
            years = (only, only)
        return frame.with_columns(
            pl.lit(years[0], pl.Int64).alias("annee_debut"),
            pl.lit(years[1], pl.Int64).alias("annee_fin"),
        )
    words = frame["periode"].unique().drop_nulls().to_list()
    spans = {word: free_tables.years_of(word) for word in words}
    for place, name in enumerate(("annee_debut", "annee_fin")):
        years_by_word = {word: span[place] for word, span in spans.items() if span} or {"": 0}
        frame = frame.with_columns(
            pl.col("periode")
            .replace_strict(years_by_word, default=None, return_dtype=pl.Int64)
            .alias(name)
        )
    unknown = pl.col("annee_debut").is_null()
    return reject(frame, unknown, "période illisible", job.ledger, pl.col("periode"))


LAYOUTS = (
    Layout(
        "mortalite-territoires",
        "Inserm-CépiDc ou ORS",
        "décès et taux de mortalité par territoire",
        ("mortalite",),
        _recognise,
        _read,
    ),
)
