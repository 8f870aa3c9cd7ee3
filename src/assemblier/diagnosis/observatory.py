"""A local health observatory: the indicators of a territory, year after year, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assemblier import territory
from assemblier.diagnosis import ages, bands, context, densities, gauges, illness, local, structures
from assemblier.diagnosis.apl import mean_apl
from assemblier.figures import Figure, Provenance, unavailable
from assemblier.territory import Perimeter

GP = "medecin_generaliste"
COUNTED = (GP, "infirmier", "masseur_kinesitherapeute", "chirurgien_dentiste", "pharmacie")
OLD = (65, 75)
SAME = "même millésime aux deux dates : la source n'a pas changé"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The indicators of a territory as they were known on a day; never changed afterwards.

    Attributes
    ----------
    expression, nom, codes
        The territory, and its communes that day.
    year
        The year it stands for.
    day
        The day it was taken.
    version
        Of the program.
    figures
        By key, in the order of `indicators`.
    """

    expression: str
    nom: str
    codes: tuple[str, ...]
    year: int
    day: date
    version: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator in two snapshots.

    Attributes
    ----------
    before, after
        Its figure in each; not available where a snapshot does not have it.
    change
        After minus before; not available where one is not known.
    note
        Why it must be read with care; empty if nothing.
    """

    key: str
    before: Figure
    after: Figure
    change: Figure
    note: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two snapshots of one territory side by side.

    Attributes
    ----------
    before, after
        The older and the newer.
    changes
        Every indicator of either, in the order of the newer.
    notices
        What makes them differ besides the facts: communes that joined or left, the program.

    Always true
    -----------
    Each indicator of either snapshot is there once.
    Before plus change is after, where all three are known.
    """

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    notices: tuple[str, ...]


def indicators(perimeter: Perimeter, on: date) -> dict[str, Figure]:
    """Return what an observatory follows, by key; what is not available says what would bring it.

    Parameters
    ----------
    perimeter
        The territory.
    on
        Date of the parameters.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> found = indicators(parse("departement:43"), date(2026, 11, 22))
    >>> found["communes_sous_2_5"].value, found["niveau_de_vie"].is_known
    (124.0, False)
    """
    pyramid = local.pyramid(perimeter)
    published = local.published_apl(perimeter)
    latest = max(published.millesimes)
    under = bands.band_counts(published, latest).counters[1]
    two = gauges.two_gauges(perimeter, on)
    ald = illness.rate_of(perimeter, illness.ALL_CONDITIONS)
    return {
        "population": territory.population(perimeter),
        **{f"part_{age}_ans": ages.share_from(pyramid, age) for age in OLD},
        "apl": mean_apl(published, latest),
        "communes_sous_2_5": under.communes,
        "habitants_sous_2_5": under.inhabitants,
        "part_sous_2_5": under.share,
        **{kind: local.equipment(perimeter, kind) for kind in COUNTED},
        "densite_generalistes": densities.equipment_density(perimeter, GP),
        "minutes_generaliste": two.spatial.figure,
        "habitants_par_generaliste": two.temporal.figure,
        "maisons_de_sante": structures.inventory(perimeter).msp,
        "niveau_de_vie": context.living_standard(perimeter),
        "ald": ald or unavailable("patients en ALD", "Cnam, part des patients en ALD", "%"),
    }


def difference(before: Snapshot, after: Snapshot) -> Difference:
    """Return what changed between two snapshots of one territory.

    Parameters
    ----------
    before, after
        Two snapshots; the older one is put first.
    """
    if (before.year, before.day) > (after.year, after.day):
        before, after = after, before
    keys = dict.fromkeys((*after.figures, *before.figures))
    changes = tuple(_change(key, before, after) for key in keys)
    return Difference(before, after, changes, tuple(_notices(before, after)))


def _change(key: str, before: Snapshot, after: Snapshot) -> Change:
    old, new = (_figure(key, one, other) for one, other in ((before, after), (after, before)))
    note = SAME if old.is_known and new.is_known and old.vintage == new.vintage else ""
    if old.value is None or new.value is None:
        missing = old.missing or new.missing
        return Change(key, old, new, unavailable(f"évolution, {new.label}", missing, new.unit), "")
    change = Figure(
        f"évolution, {new.label}",
        new.value - old.value,
        new.unit,
        vintage=f"{before.year} – {after.year}",
        provenance=old.provenance | new.provenance | Provenance(method="Après − avant."),
        decimals=max(old.decimals, new.decimals),
    )
    return Change(key, old, new, change, note)


def _figure(key: str, snapshot: Snapshot, other: Snapshot) -> Figure:
    if key in snapshot.figures:
        return snapshot.figures[key]
    model = other.figures[key]
    return unavailable(
        model.label, f"la photographie de {snapshot.year}, qui ne l'a pas", model.unit
    )


def _notices(before: Snapshot, after: Snapshot) -> Sequence[str]:
    found = []
    joined, left = (
        sorted(set(one.codes) - set(other.codes))
        for one, other in ((after, before), (before, after))
    )
    if joined or left:
        told = [f"{len(joined)} communes en plus"] if joined else []
        told += [f"{len(left)} communes en moins"] if left else []
        found.append(f"Le territoire a changé : {', '.join(told)}.")
    if before.version != after.version:
        found.append(
            f"Photographies prises par deux versions du logiciel ({before.version}, "
            f"{after.version}) : une méthode peut avoir changé."
        )
    return found


def unsourced(figure: Figure) -> Figure:
    """Return a figure without its numerator and denominator: what a snapshot keeps."""
    return replace(figure, numerator=None, denominator=None)
