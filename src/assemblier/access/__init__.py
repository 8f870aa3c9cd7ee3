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
from assemblier.access.baseline import Baseline, Quality, baseline
from assemblier.access.change import Change, published_change
from assemblier.access.choice import NAMED, ORDER, chosen_supply
from assemblier.access.comparison import Agreement, agreement, weighted_correlation
from assemblier.access.demand import (
    Demand,
    PeopleByAge,
    StandardisedPeople,
    resident_demand,
)
from assemblier.access.embedded import (
    embedded_people,
    embedded_published,
    embedded_supply,
    published_source,
)
from assemblier.access.explanation import Contribution, Explanation, Rival, explanation
from assemblier.access.isolation import Isolation, isolation, minutes_to_next_bassin
from assemblier.access.method import PROFESSIONS, Method, latest, method
from assemblier.access.needs import DEMANDS, needs
from assemblier.access.people import people_by_age, people_of
from assemblier.access.published import (
    Published,
    published,
    standardised_people,
    standardised_years,
)
from assemblier.access.scores import Scores, scores, surroundings
from assemblier.access.sensitivity import Sensitivity, sensitivities
from assemblier.access.stored_supply import (
    centres_supply,
    corrected_supply,
    directory_supply,
    equipment_supply,
    register_supply,
)
from assemblier.access.study import Study, study
from assemblier.access.supply import SITUATIONS, Supply, counted_supply, practice_supply
from assemblier.access.supply_file import read_supply
from assemblier.access.weights import Recovery, recovery

__all__ = [
    "DEMANDS",
    "NAMED",
    "ORDER",
    "PROFESSIONS",
    "SITUATIONS",
    "Accessibility",
    "Agreement",
    "BandedDecay",
    "Baseline",
    "Change",
    "Contribution",
    "Demand",
    "Explanation",
    "Isolation",
    "Method",
    "PeopleByAge",
    "PeopleUnder",
    "Published",
    "Quality",
    "Recovery",
    "Rival",
    "Scores",
    "Sensitivity",
    "StandardisedPeople",
    "Study",
    "Supply",
    "above",
    "accessibility",
    "agreement",
    "banded_decay",
    "baseline",
    "centres_supply",
    "chosen_supply",
    "corrected_supply",
    "counted_supply",
    "directory_supply",
    "embedded_people",
    "embedded_published",
    "embedded_supply",
    "equipment_supply",
    "explanation",
    "isolation",
    "latest",
    "mean_score",
    "method",
    "minutes_to_next_bassin",
    "needs",
    "people_by_age",
    "people_of",
    "people_under",
    "perimeter_accessibility",
    "practice_supply",
    "published",
    "published_change",
    "published_source",
    "read_supply",
    "recovery",
    "register_supply",
    "resident_demand",
    "scores",
    "sensitivities",
    "standardised_people",
    "standardised_years",
    "study",
    "surroundings",
    "tvs_score",
    "weighted_correlation",
]
