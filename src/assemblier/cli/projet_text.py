"""A project told on the terminal: the answer, what is refused, what is missing."""

from collections.abc import Iterator

from assemblier.aids.legality.fields import Field
from assemblier.french import french_spaces
from assemblier.projects.form import Form
from assemblier.projects.kinds import KINDS
from assemblier.projects.ranges import effects, span_text
from assemblier.projects.study import Listing, Study
from assemblier.reports.document import Table
from assemblier.reports.panorama.blocks import text_column
from assemblier.reports.terminal import table_text

MOST_EFFECTS = 3


def kinds_text() -> str:
    """Return every kind of project, one a line."""
    width = max(len(name) for name in KINDS)
    lines = [f"  {name.ljust(width)}  {kind.label}" for name, kind in KINDS.items()]
    lines += ["", "Ensuite : assemblier projet NATURE --questions"]
    return french_spaces("\n".join(lines))


def questions_text(form: Form) -> str:
    """Return the questions of a kind of project."""
    lines = [form.title, *(_question(one) for one in form.fields)]
    for rows in form.lists:
        lines += ["", f"{rows.key} : {rows.label.lower()}, autant de lignes qu'il en faut"]
        lines += [_question(one) for one in rows.fields]
    lines += ["", f"Le classeur à remplir : assemblier modele projet {form.kind} -o projet.xlsx"]
    return french_spaces("\n".join(lines))


def _question(one: Field) -> str:
    needed = " (nécessaire)" if one.is_required else ""
    return f"  {one.key} : {one.label}{needed}. {one.expected}"


def study_text(study: Study) -> str:
    """Return the answer of a project as lines of text."""
    return "\n".join(_lines(study))


def _lines(study: Study) -> Iterator[str]:
    yield from (french_spaces(one) for one in _said(study))
    # A table is spaced cell by cell: two numbers of one line are not one number.
    yield from (table_text(_table(listing)) for listing in study.listings)
    yield from (french_spaces(one) for one in _doubts(study))


def _said(study: Study) -> Iterator[str]:
    yield f"{study.title} — {study.subtitle}"
    yield from (one.text for one in study.findings)
    for refusal in study.refusals:
        yield f"\n{refusal}"
    yield from _range_lines(study)


def _doubts(study: Study) -> Iterator[str]:
    unsure = [
        row.label for row in study.calculation.rows()
        if row.is_entry and row.confidence.value == "non confirmé"
    ]  # fmt: skip
    if unsure:
        yield f"\nHypothèses à remplacer par les vôtres : {', '.join(unsure)}."
    if lacking := study.missing():
        yield f"\nNon disponible, à renseigner : {', '.join(lacking)}."
    if study.warnings:
        yield "\n".join(("\nÀ savoir", *(f"  {one}" for one in study.warnings)))
    yield "\nLe détail, ligne à ligne : -o projet.xlsx (formules vivantes), .pdf, .html ou .docx."


def _range_lines(study: Study) -> Iterator[str]:
    said = span_text(study)
    if study.result is None or not said:
        return
    yield said
    first = ", ".join(
        one.row.label for one in effects(study.calculation, study.result)[:MOST_EFFECTS]
    )
    yield f"Ce qui compte le plus : {first}."


def _table(listing: Listing) -> Table:
    columns = tuple(
        text_column(f"c{place}", label) for place, label in enumerate(listing.columns, start=1)
    )
    return Table(listing.key, listing.title, columns, listing.rows)
