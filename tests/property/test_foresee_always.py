"""What is always true of practices at risk, practices to hand over and doctors in training."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.scenarios.at_risk import ages_by_commune, at_risk
from assemblier.scenarios.handover import Leaving, limit_day, to_hand_over
from assemblier.scenarios.projection import Group
from assemblier.scenarios.projection_file import told_of
from assemblier.scenarios.projection_form import form
from assemblier.scenarios.told_ages import listed_by_commune, practised
from assemblier.scenarios.trainees import Kind, Trainees, arrivals, promotions
from assemblier.territory import parse
from assemblier.travel import chain_engine
from tests.stores import put

ON = dt.date(2026, 11, 22)
LIMIT = 55
COMMUNES = ("43234", "43148", "43040", "43112")

bands = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(25, 80), st.integers(0, 9)).map(lambda one: (one[0], sum(one))),
)
groups = st.lists(
    st.builds(
        lambda count, band, commune: Group(count, *band, commune),
        st.integers(1, 3),
        bands,
        st.sampled_from((*COMMUNES, None)),
    ),
    max_size=6,
)
leavings = st.lists(
    st.builds(
        Leaving,
        st.sampled_from(COMMUNES),
        st.dates(dt.date(2024, 1, 1), dt.date(2032, 1, 1)),
        st.one_of(st.none(), st.integers(0, 2500)),
        st.sampled_from((None, True, False)),
    ),
    max_size=8,
)
trainees = st.lists(
    st.builds(
        Trainees,
        st.sampled_from(Kind),
        st.integers(1, 20),
        st.dates(dt.date(2026, 1, 1), dt.date(2040, 12, 31)),
        st.integers(0, 144),
        st.floats(0, 1),
        st.sampled_from((*COMMUNES, None)),
    ),
    max_size=8,
)


@cache
def engine():
    return chain_engine(ON)


@settings(max_examples=15, deadline=None)
@given(groups)
def test_a_place_with_one_practitioner_of_the_age_or_younger_is_never_detected(told):
    found = at_risk(parse("epci:200073419"), told, ON, engine())
    young = {one.commune for one in told if one.oldest is not None and one.oldest <= LIMIT}
    for place in found.detected:
        assert not young & set(place.communes)
        assert place.known == place.older == place.isolation.practitioners


@settings(max_examples=15, deadline=None)
@given(groups)
def test_a_place_is_detected_or_unsettled_or_neither_never_two_of_them(told):
    found = at_risk(parse("commune:43234 + commune:43148"), told, ON, engine())
    named = [place.nom for place in (*found.detected, *found.unsettled)]
    assert len(named) == len(set(named)) <= found.examined


@given(groups)
def test_an_age_that_may_be_on_either_side_of_the_limit_counts_as_unknown(told):
    ages = ages_by_commune(told, LIMIT)
    assert sum(map(len, ages.values())) == sum(one.count for one in told if one.commune)
    for one in told:
        if one.commune and one.youngest is not None and one.youngest <= LIMIT < one.oldest:
            assert None in ages[one.commune]


@given(leavings)
def test_a_departure_with_a_successor_past_or_later_is_never_there(told):
    found = to_hand_over(told, ON)
    assert all(not one.has_successor and ON <= one.day <= limit_day(ON) for one in found)
    left_out = [one for one in told if one not in found]
    assert all(one.has_successor or not ON <= one.day <= limit_day(ON) for one in left_out)


@given(trainees)
def test_somebody_bound_by_a_contract_arrives_in_the_year_they_finish(told):
    years = sorted(one.exit.year for one in told)
    assert [one.year for one in arrivals(told)] == years
    for one in told:
        end = one.bound_until
        assert (end is None) == (one.months_due == 0)
        if end is not None:
            assert end >= one.exit
            months = (end.year - one.exit.year) * 12 + end.month - one.exit.month
            assert one.months_due - 1 <= months <= one.months_due


@given(trainees)
def test_as_many_arrive_as_are_expected_to_settle(told):
    expected = sum(one.count * one.share for one in told)
    assert abs(sum(one.count for one in arrivals(told)) - expected) < 1e-9
    assert abs(sum(one.expected for one in promotions(told)) - expected) < 1e-9


ASKED = form(ON)
anything = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 3000), st.floats(allow_nan=True), st.dates(),
    st.sampled_from(("oui", "27 %", "60-64", "43148", "Saugues", "Dr", "x", "", "1e400", "-3")),
    st.text(max_size=4),
)  # fmt: skip
lists = {
    one.key: st.lists(
        st.dictionaries(st.sampled_from([*(f.key for f in one.fields), "nom", "x"]), anything),
        max_size=3,
    )
    for one in ASKED.lists
}
files = st.fixed_dictionaries(
    {},
    optional={
        **{one.key: anything for one in ASKED.fields},
        **{key: st.one_of(anything, rows) for key, rows in lists.items()},
        "inconnu": anything,
    },
)


@settings(max_examples=150, deadline=None)
@given(files)
def test_whatever_a_file_holds_it_is_read_or_its_problems_are_told(content):
    told = told_of(content, ON)
    groups = told.practitioners.groups if told.practitioners else ()
    assert all(one.count >= 1 for one in groups)
    assert all(0 <= one.share <= 1 for one in told.trainees)
    if "inconnu" in content:
        assert any("inconnu" in one.where for one in told.problems)
    assert all(one.found and one.expected and one.action for one in told.problems)


GP = "medecin_generaliste"
practices = st.lists(
    st.fixed_dictionaries({
        "code_commune": st.sampled_from(COMMUNES),
        "profession": st.just(GP),
        "tranche_age": st.sampled_from((None, "60-64 ans", "moins de 35 ans", "65 ans et plus")),
        "effectif": st.integers(1, 9),
        "mode_exercice": st.sampled_from((None, "liberal", "salarie")),
    }),
    min_size=1, max_size=6,
)  # fmt: skip
small_and_large = st.dictionaries(
    st.sampled_from(COMMUNES), st.one_of(st.none(), st.integers(0, 9)), min_size=1
)


@contextmanager
def stored(table: str, rows) -> Iterator[None]:
    """Put a table in a store of its own."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", folder)
        put(Path(folder), table, rows)
        yield


@settings(max_examples=15, deadline=None)
@given(practices)
def test_nobody_salaried_counts_everybody_else_once_in_each_place(rows):
    with stored("exercices", rows):
        found = practised(COMMUNES, ON)
    own = [row for row in rows if row["mode_exercice"] != "salarie"]
    if not any(row["tranche_age"] for row in own):
        assert found is None
        return
    for code in COMMUNES:
        there = sum(row["effectif"] for row in own if row["code_commune"] == code)
        assert sum(one.count for one in found.groups if one.commune == code) == there


@settings(max_examples=15, deadline=None)
@given(small_and_large)
def test_no_group_stands_for_fewer_people_than_may_be_shown(counts):
    rows = [
        {
            "niveau": "commune", "code": code, "profession": GP, "millesime": 2026,
            "age_debut": 60, "age_fin": 64, "effectif": count,
            "statut": "secret" if count is None else "connu",
        }
        for code, count in counts.items()
    ]  # fmt: skip
    with stored("ages_medecins", rows):
        found = listed_by_commune(COMMUNES)
    shown = {code: count for code, count in counts.items() if count is not None and count >= 5}
    assert {one.commune: one.count for one in found} == shown
