"""Contrats locaux de santé: who signs at least, and what it holds."""

import datetime as dt

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.opinion import Finding, Law, State, known_law, law
from assemblier.aids.legality.subjects.subject import Answers, Subject
from assemblier.aids.legality.wording import plain
from assemblier.aids.words import listed

_SIGNERS = (
    "ars",
    "collectivite",
    "prefecture",
    "departement",
    "region",
    "assurance_maladie",
    "etablissement_de_sante",
    "cpts",
    "universite",
    "association",
)
_PARTS = ("diagnostic", "objectifs", "plan_d_action", "suivi_et_evaluation")
_DOMAINS = (
    "promotion_de_la_sante",
    "prevention",
    "acces_aux_soins",
    "accompagnement_medico_social",
    "determinants_de_sante",
)


def _contract(answers: Answers, on: dt.date) -> list[Finding]:
    return [
        _needed("Signataires", "signataires", "signataires", State.CONTRAIRE, answers, on),
        *_prefecture(answers, on),
        _needed("Parties du contrat", "parties", "parties", State.A_COMPLETER, answers, on),
        _needed("Domaines", "domaines", "domaines", State.AVERTISSEMENT, answers, on),
    ]


def _needed(
    clause: str, path: str, key: str, state: State, answers: Answers, on: dt.date
) -> Finding:
    rule = law(f"contrat_local_sante.{path}", on)
    text, told = Law.of(rule, on), answers.get(key)
    wanted = listed([plain(one) for one in rule.value])
    if told is None:
        return Finding(clause, State.A_COMPLETER, "Non dit.", text, f"Prévoir : {wanted}.")
    missing = [plain(one) for one in rule.value if one not in told]
    if missing:
        said = f"Il manque : {listed(missing)}."
        return Finding(clause, state, said, text, f"Ajouter : {listed(missing)}.")
    return Finding(clause, State.CONFORME, f"Prévu : {wanted}.", text)


def _prefecture(answers: Answers, on: dt.date) -> list[Finding]:
    """Say that the prefecture is expected: a warning, or a refusal where the contract asks it."""
    rule, told = (
        known_law("contrat_local_sante.signataires_attendus", on),
        answers.get("signataires"),
    )
    if rule is None or told is None or "prefecture" in told:
        return []
    state = State.CONTRAIRE if answers.get("prefecture_exigee") else State.AVERTISSEMENT
    said = (
        "La préfecture n'est pas signataire : la présentation de 2023 la compte parmi les "
        "premiers, la loi et le guide non."
    )
    return [
        Finding("Préfecture", state, said, Law.of(rule, on), "Proposer à la préfecture de signer.")
    ]


CONTRACT = Subject(
    "contrat-local-de-sante",
    "Contrat local de santé",
    (
        Field("signataires", "Qui signe", Kind.PLUSIEURS, _SIGNERS),
        Field("prefecture_exigee", "Refuser un contrat sans la préfecture", Kind.OUI_NON),
        Field("parties", "Ce que le contrat contient", Kind.PLUSIEURS, _PARTS),
        Field("domaines", "Les domaines du contrat", Kind.PLUSIEURS, _DOMAINS),
    ),
    _contract,
)
