"""What happens if: changes tried on an untouched baseline, projection, siting.

A `Scenario` is an ordered list of small frozen changes, identified by its content; `read_scenario`
reads it, `outcome` says what it changes, for everybody.
"""

from assemblier.scenarios.kinds import KINDS
from assemblier.scenarios.outcome import Balance, Crossing, Outcome, outcome
from assemblier.scenarios.reading import Draft, read_scenario
from assemblier.scenarios.scenario import Change, Scenario

__all__ = [
    "KINDS",
    "Balance",
    "Change",
    "Crossing",
    "Draft",
    "Outcome",
    "Scenario",
    "outcome",
    "read_scenario",
]
