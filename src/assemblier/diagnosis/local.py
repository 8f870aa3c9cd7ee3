"""What is known of some communes: arrays in their order, nan where unknown.

What was imported comes first, each with its own source and vintage; then the embedded facts, which
cover Haute-Loire. Elsewhere it is unknown, and the figure says which official file would bring it.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assemblier.diagnosis import ages, published
from assemblier.diagnosis.ages import FILE as AGE_FILE
from assemblier.diagnosis.apl import FILES as APL_FILES
from assemblier.diagnosis.apl import GP, MILLESIMES, PublishedApl
from assemblier.diagnosis.census import Census, census
from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.diagnosis.sex_age import Distribution, unknown_distribution
from assemblier.figures import Figure, Provenance, unavailable
from assemblier.maths.arrays import Array
from assemblier.territory import Perimeter, index

BPE_FILE = "Insee, Base permanente des équipements 2025 : équipements de santé par commune"
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
    return census(codes, kind).of(codes)


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
    return equipment_in(census(perimeter.codes, kind), perimeter)


def equipment_in(counted: Census, perimeter: Perimeter) -> Figure:
    """Return what one census counts in a perimeter."""
    label = LABELS[counted.kind]
    found = known_part(counted.of(perimeter.codes), _weights(perimeter.codes))
    if found is None:
        return unavailable(label, BPE_FILE, label, counted.vintage)
    return Figure(
        label,
        float(found.values.sum()),
        label,
        vintage=counted.vintage,
        provenance=counted.provenance,
        note=excluded_note(found),
    )


def equipped_population(perimeter: Perimeter, kind: str = GP) -> Figure:
    """Return the inhabitants of the communes of a perimeter whose equipment of a kind is known.

    The denominator that fits `equipment`: both leave the same communes out.
    """
    found = known_part(equipment_of(perimeter.codes, kind), _weights(perimeter.codes))
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


def equipment_provenance(codes: Sequence[str] = (), kind: str = GP) -> Provenance:
    """Return where the counts of a kind come from, for some communes; by default the embedded."""
    return census(codes, kind).provenance


def published_apl(perimeter: Perimeter, series: str = "apl", profession: str = GP) -> PublishedApl:
    """Return the published APL of the communes of a perimeter.

    Parameters
    ----------
    perimeter
        The territory.
    series
        A key of `apl.SERIES`: ``"apl"`` (all doctors), ``"apl_65"`` (65 or less)…
    profession
        A key of `apl.UNITS`.

    Always true
    -----------
    The years are those whose APL is known for most of the inhabitants; the embedded ones when
    there is no such year.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> published_apl(parse("commune:43157")).of(2024).tolist()
    [5.05]
    """
    weights = _weights(perimeter.codes)
    every = published.years(perimeter.codes, profession, series)
    covered = [one for one in every if known_part(one.values, weights) is not None]
    used = covered or [one for one in every if one.millesime in MILLESIMES]
    return _published(perimeter.codes, series, profession, used, weights)


def _published(
    codes: tuple[str, ...],
    series: str,
    profession: str,
    used: Sequence[published.Year],
    weights: Array,
) -> PublishedApl:
    unknown = np.full((len(codes), len(MILLESIMES)), np.nan)
    values = np.column_stack([one.values for one in used]) if used else unknown
    standardised = np.column_stack([one.standardised for one in used]) if used else unknown
    whole = Provenance(tuple(dict.fromkeys(one.source for one in used)))
    found = PublishedApl(
        codes,
        series,
        tuple(one.millesime for one in used) or MILLESIMES,
        values,
        weights,
        POPULATION_VINTAGE,
        whole,
        index().provenance("population"),
        APL_FILES[profession],
        profession,
        standardised,
    )
    told = Provenance(method=f"Série : {found.who}.")
    return replace(
        found,
        provenance=whole | told,
        origins=tuple(one.provenance | told for one in used),
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
    found = ages.by_sex(perimeter.codes)
    return found or unknown_distribution("population", AGE_FILE, "habitants")


def _weights(codes: Sequence[str]) -> Array:
    # A commune whose population is unknown (six, deserted or overseas) weighs nothing.
    return np.nan_to_num(population_of(codes))
