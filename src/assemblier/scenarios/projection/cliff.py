"""The cliff: the published APL without those who are older than an age."""

import numpy as np

from assemblier.access import Baseline, published
from assemblier.access.published import SERIES
from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.maths.arrays import Array
from assemblier.scenarios.projection.cliff_told import (
    TOLD,
    tells_ages,
    tells_every_age,
    told_activity,
    without_older,
)
from assemblier.scenarios.projection.practitioners import Practitioners
from assemblier.scenarios.projection.results import Cliff
from assemblier.territory import Perimeter, index

GP = "medecin_generaliste"
UNIT = "consultations par an et par habitant"
FILE = (
    "le classeur de l'APL aux médecins généralistes de la DREES, dont les séries sans les médecins "
    "de plus de 60, 62 et 65 ans"
)
METHOD = (
    "Falaise : l'APL publiée sans les médecins plus âgés qu'une borne, à population et activité "
    "constantes et sans arrivée."
)


def cliffs(
    perimeter: Perimeter, baseline: Baseline, now: Practitioners | None = None
) -> tuple[Cliff, ...]:
    """Return what the published scores lose without the oldest, the oldest ages last.

    Parameters
    ----------
    perimeter, baseline
        The territory, and the scores of all doctors.
    now
        Who practises: where a list of the user tells ages, they are read.

    Always true
    -----------
    An age whose series is not published here is not available, never a loss of zero, unless a
    list tells every age.
    """
    ages = sorted(one for one in SERIES if one)
    return tuple(_cliff(age, perimeter, baseline, now) for age in ages)


def _cliff(age: int, perimeter: Perimeter, baseline: Baseline, now: Practitioners | None) -> Cliff:
    label = f"sans les médecins de plus de {age} ans"
    scores, origin = _without(age, perimeter, baseline, now)
    rows, left = _both(perimeter, baseline, scores)
    if not len(rows):
        none = unavailable(f"APL moyenne {label}", FILE, UNIT, str(baseline.year))
        share = unavailable(f"APL perdue {label}", FILE, "%", str(baseline.year))
        read = np.flatnonzero(_known(perimeter, baseline))
        return Cliff(age, label, _mean("APL moyenne", baseline, read,
                     baseline.official[read], Provenance()), none, share, ())  # fmt: skip
    today = _mean("APL moyenne", baseline, rows, baseline.official[rows], origin)
    nature = Nature.ESTIME if tells_ages(now) else Nature.CALCULE
    then = _mean(f"APL moyenne {label}", baseline, rows, left, origin, nature)
    return Cliff(age, label, today, then, _lost(label, today, then), _communes(
        label, baseline, rows, left, origin, is_told=tells_ages(now)))  # fmt: skip


def _without(
    age: int, perimeter: Perimeter, baseline: Baseline, now: Practitioners | None
) -> tuple[Array, Provenance]:
    """Return (homes,) the score without those older than an age; nan where it is unknown."""
    found = published(GP, baseline.year, age, perimeter.codes)
    scores = np.full(len(baseline.homes), np.nan)
    if found.source is not None:
        scores = np.array([found.scores.get(code, np.nan) for code in baseline.homes])
    origin = Provenance((found.source,) if found.source else (), METHOD)
    if now is None or not tells_ages(now):
        return scores, origin
    if found.source is None and tells_every_age(now):
        scores = baseline.official
    told = told_activity(now, baseline, age)
    return without_older(baseline, scores, told), origin | Provenance((now.source,), TOLD)


def _known(perimeter: Perimeter, baseline: Baseline) -> np.ndarray:
    inside: np.ndarray = np.isin(baseline.homes, perimeter.codes) & ~np.isnan(baseline.official)
    return inside


def _both(perimeter: Perimeter, baseline: Baseline, left: Array) -> tuple[np.ndarray, Array]:
    """Return the homes known in both series, and their score without the oldest."""
    rows = np.flatnonzero(_known(perimeter, baseline) & ~np.isnan(left))
    return rows, left[rows]


def _mean(
    label: str, baseline: Baseline, rows: np.ndarray, scores: Array, origin: Provenance,
    nature: Nature = Nature.CALCULE,
) -> Figure:  # fmt: skip
    people = baseline.people[rows]
    if not people.sum():
        return unavailable(label, FILE, UNIT, str(baseline.year))
    mean = float(scores @ people / people.sum())
    where = baseline.demand.provenance | origin
    return Figure(label, mean, UNIT, nature, str(baseline.year), where, 2)


def _lost(label: str, now: Figure, then: Figure) -> Figure:
    title = f"APL perdue {label}"
    if not now.value or then.value is None:
        return unavailable(title, "une APL publiée qui n'est pas nulle", "%", now.vintage)
    share = 100 * (now.value - then.value) / now.value
    return Figure(title, share, "%", then.nature, now.vintage, then.provenance, 1, then, now)


def _communes(
    label: str, baseline: Baseline, rows: np.ndarray, left: Array, origin: Provenance, *,
    is_told: bool,
) -> tuple[tuple[str, str, Figure, Figure], ...]:  # fmt: skip
    codes = [baseline.homes[row] for row in rows]
    names = index().nom[index().positions(codes)].tolist()
    vintage = str(baseline.year)

    def figure(name: str, score: float, nature: Nature = Nature.CITE) -> Figure:
        return Figure(name, score, UNIT, nature, vintage, origin, 2)

    then_nature = Nature.ESTIME if is_told else Nature.CITE

    return tuple(
        (code, nom, figure("APL", float(now)), figure(f"APL {label}", float(then), then_nature))
        for code, nom, now, then in zip(codes, names, baseline.official[rows], left, strict=True)
    )
