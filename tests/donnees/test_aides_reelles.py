"""The aids of a commune of Haute-Loire, its zone read in a real list, on real data from outside."""

import datetime as dt
import re
from pathlib import Path

import pytest

from assemblier.aids.known_places import quarter, rural
from assemblier.cli.program import run

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


def test_rural_revitalisation_is_read_while_the_old_zoning_held():
    held = rural(["43148"], dt.date(2024, 6, 30))
    assert held.answers == ("oui",)
    assert "ancien zonage" in held.source.title
    assert rural(["43148"], dt.date(2024, 7, 1)).answers == (None,)


def test_a_commune_without_a_quarter_is_out_of_one_and_another_is_asked():
    without, with_one = "43148", "63113"
    assert quarter([without, with_one], dt.date(2023, 1, 1)).answers == ("non", None)
    assert quarter([without], dt.date(2024, 1, 1)).answers == (None,)
