"""FUN-056: the financing plan of a maison de santé."""

import pytest

from tests.project_cases import GUIDE_DAY, PLAN, plan, refused, study

DETR = {"financeur": "detr", "taux": 30, "plafond": 300_000}
REGION = {"financeur": "region", "taux": 20, "plafond_depense": 500_000, "base": "ttc"}


@pytest.mark.mission("FUN-056")
def test_the_plan_sums_to_a_hundred_and_shows_the_benchmark():
    found = plan(DETR, REGION)
    assert not found.refusals
    assert sum(found.known(f"part_{rank}") for rank in (1, 2, 3)) == 100
    assert found.known("part") == 100
    assert float(found.known("repere_part")) == 29.21
    assert "29,21" in found.findings[1].text


@pytest.mark.mission("FUN-056")
def test_rates_stop_at_their_caps():
    found = plan(DETR, REGION)
    assert found.known("aide_1") == 300_000
    assert found.known("aide_2") == 100_000


@pytest.mark.mission("FUN-056")
def test_too_much_money_is_refused_and_too_little():
    over = {**PLAN, "financements": [{"financeur": "dsil", "montant": 2_000_000}]}
    assert "de trop" in refused(study("financement", GUIDE_DAY, **over))
    under = {**PLAN, "financements": [{"financeur": "dsil", "montant": 1000}]}
    assert "il manque" in refused(study("financement", GUIDE_DAY, **under))
    capped = {"financeur": "region", "montant": 300_000, "plafond": 200_000}
    assert "son plafond est de" in refused(plan(capped))
    assert "un autofinancement négatif" in refused(
        plan({"financeur": "dsil", "montant": 9_000_000})
    )
