"""SIM-014: the balance of a mobile unit."""

import pytest

from tests.project_cases import study

MONEY = {"heures_semaine": 35, "cout_personnel": 130_000, "cout_vehicule": 30_000}


def route(*minutes):
    stops = [{"lieu": f"Lieu {rank}", "minutes": one} for rank, one in enumerate(minutes)]
    return study("itinerance", **MONEY, tournee=stops)


@pytest.mark.mission("SIM-014")
def test_the_subsidy_is_what_the_revenue_leaves_to_pay():
    found = route(30, 45)
    assert found.known("subvention") == found.known("cout") - found.known("recettes") > 0


@pytest.mark.mission("SIM-014")
def test_a_longer_route_lowers_consultations():
    short, long = route(30, 45), route(30, 45, 60)
    assert long.known("consultations_mobile") < short.known("consultations_mobile")
    assert long.known("subvention") > short.known("subvention")
    assert long.known("consultations_fixe") == short.known("consultations_fixe")
