"""OBS-034: every EPCI has a share of patients in ALD, or says it is secret."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.reports.panorama import panorama
from assemblier.territory import epci_of, parse
from tests.stores import put


def row(code: str, share: float | None) -> dict[str, object]:
    return {
        "niveau": "epci",
        "code": code,
        "millesime": 2021,
        "ald": "toutes",
        "sexe": "ensemble",
        "age": "tous",
        "taux": share,
        "unite": "% de la population",
        "statut": "connu" if share else "secret",
    }


@pytest.mark.mission("OBS-034")
def test_every_epci_has_a_value_or_says_it_is_secret(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    places = epci_of(parse("departement:43"))
    shares = [None if rank == 0 else 15.0 + rank for rank in range(len(places))]
    rows = [row(place.code, share) for place, share in zip(places, shares, strict=True)]
    source = put(tmp_path, "ald", rows, "ald-snds", "2021")
    document = panorama(parse("departement:43"), dt.date(2026, 11, 22))
    table = next(table for table in document.tables() if table.key == "ald_territoires")
    told = {cells[1]: (cells[2].value, cells[3]) for cells in table.rows}
    assert len(told) == len(places)
    assert all(value is not None or note == "secret statistique" for value, note in told.values())
    assert [note for value, note in told.values() if value is None] == ["secret statistique"]
    assert source in table.provenance.sources
