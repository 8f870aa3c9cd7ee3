"""A sheet of rows: what is entered, what is computed from it, and how sure each is."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from assemblier.figures import Confidence, Nature, Source
from assemblier.projects.expressions import Expression, Place, UnknownError

Changes: TypeAlias = Mapping[Place, Fraction | None]
Values: TypeAlias = Mapping[Place, Fraction | None]
"""Every cell; None is unknown."""


@dataclass(frozen=True)
class Row:
    """One line: a number (or one a year) that is entered, or computed by a formula.

    Attributes
    ----------
    key
        Identifier, unique in its calculation.
    label, unit
        In French.
    cells
        One per column of its block: a number, None (not known) or a formula.
    decimals
        How many are shown.
    origin
        Where an entry comes from: the user's answer, a parameter with its text, a hypothesis.
    confidence
        Of an entry; what is computed from it is no surer.
    low, high
        Between which numbers an entry may lie, or None where it is not moved.
    source
        The document an entry was read in, if one was.
    nature
        Of an entry that nobody printed: an answer, a supposition, what is computed beforehand.
    """

    key: str
    label: str
    unit: str
    cells: tuple[Fraction | Expression | None, ...]
    decimals: int = 0
    origin: str = ""
    confidence: Confidence = Confidence.CONFIRME
    low: Fraction | None = None
    high: Fraction | None = None
    source: Source | None = None
    nature: Nature | None = None

    @property
    def is_entry(self) -> bool:
        """Whether it holds numbers rather than formulas."""
        return not any(isinstance(cell, Expression) for cell in self.cells)

    @property
    def is_ranged(self) -> bool:
        """Whether it is moved between two numbers to see what the result becomes."""
        return self.low is not None and self.high is not None and self.low < self.high


@dataclass(frozen=True)
class Block:
    """Rows under one title, with the same columns: one value, or one a year."""

    title: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ("Valeur",)

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{row.key} : {len(row.cells)} cellules, {len(self.columns)}")


@dataclass(frozen=True)
class Calculation:
    """Blocks of rows; a formula may name any row of any block.

    A row of one column answers in every column.

    Always true
    -----------
    A value is unknown exactly when an entry it depends on is unknown, or when nothing answers.
    The same calculation gives the same values; changes leave it as it was.
    """

    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        keys = [row.key for row in self.rows()]
        if len(keys) != len(set(keys)):
            raise ValueError("deux lignes ont la même clé")
        for row, column, cell in self._formulas():
            for key, _ in cell.places(column):
                if key not in self.row_of:
                    raise ValueError(f"{row.key} : ligne inconnue {key}")

    def rows(self) -> Iterator[Row]:
        """Yield every row, in order."""
        for block in self.blocks:
            yield from block.rows

    def _formulas(self) -> Iterator[tuple[Row, int, Expression]]:
        for row in self.rows():
            for column, cell in enumerate(row.cells):
                if isinstance(cell, Expression):
                    yield row, column, cell

    @cached_property
    def row_of(self) -> Mapping[str, Row]:
        """Return each row by its key."""
        return {row.key: row for row in self.rows()}

    def place(self, asked: Place) -> Place:
        """Return the cell that answers: a row of one column answers in every column."""
        key, column = asked
        return key, 0 if len(self.row_of[key].cells) == 1 else column

    def values(self, changes: Changes | None = None) -> Values:
        """Return every cell, some entries being changed; None is unknown."""
        changed = {self.place(place): value for place, value in (changes or {}).items()}
        found: dict[Place, Fraction | None] = {}

        def known(asked: Place) -> Fraction:
            value = compute(self.place(asked))
            if value is None:
                raise UnknownError
            return value

        def compute(place: Place) -> Fraction | None:
            if place not in found:
                cell = changed.get(place, self.row_of[place[0]].cells[place[1]])
                found[place] = self._result(cell, place[1], known)
            return found[place]

        for row in self.rows():
            for column in range(len(row.cells)):
                compute((row.key, column))
        return found

    @staticmethod
    def _result(
        cell: Fraction | Expression | None, column: int, known: Callable[[Place], Fraction]
    ) -> Fraction | None:
        if not isinstance(cell, Expression):
            return cell
        try:
            for place in cell.places(column):
                known(place)
            return cell.value(known, column)
        except UnknownError:
            return None

    @cached_property
    def central(self) -> Values:
        """Return every cell as entered."""
        return self.values()

    def value(self, key: str, column: int = 0) -> Fraction | None:
        """Return one cell."""
        return self.central[self.place((key, column))]

    def entries_of(self, asked: Place) -> tuple[Row, ...]:
        """Return the entries a cell depends on, each once, nearest first."""
        found: dict[str, Row] = {}
        seen: set[Place] = set()
        waiting = [self.place(asked)]
        while waiting:
            place = waiting.pop(0)
            if place in seen:
                continue
            seen.add(place)
            row = self.row_of[place[0]]
            cell = row.cells[place[1]]
            if isinstance(cell, Expression):
                waiting += [self.place(one) for one in cell.places(place[1])]
            else:
                found.setdefault(row.key, row)
        return tuple(found.values())

    def formula(self, key: str, column: int = 0) -> str:
        """Return the formula of a row in words; empty for an entry."""
        cell = self.row_of[key].cells[column]
        return cell.words(self.label) if isinstance(cell, Expression) else ""

    def label(self, key: str) -> str:
        """Return the label of a row."""
        return self.row_of[key].label
