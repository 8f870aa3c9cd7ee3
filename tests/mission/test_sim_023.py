"""SIM-023: a doctor who only moves is no gain for the region."""

import datetime as dt

import pytest

from assemblier import access, territory
from assemblier.reports.scenario import scenario_document
from assemblier.reports.terminal import document_text
from assemblier.scenarios import Change, Scenario, outcome
from assemblier.scenarios.ledger import Nature
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
BASE = access.baseline(territory.parse("departement:43"), ON, ENGINE)


def moved(**values: object):
    change = Change(1, "installation", tuple(values.items()))
    return outcome(Scenario("surenchère", "departement:43", (change,)), BASE, ON, ENGINE)


@pytest.mark.mission("SIM-023")
def test_moving_inside_the_same_twenty_minutes_gains_nothing_for_the_epci() -> None:
    found = moved(commune="43063", nombre=1, venant_de="43148")
    inside = set(territory.parse("epci:200073419").codes) | set(
        territory.epci_of(territory.parse("commune:43148"))[0].codes
    )
    homes = [code in inside for code in found.baseline.homes]
    gain = found.gain[homes] @ found.people_after[homes] / found.people_after[homes].sum()
    assert abs(gain) < 0.02
    assert found.balance().net == pytest.approx(0, abs=1e-6)


@pytest.mark.mission("SIM-023")
def test_the_report_says_a_transfer_and_puts_losses_beside_gains() -> None:
    found = moved(commune="43148", nombre=2, venant_de="43157")
    assert found.acts(Nature.NOUVELLE) == 0
    assert found.acts(Nature.DEPLACEE) > 0
    said = document_text(scenario_document(found, ON))
    assert "un transfert" in said
    table = next(one for one in scenario_document(found, ON).tables() if one.key == "extremes")
    losses = [row[1] for row in table.rows if row[1] != ""]
    wins = [row[4] for row in table.rows if row[4] != ""]
    assert losses and wins
    assert all(one < 0 for one in losses) and all(one > 0 for one in wins)


@pytest.mark.mission("SIM-023")
def test_a_doctor_from_elsewhere_is_a_transfer_too() -> None:
    found = moved(commune="43148", nombre=1, venant_de="ailleurs")
    assert found.acts(Nature.NOUVELLE) == 0
    assert any(move.commune == "" and move.acts < 0 for move in found.moves)
