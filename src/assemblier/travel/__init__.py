"""From homes to places in minutes: crow-fly estimates here, roads through the same value.

>>> from assemblier.travel import TravelTimes, crow_fly_times
"""

from assemblier.travel.crow_fly import CrowFly, crow_fly_times, great_circle_km, nearest
from assemblier.travel.model import crow_fly_model
from assemblier.travel.times import TravelTimes

__all__ = [
    "CrowFly",
    "TravelTimes",
    "crow_fly_model",
    "crow_fly_times",
    "great_circle_km",
    "nearest",
]
