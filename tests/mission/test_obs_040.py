"""OBS-040: any commune leads to its bassin de vie, and the bassin to a whole panorama."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.diagnosis.basins import basin_of
from assemblier.errors import UnavailableError
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put


@pytest.mark.mission("OBS-040")
def test_a_commune_leads_to_the_panorama_of_its_bassin(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    codes = parse("departement:43").codes
    rows = [
        {"code_commune": code, "millesime": 2022, "bassin_de_vie": f"B{rank % 7}"}
        for rank, code in enumerate(codes)
    ]
    put(tmp_path, "appartenance", rows, "bassins-essai", "2022")
    assert all(code in basin_of(code).codes for code in codes)
    document = panorama(basin_of("43234"), dt.date(2026, 11, 22))
    assert [part.key for part in document.parts] == [
        "etat-des-lieux",
        "dispositifs",
        "leviers",
        "lecture",
    ]
    known = [figure for figure in document.figures() if figure.is_known]
    assert {"population municipale", "médecins généralistes"} <= {one.label for one in known}


@pytest.mark.mission("OBS-040")
def test_without_its_composition_the_file_is_named():
    with pytest.raises(UnavailableError, match="table d'appartenance"):
        basin_of("43234")
