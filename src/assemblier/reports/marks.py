"""The mark beside a figure on paper: its nature in a word, then who, where, when, and from what.

The same words in the PDF, the text and the slides; they are read without colour.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from assemblier.figures import Confidence, Figure, Nature
from assemblier.reports.numbering import Numbering
from assemblier.reports.typography import figure_text, french_spaces, nature_label, origin_text

SIGNS = {Nature.CITE: "†", Nature.CALCULE: "‡", Nature.ESTIME: "≈"}
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


def _details(figure: Figure) -> list[str]:
    details = []
    if figure.numerator is not None and figure.denominator is not None:
        terms = f"{figure_text(figure.numerator)} ÷ {figure_text(figure.denominator)}"
        details.append(f"{figure_text(figure)} = {terms}")
    if figure.note:
        details.append(figure.note.rstrip("."))
    return details
