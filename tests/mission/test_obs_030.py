"""OBS-030: mortality standardised by zone, its interval, the région and France beside."""

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.standardised import PER, read_deaths, standardised
from assemblier.errors import DataError
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put

DAY = dt.date(2026, 11, 22)
HEAD = "niveau;territoire;age_debut;age_fin;deces;population;annees;periode;source\n"
# Made for the test: three classes of ages, deaths and inhabitants that a hand can divide.
ROWS = (
    ("zsp", "Ouest (essai)", (10, 60, 900), (10_000, 10_000, 6_000)),
    ("zsp", "Est (essai)", (12, 40, 300), (20_000, 10_000, 3_000)),
    ("departement", "Haute-Loire", (22, 100, 1_200), (30_000, 20_000, 9_000)),
    ("region", "Auvergne-Rhône-Alpes", (2_000, 9_000, 80_000), (5_000_000, 2_000_000, 900_000)),
    ("france", "France", (20_000, 90_000, 700_000), (40_000_000, 18_000_000, 8_000_000)),
)
CLASSES = ((0, 44), (45, 64), (65, None))
SHARES = (1000 + 4000 + 3 * 5500 + 2 * 6000 + 6500 + 2 * 7000, 2 * 7000 + 6500 + 6000, 19_500)
"""Of the European population of 2013, in the three classes."""


@pytest.fixture
def deaths(tmp_path: Path) -> Path:
    """A file of deaths by zone and age, made for the test."""
    lines = [
        f"{level};{zone};{first};{'' if last is None else last};{count};{people};1;2019;ORS (essai)"
        for level, zone, counts, living in ROWS
        for (first, last), count, people in zip(CLASSES, counts, living, strict=True)
    ]
    path = tmp_path / "deces.csv"
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.mission("OBS-030")
def test_direct_standardisation_equals_the_hand_calculation(deaths: Path) -> None:
    found = {one.zone: one for one in standardised(read_deaths(deaths, DAY), DAY)}
    for _, zone, counts, living in ROWS:
        by_hand = sum(
            share * count / people
            for share, count, people in zip(SHARES, counts, living, strict=True)
        ) / sum(SHARES)
        assert found[zone].rate.value == pytest.approx(PER * by_hand)
        assert found[zone].low.value < found[zone].rate.value < found[zone].high.value
        assert found[zone].crude.value == pytest.approx(PER * sum(counts) / sum(living))
    assert found["Ouest (essai)"].rate.value == pytest.approx(
        PER * (0.54 * 0.001 + 0.265 * 0.006 + 0.195 * 0.15)
    )


@pytest.mark.mission("OBS-030")
def test_the_departement_is_above_the_region_and_france_and_the_reference_is_stated(
    deaths: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mortalite.html"
    words = ["mortalite", "departement:43", "--deces", str(deaths), "--date", "2026-11-22"]
    assert run(["territoire", *words, "-o", str(path)]) == 0
    said = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert re.search(r"Auvergne-Rhône-Alpes : [\d ]+,\d, plus bas", said)
    assert re.search(r"France : [\d ]+,\d, plus bas", said)
    assert "population européenne de 2013" in said
    assert said.index("Ouest (essai)") < said.index("Est (essai)")
    assert "Population européenne de référence" in path.read_text("utf-8")


@pytest.mark.mission("OBS-030")
def test_imported_rates_of_the_zones_stand_beside_the_region_and_france(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    rates = {"4301": 910.0, "4302": 800.0, "6301": 700.0}
    places = [("zsp", code, rate) for code, rate in rates.items()]
    places += [("departement", "43", 880.0), ("region", "84", 780.0), ("france", "FR", 820.0)]
    rows = [
        {
            "niveau": level,
            "code": code,
            "annee_debut": 2015,
            "annee_fin": 2019,
            "cause": "toutes",
            "sexe": "ensemble",
            "age": "tous",
            "taux": rate,
            "unite": "pour 100 000",
            "statut": "connu",
        }
        for level, code, rate in places
    ]
    put(tmp_path, "mortalite", rows, "mortalite-essai", "2019")
    document = panorama(parse("departement:43"), DAY)
    table = next(one for one in document.tables() if one.key == "mortalite_taux")
    told = {cells[0]: cells[2].value for cells in table.rows}
    assert told == {
        "Haute-Loire": 880.0,
        "ZSP 4301": 910.0,
        "ZSP 4302": 800.0,
        "Auvergne-Rhône-Alpes": 780.0,
        "France": 820.0,
    }


def test_every_problem_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "deces.csv"
    path.write_text(
        HEAD + "zsp;A;0;17;1;100;1;2019;x\nzap;A;65;;1;100;1;2019;x\nzsp;A;65;;-1;100;1;2019;\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        read_deaths(path, DAY)
    columns = [re.findall("« (.*?) »", problem.where)[0] for problem in caught.value.problems]
    assert columns == ["age_fin", "niveau", "deces", "source"]


def test_ages_that_leave_a_hole_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "deces.csv"
    path.write_text(
        HEAD + "zsp;A;0;44;1;100;1;2019;x\nzsp;A;65;;1;100;1;2019;x\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match="se suivent"):
        read_deaths(path, DAY)


def test_the_reference_population_sums_to_a_hundred_thousand() -> None:
    assert np.sum(SHARES) == PER
