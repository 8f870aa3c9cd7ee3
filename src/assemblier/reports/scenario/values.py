"""What the blocks of a scenario share: names, provenance, cells."""

from dataclasses import dataclass

import numpy as np

from assemblier import data
from assemblier.figures import Provenance
from assemblier.scenarios.outcome import Outcome
from assemblier.scenarios.state_after import told
from assemblier.territory import index


@dataclass(frozen=True, slots=True)
class Terms:
    """What a profession counts, in French.

    Attributes
    ----------
    activity, one
        What inhabitants gain or lose, after a number; the same where there is one.
    acts
        What professionals do, after a number.
    lost, gained
        Titles of columns.
    score_unit, legend
        Of the score, of its change on a map.
    digits, score_digits
        Decimals of an activity, of a score.
    """

    activity: str
    acts: str
    lost: str
    gained: str
    score_unit: str
    legend: str
    digits: int
    score_digits: int


def terms(found: Outcome) -> Terms:
    """Return the words of the profession of a scenario."""
    unit = found.baseline.method.unit
    if found.is_gp:
        return Terms(
            "consultations par an", "actes par an", "Consultations perdues par an",
            "Consultations gagnées par an", unit,
            "changement de l'APL, en consultations par an et par habitant", 0, 2,
        )  # fmt: skip
    full = "ETP"
    return Terms(
        full, full, "ETP perdus", "ETP gagnés", unit,
        f"changement de l'APL, en {unit}", 2, 1,
    )  # fmt: skip


def provenance_of(found: Outcome) -> Provenance:
    """Return where the results of a scenario come from."""
    return found.baseline.provenance | Provenance(method=told(found))


def names(found: Outcome) -> list[str]:
    """Return the name of each home."""
    return [str(one) for one in index().nom[index().positions(found.baseline.homes)].tolist()]


def by_epci(found: Outcome) -> dict[str, np.ndarray]:
    """Return which homes each intercommunalité holds, by its name."""
    codes = index().siren_epci[index().positions(found.baseline.homes)]
    called = dict(data.epci().select("siren_epci", "nom").iter_rows())
    return {
        str(called.get(code, "Communes sans intercommunalité")): codes == code
        for code in dict.fromkeys(codes.tolist())
    }


def cell(value: float) -> float | None:
    """Return a cell: None where the value is unknown."""
    return None if np.isnan(value) else float(value)
