import pytest

from assemblier.diagnosis.density import (
    UNKNOWN_DENOMINATOR,
    Verdict,
    compare,
    comparison_sentence,
    density,
    per_100_000,
    ranking,
    side_by_side,
)
from assemblier.figures import Figure, Nature, unavailable


def printed(value: float) -> Figure:
    return Figure("densité", value, "pour 10 000 habitants", Nature.CITE, decimals=1)


def test_both_numbers_stay_with_the_density() -> None:
    count = Figure("généralistes", 194, vintage="2022")
    people = Figure("population", 228_654, vintage="RP 2023")
    found = density(count, people)
    assert (found.numerator, found.denominator) == (count, people)
    assert found.vintage == "2022 / RP 2023"
    assert found.value == pytest.approx(8.4844, abs=1e-4)


def test_an_unknown_number_makes_it_unknown() -> None:
    people = Figure("population", 100)
    assert density(unavailable("généralistes", "BPE 2025"), people).missing == "BPE 2025"
    assert not density(Figure("généralistes", 1), Figure("population", 0)).is_known


def test_an_estimate_stays_an_estimate() -> None:
    people = Figure("population", 100, nature=Nature.ESTIME)
    assert density(Figure("généralistes", 1), people).nature is Nature.ESTIME


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (8.7, Verdict.SLIGHTLY_HIGHER),
        (8.42, Verdict.EQUAL),
        (12.0, Verdict.HIGHER),
        (8.0, Verdict.SLIGHTLY_LOWER),
        (5.0, Verdict.LOWER),
    ],
)
def test_words(value: float, verdict: Verdict) -> None:
    assert compare(printed(value), printed(8.4)).verdict is verdict


def test_an_unknown_reference_has_no_verdict() -> None:
    found = compare(printed(8.7), unavailable("densité", "DREES"))
    assert found.verdict is None
    assert "DREES" in comparison_sentence("Haute-Loire", "La densité", found, "la France").text


def test_units_that_are_not_ten_thousand_are_refused() -> None:
    with pytest.raises(ValueError, match="attendu pour 10 000"):
        per_100_000(Figure("densité", 87, "pour 100 000 habitants"))


def test_side_by_side_neither_replaces_the_other() -> None:
    ours = density(Figure("généralistes", 194), Figure("population", 228_654))
    both = side_by_side(printed(8.7), ours)
    assert both.cited.value == 8.7
    assert round(both.computed.known_value(), 1) == 8.5
    assert both.reason == UNKNOWN_DENOMINATOR
    assert side_by_side(printed(8.5), ours).reason == ""


def test_equal_values_share_a_rank_and_the_unknown_are_listed() -> None:
    figures = {name: printed(value) for name, value in {"A": 3, "B": 5, "C": 3, "D": 1}.items()}
    found = ranking({**figures, "E": unavailable("densité", "BPE")})
    assert [(row.name, row.rank, row.from_lowest) for row in found.rows] == [
        ("B", 1, 4),
        ("A", 2, 2),
        ("C", 2, 2),
        ("D", 4, 1),
    ]
    assert found.unknown == ("E",)
    assert found.is_in_lower_half("D")
    assert not found.is_in_lower_half("B")
    with pytest.raises(LookupError):
        found.of("E")


def test_the_ratio_to_nothing_is_not_infinite() -> None:
    assert ranking({"A": printed(3), "B": printed(0)}).ratio.note == "n.c."
    assert not ranking({}).ratio.is_known
