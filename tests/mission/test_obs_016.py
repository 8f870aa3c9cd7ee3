"""OBS-016: densities by EPCI, their rank, the ratio of the highest to the lowest."""

import pytest

from assemblier.diagnosis.densities import epci_densities, epci_ranking, presented_epci_ranking
from assemblier.territory import parse

GP = "medecin_generaliste"


@pytest.mark.mission("OBS-016")
def test_printed_densities_of_two_epci():
    found = presented_epci_ranking()
    assert [(row.name, row.figure.value, row.rank) for row in found.rows] == [
        ("CC Mézenc-Loire-Meygal", 9.8, 1),
        ("CC des Rives du Haut Allier", 6.6, 2),
    ]
    assert all(row.figure.vintage == "2022" for row in found.rows)
    assert round(found.ratio.value, 2) == 1.48


@pytest.mark.mission("OBS-016")
def test_every_epci_of_haute_loire_is_ranked_and_the_printed_ones_stand_beside_ours():
    departement = parse("departement:43")
    found = epci_ranking(departement, GP)
    assert len(found.rows) == 11
    assert found.unknown == ()
    values = [row.figure.value for row in found.rows]
    assert values == sorted(values, reverse=True)
    assert found.ratio.value == pytest.approx(values[0] / values[-1])
    printed = {
        one.perimeter.nom: one.printed.value
        for one in epci_densities(departement, GP)
        if one.printed is not None
    }
    assert printed == {"CC Mézenc-Loire-Meygal": 9.8, "CC des Rives du Haut Allier": 6.6}


@pytest.mark.mission("OBS-016")
def test_doctors_and_inhabitants_of_the_epci_sum_to_the_departement():
    densities = epci_densities(parse("departement:43"), GP)
    assert sum(one.computed.numerator.value for one in densities) == 238
    assert sum(one.computed.denominator.value for one in densities) == 228_654
