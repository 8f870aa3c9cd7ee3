from assemblier.diagnosis.evolution import Trend, evolution, evolutions
from assemblier.figures import Figure, unavailable


def count(value: float, vintage: str = "2022") -> Figure:
    return Figure("généralistes", value, "généralistes", vintage=vintage)


def test_signs_and_colours() -> None:
    gain, loss, none = (evolution("x", count(4), count(n)) for n in (5, 2, 4))
    assert (gain.trend, loss.trend, none.trend) == (Trend.GAIN, Trend.LOSS, Trend.NONE)
    assert (gain.text, loss.text, none.text) == (
        "+25,0\u202f%",
        "\u221250,0\u202f%",
        "0,0\u202f%",
    )
    assert len({trend.colour for trend in Trend}) == len({trend.sign for trend in Trend}) == 3


def test_from_nobody_the_change_is_not_computable_but_has_a_direction() -> None:
    found = evolution("x", count(0), count(2))
    assert found.text == "n.c."
    assert found.trend is Trend.GAIN
    assert found.change.value == 2
    assert not found.percent.is_known


def test_an_unknown_count_is_not_a_change_of_zero() -> None:
    found = evolution("x", unavailable("généralistes", "BPE 2021"), count(2))
    assert (found.trend, found.text) == (None, "non disponible")
    assert found.change.missing == "BPE 2021"


def test_losses_first_unknown_last() -> None:
    before = {"A": count(4), "B": count(2), "C": count(3)}
    after = {"A": count(5), "B": count(1), "D": count(7)}
    assert [found.territory for found in evolutions(before, after)] == ["B", "A", "C", "D"]
