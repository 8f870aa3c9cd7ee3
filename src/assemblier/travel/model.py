"""The crow-fly model of the parameter files."""

from datetime import date

from assemblier import parameters
from assemblier.figures import Provenance
from assemblier.travel.crow_fly import CrowFly

SINUOSITY = "trajet.vol_oiseau.sinuosite"
SPEED = "trajet.vol_oiseau.vitesse_kmh"
INSIDE = "trajet.intra_commune_minutes"


def crow_fly_model(on: date) -> CrowFly:
    """Return the crow-fly model in force at a date, with the parameters it comes from.

    Examples
    --------
    >>> crow_fly_model(date(2024, 1, 1)).sinuosity
    1.3
    """
    used = [parameters.explain(path, on) for path in (SINUOSITY, SPEED, INSIDE)]
    sinuosity, speed_kmh, minutes_inside = (float(parameter.value) for parameter in used)
    texts = tuple(parameter.as_text() for parameter in used)
    model = CrowFly(sinuosity, speed_kmh, minutes_inside)
    provenance = Provenance(method=model.method, parameters=texts)
    return CrowFly(sinuosity, speed_kmh, minutes_inside, provenance)
