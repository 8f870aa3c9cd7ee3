"""In what order a document is printed, and beside which block each table stands: once only.

A table that several charts and maps show is printed where it stands by itself; failing that beside
the first picture of the body, so that the summary stays short.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assemblier.reports.document import Block, Chart, Document, Map, Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, and whether its table is printed with it or already stands elsewhere."""

    block: Block
    prints_table: bool


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section of the printed report."""

    title: str
    blocks: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part of the printed report."""

    title: str
    sections: tuple[PlacedSection, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A document in the order of its pages."""

    summary: tuple[Placed, ...]
    parts: tuple[PlacedPart, ...]


def lay_out(document: Document) -> Layout:
    """Return the blocks of a document in order, each table being printed once.

    Always true
    -----------
    Every table of `Document.tables` is printed by exactly one block.
    """
    homes = _homes(document)
    places = iter(range(len(tuple(document.blocks()))))

    def placed(blocks: tuple[Block, ...]) -> tuple[Placed, ...]:
        return tuple(Placed(block, next(places) in homes) for block in blocks)

    return Layout(
        placed(document.summary),
        tuple(
            PlacedPart(
                part.title,
                tuple(PlacedSection(one.title, placed(one.blocks)) for one in part.sections),
            )
            for part in document.parts
        ),
    )


def printed_tables(document: Document) -> tuple[Table, ...]:
    """Return every table once, in the order they are printed."""
    homes = _homes(document)
    blocks = tuple(document.blocks())
    printers = (blocks[place] for place in sorted(homes))
    return tuple(
        block.table if isinstance(block, Chart | Map) else block
        for block in printers
        if isinstance(block, Chart | Map | Table)
    )


def _homes(document: Document) -> frozenset[int]:
    """Return the places, in reading order, of the blocks that print a table."""
    homes: dict[str, int] = {}
    for key, place in _candidates(document):
        homes.setdefault(key, place)
    return frozenset(homes.values())


def _candidates(document: Document) -> Iterator[tuple[str, int]]:
    """Yield the key of a table and the place of a block that could print it, the best first."""
    blocks = tuple(enumerate(document.blocks()))
    yield from ((block.key, place) for place, block in blocks if isinstance(block, Table))
    start = len(document.summary)
    for place, block in (*blocks[start:], *blocks[:start]):
        if isinstance(block, Chart | Map):
            yield block.table.key, place
