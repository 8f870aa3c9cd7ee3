"""Two readings side by side: is care badly shared, or is there too little of it?

The presentation speaks of a problem of distribution, other documents sources of a shortage. Both
are measured, neither is preferred: indices of inequality say how evenly the APL is shared, its
mean over time says how much there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from assemblier.diagnosis.apl import (
    UNIT,
    AplChange,
    PublishedApl,
    apl_change,
    mean_apl,
)
from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.diagnosis.wording import Sentence
from assemblier.figures import Figure, Provenance, unavailable
from assemblier.french import french_spaces, number, signed
from assemblier.maths import inequality
from assemblier.maths.arrays import Array

METHOD = (
    "Répartition de l'APL entre les habitants, communes pondérées par la population municipale."
)


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the APL of one year is shared among the inhabitants of a perimeter.

    Attributes
    ----------
    gini, theil
        0 when everybody has the same.
    palma
        What the best-served 10 % have over what the worst-served 40 % have; 0,25 when equal.
    worst_tenth, best_tenth
        Mean APL of the worst-served and best-served tenths of the inhabitants.
    tenth_ratio
        The second over the first.
    lorenz
        Cumulative share of inhabitants, worst served first, and of consultations.
    """

    millesime: int
    gini: Figure
    theil: Figure
    palma: Figure
    worst_tenth: Figure
    best_tenth: Figure
    tenth_ratio: Figure
    lorenz: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """Distribution and shortage of one perimeter, side by side.

    Attributes
    ----------
    distribution
        One for each year.
    shortage
        Mean APL of each year and its change.
    """

    distribution: tuple[Distribution, ...]
    shortage: AplChange


def two_readings(published: PublishedApl) -> TwoReadings:
    """Return both readings for every year of the published APL.

    Always true
    -----------
    The same APL everywhere: Gini 0.
    Halving every APL halves the mean and leaves Gini, Theil and Palma as they were.
    """
    return TwoReadings(
        tuple(distribution(published, millesime) for millesime in published.millesimes),
        apl_change([mean_apl(published, millesime) for millesime in published.millesimes]),
    )


def distribution(published: PublishedApl, millesime: int) -> Distribution:
    """Return how the APL of one year is shared; nothing is available when no APL is known."""
    known = known_part(published.of(millesime), published.population)

    def figure(label: str, measure: Callable[[Array, Array], float], unit: str = "") -> Figure:
        label = f"{label} ({published.who})"
        if known is None:
            return unavailable(label, published.missing, unit, f"APL {millesime}")
        value = measure(known.values, known.weights)
        if not isfinite(value):
            missing = "rien : les moins bien servis n'ont aucune consultation à portée"
            return unavailable(label, missing, unit, f"APL {millesime}", note="n.c.")
        return Figure(
            label,
            value,
            unit,
            vintage=f"APL {millesime}, {published.population_vintage}",
            provenance=published.origin(millesime)
            | published.population_provenance
            | Provenance(method=METHOD),
            decimals=2 if unit else 3,
            note=excluded_note(known),
        )

    return Distribution(
        millesime,
        figure("indice de Gini", inequality.gini),
        figure("indice de Theil", inequality.theil),
        figure("rapport de Palma", inequality.palma),
        figure("APL moyenne du dixième le moins bien servi", inequality.worst_served_mean, UNIT),
        figure("APL moyenne du dixième le mieux servi", inequality.best_served_mean, UNIT),
        figure("rapport du dixième le mieux servi au moins bien servi", inequality.tenth_ratio),
        () if known is None else _lorenz(known),
    )


def _lorenz(known: inequality.Known) -> tuple[tuple[float, float], ...]:
    people, total = inequality.lorenz(known.values, known.weights)
    return tuple(zip(people.tolist(), total.tolist(), strict=True))


def lorenz_tenths(points: Sequence[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Return a Lorenz curve at each tenth of the inhabitants, from 0 to 1.

    Parameters
    ----------
    points
        Cumulative shares of inhabitants and of consultations, ascending; may be empty.

    Examples
    --------
    >>> lorenz_tenths([(0.0, 0.0), (1.0, 1.0)])[5]
    (0.5, 0.5)
    """
    if not points:
        return ()
    people, total = np.array(points, dtype=np.float64).T
    tenths = np.arange(11) / 10
    return tuple(zip(tenths.tolist(), np.interp(tenths, people, total).tolist(), strict=True))


def two_readings_sentence(place: str, found: TwoReadings) -> Sentence:
    """Say both readings in one breath, without choosing.

    Parameters
    ----------
    place
        As it is said (``"en Haute-Loire"``).
    found
        Both readings.
    """
    last, change = found.distribution[-1], found.shortage
    mean = change.by_year[-1]
    if mean.value is None or last.gini.value is None:
        text = f"Répartition et quantité de l'offre {place} : non disponible ({mean.missing})."
        return Sentence(french_spaces(text), (last.gini, mean))
    first = change.by_year[0]
    moved = ""
    if change.percent.value is not None:
        moved = f" ({signed(change.percent.value, 1)} % depuis {found.distribution[0].millesime})"
    ratio = ""
    if last.tenth_ratio.value is not None:
        ratio = (
            f", et les 10 % les mieux servis ont {number(last.tenth_ratio.value, 1)} fois "
            "ce qu'ont les 10 % les moins bien servis"
        )
    text = (
        f"Deux lectures {place} en {last.millesime}. Répartition : indice de Gini de "
        f"{number(last.gini.value, 3)}{ratio}. Quantité : {number(mean.value, 2)} consultations "
        f"accessibles par an et par habitant en moyenne{moved}."
    )
    return Sentence(french_spaces(text), (last.gini, last.tenth_ratio, mean, first))
