"""The tax on second practices (CFE): its base, and what an exemption costs the local budget."""

import datetime as dt
from collections.abc import Iterator

from assemblier.aids.legality.fields import Kind
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, guide
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers, Form, question, share
from assemblier.projects.study import Drawn, Picture, Statement, Study, quantity

_CHAPTER = "pages 58 et suivantes"
NOT_COMPENSATED = "les exonérations sur délibération ne sont pas compensées par l'Etat"
QUESTIONS = (
    question("base", "Base de CFE d'un cabinet, en €, si elle est connue"),
    question("valeur_locative", "Valeur locative des locaux, en €"),
    question("surface_totale", "Surface des locaux, en m²"),
    question("surface_professionnelle", "Surface occupée par l'exercice, en m²"),
    share("taux", "Taux local de CFE"),
    question("cabinets", "Cabinets secondaires concernés"),
)

FORM = Form(
    "cfe",
    "Exonération de CFE des cabinets secondaires",
    (
        question("nom", "Nom de la collectivité", Kind.TEXTE),
        *QUESTIONS,
        question("annees", "Années d'exonération", least=1, most=99),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return the base, the tax of one practice and what the exemption costs each year.

    Always true
    -----------
    What is lost is the base × the rate × the number of practices; the State gives none of it back.
    """
    entries = Entries(answers, on)
    rows = [*base_rows(entries), *_lost(entries)]
    calculation = Calculation((Block("La cotisation foncière des entreprises", tuple(rows)),))
    lost = calculation.value("perte")
    return Study(
        FORM.kind,
        "Exonération de CFE des cabinets secondaires",
        answers.get("nom") or "collectivité",
        on,
        calculation,
        (
            Statement(
                f"L'exonération coûte {quantity(lost, '€ par an')}, en perte nette : "
                f"« {NOT_COMPENSATED} ».",
                (("perte", 0),),
            ),
        ),
        None,
        (
            Picture(
                "cfe",
                "La base et la cotisation d'un cabinet",
                Drawn.BARS,
                ("base", "cotisation"),
                "La cotisation est une part de la base.",
            ),
        ),
        (),
        (
            "Le lieu ouvre-t-il l'exonération ? « assemblier verifier-aide » le dit, article "
            "par article.",
            "Le taux voté et la valeur locative se demandent aux services fiscaux ; la cotisation "
            "minimale n'est pas calculée.",
        ),
        sources=(guide(_CHAPTER),),
    )


def base_rows(entries: Entries) -> Iterator[Row]:
    """Yield the rows down to the tax of one practice."""
    if entries.answers.get("base") is not None:
        yield entries.entry("base", "base de CFE d'un cabinet", "€")
    else:
        yield entries.entry("valeur_locative", "valeur locative des locaux", "€")
        yield entries.entry("surface_totale", "surface des locaux", "m²")
        yield entries.entry("surface_professionnelle", "surface de l'exercice", "m²")
        yield computed(
            "part_professionnelle",
            "part occupée par l'exercice",
            "%",
            ref("surface_professionnelle") / ref("surface_totale") * 100,
            1,
        )
        yield computed(
            "base",
            "base de CFE d'un cabinet",
            "€",
            ref("valeur_locative") * ref("part_professionnelle") / 100,
        )
    yield entries.entry("taux", "taux local de CFE", "%")
    yield entries.given("exoneration", "part exonérée", "%", "aides.cfe_1464d.taux")
    yield computed(
        "cotisation", "cotisation d'un cabinet", "€ par an", ref("base") * ref("taux") / 100
    )
    yield computed(
        "economie",
        "ce qu'un cabinet ne paie pas",
        "€ par an",
        ref("cotisation") * ref("exoneration") / 100,
    )


def _lost(entries: Entries) -> Iterator[Row]:
    yield entries.entry("cabinets", "cabinets secondaires", "cabinets")
    yield computed(
        "perte",
        "ressource perdue, sans compensation",
        "€ par an",
        ref("economie") * ref("cabinets"),
    )
    if entries.answers.get("annees") is not None:
        yield entries.entry("annees", "années d'exonération", "ans")
        yield computed(
            "perte_totale", "ressource perdue sur la durée", "€", ref("perte") * ref("annees")
        )
