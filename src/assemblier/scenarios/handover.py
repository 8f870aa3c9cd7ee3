"""Practices to hand over: announced departures without a successor, and what would be lost."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from assemblier import parameters
from assemblier.aids.catalogue import dispositif
from assemblier.aids.places import places_of
from assemblier.errors import InputError
from assemblier.figures import Provenance
from assemblier.scenarios.outcome import outcome
from assemblier.scenarios.scenario import Change, Scenario
from assemblier.territory import Perimeter, index

if TYPE_CHECKING:
    from assemblier.access import Baseline
    from assemblier.aids.engine import Answer
    from assemblier.travel import Engine
    from assemblier.zoning.acts import Register

YEARS = "alerte.cabinet_a_transmettre.annees"
COTRAM = "COTRAM"
"""The contract of those who prepare their departure and welcome a successor."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """A departure somebody announced; never a name.

    Attributes
    ----------
    commune
        Code of the commune of the practice.
    day
        The day it stops.
    patients
        Patients who have declared this doctor theirs; None where unknown.
    has_successor
        Whether somebody takes over; None where unknown, which is nobody yet.
    profile
        What else was said, by input of the aids (`age`, `secteur`, `age_successeur`…).
    """

    commune: str
    day: dt.date
    patients: int | None = None
    has_successor: bool | None = None
    profile: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What one departure takes away, if nobody takes over.

    Attributes
    ----------
    before, after
        APL of the commune; None where it is not known.
    acts
        Consultations a year that inhabitants of the territory and around no longer have.
    communes
        How many communes lose at least 0.005.
    missing
        Why none of this is known; empty where it is.
    """

    before: float | None = None
    after: float | None = None
    acts: float | None = None
    communes: int = 0
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice to hand over.

    Attributes
    ----------
    nom
        Of its commune.
    months
        Whole months left.
    cotram
        What the contract of transition answers.
    loss
        What is lost if nobody takes over.
    """

    leaving: Leaving
    nom: str
    months: int
    cotram: "Answer"
    loss: Loss


@dataclass(frozen=True, slots=True)
class Handover:
    """The practices of a territory to hand over, the first to stop first.

    Attributes
    ----------
    years
        Within how many years.
    practices
        Those without a successor.
    secured, later, past
        Departures with a successor, beyond these years, before the day of the report.
    patients
        Those of the practices whose number is known, and how many practices do not tell.
    together
        What all of them leaving takes away.
    provenance
        Sources, method, parameters.
    """

    years: int
    practices: tuple[Practice, ...]
    secured: int
    later: int
    past: int
    patients: tuple[int, int]
    together: Loss
    provenance: Provenance


def to_hand_over(leavings: Sequence[Leaving], on: dt.date) -> tuple[Leaving, ...]:
    """Return the departures to come within the years of the parameter, without a successor.

    Parameters
    ----------
    leavings
        In any order.
    on
        The day of the report.

    Always true
    -----------
    A departure with a successor, past, or later than these years is never there.

    Examples
    --------
    >>> soon = Leaving("43234", dt.date(2028, 6, 30), 900)
    >>> to_hand_over([soon], dt.date(2026, 11, 22)) == (soon,)
    True
    """
    last = limit_day(on)
    kept = [one for one in leavings if on <= one.day <= last and not one.has_successor]
    return tuple(sorted(kept, key=lambda one: (one.day, one.commune)))


def limit_day(on: dt.date) -> dt.date:
    """Return the last day a departure counts as near.

    Examples
    --------
    >>> limit_day(dt.date(2024, 2, 29))
    datetime.date(2026, 2, 28)
    """
    year = on.year + int(parameters.value(YEARS, on))
    try:
        return on.replace(year=year)
    except ValueError:  # 29 February
        return on.replace(year=year, day=28)


def handover(
    leavings: Sequence[Leaving],
    perimeter: Perimeter,
    on: dt.date,
    baseline: "Baseline | None" = None,
    engine: "Engine | None" = None,
    register: "Register | None" = None,
) -> Handover:
    """Return the practices to hand over, what the aids say, what would be lost.

    Parameters
    ----------
    leavings
        Departures announced.
    perimeter
        The territory.
    on
        The day of the report.
    baseline, engine
        What the loss is read on; without them it is not known.
    register
        The acts of zoning that say the zone of a commune.
    """
    near = to_hand_over(leavings, on)
    names = dict(zip(index().codes, index().nom.tolist(), strict=True))
    practices = tuple(
        Practice(
            one,
            str(names.get(one.commune, one.commune)),
            _months(on, one.day),
            _cotram(one, on, register),
            loss([one.commune], perimeter, on, baseline, engine),
        )
        for one in near
    )
    told = [one.patients for one in near if one.patients is not None]
    last = limit_day(on)
    return Handover(
        int(parameters.value(YEARS, on)),
        practices,
        sum(bool(one.has_successor) and on <= one.day <= last for one in leavings),
        sum(one.day > last for one in leavings),
        sum(one.day < on for one in leavings),
        (sum(told), len(near) - len(told)),
        loss([one.commune for one in near], perimeter, on, baseline, engine),
        _provenance(on, baseline),
    )


def loss(
    communes: Sequence[str],
    perimeter: Perimeter,
    on: dt.date,
    baseline: "Baseline | None",
    engine: "Engine | None",
) -> Loss:
    """Return what is lost if one practitioner leaves each commune named.

    Parameters
    ----------
    communes
        A code for each departure; the same twice for two.
    perimeter
        The territory.
    on
        The day of the rules.
    baseline, engine
        The situation before; without them nothing is known.
    """
    if not communes:
        return Loss(acts=0.0)
    if baseline is None or engine is None:
        return Loss(missing="le socle des scénarios n'est pas disponible ici")
    heads = {code: communes.count(code) for code in dict.fromkeys(communes)}
    changes = tuple(
        Change(rank, "retraite", (("commune", code), ("nombre", count)))
        for rank, (code, count) in enumerate(heads.items(), start=1)
    )
    try:
        found = outcome(Scenario("Départs", perimeter.expression, changes), baseline, on, engine)
    except InputError as error:
        return Loss(missing=" ; ".join(one.found for one in error.problems))
    balance = found.balance()
    home = baseline.homes.index(communes[0]) if len(heads) == 1 else -1
    before, after = (
        (None, None) if home < 0 else (_known(found.before[home]), _known(found.after[home]))
    )
    return Loss(before, after, balance.lost, balance.communes_down)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _months(on: dt.date, day: dt.date) -> int:
    """Return the whole months between two days."""
    return (day.year - on.year) * 12 + day.month - on.month - (day.day < on.day)


def _cotram(leaving: Leaving, on: dt.date, register: "Register | None") -> "Answer":
    from assemblier.aids.engine import ask

    told: dict[str, Any] = {"profession": "medecin_generaliste", "statut": "installe"}
    places = places_of([leaving.commune], told | dict(leaving.profile or {}), on, register)
    aid = dispositif(COTRAM)
    return ask(places.situations, on, aids=[aid]).answer(aid)


def _provenance(on: dt.date, baseline: "Baseline | None") -> Provenance:
    own = Provenance(
        method="Cabinets à transmettre : départs annoncés, sans successeur, dans le délai. La "
        "perte est celle d'un départ à la retraite essayé sur le socle.",
        parameters=(parameters.explain(YEARS, on).as_text(),),
    )
    return own if baseline is None else own | Provenance(baseline.provenance.sources)
