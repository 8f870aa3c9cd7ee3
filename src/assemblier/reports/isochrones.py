"""How far one drives from a commune in some minutes, as GeoJSON (RFC 7946), WGS 84."""

import json
from collections.abc import Sequence
from typing import Any

from assemblier.diagnosis.reach import area_km2
from assemblier.errors import InputError, Problem
from assemblier.french import number
from assemblier.reports.geo import _COMPACT, _geometry, _named
from assemblier.territory import index
from assemblier.travel import RoadEngine
from assemblier.travel.roads.isochrones import BESIDE_M, Isochrone, isochrones

LONGEST_DRAWN = 120
"""Minutes: beyond, a surface is wider than a map of a région."""


def commune_isochrones(
    engine: RoadEngine, code: str, minutes: Sequence[float], towards: bool = False
) -> tuple[Isochrone, ...]:
    """Return the surfaces reached from the town hall of a commune, shortest first.

    Parameters
    ----------
    engine
        The roads.
    code
        Of the index.
    minutes
        The limits.
    towards
        Whether one drives to the town hall instead of leaving it.

    Raises
    ------
    InputError
        When a limit cannot be drawn, or the town hall is on no road.
    """
    problems = [_undrawn(limit) for limit in minutes if not 0 < limit <= LONGEST_DRAWN]
    if not engine.is_on_road([code])[0]:
        problems.append(_off_road(engine, code))
    if problems:
        raise InputError(problems)
    origin = engine.snapped.part(index().positions([code]))
    network = engine.network
    return isochrones(network.graph, network.contracted, origin, minutes, towards)


def render(
    engine: RoadEngine, code: str, surfaces: Sequence[Isochrone], towards: bool = False
) -> bytes:
    """Return the surfaces as a file: the widest first, so that the others are drawn over it.

    Always true
    -----------
    Each limit is one feature, with its minutes.
    """
    name = str(index().nom[index().positions([code])[0]])
    way = "vers la mairie" if towards else "au départ de la mairie"
    provenance = engine.provenance
    about: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": "isochrones",
        "titre": f"Trajets en voiture {way} de {name} ({code})",
        "sources": [_named(source) for source in provenance.sources],
        "licences": list(dict.fromkeys(one.licence for one in provenance.sources)),
        "methode": f"{engine.method} Un lieu est atteint si une route atteinte à temps passe à "
        f"moins de {number(BESIDE_M)} m environ.",
        "parametres": list(provenance.parameters),
        "features": [
            _feature(code, name, way, surface) for surface in sorted(surfaces, key=_widest_first)
        ],
    }
    return (json.dumps(about, **_COMPACT) + "\n").encode()


def _widest_first(surface: Isochrone) -> float:
    return -surface.minutes


def _feature(code: str, name: str, way: str, surface: Isochrone) -> dict[str, Any]:
    properties = {
        "code_commune": code,
        "nom": name,
        "sens": way,
        "minutes": surface.minutes,
        "superficie_km2": round(area_km2(surface), 1),
    }
    return {"type": "Feature", "properties": properties, "geometry": _geometry(surface.shape)}


def _undrawn(limit: float) -> Problem:
    return Problem(
        "--minutes",
        f"{limit:g}",
        f"des durées de plus de 0 et d'au plus {LONGEST_DRAWN} minutes",
        "corriger la durée",
    )


def _off_road(engine: RoadEngine, code: str) -> Problem:
    name = index().nom[index().positions([code])[0]]
    return Problem(
        "COMMUNE",
        f"la mairie de {name} est à plus de {number(engine.limit_m)} m de toute route du réseau "
        f"({engine.network.graph.source.file_name})",
        "une commune que le réseau couvre",
        "construire le réseau d'un extrait qui la contient, « assemblier routes construire »",
    )
