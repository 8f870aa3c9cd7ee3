"""What the blocks of a scenario share: names, provenance, cells."""

import numpy as np

from assemblier import data
from assemblier.figures import Provenance
from assemblier.scenarios.outcome import Outcome
from assemblier.territory import index


def provenance_of(found: Outcome) -> Provenance:
    """Return where the results of a scenario come from."""
    method = (
        f"Scénario {found.scenario.identity} : APL publiée, plus la différence que font les "
        "changements sur le socle."
    )
    return found.baseline.provenance | Provenance(method=method)


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
