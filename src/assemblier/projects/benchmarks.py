"""Published orders of magnitude beside which a project stands."""

import datetime as dt

from assemblier.projects.calculation import Block, Calculation
from assemblier.projects.entries import Entries, computed
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers


def msp_benchmark(on: dt.date) -> Block:
    """Return the maisons de santé financed in 2018: the share of the State, the mean project."""
    entries = Entries(Answers(), on)
    p = "aides.detr."
    return Block(
        "Repère : les maisons de santé aidées par l'État en 2018",
        (
            entries.given(
                "repere_projets", "maisons de santé aidées", "projets", f"{p}projets_2018"
            ),
            entries.given(
                "repere_etat", "subventions de l'État (DETR, DSIL, FNADT)", "€", f"{p}euros_2018"
            ),
            entries.given("repere_part", "part de l'État dans le coût", "%", f"{p}part_2018"),
            computed(
                "repere_cout",
                "coût total que cela implique",
                "€",
                ref("repere_etat") / ref("repere_part") * 100,
            ),
            computed(
                "repere_projet",
                "coût moyen d'un projet",
                "€",
                ref("repere_cout") / ref("repere_projets"),
            ),
            computed(
                "repere_etat_projet",
                "subvention moyenne de l'État",
                "€",
                ref("repere_etat") / ref("repere_projets"),
            ),
        ),
    )


def mean_msp_cost(on: dt.date) -> tuple[float, str]:
    """Return the mean cost of a maison de santé, in euros, and what it is.

    Examples
    --------
    >>> cost, told = mean_msp_cost(dt.date(2026, 11, 22))
    >>> round(cost, -4), "2018" in told
    (1170000.0, True)
    """
    found = Calculation((msp_benchmark(on),))
    cost, count = (found.value(key) for key in ("repere_projet", "repere_projets"))
    if cost is None or count is None:
        raise ValueError("repère des maisons de santé : valeur absente")
    return float(cost), f"coût moyen des {count} maisons de santé aidées par l'État en 2018"
