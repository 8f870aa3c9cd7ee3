"""OBS-057: practitioners by age are shown, a single person's age never is."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.reports.html import render
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put


@pytest.mark.mission("OBS-057")
def test_no_cell_under_five_reaches_a_page(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    counts = {40: 17, 50: 1, 55: 4, 60: 23, 65: 5}
    rows = [
        {
            "niveau": "epci",
            "code": "200073419",
            "profession": "medecin_generaliste",
            "millesime": 2024,
            "age_debut": start,
            "age_fin": start + 4,
            "effectif": count,
            "statut": "connu",
        }
        for start, count in counts.items()
    ]
    put(tmp_path, "ages_medecins", rows, "cdom-essai", "2024")
    document = panorama(parse("epci:200073419"), dt.date(2026, 11, 22))
    table = next(table for table in document.tables() if table.key == "ages_praticiens")
    shown = {cells[1]: cells[2].value for cells in table.rows}
    assert shown == {
        "40-44 ans": 17.0,
        "50-54 ans": None,
        "55-59 ans": None,
        "60-64 ans": 23.0,
        "65-69 ans": 5.0,
    }
    assert "secret statistique" in render(document, {})
