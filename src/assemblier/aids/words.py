"""Numbers, days and choices inside the sentences of an answer."""

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assemblier.aids.inputs import Genre, Saisie

NARROW, NO_BREAK = "\u202f", "\u00a0"
UNKNOWN = "non précisé"
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
# In the singular these units say something else than a count.
_KEPT = ("€", "%", "rang", "année", "km")


def measure(value: float, unit: str) -> str:
    """Write a number and its unit, with the decimals it needs, two at most.

    Examples
    --------
    >>> measure(50_000, "€") == "50\u202f000\u00a0€", measure(2.5, "jours par semaine")
    (True, '2,5 jours par semaine')
    >>> measure(1, "jours par semaine") == "1 jour par semaine"
    True
    """
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    written = f"{rounded:,f}".replace(",", NARROW).replace(".", ",").replace("-", "\u2212")
    if unit.startswith("%"):
        return f"{written}{NARROW}{unit}"
    if unit.startswith("rang"):
        return written
    if abs(value) < 2 and not unit.startswith(_KEPT):
        first, _, rest = unit.partition(" ")
        unit = f"{first.removesuffix('s')} {rest}".strip()
    return f"{written}{NO_BREAK}{unit}" if unit else written


def day_text(day: dt.date) -> str:
    """Write a day.

    Examples
    --------
    >>> day_text(dt.date(2025, 10, 1)), day_text(dt.date(2019, 12, 31))
    ('1er octobre 2025', '31 décembre 2019')
    """
    return f"{'1er' if day.day == 1 else day.day} {_MONTHS[day.month - 1]} {day.year}"


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
        return measure(value, unit)
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
            return day_text(value)
    return saisie.label_of(value)
