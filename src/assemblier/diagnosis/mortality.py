"""Causes of death: the table, its shares and total checked, its three first causes in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from assemblier.diagnosis.wording import Sentence
from assemblier.errors import DataError, Problem
from assemblier.figures import NOWHERE, Figure, Nature, Provenance, unavailable
from assemblier.french import NARROW, french_spaces, number

METHOD = "Part = décès de la cause / total des décès."
ROUNDING = 0.005
"""Half a unit of the last decimal of a share printed with two."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One chapter of causes.

    Attributes
    ----------
    label
        As printed.
    deaths
        As printed.
    share
        Computed, in % of the total of the chapters.
    printed_share
        As printed, or not available.
    difference
        Why the printed share is not the computed one once rounded; empty when it is.
    """

    label: str
    deaths: Figure
    share: Figure
    printed_share: Figure
    difference: str


@dataclass(frozen=True, slots=True)
class Mortality:
    """A table of causes of death.

    Attributes
    ----------
    causes
        Most frequent first; equal numbers in the order of the source.
    total
        Sum of the chapters, computed.
    printed_total
        As printed, or not available.
    anomalies
        What does not hold together: a total, a share; empty when everything does.
    """

    causes: tuple[Cause, ...]
    total: Figure
    printed_total: Figure
    anomalies: tuple[str, ...]

    def top(self, count: int = 3) -> tuple[Cause, ...]:
        """Return the most frequent causes."""
        return self.causes[:count]


def mortality(
    causes: Sequence[tuple[str, int, float | None]],
    printed_total: int | None = None,
    vintage: str = "",
    provenance: Provenance = NOWHERE,
) -> Mortality:
    """Return a table of causes, with shares computed and checked against what is printed.

    Parameters
    ----------
    causes
        Label, deaths, and the printed share in % (None where the source gives none).
    printed_total
        The total of the source, if it gives one.
    vintage
        Year of the deaths.
    provenance
        The source and its page.

    Always true
    -----------
    The deaths of the causes sum to the total; the computed shares sum to 100.
    The order of the rows given does not matter, but between equal numbers.

    Raises
    ------
    DataError
        When there is no death, a negative number, or the same cause twice.

    Examples
    --------
    >>> table = mortality([("Tumeurs", 3, 75.0), ("Autres", 1, 25.0)], 4)
    >>> table.total.value, table.top(1)[0].share.value, table.anomalies
    (4.0, 75.0, ())
    """
    _check(causes)
    total = sum(deaths for _, deaths, _ in causes)
    total_figure = Figure(
        "décès, toutes causes", float(total), "décès", vintage=vintage, provenance=provenance
    )
    rows = [
        _cause(label, deaths, printed, total_figure, vintage, provenance)
        for label, deaths, printed in causes
    ]
    rows.sort(key=lambda cause: -cause.deaths.known_value())
    return Mortality(
        tuple(rows),
        total_figure,
        _cited("décès, total imprimé", printed_total, "décès", vintage, provenance, 0),
        tuple(_anomalies(rows, total, printed_total)),
    )


def top_three_sentence(found: Mortality, place: str) -> Sentence:
    """Name the three first causes in order, with their shares.

    Parameters
    ----------
    found
        The table.
    place
        The territory, as it is said (``"en Haute-Loire"``).
    """
    parts = [
        f"{_lowered(cause.label)} ({number(cause.share.known_value(), 2)} %)"
        for cause in found.top()
    ]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} et {parts[-1]}"
    when = f" en {found.total.vintage}" if found.total.vintage else ""
    heading = "Première cause" if len(parts) == 1 else "Les premières causes"
    text = (
        f"{heading} de décès {place}{when} : {listed}, "
        f"sur {number(found.total.known_value())} décès enregistrés."
    )
    figures = tuple(cause.share for cause in found.top())
    return Sentence(french_spaces(text), (*figures, found.total))


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def _check(causes: Sequence[tuple[str, int, float | None]]) -> None:
    action = "corriger le tableau des causes de décès"
    labels = [label for label, _, _ in causes]
    problems = [
        Problem(f"cause « {label} »", f"{deaths} décès", "un nombre entier ≥ 0", action)
        for label, deaths, _ in causes
        if deaths < 0 or deaths != int(deaths)
    ]
    problems += [
        Problem(f"cause « {label} »", "deux lignes", "une ligne par cause", action)
        for label in dict.fromkeys(labels)
        if labels.count(label) > 1
    ]
    if not problems and not sum(deaths for _, deaths, _ in causes):
        problems.append(Problem("causes de décès", "aucun décès", "au moins un décès", action))
    if problems:
        raise DataError(problems)


def _cited(
    label: str,
    value: float | None,
    unit: str,
    vintage: str,
    provenance: Provenance,
    decimals: int,
) -> Figure:
    if value is None:
        return unavailable(label, "la source, qui ne l'imprime pas", unit, vintage)
    return Figure(label, float(value), unit, Nature.CITE, vintage, provenance, decimals)


def _cause(
    label: str,
    deaths: int,
    printed: float | None,
    total: Figure,
    vintage: str,
    provenance: Provenance,
) -> Cause:
    share = 100 * deaths / total.known_value()
    count = _cited(label, deaths, "décès", vintage, provenance, 0)
    return Cause(
        label,
        count,
        Figure(
            label,
            share,
            "%",
            vintage=vintage,
            provenance=provenance | Provenance(method=METHOD),
            decimals=2,
            numerator=count,
            denominator=total,
        ),
        _cited(label, printed, "%", vintage, provenance, 2),
        _difference(share, printed),
    )


def _difference(share: float, printed: float | None) -> str:
    if printed is None or abs(share - printed) <= ROUNDING + 1e-9:
        return ""
    gap = abs(round(share, 2) - printed)
    # Tables whose rounded shares must sum to 100,00 are adjusted by a unit of the last decimal.
    if gap <= 2 * ROUNDING + 1e-9:
        why = "ajustée d'un centième, sans doute pour que les parts imprimées fassent 100,00"
        return french_spaces(f"imprimé {number(printed, 2)}, calculé {number(share, 2)} : {why}")
    return french_spaces(
        f"imprimé {number(printed, 2)}, calculé {number(share, 2)} : écart inexpliqué"
    )


def _anomalies(causes: Sequence[Cause], total: int, printed_total: int | None) -> list[str]:
    found = []
    if printed_total is not None and printed_total != total:
        found.append(
            french_spaces(
                f"total imprimé {number(printed_total)}, somme des causes {number(total)}"
            )
        )
    printed = [cause.printed_share.value for cause in causes]
    shares = [share for share in printed if share is not None]
    if len(shares) == len(causes) and abs(sum(shares) - 100) > ROUNDING:
        found.append(f"les parts imprimées font {number(sum(shares), 2)}{NARROW}%")
    found += [
        french_spaces(f"{cause.label} : {cause.difference}")
        for cause in causes
        if "inexpliqué" in cause.difference
    ]
    return found
