"""What others have done without it being an aid to ask for: initiatives the guide of 2019 tells."""

from assemblier.aids.engine import Situations
from assemblier.aids.inputs import COLLECTIVITES
from assemblier.data.documents import CitedText, cited_text

_CENTRES = ("grenoble", "amplepuis", "port_la_nouvelle")
_OF_COLLECTIVITES = (
    *_CENTRES,
    "laval",
    "saint_nazaire",
    "saone_et_loire",
    "cher",
    "roanne",
    "drome",
    "lycees",
)
_OF_STRUCTURES = {"cds": _CENTRES, **dict.fromkeys(COLLECTIVITES, _OF_COLLECTIVITES)}
_OF_STATUSES = {"interne": ("cher", "roanne"), "retraite": ("laval",), "retraite_actif": ("laval",)}


def initiatives(situations: Situations, row: int = 0) -> tuple[CitedText, ...]:
    """Return the initiatives that concern who asks; a passage each, with its page.

    Examples
    --------
    >>> initiatives(Situations(1, {"statut": "retraite"}))[0].title
    'Des médecins retraités à Laval'
    """
    structure = situations.at("type_structure", row)
    names = _OF_STRUCTURES.get(structure) or _OF_STATUSES.get(situations.at("statut", row)) or ()
    return tuple(cited_text(f"initiative_{name}") for name in names)
