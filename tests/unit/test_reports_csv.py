"""CSV files: for a French spreadsheet, and for programs."""

import csv
import dataclasses
import io

import pytest

from assemblier.figures import Figure, unavailable
from assemblier.reports.csv import render, render_table
from assemblier.reports.document import Align, Column, Document, Section, Table
from tests.documents import PER


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def test_one_file_per_table_and_three_about_them(document: Document) -> None:
    keys = [table.key for table in document.tables()]
    expected = {f"{key}.csv" for key in (*keys, "lisez-moi", "sources", "chiffres")}
    assert set(render(document)) == expected


def test_lines_end_as_windows_wants() -> None:
    content = render_table(Table("t", "T", (Column("nom", "Nom"),), (("Langeac",), ("Saugues",))))
    assert content == "\ufeffnom\r\nLangeac\r\nSaugues\r\n".encode()


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (0, "0"),
        (36900, "36900"),
        (-7, "-7"),
        (3.63, "3,63"),
        (2660.0, "2660"),
        (1 / 3, "0,3333333"),
        (2 / 3 / 1e9, "0,00000000067"),
        (3.1000000000000014, "3,1"),
        (-3.625877876617072, "-3,6258779"),
        (9.99999999, "10"),
        (1e-7, "0,0000001"),
        (1.5e20, "150000000000000000000"),
        ("01001", "01001"),
        ("Saint-Front ; hameau", "Saint-Front ; hameau"),
        ("« dit »\nà part", "« dit »\nà part"),
        (None, "non disponible"),
        (float("nan"), "non disponible"),
    ],
)
def test_a_cell_is_written_whole(cell: object, written: str) -> None:
    table = Table("t", "T", (Column("c", "C", Align.NUMBER, 1),), ((cell,),))  # type: ignore[arg-type]
    assert read(render_table(table)) == [["c"], [written]]


def test_codes_of_communes_come_first_unless_they_are_there() -> None:
    table = Table("t", "T", (Column("nom", "Nom"),), (("Ambérieu",),), codes=("01004",))
    assert read(render_table(table)) == [["code_commune", "nom"], ["01004", "Ambérieu"]]
    there = (Column("nom", "Nom"), Column("code_commune", "Code"))
    table = dataclasses.replace(table, columns=there, rows=(("Ambérieu", "01004"),))
    assert read(render_table(table)) == [["nom", "code_commune"], ["Ambérieu", "01004"]]


def test_a_figure_has_its_nature_beside_it_and_its_unit_where_units_differ() -> None:
    rows = (
        ("solde", Figure("solde", 7.0, "médecins")),
        ("évolution", Figure("évolution", 3.7, "%", decimals=1)),
        ("inconnu", unavailable("x", "un fichier")),
        ("vide", None),
    )
    columns = (Column("quoi", "Quoi"), Column("valeur", "Valeur", Align.NUMBER, 0, "médecins"))
    assert read(render_table(Table("t", "T", columns, rows)))[1:] == [
        ["solde", "7", "médecins", "calculé"],
        ["évolution", "3,7", "%", "calculé"],
        ["inconnu", "non disponible", "", "non disponible"],
        ["vide", "non disponible", "médecins", "non disponible"],
    ]


def test_two_tables_of_one_name_are_refused(document: Document) -> None:
    table = Table("sources", "Sources", (Column("c", "C"),), ())
    section = Section("s", "S", (table,))
    part = dataclasses.replace(document.parts[0], sections=(section,))
    with pytest.raises(ValueError, match=r"sources\.csv"):
        render(dataclasses.replace(document, parts=(part,)))


def test_every_column_is_described(document: Document) -> None:
    files = render(document)
    header, *lines = read(files["lisez-moi.csv"])
    described = {(line[0], line[2]) for line in lines}
    there = {
        (name, column)
        for name, content in files.items()
        if name != "lisez-moi.csv"
        for column in read(content)[0]
    }
    assert header[:3] == ["fichier", "titre", "colonne"]
    assert described == there


def test_every_figure_stands_with_its_provenance(document: Document) -> None:
    header, *lines = read(render(document)["chiffres.csv"])
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    assert [row["libelle"] for row in rows] == [one.label for one in document.figures()]
    density = next(row for row in rows if row["emplacement"] == "Jauge spatiale")
    assert (density["valeur"], density["unite"], density["nature"]) == ("8,7", PER, "cité")
    unknown = next(row for row in rows if row["libelle"] == "patients sans médecin traitant")
    assert (unknown["valeur"], unknown["manque"]) == ("non disponible", "extraction de la CPAM")


def test_sources_are_numbered_as_the_document_cites_them(document: Document) -> None:
    header, *lines = read(render(document)["sources.csv"])
    key, page, number = header.index("cle"), header.index("page"), header.index("numero")
    assert [(line[number], line[key], line[page]) for line in lines] == [
        (str(rank), source.key, source.page)
        for rank, source in enumerate(document.sources(), start=1)
    ]
