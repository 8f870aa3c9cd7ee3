"""The numbers a reader follows: sources, figures and tables of a document, the same everywhere.

A source is numbered by its place in `Document.sources()`, a table by the place where it is printed,
a figure (chart or map) by its first place in reading order.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from assemblier.figures import Figure, Provenance, Source
from assemblier.reports.document import Chart, Document, Map, Table
from assemblier.reports.layout import printed_tables

LONG_METHOD = 120
"""Letters from which a method that several tables share is written once."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of one document, each from 1; see `number_document`."""

    sources: dict[str, int]
    pictures: dict[str, int]
    tables: dict[str, int]
    notes: dict[str, tuple[int, str]] = field(default_factory=dict)
    """A long method that several tables share: its number, and the table it is written under."""

    def method(self, table: Table) -> str:
        """Return the method of a table; where a table before it says the same, where to read it."""
        said = table.provenance.method
        if said not in self.notes:
            return said
        rank, first = self.notes[said]
        if table.key == first:
            return f"Note {rank} : {said}"
        return f"Méthode : note {rank}, sous le tableau {self.tables[first]}"

    def source(self, source: Source) -> int:
        """Return the number of a source."""
        return self.sources[source.key]

    def picture(self, picture: Chart | Map) -> int:
        """Return the number of a chart or a map."""
        return self.pictures[picture.key]

    def table(self, table: Table) -> int:
        """Return the number of a table."""
        return self.tables[table.key]

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
    return Numbering(
        sources=_ranks(source.key for source in document.sources()),
        pictures=_ranks(picture.key for picture in pictures),
        tables=_ranks(table.key for table in printed_tables(document)),
        notes=_notes(printed_tables(document)),
    )


def _notes(tables: Iterable[Table]) -> dict[str, tuple[int, str]]:
    listed = tuple(tables)
    count = Counter(one.provenance.method for one in listed)
    first: dict[str, str] = {}
    for one in listed:
        said = one.provenance.method
        if len(said) >= LONG_METHOD and count[said] > 1:
            first.setdefault(said, one.key)
    return {said: (rank, key) for rank, (said, key) in enumerate(first.items(), start=1)}


def _ranks(keys: Iterable[str]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(dict.fromkeys(keys), start=1)}
