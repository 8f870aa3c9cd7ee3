"""The cliff: the published APL without those who are older than an age."""

from collections.abc import Mapping

import numpy as np

from assemblier.access import Baseline, published
from assemblier.access.published import SERIES
from assemblier.figures import Confidence, Figure, Nature, Provenance, unavailable
from assemblier.maths.arrays import Array
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


def cliffs(perimeter: Perimeter, baseline: Baseline) -> tuple[Cliff, ...]:
    """Return what the published scores lose without the oldest, the oldest ages last.

    Parameters
    ----------
    perimeter, baseline
        The territory, and the scores of all doctors.

    Always true
    -----------
    An age whose series is not published here is not available, never a loss of zero.
    """
    ages = sorted(one for one in SERIES if one)
    return tuple(_cliff(age, perimeter, baseline) for age in ages)


def _cliff(age: int, perimeter: Perimeter, baseline: Baseline) -> Cliff:
    label = f"sans les médecins de plus de {age} ans"
    found = published(GP, baseline.year, age, perimeter.codes)
    rows, left = _both(perimeter, baseline, found.scores)
    if not len(rows) or found.source is None:
        none = unavailable(f"APL moyenne {label}", FILE, UNIT, str(baseline.year))
        share = unavailable(f"APL perdue {label}", FILE, "%", str(baseline.year))
        today = np.flatnonzero(_known(perimeter, baseline))
        return Cliff(age, label, _mean("APL moyenne", baseline, today,
                     baseline.official[today], Provenance()), none, share, ())  # fmt: skip
    origin = Provenance((found.source,), METHOD)
    now = _mean("APL moyenne", baseline, rows, baseline.official[rows], origin)
    then = _mean(f"APL moyenne {label}", baseline, rows, left, origin)
    return Cliff(age, label, now, then, _lost(label, now, then), _communes(
        label, baseline, rows, left, origin))  # fmt: skip


def _known(perimeter: Perimeter, baseline: Baseline) -> np.ndarray:
    inside: np.ndarray = np.isin(baseline.homes, perimeter.codes) & ~np.isnan(baseline.official)
    return inside


def _both(
    perimeter: Perimeter, baseline: Baseline, scores: Mapping[str, float]
) -> tuple[np.ndarray, Array]:
    """Return the homes known in both series, and their score without the oldest."""
    left = np.array([scores.get(code, np.nan) for code in baseline.homes])
    rows = np.flatnonzero(_known(perimeter, baseline) & ~np.isnan(left))
    return rows, left[rows]


def _mean(
    label: str, baseline: Baseline, rows: np.ndarray, scores: Array, origin: Provenance
) -> Figure:
    people = baseline.people[rows]
    if not people.sum():
        return unavailable(label, FILE, UNIT, str(baseline.year))
    mean = float(scores @ people / people.sum())
    where = baseline.demand.provenance | origin
    return Figure(label, mean, UNIT, Nature.CALCULE, str(baseline.year), where, 2)


def _lost(label: str, now: Figure, then: Figure) -> Figure:
    title = f"APL perdue {label}"
    if not now.value or then.value is None:
        return unavailable(title, "une APL publiée qui n'est pas nulle", "%", now.vintage)
    share = 100 * (now.value - then.value) / now.value
    return Figure(title, share, "%", Nature.CALCULE, now.vintage, then.provenance, 1, then, now)


def _communes(
    label: str, baseline: Baseline, rows: np.ndarray, left: Array, origin: Provenance
) -> tuple[tuple[str, str, Figure, Figure], ...]:
    codes = [baseline.homes[row] for row in rows]
    names = index().nom[index().positions(codes)].tolist()
    vintage = str(baseline.year)

    def figure(name: str, score: float) -> Figure:
        return Figure(
            name, score, UNIT, Nature.CITE, vintage, origin, 2, confidence=Confidence.CONFIRME
        )

    return tuple(
        (code, nom, figure("APL", float(now)), figure(f"APL {label}", float(then)))
        for code, nom, now, then in zip(codes, names, baseline.official[rows], left, strict=True)
    )
