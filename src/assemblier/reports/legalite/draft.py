"""A draft to finish in a word processor: lines whose blanks are seen."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assemblier.french import french_spaces
from assemblier.reports.zonage.decree import CLOSE, OPEN

MENTION = "Projet à relire par un juriste et à compléter : les blancs sont surlignés."


class Kind(StrEnum):
    """How a line is set."""

    HEADING = "article"
    TEXT = "texte"
    BULLET = "puce"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    text: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Draft:
    """A text to sign, once completed.

    Attributes
    ----------
    key
        Its file name without extension.
    title, subtitle
        At the top.
    on
        The day whose texts hold, also the date of the file.
    lines
        Paragraphs, in order.
    mention
        What stands under the title.
    """

    key: str
    title: str
    subtitle: str
    on: dt.date
    lines: tuple[Line, ...]
    mention: str = MENTION

    @property
    def plain(self) -> str:
        """Return the whole text, for searching."""
        return "\n".join((self.title, self.subtitle, *(line.text for line in self.lines)))


def heading(words: str) -> Line:
    """Return the title of an article."""
    return Line(words, Kind.HEADING)


def text(words: str) -> Line:
    """Return a paragraph."""
    return Line(words)


def bullet(words: str) -> Line:
    """Return an entry of a list."""
    return Line(words, Kind.BULLET)


def pieces(words: str) -> Iterator[tuple[str, bool]]:
    r"""Yield the pieces of a line and whether each is a blank, with French spaces.

    Always true
    -----------
    Joined, the pieces are the line.

    Examples
    --------
    >>> list(pieces("Fait à [à compléter : ville]."))
    [('Fait à ', False), ('[à compléter\xa0: ville]', True), ('.', False)]
    """
    rest = french_spaces(words)
    opening = french_spaces(OPEN.rstrip())
    while rest:
        before, found, after = rest.partition(opening)
        if before:
            yield before, False
        if not found:
            return
        inside, _, rest = after.partition(CLOSE)
        yield f"{opening}{inside}{CLOSE}", True
