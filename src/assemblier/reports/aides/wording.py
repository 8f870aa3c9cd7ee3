"""The words both the terminal and the documents use for an answer about aids."""

from collections.abc import Iterator, Sequence

from assemblier.aids.dispositif import Dispositif, Sens
from assemblier.aids.engine import AmountAnswer, Answer, ConditionAnswer, Verdict
from assemblier.aids.inputs import Genre, Saisie
from assemblier.aids.words import measure, value_text
from assemblier.data.contradictions import contradictions
from assemblier.data.documents import CitedText
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
    example = " (exemple, ni un droit ni une aide ouverte)" if answer.aid.is_example else ""
    return f"{answer.verdict.value}{example}{suffix}"


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
    unit = f" {parameter.unit}" if "€" in parameter.unit else ""
    return french_spaces(
        f'{parameter.label} : --valeurs "{parameter.path}=…{unit}", ou un fichier '
        f"(tenu pour probable, non confirmé : {value_text(parameter.value, parameter.unit)})"
    )


def question_text(saisie: Saisie) -> str:
    """Return a question and how to answer it."""
    if saisie.genre is Genre.CHOIX:
        # A number says less than a name: either is understood.
        how = ", ".join(label if code.isdigit() else code for code, label in saisie.choix)
    else:
        how = {Genre.REPONSE: "oui ou non", Genre.DATE: "un jour"}.get(saisie.genre, saisie.unite)
    return french_spaces(f"{saisie.question} ({saisie.nom} : {how})")


def condition_text(one: ConditionAnswer) -> str:
    """Return a condition: its sentence, or what is asked, and its article."""
    phrase = one.phrase or " ".join(question.question for question in one.questions)
    sentence = f"{phrase[:1].upper()}{phrase[1:]}"  # it may begin with what the profile says
    return french_spaces(f"{sentence or 'Reste à vérifier.'} [{one.article}]")


def condition_lines(answer: Answer) -> tuple[str, ...]:
    """Return the conditions with their signs; two that ask the same question are asked once."""
    lines = (f"{mark(one.met)} {condition_text(one)}" for one in answer.conditions)
    return tuple(dict.fromkeys(lines))


def mark(met: bool | None) -> str:
    """Return the sign of a condition."""
    return {True: "✓", False: "✗", None: "?"}[met]


EXAMPLES = "Exemples d'aides locales : ni un droit, ni ouverts ici"
EXAMPLES_NOTE = (
    "Ce que des collectivités donnaient, tel que le guide des élus de 2019 le décrit : des modèles "
    "à reprendre ou à comparer, que rien n'oblige à croire encore ouverts."
)


def contradiction_lines(aid: Dispositif, of_conflict: bool = False) -> Iterator[str]:
    """Yield what the documents sources say differently of an aid, and what is used.

    Parameters
    ----------
    aid
        The dispositif.
    of_conflict
        Only where they conflict still; what a later document replaced is left out.
    """
    register = {one.key: one for one in contradictions()}
    for key in aid.contradictions:
        found = register[key]
        if of_conflict and found.kind != "conflit":
            continue
        told = " ; ".join(
            f"{one.says} ({one.source.title}, {one.date})" for one in found.statements
        )
        yield french_spaces(f"{key}, {found.subject} : {told}. Suivi : {found.decision}")


def choice_texts(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield, among aids that are open or may be, the pairs that cannot be held together."""
    held = [one.aid for one in answers if one.verdict in SHOWN and not one.is_out_of_scope]
    for place, aid in enumerate(held):
        for cumul in aid.cumuls:
            later = [one for one in held[place + 1 :] if one.sigle == cumul.avec]
            if later and cumul.sens is not Sens.PERMIS:
                yield french_spaces(
                    f"{aid.sigle} et {cumul.avec} : {cumul.sens.value}. {cumul.phrase} "
                    f"[{cumul.article}]"
                )


def example_lines(answer: Answer) -> Iterator[str]:
    """Yield what an example gave, against what, where it is read, how to apply it."""
    aid = answer.aid
    yield aid.resume
    for amount in answer.amounts:
        known = f" : {amount_text(amount)}" if amount.value is not None else ""
        yield f"{amount.montant.libelle}{known} ({amount.formule})"
    if aid.engagements:
        yield f"engagements : {' ; '.join(aid.engagements)}"
    yield from (f"lectures différentes : {one}" for one in contradiction_lines(aid))
    yield f"lu dans : {' ; '.join(text.titre for text in aid.textes)}"
    yield f"pour l'appliquer à un projet : --aide {aid.sigle} --date 31/12/{aid.ferme[:4]}"


INITIATIVES = "Ce que d'autres ont fait, sans aide à demander"


def initiative_text(told: CitedText) -> str:
    """Return what the guide tells of an initiative, with its page."""
    said = " ; ".join((*((told.text,) if told.text else ()), *told.items))
    return french_spaces(f"{said} [{told.source.title}, {told.source.page}]")
