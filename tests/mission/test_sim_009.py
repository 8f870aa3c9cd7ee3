"""SIM-009: the two-year guarantee of « 400 médecins »."""

import pytest

from tests.project_cases import centre

# One doctor, 8 000 € a month; 2 400 consultations a year at 25 € are 5 000 € a month.
ONE = {
    "medecins": 1,
    "medecins_400": 1,
    "salaire_brut": 8000,
    "charges_patronales": 0,
    "teulade": 0,
    "heures_semaine": 20,
    "minutes": 20,
    "semaines": 40,
    "part_consultation": 100,
    "presence": 100,
    "tarif": 25,
    **{f"montee_annee_{year}": 100 for year in range(1, 6)},
}


@pytest.mark.mission("SIM-009")
def test_three_thousand_a_month_for_twenty_four_months_then_nothing():
    found = centre(**ONE)
    assert found.known("actes_mois") == 5000
    assert [found.known("garantie_mois", year) for year in range(2)] == [3000, 3000]
    assert [found.known("mois_garantis", year) for year in range(5)] == [12, 12, 0, 0, 0]
    assert [found.known("garantie", year) for year in range(5)] == [36000, 36000, 0, 0, 0]


@pytest.mark.mission("SIM-009")
def test_nothing_is_ever_taken_back():
    found = centre(**{**ONE, "salaire_brut": 4000})
    assert all(found.known("garantie", year) == 0 for year in range(5))
