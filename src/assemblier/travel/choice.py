"""Which way to get minutes, by its name: what `--trajets` means, everywhere the same."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assemblier.errors import DataError, InputError, Problem
from assemblier.travel.chain import chain_engine
from assemblier.travel.engine import Engine, crow_fly_engine
from assemblier.travel.matrix import StoredEngine
from assemblier.travel.roads.engine import (
    described,
    require_coverage,
    road_engine,
)
from assemblier.travel.roads.storage import RoadStore
from assemblier.travel.table import read_minutes

ROADS, CHAIN, CROW_FLY = "routes", "voisinage", "vol_oiseau"
MODELS = (ROADS, CHAIN, CROW_FLY)


def chosen_engine(
    name: str, on: date, codes: Sequence[str], store: RoadStore | None = None
) -> Engine:
    """Return the engine that a name asks for.

    Parameters
    ----------
    name
        One of `MODELS`, or the path of a table of minutes.
    on
        Date of the parameters.
    codes
        Communes of the territory: the roads must reach them.
    store
        Where the road network is; that of the user by default.

    Raises
    ------
    UnavailableError
        When roads are asked for and no network was built.
    InputError
        When the network does not cover the territory, or the name is neither a model nor a file.
    DataError
        When the table cannot be used.

    Examples
    --------
    >>> chain = chosen_engine("voisinage", date(2024, 1, 1), ["43157"])
    >>> float(chain.times(["43157"], ["43157"], 20).minutes[0, 0])
    0.0
    """
    if name == ROADS:
        place = store or RoadStore()
        roads = road_engine(on, place)
        require_coverage(roads, codes, on)
        return StoredEngine(described(roads, codes), place.folder.parent)
    if name == CHAIN:
        return chain_engine(on)
    if name == CROW_FLY:
        return crow_fly_engine(on)
    path = Path(name)
    if not path.exists():
        raise InputError([_unknown(name)])
    return read_minutes(path)


def covering_roads(on: date, codes: Sequence[str], store: RoadStore | None = None) -> Engine | None:
    """Return the engine of the roads, or None where no network covers a territory.

    Parameters
    ----------
    on
        Date of the parameters.
    codes
        Communes of the territory.
    store
        Where the road network is; that of the user by default.

    Raises
    ------
    DataError
        When the network was damaged.
    """
    place = store or RoadStore()
    if not place.is_present():
        return None
    try:
        return chosen_engine(ROADS, on, codes, place)
    except DataError:
        raise
    except InputError:
        return None


def _unknown(name: str) -> Problem:
    return Problem(
        "--trajets",
        f"« {name} », ni un modèle ni un fichier",
        f"{', '.join(MODELS)}, ou un CSV code_depart;code_arrivee;minutes",
        "corriger le nom du modèle, ou le chemin du fichier",
    )
