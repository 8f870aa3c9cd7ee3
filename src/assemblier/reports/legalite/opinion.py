"""The report of an opinion: the verdict, each clause with its article, what to write."""

from collections.abc import Sequence

from assemblier.aids.legality.common import compared_examples
from assemblier.aids.legality.local_aid import Domaine
from assemblier.aids.legality.opinion import Finding, Law, Opinion, State, gravest_first
from assemblier.figures import Confidence, Provenance
from assemblier.french import date_text, french_spaces
from assemblier.reports.document import (
    Block,
    Document,
    Items,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.document import Finding as Sentence
from assemblier.reports.panorama.blocks import text_column

ADVICE = (
    "Ceci n'est pas un avis juridique : le logiciel compare ce qui est décrit aux textes qu'il "
    "connaît, et dit lesquels."
)
_READ_IN = " ; "


def verdict_sentence(opinion: Opinion) -> str:
    r"""Return the verdict in a sentence.

    Examples
    --------
    >>> import datetime as dt
    >>> verdict_sentence(Opinion("bourse", dt.date(2019, 12, 31), ()))
    'Au 31 décembre 2019, bourse\xa0: légale.'
    """
    day = date_text(opinion.on)
    return french_spaces(f"Au {day}, {opinion.subject} : {opinion.said}.")


def law_text(law: Law | None) -> str:
    """Write the article and the date from which it says so; see `full_text` for where it was read.

    Examples
    --------
    >>> law_text(Law("Article R. 1511-45 ; guide des élus, annexe I"))
    'Article R. 1511-45'
    """
    if law is None:
        return ""
    since = f" (depuis le {date_text(law.since)})" if law.since else ""
    return french_spaces(f"{law.reference.split(_READ_IN)[0]}{since}")


def full_text(law: Law) -> str:
    """Write the article, where it was read, the date from which it says so, and any doubt."""
    pieces = [law.reference]
    if law.since:
        pieces.append(f"dit cela depuis le {date_text(law.since)}")
    if law.confidence is not Confidence.CONFIRME:
        pieces.append(str(law.confidence))
    return french_spaces(" ; ".join(pieces))


def opinion_document(opinion: Opinion, domain: Domaine | None = None) -> Document:
    """Return the report of an opinion; local examples stand beside a local aid."""
    parts = [Part("clauses", "Clause par clause", _sections(opinion))]
    compared = compared_examples(domain) if domain else ()
    if compared:
        rows = tuple((one.who, one.says, one.source.page, one.note) for one in compared)
        columns = tuple(
            text_column(key, label)
            for key, label in (
                ("qui", "Collectivité"),
                ("dit", "Ce que le guide en dit"),
                ("chapitre", "Chapitre"),
                ("note", "À savoir"),
            )
        )
        sources = Provenance(tuple(one.source for one in compared))
        table = Table("exemples", "Des aides locales citées par le guide de 2019", columns, rows,
                      provenance=sources)  # fmt: skip
        parts.append(
            Part(
                "exemples", "Ailleurs", (Section("exemples", "Ce que d'autres donnent", (table,)),)
            )
        )
    return Document(
        key="legalite",
        title=f"{opinion.subject[:1].upper()}{opinion.subject[1:]} : {opinion.said}",
        subtitle=f"Textes au {date_text(opinion.on)}",
        date=date_text(opinion.on),
        summary=tuple(_summary(opinion)),
        parts=tuple(parts),
    )


def _summary(opinion: Opinion) -> list[Block]:
    blocks: list[Block] = [Sentence(verdict_sentence(opinion))]
    for state, tone in (
        (State.CONTRAIRE, Tone.WARNING),
        (State.A_CONFIRMER, Tone.MISSING),
        (State.A_COMPLETER, Tone.MISSING),
        (State.AVERTISSEMENT, Tone.WARNING),
        (State.CONSEIL, Tone.PLAIN),
    ):
        lines = tuple(_line(one) for one in opinion.findings if one.state is state)
        if lines:
            blocks.append(Items(state.value.capitalize(), lines, tone))
    blocks.append(Paragraph(ADVICE))
    return blocks


def _line(finding: Finding) -> str:
    action = f" {finding.correction}" if finding.correction else ""
    return f"{finding.clause} : {finding.sentence}{action}"


def _sections(opinion: Opinion) -> tuple[Section, ...]:
    findings = gravest_first(opinion.findings)
    sections = [Section("constats", "Chaque clause et son article", (_table(findings),))]
    notes = tuple(f"{one.clause} : {note}" for one in findings for note in one.notes)
    if notes:
        items = Items("Contradictions des documents sources, limites, doutes", notes, Tone.WARNING)
        sections.append(Section("notes", "Ce qu'il faut savoir de ces règles", (items,)))
    laws = dict.fromkeys(full_text(one.law) for one in findings if one.law)
    if laws:
        texts = Items("Où chaque règle a été lue", tuple(laws))
        sections.append(Section("textes", "Les textes", (texts,)))
    return tuple(sections)


def _table(findings: Sequence[Finding]) -> Table:
    columns = tuple(
        text_column(key, label)
        for key, label in (
            ("clause", "Clause"),
            ("etat", "État"),
            ("constat", "Constat"),
            ("ecrire", "Ce qu'il faut écrire"),
            ("article", "Article et date du texte"),
        )
    )
    rows = tuple(
        (one.clause, one.state.value, one.sentence, one.correction, law_text(one.law))
        for one in findings
    )
    return Table("constats", "Les clauses, la plus grave d'abord", columns, rows)
