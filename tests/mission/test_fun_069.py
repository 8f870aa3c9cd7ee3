"""FUN-069: who may receive a study indemnity."""

import pytest

from assemblier.aids.legality import State
from tests.legality_cases import STUDY, opinion


@pytest.mark.mission("FUN-069")
@pytest.mark.parametrize(
    ("status", "studies", "state"),
    [
        ("etudiant", "odontologie", State.CONFORME),
        ("etudiant", "medecine", State.CONFORME),
        ("interne", "medecine_generale", State.CONFORME),
        ("interne", "autre_specialite_medicale", State.CONFORME),
        ("etudiant", "pharmacie", State.CONTRAIRE),
        ("etudiant", "maieutique", State.CONTRAIRE),
    ],
)
def test_medicine_and_odontology_students_and_interns(status, studies, state):
    changes = {"beneficiaire__statut": status, "beneficiaire__filiere": studies}
    assert opinion(STUDY, **changes).of("bénéficiaire").state is state
