"""CPTS, maison de santé, centre de santé: what each is, side by side."""

import datetime as dt

from assemblier.aids.legality.fields import Kind
from assemblier.projects.calculation import Block, Calculation
from assemblier.projects.entries import Entries, guide, panorama
from assemblier.projects.form import Answers, Form, question
from assemblier.projects.study import Listing, Statement, Study

FORM = Form(
    "comparer",
    "CPTS, maison ou centre de santé : lequel",
    (
        question(
            "but",
            "Ce que l'on cherche",
            Kind.CHOIX,
            ("organiser_le_territoire", "exercer_ensemble_en_liberal", "salarier"),
        ),
    ),
)
COLUMNS = ("", "CPTS", "MSP", "CDS")
_TEAM = (
    "organiser la continuité des soins et l'accès aux soins non programmés, travailler en équipe, "
    "partager un système d'information, répondre aux crises sanitaires graves"
)
ROWS = (
    (
        "Pour qui",
        "la population d'un territoire (approche populationnelle)",
        "la patientèle commune des libéraux",
        "la patientèle commune des salariés",
    ),
    (
        "Qui en est membre",
        "libéraux, MSP et CDS, établissements de santé, dispositifs d'appui, usagers",
        "professionnels libéraux réunis en SISA",
        "salariés d'un gestionnaire",
    ),
    ("Statut", "chacun garde le sien", "libéral", "salarié"),
    (
        "Regroupement",
        "aucun : une coordination territoriale",
        "le plus souvent un lieu, parfois plusieurs",
        "un lieu, et des antennes sous conditions",
    ),
    (
        "Missions",
        "accès à un médecin traitant et aux soins non programmés, parcours, prévention, "
        "crises sanitaires graves",
        _TEAM,
        _TEAM,
    ),
    (
        "Forme juridique",
        "une structure, généralement une association",
        "une SISA",
        "une collectivité, une association, une mutuelle, un établissement, une coopérative",
    ),
    (
        "Financement",
        "de 287 000 € à 580 000 € par an selon la taille (2023)",
        "70 000 € par an en moyenne (2023), les charges communes étant payées par les libéraux",
        "les actes, des forfaits, et une subvention d'équilibre s'il manque",
    ),
    (
        "Coordination clinique",
        "non : la CPTS n'a pas pour objet la coordination clinique",
        "oui, autour des patients suivis",
        "oui, autour des patients suivis",
    ),
)
ADVICE = {
    "organiser_le_territoire": "Une CPTS : elle organise les professionnels d'un territoire.",
    "exercer_ensemble_en_liberal": "Une maison de santé : des libéraux autour d'un projet de "
    "santé, s'ils sont au moins deux médecins et un paramédical.",
    "salarier": "Un centre de santé : des professionnels salariés, un gestionnaire qui assume le "
    "risque économique.",
}


def study(answers: Answers, on: dt.date) -> Study:
    """Return the three side by side, and the one that answers a purpose."""
    sources = (panorama(34), guide("pages 48 et suivantes"), guide("pages 80 et suivantes"))
    listing = Listing("comparaison", "CPTS, MSP et CDS côte à côte", COLUMNS, ROWS, "", sources)
    entries = Entries(answers, on)
    block = Block(
        "Montants cités",
        (
            entries.given("cpts_bas", "CPTS, au moins", "€ par an", "cpts.financement.minimum"),
            entries.given("cpts_haut", "CPTS, au plus", "€ par an", "cpts.financement.maximum"),
            entries.given(
                "msp", "MSP, ordre de grandeur", "€ par an", "aides.aci_msp.ordre_de_grandeur"
            ),
        ),
    )
    advice = ADVICE.get(answers.get("but") or "", "")
    told = (
        "La CPTS s'adresse à la population d'un territoire ; la maison et le centre de santé, à "
        "leur patientèle."
    )
    return Study(
        FORM.kind,
        "CPTS, maison ou centre de santé",
        "lequel est pour moi ?",
        on,
        Calculation((block,)),
        tuple(Statement(text) for text in (told, advice) if text),
        listings=(listing,),
        sources=sources,
    )
