"""`assemblier zonage` from the sheets of an officer: answers, statuses, every problem at once."""

from pathlib import Path

import docx
import pytest

from assemblier.cli.program import run
from assemblier.territory import index
from tests.imported import FIXTURES


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def acts(folder):
    write(folder / "z18.csv", "code;zone", "43157;HZ", "43234;ZAC")
    write(folder / "z22.csv", "code;zone", "43157;ZAC", "43234;ZIP", "QP043001;ZIP")
    return write(
        folder / "actes.csv",
        "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones",
        "essai-2018;84;medecin_generaliste;10/05/2018;;01/06/2018;;arrêté engendré 2018;;z18.csv",
        "essai-2022;84;medecin_generaliste;2022-01-20;;2022-02-01;;arrêté engendré 2022;;z22.csv",
    )


def test_a_commune_has_the_zone_of_its_day(acts, capsys):
    assert run(["zonage", "commune:43234", "--date", "31/01/2022", "--actes", acts]) == 0
    assert "(ZAC) — arrêté engendré 2018" in capsys.readouterr().out
    assert run(["zonage", "commune:43234", "--date", "01/02/2022", "--actes", acts]) == 0
    assert "(ZIP) — arrêté engendré 2022" in capsys.readouterr().out


def test_an_address_or_a_quarter_has_its_zone(acts, capsys):
    common = ["--date", "01/02/2022", "--actes", acts]
    assert run(["zonage", "2 rue du Mail, 43170 Saugues", *common]) == 0
    assert "(ZIP) — arrêté engendré 2022" in capsys.readouterr().out
    assert run(["zonage", "commune:43157", "--quartier", "QP043001", *common]) == 0
    assert "Le Puy-en-Velay\u00a0: ZIP" in capsys.readouterr().out
    assert run(["zonage", "commune:43157", "--quartier", "QP043002", *common]) == 0
    assert "suit sa commune" in capsys.readouterr().out
    assert run(["zonage", "2 rue du Mail, 43170 Sogues", *common]) == 2
    assert "Saugues (43234)" in capsys.readouterr().err


def test_outside_known_acts_the_zone_is_asked_for_with_status_1(acts, capsys):
    assert run(["zonage", "commune:43234", "--date", "01/01/2018", "--actes", acts]) == 1
    assert "à demander" in capsys.readouterr().out


def test_the_register_kept_with_the_data_is_read(acts, folder, capsys):
    kept = folder / "donnees" / "actes"
    kept.mkdir(parents=True)
    for name in ("actes.csv", "z18.csv", "z22.csv"):
        (kept / name).write_bytes((folder / name).read_bytes())
    assert run(["zonage", "commune:43157", "--date", "01/02/2022", "-o", "fiche.docx"]) == 0
    assert "ZAC" in capsys.readouterr().out
    assert (folder / "fiche.docx").stat().st_size > 10_000


def test_comparing_two_acts(acts, capsys):
    assert run(["zonage", "comparer", "essai-2018", "essai-2022", "--actes", acts]) == 0
    out = capsys.readouterr().out
    assert "2 communes et" in out
    assert "HZ → ZAC" in out
    assert "Contrat d'engagement de service public (depuis le 16 novembre 2017)" in out
    assert run(["zonage", "comparer", "essai-2018", "essai-2022", "--actes", acts, "-o", "c"]) == 0
    assert "geojson/" not in Path("c/index.html").read_text("utf-8")  # no map, no link to one
    listed = Path("c/csv/quartiers_changes.csv").read_text("utf-8-sig")
    assert "QP043001;suit sa commune;ZIP" in listed
    capsys.readouterr()
    assert run(["zonage", "comparer", "essai-2018", "rien", "--actes", acts]) == 2
    assert "essai-2022" in capsys.readouterr().err


def test_a_bad_register_says_everything(folder, capsys):
    write(folder / "z.csv", "code;zone", "43157;ZUP", "99999;ZIP")
    path = write(
        folder / "actes.csv",
        "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones",
        "a;84;medecin_generaliste;hier;;01/06/2018;;r;;z.csv",
        "b;84;boulanger;01/01/2020;;01/06/2020;;r;;absent.csv",
    )
    assert run(["zonage", "commune:43234", "--actes", path]) == 2
    said = capsys.readouterr().err
    for word in ("ZUP", "99999", "hier", "boulanger", "absent.csv"):
        assert word in said


# --- simulation: Corse, small and whole, with generated APL and territories named as generated


@pytest.fixture
def corse(folder):
    rows = index()
    codes = [c for c, r in zip(rows.codes, rows.code_region.tolist(), strict=True) if r == "94"]
    apl = [f"{code};{(rank % 50) / 10:.1f}".replace(".", ",") for rank, code in enumerate(codes)]
    write(folder / "apl.csv", "code_commune;apl", *apl)
    units = [f"{code};T{rank % 25:02d};Territoire {rank % 25}" for rank, code in enumerate(codes)]
    write(folder / "tvs.csv", "code_commune;code_tvs;nom_tvs", *units)
    header = "region;zip;zac;total;reference"
    write(folder / "plafonds.csv", header, "94;60;30;90;plafonds engendrés pour l'essai")
    files = ["--apl", "apl.csv", "--composition", "tvs.csv", "--plafonds", "plafonds.csv"]
    return ["zonage", "simuler", "region:94", "--date", "01/06/2024", *files]


def test_a_simulation_writes_the_list_the_gauges_and_the_draft(corse, folder, capsys):
    assert run([*corse, "-o", "sortie"]) == 0
    out = capsys.readouterr().out
    assert "plafond ZIP" in out
    names = {path.name for path in (folder / "sortie").iterdir()}
    assert {"index.html", "zonage.pdf", "zonage.xlsx", "zonage.ods", "projet-arrete.docx"} <= names
    listed = (folder / "sortie" / "csv" / "zonage_communes.csv").read_text("utf-8-sig")
    assert listed.count("\n") == 361
    assert "bassin de vie" not in out


def test_other_thresholds_show_what_changes_and_draft_nothing(corse, folder, capsys):
    arguments = ["--seuil-zip", "3", "--avis", "Nos communes attendent.", "-o", "bac"]
    assert run([*corse, *arguments]) in (0, 1)
    page = (folder / "bac" / "index.html").read_text("utf-8")
    assert "Nos communes attendent." in page
    assert "changent de classe" in page
    assert not (folder / "bac" / "projet-arrete.docx").exists()
    capsys.readouterr()


def test_a_refused_choice_gives_status_1_and_no_draft(corse, folder, capsys):
    rows = [f"T{rank:02d};ZIP;motif engendré" for rank in range(25)]
    write(folder / "choix.csv", "code;zone;motif", *rows)
    assert run([*corse, "--choix", "choix.csv", "-o", "refus"]) == 1
    assert "plafond ZIP" in capsys.readouterr().out
    assert not (folder / "refus" / "projet-arrete.docx").exists()


def test_missing_ceilings_apl_and_homeless_communes_are_all_said(corse, folder, capsys):
    lines = (folder / "tvs.csv").read_text("utf-8").splitlines()
    write(folder / "tvs.csv", lines[0], *lines[2:])
    apl = (folder / "apl.csv").read_text("utf-8").splitlines()
    write(folder / "apl.csv", apl[0], *apl[3:])
    assert run(corse[:-2]) == 2
    said = capsys.readouterr().err
    for word in ("feuille plafonds", "1 commune de la région sans territoire", "APL inconnue"):
        assert word in said
    assert not (folder / "sorties").exists()


def test_without_the_official_composition_the_title_says_it():
    from tests.zoning_study import study_of

    assert "par bassin de vie" in study_of([1, 2, 3], "bassin_de_vie").title
    assert "par bassin de vie" not in study_of([1, 2, 3]).title


def test_levels_and_their_exchanges(folder, capsys):
    rows = [f"{rank:04d};Zone {rank};84;{rank};100" for rank in range(1, 101)]
    zones = write(folder / "zones.csv", "code;nom;region;indicateur;population", *rows)
    assert run(["zonage", "niveaux", "infirmier", zones, "-o", "niveaux.xlsx"]) == 0
    assert "très sous-dotée" in capsys.readouterr().out
    swaps = write(folder / "echanges.csv", "code;niveau;motif", "0030;sous_dotee;motif")
    assert run(["zonage", "niveaux", "infirmier", zones, "--echanges", swaps]) == 1
    assert "Refusé" in capsys.readouterr().out


def test_a_sheet_to_fill_is_written(folder, capsys):
    assert run(["zonage", "feuille", "plafonds"]) == 0
    header = (folder / "plafonds.csv").read_text("utf-8-sig").strip()
    assert header == "region;zip;zac;total;reference"
    capsys.readouterr()


def test_every_sheet_of_an_officer_is_repaired_at_once(corse, folder, capsys):
    head = "code;zone;motif"
    write(folder / "choix.csv", head, "ZZ9;ZIP;motif", "T01;ZAP;motif", "T02;ZAC;", "T02;ZIP;x")
    write(folder / "plafonds.csv", "region;zip;zac;total;reference", "53;20;30;50;r", "94;120;;;r")
    write(folder / "qpv.csv", "code_qpv;nom;region;population;territoires", "QP1;Q;94;mille;T01")
    head = "code;indicateur;valeur;plus_fragile_si;source"
    write(folder / "indicateurs.csv", head, "T01;pauvreté;dix;élevé;s")
    sheets = ["--choix", "choix.csv", "--qpv", "qpv.csv", "--indicateurs", "indicateurs.csv"]
    assert run([*corse, *sheets, "-o", "rien"]) == 2
    said = capsys.readouterr().err
    for word in ("ZAP", "« 120 »", "« mille »", "« dix »"):
        assert said.count(word) == 1, word
    write(folder / "qpv.csv", "code_qpv;nom;region;population;territoires", "QP1;Q;94;1000;T01")
    assert run([*corse, *sheets, "-o", "rien"]) == 2
    said = capsys.readouterr().err
    for word in ("ZAP", "« 120 »", "« dix »", "« ZZ9 »", "sans motif", "déjà classé"):
        assert said.count(word) == 1, word
    assert not (folder / "rien").exists()


def test_a_file_of_ceilings_without_the_region_asks_for_it(corse, folder, capsys):
    write(folder / "plafonds.csv", "region;zip;zac;total;reference", "53;20;30;50;r")
    assert run([*corse, "-o", "rien"]) == 2
    assert "plafonds.csv n'a pas de ligne pour la région 94" in capsys.readouterr().err


def test_what_has_no_apl_may_be_left_out_and_the_title_says_it(corse, folder, capsys):
    apl = (folder / "apl.csv").read_text("utf-8").splitlines()
    write(folder / "apl.csv", apl[0], *apl[3:])
    assert run([*corse, "-o", "rien"]) == 2
    assert "--partielle" in capsys.readouterr().err
    assert run([*corse, "--partielle", "-o", "partiel"]) == 0
    said = capsys.readouterr().out
    assert "partiel\u00a0: 23 territoires de vie-santé sur 25 ont une APL" in said
    left = (folder / "partiel" / "csv" / "non_classes.csv").read_text("utf-8-sig")
    assert left.count("\n") == 3
    draft = docx.Document(str(folder / "partiel" / "projet-arrete.docx"))
    text = "\n".join(paragraph.text for paragraph in draft.paragraphs)
    assert text.count("classe, ou hors zonage") == 2


def test_every_problem_of_a_register_is_told_once(folder, capsys):
    write(folder / "z.csv", "code;zone", "43157;ZUP")
    path = write(
        folder / "actes.csv",
        "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones",
        "a;84;medecin_generaliste;10/05/2018;;01/06/2018;31/12/2022;acte engendré;;z.csv",
        "b;84;medecin_generaliste;10/01/2022;;01/02/2022;;acte engendré;;z.csv",
        "c;84;medecin_generaliste;10/01/2025;;01/02/2025;01/01/2024;acte engendré;;absent.csv",
    )
    assert run(["zonage", "commune:43234", "--actes", path]) == 2
    said = capsys.readouterr().err
    for word in ("ZUP", "absent.csv", "avant le début", "actes a et b"):
        assert said.count(word) == 1, word


def test_acts_of_two_regions_are_not_compared(folder, capsys):
    write(folder / "z.csv", "code;zone", "43157;ZIP")
    path = write(
        folder / "actes.csv",
        "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones",
        "a;84;medecin_generaliste;10/05/2018;;01/06/2018;;acte engendré;;z.csv",
        "b;53;medecin_generaliste;10/01/2022;;01/02/2022;;acte engendré;;z.csv",
    )
    assert run(["zonage", "comparer", "a", "b", "--actes", path]) == 2
    assert "régions 53 et 84" in capsys.readouterr().err


def test_an_act_takes_its_zones_from_an_imported_workbook(folder, capsys):
    made = FIXTURES / "essai_zonage_medecins_20190101.xlsx"
    assert run(["sources", "importer", str(made)]) == 0
    head = "cle;region;profession;arrete;publication;debut;fin;reference;adresse;zones"
    act = "a;84;medecin_generaliste;10/05/2018;;01/06/2018;;acte engendré;;importé:"
    path = write(folder / "actes.csv", head, f"{act}ars-zonage-medecins@2019-01-01")
    common = ["--date", "01/06/2019", "--actes", path]
    assert run(["zonage", "commune:01004", *common]) == 0
    assert "acte engendré" in capsys.readouterr().out
    write(folder / "actes.csv", head, f"{act}ars-zonage-medecins@2020-01-01")
    assert run(["zonage", "commune:01004", *common]) == 2
    assert "importé:ars-zonage-medecins@2019-01-01" in capsys.readouterr().err
