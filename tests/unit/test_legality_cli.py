"""`verifier-aide`, `verifier` and what `modele` drafts: verdicts, statuses, files."""

import io

import docx
import pytest
import yaml

from assemblier.cli.program import run
from tests.legality_cases import INSTALLATION, STAGE, told


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, base, **changes):
    path = folder / "aide.yaml"
    path.write_text(yaml.safe_dump(told(base, **changes), allow_unicode=True), encoding="utf-8")
    return str(path)


def test_500_euros_on_the_last_day_of_2019_are_illegal_and_corrected(folder, capsys):
    path = write(folder, STAGE, montant="500 € par mois")
    assert run(["verifier-aide", path, "--projets", "projets", "-o", "avis.docx"]) == 1
    out = capsys.readouterr().out
    assert "illégale" in out
    assert "Article D. 1511-52" in out
    assert "Écrire 425\u00a0€ par mois au plus" in out
    drafted = docx.Document(io.BytesIO((folder / "projets" / "convention.docx").read_bytes()))
    text = "\n".join(one.text for one in drafted.paragraphs)
    assert "425\u00a0€ par mois" in text
    assert "500\u00a0€" not in text
    names = {one.name for one in (folder / "projets").iterdir()} - {"assemblier.json"}
    assert {"convention.odt", "deliberation.docx", "charte.odt"} <= names
    assert (folder / "avis.docx").stat().st_size > 10_000


def test_the_same_today_is_to_confirm_and_says_what_to_enter(folder, capsys):
    path = write(folder, STAGE, montant="500 € par mois", date="22/11/2026")
    assert run(["verifier-aide", path]) == 1
    out = capsys.readouterr().out
    assert "incomplète" in out
    assert "à confirmer" in out
    assert '--valeurs "emoluments_annuels=' in out
    values = ["--valeurs", "emoluments_annuels=31 000 € par an (arrêté d'essai)"]
    assert run(["verifier-aide", path, *values]) == 0
    assert "516,67\u00a0€" in capsys.readouterr().out


def test_a_file_of_values_serves_both_commands(folder, capsys):
    (folder / "valeurs.yaml").write_text(
        "aides.legalite.interne.emoluments_annuels:\n"
        "  valeur: 30000\n  depuis: 2026-05-01\n  texte: arrêté d'essai\n",
        encoding="utf-8",
    )
    path = write(folder, STAGE, montant="500 € par mois", date="01/05/2026")
    assert run(["verifier-aide", path, "--valeurs", "valeurs.yaml"]) == 0
    before = write(folder, STAGE, montant="500 € par mois", date="30/04/2026")
    assert run(["verifier-aide", before, "--valeurs", "valeurs.yaml"]) == 1
    assert run(["verifier-aide", before, "--valeurs", "absent.yaml", "--valeurs", "x=3"]) == 2
    err = capsys.readouterr().err
    assert "absent.yaml" in err and "x" in err


def test_a_legal_aid_has_status_0_and_bad_input_status_2(folder, capsys):
    assert run(["verifier-aide", write(folder, INSTALLATION)]) == 0
    assert "légale" in capsys.readouterr().out
    assert run(["verifier-aide", write(folder, INSTALLATION, montant=500, forme="rien")]) == 2
    err = capsys.readouterr().err
    assert "une unité" in err and "forme" in err
    assert run(["verifier-aide", "rien.yaml"]) == 2
    assert run(["verifier-aide"]) == 2
    assert run(["verifier-aide", "--exemple", "rien"]) == 2
    assert "vienne" in capsys.readouterr().err
    assert run(["verifier-aide", "--exemple", "ardeche", "--valeurs", "emoluments"]) == 2


def test_an_aid_before_the_first_text_is_refused_in_french(folder, capsys):
    assert run(["verifier-aide", write(folder, INSTALLATION, date="30/12/2005")]) == 2
    assert "aucune valeur au 30/12/2005" in capsys.readouterr().err


def test_a_text_not_read_for_a_year_says_so(folder, capsys):
    recipients = ["ars", "assurance_maladie"]
    parties = {"parties": ["collectivite", "beneficiaire"], "transmise_a": recipients}
    late = write(folder, INSTALLATION, date="23/11/2027", convention=parties)
    assert run(["verifier-aide", late]) == 0
    assert "non relus depuis plus d'un an" in capsys.readouterr().out
    soon = write(folder, INSTALLATION, date="22/11/2027", convention=parties)
    assert run(["verifier-aide", soon]) == 0
    assert "non relus depuis plus d'un an" not in capsys.readouterr().out


def test_what_others_give_is_shown_with_its_source(folder, capsys):
    run(["verifier-aide", write(folder, INSTALLATION)])
    out = capsys.readouterr().out
    assert "le guide pratique pour les élus, 2019" in out
    assert "Département de l'Oise" in out


def test_the_register_of_acts_gives_the_zone(folder, capsys):
    (folder / "z.csv").write_text("code;zone\n43234;HZ\n", encoding="utf-8")
    (folder / "actes.csv").write_text(
        "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones\n"
        "essai;84;medecin_generaliste;10/05/2018;;01/06/2018;;arrêté engendré;;z.csv\n",
        encoding="utf-8",
    )
    path = write(folder, INSTALLATION, zone={"territoire": "commune:43234"})
    assert run(["verifier-aide", path, "--actes", "actes.csv"]) == 1
    assert "Saugues n'est pas en zone fragile" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["aide.xlsx", "aide.yaml"])
def test_the_model_of_an_aid_asks_for_what_is_missing(folder, capsys, name):
    assert run(["modele", "aide", "-o", name]) == 0
    assert run(["verifier-aide", name]) == 2
    assert "absent" in capsys.readouterr().err


def test_the_model_of_an_aid_has_two_formats(folder, capsys):
    assert run(["modele", "aide", "-o", "aide.pdf"]) == 2
    assert ".xlsx ou .yaml" in capsys.readouterr().err


@pytest.mark.parametrize("nature", ["convention", "contrat", "deliberation", "charte"])
@pytest.mark.parametrize("extension", ["docx", "odt"])
def test_each_draft_is_written_in_both_formats(folder, nature, extension):
    path = write(folder, INSTALLATION)
    assert run(["modele", "projet", nature, "--aide", path, "-o", f"texte.{extension}"]) == 0
    assert (folder / f"texte.{extension}").read_bytes()[:2] == b"PK"


def test_a_draft_of_another_format_is_refused(folder, capsys):
    path = write(folder, INSTALLATION)
    assert run(["modele", "projet", "charte", "--aide", path, "-o", "texte.pdf"]) == 2
    assert ".docx ou .odt" in capsys.readouterr().err


def test_the_letter_about_certificates(folder):
    assert run(["modele", "certificats", "ecole", "-o", "lettre.odt"]) == 0
    assert (folder / "lettre.odt").stat().st_size > 1_000


def test_the_subjects_are_listed_and_ask_their_questions(folder, capsys):
    assert run(["verifier"]) == 0
    listed = capsys.readouterr().out
    assert "antenne" in listed and "certificat" in listed
    assert run(["verifier", "antenne", "--questions"]) == 0
    assert "heures_semaine" in capsys.readouterr().out
    assert run(["verifier", "antene"]) == 2
    assert "essayer « antenne »" in capsys.readouterr().err


def test_a_subject_has_a_status_for_each_verdict(folder, capsys):
    answers = ["heures_semaine=20", "minutes=25", "meme_systeme_d_information=oui",
               "meme_gestionnaire=oui", "sans_autonomie_de_gestion=oui"]  # fmt: skip
    told_ = [word for answer in answers for word in ("-r", answer)]
    day = ["--date", "31/12/2019"]
    assert run(["verifier", "antenne", *told_, *day, "-o", "avis.csv"]) == 0
    assert "clause;etat" in (folder / "avis.csv").read_text(encoding="utf-8-sig")
    assert run(["verifier", "antenne", *told_, *day, "-o", "avis.bmp"]) == 2
    assert run(["verifier", "antenne", *told_, *day, "-o", "avis.html"]) == 0
    assert (folder / "avis.html").exists()
    assert run(["verifier", "antenne", *told_[2:], *day]) == 1
    assert run(["verifier", "antenne", *told_, "-r", "minutes=40", *day]) == 2
    assert run(["verifier", "antenne", "-r", "minutes"]) == 2
    assert run(["verifier", "antenne", "-r", "secondes=3"]) == 2


def test_answers_may_stand_in_a_file(folder, capsys):
    path = folder / "certificat.yaml"
    path.write_text("cas: sortie_scolaire\n", encoding="utf-8")
    assert run(["verifier", "certificat", str(path), "--date", "31/12/2019"]) == 1
    assert "non exigible" in capsys.readouterr().out
