"""Which types of the equipment census are which profession: what the files themselves name.

The nomenclature changed with the base of 2024, and the file of counts holds codes alone. The file
of labels delivered beside it (`DS_BPE_2025_metadata.csv`) names them: only what it names is known.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assemblier.sources.layout import normalise
from assemblier.sources.stored import stored

if TYPE_CHECKING:
    import polars as pl

# Types of the base permanente des équipements: the nomenclature changed with the base of 2024.
BPE_PROFESSIONS = {
    "D201": "medecin_generaliste",
    "D265": "medecin_generaliste",
    "D221": "chirurgien_dentiste",
    "D277": "chirurgien_dentiste",
    "D231": "sage_femme",
    "D232": "infirmier",
    "D233": "masseur_kinesitherapeute",
}
VARIABLES = ("FACILITY_TYPE", "TYPEQU")
"""The variables of the producer that hold types of equipment."""

# Labels as Insee writes them in the nomenclature of the base, normalised.
_LABELS = {
    "medecin generaliste": "medecin_generaliste",
    "chirurgien dentiste": "chirurgien_dentiste",
    "sage femme": "sage_femme",
    "infirmier": "infirmier",
    "masseur kinesitherapeute": "masseur_kinesitherapeute",
    "orthophoniste": "orthophoniste",
    "pedicure podologue": "pedicure_podologue",
    "dieteticien": "dieteticien",
    "psychologue": "psychologue",
}


def types_of(profession: str) -> tuple[str, ...]:
    """Return the codes that are a profession, those that an imported file of labels names too."""
    tables = [one.rows("variable", VARIABLES) for one in reversed(stored("nomenclature"))]
    known = professions_by_type(tables)
    return tuple(sorted(code for code, name in known.items() if name == profession))


def professions_by_type(labels: "Iterable[pl.DataFrame]") -> dict[str, str]:
    """Return the profession of each type that is known, by code.

    Parameters
    ----------
    labels
        Tables `nomenclature`, the newest last: it has the last word.

    Always true
    -----------
    A code that no label names keeps the meaning written in the program, or none.

    Examples
    --------
    >>> import polars as pl
    >>> said = ["Infirmier", "Infirmier en pratique avancée"]
    >>> code = {"variable": ["FACILITY_TYPE"] * 2, "code": ["D998", "D999"], "libelle": said}
    >>> found = professions_by_type([pl.DataFrame(code)])
    >>> found["D998"], "D999" in found
    ('infirmier', False)
    """
    found = dict(BPE_PROFESSIONS)
    for table in labels:
        for variable, code, label in table.select("variable", "code", "libelle").iter_rows():
            profession = _LABELS.get(normalise(label))
            if variable in VARIABLES and profession:
                found[code] = profession
    return found
