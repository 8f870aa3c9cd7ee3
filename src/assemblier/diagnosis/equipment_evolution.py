"""How the number of professionals of each EPCI changed since an earlier equipment census."""

from collections.abc import Mapping

import numpy as np

from assemblier.diagnosis.census import Census, census, covering
from assemblier.diagnosis.evolution import Evolution, evolutions
from assemblier.diagnosis.local import BPE_FILE, LABELS, equipment_in
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
        None: the newest earlier census that was imported and covers most of the territory.
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
    latest = census(perimeter.codes, kind)
    known = None if earlier is not None else earlier_census(perimeter, kind)
    return evolutions(
        {
            group.nom: _of(known, group) if known else _before(group, kind, earlier, source)
            for group in groups
        },
        {group.nom: equipment_in(latest, group) for group in groups},
    )


def earlier_census(perimeter: Perimeter, kind: str) -> Census | None:
    """Return the newest census, of those that cover a perimeter, older than the latest; or None."""
    latest = census(perimeter.codes, kind)
    older = (one for one in covering(perimeter.codes, kind) if 0 < one.year < latest.year)
    return next(older, None)


def _of(known: Census, group: Perimeter) -> Figure:
    if np.isnan(known.of(group.codes)).any():  # a part of an EPCI cannot be compared with the whole
        return unavailable(LABELS[known.kind], EARLIER_FILE, LABELS[known.kind])
    return equipment_in(known, group)


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
