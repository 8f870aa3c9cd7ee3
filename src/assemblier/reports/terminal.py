"""A document as plain text for the terminal: its sentences, then its tables in columns."""

from assemblier.french import french_spaces
from assemblier.reports.document import Align, Block, Document, Finding, Items, Paragraph, Table
from assemblier.reports.typography import cell_text

_GAP = "  "
READING = "lecture"
"""Key of the section that says how to read a figure: the terminal leaves it out."""


def document_text(document: Document) -> str:
    r"""Return a report as lines of text; charts and maps are left to the formats that draw.

    Examples
    --------
    >>> document_text(Document("d", "Titre", "Lieu", "", (Finding("Phrase."),), ()))
    'Titre — Lieu\nPhrase.'
    """
    sections = [section for part in document.parts for section in part.sections]
    blocks = [*document.summary, *(b for s in sections if s.key != READING for b in s.blocks)]
    texts = [text for block in blocks if (text := _block_text(block))]
    return "\n".join([french_spaces(f"{document.title} — {document.subtitle}"), *texts])


def _block_text(block: Block) -> str:
    match block:
        case Finding() | Paragraph():
            return french_spaces(block.text)
        case Items():
            lines = (f"  {item}" for item in block.items)
            return french_spaces("\n".join([f"\n{block.title}", *lines]))
        case Table():
            return table_text(block)
        case _:
            return ""


def table_text(table: Table) -> str:
    """Return a table as aligned columns, its title above and its note below."""
    shown = [[cell_text(c, k) for c, k in zip(r, table.columns, strict=True)] for r in table.rows]
    labels = [french_spaces(column.label) for column in table.columns]
    widths = [max(len(row[place]) for row in (labels, *shown)) for place in range(len(labels))]
    numbers = [column.align is Align.NUMBER for column in table.columns]
    lines = [
        _GAP.join(
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row, widths, numbers, strict=True)
        ).rstrip()
        for row in (labels, *shown)
    ]
    # Never over a whole line: numbers of two columns would be read as one.
    note = [french_spaces(table.note)] if table.note else []
    return "\n".join([french_spaces(f"\n{table.title}"), *(f"  {line}" for line in lines), *note])
