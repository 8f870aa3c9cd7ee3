"""OBS-002: three signals; a missing one is « non disponible », not 0."""

import pytest

from assemblier.diagnosis.signals import panel, read_signals
from assemblier.figures import Nature


@pytest.mark.mission("OBS-002")
def test_a_sample_file_fills_two_series_and_the_third_is_not_available(tmp_path):
    path = tmp_path / "signaux.csv"
    path.write_text(
        "territoire;signal;date;valeur;source\n"
        "departement:43;delai_rendez_vous;2023;9;Enquête du contrat local de santé\n"
        "departement:43;delai_rendez_vous;2024;11;Enquête du contrat local de santé\n"
        "departement:43;sans_medecin_traitant;2023;10,9;CPAM de Haute-Loire\n",
        encoding="utf-8",
    )
    found = panel("departement:43", read_signals(path))
    waiting, emergencies, no_doctor = found.series
    assert [point.value for point in waiting.points] == [9, 11]
    assert waiting.latest.vintage == "2024"
    assert no_doctor.latest.value == 10.9
    assert no_doctor.latest.provenance.sources[0].producer == "CPAM de Haute-Loire"
    assert emergencies.latest.nature is Nature.NON_DISPONIBLE
    assert emergencies.latest.value is None
    assert "urgences" in emergencies.latest.missing


@pytest.mark.mission("OBS-002")
def test_without_any_file_the_three_signals_are_shown_as_not_available():
    for series in panel("departement:43").series:
        assert series.latest.nature is Nature.NON_DISPONIBLE
        assert series.latest.missing
