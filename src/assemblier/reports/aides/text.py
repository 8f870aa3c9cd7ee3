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
    lines = [title, *(f"  {note}" for note in notes)]
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
    yield f"    non modélisé : {' '.join(aid.non_modelise)}"
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
