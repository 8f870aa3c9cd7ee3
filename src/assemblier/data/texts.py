"""The register of legal texts: those the elected officials' guide refers to, and their state.

A state is given with the day it was checked and what it was checked against; a text nobody
checked says so.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from urllib.parse import urlencode

from assemblier.data.facts import read_yaml, source
from assemblier.figures import Source

GUIDE = "guide-elus-2019"
LEGIFRANCE = "https://www.legifrance.gouv.fr/search/all"


class State(StrEnum):
    """What became of a text."""

    IN_FORCE = "en vigueur"
    CHANGED = "modifié"
    REPLACED = "remplacé"
    UNCHECKED = "non vérifié"


@dataclass(frozen=True, slots=True)
class LegalText:
    """One reference.

    Attributes
    ----------
    key
        ``"csp-l1434-4"``…
    reference
        As the guide writes it.
    subject
        What it rules.
    state
        See `State`.
    checked
        The day the state was checked, or None.
    checked_against
        What told the state, or empty.
    successor
        What changes or replaces it, or empty.
    source
        The guide, at the chapter that refers to it.
    address
        The search on Légifrance that gives the text in force.

    Always true
    -----------
    A state other than `State.UNCHECKED` has the day it was checked and against what.
    A text that is changed or replaced says by what.
    """

    key: str
    reference: str
    subject: str
    state: State
    checked: datetime.date | None
    checked_against: str
    successor: str
    source: Source
    address: str

    def __post_init__(self) -> None:
        is_checked = self.state is not State.UNCHECKED
        if is_checked != (self.checked is not None and bool(self.checked_against)):
            raise ValueError(f"{self.key} : un état se donne avec le jour et la preuve")
        if (self.state in (State.CHANGED, State.REPLACED)) != bool(self.successor):
            raise ValueError(f"{self.key} : dire ce qui modifie ou remplace ce texte")


@cache
def legal_texts() -> tuple[LegalText, ...]:
    """Return every text of the register, in the order of the guide.

    Examples
    --------
    >>> [text.state.value for text in legal_texts() if text.key == "csp-l1434-17"]
    ['remplacé']
    """
    return tuple(_text(entry) for entry in read_yaml("textes.yaml")["textes"])


def _text(entry: dict[str, Any]) -> LegalText:
    query = {"tab_selection": "all", "searchField": "ALL", "query": entry["recherche"]}
    return LegalText(
        key=entry["cle"],
        reference=entry["reference"],
        subject=entry["objet"],
        state=State(entry["etat"]),
        checked=entry.get("verifie_le"),
        checked_against=entry.get("d_apres", ""),
        successor=entry.get("suite", ""),
        source=source(GUIDE).at(entry["chapitre"]),
        address=f"{LEGIFRANCE}?{urlencode(query)}",
    )
