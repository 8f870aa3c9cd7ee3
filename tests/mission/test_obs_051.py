"""OBS-051: the polygons of the quarters against addresses; 5.4 M inhabitants, with their date."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.quarter_places import (
    imported_places,
    quarter_places,
    read_contours,
    read_places,
)
from assemblier.errors import DataError
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put

PUY = parse("commune:43157")
WEST, SOUTH, EAST, NORTH = 3.875, 45.03, 3.89, 45.05
"""A square in Le Puy-en-Velay, made for the test."""


def square(west: float, south: float, east: float, north: float) -> dict[str, object]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: str, geometry: dict[str, object] | None) -> dict[str, object]:
    properties = {"code_qp": code, "nom_qp": f"Quartier {code} (essai)"}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.fixture
def contours(tmp_path: Path) -> Path:
    """Two quarters made for the test: one in Le Puy, one far away."""
    path = tmp_path / "qp.geojson"
    features = [
        feature("QN04399M", square(WEST, SOUTH, EAST, NORTH)),
        feature("QN07599M", square(2.30, 48.80, 2.31, 48.81)),
    ]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection), encoding="utf-8")
    return path


@pytest.fixture
def addresses(tmp_path: Path) -> Path:
    """Addresses made for the test: inside, on the edge, outside, and in another town."""
    path = tmp_path / "adresses.csv"
    path.write_text(
        "type;longitude;latitude;date;source\n"
        f"médecin généraliste;3,88;45,04;2026;RPPS (essai)\n"
        f"médecin généraliste;{WEST};45.04;2026;RPPS (essai)\n"
        f"infirmier;3.88;45.045;2026;RPPS (essai)\n"
        f"infirmier;3.895;45.045;2026;RPPS (essai)\n"
        f"infirmier;2.305;48.805;2026;RPPS (essai)\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.mission("OBS-051")
def test_the_polygons_intersect_the_addresses(contours: Path, addresses: Path) -> None:
    found = quarter_places(PUY, read_contours(contours), read_places(addresses))
    (one,) = found.quarters
    assert one.code == "QN04399M"
    assert {kind: count.value for kind, count in one.counts.items()} == {
        "médecin généraliste": 2,
        "infirmier": 1,
    }
    assert (found.inside.value, found.outside.value) == (3, 1)


@pytest.mark.mission("OBS-051")
def test_the_imported_register_is_counted_too(
    contours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "magasin"))
    rows = [
        {
            "finess": f"43000000{rank}",
            "nom": "Pharmacie d'essai",
            "categorie": "620",
            "libelle_categorie": "Pharmacie d'Officine",
            "code_commune": "43157",
            "longitude": longitude,
            "latitude": 45.04,
        }
        for rank, longitude in enumerate((3.88, 3.895, None))
    ]
    put(tmp_path / "magasin", "etablissements", rows, "finess-essai", "2026")
    found = quarter_places(PUY, read_contours(contours), imported_places())
    assert found.quarters[0].counts["Pharmacie d'Officine"].value == 1
    assert (found.inside.value, found.outside.value) == (1, 1)


@pytest.mark.mission("OBS-051")
def test_the_national_total_is_displayed_with_its_date(
    contours: Path, addresses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["Le Puy-en-Velay", "--contours", str(contours), "--adresses", str(addresses)]
    assert run(["territoire", "quartiers", *words]) == 0
    said = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert "5,4 millions d'habitants" in said
    assert "2019" in said
    document = panorama(PUY, dt.date(2026, 11, 22))
    (section,) = (s for part in document.parts for s in part.sections if s.key == "qpv")
    told = " ".join(getattr(block, "text", "") for block in section.blocks)
    assert "5,4" in told and "2019" in told


def test_a_territory_without_quarter_says_so(contours: Path, capsys) -> None:
    assert run(["territoire", "quartiers", "Saugues", "--contours", str(contours)]) == 1
    assert "Aucun quartier prioritaire" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<html></html>", "GeoJSON"),
        (json.dumps({"features": [feature("", square(3, 45, 4, 46))]}), "pas de code"),
        (json.dumps({"features": [feature("QN1", None)]}), "sans contour"),
        (json.dumps({"features": [feature("QN1", square(7e5, 6e6, 8e5, 7e6))]}), "degrés"),
        (json.dumps({"features": [feature("QN1", {"type": "Polygon"})]}), "sans contour"),
    ],
)
def test_a_file_that_is_not_one_is_refused(tmp_path: Path, content: str, found: str) -> None:
    path = tmp_path / "qp.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=found):
        read_contours(path)


def test_every_wrong_address_is_told(tmp_path: Path) -> None:
    path = tmp_path / "adresses.csv"
    path.write_text("type;longitude;latitude;date;source\n;3;95;2026;x\n" + "a;b;45;2026;\n")
    with pytest.raises(DataError) as caught:
        read_places(path)
    assert len(caught.value.problems) == 4
