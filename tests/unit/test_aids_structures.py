"""The aids of structures and collectivités, the examples and the initiatives told with them."""

import datetime as dt

import pytest

from assemblier.aids.engine import Situations, Verdict, ask
from assemblier.aids.initiatives import initiatives
from assemblier.aids.inputs import STRUCTURES
from assemblier.aids.places import places_of
from assemblier.cli.program import run
from assemblier.errors import InputError
from assemblier.reports.aides import place_document, place_text
from tests.aid_cases import answer, missed

TODAY = dt.date(2026, 11, 22)
KINDS = [code for code, _ in STRUCTURES]


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def study(on: dt.date = TODAY, **said):
    return ask(Situations(1, {"zonage": "ZIP", **said}), on)


@pytest.mark.parametrize("kind", KINDS)
def test_every_structure_is_told_only_what_is_for_structures(kind):
    answers = study(type_structure=kind).answers()
    assert {one.aid.entite for one in answers} == {"structure"}
    assert not [one.aid.sigle for one in answers if one.aid.is_example]


@pytest.mark.parametrize("kind", ["msp", "cds", "cpts", "commune", "epci", "departement"])
def test_an_aid_waits_for_who_it_is_for(kind):
    scoped = [one for one in study(type_structure=kind).answers() if not one.is_out_of_scope]
    assert any(one.verdict is Verdict.A_COMPLETER for one in scoped)
    assert all(one.verdict is not Verdict.FERME for one in scoped)


def test_examples_are_told_as_of_their_year_to_who_they_were_for():
    told = [one.aid.sigle for one in study(type_structure="msp").examples()]
    assert {"EX_INDRE_MSP", "EX_HAUTE_SAVOIE_MSP", "EX_YVELINES_SECRETARIAT"} <= set(told)
    assert "EX_OCCITANIE_CDS" not in told and "EX_OISE_PRET" not in told
    interns = study(profession="medecin_generaliste", statut="interne").examples()
    told = {one.aid.sigle for one in interns}
    assert told == {"EX_VIENNE_BOURSE", "EX_AURA_STAGE", "EX_ARDECHE_STAGE"}


def test_no_example_before_the_guide_nor_beside_a_chosen_aid():
    assert study(dt.date(2018, 12, 31), type_structure="msp").examples() == ()
    alone = ask(Situations(1, {"type_structure": "msp"}), TODAY, aids=[])
    assert alone.examples() == ()


def test_an_example_is_never_said_open_after_its_year():
    found = answer("EX_INDRE_MSP", TODAY, type_structure="msp")
    assert found.verdict is Verdict.FERME
    assert "rien ne dit qu'il existe encore" in found.note


def test_the_range_of_a_cpts_is_that_of_the_day():
    said = {"type_structure": "cpts", "population_couverte": 36_000}
    before = plain(place_text(study(dt.date(2023, 3, 8), **said), "CPTS"))
    after = plain(place_text(study(dt.date(2023, 3, 9), **said), "CPTS"))
    for text, low, high in ((before, "185 000", "380 000"), (after, "287 000", "580 000")):
        assert f"bas de la fourchette : {low} € par an" in text
        assert f"haut de la fourchette : {high} € par an" in text
        assert "lectures différentes" in text
    assert "plafond de la taille de la CPTS en 2019 : 220 000 € par an" in before
    assert "plafond de la taille" not in after


def test_the_two_readings_of_the_coordinator_are_told_side_by_side():
    text = plain(place_text(study(type_structure="epci", region="84", porte_un_cls="oui"), "EPCI"))
    assert "première lecture : 35 000 € par an (source secondaire)" in text
    assert "seconde lecture : 17 500 € par an (source secondaire)" in text
    assert "X-45" in text


def test_a_rate_nobody_confirmed_gives_no_figure():
    said = {"type_structure": "commune", "projet_immobilier_soins": "oui", "depense_ttc": 1_000_000}
    text = plain(place_text(study(**said), "Commune"))
    assert "TVA rendue : à confirmer" in text
    assert "164 040" not in text
    assert "non confirmé : 16,404 %" in text


def test_a_commune_says_its_region():
    for code, region, missing in (("43157", "84", []), ("31555", "76", ["region"])):
        places = places_of((code,), {"type_structure": "msp"}, TODAY, None)
        assert places.situations.at("region", 0) == region
        said = {"type_structure": "msp", "zonage": "ZIP", "region": region}
        found = answer("PLAN_ACCES_STRUCTURE", TODAY, **said, financement_demande=20_000)
        assert missed(found) == missing


def test_the_document_has_the_examples_the_initiatives_and_the_doubts():
    document = place_document(study(type_structure="departement"), "Aides", "ZIP")
    sections = {section.key: section for part in document.parts for section in part.sections}
    titles = [block.title for block in sections["initiatives"].blocks]
    assert "Le centre municipal d'Amplepuis" in titles
    assert all(block.provenance.sources for block in sections["initiatives"].blocks)
    names = [block.title for block in sections["exemples"].blocks[1:]]
    assert names == ["Région Île-de-France, 2019 : équipements de télémédecine"]
    doubts = [getattr(block, "title", "") for block in sections["l1511_8_donner"].blocks]
    assert "Les documents n'en disent pas tous la même chose" in doubts


def test_an_infirmier_is_told_of_no_initiative():
    assert initiatives(Situations(1, {"profession": "infirmier", "statut": "installe"})) == ()


def test_amounts_keep_their_cents():
    said = {"type_structure": "commune", "projet_immobilier_soins": "oui", "zonage": "ZIP"}
    found = answer("FCTVA", TODAY, **said, depense_ttc="12345678,90")
    (vat,) = [one.value for one in found.amounts]
    assert vat == pytest.approx(12_345_678.90 * 0.16404, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("msp", "ACI_MSP — Rémunération d'équipe"),
        ("cds", "CDS_CAI — Contrat d'aide à l'installation"),
        ("cpts", "ACI_CPTS — Financement"),
        ("commune", "L1511_8_DONNER — Ce que la collectivité peut donner"),
    ],
)
def test_the_terminal_answers_a_structure(kind, told, capsys):
    asked = ["aides", "--structure", kind, "--zonage", "ZIP", "--date", "22/11/2026"]
    assert run([*asked, "--tout"]) == 0
    said = plain(capsys.readouterr().out)
    assert told in said
    assert "Exemples d'aides locales : ni un droit, ni ouverts ici" in said


def test_an_unknown_structure_is_refused_with_the_known_ones(capsys):
    assert run(["aides", "--structure", "polyclinique", "--zonage", "ZIP"]) == 2
    assert "maison_medicale" in capsys.readouterr().err


def test_a_territory_does_not_list_what_is_for_others_as_refused(capsys):
    asked = ["aides", "departement:43", "--structure", "commune", "--date", "01/06/2023"]
    assert run(asked) == 0
    said = plain(capsys.readouterr().out)
    listed, others = said.split("Pour d'autres que vous : ")
    assert "FCTVA : à compléter dans 257 communes" in listed
    assert "ACI_MSP" not in listed and "ACI_MSP" in others


def test_a_region_that_is_not_that_of_the_commune_is_refused():
    said = {"type_structure": "msp", "region": "76"}
    with pytest.raises(InputError, match="Occitanie, quand la commune est en Auvergne-Rhône-Alpes"):
        places_of(("43157",), said, TODAY, None)
