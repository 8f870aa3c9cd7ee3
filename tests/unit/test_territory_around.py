"""What lies around communes, and one perimeter at several scales."""

import numpy as np
import pytest
import shapely

from assemblier.errors import InputError, ShapeError
from assemblier.territory import (
    Perimeter,
    at_scale,
    companions,
    distance_km,
    epci_of,
    halo,
    neighbours,
    outline,
    parse,
    part_within,
    union,
)


def test_neighbours_of_a_departement_lie_in_the_next_ones():
    around = neighbours(parse("departement:43").codes)
    assert {code[:2] for code in around} == {"07", "15", "42", "48", "63"}


def test_an_island_has_no_neighbour():
    assert neighbours(["29155"]) == ()  # Ouessant
    assert neighbours([]) == ()


def test_a_restored_commune_has_its_own_neighbours():
    assert "15141" in neighbours(["15031"])


def test_halo_leaves_out_the_communes_themselves():
    inside = parse("departement:43").codes
    assert not set(halo(inside, 20)) & set(inside)


def test_halo_follows_distances():
    near = halo(["43157"], 8)
    assert near
    assert (distance_km(["43157"] * len(near), near) <= 8).all()
    far = halo(["43157"], 12)
    ring = sorted(set(far) - set(near))
    assert (distance_km(["43157"] * len(ring), ring) > 8).all()


def test_halo_reaches_across_projections():
    """Mayotte and La Réunion have two projections; 1 400 km of sea lie between them."""
    assert halo(["97608"], 1300) == tuple(sorted(set(parse("departement:976").codes) - {"97608"}))
    assert "97411" in halo(["97608"], 1500)


def test_a_commune_without_point_has_no_halo_and_no_distance():
    assert halo(["98735"], 100) == ()
    assert np.isnan(distance_km(["98735"], ["43157"])).all()


def test_distances_of_known_pairs():
    """Le Puy – Clermont-Ferrand, Paris – Marseille, Paris – Pointe-à-Pitre as the crow flies."""
    found = distance_km(["43157", "75104", "75104"], ["63113", "13201", "97120"])
    assert found == pytest.approx([103, 661, 6750], rel=0.01)


def test_outline_is_the_union_of_the_contours():
    around = outline(parse("departement:43").codes)
    assert around.is_valid
    assert len(shapely.get_parts(around)) == 1
    assert around.contains(shapely.Point(3.885, 45.043))
    assert outline(["98735"]).is_empty


def test_companions_are_the_larger_territories():
    def names(expression):
        return [place.nom for place in companions(parse(expression))]

    assert names("departement:43") == ["Auvergne-Rhône-Alpes", "France"]
    assert names("region:84") == ["France"]
    assert names("commune:43157") == ["Haute-Loire", "Auvergne-Rhône-Alpes", "France"]
    assert names("france") == []
    assert names("departement:987") == []
    assert names("commune:43157+commune:42218") == [
        "Loire",
        "Haute-Loire",
        "Auvergne-Rhône-Alpes",
        "France",
    ]
    # A département that is a whole région has only France to compare with.
    assert names("departement:974") == ["France"]


def test_epci_of_haute_loire():
    assert len(epci_of(parse("departement:43"))) == 11


def test_communes_without_epci_are_said_to_be_outside():
    islands = at_scale(parse("commune:29155+commune:43157"), "epci")
    assert islands.outside == ("29155",)
    assert [group.nom for group in islands.groups] == ["CA du Puy-en-Velay (partie)"]


def test_an_unknown_value_makes_its_group_unknown():
    grouping = at_scale(parse("departement:43"), "arrondissement")
    values = np.ones(257)
    values[grouping.perimeter.codes.index("43040")] = np.nan
    sums = dict(zip([g.nom for g in grouping.groups], grouping.sums(values), strict=True))
    assert np.isnan(sums["Brioude"])
    assert sums["Yssingeaux"] == 44


def test_one_value_per_commune_is_required():
    with pytest.raises(ShapeError, match="257"):
        at_scale(parse("departement:43"), "epci").sums([1.0])


def test_an_unknown_scale_lists_the_known_ones():
    with pytest.raises(InputError) as caught:
        at_scale(parse("departement:43"), "quartier")
    assert "zone_emploi" in caught.value.problems[0].expected


def test_a_part_says_that_it_is_one():
    paris = parse("commune:75056")
    first = parse("commune:75101")
    part = part_within(paris, first)
    assert part.codes == ("75101",)
    assert part.nom == "Paris (partie)"
    assert part.key == "commune-75056-dans-commune-75101"
    assert part_within(first, paris) == first


def test_a_perimeter_is_never_empty_nor_unsorted():
    with pytest.raises(ValueError, match="au moins une commune"):
        Perimeter("x", "commune", "", "x", ())
    with pytest.raises(ValueError, match="triés"):
        Perimeter("x", "commune", "", "x", ("43157", "43001"))
    with pytest.raises(ValueError, match="au moins un périmètre"):
        union([])
