"""Professionals per 10 000 inhabitants: the ratio, its two numbers, its words and its rank."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assemblier import parameters
from assemblier.diagnosis.wording import Sentence
from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.french import french_spaces, number

METHOD = "Densité = effectif / population × 10 000."
UNKNOWN_DENOMINATOR = "dénominateur de la source inconnu"


class Verdict(StrEnum):
    """How a value compares with a reference, in the words of the presentation."""

    HIGHER = "supérieure"
    SLIGHTLY_HIGHER = "légèrement supérieure"
    EQUAL = "équivalente"
    SLIGHTLY_LOWER = "légèrement inférieure"
    LOWER = "inférieure"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A value beside a reference.

    Attributes
    ----------
    value, reference
        The two figures, each with its own vintage and source.
    ratio
        value / reference.
    gap
        value − reference, in the unit of the value.
    verdict
        None when one of the two is unknown.
    """

    value: Figure
    reference: Figure
    ratio: Figure
    gap: Figure
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The same thing, printed by somebody and computed here: both stand.

    Attributes
    ----------
    cited, computed
        The two figures; neither replaces the other.
    implied_population
        The population that would make the printed figure, given our count.
    reason
        Why they differ, as far as is known; empty when they agree once rounded.
    """

    cited: Figure
    computed: Figure
    implied_population: Figure
    reason: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """One territory of a ranking; rank 1 is the highest, `from_lowest` 1 the lowest."""

    name: str
    figure: Figure
    rank: int
    from_lowest: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Territories by decreasing value.

    Attributes
    ----------
    rows
        Those whose value is known; equal values have the same rank.
    ratio
        Highest over lowest.
    unknown
        Names of the territories left out because their value is unknown.
    """

    rows: tuple[Ranked, ...]
    ratio: Figure
    unknown: tuple[str, ...]

    def of(self, name: str) -> Ranked:
        """Return the row of a territory; raises LookupError when it is not ranked."""
        for row in self.rows:
            if row.name == name:
                return row
        raise LookupError(f"{name} : hors du classement")

    def is_in_lower_half(self, name: str) -> bool:
        """Return whether at most half of the ranked territories are as low as this one."""
        return self.of(name).from_lowest <= len(self.rows) / 2


def density(count: Figure, population: Figure, per: int = 10_000) -> Figure:
    """Return a number of people or places for so many inhabitants.

    Parameters
    ----------
    count, population
        Numerator and denominator, each with its vintage; both are kept in the result.
    per
        Inhabitants.

    Always true
    -----------
    Times the population over `per`, it is the count again.
    For 100 000 inhabitants it is exactly ten times what it is for 10 000.
    An unknown numerator or denominator makes it unknown.

    Examples
    --------
    >>> density(Figure("généralistes", 20), Figure("population", 10_000)).value
    20.0
    """
    label, unit = f"densité ({count.label})", f"pour {number(per)} habitants"
    vintage = " / ".join(dict.fromkeys(v for v in (count.vintage, population.vintage) if v))
    if count.value is None or population.value is None:
        return unavailable(label, count.missing or population.missing, unit, vintage)
    if population.value == 0:
        return unavailable(label, "rien : ce territoire n'a aucun habitant", unit, vintage)
    return Figure(
        label,
        10_000 * count.value / population.value * (per / 10_000),
        unit,
        _weakest(count.nature, population.nature),
        vintage=vintage,
        provenance=count.provenance | population.provenance | Provenance(method=METHOD),
        decimals=1,
        numerator=count,
        denominator=population,
    )


def per_100_000(figure: Figure) -> Figure:
    """Return a density for 10 000 inhabitants as one for 100 000: exactly ten times.

    Raises
    ------
    ValueError
        When the figure is not for 10 000 inhabitants.

    Examples
    --------
    >>> per_100_000(Figure("densité", 8.7, "pour 10 000 habitants")).value
    87.0
    """
    unit = "".join(figure.unit.split())
    if "pour10000habitants" not in unit:
        raise ValueError(f"{figure.label} : « {figure.unit} », attendu pour 10 000 habitants")
    value = None if figure.value is None else figure.value * 10
    return replace(figure, value=value, unit=f"pour {number(100_000)} habitants")


def compare(value: Figure, reference: Figure, on: date | None = None) -> Comparison:
    """Compare a value with a reference: ratio, gap and a word.

    Parameters
    ----------
    value, reference
        Two figures in the same unit.
    on
        Date of the thresholds that choose the word (today by default).

    Always true
    -----------
    The word says « supérieure » only when the value is higher, « inférieure » only when lower.
    An unknown figure makes the comparison unknown.

    Examples
    --------
    >>> str(compare(Figure("densité", 8.7), Figure("densité", 8.4)).verdict)
    'légèrement supérieure'
    """
    if value.value is None or reference.value is None or reference.value == 0:
        missing = value.missing or reference.missing or "rien : la référence est nulle"
        return Comparison(
            value,
            reference,
            unavailable("rapport", missing),
            unavailable("écart", missing, value.unit),
            None,
        )
    origin = value.provenance | reference.provenance
    ratio = value.value / reference.value
    gap = value.value - reference.value
    return Comparison(
        value,
        reference,
        Figure(
            "rapport",
            ratio,
            provenance=origin,
            decimals=2,
            numerator=value,
            denominator=reference,
        ),
        Figure("écart", gap, value.unit, provenance=origin, decimals=value.decimals),
        _verdict(ratio - 1, on or date.today()),
    )


def comparison_sentence(place: str, subject: str, found: Comparison, reference: str) -> Sentence:
    r"""Say how a place compares.

    Parameters
    ----------
    place, reference
        As they are said: ``"Haute-Loire"``, ``"la densité nationale"``.
    subject
        What is measured: ``"La densité de médecins généralistes libéraux"``.
    found
        The comparison.

    Examples
    --------
    >>> found = compare(Figure("d", 22.6, decimals=1), Figure("d", 15.4, decimals=1))
    >>> comparison_sentence("Haute-Loire", "La densité", found, "la densité nationale").text
    'La densité (Haute-Loire) est de 22,6\xa0: supérieure à la densité nationale (15,4).'
    """
    value, other = found.value, found.reference
    if found.verdict is None or value.value is None or other.value is None:
        missing = value.missing or other.missing
        text = f"{subject} ({place}) : comparaison non disponible ({missing})."
        return Sentence(french_spaces(text), (value, other))
    unit = f" {value.unit}" if value.unit else ""
    text = (
        f"{subject} ({place}) est de {number(value.value, value.decimals)}{unit} : "
        f"{found.verdict} à {reference} ({number(other.value, other.decimals)})."
    )
    return Sentence(french_spaces(text), (value, other))


def side_by_side(cited: Figure, computed: Figure) -> SideBySide:
    """Put a printed density beside ours, and say what is known of the difference.

    Parameters
    ----------
    cited
        The printed density.
    computed
        Ours, with its numerator and denominator.

    Examples
    --------
    >>> ours = density(Figure("généralistes", 194), Figure("population", 228_654))
    >>> both = side_by_side(Figure("densité", 8.7, nature=Nature.CITE, decimals=1), ours)
    >>> round(both.computed.value, 1), round(both.implied_population.value), both.reason
    (8.5, 222989, 'dénominateur de la source inconnu')
    """
    population = computed.denominator
    label = "population que suppose la densité imprimée"
    if not (cited.value and computed.value is not None and population is not None):
        missing = cited.missing or computed.missing or "la population de la densité calculée"
        return SideBySide(cited, computed, unavailable(label, missing, "habitants"), "")
    agree = round(cited.value, cited.decimals) == round(computed.value, cited.decimals)
    implied = Figure(
        label,
        computed.value * population.known_value() / cited.value,
        "habitants",
        provenance=cited.provenance | computed.provenance,
        note="Notre effectif rapporté à la densité imprimée ; la source ne dit pas sa population.",
    )
    return SideBySide(cited, computed, implied, "" if agree else UNKNOWN_DENOMINATOR)


def ranking(figures: Mapping[str, Figure]) -> Ranking:
    """Rank territories by decreasing value.

    Parameters
    ----------
    figures
        Value of each territory, by name.

    Always true
    -----------
    Every territory is either ranked or listed as unknown.
    The highest has rank 1; equal values have equal ranks.

    Examples
    --------
    >>> found = ranking({"A": Figure("d", 9.8), "B": Figure("d", 6.6)})
    >>> found.rows[0].name, round(found.ratio.value, 2)
    ('A', 1.48)
    """
    known = {name: figure for name, figure in figures.items() if figure.value is not None}
    values = [figure.known_value() for figure in known.values()]
    rows = [
        Ranked(
            name,
            figure,
            1 + sum(value > figure.known_value() for value in values),
            1 + sum(value < figure.known_value() for value in values),
        )
        for name, figure in known.items()
    ]
    rows.sort(key=lambda row: (row.rank, row.name))
    unknown = tuple(name for name in figures if name not in known)
    return Ranking(tuple(rows), _extent(rows), unknown)


def _extent(rows: list[Ranked]) -> Figure:
    label = "rapport du plus haut au plus bas"
    if not rows:
        return unavailable(label, "les valeurs des territoires comparés")
    top, bottom = rows[0].figure, rows[-1].figure
    if bottom.known_value() == 0:
        return unavailable(label, "rien : le plus bas est nul", note="n.c.")
    return Figure(
        label,
        top.known_value() / bottom.known_value(),
        provenance=top.provenance | bottom.provenance,
        decimals=2,
        numerator=top,
        denominator=bottom,
    )


def _verdict(relative: float, on: date) -> Verdict:
    equal = parameters.value("diagnostic.comparaison.equivalent", on)
    slight = parameters.value("diagnostic.comparaison.leger", on)
    if abs(relative) < equal:
        return Verdict.EQUAL
    if relative > 0:
        return Verdict.SLIGHTLY_HIGHER if relative <= slight else Verdict.HIGHER
    return Verdict.SLIGHTLY_LOWER if -relative <= slight else Verdict.LOWER


def _weakest(*natures: Nature) -> Nature:
    # A ratio is ours even when both of its numbers are cited; it is an estimate if one of them is.
    return Nature.ESTIME if Nature.ESTIME in natures else Nature.CALCULE
