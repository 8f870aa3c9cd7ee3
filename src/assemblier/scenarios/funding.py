"""What a scenario already answers of the project that pays for it."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import scipy.sparse as sp

from assemblier.access import Baseline
from assemblier.figures import Confidence, Nature
from assemblier.parameters import explain
from assemblier.projects.form import Answers
from assemblier.scenarios.scenario import Change, Scenario
from assemblier.territory import index

CENTRE = "centre-de-sante"
ORIGIN = "dit par le scénario"
NEAR = "dit par le scénario : habitants dans la première bande de trajet de l'APL"
FULL_WEEK = "projets.reperes.port_la_nouvelle.heures_semaine"


def answered(nature: str, scenario: Scenario, baseline: Baseline, on: date) -> dict[str, Any]:
    """Return the answers of a project that a scenario holds; none where it holds nothing of it.

    An antenna or a centre gives the budget of a centre its doctors, their hours and the
    inhabitants it serves: those near enough for its whole activity to count.

    Parameters
    ----------
    nature
        A key of `projects.kinds.KINDS`.
    scenario, baseline
        What is tried, on what.
    on
        The day of the parameters.
    """
    if nature != CENTRE:
        return {}
    opened = [one for one in scenario.changes if one.kind in ("antenne", "centre_de_sante")]
    if not opened or opened[0].text("commune") not in baseline.places:
        return {}
    change, week = opened[0], float(explain(FULL_WEEK, on).value)
    doctors = change.number("medecins")
    if change.kind == "antenne":
        doctors = change.number("heures_semaine") / week
    return {
        "medecins": round(doctors, 3),
        "heures_semaine": round(week, 1),
        "population": round(_served(change, baseline)),
    }


def _served(change: Change, baseline: Baseline) -> float:
    """Return the residents of the communes in the first band of the indicator."""
    within = float(baseline.method.bands.decay.edges[0])
    place = baseline.places.index(change.text("commune"))
    pairs = sp.coo_array(baseline.travel.minutes[:, [place]])
    near = pairs.coords[0][pairs.data <= within]
    codes = [baseline.homes[home] for home in near]
    return float(np.nansum(index().population[index().positions(codes)]))


def marked(answers: Answers, held: dict[str, Any], said: frozenset[str]) -> Answers:
    """Return the answers, those the scenario gave marked as such.

    Parameters
    ----------
    answers
        As read.
    held
        From `answered`.
    said
        Keys the user answered.
    """
    origin = {"population": NEAR}
    kept = {key: (origin.get(key, ORIGIN), Confidence.CONFIRME) for key in held if key not in said}
    natures = {key: Nature.CALCULE if key == "population" else Nature.REPONSE for key in kept}
    return replace(
        answers,
        origins={**answers.origins, **kept},
        natures={**answers.natures, **natures},
    )
