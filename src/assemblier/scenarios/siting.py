"""Where to open a few places of care in a territory: the choice, its proof, what comes close."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from math import comb

import numpy as np
import scipy.sparse as sp

from assemblier.access import Baseline
from assemblier.access.method import latest
from assemblier.errors import InputError, Problem
from assemblier.french import number
from assemblier.maths import covering, siting
from assemblier.maths.arrays import Array
from assemblier.parameters import explain
from assemblier.territory import Perimeter, index
from assemblier.travel import Engine

MOST_TRIED = 50_000
"""Choices that are tried one by one, at most."""
ROUNDING = 1e-9
"""Share of a value that is only rounding."""
CLOSE = 0.01
"""Share of the result that an alternative may lose."""
LAW = "aides.legalite"


class Structure(StrEnum):
    """What opens."""

    CENTRE = "centre_de_sante"
    MSP = "msp"
    ANTENNE = "antenne"


class Objective(StrEnum):
    """What a choice is judged on."""

    MANQUE = "manque"
    """Σ inhabitants · (threshold − score)², what it takes away."""
    COUVERTURE = "couverture"
    """Inhabitants under the threshold with a place within some minutes."""
    SEUIL = "seuil"
    """Inhabitants raised to the threshold; at equality, the least travel time."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Who lives where, and what each candidate would bring.

    Attributes
    ----------
    score
        (homes,) today; nan where unknown.
    people
        (homes,) inhabitants the choice looks at, ≥ 0.
    gains
        (homes, candidates) consultations per head a year that a place adds to a home.
    minutes
        (homes, candidates), a pair that is not stored is out of reach.
    target
        The score under which people lack.
    within
        Minutes that count as covered.
    """

    score: Array
    people: Array
    gains: sp.csc_array
    minutes: sp.csc_array
    target: float
    within: float

    @property
    def lacks(self) -> np.ndarray:
        """(homes,) whether the score is known and under the target."""
        found: np.ndarray = self.score < self.target
        return found

    def after(self, chosen: Sequence[int]) -> Array:
        """Return (homes,) the scores once places are open."""
        found = self.score.copy()
        for one in chosen:
            kept = slice(self.gains.indptr[one], self.gains.indptr[one + 1])
            found[self.gains.indices[kept]] += self.gains.data[kept]
        return found

    def of_those_who_lack(self) -> "Network":
        """Return the network of the homes the choice looks at and that lack."""
        homes = np.flatnonzero(self.lacks & (self.people > 0))
        return replace(
            self,
            score=self.score[homes],
            people=self.people[homes],
            gains=sp.csc_array(self.gains[homes]),
            minutes=sp.csc_array(self.minutes[homes]),
        )

    def raised(self, chosen: Sequence[int]) -> float:
        """Return the inhabitants who pass the target."""
        return float(self.people[self.lacks & (self.after(chosen) >= self.target)].sum())

    def reach(self) -> sp.csr_array:
        """Return (homes, candidates) the pairs near enough, zero minutes included."""
        pairs = sp.coo_array(self.minutes)
        near = pairs.data <= self.within
        coords = pairs.coords[0][near], pairs.coords[1][near]
        return sp.csr_array((np.ones(int(near.sum())), coords), shape=pairs.shape)

    def travel(self, chosen: Sequence[int]) -> float:
        """Return the mean minutes to the nearest place; who reaches none counts as the farthest."""
        far = float(self.minutes.data.max(initial=0.0))
        nearest = np.full(len(self.people), far)
        columns = self.minutes
        for one in chosen:
            kept = slice(columns.indptr[one], columns.indptr[one + 1])
            homes = columns.indices[kept]
            nearest[homes] = np.minimum(nearest[homes], columns.data[kept])
        total = float(self.people.sum())
        return float(self.people @ nearest) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """Places chosen.

    Attributes
    ----------
    chosen
        Candidates.
    value
        In the unit of the objective.
    bound
        No other choice of as many places does better than this.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float

    @property
    def gap(self) -> float:
        """Share of the bound that may be missed; 0 when proven the best."""
        return 0.0 if self.bound <= 0 else max(0.0, 1.0 - self.value / self.bound)


def choice(network: Network, objective: Objective, count: int) -> Choice:
    """Return the places to open.

    Parameters
    ----------
    network
        Homes and candidates.
    objective
        What a choice is judged on.
    count
        Places to open.

    Raises
    ------
    InputError
        When there are fewer candidates, or too many choices to try one by one.
    """
    _check_count(network, count)
    match objective:
        case Objective.MANQUE:
            return _least_lack(network, count)
        case Objective.COUVERTURE:
            asked = covering.Coverage(network.reach(), _lacking_people(network), count)
            found = covering.cover(asked)
            return Choice(found.chosen, found.covered, found.bound)
        case Objective.SEUIL:
            return _most_raised(network, count)


def value_of(network: Network, objective: Objective) -> Callable[[Sequence[int]], float]:
    """Return what gives the value of any choice.

    Parameters
    ----------
    network, objective
        As `choice`.
    """
    if objective is Objective.SEUIL:
        return network.raised
    people = _lacking_people(network)
    if objective is Objective.COUVERTURE:
        near = network.reach().toarray() > 0
        return lambda chosen: float(people[near[:, list(chosen)].any(axis=1)].sum())
    before = siting.shortfall(network.score, network.people, network.target)
    return lambda chosen: (
        before - siting.shortfall(network.after(chosen), network.people, network.target)
    )


def alternatives(
    network: Network, objective: Objective, found: Choice
) -> tuple[tuple[int, int, float], ...]:
    """Return the exchanges of one place that lose at most `CLOSE`: out, in, new value.

    Parameters
    ----------
    network, objective
        As `choice`.
    found
        The choice.
    """
    value, candidates = value_of(network, objective), network.gains.shape[1]
    tried = (
        (out, new, value([one for one in found.chosen if one != out] + [new]))
        for out in found.chosen
        for new in range(candidates)
        if new not in found.chosen
    )
    close = [one for one in tried if one[2] >= (1 - CLOSE) * found.value > 0]
    return tuple(sorted(close, key=lambda one: -one[2]))


def _lacking_people(network: Network) -> Array:
    return np.where(network.lacks, network.people, 0.0)


def _least_lack(network: Network, count: int) -> Choice:
    """Choose one after the other, then prove it by trying every choice where they are few."""
    gains = siting.Gains(network.gains, network.people)
    asked = siting.Question(network.score, network.target, count)
    found = siting.improved(gains, asked, siting.place(gains, asked))
    choice_ = Choice(found.chosen, found.value, found.bound)
    if choice_.gap <= ROUNDING or comb(network.gains.shape[1], count) > MOST_TRIED:
        return choice_
    value = value_of(network.of_those_who_lack(), Objective.MANQUE)
    best = max(combinations(range(network.gains.shape[1]), count), key=value)
    most = value(best)
    if most <= found.value * (1 + ROUNDING):
        return Choice(found.chosen, found.value, found.value)
    return Choice(best, most, most)


def _most_raised(network: Network, count: int) -> Choice:
    """Try every choice: a threshold is passed or not, and no bound would be near."""
    candidates = network.gains.shape[1]
    if comb(candidates, count) > MOST_TRIED:
        raise InputError([Problem(
            "--objectif seuil",
            f"{number(comb(candidates, count))} choix possibles",
            f"au plus {number(MOST_TRIED)}, essayés un à un",
            "demander moins de lieux, un territoire plus petit, ou --objectif manque",
        )])  # fmt: skip
    lacking = network.of_those_who_lack()
    most = -1.0
    chosen: list[tuple[int, ...]] = []
    for one in combinations(range(candidates), count):
        raised = lacking.raised(one)
        if raised > most:
            most, chosen = raised, [one]
        elif raised == most:
            chosen.append(one)
    return Choice(min(chosen, key=network.travel), most, most)


def _check_count(network: Network, count: int) -> None:
    if not 1 <= count <= network.gains.shape[1]:
        raise InputError([Problem(
            "--nombre",
            number(count),
            f"un nombre de 1 à {number(network.gains.shape[1])}, celui des communes candidates",
            "demander moins de lieux, ou un territoire plus grand",
        )])  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Siting:
    """The choice made in a territory.

    Attributes
    ----------
    perimeter, baseline
        Where, and the situation today.
    structure, objective, asked, capacity
        What opens, what it is judged on, how many, consultations a year of each.
    network
        Homes of the baseline; only the inhabitants of the territory weigh on the choice.
    residents
        (homes,) all of them, neighbours included.
    choice
        The places, as positions in `perimeter.codes`.
    alternatives
        See `alternatives`.
    """

    perimeter: Perimeter
    baseline: Baseline
    structure: Structure
    objective: Objective
    asked: int
    capacity: float
    network: Network
    residents: Array
    choice: Choice
    alternatives: tuple[tuple[int, int, float], ...]

    @property
    def gain(self) -> Array:
        """(homes,) consultations per head gained."""
        return np.asarray(
            self.network.gains[:, list(self.choice.chosen)].sum(axis=1), np.float64
        ).ravel()

    @property
    def is_inside(self) -> np.ndarray:
        """(homes,) whether the commune is of the territory."""
        return np.isin(self.baseline.homes, self.perimeter.codes)

    @property
    def unknown(self) -> int:
        """Communes of the territory without a score: they weigh nothing."""
        return int((self.is_inside & np.isnan(self.network.score)).sum())

    def consultations(self, inside: bool) -> float:
        """Return the consultations a year that reach inhabitants, or their neighbours."""
        homes = self.is_inside if inside else ~self.is_inside
        return float(self.gain[homes] @ self.baseline.people[homes])

    def lacking(self, place: int) -> tuple[float, float, float]:
        """Return, of one place alone, who lack and gain, their mean gain, who pass the target."""
        network = self.network
        gain = network.gains[:, [place]].toarray().ravel()
        people = np.where(network.lacks & (gain > 0), network.people, 0.0)
        total = float(people.sum())
        mean = float(people @ gain) / total if total else 0.0
        return total, mean, network.raised([place])


def capacity_of(structure: Structure, baseline: Baseline, on: date) -> float:
    """Return the consultations a year of a place, where nothing else is said.

    A MSP has the fewest doctors of a SISA, an antenne the hours the law allows, a centre one
    full-time doctor.

    Parameters
    ----------
    structure
        What opens.
    baseline
        Holds the activity of a doctor.
    on
        The day of the rules.
    """
    each = baseline.method.per_place
    if structure is Structure.MSP:
        return each * float(explain(f"{LAW}.sisa.medecins", on).value)
    if structure is Structure.ANTENNE:
        hours = float(explain(f"{LAW}.centre_de_sante.antenne.heures_semaine", on).value)
        return each * hours / float(explain("medecin_generaliste.temps.heures_patients", on).value)
    return each


def sited(
    perimeter: Perimeter,
    baseline: Baseline,
    engine: Engine,
    on: date,
    structure: Structure,
    objective: Objective,
    count: int,
    capacity: float | None = None,
    minutes: float = 15.0,
) -> Siting:
    """Return where to open places in a territory.

    Parameters
    ----------
    perimeter
        Its communes are the candidates; its inhabitants weigh on the choice.
    baseline
        The situation today, neighbours included.
    engine
        Gives the minutes.
    on
        The day of the rules.
    structure, objective, count
        What opens, what it is judged on, how many.
    capacity
        Consultations a year of each; see `capacity_of`.
    minutes
        That count as covered.

    Raises
    ------
    InputError
        As `choice`.
    """
    each = capacity_of(structure, baseline, on) if capacity is None else capacity
    residents = np.nan_to_num(
        np.asarray(index().population[index().positions(baseline.homes)], np.float64)
    )
    inside = np.isin(baseline.homes, perimeter.codes)
    columns = {code: k for k, code in enumerate(baseline.places)}
    places = [columns[code] for code in perimeter.codes]
    far = max(minutes, baseline.travel.cutoff_minutes)
    network = Network(
        baseline.official,
        np.where(inside, residents, 0.0),
        sp.csc_array(baseline.fit.operator[:, places] * each),
        sp.csc_array(engine.times(baseline.homes, perimeter.codes, far).minutes),
        float(latest("apl.seuils.sous_dense", on).value),
        minutes,
    )
    found = choice(network, objective, count)
    return Siting(
        perimeter, baseline, structure, objective, count, each, network, residents, found,
        alternatives(network, objective, found),
    )  # fmt: skip
