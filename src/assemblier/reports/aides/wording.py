"""The words both the terminal and the documents use for an answer about aids."""

from assemblier.aids.engine import AmountAnswer, Answer, ConditionAnswer, Verdict
from assemblier.aids.inputs import Genre, Saisie
from assemblier.aids.words import measure, value_text
from assemblier.figures import Confidence
from assemblier.french import french_spaces
from assemblier.parameters import Parameter

TITLES = {
    Verdict.ELIGIBLE: "Éligible",
    Verdict.A_COMPLETER: "À compléter",
    Verdict.NON_ELIGIBLE: "Non éligible",
    Verdict.FERME: "Clos à cette date",
    Verdict.A_VENIR: "Pas encore ouvert à cette date",
    Verdict.INCONNU: "Règles inconnues à cette date",
}
SHOWN = (Verdict.ELIGIBLE, Verdict.A_COMPLETER)
"""The verdicts an aid is described in full for."""
TO_CONFIRM = "à confirmer"


def verdict_text(answer: Answer) -> str:
    """Return the verdict in words, and that it is to be confirmed."""
    suffix = f" ({TO_CONFIRM})" if answer.is_to_confirm else ""
    return f"{answer.verdict.value}{suffix}"


def amount_text(amount: AmountAnswer) -> str:
    """Return an amount: a figure only where every value it rests on is confirmed."""
    if amount.is_to_confirm:
        return TO_CONFIRM
    if amount.value is None:
        return "selon ce qui reste à dire"
    second = " (source secondaire)" if amount.confidence is Confidence.SECONDAIRE else ""
    return f"{measure(amount.value, amount.montant.unite)}{second}"


def entry_text(parameter: Parameter) -> str:
    """Say which value to enter so that an answer is confirmed, and the last one known."""
    return french_spaces(
        f"{parameter.label} : entrer {parameter.path} dans un fichier donné par --valeurs "
        f"(tenu pour probable, non confirmé : {value_text(parameter.value, parameter.unit)})"
    )


def question_text(saisie: Saisie) -> str:
    """Return a question and how to answer it."""
    if saisie.genre is Genre.CHOIX:
        how = ", ".join(code for code, _ in saisie.choix)
    else:
        how = {Genre.REPONSE: "oui ou non", Genre.DATE: "un jour"}.get(saisie.genre, saisie.unite)
    return french_spaces(f"{saisie.question} ({saisie.nom} : {how})")


def condition_text(one: ConditionAnswer) -> str:
    """Return a condition: its sentence, or what is asked, and its article."""
    phrase = one.phrase or " ".join(question.question for question in one.questions)
    return french_spaces(f"{phrase or 'Reste à vérifier.'} [{one.article}]")


def mark(met: bool | None) -> str:
    """Return the sign of a condition."""
    return {True: "✓", False: "✗", None: "?"}[met]
