"""A progress bar on the terminal, for what takes more than a moment."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assemblier.reports.production import Progress


class Bar:
    """A bar drawn by rich on the error stream, so that results stay alone on the output."""

    def __init__(self, title: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(title, total=None)
        self._done = -1

    def total(self, steps: int) -> None:
        """Say how many steps there are."""
        self._bar.update(self._task, total=steps)

    def step(self, what: str) -> None:
        """Say that a step begins; the one before is done."""
        self._done += 1
        self._bar.update(self._task, description=what, completed=self._done)

    def __enter__(self) -> "Bar":
        self._bar.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        self._bar.stop()


class Silence:
    """Progress nobody watches: the output is not a terminal."""

    def total(self, steps: int) -> None:
        """Ignore it."""

    def step(self, what: str) -> None:
        """Ignore it."""


@contextmanager
def progress(title: str) -> Iterator["Progress"]:
    """Show a bar where somebody watches a terminal, nothing otherwise."""
    if not sys.stderr.isatty():
        yield Silence()
        return
    with Bar(title) as bar:
        yield bar
