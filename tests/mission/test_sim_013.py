"""SIM-013: aid to the medical secretariat."""

import pytest

from tests.project_cases import refused, study


@pytest.mark.mission("SIM-013")
@pytest.mark.parametrize(
    ("salary", "years"),
    [(35_000, [30_000, 21_000, 12_000]), (25_000, [25_000, 17_500, 10_000])],
)
def test_the_share_falls_on_a_capped_base(salary, years):
    found = study("secretariat", salaire_brut=salary)
    assert [found.known("aide", year) for year in range(3)] == years
    assert found.known("total") == sum(years)


@pytest.mark.mission("SIM-013")
def test_a_second_request_is_refused():
    found = study("secretariat", salaire_brut=35_000, deja_subventionnee="oui")
    assert "une seconde demande" in refused(found)
