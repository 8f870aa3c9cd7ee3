"""The mark beside a figure on paper: its nature in a word, then who, where, when, and from what.

The same words in the PDF, the text and the slides; they are read without colour.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assemblier.figures import Confidence, Figure, Nature
from assemblier.french import MINUS, NARROW, french_spaces, number
from assemblier.reports.numbering import Numbering
from assemblier.reports.typography import figure_text, nature_label, origin_text

SIGNS = {Nature.CITE: "†", Nature.CALCULE: "‡", Nature.ESTIME: "≈", Nature.REPONSE: "◇"}
"""What stands after a number of a table that is not of the nature of its column."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is printed beside figures that share a nature and an origin.

    Attributes
    ----------
    nature
        Chooses how the badge is drawn.
    badge
        Its words: ``"cité"``, ``"calculé · non confirmé"``.
    text
        The origin, then the terms of ratios and what to know; may be empty.
    references
        Numbers of the sources.
    """

    nature: Nature
    badge: str
    text: str
    references: tuple[int, ...]


def marks(figures: Iterable[Figure], numbering: Numbering) -> tuple[Mark, ...]:
    """Return the marks of some figures, those of one nature and origin together.

    Always true
    -----------
    The nature, the origin and the sources of each figure are in one of the marks.
    """
    grouped: dict[tuple[Nature, str, str, tuple[int, ...]], dict[str, None]] = {}
    for figure in figures:
        parts = (figure, figure.numerator, figure.denominator)
        references = numbering.references(*(part.provenance for part in parts if part))
        key = (figure.nature, _badge(figure), _origin(figure), references)
        grouped.setdefault(key, {}).update(dict.fromkeys(_details(figure)))
    return tuple(
        Mark(nature, badge, french_spaces(" ; ".join(t for t in (origin, *details) if t)), numbers)
        for (nature, badge, origin, numbers), details in grouped.items()
    )


def _badge(figure: Figure) -> str:
    words = [nature_label(figure.nature)]
    if figure.confidence is not Confidence.CONFIRME:
        words.append(figure.confidence.value)
    return " · ".join(words)


def _origin(figure: Figure) -> str:
    """Return the origin without its first word, which is in the badge."""
    return origin_text(figure).removeprefix(nature_label(figure.nature)).lstrip(" ;,\u00a0\u202f")


def ratio_text(figure: Figure, terms: tuple[str, str]) -> str:
    """Write a ratio from its two terms as they are read: an equation only where it is true.

    Always true
    -----------
    Every equation, recomputed from the numbers printed in it, gives the figure it prints.

    Examples
    --------
    >>> half = Figure("part", 50.0, "%", numerator=Figure("a", 1), denominator=Figure("b", 2))
    >>> ratio_text(half, ("1", "2"))
    '50\u202f% = 1 ÷ 2'
    """
    said = figure_text(figure)
    return f"{said} = {' ÷ '.join(terms)}" if _is_true(figure) else f"{said} : {' et '.join(terms)}"


def _is_true(figure: Figure) -> bool:
    """Whether the two terms, as they are printed, give the number that is printed."""
    terms = [_printed(one) for one in (figure.numerator, figure.denominator)]
    value = _printed(figure)
    if value is None or terms[0] is None or not terms[1]:
        return False
    half = 0.5 * 10.0**-figure.decimals
    return abs(terms[0] / terms[1] * factor(figure.unit) - value) <= half * (1 + 1e-9)


def _printed(figure: Figure | None) -> float | None:
    if figure is None or figure.value is None:
        return None
    return float(number(figure.value, figure.decimals).translate(_TO_PROGRAM))


_TO_PROGRAM = str.maketrans({",": ".", MINUS: "-", NARROW: None})
_PER = re.compile(r"\b(?:pour|p\.) ([\d\s\u00a0\u202f]*\d)")


def factor(unit: str) -> float:
    """Return what a ratio is multiplied by to be in a unit.

    Examples
    --------
    >>> factor("%"), factor("pour 10 000 habitants"), factor("habitants par médecin")
    (100.0, 10000.0, 1.0)
    """
    if unit.startswith("%"):
        return 100.0
    found = _PER.search(unit)
    return float("".join(found[1].split())) if found else 1.0


def _details(figure: Figure) -> list[str]:
    details = []
    if figure.numerator is not None and figure.denominator is not None:
        terms = (figure_text(figure.numerator), figure_text(figure.denominator))
        details.append(ratio_text(figure, terms))
    if figure.note:
        details.append(figure.note.rstrip("."))
    return details
