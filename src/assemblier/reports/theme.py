"""The colours and the typeface of every report, and the classes of their maps.

Colours are few: one accent, one neutral ramp, and the classes. Body text stands at 7:1 on white
and on paper, every text at 4.5:1, lines and controls at 3:1; the tests measure it.
"""

from dataclasses import dataclass
from pathlib import Path

from assemblier.reports.document import MapClass

FONTS = Path(__file__).parent / "static" / "fonts"
"""Folder of the vendored typeface: TTF for pictures and PDF, WOFF2 for the page."""
FONT = "Assemblier Sans"
FONT_STACK = "Assemblier Sans, Inter, Segoe UI, Roboto, Helvetica Neue, Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """One hand: what a territory may change is `accent` and its two companions."""

    accent: str = "#0b4f71"
    """Links, controls, what a chart shows first."""
    accent_soft: str = "#e3eef4"
    accent_line: str = "#5b8ba3"
    ink: str = "#1b212b"
    """Body text."""
    muted: str = "#495260"
    """Notes, captions, axes."""
    line: str = "#848d99"
    """Controls and what must be seen; `rule` only separates."""
    rule: str = "#d5dae0"
    soft: str = "#eef1f4"
    paper: str = "#f7f8fa"
    white: str = "#ffffff"
    neutral: str = "#7d8794"
    """Bars that are not the subject."""
    neutral_soft: str = "#b9c1ca"
    warning: str = "#8a2c0d"
    warning_soft: str = "#fcefe6"
    context: str = "#e4e7eb"
    """Communes around the perimeter."""


THEME = Theme()

UNKNOWN_COLOUR = "#ffffff"
"""Under a light hatch: what is not known."""
UNKNOWN_LABEL = "non disponible"

APL_CLASSES = (
    MapClass("[0 ; 2,5[", "#8c2d04", "×"),
    MapClass("[2,5 ; 4[", "#fe9929", "–"),
    MapClass("[4 ; 100[", "#fff0c2", "+"),
)
"""Published classes of the APL to general practitioners; darker is worse."""
CHANGE_CLASSES = (
    MapClass("baisse", "#b35806", "−"),
    MapClass("stable", "#f7f7f7", "="),
    MapClass("hausse", "#1b7837", "+"),
)
ZONE_CLASSES = (
    MapClass("zone d'intervention prioritaire (ZIP)", "#2f6690", "P"),
    MapClass("zone d'action complémentaire (ZAC)", "#a9bfcf", "C"),
    MapClass("zone de vigilance (ZV)", "#dbe4ea", "V"),
    MapClass("hors zonage (HZ)", "#f4f6f7", "H"),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour `#rrggbb`, 0 (black) to 1 (white), as WCAG 2.2.

    Examples
    --------
    >>> luminance("#ffffff"), luminance("#000000")
    (1.0, 0.0)
    """
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21, as WCAG 2.2.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: str) -> str:
    """Return the ink, dark or white, that reads best on a colour."""
    return max((THEME.ink, THEME.white), key=lambda ink: contrast(ink, colour))
