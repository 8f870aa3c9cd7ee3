"""Minutes kept from one run to the next: what was searched once is read again.

    DONNEES/trajets/3f2a…/minutes_data.npy, … : one folder per engine, homes and cutoff

A place that is asked for and not kept is searched, alone, and joins the others. The name of the
folder is the fingerprint of the engine (extract, speeds, limits), of the points and of the cutoff:
anything else is another folder, so that nothing stale can be read.
"""

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import scipy.sparse as sp

from assemblier.durable import put_in_place
from assemblier.figures import Nature, Provenance
from assemblier.sources.locking import exclusive
from assemblier.sources.store import default_folder
from assemblier.territory import index
from assemblier.travel.engine import Engine, points_of
from assemblier.travel.roads.arrays_folder import (
    DamagedError,
    read_about,
    read_arrays,
    write_arrays,
)
from assemblier.travel.times import TravelTimes

FOLDER = "trajets"


class KeyedEngine(Engine, Protocol):
    """An engine whose minutes have a fingerprint."""

    @property
    def key(self) -> str:
        """Two engines with one key give the same minutes."""

    @property
    def method(self) -> str:
        """The method, as the reader sees it."""

    @property
    def provenance(self) -> Provenance:
        """Where the minutes come from."""


@dataclass(frozen=True, slots=True, eq=False)
class StoredEngine:
    """An engine that keeps what it finds.

    Attributes
    ----------
    engine
        Searches what is not kept.
    folder
        The data folder; that of the user by default.

    Always true
    -----------
    Minutes are those of the engine, kept or not.
    """

    engine: KeyedEngine
    folder: Path | None = None

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the minutes of the engine, searching only the places that are not kept.

        Parameters
        ----------
        homes, places
            Codes of the index.
        cutoff_minutes
            Pairs farther than that are not stored.
        """
        place = self._place(homes, cutoff_minutes)
        kept = _read(place)
        new = [code for code in dict.fromkeys(places) if kept is None or code not in kept.column]
        if kept is None or new:
            found = self.engine.times(homes, new, cutoff_minutes)
            kept = _joined(kept, found)
            self._write(place, kept, cutoff_minutes)
        columns = np.array([kept.column[code] for code in places], dtype=np.intp)
        return TravelTimes(
            tuple(homes),
            tuple(places),
            sp.csr_array(kept.minutes[:, columns]),
            cutoff_minutes,
            self.engine.method,
            kept.nature,
            self.engine.provenance,
        )

    def kept_places(self, homes: Sequence[str], cutoff_minutes: float) -> tuple[str, ...]:
        """Return the places already kept for these homes and this cutoff."""
        kept = _read(self._place(homes, cutoff_minutes))
        return tuple(kept.column) if kept else ()

    def _place(self, homes: Sequence[str], cutoff_minutes: float) -> Path:
        digest = hashlib.sha256(f"{self.engine.key}|{cutoff_minutes!r}|".encode())
        digest.update(",".join(homes).encode())
        digest.update(points_of(index().codes).tobytes())
        return _root(self.folder) / digest.hexdigest()[:32]

    def _write(self, place: Path, kept: "_Kept", cutoff_minutes: float) -> None:
        root = _root(self.folder)
        about = {
            "moteur": self.engine.key,
            "portee_minutes": cutoff_minutes,
            "lieux": list(kept.column),
            "departs": kept.minutes.shape[0],
            "nature": kept.nature.value,
            "methode": self.engine.method,
            "sources": [source.title for source in self.engine.provenance.sources],
        }
        # Where nothing can be written, nothing is kept and the answer is the same.
        with suppress(OSError), exclusive(root / "verrou"):
            aside = place.with_name(place.name + ".neuf")
            shutil.rmtree(aside, ignore_errors=True)
            write_arrays(aside, _arrays(kept.minutes), about)
            shutil.rmtree(place, ignore_errors=True)
            put_in_place(aside, place)


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """Minutes by home and place, the column of each place, and what kind of figures they are."""

    minutes: sp.csr_array
    column: dict[str, int]
    nature: Nature


def forget_matrices(folder: Path | None = None) -> None:
    """Remove every kept matrix: the network they came from is gone."""
    shutil.rmtree(_root(folder), ignore_errors=True)


def _root(folder: Path | None) -> Path:
    return (folder or default_folder()) / FOLDER


def _read(place: Path) -> _Kept | None:
    """Return what is kept; what is damaged is as if it were not there: it is searched again."""
    try:
        about = read_about(place)
        arrays = read_arrays(place)
        shape = (int(about["departs"]), len(about["lieux"]))
        minutes = sp.csr_array((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
        nature = Nature(about["nature"])
    except (DamagedError, KeyError, ValueError, OSError):
        return None
    return _Kept(minutes, {code: column for column, code in enumerate(about["lieux"])}, nature)


def _joined(kept: _Kept | None, found: TravelTimes) -> _Kept:
    if kept is None:
        column = {code: place for place, code in enumerate(found.places)}
        return _Kept(found.minutes, column, found.nature)
    column = dict(kept.column)
    column |= {code: len(column) + place for place, code in enumerate(found.places)}
    minutes = sp.csr_array(sp.hstack([kept.minutes, found.minutes], format="csr"))
    return _Kept(minutes, column, found.nature)


def _arrays(minutes: sp.csr_array) -> dict[str, Any]:
    return {"data": minutes.data, "indices": minutes.indices, "indptr": minutes.indptr}
