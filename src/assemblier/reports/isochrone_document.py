"""How far one drives from a commune, as a report: the map of the surfaces, who lives inside."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from assemblier.data import contours, source
from assemblier.diagnosis.reach import Reached, reached
from assemblier.figures import Nature, Provenance
from assemblier.french import date_text, french_spaces, number
from assemblier.reports.apl_words import counted, name_of
from assemblier.reports.document import (
    Align,
    Column,
    Document,
    Finding,
    Map,
    MapClass,
    Paragraph,
    Part,
    Section,
    Table,
)
from assemblier.territory import index, parse
from assemblier.travel import RoadEngine
from assemblier.travel.roads.isochrones import BESIDE_M, Isochrone

_NEAR, _FAR = (0x1D, 0x4E, 0x79), (0xDD, 0xE7, 0xEE)
"""Colours of the nearest and of the farthest surface."""
_MAIN_TOWNS = 10
_APART = 0.1
"""Part of the width of the map that two names leave between their points."""
_HAIR_DEGREES = 1e-5
"""A band thinner than two metres is not drawn: nothing more was reached in the time."""
_AROUND_DEGREES = 0.15
"""Communes are drawn in grey as far as this around the widest surface."""
VISIBLE_ROWS = 25


def isochrone_document(
    engine: RoadEngine,
    code: str,
    surfaces: Sequence[Isochrone],
    on: dt.date,
    towards: bool = False,
) -> Document:
    """Return the report of the surfaces reached from a commune.

    Parameters
    ----------
    engine
        The roads.
    code
        Of the commune.
    surfaces
        From `isochrones.commune_isochrones`, shortest first.
    on
        The day of the report.
    towards
        Whether one drives to the commune instead of leaving it.
    """
    held = reached(surfaces)
    way = way_text(code, towards)
    drawn = _map(engine, code, surfaces, held, way)
    sections = (
        Section("surfaces", "Les surfaces atteintes", (drawn,)),
        Section("communes", "Les communes atteintes", (_communes(engine, held),)),
        Section("methode", "Ce que le calcul suppose", (Paragraph(method_text(engine)),)),
    )
    return Document(
        f"isochrones-{code}",
        french_spaces(f"À combien de minutes en voiture, {way} ?"),
        french_spaces(f"Durées : {', '.join(f'{one.minutes:g}' for one in held)} minutes"),
        date_text(on),
        tuple(Finding(french_spaces(_sentence(one))) for one in held),
        (Part("trajets", "Trajets", sections),),
    )


def way_text(code: str, towards: bool) -> str:
    """Return the direction of the trips, as a title says it."""
    place = parse(f"commune:{code}")
    link = place.charniere or f"de {place.nom}"
    return f"vers la mairie {link}" if towards else f"au départ de la mairie {link}"


def method_text(engine: RoadEngine) -> str:
    """Return how the surfaces are made, in sentences."""
    return f"{french_spaces(engine.method)} {_SUPPOSED}"


_SUPPOSED = french_spaces(
    "Un lieu est atteint si une route atteinte à temps passe à moins de "
    f"{number(BESIDE_M)} m environ. Une commune est comptée entière là où est sa mairie : "
    "certains de ses habitants sont plus loin."
)


def _sentence(one: Reached) -> str:
    communes = counted(len(one.communes), "commune", "communes")
    unknown = (
        f", sans compter {counted(one.unknown, 'commune', 'communes')} de population inconnue"
        if one.unknown
        else ""
    )
    return (
        f"En {one.minutes:g} minutes : {communes}, {number(one.population)} habitants{unknown}, "
        f"{number(one.area_km2)} km²."
    )


def _provenance(engine: RoadEngine) -> Provenance:
    people = Provenance((source("insee-populations"),), _SUPPOSED)
    return engine.provenance | people


def _map(
    engine: RoadEngine, code: str, surfaces: Sequence[Isochrone], held: Sequence[Reached], way: str
) -> Map:
    classes, bands = _classes(held), _bands(surfaces)
    band_of = {town: rank for rank in reversed(range(len(held))) for town in held[rank].communes}
    towns = {
        f"mairie-{town}": town
        for town in _apart(dict.fromkeys((code, *held[-1].communes)), surfaces[-1].shape)
    }
    labels = {key: name_of(town) for key, town in towns.items()}
    class_of = {
        name: rank
        for rank, (name, band) in enumerate(bands.items())
        if not band.buffer(-_HAIR_DEGREES).is_empty
    }
    context = _around(surfaces[-1].shape)
    return Map(
        key=f"isochrones-{code}",
        title=french_spaces(f"Trajets en voiture {way}"),
        classes=classes,
        class_of=class_of | {key: band_of.get(town, 0) for key, town in towns.items()},
        value_of={name: classes[rank].label for name, rank in class_of.items()},
        name_of={name: name for name in bands} | labels,
        summary=french_spaces(" ".join(_sentence(one) for one in held)),
        table=_surfaces(engine, held),
        context=context,
        labels=labels,
        provenance=engine.provenance,
        legend="durée du trajet",
        shapes=bands | _points(towns) | dict(contours(context)),
    )


def _bands(surfaces: Sequence[Isochrone]) -> dict[str, BaseGeometry]:
    """Return the part of each surface that is beyond the shorter one, by its name."""
    shapes = [shapely.Polygon(), *(one.shape for one in surfaces)]
    rings = (shapely.difference(far, near) for near, far in pairwise(shapes))
    names = (f"{one.minutes:g} min" for one in surfaces)
    return dict(zip(names, rings, strict=True))


def _apart(towns: Iterable[str], shape: BaseGeometry) -> list[str]:
    """Return the first towns far enough from one another for their names to be read."""
    west, _, east, _ = shape.bounds
    rows = index()
    found: list[str] = []
    for town in towns:
        near = rows.positions([town, *found])
        steps = np.hypot(
            rows.longitude[near] - rows.longitude[near[0]],
            rows.latitude[near] - rows.latitude[near[0]],
        )
        if (steps[1:] > _APART * (east - west)).all():
            found.append(town)
        if len(found) == _MAIN_TOWNS:
            break
    return found


def _points(towns: Mapping[str, str]) -> dict[str, BaseGeometry]:
    rows = index()
    places = rows.positions(list(towns.values()))
    points = shapely.points(rows.longitude[places], rows.latitude[places])
    return dict(zip(towns, points, strict=True))


def _around(shape: BaseGeometry) -> tuple[str, ...]:
    rows = index()
    west, south, east, north = shape.bounds
    near = (
        (rows.longitude >= west - _AROUND_DEGREES)
        & (rows.longitude <= east + _AROUND_DEGREES)
        & (rows.latitude >= south - _AROUND_DEGREES)
        & (rows.latitude <= north + _AROUND_DEGREES)
    )
    return tuple(rows.codes[row] for row in np.flatnonzero(near))


def _classes(held: Sequence[Reached]) -> tuple[MapClass, ...]:
    found = []
    for rank, one in enumerate(held):
        share = rank / max(len(held) - 1, 1)
        parts = (round(a + (b - a) * share) for a, b in zip(_NEAR, _FAR, strict=True))
        colour = "#" + "".join(f"{part:02x}" for part in parts)
        low = f"de {held[rank - 1].minutes:g} à " if rank else "moins de "
        found.append(MapClass(f"{low}{one.minutes:g} minutes", colour, chr(ord("A") + rank % 26)))
    return tuple(found)


def _surfaces(engine: RoadEngine, held: Sequence[Reached]) -> Table:
    columns = (
        Column("minutes", "Durée", Align.NUMBER, 0, "minutes"),
        Column("communes", "Communes dont la mairie est atteinte", Align.NUMBER),
        Column("population", "Leurs habitants", Align.NUMBER, 0, "habitants"),
        Column("superficie_km2", "Surface", Align.NUMBER, 0, "km²"),
    )
    rows = tuple((one.minutes, len(one.communes), one.population, one.area_km2) for one in held)
    return Table(
        "surfaces", "Ce que chaque durée atteint", columns, rows, Nature.ESTIME,
        _provenance(engine),
    )  # fmt: skip


def _communes(engine: RoadEngine, held: Sequence[Reached]) -> Table:
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("minutes", "Atteinte en", Align.NUMBER, 0, "minutes au plus"),
        Column("population", "Population", Align.NUMBER, 0, "habitants"),
    )
    rows = index()
    seen: dict[str, float] = {}
    for one in held:
        for code in one.communes:
            seen.setdefault(code, one.minutes)
    people = rows.population[rows.positions(list(seen))]
    cells = tuple(
        (code, name_of(code), minutes, None if np.isnan(count) else float(count))
        for (code, minutes), count in zip(seen.items(), people, strict=True)
    )
    return Table(
        "communes", "Les communes atteintes, les plus proches d'abord", columns, cells,
        Nature.ESTIME, _provenance(engine), "", VISIBLE_ROWS, tuple(seen),
    )  # fmt: skip
