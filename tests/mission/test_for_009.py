"""FOR-009: a bassin with only GPs over 55, the next one more than 30 minutes away, is detected."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from assemblier.access.isolation import isolation, minutes_to_next_bassin
from assemblier.cli.program import run
from assemblier.figures import Nature
from assemblier.travel import TravelTimes
from tests.stores import put

ON = dt.date(2026, 1, 1)
BASSIN = "43000"


@pytest.mark.mission("FOR-009")
@pytest.mark.parametrize(
    ("ages", "minutes", "expected"),
    [
        ([56, 60], 31, True),
        ([54, 60], 31, False),
        ([55, 60], 31, False),
        ([56, 60], 30, False),
        ([56, 60], float("inf"), True),
        ([56, None], 31, None),
        ([54, None], 31, False),
        ([56, None], 12, False),
        ([56, 60], None, None),
        ([50], None, False),
        ([], 45, False),
    ],
)
def test_the_rule_of_fifty_five_years_and_thirty_minutes(ages, minutes, expected):
    found = isolation(BASSIN, ages, minutes, ON)
    assert found.is_isolated is expected
    assert found.practitioners == len(ages)


@pytest.mark.mission("FOR-009")
@pytest.mark.parametrize(("minutes", "expected"), [(31.0, True), (29.0, False)])
def test_from_travel_times_to_the_verdict(minutes, expected):
    times = TravelTimes(
        ("A1", "A2", "B1"),
        ("A1", "A2", "B1", "C1"),
        sp.csr_array(np.array([[0.0, 5, minutes, 9], [5, 0, 60, 8], [minutes, 60, 0, 70]])),
        90,
        "essai",
        Nature.ESTIME,
    )
    bassins = {"A1": "A", "A2": "A", "B1": "B", "C1": "C"}
    # Nobody practises in C, however near.
    next_one = minutes_to_next_bassin(times, bassins, {"A1": 2, "A2": 1, "B1": 1, "C1": 0})
    assert next_one == {"A": minutes, "B": minutes}
    assert isolation("A", [56, 58, 60], next_one["A"], ON).is_isolated is expected


ages = st.lists(st.one_of(st.none(), st.floats(25, 80)), max_size=6)
minutes = st.one_of(st.none(), st.floats(0, 120))


@pytest.mark.mission("FOR-009")
@given(ages, st.floats(25, 55), minutes)
def test_one_of_the_age_or_younger_and_it_is_not_isolated(others, young, next_one):
    assert isolation(BASSIN, [*others, young], next_one, ON).is_isolated is False


@pytest.mark.mission("FOR-009")
@given(ages, st.floats(0, 30))
def test_a_next_one_in_reach_and_it_is_not_isolated(some, near):
    assert isolation(BASSIN, some, near, ON).is_isolated is False


@pytest.mark.mission("FOR-009")
@given(ages, minutes)
def test_an_unknown_age_never_makes_a_bassin_isolated_nor_saves_it(some, next_one):
    before = isolation(BASSIN, some, next_one, ON).is_isolated
    after = isolation(BASSIN, [*some, None], next_one, ON).is_isolated
    assert after is not True
    assert after is None or before is False


@pytest.mark.mission("FOR-009")
def test_a_bassin_whose_next_one_is_beyond_the_search():
    times = TravelTimes(("A1",), ("B1",), sp.csr_array((1, 1)), 60, "essai", Nature.ESTIME)
    assert minutes_to_next_bassin(times, {}, {"A1": 1, "B1": 1}) == {"A1": np.inf}


AROUND = ("43157", "48095", "15014", "07186", "42218", "63113")
"""One commune of each département around: an offer that names them describes them whole."""


@pytest.mark.mission("FOR-009")
@pytest.mark.parametrize(("young", "expected"), [(56, True), (54, False)])
def test_the_command_lists_the_bassin_and_leaves_it_out_for_one_doctor_of_54(
    young, expected, tmp_path: Path, monkeypatch, capsys
):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    bassins = [("43234", "43234"), ("43157", "43157")]
    put(tmp_path, "appartenance", [
        {"code_commune": code, "millesime": 2026, "bassin_de_vie": bassin}
        for code, bassin in bassins
    ])  # fmt: skip
    offer = tmp_path / "offre-d-essai.csv"
    lines = [f"{code};medecin_generaliste;2" for code in ("43234", *AROUND)]
    offer.write_text("\n".join(["code_commune;profession;effectif", *lines]), encoding="utf-8")
    ages = tmp_path / "ages-d-essai.yaml"
    ages.write_text(
        f"praticiens:\n  - {{commune: 43234, nombre: 1, age: 60}}\n"
        f"  - {{commune: 43234, nombre: 1, age: {young}}}\n"
    )
    words = ["--hypotheses", str(ages), "--offre", str(offer), "--tirages", "20"]
    assert run(["projection", "bassin:43234", *words, "--date", "2026-11-22"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert ("1 bassin de vie en péril" in said) is expected
    assert ("Aucun bassin de vie en péril" in said) is not expected
