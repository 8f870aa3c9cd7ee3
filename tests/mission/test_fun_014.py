"""FUN-014: who is helped to employ a medical assistant."""

import datetime as dt

import pytest

from assemblier.aids.engine import Verdict
from tests.aids_answers import GP, missed, verdict

ON = dt.date(2022, 6, 1)
DOCTOR = {
    **GP,
    "rang_patientele": 50,
    "quotite_assistant": "plein_temps",
    "contrat_assistant_existant": "non",
    "annee_contrat_assistant": 1,
}


@pytest.mark.mission("FUN-014")
def test_uncapped_sector_2_is_refused():
    assert verdict("ASSISTANT_MEDICAL", DOCTOR, ON) is Verdict.ELIGIBLE
    capped = verdict("ASSISTANT_MEDICAL", DOCTOR, ON, secteur="secteur_2_optam")
    assert capped is Verdict.ELIGIBLE
    assert missed("ASSISTANT_MEDICAL", DOCTOR, ON, secteur="secteur_2") == ["secteur"]


@pytest.mark.mission("FUN-014")
def test_a_full_time_alone_out_of_a_fragile_zone_is_only_shared():
    outside = {"zonage": "HZ"}
    assert missed("ASSISTANT_MEDICAL", DOCTOR, ON, **outside) == ["temps_de_travail"]
    shared = verdict("ASSISTANT_MEDICAL", DOCTOR, ON, **outside, quotite_assistant="mi_temps")
    assert shared is Verdict.ELIGIBLE
