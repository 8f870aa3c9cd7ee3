"""FOR-010: a doctor who leaves within two years without a successor is a practice to hand over."""

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from assemblier import access
from assemblier.aids.engine import Verdict
from assemblier.cli.program import run
from assemblier.scenarios.handover import Leaving, handover, to_hand_over
from assemblier.territory import parse
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
SOON = Leaving("43148", dt.date(2028, 6, 30), 1200)


@cache
def started():
    engine = chain_engine(ON)
    return access.baseline(parse("departement:43"), ON, engine), engine


@pytest.mark.mission("FOR-010")
@pytest.mark.parametrize(
    ("leaving", "is_there"),
    [
        (SOON, True),
        (Leaving("43148", dt.date(2028, 11, 22)), True),
        (Leaving("43148", dt.date(2028, 11, 23)), False),
        (Leaving("43148", dt.date(2028, 6, 30), has_successor=True), False),
        (Leaving("43148", dt.date(2028, 6, 30), has_successor=False), True),
        (Leaving("43148", dt.date(2026, 11, 21)), False),
    ],
)
def test_within_two_years_without_a_successor(leaving, is_there):
    assert bool(to_hand_over([leaving], ON)) is is_there


@pytest.mark.mission("FOR-010")
def test_what_is_lost_is_that_of_a_departure_tried_on_the_baseline():
    base, engine = started()
    found = handover([SOON], parse("departement:43"), ON, base, engine)
    (one,) = found.practices
    assert (one.nom, one.months, found.patients) == ("Paulhaguet", 19, (1200, 0))
    assert one.loss.before == pytest.approx(3.01)
    assert one.loss.after < one.loss.before
    assert one.loss.acts > 0
    assert found.together == one.loss


@pytest.mark.mission("FOR-010")
def test_a_practice_whose_sources_disagree_has_no_loss_and_says_why():
    base, engine = started()
    found = handover([Leaving("43234", dt.date(2027, 6, 30))], parse("commune:43234"), ON, base,
                     engine)  # fmt: skip
    (one,) = found.practices
    assert one.loss.acts is None
    assert "se contredisent" in one.loss.missing
    assert found.patients == (0, 1)


@pytest.mark.mission("FOR-010")
@pytest.mark.parametrize(
    ("on", "profile", "verdict"),
    [
        (ON, {}, Verdict.FERME),
        (dt.date(2019, 6, 1), {}, Verdict.A_COMPLETER),
        (dt.date(2019, 6, 1), {"age": 59, "zonage": "ZIP"}, Verdict.NON_ELIGIBLE),
        (
            dt.date(2019, 6, 1),
            {"age": 62, "zonage": "ZIP", "secteur": "secteur_1", "accueille_un_successeur": "oui",
             "age_successeur": 40, "contrats_de_transition_signes": 0},
            Verdict.ELIGIBLE,
        ),
    ],
)  # fmt: skip
def test_the_contract_of_transition_is_asked_of_the_aids(on, profile, verdict):
    leaving = Leaving("43148", on + dt.timedelta(days=300), profile=profile)
    (one,) = handover([leaving], parse("commune:43148"), on).practices
    assert one.cotram.verdict is verdict
    assert one.loss.missing


@pytest.mark.mission("FOR-010")
def test_the_command_lists_the_practice_from_the_file(tmp_path: Path, capsys):
    path = tmp_path / "cabinets.yaml"
    path.write_text(
        "praticiens:\n  - {commune: 43148, nombre: 2, age: 64}\n"
        "cabinets:\n"
        "  - {commune: 43148, date: 30/06/2028, patients: 1200}\n"
        "  - {commune: 43148, date: 30/06/2028, successeur: oui}\n"
    )
    out = tmp_path / "rapport"
    words = ["--hypotheses", str(path), "--tirages", "20", "--date", "2026-11-22", "-o", str(out)]
    assert run(["projection", "commune:43148", *words]) == 0
    said = " ".join(capsys.readouterr().out.replace("\u202f", " ").split())
    assert "1 cabinet à transmettre d'ici 2 ans" in said
    assert "1 200 patients à reprendre" in said
    (listed,) = out.glob("csv/*cabinets_a_transmettre.csv")
    assert "Paulhaguet" in listed.read_text(encoding="utf-8-sig")
