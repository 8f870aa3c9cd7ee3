"""Reading a local aid: everything wrong at once, nothing guessed."""

import pytest
import xlsxwriter

from assemblier.aids.amounts import Period, read_amount
from assemblier.aids.legality import aid_of, read_aid, read_values
from assemblier.aids.legality.fields import FIELDS, Kind
from assemblier.aids.legality.files import template_workbook, template_yaml
from assemblier.errors import DataError, InputError
from tests.legality_cases import INSTALLATION, STAGE, told


def problems(found, **changes):
    with pytest.raises(DataError) as caught:
        aid_of(told(found, **changes))
    return {one.where.split(", ")[1]: one for one in caught.value.problems}


@pytest.mark.parametrize(
    ("written", "value", "period"),
    [
        ("500 € par mois", 500, Period.MOIS),
        ("500€/mois", 500, Period.MOIS),
        ("5 100 euros bruts par an", 5100, Period.AN),
        ("1 200,50 € par trimestre", "2401/2", Period.TRIMESTRE),
        ("3\u202f000\u00a0€ par semestre", 3000, Period.SEMESTRE),
        ("50 000 €", 50000, Period.UNE_FOIS),
    ],
)
def test_amounts_are_read_as_people_write_them(written, value, period):
    from fractions import Fraction

    found = read_amount(written)
    assert (found.value, found.period) == (Fraction(value), period)


@pytest.mark.parametrize(
    "written",
    [
        "500", "500 par mois", "cinq cents €", "-5 €", "", "500 € par lune", "500 $ par mois",
        "nan €", "1.500,00.1 €", "500 k€", "1.500 €",
    ],
)  # fmt: skip
def test_an_amount_without_unit_or_number_is_an_error(written):
    with pytest.raises(ValueError, match=r"un montant|une unité|une période"):
        read_amount(written)


def test_an_amount_without_unit_is_refused_with_what_to_write():
    found = problems(STAGE, montant=500)["montant"]
    assert "une unité" in found.expected


def test_every_problem_is_said_at_once():
    found = problems(
        STAGE,
        montant="500",
        date="31/02/2020",
        beneficiaire__statut="patron",
        zone__classement="ZUP",
        couleur="bleu",
        mois="douze",
    )
    assert set(found) == {
        "montant",
        "date",
        "beneficiaire.statut",
        "zone.classement",
        "couleur",
        "mois",
    }


def test_an_impossible_profile_is_refused():
    found = problems(INSTALLATION, beneficiaire__statut="interne")
    assert "ne peut pas recevoir" in found["beneficiaire.statut"].found
    found = problems(STAGE, engagement__annees=5)
    assert "ne concerne pas" in found["engagement.annees"].found


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"zone__territoire": "commune:99999"}, "zone.territoire"),
        ({"zone__territoire": "Lune"}, "zone.territoire"),
        ({"engagement__annees": -1}, "engagement.annees"),
        ({"engagement__annees": "longtemps"}, "engagement.annees"),
        ({"convention__parties": ["collectivite", "voisin"]}, "convention.parties"),
        ({"convention__parties": "aucune, ars"}, "convention.parties"),
        ({"clauses__fin_hors_zone": "peut-être"}, "clauses.fin_hors_zone"),
        ({"autres_donneurs": "Région"}, "autres_donneurs"),
        ({"autres_donneurs": [{"nom": "Région"}]}, "autres_donneurs"),
        ({"autres_donneurs": [{"nom": "Région", "montant": "300"}]}, "autres_donneurs"),
        ({"zone": "ZIP"}, "zone"),
        ({"forme": "prime_instalation"}, "forme"),
        ({"intitule": ["a", "b"]}, "intitule"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(changes, key):
    assert key in problems(INSTALLATION, **changes)


def test_the_closest_key_is_named():
    assert problems(INSTALLATION, montan="5 €")["montan"].action == "essayer « montant »"


def test_what_is_missing_to_say_anything_is_asked_for():
    with pytest.raises(DataError) as caught:
        aid_of({})
    assert {one.where for one in caught.value.problems} == {"aide, aide", "aide, date"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "vide"),
        ("- a\n- b\n", "ni clés ni valeurs"),
        ("aide: [1\n", "YAML illisible"),
        ("aide: installation\naide: indemnite_stage\ndate: 2019-12-31\n", "deux fois"),
        ("a: &x {b: *x}\n", "renvoi"),
        ("\x00", "illisible"),
    ],
)
def test_a_bad_file_says_why(tmp_path, content, words):
    path = tmp_path / "aide.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=words):
        read_aid(path)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path):
    with pytest.raises(DataError, match="introuvable"):
        read_aid(tmp_path / "rien.yaml")
    with pytest.raises(DataError, match="illisible"):
        read_aid(tmp_path)


def test_the_yaml_template_has_every_field_and_is_read():
    import yaml

    text = template_yaml()
    assert all(one.label in text for one in FIELDS)
    loaded = yaml.safe_load(text)
    with pytest.raises(DataError) as caught:
        aid_of(loaded)
    assert {one.found for one in caught.value.problems} == {"absent"}


def test_the_workbook_gives_what_the_yaml_gives(tmp_path):
    path = tmp_path / "aide.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Aide")
    answers = {
        "aide": "indemnite_stage",
        "date": "31/12/2019",
        "donneur.nature": "departement",
        "donneur.nom": "Département d'essai",
        "beneficiaire.statut": "interne",
        "beneficiaire.filiere": "medecine_generale",
        "beneficiaire.logement_gratuit": "non",
        "montant": "425 € par mois",
        "zone.classement": "ZIP",
        "zone.acte": "arrêté d'essai",
    }
    page.write_row(0, 0, ["Clé", "Question", "Réponse", "Comment l'écrire"])
    for row, (key, answer) in enumerate(answers.items(), start=1):
        page.write_row(row, 0, [key, "", answer, ""])
    others = book.add_worksheet("Donneurs et voisins")
    others.write_row(1, 0, ["autres_donneurs", "Région", "100 € par mois"])
    book.close()
    expected = told(STAGE, autres_donneurs=[{"nom": "Région", "montant": "100 € par mois"}])
    assert read_aid(path) == aid_of(expected)


def test_a_workbook_that_is_not_ours_is_refused(tmp_path):
    path = tmp_path / "autre.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Feuil1")
    book.close()
    with pytest.raises(DataError, match="feuille « Aide »"):
        read_aid(path)
    path.write_bytes(b"PK not a workbook")
    with pytest.raises(DataError, match="abîmé"):
        read_aid(path)


def test_the_template_workbook_lists_the_answers():
    assert template_workbook()[:2] == b"PK"
    assert template_workbook() == template_workbook()
    assert all(one.choices for one in FIELDS if one.kind is Kind.CHOIX)


@pytest.mark.parametrize(
    "told_",
    [
        {"emoluments": "27 000 € par an"},
        {"emoluments_annuels": "27 000"},
        {"emoluments_annuels": "27 000 €"},
        {"emoluments_annuels": "0 € par an"},
    ],
)
def test_a_value_entered_without_its_unit_is_refused(told_):
    with pytest.raises(InputError):
        read_values(told_)
