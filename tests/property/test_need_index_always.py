"""Each test is a line of « Always true » of the need in regard of the supply, and of its share."""

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.diagnosis.need_index import NeedAndSupply, classified, default_weights
from assemblier.diagnosis.underserved import comparison, under_2_5
from assemblier.figures import Figure, unavailable
from assemblier.territory import epci_of, parse

DAY = dt.date(2026, 11, 22)
PLACES = epci_of(parse("departement:43"))
number = st.floats(0, 100)
rows = st.lists(
    st.tuples(number, number, number, st.none() | st.floats(0, 8), st.integers(1, 9000)),
    min_size=1,
    max_size=len(PLACES),
)
Row = tuple[float, float, float, float | None, int]


def classes(parts: list[tuple[int, Row]]) -> NeedAndSupply:
    keys = ("age", "revenu", "ald")
    return classified(
        [PLACES[rank] for rank, _ in parts],
        [{key: Figure(key, row[n]) for n, key in enumerate(keys)} for _, row in parts],
        [Figure("APL", r[3]) if r[3] is not None else unavailable("APL", "x") for _, r in parts],
        np.array([float(row[4]) for _, row in parts]),
        default_weights(DAY),
        DAY,
    )


@settings(max_examples=60)
@given(rows, st.randoms())
def test_the_order_of_the_parts_does_not_change_a_class_and_the_unknown_has_none(
    given_rows: list[Row], chance: object
) -> None:
    """`NeedAndSupply`: a part whose need or supply is unknown is in no quadrant."""
    parts = list(enumerate(given_rows))
    first = {part.perimeter.code: part.quadrant for part in classes(parts).parts}
    chance.shuffle(parts)  # type: ignore[attr-defined]
    found = classes(parts)
    again = {part.perimeter.code: part.quadrant for part in found.parts}
    assert again == first
    for part in found.parts:
        assert (part.quadrant is None) == (not part.need.is_known or not part.supply.is_known)


@settings(max_examples=20)
@given(st.sampled_from(["43", "48", "region:84", "france", "Saugues"]), st.integers(2010, 2030))
def test_a_share_is_one_or_is_not_available_and_the_territory_is_the_first_line(
    place: str, year: int
) -> None:
    """`under_2_5`, `Comparison`, `comparison`: every line has one figure a year."""
    perimeter = parse(place)
    share = under_2_5(perimeter, year)
    assert share.value is None or 0 <= share.value <= 100
    assert str(year) in share.vintage
    found = comparison(perimeter)
    assert found.lines[0].name == perimeter.nom
    assert all(len(line.shares) == len(found.years) for line in found.lines)
