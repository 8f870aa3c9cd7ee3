"""OBS-042: additive indicators change scale; the sum over communes is the value of the EPCI."""

import polars as pl
import pytest

from assemblier import data
from assemblier.data import facts
from assemblier.errors import UnavailableError
from assemblier.territory import at_scale, epci_of, epci_within, index, parse, population

SCALES = ("commune", "epci", "canton", "arrondissement", "departement", "region")


def by_hand(codes, column, values):
    """Add up values, commune by commune, without the program's grouping."""
    group_of = dict(data.communes().select("code_commune", column).iter_rows())
    total = {}
    for code, value in zip(codes, values, strict=True):
        total[group_of[code]] = total.get(group_of[code], 0) + value
    return total


@pytest.mark.mission("OBS-042")
@pytest.mark.parametrize("expression", ["departement:43", "region:84", "france"])
def test_the_populations_of_the_communes_add_up_to_that_of_their_epci(expression):
    perimeter = parse(expression)
    rows = index()
    inhabitants = rows.population[rows.positions(perimeter.codes)]
    grouping = at_scale(perimeter, "epci")
    expected = by_hand(perimeter.codes, "siren_epci", inhabitants)
    expected.pop(None, None)  # four islands belong to no EPCI
    found = {
        group.code: total
        for group, total in zip(grouping.groups, grouping.sums(inhabitants), strict=True)
    }
    assert found == expected


@pytest.mark.mission("OBS-042")
def test_the_value_of_an_epci_is_that_of_its_communes():
    """Haute-Loire's EPCI lie in it whole: asked for by themselves, they have the same people."""
    perimeter = parse("departement:43")
    rows = index()
    grouping = at_scale(perimeter, "epci")
    sums = grouping.sums(rows.population[rows.positions(perimeter.codes)])
    alone = [population(parse(group.expression)).value for group in epci_of(perimeter)]
    assert sums.tolist() == alone
    assert sum(alone) == population(perimeter).value == 228_654


@pytest.mark.mission("OBS-042")
def test_an_epci_that_overlaps_the_edge_counts_only_its_communes_inside():
    perimeter = parse("departement:42")
    whole = {epci.code: epci for epci in epci_of(perimeter)}
    parts = {epci.code: epci for epci in epci_within(perimeter)}
    cut = [code for code in whole if whole[code].codes != parts[code].codes]
    assert cut
    for code in cut:
        assert set(parts[code].codes) < set(whole[code].codes)
        assert "(partie)" in parts[code].nom
        assert population(parts[code]).value < population(whole[code]).value


@pytest.mark.mission("OBS-042")
@pytest.mark.parametrize("scale", SCALES)
def test_professionals_change_scale_without_losing_anybody(scale):
    perimeter = parse("departement:43")
    doctors = facts.professionnels().filter(pl.col("profession") == "medecin_generaliste")
    effectif = dict(doctors.select("code_commune", "effectif").iter_rows())
    grouping = at_scale(perimeter, scale)
    assert not grouping.outside
    total = grouping.sums([effectif[code] for code in perimeter.codes])
    assert total.sum() == sum(effectif.values()) == 238


@pytest.mark.mission("OBS-042")
@pytest.mark.parametrize(
    ("scale", "file"), [("bassin_de_vie", "bassins de vie"), ("zone_emploi", "zones d'emploi")]
)
def test_a_scale_whose_composition_is_absent_says_which_file_brings_it(scale, file):
    with pytest.raises(UnavailableError) as caught:
        at_scale(parse("departement:43"), scale)
    assert file in caught.value.file
