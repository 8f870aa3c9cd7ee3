"""Each test is a line of « Always true » of `assemblier.access`."""

import datetime as dt
from dataclasses import replace
from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier import access, territory
from assemblier.access import (
    above,
    agreement,
    counted_supply,
    explanation,
    mean_score,
    people_under,
    practice_supply,
    resident_demand,
    scores,
    sensitivities,
    surroundings,
    weighted_correlation,
)
from assemblier.access.ages import part_within
from assemblier.access.comparison import Agreement
from assemblier.access.explanation import Explanation
from assemblier.access.supply import places_table
from assemblier.data import facts, voisins
from assemblier.data.relief import relief
from assemblier.territory import index
from assemblier.travel import chain_engine, crow_fly_engine

unhurried = settings(deadline=None)
few = settings(deadline=None, max_examples=8)
ON = dt.date(2024, 1, 1)
ARRAYS = st.lists(st.floats(0.1, 10), min_size=3, max_size=12).map(np.array)


@cache
def haute_loire():
    """The scores of the département, once."""
    perimeter = territory.parse("departement:43")
    return access.study(perimeter, "medecin_generaliste", ON, chain_engine(ON))


@few
@given(st.sampled_from(facts.apl_publiee()["code_commune"].unique().sort().to_list()))
def test_explanation_contributions_sum_to_the_score_and_shares_to_one(code: str) -> None:
    found = explanation(haute_loire().found, code)
    assert isinstance(found, Explanation)
    assert sum(one.contribution for one in found.contributions) == pytest.approx(
        found.score, abs=0.01
    )
    assert all(sum(rival.share for rival in one.rivals) <= 1 + 1e-9 for one in found.contributions)


@few
@given(st.lists(st.integers(0, 256), min_size=1, max_size=6, unique=True))
def test_scores_do_not_depend_on_the_perimeter(places: list[int]) -> None:
    study = haute_loire()
    some = sorted(study.found.codes[place] for place in places)
    part = territory.parse("+".join(f"commune:{code}" for code in some))
    found = scores(part, study.found.method, study.found.supply, study.found.demand, study.engine)
    whole = dict(zip(study.found.codes, study.found.score, strict=True))
    assert found.score == pytest.approx(np.array([whole[code] for code in part.codes]), rel=1e-9)


@few
@given(st.integers(0, 256), st.floats(1, 20_000))
def test_adding_supply_never_lowers_scores(place: int, more: float) -> None:
    study = haute_loire()
    added = pl.DataFrame(
        {"site": ["neuf"], "nom_site": ["neuf"], "code_commune": [study.found.codes[place]],
         "effectif": [1.0], "activite": [more], "nature": ["cabinet"]}
    )  # fmt: skip
    supply = replace(study.found.supply, table=pl.concat([study.found.supply.table, added]))
    found = scores(study.perimeter, study.found.method, supply, study.found.demand, study.engine)
    assert (found.score - study.found.score >= -1e-9).all()


def test_scores_that_are_lower_bounds_reach_an_unknown_supply() -> None:
    study = haute_loire()
    for code, is_bound in zip(study.found.codes, study.found.is_lower_bound, strict=True):
        assert bool(explanation(study.found, code).unknown) == bool(is_bound)


def test_surroundings_hold_every_commune_of_the_perimeter() -> None:
    codes = ("43157", "43001")
    assert set(codes) <= set(surroundings(codes, crow_fly_engine(ON), 20).homes)


def test_conservation_all_that_is_reached_is_shared() -> None:
    study = haute_loire()
    every = study.found
    people = np.nan_to_num(every.demand.standardised[index().positions(every.travel.homes)])
    offered = every.supply.by_commune()
    known = np.array([offered.get(place, 0.0) for place in every.travel.places])
    assert people @ (every.weights @ every.ratio) == pytest.approx(known.sum())


def test_by_commune_sums_to_the_activity_of_all_places() -> None:
    supply = haute_loire().found.supply
    assert sum(supply.by_commune().values()) == pytest.approx(supply.total)


@unhurried
@given(st.lists(st.integers(0, 50), min_size=3, max_size=3))
def test_counted_supply_is_the_count_times_one_activity(counts: list[int]) -> None:
    method = access.method("medecin_generaliste", ON)
    codes = ("43001", "43002", "43157")
    given_counts = dict(zip(codes, map(float, counts), strict=True))
    supply = counted_supply(given_counts, method, codes, access.published_source())
    for code in codes:
        expected = given_counts[code] * method.bounded(method.per_place)
        assert supply.by_commune()[code] == pytest.approx(expected)


def practices(rows: list[dict[str, object]]) -> pl.DataFrame:
    whole = {"profession": "medecin_generaliste"}
    return pl.DataFrame([whole | row for row in rows], infer_schema_length=None)


@unhurried
@given(st.floats(0, 12_000), st.floats(0.1, 0.9), st.floats(0, 6000))
def test_practice_supply_bounds_once_then_shares_replacements_included(acts, part, extra) -> None:
    method = access.method("medecin_generaliste", ON)
    rows = [
        {"code_commune": "43157", "praticien": "a", "activite": acts, "part": part,
         "situation": None},
        {"code_commune": "43001", "praticien": "a", "activite": acts, "part": 1 - part,
         "situation": None},
        {"code_commune": "43157", "praticien": "a", "activite": extra, "part": 0.0,
         "situation": "remplacant"},
        {"code_commune": "43157", "praticien": "h", "activite": 5000.0, "part": 1.0,
         "situation": "hopital"},
    ]  # fmt: skip
    supply = practice_supply(practices(rows), method, ("43157", "43001"), access.published_source())
    assert supply.total == pytest.approx(method.bounded(acts + extra))
    assert supply.by_commune()["43001"] == pytest.approx((1 - part) * supply.total)


def test_resident_demand_counts_more_where_people_consume_more() -> None:
    method = access.method("medecin_generaliste", ON)
    people = {"43001": np.array([100.0, 0.0]), "43002": np.array([0.0, 100.0])}
    ages = (0.0, 75.0)
    by_age = access.PeopleByAge(people, ages, haute_loire().provenance)
    demand = resident_demand(method, by_age)
    young, old = demand.standardised[index().positions(["43001", "43002"])]
    assert old > young


@few
@given(st.just("activité"))
def test_sensitivities_a_fifth_less_activity_is_a_fifth_less_score(_: str) -> None:
    study = haute_loire()
    before = study.found.score.copy()
    moved = sensitivities(study.found, study.perimeter, study.engine)
    (less,) = [one for one in moved if one.parameter.startswith("Activité")]
    assert less.score == pytest.approx(0.8 * before)
    assert (study.found.score == before).all()


@unhurried
@given(ARRAYS, st.floats(0.1, 9))
def test_agreement_of_a_multiple_is_perfect_after_scaling(published, factor) -> None:
    measured = agreement(factor * published, published, np.ones(len(published)))
    assert isinstance(measured, Agreement)
    assert measured.gap_after == pytest.approx(0, abs=1e-9)
    assert np.isnan(measured.correlation) or measured.correlation == pytest.approx(1, abs=1e-6)


@unhurried
@given(ARRAYS)
def test_weighted_correlation_is_bounded_and_the_same_both_ways(one: np.ndarray) -> None:
    other, weights = np.roll(one, 1), one + 1
    both = [weighted_correlation(a, b, weights) for a, b in ((one, other), (other, one))]
    assert both[0] == pytest.approx(both[1], nan_ok=True)
    assert np.isnan(both[0]) or -1 <= both[0] <= 1


@unhurried
@given(ARRAYS)
def test_mean_score_lies_between_the_lowest_and_the_highest(score: np.ndarray) -> None:
    found = mean_score(score, np.arange(1.0, len(score) + 1))
    assert score.min() - 1e-9 <= found <= score.max() + 1e-9


@unhurried
@given(ARRAYS, st.floats(0, 10), st.floats(0, 5))
def test_people_under_and_above_move_one_way_with_the_threshold(score, low, more) -> None:
    total = np.arange(1.0, len(score) + 1)
    codes = [str(place) for place in range(len(score))]
    assert (
        people_under(score, total, low).inhabitants
        <= people_under(score, total, low + more).inhabitants
    )
    assert len(above(codes, score, low)) >= len(above(codes, score, low + more))


@few
@given(st.just(sorted(access.PROFESSIONS)))
def test_sensitivities_move_every_unconfirmed_parameter(professions: list[str]) -> None:
    perimeter = territory.parse("epci:200073419")
    for profession in professions:
        study = access.study(perimeter, profession, ON, chain_engine(ON))
        moved = sensitivities(study.found, perimeter, study.engine)
        paths = {path for one in moved for path in one.paths}
        start = f"apl.{profession}."
        assert paths == {one.path.removeprefix(start) for one in study.found.method.unconfirmed}


@unhurried
@given(st.integers(0, 90), st.integers(0, 30), st.integers(18, 100), st.integers(0, 20))
def test_part_within_is_a_share_that_a_higher_limit_never_lowers(low, more, limit, up) -> None:
    text = f"{low}-{low + more} ans"
    kept = part_within(text, limit)
    assert 0 <= kept <= part_within(text, limit + up) <= 1


@few
@given(st.sampled_from([("43001", "43157"), ("43002", "43041", "43157")]))
def test_resident_demand_has_what_is_published(codes: tuple[str, ...]) -> None:
    method = access.method("medecin_generaliste", ON)
    people = access.StandardisedPeople(dict.fromkeys(codes, 77.0), haute_loire().provenance)
    demand = resident_demand(method, *access.people_by_age(method), published=people)
    assert (demand.standardised[index().positions(codes)] == 77.0).all()


def test_people_by_age_always_holds_what_is_delivered() -> None:
    for profession in access.PROFESSIONS:
        method = access.method(profession, ON)
        known = access.people_by_age(method)
        assert any(set(one.people) == set(access.embedded_people(method).people) for one in known)


def test_published_scores_are_of_the_year_they_say() -> None:
    for year in (2022, 2023, 2024):
        found = access.published("medecin_generaliste", year)
        rows = facts.apl_publiee().filter(pl.col("millesime") == year)
        assert found.year == year
        assert found.scores == dict(rows.select("code_commune", "apl").iter_rows())


@unhurried
@given(st.lists(st.floats(0, 9000), min_size=1, max_size=8))
def test_places_table_keeps_the_activity_of_all_places(acts: list[float]) -> None:
    rows = pl.DataFrame(
        {"site": [f"s{place % 3}" for place in range(len(acts))], "nom_site": [None] * len(acts),
         "adresse": [None] * len(acts), "code_commune": ["43157"] * len(acts),
         "effectif": [1.0] * len(acts), "activite": acts, "centre": [False] * len(acts)},
        schema_overrides={"nom_site": pl.String, "adresse": pl.String},
    )  # fmt: skip
    assert places_table(rows)["activite"].sum() == pytest.approx(sum(acts))


def test_without_relief_never_names_a_commune_with_a_known_climb() -> None:
    known = relief().drop_nulls("denivele_m")
    codes = sorted({*known["code_a"].to_list(), *known["code_b"].to_list()})
    assert not chain_engine(ON).without_relief(codes).any()
    assert chain_engine(ON).without_relief(["35238", "59350"]).all()


def test_explanation_rivals_share_all_its_places() -> None:
    found = explanation(haute_loire().found, "43157")
    assert sum(one.share for one in found.rivals) == pytest.approx(1)
    assert found.rivals[0].code_commune == "43157"


def test_relief_has_the_rows_of_voisins_in_their_order() -> None:
    assert relief().select("code_a", "code_b").equals(voisins().select("code_a", "code_b"))
    assert (relief()["denivele_m"].drop_nulls() >= 0).all()
