"""What is always true of results put on the disk: all of them, or nothing, and nobody's loss."""

import string
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.errors import OutputError
from assemblier.reports.writing import MANIFEST, replacing_folder

NAMES = st.text(string.ascii_lowercase, min_size=1, max_size=6)
FILES = st.dictionaries(
    st.tuples(NAMES.map(lambda name: f"dossier_{name}/") | st.just(""), NAMES).map("".join),
    st.binary(max_size=50),
    max_size=5,
)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST
    }


def write(folder: Path, files: dict[str, bytes]) -> None:
    with replacing_folder(folder) as draft:
        for name, content in files.items():
            draft.add(name, content)


@settings(max_examples=40, deadline=None)
@given(st.lists(FILES, min_size=1, max_size=3))
def test_the_folder_holds_the_last_result_and_nothing_else(runs: list[dict[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as home:
        for files in runs:
            write(Path(home) / "s", files)
        assert contents(Path(home) / "s") == runs[-1]
        assert [path.name for path in Path(home).iterdir()] == ["s"]


@settings(max_examples=40, deadline=None)
@given(FILES, FILES, st.data())
def test_what_a_person_added_or_edited_is_never_lost(
    first: dict[str, bytes], second: dict[str, bytes], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "s"
        write(folder, first)
        name = data.draw(st.sampled_from([*first, "notes.txt"]))
        (folder / name).write_bytes(first.get(name, b"") + b"!")
        expected = {**first, name: first.get(name, b"") + b"!"}
        with pytest.raises(OutputError):
            write(folder, second)
        assert contents(folder) == expected


@settings(max_examples=40, deadline=None)
@given(FILES, FILES, st.integers(0, 4))
def test_a_run_that_fails_changes_nothing(
    first: dict[str, bytes], second: dict[str, bytes], moment: int
) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "s"
        write(folder, first)
        with pytest.raises(ZeroDivisionError), replacing_folder(folder) as draft:
            for name, content in list(second.items())[:moment]:
                draft.add(name, content)
            raise ZeroDivisionError
        assert contents(folder) == first
        assert [path.name for path in Path(home).iterdir()] == ["s"]
