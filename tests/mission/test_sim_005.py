"""SIM-005: the budget of a centre de santé."""

import pytest

from assemblier.projects.centre_form import HORIZON
from tests.project_cases import centre

YEARS = range(HORIZON)


@pytest.mark.mission("SIM-005")
def test_the_budget_adds_up_each_year():
    found = centre(forfaits=12000, subventions=5000)
    for year in YEARS:
        revenue = sum(
            found.known(key, year) for key in ("recettes_actes", "forfaits", "subventions")
        )
        assert found.known("recettes", year) == revenue
        costs = ("salaires", "secretariat", "loyer_annuel", "autres", "amortissement")
        spent = sum(found.known(key, year) for key in costs) - found.known("allegement", year)
        assert found.known("charges", year) == spent
        assert found.known("resultat", year) == revenue - spent


@pytest.mark.mission("SIM-005")
def test_the_result_is_zero_within_one_act_at_the_break_even():
    found = centre()
    assert 0 <= found.known("resultat_equilibre") < found.known("tarif")


@pytest.mark.mission("SIM-005")
def test_a_higher_salary_raises_the_deficit_one_to_one():
    before, after = centre(), centre(salaire_brut=6100)
    for year in YEARS:
        paid = [
            one.known("salaires", year) - one.known("allegement", year) for one in (before, after)
        ]
        lost = before.known("resultat", year) - after.known("resultat", year)
        assert lost == paid[1] - paid[0] > 0
    bare = {"charges_patronales": 0, "teulade": 0, "medecins": 1}
    one, more = centre(**bare), centre(**bare, salaire_brut=6100)
    assert one.known("resultat") - more.known("resultat") == 12 * 100


@pytest.mark.mission("SIM-005")
def test_the_needed_subsidy_is_the_deficit():
    found = centre()
    for year in YEARS:
        assert found.known("subvention", year) == max(0, -found.known("resultat", year))
