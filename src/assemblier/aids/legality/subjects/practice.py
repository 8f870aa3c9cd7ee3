"""Where one may practise: a second practice, a convention where supply is high."""

import datetime as dt

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, Law, State, judged, law
from assemblier.aids.legality.subjects.subject import Answers, Subject
from assemblier.zoning.classes import FIVE_LEVEL_PROFESSIONS, MEDECIN, Niveau, level_label
from assemblier.zoning.rules import installation_rule

_LEVELS = tuple(level.value for level in Niveau)


def _second(answers: Answers, on: dt.date) -> list[Finding]:
    rule = law("cabinet_secondaire.formalite", on)
    said = (
        "Le cabinet secondaire est déclaré à l'ordre ; aucune autorisation n'est nécessaire.",
        "Un cabinet secondaire se déclare à l'ordre des médecins.",
        "La déclaration à l'ordre n'est pas dite.",
    )
    action = "Déclarer le cabinet au conseil départemental de l'ordre : une simple déclaration."
    return [judged("Déclaration à l'ordre", answers.get("declare"), rule, on, said, action)]


SECOND_PRACTICE = Subject(
    "cabinet-secondaire",
    "Cabinet secondaire d'un médecin",
    (Field("declare", "Le cabinet est déclaré à l'ordre", Kind.OUI_NON),),
    _second,
)


def _selective(answers: Answers, on: dt.date) -> list[Finding]:
    clause, profession, level = "Cessation préalable", answers["profession"], answers.get("niveau")
    if profession == MEDECIN:
        said = "Les médecins n'ont pas de conventionnement subordonné à une cessation."
        return [Finding(clause, State.CONFORME, said)]
    if level is None:
        said = "Le niveau de la zone n'est pas dit."
        action = "Le lire avec « assemblier zonage COMMUNE --profession … »."
        return [Finding(clause, State.A_COMPLETER, said, None, action)]
    rule = installation_rule(profession, Niveau(level), on)
    name = level_label(Niveau(level), profession, on)
    text = Law(rule.reference) if rule.reference else None
    if rule.needs_cessation is None:
        action = "Demander la règle à la caisse primaire."
        return [Finding(clause, State.A_CONFIRMER, rule.sentence, None, action)]
    if not rule.needs_cessation:
        return [Finding(clause, State.CONFORME, f"Zone {name}. {rule.sentence}", text)]
    ended = answers.get("cessation")
    said = f"Zone {name}. {rule.sentence}"
    if ended is None:
        action = "Dire si un confrère cesse son activité dans la zone."
        return [Finding(clause, State.A_COMPLETER, said, text, action)]
    if ended:
        return [Finding(clause, State.CONFORME, f"{said} Elle a eu lieu.", text)]
    action = "Attendre une cessation, ou choisir une autre zone."
    return [Finding(clause, State.CONTRAIRE, said, text, action)]


SELECTIVE = Subject(
    "conventionnement",
    "Conventionnement sélectif",
    (
        Field(
            "profession",
            "La profession",
            Kind.CHOIX,
            (MEDECIN, *FIVE_LEVEL_PROFESSIONS),
            is_required=True,
        ),
        Field("niveau", "Le niveau de la zone", Kind.CHOIX, _LEVELS),
        Field("cessation", "Un confrère cesse son activité dans la zone", Kind.OUI_NON),
    ),
    _selective,
    ("conventionnement possible", "conventionnement refusé", "à compléter"),
)
