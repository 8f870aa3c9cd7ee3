"""Communautés professionnelles territoriales de santé: conditions, missions, overlap."""

import datetime as dt

from assemblier import territory
from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, Law, State, known_law, law
from assemblier.aids.legality.subjects.subject import (
    Answers,
    Condition,
    Subject,
    condition_findings,
    fields_of,
)
from assemblier.aids.legality.wording import plain
from assemblier.aids.words import listed
from assemblier.errors import DataError, PerimeterError, Problem
from assemblier.territory import Perimeter, index

_MISSIONS = ("acces_aux_soins", "parcours", "prevention", "crise_sanitaire")
_OUTDATED = "Trois missions en 2019, quatre en 2023 : la réponse aux crises a été ajoutée (X-02)."
_CONDITIONS = (
    Condition(
        "pluriprofessionnelle",
        "Plusieurs professions y participent",
        "La communauté est pluriprofessionnelle.",
        "Une CPTS est obligatoirement pluriprofessionnelle.",
        "Associer d'autres professions.",
    ),
    Condition(
        "structure_juridique",
        "Une structure juridique est créée",
        "Une structure juridique porte la communauté.",
        "Une CPTS crée une structure juridique, une association en général.",
        "Créer l'association.",
    ),
    Condition(
        "projet_de_sante",
        "Un projet de santé est écrit",
        "Le projet de santé dit le territoire et les actions.",
        "Une CPTS écrit un projet de santé : son territoire et ses actions.",
        "Écrire le projet de santé.",
    ),
    Condition(
        "contrat_ars",
        "Un contrat est signé avec l'agence",
        "L'agence régionale de santé est signataire.",
        "Une CPTS contractualise avec l'agence régionale de santé.",
        "Signer avec l'agence.",
    ),
    Condition(
        "contrat_assurance_maladie",
        "Un contrat est signé avec l'Assurance maladie",
        "L'Assurance maladie est signataire.",
        "Une CPTS contractualise avec l'Assurance maladie.",
        "Signer avec la caisse primaire.",
    ),
)


def overlap(one: Perimeter, other: Perimeter) -> tuple[str, ...]:
    """Return the communes two territories share, in order of code.

    Examples
    --------
    >>> overlap(territory.parse("commune:43157"), territory.parse("commune:43234"))
    ()
    """
    return tuple(sorted(set(one.codes) & set(other.codes)))


def _cpts(answers: Answers, on: dt.date) -> list[Finding]:
    found = condition_findings("cpts.conditions", _CONDITIONS, answers, on)
    return [*found, _missions(answers, on), *_overlaps(answers, on), *_initiative(answers)]


def _missions(answers: Answers, on: dt.date) -> Finding:
    rule = law("cpts.missions", on)
    text, told = Law.of(rule, on), answers.get("missions")
    wanted = listed([plain(one) for one in rule.value])
    if told is None:
        said = "Les missions ne sont pas dites."
        return Finding("Missions", State.A_COMPLETER, said, text, f"Prévoir : {wanted}.", _OUTDATED)
    missing = [one for one in rule.value if one not in told]
    if missing:
        said = f"Il manque : {listed([plain(one) for one in missing])}."
        return Finding("Missions", State.CONTRAIRE, said, text, f"Prévoir : {wanted}.", _OUTDATED)
    said = f"Les {len(rule.value)} missions sont prévues : {wanted}."
    return Finding("Missions", State.CONFORME, said + _months(on), text, note=_OUTDATED)


def _months(on: dt.date) -> str:
    start, deploy = known_law("cpts.demarrage_mois", on), known_law("cpts.deploiement_mois", on)
    if start is None or deploy is None:
        return ""
    each = zip(_MISSIONS, start.value, deploy.value, strict=True)
    told = [f"{plain(name)} {first} et {last}" for name, first, last in each]
    return f" Mois pour démarrer puis déployer (à vérifier) : {', '.join(told)}."


def _overlaps(answers: Answers, on: dt.date) -> list[Finding]:
    text = Law.of(law("cpts.conditions", on), on)
    mine, others = answers.get("territoire"), answers.get("autres_cpts")
    if mine is None or others is None:
        said = "Le territoire, ou celui des autres CPTS, n'est pas dit."
        action = "Écrire « territoire » et « autres_cpts » (« aucune » s'il n'y en a pas)."
        return [Finding("Superposition", State.A_COMPLETER, said, text, action)]
    findings = []
    for other in _perimeters(others):
        shared = overlap(mine, other)
        if shared:
            findings.append(_shared(shared, other, text))
    said = "Aucune commune n'est dans une autre CPTS."
    return findings or [Finding("Superposition", State.CONFORME, said, text)]


def _shared(shared: tuple[str, ...], other: Perimeter, text: Law) -> Finding:
    rows = index()
    names = rows.nom[rows.positions(shared[:10])].tolist()
    more = f" et {len(shared) - 10} autres" if len(shared) > 10 else ""
    return Finding(
        "Superposition",
        State.CONTRAIRE,
        f"Deux CPTS ne se superposent pas : {other.nom} en a déjà {', '.join(names)}{more}.",
        text,
        "Retirer ces communes du projet, ou convenir du partage avec l'autre CPTS.",
    )


def _perimeters(text: str) -> list[Perimeter]:
    """Return the territories written with commas between; « aucune » is none."""
    if text.strip().casefold() in ("aucune", "aucun"):
        return []
    found: list[Perimeter] = []
    problems: list[Problem] = []
    for part in text.split(","):
        try:
            found.append(territory.parse(part.strip()))
        except PerimeterError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return found


def _initiative(answers: Answers) -> list[Finding]:
    if answers.get("initiateur") != "elus":
        return []
    guide = Law("Accès aux soins : le guide pratique pour les élus, 2019, fiche sur les CPTS")
    said = (
        "Les élus mènent le projet à la place des professionnels : le guide y voit le risque d'une "
        "« coquille vide »."
    )
    action = "Laisser l'initiative aux professionnels ; prêter une salle, financer l'ingénierie."
    return [Finding("Initiative", State.AVERTISSEMENT, said, guide, action)]


CPTS = Subject(
    "cpts",
    "Conditions d'une CPTS",
    (
        *fields_of(_CONDITIONS),
        Field("missions", "Missions du contrat", Kind.PLUSIEURS, _MISSIONS),
        Field("territoire", "Territoire du projet", Kind.TERRITOIRE),
        Field(
            "autres_cpts",
            "Territoires des autres CPTS, séparés par des virgules (« aucune » sinon)",
            Kind.TEXTE,
        ),
        Field("initiateur", "Qui mène le projet", Kind.CHOIX, ("professionnels", "elus")),
    ),
    _cpts,
)
