"""How numbers, units, dates and texts are written in French: the base every layer writes with.

Numbers take a decimal comma and a narrow no-break space between thousands (36 900 — 3,63);
a negative number takes the true minus sign; `; ? ! %` are preceded by a narrow no-break space,
`:` and the inside of « » by a no-break space.
"""

import datetime
import math
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

NARROW = "\u202f"
"""Narrow no-break space: before ; ? ! % and between thousands."""
NO_BREAK = "\u00a0"
"""No-break space: before `:` and `€`, inside « », between a number and its unit."""
MINUS = "\u2212"
UNKNOWN_SHORT = "n.d."
"""In a table cell or on a chart; the note under it says "n.d. : non disponible"."""

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

# After one of these words a unit is no longer what is counted: "habitants par médecin".
_LINK_WORDS = frozenset(("par", "pour", "de", "des", "du", "en", "sur", "sous", "à", "au", "et"))
_INVARIABLE = frozenset(("mois", "décès", "accès", "pays", "cas", "temps", "fois", "plus", "moins"))

_IRREGULAR = {"paramédicaux": "paramédical"}

_LEFT_ALONE = re.compile(r"(`[^`]*`|\b\w+://\S+|\bwww\.\S+|\S+@\S+\.\w+|\ue000)")
# One private character stands for what is left alone while the spaces around it are set.
_PLACE = "\ue000"
_SPACES = r"[ \u00a0\u202f]*"
_SOME_SPACE = r"[ \u00a0\u202f]+"


def number(value: float | None, decimals: int = 0) -> str:
    """Write a number as French readers expect it; halves are rounded away from zero.

    Parameters
    ----------
    value
        A finite number, or None (or NaN, from an array) when it is unknown.
    decimals
        How many decimals are written, 0 or more.

    Returns
    -------
        The number, or "n.d." for None.

    Always true
    -----------
    No ordinary space and no decimal point in the result, other than in "n.d.".
    Read back, the result is the value within half a unit of its last decimal.

    Examples
    --------
    >>> number(3.625, 2), number(-0.4), number(None)
    ('3,63', '0', 'n.d.')
    """
    if value is None or math.isnan(value):
        return UNKNOWN_SHORT
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole = f"{abs(rounded):,f}".replace(",", NARROW).replace(".", ",")
    return f"{MINUS}{whole}" if rounded < 0 else whole


def signed(value: float | None, decimals: int = 0) -> str:
    """Write a change: its sign always, none for what rounds to zero.

    Examples
    --------
    >>> signed(7), signed(3.74, 1), signed(0.01, 1)
    ('+7', '+3,7', '0,0')
    """
    written = number(value, decimals)
    is_gain = value is not None and value > 0 and any(digit in "123456789" for digit in written)
    return f"+{written}" if is_gain else written


def unit_text(value: float, unit: str) -> str:
    """Return the unit in the number of the value: singular strictly under 2, as French has it.

    Only what is counted changes: the words before the first "par", "pour", "de"…

    Examples
    --------
    >>> unit_text(0.9, "consultations par an"), unit_text(2.5, "consultations par an")
    ('consultation par an', 'consultations par an')
    >>> unit_text(0, "paramédicaux engagés")
    'paramédical engagé'
    """
    if abs(value) >= 2:
        return unit
    words = unit.split(" ")
    for place, word in enumerate(words):
        if word in _LINK_WORDS or word.startswith(("d'", "d’")):
            break
        if word in _IRREGULAR:
            words[place] = _IRREGULAR[word]
        elif word.endswith("s") and not word.endswith("ss") and word not in _INVARIABLE:
            words[place] = word[:-1]
    return " ".join(words)


_VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"


def of_name(name: str) -> str:
    """Write a name after « de »: elided before a vowel, one with its article.

    Examples
    --------
    >>> of_name("Aurec-sur-Loire"), of_name("Le Puy-en-Velay"), of_name("Brioude")
    ("d'Aurec-sur-Loire", 'du Puy-en-Velay', 'de Brioude')
    """
    for article, joined in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return f"{joined}{name.removeprefix(article)}"
    return f"d'{name}" if name[:1].lower() in _VOWELS else f"de {name}"


def at_name(name: str) -> str:
    """Write a name after « à », its article joined.

    Examples
    --------
    >>> at_name("Aurec-sur-Loire"), at_name("Le Puy-en-Velay"), at_name("Les Estables")
    ('à Aurec-sur-Loire', 'au Puy-en-Velay', 'aux Estables')
    """
    for article, joined in (("Le ", "au "), ("Les ", "aux ")):
        if name.startswith(article):
            return f"{joined}{name.removeprefix(article)}"
    return f"à {name}"


def date_text(date: datetime.date) -> str:
    """Write a date.

    Examples
    --------
    >>> date_text(datetime.date(2023, 3, 9)), date_text(datetime.date(2023, 1, 1))
    ('9 mars 2023', '1er janvier 2023')
    """
    day = "1er" if date.day == 1 else str(date.day)
    return f"{day} {MONTHS[date.month - 1]} {date.year}"


@lru_cache(maxsize=50_000)  # a report sets the same words in every format
def french_spaces(text: str) -> str:
    """Set the no-break spaces of French typography in a text.

    Web and mail addresses, `code` between backquotes, times (14:30) and perimeters
    (departement:43) are left alone.

    Always true
    -----------
    Applied twice, it gives what it gives once.
    Only spaces change: the other characters keep their order.

    Examples
    --------
    >>> french_spaces("Qui soigne ?") == "Qui soigne\u202f?"
    True
    """
    kept = iter(_LEFT_ALONE.findall(text))
    spaced = _set_spaces(_LEFT_ALONE.sub(_PLACE, text))
    return re.sub(_PLACE, lambda _: next(kept), spaced)


def _thousands(match: re.Match[str]) -> str:
    return re.sub(_SOME_SPACE, NARROW, match.group())


_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"«{_SPACES}(?=\S)"), f"«{NO_BREAK}"),
    (re.compile(rf"(?<=\S){_SPACES}»"), f"{NO_BREAK}»"),
    (re.compile(rf"(?<![\d,.])\d{{1,3}}(?:{_SOME_SPACE}\d{{3}})+(?!\d)"), _thousands),
    (re.compile(rf"(?<=[\w»)\]…%€\"”]){_SPACES}([;?!]+)(?=[\s»)\]]|$)"), rf"{NARROW}\1"),
    (re.compile(rf"(?<=\S){_SOME_SPACE}([;?!])"), rf"{NARROW}\1"),
    (re.compile(rf"(?<=\d){_SPACES}([%‰])"), rf"{NARROW}\1"),
    (re.compile(rf"(?<=\S){_SOME_SPACE}([%‰])"), rf"{NARROW}\1"),
    (re.compile(rf"(?<=\[\d){NARROW}; (?=\d)"), f"{NARROW};{NO_BREAK}"),
    (re.compile(rf"(?<=\[\d,\d){NARROW}; (?=\d)"), f"{NARROW};{NO_BREAK}"),
    (re.compile(rf"(?<=\d){_SOME_SPACE}(?=€)"), NO_BREAK),
    (re.compile(rf"(?<=\S){_SOME_SPACE}:"), f"{NO_BREAK}:"),
    (re.compile(r"(?<=[\w»)\]…]):(?=\s)"), f"{NO_BREAK}:"),
)


def _set_spaces(text: str) -> str:
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
