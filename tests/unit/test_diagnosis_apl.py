import numpy as np
import pytest

from assemblier.diagnosis.apl import (
    PublishedApl,
    accessible_sentence,
    apl_change,
    change_sentence,
    commune_apl,
    mean_apl,
)
from assemblier.diagnosis.bands import band_counts, bands, classify, majority_notice
from assemblier.diagnosis.inequality import two_readings, two_readings_sentence
from assemblier.errors import DataError
from assemblier.figures import NOWHERE, Figure, unavailable


def published(values: list[list[float]], population: list[float]) -> PublishedApl:
    array = np.array(values, dtype=float)
    codes = tuple(f"4300{i}" for i in range(len(array)))
    years = tuple(range(2022, 2022 + array.shape[1]))
    return PublishedApl(
        codes, "apl", years, array, np.array(population), "population RP 2023", NOWHERE, NOWHERE
    )


def test_the_mean_is_weighted_by_people_and_says_who_is_left_out() -> None:
    found = mean_apl(published([[2.0], [4.0], [np.nan]], [3.0, 1.0, 4.0]), 2022)
    assert found.value == 2.5
    assert found.note == ("Sans 1 commune que la source ne couvre pas (50,0\u202f% des habitants).")
    assert found.vintage == "APL 2022, population RP 2023"


def test_a_mean_of_less_than_half_of_the_people_is_not_available() -> None:
    apl = published([[2.0], [np.nan]], [3.0, 4.0])
    assert not mean_apl(apl, 2022).is_known
    assert not band_counts(apl, 2022).counters[1].communes.is_known
    assert not two_readings(apl).distribution[0].gini.is_known


def test_nothing_known_is_not_zero() -> None:
    nothing = published([[np.nan]], [10.0])
    assert not mean_apl(nothing, 2022).is_known
    assert not commune_apl(nothing, "43000", 2022).is_known
    counts = band_counts(nothing, 2022)
    assert not counts.counters[0].communes.is_known
    assert counts.modal_by_communes is None
    assert (counts.unknown_communes, counts.unknown_inhabitants) == (1, 10.0)
    assert "non disponible" in two_readings_sentence("ici", two_readings(nothing)).text


def test_a_year_that_was_not_published_is_unknown() -> None:
    assert not mean_apl(published([[2.0]], [1.0]), 2019).is_known


def test_bands_and_counters() -> None:
    counts = band_counts(published([[0.9], [2.5], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0]), 2022)
    assert [count.communes.value for count in counts.bands] == [1, 2, 1]
    assert [count.inhabitants.value for count in counts.bands] == [1, 5, 4]
    assert [counter.communes.value for counter in counts.counters] == [1, 1, 3]
    assert counts.modal_by_communes is not None
    assert counts.modal_by_communes.legend == "[2,5 ; 4["
    assert not counts.is_majority_of_communes


def test_a_value_in_no_band_is_refused() -> None:
    assert classify(float("nan")) is None
    for value in (-0.1, 100.0):
        with pytest.raises(DataError):
            classify(value)


def test_a_printed_majority_that_cannot_be() -> None:
    assert "128 sur 257" in majority_notice(257, 129, bands()[1])
    assert majority_notice(257, 128, bands()[1]) == ""


def test_change_from_zero_and_from_unknown() -> None:
    from_zero = apl_change([Figure("APL", 0.0), Figure("APL", 1.0)])
    assert (from_zero.change.value, from_zero.percent.note) == (1.0, "n.c.")
    unknown = apl_change([unavailable("APL", "DREES"), Figure("APL", 1.0)])
    assert not unknown.change.is_known
    assert "DREES" in change_sentence("ici", unknown).text


def test_singular_under_two() -> None:
    assert accessible_sentence(Figure("APL", 0.9, decimals=1)).startswith(
        "0,9 consultation accessible par"
    )
