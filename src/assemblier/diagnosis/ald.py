"""Patients in ALD (affection de longue durée): shares of three territories and their gaps."""

from collections.abc import Mapping
from dataclasses import dataclass

from assemblier.diagnosis.wording import Sentence
from assemblier.figures import Figure, unavailable
from assemblier.french import french_spaces, number, signed

FILE = (
    "Cnam, Data pathologies ou extraction SNDS : part des bénéficiaires en ALD par intercommunalité"
)


@dataclass(frozen=True, slots=True)
class LongTermIllness:
    """The share of patients in ALD, beside that of its references.

    Attributes
    ----------
    share
        In % of the inhabitants.
    references
        The share of each reference, by name.
    gaps
        share − reference, in points, by name of the reference.
    """

    share: Figure
    references: Mapping[str, Figure]
    gaps: Mapping[str, Figure]


def long_term_illness(share: Figure, references: Mapping[str, Figure]) -> LongTermIllness:
    """Return the gaps, in points, between a share and its references.

    Parameters
    ----------
    share
        In %; not available where no source gives it.
    references
        Shares of the région, of the country, by name.

    Always true
    -----------
    Share minus gap is the reference; an unknown share makes the gap unknown, never zero.

    Examples
    --------
    >>> found = long_term_illness(Figure("ALD", 19.6, "%"), {"région": Figure("ALD", 16.1, "%")})
    >>> round(found.gaps["région"].value, 1)
    3.5
    """
    return LongTermIllness(
        share, dict(references), {name: _gap(share, other) for name, other in references.items()}
    )


def ald_sentence(found: LongTermIllness, place: str) -> Sentence:
    """Say the share and the gaps in points.

    Parameters
    ----------
    found
        The share and its references.
    place
        The territory, as it is said (``"en Haute-Loire"``).
    """
    if found.share.value is None:
        text = f"Part des patients en ALD {place} : non disponible ({found.share.missing})."
        return Sentence(french_spaces(text), (found.share,))
    parts = [
        f"{number(found.references[name].known_value(), 1)} % ({name}, "
        f"écart de {signed(gap.value, 1)} points)"
        for name, gap in found.gaps.items()
        if gap.value is not None
    ]
    against = f", contre {' et '.join(parts)}" if parts else ""
    text = f"{number(found.share.value, 1)} % des habitants sont en ALD {place}{against}."
    return Sentence(
        french_spaces(text), (found.share, *found.references.values(), *found.gaps.values())
    )


def _gap(share: Figure, reference: Figure) -> Figure:
    label = "écart"
    if share.value is None or reference.value is None:
        return unavailable(label, share.missing or reference.missing, "points")
    return Figure(
        label,
        share.value - reference.value,
        "points",
        vintage=share.vintage,
        provenance=share.provenance | reference.provenance,
        decimals=1,
    )
