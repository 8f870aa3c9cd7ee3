"""The page: one self-contained file that reads on a phone, on a desk, on paper and aloud.

Nothing is fetched: style, script, typeface and drawings are in the file, and a content policy
forbids anything else. Without JavaScript the page reads whole; with it, tables sort, communes of
maps answer the arrow keys and what is folded opens before printing.
"""

import base64
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assemblier.figures import Confidence, Figure, Nature, Provenance, Source
from assemblier.french import french_spaces, number
from assemblier.reports.charts import chart_svg
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
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
from assemblier.reports.gauges import gauge_svg
from assemblier.reports.layout import Placed, lay_out
from assemblier.reports.maps import (
    legend_classes,
    legend_text,
    map_svg,
    row_anchor,
    source_line,
    swatch_svg,
    table_anchor,
)
from assemblier.reports.marks import ratio_text
from assemblier.reports.metadata import licence_text, published_text, vintage_text
from assemblier.reports.numbering import Numbering, number_document
from assemblier.reports.shown import ShownTable, shown_table
from assemblier.reports.theme import FONT_STACK, FONTS, THEME
from assemblier.reports.typography import cell_text, figure_text, nature_label, origin_text

_HERE = Path(__file__).parent
WIDE_PX = 700
NARROW_PX = 330
"""Each chart is in the page twice, for a desk and for a phone; only one is shown and read."""
MAP_ROWS = 1000
"""A table of communes that a map leads to is in the page whole up to so many rows, folded."""
OPEN_ROWS = 8
"""The table of a chart or a map is folded when it is longer."""

FILE_NAMES = {
    "pdf": "PDF à imprimer",
    "xlsx": "Classeur Excel",
    "ods": "Classeur LibreOffice",
    "csv": "Tableaux CSV",
    "docx": "Texte à modifier",
    "pptx": "Diapositives",
    "geojson": "Cartes pour un SIG",
}


def render(document: Document, files: Mapping[str, str] | None = None) -> str:
    """Return the page of a report, as one HTML text.

    Parameters
    ----------
    document
        What is shown.
    files
        The other files of the report that exist: what each is, in French or as the name of a
        format (``"pdf"``), and its address relative to the page.

    Always true
    -----------
    Identifiers are unique, headings follow each other without a gap, every drawing has a name,
    nothing is loaded from anywhere.
    """
    page = _Page(document, number_document(document), _linked_rows(document))
    layout = lay_out(document)
    summary = _in_columns([page.view(placed, 3) for placed in layout.summary])
    parts = [
        PartView(
            page.fresh(f"partie-{part.key}"),
            laid.title,
            [
                SectionView(
                    page.fresh(f"section-{section.key}"),
                    placed.title,
                    _in_columns([page.view(block, 4) for block in placed.blocks]),
                )
                for section, placed in zip(part.sections, laid.sections, strict=True)
            ],
        )
        for part, laid in zip(document.parts, layout.parts, strict=True)
    ]
    template = _environment().get_template("page.html.j2")
    return template.render(
        document=document,
        summary=summary,
        parts=parts,
        sources=document.sources(),
        is_answered=any(one.nature is Nature.REPONSE for one in document.figures()),
        files=_links(files or {}),
        **_assets(),
    )


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One report of an index page: its name, the address of its page, a few figures of it."""

    name: str
    href: str
    cells: tuple[Cell, ...] = ()


def render_index(
    title: str,
    entries: Sequence[IndexEntry],
    columns: Sequence[Column] = (),
    subtitle: str = "",
    date: str = "",
) -> str:
    """Return a page that links several reports, with a small table.

    Parameters
    ----------
    title, subtitle, date
        As printed at the top.
    entries
        The reports, in order.
    columns
        What the cells of the entries are; each entry has one cell per column.
    """
    rows = [
        (
            entry,
            [
                (column, cell_text(cell, column))
                for column, cell in zip(columns, entry.cells, strict=True)
            ],
        )
        for entry in entries
    ]
    template = _environment().get_template("index.html.j2")
    return template.render(
        title=title, subtitle=subtitle, date=date, columns=columns, rows=rows, **_assets()
    )


# --- what the templates lay out


@dataclass(frozen=True, slots=True)
class BlockView:
    """One block: the macro that lays it out, the level of its heading, what it holds."""

    kind: str
    level: int
    block: Block
    anchor: str = ""
    label: str = ""
    drawings: tuple[Markup, ...] = ()
    table: "TableView | None" = None
    table_link: str = ""
    groups: "tuple[GroupView, ...]" = ()
    gauges: "tuple[GaugeView, ...]" = ()
    legend: tuple[tuple[Markup, str], ...] = ()
    source: str = ""
    references: tuple[int, ...] = ()
    views: "tuple[BlockView, ...]" = ()


@dataclass(frozen=True, slots=True)
class SectionView:
    """One question: its title is the answer."""

    anchor: str
    title: str
    blocks: list[BlockView]


@dataclass(frozen=True, slots=True)
class PartView:
    """One part and its sections."""

    anchor: str
    title: str
    sections: list[SectionView]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as it is read: its number, then what it measures."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Figures of one nature and one origin, which is said once; details open under them."""

    figures: tuple[FigureView, ...]
    nature: str
    badge: str
    origin: str
    references: tuple[int, ...]
    terms: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def details(self) -> str:
        """What opens under the figures, or nothing."""
        words = []
        if self.terms:
            words.append("numérateurs et dénominateurs")
        if self.notes:
            words.append("méthode et notes")
        return ", ".join(words).capitalize()


@dataclass(frozen=True, slots=True)
class CompanionView:
    """The same figure elsewhere; its badge is there when it is not that of the main figure."""

    name: str
    text: str
    nature: str
    badge: str
    references: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GaugeView:
    """One gauge, its drawing, its figure and its companions."""

    anchor: str
    name: str
    gloss: str
    drawing: Markup
    group: GroupView
    companions: tuple[CompanionView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row: its identifier when a map leads to it, and its cells."""

    anchor: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A table as the page shows it."""

    anchor: str
    title: str
    label: str
    shown: ShownTable
    rows: tuple[RowView, ...]
    is_folded: bool


@dataclass(slots=True)
class _Page:
    """What is known while the blocks are laid out one after the other."""

    document: Document
    numbering: Numbering
    linked: Mapping[str, frozenset[str]]
    taken: dict[str, int] = field(default_factory=dict)

    def fresh(self, wanted: str) -> str:
        """Return an identifier no other element of the page has."""
        name = re.sub(r"[^\w.-]+", "-", wanted)
        self.taken[name] = self.taken.get(name, 0) + 1
        return name if self.taken[name] == 1 else f"{name}-{self.taken[name]}"

    def view(self, placed: Placed, level: int) -> BlockView:
        """Return what the template needs to lay out a block."""
        block = placed.block
        match block:
            case Finding():
                return BlockView("constat", level, block, groups=self.groups(block.figures))
            case Gauges():
                both = (block.spatial, block.temporal)
                return BlockView("jauges", level, block, gauges=tuple(map(self.gauge, both)))
            case Table():
                return self.table_block(block, level, placed.prints_table)
            case Chart():
                return self.chart(block, level, placed.prints_table)
            case Map():
                return self.map(block, level, placed.prints_table)
            case Items():
                references = self.numbering.references(block.provenance)
                return BlockView(_ITEMS[block.tone], level, block, references=references)
            case Paragraph():
                return BlockView("texte", level, block)

    def groups(self, figures: Iterable[Figure]) -> tuple[GroupView, ...]:
        """Return figures, those of one nature and one origin together, in order."""
        found: dict[tuple[Nature, str, str], list[Figure]] = {}
        for figure in figures:
            key = (figure.nature, _badge(figure), _origin(figure))
            found.setdefault(key, []).append(figure)
        return tuple(map(self.group, found.values()))

    def group(self, figures: Sequence[Figure]) -> GroupView:
        """Return figures that share a nature and an origin."""
        return GroupView(
            figures=tuple(FigureView(_value_text(one), _label(one)) for one in figures),
            nature=_nature_class(figures[0]),
            badge=_badge(figures[0]),
            origin=_origin(figures[0]),
            references=self.references(*figures),
            terms=tuple(filter(None, map(_terms, figures))),
            notes=tuple(dict.fromkeys(note for one in figures for note in _notes(one))),
        )

    def references(self, *figures: Figure) -> tuple[int, ...]:
        """Return the numbers of the sources of figures and of their terms."""
        parts = (part for one in figures for part in (one, one.numerator, one.denominator))
        provenances = [part.provenance for part in parts if part is not None]
        return self.numbering.references(*provenances)

    def gauge(self, gauge: Gauge) -> GaugeView:
        """Return one of the two gauges."""
        anchor = self.fresh(f"jauge-{gauge.name}")
        drawing = Markup(gauge_svg(f"{anchor}-dessin", gauge))  # escaped where it is drawn
        companions = tuple(
            self.companion(name, figure, gauge.figure) for name, figure in gauge.companions
        )
        group = self.group([gauge.figure])
        return GaugeView(anchor, gauge.name, gauge.gloss, drawing, group, companions)

    def companion(self, name: str, figure: Figure, main: Figure) -> CompanionView:
        """Return the figure of another territory; a unit or a nature told already is not again."""
        text = figure_text(figure) if figure.value is not None else ""
        if figure.value is not None and figure.unit == main.unit:
            text = number(figure.value, figure.decimals)
        badge = "" if figure.value is not None and figure.nature is main.nature else _badge(figure)
        references = self.references(figure)
        return CompanionView(name, text, _nature_class(figure), badge, references)

    def table_block(self, table: Table, level: int, prints: bool) -> BlockView:
        """Return a table that stands by itself."""
        if not prints:
            return BlockView("renvoi", level, table, table_link=table_anchor(table))
        return BlockView("tableau", level, table, table=self.table(table, is_folded=False))

    def table(self, table: Table, is_folded: bool) -> TableView:
        """Return the rows of a table that the page shows; those maps lead to can be reached."""
        linked = self.linked.get(table.key, frozenset())
        whole = replace(table, visible_rows=0) if len(linked) == len(table.rows) > 0 else table
        shown = shown_table(whole, self.numbering)
        codes = table.codes or ("",) * len(shown.rows)
        rows = tuple(
            RowView(self.fresh(row_anchor(table, code)) if code in linked else "", cells)
            for code, cells in zip(codes, shown.rows, strict=False)
        )
        label = f"Tableau {self.numbering.table(table)}"
        is_long = is_folded or len(rows) > _UNFOLDED_ROWS
        return TableView(table_anchor(table), table.title, label, shown, rows, is_long)

    def chart(self, chart: Chart, level: int, prints: bool) -> BlockView:
        """Return a chart, drawn for a desk and for a phone, and its table."""
        anchor = self.fresh(f"graphique-{chart.key}")
        named = replace(chart, key=anchor)
        drawings = tuple(Markup(chart_svg(named, width)) for width in (WIDE_PX, NARROW_PX))
        label = f"Figure {self.numbering.picture(chart)}"
        return self.picture("graphique", chart, level, prints, anchor, label, drawings)

    def map(self, drawn: Map, level: int, prints: bool) -> BlockView:
        """Return a map whose communes lead to their rows, its legend and its table."""
        anchor = self.fresh(f"carte-{drawn.key}")
        named = replace(drawn, key=f"{anchor}-dessin")
        rows = self.linked.get(drawn.table.key, frozenset())
        drawing = Markup(map_svg(named, interactive=True, rows=rows))
        label = f"Figure {self.numbering.picture(drawn)}"
        view = self.picture("carte", drawn, level, prints, anchor, label, (drawing,))
        legend = tuple(
            (Markup(swatch_svg(f"{anchor}-legende-{rank}", kind)), legend_text(kind))
            for rank, kind in enumerate(legend_classes(drawn))
        )
        return replace(view, legend=legend, source=source_line(drawn))

    def picture(
        self,
        kind: str,
        block: Chart | Map,
        level: int,
        prints: bool,
        anchor: str,
        label: str,
        drawings: tuple[Markup, ...],
    ) -> BlockView:
        """Return a drawing with its table, or the way to it where it already stands elsewhere."""
        references = self.numbering.references(_provenance(block))
        view = BlockView(kind, level, block, anchor, label, drawings, references=references)
        if not prints:
            return replace(view, table_link=table_anchor(block.table))
        is_folded = len(block.table.rows) > OPEN_ROWS
        return replace(view, table=self.table(block.table, is_folded))


_UNFOLDED_ROWS = 40
_ITEMS = {Tone.PLAIN: "liste", Tone.WARNING: "alerte", Tone.MISSING: "manque"}


def _in_columns(views: Sequence[BlockView]) -> list[BlockView]:
    """Return the blocks, plain lists that follow each other being set side by side."""
    found: list[BlockView] = []
    for kind, run in itertools.groupby(views, key=lambda view: view.kind):
        together = tuple(run)
        if kind == "liste" and len(together) > 1:
            first = together[0]
            found.append(BlockView("listes", first.level, first.block, views=together))
        else:
            found += together
    return found


def _provenance(block: Chart | Map) -> Provenance:
    return (
        block.provenance | block.table.provenance
        if isinstance(block, Map)
        else block.table.provenance
    )


def _linked_rows(document: Document) -> dict[str, frozenset[str]]:
    """Return, for each table that a map leads to, the communes whose row is in the page."""
    tables = {block.table.key: block.table for block in document.blocks() if isinstance(block, Map)}
    return {key: frozenset(table.codes[: _rows_in_page(table)]) for key, table in tables.items()}


def _rows_in_page(table: Table) -> int:
    count = len(table.rows)
    return count if count <= MAP_ROWS or not table.visible_rows else table.visible_rows


# --- words


def _value_text(figure: Figure) -> str:
    """Write the number; its unit is left to the label when the label begins with it."""
    label, unit = figure.label.casefold(), figure.unit.casefold()
    if figure.value is not None and unit and f"{label} ".startswith(f"{unit} "):
        return number(figure.value, figure.decimals)
    return figure_text(figure)


def _badge(figure: Figure) -> str:
    words = nature_label(figure.nature)
    if figure.confidence is Confidence.CONFIRME:
        return words
    return f"{words} · {figure.confidence.value}"


def _origin(figure: Figure) -> str:
    """Return the origin without its first word, which is in the badge."""
    return origin_text(figure).removeprefix(nature_label(figure.nature)).lstrip(" ;,\u00a0\u202f")


def _nature_class(figure: Figure) -> str:
    return figure.nature.name.lower().replace("_", "-")


def _label(figure: Figure) -> str:
    """Return what is measured; the date too, where the origin gives that of the document."""
    is_dated = figure.nature is Nature.CITE and figure.vintage not in ("", _origin(figure))
    return french_spaces(f"{figure.label}, {figure.vintage}" if is_dated else figure.label)


def _terms(figure: Figure) -> str:
    """Write a ratio as its two terms, each with its name and its date; nothing for a number."""
    over, under = figure.numerator, figure.denominator
    if over is None or under is None:
        return " ; ".join(_term(part) for part in (over, under) if part is not None)
    return french_spaces(ratio_text(figure, (_term(over), _term(under))))


def _term(part: Figure) -> str:
    return french_spaces(f"{_value_text(part)} {_dated(part)}")


def _dated(part: Figure) -> str:
    return f"{part.label} ({part.vintage})" if part.vintage else part.label


def _notes(figure: Figure) -> Iterator[str]:
    if figure.note:
        yield figure.note
    if figure.provenance.method:
        yield f"Méthode : {figure.provenance.method}"
    if figure.provenance.parameters:
        yield f"Paramètres : {', '.join(figure.provenance.parameters)}"


def _links(files: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(FILE_NAMES.get(name, name), address) for name, address in files.items()]


def source_words(source: Source) -> list[str]:
    """Return what is said of a source after its producer and its title."""
    vintage = vintage_text(source)
    pieces = [
        vintage and f"millésime {vintage}",
        published_text(source),
        source.page,
        licence_text(source),
    ]
    return [french_spaces(piece) for piece in pieces if piece]


# --- style, script, typeface


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["espaces"] = french_spaces
    environment.filters["details_source"] = source_words
    environment.filters["appels"] = _linked_references
    environment.tests["adresse"] = lambda text: text.startswith(("https://", "http://"))
    return environment


def _linked_references(words: str) -> Markup:
    """Turn ``[1, 3]`` into links to the sources; the rest of the text is escaped."""

    def links(match: re.Match[str]) -> str:
        return "".join(
            f'<a class="appel" href="#source-{one}"><span class="lu">source </span>[{one}]</a>'
            for one in re.findall(r"\d+", match.group())
        )

    return Markup(re.sub(r"\[\d+(?:, \d+)*\]", links, str(escape(words))))


@cache
def _assets() -> dict[str, Markup]:
    """Return the style with its typeface inside, and the script."""
    static = _HERE / "static"
    colours = {name: getattr(THEME, name) for name in THEME.__dataclass_fields__}
    variables = "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colours.items())
    root = f":root{{{variables}--police:{_css_fonts()};}}"
    faces = "".join(_font_face(weight) for weight in (400, 600))
    style = (static / "page.css").read_text("utf-8")
    script = (static / "page.js").read_text("utf-8")
    return {"style": Markup(faces + root + style), "script": Markup(script)}


def _css_fonts() -> str:
    names = FONT_STACK.split(", ")
    return ",".join(f'"{name}"' if " " in name else name for name in names)


def _font_face(weight: int) -> str:
    content = base64.b64encode((FONTS / f"assemblier-sans-{weight}.woff2").read_bytes()).decode()
    return (
        f'@font-face{{font-family:"Assemblier Sans";font-weight:{weight};font-display:swap;'
        f"src:url(data:font/woff2;base64,{content}) format('woff2')}}"
    )
