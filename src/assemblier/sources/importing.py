"""Importing files and folders: each recognised by its content, kept whole or refused whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from assemblier.errors import DataError, InputError, Problem
from assemblier.sources import archive, reading, registry, workbook
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.opening import explained
from assemblier.sources.report import ImportReport
from assemblier.sources.store import Entry, Store, origin_of

ARCHIVES = ("zip", "7z")


class State(StrEnum):
    """What became of a file."""

    IMPORTED = "importé"
    UNKNOWN = "non reconnu"
    REFUSED = "refusé"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with one file.

    Attributes
    ----------
    name
        The path as given, ``"archive.zip » membre.csv"`` inside an archive.
    state
        See `State`.
    title
        The layout, ``"communes (Insee)"``, or empty where it is unknown.
    report
        The account of its rows, when it was imported.
    entries
        The tables it brought.
    replaced
        Those of them that took the place of an earlier import.
    problems
        Why it was refused or is unknown.
    """

    name: str
    state: State
    title: str = ""
    report: ImportReport | None = None
    entries: tuple[Entry, ...] = ()
    replaced: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()


class Progress(Protocol):
    """What a long import tells as it goes."""

    def total(self, steps: int) -> None:
        """Say how many files there are."""

    def step(self, what: str) -> None:
        """Say that a file begins."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file to import; `is_named` when it was given itself, not found in a folder."""

    path: Path
    is_named: bool


def files_of(paths: Sequence[Path]) -> tuple[Given, ...]:
    """Return the files of paths; a folder is walked, in alphabetical order.

    Hidden files are left out; links to folders are not followed.

    Raises
    ------
    InputError
        Naming every path that does not exist.
    """
    problems = [
        Problem(str(path), "introuvable", "un fichier ou un dossier", "vérifier le chemin")
        for path in paths
        if not path.exists()
    ]
    if problems:
        raise InputError(problems)
    found: dict[Path, Given] = {}
    for path in paths:
        for file in _walked(path) if path.is_dir() else [path]:
            found.setdefault(file, Given(file, is_named=not path.is_dir()))
    return tuple(found.values())


def _walked(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if archive.is_litter(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _walked(path)
        elif path.is_file():
            yield path


def import_files(
    files: Sequence[Given],
    store: Store,
    context: Context,
    recipe: Layout | None = None,
    progress: Progress | None = None,
) -> Iterator[Outcome]:
    """Import files one by one and yield what was done with each.

    Parameters
    ----------
    files
        From `files_of`.
    store
        Where the tables go.
    context
        The communes of today.
    recipe
        Reads every file in place of the official layouts.
    progress
        Told of each file.

    Yields
    ------
        One outcome a file; one a member for an archive.

    Always true
    -----------
    A file that is refused leaves the store as it was.
    """
    if progress:
        progress.total(len(files))
    for given in files:
        if progress:
            progress.step(given.path.name)
        yield from _import_one(given, store, context, recipe)
        workbook.release()


def _import_one(
    given: Given, store: Store, context: Context, recipe: Layout | None
) -> Iterator[Outcome]:
    name = str(given.path)
    try:
        sample = reading.sample(given.path)
    except DataError as error:
        state = State.REFUSED if given.is_named or recipe else State.UNKNOWN
        yield Outcome(name, state, problems=error.problems)
        return
    if sample.container in ARCHIVES:
        yield from _import_archive(given, sample, store, context, recipe)
    else:
        yield _import_sample(name, given.path, sample, given.is_named, store, context, recipe)


def _import_archive(
    given: Given, sample: Sample, store: Store, context: Context, recipe: Layout | None
) -> Iterator[Outcome]:
    """Import the members of an archive; one that brings nothing is itself unknown."""
    brought = False
    try:
        for member in archive.members(given.path, sample):
            name = f"{given.path} » {member.name}"
            outcome = _import_member(name, member.path, store, context, recipe)
            brought = brought or outcome.state is not State.UNKNOWN
            yield outcome
    except DataError as error:
        state = State.REFUSED if given.is_named or brought else State.UNKNOWN
        yield Outcome(str(given.path), state, problems=error.problems)
        return
    if not brought and given.is_named:
        yield Outcome(str(given.path), State.REFUSED, problems=(registry.unknown(given.path),))


def _import_member(
    name: str, path: Path, store: Store, context: Context, recipe: Layout | None
) -> Outcome:
    try:
        sample = reading.sample(path)
    except DataError as error:
        return Outcome(name, State.UNKNOWN, problems=_named(error, path, name))
    if sample.container in ARCHIVES:
        inner = Problem(
            name, "une archive dans une archive", "un fichier", "décompresser la première"
        )
        return Outcome(name, State.UNKNOWN, problems=(inner,))
    return _import_sample(name, path, sample, False, store, context, recipe)


def _import_sample(
    name: str,
    path: Path,
    sample: Sample,
    is_named: bool,
    store: Store,
    context: Context,
    recipe: Layout | None,
) -> Outcome:
    """Recognise, read and keep one file."""
    try:
        with explained(path):
            layout = recipe or registry.recognise(sample)
    except DataError as error:
        state = State.REFUSED if is_named else State.UNKNOWN
        return Outcome(name, state, problems=_named(error, path, name))
    if layout is None:
        state = State.REFUSED if is_named else State.UNKNOWN
        return Outcome(name, state, problems=(registry.unknown(Path(name)),))
    title = f"{layout.title} ({layout.producer})"
    try:
        with explained(path):
            imported = layout.read(path, sample, context)
        return _kept(name, title, path, layout, imported, store)
    except DataError as error:
        return Outcome(name, State.REFUSED, title, problems=_named(error, path, name))


def _kept(
    name: str, title: str, path: Path, layout: Layout, imported: Imported, store: Store
) -> Outcome:
    before = {entry.identity for entry in store.entries()}
    origin = origin_of(path, layout.key, name=name.replace("\\", "/").rpartition("/")[2])
    lot = store.put(imported, origin)
    replaced = tuple(entry for entry in lot.entries if entry.identity in before)
    return Outcome(name, State.IMPORTED, title, lot.report, lot.entries, replaced)


def _named(error: DataError, path: Path, name: str) -> tuple[Problem, ...]:
    """Name the file as the person gave it, where a problem names where it was taken out."""
    return tuple(
        Problem(one.where.replace(str(path), name), one.found, one.expected, one.action)
        for one in error.problems
    )
