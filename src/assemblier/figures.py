"""A figure and where it comes from: the one value that travels from the engine to the page.

A figure is *cité* (somebody printed it: page and date), *calculé* (ours: inputs and method named),
*estimé* (calculé, with a parameter nobody has confirmed), *votre réponse* (the user said it) or
*non disponible* (and then it says which file would bring it). Unknown is never zero.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

_SENTENCE_END = re.compile(r"(?<=[.])\s+(?=[A-ZÀ-Ý])")


class Nature(StrEnum):
    """What kind of figure this is; the page shows each kind differently."""

    CITE = "cité"
    CALCULE = "calculé"
    ESTIME = "estimé"
    REPONSE = "votre réponse"
    """What the user answered, or the scenario they wrote: nobody printed it."""
    NON_DISPONIBLE = "non disponible"


class Confidence(StrEnum):
    """How sure the value is: read in its text, in a secondary source, or unconfirmed."""

    CONFIRME = "confirmé"
    SECONDAIRE = "source secondaire"
    NON_CONFIRME = "non confirmé"


@dataclass(frozen=True, slots=True)
class Source:
    """One document or file that figures come from.

    Attributes
    ----------
    key
        Short stable identifier, e.g. ``"drees-apl-mg"``; two sources with one key are one source.
    producer
        Who made it: ``"DREES"``, ``"Insee"``, ``"ARS et CPAM de Haute-Loire"``.
    title
        What it is called.
    vintage
        The year or date the data describe, as its producer writes it.
    licence
        Under which terms it is reused.
    published
        When it was published, in French (``"22 juillet 2026"``), or empty.
    page
        Where inside the document, e.g. ``"page 14"``, or empty.
    address
        Official page, or empty.
    note
        What a reader must know before using it (rounded, copied by a third party…).
    definition
        What is counted, where the source counts people or places; see `definitions_differ`.
    """

    key: str
    producer: str
    title: str
    vintage: str
    licence: str = "Licence Ouverte 2.0"
    published: str = ""
    page: str = ""
    address: str = ""
    note: str = ""
    definition: str = ""

    def at(self, page: str) -> "Source":
        """Return the same source, at a page of it."""
        return replace(self, page=page)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a result comes from: sources, method and the parameters that were used."""

    sources: tuple[Source, ...] = ()
    method: str = ""
    parameters: tuple[str, ...] = ()

    def __or__(self, other: "Provenance") -> "Provenance":
        """Return the union: sources and parameters of both, each once, in order of appearance."""
        return Provenance(
            sources=tuple(dict.fromkeys(self.sources + other.sources)),
            method=_joined(self.method, other.method),
            parameters=tuple(dict.fromkeys(self.parameters + other.parameters)),
        )


def _joined(method: str, other: str) -> str:
    # A method is one or more sentences: one that is already told is not told again.
    sentences = (*_SENTENCE_END.split(method), *_SENTENCE_END.split(other))
    return " ".join(dict.fromkeys(sentence for sentence in sentences if sentence))


NOWHERE = Provenance()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, its unit, its date and its provenance.

    Attributes
    ----------
    label
        What is measured, in French, without the place.
    value
        The number, or None when it is not available.
    unit
        In French, written after the number (``"%"``, ``"habitants"``,
        ``"pour 10 000 habitants"``), or empty.
    nature
        See `Nature`.
    vintage
        The date the figure describes, as written to the reader (``"2024"``,
        ``"30 septembre 2022"``).
    provenance
        Sources, method, parameters.
    decimals
        How many decimals are shown.
    numerator, denominator
        The two numbers of a ratio, when it is one.
    note
        What the reader must know; empty if nothing.
    missing
        For a figure not available: the file that would bring it.
    confidence
        See `Confidence`.

    Always true
    -----------
    `value` is None exactly when `nature` is `Nature.NON_DISPONIBLE`.
    A value is finite.
    A figure that is not available names what would bring it.
    """

    label: str
    value: float | None
    unit: str = ""
    nature: Nature = Nature.CALCULE
    vintage: str = ""
    provenance: Provenance = field(default=NOWHERE)
    decimals: int = 0
    numerator: "Figure | None" = None
    denominator: "Figure | None" = None
    note: str = ""
    missing: str = ""
    confidence: Confidence = Confidence.CONFIRME

    def __post_init__(self) -> None:
        if (self.value is None) != (self.nature is Nature.NON_DISPONIBLE):
            raise ValueError(f"{self.label} : une valeur inconnue est « non disponible »")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"{self.label} : {self.value} n'est pas un nombre fini")
        if self.value is None and not self.missing:
            raise ValueError(f"{self.label} : dire quel fichier apporterait ce chiffre")

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    def known_value(self) -> float:
        """Return the value; raises ValueError when it is not available."""
        if self.value is None:
            raise ValueError(f"{self.label} : non disponible ({self.missing})")
        return self.value


def unavailable(
    label: str, missing: str, unit: str = "", vintage: str = "", note: str = ""
) -> Figure:
    """Return a figure that is not available and says what would bring it.

    Examples
    --------
    >>> unavailable("patients sans médecin traitant", "extraction de la CPAM").is_known
    False
    """
    return Figure(
        label, None, unit, Nature.NON_DISPONIBLE, vintage=vintage, missing=missing, note=note
    )


def all_sources(figures: Iterable[Figure]) -> tuple[Source, ...]:
    """Return the sources of several figures and of their numerators, each once, in order."""
    seen: dict[Source, None] = {}
    for figure in figures:
        for part in (figure, figure.numerator, figure.denominator):
            if part is not None:
                seen.update(dict.fromkeys(part.provenance.sources))
    return tuple(seen)
