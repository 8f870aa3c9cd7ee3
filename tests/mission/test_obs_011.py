"""OBS-011: the printed shares of Auvergne-Rhône-Alpes; Haute-Loire is whole in the zoning."""

import datetime as dt
import os
from pathlib import Path

import pytest

from assemblier.data.documents import cited_text
from assemblier.parameters import value
from assemblier.reports.document import Finding
from assemblier.reports.zonage.lookup import lookup, lookup_document
from assemblier.territory import parse
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import MEDECIN, Zonage
from assemblier.zoning.rules import aids_opened
from assemblier.zoning.shares import zone_shares

ON = dt.date(2023, 3, 9)


@pytest.mark.mission("OBS-011")
def test_the_region_gives_the_printed_shares_and_they_make_a_whole():
    found = lookup(parse("region:84"), MEDECIN, ON, Register(()), {})
    blocks = [block for block in lookup_document(found).summary if isinstance(block, Finding)]
    figures = [figure for block in blocks for figure in block.figures]
    assert [figure.value for figure in figures] == [20.3, 51.7, 28.0]
    assert sum(figure.value for figure in figures) == pytest.approx(100.0)
    root = "zonage.medecin.plafonds.r84"
    assert [value(f"{root}.{key}", ON) for key in ("zip", "zac", "total")] == [20.3, 51.7, 72.0]


@pytest.mark.mission("OBS-011")
def test_every_territory_of_haute_loire_is_in_a_zone():
    assert "qualifiés en ZIP ou ZAC" in cited_text("zonage_43").text


@pytest.mark.mission("OBS-011")
def test_a_commune_has_its_zone_the_date_of_the_order_and_the_aids():
    act = Acte(
        "a", "84", MEDECIN, dt.date(2022, 1, 20), dt.date(2022, 2, 1), "arrêté engendré", "f",
        {"43234": Zonage.ZIP},
    )  # fmt: skip
    document = lookup_document(lookup(parse("commune:43234"), MEDECIN, ON, Register([act]), {}))
    tables = {table.key: table for table in document.tables()}
    assert tables["zones_communes"].rows[0][4] == "20 janvier 2022"
    aids = {row[1] for row in tables["ce_que_les_zones_ouvrent"].rows}
    assert aids == {aid.label for aid in aids_opened(Zonage.ZIP, ON)}
    in_zac = {aid.key for aid in aids_opened(Zonage.ZAC, ON)}
    assert "cesp" in in_zac
    assert "aides_conventionnelles" not in in_zac
    assert aids_opened(Zonage.HZ, ON) == ()


@pytest.mark.mission("OBS-011")
def test_in_the_real_list_no_commune_of_haute_loire_is_outside_the_zoning(tmp_path, monkeypatch):
    folder = os.environ.get("ASSEMBLIER_DONNEES_ESSAI")
    if not folder:
        pytest.skip("ASSEMBLIER_DONNEES_ESSAI ne désigne aucun dossier de données réelles")
    from assemblier.diagnosis.zonage import inhabitants
    from assemblier.diagnosis.zonings import undated_zones
    from assemblier.sources.codes import todays_context
    from assemblier.sources.importing import files_of, import_files
    from assemblier.sources.store import Store

    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    store = Store(tmp_path)
    path = Path(folder) / "zonage" / "zonmed_ars_par_commune_codepostal.csv"
    list(import_files(files_of([path]), store, todays_context()))
    listed = undated_zones(parse("departement:43").codes, MEDECIN)
    zones = {code: Zonage(one.zones[0]) for code, one in listed.items() if len(one.zones) == 1}
    assert len(zones) >= 250
    assert {one.zone for one in zone_shares(zones, inhabitants())} == {Zonage.ZIP, Zonage.ZAC}
