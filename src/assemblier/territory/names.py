"""How names of places are compared: without case, accents, hyphens, apostrophes or articles."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

ARTICLES = frozenset(("le", "la", "les", "l", "aux", "las", "los"))
LINKS = frozenset(("de", "du", "des", "d", "la", "le", "les", "l"))
SHORT_WORDS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
EPCI_WORDS = (
    "communaute de communes",
    "communaute d agglomeration",
    "communaute urbaine",
    "agglomeration",
    "agglo",
    "metropole",
    "com com",
    "comcom",
    "cc",
    "ca",
    "cu",
)
CLOSE_ENOUGH = 72.0
"""Similarity (0 to 100) from which a name is suggested."""


@cache
def simplified(name: str) -> str:
    """Return a name in plain lower-case words, its article kept.

    Always true
    -----------
    Simplifying twice changes nothing more.

    Examples
    --------
    >>> simplified("Le Puy-en-Velay"), simplified("ST-ÉTIENNE")
    ('le puy en velay', 'saint etienne')
    """
    spelled = name.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    plain = unicodedata.normalize("NFKD", spelled)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", plain.casefold())
    return " ".join(SHORT_WORDS.get(word, word) for word in words)


def without_article(simple: str) -> str:
    """Return a simplified name without its leading article.

    Examples
    --------
    >>> without_article("le puy en velay")
    'puy en velay'
    """
    first, _, rest = simple.partition(" ")
    return rest if rest and first in ARTICLES else simple


def without_epci_words(simple: str) -> str:
    """Return the simplified name of an EPCI without its nature and the link after it.

    Examples
    --------
    >>> without_epci_words("communaute d agglomeration du puy en velay")
    'puy en velay'
    """
    for words in EPCI_WORDS:
        if simple.startswith(f"{words} "):
            simple = simple[len(words) + 1 :]
            break
    first, _, rest = simple.partition(" ")
    while rest and first in LINKS:
        simple = rest
        first, _, rest = simple.partition(" ")
    return simple


def nearest(
    name: str, known: Iterable[str], limit: int = 5, close: float = CLOSE_ENOUGH
) -> tuple[str, ...]:
    """Return the known simplified names most like a simplified name, best first.

    Names spelled nearly so come first, then names that hold every word of it.

    Parameters
    ----------
    name, known
        Simplified names.
    limit
        How many at most.
    close
        Similarity from which a name is near: less is enough where few names are known.

    Examples
    --------
    >>> nearest("haute loir", ["haute loire", "loire", "ain"])
    ('haute loire',)
    >>> nearest("lyon", ["lyon saint exupery en dauphine", "macon"])
    ('lyon saint exupery en dauphine',)
    """
    from rapidfuzz import fuzz, process

    choices = list(known)
    found = process.extract(name, choices, scorer=fuzz.ratio, limit=limit, score_cutoff=close)
    words = set(name.split())
    longer = (choice for choice in choices if words and words.issubset(choice.split()))
    return tuple(dict.fromkeys([*(choice for choice, _, _ in found), *longer]))[:limit]
