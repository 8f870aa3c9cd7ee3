"""How the number of professionals of each EPCI changed since an earlier equipment census."""

from collections.abc import Mapping

import numpy as np

from assemblier.diagnosis.evolution import Evolution, evolutions
from assemblier.diagnosis.local import BPE_FILE, LABELS, equipment
from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.territory import Perimeter, at_scale

EARLIER_FILE = f"{BPE_FILE}, un millésime antérieur"


def equipment_evolution(
    perimeter: Perimeter,
    kind: str,
    earlier: Mapping[str, float] | None = None,
    source: Source | None = None,
) -> tuple[Evolution, ...]:
    """Return the change of a kind of professionals in each EPCI of a perimeter, losses first.

    Parameters
    ----------
    perimeter
        The territory.
    kind
        A key of `local.LABELS`.
    earlier
        Number in each commune at the earlier date, by code; a commune that is absent is unknown.
        None: no earlier census is known.
    source
        Where `earlier` comes from.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> found = equipment_evolution(parse("departement:43"), "medecin_generaliste")
    >>> len(found), found[0].text
    (11, 'non disponible')
    """
    groups = at_scale(perimeter, "epci").groups
    return evolutions(
        {group.nom: _before(group, kind, earlier, source) for group in groups},
        {group.nom: equipment(group, kind) for group in groups},
    )


def _before(
    group: Perimeter, kind: str, earlier: Mapping[str, float] | None, source: Source | None
) -> Figure:
    label = LABELS[kind]
    values = np.array([(earlier or {}).get(code, np.nan) for code in group.codes])
    if np.isnan(values).any():  # a part of an EPCI cannot be compared with the whole
        return unavailable(label, EARLIER_FILE, label)
    return Figure(
        label,
        float(values.sum()),
        label,
        Nature.CALCULE,
        source.vintage if source else "",
        Provenance((source,) if source else ()),
    )
