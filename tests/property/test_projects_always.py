"""What always holds of projects: each test quotes the line of the docstring it proves."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.projects.assistant_medical import HIGH, OPTIONS, ORDINARY, VERY_HIGH, schedule
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.expressions import (
    Nothing,
    largest,
    lift,
    ref,
    rounded_up,
    smallest,
    summed,
    where_positive,
)
from assemblier.projects.funds import FUND_OF
from assemblier.projects.ranges import span
from assemblier.reports.projets.document import project_document
from assemblier.reports.projets.writing import project_workbook
from tests.project_cases import (
    CENTRE,
    PANORAMA_DAY,
    centre,
    plan,
    refused,
    spreadsheet,
    study,
    workbook_cells,
)

AMOUNTS = st.integers(0, 2_000_000)
NUMBERS = st.one_of(st.none(), st.fractions(-100, 100, max_denominator=40))
FEW = settings(max_examples=25)


def formulas(depth=3):
    """Formulas over three entries."""
    leaves = st.one_of(
        st.sampled_from(("a", "b", "c")).map(ref),
        st.integers(-3, 5).map(lift),
        st.fractions(-2, 2, max_denominator=7).map(lift),
        st.just(Nothing("rien")),
    )

    def larger(part):
        pair = st.tuples(part, part)
        return st.one_of(
            pair.map(lambda two: two[0] + two[1]),
            pair.map(lambda two: two[0] - two[1]),
            pair.map(lambda two: two[0] * two[1]),
            pair.map(lambda two: two[0] / two[1]),
            pair.map(lambda two: smallest(*two)),
            pair.map(lambda two: largest(*two)),
            pair.map(lambda two: summed(*two)),
            st.tuples(part, part, part).map(lambda three: where_positive(*three)),
        )

    return st.recursive(leaves, larger, max_leaves=2**depth)


def sheet(values, formula):
    rows = tuple(Row(key, key, "", (value,)) for key, value in zip("abc", values, strict=True))
    return Calculation((Block("entrées", rows), Block("r", (Row("r", "r", "", (formula,)),))))


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS), formulas())
def test_computed_by_a_spreadsheet_it_gives_the_value_of_the_calculation(values, formula):
    """formula_of: "Computed by a spreadsheet, it gives the value of the calculation"."""
    from types import SimpleNamespace

    from assemblier.reports.projets.live import layout_of

    calculation = sheet(values, formula)
    found = spreadsheet(workbook_cells(SimpleNamespace(calculation=calculation)))
    here = found[layout_of(calculation).address(("r", 0))]
    expected = calculation.value("r")
    if expected is None:
        assert here is None
    else:
        # A number whose decimals have no end may fall on either side of a test at zero.
        assert here == pytest.approx(float(expected), abs=1e-6)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_a_value_is_unknown_exactly_when_an_entry_it_depends_on_is_unknown(values):
    """Calculation: "A value is unknown exactly when an entry it depends on is unknown…"."""
    found = sheet(values, ref("a") + ref("b")).value("r")
    assert (found is None) == (None in values[:2])


@given(NUMBERS)
def test_the_same_calculation_gives_the_same_values_changes_leave_it_as_it_was(value):
    """Calculation: "The same calculation gives the same values; changes leave it as it was"."""
    calculation = sheet((Fraction(1), Fraction(2), Fraction(3)), ref("a") * ref("b"))
    before = calculation.values()
    calculation.values({("a", 0): value})
    assert calculation.values() == before


@given(st.fractions(-50, 50, max_denominator=9))
def test_rounding_up_is_the_whole_number_at_or_above(value):
    found = sheet((value, None, None), rounded_up(ref("a"))).value("r")
    assert 0 <= found - value < 1


@FEW
@given(st.integers(1, 8), AMOUNTS, st.integers(1000, 9000))
def test_each_year_the_result_is_the_revenue_less_the_costs(doctors, rent, salary):
    """centre study: "Each year, the result is the revenue less the costs"."""
    found = centre(medecins=doctors, loyer=rent, salaire_brut=salary)
    for year in range(5):
        revenue, costs = found.known("recettes", year), found.known("charges", year)
        assert found.known("resultat", year) == revenue - costs
        """The balance subsidy is what is missing, never negative."""
        assert found.known("subvention", year) == max(0, costs - revenue)


@FEW
@given(st.integers(1, 8), st.integers(20, 40))
def test_with_what_is_said_to_balance_the_result_of_the_last_year_is_zero(doctors, tariff):
    """centre study: "With what is said to balance…, the result of the last year is zero"."""
    given_ = {"medecins": doctors, "tarif": tariff}
    for answer, solved in (
        ("etp_administratif", "etp_equilibre"),
        ("medecins", "medecins_equilibre"),
    ):
        found = centre(**given_).value(solved)
        if found is not None:
            assert centre(**{**given_, answer: str(found)}).known("resultat", 4) == 0


@FEW
@given(st.integers(1, 8), st.integers(0, 30))
def test_the_result_lies_between_both(doctors, share):
    """Span: "The result lies between both, for results that each entry moves one way"."""
    found = centre(medecins=doctors, fourchette=share)
    low, high = span(found.calculation, ("resultat", 4))
    assert low <= found.known("resultat", 4) <= high


@given(st.sampled_from(OPTIONS))
def test_where_many_patients_are_followed_the_aid_is_never_smaller(time):
    """Assistant study: "Where many patients are followed, the aid is never smaller"."""
    levels = [schedule(time, one, PANORAMA_DAY)[0] for one in (ORDINARY, HIGH, VERY_HIGH)]
    for lower, higher in pairwise(levels):
        assert all(one <= more for one, more in zip(lower, higher, strict=True))


@FEW
@given(AMOUNTS)
def test_the_aid_never_exceeds_the_salary_nor_the_capped_base(salary):
    """Secretariat study: "The aid never exceeds the salary, nor the capped base"."""
    found = study("secretariat", salaire_brut=salary)
    for year in range(3):
        assert 0 <= found.known("aide", year) <= min(salary, 30_000)


@FEW
@given(st.lists(st.tuples(st.sampled_from(sorted(FUND_OF)), AMOUNTS), max_size=5))
def test_a_plan_that_is_not_refused_sums_to_a_hundred_per_cent(lines):
    """Financing study: "A plan that is not refused sums to 100 % of the cost"."""
    found = plan(*({"financeur": fund, "montant": amount} for fund, amount in lines))
    if not refused(found):
        assert found.known("part") == 100
        assert all(found.known(f"aide_{rank}") >= 0 for rank in range(1, len(lines) + 2))


@FEW
@given(st.lists(st.tuples(st.sampled_from(sorted(FUND_OF)), AMOUNTS), max_size=5))
def test_a_line_whose_funder_is_the_bearer_is_paid_by_the_bearer(lines):
    """Financing study: "A line whose funder is the bearer is paid by the bearer"."""
    found = plan(*({"financeur": fund, "montant": amount} for fund, amount in lines))
    own = [rank for rank, (fund, _) in enumerate(lines, start=1)
           if fund in ("epci", "emprunt", "autofinancement")]  # fmt: skip
    rest = found.known(f"aide_{len(lines) + 1}")
    assert found.known("porteur") == rest + sum(found.known(f"aide_{rank}") for rank in own)


@FEW
@given(st.lists(st.tuples(st.sampled_from(sorted(FUND_OF)), AMOUNTS), max_size=5))
def test_a_local_bearer_of_a_plan_that_is_not_refused_pays_its_share(lines):
    """Financing study: "A local bearer of a plan that is not refused pays its share…"."""
    found = plan(*({"financeur": fund, "montant": amount} for fund, amount in lines))
    if not refused(found):
        public = found.known("publics") + found.known("porteur")
        assert found.known("porteur") * 5 >= public


@FEW
@given(st.integers(0, 100), AMOUNTS)
def test_an_aid_never_exceeds_its_cap(rate, cap):
    """Financing study: "An aid never exceeds its cap"."""
    assert plan({"financeur": "region", "taux": rate, "plafond": cap}).known("aide_1") <= cap


@FEW
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=6), AMOUNTS)
def test_the_shares_of_the_professionals_sum_to_the_costs(keys, rent):
    """Msp study: "The shares of the professionals sum to the costs"."""
    people = [{"nom": f"P{rank}", "cle": key} for rank, key in enumerate(keys)]
    found = study("msp", medecins=2, paramedicaux=1, loyer=rent, professionnels=people)
    shares = (found.known(f"brut_{rank}") for rank in range(1, len(keys) + 1))
    assert sum(shares) == found.known("charges") == rent


@FEW
@given(st.integers(1, 500_000), st.integers(0, 100_000))
def test_the_financing_never_falls_when_the_population_grows(people, more):
    """Cpts study: "With every mission done, the financing lies in the published range…"."""
    one, two = (study("cpts", PANORAMA_DAY, population=p) for p in (people, people + more))
    assert 287_000 <= one.known("plein") <= two.known("plein") <= 580_000


@FEW
@given(st.lists(st.integers(0, 300), min_size=1, max_size=4), st.integers(0, 120))
def test_a_longer_route_never_gives_more_consultations(route, more):
    """Itinerant study: "A longer route never gives more consultations"."""

    def found(*minutes):
        stops = [{"lieu": f"L{rank}", "minutes": one} for rank, one in enumerate(minutes)]
        return study("itinerance", heures_semaine=35, tournee=stops)

    short, long = found(*route), found(*route, more)
    assert long.known("consultations_mobile") <= short.known("consultations_mobile")
    assert short.known("heures_mobile") == max(0, 35 - short.known("trajet_heures"))


@FEW
@given(AMOUNTS, st.integers(0, 100))
def test_what_the_agency_and_the_local_authority_pay_sum_to_the_cost(cost, years):
    """Coordinator study: "What the agency pays and what the local authority pays sum…"."""
    found = study("coordonnateur", PANORAMA_DAY, cout_poste=cost, annees=years % 10 + 1)
    assert found.known("ars") + found.known("local") == cost


@FEW
@given(AMOUNTS, AMOUNTS)
def test_resources_are_the_charges_and_what_is_left_to_live_on(resources, charges):
    """individual_aid study: "Resources are the charges and what is left to live on"."""
    found = study("reste-a-vivre", PANORAMA_DAY, ressources=resources, charges=charges)
    assert found.known("charges") + found.known("reste") == found.known("ressources")


def test_every_row_of_the_calculation_is_in_it_with_its_formula_or_its_origin():
    """project_document: "Every row of the calculation is in it, with its formula or origin"."""
    found = study("centre-de-sante", **CENTRE)
    told = {
        row[0]: row[-1]
        for table in project_document(found).tables()
        if table.key.startswith("calcul_")
        for row in table.rows
    }
    for row in found.calculation.rows():
        assert told[row.label[:1].upper() + row.label[1:]]


def test_the_same_project_gives_the_same_bytes():
    """project_workbook: "The same project gives the same bytes"."""
    assert project_workbook(centre()) == project_workbook(centre())


@FEW
@given(AMOUNTS, st.integers(0, 100), st.integers(0, 50))
def test_what_is_lost_is_the_base_the_rate_and_the_number_of_practices(base, rate, count):
    """Cfe study: "What is lost is the base × the rate × the number of practices"."""
    found = study("cfe", base=base, taux=rate, cabinets=count)
    assert found.known("perte") == Fraction(base * rate * count, 100)


@FEW
@given(st.sampled_from(("zac", "hz", "zip")), st.integers(0, 60), st.integers(1, 35))
def test_outside_the_zones_of_the_contract_or_under_its_threshold_there_is_no_bonus(
    zone, days, hours
):
    """Second practice study: "Outside the zones of the contract, or under its threshold…"."""
    found = study("multi-site", PANORAMA_DAY, heures_semaine=hours, zone=zone, jours_an=days)
    assert (found.known("majoration") > 0) == (zone == "zip" and days >= 10)


@FEW
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 100)), min_size=1, max_size=5))
def test_the_hours_in_all_are_the_sum_of_the_hours_of_the_pools(pools):
    """Pools study: "The hours in all are the sum of the hours of the pools"."""
    told = [{"vivier": "autre", "medecins": n, "part": p, "heures": 4} for n, p in pools]
    found = study("viviers", viviers=told)
    hours = (found.known(f"heures_{rank}") for rank in range(1, len(pools) + 1))
    assert found.known("heures") == sum(hours)


@FEW
@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), st.integers(5, 60))
def test_consultations_are_hours_times_sixty_over_minutes_for_every_lever_alike(hours, minutes):
    """Medical time study: "Consultations are hours × 60 ÷ minutes, for every lever alike"."""
    levers = [{"levier": "autre", "heures": one} for one in hours]
    found = study("temps-medical", PANORAMA_DAY, leviers=levers, minutes=minutes)
    for rank, one in enumerate(hours, start=1):
        assert found.known(f"consultations_{rank}") == Fraction(one * 60, minutes)


@FEW
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), min_size=1, max_size=5))
def test_installations_kept_and_sent_elsewhere_sum_to_the_installations(places):
    """Installations study: "Installations kept and installations sent elsewhere sum…"."""
    told = [
        {"nom": f"T{rank}", "valeur": value, "installations": count}
        for rank, (value, count) in enumerate(places)
    ]
    found = study("installations", seuil=4, part_exceptions=30, territoires=told)
    for rank, (value, count) in enumerate(places, start=1):
        assert found.known(f"gardees_{rank}") + found.known(f"ailleurs_{rank}") == count
        assert value > 4 or not found.known(f"ailleurs_{rank}")


@FEW
@given(st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_a_place_that_lacks_something_never_comes_before_one_that_has_it_too(told):
    """Teleconsultation study: "A place that lacks something never comes before one…"."""
    answers = dict(zip(("professionnel", "debit", "confidentiel"), map(_word, told), strict=True))
    lesser = {"nom": "Moindre", "nature": "autre", **answers}
    better = {"nom": "Mieux", "nature": "pharmacie", **answers}
    found = study("teleconsultation", lieux=[lesser, better])
    assert found.listings[0].rows[0][0] == "Mieux"


def _word(is_said):
    return "oui" if is_said else "non"


@FEW
@given(st.integers(1, 6), st.integers(0, 3000))
def test_more_salary_more_deficit_by_the_same_amount(doctors, more):
    """Centre study: "More salary, more deficit" once its charges and its relief are counted."""
    one, two = centre(medecins=doctors), centre(medecins=doctors, salaire_brut=6000 + more)
    paid = [x.known("salaires") - x.known("allegement") for x in (one, two)]
    assert one.known("resultat") - two.known("resultat") == paid[1] - paid[0]
