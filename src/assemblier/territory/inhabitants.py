"""How many people live in a perimeter."""

from dataclasses import replace

from assemblier import data
from assemblier.figures import Figure, Nature, unavailable
from assemblier.territory.communes import index
from assemblier.territory.perimeter import Perimeter

LABEL = "population municipale"
UNIT = "habitants"
MISSING = "les populations de référence des communes (Insee)"


def population(perimeter: Perimeter) -> Figure:
    """Return the inhabitants of a perimeter, with their source and their year.

    Always true
    -----------
    The population of a union without repetition is the sum of the populations of its parts.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> population(parse("departement:43")).value
    228654.0
    """
    import numpy as np

    rows = index()
    positions = rows.positions(perimeter.codes)
    known = rows.population[positions]
    vintage = _vintage(perimeter)
    if np.isnan(known).any():
        unknown = rows.nom[positions][np.isnan(known)].tolist()
        note = f"Population inconnue : {', '.join(unknown)}."
        return unavailable(LABEL, MISSING, UNIT, vintage, note)
    return Figure(
        LABEL,
        float(known.sum()),
        UNIT,
        Nature.CALCULE,
        vintage=vintage,
        provenance=replace(rows.provenance("population"), method=_method(perimeter)),
        note="" if " à " not in vintage else "Années différentes selon les territoires.",
    )


def _method(perimeter: Perimeter) -> str:
    return "" if len(perimeter.codes) == 1 else "Somme des populations des communes."


def _vintage(perimeter: Perimeter) -> str:
    """Return the year of the populations, or the first and the last."""
    years = sorted(
        set(
            data.communes()["millesime_population"]
            .gather(index().positions(perimeter.codes).tolist())
            .drop_nulls()
            .to_list()
        )
    )
    return years[0] if len(years) == 1 else " à ".join(years[:1] + years[-1:])
