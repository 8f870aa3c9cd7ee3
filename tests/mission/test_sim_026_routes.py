"""SIM-026, by road: as long there as back where all roads go both ways, isochrones enclosed."""

import datetime as dt
import json
from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from assemblier.cli.program import run
from assemblier.reports.isochrones import commune_isochrones, render
from assemblier.territory import index, parse
from assemblier.travel import RoadEngine
from assemblier.travel.roads.engine import engine_on
from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.storage import RoadStore
from tests.roads import network_of

pytest.importorskip("osmium", reason="osmium n'est pas installé")
ON = dt.date(2026, 1, 1)
HERE = parse("departement:43").codes


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("routes")
    path = network_of(HERE, place / "haute-loire.osm.pbf")
    RoadStore(place).build(path, road_profile(ON))
    return place


@pytest.fixture(scope="module")
def engine(folder) -> RoadEngine:
    return engine_on(RoadStore(folder).network(), ON)


@pytest.mark.mission("SIM-026")
def test_as_long_there_as_back_on_roads_that_go_both_ways(engine):
    minutes = engine.times(HERE, HERE, 20).minutes
    assert minutes.nnz > 2000
    # Each way waits at its own crossings: a few seconds may differ.
    one, other = minutes.tocoo(), minutes.T.tocsr()
    there, back = one.data, np.asarray(other[one.row, one.col]).ravel()
    both = back > 0
    assert np.corrcoef(there[both], back[both])[0, 1] > 0.999
    assert np.median(np.abs(there[both] - back[both])) < 0.1


@pytest.mark.mission("SIM-026")
@pytest.mark.parametrize("towards", [False, True])
def test_the_isochrone_of_twenty_minutes_encloses_that_of_ten(engine, towards):
    surfaces = commune_isochrones(engine, "43157", (10, 15, 20, 30), towards)
    for near, far in pairwise(surfaces):
        assert far.shape.covers(near.shape)
        assert far.shape.area > near.shape.area
    written = json.loads(render(engine, "43157", surfaces, towards))
    by_minutes = {one["properties"]["minutes"]: one for one in written["features"]}
    ten, twenty = (shape(by_minutes[minutes]["geometry"]) for minutes in (10, 20))
    assert twenty.covers(ten)
    assert "OpenStreetMap" in written["sources"][0]
    assert "vitesses" in written["methode"]


@pytest.mark.mission("SIM-026")
def test_the_communes_of_an_isochrone_are_those_reached_by_road(engine):
    (surface,) = commune_isochrones(engine, "43157", (20,))
    reached = engine.times(["43157"], HERE, 20).minutes.indices
    rows = index().positions([HERE[place] for place in reached])
    points = np.column_stack([index().longitude[rows], index().latitude[rows]])
    assert shapely.covers(surface.shape, shapely.points(points)).all()


@pytest.mark.mission("SIM-026")
def test_the_command_writes_a_geojson(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(folder))
    path = tmp_path / "le-puy.geojson"
    assert run(["routes", "isochrone", "43157", "--minutes", "10,20", "-o", str(path)]) == 0
    assert "Écrit" in capsys.readouterr().out
    written = json.loads(path.read_text("utf-8"))
    assert [one["properties"]["minutes"] for one in written["features"]] == [20, 10]
    assert written["features"][0]["properties"]["superficie_km2"] > 10


@pytest.mark.mission("SIM-026")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["43157", "--minutes", "dix"], "séparés par des virgules"),
        (["43157", "--minutes", "0,500"], "au plus 120 minutes"),
        (["75101"], "de toute route du réseau"),
        (["departement:43"], "une seule commune"),
        (["43157", "-o", "carte.pdf"], "un fichier .geojson"),
    ],
)
def test_bad_input_is_told_and_nothing_written(
    folder, tmp_path, monkeypatch, capsys, arguments, said
):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(folder))
    monkeypatch.chdir(tmp_path)
    assert run(["routes", "isochrone", *arguments]) == 2
    told = capsys.readouterr().err.replace("\u202f", " ").replace("\xa0", " ")
    assert said in told
    assert list(tmp_path.iterdir()) == []
