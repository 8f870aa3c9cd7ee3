"""The official layouts, in the order they are asked, and the reading of one file."""

import importlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from assemblier.errors import DataError
from assemblier.sources import reading
from assemblier.sources.advice import unknown
from assemblier.sources.layout import Context, Imported, Layout, Sample

MODULES: tuple[str, ...] = (
    "officier",
    "drees",
    "insee_population",
    "insee_geographie",
    "insee_bpe",
    "annuaire_sante",
    "ameli",
    "finess",
    "cartosante",
    "ars",
    "anct",
    "filosofi",
    "cnam",
    "cepidc",
    "effectifs",
    "cdom",
    "own_tables",
)
"""Modules of this package that hold ``LAYOUTS``; the most precise recognisers first."""


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every layout, in the order they are asked."""
    return tuple(_all_layouts())


def _all_layouts() -> Iterator[Layout]:
    for name in MODULES:
        yield from importlib.import_module(f"assemblier.sources.{name}").LAYOUTS


def recognise(sample: Sample) -> Layout | None:
    """Return the layout of a file from what its first lines hold, or None."""
    return next((layout for layout in layouts() if layout.recognise(sample)), None)


def read(path: Path, context: Context) -> Imported:
    """Read an official file.

    Raises
    ------
    DataError
        When the file cannot be opened, is of no known layout, or breaks its layout.
    """
    sample = reading.sample(path)
    layout = recognise(sample)
    if layout is None:
        raise DataError([unknown(path, sample)])
    return layout.read(path, sample, context)
