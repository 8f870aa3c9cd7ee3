"""What a document source prints, turned into blocks; nothing is rewritten."""

from assemblier.data.documents import CitedPart, CitedTable, CitedText, cited_table, cited_text
from assemblier.figures import Nature, Provenance
from assemblier.reports.document import Block, Column, Items, Table

SHORT = 90
"""Letters: words before a list that are no longer than this are set in its title."""


def quoted_table(key: str, name: str = "") -> Table:
    """Return a printed table as a block, its cells as printed.

    Parameters
    ----------
    key
        Of the table in the facts.
    name
        Key of the block, where the key of the facts is too long for a sheet.
    """
    printed = cited_table(key)
    return Table(
        key=name or key,
        title=f"{printed.title} ({printed.source.page})",
        columns=tuple(
            Column(f"colonne_{number}", label) for number, label in enumerate(printed.columns, 1)
        ),
        rows=printed.rows,
        nature=Nature.CITE,
        provenance=_provenance(printed),
        note=printed.note,
    )


def quoted_text(key: str) -> tuple[Block, ...]:
    """Return a printed text as blocks: the passage, then its titled parts."""
    text = cited_text(key)
    provenance = _provenance(text)
    blocks: list[Block] = []
    if text.text or text.items:
        title, passages = _headed(text)
        blocks.append(Items(f"{title} ({text.source.page})", passages, provenance=provenance))
    blocks += [_part(part, text, provenance) for part in text.parts]
    return tuple(blocks)


def _headed(text: CitedText) -> tuple[str, tuple[str, ...]]:
    """Return the title of a passage and its items; the few words before a list join the title."""
    if text.text and text.items and len(text.text) <= SHORT:
        return f"{text.title} — {text.text}", text.items
    return text.title, tuple(passage for passage in (text.text, *text.items) if passage)


def quoted_texts(*keys: str) -> tuple[Block, ...]:
    """Return several printed texts, in order."""
    return tuple(block for key in keys for block in quoted_text(key))


def _part(part: CitedPart, text: CitedText, provenance: Provenance) -> Items:
    passages = tuple(passage for passage in (part.text, *part.items) if passage)
    return Items(
        f"{part.title} ({text.source.page})", passages or (part.title,), provenance=provenance
    )


def _provenance(printed: CitedTable | CitedText) -> Provenance:
    return Provenance(sources=(printed.source,))
