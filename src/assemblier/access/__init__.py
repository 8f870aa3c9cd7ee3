"""How much care is in reach of each commune, shared with everybody who reaches it.

`scores` computes the indicator of the DREES for one profession: a `method` (dated parameters), a
`Supply` and a `Demand` whatever their source, minutes from `assemblier.travel`. `explanation` says
place by place why a score is what it is, `sensitivities` how it moves with what nobody confirmed,
`agreement` how far it stands from the published one. `accessibility` is the bare structure, for a
count of anything.
"""

from assemblier.access.accessibility import Accessibility, accessibility, perimeter_accessibility
from assemblier.access.aggregation import PeopleUnder, above, mean_score, people_under, tvs_score
from assemblier.access.banded import BandedDecay, banded_decay
from assemblier.access.change import Change, published_change
from assemblier.access.comparison import Agreement, agreement, weighted_correlation
from assemblier.access.demand import Demand, PeopleByAge, resident_demand
from assemblier.access.embedded import (
    embedded_people,
    embedded_published,
    embedded_supply,
    published_source,
)
from assemblier.access.explanation import Contribution, Explanation, Rival, explanation
from assemblier.access.method import PROFESSIONS, Method, latest, method
from assemblier.access.scores import Scores, scores, surroundings
from assemblier.access.sensitivity import Sensitivity, sensitivities
from assemblier.access.study import Study, study
from assemblier.access.supply import SITUATIONS, Supply, counted_supply, practice_supply
from assemblier.access.supply_file import read_supply

__all__ = [
    "PROFESSIONS",
    "SITUATIONS",
    "Accessibility",
    "Agreement",
    "BandedDecay",
    "Change",
    "Contribution",
    "Demand",
    "Explanation",
    "Method",
    "PeopleByAge",
    "PeopleUnder",
    "Rival",
    "Scores",
    "Sensitivity",
    "Study",
    "Supply",
    "above",
    "accessibility",
    "agreement",
    "banded_decay",
    "counted_supply",
    "embedded_people",
    "embedded_published",
    "embedded_supply",
    "explanation",
    "latest",
    "mean_score",
    "method",
    "people_under",
    "perimeter_accessibility",
    "practice_supply",
    "published_change",
    "published_source",
    "read_supply",
    "resident_demand",
    "scores",
    "sensitivities",
    "study",
    "surroundings",
    "tvs_score",
    "weighted_correlation",
]
