"""The report as slides to edit: one answer a slide, its proof, its sources at the foot.

Charts and tables are native; maps and gauges are pictures with their text. The title of a slide
is the finding that its chart, its map or its table proves; what goes with it is in the notes.
"""

import io
from collections.abc import Iterable, Sequence

from assemblier.figures import Figure, Provenance
from assemblier.french import french_spaces
from assemblier.reports.document import (
    Block,
    Chart,
    Document,
    Finding,
    Gauge,
    Gauges,
    Items,
    Map,
    Paragraph,
    Section,
    Table,
    Tone,
)
from assemblier.reports.gauges import gauge_words
from assemblier.reports.marks import marks
from assemblier.reports.metadata import document_moment, source_lines
from assemblier.reports.numbering import number_document
from assemblier.reports.packing import steady_archive, xml_text
from assemblier.reports.pictures import (
    alternative,
    gauge_png,
    picture_png,
    unknown_companions,
)
from assemblier.reports.shown import shown_table
from assemblier.reports.slide_charts import add_chart, starts_at_zero, unknown_labels
from assemblier.reports.slides import (
    BODY,
    BODY_HEIGHT,
    BODY_TOP,
    BODY_WIDTH,
    MARGIN,
    Box,
    Line,
    Slide,
    add_picture,
    add_slide,
    add_table,
    add_text,
    new_deck,
    set_apart,
    table_setting,
)
from assemblier.reports.theme import THEME
from assemblier.reports.typography import figure_text

_MOST_ROWS = 12
_FEW_SECTIONS = 9
_TABLE_HEIGHT = 4.6
_TONES = {Tone.PLAIN: "", Tone.WARNING: "À vérifier : ", Tone.MISSING: "Non disponible : "}
_LINE_CHARACTERS, _MOST_LINES = 110, 18.5
"""What a slide of text holds, in letters of 16 points."""


def render(document: Document) -> bytes:
    """Return the report as a presentation.

    Always true
    -----------
    The same document gives the same bytes.
    Every slide but the first names its sources, or has none.
    """
    writer = _Writer(document)
    writer.title()
    writer.summary(document.summary)
    for part in document.parts:
        writer.part(part.title, part.sections)
        for section in part.sections:
            writer.section(section.title, section.blocks)
    writer.sources()
    packed = io.BytesIO()
    writer.deck.save(packed)
    return steady_archive(packed.getvalue(), document_moment(document))


class _Writer:
    """Adds slides one after the other."""

    def __init__(self, document: Document) -> None:
        self.deck = new_deck()
        self._document = document
        self._numbering = number_document(document)
        self._sources = document.sources()
        self._shown: set[str] = set()

    # ── the frame of the presentation ─────────────────────────────────────────────────────────

    def title(self) -> None:
        """Add the first slide: what, where, when."""
        document, properties = self._document, self.deck.core_properties
        title, where = french_spaces(document.title), french_spaces(document.subtitle)
        moment = document_moment(document).replace(tzinfo=None)
        properties.title, properties.subject = xml_text(title), xml_text(where)
        properties.author, properties.last_modified_by = "Assemblier", "Assemblier"
        properties.language = "fr-FR"
        properties.created = properties.modified = moment
        slide = add_slide(self.deck, title, "", "")
        date = french_spaces(document.date)
        set_apart(slide, [Line(where, 28), Line(date, 18, colour=THEME.muted)])

    def part(self, title: str, sections: Sequence[Section]) -> None:
        """Add the slide that opens a part: its questions."""
        slide = add_slide(self.deck, french_spaces(title), "", "")
        points = 18 if len(sections) <= _FEW_SECTIONS else 14
        set_apart(
            slide,
            [Line(french_spaces(one.title), points, bullet=True) for one in sections],
        )

    def sources(self) -> None:
        """Add the slides of sources, numbered as the others cite them."""
        lines = [
            Line(f"[{rank}] {line.what} ({line.when}). {line.licence}.", 13, space=6)
            for rank, line in enumerate(source_lines(self._document), start=1)
        ]
        self._texts("Sources", lines, (), "")

    def summary(self, blocks: Sequence[Block]) -> None:
        """Add the findings of the summary, together, then what is drawn."""
        findings = [block for block in blocks if isinstance(block, Finding)]
        self._flush_findings("L'essentiel", findings)
        self.section("L'essentiel", [one for one in blocks if not isinstance(one, Finding)])

    # ── a section ─────────────────────────────────────────────────────────────────────────────

    def section(self, title: str, blocks: Iterable[Block]) -> None:
        """Add the slides of a section: findings give their title to what proves them."""
        findings: list[Finding] = []
        texts: list[Items | Paragraph] = []
        for block in blocks:
            match block:
                case Finding():
                    if texts:
                        self._flush(title, findings, texts)
                    findings.append(block)
                case Items() | Paragraph():
                    texts.append(block)
                case _:
                    proved = findings.pop() if findings else None
                    self._flush_findings(title, findings)
                    self._flush(title, findings, texts)
                    self._proof(block, proved)
        self._flush(title, findings, texts)

    def _flush(self, title: str, findings: list[Finding], texts: list[Items | Paragraph]) -> None:
        """Add the slides of what waits: texts under the last finding, the others before."""
        if not texts:
            self._flush_findings(title, findings)
            return
        proved = findings.pop() if findings else None
        self._flush_findings(title, findings)
        figures = proved.figures if proved else ()
        lines = [line for block in texts for line in self._text_lines(block)]
        origins = [block.provenance for block in texts if isinstance(block, Items)]
        heading = proved.text if proved else title
        notes = self._notes(figures)
        self._texts(heading, lines, (*self._origins(figures), *origins), notes)
        texts.clear()

    def _flush_findings(self, title: str, findings: list[Finding]) -> None:
        """Add a slide of findings that nothing else proves: one is a title, several a list."""
        if not findings:
            return
        figures = [figure for finding in findings for figure in finding.figures]
        if len(findings) == 1:
            heading, lines = findings[0].text, self._mark_lines(figures, 16)
        else:
            heading = title
            lines = [line for finding in findings for line in self._finding_lines(finding)]
        self._texts(heading, lines, self._origins(figures), self._notes(figures))
        findings.clear()

    def _finding_lines(self, finding: Finding) -> list[Line]:
        sentence = Line(french_spaces(finding.text), 18, bold=True, bullet=True, space=2)
        return [sentence, *self._mark_lines(finding.figures, 12)]

    def _text_lines(self, block: Items | Paragraph) -> list[Line]:
        if isinstance(block, Paragraph):
            return [Line(french_spaces(block.text), 16)]
        heading = french_spaces(_TONES[block.tone] + block.title)
        references = self._numbering.references_text(block.provenance)
        colour = THEME.accent if block.tone is Tone.PLAIN else THEME.warning
        title = Line(f"{heading} {references}".strip(), 16, bold=True, colour=colour)
        return [title, *(Line(french_spaces(item), 15, bullet=True) for item in block.items)]

    def _texts(
        self, title: str, lines: Sequence[Line], origins: Iterable[Provenance], notes: str
    ) -> None:
        """Add as many slides as some lines take."""
        for rank, page in enumerate(_pages(lines)):
            heading = french_spaces(title if rank == 0 else f"{title} (suite)")
            slide = add_slide(self.deck, heading, self._foot(origins), notes if rank == 0 else "")
            add_text(slide, BODY, page)

    # ── what proves a finding ─────────────────────────────────────────────────────────────────

    def _proof(self, block: Block, finding: Finding | None) -> None:
        match block:
            case Gauges():
                self._gauges(block, finding)
            case Chart() | Map():
                self._picture(block, finding)
            case Table():
                self._table(block, finding)

    def _open(
        self,
        finding: Finding | None,
        title: str,
        origins: Iterable[Provenance],
        notes: Iterable[str] = (),
    ) -> Slide:
        """Add a slide whose title is a finding, or failing that the title of what it shows."""
        figures = finding.figures if finding else ()
        heading = french_spaces(finding.text if finding else title)
        foot = self._foot((*self._origins(figures), *origins))
        said = [text for text in (*notes, self._notes(figures)) if text]
        return add_slide(self.deck, heading, foot, "\n".join(said))

    def _picture(self, picture: Chart | Map, finding: Finding | None) -> None:
        """Add a native chart or the picture of a map, its words on its right."""
        if picture.key in self._shown:
            return
        self._shown.add(picture.key)
        rank = self._numbering.picture(picture)
        origins = (picture.table.provenance, getattr(picture, "provenance", Provenance()))
        slide = self._open(finding, picture.title, origins, (picture.table.provenance.method,))
        lines = [
            Line(
                f"Figure {rank} — {french_spaces(picture.title)}", 13, colour=THEME.muted, space=8
            ),
            Line(french_spaces(picture.summary), 16, space=10),
        ]
        drawn = Box(MARGIN, BODY_TOP, BODY_WIDTH * 0.68, BODY_HEIGHT)
        if isinstance(picture, Map):
            add_picture(slide, picture_png(picture), drawn, alternative(picture))
        else:
            add_chart(slide, picture, drawn, alternative(picture))
            lines += _gap_lines(picture)
        left = MARGIN + BODY_WIDTH * 0.7
        add_text(slide, Box(left, BODY_TOP + 0.2, BODY_WIDTH * 0.3, BODY_HEIGHT), lines)

    def _table(self, table: Table, finding: Finding | None) -> None:
        """Add a native table: its first rows; the workbook has the others."""
        if table.key in self._shown:
            return
        self._shown.add(table.key)
        box = Box(MARGIN, BODY_TOP, BODY_WIDTH, _TABLE_HEIGHT)
        shown = shown_table(table, self._numbering, _MOST_ROWS)
        setting = table_setting(shown.headers, shown.rows, shown.numbers, box)
        shown = shown_table(table, self._numbering, setting.rows)
        slide = self._open(finding, table.title, (table.provenance,), (table.note, *shown.legend))
        title = french_spaces(table.title)
        rows = (shown.headers, *shown.rows)
        add_table(slide, box, rows, shown.numbers, title, setting.points)
        lines = [text for text in (shown.shortened, *shown.legend[:1]) if text]
        caption = f"Tableau {self._numbering.table(table)} — {title}. {' — '.join(lines)}"
        place = Box(MARGIN, BODY_TOP + _TABLE_HEIGHT + 0.05, BODY_WIDTH, 0.4)
        add_text(slide, place, [Line(caption, 11, colour=THEME.muted)])

    def _gauges(self, gauges: Gauges, finding: Finding | None) -> None:
        """Add the two gauges side by side, never blended."""
        pair = (gauges.spatial, gauges.temporal)
        figures = [gauge.figure for gauge in pair]
        title = " · ".join(f"{gauge.name} : {figure_text(gauge.figure)}" for gauge in pair)
        notes = [self._notes(figures)]
        slide = self._open(finding, title, self._origins(figures), notes)
        half = (BODY_WIDTH - 0.6) / 2
        for rank, gauge in enumerate(pair):
            self._gauge(slide, gauge, MARGIN + rank * (half + 0.6), half)

    def _gauge(self, slide: Slide, gauge: Gauge, left: float, width: float) -> None:
        heading = [
            Line(french_spaces(gauge.name), 18, bold=True, colour=THEME.accent),
            Line(french_spaces(gauge.figure.label), 13, colour=THEME.muted),
            Line(figure_text(gauge.figure), 28, bold=True),
        ]
        add_text(slide, Box(left, BODY_TOP, width, 1.5), heading)
        png = gauge_png(gauge)
        add_picture(slide, png, Box(left, BODY_TOP + 1.5, width, 1.4), gauge_words(gauge))
        lines = [Line(french_spaces(gauge.gloss), 13)]
        if unknown_companions(gauge):
            lines.append(Line(unknown_companions(gauge), 11, colour=THEME.muted))
        lines += self._mark_lines((gauge.figure,), 11)
        add_text(slide, Box(left, BODY_TOP + 3.0, width, 1.8), lines)

    # ── where it comes from ───────────────────────────────────────────────────────────────────

    def _mark_lines(self, figures: Iterable[Figure], points: float) -> list[Line]:
        lines = []
        for mark in marks(figures, self._numbering):
            numbers = f"[{', '.join(map(str, mark.references))}]" if mark.references else ""
            words = " ".join(text for text in (f"[{mark.badge}]", mark.text, numbers) if text)
            lines.append(Line(words, points, colour=THEME.muted, space=3))
        return lines

    def _notes(self, figures: Iterable[Figure]) -> str:
        """Return what is said in the notes of some figures: label, value, nature, origin."""
        lines = []
        for figure in figures:
            (mark,) = marks((figure,), self._numbering)
            origin = " ".join(text for text in (mark.badge, mark.text) if text)
            lines.append(french_spaces(f"{figure.label} : {figure_text(figure)} ({origin})"))
        return "\n".join(lines)

    @staticmethod
    def _origins(figures: Iterable[Figure]) -> tuple[Provenance, ...]:
        parts = (one for f in figures for one in (f, f.numerator, f.denominator))
        return tuple(part.provenance for part in parts if part is not None)

    def _foot(self, origins: Iterable[Provenance]) -> str:
        """Return the line of sources: who, when, and the number of each."""
        names = []
        for rank in self._numbering.references(*origins):
            source = self._sources[rank - 1]
            names.append(f"{source.producer}, {source.vintage} [{rank}]")
        word = "Source" if len(names) == 1 else "Sources"
        return french_spaces(f"{word} : {' ; '.join(names)}") if names else ""


def _gap_lines(chart: Chart) -> list[Line]:
    """Return what must be said beside a chart: what is unknown, an axis that is cut."""
    unknown = unknown_labels(chart)
    texts = [f"Non disponible : {', '.join(unknown)}."] if unknown else []
    if not starts_at_zero(chart):
        texts.append("L'axe ne part pas de zéro.")
    return [Line(french_spaces(text), 13, colour=THEME.muted) for text in texts]


def _pages(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut lines into slides: as many as hold, a title never last."""
    pages: list[list[Line]] = [[]]
    room = _MOST_LINES
    for line in lines:
        height = _height(line)
        if height > room and pages[-1]:
            last = pages[-1][-1]
            moved = [pages[-1].pop()] if last.bold and not last.bullet and pages[-1][1:] else []
            pages.append(moved)
            room = _MOST_LINES - sum(_height(one) for one in moved)
        pages[-1].append(line)
        room -= height
    return pages


def _height(line: Line) -> float:
    """Return the height of a paragraph, in lines of 16 points."""
    characters = _LINE_CHARACTERS * 16 / line.points
    rows = -(-max(len(line.text), 1) // characters)
    return float(rows * line.points / 16 + line.space / 20)
