"""Formulas written once: computed exactly, said in words, live in the spreadsheet.

    ref("actes") * ref("tarif")        the same column (year) of two rows
    ref("garantie", 0)                 a given column
    total_of("subvention", 5)          every column of a row

A value that is not known makes what depends on it unknown, in the computation as in the
spreadsheet, where the cell then reads « non disponible ».
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

Place: TypeAlias = tuple[str, int]
"""A row and one of its columns."""
Number: TypeAlias = "Expression | Fraction | int"

_RANK = {"+": 1, "−": 1, "×": 2, "÷": 2}
_EXCEL = {"+": "+", "−": "-", "×": "*", "÷": "/"}


class UnknownError(Exception):
    """What is asked for has no value: an entry is missing, or nothing answers."""


class Expression:
    """A formula; `+ − × ÷` between formulas and numbers make others."""

    rank = 3

    def value(self, known: Callable[[Place], Fraction], column: int) -> Fraction:
        """Return the value in a column.

        Raises
        ------
        UnknownError
            When something it depends on is unknown, or when it divides by zero.
        """
        raise NotImplementedError

    def excel(self, cell: Callable[[Place], str], column: int) -> str:
        """Return the formula of the spreadsheet, without its equals sign."""
        raise NotImplementedError

    def words(self, label: Callable[[str], str]) -> str:
        """Return the formula as people read it."""
        raise NotImplementedError

    def places(self, column: int) -> Iterator[Place]:
        """Yield what it depends on directly."""
        raise NotImplementedError

    def __add__(self, other: Number) -> "Expression":
        return Binary("+", self, lift(other))

    def __radd__(self, other: Number) -> "Expression":
        return Binary("+", lift(other), self)

    def __sub__(self, other: Number) -> "Expression":
        return Binary("−", self, lift(other))

    def __rsub__(self, other: Number) -> "Expression":
        return Binary("−", lift(other), self)

    def __mul__(self, other: Number) -> "Expression":
        return Binary("×", self, lift(other))

    def __rmul__(self, other: Number) -> "Expression":
        return Binary("×", lift(other), self)

    def __truediv__(self, other: Number) -> "Expression":
        return Binary("÷", self, lift(other))


def lift(number: Number) -> Expression:
    """Return a number as a formula; a formula as it is."""
    return number if isinstance(number, Expression) else Constant(Fraction(number))


@dataclass(frozen=True, slots=True)
class Constant(Expression):
    """A number of the formula itself: 60 minutes an hour, 12 months a year."""

    number: Fraction

    def value(self, known: Callable[[Place], Fraction], column: int) -> Fraction:  # noqa: ARG002
        """Return the number."""
        return self.number

    def excel(self, cell: Callable[[Place], str], column: int) -> str:  # noqa: ARG002
        """Return the number, a fraction where its decimals have no end."""
        return excel_number(self.number)

    def words(self, label: Callable[[str], str]) -> str:  # noqa: ARG002
        """Return the number with a decimal comma."""
        return excel_number(self.number).replace(".", ",")

    def places(self, column: int) -> Iterator[Place]:  # noqa: ARG002
        """Yield nothing."""
        yield from ()


@dataclass(frozen=True, slots=True)
class Ref(Expression):
    """The value of another row: in the same column, or in a given one."""

    key: str
    at: int | None = None

    def _place(self, column: int) -> Place:
        return self.key, column if self.at is None else self.at

    def value(self, known: Callable[[Place], Fraction], column: int) -> Fraction:
        """Return the value of the row."""
        return known(self._place(column))

    def excel(self, cell: Callable[[Place], str], column: int) -> str:
        """Return the address of its cell."""
        return cell(self._place(column))

    def words(self, label: Callable[[str], str]) -> str:
        """Return the label of the row."""
        return label(self.key)

    def places(self, column: int) -> Iterator[Place]:
        """Yield the cell."""
        yield self._place(column)


@dataclass(frozen=True, slots=True)
class Binary(Expression):
    """Two formulas and the sign between them."""

    sign: str
    left: Expression
    right: Expression

    @property
    def rank(self) -> int:  # type: ignore[override]
        """Return how tightly the sign binds."""
        return _RANK[self.sign]

    def value(self, known: Callable[[Place], Fraction], column: int) -> Fraction:
        """Return the result; a division by zero is unknown."""
        left, right = self.left.value(known, column), self.right.value(known, column)
        match self.sign:
            case "+":
                return left + right
            case "−":
                return left - right
            case "×":
                return left * right
        if not right:
            raise UnknownError
        return left / right

    def excel(self, cell: Callable[[Place], str], column: int) -> str:
        """Return both sides, in parentheses where the sign binds tighter."""
        left, right = self._sides(lambda side: side.excel(cell, column))
        return f"{left}{_EXCEL[self.sign]}{right}"

    def words(self, label: Callable[[str], str]) -> str:
        """Return both sides with the sign between them."""
        left, right = self._sides(lambda side: side.words(label))
        return f"{left} {self.sign} {right}"

    def _sides(self, written: Callable[[Expression], str]) -> tuple[str, str]:
        left, right = written(self.left), written(self.right)
        if self.left.rank < self.rank:
            left = f"({left})"
        # What follows − or ÷ keeps its parentheses at the same rank.
        if self.right.rank < self.rank or (self.right.rank == self.rank and self.sign in "−÷"):
            right = f"({right})"
        return left, right

    def places(self, column: int) -> Iterator[Place]:
        """Yield what both sides depend on."""
        yield from self.left.places(column)
        yield from self.right.places(column)


def _roundup(parts: list[Fraction]) -> Fraction:
    return Fraction(-(-parts[0].numerator // parts[0].denominator))


_CALLS: dict[str, tuple[Callable[[list[Fraction]], Fraction], str, str]] = {
    "min": (min, "MIN({})", "le plus petit de ({})"),
    "max": (max, "MAX({})", "le plus grand de ({})"),
    "sum": (lambda parts: sum(parts, Fraction(0)), "SUM({})", "somme de ({})"),
    "up": (_roundup, "CEILING({},1)", "entier qui suit ({})"),
}


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """The smallest, the largest, the sum, the whole number above."""

    name: str
    parts: tuple[Expression, ...]

    def value(self, known: Callable[[Place], Fraction], column: int) -> Fraction:
        """Return the result."""
        return _CALLS[self.name][0]([part.value(known, column) for part in self.parts])

    def excel(self, cell: Callable[[Place], str], column: int) -> str:
        """Return the function of the spreadsheet."""
        return _CALLS[self.name][1].format(
            ",".join(part.excel(cell, column) for part in self.parts)
        )

    def words(self, label: Callable[[str], str]) -> str:
        """Return the function in words."""
        return _CALLS[self.name][2].format(" ; ".join(part.words(label) for part in self.parts))

    def places(self, column: int) -> Iterator[Place]:
        """Yield what its parts depend on."""
        for part in self.parts:
            yield from part.places(column)


@dataclass(frozen=True, slots=True)
class Choice(Expression):
    """One formula where a number is above zero, another where it is not."""

    test: Expression
    yes: Expression
    no: Expression

    def value(self, known: Callable[[Place], Fraction], column: int) -> Fraction:
        """Return the chosen branch, the other being left alone."""
        chosen = self.yes if self.test.value(known, column) > 0 else self.no
        return chosen.value(known, column)

    def excel(self, cell: Callable[[Place], str], column: int) -> str:
        """Return an IF."""
        test, yes, no = (part.excel(cell, column) for part in (self.test, self.yes, self.no))
        return f"IF({test}>0,{yes},{no})"

    def words(self, label: Callable[[str], str]) -> str:
        """Return both branches."""
        test, yes, no = (part.words(label) for part in (self.test, self.yes, self.no))
        return f"si {test} > 0 : {yes} ; sinon {no}"

    def places(self, column: int) -> Iterator[Place]:
        """Yield what the test and both branches depend on."""
        for part in (self.test, self.yes, self.no):
            yield from part.places(column)


@dataclass(frozen=True, slots=True)
class Nothing(Expression):
    """No answer exists: no number of doctors balances a centre that loses on each of them."""

    why: str

    def value(self, known: Callable[[Place], Fraction], column: int) -> Fraction:  # noqa: ARG002
        """Raise UnknownError."""
        raise UnknownError

    def excel(self, cell: Callable[[Place], str], column: int) -> str:  # noqa: ARG002
        """Return the error that the cell shows as « non disponible »."""
        return "NA()"

    def words(self, label: Callable[[str], str]) -> str:  # noqa: ARG002
        """Say why."""
        return self.why

    def places(self, column: int) -> Iterator[Place]:  # noqa: ARG002
        """Yield nothing."""
        yield from ()


def ref(key: str, at: int | None = None) -> Ref:
    """Return the value of a row."""
    return Ref(key, at)


def smallest(*parts: Number) -> Expression:
    """Return the smallest of several formulas."""
    return Call("min", tuple(lift(part) for part in parts))


def largest(*parts: Number) -> Expression:
    """Return the largest of several formulas."""
    return Call("max", tuple(lift(part) for part in parts))


def summed(*parts: Number) -> Expression:
    """Return the sum of several formulas; of none, zero."""
    return Call("sum", tuple(lift(part) for part in parts)) if parts else lift(0)


def total_of(key: str, columns: int) -> Expression:
    """Return the sum of the columns of a row."""
    return summed(*(Ref(key, column) for column in range(columns)))


def rounded_up(part: Number) -> Expression:
    """Return the whole number at or above a formula."""
    return Call("up", (lift(part),))


def where_positive(test: Number, yes: Number, no: Number) -> Expression:
    """Return one formula where a number is above zero, another where it is not."""
    return Choice(lift(test), lift(yes), lift(no))


def excel_number(number: Fraction) -> str:
    """Write a number exactly: decimals where they end, else a fraction.

    Examples
    --------
    >>> excel_number(Fraction(3, 4)), excel_number(Fraction(1, 3))
    ('0.75', '(1/3)')
    """
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"({number.numerator}/{number.denominator})"
    if number.denominator == 1:
        return str(number.numerator)
    digits = len(str(number.denominator)) * 4
    text = f"{number.numerator * 10**digits // number.denominator:0{digits + 1}d}"
    return f"{text[:-digits]}.{text[-digits:]}".rstrip("0")
