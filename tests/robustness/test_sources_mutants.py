"""Thousands of damaged files: never a traceback, never a row lost, the store never touched.

Each small file of each layout is damaged at random, again and again; where real files are
present, their beginnings are too.
"""

import random
from pathlib import Path

import pytest

from assemblier.errors import DataError
from assemblier.sources import importing, opening, reading, registry, workbook
from assemblier.sources.codes import todays_context
from assemblier.sources.layout import Imported, Layout
from assemblier.sources.recipe_reading import recipe_layout
from assemblier.sources.recipes import read_recipe
from assemblier.sources.store import Store
from assemblier.tables import check, table_spec
from tests.robustness.made import beginning, small_files
from tests.robustness.mutation import damaged
from tests.unit.test_sources_recipes import EXTRACTS, KNOWN

FILES = small_files()
NAMES = sorted(FILES)
MUTANTS = 2000
"""Of the small files, all together."""
REAL_MUTANTS = 4
"""Of each real file."""
TITLES = 30
"""Lines that are not rows: titles, headers, units and notes of a producer."""


def account(path: Path, recipe: Layout | None = None) -> Imported | None:
    """Read a file as `import_files` does; None where it is refused with a message."""
    try:
        with opening.explained(path):
            sample = reading.sample(path)
            layout = recipe or registry.recognise(sample)
            if layout is None:
                return None
            return layout.read(path, sample, todays_context())
    except DataError as error:
        assert error.problems
        assert all(
            one.where and one.found and one.expected and one.action for one in error.problems
        )
        assert not any("Traceback" in str(one) for one in error.problems)
        return None
    finally:
        workbook.release()


def verify(path: Path, recipe: Layout | None = None) -> bool:
    """Check what reading a damaged file gives; say whether it was read."""
    got = account(path, recipe)
    if got is None:
        return False
    assert got.report.rows_read == got.report.kept + got.report.rejected_count
    # A table that breaks its specification is refused by the store, with these messages.
    if any(check(one.frame, table_spec(one.spec_name), path.name) for one in got.tables):
        return False
    content = path.read_bytes()
    packed = (b"PK", b"PAR1", b"\x1f\x8b", b"\xfd7zXZ", b"\xff\xfe", b"\xfe\xff", b"[", b"{")
    if not content.startswith(packed) and b'"' not in content:
        lines = sum(bool(line.strip()) for line in content.replace(b"\r", b"\n").split(b"\n"))
        assert got.report.rows_read >= lines - TITLES, "des lignes ont disparu"
    return True


@pytest.mark.parametrize("part", range(8))
def test_damaged_small_files_are_read_or_refused(part: int, tmp_path: Path) -> None:
    chance = random.Random(part)
    read = refused = 0
    for _ in range(MUTANTS // 8):
        name = chance.choice(NAMES)
        path = tmp_path / name
        path.write_bytes(damaged(FILES[name], chance))
        if verify(path):
            read += 1
        else:
            refused += 1
    assert read > MUTANTS // 80
    assert refused > MUTANTS // 80


def test_refused_files_leave_the_store_as_it_was(tmp_path: Path) -> None:
    chance = random.Random(8)
    store = Store(tmp_path / "donnees")
    for _ in range(60):
        name = chance.choice(NAMES)
        path = tmp_path / name
        path.write_bytes(damaged(FILES[name], chance))
        before = {one: one.read_bytes() for one in store.folder.rglob("*.*")}
        given = [importing.Given(path, is_named=True)]
        outcomes = list(importing.import_files(given, store, todays_context()))
        if all(one.state is not importing.State.IMPORTED for one in outcomes):
            assert {one: one.read_bytes() for one in store.folder.rglob("*.*")} == before
    assert store.check() == []


def test_the_small_files_are_of_every_layout(tmp_path: Path) -> None:
    found = set()
    for name, content in FILES.items():
        path = tmp_path / name
        path.write_bytes(content)
        layout = registry.recognise(reading.sample(path))
        found.add(layout.key if layout else "")
        workbook.release()
    assert found >= {layout.key for layout in registry.layouts()}


def test_damaged_real_files_are_read_or_refused(donnees_essai: Path, tmp_path: Path) -> None:
    chance = random.Random(9)
    recipes = {name: read_recipe(KNOWN / f"{key}.yaml") for key, (name, *_) in EXTRACTS.items()}
    tried = 0
    for file in sorted(path for path in donnees_essai.rglob("*") if path.is_file()):
        content = beginning(file)
        recipe = recipes.get(str(file.relative_to(donnees_essai)))
        for _ in range(REAL_MUTANTS):
            path = tmp_path / file.name
            path.write_bytes(damaged(content, chance))
            verify(path, recipe_layout(recipe) if recipe else None)
            tried += 1
    assert tried >= 49 * REAL_MUTANTS
