"""OBS-010: a territory across two départements is whole from both; each commune has one."""

import math

import pytest

from assemblier.diagnosis.zonage_files import read_composition
from assemblier.territory import index
from assemblier.zoning.units import Ground, Partition, territories

# A generated territory: Langogne (Lozère) and two communes of Haute-Loire, in two regions.
ROWS = ("48080;T1;Territoire engendré", "43180;T1;Territoire engendré", "43163;T1;", "43157;T2;")


@pytest.fixture
def partition(tmp_path):
    path = tmp_path / "tvs.csv"
    path.write_text("\n".join(("code_commune;code_tvs;nom_tvs", *ROWS)), encoding="utf-8")
    return Partition("tvs", *read_composition(path))


@pytest.mark.mission("OBS-010")
def test_the_territory_of_a_commune_is_whole_from_both_departements(partition):
    assert partition.of("48080") == partition.of("43180")
    assert partition.of("43180") == ("T1", "Territoire engendré", ("43163", "43180", "48080"))
    rows = index()
    population = dict(zip(rows.codes, rows.population.tolist(), strict=True))
    region = dict(zip(rows.codes, rows.code_region.tolist(), strict=True))
    ground = Ground(dict.fromkeys(partition.unit_of, 3.0), population, region, {})
    (from_76,) = territories(partition, ground, "76")
    from_84 = {unit.code: unit for unit in territories(partition, ground, "84")}
    assert from_84["T1"] == from_76
    assert set(from_76.population) == {"76", "84"}
    assert math.isclose(
        from_76.inhabitants, sum(population[code] for code in ("48080", "43180", "43163"))
    )


@pytest.mark.mission("OBS-010")
def test_each_commune_has_exactly_one_territory(partition):
    listed = [code for codes in partition.members().values() for code in codes]
    assert sorted(listed) == sorted(set(listed)) == sorted(partition.unit_of)
