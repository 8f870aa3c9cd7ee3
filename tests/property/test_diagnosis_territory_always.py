"""Each test is a line of « Always true » of what the diagnosis says of territories."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.diagnosis.by_scale import by_scale
from assemblier.diagnosis.companions import mean_apl_of
from assemblier.diagnosis.conflicts import conflict_notice, zero_with_practice
from assemblier.diagnosis.ecosystem import FAMILIES, Resource, Status, ecosystem
from assemblier.diagnosis.gauges import Threshold, flags
from assemblier.diagnosis.local import equipment, equipment_of, published_apl
from assemblier.diagnosis.remoteness import Communes, remoteness
from assemblier.diagnosis.structures import LABELLED, PLANNED, Cpts, coverage
from assemblier.figures import NOWHERE, Figure, unavailable
from assemblier.territory import SCALES, parse, population
from assemblier.travel import CrowFly

unhurried = settings(deadline=None)
MODEL = CrowFly(1.3, 45, 2.0)
ON = date(2024, 1, 1)
REACH = 20.0
GP = "medecin_generaliste"


@st.composite
def communes(draw: st.DrawFn) -> Communes:
    size = draw(st.integers(1, 12))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    points = np.column_stack([rng.uniform(3.0, 3.8, size), rng.uniform(45.0, 45.4, size)])
    supply = rng.choice([0.0, 1.0, 3.0, np.nan], size, p=[0.4, 0.2, 0.2, 0.2])
    return Communes(
        tuple(f"c{place:02}" for place in range(size)),
        points,
        rng.integers(0, 5000, size).astype(float),
        supply,
    )


@unhurried
@given(communes())
def test_remoteness_of_a_commune_with_a_practitioner_is_the_minutes_inside(here: Communes) -> None:
    found = remoteness(here, MODEL, REACH)
    own = np.nan_to_num(here.supply) > 0
    assert (found.minutes[own] == MODEL.minutes_inside).all()
    assert (found.nearest[own] == np.flatnonzero(own)).all()
    if not own.any():
        assert np.isnan(found.minutes).all()


@unhurried
@given(communes(), st.floats(0.1, 5))
def test_moving_a_commune_away_changes_its_minutes_not_the_load_it_meets(
    here: Communes, shift: float
) -> None:
    # an empty commune north of everything: it weighs nothing in any catchment
    added = Communes(
        (*here.codes, "zz"),
        np.vstack([here.points, [3.4, 45.5]]),
        np.append(here.population, 0.0),
        np.append(here.supply, 0.0),
    )
    moved = replace(added, points=np.vstack([here.points, [3.4, 45.5 + shift]]))
    near, far = remoteness(added, MODEL, REACH), remoteness(moved, MODEL, REACH)
    if near.nearest[-1] == far.nearest[-1] >= 0:
        assert far.minutes[-1] > near.minutes[-1]
        per_practitioner = far.inhabitants_per_practitioner[-1]
        assert per_practitioner == pytest.approx(near.inhabitants_per_practitioner[-1])


@unhurried
@given(communes(), st.data())
def test_more_practitioners_never_make_the_nearest_one_farther(
    here: Communes, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(here.codes) - 1))
    supply = here.supply.copy()
    supply[place] = np.nan_to_num(supply[place]) + 1
    before = remoteness(here, MODEL, REACH).minutes
    after = remoteness(replace(here, supply=supply), MODEL, REACH).minutes
    was_known = ~np.isnan(before)
    # the practitioner of the commune itself is at `minutes_inside`, others at least 0 minutes away
    others = np.arange(len(here.codes)) != place
    assert (after[was_known & others] <= before[was_known & others] + 1e-9).all()
    assert after[place] == MODEL.minutes_inside


axis = st.floats(0, 100) | st.just(float("nan"))


@unhurried
@given(axis, axis, axis)
def test_flags_do_not_depend_on_the_other_axis_and_the_unknown_has_none(
    minutes: float, load: float, other: float
) -> None:
    spatial, temporal = (Threshold(value, "", NOWHERE) for value in (10.0, 50.0))
    one = flags(minutes, load, spatial, temporal)
    assert one[0] is flags(minutes, other, spatial, temporal)[0]
    assert one[1] is flags(other, load, spatial, temporal)[1]
    assert (one[0] is None) == np.isnan(minutes)
    assert (one[1] is None) == np.isnan(load)


people = st.integers(0, 10**6).map(lambda n: Figure("population", float(n), "habitants"))
cpts = st.builds(
    Cpts,
    name=st.text("abc", min_size=1, max_size=3),
    status=st.sampled_from([LABELLED, PLANNED]),
    population=people | st.just(unavailable("population", "ARS", "habitants")),
)


@unhurried
@given(st.lists(cpts, max_size=6), people)
def test_coverage_adds_what_is_known_and_lists_the_rest(found: list[Cpts], here: Figure) -> None:
    shown = coverage(tuple(found), here)
    if not found:
        assert not shown.labelled_population.is_known
        assert not shown.labelled_share.is_known
        return
    for status, total in (
        (LABELLED, shown.labelled_population),
        (PLANNED, shown.planned_population),
    ):
        known = [one.population.value for one in found if one.status == status]
        assert total.value == sum(value for value in known if value is not None)
    undefined = [one for one in found if one.status == PLANNED and not one.population.is_known]
    assert list(shown.white_areas) == [one.name for one in undefined]


resources = st.builds(
    Resource,
    family=st.sampled_from([family.key for family in FAMILIES]),
    kind=st.just("lieu"),
    name=st.just("nom"),
    status=st.sampled_from(["", "labellisée"]),
    code_commune=st.sampled_from(["43157", "43234", "63113", "75101"]),
    address=st.just(""),
    date=st.just("2025"),
    source=st.just("ARS"),
)


@settings(deadline=None, max_examples=25)
@given(st.lists(resources, max_size=5), st.sampled_from(["commune:43234", "commune:63113"]))
def test_an_ecosystem_has_four_families_and_tells_none_from_unknown(
    registry: list[Resource], expression: str
) -> None:
    found = ecosystem(parse(expression), registry, on=ON).families
    assert [family.family for family in found] == list(FAMILIES)
    for family in found:
        assert (family.status is Status.LISTED) == bool(family.items)
        has_source = any(one.family == family.family.key for one in registry)
        if family.family is not FAMILIES[0]:
            assert (family.status is Status.UNAVAILABLE) == (not has_source)
        assert bool(family.missing) == (family.status is Status.UNAVAILABLE)


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(SCALES), st.sampled_from(["medecin_generaliste", "pharmacie"]))
def test_an_additive_measure_by_scale_sums_to_the_perimeter(scale: str, kind: str) -> None:
    departement = parse("departement:43")
    found = by_scale(departement, scale, lambda part: equipment(part, kind))
    assert found.outside == ()
    total = sum(figure.known_value() for _, figure in found.parts)
    assert total == equipment(departement, kind).value
    inhabitants = by_scale(departement, scale, population)
    assert sum(figure.known_value() for _, figure in inhabitants.parts) == 228_654


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["departement:43", "departement:29", "region:84", "france", "commune:43157"]),
    st.integers(2015, 2026),
)
def test_mean_apl_of_what_the_facts_do_not_hold_is_not_available(
    expression: str, millesime: int
) -> None:
    found = mean_apl_of(parse(expression), millesime)
    held = {
        "departement:43": (2023, 2024),
        "departement:29": (2023,),
        "france": (2023, 2024),
    }.get(expression, ())
    assert found.is_known == (millesime in held)
    assert found.value != 0


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.sampled_from(["43234", "43157", "63113", "43015", "48095"]), min_size=1),
    st.integers(2020, 2024),
)
def test_zero_with_practice_never_names_what_is_unknown(codes: list[str], millesime: int) -> None:
    published = published_apl(parse("+".join(f"commune:{code}" for code in codes)))
    found = zero_with_practice(published, millesime)
    assert list(found) == sorted(found)
    for code in published.codes:
        value = published.part([code]).of(millesime)[0]
        is_known = not np.isnan(value) and not np.isnan(equipment_of([code], GP)[0])
        assert (code in found) <= is_known
        assert (code in found) == bool(conflict_notice(published, code, millesime))
