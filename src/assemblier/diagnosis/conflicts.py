"""Two sources that cannot both be right about a commune: said, never computed through."""

from dataclasses import replace

import numpy as np

from assemblier.diagnosis.apl import PublishedApl
from assemblier.diagnosis.census import census
from assemblier.figures import Figure, Provenance
from assemblier.french import french_spaces, number
from assemblier.territory import index

GP = "medecin_generaliste"
METHOD = Provenance(
    method="Habitants des communes dont l'APL publiée est 0 alors qu'un praticien y est compté."
)


def zero_with_practice(published: PublishedApl, millesime: int) -> tuple[str, ...]:
    """Return the communes whose published APL is 0 though a practitioner is listed there.

    A practitioner in a commune is in reach of its inhabitants: the APL cannot then be 0 in the
    same year. The vintages of the two sources differ, or one of them is wrong.

    Parameters
    ----------
    published
        The published APL of a perimeter.
    millesime
        Its year.

    Returns
    -------
        The codes, ascending.

    Always true
    -----------
    A commune whose APL or whose practitioners are unknown is never among them.

    Examples
    --------
    >>> from assemblier.diagnosis.local import published_apl
    >>> from assemblier.territory import parse
    >>> zero_with_practice(published_apl(parse("commune:43234")), 2024)
    ('43234',)
    """
    scores = published.of(millesime)
    counts = census(published.codes, GP).of(published.codes)
    in_conflict = (scores == 0) & (np.nan_to_num(counts) > 0)
    return tuple(sorted(np.array(published.codes)[in_conflict].tolist()))


def inhabitants_in_conflict(published: PublishedApl, millesime: int) -> Figure:
    """Return the inhabitants of the communes of `zero_with_practice`: under every threshold.

    Examples
    --------
    >>> from assemblier.diagnosis.local import published_apl
    >>> from assemblier.territory import parse
    >>> inhabitants_in_conflict(published_apl(parse("departement:43")), 2024).value
    1652.0
    """
    people = dict(zip(published.codes, published.population.tolist(), strict=True))
    return Figure(
        f"habitants d'une commune dont l'APL {millesime} publiée est contredite",
        float(sum(people[code] for code in zero_with_practice(published, millesime))),
        "habitants",
        vintage=f"APL {millesime}, {published.population_vintage}",
        provenance=published.origin(millesime) | published.population_provenance | METHOD,
    )


def without_conflict(under: Figure, in_conflict: Figure) -> Figure:
    """Return the inhabitants under a threshold whose score nothing contradicts."""
    return replace(
        under,
        label=f"{under.label}, sans les communes dont l'APL est contredite",
        value=under.known_value() - in_conflict.known_value(),
        provenance=under.provenance | in_conflict.provenance,
    )


def conflict_notice(published: PublishedApl, code_commune: str, millesime: int) -> str:
    """Say the conflict of one commune; empty when there is none.

    Examples
    --------
    >>> from assemblier.diagnosis.local import published_apl
    >>> from assemblier.territory import parse
    >>> conflict_notice(published_apl(parse("commune:43157")), "43157", 2024)
    ''
    """
    if code_commune not in zero_with_practice(published.part([code_commune]), millesime):
        return ""
    name = index().nom[index().positions([code_commune])[0]]
    counted = census(published.codes, GP)
    count = counted.of([code_commune])[0]
    return french_spaces(
        f"{name} : l'APL {millesime} publiée est {number(0, 2)}, mais {number(count)} "
        f"généraliste{'s' if count > 1 else ''} y {'sont' if count > 1 else 'est'} compté"
        f"{'s' if count > 1 else ''} ({counted.vintage}). Les deux ne peuvent être vrais la même "
        "année : à vérifier auprès de l'ARS ou de la CPAM."
    )
