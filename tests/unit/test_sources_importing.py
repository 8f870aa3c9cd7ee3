"""What an import says and keeps of files that do not say their date, or that nothing recognises."""

from pathlib import Path

import pytest

from assemblier.sources.advice import unknown
from assemblier.sources.catalogue import CONFIDENCES, catalogue
from assemblier.sources.codes import todays_context
from assemblier.sources.importing import Outcome, State, files_of, import_files
from assemblier.sources.registry import layouts
from assemblier.sources.store import Store
from tests.imported import FIXTURES

FINESS = "essai_finess_activites.csv"


def run(path: Path, store: Store, vintage: str = "") -> Outcome:
    (one,) = import_files(files_of([path]), store, todays_context(), vintage=vintage)
    assert one.state is State.IMPORTED, one
    return one


@pytest.fixture
def undated(tmp_path: Path) -> list[Path]:
    """Return two files of one layout that do not say their date, and differ."""
    content = (FIXTURES / FINESS).read_bytes()
    lines = content.rstrip(b"\n").split(b"\n")
    paths = [tmp_path / "un.csv", tmp_path / "deux.csv"]
    paths[0].write_bytes(content)
    paths[1].write_bytes(b"\n".join(lines[:-1]) + b"\n")
    return paths


def test_two_undated_files_do_not_replace_each_other(tmp_path: Path, undated: list[Path]) -> None:
    store = Store(tmp_path / "s")
    first, second = (run(path, store) for path in undated)
    assert first.entries[0].vintage == "sans date"
    assert second.entries[0].vintage.startswith("sans date (")
    assert second.replaced == ()
    assert len(store.entries()) == len(first.entries) + len(second.entries)
    again = run(undated[1], store)
    assert [is_same for _, is_same in again.replaced] == [True] * len(second.entries)
    assert any("--millesime" in note for note in first.report.notes)


def test_the_date_asked_for_is_taken_by_undated_files_only(
    tmp_path: Path, undated: list[Path]
) -> None:
    store = Store(tmp_path / "s")
    one = run(undated[0], store, "2026-03-15").entries[0]
    assert (one.vintage, one.source.vintage) == ("2026-03-15", "2026-03-15")
    dated = run(FIXTURES / "essai_filosofi.csv.gz", store, "1999")
    assert {entry.vintage for entry in dated.entries}.isdisjoint({"1999"})


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("carte.osm.pbf", b"\x00\x01\x02", "calculer des trajets"),
        ("lisez-moi.md", b"# Titre\n\nUn texte, rien de plus.\n", "texte à lire"),
        ("autre.csv", b"a;b\n1;2\n3;4\n", "colonnes : a, b"),
        ("autre.json", b'[{"a": 1}]', "recette"),
        ("image.png", b"\x89PNG\r\n\x1a\n0000", "image"),
    ],
)
def test_what_can_be_done_with_an_unknown_file(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(content)
    files = files_of([tmp_path])
    (one,) = import_files(files, Store(tmp_path / "s"), todays_context())
    assert one.state is State.UNKNOWN
    assert said in one.problems[0].action


def test_the_advice_is_given_without_opening_the_file() -> None:
    assert "recette" in unknown(Path("x")).action


def test_every_document_of_the_catalogue_says_where_it_comes_from() -> None:
    known = {layout.key for layout in layouts()}
    items = catalogue()
    assert len({item.key for item in items}) == len(items)
    for item in items:
        assert item.confidence in CONFIDENCES, item.key
        assert item.licence and item.producer and item.title, item.key
        assert item.layout in known | {""}, item.key
        assert item.page.startswith("https://") or item.asked_from == "agents", item.key
        for address in item.addresses:
            assert address.startswith("https://"), item.key
