"""Three consequences of a shortage, followed in time: waiting, emergencies, no médecin traitant.

Their figures come from surveys, the CPAM and the ARS: the user brings a small CSV file. Without
it, each signal says which file would bring it; none is ever zero for want of data.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assemblier.diagnosis.user_table import Reader, Row
from assemblier.errors import InputError, UnavailableError
from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.territory import parse

COLUMNS = ("territoire", "signal", "date", "valeur", "source")


@dataclass(frozen=True, slots=True)
class Signal:
    """One of the three consequences: what it measures and where it may be found."""

    key: str
    label: str
    unit: str
    decimals: int
    missing: str


SIGNALS = (
    Signal(
        "delai_rendez_vous",
        "délai d'attente avant un rendez-vous chez un généraliste",
        "jours",
        0,
        "une enquête locale sur les délais de rendez-vous, ou un relevé de plateforme",
    ),
    Signal(
        "recours_urgences",
        "passages aux urgences qui relevaient d'une consultation",
        "% des passages",
        1,
        "les résumés de passage aux urgences (RPU) de l'observatoire régional des urgences ou "
        "de l'ARS",
    ),
    Signal(
        "sans_medecin_traitant",
        "assurés de 17 ans et plus sans médecin traitant",
        "% des assurés",
        1,
        "une extraction de la CPAM : assurés sans médecin traitant par commune",
    ),
)
"""The three consequences, in the order of the presentation."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one signal in one territory."""

    territory: str
    signal: str
    date: str
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Series:
    """One signal in time.

    Attributes
    ----------
    points
        From the oldest to the latest; empty when nothing is known.
    latest
        The latest, or a figure that is not available.
    """

    signal: Signal
    points: tuple[Figure, ...]
    latest: Figure


@dataclass(frozen=True, slots=True)
class Panel:
    """The three signals of one territory, always all three."""

    territory: str
    series: tuple[Series, ...]


def read_signals(path: Path) -> tuple[Observation, ...]:
    """Read observations: columns territoire, signal, date, valeur, source.

    Parameters
    ----------
    path
        CSV file. `territoire` in the grammar of perimeters (``epci:244301016``); `signal` one of
        `SIGNALS`; `date` 2023, 2023-06 or 2023-06-30; `valeur` with a dot or a comma.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, COLUMNS)
    keys = [signal.key for signal in SIGNALS]
    seen: dict[tuple[str, str, str], int] = {}
    observations = []
    for row in reader.rows:
        observation = Observation(
            _territory(reader, row),
            reader.choice(row, "signal", keys),
            row.cells["date"],
            reader.amount(row, "valeur"),
            reader.text(row, "source"),
        )
        if not _is_date(observation.date):
            reader.problem(row, "date", "2023, 2023-06 ou 2023-06-30")
        place = (observation.territory, observation.signal, observation.date)
        if place in seen:
            reader.problem(row, "date", f"une valeur par date (déjà donnée ligne {seen[place]})")
        seen.setdefault(place, row.line)
        observations.append(observation)
    reader.check()
    return tuple(observations)


def panel(territory: str, observations: Sequence[Observation] = ()) -> Panel:
    """Return the three signals of a territory.

    Parameters
    ----------
    territory
        The `expression` of a perimeter.
    observations
        What was read; those of other territories are left out.

    Always true
    -----------
    The three signals are there; one without observation is not available, never 0.
    Points are in the order of dates.

    Examples
    --------
    >>> [series.latest.is_known for series in panel("departement:43").series]
    [False, False, False]
    """
    mine = [found for found in observations if found.territory == territory]
    return Panel(
        territory,
        tuple(
            _series(signal, [found for found in mine if found.signal == signal.key])
            for signal in SIGNALS
        ),
    )


def _territory(reader: Reader, row: Row) -> str:
    """Return the territory as `parse` writes it, so that names and codes meet."""
    written = row.cells["territoire"]
    try:
        return parse(written).expression
    except UnavailableError:
        return written  # a territory whose communes are not embedded may still have signals
    except InputError:
        reader.problem(row, "territoire", "un territoire, par exemple departement:43")
        return written


def _is_date(text: str) -> bool:
    months = r"(0[1-9]|1[0-2])"
    return bool(re.fullmatch(rf"(19|20)\d\d(-{months}(-(0[1-9]|[12]\d|3[01]))?)?", text))


def _series(signal: Signal, observations: Sequence[Observation]) -> Series:
    points = tuple(
        Figure(
            signal.label,
            found.value,
            signal.unit,
            Nature.CITE,
            found.date,
            Provenance((_source(signal, found),)),
            signal.decimals,
        )
        for found in sorted(observations, key=lambda found: found.date)
    )
    if points:
        return Series(signal, points, points[-1])
    return Series(signal, (), unavailable(signal.label, signal.missing, signal.unit))


def _source(signal: Signal, found: Observation) -> Source:
    return Source(
        f"signal-{signal.key}-{found.source}",
        found.source,
        signal.label,
        found.date,
        licence="non précisée ; fournie par l'utilisateur",
    )
