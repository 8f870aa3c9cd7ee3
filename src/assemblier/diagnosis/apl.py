"""The published APL (accessibilité potentielle localisée, not the housing aid) of a perimeter.

Only what the DREES published is read here; nothing is recomputed. Where the standardised population
was imported with the APL, means are weighted by it, as the DREES does; else by total population. A
mean says which.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assemblier.diagnosis.coverage import excluded_note, known_part
from assemblier.diagnosis.wording import Sentence
from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.french import french_spaces, number, signed
from assemblier.maths import inequality
from assemblier.maths.arrays import Array

UNIT = "consultations par an et par habitant"
FILE = "DREES, classeur de l'APL aux médecins généralistes (indicateur par commune)"
GP = "medecin_generaliste"
SERIES = {
    "apl": "tous médecins généralistes",
    "apl_65": "médecins de 65 ans et moins",
    "apl_62": "médecins de 62 ans et moins",
    "apl_60": "médecins de 60 ans et moins",
}
PRACTITIONERS = {
    GP: "médecins généralistes",
    "infirmier": "infirmiers",
    "masseur_kinesitherapeute": "masseurs-kinésithérapeutes",
    "chirurgien_dentiste": "chirurgiens-dentistes",
    "sage_femme": "sages-femmes",
}
"""The five professions whose APL the DREES publishes."""

UNITS = {
    GP: UNIT,
    "infirmier": "ETP pour 100 000 habitants",
    "masseur_kinesitherapeute": "ETP pour 100 000 habitants",
    "chirurgien_dentiste": "ETP pour 100 000 habitants",
    "sage_femme": "ETP pour 100 000 femmes",
}
"""Unit of the published APL of each profession."""

FILES = {
    profession: FILE
    if profession == GP
    else f"DREES, classeur de l'APL aux {words} (indicateur par commune)"
    for profession, words in PRACTITIONERS.items()
}
"""The file that brings the APL of each profession."""

MEAN_METHOD = (
    "APL moyenne : moyenne des communes pondérée par la population municipale (recensement) ; la "
    "DREES pondère par la population standardisée, absente ici."
)
STANDARDISED_METHOD = (
    "APL moyenne : moyenne des communes pondérée par la population standardisée, comme le fait la "
    "DREES."
)
MILLESIMES = (2022, 2023, 2024)
"""The years that are embedded."""


@dataclass(frozen=True, slots=True)
class PublishedApl:
    """The APL of the communes of a perimeter.

    Attributes
    ----------
    codes
        (communes,) in the order of the perimeter.
    series
        A key of `SERIES`: ``"apl"`` (all doctors), ``"apl_65"`` (65 or less, the series of the
        zoning)…
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
    profession
        A key of `UNITS`.
    standardised
        (communes, millesimes) standardised inhabitants, nan unknown; None when no file gives any.
    origins
        Where each year comes from, when the years do not all come from one file.
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
    profession: str = GP
    standardised: Array | None = None
    origins: tuple[Provenance, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of the values."""
        return UNITS[self.profession]

    @property
    def who(self) -> str:
        """Who is counted: ``"médecins de 65 ans et moins"``."""
        return SERIES[self.series] if self.profession == GP else "tous praticiens"

    def origin(self, millesime: int) -> Provenance:
        """Return where one year comes from."""
        if not self.origins or millesime not in self.millesimes:
            return self.provenance
        return self.origins[self.millesimes.index(millesime)]

    def weights(self, millesime: int) -> tuple[Array, bool]:
        """Return the weights of a mean, (communes,), and whether they are standardised inhabitants.

        They are when every commune whose APL is known has some; a mean never mixes two weights.
        """
        if self.standardised is None or millesime not in self.millesimes:
            return self.population, False
        weights = self.standardised[:, self.millesimes.index(millesime)]
        known = ~np.isnan(self.of(millesime))
        if not known.any() or np.isnan(weights[known]).any():
            return self.population, False
        return np.nan_to_num(weights), True

    def of(self, millesime: int) -> Array:
        """Return the values of one year: (communes,), nan where unknown."""
        if millesime not in self.millesimes:
            return np.full(len(self.codes), np.nan)
        return self.values[:, self.millesimes.index(millesime)]

    def part(self, codes: Sequence[str]) -> "PublishedApl":
        """Return the same for some of the communes, in their order."""
        place = {code: row for row, code in enumerate(self.codes)}
        rows = [place[code] for code in codes]
        return replace(
            self,
            codes=tuple(codes),
            values=self.values[rows],
            population=self.population[rows],
            standardised=None if self.standardised is None else self.standardised[rows],
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
    """Return the mean APL of a perimeter, weighted by standardised inhabitants or by inhabitants.

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
    label = f"APL moyenne aux {PRACTITIONERS[published.profession]} ({published.who})"
    # Coverage is a matter of inhabitants, whatever the weights.
    covered = known_part(published.of(millesime), published.population)
    if covered is None:
        return unavailable(label, published.missing, published.unit, f"APL {millesime}")
    weights, is_standardised = published.weights(millesime)
    found = inequality.known(published.of(millesime), weights)
    method = STANDARDISED_METHOD if is_standardised else MEAN_METHOD
    origin = published.origin(millesime)
    if not is_standardised:
        origin = origin | published.population_provenance
    by = "population standardisée" if is_standardised else published.population_vintage
    return Figure(
        label,
        inequality.mean(found.values, found.weights),
        published.unit,
        vintage=f"APL {millesime}, {by}",
        provenance=origin | Provenance(method=method),
        decimals=2,
        note=excluded_note(covered),
    )


def commune_apl(published: PublishedApl, code_commune: str, millesime: int) -> Figure:
    """Return the published APL of one commune."""
    value = published.of(millesime)[published.codes.index(code_commune)]
    return _commune_figure(published, float(value), millesime)


def communes_apl(published: PublishedApl, millesime: int) -> dict[str, Figure]:
    """Return the published APL of every commune, by code."""
    values = published.of(millesime).tolist()
    return {
        code: _commune_figure(published, value, millesime)
        for code, value in zip(published.codes, values, strict=True)
    }


def _commune_figure(published: PublishedApl, value: float, millesime: int) -> Figure:
    label = f"APL aux {PRACTITIONERS[published.profession]} ({published.who})"
    if np.isnan(value):
        return unavailable(label, published.missing, published.unit, str(millesime))
    return Figure(
        label,
        float(value),
        published.unit,
        vintage=f"APL {millesime}",
        nature=Nature.CITE,
        provenance=published.origin(millesime),
        decimals=2,
        note="0 est la valeur que la source publie." if value == 0 else "",
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
    return Sentence(french_spaces(f"{place} : {accessible_sentence(figure)}{when}."), (figure,))


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
        return Sentence(french_spaces(text), (first, last))
    percent = change.percent.value
    written = f", soit {signed(percent, 1)} %" if percent is not None else ""
    text = (
        f"L'APL {place} est passée de {number(first.value, 2)} ({first.vintage}) à "
        f"{number(last.value, 2)} ({last.vintage}) : {signed(change.change.value, 2)} "
        f"consultation par an et par habitant{written}."
    )
    return Sentence(french_spaces(text), (first, last, change.change))
