"""Each test is a line of « Always true » of the articulation of perimeters and of the scales."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.data.cards import card, cards
from assemblier.diagnosis.articulation import Declared, articulation
from assemblier.diagnosis.scale import PROFESSIONS, advice, reach_of
from assemblier.territory import parse

CODES = parse("departement:43").codes
few = settings(max_examples=25)
pieces = st.lists(st.sampled_from(CODES), min_size=1, max_size=60, unique=True)


@few
@given(pieces, st.sampled_from(["CPTS", "GHT", "TVS", "CLS"]), st.integers(1, 4))
def test_shares_of_an_epci_in_a_division_sum_to_100_and_the_undescribed_has_none(
    codes: list[str], kind: str, count: int
) -> None:
    """`Articulation`: « aucune » included; a division nobody described says what would bring it."""
    told = [
        Declared(kind, f"essai {rank}", tuple(codes[rank::count]), "2025", "essai")
        for rank in range(count)
        if codes[rank::count]
    ]
    found = articulation(parse("departement:43"), told)
    labels = {one.label for one in found.known}
    for epci in found.epci:
        for label in labels:
            mine = [o for o in found.overlaps if (o.epci, o.division) == (epci, label)]
            assert sum(one.share.value for one in mine) == pytest.approx(100)
    assert {one.division for one in found.overlaps} == labels
    assert all(one.missing for one in found.divisions if one.label not in labels)


@few
@given(
    st.sampled_from(["43234", "43", "epci:200073419", "region:84"]),
    st.sampled_from([name for names in PROFESSIONS.values() for name in names]),
)
def test_the_territory_is_inside_each_perimeter_proposed_or_meets_it(
    place: str, profession: str
) -> None:
    """`advice`."""
    perimeter = parse(place)
    found = reach_of(profession)
    assert found is not None
    proposed = advice(perimeter, *found).proposed
    assert proposed or perimeter.kind == "region"
    assert all(set(perimeter.codes) & set(one.codes) for one in proposed)


def test_every_card_is_found_by_its_key() -> None:
    assert all(card(one.key) is one for one in cards())
