"""What is left to live on, as the commission of individual aids reads it; an orientation."""

import datetime as dt

from assemblier.aids.legality.fields import Kind
from assemblier.data.documents import cited_text
from assemblier.projects.calculation import Block, Calculation
from assemblier.projects.entries import Entries, computed
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers, Form, question
from assemblier.projects.study import Drawn, Picture, Statement, Study, quantity

PASSAGE = "aides_individuelles"
FORM = Form(
    "reste-a-vivre",
    "Aide individuelle de l'assurance maladie : le reste à vivre",
    (
        question("nom", "Ce qui désigne le dossier, sans nom de personne", Kind.TEXTE),
        question("ressources", "Ressources du foyer, en € par mois", is_required=True),
        question("charges", "Charges du foyer, en € par mois", is_required=True),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return what is left to live on, and whom to ask; nothing is decided here.

    Always true
    -----------
    Resources are the charges and what is left to live on.
    """
    entries = Entries(answers, on)
    rows = (
        entries.entry("ressources", "ressources", "€ par mois"),
        entries.entry("charges", "charges", "€ par mois"),
        computed("reste", "reste à vivre", "€ par mois", ref("ressources") - ref("charges")),
    )
    calculation = Calculation((Block("Le reste à vivre", rows),))
    left = quantity(calculation.value("reste"), "€ par mois")
    passage = cited_text(PASSAGE)
    return Study(
        FORM.kind,
        "Aide individuelle de l'assurance maladie",
        answers.get("nom") or "dossier",
        on,
        calculation,
        (
            Statement(f"Reste à vivre : {left}, ressources moins charges.", (("reste", 0),)),
            *(Statement(item) for item in passage.items),
        ),
        None,
        (
            Picture(
                "reste",
                "Ressources, charges et reste à vivre",
                Drawn.BARS,
                ("ressources", "charges", "reste"),
                "Le reste à vivre est ce que les charges laissent des ressources.",
            ),
        ),
        (),
        (
            "Assemblier ne décide de rien : la demande se fait auprès de la caisse primaire "
            "d'assurance maladie, le CCAS peut aider à la préparer.",
            "Illustration : les ressources et les charges que la commission retient ne sont pas "
            "publiées.",
        ),
        sources=(passage.source,),
    )
