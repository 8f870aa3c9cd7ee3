"""How much care is in reach of each commune, shared with everybody who reaches it.

This is the structure of the APL, not the published APL: times are estimated, supply is a count,
population is not standardised. It serves to compare two situations, never to restate the DREES.
"""

from assemblier.access.accessibility import Accessibility, accessibility, perimeter_accessibility
from assemblier.access.banded import BandedDecay, banded_decay

__all__ = [
    "Accessibility",
    "BandedDecay",
    "accessibility",
    "banded_decay",
    "perimeter_accessibility",
]
