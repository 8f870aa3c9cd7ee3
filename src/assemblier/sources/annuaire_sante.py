"""Health professionals in practice, from the public extract of the directory of professionals.

*What*: `PS_LibreAcces_Personne_activite`, one line an activity of a person; reduced as it is read
to how many professionals of each kind practise at each place. No name nor identifier is kept.
*Producer*: Agence du numérique en santé (RPPS). *Licence*: Licence Ouverte 2.0. *Vintage*: the
date of the extract, in its name. *Last checked*: November 2026, from a description of the file.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
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
from assemblier.sources.values import LIGNE, reject

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
_REF = "renvoi"
_WHERE = "endroit"
_WHO = "qui"
_PLACE = [*_PROFILE, "metier", _RANK]
_PART = "part_activite"
# What a person is counted once at.
_SPOT = ("metier", "code_commune", "site", "mode_exercice")
_FINESS_LENGTH = 9
# Why a line is set aside, by number: a number costs less than a text on two million lines.
_REASONS = {2: "étudiant", 3: "aucun lieu d'exercice"}
_PROFESSION_KIND = pl.Enum(sorted({*_PROFESSIONS.values(), *_DOCTORS.values()}))
_MODE_KIND = pl.Enum(sorted(_MODES.values()))


def _recognise(sample: Sample) -> bool:
    wanted = [str(label) for label in _COLUMNS.values()]
    return sample.container == "texte" and sample.has_columns(*wanted)


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    header = sample.header_row(*[str(label) for label in _COLUMNS.values()])
    assert header is not None  # the file was recognised by it
    try:
        job = Job(path, sample, context, DiscreetLedger())
        rows = swift.folded(path, sample, job.ledger, header, _COLUMNS, _PERSON)
        practices, kept = _unfolded(rows, job)
        counts = _counted(practices, compiled_tally)
    except swift.IrregularError:
        # Something needs care: line by line, on a new account.
        job = Job(path, sample, context, DiscreetLedger())
        lines = reading.batches(path, sample, job.ledger, header, _COLUMNS, quotes=False)
        practices, kept = _reduced(job, lines)
        counts = _counted(practices, plain_tally)
    _note_unqualified(counts, job)
    source = Source(
        key="annuaire-sante-rpps",
        producer="Agence du numérique en santé",
        title="Annuaire santé : professionnels en activité (extraction en libre accès du RPPS)",
        vintage=date_of_name(job),
        address=PAGE,
        definition="professionnels comptés une fois à chacun de leurs lieux d'exercice",
        note="Les âges ne sont pas dans cette extraction.",
    )
    return finished(job, kept, [table("exercices", counts.drop("metier"), source, source.vintage)])


def _profile() -> list[pl.Expr]:
    """Return what is kept of a line, whoever it is about; the name is never read."""
    is_ordinal = pl.col("type_savoir") == _ORDINAL
    return [
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
        pl.when(pl.col("categorie") == _STUDENT)
        .then(pl.lit(2, pl.UInt8))
        .when(nowhere)
        .then(pl.lit(3, pl.UInt8))
        .otherwise(pl.lit(0, pl.UInt8))
        .alias(_REASON)
    )


def _site() -> pl.Expr:
    """Return what names a place: its FINESS number, else its street, never a name of person."""
    street = pl.concat_str(pl.col("numero", "voie"), separator=" ", ignore_nulls=True)
    finess = pl.col("finess").cast(pl.String)
    is_finess = finess.str.len_bytes() == _FINESS_LENGTH
    has_street = pl.col("numero").is_not_null() | pl.col("voie").is_not_null()
    place = pl.when(is_finess).then(finess).when(has_street).then(street)
    return place.alias("site")


def _profession() -> pl.Expr:
    is_ordinal = pl.col("type_savoir") == _ORDINAL
    doctor = (
        pl.when(is_ordinal & pl.col("savoir").is_in(_GENERAL_PRACTICE))
        .then(pl.lit(_DOCTORS["G"], _PROFESSION_KIND))
        .when(is_ordinal & pl.col("savoir").is_not_null())
        .then(pl.lit(_DOCTORS["S"], _PROFESSION_KIND))
        .otherwise(pl.lit(_DOCTORS["?"], _PROFESSION_KIND))
    )
    other = pl.col("profession").replace_strict(
        _PROFESSIONS, default="autre", return_dtype=_PROFESSION_KIND
    )
    kind = pl.when(pl.col("profession") == _DOCTOR).then(doctor).otherwise(other)
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


@dataclass(frozen=True)
class Practices:
    """Who practises where.

    Attributes
    ----------
    persons
        A row a line of the file, in any order: the number of the person, the line, and in `_REF`
        the row of `places` it is about.
    places
        The columns of `_PROFILE`, the code of the profession, and in `_RANK` how well the
        speciality is told.
    """

    persons: pl.DataFrame
    places: pl.DataFrame


Tally = Callable[[Practices], tuple[np.ndarray, np.ndarray]]
"""What counts the persons of each place, and their parts."""


def _reduced(job: Job, batches: Iterable[pl.DataFrame]) -> tuple[Practices, int]:
    """Return the practices that lines tell, and how many lines could be kept."""
    # A number in place of the identifier, to count a person once; it is never kept.
    person = pl.when(pl.col(_PERSON).is_not_null()).then(pl.col(_PERSON).hash()).alias(_PERSON)
    found = [
        _placed(batch.select(person, *_profile(), LIGNE), job).pipe(_light) for batch in batches
    ]
    frame = pl.concat(found) if found else _light(_no_line())
    return _line_by_line(frame), frame.height


def _line_by_line(frame: pl.DataFrame) -> Practices:
    ref = pl.int_range(frame.height, dtype=pl.UInt32).alias(_REF)
    return Practices(frame.select(_PERSON, LIGNE, ref), frame.select(*_PLACE))


def _unfolded(rows: swift.Folded, job: Job) -> tuple[Practices, int]:
    """Return the practices of a text read in one go, and how many lines could be kept.

    What is right as it stands (nearly every line) is judged once for all the lines that say it;
    the others are taken out again and judged one by one.
    """
    different = rows.different.select(*_profile(), swift.KEY)
    known = pl.col("code_commune").is_in(list(job.context.communes))
    right = different.filter((pl.col(_REASON) == 0) & known.fill_null(False))
    places = right.with_row_index(_REF)
    refs = different.select(swift.KEY).join(
        places.select(swift.KEY, _REF), on=swift.KEY, how="left", maintain_order="left"
    )
    persons = rows.rows.with_columns(refs[_REF].gather(rows.rows[swift.KEY]))
    odd = pl.col(_REF).is_null() | pl.col(_PERSON).is_null()
    others = persons.filter(odd).drop(_REF).join(different, on=swift.KEY).sort(LIGNE)
    spelled = others.with_columns(pl.col(pl.Categorical).cast(pl.String))
    judged = _line_by_line(_placed(spelled, job).pipe(_light))
    plain = persons.filter(~odd).select(_PERSON, LIGNE, _REF)
    shifted = judged.persons.with_columns(pl.col(_REF) + places.height)
    practices = Practices(
        pl.concat([plain, shifted]),
        pl.concat([places.pipe(_light).select(_PLACE), judged.places]),
    )
    return practices, practices.persons.height


def _no_line() -> pl.DataFrame:
    texts = dict.fromkeys([*_COLUMNS], pl.String)
    empty = pl.DataFrame(schema={**texts, LIGNE: pl.Int64})
    return empty.select(pl.col(_PERSON).hash(), *_profile(), LIGNE)


def _light(frame: pl.DataFrame) -> pl.DataFrame:
    """Return only what is counted, on little room."""
    own = [name for name in (_PERSON, LIGNE) if name in frame.columns]
    return frame.select(*_PLACE, *own).with_columns(pl.col(pl.String).cast(pl.Categorical))


def _placed(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the activities that have a person, and a place in a commune of today."""
    frame = reject(frame, pl.col(_PERSON).is_null(), "identifiant absent", job.ledger)
    for number, reason in _REASONS.items():
        frame = reject(frame, pl.col(_REASON) == number, reason, job.ledger)
    if frame["code_commune"].null_count():
        no_code = pl.col("code_commune").is_null()
        known, other = frame.filter(~no_code), frame.filter(no_code)
        found = join_postcodes(other, job.context, job.ledger, "code_postal", "commune")
        frame = pl.concat([known, found.select(frame.columns)])
    return communes_of_today(frame, job.context, job.ledger)


def _counted(practices: Practices, tally: Tally) -> pl.DataFrame:
    """Return how many persons have each profile, in a stable order."""
    columns = [*_PROFILE, "metier"]
    places = practices.places.select(*columns)
    held, parts = tally(practices)
    counts = (
        places.select(pl.struct(pl.all().to_physical()).hash().alias(_WHO))
        .with_row_index(_REF)
        .with_columns(pl.Series("effectif", held), pl.Series(_PART, parts))
        .filter(pl.col("effectif") > 0)
        .group_by(_WHO)
        # Rounded: the order of a sum may change from one run to the next.
        .agg(pl.col(_REF).first(), pl.col("effectif").sum(), pl.col(_PART).sum().round(6))
    )
    told = places[counts[_REF]].with_columns(counts["effectif"], counts[_PART])
    order = pl.DataFrame([_in_order(told[name]) for name in columns]).select(
        pl.arg_sort_by(columns)
    )
    # Texts come last, once for each profile; `table` cleans those that are shown.
    return told[order.to_series()].with_columns(pl.col(name).cast(pl.String) for name in columns)


def _in_order(column: pl.Series) -> pl.Series:
    """Return numbers in the same order as the texts they stand for, 0 for an unknown one."""
    numbers = column.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()
    kinds = column.unique().drop_nulls()
    kinds = kinds.gather(kinds.cast(pl.String).arg_sort()).to_physical()
    # The last one is that of -1: unknown.
    ranks = np.zeros(numbers.max(initial=-1) + 2, np.uint32)
    ranks[kinds.to_numpy()] = np.arange(1, kinds.len() + 1)
    return pl.Series(column.name, ranks[numbers])


def plain_tally(practices: Practices) -> tuple[np.ndarray, np.ndarray]:
    """Return how many persons each place has, and the sum of the parts of their practice."""
    once = _once_each(practices)
    refs = once[_REF].to_numpy()
    size = practices.places.height
    parts = np.bincount(refs, weights=_parts(once, practices.places), minlength=size)
    return np.bincount(refs, minlength=size).astype(np.int64), parts


def compiled_tally(practices: Practices) -> tuple[np.ndarray, np.ndarray]:
    """Return what `plain_tally` does; its loops are compiled by numba, imported only here."""
    from assemblier.sources import compiled_persons

    persons, places = practices.persons, practices.places
    columns = [
        *(persons[name].rechunk().to_numpy() for name in (_PERSON, LIGNE, _REF)),
        places.select(pl.struct(pl.col(*_SPOT).to_physical()).hash()).to_series().to_numpy(),
        places[_RANK].to_numpy(),
        places["profession"].to_physical().cast(pl.UInt8).to_numpy(),
    ]
    with ThreadPoolExecutor(2) as threads:
        halves = threads.map(lambda half: compiled_persons.tally(half, *columns), (0, 1))
        (held, parts), (others, more) = halves
    return held + others, parts + more


def _parts(once: pl.DataFrame, places: pl.DataFrame) -> np.ndarray:
    """Return the part of a person's practice of a profession done at a place: as much at each.

    Once persons are forgotten, nothing can share it any more.
    """
    parts = np.ones(once.height)
    doubled = once[_PERSON].is_duplicated()
    several = once.filter(doubled)
    profession = places["profession"].gather(several[_REF])
    count = several.with_columns(profession).select(pl.len().over(_PERSON, "profession"))
    parts[doubled.to_numpy()] = 1 / count.to_series().to_numpy()
    return parts


def _once_each(practices: Practices) -> pl.DataFrame:
    """Return each person at each place, once for each mode, where the speciality ranks first."""
    spots = practices.places.select(
        pl.struct(pl.col(*_SPOT).to_physical()).hash().alias(_WHERE), _RANK
    )
    # One number for the person and the place: equal where both are.
    mixed = pl.struct(pl.col(_PERSON), pl.col(_WHERE)).hash().alias(_WHO)
    refs = practices.persons[_REF]
    numbered = practices.persons.with_columns(spots[_WHERE].gather(refs)).with_columns(mixed)
    doubled = numbered[_WHO].is_duplicated()
    if not doubled.any():
        return numbered.select(_PERSON, _REF)
    several = numbered.filter(doubled)
    ranked = several.with_columns(spots[_RANK].gather(several[_REF]))
    first = ranked.sort(_WHO, _RANK, LIGNE).unique(_WHO, keep="first", maintain_order=True)
    return pl.concat([one.select(_PERSON, _REF) for one in (numbered.filter(~doubled), first)])


def _note_unqualified(counts: pl.DataFrame, job: Job) -> None:
    without = (pl.col("metier") == _DOCTOR) & (pl.col("profession") == "autre")
    count = counts.filter(without)["effectif"].sum()
    if count:
        job.ledger.note(f"{count} médecins sans spécialité ordinale : profession « autre »")


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
