"""Professionals and health centres of the public directory of the Assurance maladie.

*What*: `liste-ps`, one line a professional and a place, and its twin `liste-cds`, one line a health
centre and a speciality; no identifier, no coordinates. Names are only used to count each person
once at each place; none is kept. *Producer*: Cnam (annuaire santé Ameli). *Licence*: Licence
Ouverte 2.0. *Vintage*: the date in the name of the file (weekly). *Last checked*: November 2026,
from a description of the two files.
"""

import datetime
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.parameters.nomenclature import profession_of
from assemblier.sources import reading
from assemblier.sources.codes import join_postcodes
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.loading import (
    DiscreetLedger,
    Job,
    date_of_name,
    finished,
    gathered,
    table,
)
from assemblier.sources.professions import from_words
from assemblier.sources.values import LIGNE, clean, reject, without_doubles

PAGE = "https://annuairesante.ameli.fr"

_PERSONS: dict[str, reading.Labels] = {
    "nom": "ps_activite_nom",
    "prenom": "ps_activite_prenom",
    "code_specialite": "specialite_code",
    "specialite": "specialite_libelle",
    "type_ps": "type_ps_code",
    "voie": "coordonnees_voie",
    "code_postal": "coordonnees_code_postal",
    "ville": "coordonnees_ville",
}
_PERSONS_MORE: dict[str, reading.Labels] = {
    "secteur": "secteur_conventionnel_libelle",
    "nature": "nature_exercice_libelle",
}
_CENTRES: dict[str, reading.Labels] = {
    "nom": "etab_raison_sociale",
    "categorie": "type_etab_code",
    "code_specialite": "specialite_code",
    "specialite": "specialite_libelle",
    "code_postal": "coordonnees_code_postal",
    "ville": "coordonnees_ville",
}
_FINESS: dict[str, reading.Labels] = {
    "finess": (
        "etab_finess*",
        "finess*",
        "numero_finess*",
        "etab_numero_finess*",
        "etab_num_finess*",
    ),
    "libelle_categorie": "type_etab_libelle",
}
# Specialities of the Assurance maladie that are not in the parameters: they count no doctor.
_OTHER_CODES = {
    "27": "pedicure_podologue",
    "28": "orthophoniste",
    "29": "orthoptiste",
    "36": "chirurgien_dentiste",
    "50": "pharmacien",
    "51": "pharmacien",
    "53": "chirurgien_dentiste",
    "54": "chirurgien_dentiste",
}
_DOCTORS = "1"
_PROFILE = [
    "code_commune",
    "site",
    "code_postal",
    "profession",
    "specialite",
    "mode_exercice",
    "secteur",
]


def _labels(columns: dict[str, reading.Labels]) -> list[str]:
    return [label for label in columns.values() if isinstance(label, str)]


def _recognise_persons(sample: Sample) -> bool:
    return sample.container == "texte" and sample.has_columns(*_labels(_PERSONS))


def _recognise_centres(sample: Sample) -> bool:
    return sample.container == "texte" and sample.has_columns(*_labels(_CENTRES))


def _source(job: Job, key: str, what: str, definition: str) -> Source:
    return Source(
        key=key,
        producer="Cnam",
        title=f"Annuaire santé Ameli : {what}",
        vintage=date_of_name(job),
        address=PAGE,
        definition=definition,
    )


def _read_persons(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context, DiscreetLedger())
    header = sample.header_row(*_labels(_PERSONS))
    parts = [
        _practices(batch, job)
        for batch in reading.batches(path, sample, job.ledger, header, _PERSONS, _PERSONS_MORE)
    ]
    practices = gathered(job, parts)
    once = practices.unique(["personne", *_PROFILE], maintain_order=True)
    # As much at each place, shared before persons are forgotten. A person is known by a name only:
    # namesakes of two départements are two persons.
    departement = pl.col("code_commune").str.slice(0, 2)
    part = (1 / pl.len().over("personne", "profession", departement)).alias("part_activite")
    counts = (
        once.with_columns(part)
        .group_by(_PROFILE)
        .agg(pl.len().cast(pl.Int64).alias("effectif"), pl.col("part_activite").sum().round(6))
        .sort(_PROFILE)
    )
    definition = "professionnels comptés une fois à chacun de leurs lieux d'exercice"
    source = _source(job, "ameli-ps", "professionnels de santé", definition)
    tables = [table("exercices", counts, source, source.vintage)]
    return finished(job, practices.height, tables)


def _practices(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the places of practice with a profession; a name becomes a number, never kept."""
    person = pl.struct(clean(pl.col("nom")), clean(pl.col("prenom"))).hash().alias("personne")
    frame = frame.with_columns(person).drop("nom", "prenom")
    frame = frame.with_columns(_profession(frame, job.context.today))
    unknown = pl.col("profession").is_null()
    frame = reject(frame, unknown, "spécialité inconnue", job.ledger, pl.col("code_specialite"))
    frame = join_postcodes(frame, job.context, job.ledger, "code_postal", "ville")
    is_salaried = pl.col("nature").str.to_lowercase().str.contains("salari")
    return frame.select(
        "personne",
        "code_commune",
        clean(pl.col("voie")).alias("site"),
        _five_figures(),
        "profession",
        clean(pl.col("specialite")),
        pl.when(is_salaried)
        .then(pl.lit("salarie"))
        .when(pl.col("nature").is_not_null())
        .then(pl.lit("liberal"))
        .alias("mode_exercice"),
        clean(pl.col("secteur")),
        LIGNE,
    )


def _five_figures() -> pl.Expr:
    """Return the postcode, its lost zero written again."""
    return clean(pl.col("code_postal")).str.zfill(5).alias("code_postal")


def _profession(frame: pl.DataFrame, today: datetime.date) -> pl.Expr:
    """Return the profession: by its speciality code, else by its words for a doctor."""
    codes = frame["code_specialite"].unique().drop_nulls().to_list()
    known = {code: _of_code(code, today) for code in codes}
    words = frame["specialite"].unique().drop_nulls().to_list()
    said = {word: from_words(word) for word in words}
    by_code = pl.col("code_specialite").replace_strict(
        known or {"": None}, default=None, return_dtype=pl.String
    )
    by_words = pl.col("specialite").replace_strict(
        said or {"": None}, default=None, return_dtype=pl.String
    )
    is_doctor = pl.col("type_ps").str.strip_chars() == _DOCTORS
    # A doctor whose code is no general practitioner's is a specialist, whatever its words.
    specialist = pl.when(is_doctor & pl.col("code_specialite").is_not_null()).then(
        pl.lit("medecin_specialiste")
    )
    return pl.coalesce(by_code, specialist, by_words).alias("profession")


def _of_code(code: str, today: datetime.date) -> str | None:
    return profession_of(code, today) or _OTHER_CODES.get(code.strip().zfill(2))


# --- health centres -------------------------------------------------------------------------------


def _read_centres(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = sample.header_row(*_labels(_CENTRES))
    frame = reading.text_frame(path, sample, job.ledger, header, _CENTRES, _FINESS)
    finess = pl.col("finess").str.strip_chars().str.zfill(9)
    frame = frame.with_columns(finess, clean(pl.col("nom")), clean(pl.col("categorie")))
    wrong = ~pl.col("finess").str.contains(r"^[0-9AB]{9}$") | pl.col("finess").is_null()
    frame = reject(frame, wrong, "numéro FINESS absent ou mal formé", job.ledger, pl.col("nom"))
    holes = pl.col("nom").is_null() | pl.col("categorie").is_null()
    frame = reject(frame, holes, "nom ou catégorie absent", job.ledger, pl.col("finess"))
    frame = frame.with_columns(clean(pl.col("code_specialite")), clean(pl.col("specialite")))
    no_speciality = pl.col("code_specialite").is_null() | pl.col("specialite").is_null()
    frame = reject(frame, no_speciality, "spécialité absente", job.ledger, pl.col("finess"))
    frame = join_postcodes(frame, context, job.ledger, "code_postal", "ville")
    frame = without_doubles(frame, ["finess", "code_specialite"], job.ledger)
    definition = "centres de santé et spécialités qu'ils offrent"
    source = _source(job, "ameli-cds", "centres de santé", definition)
    offered = frame.select(
        "finess",
        (pl.lit("specialite_ameli_") + pl.col("code_specialite").str.zfill(2)).alias("activite"),
        pl.col("specialite").alias("libelle"),
    )
    tables = [
        table(
            "etablissements", frame.unique("finess", maintain_order=True), source, source.vintage
        ),
        table("autorisations", offered, source, source.vintage),
    ]
    return finished(job, frame.height, tables)


LAYOUTS = (
    Layout(
        "ameli-ps",
        "Cnam",
        "annuaire santé Ameli, professionnels (liste-ps)",
        ("exercices",),
        _recognise_persons,
        _read_persons,
    ),
    Layout(
        "ameli-cds",
        "Cnam",
        "annuaire santé Ameli, centres de santé (liste-cds)",
        ("etablissements", "autorisations"),
        _recognise_centres,
        _read_centres,
    ),
)
