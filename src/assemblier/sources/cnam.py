"""Patients in long-term illness (ALD) and patients by pathology.

*What*: the table « effectifs par pathologie » of data.ameli.fr, by département, sex and age; tables
of ALD by territory that a CPAM or an ORS makes from the SNDS. *Producer*: Cnam; the ORS or CPAM
that made the table. *Licence*: Licence Ouverte 2.0 for data.ameli.fr. *Vintage*: the year of each
row.
*Last checked*: November 2026, from the description of the fields of data.ameli.fr.
"""

import re
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import free_tables, reading
from assemblier.sources.layout import Context, Imported, Layout, Row, Sample, normalise
from assemblier.sources.loading import (
    Job,
    finished,
    gathered,
    last_year,
    required_year,
    slug,
    table,
)
from assemblier.sources.territories import has_territory, territories
from assemblier.sources.values import (
    LIGNE,
    SECRET,
    clean,
    number,
    read_numbers,
    reject,
    statut,
    without_doubles,
)

PAGE = "https://data.ameli.fr/explore/dataset/effectifs"

# --- data.ameli.fr: effectifs ---------------------------------------------------------------------

_OPEN: dict[str, reading.Labels] = {
    "millesime": "annee",
    "niveau1": "patho_niv1",
    "niveau2": "patho_niv2",
    "niveau3": "patho_niv3",
    "top": "top",
    "age": "cla_age_5",
    "sexe": "sexe",
    "region": "region",
    "departement": "dept",
    "effectif": "Ntop",
    "taux": "prev",
}
_OPEN_MORE: dict[str, reading.Labels] = {"age_lu": "libelle_classe_age"}
_EVERY_AGE = "tsage"
_NATIONAL = "999"
KEY = ["niveau", "code", "millesime", "ald", "sexe", "age"]


def _recognise_open(sample: Sample) -> bool:
    return sample.container == "texte" and sample.has_columns(*map(str, _OPEN.values()))


def _read_open(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = sample.header_row(*map(str, _OPEN.values()))
    parts = [
        _checked_open(batch, job)
        for batch in reading.batches(path, sample, job.ledger, header, _OPEN, _OPEN_MORE)
    ]
    frame = without_doubles(gathered(job, parts), KEY, job.ledger)
    tables = []
    for (year,), part in sorted(frame.partition_by("millesime", as_dict=True).items()):
        source = Source(
            key="cnam-effectifs",
            producer="Cnam",
            title="Cartographie des pathologies : effectifs par pathologie, sexe, âge, département",
            vintage=str(year),
            address=PAGE,
            definition="patients pris en charge pour une pathologie, qu'ils soient ou non en ALD",
        )
        tables.append(table("ald", part, source, str(year)))
    return finished(job, frame.height, tables)


def _checked_open(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return rows with a territory, a pathology, a sex and an age; a blank count is a secret."""
    frame = read_numbers(frame, ["millesime"], job.ledger, 2000, 2100, whole=True)
    frame = reject(frame, pl.col("millesime").is_null(), "année absente", job.ledger)
    frame = _placed(frame, job)
    frame = free_tables.with_sex(frame, job)
    names = [clean(pl.col(name)) for name in ("niveau3", "niveau2", "niveau1")]
    illness = pl.coalesce(*names) + pl.lit(" (") + clean(pl.col("top")) + pl.lit(")")
    frame = frame.with_columns(
        illness.alias("ald"),
        pl.when(pl.col("age") == _EVERY_AGE)
        .then(pl.lit("tous"))
        .otherwise(clean(pl.col("age")))
        .alias("age"),
    )
    holes = pl.col("ald").is_null() | pl.col("age").is_null()
    frame = reject(frame, holes, "pathologie ou âge absent", job.ledger)
    frame = frame.with_columns(statut(pl.col("effectif"), SECRET).alias("statut"))
    for name in ("effectif", "taux"):
        absurd = ~number(pl.col(name)).is_between(0, 1e8)
        unreadable = statut(pl.col(name), SECRET).is_null() | absurd.fill_null(False)
        reason = f"valeur illisible, négative ou absurde dans la colonne « {name} »"
        frame = reject(frame, unreadable, reason, job.ledger, pl.col(name))
    return frame.select(
        "niveau",
        "code",
        pl.col("millesime").cast(pl.Int64),
        "ald",
        "sexe",
        "age",
        number(pl.col("effectif")).alias("effectif"),
        number(pl.col("taux")).alias("taux"),
        pl.lit("%").alias("unite"),
        "statut",
        LIGNE,
    )


def _placed(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return rows with their level: département, region (dept 999) or France (region 99)."""
    departement = clean(pl.col("departement")).str.to_uppercase()
    departement = (
        pl.when(departement.str.contains(r"^0\d\d$"))
        .then(departement.str.slice(1))
        .otherwise(departement.str.zfill(2))
    )
    region = clean(pl.col("region")).str.zfill(2)
    is_department = departement.str.contains(r"^(?:\d{2}|2[AB]|97\d)$")
    is_whole = departement == _NATIONAL
    frame = frame.with_columns(
        pl.when(is_whole & (region == "99"))
        .then(pl.lit("france"))
        .when(is_whole)
        .then(pl.lit("region"))
        .when(is_department)
        .then(pl.lit("departement"))
        .alias("niveau"),
        pl.when(is_whole & (region == "99"))
        .then(pl.lit("FR"))
        .when(is_whole)
        .then(region)
        .otherwise(departement)
        .alias("code"),
    )
    unknown = pl.col("niveau").is_null() | pl.col("code").is_null()
    return reject(frame, unknown, "territoire inconnu", job.ledger, pl.col("departement"))


# --- tables of ALD made by a CPAM or an ORS -------------------------------------------------------

_YEAR = ("annee", "an", "millesime", "periode")
_ILLNESS = ("ald", "affection", "pathologie", "code ald", "libelle ald", "motif")
_SEX = ("sexe",)
_AGE = ("age", "classe d age", "tranche d age", "ages")


def _is_count(plain: str) -> bool:
    words = ("effectif", "nombre", "beneficiaires", "patients", "nb ")
    return plain.startswith(words) and "total" not in plain


def _is_rate(plain: str) -> bool:
    return plain.startswith(("taux", "part", "prevalence", "%"))


def _is_header(row: Row) -> bool:
    plain = [normalise(cell) for cell in row]
    about = any(re.search(r"\bald\b", cell) for cell in plain)
    measured = any(_is_count(cell) or _is_rate(cell) for cell in plain)
    return about and measured and has_territory(row) and sum(map(bool, plain)) >= 3


def _recognise_free(sample: Sample) -> bool:
    return free_tables.find(sample, _is_header) is not None


def _read_free(path: Path, sample: Sample, context: Context) -> Imported:
    whole = Job(path, sample, context)
    found = free_tables.find(sample, _is_header)
    assert found is not None  # the file was recognised by it
    job = whole.on_sheet(found.sheet)
    labels = found.labels
    count = next((label for label in labels if _is_count(normalise(label))), "")
    rate = next((label for label in labels if _is_rate(normalise(label))), "")
    named = {
        "effectif": count,
        "taux": rate,
        "annee": free_tables.label_among(labels, _YEAR),
        "ald": free_tables.label_among(labels, _ILLNESS),
        "sexe": free_tables.label_among(labels, _SEX),
        "age": free_tables.label_among(labels, _AGE),
    }
    frame = free_tables.read(found, job, {name: label for name, label in named.items() if label})
    frame = _with_year(territories(frame, job), found, job, f"{count} {rate}")
    frame = free_tables.with_sex(frame, job)
    frame = free_tables.with_everybody(frame, "age", "tous")
    frame = free_tables.with_everybody(frame, "ald", "toutes")
    unit = free_tables.unit_of(rate) if rate else None
    frame = free_tables.measured(frame, job, unit, KEY)
    frame = without_doubles(frame, KEY, job.ledger)
    source = Source(
        key=f"ald-{slug(path.stem)}",
        producer="CPAM, ORS ou ARS, d'après le SNDS",
        title=found.said() or f"Affections de longue durée ({path.stem})",
        vintage=str(frame["millesime"].max()),
        licence="à demander au producteur",
    )
    return finished(whole, frame.height, [table("ald", frame, source, source.vintage)])


def _with_year(
    frame: pl.DataFrame, found: free_tables.Found, job: Job, labels: str
) -> pl.DataFrame:
    if "annee" in frame.columns:
        frame = read_numbers(frame, ["annee"], job.ledger, 1960, 2100, whole=True)
        frame = reject(frame, pl.col("annee").is_null(), "année absente", job.ledger)
        return frame.with_columns(pl.col("annee").cast(pl.Int64).alias("millesime"))
    year = last_year(labels) or last_year(found.said())
    year = required_year(job.path, year, "l'année des patients en ALD")
    return frame.with_columns(pl.lit(year, pl.Int64).alias("millesime"))


LAYOUTS = (
    Layout(
        "cnam-effectifs",
        "Cnam",
        "cartographie des pathologies, effectifs (data.ameli.fr)",
        ("ald",),
        _recognise_open,
        _read_open,
    ),
    Layout(
        "ald-territoires",
        "CPAM, ORS ou ARS",
        "affections de longue durée par territoire",
        ("ald",),
        _recognise_free,
        _read_free,
    ),
)
