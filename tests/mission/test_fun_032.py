"""FUN-032: the cap of the internship indemnity."""

import datetime as dt

import pytest

from assemblier.aids.legality import Domaine, State
from assemblier.aids.legality.caps import cap_of
from tests.legality_cases import STAGE, opinion


@pytest.mark.mission("FUN-032")
def test_the_cap_is_a_fifth_of_the_third_year_pay():
    cap = cap_of(Domaine.INDEMNITE_STAGE, dt.date(2019, 12, 31))
    assert cap.monthly == 425
    assert cap.yearly == 425 * 12 == 5_100
    assert cap.monthly * 5 == 2_125


@pytest.mark.mission("FUN-032")
def test_250_and_200_are_over_by_25():
    other = [{"nom": "Région d'essai", "montant": "250 € par mois"}]
    found = opinion(STAGE, montant="200 € par mois", autres_donneurs=other).of("plafond")
    assert found.state is State.CONTRAIRE
    assert "450\u00a0€" in found.sentence
    assert "175\u00a0€" in found.correction


@pytest.mark.mission("FUN-032")
@pytest.mark.parametrize(
    ("changes", "clause"),
    [
        ({"beneficiaire__logement_gratuit": "oui"}, "logement gratuit"),
        ({"beneficiaire__statut": "etudiant"}, "bénéficiaire"),
        ({"zone__classement": "HZ"}, "zone"),
    ],
)
def test_free_housing_an_extern_or_a_zone_without_need_is_refused(changes, clause):
    assert opinion(STAGE, **changes).of(clause).state is State.CONTRAIRE
