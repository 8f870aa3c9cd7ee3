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

from assemblier.figures import Figure, Nature, Source
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
from assemblier.reports.layout import Placed, PlacedSection, lay_out
from assemblier.reports.marks import marks
from assemblier.reports.metadata import document_moment
from assemblier.reports.numbering import Numbering, number_document
from assemblier.reports.pictures import alternative, picture_svg
from assemblier.reports.shown import shown_table
from assemblier.reports.theme import FONT, FONTS, THEME
from assemblier.reports.typography import NO_BREAK, figure_text, french_spaces, number

_TEMPLATE = Path(__file__).parent / "typst" / "report.typ"
_Content: TypeAlias = dict[str, Any]
"""What the template reads; its keys are the template's."""

_NATURES = (
    (Nature.CITE, "imprimé par sa source, dont la page et la date sont données."),
    (Nature.CALCULE, "obtenu par Assemblier à partir des sources nommées, par la méthode dite."),
    (Nature.ESTIME, "calculé avec un paramètre que personne n'a confirmé."),
    (Nature.NON_DISPONIBLE, "inconnu, jamais remplacé par zéro ; ce qui l'apporterait est dit."),
)
_MAP_SHARE = 0.86
"""Width of a map, for its table to hold under it."""


def render(document: Document) -> bytes:
    """Return the report as a PDF: summary, contents, parts, sources.

    Always true
    -----------
    The same document gives the same bytes.
    The file is tagged (PDF/UA-1), every picture has its text.
    """
    return _compiled(document, "report")


def render_sheet(document: Document) -> bytes:
    """Return a document of a sheet or two as a PDF: no contents, closer set, sources at the end."""
    return _compiled(document, "sheet")


def _compiled(document: Document, kind: str) -> bytes:
    import typst

    compiled: bytes = typst.compile(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_content(document, kind), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(document_moment(document).timestamp()),
    )
    return compiled


def _content(document: Document, kind: str) -> _Content:
    """Return what the template lays out."""
    moment = document_moment(document)
    numbering = number_document(document)
    layout = lay_out(document)
    title, subtitle = french_spaces(document.title), french_spaces(document.subtitle)
    return {
        "kind": kind,
        "title": title,
        "subtitle": subtitle,
        "date": french_spaces(document.date),
        "day": {"year": moment.year, "month": moment.month, "day": moment.day},
        "running": " · ".join(text for text in (title, subtitle) if text),
        "font": FONT,
        "colours": {name.replace("_", "-"): colour for name, colour in asdict(THEME).items()},
        "natures": [{"nature": one, "words": french_spaces(words)} for one, words in _NATURES],
        "summary": _blocks(layout.summary, numbering, True),
        "parts": [
            {
                "title": french_spaces(part.title),
                "sections": [_section(section, numbering) for section in part.sections],
            }
            for part in layout.parts
        ],
        "sources": [_source(*one) for one in enumerate(document.sources(), start=1)],
    }


def _section(section: PlacedSection, numbering: Numbering) -> _Content:
    return {
        "title": french_spaces(section.title),
        "blocks": _blocks(section.blocks, numbering, False),
    }


def _blocks(blocks: Iterable[Placed], numbering: Numbering, in_summary: bool) -> list[_Content]:
    return [piece for placed in blocks for piece in _pieces(placed, numbering, in_summary)]


def _pieces(placed: Placed, numbering: Numbering, in_summary: bool) -> Iterator[_Content]:
    """Yield what a block prints; in the summary, a picture has its words beside it."""
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
            yield _picture(picture, numbering, in_summary)
            if placed.prints_table:
                yield _table(picture.table, numbering)


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


def _table(table: Table, numbering: Numbering) -> _Content:
    return {
        "kind": "table",
        "number": numbering.table(table),
        "title": french_spaces(table.title),
        **asdict(shown_table(table, numbering)),
    }


def _see(table: Table, numbering: Numbering) -> _Content:
    return {"kind": "paragraph", "text": f"Voir le tableau {numbering.table(table)}."}


def _picture(picture: Chart | Map, numbering: Numbering, beside: bool) -> _Content:
    return {
        "kind": "picture",
        "number": numbering.picture(picture),
        "title": french_spaces(picture.title),
        "summary": french_spaces(picture.summary),
        "alt": alternative(picture),
        "svg": picture_svg(picture),
        "beside": beside,
        "share": _MAP_SHARE if isinstance(picture, Map) else 1.0,
        "data": french_spaces(f"Données : tableau {numbering.table(picture.table)}"),
        "references": numbering.references(picture.table.provenance),
    }


def _gauge(gauge: Gauge, numbering: Numbering) -> _Content:
    figure = gauge.figure
    value, _, unit = figure_text(figure).partition(NO_BREAK)
    companions = [
        {"name": name, "value": figure_text(other), "place": _place(other.value, gauge)}
        for name, other in gauge.companions
    ]
    return {
        "name": french_spaces(gauge.name),
        "label": french_spaces(figure.label),
        "value": value,
        "unit": unit,
        "place": _place(figure.value, gauge),
        "low": number(gauge.low),
        "high": number(gauge.high),
        "alert": _alert(gauge),
        "gloss": french_spaces(gauge.gloss),
        "companions": companions,
        "marks": _marks((figure,), numbering),
    }


def _alert(gauge: Gauge) -> _Content | None:
    if gauge.alert is None:
        return None
    written = number(gauge.alert, 0 if gauge.alert == int(gauge.alert) else 1)
    text = f"Seuil d'alerte (tireté) : {written}"
    return {"place": _place(gauge.alert, gauge), "text": french_spaces(text)}


def _place(value: float | None, gauge: Gauge) -> float | None:
    """Return where a value stands on the scale of a gauge, 0 to 1; None when it is unknown."""
    if value is None:
        return None
    return min(max((value - gauge.low) / (gauge.high - gauge.low), 0.0), 1.0)


def _source(rank: int, source: Source) -> _Content:
    what = ". ".join(text for text in (source.producer, source.title, source.page) if text)
    published = f"publié le {source.published}" if source.published else ""
    when = ", ".join(text for text in (source.vintage, published) if text)
    said = (source.licence, source.definition, source.note, source.address)
    terms = ". ".join(text.rstrip(".") for text in said if text)
    texts = {"what": what, "when": when, "terms": terms}
    return {"number": rank, **{name: french_spaces(text) for name, text in texts.items()}}
