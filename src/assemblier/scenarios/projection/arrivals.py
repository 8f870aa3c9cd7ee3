"""An arrival that is announced: how many, which year, where, under which mode."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Arrival:
    """Practitioners expected in a year, beyond the rate of installation.

    Attributes
    ----------
    year
        When they start.
    count
        How many, ≥ 0; a part is a chance: 0.5 is one arrival in every second draw.
    commune
        Code of the commune they settle in; None where it is not known.
    mode
        A key of `MODES`; empty where it is not known, and the preference of entrants then decides.
    label
        Where the figure comes from, for the reader: a contract, an announced project.
    """

    year: int
    count: float
    commune: str | None = None
    mode: str = ""
    label: str = ""


LIBERAL, SALARIE = "liberal", "salarie"
MODES = {LIBERAL: "en libéral", SALARIE: "salariés en centre de santé"}
"""How somebody practises."""
