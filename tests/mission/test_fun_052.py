"""FUN-052: the three lines of the politique de la ville."""

import pytest

from tests.project_cases import plan, refused

CENTRE = {"structure": "centre_de_sante", "porteur": "commune", "qpv": "oui"}


@pytest.mark.mission("FUN-052")
@pytest.mark.parametrize("fund", ["tfpb", "bop_147", "dpv"])
def test_only_for_a_quarter(fund):
    line = {"financeur": fund, "montant": 10_000}
    assert not plan(line, **CENTRE).refusals
    assert "QPV" in refused(plan(line, **{**CENTRE, "qpv": "non"}))


@pytest.mark.mission("FUN-052")
def test_the_dotation_is_for_municipal_or_intercommunal_centres():
    line = {"financeur": "dpv", "montant": 10_000}
    assert not plan(line, **{**CENTRE, "porteur": "epci"}).refusals
    for change in ({"structure": "maison_de_sante"}, {"porteur": "association"}):
        assert "municipaux ou intercommunaux" in refused(plan(line, **{**CENTRE, **change}))
