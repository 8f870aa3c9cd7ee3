"""OBS-070: the reference hours of a general practitioner and what they imply."""

from datetime import date

import pytest

from assemblier.data.documents import cited
from assemblier.figures import Nature
from assemblier.parameters import explain
from assemblier.parameters.time_use import administrative_share, consultations_per_week

ON = date(2023, 3, 9)


@pytest.mark.mission("OBS-070")
def test_more_than_a_tenth_of_the_week_is_administration():
    share = administrative_share(ON)
    assert round(share.known_value(), 1) == 10.2
    assert share.nature is Nature.CALCULE
    assert (share.numerator.value, share.denominator.value) == (5.5, 54)


@pytest.mark.mission("OBS-070")
def test_148_consultations_fit_in_the_hours_with_patients():
    consultations = consultations_per_week(ON)
    assert round(consultations.known_value()) == 148
    assert len(consultations.provenance.parameters) == 2


@pytest.mark.mission("OBS-070")
@pytest.mark.parametrize(
    ("parameter", "fact"),
    [
        ("heures_semaine", "semaine_generaliste_heures"),
        ("heures_patients", "semaine_generaliste_heures_patients"),
        ("heures_gestion", "semaine_generaliste_heures_gestion"),
        ("minutes_consultation", "consultation_minutes"),
    ],
)
def test_the_constants_are_those_the_guide_prints(parameter, fact):
    found = explain(f"medecin_generaliste.temps.{parameter}", ON)
    assert found.value == cited(fact).value
    assert "guide pratique pour les élus" in found.reference
