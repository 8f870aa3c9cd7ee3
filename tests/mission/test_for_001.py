"""FOR-001: practitioners by age, the exits of each year, arrivals, and the access that is left."""

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.departures import listed_practitioners, outlook
from assemblier.maths.cohort import cohort, leaving_at
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put

DAY = dt.date(2026, 11, 22)
TEN = listed_practitioners([66] * 10, DAY)


@pytest.mark.mission("FOR-001")
@pytest.mark.parametrize(("entries", "left"), [(0, 0), (2, 2)])
def test_ten_practitioners_of_66_who_leave_at_67(entries: float, left: float) -> None:
    found = outlook(parse("commune:43234"), TEN, 2027, DAY, entries, exit_age=67)
    now, then = found.years
    assert (now.stock.value, then.stock.value) == (10, left)
    assert (then.exits.value, then.entries.value) == (10, entries)
    assert found.fragile_from == 2027


@pytest.mark.mission("FOR-001")
def test_the_stock_of_a_year_is_that_of_the_year_before_plus_arrivals_minus_departures() -> None:
    found = outlook(parse("departement:43"), listed_practitioners([66, 61, 45, 70], DAY), 2046, DAY)
    for before, after in zip(found.years, found.years[1:], strict=False):
        moved = before.stock.value + after.entries.value - after.exits.value
        assert after.stock.value == pytest.approx(moved)
    assert [one.year for one in found.years] == list(range(2026, 2047))


@pytest.mark.mission("FOR-001")
def test_the_access_that_is_left_follows_the_stock_and_is_an_estimate() -> None:
    found = outlook(parse("departement:43"), TEN, 2027, DAY, 5, exit_age=67)
    now, then = (one.apl for one in found.years)
    assert then.value == pytest.approx(now.value / 2)
    assert then.nature.value == "estimé"


@pytest.mark.mission("FOR-001")
def test_an_imported_list_gives_the_panorama_its_departures(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    bands = [(50, 54, 20), (60, 64, 30), (65, 69, 25), (75, None, None)]
    rows = [
        {
            "niveau": "departement",
            "code": "43",
            "profession": "medecin_generaliste",
            "millesime": 2026,
            "age_debut": first,
            "age_fin": last,
            "effectif": count,
            "statut": "connu" if count else "secret",
        }
        for first, last, count in bands
    ]
    source = put(tmp_path, "ages_medecins", rows, "cdom-essai", "2026")
    document = panorama(parse("departement:43"), DAY)
    table = next(one for one in document.tables() if one.key == "departs_attendus")
    assert table.rows[0][1].value == 75
    assert "75 ans ou plus" in table.note
    assert source in table.provenance.sources
    assert len(table.rows) == 11


@pytest.mark.mission("FOR-001")
def test_without_ages_the_panorama_and_the_command_say_who_has_them(capsys) -> None:
    document = panorama(parse("departement:43"), DAY)
    section = next(s for part in document.parts for s in part.sections if s.key == "departs")
    assert "non disponible" in section.title
    assert "Ordre" in section.blocks[0].items[0]
    assert run(["projection", "departement:43", "--horizon", "2036"]) == 2
    assert "Ordre" in capsys.readouterr().err


@pytest.mark.mission("FOR-001")
def test_the_command_writes_the_years_of_a_practice(tmp_path: Path, capsys) -> None:
    path = tmp_path / "departs.csv"
    words = ["--horizon", "2028", "--ages", "66,66", "--age-depart", "67", "--entrees", "1"]
    assert run(["projection", "Saugues", *words, "--date", "2026-11-22", "-o", str(path)]) == 0
    assert "2 départs en moyenne" in " ".join(capsys.readouterr().out.split())
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    told = [
        (row["annee"], row["effectif"], row["departs"], row["arrivees"])
        for row in rows
        if row["lecture"] == "avec les arrivées que vous donnez"
    ]
    assert told == [("2026", "2", "0", "0"), ("2027", "1", "2", "1"), ("2028", "2", "0", "1")]


@pytest.mark.mission("FOR-001")
def test_draws_share_the_same_three_lines() -> None:
    """A later projection gives one rate per draw: the arrays have one more dimension."""
    stock = np.zeros(100)
    stock[66] = 10
    rates = np.stack([leaving_at(67, 100), np.zeros(100)])
    assert cohort(stock, rates, np.zeros(100), 1).totals()[0][1].tolist() == [0, 10]
