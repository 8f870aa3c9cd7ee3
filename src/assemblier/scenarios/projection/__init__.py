"""What becomes of the practitioners of a territory, draw by draw, and of the access to them.

`hypotheses` reads the parameters and what the user edits (`rows` shows them), `listed`,
`told_by_age` or `counted` say who practises, `observed_flow` how many come and go; `project`
answers.
"""

from assemblier.scenarios.projection.arrivals import LIBERAL, MODES, SALARIE, Arrival
from assemblier.scenarios.projection.engine import project
from assemblier.scenarios.projection.hypotheses import Hypotheses, Hypothesis, Variant
from assemblier.scenarios.projection.listing import completed
from assemblier.scenarios.projection.practitioners import Group, Practitioners
from assemblier.scenarios.projection.reference import (
    Overlay,
    Reference,
    overlay,
    read_reference,
)
from assemblier.scenarios.projection.results import (
    Chance,
    Cliff,
    Course,
    Effect,
    Horizon,
    Interval,
    Projection,
    Score,
    Year,
    Zoned,
)
from assemblier.scenarios.projection.settings import KEYS, hypotheses, rows
from assemblier.scenarios.projection.sources import counted, listed, observed_flow, told_by_age

__all__ = [
    "KEYS",
    "LIBERAL",
    "MODES",
    "SALARIE",
    "Arrival",
    "Chance",
    "Cliff",
    "Course",
    "Effect",
    "Group",
    "Horizon",
    "Hypotheses",
    "Hypothesis",
    "Interval",
    "Overlay",
    "Practitioners",
    "Projection",
    "Reference",
    "Score",
    "Variant",
    "Year",
    "Zoned",
    "completed",
    "counted",
    "hypotheses",
    "listed",
    "observed_flow",
    "overlay",
    "project",
    "read_reference",
    "rows",
    "told_by_age",
]
