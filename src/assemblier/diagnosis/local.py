"""What the embedded sources know of some communes: arrays in their order, nan where unknown.

The statistics of professionals, structures, ages and published APL cover Haute-Loire; elsewhere
they are unknown, and the figure says which official file would bring them.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from assemblier.data import facts
from assemblier.diagnosis.apl import FILE as APL_FILE
from assemblier.diagnosis.apl import MILLESIMES, SERIES, PublishedApl
from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.diagnosis.sex_age import AgeClass, Distribution, distribution, unknown_distribution
from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.maths.arrays import Array
from assemblier.territory import Perimeter, index

BPE_FILE = "Insee, Base permanente des équipements 2025 : équipements de santé par commune"
AGE_FILE = "Insee, recensement de la population 2023 : population par sexe et âge, par commune"
POPULATION_VINTAGE = "population municipale 2023"

LABELS = {
    "medecin_generaliste": "médecins généralistes",
    "infirmier": "infirmiers",
    "masseur_kinesitherapeute": "masseurs-kinésithérapeutes",
    "chirurgien_dentiste": "chirurgiens-dentistes",
    "sage_femme": "sages-femmes",
    "orthophoniste": "orthophonistes",
    "pedicure_podologue": "pédicures-podologues",
    "dieteticien": "diététiciens",
    "psychologue": "psychologues",
    "maison_de_sante": "maisons de santé pluriprofessionnelles",
    "pharmacie": "pharmacies",
    "laboratoire": "laboratoires d'analyses médicales",
}
"""How each kind of professional or structure of the BPE is called, in the plural."""


def population_of(codes: Sequence[str]) -> Array:
    """Return the inhabitants of some communes: (communes,), nan where unknown."""
    return index().population[index().positions(codes)].astype(np.float64)


def equipment_of(codes: Sequence[str], kind: str) -> Array:
    """Return the professionals or structures of a kind in some communes, nan where unknown.

    Parameters
    ----------
    codes
        Communes.
    kind
        A key of `LABELS`.

    Raises
    ------
    KeyError
        When the kind is unknown.

    Examples
    --------
    >>> equipment_of(["43157", "63113"], "pharmacie")
    array([ 9., nan])
    """
    counts = _equipment()[kind]
    return np.array([counts.get(code, np.nan) for code in codes], dtype=np.float64)


def equipment(perimeter: Perimeter, kind: str) -> Figure:
    """Return the professionals or structures of a kind in a perimeter.

    Parameters
    ----------
    perimeter
        The territory.
    kind
        A key of `LABELS`.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> equipment(parse("departement:43"), "medecin_generaliste").value
    238.0
    """
    label = LABELS[kind]
    found = known_part(equipment_of(perimeter.codes, kind), _weights(perimeter.codes))
    if found is None:
        return unavailable(label, BPE_FILE, label, "BPE 2025")
    return Figure(
        label,
        float(found.values.sum()),
        label,
        vintage="BPE 2025",
        provenance=equipment_provenance(),
        note=excluded_note(found),
    )


def equipped_population(perimeter: Perimeter) -> Figure:
    """Return the inhabitants of the communes of a perimeter whose equipment is known.

    The denominator that fits `equipment`: both leave the same communes out.
    """
    found = known_part(equipment_of(perimeter.codes, "pharmacie"), _weights(perimeter.codes))
    if found is None:
        return unavailable("population", BPE_FILE, "habitants", POPULATION_VINTAGE)
    return Figure(
        "population",
        float(found.weights.sum()),
        "habitants",
        vintage=POPULATION_VINTAGE,
        provenance=index().provenance("population"),
        note=excluded_note(found),
    )


def equipment_provenance() -> Provenance:
    """Return where the counts of professionals and structures come from."""
    return Provenance((facts.source("insee-bpe-2025"),))


def published_apl(perimeter: Perimeter, series: str = "apl") -> PublishedApl:
    """Return the published APL of the communes of a perimeter.

    Parameters
    ----------
    perimeter
        The territory.
    series
        ``"apl"`` (all doctors) or ``"apl_65"`` (65 or less).

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> published_apl(parse("commune:43157")).of(2024).tolist()
    [5.05]
    """
    known = _apl(series)
    values = np.array(
        [[known.get((code, year), np.nan) for year in MILLESIMES] for code in perimeter.codes]
    )
    return PublishedApl(
        perimeter.codes,
        series,
        MILLESIMES,
        values,
        _weights(perimeter.codes),
        POPULATION_VINTAGE,
        Provenance((facts.source("drees-apl-mg"),), f"Série : {SERIES[series]}."),
        index().provenance("population"),
        APL_FILE,
    )


def pyramid(perimeter: Perimeter) -> Distribution:
    """Return the inhabitants of a perimeter by sex and class of ages.

    Not available when one of its communes is not covered: a pyramid has no holes.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> len(pyramid(parse("departement:43")).bars), pyramid(parse("departement:63")).bars
    (20, ())
    """
    ages = _ages()
    if not all(code in ages for code in perimeter.codes):
        return unknown_distribution("population", AGE_FILE, "habitants")
    total: dict[tuple[str, AgeClass], float] = {}
    for code in perimeter.codes:
        for group, people in ages[code].items():
            total[group] = total.get(group, 0.0) + people
    return distribution(
        "population",
        total,
        vintage="RP 2023",
        provenance=Provenance((facts.source("insee-rp-2023"),)),
        nature=Nature.CALCULE,
        unit="habitants",
    )


def _weights(codes: Sequence[str]) -> Array:
    # A commune whose population is unknown (six, deserted or overseas) weighs nothing.
    return np.nan_to_num(population_of(codes))


@cache
def _equipment() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {kind: {} for kind in LABELS}
    for table in (facts.professionnels(), facts.structures()):
        for code, kind, count in table.iter_rows():
            found[kind][code] = float(count)
    return found


@cache
def _apl(series: str) -> dict[tuple[str, int], float]:
    table = facts.apl_publiee().select("code_commune", "millesime", series)
    return {(code, year): value for code, year, value in table.iter_rows() if value is not None}


@cache
def _ages() -> dict[str, dict[tuple[str, AgeClass], float]]:
    table = facts.population_age_sexe()
    starts = sorted(table["age_debut"].unique().to_list())
    ends = [*(start - 1 for start in starts[1:]), None]
    classes = {start: AgeClass(start, end) for start, end in zip(starts, ends, strict=True)}
    found: dict[str, dict[tuple[str, AgeClass], float]] = {}
    for code, sex, start, people in table.iter_rows():
        found.setdefault(code, {})[sex, classes[start]] = people
    return found
