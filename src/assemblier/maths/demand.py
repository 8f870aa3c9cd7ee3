"""People by age → standardised need: an inhabitant counts for what people of that age consume."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from assemblier.errors import DataError, Problem, ShapeError
from assemblier.maths.arrays import Array

OLDEST = 105
"""Where an open last class is taken to end, when it must be cut, in years."""


def normalised_weights(weights: Array | Sequence[float], shares: Array | Sequence[float]) -> Array:
    """Return weights that leave a reference population unchanged in total.

    Parameters
    ----------
    weights
        (classes,) consumption per head, any unit, ≥ 0.
    shares
        (classes,) people of the reference population in each class; any total above 0.

    Always true
    -----------
    The reference population, standardised, keeps its total.
    Weights already normalised come back unchanged.

    Raises
    ------
    ShapeError
        When there is not one share per weight, or all is zero.

    Examples
    --------
    >>> normalised_weights([1.0, 3.0], [0.5, 0.5])
    array([0.5, 1.5])
    """
    values, people = np.asarray(weights, np.float64), np.asarray(shares, np.float64)
    if values.shape != people.shape or values.ndim != 1:
        raise ShapeError(f"poids {values.shape}, parts {people.shape} : attendu une part par poids")
    mean = float(values @ people / people.sum()) if people.sum() > 0 else 0.0
    if not mean > 0:
        raise ShapeError("poids et parts : attendu au moins une classe peuplée et de poids positif")
    return values / mean


def standardised(people: Array, weights: Array | Sequence[float]) -> Array:
    """Return the standardised population of each home.

    Parameters
    ----------
    people
        (homes, classes) inhabitants, ≥ 0; nan where unknown.
    weights
        (classes,) relative consumption, ≥ 0.

    Returns
    -------
        (homes,) standardised inhabitants, nan where a class is unknown.

    Always true
    -----------
    With weights of 1 it is the population.
    Of two homes of one size, the one with more people in classes that weigh more counts for more.

    Raises
    ------
    ShapeError
        When people is not (homes, classes).

    Examples
    --------
    >>> standardised(np.array([[10.0, 0.0], [0.0, 10.0]]), [0.5, 1.5])
    array([ 5., 15.])
    """
    people, values = np.asarray(people, np.float64), np.asarray(weights, np.float64)
    if people.ndim != 2 or people.shape[1:] != values.shape:
        raise ShapeError(
            f"population {people.shape} : attendu une colonne par poids {values.shape}"
        )
    return people @ values


def reclassed(people: Array, found: Sequence[float], wanted: Sequence[float]) -> Array:
    """Return people counted in other age classes, spread evenly inside each class.

    Parameters
    ----------
    people
        (homes, classes) inhabitants.
    found
        First age of each class of `people`, increasing from 0; the last class is open.
    wanted
        First age of each class wanted, increasing from 0; the last one is open.

    Always true
    -----------
    Nobody is lost.
    Where each class found lies inside a class wanted, the answer is exact.

    Raises
    ------
    ShapeError
        When ages do not increase from 0, or people has not one column per class.

    Examples
    --------
    >>> reclassed(np.array([[10.0, 20.0]]), [0, 10], [0, 5])
    array([[ 5., 25.]])
    """
    people = np.asarray(people, np.float64)
    for ages in (found, wanted):
        if len(ages) == 0 or ages[0] != 0 or np.any(np.diff(ages) <= 0):
            raise ShapeError(f"âges {list(ages)} : attendu des âges croissants à partir de 0")
    if people.ndim != 2 or people.shape[1] != len(found):
        raise ShapeError(f"population {people.shape} : attendu {len(found)} classes d'âge")
    return people @ _shared(found, wanted)


def _shared(found: Sequence[float], wanted: Sequence[float]) -> Array:
    """Return (found, wanted) the part of each class found that falls in each class wanted."""
    end = max(OLDEST, found[-1] + 1, wanted[-1] + 1)
    starts, ends = np.array(found, float), np.array([*found[1:], end], float)
    other, other_ends = np.array(wanted, float), np.array([*wanted[1:], end], float)
    common = np.minimum(ends[:, None], other_ends) - np.maximum(starts[:, None], other)
    parts: Array = np.clip(common, 0, None) / (ends - starts)[:, None]
    return parts


@dataclass(frozen=True, slots=True, eq=False)
class RecoveredWeights:
    """Weights read back from a published standardised population.

    Attributes
    ----------
    weights
        (classes,) relative consumption, ≥ 0.
    largest_gap
        Largest difference, in inhabitants, between the published population and the recovered.
    relative_gap
        The norm of the differences over the norm of the published population: 0 when exact.
    """

    weights: Array
    largest_gap: float
    relative_gap: float


def recovered_weights(
    people: Array,
    published: Array | Sequence[float],
    people_vintage: int,
    published_vintage: int,
) -> RecoveredWeights:
    """Return the age weights behind a published standardised population.

    Parameters
    ----------
    people
        (homes, classes) inhabitants by age.
    published
        (homes,) standardised population of the same homes.
    people_vintage, published_vintage
        Year of each; they must be the same, or the answer would mix ageing with consumption.

    Always true
    -----------
    Weights that made the published population come back, when classes can be told apart.
    A weight is never negative.

    Raises
    ------
    DataError
        When the vintages differ, a value is unknown, or classes cannot be told apart.
    ShapeError
        When there is not one published value per home.

    Examples
    --------
    >>> people = np.array([[10.0, 1.0], [2.0, 8.0], [5.0, 5.0]])
    >>> recovered_weights(people, people @ [0.5, 2.0], 2021, 2021).weights.round(6)
    array([0.5, 2. ])
    """
    people, target = np.asarray(people, np.float64), np.asarray(published, np.float64)
    if people.ndim != 2 or target.shape != people.shape[:1]:
        raise ShapeError(f"population {people.shape}, publiée {target.shape} : à aligner")
    problems = [
        *_vintage_problems(people_vintage, published_vintage),
        *_value_problems(people, target),
    ]
    if problems:
        raise DataError(problems)
    weights, _ = nnls(people, target)
    gap = people @ weights - target
    return RecoveredWeights(
        np.asarray(weights, np.float64),
        float(np.abs(gap).max()),
        float(np.linalg.norm(gap) / max(np.linalg.norm(target), np.finfo(float).tiny)),
    )


def _vintage_problems(people: int, published: int) -> list[Problem]:
    if people == published:
        return []
    return [
        Problem(
            "poids par âge",
            f"population par âge de {people}, population standardisée de {published}",
            "les deux du même millésime",
            f"importer la population par âge de {published}",
        )
    ]


def _value_problems(people: Array, target: Array) -> list[Problem]:
    if np.isnan(people).any() or np.isnan(target).any():
        return [
            Problem("poids par âge", "des populations inconnues", "des communes toutes connues",
                    "écarter les communes dont une valeur manque")
        ]  # fmt: skip
    if len(people) < people.shape[1] or np.linalg.matrix_rank(people) < people.shape[1]:
        return [
            Problem(
                "poids par âge",
                f"{len(people)} communes pour {people.shape[1]} classes d'âge, indiscernables",
                "plus de communes que de classes, de structures d'âge différentes",
                "ajouter des communes, ou réunir des classes d'âge",
            )
        ]
    return []
