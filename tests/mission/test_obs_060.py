"""OBS-060: each determinant has an indicator, a lever, and the level that holds it."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.diagnosis.context import DETERMINANTS
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put

INDICATORS = (
    "Médiane du niveau de vie",
    "Taux de pauvreté",
    "Part des prestations sociales",
    "Part des locataires HLM dans les rés. principales",
    "Part des familles monoparentales",
    "Part des non ou peu diplômés",
    "Part des pers. âgées de 75 ans ou",
    "Part des ouvriers",
    "Part des ménages sans voiture",
)


@pytest.mark.mission("OBS-060")
def test_each_determinant_has_an_indicator_and_a_lever(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    rows = [
        {
            "niveau": "epci",
            "code": "200073419",
            "millesime": 2022,
            "indicateur": label,
            "valeur": 12.0,
            "unite": "%",
            "statut": "connu",
        }
        for label in INDICATORS
    ]
    put(tmp_path, "indicateurs", rows, "determinants-essai", "2022")
    document = panorama(parse("epci:200073419"), dt.date(2026, 11, 22))
    table = next(table for table in document.tables() if table.key == "determinants_leviers")
    assert [cells[0] for cells in table.rows] == [family for family, _ in DETERMINANTS]
    for _, indicators, lever in table.rows:
        assert indicators
        assert lever
    levels = ("commune", "intercommunalité", "département", "région", "caisse", "CCAS")
    assert all(
        any(
            word in cells[2].replace("Région", "région") or word.capitalize() in cells[2]
            for word in levels
        )
        for cells in table.rows
    )
