"""The document: one content, written by every format (page, PDF, slides, text, spreadsheets).

A `Document` holds a summary, parts, sections and blocks. It holds no layout and computes no
figure: numbers arrive inside `Figure` values or inside table cells that carry their nature and
their provenance. Writers only lay out.

    Document
    ├── summary: blocks                  the two pages officials read
    └── parts: Part
        └── sections: Section            a title that is an answer
            └── blocks: Finding | Gauges | Table | Chart | Map | Items | Paragraph
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from assemblier.figures import NOWHERE, Figure, Nature, Provenance, Source, all_sources

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Cell: TypeAlias = str | float | int | Figure | None
"""What a table holds: a text, a number, a figure with its own nature, or None (unknown)."""


class Align(StrEnum):
    """How a column is set; numbers are set right."""

    TEXT = "text"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key
        Identifier without accents or spaces, the header of CSV files (`code_commune`).
    label
        What people read at the top of the column, unit included.
    align
        `Align.NUMBER` for numbers.
    decimals
        How many decimals are shown; data files keep the full number.
    unit
        In French, or empty.
    """

    key: str
    label: str
    align: Align = Align.TEXT
    decimals: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table people can check: also one sheet of the workbook and one CSV file.

    Attributes
    ----------
    key
        Identifier, unique in a document: name of the CSV file and of the sheet (at most 25
        letters).
    title
        The answer it gives.
    columns, rows
        Rows have one cell per column.
    nature
        Nature of the cells that are not `Figure`.
    provenance
        Where the cells come from.
    note
        What the reader must know; empty if nothing.
    visible_rows
        How many rows the page and the PDF show (the spreadsheet has them all); 0 means all.
    codes
        The commune code of each row where rows are communes, so that data formats can join.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nature: Nature = Nature.CALCULE
    provenance: Provenance = NOWHERE
    note: str = ""
    visible_rows: int = 0
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                found, expected = len(row), len(self.columns)
                raise ValueError(f"{self.key}, ligne {number} : {found} cellules pour {expected}")


class ChartKind(StrEnum):
    """The few chart forms of the reports; each is drawn from a table and stands beside it."""

    BARS = "barres"
    """One horizontal bar per row: first column the label, second the number."""
    GROUPED_BARS = "barres groupées"
    """First column the label; every other column one series."""
    PYRAMID = "pyramide"
    """First column the age class; second column women, third men."""
    LINES = "courbes"
    """First column the year; every other column one series."""
    CURVE = "courbe"
    """First column x in [0, 1], second column y in [0, 1] (Lorenz), with the diagonal."""
    FAN = "éventail"
    """First column the year; then, by three, the median, the low and the high ends of an interval;
    a column that is left over is one more series."""
    FLOWS = "colonnes"
    """First column the year; second what arrives, above the line; third what leaves, below."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart: it proves the finding above it, and `table` lets people check it."""

    key: str
    title: str
    kind: ChartKind
    table: Table
    summary: str
    highlight: tuple[str, ...] = ()
    """Labels of the rows drawn in the accent colour."""


@dataclass(frozen=True, slots=True)
class MapClass:
    """One class of a map legend: what is drawn and what is read."""

    label: str
    colour: str
    mark: str
    """One or two characters that repeat the class without colour."""


@dataclass(frozen=True, slots=True)
class Map:
    """A map of communes by class, with its table and a two-sentence summary.

    Attributes
    ----------
    classes
        The legend, in order.
    class_of
        For each commune code, the index in `classes`, or None where the value is unknown.
    value_of
        For each commune code, the value as people read it, unit included.
    context
        Codes of the neighbouring communes, drawn in grey.
    labels
        Code of the communes whose name is written (the ten main towns) and their names.
    outlines
        Groups of communes (EPCI…) whose border is drawn thicker: name and codes.
    legend
        What the classes measure, unit included, written above the legend; empty if the title
        says it.
    shapes
        What is drawn for each code, neighbours included, in longitudes and latitudes; None: the
        embedded contours of communes.
    frame
        Codes of the communes the drawing is framed on, with a margin; empty: all those of
        `class_of`. The communes out of the frame are not drawn.
    marked
        Code of the places the map is about, drawn as a diamond; their names are in `labels`.
    """

    key: str
    title: str
    classes: tuple[MapClass, ...]
    class_of: Mapping[str, int | None]
    value_of: Mapping[str, str]
    name_of: Mapping[str, str]
    summary: str
    table: Table
    context: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    outlines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    vintage: str = ""
    provenance: Provenance = NOWHERE
    legend: str = ""
    shapes: "Mapping[str, BaseGeometry] | None" = None
    frame: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence with its figures; the reader sees the nature and the source of each."""

    text: str
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Gauge:
    """One axis of the diagnosis: a figure, where it stands on a scale, and plain words.

    Attributes
    ----------
    name
        ``"Jauge spatiale"`` or ``"Jauge temporelle"``.
    figure
        The value shown.
    low, high
        Ends of the scale, in the unit of the figure.
    alert
        From where (in the unit of the figure) the gauge is in alert, or None where no threshold
        is stated.
    gloss
        The plain-language reading.
    companions
        The same figure for the département, the région, France.
    """

    name: str
    figure: Figure
    low: float
    high: float
    alert: float | None
    gloss: str
    companions: tuple[tuple[str, Figure], ...] = ()


@dataclass(frozen=True, slots=True)
class Gauges:
    """The two gauges side by side, never one score."""

    spatial: Gauge
    temporal: Gauge


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text without figures of its own."""

    text: str


class Tone(StrEnum):
    """How a list is set."""

    PLAIN = "liste"
    WARNING = "alerte"
    """Anomalies, contradictions, differences of definition."""
    MISSING = "manque"
    """What is not available and which file would bring it."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short texts, with a title."""

    title: str
    items: tuple[str, ...]
    tone: Tone = Tone.PLAIN
    provenance: Provenance = NOWHERE


Block: TypeAlias = Finding | Gauges | Table | Chart | Map | Paragraph | Items


@dataclass(frozen=True, slots=True)
class Section:
    """One question: its title is the answer."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report, as the presentation has them."""

    key: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Attributes
    ----------
    key
        Used in file names, e.g. ``"departement-43"``.
    title, subtitle
        As printed on the first page.
    date
        The day the report was made, in French.
    summary
        Blocks of the two-page summary.
    parts
        The body.
    """

    key: str
    title: str
    subtitle: str
    date: str
    summary: tuple[Block, ...]
    parts: tuple[Part, ...]

    def blocks(self) -> Iterator[Block]:
        """Yield every block, summary first, in reading order."""
        yield from self.summary
        for part in self.parts:
            for section in part.sections:
                yield from section.blocks

    def tables(self) -> tuple[Table, ...]:
        """Return every table once, those of charts and maps included, in reading order."""
        found: dict[str, Table] = {}
        for block in self.blocks():
            match block:
                case Table():
                    found.setdefault(block.key, block)
                case Chart() | Map():
                    found.setdefault(block.table.key, block.table)
        return tuple(found.values())

    def figures(self) -> tuple[Figure, ...]:
        """Return every figure, in reading order."""
        found: dict[Figure, None] = {}
        for block in self.blocks():
            match block:
                case Finding():
                    found.update(dict.fromkeys(block.figures))
                case Gauges():
                    for gauge in (block.spatial, block.temporal):
                        found[gauge.figure] = None
                        found.update((figure, None) for _, figure in gauge.companions)
        for table in self.tables():
            found.update(
                (cell, None) for row in table.rows for cell in row if isinstance(cell, Figure)
            )
        return tuple(found)

    def sources(self) -> tuple[Source, ...]:
        """Return every source cited, each once; its position plus one is its number.

        A document cited at several pages is one source, and its `page` lists them.
        """
        pages: dict[str, dict[str, None]] = {}
        first: dict[str, Source] = {}
        for source in self._cited():
            first.setdefault(source.key, source)
            pages.setdefault(source.key, {})[source.page] = None
        return tuple(first[key].at(_page_list(pages[key])) for key in first)

    def _cited(self) -> Iterator[Source]:
        yield from all_sources(self.figures())
        for table in self.tables():
            yield from table.provenance.sources
        for block in self.blocks():
            if isinstance(block, Map | Items):
                yield from block.provenance.sources


def _page_list(pages: Iterable[str]) -> str:
    """Return several pages as one list, numbers ascending, those that follow each other together.

    >>> _page_list(["page 14", "page 5"]), _page_list(["page 7", "page 5", "page 6", "page 12"])
    ('pages 5 et 14', 'pages 5 à 7 et 12')
    """
    named = [page for page in pages if page]
    if len(named) < 2:
        return "".join(named)
    numbered = [re.fullmatch(r"page (\d+)( environ)?", page) for page in named]
    if not all(numbered):
        return " ; ".join(named)
    found: dict[int, str] = {}
    for match in filter(None, numbered):
        # The same page, sure and about: it is sure.
        page, about = int(match[1]), match[2] or ""
        found[page] = min(about, found.get(page, about))
    runs: list[list[int]] = []
    for page in sorted(found):
        if runs and page == runs[-1][-1] + 1 and found[page] == found[runs[-1][0]]:
            runs[-1].append(page)
        else:
            runs.append([page])
    words = [word for run in runs for word in _run_words(run, found[run[0]])]
    said = f"{', '.join(words[:-1])} et {words[-1]}" if words[1:] else words[0]
    return f"page{'s' if len(found) > 1 else ''} {said}"


def _run_words(run: list[int], about: str) -> list[str]:
    """Return pages that follow each other: one or two are named, more are a range."""
    if len(run) < 3:
        return [f"{page}{about}" for page in run]
    return [f"{run[0]} à {run[-1]}{about}"]
