"""Each test is a line of « Always true » of the snapshots of an observatory."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.diagnosis.observatory import Snapshot, difference
from assemblier.diagnosis.snapshots import freeze, read
from assemblier.errors import InputError
from assemblier.figures import Figure, Provenance, Source, unavailable
from assemblier.territory import parse

PLACE = parse("commune:43234")
SOURCE = Source("essai", "Essai", "Table d'essai", "2025")
figures = st.one_of(
    st.floats(-1e6, 1e6).map(
        lambda value: Figure("é", value, "%", provenance=Provenance((SOURCE,)))
    ),
    st.just(unavailable("é", "un fichier", "%")),
)
contents = st.dictionaries(st.sampled_from("abcdef"), figures, max_size=6)


def taken(year: int, content: dict[str, Figure]) -> Snapshot:
    day = dt.date(year, 6, 1)
    return Snapshot(PLACE.expression, PLACE.nom, PLACE.codes, year, day, "0.0.0", content)


@contextmanager
def store() -> Iterator[None]:
    before = os.environ["ASSEMBLIER_DONNEES"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASSEMBLIER_DONNEES"] = folder
        try:
            yield
        finally:
            os.environ["ASSEMBLIER_DONNEES"] = before


@settings(max_examples=30)
@given(contents, contents)
def test_what_was_frozen_is_read_back_as_it_was_whatever_is_frozen_after(
    first: dict[str, Figure], second: dict[str, Figure]
) -> None:
    """`freeze`."""
    with store():
        freeze(PLACE, taken(2025, first))
        freeze(PLACE, taken(2026, second))
        with pytest.raises(InputError):
            freeze(PLACE, taken(2025, second))
        assert read(PLACE, 2025) == taken(2025, first)
        assert read(PLACE, 2026) == taken(2026, second)


@given(contents, contents)
def test_each_indicator_is_there_once_and_before_plus_change_is_after(
    first: dict[str, Figure], second: dict[str, Figure]
) -> None:
    """`Difference`: of either snapshot; where all three are known."""
    found = difference(taken(2025, first), taken(2026, second))
    assert sorted(one.key for one in found.changes) == sorted({*first, *second})
    for one in found.changes:
        if one.before.is_known and one.after.is_known:
            assert one.before.value + one.change.value == pytest.approx(one.after.value)
        else:
            assert not one.change.is_known
    assert difference(taken(2026, second), taken(2025, first)) == found
