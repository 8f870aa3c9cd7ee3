"""OBS-018: doctors by bassin de vie, those in deficit, those that hang on one practitioner.

The composition of the bassins is imported; the four zones the presentation names are quoted with
their page and date, beside the ranking by published APL, which has its own year.
"""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.diagnosis.basins import basins
from assemblier.reports.document import Items, Table
from assemblier.reports.panorama import panorama
from assemblier.territory import parse
from tests.stores import put

PRINTED = ("Saugues", "Mézenc", "Langogne", "Retournac")
CENTRES = {"Saugues": "43234", "Retournac": "43162", "Langogne": "43181"}


@pytest.fixture
def bassins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three bassins of one commune of the département each, and one of all the others."""
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    of = {code: name for name, code in CENTRES.items()}
    rows = [
        {"code_commune": code, "millesime": 2022, "bassin_de_vie": of.get(code, "Autres")}
        for code in parse("departement:43").codes
    ]
    put(tmp_path, "appartenance", rows, "bassins-essai", "2022")


@pytest.mark.mission("OBS-018")
@pytest.mark.usefixtures("bassins")
def test_the_printed_zones_stand_in_the_section_with_their_source():
    document = panorama(parse("departement:43"), dt.date(2026, 11, 22))
    (section,) = (s for part in document.parts for s in part.sections if s.key == "bassins-de-vie")
    quoted = next(
        b for b in section.blocks if isinstance(b, Items) and set(PRINTED) <= set(b.items)
    )
    assert quoted.provenance.sources[0].vintage == "9 mars 2023"
    assert "page 17" in quoted.title


@pytest.mark.mission("OBS-018")
@pytest.mark.usefixtures("bassins")
def test_deficits_come_first_with_their_year_and_thin_ones_are_flagged():
    found = basins(parse("departement:43"))
    assert found.millesime == 2024
    assert "Saugues" in [basin.perimeter.nom for basin in found.deficits]
    assert all(basin.apl.known_value() < 2.5 for basin in found.deficits)
    scores = [basin.apl.known_value() for basin in found.basins]
    assert scores == sorted(scores)
    assert "Saugues" in [basin.perimeter.nom for basin in found.thin]
    assert sum(basin.practitioners.known_value() for basin in found.basins) == 238


@pytest.mark.mission("OBS-018")
@pytest.mark.usefixtures("bassins")
def test_the_table_says_which_file_makes_the_bassins():
    document = panorama(parse("departement:43"), dt.date(2026, 11, 22))
    table = next(table for table in document.tables() if table.key == "bassins_de_vie")
    assert isinstance(table, Table)
    assert "2022" in table.note
