"""The profile: read, checked, consistent; and the places it is put in."""

import datetime as dt

import pytest

from assemblier.aids.places import places_of
from assemblier.aids.profile import IMPOSSIBLE, checked, consistent, read_profile
from assemblier.aids.profile_sheet import template_workbook, template_yaml
from assemblier.errors import InputError
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import MEDECIN, Niveau, Zonage

ON = dt.date(2022, 6, 1)
SAUGUES, LE_PUY = "43234", "43157"


def act(profession: str, zones: dict) -> Acte:
    day = dt.date(2022, 1, 1)
    return Acte(profession, "84", profession, day, day, "Arrêté", "liste.csv", zones)


REGISTER = Register(
    [
        act(MEDECIN, {SAUGUES: Zonage.ZIP}),
        act("infirmier", {SAUGUES: Niveau.SOUS_DOTEE, LE_PUY: Niveau.INTERMEDIAIRE}),
    ]
)


def test_answers_are_read_as_people_write_them():
    found = checked(
        {
            "profession": "Sage-femme",
            "participation_pdsa": True,
            "exercice_groupe": "non",
            "secteur": 1,
            "jours_par_semaine": "2,5",
            "date_installation": "01/03/2022",
            "honoraires_trimestre": "48 000 € par an",
            "zonage": "zip",
            "age": "",
            "frr": "inconnu",
        },
        "profil",
    )
    assert found == {
        "profession": "sage_femme",
        "participation_pdsa": "oui",
        "exercice_groupe": "non",
        "secteur": "secteur_1",
        "jours_par_semaine": 2.5,
        "date_installation": dt.date(2022, 3, 1),
        "honoraires_trimestre": 12_000.0,
        "zonage": "ZIP",
    }


def test_every_wrong_answer_is_told_at_once():
    with pytest.raises(InputError) as refused:
        checked(
            {
                "profession": "plombier",
                "jour_par_semaine": 4,
                "jours_par_semaine": 9,
                "participation_pdsa": "peut-être",
                "honoraires_mois": 4000,
                "date_these": "hier",
            },
            "profil",
        )
    told = {one.where.split(", ")[1]: one.expected for one in refused.value.problems}
    assert len(told) == 6
    assert "jours_par_semaine" in told["jour_par_semaine"]
    assert "unité" in told["honoraires_mois"]


@pytest.mark.parametrize(
    "profile",
    [
        {"statut": "interne", "cabinet_principal": "oui"},
        {"statut": "interne", "secteur": "secteur_1"},
        {"statut": "etudiant", "maitre_de_stage": "oui"},
        {"statut": "interne", "profession": "infirmier"},
        {"cabinet_principal": "oui", "site_secondaire": "oui"},
        {"statut": "projet", "date_installation": dt.date(2022, 5, 31)},
        {"statut": "installe", "date_installation": dt.date(2022, 6, 2)},
        {"date_these": dt.date(2022, 6, 2)},
        {"jours_par_semaine": 2.0, "demi_journees_par_semaine": 5.0},
        {"statut": "retraite_actif", "age": 40.0},
        {"age": 12.0},
    ],
    ids=lambda one: ", ".join(one),
)
def test_an_impossible_profile_is_refused(profile):
    with pytest.raises(InputError) as refused:
        consistent(profile, ON, "profil")
    assert len(refused.value.problems) == 1


def test_each_impossibility_has_its_case():
    assert len(IMPOSSIBLE) == 11


def test_a_possible_profile_is_kept_and_completed():
    given = {"date_installation": dt.date(2022, 1, 1), "age": 34.0}
    assert consistent(given, ON, "profil") == {**given, "statut": "installe"}
    later = {"date_installation": dt.date(2022, 9, 1)}
    assert consistent(later, ON, "profil")["statut"] == "projet"
    assert given == {"date_installation": dt.date(2022, 1, 1), "age": 34.0}


def test_the_templates_say_nothing_until_they_are_filled(tmp_path):
    sheet, text = tmp_path / "profil.xlsx", tmp_path / "profil.yaml"
    sheet.write_bytes(template_workbook())
    text.write_text(template_yaml(), encoding="utf-8")
    assert read_profile(sheet) == read_profile(text) == {}


def test_a_filled_sheet_is_read_as_the_same_text(tmp_path):
    import xlsxwriter

    sheet, text = tmp_path / "profil.xlsx", tmp_path / "profil.yaml"
    with xlsxwriter.Workbook(sheet) as book:
        page = book.add_worksheet("Profil")
        rows = [("Clé", "Question", "Réponse", ""), ("age", "", 34, ""), ("frr", "", "non", "")]
        for place, row in enumerate(rows):
            page.write_row(place, 0, row)
    text.write_text("age: 34\nfrr: non\n", encoding="utf-8")
    assert read_profile(sheet) == read_profile(text) == {"age": 34.0, "frr": "non"}


def test_a_place_has_the_zone_of_its_act_and_its_inhabitants():
    found = places_of([SAUGUES, LE_PUY], {"profession": "infirmier"}, ON, REGISTER)
    assert found.situations.columns["zonage"] == ["ZIP", None]
    assert found.situations.columns["niveau_zone"] == ["sous_dotee", "intermediaire"]
    assert found.situations.at("population_commune", 1) > 10_000


def test_a_zone_is_never_carried_back():
    found = places_of([SAUGUES], {"profession": MEDECIN}, dt.date(2021, 12, 31), REGISTER)
    assert found.situations.columns["zonage"] == [None]
    assert "donner l'arrêté" in found.answers["zonage"][0].note


def test_a_zone_that_contradicts_the_act_is_refused():
    with pytest.raises(InputError, match="l'acte dit ZIP"):
        places_of([SAUGUES], {"profession": MEDECIN, "zonage": "HZ"}, ON, REGISTER)


def test_a_zone_said_where_no_act_does_is_kept():
    found = places_of([LE_PUY], {"profession": MEDECIN, "zonage": "HZ"}, ON, REGISTER)
    assert found.situations.at("zonage", 0) == "HZ"
