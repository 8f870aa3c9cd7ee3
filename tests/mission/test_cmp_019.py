"""CMP-019: without out-of-hours care, no CAIM."""

import pytest
from openfisca_core.simulations import SimulationBuilder

from assemblier.aids.system import system

DAY = "2019-06-01"
DOCTOR = {
    "profession": "medecin_generaliste",
    "zonage": "ZIP",
    "secteur": "secteur_1",
    "statut": "projet",
    "jours_par_semaine": 4,
    "exercice_coordonne": "oui",
    "participation_pdsa": "oui",
    "caim_deja_signe": "non",
}


def caim(**changes) -> str:
    builder = SimulationBuilder()
    builder.set_default_period(DAY)
    told = {key: value for key, value in {**DOCTOR, **changes}.items() if value is not None}
    (found,) = builder.build_from_dict(system(), told).calculate("caim", DAY).decode_to_str()
    return found


@pytest.mark.mission("CMP-019")
def test_an_unchecked_participation_is_no_and_one_not_told_is_asked_for():
    assert caim() == "eligible"
    assert caim(participation_pdsa="non") == "non_eligible"
    assert caim(participation_pdsa=None) not in ("eligible", "non_eligible")
