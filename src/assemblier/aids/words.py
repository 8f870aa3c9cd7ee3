"""Numbers, amounts, days and choices inside the sentences of an answer."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from assemblier.aids.inputs import Genre, Saisie
from assemblier.french import NARROW, NO_BREAK, date_text

UNKNOWN = "non précisé"
# In the singular these units say something else than a count.
_KEPT = ("€", "%", "rang", "année", "km")


def measure(value: float, unit: str, decimals: int = 2) -> str:
    """Write a number and its unit, with the decimals it needs, two at most unless told.

    Examples
    --------
    >>> measure(50_000, "€") == "50\u202f000\u00a0€", measure(2.5, "jours par semaine")
    (True, '2,5 jours par semaine')
    >>> measure(1, "jours par semaine") == "1 jour par semaine"
    True
    """
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP).normalize()
    written = f"{rounded:,f}".replace(",", NARROW).replace(".", ",").replace("-", "\u2212")
    if unit.startswith("%"):
        return f"{written}{NARROW}{unit}"
    if unit.startswith("rang"):
        return written
    if abs(value) < 2 and not unit.startswith(_KEPT):
        first, _, rest = unit.partition(" ")
        unit = f"{first.removesuffix('s')} {rest}".strip()
    return f"{written}{NO_BREAK}{unit}" if unit else written


def euros(amount: Fraction | int) -> str:
    """Write an amount, with its cents where it has some.

    Examples
    --------
    >>> euros(Fraction(425)) == "425\u00a0€", euros(Fraction(100, 3)) == "33,33\u00a0€"
    (True, True)
    """
    cents = round(Fraction(amount) * 100)
    whole, rest = divmod(cents, 100)
    written = f"{whole:,}".replace(",", NARROW) + (f",{rest:02d}" if rest else "")
    return f"{written}{NO_BREAK}€"


def listed(words: Sequence[str], last: str = "et") -> str:
    """Write a list of words as a sentence does.

    Examples
    --------
    >>> listed(["ZIP", "ZAC"], "ou"), listed([])
    ('ZIP ou ZAC', '')
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def value_text(value: Any, unit: str) -> str:
    """Write the value of a parameter.

    Examples
    --------
    >>> value_text(("ZIP", "ZAC"), ""), value_text(True, "oui ou non")
    ('ZIP ou ZAC', 'oui')
    """
    if isinstance(value, tuple | list):
        return listed([value_text(one, unit) for one in value], "ou")
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return measure(value, unit, decimals=4)  # a rate of the law is never rounded
    return str(value).replace("_", " ")


def input_text(saisie: Saisie, value: Any) -> str:
    """Write what was said for an input; None is not said.

    Examples
    --------
    >>> from assemblier.aids.inputs import SAISIES
    >>> input_text(SAISIES[0], "sage_femme"), input_text(SAISIES[0], None)
    ('sage-femme', 'non précisé')
    """
    if value is None:
        return UNKNOWN
    match saisie.genre:
        case Genre.NOMBRE:
            return measure(float(value), saisie.unite)
        case Genre.DATE:
            return date_text(value)
    return saisie.label_of(value)
