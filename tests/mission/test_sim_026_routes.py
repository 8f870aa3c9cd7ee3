"""SIM-026, by road: as long there as back where all roads go both ways, isochrones enclosed."""

import datetime as dt
import json
from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from assemblier.cli.program import run
from assemblier.diagnosis.reach import reached
from assemblier.reports.document import Map
from assemblier.reports.isochrone_document import isochrone_document
from assemblier.reports.isochrones import commune_isochrones, render
from assemblier.reports.maps import map_svg
from assemblier.territory import index, parse
from assemblier.travel import RoadEngine
from assemblier.travel.roads.engine import engine_on
from assemblier.travel.roads.isochrones import Isochrone
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
        (["43157", "-o", "carte.bmp"], "un fichier .geojson"),
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


@pytest.mark.mission("SIM-026")
@pytest.mark.parametrize("towards", [False, True])
def test_the_map_shows_each_duration_and_the_towns(engine, towards):
    surfaces = commune_isochrones(engine, "43157", (10, 20, 30), towards)
    document = isochrone_document(engine, "43157", surfaces, ON, towards)
    (drawn,) = (block for block in document.blocks() if isinstance(block, Map))
    assert ("vers la mairie" in drawn.title) == towards
    assert [kind.label.endswith("minutes") for kind in drawn.classes] == [True] * 3
    assert len({kind.colour for kind in drawn.classes}) == 3
    assert "Le Puy-en-Velay" in drawn.labels.values()
    svg = map_svg(drawn, heading=True)
    for kind in drawn.classes:
        assert kind.colour in svg
    # Each surface is the union of the bands up to it: they share no ground.
    bands = [drawn.shapes[name] for name in ("10 min", "20 min", "30 min")]
    assert sum(one.area for one in bands) == pytest.approx(surfaces[-1].shape.area, rel=1e-6)


@pytest.mark.mission("SIM-026")
def test_the_report_counts_the_communes_reached(engine):
    surfaces = commune_isochrones(engine, "43157", (10, 20, 30))
    held = reached(surfaces)
    for near, far in pairwise(held):
        assert set(near.communes) < set(far.communes)
        assert near.population < far.population
        assert near.area_km2 < far.area_km2
    by_road = engine.times(["43157"], HERE, 20).minutes.indices
    assert {HERE[place] for place in by_road} <= set(held[1].communes)
    rows = index().positions(held[1].communes)
    assert held[1].population == np.nansum(index().population[rows])


@pytest.mark.mission("SIM-026")
def test_a_duration_that_reaches_nothing_more_is_told_and_not_drawn(engine):
    (ten,) = commune_isochrones(engine, "43157", (10,))
    # What `isochrones` gives where no road is left to reach: a hair more.
    surfaces = (ten, Isochrone(11.0, ten.shape.buffer(2e-6, join_style="mitre")))
    document = isochrone_document(engine, "43157", surfaces, ON)
    (drawn,) = (block for block in document.blocks() if isinstance(block, Map))
    assert len(drawn.table.rows) == 2
    assert "11 min" not in drawn.class_of
    assert "de 10 à 11 minutes" in map_svg(drawn)


@pytest.mark.mission("SIM-026")
@pytest.mark.parametrize(
    ("extension", "start"),
    [("png", b"\x89PNG"), ("svg", b"<svg"), ("html", b"<!"), ("pdf", b"%PDF"), ("xlsx", b"PK")],
)
def test_the_command_writes_the_map(folder, tmp_path, monkeypatch, extension, start):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(folder))
    path = tmp_path / f"le-puy.{extension}"
    assert run(["routes", "isochrone", "43157", "--minutes", "10,20", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(start)
