from datetime import date

import numpy as np
import pytest
import scipy.sparse as sp

from assemblier.access import accessibility, banded_decay, perimeter_accessibility
from assemblier.access.accessibility import surrounding_times
from assemblier.errors import ParameterError, ShapeError
from assemblier.figures import NOWHERE, Nature
from assemblier.territory import distance_km, parse
from assemblier.travel import TravelTimes, crow_fly_model

ON = date(2024, 1, 1)
BANDS = banded_decay(ON)
CODES = ("A", "B", "C")
MINUTES = np.array([[0.0, 8.0, 18.0], [8.0, 0.0, 12.0], [18.0, 12.0, 0.0]])
ROWS, COLUMNS = np.repeat([0, 1, 2], 3), np.tile([0, 1, 2], 3)
TIMES = TravelTimes(
    CODES, CODES, sp.csr_array((MINUTES.ravel(), (ROWS, COLUMNS))), 20, "", Nature.ESTIME, NOWHERE
)
DEMAND = {"A": 1000.0, "B": 2000.0, "C": 1500.0}


def test_the_worked_example_with_the_bands_of_the_parameters() -> None:
    found = accessibility(CODES, {"A": 6000, "B": 0, "C": 4500}, DEMAND, TIMES, BANDS)
    assert found.score == pytest.approx([2.187970, 2.661654, 1.992481], abs=5e-7)
    assert not found.is_lower_bound.any()
    assert found.nature is Nature.ESTIME


def test_an_unknown_place_gives_a_lower_bound_not_a_zero() -> None:
    found = accessibility(CODES, {"A": 6000, "C": 4500}, DEMAND, TIMES, BANDS)
    assert found.is_lower_bound.all()
    assert (found.score > 0).all()


def test_cut_at_the_border_only_what_is_inside_counts() -> None:
    found = accessibility(
        ["B"], {"A": 6000, "B": 0, "C": 4500}, DEMAND, TIMES, BANDS, include_neighbours=False
    )
    assert found.score.tolist() == [0.0]


def test_a_commune_outside_the_search_or_without_population_is_refused() -> None:
    with pytest.raises(ShapeError, match="absentes"):
        accessibility(["Z"], {}, DEMAND, TIMES, BANDS)
    with pytest.raises(ShapeError, match="sans valeur"):
        accessibility(["A"], {}, {"A": 1.0}, TIMES, BANDS)


def test_the_surroundings_hold_what_is_reached_and_who_reaches_it() -> None:
    times = surrounding_times(["43234"], BANDS.reach_minutes, ON)
    reach_km = crow_fly_model(ON).distance_km(BANDS.reach_minutes)
    assert "43234" in times.homes
    assert "43234" in times.places
    places = list(times.places)
    assert (distance_km(["43234"] * len(places), places) <= reach_km * 1.01).all()
    assert len(times.homes) > len(times.places)


def test_every_place_of_the_surroundings_is_shared_with_everybody_who_reaches_it() -> None:
    here = parse("commune:43234")
    supply = {"43234": 1.0}
    found = perimeter_accessibility(here, supply, ON, NOWHERE)
    times = surrounding_times(here.codes, BANDS.reach_minutes, ON)
    assert found.score[0] > 0
    assert found.is_lower_bound[0]
    assert times.cutoff_minutes == 20


def test_before_the_first_decay_there_is_none() -> None:
    with pytest.raises(ParameterError):
        banded_decay(date(2010, 1, 1))
