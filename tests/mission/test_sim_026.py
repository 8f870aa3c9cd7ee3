"""SIM-026: minutes by an engine that says its method; without roads, an estimate."""

import datetime as dt

import pytest

from assemblier.figures import Nature
from assemblier.territory import index, parse
from assemblier.travel import chain_engine, crow_fly_engine

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
