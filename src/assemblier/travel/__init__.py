"""From homes to places in minutes: estimates here, roads through the same value.

`Engine` is the interface: `crow_fly_engine`, `chain_engine` (from commune to commune, relief
included) and `read_minutes` (an imported table) give one.

>>> from assemblier.travel import TravelTimes, crow_fly_times
"""

from assemblier.travel.chain import ChainEngine, chain_engine
from assemblier.travel.crow_fly import CrowFly, crow_fly_times, great_circle_km, nearest
from assemblier.travel.engine import CrowFlyEngine, Engine, crow_fly_engine, points_of
from assemblier.travel.model import crow_fly_model
from assemblier.travel.table import TableEngine, read_minutes
from assemblier.travel.times import TravelTimes

__all__ = [
    "ChainEngine",
    "CrowFly",
    "CrowFlyEngine",
    "Engine",
    "TableEngine",
    "TravelTimes",
    "chain_engine",
    "crow_fly_engine",
    "crow_fly_model",
    "crow_fly_times",
    "great_circle_km",
    "nearest",
    "points_of",
    "read_minutes",
]
