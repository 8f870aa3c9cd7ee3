"""`assemblier aides`: what it says, writes and refuses."""

import csv

import pytest

from assemblier.cli.program import run

PROFILE = """\
statut: projet
secteur: secteur_1
jours_par_semaine: 4
participation_pdsa: oui
exercice_coordonne: oui
caim_deja_signe: non
"""
GP = ("--profession", "medecin_generaliste")


@pytest.fixture
def profile(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    file = tmp_path / "profil.yaml"
    file.write_text(PROFILE, encoding="utf-8")
    return str(file)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_caim_in_2019_then_in_2026(profile, capsys):
    asked = ("aides", "--zonage", "ZIP", *GP, "--profil", profile)
    assert run([*asked, "--date", "01/06/2019"]) == 0
    then = plain(capsys.readouterr().out)
    assert "aide à l'installation : 50 000 €" in then
    assert "✓ Le médecin participe à la permanence des soins ambulatoires." in then
    assert run([*asked, "--date", "01/06/2026"]) == 0
    now = plain(capsys.readouterr().out)
    assert "Plus aucun contrat ne se signe depuis le 1er janvier 2026. Remplacé par :" in now
    assert "50 000" not in now.split("Exemples d'aides locales")[0]


def test_a_commune_without_an_act_is_asked_its_zone(profile, capsys):
    assert run(["aides", "--commune", "Saugues", *GP, "--date", "01/06/2019"]) == 0
    said = plain(capsys.readouterr().out)
    assert "Aucun acte connu" in said
    assert "(zonage : ZIP, ZAC, ZV, HZ)" in said


def test_a_figure_to_confirm_is_no_figure(profile, capsys, tmp_path):
    asked = ["aides", "--zonage", "ZIP", *GP, "--aide", "INDEMNITE_LOGEMENT_DEPLACEMENT"]
    intern = tmp_path / "interne.yaml"
    intern.write_text("statut: interne\nloge_gratuitement: non\n", encoding="utf-8")
    asked += ["--profil", str(intern)]
    assert run([*asked, "--date", "31/12/2019"]) == 0
    assert "toutes collectivités réunies : 425 € par mois" in plain(capsys.readouterr().out)
    assert run([*asked, "--date", "01/06/2026"]) == 0
    said = plain(capsys.readouterr().out)
    assert "toutes collectivités réunies : à confirmer" in said
    assert '--valeurs "aides.legalite.interne.emoluments_annuels=… € bruts par an"' in said


def test_a_value_entered_gives_the_figure(profile, capsys, tmp_path):
    values, intern = tmp_path / "valeurs.yaml", tmp_path / "interne.yaml"
    intern.write_text("statut: interne\nloge_gratuitement: non\n", encoding="utf-8")
    values.write_text(
        "aides.legalite.interne.emoluments_annuels:\n"
        "  valeur: 27000\n  depuis: 2026-01-01\n  texte: arrêté lu\n",
        encoding="utf-8",
    )
    asked = ["aides", "--zonage", "ZIP", *GP, "--aide", "indemnite_logement_deplacement"]
    asked += ["--profil", str(intern), "--valeurs", str(values), "--date", "01/06/2026"]
    assert run(asked) == 0
    assert "450 € par mois" in plain(capsys.readouterr().out)


def test_a_value_alone_gives_the_figure(profile, capsys, tmp_path):
    intern = tmp_path / "interne.yaml"
    intern.write_text("statut: interne\nloge_gratuitement: non\n", encoding="utf-8")
    asked = ["aides", "--zonage", "ZIP", *GP, "--aide", "indemnite_logement_deplacement"]
    asked += ["--profil", str(intern), "--date", "01/06/2026"]
    for written in (
        "emoluments_annuels=27 000 € par an (arrêté lu)",
        "emoluments_annuels=2 250 € par mois",
        "aides.legalite.interne.emoluments_annuels=27000 € bruts par an",
    ):
        assert run([*asked, "--valeurs", written]) == 0
        assert "450 € par mois" in plain(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("emoluments=27000", "paramètre inconnu"),
        ("montant=27000", "plusieurs paramètres de ce nom"),
        ("emoluments_annuels=beaucoup", "un montant avec son unité (€ bruts par an)"),
        ("emoluments_annuels=27000", "un montant avec son unité (€ bruts par an)"),
        ("emoluments_annuels=27000 €", "un montant avec son unité (€ bruts par an)"),
        ("aides.caim.zones=3", "une valeur qui n'est pas un nombre"),
        ("absent.yaml", "illisible"),
    ],
)
def test_a_wrong_value_is_told(profile, capsys, written, said):
    assert run(["aides", "--zonage", "ZIP", *GP, "--valeurs", written]) == 2
    assert said in plain(capsys.readouterr().err)


@pytest.mark.parametrize("extension", ["html", "pdf", "docx", "xlsx", "ods", "csv"])
def test_every_format_is_written(profile, tmp_path, extension):
    file = tmp_path / f"aides.{extension}"
    asked = ["aides", "--zonage", "ZIP", *GP, "--date", "01/06/2019", "-o", str(file)]
    assert run(asked) == 0
    assert file.stat().st_size > 500


def test_a_territory_has_a_line_by_commune_and_aid(profile, tmp_path, capsys):
    acts = tmp_path / "actes.csv"
    acts.write_text(
        "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones\n"
        "a;84;medecin_generaliste;2018-01-01;;2018-02-01;;Arrêté;;zones.csv\n",
        encoding="utf-8",
    )
    (tmp_path / "zones.csv").write_text("code;zone\n43234;ZIP\n43157;HZ\n", encoding="utf-8")
    file = tmp_path / "aides.csv"
    asked = ["aides", "commune:43234 + commune:43157", *GP, "--profil", profile]
    asked += ["--actes", str(acts), "--date", "01/06/2019", "-o", str(file)]
    assert run(asked) == 0
    assert "CAIM : éligible dans 1 commune, non éligible dans 1 commune" in plain(
        capsys.readouterr().out
    )
    with file.open(encoding="utf-8-sig") as opened:
        rows = {row["nom"]: row for row in csv.DictReader(opened, delimiter=";")}
    assert rows["Saugues"]["caim"] == "éligible"
    assert rows["Le Puy-en-Velay"]["caim"] == "non éligible"


def test_nothing_open_is_said_by_the_status(profile):
    asked = ["aides", "--zonage", "HZ", *GP, "--aide", "CAIM", "--date", "01/06/2019"]
    assert run(asked) == 1


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["--zonage", "ZIP"], "une profession"),
        ([*GP], "une commune, une zone ou un territoire"),
        (["--zonage", "XX", *GP], "ZIP"),
        (["--zonage", "ZIP", *GP, "--aide", "CAIN"], "CAIM"),
        (["--zonage", "ZIP", *GP, "--date", "01/01/1990"], "première date connue|à partir du"),
        (["departement:43", "--commune", "Saugues", *GP], "un seul lieu"),
        (["--zonage", "ZIP", "--structure", "garage"], "msp"),
    ],
)
def test_bad_input_is_told(profile, capsys, asked, expected):
    import re

    assert run(["aides", *asked]) == 2
    assert re.search(expected, plain(capsys.readouterr().err))


def test_the_profile_to_fill_is_written(profile, tmp_path):
    for name in ("profil.xlsx", "profil.yaml"):
        assert run(["modele", "profil", "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert run(["modele", "profil", "-o", str(tmp_path / "profil.pdf")]) == 2


def test_a_zone_that_is_given_is_not_asked_again(profile, capsys):
    asked = ["aides", "--commune", "Saugues", "--zonage", "ZIP", *GP, "--aide", "CAIM"]
    assert run([*asked, "--date", "01/06/2019"]) == 0
    said = plain(capsys.readouterr().out)
    assert "Zone : ZIP, telle que vous l'avez donnée" in said
    assert "--zonage ZIP" not in said


def test_one_question_is_asked_once_by_aid(profile, capsys):
    asked = ["aides", "--zonage", "ZIP", *GP, "--aide", "CAIM", "--date", "01/06/2019"]
    assert run(asked) == 0
    lines = [one for one in plain(capsys.readouterr().out).splitlines() if one.startswith("    ?")]
    assert lines
    assert len(lines) == len(set(lines))


def test_a_missed_condition_begins_with_a_capital(profile, capsys):
    asked = ["aides", "--zonage", "ZIP", *GP, "--profil", profile, "--aide", "CERTIFICATS_DECES"]
    assert run([*asked, "--date", "01/06/2026"]) == 1
    assert "✗ Sur le point de s'installer en libéral : ni un étudiant" in plain(
        capsys.readouterr().out
    )


def test_a_profile_that_is_not_there_is_told_as_such(profile, capsys):
    assert run(["aides", "--zonage", "ZIP", *GP, "--profil", "absent.yaml"]) == 2
    said = plain(capsys.readouterr().err)
    assert "absent.yaml : introuvable" in said
    assert "« assemblier modele profil »" in said
    assert "YAML illisible" not in said


def test_what_succeeds_is_told_once(profile, capsys):
    asked = ["aides", "--zonage", "ZIP", *GP, "--aide", "PTMG", "--date", "01/06/2026"]
    assert run(asked) == 1
    assert plain(capsys.readouterr().out).casefold().count("remplacé par") == 1


def test_without_more_the_answers_are_in_short(profile, capsys):
    asked = ["aides", "--commune", "Saugues", *GP, "--date", "22/11/2026"]
    assert run(asked) == 0
    short = plain(capsys.readouterr().out)
    assert "En bref : aucune aide ouverte sûrement ; 22 à compléter ; 9 closes" in short
    assert short.index("En bref") < short.index("À compléter (22)")
    assert len(short.splitlines()) < 80
    for key in ("X-33", "aides.cotisations_jeunes_medecins", "non modélisé"):
        assert key not in short
    assert "Aide à l'embauche d'un assistant médical : 4 réponses attendues" in short
    assert run([*asked, "--tout"]) == 0
    whole = plain(capsys.readouterr().out)
    assert "En bref : aucune aide ouverte sûrement ; 22 à compléter" in whole
    assert len(whole.splitlines()) > 300
    assert "Exemples d'aides locales" in whole


def test_an_open_aid_is_described_in_the_short_form(profile, capsys):
    asked = ["aides", "--zonage", "ZIP", *GP, "--profil", profile, "--date", "01/06/2019"]
    assert run(asked) == 0
    said = plain(capsys.readouterr().out)
    assert "aide à l'installation : 50 000 €" in said
    assert "lectures différentes" not in said
