"""Reading texts and workbooks: every row accounted for, every bad file told, nothing guessed."""

import codecs
import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from assemblier.errors import DataError
from assemblier.sources import opening, reading, text, workbook
from assemblier.sources.encoding import MIXED, MOJIBAKE, mended
from assemblier.sources.layout import Sample, find_header, normalise
from assemblier.sources.report import ImportReport, Ledger

COLUMNS = {"code": "code", "nom": "nom"}


def text_file(folder: Path, content: bytes | str, name: str = "f.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(
    path: Path, header: int = 0, columns: dict[str, str] | None = None
) -> tuple[list[tuple[object, ...]], ImportReport]:
    ledger = Ledger()
    sample = reading.sample(path)
    frame = reading.text_frame(path, sample, ledger, header, columns or COLUMNS)
    return frame.rows(), ledger.report(frame.height)


def refused(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        sample = reading.sample(path)
        reading.text_frame(path, sample, Ledger(), 0, COLUMNS)
    problem = caught.value.problems[0]
    assert str(path) in problem.where
    assert problem.found
    assert problem.expected
    assert problem.action
    return problem.found


# --- what a file is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("code;nom\n01;a,b\n02;c\n", ";"),
        ("code,nom\n01,a\n02,c\n", ","),
        ("code\tnom\n01\ta\n02\tc\n", "\t"),
        ("code|nom\n01|a;b\n02|c\n", "|"),
        ("Titre; avec ponctuation\ncode;nom;x\n01;a;1\n02;b;2\n", ";"),
        ("bonjour\n", ""),
    ],
)
def test_separator_is_found(tmp_path: Path, content: str, separator: str) -> None:
    assert reading.sample(text_file(tmp_path, content)).separator == separator


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_encoding_is_found_and_read(tmp_path: Path, encoding: str, said: str) -> None:
    content = "code;nom\n01;Liège œuf €\n02;Écully\n".encode(encoding)
    path = text_file(tmp_path, content)
    assert reading.sample(path).encoding == said
    rows, report = read(path)
    assert [row[1] for row in rows] == ["Liège œuf €", "Écully"]
    assert report.repaired == ()


@pytest.mark.parametrize(("squeeze", "said"), [(gzip.compress, "gz"), (lzma.compress, "xz")])
def test_compressed_text_is_read(tmp_path: Path, squeeze, said: str) -> None:
    path = text_file(tmp_path, squeeze(b"code;nom\n01;a\n02;b\n"))
    sample = reading.sample(path)
    assert (sample.container, sample.compression) == ("texte", said)
    assert read(path)[0] == [("01", "a", 2), ("02", "b", 3)]


def test_header_below_titles_is_found(tmp_path: Path) -> None:
    path = text_file(tmp_path, "Titre\n\nNote;;\nCode ;Libellé;x\n01;a;1\n02;b;2\n")
    sample = reading.sample(path)
    header = sample.header_row("code", "libelle")
    assert header == 3
    frame = reading.text_frame(path, sample, Ledger(), header, {"c": "CODE", "l": "libelle"})
    assert frame.rows() == [("01", "a", 5), ("02", "b", 6)]


def test_normalised_labels_are_compared() -> None:
    assert normalise("  L’Œuvre   d'Été n°1 ") == "l oeuvre d ete n 1"
    assert find_header((("A",), ("Élu", "B")), "elu") == 1
    assert find_header((("A",),), "b") is None


# --- rows: kept or rejected, never lost -----------------------------------------------------------


def test_wanted_columns_in_any_order_with_their_lines(tmp_path: Path) -> None:
    rows, report = read(text_file(tmp_path, "x;nom;code\n1;a;01\n2;b;02\n"))
    assert rows == [("01", "a", 2), ("02", "b", 3)]
    assert report.rows_read == 2


def test_prefix_labels_and_alternatives(tmp_path: Path) -> None:
    path = text_file(tmp_path, "CODGEO;Population standardisée 2021 pour\n01;5\n02;6\n")
    columns = {"code": ("code commune", "codgeo"), "pop": "population standardisee*"}
    frame = reading.text_frame(path, reading.sample(path), Ledger(), 0, columns)
    assert frame["pop"].to_list() == ["5", "6"]


def test_missing_columns_are_all_named_at_once(tmp_path: Path) -> None:
    path = text_file(tmp_path, "a;b\n1;2\n3;4\n")
    with pytest.raises(DataError) as caught:
        reading.text_frame(path, reading.sample(path), Ledger(), 0, {"c": "code", "n": "nom"})
    assert [one.found for one in caught.value.problems] == [
        "pas de colonne « code »",
        "pas de colonne « nom »",
    ]
    assert "« a », « b »" in caught.value.problems[0].expected


def test_optional_columns_are_unknown_where_absent(tmp_path: Path) -> None:
    path = text_file(tmp_path, "code;nom\n01;a\n02;b\n")
    frame = reading.text_frame(
        path, reading.sample(path), Ledger(), 0, {"code": "code"}, {"x": "rien", "n": "nom"}
    )
    assert frame.rows() == [("01", None, "a", 2), ("02", None, "b", 3)]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("03", text.SHORT),
        ("03;c;de;trop", text.LONG),
        ('03;"jamais refermé', text.OPEN_QUOTE),
        ("03;a\x00b", text.NULL_BYTE),
    ],
)
def test_bad_line_is_rejected_and_the_next_ones_kept(tmp_path: Path, bad: str, reason: str) -> None:
    lines = ["code;nom", "01;a", bad, *(f"{rank};x" for rank in range(10, 80)), ""]
    rows, report = read(text_file(tmp_path, "\n".join(lines)))
    assert len(rows) == 71
    assert report.rows_read == 72
    assert [(one.count, one.lines) for one in report.rejected] == [(1, (3,))]
    assert report.rejected[0].reason.startswith(reason)


def test_trailing_separators_are_not_an_error(tmp_path: Path) -> None:
    rows, report = read(text_file(tmp_path, "code;nom\n01;a;;\n02;b\n"))
    assert rows == [("01", "a", 2), ("02", "b", 3)]
    assert report.rejected == ()


def test_quoted_fields_hold_separators_quotes_and_line_ends(tmp_path: Path) -> None:
    content = 'code;nom\n01;"a;b"\n02;"dit ""oui"""\n03;"sur\ndeux lignes"\n04;d\n'
    rows, report = read(text_file(tmp_path, content))
    assert rows == [
        ("01", "a;b", 2),
        ("02", 'dit "oui"', 3),
        ("03", "sur\ndeux lignes", 4),
        ("04", "d", 6),
    ]
    assert report.rows_read == 4


def test_stray_quote_inside_a_field_is_only_a_letter(tmp_path: Path) -> None:
    rows, report = read(text_file(tmp_path, 'code;nom\n01;12" large\n02;b\n'))
    assert [row[1] for row in rows] == ['12" large', "b"]
    assert report.rejected == ()


def test_blank_lines_are_not_rows_and_keep_the_numbers_true(tmp_path: Path) -> None:
    rows, report = read(text_file(tmp_path, "code;nom\n\n01;a\n   \n02;b\n\n"))
    assert rows == [("01", "a", 3), ("02", "b", 5)]
    assert report.rows_read == 2


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path: Path, end: str) -> None:
    rows, _ = read(text_file(tmp_path, end.join(["code;nom", "01;a", "02;b", ""])))
    assert rows == [("01", "a", 2), ("02", "b", 3)]


def test_no_end_of_line_at_the_end(tmp_path: Path) -> None:
    assert read(text_file(tmp_path, "code;nom\n01;a\n02;b"))[0][-1] == ("02", "b", 3)


def test_footers_are_notes_and_not_rows(tmp_path: Path) -> None:
    path = text_file(tmp_path, "code;nom\n01;a\nSource : Insee;\nLecture;du tableau\n")
    ledger = Ledger()
    frame = reading.text_frame(
        path, reading.sample(path), ledger, 0, COLUMNS, footers=reading.FOOTERS
    )
    assert frame["code"].to_list() == ["01", "Lecture"]
    assert ledger.rows_read == 2


def test_over_long_line_is_rejected_whatever_its_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text, "BLOCK", 64 * 1024)
    monkeypatch.setattr(text, "LIMITS", opening.Limits(line=4096))
    long = b"02;" + b"x" * 1_000_000
    path = text_file(tmp_path, b"code;nom\n01;a\n" + long + b"\n03;c\n04;d\n")
    rows, report = read(path)
    assert [row[0] for row in rows] == ["01", "03", "04"]
    assert [row[2] for row in rows] == [2, 4, 5]
    assert report.rejected[0].reason == text.TOO_LONG


def test_lines_cut_by_blocks_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "BLOCK", 7)
    lines = [
        f'{rank};"n;{rank}\nsuite"' if rank % 5 == 0 else f"{rank};n{rank}" for rank in range(50)
    ]
    rows, report = read(text_file(tmp_path, "code;nom\n" + "\n".join(lines) + "\n"))
    assert [row[0] for row in rows] == [str(rank) for rank in range(50)]
    assert rows[5][1] == "n;5\nsuite"
    assert report.rows_read == 50
    assert [row[2] for row in rows[:7]] == [2, 4, 5, 6, 7, 8, 10]


# --- accents --------------------------------------------------------------------------------------


def test_damaged_accents_are_mended_and_counted(tmp_path: Path) -> None:
    damaged = "Liège, œuf, l’été, n° 5".encode().decode("cp1252")
    rows, report = read(text_file(tmp_path, f"code;nom\n01;{damaged}\n02;Saint-Étienne\n"))
    assert [row[1] for row in rows] == ["Liège, œuf, l’été, n° 5", "Saint-Étienne"]
    assert [(one.kind, one.count) for one in report.repaired] == [(MOJIBAKE, 1)]


def test_two_encodings_in_one_file_are_both_read(tmp_path: Path) -> None:
    content = "code;nom\n01;Liège\n".encode() + "02;Écully\n".encode("cp1252")
    rows, report = read(text_file(tmp_path, content * 1 + b"03;c\n"))
    assert [row[1] for row in rows] == ["Liège", "Écully", "c"]
    assert [(one.kind, one.count) for one in report.repaired if one.kind == MIXED] in (
        [(MIXED, 1)],
        [],
    )


def test_sound_text_is_never_mended() -> None:
    for sound in ("São Paulo", "Âge", "ÂÃ", "Kourou", "Citroën", "L'Haÿ-les-Roses", "â"):
        assert mended(sound) == sound


# --- bad files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "fichier vide"),
        (b"\n \r\n\t", "fichier vide"),
        (codecs.BOM_UTF8, "fichier vide"),
        (b"<!DOCTYPE html><html><body>Connexion</body></html>", "page web"),
        (b"\n\n <HTML lang='fr'>", "page web"),
        (b"<?xml version='1.0'?><html>", "page web"),
        (gzip.compress(b"code;nom\n" + b"01;a\n" * 50_000, mtime=0)[:100], "abîmé"),
        (b"PK\x03\x04tronque", "tronquée ou abîmée"),
        (b"code;nom\n01;a\n02;b\n03", "coupée"),
    ],
)
def test_bad_file_is_told(tmp_path: Path, content: bytes, found: str) -> None:
    assert found in refused(text_file(tmp_path, content))


def test_truncated_gz_is_told_when_the_cut_is_met(tmp_path: Path) -> None:
    import os

    noise = "\n".join(f"{rank};{os.urandom(20).hex()}" for rank in range(40_000))
    whole = gzip.compress(f"code;nom\n{noise}\n".encode())
    assert "abîmé" in refused(text_file(tmp_path, whole[: len(whole) // 2]))


def test_decompression_bomb_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LIMITS", opening.Limits(ratio_from=1024 * 1024))
    bomb = gzip.compress(b"code;nom\n" + b"01;aaaaaaaaaaaaaaaaaaaaa\n" * 2_000_000)
    assert "gonfle sans mesure" in refused(text_file(tmp_path, bomb))


def test_missing_file_and_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="introuvable"):
        reading.sample(tmp_path / "absent.csv")
    with pytest.raises(DataError, match="dossier"):
        reading.sample(tmp_path)


def test_binary_file_is_unknown_and_not_read(tmp_path: Path) -> None:
    assert reading.sample(text_file(tmp_path, bytes(range(256)) * 20)).container == "inconnu"


# --- workbooks ------------------------------------------------------------------------------------


def sheet_file(folder: Path, rows: list[list[object]], name: str = "Feuille") -> Path:
    path = folder / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(name)
        for rank, row in enumerate(rows):
            page.write_row(rank, 0, row)
    return path


@pytest.fixture(autouse=True)
def fresh_workbooks():
    yield
    workbook.release()


def test_sheet_is_read_as_texts(tmp_path: Path) -> None:
    import datetime

    path = sheet_file(
        tmp_path,
        [["Titre"], [], ["Code", "Nom", "x"], [1001, "a", 3.62], ["01002", True, None], [], ["z"]],
    )
    ledger = Ledger()
    frame = reading.sheet_frame(path, "Feuille", ledger, 2, {"c": "code", "n": "nom", "x": "x"})
    assert frame.rows() == [
        ("1001", "a", "3.62", 4),
        ("01002", "vrai", None, 5),
        ("z", None, None, 7),
    ]
    assert ledger.rows_read == 3
    assert workbook.cell_text(datetime.datetime(2026, 3, 9)) == "2026-03-09"
    assert workbook.cell_text(1e20) == "1e+20"


def test_missing_sheet_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, [["a"]], "Données")
    with pytest.raises(DataError, match=r"pas de feuille « APL » \(feuilles : Données\)"):
        reading.sheet_frame(path, "APL", Ledger(), 0)


def repacked(path: Path, change: dict[str, bytes], to: Path) -> Path:
    """Write a workbook again with some of its parts changed or added."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
        for name, content in change.items():
            if name not in old.namelist():
                new.writestr(name, content)
    return to


def test_macros_are_refused(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, [["a"]])
    bad = repacked(path, {"xl/vbaProject.bin": b"x"}, tmp_path / "m.xlsm")
    assert "macros" in refused(bad)


def test_macros_of_an_old_workbook_are_refused(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le")
    assert "macros" in refused(text_file(tmp_path, content, "m.xls"))


def test_password_is_told(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert "mot de passe" in refused(text_file(tmp_path, content, "p.xlsx"))


def test_formulas_without_values_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Feuille")
        page.write_row(0, 0, ["code", "nom"])
        page.write_formula(1, 0, "=1+1", None, 2)
        page.write_formula(1, 1, "=A2+1", None, "valeur")
    assert reading.sheet_frame(path, "Feuille", Ledger(), 0, COLUMNS).rows() == [("2", "valeur", 2)]
    workbook.release()
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    bare = sheet.replace(b"<v>2</v>", b"")
    assert bare != sheet
    bad = repacked(path, {"xl/worksheets/sheet1.xml": bare}, tmp_path / "g.xlsx")
    with pytest.raises(DataError, match="1 formules sans valeur"):
        reading.sheet_frame(bad, "Feuille", Ledger(), 0, COLUMNS)


def test_truncated_workbook_is_told(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, [["a"] * 10] * 100)
    whole = path.read_bytes()
    assert "tronquée" in refused(text_file(tmp_path, whole[: len(whole) // 2], "t.xlsx"))


def test_damaged_part_is_told(tmp_path: Path) -> None:
    path = sheet_file(tmp_path, [["a", rank] for rank in range(5000)])
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    found = refused(text_file(tmp_path, bytes(whole), "d.xlsx"))
    assert "abîmé" in found or "tronquée" in found


def test_sheet_with_a_cell_at_the_end_of_the_world_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loin.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Feuille")
        page.write(0, 0, "code")
        page.write(1_048_575, 16_383, "loin")
    with pytest.raises(DataError, match="1048576 lignes et 16384 colonnes"):
        reading.sheet_frame(path, "Feuille", Ledger(), 0)


def test_workbook_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LIMITS", opening.Limits(ratio_from=1024 * 1024))
    path = sheet_file(tmp_path, [["a"]])
    bomb = repacked(path, {"xl/media/x.xml": b" " * 20_000_000}, tmp_path / "b.xlsx")
    assert "décompressé" in refused(bomb)


def test_opendocument_sheet_is_read(tmp_path: Path) -> None:
    content = b"""<?xml version="1.0"?><office:document-content
      xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
      xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>
      <office:spreadsheet><table:table table:name="Feuille">
      <table:table-row><table:table-cell office:value-type="string"><text:p>code</text:p>
      </table:table-cell><table:table-cell office:value-type="string"><text:p>nom</text:p>
      </table:table-cell></table:table-row>
      <table:table-row><table:table-cell office:value-type="float" office:value="1001"/>
      <table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>
      </table:table-row></table:table></office:spreadsheet></office:body>
      </office:document-content>"""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", b" ".join(content.split()).replace(b"> <", b"><"))
        book.writestr("META-INF/manifest.xml", "<manifest/>")
    path = text_file(tmp_path, packed.getvalue(), "f.ods")
    assert reading.sample(path).sheets == ("Feuille",)
    frame = reading.sheet_frame(path, "Feuille", Ledger(), 0, COLUMNS)
    assert frame.rows() == [("1001", "a", 2)]


# --- JSON -----------------------------------------------------------------------------------------


def test_json_is_read_or_told(tmp_path: Path) -> None:
    path = text_file(tmp_path, '{"é": 1}')
    assert reading.json_value(path, reading.sample(path)) == {"é": 1}
    deep = text_file(tmp_path, "[" * 200_000, "d.json")
    with pytest.raises(DataError, match=r"emboîtements|abîmé"):
        reading.json_value(deep, reading.sample(deep))
    cut = text_file(tmp_path, '{"a": [1, 2', "c.json")
    with pytest.raises(DataError, match="abîmé"):
        reading.json_value(cut, reading.sample(cut))


def test_sample_of_nothing_has_no_sheet() -> None:
    assert Sample(Path("x"), "inconnu").sheet_head("x") == ()
