"""The charts and maps of a document as drawings, each drawn once."""

from assemblier.reports.charts import chart_svg
from assemblier.reports.document import Chart, Map
from assemblier.reports.maps import map_svg, svg_png
from assemblier.reports.typography import french_spaces

PRINTED_PX = 640
"""Width a chart is drawn for on paper, so that its letters are read at their size."""


def picture_svg(block: Chart | Map) -> str:
    """Draw a chart or a map as it is printed."""
    return chart_svg(block, PRINTED_PX) if isinstance(block, Chart) else map_svg(block)


def picture_png(block: Chart | Map, scale: float = 2.0) -> bytes:
    """Draw a chart or a map as a picture for documents that hold no SVG."""
    return svg_png(picture_svg(block), scale)


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
