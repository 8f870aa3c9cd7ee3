"""A practice shared by retired doctors, as in Laval: how many full-time doctors it makes."""

import datetime as dt

from assemblier.aids.legality.fields import Kind
from assemblier.figures import Confidence
from assemblier.projects.calculation import Block, Calculation
from assemblier.projects.entries import Entries, computed, fraction, guide, read_example
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers, Form, question
from assemblier.projects.study import Drawn, Picture, Statement, Study, quantity

LAVAL = "laval"
_R = "projets.retraites."
_CHAPTER = "pages 58 et suivantes"

FORM = Form(
    "retraites",
    "Cabinet partagé de médecins retraités",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question("medecins", "Médecins retraités", is_required=True),
        question(
            "demi_journees", "Demi-journées par semaine et par médecin", is_required=True, most=10
        ),
        question("heures_demi_journee", "Heures de consultation d'une demi-journée", most=8),
        question("minutes", "Durée d'une consultation, en minutes", least=1),
        question("secretaires", "Secrétaires mises à disposition, en ETP"),
        question("infirmiers", "Infirmiers mis à disposition, en ETP"),
        question("cout_soutien", "Coût annuel des personnels mis à disposition, en €"),
    ),
)


def laval(on: dt.date) -> Answers:
    """Return the practice of Laval: fifteen doctors, two to three half-days a week on average."""
    keys = ("medecins", "demi_journees_minimum", "demi_journees_maximum")
    read, origins = read_example({key: f"projets.reperes.laval.{key}" for key in keys}, on)
    low, high = read["demi_journees_minimum"], read["demi_journees_maximum"]
    middle = "milieu de « deux à trois demi-journées par semaine en moyenne », guide de 2019"
    lent = "« une infirmière et une secrétaire », guide de 2019 ; le temps plein est supposé"
    return Answers(
        {
            "nom": "Laval (Mayenne), exemple du guide de 2019",
            "medecins": read["medecins"],
            "demi_journees": (low + high) / 2,
            "secretaires": fraction(1),
            "infirmiers": fraction(1),
        },
        {},
        {
            "medecins": origins["medecins"],
            "demi_journees": (middle, Confidence.CONFIRME),
            "secretaires": (lent, Confidence.NON_CONFIRME),
            "infirmiers": (lent, Confidence.NON_CONFIRME),
        },
    )


def study(answers: Answers, on: dt.date) -> Study:
    """Return the half-days, the full-time equivalent and the consultations of the practice."""
    entries = Entries(answers, on)
    given = (
        entries.entry("medecins", "médecins retraités", "médecins"),
        entries.entry("demi_journees", "demi-journées de chacun", "par semaine"),
        entries.given(
            "base", "demi-journées d'un temps plein", "par semaine", f"{_R}demi_journees_etp"
        ),
        entries.entry(
            "heures_demi_journee",
            "heures d'une demi-journée",
            "heures",
            f"{_R}heures_demi_journee",
            ranged=True,
        ),
        entries.entry(
            "minutes",
            "durée d'une consultation",
            "minutes",
            "medecin_generaliste.temps.minutes_consultation",
            ranged=True,
        ),
        entries.entry("secretaires", "secrétaires mises à disposition", "ETP", optional=True),
        entries.entry("infirmiers", "infirmiers mis à disposition", "ETP", optional=True),
        entries.entry("cout_soutien", "coût des personnels mis à disposition", "€ par an"),
    )
    found = (
        computed(
            "total",
            "demi-journées par semaine",
            "demi-journées",
            ref("medecins") * ref("demi_journees"),
            1,
        ),
        computed("etp", "équivalent temps plein", "ETP", ref("total") / ref("base"), 2),
        computed(
            "heures",
            "heures de consultation par semaine",
            "heures",
            ref("total") * ref("heures_demi_journee"),
            1,
        ),
        computed(
            "consultations",
            "consultations par semaine",
            "consultations",
            ref("heures") * 60 / ref("minutes"),
        ),
        computed(
            "cout_etp",
            "coût du soutien par médecin à temps plein",
            "€ par an",
            ref("cout_soutien") / ref("etp"),
        ),
    )
    calculation = Calculation((Block("Le cabinet", given), Block("Ce qu'il offre", found)))
    half_days = quantity(calculation.value("total"), "demi-journées par semaine", 1)
    return Study(
        FORM.kind,
        "Cabinet partagé de médecins retraités",
        answers.get("nom") or "cabinet partagé",
        on,
        calculation,
        (
            Statement(
                f"Le cabinet offre {half_days}, soit "
                f"{quantity(calculation.value('etp'), 'médecins à temps plein', 2)}.",
                (("total", 0), ("etp", 0), ("consultations", 0)),
            ),
        ),
        ("consultations", 0),
        (
            Picture(
                "temps",
                "Demi-journées : le cabinet, et un seul médecin à temps plein",
                Drawn.BARS,
                ("total", "base"),
                "Plusieurs temps très partiels font quelques temps pleins.",
            ),
        ),
        (),
        (
            "À Laval, les retraités sont salariés d'un centre de santé mutualiste ; deux internes "
            "et un coordonnateur s'y ajoutent, que ce calcul ne compte pas.",
            "Les conditions du cumul emploi-retraite sont à vérifier avec « assemblier aides ».",
        ),
        sources=(guide(_CHAPTER),),
    )
