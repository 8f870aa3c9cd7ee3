"""Whom a commune asks for what, as the documents sources describe them."""

from dataclasses import dataclass
from functools import cache

from assemblier.data.facts import read_yaml, source
from assemblier.figures import Source


@dataclass(frozen=True, slots=True)
class Contact:
    """One interlocutor.

    Attributes
    ----------
    who
        In French, without anybody's name.
    what
        What to ask of them.
    source
        The document, at its chapter.
    """

    who: str
    what: str
    source: Source


@cache
def contacts() -> tuple[Contact, ...]:
    """Return the interlocutors of a commune, the first one to ask first.

    Examples
    --------
    >>> contacts()[0].who
    "Délégation départementale de l'ARS"
    """
    entries = read_yaml("interlocuteurs.yaml")["interlocuteurs"]
    return tuple(
        Contact(
            entry["qui"], " ".join(entry["quoi"].split()), source(entry["source"]).at(entry["page"])
        )
        for entry in entries
    )
