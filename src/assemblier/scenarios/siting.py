"""Where to open a few places of care in a territory: the choice, its proof, what comes close."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from assemblier.access import Baseline
from assemblier.access.method import latest
from assemblier.errors import Problem
from assemblier.french import date_text, number
from assemblier.maths.arrays import Array
from assemblier.maths.siting import shortfall
from assemblier.parameters import explain
from assemblier.projects.benchmarks import mean_msp_cost
from assemblier.scenarios.antenna import Reach, antenna_reach
from assemblier.scenarios.candidates import Candidate, State, communes, refused
from assemblier.scenarios.choosing import (
    Choice,
    Objective,
    Rules,
    alternatives,
    choice,
    growth,
)
from assemblier.scenarios.equity import Weighting, combined, weightings
from assemblier.scenarios.network import Network
from assemblier.scenarios.outcome import Outcome
from assemblier.scenarios.state_after import state_after
from assemblier.scenarios.transfer import Transfer, transfer
from assemblier.territory import Perimeter, index
from assemblier.travel import Engine

LAW = "aides.legalite"
FEWEST_SHOWN, MOST_SHOWN = 8, 20
"""How far the curve of the gain goes, at least and at most."""


class Structure(StrEnum):
    """What opens."""

    CENTRE = "centre_de_sante"
    MSP = "msp"
    ANTENNE = "antenne"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a siting.

    Attributes
    ----------
    structure
        What opens.
    objective
        What the choice is judged on.
    count
        Places to open; None for as many as the budget pays.
    candidates
        Among what; empty for the communes of the territory.
    capacity
        Consultations a year of the places that do not say; None for the usual one.
    minutes
        That count as covered.
    cost
        Euros, of the places that do not say; None for the usual one.
    budget
        Euros in all, or None.
    before
        The day by which places must be able to open, or None.
    weights
        See `equity.weightings`.
    centre
        For an antenna, the commune of its main site: the law bounds the minutes from it.
    is_listed
        Whether somebody chose the candidates one by one: a commune whose published score is
        contradicted is then a place like another.
    """

    structure: Structure
    objective: Objective = Objective.MANQUE
    count: int | None = 1
    candidates: tuple[Candidate, ...] = ()
    capacity: float | None = None
    minutes: float = 15.0
    cost: float | None = None
    budget: float | None = None
    before: dt.date | None = None
    weights: tuple[str, ...] = ()
    centre: str = ""
    is_listed: bool = True


@dataclass(frozen=True, eq=False)
class Siting:
    """The choice made in a territory.

    Attributes
    ----------
    perimeter, baseline
        Where, and the situation the choice starts from: today, or after a scenario.
    scenario
        What has changed before the choice; None where it starts from today.
    request
        What was asked.
    candidates
        Every place, those that are open or left out included.
    usual
        Consultations a year of a place that does not say.
    capacities
        (candidates,) consultations a year of each.
    costs
        (candidates,) euros each; nan where nobody said.
    cost_told
        Where the usual cost comes from; empty where it was given.
    network
        Homes of the baseline; only the inhabitants of the territory weigh on the choice.
    residents
        (homes,) all of them, neighbours included.
    rules
        What the choice respects.
    weights
        What each inhabitant counts for, and why; empty when each counts for one.
    choice
        The places, as positions in `candidates`.
    alternatives, growth
        See `choosing`.
    transfer
        What it would be if the teams were recruited among the neighbours.
    reach
        Of the main site of an antenna; None where it does not matter.
    doubtful
        Candidates left out because their published score is contradicted and nobody asked for
        them.
    """

    perimeter: Perimeter
    baseline: Baseline
    scenario: Outcome | None
    request: Request
    candidates: tuple[Candidate, ...]
    usual: float
    capacities: Array
    costs: Array
    cost_told: str
    network: Network
    residents: Array
    rules: Rules
    weights: tuple[Weighting, ...]
    choice: Choice
    alternatives: tuple[tuple[int, int, float], ...]
    growth: tuple[tuple[int, float], ...]
    transfer: Transfer
    reach: Reach | None
    doubtful: tuple[int, ...]

    @property
    def decided(self) -> tuple[int, ...]:
        """The places that open whatever is chosen."""
        return tuple(k for k in self.rules.fixed if self.candidates[k].etat is State.DECIDE)

    @property
    def opened(self) -> tuple[int, ...]:
        """The places that open: those decided already, then those chosen."""
        return (*self.decided, *self.choice.chosen)

    @cached_property
    def gain(self) -> Array:
        """(homes,) consultations per head gained, the places already decided included."""
        return self.gain_of(self.opened)

    def gain_of(self, places: Sequence[int]) -> Array:
        """Return (homes,) consultations per head that some places add, together."""
        return np.asarray(self.network.gains[:, list(places)].sum(axis=1), np.float64).ravel()

    @cached_property
    def is_inside(self) -> np.ndarray:
        """(homes,) whether the commune is of the territory."""
        return np.isin(self.baseline.homes, self.perimeter.codes)

    @property
    def lack(self) -> float:
        """What is lacking once what is decided is open: 100 % of what a choice may take away."""
        after = self.network.once_open(self.rules.fixed)
        return shortfall(after.score, after.weighed, after.target)

    @property
    def unknown(self) -> int:
        """Communes of the territory without a score: they weigh nothing."""
        return int((self.is_inside & np.isnan(self.network.score)).sum())

    @property
    def total_cost(self) -> float:
        """Euros of the places chosen; nan where one is unknown."""
        return float(self.costs[list(self.choice.chosen)].sum())

    @property
    def late(self) -> tuple[int, ...]:
        """Places left out because they cannot open in time."""
        return tuple(
            k
            for k, one in enumerate(self.candidates)
            if one.etat is State.POSSIBLE and is_late(one, self.request.before)
        )

    def consultations(self, inside: bool, places: Sequence[int] | None = None) -> float:
        """Return the consultations a year of places that reach inhabitants, or neighbours."""
        homes = self.is_inside if inside else ~self.is_inside
        gain = self.gain if places is None else self.gain_of(places)
        return float(gain[homes] @ self.baseline.people[homes])

    @property
    def activity_today(self) -> float:
        """Consultations a year of a place of practice of the territory, as fitted; nan unknown."""
        base = self.scenario.baseline if self.scenario else self.baseline
        known = np.isin(base.places, self.perimeter.codes) & (base.counts > 0)
        places = float(base.counts[known].sum())
        return float(base.fit.supply[known].sum()) / places if places else np.nan

    def around(self, place: int) -> tuple[float, float, float]:
        """Return the residents of the commune of a place, its score, and what it alone makes it.

        nan is unknown.
        """
        code = self.candidates[place].code_commune
        people = float(index().population[index().positions([code])[0]])
        if code not in self.baseline.homes:
            return people, np.nan, np.nan
        home = self.baseline.homes.index(code)
        before = float(self.network.score[home])
        return people, before, before + float(self.gain_of([place])[home])

    def relief(self, place: int) -> float:
        """Return the share of the lack that one place takes away alone, before any other opens."""
        network = self.network
        whole = shortfall(network.score, network.weighed, network.target)
        return network.removed([place]) / whole if whole else 0.0

    def lacking(self, place: int) -> tuple[float, float, float]:
        """Return, of one place alone, who lack and gain, their mean gain, who pass the target."""
        network = self.network
        gain = network.gains[:, [place]].toarray().ravel()
        people = np.where(network.lacks & (gain > 0), network.people, 0.0)
        total = float(people.sum())
        mean = float(people @ gain) / total if total else 0.0
        return total, mean, network.raised([place])


def is_late(one: Candidate, before: dt.date | None) -> bool:
    """Return whether a place opens too late."""
    return before is not None and one.disponible is not None and one.disponible > before


def capacity_of(structure: Structure, baseline: Baseline, on: dt.date) -> float:
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
    start: Baseline | Outcome,
    engine: Engine,
    on: dt.date,
    request: Request,
    problems: Sequence[Problem] = (),
) -> Siting:
    """Return where to open places in a territory.

    Parameters
    ----------
    perimeter
        Its inhabitants weigh on the choice; its communes are the candidates where none are given.
    start
        The situation today, neighbours included; or what a scenario makes of it.
    engine
        Gives the minutes.
    on
        The day of the rules.
    request
        What is asked.
    problems
        Already found while reading: nothing is then computed, all are said at once.

    Always true
    -----------
    What exists is always open, what is left out never, and the budget is never exceeded.
    After a scenario without changes, the choice is the same.
    One place chosen for the lack takes away as much as the best of them tried one by one.

    Raises
    ------
    InputError
        When a place, a cost, a budget or a number cannot be: every problem at once.
    UnavailableError
        When a weight needs what was not imported.
    """
    scenario = start if isinstance(start, Outcome) else None
    baseline = state_after(start) if isinstance(start, Outcome) else start
    candidates = request.candidates or communes(perimeter.codes)
    costs, cost_told = _costs(candidates, request, on)
    reach = antenna_reach(request.centre, candidates, engine, on) if request.centre else None
    doubtful = _doubtful(candidates, request, baseline, reach)
    free = _free(candidates, request, reach, doubtful)
    refused([
        *problems,
        *_uncentred(request),
        *_unreachable(candidates, baseline),
        *_uncounted(free, request, reach, doubtful),
        *_unpaid(free, candidates, costs, request),
        *_unserved(candidates, request),
    ])  # fmt: skip
    rules = _rules(free, candidates, costs, request)
    target = float(latest("apl.seuils.sous_dense", on).value)
    weights = weightings(request.weights, baseline, perimeter, target, on)
    usual = request.capacity or capacity_of(request.structure, baseline, on)
    capacities = np.array([one.capacite or usual for one in candidates])
    residents = np.nan_to_num(
        np.asarray(index().population[index().positions(baseline.homes)], np.float64)
    )
    inside = np.where(np.isin(baseline.homes, perimeter.codes), residents, 0.0)
    network = _network(
        baseline, engine, candidates, capacities, inside, target, request.minutes,
        combined(weights, len(inside)),
    )  # fmt: skip
    made = choice(network, request.objective, rules)
    asked = request.count or len(made.chosen)
    most = min(max(FEWEST_SHOWN, asked + 4), max(asked, MOST_SHOWN))
    opened = [k for k, one in enumerate(candidates) if one.etat is State.DECIDE] + list(made.chosen)
    moved = transfer(network, baseline, perimeter, opened, capacities)
    return Siting(
        perimeter, baseline, scenario, request, candidates, usual, capacities, costs, cost_told,
        network, residents, rules, weights, made,
        alternatives(network, request.objective, rules, made),
        growth(network, request.objective, rules, made, most), moved, reach, doubtful,
    )  # fmt: skip


def _network(
    baseline: Baseline,
    engine: Engine,
    candidates: Sequence[Candidate],
    capacities: Array,
    people: Array,
    target: float,
    minutes: float,
    weight: Array,
) -> Network:
    columns = {code: k for k, code in enumerate(baseline.places)}
    places = [columns[one.code_commune] for one in candidates]
    # What exists is already in the scores: it adds nothing.
    added = np.where([one.etat is State.EXISTANT for one in candidates], 0.0, capacities)
    far = max(minutes, baseline.travel.cutoff_minutes)
    codes = tuple(dict.fromkeys(one.code_commune for one in candidates))
    times = engine.times(baseline.homes, codes, far).minutes
    rank = {code: k for k, code in enumerate(codes)}
    gains = sp.csc_array(baseline.fit.operator[:, places] @ sp.diags_array(added))
    return Network(
        baseline.official,
        people,
        gains,
        sp.csc_array(times[:, [rank[one.code_commune] for one in candidates]]),
        target,
        minutes,
        weight,
    )


def _rules(
    free: Sequence[int], candidates: Sequence[Candidate], costs: Array, request: Request
) -> Rules:
    fixed = [k for k, one in enumerate(candidates) if one.etat in (State.EXISTANT, State.DECIDE)]
    # What costs more than the whole budget is left out: fewer may be left than asked for.
    kept = [k for k in free if request.budget is None or costs[k] <= request.budget]
    forbidden = sorted({*range(len(candidates))} - {*fixed, *kept})
    served = None
    if request.objective is Objective.COUVERTURE and any(one.habitants for one in candidates):
        served = np.array([one.habitants or 0.0 for one in candidates])
    return Rules(
        min(len(kept), request.count or len(kept)),
        # What is fixed costs nothing here; its cost may well be unknown.
        np.nan_to_num(costs, nan=1.0) if request.budget is not None else None,
        np.inf if request.budget is None else request.budget,
        tuple(fixed),
        tuple(forbidden),
        served,
    )


def _costs(candidates: Sequence[Candidate], request: Request, on: dt.date) -> tuple[Array, str]:
    """Return the cost of each place, and where the usual one comes from."""
    usual, told = request.cost, ""
    if usual is None and request.structure is Structure.MSP:
        usual, told = mean_msp_cost(on)
    costs = np.array([
        one.cout if one.cout is not None else np.nan if usual is None else usual
        for one in candidates
    ])  # fmt: skip
    return costs, told if any(one.cout is None for one in candidates) else ""


def _doubtful(
    candidates: Sequence[Candidate], request: Request, baseline: Baseline, reach: Reach | None
) -> tuple[int, ...]:
    """Return the places nobody asked for where two sources contradict each other."""
    if request.is_listed and request.candidates:
        return ()
    away = reach.away if reach else frozenset()
    return tuple(
        k
        for k, one in enumerate(candidates)
        if one.etat is State.POSSIBLE and one.code_commune in baseline.conflicts and k not in away
    )


def _free(
    candidates: Sequence[Candidate],
    request: Request,
    reach: Reach | None,
    doubtful: Sequence[int],
) -> list[int]:
    """Return the places that may be chosen, money apart."""
    closed = {*doubtful, *(reach.away if reach else ())}
    return [
        k
        for k, one in enumerate(candidates)
        if one.etat is State.POSSIBLE and not is_late(one, request.before) and k not in closed
    ]


def _uncentred(request: Request) -> list[Problem]:
    is_antenna = request.structure is Structure.ANTENNE
    if is_antenna == bool(request.centre):
        return []
    if is_antenna:
        return [Problem(
            "--centre", "non dit, pour une antenne",
            "la commune du centre de santé : la loi borne les minutes qui l'en séparent",
            "ajouter --centre COMMUNE",
        )]  # fmt: skip
    found = f"un centre, pour « {request.structure} »"
    return [Problem("--centre", found, "une antenne", "retirer --centre, ou --structure antenne")]


def _unreachable(candidates: Sequence[Candidate], baseline: Baseline) -> list[Problem]:
    known = set(baseline.places)
    return [
        Problem(
            f"lieu {one.label}", "hors de portée du territoire étudié",
            "une commune du territoire, ou à portée de ses habitants",
            "retirer ce lieu, ou étendre le territoire",
        )
        for one in candidates
        if one.code_commune not in known
    ]  # fmt: skip


def _uncounted(
    free: Sequence[int], request: Request, reach: Reach | None, doubtful: Sequence[int]
) -> list[Problem]:
    """Return what is wrong with the number of places asked for."""
    if not free:
        late = f" avant le {date_text(request.before)}" if request.before else ""
        near = f" à moins de {number(reach.limit.value)} minutes du centre" if reach else ""
        found = f"aucun lieu possible{near}{late}"
        action = "en ajouter un"
        if doubtful:
            found += ", une commune dont l'APL publiée est contredite mise à part"
            action = "la nommer dans un fichier (--lieux), ou en ajouter une autre"
        return [Problem("lieux", found, "au moins un lieu possible", action)]
    if request.count is None and request.budget is None:
        return [Problem("--nombre", "ni nombre ni budget", "l'un des deux", "le dire")]
    if request.count is not None and request.count > len(free):
        return [Problem(
            "--nombre", number(request.count),
            f"un nombre de 1 à {number(len(free))}, celui des lieux possibles",
            "demander moins de lieux, ou un territoire plus grand",
        )]  # fmt: skip
    return []


def _unpaid(
    free: Sequence[int], candidates: Sequence[Candidate], costs: Array, request: Request
) -> list[Problem]:
    """Return what is wrong with a budget."""
    if request.budget is None or not free:
        return []
    unknown = [k for k in free if np.isnan(costs[k])]
    if unknown:
        names = ", ".join(candidates[k].label for k in unknown[:3])
        more = f" et {number(len(unknown) - 3)} autres" if len(unknown) > 3 else ""
        return [Problem(
            "--budget", f"coût inconnu : {names}{more}", "le coût de chaque lieu possible",
            "ajouter --cout EUROS, ou une colonne « cout » au fichier des lieux",
        )]  # fmt: skip
    cheapest = min(free, key=lambda k: costs[k])
    if request.budget < costs[cheapest]:
        return [Problem(
            "--budget",
            f"{number(request.budget)} €, qui ne paie aucun lieu",
            f"au moins {number(costs[cheapest])} €, le coût du moins cher : "
            f"{candidates[cheapest].label}",
            "augmenter le budget, ou donner d'autres coûts par --cout ou par le fichier",
        )]  # fmt: skip
    return []


def _unserved(candidates: Sequence[Candidate], request: Request) -> list[Problem]:
    """Return what is wrong with the inhabitants that places can serve."""
    if request.objective is not Objective.COUVERTURE:
        return []
    said = [one for one in candidates if one.etat is not State.EXCLU]
    missing = [one for one in said if one.habitants is None]
    if len(missing) == len(said):
        return []
    problems = [
        Problem(
            f"lieu {one.label}, habitants", "non dit, alors que d'autres lieux le disent",
            "les habitants que chaque lieu peut servir, ou aucun", "compléter la colonne",
        )
        for one in missing
    ]  # fmt: skip
    if request.weights:
        problems.append(Problem(
            "--poids", "des poids, et des habitants à servir par lieu", "l'un des deux",
            "retirer --poids, ou la colonne « habitants »",
        ))  # fmt: skip
    return problems
