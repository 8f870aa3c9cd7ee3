"""What the checks of legality say on the terminal, and what they read from it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assemblier.aids import settings
from assemblier.aids.legality.common import compared_examples
from assemblier.aids.legality.files import read_yaml
from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import Finding, Opinion, State, gravest_first
from assemblier.aids.legality.subjects import Subject
from assemblier.aids.legality.values import NOTHING, Values, read_values, values_from
from assemblier.errors import InputError, Problem
from assemblier.french import french_spaces
from assemblier.reports.legalite import drafts_of, law_text, verdict_sentence, write_drafts
from assemblier.reports.legalite.opinion import ADVICE

_SIGNS = {
    State.CONTRAIRE: "✗",
    State.A_CONFIRMER: "?",
    State.A_COMPLETER: "…",
    State.AVERTISSEMENT: "!",
    State.CONSEIL: "i",
    State.CONFORME: "✓",
}


def opinion_text(opinion: Opinion) -> str:
    """Return the verdict and each clause as lines, the gravest first."""
    lines = [verdict_sentence(opinion), ""]
    for finding in gravest_first(opinion.findings):
        lines += _finding_lines(finding)
    overdue = [one.clause for one in opinion.findings if one.law is not None and one.law.overdue]
    if overdue:
        told = ", ".join(overdue)
        lines += ["", french_spaces(f"Textes non relus depuis plus d'un an, à vérifier : {told}.")]
    return "\n".join((*lines, "", french_spaces(ADVICE)))


def examples_text(domain: Domaine) -> str:
    """Return what others give, as the guide cites it; empty where it cites nothing."""
    found = compared_examples(domain)
    if not found:
        return ""
    head = f"Ailleurs ({found[0].source.title}, {found[0].source.vintage}) :"
    lines = [f"  {one.who} : {one.says}{f' ({one.note})' if one.note else ''}" for one in found]
    return french_spaces("\n".join((head, *lines)))


def _finding_lines(finding: Finding) -> list[str]:
    head = f"{_SIGNS[finding.state]} {finding.clause} ({finding.state}) : {finding.sentence}"
    lines = [french_spaces(head)]
    if finding.law is not None and finding.state is not State.CONFORME:
        lines.append(f"    {law_text(finding.law)}")
    if finding.correction:
        lines.append(french_spaces(f"    → {finding.correction}"))
    if finding.state is not State.CONFORME:
        lines += [french_spaces(f"    ({note})") for note in finding.notes]
    return lines


def written_drafts(aid: AideLocale, values: Values, folder: Path) -> str:
    """Write the drafts of an aid into a folder, and say which."""
    drafts = drafts_of(aid, values)
    names = write_drafts(drafts, folder)
    told = "\n".join(f"  {folder / name}" for name in names)
    return french_spaces(f"Projets à compléter, clauses corrigées :\n{told}")


def values_of(told: Sequence[str]) -> Values:
    """Read the values given on the command line: ``key=amount``, or the files of `aides`.

    Raises
    ------
    InputError
        Every problem at once.
    """
    pairs: dict[str, object] = {}
    problems: list[Problem] = []
    found = NOTHING
    for one in told:
        key, equals, value = one.partition("=")
        if not equals:
            try:
                found |= values_from(settings.read_values(Path(one)))
            except InputError as error:
                problems += error.problems
        elif key.strip() in pairs:
            problems.append(Problem(f"--valeurs {key}", "deux fois", "une fois", "en retirer une"))
        else:
            pairs[key.strip()] = value.strip()
    try:
        found |= read_values(pairs)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return found


def answers_of(subject: Subject, path: Path | None, told: Sequence[str]) -> dict[str, Any]:
    """Read the answers to a subject: those of a file, and those of the command line.

    Raises
    ------
    InputError
        Every problem at once.
    """
    pairs: dict[str, Any] = dict(read_yaml(path)) if path else {}
    problems = []
    for one in told:
        key, equals, value = one.partition("=")
        if not equals:
            problems.append(
                Problem("-r", f"« {one} »", "clé=valeur", "écrire par exemple minutes=25")
            )
        elif key.strip() in pairs:
            problems.append(
                Problem(f"-r {key}", "répondue deux fois", "une fois", "en retirer une")
            )
        else:
            pairs[key.strip()] = value.strip()
    if problems:
        raise InputError(problems)
    return subject.read(pairs, str(path) if path else "-r")


def questions_text(subject: Subject) -> str:
    """Return the questions of a subject, and how to answer each."""
    lines = [f"{subject.label} : les questions, à répondre par -r clé=valeur ou dans un fichier."]
    for one in subject.fields:
        needed = " (nécessaire)" if one.is_required else ""
        lines += [f"  {one.key}{needed} : {one.label}", f"      {one.expected}"]
    return french_spaces("\n".join(lines))


def subjects_text(subjects: Mapping[str, Subject]) -> str:
    """Return the list of the subjects."""
    lines = [f"  {one.key:26}{one.label}" for one in subjects.values()]
    return "\n".join(("Sujets, chacun avec --questions :", *lines))


def day_of(told: dt.date | None) -> dt.date:
    """Return the day asked for, else today."""
    return told or dt.date.today()
