"""Loaders on damaged files, without any net: only a DataError, and tables that always fit."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.errors import DataError
from assemblier.sources import reading, registry, workbook
from assemblier.sources.codes import todays_context
from assemblier.tables import check, table_spec
from tests.imported import FIXTURES
from tests.robustness.made import small_files
from tests.robustness.mutation import damaged

FILES = small_files()
TEXTS = [path for path in sorted(FIXTURES.glob("essai_*")) if path.suffix in (".csv", ".txt")]
EACH = 12


def verify(path: Path) -> None:
    """Read a file; what the loader itself raises or gives must be right, with nothing around it."""
    try:
        sample = reading.sample(path)
        layout = registry.recognise(sample)
        if layout is None:
            return
        got = layout.read(path, sample, todays_context())
    except DataError as error:
        assert error.problems
        return
    finally:
        workbook.release()
    assert got.report.rows_read == got.report.kept + got.report.rejected_count
    for one in got.tables:
        assert check(one.frame, table_spec(one.spec_name), path.name) == []


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_of_each_layout(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    for _ in range(EACH):
        path = tmp_path / name
        path.write_bytes(damaged(FILES[name], chance))
        verify(path)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(TEXTS), st.integers(1, 40), st.integers(0, 40), st.text(max_size=12))
def test_any_text_in_any_cell(
    tmp_path_factory: pytest.TempPathFactory, file: Path, row: int, place: int, text: str
) -> None:
    lines = file.read_bytes().decode("utf-8", "replace").split("\n")
    separator = max(";,|", key=lines[0].count)
    line = row % len(lines)
    cells = lines[line].split(separator)
    cells[place % len(cells)] = text
    lines[line] = separator.join(cells)
    path = tmp_path_factory.mktemp("cellule") / file.name
    path.write_bytes("\n".join(lines).encode("utf-8", "replace"))
    verify(path)
