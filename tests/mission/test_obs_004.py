"""OBS-004: need is standardised by age, and the table of weights says where it comes from."""

import datetime as dt

import numpy as np
import pytest

from assemblier import access, territory
from assemblier.parameters import explain
from assemblier.reports.apl_document import score_table, unconfirmed
from assemblier.territory import index
from assemblier.travel import chain_engine

ON = dt.date(2024, 1, 1)


@pytest.mark.mission("OBS-004")
def test_of_two_communes_of_one_size_the_older_counts_more_and_has_less():
    method = access.method("medecin_generaliste", ON)
    young, old = np.array([600.0, 400.0]), np.array([400.0, 600.0])
    source = access.published_source()
    by_age = access.PeopleByAge(
        {"43001": young, "43002": old}, (0.0, 65.0), access.embedded_people(method).provenance
    )
    demand = access.resident_demand(method, by_age)
    rows = index().positions(["43001", "43002"])
    assert demand.population[rows].tolist() == [1000.0, 1000.0]
    assert demand.standardised[rows][1] > demand.standardised[rows][0]
    perimeter = territory.parse("commune:43001+commune:43002")
    supply = access.counted_supply({"43001": 1.0, "43002": 1.0}, method, perimeter.codes, source)
    # Each commune alone with its own doctor: a table of minutes that joins nobody else.
    from assemblier.travel import TableEngine

    alone = access.scores(perimeter, method, supply, demand, TableEngine({}, "seuls"))
    assert alone.score[1] < alone.score[0]


@pytest.mark.mission("OBS-004")
def test_raw_and_standardised_stand_side_by_side_and_weights_show_their_source():
    study = access.study(
        territory.parse("commune:43157"), "medecin_generaliste", ON, chain_engine(ON)
    )
    keys = [column.key for column in score_table(study).columns]
    assert keys.index("population_standardisee") == keys.index("population") + 1
    weights = explain("apl.medecin_generaliste.demande.poids", ON)
    assert weights.reference
    assert any(weights.reference in text for text in study.provenance.parameters)
    assert any(weights.label in text and "(U" in text for text in unconfirmed(study).items)
