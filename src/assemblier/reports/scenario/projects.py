"""The projects that pay for a scenario, inside its report."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assemblier.french import french_spaces, number
from assemblier.projects.centre_de_sante import CRUISE
from assemblier.projects.ranges import span_text
from assemblier.projects.study import Study
from assemblier.reports.document import Block, Chart, Finding, Part, Section, Table
from assemblier.reports.projets.document import project_document
from assemblier.scenarios.funding import CENTRE
from assemblier.scenarios.outcome import Outcome

PART = "argent"
SALARIED = ("antenne", "centre_de_sante")


def money_part(studies: Sequence[Study]) -> tuple[Part, ...]:
    """Return the part of a report that says what projects cost; none without a project.

    Parameters
    ----------
    studies
        Of the projects, in order.
    """
    sections = tuple(
        section
        for rank, one in enumerate(studies, start=1)
        for section in _sections(one, f"p{rank}")
    )
    return (Part(PART, "Avec quel argent", sections),) if sections else ()


def money_findings(studies: Sequence[Study]) -> tuple[Finding, ...]:
    """Return the answer of each project, for the summary of the report.

    Parameters
    ----------
    studies
        Of the projects, in order.
    """
    return tuple(
        Finding(
            " ".join(_said(study)),
            tuple(study.figure(*at) for one in study.findings for at in one.places),
        )
        for study in studies
    )


def _said(study: Study) -> Iterator[str]:
    """Yield the answer of a project; what is refused before anything else, then how sure it is."""
    yield f"{study.title}."
    for refusal in study.refusals:
        yield f"Refusé : {refusal.what} ; {refusal.why}"
    yield from (one.text for one in study.findings)
    if said := span_text(study):
        yield said


def money_doubts(found: Outcome, studies: Sequence[Study]) -> tuple[str, ...]:
    """Return where a budget and the scenario do not count the same thing.

    Parameters
    ----------
    found, studies
        What the scenario changes, and its projects.
    """
    opened = [one.rank for one in found.scenario.changes if one.kind in SALARIED]
    acts = sum(move.acts for move in found.moves if move.change in opened[:1] and move.acts > 0)
    billed = [study.value("actes", CRUISE) for study in studies if study.kind == CENTRE]
    return tuple(
        french_spaces(
            f"Le budget facture {number(float(one))} consultations par an, d'après leur durée ; "
            f"l'accès en compte {number(acts)}, comme l'APL compte l'activité d'un médecin libéral."
        )
        for one in billed
        if one is not None and acts and abs(float(one) - acts) >= 1
    )


def _sections(study: Study, mark: str) -> Iterator[Section]:
    document = project_document(study)
    yield Section(f"{mark}-{PART}", document.title, _named(document.summary, mark))
    for part in document.parts:
        for section in part.sections:
            yield Section(f"{mark}-{section.key}", section.title, _named(section.blocks, mark))


def _named(blocks: Sequence[Block], mark: str) -> tuple[Block, ...]:
    """Return blocks whose names nothing else in the report has: a sheet has one name."""
    return tuple(_own(one, mark) for one in blocks)


def _own(block: Block, mark: str) -> Block:
    if isinstance(block, Table):
        return replace(block, key=f"{mark}_{block.key}")
    if isinstance(block, Chart):
        table = replace(block.table, key=f"{mark}_{block.table.key}")
        return replace(block, key=f"{mark}-{block.key}", table=table)
    return block
