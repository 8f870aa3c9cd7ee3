"""Each test is a line of « Always true » of `assemblier.territory` or of the embedded reference."""

import unicodedata

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier import data
from assemblier.territory import (
    SCALES,
    Communes,
    Grouping,
    Perimeter,
    align,
    at_scale,
    distance_km,
    epci_of,
    epci_within,
    halo,
    index,
    neighbours,
    parse,
    population,
    union,
)
from assemblier.territory.names import simplified
from assemblier.territory.places import KINDS, by_name, name_key, places

unhurried = settings(deadline=None, max_examples=50)
few = settings(deadline=None, max_examples=15)

codes = st.sampled_from(index().codes)
drawn = st.sampled_from([c for c in index().codes if not c.startswith("98")])
some = st.lists(drawn, min_size=1, max_size=8)
kinds = st.sampled_from(KINDS)
terms = st.one_of(
    st.sampled_from(["departement:43", "departement:48", "epci:200073419", "canton:4304"]),
    codes.map(lambda code: f"commune:{code}"),
)
expressions = st.lists(terms, min_size=1, max_size=4).map("+".join)


# --- the reference


def test_communes_are_there_once_in_ascending_order() -> None:
    found = data.communes()["code_commune"]
    assert found.to_list() == sorted(set(found))


def test_communes_have_a_point_exactly_when_they_have_a_contour() -> None:
    rows = data.communes()
    drawn_codes = set(data.contours(rows["code_commune"].to_list()))
    with_point = set(rows.drop_nulls("longitude")["code_commune"])
    assert with_point == drawn_codes == set(rows.drop_nulls("origine_contour")["code_commune"])


def test_communes_fusionnees_are_no_communes_and_their_targets_are() -> None:
    known = set(data.communes()["code_commune"])
    former = data.communes_fusionnees()
    assert not known & set(former["ancien_code"])
    assert set(former["code_commune"].drop_nulls()) <= known
    assert former["ancien_code"].is_unique().all()


def test_voisins_are_ordered_pairs_with_a_length() -> None:
    borders = data.voisins()
    assert (borders["code_a"] < borders["code_b"]).all()
    assert borders.select("code_a", "code_b").is_unique().all()
    assert (borders["longueur_km"] > 0).all()


@pytest.mark.parametrize("departement", ["43", "15", "66", "974", "75"])
def test_contours_are_valid_and_match_their_neighbours(departement: str) -> None:
    inside = parse(f"departement:{departement}").codes
    shapes = np.array(list(data.contours([*inside, *neighbours(inside)]).values()))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


@few
@given(st.lists(drawn, min_size=1, max_size=4))
def test_contours_of_neighbours_touch(inside: list[str]) -> None:
    shapes = data.contours([*inside, *neighbours(inside)])
    own = shapely.union_all([shapes[code] for code in inside])
    assert all(own.distance(shapes[code]) == 0 for code in neighbours(inside))


# --- the index


@unhurried
@given(st.lists(codes, max_size=20))
def test_communes_at_positions_are_those_asked(asked: list[str]) -> None:
    rows: Communes = index()
    assert rows.code_commune[rows.positions(asked)].tolist() == asked


def test_index_is_in_ascending_order() -> None:
    assert list(index().codes) == sorted(set(index().codes))


@unhurried
@given(st.one_of(codes, st.sampled_from(sorted(index().current)), st.text(max_size=6)))
def test_current_code_asked_twice_changes_nothing(code: str) -> None:
    found = index().current_code(code)
    if found is not None:
        assert index().current_code(found) == found


@few
@given(
    st.dictionaries(
        st.one_of(
            codes, st.sampled_from(sorted(index().current)), st.text("0123456789", max_size=5)
        ),
        st.integers(-1000, 1000),
        max_size=20,
    )
)
def test_align_keeps_the_sum_of_what_joined(values: dict[str, int]) -> None:
    table = pl.DataFrame(
        {"code_commune": list(values), "n": list(values.values())},
        schema={"code_commune": pl.String, "n": pl.Int64},
    )
    aligned = align(table, additive=["n"])
    lost = {misfit.code for misfit in aligned.misfits if not misfit.joined}
    assert lost == {code for code in values if index().current_code(code) is None}
    assert aligned.table["n"].sum() == sum(n for code, n in values.items() if code not in lost)


# --- perimeters


@few
@given(expressions)
def test_perimeter_codes_are_sorted_unique_and_never_empty(expression: str) -> None:
    perimeter: Perimeter = parse(expression)
    assert perimeter.codes
    assert list(perimeter.codes) == sorted(set(perimeter.codes))


@few
@given(expressions)
def test_parse_gives_the_same_perimeter_again(expression: str) -> None:
    perimeter = parse(expression)
    assert parse(perimeter.expression) == perimeter


@few
@given(st.lists(terms, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_union_has_the_same_communes_in_any_order(parts: list[str], chance) -> None:
    perimeters = [parse(part) for part in parts]
    shuffled = perimeters.copy()
    chance.shuffle(shuffled)
    assert union(perimeters).codes == union(shuffled).codes


@unhurried
@given(st.text(max_size=20))
def test_simplified_twice_changes_nothing_more(name: str) -> None:
    assert simplified(simplified(name)) == simplified(name)


@st.composite
def places_and_spellings(draw: st.DrawFn) -> tuple[str, str, str]:
    """A place whose name is unique in its kind, and that name as a careless hand writes it."""
    kind = draw(kinds)
    place = places(kind)[draw(st.sampled_from(sorted(places(kind))))]
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", place.nom) if not unicodedata.combining(c)
    )
    name = draw(st.sampled_from([place.nom, plain, place.nom.upper(), plain.lower()]))
    name = name.replace("-", draw(st.sampled_from(["-", " ", " - "])))
    return kind, place.code, name.replace("'", draw(st.sampled_from(["'", "’", " "])))


@unhurried
@given(places_and_spellings())
def test_parse_accepts_a_unique_name_however_it_is_written(spelled: tuple[str, str, str]) -> None:
    kind, code, name = spelled
    if len(by_name(kind)[name_key(kind, name)]) > 1 or not place_has_communes(kind, code):
        return
    assert parse(f'{kind}:"{name}"').code == code


def place_has_communes(kind: str, code: str) -> bool:
    return kind != "canton" or code in set(index().code_canton)


# --- around


@few
@given(some)
def test_neighbours_are_mutual_and_never_oneself(inside: list[str]) -> None:
    around = neighbours(inside)
    assert not set(around) & set(inside)
    for code in around[:3]:
        assert set(neighbours([code])) & set(inside)


@few
@given(some, st.floats(0, 60), st.floats(0, 60))
def test_halo_of_a_longer_distance_never_loses_a_commune(
    inside: list[str], one: float, other: float
) -> None:
    near, far = sorted((one, other))
    assert set(halo(inside, near)) <= set(halo(inside, far))


@few
@given(st.lists(drawn, min_size=1, max_size=2), st.floats(1, 80))
def test_halo_is_what_distances_say(inside: list[str], reach: float) -> None:
    around = set(halo(inside, reach))
    others = [code for code in index().codes if code not in set(inside)]
    expected = np.zeros(len(others), dtype=bool)
    for code in set(inside):
        expected |= distance_km([code] * len(others), others) <= reach
    assert around == set(np.array(others)[expected].tolist())


@unhurried
@given(drawn, drawn)
def test_distance_km_is_the_same_both_ways_and_zero_at_home(one: str, other: str) -> None:
    assert distance_km([one], [other]) == distance_km([other], [one])
    assert distance_km([one], [one]) == 0


# --- scales


@few
@given(expressions, st.sampled_from(SCALES))
def test_grouping_holds_each_commune_once(expression: str, scale: str) -> None:
    perimeter = parse(expression)
    grouping: Grouping = at_scale(perimeter, scale)
    held = [code for group in grouping.groups for code in group.codes] + list(grouping.outside)
    assert sorted(held) == list(perimeter.codes)


@few
@given(expressions, st.sampled_from(SCALES), st.randoms(use_true_random=False))
def test_sums_add_up_to_the_perimeter(expression: str, scale: str, chance) -> None:
    perimeter = parse(expression)
    grouping = at_scale(perimeter, scale)
    values = np.array([float(chance.randint(0, 1000)) for _ in perimeter.codes])
    outside = values[[perimeter.codes.index(code) for code in grouping.outside]].sum()
    assert grouping.sums(values).sum() + outside == values.sum()


@few
@given(expressions)
def test_epci_within_are_those_of_epci_of(expression: str) -> None:
    perimeter = parse(expression)
    assert [e.code for e in epci_within(perimeter)] == [e.code for e in epci_of(perimeter)]


@few
@given(st.lists(drawn, min_size=1, max_size=6, unique=True))
def test_population_of_a_union_is_the_sum_of_its_parts(parts: list[str]) -> None:
    perimeters = [parse(f"commune:{code}") for code in parts]
    total = population(union(perimeters)).value
    assert total == sum(population(part).known_value() for part in perimeters)
