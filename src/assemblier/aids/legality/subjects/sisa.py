"""The company a maison de santé must form to be paid: SISA."""

import datetime as dt

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, judged, law
from assemblier.aids.legality.subjects.subject import Answers, Subject

_WHO = (("medecins", "médecins"), ("auxiliaires", "auxiliaires médicaux"))


def _sisa(answers: Answers, on: dt.date) -> list[Finding]:
    return [*(_count(key, name, answers, on) for key, name in _WHO), _sent(answers, on)]


def _count(key: str, name: str, answers: Answers, on: dt.date) -> Finding:
    rule = law(f"sisa.{key}", on)
    told = answers.get(key)
    return judged(
        name.capitalize(),
        None if told is None else told >= rule.value,
        rule,
        on,
        (
            f"{told} {name}, {rule.value} au moins.",
            f"{told} {name} : il en faut {rule.value} au moins parmi les associés.",
            f"Le nombre de {name} associés n'est pas dit.",
        ),
        f"Associer au moins {rule.value} {name}.",
        "Certaines agences demandent davantage dans leur cahier des charges.",
    )


def _sent(answers: Answers, on: dt.date) -> Finding:
    rule = law("sisa.transmission_mois", on)
    return judged(
        "Statuts transmis",
        answers.get("statuts_transmis"),
        rule,
        on,
        (
            "Les statuts sont transmis aux ordres et à l'agence avant l'immatriculation.",
            f"Les statuts sont transmis aux ordres et à l'agence {rule.value} mois avant "
            "l'immatriculation.",
            "La transmission des statuts n'est pas dite.",
        ),
        f"Transmettre les statuts aux ordres et à l'agence, {rule.value} mois avant.",
    )


SISA = Subject(
    "sisa",
    "Composition d'une SISA",
    (
        Field("medecins", "Médecins associés", Kind.ENTIER),
        Field("auxiliaires", "Auxiliaires médicaux associés", Kind.ENTIER),
        Field(
            "statuts_transmis",
            "Les statuts sont transmis aux ordres et à l'agence un mois avant l'immatriculation",
            Kind.OUI_NON,
        ),
    ),
    _sisa,
)
