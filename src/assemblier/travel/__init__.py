"""From homes to places in minutes: estimates here, roads through the same value.

`Engine` is the interface: `road_engine` (OpenStreetMap), `chain_engine` (from commune to commune,
relief included), `crow_fly_engine` and `read_minutes` (an imported table) give one;
`chosen_engine` gives the one a name asks for.

>>> from assemblier.travel import TravelTimes, crow_fly_times
"""

from assemblier.travel.chain import ChainEngine, chain_engine
from assemblier.travel.choice import chosen_engine, covering_roads
from assemblier.travel.crow_fly import CrowFly, crow_fly_times, great_circle_km, nearest
from assemblier.travel.engine import (
    CrowFlyEngine,
    Engine,
    ScaledEngine,
    crow_fly_engine,
    points_of,
)
from assemblier.travel.matrix import StoredEngine, forget_matrices
from assemblier.travel.model import crow_fly_model
from assemblier.travel.roads.engine import RoadEngine, road_engine
from assemblier.travel.table import TableEngine, read_minutes
from assemblier.travel.times import TravelTimes

__all__ = [
    "ChainEngine",
    "CrowFly",
    "CrowFlyEngine",
    "Engine",
    "RoadEngine",
    "ScaledEngine",
    "StoredEngine",
    "TableEngine",
    "TravelTimes",
    "chain_engine",
    "chosen_engine",
    "covering_roads",
    "crow_fly_engine",
    "crow_fly_model",
    "crow_fly_times",
    "forget_matrices",
    "great_circle_km",
    "nearest",
    "points_of",
    "read_minutes",
    "road_engine",
]
