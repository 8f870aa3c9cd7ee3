"""Numbers and spaces inside the sentences of the diagnosis, and numbers read back from tables."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assemblier.errors import DataError, Problem
from assemblier.figures import Figure

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A finding in words, with the figures it states."""

    text: str
    figures: tuple[Figure, ...] = ()


def number(value: float, decimals: int = 0) -> str:
    """Write a number with a decimal comma and narrow no-break spaces between thousands.

    Examples
    --------
    >>> number(3.2, 1), number(-36900.4) == "\u2212" + "36" + "\u202f" + "900"
    ('3,2', True)
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = f"{abs(rounded):,f}".replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{written}" if rounded < 0 else written


def signed(value: float, decimals: int = 0) -> str:
    """Write a change with its sign; none for what rounds to zero.

    Examples
    --------
    >>> signed(3.74, 1), signed(0.04, 1)
    ('+3,7', '0,0')
    """
    written = number(value, decimals)
    return f"+{written}" if value > 0 and re.search("[1-9]", written) else written


def spaced(text: str) -> str:
    """Turn the ordinary spaces of French punctuation into no-break ones.

    Examples
    --------
    >>> spaced("12 % : oui ; non") == "12\u202f%\u00a0: oui\u202f; non"
    True
    """
    text = re.sub(r" ([;?!%])", rf"{NARROW}\1", text)
    return re.sub(r" ([:»])|(?<=«) ", lambda found: NO_BREAK + (found[1] or ""), text)


def read_number(text: str) -> float | None:
    """Read a number as tables print it: spaces, sign, dot or comma, percent.

    Returns
    -------
        The number, or None when the text is not one.

    Always true
    -----------
    What `number` writes is read back, rounded as it was written.

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
