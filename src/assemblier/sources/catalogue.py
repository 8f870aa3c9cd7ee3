"""The catalogue of official documents: who publishes them, where, and what they make known."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assemblier.errors import InputError, Problem
from assemblier.sources.opening import MEBIBYTE
from assemblier.sources.store import Entry

CATALOGUE = Path(__file__).with_name("catalogue.yaml")
DEFAULT_MEBIBYTES = 200
SECONDARY = "source secondaire"
CONFIDENCES = ("confirmée", SECONDARY)


@dataclass(frozen=True, slots=True)
class DataGouv:
    """A file whose address changes: the latest of a data set whose address holds a pattern."""

    data_set: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Item:
    """One document.

    Attributes
    ----------
    key, title, producer, page, licence, vintage
        As shown to people.
    confidence
        How sure page, addresses and licence are: one of `CONFIDENCES`.
    layout
        Key of the layout that reads it, empty when none does yet.
    sources
        Beginnings of the source keys under which the store keeps its tables.
    addresses, data_gouv
        Where it is downloaded; none: on demand only.
    max_bytes, sha256
        Limits of the download.
    asked_from
        ``"cdom"``, ``"cpam"``, ``"ars"``, ``"agents"`` or empty.
    is_essential
        Downloaded when no name is given.
    blocks
        The figures that are not available without it, in French.
    """

    key: str
    title: str
    producer: str
    page: str
    licence: str
    vintage: str
    confidence: str
    layout: str
    sources: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    data_gouv: DataGouv | None = None
    max_bytes: int = DEFAULT_MEBIBYTES * MEBIBYTE
    sha256: str = ""
    asked_from: str = ""
    is_essential: bool = False
    blocks: tuple[str, ...] = ()

    @property
    def is_online(self) -> bool:
        """Whether it can be downloaded."""
        return bool(self.addresses or self.data_gouv)

    def found_in(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """Return the entries of the store that it brought."""
        return tuple(one for one in entries if one.source.key.startswith(self.sources or ("\0",)))


@cache
def catalogue() -> tuple[Item, ...]:
    """Return every document, in the order they are shown.

    Examples
    --------
    >>> [item.producer for item in catalogue() if item.key == "finess"]
    ['Agence du numérique en santé']
    """
    import yaml

    return tuple(_item(values) for values in yaml.safe_load(CATALOGUE.read_text(encoding="utf-8")))


def _item(values: dict[str, object]) -> Item:
    gouv = values.get("data_gouv")
    return Item(
        key=str(values["cle"]),
        title=str(values["titre"]),
        producer=str(values["producteur"]),
        page=str(values["page"]),
        licence=str(values["licence"]),
        vintage=str(values["millesime"]),
        confidence=str(values["confiance"]),
        layout=str(values["presentation"]),
        sources=_texts(values, "sources"),
        addresses=_texts(values, "adresses"),
        data_gouv=DataGouv(gouv["jeu"], gouv["motif"]) if isinstance(gouv, dict) else None,
        max_bytes=int(str(values.get("taille_mio", DEFAULT_MEBIBYTES))) * MEBIBYTE,
        sha256=str(values.get("sha256", "")),
        asked_from=str(values.get("demande", "")),
        is_essential=bool(values.get("essentiel", False)),
        blocks=_texts(values, "bloque"),
    )


def _texts(values: dict[str, object], key: str) -> tuple[str, ...]:
    written = values.get(key) or []
    return tuple(str(one) for one in written) if isinstance(written, list) else ()


def chosen(names: Sequence[str]) -> tuple[Item, ...]:
    """Return the documents to download: those named, or the essential ones.

    Raises
    ------
    InputError
        Naming every unknown document, and every one that is not online.
    """
    if not names:
        return tuple(item for item in catalogue() if item.is_essential)
    known = {item.key: item for item in catalogue()}
    problems = [_refused(name, known) for name in names]
    if any(problems):
        raise InputError([problem for problem in problems if problem])
    return tuple(dict.fromkeys(known[name] for name in names))


def _refused(name: str, known: dict[str, Item]) -> Problem | None:
    if name not in known:
        online = ", ".join(key for key, item in known.items() if item.is_online)
        return Problem("NOM", f"« {name} » inconnu", f"l'un de : {online}", "reprendre un nom")
    item = known[name]
    if item.is_online:
        return None
    action = f"le chercher sur {item.page}" if item.page else "remplir le tableur de l'offre"
    if item.asked_from in ("cdom", "cpam", "ars"):
        action += (
            f", ou écrire la demande : « assemblier modele lettre TERRITOIRE "
            f"--destinataire {item.asked_from} -o lettre.docx »"
        )
    found = f"« {name} » n'est pas à télécharger directement"
    return Problem("NOM", found, "un document en ligne", f"{action}, puis l'importer")
