"""Projections that several tests look at; every practitioner here was made for a test."""

import datetime as dt
from typing import Any

from assemblier.scenarios.projection import (
    Group,
    Hypotheses,
    Practitioners,
    hypotheses,
    listed,
)
from assemblier.territory import parse

DAY = dt.date(2026, 11, 22)
HERE = parse("departement:43")
NOBODY_CEASES = {"depart_taux": (0.0,) * 7}
ALONE: dict[str, Any] = {"variante": "sans arrivée", "horizons": (2036,)}
"""Nobody arrives unless the test says so."""


def settled(**edits: Any) -> Hypotheses:
    """Return the hypotheses of a small projection: few draws, no usual arrival."""
    return hypotheses(DAY, {**ALONE, "tirages": 200, **edits})


def everyone(*groups: Group, year: int = 2026) -> Practitioners:
    """Return practitioners made for a test."""
    source = listed([50], DAY).source
    return Practitioners("medecin_generaliste", "médecins généralistes", groups, year, source)
