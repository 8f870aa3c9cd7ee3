"""OBS-052: the living standard of any EPCI, with its source and its date."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.diagnosis.context import living_standard
from assemblier.reports.panorama import panorama
from assemblier.territory import epci_of, parse
from tests.stores import put


@pytest.mark.mission("OBS-052")
def test_every_epci_has_a_dated_panel(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    places = epci_of(parse("departement:43"))
    codes = sorted({code for place in places for code in place.codes})
    rows = [
        {
            "code_commune": code,
            "millesime": 2019,
            "indicateur": "Médiane du niveau de vie (euros)",
            "valeur": 20_000.0 + rank,
            "statut": "connu",
        }
        for rank, code in enumerate(codes)
    ]
    source = put(tmp_path, "filosofi", rows, "filosofi-essai", "2019")
    for place in places:
        standard = living_standard(place)
        assert 20_000 <= standard.known_value() < 20_000 + len(codes)
        assert standard.vintage.startswith("2019")
        assert source in standard.provenance.sources
    document = panorama(places[0], dt.date(2026, 11, 22))
    keys = [section.key for part in document.parts for section in part.sections]
    assert "contexte" in keys
    assert source in document.sources()
