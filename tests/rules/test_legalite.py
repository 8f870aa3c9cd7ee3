"""The cases a lawyer reads, `legalite/*.yaml`: an aid or a subject, changed a clause at a time."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from assemblier.aids.legality import aid_of, check_aid, read_values
from assemblier.aids.legality.opinion import Opinion
from assemblier.aids.legality.reading import read_day
from assemblier.aids.legality.subjects import SUBJECTS
from assemblier.errors import ParameterError
from assemblier.french import french_spaces
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import MEDECIN, zone_of

FOLDER = Path(__file__).parent / "legalite"
SUBJECT_FILE = FOLDER / "sujets.yaml"
FILES = sorted(set(FOLDER.glob("*.yaml")) - {SUBJECT_FILE})


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def changed(base: Mapping[str, Any], case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the base with the keys of `avec` set and those of `sans` removed; dots go inside."""
    told = deepcopy(dict(base))
    for key, value in case.get("avec", {}).items():
        group, dot, name = key.partition(".")
        if dot:
            told.setdefault(group, {})[name] = value
        else:
            told[key] = value
    for key in case.get("sans", []):
        group, dot, name = key.partition(".")
        removed = told[group] if dot else told
        del removed[name if dot else key]
    return told


def register(acts: list[dict[str, Any]]) -> Register:
    return Register(
        Acte(
            act["cle"], act["region"], MEDECIN, act["depuis"], act["depuis"],
            f"arrêté d'essai {act['cle']}", "essai",
            {code: zone_of(zone) for code, zone in act["zones"].items()},
        )
        for act in acts
    )  # fmt: skip


def compare(opinion: Opinion, case: Mapping[str, Any]) -> None:
    states = {one.clause: one.state.value for one in opinion.findings}
    assert opinion.verdict.value == case["verdict"], states
    for clause, state in case.get("clauses", {}).items():
        assert states[clause] == state, opinion.of(clause)
    for clause, words in case.get("dit", {}).items():
        found = opinion.of(clause)
        said = french_spaces(f"{found.sentence} {found.correction} {found.notes}")
        assert french_spaces(words) in said
    for clause in case.get("absentes", []):
        assert clause not in states


def aid_cases() -> Iterator[Any]:
    for path in FILES:
        content = load(path)
        for case in content["cas"]:
            yield pytest.param(content, case, id=f"{path.stem}: {case['titre']}")


@pytest.mark.parametrize(("content", "case"), list(aid_cases()))
def test_a_local_aid_has_the_verdict_a_lawyer_expects(content, case):
    aid = aid_of(changed(content["base"], case))
    values = read_values(case.get("valeurs", {}))
    compare(check_aid(aid, register(content.get("actes", [])), values), case)


def subject_cases() -> Iterator[Any]:
    for key, content in load(SUBJECT_FILE).items():
        for case in content["cas"]:
            yield pytest.param(key, content, case, id=f"{key}: {case['titre']}")


@pytest.mark.parametrize(("key", "content", "case"), list(subject_cases()))
def test_a_subject_has_the_verdict_a_lawyer_expects(key, content, case):
    subject = SUBJECTS[key]
    answers = subject.read(changed(content["base"], case))
    day = read_day(case.get("le", content["le"]))
    if "refus" in case:
        with pytest.raises(ParameterError, match=case["refus"]):
            subject.check(answers, day)
    else:
        compare(subject.check(answers, day), case)


def test_every_subject_has_at_least_three_cases():
    content = load(SUBJECT_FILE)
    assert set(content) == set(SUBJECTS)
    assert all(len(one["cas"]) >= 3 for one in content.values())


def test_every_clause_of_a_local_aid_is_seen_kept_and_not_kept():
    """Each clause that can refuse an aid is refused, or asked for, by one case at least."""
    seen: dict[str, set[str]] = {}
    for parameter in aid_cases():
        content, case = parameter.values
        opinion = check_aid(
            aid_of(changed(content["base"], case)),
            register(content.get("actes", [])),
            read_values(case.get("valeurs", {})),
        )
        for one in opinion.findings:
            domain = content["base"]["aide"]
            seen.setdefault(f"{domain} {one.clause}", set()).add(one.state.value)
    advice = {"niveau", "surenchère", "charte", "montant", "cumul avec le CESP"}
    alone = {
        name
        for name, states in seen.items()
        if len(states) < 2 and name.split(" ", 1)[1] not in advice
    }
    assert alone == {"permanence_des_soins zone", "indemnite_stage convention",
                     "indemnite_etude donneur", "indemnite_stage donneur"}  # fmt: skip
