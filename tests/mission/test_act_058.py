"""ACT-058: CPTS, maison and centre de santé side by side."""

import pytest

from tests.project_cases import PANORAMA_DAY, study


@pytest.mark.mission("ACT-058")
def test_three_columns_population_or_patients():
    found = study("comparer", PANORAMA_DAY)
    listing = found.listings[0]
    assert listing.columns[1:] == ("CPTS", "MSP", "CDS")
    whom = next(row for row in listing.rows if row[0] == "Pour qui")
    assert "population" in whom[1]
    assert "patientèle" in whom[2] and "patientèle" in whom[3]
    clinical = next(row for row in listing.rows if row[0] == "Coordination clinique")
    assert "n'a pas pour objet la coordination clinique" in clinical[1]


@pytest.mark.mission("ACT-058")
def test_which_one_for_me():
    assert "centre de santé" in study("comparer", but="salarier").findings[1].text
    assert "CPTS" in study("comparer", but="organiser_le_territoire").findings[1].text
