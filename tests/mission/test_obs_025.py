"""OBS-025: rank of the département for physiotherapists, and the switch of unit.

The document says « parmi les plus faibles densités » without a value, and no source embedded gives
the headcounts of every département: the rank is that of the published APL (2023), where
Haute-Loire is in the lower half, a quarter under the country.
"""

import pytest

from assemblier.diagnosis.companions import mean_apl_of
from assemblier.diagnosis.densities import departement_ranking, presented_density, stock_density
from assemblier.diagnosis.density import density, per_100_000, ranking
from assemblier.figures import Figure
from assemblier.territory import parse

MK = "masseur_kinesitherapeute"


@pytest.mark.mission("OBS-025")
def test_haute_loire_is_in_the_bottom_group_for_physiotherapists():
    found = departement_ranking(MK)
    assert len(found.rows) == 96
    assert found.is_in_lower_half("Haute-Loire")
    assert found.of("Haute-Loire").from_lowest == 39
    here, country = (mean_apl_of(parse(name), 2023, MK) for name in ("departement:43", "france"))
    assert here.value / country.value < 0.8


@pytest.mark.mission("OBS-025")
def test_the_same_profession_is_rarer_than_in_the_region():
    here, region = (stock_density(MK, parse(name)) for name in ("departement:43", "region:84"))
    assert here.value < 0.8 * region.value


@pytest.mark.mission("OBS-025")
def test_the_unit_switch_multiplies_by_exactly_ten():
    here = stock_density(MK, parse("departement:43"))
    assert per_100_000(here).value == 10 * here.value
    assert density(here.numerator, here.denominator, per=100_000).value == 10 * here.value
    computed = presented_density("medecin_generaliste").departement.computed
    assert per_100_000(computed).value == 10 * computed.value


@pytest.mark.mission("OBS-025")
def test_a_rank_does_not_depend_on_the_unit():
    values = {"A": 8.1, "B": 9.7, "C": 3.2}
    ten = ranking({k: Figure("d", v, "pour 10 000 habitants") for k, v in values.items()})
    hundred = ranking({row.name: per_100_000(row.figure) for row in ten.rows})
    assert [(r.name, r.rank) for r in ten.rows] == [(r.name, r.rank) for r in hundred.rows]
