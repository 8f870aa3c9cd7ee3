"""A study whose territories are three real communes of a real region, with generated APL."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from assemblier.diagnosis.zonage import Study
from assemblier.diagnosis.zonage_apl import Apl
from assemblier.figures import Source
from assemblier.territory import index, parse
from assemblier.zoning.doctors import Case
from assemblier.zoning.rules import Ceilings, rules_at
from assemblier.zoning.units import Ground, Partition, territories

CODES = ("43157", "43234", "43112")
ON = dt.date(2024, 6, 1)


def study_of(apls: Sequence[float], kind: str = "tvs") -> Study:
    """Return a study on these communes; the region is cut to them."""
    rows = index()
    places = rows.positions(CODES)
    population = dict(zip(CODES, rows.population[places].tolist(), strict=True))
    names = dict(zip(CODES, rows.nom[places].tolist(), strict=True))
    apl = dict(zip(CODES, apls, strict=True))
    ground = Ground(apl, population, dict.fromkeys(CODES, "84"), names)
    partition = Partition(kind, {code: code for code in CODES}, names, "engendrée")
    ceilings = Ceilings("84", 0.5, 0.3, 0.8, "plafonds engendrés pour l'essai")
    case = Case("84", territories(partition, ground, "84"), rules_at(ON), ceilings)
    source = Source("essai", "engendré", "APL engendrée pour l'essai", "2024")
    region = replace(parse("region:84"), codes=tuple(sorted(CODES)))
    return Study(region, ON, case, partition, ground, Apl(apl, "APL engendrée", source))
