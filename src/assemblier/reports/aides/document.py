"""The answers for one place as a document: what is open, what is missing, every aid in full."""

import datetime as dt
from collections.abc import Iterator, Sequence

from assemblier.aids.engine import AmountAnswer, Answer, Study, Verdict
from assemblier.aids.initiatives import initiatives
from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.french import date_text
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
    verdict_text,
)
from assemblier.reports.document import (
    Block,
    Cell,
    Document,
    Finding,
    Items,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import text_column


def place_document(study: Study, title: str, place: str, notes: tuple[str, ...] = ()) -> Document:
    """Return the report of the aids of one place.

    Parameters
    ----------
    study
        Of one row.
    title, place
        What was asked, and where.
    notes
        What the acts say of the zone.
    """
    answers = study.answers()
    scoped = [one for one in answers if not one.is_out_of_scope]
    parts = (
        Part("aides", "Les aides ouvertes ou à compléter", tuple(_sections(scoped))),
        Part("autres", "Les autres aides", tuple(_other_sections(answers))),
        Part("exemples", "Des exemples ailleurs", tuple(_example_sections(study))),
        Part("contacts", "Qui paie, à qui demander", (_contacts(scoped),)),
    )
    return Document(
        key="aides",
        title=title,
        subtitle=place,
        date=date_text(dt.date.today()),
        summary=tuple(_summary(study, scoped, notes)),
        parts=tuple(part for part in parts if part.sections),
    )


def _contacts(answers: list[Answer]) -> Section:
    table = _table("contacts", "Durée, financeur et contact", answers, _CONTACTS)
    return Section("contacts", "Durée, financeur et contact de chaque aide", (table,))


def _summary(study: Study, answers: list[Answer], notes: tuple[str, ...]) -> Iterator[Block]:
    for verdict in SHOWN:
        names = [_named(one) for one in answers if one.verdict is verdict]
        if names:
            told = " ; ".join(names) if len(names) <= _FEW else f"{len(names)} aides, au tableau"
            yield Finding(f"{TITLES[verdict]} : {told}.")
    if notes:
        yield Items("La zone", notes)
    yield _table("aides", "Les aides, à cette date", answers, _SHORT)
    choices = tuple(choice_texts(answers))
    if choices:
        yield Items("À ne pas prendre ensemble sans le savoir", choices, Tone.WARNING)
    questions = study.questions()
    if questions:
        asked = tuple(question_text(one) for one in questions)
        yield Items("Ce qui reste à dire pour décider", asked, Tone.MISSING)
    entries = tuple(
        dict.fromkeys(
            entry_text(one)
            for answer in answers
            for one in (*answer.to_enter, *(p for a in answer.amounts for p in a.to_enter))
        )
    )
    if entries:
        yield Items("Ce qui est à confirmer, et quoi entrer", entries, Tone.WARNING)


_COLUMNS = {
    "sigle": "Sigle",
    "nom": "Aide",
    "reponse": "Réponse",
    "montant": "Montant",
    "motif": "Pourquoi, ou ce qui reste à dire",
    "duree": "Durée",
    "financeur": "Qui paie",
    "contact": "À qui demander",
    "textes": "Textes",
}
_FULL = tuple(_COLUMNS)
_COLUMNS |= {"aide": "Aide"}
_SHORT = ("aide", "reponse", "montant", "motif")
_FEW = 5
"""More aids than this are counted, and told in the table."""
_CONTACTS = ("sigle", "nom", "duree", "financeur", "contact")


def aids_table(answers: Sequence[Answer]) -> Table:
    """Return every aid in a line, with all that is known of it."""
    return _table("aides_detail", "Toutes les aides, à cette date", answers, _FULL)


def _named(one: Answer) -> str:
    """Return the name of an aid as people know it, its short name after."""
    return f"{one.aid.nom} ({one.aid.sigle})"


def _table(key: str, title: str, answers: Sequence[Answer], columns: tuple[str, ...]) -> Table:
    return Table(
        key,
        title,
        tuple(text_column(name, _COLUMNS[name]) for name in columns),
        tuple(tuple(_cells(one)[name] for name in columns) for one in answers),
        nature=Nature.CITE,
        provenance=Provenance(tuple(s for one in answers for s in sources_of(one))),
    )


def _cells(one: Answer) -> dict[str, Cell]:
    amounts = (f"{a.montant.libelle} : {amount_text(a)}" for a in one.amounts)
    missed = (condition_text(c) for c in one.conditions if c.met is False)
    asked = (q.libelle for q in one.questions)
    return {
        "aide": _named(one),
        "sigle": one.aid.sigle,
        "nom": one.aid.nom,
        "reponse": verdict_text(one),
        "montant": " ; ".join(amounts),
        "motif": one.note or " ".join(missed) or ", ".join(asked),
        "duree": one.aid.duree,
        "financeur": one.aid.financeur,
        "contact": one.aid.contact,
        "textes": " ; ".join(text.titre for text in one.aid.textes),
    }


def sources_of(one: Answer) -> tuple[Source, ...]:
    """Return the texts of an aid as sources."""
    return tuple(
        Source(
            f"texte-{one.aid.variable}-{rank}",
            _producer(text.titre),
            text.titre,
            f"depuis le {date_text(dt.date.fromisoformat(text.depuis))}",
            licence="document administratif",
            address=text.adresse,
        )
        for rank, text in enumerate(one.aid.textes)
    )


def _producer(title: str) -> str:
    is_document = title.startswith(("Accès aux soins", "Panorama"))
    return "document source" if is_document else "texte officiel"


def _sections(answers: list[Answer]) -> Iterator[Section]:
    for one in answers:
        if one.verdict in SHOWN:
            title = f"{_named(one)} : {verdict_text(one)}"
            yield Section(one.aid.variable, title, tuple(_blocks(one)))


def _blocks(one: Answer) -> Iterator[Block]:
    aid = one.aid
    yield Paragraph(aid.resume)
    for amount in one.amounts:
        text = f"{amount.montant.libelle} : {amount_text(amount)} ({amount.formule})."
        yield Finding(_capital(text), (_figure(one, amount),))
    yield Items("Les conditions", condition_lines(one))
    about = [
        f"durée : {aid.duree}",
        f"nature : {aid.nature}",
        f"qui paie : {aid.financeur}",
        f"à qui demander : {aid.contact}",
    ]
    yield Items("En pratique", tuple(about))
    if aid.engagements:
        yield Items("Ce à quoi l'on s'engage", aid.engagements)
    if aid.cumuls:
        lines = (f"avec {c.avec} : {c.sens.value}. {c.phrase} [{c.article}]" for c in aid.cumuls)
        yield Items("Avec d'autres aides", tuple(lines))
    disagreements = tuple(contradiction_lines(aid))
    if disagreements:
        yield Items("Les documents n'en disent pas tous la même chose", disagreements, Tone.WARNING)
    yield Items("Ce que la règle ne dit pas", aid.non_modelise, Tone.WARNING)
    if one.note:
        yield Paragraph(one.note)


def _figure(one: Answer, amount: AmountAnswer) -> Figure:
    if amount.value is None or amount.is_to_confirm:
        missing = "la valeur confirmée du texte" if amount.is_to_confirm else "ce qui reste à dire"
        return unavailable(amount.montant.libelle, missing, amount.montant.unite)
    return Figure(
        amount.montant.libelle,
        amount.value,
        amount.montant.unite,
        Nature.CALCULE,
        provenance=Provenance(sources_of(one)),
        decimals=0 if amount.value == round(amount.value) else 2,
        confidence=amount.confidence,
    )


def _other_sections(answers: tuple[Answer, ...]) -> Iterator[Section]:
    for verdict in TITLES:
        if verdict in SHOWN:
            continue
        held = [one for one in answers if one.verdict is verdict and not one.is_out_of_scope]
        if held:
            yield Section(_key(verdict), TITLES[verdict], tuple(_closed(one) for one in held))
    others = [one for one in answers if one.is_out_of_scope]
    if others:
        lines = tuple(f"{one.aid.sigle} : {one.aid.beneficiaires}" for one in others)
        yield Section("autres_publics", "Pour d'autres que vous", (Items("Ces aides", lines),))


def _example_sections(study: Study) -> Iterator[Section]:
    examples = study.examples()
    if examples:
        told = (Items(one.aid.nom, tuple(example_lines(one))) for one in examples)
        yield Section("exemples", EXAMPLES, (Paragraph(EXAMPLES_NOTE), *told))
    found = initiatives(study.situations) if study.has_examples else ()
    if found:
        passages = (
            Items(one.title, (initiative_text(one),), provenance=Provenance((one.source,)))
            for one in found
        )
        yield Section("initiatives", INITIATIVES, tuple(passages))


def _closed(one: Answer) -> Items:
    missed = tuple(condition_text(c) for c in one.conditions if c.met is False)
    confirm = (TO_CONFIRM,) if one.is_to_confirm else ()
    conflicts = tuple(contradiction_lines(one.aid, of_conflict=True)) if missed else ()
    lines = (*missed, *conflicts, *((one.note,) if one.note else ()), *confirm)
    return Items(f"{one.aid.sigle} — {one.aid.nom}", lines or (one.verdict.value,))


def _key(verdict: Verdict) -> str:
    return verdict.name.lower()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
