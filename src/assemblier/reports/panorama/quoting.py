"""What a document source prints, turned into blocks; nothing is rewritten."""

from assemblier.data.documents import CitedPart, CitedTable, CitedText, cited_table, cited_text
from assemblier.figures import Nature, Provenance
from assemblier.reports.document import Block, Column, Items, Table


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
        passages = tuple(passage for passage in (text.text, *text.items) if passage)
        blocks.append(Items(f"{text.title} ({text.source.page})", passages, provenance=provenance))
    blocks += [_part(part, text, provenance) for part in text.parts]
    return tuple(blocks)


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
