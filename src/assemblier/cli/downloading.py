"""Downloading documents one after the other, with a bar, then importing each."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from assemblier.cli.sources_text import outcome_text
from assemblier.french import french_spaces
from assemblier.sources.catalogue import Item
from assemblier.sources.codes import todays_context
from assemblier.sources.download import (
    DownloadError,
    Fetched,
    Patience,
    Watcher,
    fetch,
    latest_address,
)
from assemblier.sources.importing import Given, State, import_files
from assemblier.sources.store import Store

TRANSIT = "transit"
"""Folder beside the tables where files stay while they come; nothing stays after the import."""


def download_items(
    items: Sequence[Item], store: Store, kept_in: Path | None, patience: Patience | None = None
) -> int:
    """Download and import documents; one that fails does not stop the others.

    Returns
    -------
        0 when all were imported, 2 otherwise.
    """
    folder = kept_in or store.folder / TRANSIT
    failures = [item.key for item in items if not _one(item, store, folder, kept_in, patience)]
    if failures:
        text = f"{len(failures)} sur {len(items)} non obtenus : {', '.join(failures)}"
        click.echo(french_spaces(text), err=True)
    return 2 if failures else 0


def _one(
    item: Item, store: Store, folder: Path, kept_in: Path | None, patience: Patience | None
) -> bool:
    try:
        with _watching(item.key) as watcher:
            got = _fetched(item, folder, patience, watcher)
    except DownloadError as error:
        click.echo(french_spaces(f"{item.key} : non obtenu\n  {error}"), err=True)
        return False
    try:
        return _imported(got, store)
    finally:
        if kept_in is None:
            got.path.unlink(missing_ok=True)


def _imported(got: Fetched, store: Store) -> bool:
    states = set()
    for outcome in import_files([Given(got.path, is_named=True)], store, todays_context()):
        states.add(outcome.state)
        click.echo(outcome_text(outcome), err=outcome.state is State.REFUSED)
    return State.IMPORTED in states and State.REFUSED not in states


def _fetched(
    item: Item, folder: Path, patience: Patience | None, watcher: Watcher | None
) -> Fetched:
    """Try each address of a document in turn; the last failure is told."""
    failure: DownloadError | None = None
    for address in _addresses(item, patience):
        target = folder / _file_name(item, address)
        try:
            return fetch(address, target, item.max_bytes, item.sha256, patience, watcher)
        except DownloadError as error:
            failure = error
    if failure is None:
        raise LookupError(f"{item.key} n'a pas d'adresse")
    raise failure


def _addresses(item: Item, patience: Patience | None) -> Iterator[str]:
    """Yield the addresses of a document; the latest of its data set first."""
    if item.data_gouv:
        try:
            with tempfile.TemporaryDirectory() as folder:
                yield latest_address(item.data_gouv, Path(folder), patience)
        except DownloadError:
            if not item.addresses:
                raise
    yield from item.addresses


def _file_name(item: Item, address: str) -> str:
    """Return a name that holds the one of the address: it often says the vintage."""
    last = address.split("?")[0].rstrip("/").rpartition("/")[2]
    safe = "".join(one if one.isalnum() or one in "._-" else "-" for one in last)
    return f"{item.key}-{safe[-100:]}"


@contextmanager
def _watching(name: str) -> Iterator[Watcher | None]:
    """Show a bar where somebody watches a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    with TransferBar(name) as bar:
        yield bar


class TransferBar:
    """A bar of bytes, drawn by rich on the error stream."""

    def __init__(self, name: str) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            DownloadColumn(binary_units=True),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(name, total=None)

    def received(self, done: int, total: int | None) -> None:
        """Show bytes received so far."""
        self._bar.update(self._task, completed=done, total=total)

    def __enter__(self) -> "TransferBar":
        self._bar.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        self._bar.stop()
