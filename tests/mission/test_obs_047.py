"""OBS-047: a letter to the CDOM with perimeter and fields; the list it returns is checked."""

import io
import re
from pathlib import Path

import pytest
from docx import Document

from assemblier.cli.program import run
from assemblier.diagnosis.stored_flow import practitioner_ages
from assemblier.territory import parse

FIELDS = ("Commune", "Code commune", "Spécialité", "Âge")


def text_of(content: bytes) -> str:
    paragraphs = Document(io.BytesIO(content)).paragraphs
    return re.sub(r"\s", " ", "\n".join(paragraph.text for paragraph in paragraphs))


@pytest.mark.mission("OBS-047")
def test_the_letter_has_the_perimeter_and_the_fields(tmp_path: Path) -> None:
    path = tmp_path / "lettre.docx"
    words = ["epci:200073393", "--destinataire", "cdom", "-o", str(path)]
    assert run(["modele", "lettre", *words]) == 0
    text = text_of(path.read_bytes())
    perimeter = parse("epci:200073393")
    assert f"{perimeter.charniere} ({len(perimeter.codes)} communes)" in text
    for word in ("Conseil départemental de l'Ordre", "spécialité", "classe d'âge", "départs"):
        assert word in text
    for field in FIELDS:
        assert f"« {field} »" in text
    assert "aucune donnée nominative" in text


@pytest.mark.mission("OBS-047")
def test_the_communes_of_a_small_perimeter_are_named(tmp_path: Path) -> None:
    path = tmp_path / "lettre.docx"
    assert (
        run(["modele", "lettre", "Saugues + Langeac", "--destinataire", "cdom", "-o", str(path)])
        == 0
    )
    text = text_of(path.read_bytes())
    assert "Langeac, Saugues" in text


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """What a CDOM would return, made for the test, with the fields the letter asks for."""
    lines = [f"Le Puy-en-Velay;43157;Médecine générale;{age}" for age in (61, 62, 63, 64, 60, 61)]
    wrong = [
        "Le Puy-en-Velay;43157;Médecine générale;sexagénaire",
        "Ici;99999;Médecine générale;50",
    ]
    path = tmp_path / "reponse.csv"
    path.write_text("\n".join([";".join(FIELDS), *lines, *wrong]), encoding="utf-8")
    return path


@pytest.mark.mission("OBS-047")
def test_the_returned_list_is_validated_line_by_line(
    answer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "magasin"))
    assert run(["sources", "importer", str(answer)]) == 0
    said = re.sub(r"\s", " ", capsys.readouterr().out)
    assert "8 lignes lues, 6 retenues, 2 rejetées" in said
    assert "ligne 8" in said and "ligne 9" in said
    (found,) = practitioner_ages(parse("departement:43"))
    assert [(band.label, band.count.value) for band in found.bands] == [("60-64 ans", 6)]


@pytest.mark.mission("OBS-047")
def test_the_list_itself_is_not_kept(
    answer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "magasin"
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(folder))
    assert run(["sources", "importer", str(answer)]) == 0
    kept = [path for path in folder.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"sexag" in path.read_bytes() for path in kept)
    assert not any(path.suffix == ".csv" for path in kept)


@pytest.mark.mission("OBS-047")
def test_a_list_without_ages_is_refused(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "magasin"))
    path = tmp_path / "reponse.csv"
    path.write_text("Commune;Code commune;Spécialité;Âge\n", encoding="utf-8")
    assert run(["sources", "importer", str(path)]) in (1, 2)
