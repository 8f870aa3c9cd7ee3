"""CMP-008: which medical certificates a school or a nursery may ask for."""

import datetime as dt

import pytest

from assemblier.aids.legality.subjects.certificates import certificate
from assemblier.reports.legalite import certificate_letter

DAY = dt.date(2019, 12, 31)


@pytest.mark.mission("CMP-008")
@pytest.mark.parametrize(
    ("case", "answer", "reason"),
    [
        ("creche_absence_courte", "non", "trois jours"),
        ("creche_absence_longue", "oui", "exonère la famille"),
        ("creche_reintegration", "non", "exigible"),
        ("sortie_scolaire", "non", "Aucun certificat"),
        ("eps_inaptitude", "oui", "total ou partiel"),
        ("absence_ecole", "si_maladie_contagieuse", "éducation nationale"),
    ],
)
def test_each_case_of_the_annex(case, answer, reason):
    found = certificate(case, DAY)
    assert found.answer == answer
    assert reason in found.reason
    assert "annexe III" in found.law.reference


@pytest.mark.mission("CMP-008")
@pytest.mark.parametrize(
    ("place", "words"),
    [("ecole", "Sortie ou voyage scolaire"), ("creche", "moins de quatre jours")],
)
def test_a_letter_is_ready_for_the_internal_rules(place, words):
    text = certificate_letter(place, DAY).plain
    assert words in text
    assert "règlement intérieur" in text
