"""OBS-041: EPCI against TVS, GHT, CTS, CPTS: shares sum to 100 %, « aucune » outside a CPTS."""

import csv
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.articulation import NONE, articulation, read_perimeters
from assemblier.errors import DataError
from assemblier.reports.panorama.articulation import articulation_document
from assemblier.reports.panorama.scope import Scope
from assemblier.territory import index, parse
from tests.mission.test_for_001 import DAY
from tests.stores import put

LINES = """type;nom;territoire;date;source
GHT;GHT d'essai;departement:43;2025;ARS (essai)
CTS;CTS d'essai;departement:43;2025;ARS (essai)
CPTS;CPTS du Velay (essai);epci:200073419;2025;ARS (essai)
CPTS;CPTS de Saugues (essai);commune:43234;2025;ARS (essai)
"""


@pytest.fixture
def perimeters(tmp_path: Path) -> Path:
    """A file of perimeters, made for the test."""
    path = tmp_path / "perimetres.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


@pytest.fixture
def tvs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A composition of TVS, made for the test: odd and even rows of the communes of 43."""
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "magasin"))
    rows = [
        {"code_commune": code, "millesime": 2024, "code_tvs": f"4300{rank % 2}", "nom_tvs": None}
        for rank, code in enumerate(parse("departement:43").codes)
    ]
    put(tmp_path / "magasin", "composition_tvs", rows, "tvs-essai", "2024")


@pytest.mark.mission("OBS-041")
def test_shares_of_an_epci_sum_to_100_per_cent(perimeters: Path, tvs: None) -> None:
    found = articulation(parse("departement:43"), read_perimeters(perimeters))
    assert {one.key for one in found.known} == {"departement", "tvs", "ght", "cts", "cpts"}
    for division in found.known:
        for epci in found.epci:
            shares = [
                one.share.value
                for one in found.overlaps
                if (one.epci, one.division) == (epci, division.label)
            ]
            assert sum(shares) == pytest.approx(100)


@pytest.mark.mission("OBS-041")
def test_a_commune_outside_a_cpts_says_aucune(perimeters: Path, tmp_path: Path) -> None:
    path = tmp_path / "passage.csv"
    words = ["articulation", "departement:43", "--perimetres", str(perimeters), "-o", str(path)]
    assert run(["territoire", *words]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        cpts = {row["code_commune"]: row["cpts"] for row in csv.DictReader(file, delimiter=";")}
    assert cpts["43234"] == "CPTS de Saugues (essai)"
    assert cpts["43157"] == "CPTS du Velay (essai)"
    assert cpts["43112"] == NONE == "aucune"
    assert len(cpts) == 257


@pytest.mark.mission("OBS-041")
def test_the_epci_that_a_division_cuts_are_named(perimeters: Path) -> None:
    found = articulation(parse("departement:43"), read_perimeters(perimeters))
    by_key = {one.key: one for one in found.known}
    assert found.straddling(by_key["ght"]) == ()
    assert found.straddling(by_key["cpts"]) == ("CC des Rives du Haut Allier",)
    assert len(found.outside(by_key["cpts"])) == 9
    document = articulation_document(
        Scope(parse("departement:43"), DAY), read_perimeters(perimeters)
    )
    said = " ".join(block.text for block in document.blocks() if hasattr(block, "text"))
    assert "CC des Rives du Haut Allier" in said


@pytest.mark.mission("OBS-041")
def test_the_inhabitants_are_those_of_the_communes(perimeters: Path) -> None:
    found = articulation(parse("commune:43234"), read_perimeters(perimeters))
    (shared,) = (one for one in found.overlaps if one.territory == "CPTS de Saugues (essai)")
    (saugues,) = index().population[index().positions(["43234"])]
    assert shared.inhabitants.value == saugues


@pytest.mark.mission("OBS-041")
def test_what_nobody_described_names_its_file() -> None:
    found = articulation(parse("departement:43"))
    absent = {one.key: one.missing for one in found.divisions if one.missing}
    assert set(absent) == {"bassin", "tvs", "ght", "cts", "cpts", "cls"}
    assert "Insee" in absent["bassin"] and "DREES" in absent["tvs"] and "ARS" in absent["ght"]


@pytest.mark.mission("OBS-041")
def test_every_problem_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "perimetres.csv"
    path.write_text(
        "type;nom;territoire;date;source\n"
        "GTH;a;departement:43;2025;x\nCPTS;;commune:00000;2025;x\n"
        "CPTS;b;commune:43234;2025;x\nCPTS;c;commune:43234;2025;x\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        read_perimeters(path)
    places = [problem.where.split(", ")[1] for problem in caught.value.problems]
    assert places == ["ligne 2", "ligne 3", "ligne 3", "ligne 5"]
