"""A draft as a Word file; its blanks are highlighted."""

import io
from typing import TYPE_CHECKING

from assemblier.french import date_text, french_spaces
from assemblier.reports import word as parts
from assemblier.reports.legalite.draft import Draft, Kind, pieces
from assemblier.reports.packing import steady_archive, xml_text
from assemblier.reports.zonage.decree import moment_of

if TYPE_CHECKING:
    from docx.document import Document as Word

_STYLES = {Kind.HEADING: "Heading 2", Kind.TEXT: "Normal", Kind.BULLET: "List Bullet"}


def render(draft: Draft) -> bytes:
    """Return a draft as a Word file.

    Always true
    -----------
    The same draft gives the same bytes.
    """
    word = parts.new_word(False)
    _set_properties(word.core_properties, draft)
    parts.add_text(word, french_spaces(draft.title), "Title")
    _add(word, f"{draft.subtitle} · {date_text(draft.on)}", "Subtitle")
    parts.add_footer(word, french_spaces(draft.title))
    parts.add_mention(word, "Projet", french_spaces(draft.mention), parts.FINDING)
    for line in draft.lines:
        _add(word, line.text, _STYLES[line.kind])
    packed = io.BytesIO()
    word.save(packed)
    return steady_archive(packed.getvalue(), moment_of(draft.on))


def _set_properties(properties: object, draft: Draft) -> None:
    moment = moment_of(draft.on)
    told = {
        "title": xml_text(draft.title),
        "author": "Assemblier",
        "last_modified_by": "Assemblier",
        "language": "fr-FR",
        "comments": "",
        "created": moment,
        "modified": moment,
    }
    for name, value in told.items():
        setattr(properties, name, value)


def _add(word: "Word", text: str, style: str) -> None:
    """Add a paragraph whose blanks are highlighted."""
    from docx.enum.text import WD_COLOR_INDEX

    paragraph = word.add_paragraph(style=word.styles[style])
    for words, is_blank in pieces(text):
        run = paragraph.add_run(xml_text(words))
        if is_blank:
            run.bold, run.font.highlight_color = True, WD_COLOR_INDEX.YELLOW
