"""The zones of professionals, from the words of the acts and of CartoSanté.

« ZAR » (CartoSanté, in some regions only) is none of them: it is neither ZIP nor ZAC, and no
document source says that it is the « zone de vigilance » of the national method. A commune that is
in one has no zone of the catalogue; the word of the source is kept beside. Recipes do the same.
"""

import re

from assemblier.sources.layout import normalise

# Normalised words, in full → the zone of the catalogue.
_ZONES = {
    "zip": "ZIP",
    "zone d intervention prioritaire": "ZIP",
    "zone intervention prioritaire": "ZIP",
    "zip agir": "ZIP",
    "zac": "ZAC",
    "zone d action complementaire": "ZAC",
    "zone action complementaire": "ZAC",
    "zv": "ZV",
    "zone de vigilance": "ZV",
    "vigilance": "ZV",
    "hz": "HZ",
    "hors zone": "HZ",
    "hors zonage": "HZ",
    "hv": "HZ",
    "hors vivier": "HZ",
    "tres sous dotee": "tres_sous_dotee",
    "zone tres sous dotee": "tres_sous_dotee",
    "sous dotee": "sous_dotee",
    "zone sous dotee": "sous_dotee",
    "intermediaire": "intermediaire",
    "zone intermediaire": "intermediaire",
    "tres dotee": "tres_dotee",
    "zone tres dotee": "tres_dotee",
    "sur dotee": "sur_dotee",
    "surdotee": "sur_dotee",
    "zone sur dotee": "sur_dotee",
    "non prioritaire": "non_prioritaire",
    "zone non prioritaire": "non_prioritaire",
}


def zone_of(said: str) -> str | None:
    """Return the zone of a label, or None for a zone that is not in the catalogue.

    Examples
    --------
    >>> zone_of("1_ZIP"), zone_of("4_Tres_dotee"), zone_of("Zone de vigilance"), zone_of("4_ZAR")
    ('ZIP', 'tres_dotee', 'ZV', None)
    """
    plain = re.sub(r"^\d ", "", normalise(said))
    return _ZONES.get(plain)
