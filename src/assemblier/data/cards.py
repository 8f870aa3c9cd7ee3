"""The card of each source: what it covers, at which scale, with which limits, whom to ask."""

import difflib
from dataclasses import dataclass
from functools import cache
from typing import Any

from assemblier.data.documents import CitedText, cited_text
from assemblier.data.facts import read_yaml
from assemblier.data.reference import regions
from assemblier.errors import InputError, Problem
from assemblier.figures import Source


@dataclass(frozen=True, slots=True)
class Card:
    """One source.

    Attributes
    ----------
    key, title, producer
        As shown to people.
    covers
        What it tells.
    scales
        Kinds of territories it describes; empty when it depends on the table.
    limits
        What it does not tell, each said near what it is used for.
    contact, address
        Whom to ask, and the official page.
    refusal
        What is answered at a scale it does not have; empty for the ordinary answer.
    letter
        Key of the letter that asks for what it lacks, or empty.
    text
        What a document source says of it.
    prefixes
        Beginnings of the keys of its sources.
    """

    key: str
    title: str
    producer: str
    covers: str
    scales: tuple[str, ...]
    limits: tuple[str, ...]
    contact: str
    address: str
    refusal: str
    letter: str
    text: CitedText
    prefixes: tuple[str, ...]

    def answers(self, kind: str) -> bool:
        """Say whether the source describes a kind of territory."""
        return not self.scales or kind in self.scales


@cache
def cards() -> tuple[Card, ...]:
    """Return the card of every source, then that of the observatory of every région.

    Examples
    --------
    >>> [card.key for card in cards()][:3]
    ['drees', 'atlas-ordre', 'cdom']
    """
    return (*(_card(entry) for entry in read_yaml("fiches.yaml")["fiches"]), *_observatories())


def _card(entry: dict[str, Any]) -> Card:
    def text(name: str) -> str:
        return str(entry.get(name, ""))

    return Card(
        text("cle"),
        text("titre"),
        text("producteur"),
        text("couvre"),
        tuple(entry["echelles"]),
        tuple(entry["limites"]),
        text("contact"),
        text("adresse"),
        text("refus"),
        text("lettre"),
        cited_text(text("texte")),
        tuple(entry["cles"]),
    )


def _observatories() -> tuple[Card, ...]:
    """Return the card of the regional health observatory (ORS) of each région."""
    known = read_yaml("observatoires.yaml")
    federation, addresses = known["federation"], known["adresses"]
    directory = f"annuaire de la fédération : {federation['annuaire']}"
    return tuple(
        Card(
            f"ors-{code}",
            f"Observatoire régional de la santé {charniere} et SCORE-Santé",
            f"ORS {nom}",
            "état de santé, déterminants, inégalités de santé, accès aux soins",
            (),
            (
                "chaque observatoire publie ses propres tableaux : échelle et millésime varient",
                f"indicateurs comparables d'une région à l'autre sur {federation['donnees']}",
            ),
            f"l'ORS {nom} ({directory})",
            addresses.get(code, federation["annuaire"]),
            "",
            "",
            cited_text("source_ors"),
            (f"ors-{code}",),
        )
        for code, nom, charniere in regions().select("code_region", "nom", "charniere").iter_rows()
    )


def card(key: str) -> Card:
    """Return one card.

    Raises
    ------
    InputError
        When no card has this key; close ones are named.

    Examples
    --------
    >>> card("ors-84").title
    "Observatoire régional de la santé d'Auvergne-Rhône-Alpes et SCORE-Santé"
    """
    known = {one.key: one for one in cards()}
    if key not in known:
        near = difflib.get_close_matches(key, known, n=3, cutoff=0.4) or list(known)
        expected = f"l'une de : {', '.join(near)}"
        raise InputError([Problem("NOM", f"« {key} » inconnu", expected, "reprendre un nom")])
    return known[key]


def card_of(source: Source) -> Card | None:
    """Return the card of a source that a figure cites, or None where it has none."""
    return next((one for one in cards() if source.key.startswith(one.prefixes)), None)
