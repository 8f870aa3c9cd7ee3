"""What is always true of the zoning: each line of a docstring, on generated regions."""

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.diagnosis.zonage_levels import bvcv
from assemblier.diagnosis.zonage_quarters import POPULATION, imported_quarters
from assemblier.diagnosis.zonings import undated_zones
from assemblier.sources.store import Store
from assemblier.territory import index, parse
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.anticipation import group_risks
from assemblier.zoning.choices import Criterion, order_of
from assemblier.zoning.classes import Niveau, Zonage
from assemblier.zoning.comparison import compare, effects
from assemblier.zoning.doctors import Simulation, classes, simulate
from assemblier.zoning.five_levels import FiveLevels, Zone, by_maxima, five_levels, regional_shares
from assemblier.zoning.sectors import sectors
from assemblier.zoning.sensitivity import changes, with_thresholds
from assemblier.zoning.shares import zone_shares
from assemblier.zoning.units import Ground, Partition, territories
from tests.stores import put
from tests.zoning_cases import APLS, OTHER, REGION, cases, unit

ON = dt.date(2024, 6, 1)


@given(cases())
def test_simulation_shares_sum_to_one_and_every_resident_is_counted(case):
    found: Simulation = simulate(case)
    residents = sum(case.residents(one) for one in case.units)
    assert sum(found.inhabitants().values()) == pytest.approx(residents)
    assert sum(found.shares().values()) == pytest.approx(1)


@given(cases(with_choices=False), st.integers(1, 60_000))
def test_shares_sum_to_one_less_that_of_the_territories_left_out(case, people):
    left = unit("sans", None, people)
    found = simulate(replace(case, unclassed=(left,)))
    assert sum(found.shares().values()) == pytest.approx(1 - people / found.case.whole)
    assert "csans" not in found.zone_of_communes()
    whole = simulate(case)
    for before, after in zip(whole.gauges[:3], found.gauges[:3], strict=True):
        assert after.whole == pytest.approx(before.whole + people)


@given(cases(), st.data(), st.floats(0, 5))
def test_simulate_lowering_an_apl_never_improves_its_zone(case, data, drop):
    chosen = data.draw(st.sampled_from(case.units))
    lower = replace(chosen, apl=max(0.0, chosen.apl - drop))
    units = tuple(lower if one.code == chosen.code else one for one in case.units)
    before, after = simulate(case), simulate(replace(case, units=units))
    assert after.zone_of(chosen.code).rank <= before.zone_of(chosen.code).rank


@given(cases(), st.randoms(use_true_random=False))
def test_simulate_does_not_depend_on_the_order(case, shuffle):
    parts = [list(case.units), list(case.choices), list(case.quartiers)]
    for part in parts:
        shuffle.shuffle(part)
    units, choices, quartiers = (tuple(part) for part in parts)
    other = replace(case, units=units, choices=choices, quartiers=quartiers)
    before, after = simulate(case), simulate(other)
    assert before.decisions == after.decisions
    assert before.gauges == after.gauges
    assert set(before.refusals) == set(after.refusals)


@given(cases())
def test_classes_are_those_of_simulate(case):
    assert classes(case) == {one.unit.code: one.zone for one in simulate(case).decisions}


@given(cases(with_choices=False))
def test_without_choice_only_mandatory_zones_pass_a_ceiling(case):
    found = simulate(case)
    mandatory = sum(case.residents(one) for one in case.units if one.apl <= case.rules.zip_le)
    for gauge in found.gauges[:3]:
        if gauge.room is not None and gauge.room < -1e-6:
            assert gauge.inhabitants == pytest.approx(mandatory)


@given(cases(with_choices=False), st.floats(0, 4), st.floats(0, 4), st.floats(4, 8))
def test_with_thresholds_raising_one_takes_nothing_from_the_helped_zones(case, one, other, high):
    low, raised = sorted((one, other))
    helped = [
        {d.unit.code for d in with_thresholds(case, value, top).decisions if d.zone.is_helped}
        for value, top in ((low, 4.0), (raised, 4.0), (raised, high))
    ]
    assert helped[0] <= helped[1] <= helped[2]


@given(cases())
def test_changes_of_a_simulation_with_itself_are_none(case):
    assert changes(simulate(case), simulate(case)) == ()


@given(cases(), st.data())
def test_order_of_lowering_an_apl_never_moves_a_territory_back(case, data):
    values = {one.code: data.draw(st.floats(0, 100)) for one in case.units}
    criterion = Criterion("pauvrete", "pauvreté", True, values)
    chosen = data.draw(st.sampled_from(case.units))
    lower = replace(chosen, apl=data.draw(st.floats(0, chosen.apl)))
    units = [lower if one.code == chosen.code else one for one in case.units]

    def place(among):
        ordered, problems = order_of(among, (criterion,))
        assert not problems
        return [one.code for one in ordered].index(chosen.code)

    assert place(units) <= place(case.units)


# --- territories

CODES = [f"c{rank}" for rank in range(12)]


@given(
    st.dictionaries(st.sampled_from(CODES), st.sampled_from("ABC"), min_size=1),
    st.dictionaries(st.sampled_from(CODES), st.sampled_from([REGION, OTHER])),
    st.dictionaries(st.sampled_from(CODES), APLS),
)
def test_territories_are_whole_from_both_regions_and_members_hold_each_commune_once(
    unit_of, region, apl
):
    partition = Partition("tvs", unit_of, {})
    listed = [code for codes in partition.members().values() for code in codes]
    assert sorted(listed) == sorted(unit_of)
    region = {code: region.get(code, REGION) for code in CODES}
    ground = Ground(apl, dict.fromkeys(CODES, 10.0), region, {})
    sides = [territories(partition, ground, one) for one in (REGION, OTHER)]
    known = {one.code: one for one in sides[0]}
    assert all(known.get(one.code, one) == one for one in sides[1])


# --- five levels


@st.composite
def zones(draw):
    rows = draw(
        st.lists(
            st.tuples(st.floats(0, 300), st.integers(1, 90_000), st.sampled_from(["84", "76"])),
            min_size=1,
            max_size=30,
        )
    )
    return [
        Zone(f"{rank:04d}", f"Zone {rank}", region, indicator, people)
        for rank, (indicator, people, region) in enumerate(rows)
    ]


PROFESSIONS = st.sampled_from(
    ["infirmier", "masseur_kinesitherapeute", "sage_femme", "orthophoniste"]
)


@given(zones(), PROFESSIONS, st.randoms(use_true_random=False))
def test_five_levels_shares_sum_to_one_and_order_changes_nothing(rows, profession, shuffle):
    found: FiveLevels = five_levels(profession, rows, ON)
    assert sum(found.shares) == pytest.approx(1)
    other = list(rows)
    shuffle.shuffle(other)
    assert five_levels(profession, other, ON).level_of == found.level_of
    for region in {zone.region for zone in rows}:
        inside = [zone for zone in rows if zone.region == region]
        assert sum(regional_shares(inside, found.level_of).values()) == pytest.approx(1)


@given(zones(), PROFESSIONS)
def test_five_levels_and_by_maxima_keep_the_order_of_the_indicator(rows, profession):
    for method in (five_levels, by_maxima):
        levels = method(profession, rows, ON).level_of
        ordered = sorted(rows, key=lambda zone: zone.indicator)
        ranks = [levels[zone.code].rank for zone in ordered]
        assert ranks == sorted(ranks)


MIDDLE = st.tuples(*[st.none() | st.floats(1, 18)] * 3).filter(lambda parts: None in parts)


@given(zones(), MIDDLE)
def test_five_levels_a_zone_has_a_level_or_levels_it_lies_between(rows, middle):
    found = five_levels("chirurgien_dentiste", rows, ON, (30.0, *middle, 5.0))
    assert {*found.level_of, *found.between} == {zone.code for zone in rows}
    assert not {*found.level_of} & {*found.between}
    ordered = sorted(rows, key=lambda zone: zone.indicator)
    spans = [found.between.get(z.code, (found.level_of.get(z.code),) * 2) for z in ordered]
    for side in (0, 1):
        ranks = [span[side].rank for span in spans]
        assert ranks == sorted(ranks)
    assert all(low.rank <= high.rank for low, high in spans)


# --- acts, comparisons, shares, risks

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2030, 12, 31))


@given(st.lists(DAYS, min_size=1, max_size=5, unique=True), DAYS)
def test_register_act_at_holds_that_day_and_is_never_carried_back(starts, day):
    acts = [
        Acte(f"a{rank}", "84", "medecin_generaliste", since, since, "acte engendré", "f", {})
        for rank, since in enumerate(starts)
    ]
    found = Register(acts).act_at("84", "medecin_generaliste", day)
    expected = max((since for since in starts if since <= day), default=None)
    assert (found.since if found else None) == expected


ZONES = st.dictionaries(st.sampled_from(CODES), st.sampled_from(list(Zonage)))


@given(ZONES, ZONES)
def test_compare_counts_each_commune_once(before, after):
    found = compare(before, after, dict.fromkeys(CODES, 5.0))
    assert sum(one.communes for one in found.passages) == len({*before, *after})
    assert {one.code_commune for one in found.moves} == {*before, *after}


@given(st.sampled_from(list(Zonage)), st.sampled_from(list(Zonage)), DAYS)
def test_effects_what_a_change_opens_the_opposite_change_ends(before, after, day):
    one = effects(before, after, "medecin_generaliste", day)
    back = effects(after, before, "medecin_generaliste", day)
    assert (one.opened, one.ended) == (back.ended, back.opened)


@given(ZONES.filter(bool))
def test_zone_shares_sum_to_one(held):
    assert sum(one.share for one in zone_shares(held, dict.fromkeys(CODES, 3.0))) == pytest.approx(
        1
    )


@given(st.dictionaries(st.sampled_from(CODES), APLS), st.dictionaries(st.sampled_from(CODES), APLS))
def test_group_risks_known_losses_descend(today, later):
    groups = {code: (code, (code,)) for code in CODES}
    found = group_risks(groups, today, later, dict.fromkeys(CODES, 2.0))
    losses = [one.loss for one in found if one.loss is not None]
    assert losses == sorted(losses, reverse=True)
    assert [one.loss is None for one in found] == sorted(one.loss is None for one in found)


@given(st.sets(st.sampled_from(parse("departement:43").codes), max_size=40))
def test_sectors_hold_each_commune_once(codes):
    found = sectors(codes)
    assert sorted(code for one in found for code in one.communes) == sorted(codes)


# --- imported tables

LOZERE = parse("departement:48").codes
LISTED = st.lists(
    st.tuples(st.sampled_from(LOZERE), st.sampled_from(["ZIP", "ZAC", None])), min_size=1
)


@settings(max_examples=15)
@given(LISTED)
def test_undated_zones_name_a_commune_only_where_the_list_gives_it_a_zone(said):
    rows = [
        {
            "code_commune": code,
            "profession": "medecin_generaliste",
            "zone": zone,
            "zone_source": zone or "N/A",
            "statut": "connu" if zone else "non disponible",
        }
        for code, zone in dict.fromkeys(said)
    ]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", folder)
        put(Path(folder), "zonage", rows)
        found = undated_zones(LOZERE, "medecin_generaliste")
    assert {code: set(one.zones) for code, one in found.items()} == {
        code: held for code in LOZERE if (held := {z for c, z in said if c == code and z})
    }


@settings(max_examples=15)
@given(
    st.dictionaries(
        st.sampled_from(LOZERE),
        st.tuples(st.sampled_from(LOZERE), st.sampled_from(["4801", "4802"]), st.just("48101")),
        min_size=1,
    )
)
def test_bvcv_each_commune_of_the_table_is_in_one_zone(places):
    rows = [
        {
            "code_commune": code,
            "millesime": 2022,
            "bassin_de_vie": bassin,
            "canton": canton,
            "unite_urbaine": urban,
        }
        for code, (bassin, canton, urban) in places.items()
    ]
    with TemporaryDirectory() as folder:
        put(Path(folder), "appartenance", rows, vintage="2022")
        found = bvcv(Store(Path(folder)))
    assert set(found.unit_of) == set(places)


QUARTERS = st.dictionaries(
    st.integers(1, 999).map(lambda rank: f"QP048{rank:03d}"),
    st.lists(st.sampled_from(["Mende", "Florac Trois Rivières", "Nulle-Part"]), max_size=3),
    min_size=1,
    max_size=5,
)


@settings(max_examples=15)
@given(QUARTERS)
def test_imported_quarters_every_one_of_the_region_is_returned_once(named):
    rows = [
        {
            "code_qpv": code,
            "nom": "Quartier engendré",
            "communes": ", ".join(communes) or None,
            "millesime": 2022,
            "indicateur": POPULATION,
            "valeur": 10.0,
            "statut": "connu",
        }
        for code, communes in named.items()
    ]
    partition = Partition("tvs", {code: code for code in LOZERE}, {})
    with TemporaryDirectory() as folder:
        put(Path(folder), "qpv", rows, vintage="2022")
        found = imported_quarters(Store(Path(folder)), partition, "76")
    assert [one.code for one in found] == sorted(named)
    for one in found:
        assert bool(one.parts) == (len(set(named[one.code])) == 1 and not one.lost)


# --- the draft order


@settings(max_examples=12)
@given(st.lists(st.floats(0, 6), min_size=3, max_size=3))
def test_decree_lists_every_commune_of_a_helped_zone(apls):
    from assemblier.reports.zonage.decree import decree
    from tests.zoning_study import study_of

    study = study_of(apls)
    found = simulate(study.case)
    if found.refusals:
        with pytest.raises(ValueError, match="refusent"):
            decree(study, found)
        return
    text = docx.Document(io.BytesIO(decree(study, found)))
    cells = "\n".join(row.cells[-1].text for table in text.tables for row in table.rows)
    for code, zone in found.zone_of_communes().items():
        if zone.is_helped:
            (name,) = index().nom[index().positions([code])].tolist()
            assert f"{name} ({code})" in cells.replace("\u202f", " ").replace("\u00a0", " ")


def test_there_are_exactly_five_ordered_levels():
    assert [level.rank for level in Niveau] == [0, 1, 2, 3, 4]
