"""How the dispositifs give the figures of the documents sources."""

import datetime as dt
from collections.abc import Callable

from assemblier.aids.catalogue import dispositif
from assemblier.zoning.classes import Niveau
from tests.aid_cases import amounts, answer


def amount(sigle: str, key: str, day: str, *said: str) -> float:
    """Return an amount of a dispositif for what is said, ``name=value``."""
    told = dict(one.split("=") for one in said)
    found = amounts(answer(sigle, dt.date.fromisoformat(day), **told))[key]
    assert found is not None, (sigle, key, said)
    return found


def engagements(sigle: str) -> str:
    """Return what the beneficiary undertakes."""
    return " ; ".join(dispositif(sigle).engagements)


NUMBERS: dict[str, Callable[..., float]] = {"aide": amount, "niveaux": lambda: len(Niveau)}
PASSAGES: dict[str, Callable[..., str]] = {"engagements": engagements}
