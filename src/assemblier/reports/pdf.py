"""The report on paper: A4, tagged for screen readers, its pictures drawn as vectors.

The two-page summary comes first, then the contents, the parts, and the sources. The layout is in
``typst/report.typ``; this module hands it one dictionary of texts, so that nothing a person wrote
is ever read as markup.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

from assemblier.figures import Figure, Nature
from assemblier.french import NO_BREAK, french_spaces
from assemblier.reports.columns import column_characters
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
)
from assemblier.reports.gauges import gauge_svg, gauge_words
from assemblier.reports.layout import Placed, PlacedSection, lay_out
from assemblier.reports.marks import marks
from assemblier.reports.metadata import document_moment, source_lines
from assemblier.reports.numbering import Numbering, number_document
from assemblier.reports.pictures import (
    alternative,
    picture_svg,
    printed_rows,
    printed_share,
    unknown_companions,
)
from assemblier.reports.shown import ShownTable, shown_table
from assemblier.reports.theme import FONT, FONTS, THEME
from assemblier.reports.typography import figure_text

_TEMPLATE = Path(__file__).parent / "typst" / "report.typ"
_Content: TypeAlias = dict[str, Any]
"""What the template reads; its keys are the template's."""

_NATURES = (
    (Nature.CITE, "imprimé par sa source, dont la page et la date sont données."),
    (Nature.CALCULE, "obtenu par Assemblier à partir des sources nommées, par la méthode dite."),
    (Nature.ESTIME, "calculé avec un paramètre que personne n'a confirmé."),
    (Nature.REPONSE, "dit par vous ou par votre scénario : à remplacer quand vous saurez mieux."),
    (Nature.NON_DISPONIBLE, "inconnu, jamais remplacé par zéro ; ce qui l'apporterait est dit."),
)
_TABLE_POINTS = ((6, 8.5), (9, 7.5), (100, 6.5))
"""Up to so many columns, a table is in letters of so many points."""
_PAGE_POINTS, _INSET_POINTS = 481.0, 10.5
_CHARACTER = 0.56
"""Width of a character, in parts of the size of its letters."""
_NO_GLYPH = "could not be displayed"
_SIDES = 2
_SCALES = (0.96, 0.9, 0.85, 0.8)


def render(document: Document) -> bytes:
    """Return the report as a PDF: summary, contents, parts, sources.

    Always true
    -----------
    The same document gives the same bytes.
    The file is tagged (PDF/UA-1), every picture has its text.
    """
    return _compiled(_content(document, "report"), document)


def render_sheet(document: Document) -> bytes:
    """Return a document as one sheet of paper, two sides: no contents, closer set.

    Letters are made smaller, by steps, until it holds on two pages; what is too long even then
    goes on.
    """
    content = _content(document, "sheet")
    for scale in _SCALES:
        content["scale"] = scale
        if _page_count(content) <= _SIDES:
            break
    return _compiled(content, document)


def _compiled(content: _Content, document: Document) -> bytes:
    import typst

    text = json.dumps(content, ensure_ascii=False)
    options: dict[str, Any] = {
        "pdf_standards": ["ua-1"],
        "timestamp": int(document_moment(document).timestamp()),
    }
    try:
        compiled: bytes = typst.compile(**_inputs(text), **options)
    except typst.TypstError as error:
        # A file for screen readers may hold no sign that no typeface can draw.
        if _NO_GLYPH not in str(error):
            raise
        compiled = typst.compile(**_inputs(_legible(text)), **options)
    return compiled


def _legible(text: str) -> str:
    """Return a text whose signs that our typeface lacks are replaced by an empty square."""
    known = set(json.loads((FONTS / "widths.json").read_text("utf-8"))["400"])
    return "".join(sign if sign in known or sign.isascii() else "□" for sign in text)


def _page_count(content: _Content) -> int:
    import typst

    inputs = _inputs(json.dumps(content, ensure_ascii=False))
    return int(typst.query(**inputs, selector="<page-count>", field="value", one=True))


def _inputs(text: str) -> dict[str, Any]:
    return {
        "input": str(_TEMPLATE),
        "root": str(_TEMPLATE.parent),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"report": text},
    }


def _content(document: Document, kind: str) -> _Content:
    """Return what the template lays out."""
    moment = document_moment(document)
    numbering = number_document(document)
    layout = lay_out(document)
    title, subtitle = french_spaces(document.title), french_spaces(document.subtitle)
    return {
        "kind": kind,
        "scale": 1.0,
        "title": title,
        "subtitle": subtitle,
        "date": french_spaces(document.date),
        "day": {"year": moment.year, "month": moment.month, "day": moment.day},
        "running": " · ".join(text for text in (title, subtitle) if text),
        "font": FONT,
        "colours": {name.replace("_", "-"): colour for name, colour in asdict(THEME).items()},
        "natures": [
            {"nature": one, "words": french_spaces(words)}
            for one, words in _NATURES
            # The user answers few reports: the others do not explain it.
            if one is not Nature.REPONSE or any(cell.nature is one for cell in document.figures())
        ],
        "summary": _blocks(layout.summary, numbering),
        "parts": [
            {
                "title": french_spaces(part.title),
                "sections": [_section(section, numbering) for section in part.sections],
            }
            for part in layout.parts
        ],
        "sources": [
            {"number": rank, **asdict(line)}
            for rank, line in enumerate(source_lines(document), start=1)
        ],
    }


def _section(section: PlacedSection, numbering: Numbering) -> _Content:
    return {
        "title": french_spaces(section.title),
        "blocks": _blocks(section.blocks, numbering),
    }


def _blocks(blocks: Iterable[Placed], numbering: Numbering) -> list[_Content]:
    return [piece for placed in blocks for piece in _pieces(placed, numbering)]


def _pieces(placed: Placed, numbering: Numbering) -> Iterator[_Content]:
    """Yield what a block prints."""
    match placed.block:
        case Finding() as finding:
            yield _finding(finding, numbering)
        case Gauges() as gauges:
            spatial, temporal = (
                _gauge(one, numbering) for one in (gauges.spatial, gauges.temporal)
            )
            yield {"kind": "gauges", "spatial": spatial, "temporal": temporal}
        case Items() as items:
            yield _items(items, numbering)
        case Paragraph() as paragraph:
            yield {"kind": "paragraph", "text": french_spaces(paragraph.text)}
        case Table() as table:
            yield _table(table, numbering) if placed.prints_table else _see(table, numbering)
        case Chart() | Map() as picture:
            yield _picture(picture, numbering)
            if placed.prints_table:
                yield _table(picture.table, numbering, printed_rows(picture))


def _finding(finding: Finding, numbering: Numbering) -> _Content:
    return {
        "kind": "finding",
        "text": french_spaces(finding.text),
        "marks": _marks(finding.figures, numbering),
    }


def _marks(figures: Iterable[Figure], numbering: Numbering) -> list[_Content]:
    return [asdict(mark) for mark in marks(figures, numbering)]


def _items(items: Items, numbering: Numbering) -> _Content:
    return {
        "kind": "items",
        "title": french_spaces(items.title),
        "items": [french_spaces(item) for item in items.items],
        "tone": items.tone,
        "references": numbering.references(items.provenance),
    }


def _table(table: Table, numbering: Numbering, most_rows: int = 0) -> _Content:
    shown = shown_table(table, numbering, most_rows)
    points = _table_points(len(shown.headers))
    return {
        "kind": "table",
        "number": numbering.table(table),
        "title": french_spaces(table.title),
        "points": points,
        "widths": _widths(shown, points),
        **asdict(shown),
    }


def _table_points(columns: int) -> float:
    """Return the size of letters in a table of so many columns."""
    return next(points for most, points in _TABLE_POINTS if columns <= most)


def _widths(shown: ShownTable, points: float) -> list[float]:
    """Return the width of each column of a table, in points."""
    character = points * _CHARACTER
    room = (_PAGE_POINTS - _INSET_POINTS * len(shown.headers)) / character
    characters = column_characters(shown.headers, shown.rows, shown.numbers, room)
    return [width * character + _INSET_POINTS for width in characters]


def _see(table: Table, numbering: Numbering) -> _Content:
    return {"kind": "paragraph", "text": f"Voir le tableau {numbering.table(table)}."}


def _picture(picture: Chart | Map, numbering: Numbering) -> _Content:
    return {
        "kind": "picture",
        "number": numbering.picture(picture),
        "title": french_spaces(picture.title),
        "summary": french_spaces(picture.summary),
        "alt": alternative(picture),
        "svg": picture_svg(picture),
        "share": printed_share(picture),
        "data": french_spaces(f"Données : tableau {numbering.table(picture.table)}"),
        "references": numbering.references(picture.table.provenance),
    }


def _gauge(gauge: Gauge, numbering: Numbering) -> _Content:
    figure = gauge.figure
    value, _, unit = figure_text(figure).partition(NO_BREAK)
    is_known = figure.is_known
    return {
        "name": french_spaces(gauge.name),
        "label": french_spaces(figure.label),
        "value": value if is_known else figure_text(figure),
        "unit": unit if is_known else "",
        "svg": gauge_svg(figure.label, gauge),
        "alt": gauge_words(gauge),
        "unknown": unknown_companions(gauge),
        "gloss": french_spaces(gauge.gloss),
        "marks": _marks((figure,), numbering),
    }
