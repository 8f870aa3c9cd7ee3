"""The guide « Avant un conseil »: its four commands, run as they are written, say what it says."""

import re
import shlex
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from assemblier.cli.program import run

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "avant-un-conseil.md"


def plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def blocks() -> list[list[list[str]]]:
    """The commands of the page, block by block."""
    found = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    return [[shlex.split(line)[1:] for line in block.splitlines()] for block in found]


def commands() -> list[list[str]]:
    return blocks()[0]


def quotations() -> list[str]:
    """What the page quotes, word for word: « […] » is what it leaves out."""
    blocks = re.findall(r"(?:^>.*\n)+", PAGE.read_text("utf-8"), re.M)
    quoted = "\n".join(re.sub(r"^> ?", "", block, flags=re.M) for block in blocks)
    pieces = (piece for one in re.split(r"\n\s*\n", quoted) for piece in one.split("[…]"))
    return [plain(one) for one in pieces if one.strip()]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """Run the four commands in an empty folder with nothing imported; their outputs."""
    folder = tmp_path_factory.mktemp("conseil")
    said = []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("ASSEMBLIER_DONNEES", str(folder / "donnees"))
        for words in commands():
            with redirect_stdout(StringIO()) as out:
                assert run(words) == 0
            said.append(plain(out.getvalue()))
    return folder, said


def test_there_are_four_commands_from_the_panorama_to_a_pdf() -> None:
    words = commands()
    assert len(words) == 4
    assert words[0][:2] == ["panorama", "departement:43"]
    assert words[-1][-1].endswith(".pdf")


def test_the_page_quotes_what_the_commands_say(scene: tuple[Path, list[str]]) -> None:
    told = " ".join(scene[1])
    quoted = quotations()
    assert len(quoted) >= 7
    assert [one for one in quoted if one not in told] == []


def test_what_the_council_reads(scene: tuple[Path, list[str]]) -> None:
    folder, said = scene
    council = said[-1]
    # What the neighbours lose, and which.
    assert "Autour : hors Paulhaguet" in council and "CC Brioude Sud Auvergne" in council
    # Where, with what money.
    assert "communes possibles" in council
    assert "Budget d'un centre de santé." in council
    # The contradiction is told, not computed through.
    assert (
        "Saugues (43234) : l'APL 2024 publiée est 0,00, mais 1 praticien y est compté." in council
    )
    assert (folder / "conseil.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "conseil.pdf").stat().st_size < 3_000_000


def test_the_place_chosen_is_the_one_the_scenario_names(scene: tuple[Path, list[str]]) -> None:
    book = CalamineWorkbook.from_path(str(scene[0] / "lieux.xlsx"))
    places = book.get_sheet_by_name("lieux").to_python()
    chosen = [row[0] for row in places if "oui" in row]
    assert chosen == ["Laval-sur-Doulon"]
    assert f"à {chosen[0]}." in scene[1][-1]
    states = {row[0]: row[2] for row in places[1:]}
    assert states["Paulhaguet"] == "possible"
    assert states["Le Puy-en-Velay"] == "trop loin du centre"
    # The rank the page quotes: among the others, the commune of the centre apart.
    near = sorted(
        (row[-1] for row in places if row[2] == "possible" and row[0] != "Brioude"), reverse=True
    )
    (paulhaguet,) = [row[-1] for row in places if row[0] == "Paulhaguet"]
    assert (near.index(paulhaguet) + 1, len(near)) == (13, 56)


def test_without_the_departures_the_place_is_the_one_the_page_says(
    scene: tuple[Path, list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    words = commands()[2]
    left = words.index("--retrait")
    assert run([*words[:left], *words[left + 2 : -2]]) == 0
    assert "\nAlly" in capsys.readouterr().out
    assert "la même commande nomme Ally" in plain(PAGE.read_text("utf-8"))


def test_saugues_has_neither_a_before_nor_an_after(
    scene: tuple[Path, list[str]], tmp_path: Path
) -> None:
    chosen = CalamineWorkbook.from_path(str(scene[0] / "lieux.xlsx"))
    (row,) = [
        row for row in chosen.get_sheet_by_name("communes").to_python() if "43234" in map(str, row)
    ]
    assert row[3:5] == ["non disponible"] * 2
    assert row[6] == "non disponible"
    council = tmp_path / "conseil.xlsx"
    assert run([*commands()[-1][:-1], str(council)]) == 0
    book = CalamineWorkbook.from_path(str(council))
    rows = book.get_sheet_by_name("communes").to_python()
    (saugues,) = [row for row in rows if "43234" in map(str, row)]
    assert "sources en conflit" in saugues
    assert not [cell for cell in saugues[3:4] + saugues[5:6] if isinstance(cell, float)]
    places = book.get_sheet_by_name("lieux_2").to_python()
    named = [str(cell) for row in places for cell in row]
    assert any(cell.startswith("Paulhaguet (celle du scénario") for cell in named)


def test_the_page_read_as_html_says_the_same(scene: tuple[Path, list[str]], tmp_path: Path) -> None:
    words = commands()[-1]
    page = tmp_path / "conseil.html"
    assert run([*words[:-1], str(page)]) == 0
    text = plain(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")).replace("&#39;", "'"))
    for part in ("Ce que gagnent et perdent les voisins", "Où ouvrir", "Avec quel argent",
                 "Saugues (43234)", "Le socle est ajusté sur l'APL publiée"):  # fmt: skip
        assert part in text


def test_the_same_budget_alone_has_the_same_result(
    scene: tuple[Path, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (words,) = blocks()[1]
    assert run([*words[:-1], str(tmp_path / words[-1])]) == 0
    result = "le centre a un excédent de 2 386 € par an."
    assert result in plain(capsys.readouterr().out)
    assert result in scene[1][-1]
