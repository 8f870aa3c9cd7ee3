"""A report on one question: the blocks of one section, with the title and the day of a report."""

from collections.abc import Sequence

from assemblier.french import date_text
from assemblier.reports.document import Block, Document, Part, Section
from assemblier.reports.panorama.limits import natures
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.terminal import READING


def single(scope: Scope, key: str, title: str, blocks: Sequence[Block]) -> Document:
    """Return a document that holds the blocks of one question, and how to read a figure.

    Parameters
    ----------
    scope
        The territory and the day.
    key, title
        Of the report.
    blocks
        Its content.
    """
    reading = Section(READING, "Lire un chiffre", (natures(),))
    return Document(
        key=f"{key}-{scope.perimeter.key}",
        title=title,
        subtitle=scope.place,
        date=date_text(scope.on),
        summary=(),
        parts=(Part(key, title, (Section(key, title, tuple(blocks)), reading)),),
    )
