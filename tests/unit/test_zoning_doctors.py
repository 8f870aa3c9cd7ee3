"""The zoning of doctors: edges as the text writes them, ceilings, margin, quarters, two regions."""

from dataclasses import replace

import pytest

from assemblier.errors import InputError
from assemblier.zoning.choices import Choice, Criterion, Quartier
from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import Case, Origin, Position, simulate
from assemblier.zoning.sensitivity import distance, sensitivity
from assemblier.zoning.units import Ground, Partition, merged_composition, misfits, territories
from tests.zoning_cases import OTHER, REGION, RULES, ceilings, unit

UNITS = (
    unit("a", 2.5, 100),
    unit("b", 2.51, 100),
    unit("c", 3.0, 100),
    unit("d", 4.0, 100),
    unit("e", 4.01, 600),
)


def case(units=UNITS, limits=None, **more) -> Case:
    return Case(REGION, tuple(units), RULES, limits or ceilings(0.2, 0.1, 0.3), **more)


def test_thresholds_are_on_the_fragile_side():
    positions = [one.position for one in simulate(case()).decisions]
    assert positions == [
        Position.OBLIGATOIRE,
        Position.VIVIER,
        Position.VIVIER,
        Position.VIVIER,
        Position.HORS_VIVIER,
    ]


def test_zip_then_zac_within_ceilings_then_vigilance():
    found = simulate(case())
    assert [one.zone.value for one in found.decisions] == ["ZIP", "ZIP", "ZAC", "ZV", "HZ"]
    assert [gauge.used for gauge in found.gauges[:3]] == pytest.approx([1, 1, 1])
    assert found.refusals == ()
    assert found.gauges[3].whole == 300


def test_each_class_is_one_sentence_with_its_figure():
    sentences = [one.sentence for one in simulate(case()).decisions]
    assert sentences == [
        "ZIP d'office : son APL, 2,50, ne dépasse pas 2,5.",
        "ZIP proposée : rang 1 sur 3 du vivier par APL (APL 2,51), dans la limite du plafond "
        "régional.",
        "ZAC proposée : rang 2 sur 3 du vivier par APL (APL 3,00), dans la limite du plafond "
        "régional.",
        "Zone de vigilance : rang 3 sur 3 du vivier par APL (APL 4,00), le plafond régional est "
        "atteint avant.",
        "Hors vivier : son APL, 4,01, dépasse 4.",
    ]


def test_nobody_passes_before_a_more_fragile_territory_that_does_not_fit():
    units = (unit("a", 2.6, 500), unit("b", 2.7, 10), unit("c", 5, 490))
    found = simulate(case(units, ceilings(0.1, 0.1)))
    assert {one.zone for one in found.decisions[:2]} == {Zonage.ZV}


def test_a_choice_that_breaks_a_ceiling_is_refused_with_every_other_refusal():
    choices = (
        Choice("d", Zonage.ZIP, "maison médicale fermée"),
        Choice("c", Zonage.ZIP, "départs annoncés"),
        Choice("a", Zonage.ZAC, "essai"),
        Choice("b", Zonage.HZ, "essai"),
        Choice("e", Zonage.ZAC, "adaptation demandée"),
    )
    found = simulate(case(choices=choices))
    said = [problem.where for problem in found.refusals]
    assert said == [
        "choix",
        "choix",
        "plafond ZIP",
        "plafond ZAC",
        "plafond ZIP et ZAC",
        "plafond Adaptation hors vivier",
    ]
    assert found.decision("e").origin is Origin.ADAPTATION


def test_the_margin_is_five_percent_of_the_population_of_the_pool():
    units = (unit("a", 3, 1000), unit("b", 4.5, 50), unit("c", 4.5, 51))
    open_ = ceilings(1, 1, 1)
    within = case(units, open_, choices=(Choice("b", Zonage.ZAC, "îlot isolé"),))
    assert simulate(within).refusals == ()
    beyond = case(units, open_, choices=(Choice("c", Zonage.ZAC, "îlot isolé"),))
    (problem,) = simulate(beyond).refusals
    assert problem.where == "plafond Adaptation hors vivier"


def test_a_quarter_leaves_the_zone_of_its_territory_in_the_count():
    quarter = Quartier("QP1", "Les Tilleuls", REGION, 40, {"d": 0.5, "e": 0.5})
    choices = (Choice("QP1", Zonage.ZIP, "précarité"),)
    found = simulate(case(limits=ceilings(1, 0), choices=choices, quartiers=(quarter,)))
    assert found.inhabitants() == {
        Zonage.ZIP: 100 + 300 - 20 + 40,
        Zonage.ZAC: 0,
        Zonage.ZV: 0,
        Zonage.HZ: 580,
    }
    # Partly in the pool: it differs freely, the margin is not used.
    assert found.gauges[3].inhabitants == 0


def test_a_quarter_above_the_pool_uses_the_margin():
    quarter = Quartier("QP1", "Les Tilleuls", REGION, 40, {"e": 1.0})
    choices = (Choice("QP1", Zonage.ZAC, "précarité"),)
    found = simulate(case(limits=ceilings(1, 1), choices=choices, quartiers=(quarter,)))
    assert found.gauges[3].inhabitants == 40
    assert [problem.where for problem in found.refusals] == ["plafond Adaptation hors vivier"]


def test_each_region_counts_its_own_residents():
    shared = unit("s", 2.0, 30, 70)
    found = simulate(case((shared, unit("t", 5, 70))))
    assert found.inhabitants()[Zonage.ZIP] == 30
    assert "celle-ci y compte 30 % des habitants" in found.decision("s").sentence
    pool = simulate(case((unit("s", 3.0, 30, 70), unit("t", 5, 70)), ceilings(1, 1)))
    assert f"l'agence de la région {OTHER} décide" in pool.decision("s").sentence


def test_every_problem_comes_at_once():
    choices = (
        Choice("zz", Zonage.ZIP, "motif"),
        Choice("b", Zonage.ZIP, " "),
        Choice("b", Zonage.ZAC, "motif"),
        Choice("QP1", Zonage.ZIP, "motif"),
    )
    quarter = Quartier("QP1", "Les Tilleuls", REGION, 40, {}, (), ("a", "b"))
    units = (*UNITS, unit("f", None, 10))
    with pytest.raises(InputError) as error:
        simulate(case(units, choices=choices, quartiers=(quarter,)))
    found = [problem.found for problem in error.value.problems]
    assert len(found) == 5
    assert found[0] == "APL inconnue"
    assert "à cheval" in found[-1]


def test_an_indicator_reorders_the_pool_and_must_be_whole():
    values = {"b": 1.0, "c": 50.0, "d": 2.0}
    poor = Criterion("pauvrete", "pauvreté", True, values)
    found = simulate(case(criteria=(poor,)))
    assert found.decision("c").rank == 1
    with pytest.raises(InputError, match="aucune valeur pour b"):
        simulate(case(criteria=(replace(poor, value_of={"c": 1.0, "d": 2.0}),)))


def test_distance_and_sensitivity():
    found = simulate(case())
    away = distance(found.decision("b"), RULES)
    assert (away.threshold, away.gap) == (2.5, pytest.approx(0.01))
    assert away.consultations == pytest.approx(1.0)
    around = sensitivity(found.case, 0.02)
    assert around["e"] == (Zonage.ZV, Zonage.HZ, Zonage.HZ)


# --- territories


def test_the_mean_is_weighted_by_residents_and_unknown_is_not_zero():
    partition = Partition("tvs", {"x": "U", "y": "U", "z": "U"}, {"U": "Unité"})
    population = {"x": 100.0, "y": 300.0, "z": 0.0}
    region = {"x": REGION, "y": OTHER, "z": REGION}
    ground = Ground({"x": 2.0, "y": 4.0}, population, region, {"y": "Ygrec"})
    (whole,) = territories(partition, ground, REGION)
    assert whole.apl == 3.5
    assert whole.population == {REGION: 100.0, OTHER: 300.0}
    assert whole.leading_region == OTHER
    lacking = Ground({"x": 2.0}, population, region, {"y": "Ygrec"})
    (unknown,) = territories(partition, lacking, REGION)
    assert (unknown.apl, unknown.unknown) == (None, ("y",))


def test_misfits_name_the_homeless_commune_and_the_territory_without_apl():
    partition = Partition("tvs", {"x": "U"}, {})
    region = {"x": REGION, "y": REGION}
    ground = Ground({}, {"x": 1.0, "y": 1.0}, region, {"x": "Xénon", "y": "Ygrec"})
    homeless, lacking = misfits(partition, ground, REGION)
    assert "y Ygrec" in homeless.found
    assert "x Xénon" in lacking.found


def test_a_merged_commune_follows_the_code_it_keeps_and_two_poles_merge():
    current = {"old": "new", "P2": "P1"}
    rows = {"new": "P1", "old": "P2", "P1": "P1", "P2": "P2", "far": "P2"}
    units, absorbed = merged_composition(rows, current)
    assert absorbed == {"P2": "P1"}
    assert units == {"new": "P1", "P1": "P1", "far": "P1"}
