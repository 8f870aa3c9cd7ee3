"""Health professionals in practice, from the public extract of the directory of professionals.

*What*: `PS_LibreAcces_Personne_activite`, one line an activity of a person; reduced as it is read
to how many professionals of each kind practise at each place. No name nor identifier is kept.
*Producer*: Agence du numérique en santé (RPPS). *Licence*: Licence Ouverte 2.0. *Vintage*: the
date of the extract, in its name. *Last checked*: November 2026, from a description of the file.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading, swift
from assemblier.sources.codes import join_postcodes
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.loading import (
    DiscreetLedger,
    Job,
    communes_of_today,
    date_of_name,
    finished,
    table,
)
from assemblier.sources.values import LIGNE, clean, reject

PAGE = "https://annuaire.sante.fr/web/site-pro/extractions-publiques"

_COLUMNS: dict[str, reading.Labels] = {
    "personne": "Identification nationale PP",
    "profession": "Code profession",
    "categorie": "Code catégorie professionnelle",
    "type_savoir": "Code type savoir-faire",
    "savoir": "Code savoir-faire",
    "specialite": "Libellé savoir-faire",
    "mode": "Code mode exercice",
    "finess": "Numéro FINESS site",
    "numero": "Numéro Voie (coord. structure)",
    "voie": "Libellé Voie (coord. structure)",
    "code_postal": "Code postal (coord. structure)",
    "code_commune": "Code commune (coord. structure)",
    "commune": "Libellé commune (coord. structure)",
    "secteur": "Libellé secteur d'activité",
}
_DOCTOR = "10"
_PROFESSIONS = {
    "21": "pharmacien",
    "40": "chirurgien_dentiste",
    "50": "sage_femme",
    "60": "infirmier",
    "70": "masseur_kinesitherapeute",
    "80": "pedicure_podologue",
    "91": "orthophoniste",
    "92": "orthoptiste",
    "93": "psychologue",
    "95": "dieteticien",
}
# What a doctor is: a general practitioner, another specialist, or of no ordinal speciality.
_DOCTORS = {"G": "medecin_generaliste", "S": "medecin_specialiste", "?": "autre"}
# Ordinal speciality, qualified or not, of a general practitioner.
_GENERAL_PRACTICE = ("SM26", "SM53", "SM54")
_ORDINAL = "S"
_MODES = {"L": "liberal", "S": "salarie", "B": "benevole"}
_STUDENT = "E"
_PROFILE = [
    "code_commune",
    "site",
    "code_postal",
    "profession",
    "specialite",
    "mode_exercice",
    "secteur",
]
_PERSON = "personne"
_RANK = "rang"
_REASON = "motif"
_WHO = "qui"
_PART = "part_activite"
_FINESS_LENGTH = 9
# Why a line is set aside, by number: a number costs less than a text on two million lines.
_REASONS = {1: "identifiant absent", 2: "étudiant", 3: "aucun lieu d'exercice"}
_PROFESSION_KIND = pl.Enum(sorted({*_PROFESSIONS.values(), *_DOCTORS.values()}))
_MODE_KIND = pl.Enum(sorted(_MODES.values()))
# Columns that a producer may have damaged, and the few different texts of two of them.
_SHOWN = ("site", "specialite", "secteur")
_FEW = ("specialite", "secteur")


def _recognise(sample: Sample) -> bool:
    wanted = [str(label) for label in _COLUMNS.values()]
    return sample.container == "texte" and sample.has_columns(*wanted)


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    header = sample.header_row(*[str(label) for label in _COLUMNS.values()])
    assert header is not None  # the file was recognised by it
    profile = _profile()
    try:
        job = Job(path, sample, context, DiscreetLedger())
        frame, kept = _reduced(
            job, swift.batches(path, sample, job.ledger, header, _COLUMNS, profile)
        )
        swift.refuse_damaged(frame, _SHOWN)
    except swift.IrregularError:
        # Something needs care: line by line, on a new account.
        job = Job(path, sample, context, DiscreetLedger())
        lines = reading.batches(path, sample, job.ledger, header, _COLUMNS, quotes=False)
        frame, kept = _reduced(job, (batch.select(*profile, LIGNE) for batch in lines))
    _note_unqualified(frame, job)
    source = Source(
        key="annuaire-sante-rpps",
        producer="Agence du numérique en santé",
        title="Annuaire santé : professionnels en activité (extraction en libre accès du RPPS)",
        vintage=date_of_name(job),
        address=PAGE,
        definition="professionnels comptés une fois à chacun de leurs lieux d'exercice",
        note="Les âges ne sont pas dans cette extraction.",
    )
    return finished(job, kept, [table("exercices", _counted(frame), source, source.vintage)])


def _profile() -> list[pl.Expr]:
    """Return what is kept of a line; the name is never read, the identifier becomes a number."""
    is_ordinal = pl.col("type_savoir") == _ORDINAL
    return [
        # A number in place of the identifier, to count a person once; it is never kept.
        pl.col("personne").hash().alias(_PERSON),
        pl.col("profession").alias("metier"),
        _profession(),
        pl.when(is_ordinal).then(pl.col("specialite")).alias("specialite"),
        pl.col("mode")
        .replace_strict(_MODES, default=None, return_dtype=_MODE_KIND)
        .alias("mode_exercice"),
        _site(),
        pl.col("code_postal"),
        pl.col("code_commune"),
        pl.col("commune"),
        pl.col("secteur"),
        _speciality_rank(),
        _reason(),
    ]


def _reason() -> pl.Expr:
    """Return why a line is set aside (`_REASONS`), 0 when it is not."""
    nowhere = pl.col("code_commune").is_null() & (
        pl.col("code_postal").is_null() | pl.col("commune").is_null()
    )
    return (
        pl.when(pl.col("personne").is_null())
        .then(pl.lit(1, pl.UInt8))
        .when(pl.col("categorie") == _STUDENT)
        .then(pl.lit(2, pl.UInt8))
        .when(nowhere)
        .then(pl.lit(3, pl.UInt8))
        .otherwise(pl.lit(0, pl.UInt8))
        .alias(_REASON)
    )


def _site() -> pl.Expr:
    """Return what names a place: its FINESS number, else its street, never a name of person."""
    street = pl.concat_str(pl.col("numero"), pl.col("voie"), separator=" ", ignore_nulls=True)
    is_finess = pl.col("finess").str.len_bytes() == _FINESS_LENGTH
    has_street = pl.col("numero").is_not_null() | pl.col("voie").is_not_null()
    place = pl.when(is_finess).then(pl.col("finess")).when(has_street).then(street)
    return place.alias("site")


def _profession() -> pl.Expr:
    is_ordinal = pl.col("type_savoir") == _ORDINAL
    doctor = (
        pl.when(is_ordinal & pl.col("savoir").is_in(_GENERAL_PRACTICE))
        .then(pl.lit("G"))
        .when(is_ordinal & pl.col("savoir").is_not_null())
        .then(pl.lit("S"))
        .otherwise(pl.lit("?"))
    )
    code = pl.when(pl.col("profession") == _DOCTOR).then(doctor).otherwise(pl.col("profession"))
    words = {**_PROFESSIONS, **_DOCTORS}
    kind = code.replace_strict(words, default="autre", return_dtype=_PROFESSION_KIND)
    return kind.alias("profession")


def _speciality_rank() -> pl.Expr:
    """Order the lines of a person at a place: the one that tells the ordinal speciality first."""
    is_ordinal = pl.col("type_savoir") == _ORDINAL
    return (
        pl.when(is_ordinal & pl.col("savoir").is_in(_GENERAL_PRACTICE))
        .then(pl.lit(0, pl.UInt8))
        .when(is_ordinal)
        .then(pl.lit(1, pl.UInt8))
        .otherwise(pl.lit(2, pl.UInt8))
        .alias(_RANK)
    )


def _reduced(job: Job, batches: Iterable[pl.DataFrame]) -> tuple[pl.DataFrame, int]:
    """Return each person once at each place, and how many lines that comes from."""
    parts = []
    kept = 0
    for batch in batches:
        practices = _placed(batch, job)
        kept += practices.height
        parts.append(_once_each(practices))
    return _once_each(pl.concat(parts)) if parts else _no_practice(), kept


def _no_practice() -> pl.DataFrame:
    kinds: dict[str, type[pl.DataType]] = dict.fromkeys([*_PROFILE, "metier"], pl.String)
    return pl.DataFrame(schema={**kinds, _PERSON: pl.UInt64, _RANK: pl.UInt8})


def _placed(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the activities that have a place in a commune of today."""
    if frame[_REASON].max():
        for number, reason in _REASONS.items():
            frame = reject(frame, pl.col(_REASON) == number, reason, job.ledger)
    if frame["code_commune"].null_count():
        no_code = pl.col("code_commune").is_null()
        known, other = frame.filter(~no_code), frame.filter(no_code)
        found = join_postcodes(other, job.context, job.ledger, "code_postal", "commune")
        frame = pl.concat([known, found.select(frame.columns)])
    frame = communes_of_today(frame, job.context, job.ledger)
    few = [pl.col(name).cast(pl.Categorical) for name in _FEW]
    return frame.select(*_PROFILE, "metier", _PERSON, _RANK).with_columns(few)


def _mixed(names: Sequence[str]) -> pl.Expr:
    """Return one number for several columns: equal where they all are."""
    return pl.struct(*names).hash()


def _once_each(frame: pl.DataFrame) -> pl.DataFrame:
    """Return each person once at each place and mode, under the speciality that ranks first."""
    who = frame.select(_mixed([_PERSON, "metier", "code_commune", "site", "mode_exercice"]))
    numbered = frame.with_columns(who.to_series().alias(_WHO))
    doubled = numbered[_WHO].is_duplicated()
    if not doubled.any():
        return frame
    first = (
        numbered.filter(doubled)
        .sort(_WHO, _RANK, maintain_order=True)
        .unique(_WHO, keep="first", maintain_order=True)
    )
    return pl.concat([numbered.filter(~doubled), first]).drop(_WHO)


def _note_unqualified(frame: pl.DataFrame, job: Job) -> None:
    without = (pl.col("metier") == _DOCTOR) & (pl.col("profession") == "autre")
    count = frame.filter(without).height
    if count:
        job.ledger.note(f"{count} médecins sans spécialité ordinale : profession « autre »")


def _counted(frame: pl.DataFrame) -> pl.DataFrame:
    """Return how many persons have each profile, and their part of activity, in a stable order.

    A person's practice of a profession is shared equally among the places where it is done: once
    persons are forgotten, nothing can share it.
    """
    counts = (
        frame.with_columns(_mixed([_PERSON, "profession"]).alias(_WHO))
        .with_columns((1 / pl.len().over(_WHO)).alias(_PART))
        .group_by(_mixed(_PROFILE).alias(_WHO))
        .agg(
            *[pl.col(name).first() for name in _PROFILE],
            pl.len().cast(pl.Int64).alias("effectif"),
            # Rounded: the order of a sum may change from one run to the next.
            pl.col(_PART).sum().round(6),
        )
    )
    texts = counts.drop(_WHO).with_columns(pl.col(name).cast(pl.String) for name in _PROFILE)
    clean_texts = texts.with_columns(clean(pl.col(name)) for name in _SHOWN)
    return clean_texts.sort(_PROFILE)


LAYOUTS = (
    Layout(
        "annuaire-sante-rpps",
        "Agence du numérique en santé",
        "annuaire santé, personnes et activités (RPPS)",
        ("exercices",),
        _recognise,
        _read,
    ),
)
