"""Importing files and folders: each recognised by its content, kept whole or refused whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from assemblier.errors import DataError, InputError, Problem
from assemblier.sources import archive, reading, registry, workbook
from assemblier.sources.advice import unknown
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.loading import UNDATED
from assemblier.sources.opening import explained
from assemblier.sources.report import ImportReport
from assemblier.sources.store import Entry, Origin, Store, origin_of

ARCHIVES = ("zip", "7z")
SHORT_SUM = 8


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
        The earlier imports that they took the place of; whether the table is the same.
    problems
        Why it was refused or is unknown.
    """

    name: str
    state: State
    title: str = ""
    report: ImportReport | None = None
    entries: tuple[Entry, ...] = ()
    replaced: tuple[tuple[Entry, bool], ...] = ()
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
    vintage: str = "",
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
    vintage
        The year or date of the files that do not say theirs.

    Yields
    ------
        One outcome a file; one a member for an archive.

    Always true
    -----------
    A file that is refused leaves the store as it was.
    """
    if progress:
        progress.total(len(files))
    where = _Where(store, context, recipe, vintage)
    for given in files:
        if progress:
            progress.step(given.path.name)
        yield from _import_one(given, where)
        workbook.release()


@dataclass(frozen=True)
class _Where:
    """What is the same for all the files of an import."""

    store: Store
    context: Context
    recipe: Layout | None
    vintage: str


def _import_one(given: Given, where: _Where) -> Iterator[Outcome]:
    name = str(given.path)
    try:
        sample = reading.sample(given.path)
    except DataError as error:
        state = State.REFUSED if given.is_named or where.recipe else State.UNKNOWN
        yield Outcome(name, state, problems=error.problems)
        return
    if sample.container in ARCHIVES:
        yield from _import_archive(given, sample, where)
    else:
        yield _import_sample(name, given.path, sample, given.is_named, where)


def _import_archive(given: Given, sample: Sample, where: _Where) -> Iterator[Outcome]:
    """Import the members of an archive; one that brings nothing is itself unknown."""
    brought = False
    try:
        for member in archive.members(given.path, sample):
            name = f"{given.path} » {member.name}"
            outcome = _import_member(name, member.path, where)
            brought = brought or outcome.state is not State.UNKNOWN
            yield outcome
    except DataError as error:
        state = State.REFUSED if given.is_named or brought else State.UNKNOWN
        yield Outcome(str(given.path), state, problems=error.problems)
        return
    if not brought and given.is_named:
        yield Outcome(str(given.path), State.REFUSED, problems=(unknown(given.path, sample),))


def _import_member(name: str, path: Path, where: _Where) -> Outcome:
    try:
        sample = reading.sample(path)
    except DataError as error:
        return Outcome(name, State.UNKNOWN, problems=_named(error, path, name))
    if sample.container in ARCHIVES:
        inner = Problem(
            name, "une archive dans une archive", "un fichier", "décompresser la première"
        )
        return Outcome(name, State.UNKNOWN, problems=(inner,))
    return _import_sample(name, path, sample, False, where)


def _import_sample(name: str, path: Path, sample: Sample, is_named: bool, where: _Where) -> Outcome:
    """Recognise, read and keep one file."""
    try:
        with explained(path):
            layout = where.recipe or registry.recognise(sample)
    except DataError as error:
        state = State.REFUSED if is_named else State.UNKNOWN
        return Outcome(name, state, problems=_named(error, path, name))
    if layout is None:
        state = State.REFUSED if is_named else State.UNKNOWN
        return Outcome(name, state, problems=(unknown(Path(name), sample),))
    title = f"{layout.title} ({layout.producer})"
    try:
        with explained(path):
            imported = layout.read(path, sample, where.context)
        return _kept(name, title, path, layout, imported, where)
    except DataError as error:
        return Outcome(name, State.REFUSED, title, problems=_named(error, path, name))


def _kept(
    name: str, title: str, path: Path, layout: Layout, imported: Imported, where: _Where
) -> Outcome:
    origin = origin_of(path, layout.key, name=name.replace("\\", "/").rpartition("/")[2])
    imported = _dated(imported, origin, where)
    before = {entry.identity: entry for entry in where.store.entries()}
    lot = where.store.put(imported, origin)
    replaced = tuple(
        (before[entry.identity], before[entry.identity].sha256 == entry.sha256)
        for entry in lot.entries
        if entry.identity in before
    )
    return Outcome(name, State.IMPORTED, title, lot.report, lot.entries, replaced)


def _dated(imported: Imported, origin: Origin, where: _Where) -> Imported:
    """Give the tables of a file without a date the one asked for, or one that is theirs alone.

    Two files that do not say their date are not two states of one: neither replaces the other.
    """
    if not any(one.vintage == UNDATED for one in imported.tables):
        return imported
    vintage = where.vintage or _own_vintage(imported, origin, where.store)
    tables = tuple(
        replace(one, vintage=vintage, source=replace(one.source, vintage=vintage))
        if one.vintage == UNDATED
        else one
        for one in imported.tables
    )
    if where.vintage:
        return replace(imported, tables=tables)
    note = "sans date : la donner avec --millesime (une année, ou 2026-03-15)"
    report = replace(imported.report, notes=(*imported.report.notes, note))
    return Imported(tables, report)


def _own_vintage(imported: Imported, origin: Origin, store: Store) -> str:
    """Return `UNDATED`, followed by the checksum where another file has already taken it."""
    keys = {one.source.key for one in imported.tables if one.vintage == UNDATED}
    others = {
        lot.origin.sha256
        for lot in store.lots()
        for entry in lot.entries
        if entry.source.key in keys and entry.vintage == UNDATED
    }
    is_alone = not others - {origin.sha256}
    return UNDATED if is_alone else f"{UNDATED} ({origin.sha256[:SHORT_SUM]})"


def _named(error: DataError, path: Path, name: str) -> tuple[Problem, ...]:
    """Name the file as the person gave it, where a problem names where it was taken out."""
    return tuple(
        Problem(one.where.replace(str(path), name), one.found, one.expected, one.action)
        for one in error.problems
    )
