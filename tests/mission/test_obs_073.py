"""OBS-073: distribution and shortage, side by side."""

from dataclasses import replace

import numpy as np
import pytest

from assemblier.diagnosis.inequality import two_readings, two_readings_sentence
from assemblier.diagnosis.local import published_apl
from assemblier.territory import parse


@pytest.fixture
def published():
    return published_apl(parse("departement:43"))


@pytest.mark.mission("OBS-073")
def test_the_same_apl_everywhere_is_perfectly_shared(published):
    equal = replace(published, values=np.full_like(published.values, 3.6))
    for year in two_readings(equal).distribution:
        assert year.gini.value == pytest.approx(0, abs=1e-9)
        assert year.theil.value == pytest.approx(0, abs=1e-9)
        assert year.tenth_ratio.value == pytest.approx(1)


@pytest.mark.mission("OBS-073")
def test_halving_all_supply_halves_the_mean_and_leaves_the_distribution(published):
    before = two_readings(published)
    after = two_readings(replace(published, values=published.values / 2))
    for one, other in zip(before.distribution, after.distribution, strict=True):
        assert other.gini.value == pytest.approx(one.gini.value)
        assert other.theil.value == pytest.approx(one.theil.value)
        assert other.palma.value == pytest.approx(one.palma.value)
    for one, other in zip(before.shortage.by_year, after.shortage.by_year, strict=True):
        assert other.value == pytest.approx(one.value / 2)


@pytest.mark.mission("OBS-073")
def test_haute_loire_has_both_readings_for_every_year(published):
    found = two_readings(published)
    assert [year.millesime for year in found.distribution] == [2022, 2023, 2024]
    last = found.distribution[-1]
    assert 0.15 < last.gini.value < 0.25
    assert last.worst_tenth.value < found.shortage.by_year[-1].value < last.best_tenth.value
    assert found.shortage.change.value > 0
    text = two_readings_sentence("en Haute-Loire", found).text
    assert "Répartition" in text
    assert "Quantité" in text
