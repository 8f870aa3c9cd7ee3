"""What the documents sources print: figures, tables and texts, each with its page.

The words, the numbers and the cells are those of the document, errors included: a note says what
is wrong with them, nothing is corrected. See ``faits/documents/*.yaml``.
"""

import difflib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from assemblier.data.facts import FOLDER, read_yaml, source
from assemblier.figures import Figure, Nature, Provenance, Source

Kind: TypeAlias = Literal["figures", "tables", "texts"]
Entry: TypeAlias = tuple[Source, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CitedTable:
    """A table as a document prints it.

    Attributes
    ----------
    columns, rows
        Every cell is the printed text (``"6 928"``, ``"+ 3,7%"``); an empty cell is empty.
    vintage
        The date the table describes.
    source
        The document, at its page.
    note
        What the reader must know; empty if nothing.

    Always true
    -----------
    Every row has one cell per column.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    vintage: str
    source: Source
    note: str = ""

    def cell(self, row: str, column: int = 1) -> str:
        """Return one cell by the first cell of its row; LookupError when there is none."""
        for cells in self.rows:
            if cells[0] == row:
                return cells[column]
        raise LookupError(f"{self.key} : pas de ligne « {row} »")


@dataclass(frozen=True, slots=True)
class CitedPart:
    """A titled part of a text, with its list."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedText:
    """A text as a document prints it: a title, a sentence, a list, titled parts.

    Attributes
    ----------
    title
        A title, or the words that name the passage.
    text, items, parts
        The passage; what it does not have is empty.
    source
        The document, at its page.
    note
        What the reader must know; empty if nothing.
    """

    key: str
    title: str
    text: str
    items: tuple[str, ...]
    parts: tuple[CitedPart, ...]
    source: Source
    note: str = ""


def cited(key: str) -> Figure:
    """Return a figure somebody printed: its page in its source, its date in its vintage.

    A figure whose document does not say which date it describes has the date of the document.

    Raises
    ------
    LookupError
        When no figure has this key; close keys are listed.

    Examples
    --------
    >>> cited("densite_generalistes_43").value
    8.7
    """
    origin, entry = _entry("figures", key)
    return Figure(
        label=entry["label"],
        value=float(entry["value"]),
        unit=entry["unit"],
        nature=Nature.CITE,
        vintage=entry.get("vintage", origin.vintage),
        provenance=Provenance(sources=(origin,)),
        decimals=entry.get("decimals", 0),
        note=entry.get("note", ""),
    )


def cited_table(key: str) -> CitedTable:
    """Return a table somebody printed.

    Raises
    ------
    LookupError
        When no table has this key; close keys are listed.

    Examples
    --------
    >>> cited_table("generalistes_flux").cell("Solde")
    '7'
    """
    origin, entry = _entry("tables", key)
    return CitedTable(
        key=key,
        title=entry["title"],
        columns=tuple(entry["columns"]),
        rows=tuple(tuple(row) for row in entry["rows"]),
        vintage=entry["vintage"],
        source=origin,
        note=entry.get("note", ""),
    )


def cited_text(key: str) -> CitedText:
    """Return a text somebody printed.

    Raises
    ------
    LookupError
        When no text has this key; close keys are listed.

    Examples
    --------
    >>> cited_text("zones_deficitaires").items
    ('Saugues', 'Mézenc', 'Langogne', 'Retournac')
    """
    origin, entry = _entry("texts", key)
    return CitedText(
        key=key,
        title=entry["title"],
        text=entry.get("text", ""),
        items=tuple(entry.get("items", ())),
        parts=tuple(
            CitedPart(part["title"], part.get("text", ""), tuple(part.get("items", ())))
            for part in entry.get("parts", ())
        ),
        source=origin,
        note=entry.get("note", ""),
    )


def keys(kind: Kind) -> tuple[str, ...]:
    """Return the keys of the figures, of the tables or of the texts, in reading order.

    Examples
    --------
    >>> "sas_reponses" in keys("texts")
    True
    """
    return tuple(_entries(kind))


def _entry(kind: Kind, key: str) -> Entry:
    entries = _entries(kind)
    if key not in entries:
        close = difflib.get_close_matches(key, entries, n=3, cutoff=0.5) or list(entries)
        raise LookupError(f"fait « {key} » inconnu ; faits proches : {', '.join(close)}")
    return entries[key]


@cache
def _entries(kind: Kind) -> dict[str, Entry]:
    """Read every document: key to its source at the page, and its content."""
    found: dict[str, Entry] = {}
    for name, document in _documents().items():
        origin = source(document["source"])
        for key, entry in document[kind].items():
            if key in found:
                raise ValueError(f"{name} : clé « {key} » déjà employée")
            found[key] = (origin.at(f"page {entry['page']}"), entry)
    return found


@cache
def _documents() -> dict[str, Any]:
    names = sorted(path.name for path in (FOLDER / "documents").glob("*.yaml"))
    # The presentation before the guide: reading order.
    ordered = sorted(names, key=lambda name: not name.startswith("panorama"))
    return {name: read_yaml(f"documents/{name}") for name in ordered}
