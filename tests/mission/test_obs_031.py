"""OBS-031: causes of death, their shares and their total."""

import pytest

from assemblier.diagnosis.presented import presented_mortality

DEATHS = [680, 674, 254, 245, 164, 158, 134, 116, 90, 58, 44, 19, 13, 6, 3, 2, 0]


@pytest.mark.mission("OBS-031")
def test_seventeen_rows_sum_to_the_total():
    found = presented_mortality()
    assert [cause.deaths.value for cause in found.causes] == DEATHS
    assert found.total.value == found.printed_total.value == 2660
    assert found.anomalies == ()
    assert found.total.vintage == "2017"


@pytest.mark.mission("OBS-031")
def test_shares_are_within_a_hundredth_of_those_printed_and_four_are_explained():
    found = presented_mortality()
    assert sum(cause.share.value for cause in found.causes) == pytest.approx(100)
    for cause in found.causes:
        assert abs(cause.share.value - cause.printed_share.value) <= 0.0115
    explained = [cause.deaths.value for cause in found.causes if cause.difference]
    assert explained == [254, 164, 44, 2]


@pytest.mark.mission("OBS-031")
def test_the_three_first_causes():
    labels = [cause.label for cause in presented_mortality().top()]
    assert labels == [
        "Tumeurs",
        "Maladies de l'appareil circulatoire",
        "Maladies de l'appareil respiratoire",
    ]
