"""Is a teleconsultation reimbursed, at a date, and is its place fit?"""

import datetime as dt

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, Law, State, judged, law
from assemblier.aids.legality.subjects.subject import (
    Answers,
    Condition,
    Subject,
    condition_findings,
)
from assemblier.aids.legality.wording import short

_ROOT = "teleconsultation"


def _excused(answers: Answers, on: dt.date) -> bool | None:
    """Whether an exception of the day holds; None where it was not told."""
    kinds = law(f"{_ROOT}.exception", on).value
    if "residence_en_zip" in kinds:
        told: bool | None = answers.get("reside_en_zip")
        return told
    dense, organised = answers.get("zone_sous_dense"), answers.get("organisation_coordonnee")
    if dense is False or organised is False:
        return False
    return None if dense is None or organised is None else True


def _findings(answers: Answers, on: dt.date) -> list[Finding]:
    excused = _excused(answers, on)
    found = [_seen(answers, on, excused), _pathway(answers, on, excused)]
    found += _alternation(answers, on)
    found += _nearness(answers, on, excused)
    found += _share(answers, on)
    return [one for one in found if one is not None]


def _seen(answers: Answers, on: dt.date, excused: bool | None) -> Finding | None:
    rule = law(f"{_ROOT}.mois_depuis_la_consultation", on)
    if not rule.value:
        return None
    told = answers.get("vu_depuis_mois")
    holds = None if told is None else told <= rule.value
    return _with_exception(
        "Patient connu",
        holds,
        excused,
        on,
        f"Le médecin a vu le patient dans les {rule.value} derniers mois.",
        f"Le médecin n'a pas vu le patient dans les {rule.value} derniers mois.",
        f"{_ROOT}.mois_depuis_la_consultation",
    )


def _pathway(answers: Answers, on: dt.date, excused: bool | None) -> Finding:
    since_2022 = law(f"{_ROOT}.territorialite", on).value
    return _with_exception(
        "Parcours de soins",
        answers.get("parcours_de_soins"),
        # From 2022 the exception is about nearness: the pathway has its own, not modelled.
        False if since_2022 else excused,
        on,
        "Le parcours de soins coordonné est respecté.",
        "Le parcours de soins coordonné n'est pas respecté.",
        f"{_ROOT}.parcours_de_soins",
    )


def _with_exception(
    clause: str,
    holds: bool | None,
    excused: bool | None,
    on: dt.date,
    kept: str,
    broken: str,
    path: str,
) -> Finding:
    """Judge a condition that an exception lifts; an exception not told is asked for."""
    exception = law(f"{_ROOT}.exception", on)
    if holds is not True and excused:
        said = f"Exception : {_exception_words(exception.value)}."
        return Finding(clause, State.CONFORME, said, Law.of(exception, on))
    if holds is False and excused is None:
        action = f"Dire si l'exception vaut : {_exception_words(exception.value)}."
        return Finding(clause, State.A_COMPLETER, broken, Law.of(law(path, on), on), action)
    action = (
        "Ne pas acheter une offre qui ne s'inscrit pas dans une organisation de médecins du "
        "territoire."
    )
    return judged(clause, holds, law(path, on), on, (kept, broken, "Non dit."), action)


def _exception_words(kinds: tuple[str, ...]) -> str:
    if "residence_en_zip" in kinds:
        return "le patient réside en zone d'intervention prioritaire"
    return (
        "zone sous-dense, dans une organisation coordonnée entre médecins du territoire (maison de "
        "santé, CPTS)"
    )


def _alternation(answers: Answers, on: dt.date) -> list[Finding]:
    rule = law(f"{_ROOT}.alternance", on)
    if not rule.value:
        return []
    said = (
        "Les téléconsultations alternent avec des consultations en présence.",
        "Le suivi se fait seulement à distance.",
        "Non dit.",
    )
    action = "Prévoir des consultations en présence."
    return [judged("Alternance", answers.get("alternance"), rule, on, said, action)]


def _nearness(answers: Answers, on: dt.date, excused: bool | None) -> list[Finding]:
    rule = law(f"{_ROOT}.territorialite", on)
    if not rule.value:
        return []
    return [
        _with_exception(
            "Proximité du médecin",
            answers.get("proximite"),
            excused,
            on,
            "Le médecin exerce à proximité du patient.",
            "Le médecin n'exerce pas à proximité du patient.",
            f"{_ROOT}.territorialite",
        )
    ]


def _share(answers: Answers, on: dt.date) -> list[Finding]:
    name = "part_maximale_psychiatre" if answers.get("psychiatre") else "part_maximale"
    rule = law(f"{_ROOT}.{name}", on)
    if rule.value >= 100:
        return []
    outside = law(f"{_ROOT}.hors_plafond", on)
    if answers.get("medecin_traitant") and "medecin_traitant" in outside.value:
        said = "Les téléconsultations du médecin traitant ne comptent pas dans la part maximale."
        return [Finding("Part à distance", State.CONFORME, said, Law.of(outside, on))]
    told = answers.get("part_a_distance")
    words = (
        f"{short(told or 0)} % de l'activité à distance, {rule.value} % au plus.",
        f"{short(told or 0)} % de l'activité à distance : {rule.value} % au plus.",
        "La part de l'activité du médecin à distance n'est pas dite.",
    )
    action = f"Limiter l'activité à distance à {rule.value} %."
    holds = None if told is None else told <= rule.value
    return [judged("Part à distance", holds, rule, on, words, action)]


TELECONSULTATION = Subject(
    "teleconsultation",
    "Remboursement d'une téléconsultation",
    (
        Field("vu_depuis_mois", "Mois depuis la dernière consultation en présence", Kind.NOMBRE),
        Field("parcours_de_soins", "Le parcours de soins coordonné est respecté", Kind.OUI_NON),
        Field("zone_sous_dense", "Le territoire est une zone sous-dense", Kind.OUI_NON),
        Field(
            "organisation_coordonnee",
            "L'offre s'inscrit dans une organisation coordonnée de médecins du territoire",
            Kind.OUI_NON,
        ),
        Field("alternance", "Le médecin voit aussi le patient en présence", Kind.OUI_NON),
        Field("proximite", "Le médecin exerce à proximité du patient", Kind.OUI_NON),
        Field("reside_en_zip", "Le patient réside en ZIP", Kind.OUI_NON),
        Field(
            "part_a_distance", "Part de l'activité du médecin à distance, en %", Kind.NOMBRE,
            most=100,
        ),
        Field("psychiatre", "Le médecin est psychiatre", Kind.OUI_NON),
        Field("medecin_traitant", "Le médecin est le médecin traitant", Kind.OUI_NON),
    ),
    _findings,
    ("remboursable", "non remboursable", "à compléter"),
)  # fmt: skip

_PLACE = (
    Condition(
        "local_ferme",
        "La téléconsultation se tient dans un local fermé",
        "Le local est fermé : la confidentialité est assurée.",
        "Sans local fermé, la confidentialité d'un lieu de consultation n'est pas assurée.",
        "Prévoir une pièce fermée et insonorisée.",
    ),
)


def _place(answers: Answers, on: dt.date) -> list[Finding]:
    found = condition_findings(f"{_ROOT}.lieu", _PLACE, answers, on)
    if answers.get("lieu_de_soins") is False:
        said = (
            "Un lieu de soins est vivement conseillé : un professionnel peut y accompagner le "
            "patient (pharmacie, EHPAD, maison ou centre de santé, hôpital de proximité)."
        )
        action = "Préférer un lieu de soins."
        text = Law.of(law(f"{_ROOT}.lieu", on), on)
        found.append(Finding("Lieu de soins", State.CONSEIL, said, text, action))
    return found


PLACE = Subject(
    "lieu-de-teleconsultation",
    "Lieu de téléconsultation",
    (
        *(one.field for one in _PLACE),
        Field("lieu_de_soins", "C'est un lieu de soins, avec un professionnel", Kind.OUI_NON),
    ),
    _place,
)
