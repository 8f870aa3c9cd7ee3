"""What `assemblier aides` says on the terminal."""

from collections import Counter
from collections.abc import Iterator

from assemblier.aids.engine import Answer, Study, Verdict
from assemblier.aids.initiatives import initiatives
from assemblier.french import french_spaces, number
from assemblier.reports.aides.wording import (
    EXAMPLES,
    EXAMPLES_NOTE,
    INITIATIVES,
    SHOWN,
    TITLES,
    TO_CONFIRM,
    amount_text,
    choice_texts,
    condition_lines,
    condition_text,
    contradiction_lines,
    entry_text,
    example_lines,
    initiative_text,
    question_text,
)
from assemblier.reports.apl_words import counted

COUNTED = {
    Verdict.ELIGIBLE: ("aide ouverte", "aides ouvertes"),
    Verdict.A_COMPLETER: ("à compléter", "à compléter"),
    Verdict.NON_ELIGIBLE: ("non ouverte ici", "non ouvertes ici"),
    Verdict.FERME: ("close à cette date", "closes à cette date"),
    Verdict.A_VENIR: ("pas encore ouverte", "pas encore ouvertes"),
    Verdict.INCONNU: ("aux règles inconnues à cette date", "aux règles inconnues à cette date"),
}
MOST_ASKED = 8


def place_text(study: Study, title: str, notes: tuple[str, ...] = ()) -> str:
    """Return the answers for one place as lines.

    Parameters
    ----------
    study
        Of one row.
    title
        What was asked.
    notes
        What the acts say of the zone.
    """
    answers = study.answers()
    lines = [title, *(f"  {note}" for note in notes), "", counts_line(study)]
    for verdict, heading in TITLES.items():
        held = [one for one in answers if one.verdict is verdict and not one.is_out_of_scope]
        if held:
            lines += ["", f"{heading} ({len(held)})"]
            lines += [line for one in held for line in _aid_lines(one)]
    others = [one.aid.sigle for one in answers if one.is_out_of_scope]
    if others:
        lines += ["", f"Pour d'autres que vous : {', '.join(others)}"]
    choices = list(choice_texts(answers))
    if choices:
        lines += [
            "",
            "À ne pas prendre ensemble sans le savoir :",
            *(f"  {one}" for one in choices),
        ]
    examples = study.examples()
    if examples:
        lines += ["", f"{EXAMPLES} ({len(examples)})", f"  {EXAMPLES_NOTE}"]
        lines += [line for one in examples for line in _example_lines(one)]
    told = initiatives(study.situations) if study.has_examples else ()
    if told:
        lines += ["", f"{INITIATIVES} ({len(told)})"]
        lines += [f"  {one.title} : {initiative_text(one)}" for one in told]
    questions = study.questions()
    if questions:
        lines += ["", "Reste à dire, dans le profil (--profil FICHIER), pour décider :"]
        lines += [f"  {question_text(one)}" for one in questions]
    return french_spaces("\n".join(lines))


def place_summary(study: Study, title: str, notes: tuple[str, ...] = ()) -> str:
    """Return the answers for one place in short: how many of each, the open ones, what to say.

    Parameters
    ----------
    study, title, notes
        As `place_text`, which gives everything.
    """
    answers = [one for one in study.answers() if not one.is_out_of_scope]
    lines = [title, *(f"  {note}" for note in notes), "", counts_line(study), ""]
    for verdict, heading in TITLES.items():
        held = [one for one in answers if one.verdict is verdict]
        if held:
            lines += [f"{heading} ({len(held)})"]
            lines += [line for one in held for line in _short_lines(one)]
            lines += [""]
    if choices := list(choice_texts(answers)):
        count = counted(len(choices), "couple d'aides", "couples d'aides")
        lines += [f"{count} à ne pas prendre ensemble sans le savoir : voir --tout.", ""]
    return french_spaces("\n".join([*lines, *_asked_lines(study), *_more_lines(study)]))


def counts_line(study: Study) -> str:
    """Return how many aids are open, to complete, closed, or for others."""
    answers = study.answers()
    counts = Counter(one.verdict for one in answers if not one.is_out_of_scope)
    kept = [one for one in COUNTED if counts[one]]
    told = [counted(counts[one], *COUNTED[one]) for one in kept]
    if not counts[Verdict.ELIGIBLE]:
        told.insert(0, "aucune aide ouverte sûrement")
    others = sum(one.is_out_of_scope for one in answers)
    if others:
        told.append(f"{number(others)} pour d'autres que vous")
    return f"En bref : {' ; '.join(told)}."


def _short_lines(answer: Answer) -> Iterator[str]:
    aid = answer.aid
    if answer.verdict is Verdict.ELIGIBLE:
        yield from _open_lines(answer)
    elif answer.verdict is Verdict.A_COMPLETER:
        count = counted(len(answer.questions), "réponse attendue", "réponses attendues")
        confirm = f", {TO_CONFIRM}" if answer.is_to_confirm else ""
        yield f"  {aid.nom} : {count}{confirm} (--aide {aid.sigle})"
    else:
        yield f"  {aid.nom}{' (exemple)' if aid.is_example else ''} (--aide {aid.sigle})"
        missed = [condition_text(one) for one in answer.conditions if one.met is False]
        yield from (f"    ✗ {one}" for one in missed[:1])
        if answer.note:
            yield f"    {answer.note}"


def _open_lines(answer: Answer) -> Iterator[str]:
    aid = answer.aid
    yield f"  {aid.nom}{f' — {TO_CONFIRM}' if answer.is_to_confirm else ''} (--aide {aid.sigle})"
    for amount in answer.amounts:
        yield f"    {amount.montant.libelle} : {amount_text(amount)}"
        yield f"      {amount.formule}"
    yield f"    durée : {aid.duree}"
    yield from (f"    {one}" for one in condition_lines(answer))
    if aid.engagements:
        yield f"    engagements : {' ; '.join(aid.engagements)}"
    yield f"    qui paie : {aid.financeur} ; à qui demander : {aid.contact}"
    if answer.note:
        yield f"    {answer.note}"


def _asked_lines(study: Study) -> Iterator[str]:
    questions = study.questions()
    if not questions:
        return
    yield "À dire d'abord, dans le profil (--profil FICHIER) : ce qu'attendent le plus d'aides"
    yield from (f"  {question_text(one)}" for one in questions[:MOST_ASKED])
    more = len(questions) - MOST_ASKED
    if more > 0:
        rest = counted(more, "autre question", "autres questions")
        yield f"  Et {rest} : « assemblier modele profil -o profil.xlsx » les pose toutes."
    yield ""


def _more_lines(study: Study) -> Iterator[str]:
    if examples := study.examples():
        count = counted(len(examples), "exemple d'aide locale", "exemples d'aides locales")
        yield f"{count}, ni un droit, ni ouverts ici : avec --tout."
    yield "Le détail (conditions, textes) : --tout, --aide SIGLE, ou -o FICHIER."


def _aid_lines(answer: Answer) -> Iterator[str]:
    aid = answer.aid
    confirm = f" — {TO_CONFIRM}" if answer.is_to_confirm else ""
    example = " — exemple, ni un droit ni une aide ouverte" if aid.is_example else ""
    yield f"  {aid.sigle} — {aid.nom}{example}{confirm}"
    if answer.verdict not in SHOWN:
        missed = [one for one in answer.conditions if one.met is False]
        yield from (f"    ✗ {condition_text(one)}" for one in missed)
        for contradiction in contradiction_lines(aid, of_conflict=True) if missed else ():
            yield f"    les sources se contredisent : {contradiction}"
        if answer.note:
            yield f"    {answer.note}"
        return
    for amount in answer.amounts:
        yield f"    {amount.montant.libelle} : {amount_text(amount)}"
        yield f"      {amount.formule}"
        yield from (f"      à entrer : {entry_text(one)}" for one in amount.to_enter)
    yield f"    durée : {aid.duree}"
    yield from (f"    {one}" for one in condition_lines(answer))
    yield from (f"    à entrer : {entry_text(one)}" for one in answer.to_enter)
    if aid.engagements:
        yield f"    engagements : {' ; '.join(aid.engagements)}"
    for cumul in aid.cumuls:
        yield f"    avec {cumul.avec} : {cumul.sens.value}. {cumul.phrase} [{cumul.article}]"
    yield f"    qui paie : {aid.financeur} ; à qui demander : {aid.contact}"
    yield f"    textes : {' ; '.join(text.titre for text in aid.textes)}"
    yield from (f"    lectures différentes : {one}" for one in contradiction_lines(aid))
    yield f"    ce que le calcul ne prend pas en compte : {' '.join(aid.non_modelise)}"
    if answer.note:
        yield f"    {answer.note}"


def _example_lines(answer: Answer) -> Iterator[str]:
    yield f"  {answer.aid.sigle} — {answer.aid.nom}"
    yield from (f"    {one}" for one in example_lines(answer))


def territory_text(study: Study, title: str) -> str:
    """Return the answers for many communes: how many are in each verdict, aid by aid."""
    lines = [title]
    others = [aid for aid in study.aids if study.is_for_others(aid)]
    for aid in (one for one in study.aids if one not in others):
        counts = Counter(study.verdicts(aid))
        told = [
            f"{verdict.value} dans {number(counts[verdict])} "
            f"{'communes' if counts[verdict] > 1 else 'commune'}"
            for verdict in Verdict
            if counts[verdict]
        ]
        lines.append(f"  {aid.sigle} : {', '.join(told)}")
    if others:
        lines += ["", f"Pour d'autres que vous : {', '.join(one.sigle for one in others)}"]
    return french_spaces("\n".join(lines))
