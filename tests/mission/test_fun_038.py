"""FUN-038: the grant and the loan of the Oise, as templates."""

import pytest

from assemblier.aids.engine import Verdict
from assemblier.aids.legality import State, check_aid
from assemblier.aids.legality.examples import examples
from tests.aid_cases import GUIDE, amounts, answer, missed

WHO = {"profession": "medecin_generaliste", "statut": "projet"}


@pytest.mark.mission("FUN-038")
@pytest.mark.parametrize(("spent", "given"), [(60_000, 30_000), (100_000, 40_000)])
def test_half_of_what_is_spent_up_to_40_000(spent, given):
    found = answer("EX_OISE_SUBVENTION", GUIDE, **WHO, depenses_installation=spent)
    assert amounts(found) == {"montant": given}


@pytest.mark.mission("FUN-038")
@pytest.mark.parametrize(
    ("loan", "years", "deferred", "refused"),
    [(8_000, 2, 12, []), (50_000, 5, 0, []), (7_000, 3, 0, ["somme"]), (20_000, 6, 0, ["duree"])],
)
def test_the_loan_is_of_8_to_50_000_over_two_to_five_years(loan, years, deferred, refused):
    said = {"pret_demande": loan, "pret_annees": years, "pret_differe_mois": deferred}
    found = answer("EX_OISE_PRET", GUIDE, **WHO, **said)
    assert missed(found) == refused
    assert (found.verdict is Verdict.ELIGIBLE) == (not refused)
    if not refused:
        monthly = amounts(found)["mensualite"]
        assert monthly * (12 * years - deferred) == pytest.approx(loan)


@pytest.mark.mission("FUN-038")
def test_the_whole_departement_is_no_fragile_zone():
    for key in ("oise-subvention", "oise-pret"):
        (oise,) = [one for one in examples() if one.key == key]
        assert check_aid(oise.aid).of("zone").state is State.A_COMPLETER
