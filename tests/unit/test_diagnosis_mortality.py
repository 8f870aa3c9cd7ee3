import pytest

from assemblier.diagnosis.mortality import mortality, top_three_sentence
from assemblier.errors import DataError


def test_shares_and_order() -> None:
    found = mortality([("Autres", 1, 25.0), ("Tumeurs", 3, 75.0)], 4, "2017")
    assert [cause.label for cause in found.causes] == ["Tumeurs", "Autres"]
    assert found.causes[0].share.value == 75
    assert found.anomalies == ()


def test_a_printed_share_adjusted_by_a_hundredth_is_explained_not_corrected() -> None:
    found = mortality([("A", 254, 9.56), ("B", 2406, 90.44)], 2660)
    low = found.causes[1]
    assert low.share.value == pytest.approx(9.5489, abs=1e-4)
    assert low.printed_share.value == 9.56
    assert "centième" in low.difference
    assert found.anomalies == ()


def test_a_wrong_share_and_a_wrong_total_are_anomalies() -> None:
    found = mortality([("A", 1, 50.0), ("B", 3, 75.0)], 5)
    assert len(found.anomalies) == 3  # the total, the sum of the printed shares, the share of A


def test_every_problem_at_once() -> None:
    with pytest.raises(DataError) as error:
        mortality([("A", -1, None), ("B", 2, None), ("B", 2, None)])
    assert len(error.value.problems) == 2
    with pytest.raises(DataError, match="aucun décès"):
        mortality([("A", 0, None)])


def test_a_sentence_with_fewer_than_three_causes() -> None:
    text = top_three_sentence(mortality([("Tumeurs", 3, None)]), "en Haute-Loire").text
    assert text.startswith("Première cause de décès en Haute-Loire")
