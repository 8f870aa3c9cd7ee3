"""Published orders of magnitude beside which a project stands."""

import datetime as dt

from assemblier.projects.calculation import Block
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
