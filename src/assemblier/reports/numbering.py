"""The numbers a reader follows: sources, figures and tables of a document, the same everywhere.

A source is numbered by its place in `Document.sources()`, a table by the place where it is printed,
a figure (chart or map) by its first place in reading order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from assemblier.figures import Figure, Provenance, Source
from assemblier.reports.document import Chart, Document, Map, Table
from assemblier.reports.layout import printed_tables

LONG = 160
"""Longer than this, a method is said under one table only."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of one document, each from 1; see `number_document`.

    Attributes
    ----------
    methods
        Of each method of a table, the number of the first table that says it.
    """

    sources: dict[str, int]
    pictures: dict[str, int]
    tables: dict[str, int]
    methods: dict[str, int] = field(default_factory=dict)

    def source(self, source: Source) -> int:
        """Return the number of a source."""
        return self.sources[source.key]

    def picture(self, picture: Chart | Map) -> int:
        """Return the number of a chart or a map."""
        return self.pictures[picture.key]

    def table(self, table: Table) -> int:
        """Return the number of a table."""
        return self.tables[table.key]

    def method_text(self, table: Table) -> str:
        """Return the method of a table, or which table says it already; empty without one."""
        method = table.provenance.method
        first = self.methods.get(method)
        if not method or len(method) <= LONG or first in (None, self.tables.get(table.key)):
            return method
        return f"Méthode : celle du tableau {first}."

    def references(self, *provenances: Provenance) -> tuple[int, ...]:
        """Return the numbers of the sources of some results, each once, in increasing order."""
        return tuple(
            sorted({self.source(one) for provenance in provenances for one in provenance.sources})
        )

    def references_text(self, *provenances: Provenance) -> str:
        """Return the numbers as they are printed: ``"[1, 3]"``, or nothing."""
        numbers = self.references(*provenances)
        return f"[{', '.join(map(str, numbers))}]" if numbers else ""

    def figure_references(self, figure: Figure) -> str:
        """Return the printed numbers of the sources of a figure, its two terms included."""
        parts = (figure, figure.numerator, figure.denominator)
        return self.references_text(*(part.provenance for part in parts if part is not None))


def number_document(document: Document) -> Numbering:
    """Number the sources, the figures and the tables of a document.

    Always true
    -----------
    Every source, picture and table has one number; numbers follow each other from 1.

    Examples
    --------
    >>> number_document(Document("d", "Titre", "", "9 mars 2023", (), ())).tables
    {}
    """
    pictures = (block for block in document.blocks() if isinstance(block, Chart | Map))
    printed = tuple(printed_tables(document))
    tables = _ranks(table.key for table in printed)
    # The first table that says a method comes last here, and stays.
    methods = {table.provenance.method: tables[table.key] for table in reversed(printed)}
    return Numbering(
        sources=_ranks(source.key for source in document.sources()),
        pictures=_ranks(picture.key for picture in pictures),
        tables=tables,
        methods=methods,
    )


def _ranks(keys: Iterable[str]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(dict.fromkeys(keys), start=1)}
