"""`assemblier sources` and `assemblier modele`: what they say, their statuses, what they write."""

import datetime
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from assemblier.cli import downloading
from assemblier.cli.program import run
from assemblier.french import french_spaces
from assemblier.sources import registry
from assemblier.sources.catalogue import Item, catalogue, chosen
from assemblier.sources.download import DownloadError, Fetched
from assemblier.sources.store import Store

FIXTURES = Path(__file__).parents[1] / "fixtures" / "sources"
GOOD = FIXTURES / "essai_insee_epci.xlsx"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test a store of its own, and the signal back."""
    kept = signal.getsignal(signal.SIGTERM)
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    signal.signal(signal.SIGTERM, kept)


def test_nothing_present_says_what_each_missing_document_blocks(capsys: Captured) -> None:
    assert run(["sources"]) == 0
    said = capsys.readouterr().out
    assert "aucun\u00a0: seules les données embarquées servent" in said
    for item in catalogue():
        assert item.title in said
        for blocked in item.blocks:
            assert french_spaces(blocked) in said
    assert "assemblier sources telecharger finess" in said
    assert "--destinataire cdom" in said


def test_import_list_verify_and_forget(capsys: Captured) -> None:
    assert run(["sources", "importer", str(GOOD)]) == 0
    said = capsys.readouterr().out
    assert "importé" in said
    assert "lignes lues" in said
    assert "1 fichier importé, 0 non reconnu, 0 refusé" in said
    assert run(["sources"]) == 0
    listed = capsys.readouterr().out
    present = listed[: listed.index("Manquants")]
    assert "insee-epci" in present
    assert "Licence Ouverte 2.0" in present
    assert run(["sources", "verifier"]) == 0
    assert "tout est intact" in capsys.readouterr().out
    assert run(["sources", "oublier", "insee-epci"]) == 0
    assert "retiré" in capsys.readouterr().out
    assert Store().entries() == ()


def test_folder_with_a_bad_official_file_has_status_2_after_the_good_ones(
    folder: Path, capsys: Captured
) -> None:
    mixed = folder / "lot"
    mixed.mkdir()
    (mixed / "z_bon.xlsx").write_bytes(GOOD.read_bytes())
    bad = (FIXTURES / "essai_insee_pop1a_2021.csv").read_bytes().split(b"\n")[0]
    (mixed / "a_mauvais.csv").write_bytes(bad + b"\nCOM;99999;x;1;0;1\nCOM;99998;x;1;0;1\n")
    (mixed / "inconnu.txt").write_text("bonjour", encoding="utf-8")
    assert run(["sources", "importer", str(mixed)]) == 2
    out, err = capsys.readouterr()
    assert "inconnu.txt\u00a0: non reconnu" in out
    assert "1 fichier importé, 1 non reconnu, 1 refusé" in out
    assert "a_mauvais.csv\u00a0: refusé" in err
    assert "attendu" in err
    assert {entry.source.key for entry in Store().entries()} == {"insee-epci"}


def test_folder_without_anything_known_has_status_1(folder: Path, capsys: Captured) -> None:
    (folder / "d").mkdir()
    (folder / "d" / "x.txt").write_text("bonjour", encoding="utf-8")
    assert run(["sources", "importer", str(folder / "d")]) == 1
    assert "0 fichier importé, 1 non reconnu" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "fichier vide"),
        (b"<html><body>Connexion</body></html>", "page web"),
        (b"PK\x03\x04", "tronquée ou abîmée"),
        (b"a;b\n1;2\n3;4\n", "n'est pas reconnue"),
    ],
)
def test_named_bad_file_has_status_2_and_a_message(
    folder: Path, content: bytes, said: str, capsys: Captured
) -> None:
    path = folder / "fichier.csv"
    path.write_bytes(content)
    assert run(["sources", "importer", str(path)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert str(path) in error
    assert "à faire" in error
    assert "Traceback" not in error
    assert not (folder / "donnees").exists()


def test_missing_path_and_bad_recipe_are_told(folder: Path, capsys: Captured) -> None:
    assert run(["sources", "importer", "absent.csv"]) == 2
    assert "introuvable" in capsys.readouterr().err
    recipe = folder / "r.yaml"
    recipe.write_text("cle: a\ntable: b\n", encoding="utf-8")
    assert run(["sources", "importer", str(GOOD), "--modele", str(recipe)]) == 2
    error = capsys.readouterr().err
    assert error.count("à faire") > 4, "tous les problèmes de la recette à la fois"


def test_recipe_brings_a_file_of_no_layout(folder: Path, capsys: Captured) -> None:
    path = folder / "extrait.csv"
    path.write_text(
        "code_commune;annee;apl_mg;apl_mg_65_ans_ou_moins\n43001;2024;1,9;1,8\n43002;2024;2;2\n"
    )
    recipe = Path(__file__).parents[1] / "recettes" / "apl_43_2022_2024.yaml"
    assert run(["sources", "importer", str(path), "--modele", str(recipe)]) == 0
    assert Store().read("apl_publiee").frame["apl"].to_list() == [1.9, 2.0]
    capsys.readouterr()
    assert run(["sources"]) == 0
    assert "drees-apl-43-extrait" in capsys.readouterr().out


def test_unknown_name_to_forget_or_download(capsys: Captured) -> None:
    assert run(["sources", "oublier", "rien"]) == 2
    assert "pas de source « rien »" in capsys.readouterr().err.replace("\u00a0", " ")
    assert run(["sources", "telecharger", "fines", "ages-medecins"]) == 2
    error = capsys.readouterr().err
    assert "« fines »" in error
    assert "--destinataire cdom" in error


def test_damaged_store_is_said_with_status_2(capsys: Captured) -> None:
    assert run(["sources", "importer", str(GOOD)]) == 0
    entry = Store().entries()[0]
    entry.path.write_bytes(b"autre chose")
    assert run(["sources", "verifier"]) == 2
    assert "modifié depuis son import" in capsys.readouterr().err


def test_downloaded_file_is_imported_then_erased(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def fetched(address: str, target: Path, *_rest: object) -> Fetched:
        if "2026" in address:
            raise DownloadError(_problem(address))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(GOOD.read_bytes())
        return Fetched(target, "0" * 64, address)

    monkeypatch.setattr(downloading, "fetch", fetched)
    assert run(["sources", "telecharger", "epci"]) == 0
    assert "importé" in capsys.readouterr().out
    assert Store().find("epci")
    assert list((folder / "donnees" / downloading.TRANSIT).iterdir()) == []
    assert run(["sources", "telecharger", "epci", "--conserver", "recus"]) == 0
    assert len(list((folder / "recus").iterdir())) == 1


def test_download_that_fails_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def refused(address: str, *_rest: object) -> Fetched:
        raise DownloadError(_problem(address))

    monkeypatch.setattr(downloading, "fetch", refused)
    assert run(["sources", "telecharger", "epci", "revenus"]) == 2
    error = capsys.readouterr().err
    assert "epci\u00a0: non obtenu" in error
    assert "revenus\u00a0: non obtenu" in error
    assert "2 sur 2 non obtenus" in error


def _problem(address: str):
    from assemblier.errors import Problem

    return Problem(address, "refus d'essai", "un fichier", "rien")


def test_without_a_name_the_essential_documents_are_downloaded() -> None:
    keys = [item.key for item in chosen(())]
    assert "apl-medecins" in keys
    assert "rpps" not in keys


def is_sound(item: Item) -> bool:
    return bool(item.title and item.producer and item.licence and item.vintage and item.blocks)


def test_catalogue_is_sound() -> None:
    items = catalogue()
    assert len({item.key for item in items}) == len(items)
    assert all(is_sound(item) for item in items)
    for item in items:
        for address in (*item.addresses, item.page):
            assert not address or address.startswith("https://")
        assert item.asked_from in ("", "cdom", "cpam", "ars", "agents")
        assert item.is_online or item.asked_from or item.page


def test_catalogue_names_layouts_that_exist() -> None:
    known = {layout.key for layout in registry.layouts()}
    assert [item.key for item in catalogue() if item.layout and item.layout not in known] == []


def test_offer_is_written_corrected_and_given_back(folder: Path, capsys: Captured) -> None:
    assert run(["modele", "offre", "commune:43157", "-o", "offre.xlsx"]) == 0
    assert "1 communes" not in capsys.readouterr().out
    assert run(["sources", "importer", "offre.xlsx"]) == 0
    table = Store().read("offre_locale")
    assert table.frame["code_commune"].unique().to_list() == ["43157"]
    assert table.vintage == datetime.date.today().isoformat()
    assert (folder / "offre.xlsx").exists()


@pytest.mark.parametrize("recipient", ["cdom", "cpam", "ars"])
def test_letter_is_written(folder: Path, recipient: str) -> None:
    from docx import Document

    path = folder / "lettre.docx"
    arguments = ["modele", "lettre", "departement:48", "--destinataire", recipient, "-o", str(path)]
    assert run(arguments) == 0
    said = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    assert "de la Lozère" in said
    assert "faute de ces données" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["modele", "offre", "departement:99", "-o", "x.xlsx"], "code inconnu"),
        (["modele", "offre", "departement:43", "-o", "x.csv"], ".xlsx"),
        (["modele", "offre", "departement:43"], "-o"),
        (["modele", "lettre", "departement:43", "--destinataire", "ordre", "-o", "x.docx"], "cdom"),
        (["modele", "lettre", "departement:43", "--destinataire", "ars", "-o", "x.pdf"], ".docx"),
    ],
)
def test_bad_arguments_are_told(
    folder: Path, arguments: list[str], said: str, capsys: Captured
) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err
    assert not list(folder.glob("x.*"))


@pytest.mark.parametrize("name", ["importer", "telecharger", "oublier", "verifier"])
def test_each_subcommand_has_help_in_french(name: str, capsys: Captured) -> None:
    assert run(["sources", name, "--help"]) == 0
    assert capsys.readouterr().out.startswith("Usage")


def test_the_date_of_undated_files_is_asked_and_checked(capsys: Captured) -> None:
    path = str(FIXTURES / "essai_finess_activites.csv")
    assert run(["sources", "importer", path, "--millesime", "hier"]) == 2
    assert "2026-03-15" in capsys.readouterr().err
    assert run(["sources", "importer", path, "--millesime", "2026-03"]) == 0
    assert {entry.vintage for entry in Store().entries()} == {"2026-03"}


def test_what_can_be_done_with_a_file_left_is_told(folder: Path, capsys: Captured) -> None:
    given = folder / "dossier"
    given.mkdir()
    (given / "carte.osm.pbf").write_bytes(b"\x00\x01\x02\x03")
    (given / "epci.xlsx").write_bytes(GOOD.read_bytes())
    assert run(["sources", "importer", str(given)]) == 0
    said = capsys.readouterr().out
    assert "carte.osm.pbf" in said and "calculer des trajets" in said
