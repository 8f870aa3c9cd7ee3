"""The charts and maps of a document as drawings; one block is drawn once, whatever the formats."""

import io
from dataclasses import dataclass
from functools import lru_cache

from assemblier.french import french_spaces
from assemblier.reports.charts import chart_svg
from assemblier.reports.document import Chart, ChartKind, Gauge, Map
from assemblier.reports.gauges import gauge_svg
from assemblier.reports.maps import map_svg, svg_png
from assemblier.reports.typography import UNKNOWN

_PRINTED_PX = 640
"""Width a chart is drawn for on paper, so that its letters are read at their size."""
_COLOURS = 128
_WHITE = (255, 255, 255)
_KEPT = 64
_CURVE_ROWS = 8


@dataclass(frozen=True, eq=False, slots=True)
class _Itself:
    """A block known by identity: blocks hold tables of names, too long to compare."""

    block: Chart | Map

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and other.block is self.block

    def __hash__(self) -> int:
        return id(self.block)


def picture_svg(block: Chart | Map) -> str:
    """Draw a chart or a map as it is printed."""
    return _svg(_Itself(block))


@lru_cache(_KEPT)
def _svg(itself: _Itself) -> str:
    block = itself.block
    return chart_svg(block, _PRINTED_PX) if isinstance(block, Chart) else map_svg(block)


def picture_png(block: Chart | Map) -> bytes:
    """Draw a chart or a map for the documents that hold no SVG: a PNG of two pixels per unit."""
    return _png(_svg(_Itself(block)))


@lru_cache(_KEPT)
def _png(svg: str) -> bytes:
    from PIL import Image

    drawn = Image.open(io.BytesIO(svg_png(svg, 2.0)))
    # Few flat colours: a palette makes the file six times smaller.
    method, dither = Image.Quantize.FASTOCTREE, Image.Dither.NONE
    flat = Image.new("RGB", drawn.size, "white")
    flat.paste(drawn, mask=drawn.getchannel("A") if drawn.mode == "RGBA" else None)
    painted = flat.quantize(_COLOURS, method=method, dither=dither)
    # The palette is an average: paper must stay white beside the page.
    colours = painted.getpalette() or []
    trios = [colours[place : place + 3] for place in range(0, len(colours), 3)]
    painted.putpalette([c for trio in trios for c in (_WHITE if min(trio) >= 248 else trio)])
    packed = io.BytesIO()
    painted.save(packed, "PNG")
    return packed.getvalue()


def alternative(block: Chart | Map) -> str:
    """Return what is read aloud in place of the picture: its title, then its summary.

    Examples
    --------
    >>> from assemblier.reports.document import ChartKind, Table
    >>> chart = Chart("c", "Titre", ChartKind.BARS, Table("t", "T", (), ()), "Phrase.")
    >>> alternative(chart)
    'Titre. Phrase.'
    """
    return french_spaces(f"{block.title.rstrip('.')}. {block.summary}".strip())


def printed_share(block: Chart | Map) -> float:
    """Return the part of the page a picture is wide: a map leaves room for its table."""
    if isinstance(block, Map):
        return 0.86
    return 0.6 if block.kind is ChartKind.CURVE else 1.0


def printed_rows(block: Chart | Map) -> int:
    """Return how many rows of the table of a picture are printed; 0 is as many as it asks.

    The points of a curve are read on it: a page of them teaches nothing more.
    """
    is_curve = isinstance(block, Chart) and block.kind is ChartKind.CURVE
    return _CURVE_ROWS if is_curve else 0


def gauge_png(gauge: Gauge) -> bytes:
    """Draw a gauge as a PNG of two pixels per unit."""
    return _png(gauge_svg(gauge.figure.label, gauge))


def unknown_companions(gauge: Gauge) -> str:
    """Name the territories a gauge cannot compare with: its drawing only holds those known.

    Examples
    --------
    >>> from assemblier.figures import Figure, unavailable
    >>> from assemblier.french import NO_BREAK
    >>> unknown = (("France", unavailable("densité", "un fichier")),)
    >>> gauge = Gauge("Jauge", Figure("densité", 8.7), 0, 20, None, "Phrase.", unknown)
    >>> unknown_companions(gauge) == f"France{NO_BREAK}: non disponible"
    True
    """
    names = [name for name, figure in gauge.companions if not figure.is_known]
    return french_spaces(f"{', '.join(names)} : {UNKNOWN}") if names else ""
