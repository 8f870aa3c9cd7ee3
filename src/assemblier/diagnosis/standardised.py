"""Mortality made comparable: direct standardisation by zone, beside the région and France.

Deaths and inhabitants by age and zone come from a CSV the ORS or the ARS can fill. The reference
population is stated on every rate.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from assemblier import parameters
from assemblier.diagnosis.user_table import Reader, Row
from assemblier.diagnosis.wording import Sentence, read_number
from assemblier.figures import Figure, Provenance, Source
from assemblier.french import french_spaces, number
from assemblier.maths.arrays import Array
from assemblier.maths.standardisation import direct

COLUMNS = (
    "niveau",
    "territoire",
    "age_debut",
    "age_fin",
    "deces",
    "population",
    "annees",
    "periode",
    "source",
)
LEVELS = ("zsp", "commune", "epci", "bassin_de_vie", "tvs", "departement", "region", "france")
REFERENCES = ("departement", "region", "france")
AGES, PEOPLE = (f"demographie.reference_{name}" for name in ("ages", "population"))
PER = 100_000
UNIT = "décès pour 100 000 habitants par an"
FILE = (
    "un fichier « niveau;territoire;age_debut;age_fin;deces;population;annees;periode;source » "
    "(à demander à l'ORS), donné à « assemblier territoire mortalite »"
)
METHOD = (
    "Standardisation directe : Σ part de la référence à un âge × décès / (population × années) à "
    "cet âge ; intervalle de confiance à 95 % (loi gamma, Fay et Feuer)."
)


@dataclass(frozen=True, slots=True)
class Band:
    """Deaths and inhabitants of one zone at some ages.

    Attributes
    ----------
    level, zone
        As `LEVELS` names it; its name.
    first, last
        Ages, included; None for the open class.
    deaths, person_years
        Counts: inhabitants × years.
    period, source
        As written.
    """

    level: str
    zone: str
    first: int
    last: int | None
    deaths: float
    person_years: float
    period: str
    source: str


@dataclass(frozen=True, slots=True)
class Rate:
    """One zone: its standardised rate, its interval, its crude rate."""

    level: str
    zone: str
    rate: Figure
    low: Figure
    high: Figure
    crude: Figure


def read_deaths(path: Path, on: date) -> tuple[Band, ...]:
    """Read deaths by zone and age; see `COLUMNS`.

    Parameters
    ----------
    path
        CSV file: `age_fin` empty for the open class, `annees` the number of years of the deaths.
    on
        Date of the reference population: its classes must be those of the file, or gather in them.

    Raises
    ------
    DataError
        Every problem of the file at once: a cell, a class across two of the reference, ages that
        leave a hole, zones that do not have the same classes.
    """
    reader = Reader(path, COLUMNS)
    starts = parameters.value(AGES, on)
    bands = [_band(reader, row, starts) for row in reader.rows]
    pairs = list(zip(reader.rows, bands, strict=True))
    classes: dict[tuple[str, str], list[tuple[Row, Band]]] = {}
    for row, band in pairs:
        classes.setdefault((band.level, band.zone), []).append((row, band))
    if not reader.problems:
        _check_ages(reader, classes)
    reader.check()
    return tuple(bands)


def _band(reader: Reader, row: Row, starts: Sequence[int]) -> Band:
    first = _age(reader, row, "age_debut", starts)
    last = _age(reader, row, "age_fin", [start - 1 for start in starts[1:]])
    people, years = reader.amount(row, "population"), reader.amount(row, "annees")
    if not people * years and not reader.problems:
        reader.problem(row, "population", "au moins un habitant et une année")
    return Band(
        reader.choice(row, "niveau", LEVELS),
        reader.text(row, "territoire"),
        -1 if first is None else first,
        last,
        reader.amount(row, "deces"),
        people * years,
        row.cells["periode"],
        reader.text(row, "source"),
    )


def _age(reader: Reader, row: Row, column: str, allowed: Sequence[int]) -> int | None:
    written = row.cells[column]
    if column == "age_fin" and not written:
        return None
    value = read_number(written)
    if value is None or int(value) not in allowed:
        told = ", ".join(str(age) for age in allowed)
        reader.problem(row, column, f"un âge où une classe de la référence s'arrête : {told}")
        return None
    return int(value)


def _check_ages(
    reader: Reader, classes: Mapping[tuple[str, str], Sequence[tuple[Row, Band]]]
) -> None:
    """Record the zones whose ages have a hole, repeat, or are not those of the first zone."""
    model: list[int] = []
    for pairs in classes.values():
        ordered = sorted(pairs, key=lambda pair: pair[1].first)
        expected = 0
        for row, band in ordered:
            if band.first != expected:
                reader.problem(row, "age_debut", f"{expected} : les âges d'une zone se suivent")
                break
            expected = 1000 if band.last is None else band.last + 1
        if expected != 1000:
            reader.problem(ordered[-1][0], "age_fin", "vide : la dernière classe est ouverte")
        firsts = [band.first for _, band in ordered]
        model = model or firsts
        if firsts != model:
            reader.problem(ordered[0][0], "age_debut", "les mêmes classes dans chaque zone")


def standardised(bands: Sequence[Band], on: date) -> tuple[Rate, ...]:
    """Return the rate of each zone, highest first, then the references from the smallest.

    Parameters
    ----------
    bands
        As `read_deaths` returns them.
    on
        Date of the reference population.

    Always true
    -----------
    A rate lies in its interval, and the order of the rows does not matter.
    """
    zones: dict[tuple[str, str], list[Band]] = {}
    for band in bands:
        zones.setdefault((band.level, band.zone), []).append(band)
    ordered = [sorted(found, key=lambda band: band.first) for found in zones.values()]
    deaths = np.array([[band.deaths for band in found] for found in ordered])
    people = np.array([[band.person_years for band in found] for found in ordered])
    found = direct(deaths, people, reference([band.first for band in ordered[0]], on))
    crude = deaths.sum(axis=1) / people.sum(axis=1)
    rows = [
        _rate(zone, values, on)
        for zone, *values in zip(ordered, found.rate, found.low, found.high, crude, strict=True)
    ]
    return tuple(sorted(rows, key=_order))


def reference(firsts: Sequence[int], on: date) -> Array:
    """Return the people of the reference population in each class of ages: (classes,).

    Parameters
    ----------
    firsts
        First age of each class, ascending from 0; the last is open.
    on
        Date of the reference.

    Examples
    --------
    >>> reference([0, 65], date(2024, 1, 1)).tolist()
    [80500.0, 19500.0]
    """
    starts = np.array(parameters.value(AGES, on))
    people = np.array(parameters.value(PEOPLE, on), dtype=np.float64)
    rank = np.searchsorted(np.array(firsts), starts, side="right") - 1
    return np.bincount(rank, weights=people, minlength=len(firsts)).astype(np.float64)


def _rate(zone: Sequence[Band], values: Sequence[float], on: date) -> Rate:
    first = zone[0]
    told = tuple(parameters.explain(path, on).as_text() for path in (PEOPLE,))
    source = Source(
        f"deces-{first.source}",
        first.source,
        "Décès et habitants par âge",
        first.period,
        licence="non précisée ; fournie par l'utilisateur",
    )

    def figure(label: str, value: float, used: Provenance) -> Figure:
        return Figure(label, PER * value, UNIT, vintage=first.period, provenance=used, decimals=1)

    plain = Provenance((source,))
    whole = plain | Provenance(method=METHOD, parameters=told)
    rate, low, high, crude = values
    return Rate(
        first.level,
        first.zone,
        figure("taux standardisé de mortalité", rate, whole),
        figure("taux standardisé, borne basse", low, whole),
        figure("taux standardisé, borne haute", high, whole),
        figure("taux brut de mortalité", crude, plain),
    )


def _order(one: Rate) -> tuple[int, float, str]:
    is_reference = one.level in REFERENCES
    place = 1 + REFERENCES.index(one.level) if is_reference else 0
    return (place, 0.0 if is_reference else -one.rate.known_value(), one.zone)


def comparison_sentence(rates: Sequence[Rate]) -> Sentence:
    """Say how the département, or the first zone, stands beside the région and France.

    Parameters
    ----------
    rates
        As `standardised` returns them.
    """
    own = next((one for one in rates if one.level == "departement"), rates[0])
    larger = [one for one in rates if one.level in ("region", "france") and one is not own]
    parts = [
        f" ; {one.zone} : {number(one.rate.known_value(), 1)}, {_word(own, one)}" for one in larger
    ]
    text = (
        f"{own.zone}, mortalité standardisée {own.rate.vintage} : "
        f"{number(own.rate.known_value(), 1)} {UNIT} [{number(own.low.known_value(), 1)} ; "
        f"{number(own.high.known_value(), 1)}]{''.join(parts)}."
    )
    return Sentence(french_spaces(text), (own.rate, *(one.rate for one in larger)))


def _word(own: Rate, other: Rate) -> str:
    """Say whether a reference is lower: only where the two intervals do not overlap."""
    if own.low.known_value() > other.high.known_value():
        return "plus bas"
    if own.high.known_value() < other.low.known_value():
        return "plus haut"
    return "sans différence assurée"
