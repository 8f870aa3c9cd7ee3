"""Aid to the medical secretariat, as the Yvelines give it: a falling share of a capped salary."""

import datetime as dt
from collections.abc import Iterator

from assemblier.aids.legality.fields import Kind
from assemblier.parameters import explain
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, fraction, guide
from assemblier.projects.expressions import ref, smallest, total_of
from assemblier.projects.form import Answers, Form, question
from assemblier.projects.study import Drawn, Picture, Refusal, Statement, Study, quantity

YEARS = ("1re année", "2e année", "3e année")
_P = "aides.ex_yvelines_secretariat."
_CHAPTER = "pages 70 et suivantes"

FORM = Form(
    "secretariat",
    "Aide au secrétariat médical",
    (
        question("nom", "Nom de la maison médicale", Kind.TEXTE),
        question("salaire_brut", "Salaire brut annuel du poste, en €", is_required=True),
        question(
            "deja_subventionnee", "Cette maison a-t-elle déjà reçu cette subvention", Kind.OUI_NON
        ),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return the aid of each of the three years.

    Always true
    -----------
    The aid never exceeds the salary, nor the capped base.
    """
    found = explain(f"{_P}parts", on)
    entries = Entries(answers, on)
    shares = Row(
        "part",
        "part financée",
        "%",
        tuple(fraction(one) for one in found.value),
        0,
        found.as_text(),
        found.confidence,
    )
    base = smallest(ref("salaire_brut"), ref("plafond"))
    calculation = Calculation(
        (
            Block(
                "Le poste",
                (
                    entries.entry("salaire_brut", "salaire brut", "€ par an", ranged=True),
                    entries.given(
                        "plafond", "dépenses retenues, au plus", "€ par an", f"{_P}plafond"
                    ),
                    computed("base", "dépenses retenues", "€ par an", base),
                ),
            ),
            Block(
                "L'aide, année après année",
                (
                    shares,
                    computed(
                        "aide",
                        "aide",
                        "€ par an",
                        ref("part") / 100 * ref("base"),
                        columns=len(YEARS),
                    ),
                    computed(
                        "reste",
                        "reste à payer du salaire brut",
                        "€ par an",
                        ref("salaire_brut") - ref("aide"),
                        columns=len(YEARS),
                    ),
                ),
                YEARS,
            ),
            Block(
                "En tout",
                (
                    computed("total", "aide sur trois ans", "€", total_of("aide", len(YEARS))),
                    computed(
                        "reste_total",
                        "reste à payer sur trois ans",
                        "€",
                        total_of("reste", len(YEARS)),
                    ),
                ),
            ),
        )
    )
    return Study(
        FORM.kind,
        "Aide au secrétariat médical (modèle des Yvelines)",
        answers.get("nom") or "maison médicale",
        on,
        calculation,
        (_finding(calculation),),
        ("reste_total", 0),
        (_PICTURE,),
        (),
        ("Les cotisations de l'employeur ne sont pas aidées : seul le salaire brut l'est.",),
        tuple(_refusals(answers, on)),
        (guide(_CHAPTER),),
    )


def _finding(calculation: Calculation) -> Statement:
    years = [quantity(calculation.value("aide", year), "€") for year in range(3)]
    total = quantity(calculation.value("total"), "€")
    return Statement(
        f"L'aide est de {years[0]}, {years[1]} puis {years[2]} : {total} sur trois ans.",
        (("total", 0),),
    )


def _refusals(answers: Answers, on: dt.date) -> Iterator[Refusal]:
    most = explain("projets.secretariat.par_maison", on).value
    if answers.get("deja_subventionnee"):
        yield Refusal(
            "une seconde demande",
            f"l'aide est limitée à {most} subvention par maison médicale.",
            "chercher un autre financement pour ce poste (assistant médical, partage des charges).",
        )


_PICTURE = Picture(
    "aide",
    "Aide et reste à payer, année après année",
    Drawn.LINES,
    ("aide", "reste"),
    "L'aide baisse chaque année : le reste à payer monte d'autant.",
)
