"""SIM-026: minutes by an engine that says its method; without roads, an estimate."""

import datetime as dt

import pytest

from assemblier.figures import Nature
from assemblier.territory import index, parse
from assemblier.travel import chain_engine, chosen_engine, crow_fly_engine
from assemblier.travel.roads.engine import engine_on
from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.storage import RoadStore
from tests.roads import network_of

ON = dt.date(2024, 1, 1)
ENGINES = {"voisinage": chain_engine, "vol d'oiseau": crow_fly_engine}


@pytest.mark.mission("SIM-026")
@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_as_long_there_as_back(engine):
    codes = parse("departement:43").codes
    minutes = engine(ON).times(codes, codes, 20).minutes
    assert abs(minutes - minutes.T).max() < 1e-9


@pytest.mark.mission("SIM-026")
@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_twenty_minutes_enclose_ten(engine):
    near, far = (
        set(engine(ON).times(["43157"], index().codes, cutoff).minutes.indices)
        for cutoff in (10, 20)
    )
    assert near < far


@pytest.mark.mission("SIM-026")
@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_the_method_is_said_and_is_an_estimate(engine):
    times = engine(ON).times(["43157"], ["43157"], 20)
    assert times.nature is Nature.ESTIME
    assert "routes" in times.method
    assert "min" in times.method or "km/h" in times.method


@pytest.fixture(scope="module")
def roads(tmp_path_factory):
    """The engine of made roads between the town halls of Haute-Loire."""
    pytest.importorskip("osmium", reason="osmium n'est pas installé")
    folder = tmp_path_factory.mktemp("routes")
    path = network_of(parse("departement:43").codes, folder / "haute-loire.osm.pbf")
    return engine_on(RoadStore(folder).build(path, road_profile(ON)), ON)


@pytest.mark.mission("SIM-026")
def test_as_long_there_as_back_by_two_way_roads(roads):
    codes = parse("departement:43").codes
    minutes = roads.times(codes, codes, 20).minutes
    assert minutes.nnz > 2000
    # a junction is left to whoever arrives: the two ends of a trip do not cost the same
    gap = abs(minutes - minutes.T)
    assert gap.max() <= 1
    assert abs(minutes - minutes.T).mean() < 0.1


@pytest.mark.mission("SIM-026")
def test_twenty_minutes_by_road_enclose_ten(roads):
    codes = parse("departement:43").codes
    near, far = (set(roads.times(["43157"], codes, cutoff).minutes.indices) for cutoff in (10, 20))
    assert near < far


@pytest.mark.mission("SIM-026")
def test_roads_say_their_method_and_the_straight_line_is_what_remains(roads):
    times = roads.times(["43157"], ["43157"], 20)
    assert "haute-loire.osm.pbf" in times.method
    assert "OpenStreetMap" in times.method
    # the name of the method is printed by each, and chooses it
    for name, said in (("vol_oiseau", "vol d'oiseau"), ("voisinage", "commune voisine")):
        engine = chosen_engine(name, ON, ["43157"])
        assert said in engine.times(["43157"], ["43157"], 20).method
