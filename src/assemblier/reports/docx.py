"""The report as a text to edit in Word or LibreOffice Writer.

True styles (titles, captions, lists, a table style), a native table of contents, numbered
captions that follow edits, tables as tables whose header is repeated, pictures with their text,
the language set to French.
"""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from assemblier.figures import Figure
from assemblier.french import french_spaces
from assemblier.reports import word as pieces
from assemblier.reports.document import (
    Chart,
    Document,
    Finding,
    Gauge,
    Gauges,
    Items,
    Map,
    Paragraph,
    Table,
    Tone,
)
from assemblier.reports.gauges import gauge_words
from assemblier.reports.layout import Layout, Placed, lay_out
from assemblier.reports.marks import marks
from assemblier.reports.metadata import document_moment, source_lines
from assemblier.reports.numbering import Numbering, number_document
from assemblier.reports.packing import steady_archive, xml_text
from assemblier.reports.pictures import (
    alternative,
    gauge_png,
    picture_png,
    printed_rows,
    printed_share,
    unknown_companions,
)
from assemblier.reports.shown import shown_table
from assemblier.reports.typography import figure_text

if TYPE_CHECKING:
    from docx.document import Document as Word

_SUMMARY_CM, _SHEET_CM, _GAUGE_CM = 13.5, 8.2, 7.4
_SUMMARY = "L'essentiel"
_ITEMS = "Heading 3"
_SOURCE_SHARES = (0.06, 0.32, 0.17, 0.45)
_TONES = {Tone.PLAIN: "", Tone.WARNING: "À vérifier", Tone.MISSING: "Non disponible"}


def render(document: Document) -> bytes:
    """Return the report as a Word file: summary, contents, parts, sources.

    Always true
    -----------
    The same document gives the same bytes.
    Every row the report shows is a row of a table.
    """
    return _written(document, is_sheet=False)


def render_sheet(document: Document) -> bytes:
    """Return a document of a sheet or two as a Word file: no contents, parts without a break."""
    return _written(document, is_sheet=True)


def _written(document: Document, is_sheet: bool) -> bytes:
    writer = _Writer(pieces.new_word(is_sheet), number_document(document), is_sheet)
    layout = lay_out(document)
    writer.title(document)
    if is_sheet:
        writer.blocks(layout.summary, in_summary=True)
    else:
        writer.summary(layout)
        writer.contents(layout)
    writer.parts(layout)
    writer.sources(document)
    packed = io.BytesIO()
    writer.word.save(packed)
    return steady_archive(packed.getvalue(), document_moment(document))


class _Writer:
    """Writes blocks one after the other in a text."""

    def __init__(self, word: "Word", numbering: Numbering, is_sheet: bool) -> None:
        self.word = word
        self._is_sheet = is_sheet
        self._numbering = numbering
        self._headings = 0
        self._captioned: set[int] = set()

    # ── the whole ─────────────────────────────────────────────────────────────────────────────

    def title(self, document: Document) -> None:
        """Write the title, the place, the day, and the same at the foot of each page."""
        title, subtitle = french_spaces(document.title), french_spaces(document.subtitle)
        moment = document_moment(document).replace(tzinfo=None)
        properties = self.word.core_properties
        properties.title, properties.subject = xml_text(title), xml_text(subtitle)
        properties.author, properties.last_modified_by = "Assemblier", "Assemblier"
        properties.language, properties.comments = "fr-FR", ""
        properties.created = properties.modified = moment
        pieces.add_text(self.word, title, "Title")
        where = " · ".join(text for text in (subtitle, french_spaces(document.date)) if text)
        pieces.add_text(self.word, where, "Subtitle")
        pieces.add_footer(self.word, " · ".join(text for text in (title, subtitle) if text))

    def summary(self, layout: Layout) -> None:
        """Write the two pages that officials read, on the first page."""
        self._heading(_SUMMARY, 1, page=False)
        self.blocks(layout.summary, in_summary=True)

    def contents(self, layout: Layout) -> None:
        """Write the table of contents, on a page of its own."""
        pieces.add_contents(self.word, tuple(_headings(layout)))

    def parts(self, layout: Layout) -> None:
        for part in layout.parts:
            self._heading(part.title, 1)
            for section in part.sections:
                self._heading(section.title, 2)
                self.blocks(section.blocks)

    def _heading(self, title: str, level: int, page: bool | None = None) -> None:
        self._headings += 1
        pieces.add_heading(self.word, french_spaces(title), level, self._headings, page)

    def sources(self, document: Document) -> None:
        """Write the table of sources, numbered as the text cites them."""
        if not document.sources():
            return
        self._heading("Sources", 1)
        lines = tuple(enumerate(source_lines(document), start=1))
        if self._is_sheet:
            for rank, line in lines:
                text = f"[{rank}] {line.what} ({line.when}). {line.licence}."
                pieces.add_text(self.word, text, pieces.MENTION)
            return
        headers = ("N°", "Source", "Date", "Licence, ce qu'il faut savoir")
        rows = [(str(rank), line.what, line.when, line.terms) for rank, line in lines]
        pieces.add_table(self.word, headers, (True, False, False, False), rows, _SOURCE_SHARES)

    # ── blocks ────────────────────────────────────────────────────────────────────────────────

    def blocks(self, blocks: Iterable[Placed], in_summary: bool = False) -> None:
        for placed in blocks:
            match placed.block:
                case Finding() as finding:
                    self._text(finding.text, pieces.FINDING)
                    self._marks(self.word, finding.figures)
                case Gauges() as gauges:
                    self._gauges(gauges)
                case Items() as items:
                    self._items(items)
                case Paragraph() as paragraph:
                    self._text(paragraph.text)
                case Table() as table:
                    self._table(table) if placed.prints_table else self._see(table)
                case Chart() | Map() as picture:
                    self._picture(picture, in_summary)
                    if placed.prints_table:
                        self._table(picture.table, printed_rows(picture))

    def _text(self, text: str, style: str = "Normal", keep: bool = False) -> None:
        pieces.add_text(self.word, french_spaces(text), style, keep)

    def _marks(self, into: Any, figures: Iterable[Figure]) -> None:
        for mark in marks(figures, self._numbering):
            numbers = f"[{', '.join(map(str, mark.references))}]" if mark.references else ""
            text = " ".join(part for part in (mark.text, numbers) if part)
            pieces.add_mention(into, mark.badge, text)

    def _items(self, items: Items) -> None:
        references = self._numbering.references_text(items.provenance)
        title = f"{french_spaces(items.title)} {references}".strip()
        tone = _TONES[items.tone]
        if tone:
            pieces.add_mention(self.word, tone, title, _ITEMS, keep=True)
        else:
            self._text(title, _ITEMS, keep=True)
        for item in items.items:
            self._text(item, "List Bullet")

    def _see(self, table: Table) -> None:
        self._text(f"Voir le tableau {self._numbering.table(table)}.")

    def _table(self, table: Table, most_rows: int = 0) -> None:
        rank = self._numbering.table(table)
        shown = shown_table(table, self._numbering, most_rows)
        pieces.add_caption(self.word, "Tableau", rank, french_spaces(table.title))
        pieces.add_table(self.word, shown.headers, shown.numbers, shown.rows)
        lines = [line for line in (shown.shortened, *shown.legend) if line]
        pieces.add_text(self.word, " — ".join(lines), pieces.MENTION)

    def _picture(self, picture: Chart | Map, in_summary: bool) -> None:
        rank = self._numbering.picture(picture)
        title, is_first = french_spaces(picture.title), rank not in self._captioned
        self._captioned.add(rank)
        pieces.add_caption(self.word, "Figure", rank, title, is_first)
        width = self._width(picture, in_summary)
        pieces.add_picture(self.word, picture_png(picture), width, alternative(picture))
        self._text(picture.summary)
        references = self._numbering.references_text(picture.table.provenance)
        table = self._numbering.table(picture.table)
        self._text(f"Données : tableau {table} {references}".strip(), pieces.MENTION)

    def _width(self, picture: Chart | Map, in_summary: bool) -> float:
        if self._is_sheet:
            return _SHEET_CM
        if in_summary:
            return _SUMMARY_CM
        return pieces.PAGE_CM * printed_share(picture)

    # ── gauges ────────────────────────────────────────────────────────────────────────────────

    def _gauges(self, gauges: Gauges) -> None:
        cells = pieces.add_frames(self.word, 2)
        for cell, gauge in zip(cells, (gauges.spatial, gauges.temporal), strict=True):
            self._gauge(cell, gauge)
        pieces.add_text(self.word, "", pieces.MENTION)

    def _gauge(self, cell: Any, gauge: Gauge) -> None:
        cell.paragraphs[0].add_run(xml_text(french_spaces(gauge.name))).bold = True
        pieces.add_text(cell, french_spaces(gauge.figure.label), pieces.MENTION)
        pieces.add_number(cell, figure_text(gauge.figure))
        pieces.add_picture(cell, gauge_png(gauge), _GAUGE_CM, gauge_words(gauge))
        if unknown_companions(gauge):
            pieces.add_text(cell, unknown_companions(gauge), pieces.MENTION)
        pieces.add_text(cell, french_spaces(gauge.gloss))
        self._marks(cell, (gauge.figure,))


def _headings(layout: Layout) -> Iterator[tuple[int, str]]:
    """Yield the level and the title of each heading, in order."""
    yield 1, _SUMMARY
    for part in layout.parts:
        yield 1, french_spaces(part.title)
        for section in part.sections:
            yield 2, french_spaces(section.title)
    yield 1, "Sources"
