"""The coordinator of a contrat local de santé or of a conseil local de santé mentale."""

import datetime as dt

from assemblier.aids.legality.fields import Kind
from assemblier.projects.calculation import Block, Calculation
from assemblier.projects.entries import Entries, computed, panorama
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers, Form, question
from assemblier.projects.study import Drawn, Picture, Statement, Study, quantity

FORM = Form(
    "coordonnateur",
    "Coordonnateur d'un CLS ou d'un CLSM",
    (
        question("nom", "Nom du contrat", Kind.TEXTE),
        question(
            "cout_poste", "Coût annuel du poste, cotisations comprises, en €", is_required=True
        ),
        question("diagnostic", "Coût du diagnostic local de santé, en €"),
        question("annees", "Durée du contrat, en années", least=1, most=10),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return who pays what: the agency its share of the post and the diagnosis.

    Always true
    -----------
    What the agency pays and what the local authority pays sum to the cost.
    """
    entries = Entries(answers, on)
    rows = [
        entries.entry("cout_poste", "coût du poste", "€ par an"),
        entries.given("part", "part de l'agence régionale de santé", "%", "aides.cls_coord.part"),
        entries.given(
            "repere",
            "montant que la présentation écrit à côté du poste",
            "€",
            "aides.cls_coord.montant",
        ),
        entries.entry("diagnostic", "diagnostic, financé par l'agence", "€", optional=True),
        computed("ars", "part de l'agence", "€ par an", ref("cout_poste") * ref("part") / 100),
        computed("local", "part de la collectivité", "€ par an", ref("cout_poste") - ref("ars")),
    ]
    if answers.get("annees") is not None:
        rows += [
            entries.entry("annees", "durée du contrat", "ans"),
            computed(
                "ars_total",
                "agence, sur la durée",
                "€",
                ref("ars") * ref("annees") + ref("diagnostic"),
            ),
            computed(
                "local_total", "collectivité, sur la durée", "€", ref("local") * ref("annees")
            ),
        ]
    calculation = Calculation((Block("Qui paie quoi", tuple(rows)),))
    ars, local = (quantity(calculation.value(key), "€ par an") for key in ("ars", "local"))
    return Study(
        FORM.kind,
        "Coordonnateur d'un contrat local de santé",
        answers.get("nom") or "CLS ou CLSM",
        on,
        calculation,
        (
            Statement(
                f"L'agence verse {ars}, la collectivité {local} ; le diagnostic est financé par "
                "l'agence.",
                (("ars", 0), ("local", 0)),
            ),
        ),
        None,
        (
            Picture(
                "qui_paie",
                "Qui paie le poste",
                Drawn.BARS,
                ("ars", "local"),
                "L'agence et la collectivité se partagent le poste.",
            ),
        ),
        (),
        (
            "La présentation écrit « diagnostic + 50% poste coordonnateur CLS/CLSM (35 000 €) » : "
            "on lit que 35 000 € est la moitié d'un poste de 70 000 € ; ce peut être aussi le coût "
            "du poste. À confirmer avec la délégation départementale.",
            "Ce cofinancement n'est connu qu'en Auvergne-Rhône-Alpes.",
        ),
        sources=(panorama(48),),
    )
