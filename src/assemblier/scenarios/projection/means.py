"""Why the mean score of a projection is not the mean another document prints."""

from collections.abc import Iterator

import numpy as np

from assemblier.access import Baseline
from assemblier.french import number
from assemblier.maths.arrays import Array
from assemblier.territory import Perimeter, index


def mean_notes(perimeter: Perimeter, baseline: Baseline) -> Iterator[str]:
    """Yield, where a commune is left out, the mean score with it and by inhabitant.

    Parameters
    ----------
    perimeter, baseline
        The territory, and its published scores.
    """
    inside = np.isin(baseline.homes, perimeter.codes)
    out = inside & np.isin(baseline.homes, baseline.conflicts)
    read = inside & ~np.isnan(baseline.official)
    if not out.any() or not read.any():
        return
    every = inside & ~np.isnan(baseline.published)
    people = index().population[index().positions(baseline.homes)]
    own = _mean(baseline.official, baseline.people, read)
    needs = _mean(baseline.published, baseline.people, every)
    alike = _mean(baseline.published, np.nan_to_num(people), every)
    count = int(out.sum())
    names = ", ".join(index().nom[index().positions(np.array(baseline.homes)[out])].tolist())
    contradicted = "dont l'APL publiée contredit l'offre comptée"
    yield (
        f"L'APL moyenne d'aujourd'hui est ici de {number(own, 2)} : sans {names}, {contradicted}. "
        f"Avec {'elle' if count == 1 else 'elles'}, la moyenne publiée {baseline.year} est de "
        f"{number(needs, 2)}, ou de {number(alike, 2)} si chaque habitant compte pour un, sans "
        "tenir compte des besoins de soins de son âge."
    )


def _mean(scores: Array, weights: Array, rows: np.ndarray) -> float:
    return float(scores[rows] @ weights[rows] / weights[rows].sum())
