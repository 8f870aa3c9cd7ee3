"""The sentences of the diagnosis, and numbers read back from tables."""

import re
from dataclasses import dataclass

from assemblier.errors import DataError, Problem
from assemblier.figures import Figure
from assemblier.french import MINUS


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding in words, with the figures it states."""

    text: str
    figures: tuple[Figure, ...] = ()


def read_number(text: str) -> float | None:
    """Read a number as tables print it: spaces, sign, dot or comma, percent.

    Returns
    -------
        The number, or None when the text is not one.

    Always true
    -----------
    What `french.number` writes is read back, rounded as it was written.

    Examples
    --------
    >>> read_number("6 928"), read_number("+ 4.5%"), read_number("\u22120,6 %"), read_number("n.d.")
    (6928.0, 4.5, -0.6, None)
    """
    bare = re.sub(r"[\s%+]", "", text).replace(MINUS, "-").replace(",", ".")
    return float(bare) if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


def required_number(text: str, where: str) -> float:
    """Read a number that must be there.

    Raises
    ------
    DataError
        When the text is not a number.

    Examples
    --------
    >>> required_number("36 000", "population")
    36000.0
    """
    value = read_number(text)
    if value is None:
        raise DataError([Problem(where, f"« {text} »", "un nombre", "corriger cette cellule")])
    return value
