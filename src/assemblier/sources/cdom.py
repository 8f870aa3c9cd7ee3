"""Ages of practitioners, from the list a département council of the Ordre sends.

*What*: one line a practitioner, with an age, a birth date or a birth year, and a place; or counts
already made. It is reduced as it is read to how many practitioners each commune and the département
have in each band of five years; a count under five is hidden. No name is read. *Producer*: conseil
départemental de l'Ordre des médecins (CDOM). *Licence*: given for the diagnosis only. *Vintage*:
the year of the list. *Last checked*: November 2026; no official layout exists.
"""

import datetime
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import free_tables
from assemblier.sources.codes import department_of
from assemblier.sources.layout import Context, Imported, Layout, Row, Sample, normalise
from assemblier.sources.loading import DiscreetLedger, Job, finished, slug, table, year_of_name
from assemblier.sources.professions import from_words
from assemblier.sources.secret import hide_small_counts
from assemblier.sources.territories import has_territory, territories
from assemblier.sources.values import clean, number, reject

_AGE = ("age", "age au 31 12", "age revolu", "age en annees")
_BIRTH = ("date de naissance", "date naissance", "naissance", "ne le", "nee le", "ddn")
_BIRTH_YEAR = ("annee de naissance", "annee naissance")
_PROFESSION = ("specialite", "specialites", "discipline", "qualification", "profession")
_YOUNGEST, _OLDEST = 22, 100
_BAND = 5
_FIRST_BAND, _LAST_BAND = 30, 75
_PROFILE = ["niveau", "code", "profession", "specialite", "millesime", "age_debut", "age_fin"]


def _columns(labels: Row) -> dict[str, str]:
    """Return the labels to read; the names of persons are never among them."""
    found = {
        "age": free_tables.label_among(labels, _AGE),
        "naissance": free_tables.label_among(labels, _BIRTH),
        "annee_naissance": free_tables.label_among(labels, _BIRTH_YEAR),
        "specialite": free_tables.label_among(labels, _PROFESSION),
    }
    return {name: label for name, label in found.items() if label}


def _is_header(row: Row) -> bool:
    found = _columns(row)
    has_age = any(name in found for name in ("age", "naissance", "annee_naissance"))
    counts = any(
        normalise(cell).startswith(("effectif", "nombre", "deces", "taux")) for cell in row
    )
    return has_age and "specialite" in found and has_territory(row) and not counts


def _recognise(sample: Sample) -> bool:
    return free_tables.find(sample, _is_header) is not None


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context, DiscreetLedger())
    found = free_tables.find(sample, _is_header)
    assert found is not None  # the file was recognised by it
    year = year_of_name(path) or context.today.year
    frame = territories(free_tables.read(found, job, _columns(found.labels)), job)
    frame = _aged(frame, job, year)
    frame = _with_profession(frame, job)
    kept = frame.height
    if not kept:
        return finished(job, 0, [])
    counts = _counted(frame, year)
    departements = counts.filter(pl.col("niveau") == "departement")["code"].unique().sort()
    source = Source(
        key=f"cdom-{'-'.join(departements) or slug(path.stem)}",
        producer="Conseil départemental de l'Ordre des médecins",
        title="Âges des praticiens, par tranche de cinq ans",
        vintage=str(year),
        licence="transmis pour le diagnostic du territoire",
        note="Un effectif de moins de cinq praticiens n'est pas montré.",
    )
    job.ledger.note(
        "aucun nom ni aucune date de naissance n'est gardé : seuls les effectifs le sont"
    )
    return finished(job, kept, [table("ages_medecins", counts, source, source.vintage)])


def _aged(frame: pl.DataFrame, job: Job, year: int) -> pl.DataFrame:
    """Return rows with an age: written, or from the birth, at the date of the list."""
    ages = []
    if "age" in frame.columns:
        ages.append(number(pl.col("age")))
    if "naissance" in frame.columns:
        ages.append(_age_at(pl.col("naissance"), _reference(job.context.today, year)))
    if "annee_naissance" in frame.columns:
        ages.append(year - number(pl.col("annee_naissance")))
    frame = frame.with_columns(pl.coalesce(ages).floor().alias("_age"))
    frame = reject(frame, pl.col("_age").is_null(), "âge ou naissance illisible", job.ledger)
    improbable = ~pl.col("_age").is_between(_YOUNGEST, _OLDEST)
    reason = f"âge improbable (hors de {_YOUNGEST}-{_OLDEST} ans)"
    return reject(frame, improbable, reason, job.ledger)


def _reference(today: datetime.date, year: int) -> datetime.date:
    """Return the date ages are counted at: today, or the end of an earlier year."""
    return today if today.year == year else datetime.date(year, 12, 31)


def _age_at(text: pl.Expr, day: datetime.date) -> pl.Expr:
    """Return the age at a day of a birth written 01/06/1955, 1955-06-01 or 01-06-1955."""
    plain = text.str.strip_chars().str.slice(0, 10)
    born = pl.coalesce(
        plain.str.to_date("%d/%m/%Y", strict=False),
        plain.str.to_date("%Y-%m-%d", strict=False),
        plain.str.to_date("%d-%m-%Y", strict=False),
        plain.str.to_date("%d.%m.%Y", strict=False),
    )
    not_yet = (born.dt.month() * 100 + born.dt.day()) > (day.month * 100 + day.day)
    return (day.year - born.dt.year() - not_yet.cast(pl.Int32)).cast(pl.Float64)


def _with_profession(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    said = clean(pl.col("specialite"))
    words = frame["specialite"].unique().drop_nulls().to_list()
    known = {word: from_words(word) for word in words} or {"": None}
    frame = frame.with_columns(
        said.replace_strict(known, default=None, return_dtype=pl.String).alias("profession"),
        said.alias("specialite"),
    )
    unknown = pl.col("profession").is_null()
    return reject(frame, unknown, "spécialité inconnue", job.ledger)


def _counted(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    """Return the counts by band of ages, of each place and of the départements of its communes."""
    first = ((pl.col("_age") // _BAND) * _BAND).clip(_FIRST_BAND - _BAND, _LAST_BAND)
    first = first.cast(pl.Int64)
    banded = frame.with_columns(
        pl.lit(year, pl.Int64).alias("millesime"),
        pl.when(first < _FIRST_BAND).then(pl.lit(_YOUNGEST)).otherwise(first).alias("age_debut"),
        pl.when(first < _LAST_BAND).then(first + _BAND - 1).alias("age_fin"),
    ).with_columns(pl.col("age_debut").cast(pl.Int64), pl.col("age_fin").cast(pl.Int64))
    communes = banded.filter(pl.col("niveau") == "commune")
    codes = {code: department_of(code) for code in communes["code"].unique().to_list()}
    departments = communes.with_columns(
        pl.lit("departement").alias("niveau"),
        pl.col("code").replace_strict(codes or {"": ""}, default=None, return_dtype=pl.String),
    )
    everything = pl.concat([banded, departments])
    counts = everything.group_by(_PROFILE, maintain_order=True).agg(
        pl.len().cast(pl.Int64).alias("effectif")
    )
    return _hidden(counts).sort(_PROFILE)


def _hidden(counts: pl.DataFrame) -> pl.DataFrame:
    """Hide small counts, and enough others that no total gives one away.

    First among the bands of one place, then among the places of one band and département.
    """
    group = ["niveau", "code", "profession", "specialite", "millesime"]
    parts = []
    for (level,), part in counts.partition_by("niveau", as_dict=True).items():
        hidden = hide_small_counts(part, groups=group)
        if level == "commune":
            places = hidden.with_columns(
                pl.col("code").map_elements(department_of, return_dtype=pl.String).alias("_dep")
            )
            across = ["_dep", "profession", "specialite", "millesime", "age_debut"]
            again = pl.col("effectif").is_null().sum().over(across) == 1
            smallest = pl.col("effectif").rank("ordinal").over(across) == 1
            more = again & smallest.fill_null(False)
            hidden = places.with_columns(
                pl.when(~more).then(pl.col("effectif")).alias("effectif"),
                pl.when(more).then(pl.lit("secret")).otherwise(pl.col("statut")).alias("statut"),
            ).drop("_dep")
        parts.append(hidden)
    return pl.concat(parts)


LAYOUTS = (
    Layout(
        "cdom-ages",
        "Conseil départemental de l'Ordre des médecins",
        "liste des praticiens et de leurs âges",
        ("ages_medecins",),
        _recognise,
        _read,
    ),
)
