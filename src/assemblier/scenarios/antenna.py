"""Where the antenna of a centre de santé may open: near enough to its main site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assemblier.parameters import Parameter, explain
from assemblier.scenarios.candidates import Candidate
from assemblier.travel import Engine

LAW = "aides.legalite.centre_de_sante.antenne"


@dataclass(frozen=True, slots=True)
class Reach:
    """What the law allows around a centre.

    Attributes
    ----------
    centre
        Code of its commune.
    limit
        The rule, in minutes.
    away
        Positions of the candidates that are too far.
    minutes
        From the centre to each commune it reaches.
    """

    centre: str
    limit: Parameter
    away: frozenset[int]
    minutes: Mapping[str, float]


def antenna_reach(centre: str, candidates: Sequence[Candidate], engine: Engine, on: date) -> Reach:
    """Return which candidates are too far from a centre for its antenna.

    Parameters
    ----------
    centre
        Code of the commune of the main site.
    candidates
        Where the antenna might open.
    engine
        Gives the minutes.
    on
        The day of the rules.
    """
    limit = explain(f"{LAW}.minutes", on)
    included = bool(explain(f"{LAW}.minutes_borne_incluse", on).value)
    codes = tuple(dict.fromkeys(one.code_commune for one in candidates))
    found = engine.times([centre], codes, float(limit.value)).minutes.tocoo()
    near = found.data <= limit.value if included else found.data < limit.value
    reached = np.asarray(found.coords[1])[near].tolist()
    minutes = {
        codes[column]: one for column, one in zip(reached, found.data[near].tolist(), strict=True)
    }
    away = frozenset(k for k, one in enumerate(candidates) if one.code_commune not in minutes)
    return Reach(centre, limit, away, minutes)
