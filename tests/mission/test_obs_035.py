"""OBS-035: ALD 23 for 100 000 insured people, beside the région and France."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put

UNIT = "pour 100 000 assurés"


@pytest.mark.mission("OBS-035")
def test_the_unit_is_told_and_the_references_stand_beside(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    rates = {("departement", "43"): 2600.0, ("region", "84"): 2300.0, ("france", "FR"): 2100.0}
    rows = [
        {
            "niveau": level,
            "code": code,
            "millesime": 2021,
            "ald": "ALD 23",
            "sexe": "ensemble",
            "age": "tous",
            "taux": rate,
            "unite": UNIT,
            "statut": "connu",
        }
        for (level, code), rate in rates.items()
    ]
    put(tmp_path, "ald", rows, "ald-23", "2021")
    document = panorama(parse("departement:43"), dt.date(2026, 11, 22))
    table = next(table for table in document.tables() if table.key == "ald_affections")
    (cells,) = table.rows
    assert cells[0] == "ALD 23"
    assert [cell.value for cell in cells[1:4]] == list(rates.values())
    assert cells[-1] == UNIT
    assert {cell.unit for cell in cells[1:4]} == {UNIT}
