"""OBS-044: neighbours count by default: no border effect."""

from datetime import date

import numpy as np
import pytest

from assemblier.access import perimeter_accessibility
from assemblier.diagnosis.local import equipment_of, equipment_provenance
from assemblier.territory import distance_km, index, neighbours, parse

ON = date(2024, 1, 1)


@pytest.fixture
def supply():
    """General practitioners of every commune the embedded census covers."""
    codes = index().codes
    counts = equipment_of(codes, "medecin_generaliste")
    return {code: n for code, n in zip(codes, counts, strict=True) if not np.isnan(n)}


def border_pair(perimeter):
    """A commune of the perimeter and its nearest neighbour across the border, covered too."""
    pairs = [
        (float(distance_km([inside], [outside])[0]), inside, outside)
        for outside in neighbours(perimeter.codes)
        if outside.startswith("43")
        for inside in perimeter.codes
    ]
    _, inside, outside = min(pairs)
    return inside, outside


@pytest.mark.mission("OBS-044")
def test_a_practitioner_just_across_the_border_raises_the_border_commune(supply):
    epci = parse('epci:"CC des Rives du Haut Allier"')
    inside, outside = border_pair(epci)
    row = epci.codes.index(inside)
    more = {**supply, outside: supply[outside] + 1}

    def score(practitioners, **options):
        found = perimeter_accessibility(epci, practitioners, ON, equipment_provenance(), **options)
        return found.score[row]

    assert score(more) > score(supply)
    # cut at the border, the same practitioner would change nothing
    alone = score(supply, include_neighbours=False)
    assert score(more, include_neighbours=False) == alone


@pytest.mark.mission("OBS-044")
def test_a_commune_has_the_same_score_in_every_perimeter(supply):
    inside = border_pair(parse('epci:"CC des Rives du Haut Allier"'))[0]
    scores = []
    for expression in (f"commune:{inside}", 'epci:"CC des Rives du Haut Allier"', "departement:43"):
        perimeter = parse(expression)
        found = perimeter_accessibility(perimeter, supply, ON, equipment_provenance())
        scores.append(found.score[perimeter.codes.index(inside)])
    assert scores == pytest.approx([scores[0]] * 3)


@pytest.mark.mission("OBS-044")
def test_a_perimeter_may_be_any_union_and_the_result_says_where_it_comes_from(supply):
    union = parse("commune:43157+commune:43234")
    found = perimeter_accessibility(union, supply, ON, equipment_provenance())
    assert found.codes == union.codes
    assert (found.score > 0).all()
    keys = [source.key for source in found.provenance.sources]
    assert keys == ["insee-bpe-2025", "insee-populations"]
    assert len(found.provenance.parameters) == 6
    assert "habitants" in found.provenance.method


@pytest.mark.mission("OBS-044")
def test_a_neighbour_of_unknown_supply_makes_the_score_a_lower_bound(supply):
    departement = parse("departement:43")
    found = perimeter_accessibility(departement, supply, ON, equipment_provenance())
    assert 0 < found.is_lower_bound.sum() < 257
    assert not found.is_lower_bound[departement.codes.index("43157")]
