"""How counts changed between two dates, territory by territory."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from assemblier.figures import Figure, Provenance, unavailable
from assemblier.french import NARROW, signed

NOT_COMPUTABLE = "n.c."
METHOD = "Évolution = (effectif d'arrivée − effectif de départ) / effectif de départ."


class Trend(Enum):
    """The direction of a change: its sign and its colour, which say the same thing."""

    LOSS = ("−", "#b35806", "perte")
    NONE = ("=", "#f7f7f7", "sans changement")
    GAIN = ("+", "#1b7837", "gain")

    def __init__(self, sign: str, colour: str, label: str) -> None:
        self.sign = sign
        self.colour = colour
        self.label = label


@dataclass(frozen=True, slots=True)
class Evolution:
    """The change of one count in one territory.

    Attributes
    ----------
    before, after
        The two counts, each with its date and source.
    change
        after − before.
    percent
        Change over before, in %; not available, with the note « n.c. », when before is 0.
    trend
        None when one of the two counts is unknown.
    """

    territory: str
    before: Figure
    after: Figure
    change: Figure
    percent: Figure
    trend: Trend | None

    @property
    def text(self) -> str:
        """The change in %, « n.c. » when it cannot be computed, « non disponible » if unknown."""
        if self.percent.value is not None:
            return f"{signed(self.percent.value, 1)}{NARROW}%"
        return NOT_COMPUTABLE if self.trend is not None else "non disponible"


def evolution(territory: str, before: Figure, after: Figure) -> Evolution:
    """Return the change of a count between two dates.

    Parameters
    ----------
    territory
        Its name, as people read it.
    before, after
        The same thing counted twice, in the same unit.

    Always true
    -----------
    The sign of the trend is the sign of the change.
    From 0 the change in % is « n.c. », never infinite.
    An unknown count makes the change unknown, never zero.

    Examples
    --------
    >>> evolution("Saugues", Figure("généralistes", 4), Figure("généralistes", 3)).trend.label
    'perte'
    """
    origin = before.provenance | after.provenance | Provenance(method=METHOD)
    period = f"{before.vintage} – {after.vintage}".strip(" –")
    if before.value is None or after.value is None:
        missing = before.missing or after.missing
        change = unavailable("évolution", missing, after.unit, period)
        return Evolution(
            territory, before, after, change, unavailable("évolution", missing, "%", period), None
        )
    difference = after.value - before.value
    return Evolution(
        territory,
        before,
        after,
        Figure(
            "évolution",
            difference,
            after.unit,
            vintage=period,
            provenance=origin,
            decimals=after.decimals,
        ),
        _percent(before, after, period, origin),
        _trend(difference),
    )


def evolutions(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Evolution, ...]:
    """Return the change of each territory known at either date, largest loss first.

    Parameters
    ----------
    before, after
        Count of each territory, by name. A territory absent from one of them is unknown there.

    Always true
    -----------
    Every territory of either date is there once; those that are unknown come last.
    """
    names = dict.fromkeys([*before, *after])
    changes = [
        evolution(
            name,
            before.get(name) or _absent(name, after[name]),
            after.get(name) or _absent(name, before[name]),
        )
        for name in names
    ]
    return tuple(sorted(changes, key=_order))


def _absent(name: str, other: Figure) -> Figure:
    return unavailable(
        other.label, f"l'effectif de « {name} » à l'autre date, même source", other.unit
    )


def _order(change: Evolution) -> tuple[bool, float, str]:
    value = change.percent.value
    if value is None and change.change.value is not None:
        value = float(_sign(change.change.value))  # from 0: only the direction is known
    return value is None, value if value is not None else 0.0, change.territory


def _percent(before: Figure, after: Figure, period: str, origin: Provenance) -> Figure:
    start, end = before.known_value(), after.known_value()
    if start == 0:
        return unavailable(
            "évolution", "rien : l'effectif de départ est nul", "%", period, note=NOT_COMPUTABLE
        )
    return Figure(
        "évolution",
        100 * (end - start) / start,
        "%",
        vintage=period,
        provenance=origin,
        decimals=1,
        numerator=after,
        denominator=before,
    )


def _sign(difference: float) -> int:
    return (difference > 0) - (difference < 0)


def _trend(difference: float) -> Trend:
    return (Trend.NONE, Trend.GAIN, Trend.LOSS)[_sign(difference)]
