"""The published APL (accessibilité potentielle localisée, not the housing aid) of a perimeter.

Only what the DREES published is read here; nothing is recomputed. The standardised population is
not embedded: means are weighted by total population, and say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.diagnosis.wording import Sentence, number, signed, spaced
from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.maths import inequality
from assemblier.maths.arrays import Array

UNIT = "consultations par an et par habitant"
FILE = "DREES, classeur de l'APL aux médecins généralistes (indicateur par commune)"
SERIES = {"apl": "tous médecins généralistes", "apl_65": "médecins de 65 ans et moins"}
MEAN_METHOD = (
    "APL moyenne : moyenne des communes pondérée par la population totale (recensement) ; la DREES "
    "pondère par la population standardisée, absente ici."
)
MILLESIMES = (2022, 2023, 2024)


@dataclass(frozen=True, slots=True)
class PublishedApl:
    """The APL of the communes of a perimeter.

    Attributes
    ----------
    codes
        (communes,) in the order of the perimeter.
    series
        ``"apl"`` (all doctors) or ``"apl_65"`` (65 or less, the series of the zoning).
    millesimes
        Years, oldest first.
    values
        (communes, millesimes) consultations a year per standardised inhabitant; nan unknown.
    population
        (communes,) inhabitants, ≥ 0.
    population_vintage
        ``"population RP 2023"``.
    provenance, population_provenance
        Where they come from.
    missing
        The file that would bring what is not known.
    """

    codes: tuple[str, ...]
    series: str
    millesimes: tuple[int, ...]
    values: Array
    population: Array
    population_vintage: str
    provenance: Provenance
    population_provenance: Provenance
    missing: str = FILE

    def of(self, millesime: int) -> Array:
        """Return the values of one year: (communes,), nan where unknown."""
        if millesime not in self.millesimes:
            return np.full(len(self.codes), np.nan)
        return self.values[:, self.millesimes.index(millesime)]

    def part(self, codes: Sequence[str]) -> "PublishedApl":
        """Return the same for some of the communes, in their order."""
        rows = [self.codes.index(code) for code in codes]
        return replace(
            self,
            codes=tuple(codes),
            values=self.values[rows],
            population=self.population[rows],
        )


@dataclass(frozen=True, slots=True)
class AplChange:
    """How the published APL of one territory changed.

    Attributes
    ----------
    by_year
        The APL of each year, oldest first.
    change
        Last minus first, in consultations.
    percent
        The same, in % of the first.
    """

    by_year: tuple[Figure, ...]
    change: Figure
    percent: Figure


def mean_apl(published: PublishedApl, millesime: int) -> Figure:
    """Return the mean APL of a perimeter, weighted by inhabitants.

    Parameters
    ----------
    published
        The APL of its communes.
    millesime
        The year.

    Always true
    -----------
    Between the lowest and the highest APL of the communes that are known.
    Communes whose APL is unknown are left out, and the note says how many people live there.
    Not available when fewer than half of the inhabitants are covered.
    """
    label = f"APL moyenne aux médecins généralistes ({SERIES[published.series]})"
    known = known_part(published.of(millesime), published.population)
    if known is None:
        return unavailable(label, published.missing, UNIT, f"APL {millesime}")
    return Figure(
        label,
        inequality.mean(known.values, known.weights),
        UNIT,
        vintage=f"APL {millesime}, {published.population_vintage}",
        provenance=published.provenance
        | published.population_provenance
        | Provenance(method=MEAN_METHOD),
        decimals=2,
        note=excluded_note(known),
    )


def commune_apl(published: PublishedApl, code_commune: str, millesime: int) -> Figure:
    """Return the published APL of one commune."""
    label = f"APL aux médecins généralistes ({SERIES[published.series]})"
    value = published.of(millesime)[published.codes.index(code_commune)]
    if np.isnan(value):
        return unavailable(label, published.missing, UNIT, str(millesime))
    return Figure(
        label,
        float(value),
        UNIT,
        vintage=f"APL {millesime}",
        nature=Nature.CITE,
        provenance=published.provenance,
        decimals=2,
        note="0 est la valeur publiée : aucune offre à portée." if value == 0 else "",
    )


def apl_change(by_year: Sequence[Figure]) -> AplChange:
    """Return the change between the first and the last year of a series.

    Parameters
    ----------
    by_year
        The same APL, one figure a year, oldest first; at least one.

    Always true
    -----------
    First plus change is last.
    An unknown end makes the change unknown; from 0 only the % is « n.c. ».

    Examples
    --------
    >>> apl_change([Figure("APL", 2.0, vintage="2022"), Figure("APL", 3.0)]).percent.value
    50.0
    """
    first, last = by_year[0], by_year[-1]
    label = "évolution de l'APL"
    vintage = f"{first.vintage} – {last.vintage}"
    if first.value is None or last.value is None:
        missing = first.missing or last.missing
        unknown = unavailable(label, missing, UNIT, vintage)
        return AplChange(tuple(by_year), unknown, unavailable(label, missing, "%", vintage))
    origin = first.provenance | last.provenance
    change = Figure(label, last.value - first.value, UNIT, vintage=vintage, decimals=2)
    change = replace(change, provenance=origin)
    if first.value == 0:
        missing = "rien : l'APL de départ est nulle"
        percent = unavailable(label, missing, "%", vintage, note="n.c.")
    else:
        percent = Figure(
            label,
            100 * (last.value - first.value) / first.value,
            "%",
            vintage=vintage,
            provenance=origin,
            decimals=1,
            numerator=last,
            denominator=first,
        )
    return AplChange(tuple(by_year), change, percent)


def accessible_sentence(figure: Figure) -> str:
    """Say an APL in plain words.

    Parameters
    ----------
    figure
        An APL.

    Examples
    --------
    >>> accessible_sentence(Figure("APL", 3.2, decimals=1))
    '3,2 consultations accessibles par an et par habitant'
    """
    if figure.value is None:
        return f"nombre de consultations accessibles par an non disponible ({figure.missing})"
    plural = "s" if figure.value >= 2 else ""
    written = number(figure.value, figure.decimals)
    return f"{written} consultation{plural} accessible{plural} par an et par habitant"


def apl_sentence(place: str, figure: Figure) -> Sentence:
    """Say the APL of a place, with its vintage.

    Parameters
    ----------
    place
        As it is said (``"En Haute-Loire"``).
    figure
        Its APL.
    """
    when = f" ({figure.vintage})" if figure.vintage and figure.is_known else ""
    return Sentence(spaced(f"{place} : {accessible_sentence(figure)}{when}."), (figure,))


def change_sentence(place: str, change: AplChange) -> Sentence:
    """Say how the APL of a place changed.

    Parameters
    ----------
    place
        As it is said (``"en Haute-Loire"``).
    change
        Its change.
    """
    first, last = change.by_year[0], change.by_year[-1]
    if change.change.value is None or first.value is None or last.value is None:
        text = f"Évolution de l'APL {place} : non disponible ({change.change.missing})."
        return Sentence(spaced(text), (first, last))
    percent = change.percent.value
    written = f", soit {signed(percent, 1)} %" if percent is not None else ""
    text = (
        f"L'APL {place} est passée de {number(first.value, 2)} ({first.vintage}) à "
        f"{number(last.value, 2)} ({last.vintage}) : {signed(change.change.value, 2)} "
        f"consultation par an et par habitant{written}."
    )
    return Sentence(spaced(text), (first, last, change.change))
