"""Read a made file as the product does, and check what is always true of what comes out."""

from pathlib import Path

import polars as pl

from assemblier.sources import reading, registry
from assemblier.sources.codes import todays_context
from assemblier.sources.layout import Imported
from assemblier.tables import check, table_spec

FIXTURES = Path(__file__).parent / "fixtures" / "sources"


def imported(path: Path, layout: str) -> Imported:
    """Read a file; it must be recognised as `layout` and give tables that fit."""
    sample = reading.sample(path)
    found = registry.recognise(sample)
    assert found is not None and found.key == layout
    got = found.read(path, sample, todays_context())
    assert got.report.rows_read == got.report.kept + got.report.rejected_count
    for one in got.tables:
        assert one.spec_name in found.tables
        assert check(one.frame, table_spec(one.spec_name), path.name) == []
    identities = [(one.spec_name, one.source.key, one.vintage) for one in got.tables]
    assert len(identities) == len(set(identities))
    return got


def made(name: str, layout: str) -> Imported:
    """Read one of the made files."""
    return imported(FIXTURES / name, layout)


def frame(got: Imported, table: str, vintage: str = "") -> pl.DataFrame:
    """Return the only table of this name (and vintage)."""
    (one,) = [t for t in got.tables if t.spec_name == table and vintage in ("", t.vintage)]
    return one.frame


def account(got: Imported) -> tuple[int, int]:
    """Return rows read and rows kept."""
    return got.report.rows_read, got.report.kept


def reasons(got: Imported) -> list[str]:
    """Return why rows were rejected."""
    return sorted(one.reason for one in got.report.rejected)


def repairs(got: Imported) -> dict[str, int]:
    """Return how many values were repaired, by kind."""
    return {one.kind: one.count for one in got.report.repaired}
