"""The road network of this machine: built once from an extract, then mapped in memory.

    DONNEES/routes/000002/reseau.json, graphe/*.npy, contraction/*.npy

A build is prepared aside, step by step, under the fingerprint of what it is made of: interrupted,
it goes on from the last step that ended. One rename puts it in place; until then the network that
was there serves.
"""

import datetime
import json
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from assemblier.durable import explained, put_in_place, replace_file
from assemblier.errors import DataError, Problem, UnavailableError
from assemblier.sources.locking import exclusive
from assemblier.sources.store import VARIABLE, default_folder
from assemblier.travel.roads.arrays_folder import (
    DamagedError,
    damages,
    read_about,
    read_arrays,
    write_arrays,
)
from assemblier.travel.roads.contraction import Contracted, contract
from assemblier.travel.roads.extract import file_key
from assemblier.travel.roads.graph import RoadGraph, RoadSource
from assemblier.travel.roads.profile import Profile
from assemblier.travel.roads.reading import Nobody, Progress, ReadingReport, read_pbf

FORMAT = 1
"""Changes when the reading or the contraction does: a network of another version is built again."""

NETWORK = "reseau.json"
GRAPH, CONTRACTION = "graphe", "contraction"
SNAPPED = "mairies"
"""Folder, beside the network, of the place of each town hall on its road."""

BUILD = "assemblier routes construire FICHIER.osm.pbf"
MISSING = f"un extrait OpenStreetMap de votre région : « {BUILD} »"

Held = TypeVar("Held", RoadGraph, Contracted)


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The roads of an extract, ready to be searched.

    Attributes
    ----------
    graph, contracted
        Every point of every road; the junctions only.
    report
        What the reading kept and left out.
    profile_texts
        The speeds and the times lost, in French, for a `Provenance`.
    key
        Fingerprint of the extract, of the profile and of the way of reading: minutes computed on
        two networks with one key are the same.
    built_on
        The day, in UTC.
    """

    graph: RoadGraph
    contracted: Contracted
    report: ReadingReport
    profile_texts: tuple[str, ...]
    key: str
    built_on: datetime.date


class RoadStore:
    """The road network of a data folder; at most one is in force.

    Always true
    -----------
    Whenever a build is killed, the network that was in force is still there, whole.
    A build that starts again after an interruption gives the network an uninterrupted one gives.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or default_folder()) / "routes"
        self._aside = self.folder / "preparation"

    def build(self, extract: Path, profile: Profile, progress: Progress | None = None) -> Network:
        """Build the network of an extract; the one before is replaced when all is ready.

        Parameters
        ----------
        extract
            An ``.osm.pbf`` file.
        profile
            How fast one drives where.
        progress
            Told of each step.

        Raises
        ------
        DataError
            When the extract cannot be used: nothing then changes.
        OutputError
            When the network cannot be written.
        """
        watcher = progress or Nobody()
        watcher.step("Vérification de l'extrait")
        key = network_key(file_key(extract), profile)
        with exclusive(self.folder / "verrou"), self._explained():
            draft = self._draft(key)
            try:
                self._prepare(draft, extract, profile, key, watcher)
            except DataError:
                shutil.rmtree(draft, ignore_errors=True)
                raise
            placed = self.folder / f"{1 + self._last_number():06d}"
            put_in_place(draft, placed)
            self._remove_others(placed)
        return self.network()

    def network(self) -> Network:
        """Return the network in force, memory-mapped.

        Raises
        ------
        UnavailableError
            When none was built.
        DataError
            When its files were damaged.
        """
        folder = self._in_force()
        if folder is None:
            raise UnavailableError("temps de trajet par la route", MISSING)
        try:
            return _read_network(folder)
        except DamagedError as error:
            raise DataError([_damaged(folder, str(error))]) from error

    def is_present(self) -> bool:
        """Return whether a network was built."""
        return self._in_force() is not None

    def forget(self) -> bool:
        """Remove the network, and what an interrupted build left; return whether one was there."""
        with exclusive(self.folder / "verrou"), self._explained():
            was_there = self._in_force() is not None
            self._remove_others(None)
            for left in (self._aside, self.folder / SNAPPED):
                shutil.rmtree(left, ignore_errors=True)
        return was_there

    def check(self) -> list[Problem]:
        """Return everything that is wrong in the network, every byte read again."""
        folder = self._in_force()
        if folder is None:
            return []
        found = [
            _damaged(folder / part, damage)
            for part in (GRAPH, CONTRACTION)
            for damage in damages(folder / part)
        ]
        try:
            _read_network(folder)
        except DamagedError as error:
            found.append(_damaged(folder, str(error)))
        return found

    def _explained(self) -> AbstractContextManager[None]:
        return explained(
            self.folder,
            "libérer de la place ou choisir un autre dossier avec la variable "
            f"{VARIABLE} ; le réseau précédent est intact",
        )

    def _folders(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if path.name.isdigit())
        except FileNotFoundError:
            return []

    def _in_force(self) -> Path | None:
        folders = self._folders()
        return folders[-1] if folders else None

    def _last_number(self) -> int:
        folder = self._in_force()
        return int(folder.name) if folder else 0

    def _draft(self, key: str) -> Path:
        """Return where a build is prepared; what another build left there is removed."""
        draft = self._aside / key
        draft.mkdir(parents=True, exist_ok=True)
        for other in self._aside.iterdir():
            if other != draft:
                shutil.rmtree(other, ignore_errors=True)
        return draft

    def _prepare(
        self, draft: Path, extract: Path, profile: Profile, key: str, watcher: Progress
    ) -> None:
        """Do the steps that are not done yet."""
        if not _is_whole(draft / GRAPH):
            graph, report = read_pbf(extract, profile, watcher)
            watcher.step("Écriture du graphe")
            about = {"source": _plain(graph.source), "rapport": _plain(report)}
            _write_step(draft / GRAPH, graph, about)
        if not _is_whole(draft / CONTRACTION):
            watcher.step("Contraction")
            contracted = contract(_read_graph(draft / GRAPH))
            _write_step(draft / CONTRACTION, contracted, {})
        network = {
            "format": FORMAT,
            "cle": key,
            "construit_le": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "profil": list(profile.as_texts()),
        }
        text = json.dumps(network, ensure_ascii=False, indent=1) + "\n"
        replace_file(draft / NETWORK, text.encode())

    def _remove_others(self, kept: Path | None) -> None:
        """Take networks out of sight at once, then delete their files."""
        self._aside.mkdir(parents=True, exist_ok=True)
        for folder in self._folders():
            if folder != kept:
                gone = self._aside / f"retrait-{folder.name}"
                shutil.rmtree(gone, ignore_errors=True)
                put_in_place(folder, gone)
                shutil.rmtree(gone, ignore_errors=True)


def network_key(extract_sha256: str, profile: Profile) -> str:
    """Return the fingerprint of the network of an extract."""
    return f"{FORMAT}-{extract_sha256[:24]}-{profile.key}"


def _read_network(folder: Path) -> Network:
    try:
        said = json.loads((folder / NETWORK).read_bytes())
        if said["format"] != FORMAT:
            raise DamagedError("réseau d'une autre version d'Assemblier")
        return Network(
            _read_graph(folder / GRAPH),
            Contracted(**read_arrays(folder / CONTRACTION)),
            ReadingReport(**read_about(folder / GRAPH)["rapport"]),
            tuple(said["profil"]),
            said["cle"],
            datetime.date.fromisoformat(said["construit_le"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(f"{NETWORK} absent ou illisible") from error


def _read_graph(folder: Path) -> RoadGraph:
    source = RoadSource(**read_about(folder)["source"])
    return RoadGraph(**read_arrays(folder), source=source)


def _write_step(folder: Path, held: Held, about: Mapping[str, Any]) -> None:
    """Write the arrays of a value as one step of a build."""
    shutil.rmtree(folder, ignore_errors=True)
    values = {one.name: getattr(held, one.name) for one in fields(held)}
    arrays = {name: value for name, value in values.items() if isinstance(value, np.ndarray)}
    write_arrays(folder, arrays, about)


def _is_whole(folder: Path) -> bool:
    """Return whether a step of a build ended."""
    try:
        read_arrays(folder)
    except DamagedError:
        return False
    return True


def _plain(value: RoadSource | ReadingReport) -> dict[str, Any]:
    return asdict(value)


def _damaged(folder: Path, found: str) -> Problem:
    return Problem(
        str(folder), found, "le réseau tel qu'il a été construit", f"relancer « {BUILD} »"
    )
