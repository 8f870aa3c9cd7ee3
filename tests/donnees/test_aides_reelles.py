"""The aids of a commune of Haute-Loire, its zone read in a real list, on real data from outside."""

import datetime as dt
import re
from pathlib import Path

import pytest

from assemblier.aids.known_places import quarter, rural
from assemblier.cli.program import run
from assemblier.diagnosis.zonings import undated_zones
from assemblier.territory import parse
from assemblier.zoning.observed import observed_zones

RECIPES = Path(__file__).parents[1] / "recettes"
GIVEN = (
    ("zonage/zonmed_ars_par_commune_codepostal.csv", "zonage_medecins_codes_postaux"),
    ("zonage/zonmed_frr_par_commune_codepostal.csv", "zonage_zrr_codes_postaux"),
)
# The list is real; what dates it is the officer's to enter, and is entered here for the test.
ACTS = (
    "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones\n"
    "essai;84;medecin_generaliste;2025-01-02;;2025-01-02;2025-12-31;acte daté pour l'essai;;"
    "importé:ars-zonage-medecins-codes-postaux@2025\n"
)
INSIDE, AFTER = "01/06/2025", "01/06/2026"
ASKED = ("aides", "--commune", "43148", "--profession", "medecin_generaliste", "--date")


# The version of the list that was kept is that of June 2025: inside that month it answers.
POSTAL = "zonage/zonmed_ars_par_commune_codepostal.csv"
UNKNOWN_ACT = "Constatée dans la liste de juin 2025"


@pytest.fixture(scope="module")
def de_juin(donnees_essai, tmp_path_factory):
    """Give a folder where the real list is imported with its month, and no act."""
    folder = tmp_path_factory.mktemp("juin")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", str(folder))
        given = str(donnees_essai / POSTAL)
        assert run(["sources", "importer", given, "--millesime", "2025-06"]) == 0
    return folder


@pytest.fixture(scope="module", autouse=True)
def importe(donnees_essai, tmp_path_factory):
    folder = tmp_path_factory.mktemp("donnees")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", str(folder))
        assert run(["sources", "importer", str(donnees_essai / "qpv")]) == 0
        for name, recipe in GIVEN:
            modele = str(RECIPES / f"{recipe}.yaml")
            assert run(["sources", "importer", str(donnees_essai / name), "--modele", modele]) == 0
        (folder / "actes").mkdir()
        (folder / "actes" / "actes.csv").write_text(ACTS, encoding="utf-8")
        yield folder


def said(capsys, day: str) -> str:
    capsys.readouterr()
    assert run([*ASKED, day]) == 0
    return re.sub(r"\s", " ", capsys.readouterr().out)


def test_inside_the_act_the_zone_is_not_asked(capsys):
    text = said(capsys, INSIDE)
    assert "Zone : ZAC, acte daté pour l'essai." in text
    assert "(zonage :" not in text
    assert "✗ Le lieu est en zone d'action complémentaire (ZAC)" in text


def test_after_the_act_it_is_asked_and_the_list_is_an_indication(capsys):
    text = said(capsys, AFTER)
    assert "(zonage : ZIP, ZAC, ZV, HZ)" in text
    assert "Indication d'une liste sans acte daté : ZAC" in text


def test_a_list_of_june_answers_in_june_without_an_act(de_juin, monkeypatch, capsys):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(de_juin))
    for day in ("01/06/2025", "30/06/2025"):
        text = said(capsys, day)
        assert f"Zone : ZAC. {UNKNOWN_ACT}" in text
        assert "(zonage :" not in text
    for day in ("31/05/2025", "01/07/2025", "01/06/2019"):
        text = said(capsys, day)
        assert UNKNOWN_ACT not in text
        assert "(zonage : ZIP, ZAC, ZV, HZ)" in text


def test_in_june_nearly_all_of_haute_loire_answers(de_juin, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(de_juin))
    codes = parse("departement:43").codes
    june = observed_zones(codes, "medecin_generaliste", dt.date(2025, 6, 1))
    listed = undated_zones(codes, "medecin_generaliste")
    several = {code for code, one in listed.items() if len(one.zones) > 1}
    assert len(june) >= 250
    assert not several & set(june)
    assert {one.zone.value for one in june.values()} == {"ZIP", "ZAC"}
    assert observed_zones(codes, "medecin_generaliste", dt.date(2025, 7, 1)) == {}


def test_rural_revitalisation_is_read_while_the_old_zoning_held():
    held = rural(["43148"], dt.date(2024, 6, 30))
    assert held.answers == ("oui",)
    assert "ancien zonage" in held.source.title
    assert rural(["43148"], dt.date(2024, 7, 1)).answers == (None,)


def test_a_commune_without_a_quarter_is_out_of_one_and_another_is_asked():
    without, with_one = "43148", "63113"
    assert quarter([without, with_one], dt.date(2023, 1, 1)).answers == ("non", None)
    assert quarter([without], dt.date(2024, 1, 1)).answers == (None,)
