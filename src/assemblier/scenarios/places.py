"""Where a new structure of a scenario would do best: the same one, tried in every commune."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum

import numpy as np
import scipy.sparse as sp

from assemblier.access.method import latest
from assemblier.maths.arrays import Array
from assemblier.maths.assimilation import score_operator
from assemblier.maths.siting import shortfall
from assemblier.parameters import explain
from assemblier.scenarios.outcome import Outcome
from assemblier.scenarios.scenario import Change
from assemblier.travel import Engine
from assemblier.travel.chain import ChainEngine

PLACED = ("antenne", "centre_de_sante", "msp")
"""The kinds of change that open a place in one commune."""
MARGIN_MINUTES = 7.3
"""Mean gap of estimated minutes to those of METRIC in Gironde (docs/methodes/precision.md)."""
ANTENNA = "aides.legalite.centre_de_sante.antenne"


@dataclass(frozen=True, slots=True)
class Tried:
    """The same structure in one commune, all other changes kept.

    Attributes
    ----------
    commune
        Its code.
    minutes
        From the main site of an antenna; nan for another structure.
    relief
        Share of the lack of the territory it takes away: Σ inhabitants · (target − score)², which
        counts the deepest lack most.
    under
        Inhabitants of the territory left under the target.
    inside, outside
        Consultations a year it brings to the territory, to its neighbours.
    """

    commune: str
    minutes: float
    relief: float
    under: float
    inside: float
    outside: float


@dataclass(frozen=True, slots=True)
class Places:
    """A structure of a scenario, and where else it could be.

    Attributes
    ----------
    change
        The structure.
    tried
        Every commune where the texts allow it, the one that takes most of the lack away first.
    target
        The score under which people lack.
    under_without
        Inhabitants of the territory under the target where the structure opens nowhere.
    limit
        Minutes an antenna must be under; nan for another structure.
    margin
        Mean error of the minutes: 0 where they are not estimated.
    """

    change: Change
    tried: tuple[Tried, ...]
    target: float
    under_without: float
    limit: float = float("nan")
    margin: float = 0.0

    @property
    def rank(self) -> int:
        """The place of the commune of the scenario, from 1."""
        return 1 + [one.commune for one in self.tried].index(self.change.text("commune"))

    def raised(self, one: Tried) -> float:
        """Return how many inhabitants a place brings over the target."""
        return self.under_without - one.under

    @property
    def rank_raised(self) -> int:
        """The place of the commune of the scenario by the inhabitants brought over the target."""
        return 1 + sum(one.under < self.chosen.under for one in self.tried)

    def is_unsure(self, one: Tried) -> bool:
        """Whether the minutes of a place are estimated, and too near the limit to be sure of."""
        is_said = one is self.chosen and bool(self.change.number("minutes"))
        return not is_said and one.minutes >= self.limit - self.margin and self.margin > 0

    @property
    def chosen(self) -> Tried:
        """The commune of the scenario."""
        return self.tried[self.rank - 1]


def places(found: Outcome, on: date, engine: Engine) -> tuple[Places, ...]:
    """Return, for each structure that opens, what it would do in every other commune.

    Parameters
    ----------
    found
        What the scenario changes.
    on
        The day of the rules.
    engine
        Gives the minutes from the main site of an antenna.

    Always true
    -----------
    A place in the commune of the scenario does what the scenario says.
    """
    target = float(latest("apl.seuils.sous_dense", on).value)
    opened = [one for one in found.scenario.changes if one.kind in PLACED]
    done = {one.rank for one in found.pending}
    return tuple(
        replace(
            _places(found, one, target, _candidates(found, one, on, engine)),
            limit=_limit(one, on),
            margin=MARGIN_MINUTES if isinstance(engine, ChainEngine) else 0.0,
        )
        for one in opened
        if one.rank not in done and one.text("commune") in found.perimeter.codes
    )


def _limit(change: Change, on: date) -> float:
    if change.kind != "antenne":
        return float("nan")
    return float(explain(f"{ANTENNA}.minutes", on).value)


def _candidates(
    found: Outcome, change: Change, on: date, engine: Engine
) -> tuple[tuple[str, float], ...]:
    """Return the communes of the territory where the texts allow a structure, and the minutes."""
    chosen = change.text("commune")
    if change.kind != "antenne":
        return tuple((code, float("nan")) for code in found.perimeter.codes)
    limit = explain(f"{ANTENNA}.minutes", on).value
    includes = bool(explain(f"{ANTENNA}.minutes_borne_incluse", on).value)
    site = change.text("site_principal")
    times = sp.coo_array(engine.times([site], found.perimeter.codes, float(limit)).minutes)
    near = [
        (found.perimeter.codes[column], float(minutes))
        for column, minutes in zip(times.coords[1], times.data, strict=True)
        if minutes < limit or (includes and minutes == limit)
    ]
    # Minutes that people measured stand over those estimated.
    said = change.number("minutes", float("nan"))
    others = [pair for pair in near if pair[0] not in (chosen, site)]
    own = dict(near).get(chosen, said)
    return (*others, (chosen, said if said == said else own))


def _places(
    found: Outcome,
    change: Change,
    target: float,
    candidates: Sequence[tuple[str, float]],
) -> Places:
    base, operator = found.baseline, found.baseline.fit.operator
    if found.changes_demand:
        operator = score_operator(found.people_after, base.fit.weights)
    acts = fsum(
        move.acts
        for move in found.moves
        if move.change == change.rank and move.acts > 0 and move.commune == change.text("commune")
    )
    column = {code: row for row, code in enumerate(base.places)}
    kept = [pair for pair in candidates if pair[0] in column]
    codes = [column[code] for code, _ in kept]
    gains = sp.csc_array(operator[:, codes]).toarray() * acts
    own = gains[:, [code for code, _ in kept].index(change.text("commune"))]
    without = found.before + found.gain - own
    inside = found.is_inside
    people = np.where(inside, np.nan_to_num(found.residents), 0.0)
    lack = shortfall(np.maximum(without, 0.0), people, target)
    rows = [
        _one(found, code, minutes, gains[:, k], np.maximum(without + gains[:, k], 0.0),
             (people, inside, target, lack))
        for k, (code, minutes) in enumerate(kept)
    ]  # fmt: skip
    under = float(people[np.maximum(without, 0.0) < target].sum())
    listed = tuple(sorted(rows, key=lambda one: (-one.relief, one.commune)))
    return Places(change, listed, target, under)


def _one(
    found: Outcome,
    code: str,
    minutes: float,
    gain: Array,
    after: Array,
    judged: tuple[Array, np.ndarray, float, float],
) -> Tried:
    people, inside, target, lack = judged
    reached = gain * found.people_after
    left = shortfall(after, people, target)
    return Tried(
        code,
        minutes,
        1.0 - left / lack if lack else 0.0,
        float(people[after < target].sum()),
        float(reached[inside].sum()),
        float(reached[~inside].sum()),
    )
