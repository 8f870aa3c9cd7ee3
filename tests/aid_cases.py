"""One question to one dispositif, for the tests: a verdict, amounts, the conditions missed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from assemblier.aids.catalogue import dispositif, saisies
from assemblier.aids.engine import Answer, Situations, ask
from assemblier.aids.profile import checked

GUIDE = dt.date(2019, 12, 31)
"""A day of the year of the guide."""


def answer(sigle: str, on: dt.date, **said: Any) -> Answer:
    """Return the answer of one dispositif; euros may be bare numbers."""
    written = {
        name: f"{one} {saisies()[name].unite}" if saisies()[name].is_amount else one
        for name, one in said.items()
    }
    aid = dispositif(sigle)
    return ask(Situations(1, checked(written, "essai")), on, aids=[aid]).answer(aid)


def amounts(found: Answer) -> Mapping[str, float | None]:
    """Return the amounts of an answer by key."""
    return {one.montant.cle: one.value for one in found.amounts}


def missed(found: Answer) -> list[str]:
    """Return the keys of the conditions that are missed."""
    return [one.condition.cle for one in found.conditions if one.met is False]
