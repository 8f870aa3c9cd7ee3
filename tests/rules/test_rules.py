"""The rules, case by case, in YAML files a lawyer can read: one file per dispositif.

Each case has a name, a day (``period``), what is said (``input``) and what must be answered
(``output``), in the format of OpenFisca: ``openfisca test --country-package
assemblier.aids.system tests/rules`` runs them too. ``amount`` outputs are compared to the cent.
"""

from pathlib import Path

import numpy as np
import pytest
import yaml
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.simulations import SimulationBuilder

from assemblier.aids.catalogue import catalogue
from assemblier.aids.system import system

FOLDER = Path(__file__).parent


def cases() -> list:
    found = []
    for file in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text(encoding="utf-8")):
            found.append(pytest.param(case, id=f"{file.stem}: {case['name']}"))
    return found


def shown(found: np.ndarray) -> object:
    (one,) = found.decode_to_str() if isinstance(found, EnumArray) else found
    return one


@pytest.mark.parametrize("case", cases())
def test_the_rule_answers_as_the_text_says(case):
    day = str(case["period"])
    builder = SimulationBuilder()
    builder.set_default_period(day)
    simulation = builder.build_from_dict(system(), dict(case.get("input") or {}))
    found = {name: shown(simulation.calculate(name, day)) for name in case["output"]}
    expected = {
        name: one if isinstance(one, str | bool) else pytest.approx(one, abs=0.005)
        for name, one in case["output"].items()
    }
    assert found == expected


@pytest.mark.parametrize("aid", catalogue(), ids=lambda one: one.sigle)
def test_each_dispositif_has_at_least_three_cases(aid):
    file = FOLDER / f"{aid.variable}.yaml"
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    of_it = [case for case in held if aid.variable in case["output"]]
    assert len(of_it) >= 3
    verdicts = {case["output"][aid.variable] for case in of_it}
    assert "eligible" in verdicts
    assert verdicts & {"non_eligible", "ferme"}
