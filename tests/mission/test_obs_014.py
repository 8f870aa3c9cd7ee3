"""OBS-014: the nursing zoning of Haute-Loire, its under-endowed areas by name, on a map."""

import datetime as dt
import os
from pathlib import Path

import pytest

from assemblier.data.documents import cited_text
from assemblier.reports.document import Items, Map
from assemblier.reports.zonage.lookup import lookup, lookup_document
from assemblier.territory import parse
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import Niveau

ON = dt.date(2023, 3, 9)
# The list of 2023 is not published here: generated from the two areas its presentation names,
# around Saugues and, apart, in the gorges of the Allier; the rest of the département very endowed.
SAUGUES, GORGES = ("43234", "43104", "43256"), ("43118",)


@pytest.mark.mission("OBS-014")
def test_the_presentation_names_two_areas():
    assert len(cited_text("zones_infirmiers").items) == 2


@pytest.mark.mission("OBS-014")
def test_under_endowed_areas_are_listed_by_name_and_drawn():
    perimeter = parse("departement:43")
    zones = dict.fromkeys(perimeter.codes, Niveau.TRES_DOTEE)
    zones |= dict.fromkeys((*SAUGUES, *GORGES), Niveau.SOUS_DOTEE)
    act = Acte("a", "84", "infirmier", ON, ON, "arrêté engendré", "f", zones)
    document = lookup_document(lookup(perimeter, "infirmier", ON, Register([act]), {}))
    (listed,) = [b for b in document.summary if isinstance(b, Items) and "secteurs" in b.title]
    assert listed.title.startswith("2 secteurs")
    assert "Saugues" in listed.items[0]
    (drawn,) = [block for block in document.summary if isinstance(block, Map)]
    assert [kind.mark for kind in drawn.classes] == ["1", "2", "3", "4", "5"]
    assert drawn.class_of["43234"] == 1


@pytest.mark.mission("OBS-014")
def test_the_real_nursing_zoning_has_its_areas_around_saugues(tmp_path, monkeypatch):
    folder = os.environ.get("ASSEMBLIER_DONNEES_ESSAI")
    if not folder:
        pytest.skip("ASSEMBLIER_DONNEES_ESSAI ne désigne aucun dossier de données réelles")
    from assemblier.diagnosis.zonings import undated_zones
    from assemblier.sources.codes import todays_context
    from assemblier.sources.importing import files_of, import_files
    from assemblier.sources.store import Store

    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    store = Store(tmp_path)
    path = Path(folder) / "cartosante" / "cartosante_zonage_infirmiers_commune.csv"
    list(import_files(files_of([path]), store, todays_context()))
    perimeter = parse("departement:43")
    listed = undated_zones(perimeter.codes, "infirmier")
    found = lookup(perimeter, "infirmier", ON, Register(()), listed)
    (areas,) = [
        b for b in lookup_document(found).summary if isinstance(b, Items) and "secteurs" in b.title
    ]
    # A later list than that of 2023: its areas are other ones, Saugues is still the first.
    names = [item.split(" et alentour")[0] for item in areas.items]
    assert names == ["Saugues", "Blesle", "Ally"]
    assert "Monistrol-d'Allier" in areas.items[0]
