"""OBS-063: quarters are listed; renunciation and screening are not available, and say so."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.diagnosis.quarters import POPULATION
from assemblier.reports.document import Items, Tone
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put


@pytest.mark.mission("OBS-063")
def test_renunciation_and_screening_are_not_available_and_name_their_file(
    tmp_path: Path, monkeypatch
):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    row = {
        "code_qpv": "QP043001",
        "nom": "Quartier d'essai",
        "communes": "Le Puy-en-Velay",
        "code_commune": "43157",
        "millesime": 2022,
        "indicateur": POPULATION,
        "valeur": 1200.0,
        "statut": "connu",
    }
    put(tmp_path, "qpv", [row], "qpv-essai", "2022")
    document = panorama(parse("commune:43157"), dt.date(2026, 11, 22))
    (section,) = (s for part in document.parts for s in part.sections if s.key == "qpv")
    (absent,) = (block for block in section.blocks if isinstance(block, Items))
    assert absent.tone is Tone.MISSING
    assert "Renoncement" in absent.title
    assert "non disponible" in absent.title
    assert "ONPV" in absent.items[0]
