"""Bassins that hang on ageing practitioners, far from the next ones: an early warning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assemblier import parameters
from assemblier.travel import TravelTimes

AGE = "alerte.bassin_isole.age"
MINUTES = "alerte.bassin_isole.minutes"


@dataclass(frozen=True, slots=True)
class Isolation:
    """Whether a bassin has only ageing practitioners, far from any other.

    Attributes
    ----------
    bassin
        Its code.
    practitioners
        How many practise there.
    youngest
        The lowest age known; None where none is.
    ages_unknown
        How many ages are not known.
    minutes_to_next
        To the nearest practitioner of another bassin; infinite beyond the search.
    is_isolated
        The verdict; None where what is known does not settle it.
    """

    bassin: str
    practitioners: int
    youngest: float | None
    ages_unknown: int
    minutes_to_next: float | None
    is_isolated: bool | None


def isolation(
    bassin: str,
    ages: Sequence[float | None],
    minutes_to_next: float | None,
    on: date,
) -> Isolation:
    """Return whether all the practitioners of a bassin are old and the next ones far.

    Parameters
    ----------
    bassin
        Its code.
    ages
        Of each practitioner; None where unknown.
    minutes_to_next
        From the bassin to the nearest practitioner of another one; None where unknown.
    on
        Date of the parameters.

    Always true
    -----------
    One practitioner of the age or younger, or a next one in reach, and it is not isolated.
    An unknown age never makes a bassin isolated, nor saves it.
    A bassin without a practitioner is not isolated by this rule: it has nobody to lose.

    Examples
    --------
    >>> isolation("43000", [56, 60], 31, date(2026, 1, 1)).is_isolated
    True
    >>> isolation("43000", [54, 60], 31, date(2026, 1, 1)).is_isolated
    False
    """
    age, minutes = (float(parameters.value(path, on)) for path in (AGE, MINUTES))
    known = [one for one in ages if one is not None]
    unknown = len(ages) - len(known)
    conditions = (
        False if any(one <= age for one in known) or not ages else None if unknown else True,
        None if minutes_to_next is None else minutes_to_next > minutes,
    )
    verdict = False if False in conditions else None if None in conditions else True
    return Isolation(bassin, len(ages), min(known, default=None), unknown, minutes_to_next, verdict)


def minutes_to_next_bassin(
    times: TravelTimes, bassin_of: Mapping[str, str], practitioners: Mapping[str, float]
) -> dict[str, float]:
    """Return the minutes from where practitioners of a bassin are to the nearest of another.

    Parameters
    ----------
    times
        From communes to communes.
    bassin_of
        The bassin of each commune; those of no bassin count as one of their own.
    practitioners
        How many practise in each commune.

    Returns
    -------
        One value for each bassin that has a practitioner; infinite where the search, as far as it
        went, found no other.

    Always true
    -----------
    The minutes are those of one pair of communes of two bassins that both have a practitioner.
    """
    has_some = {code for code, count in practitioners.items() if count > 0}
    home = [bassin_of.get(code, code) for code in times.homes]
    place = [bassin_of.get(code, code) for code in times.places]
    found = {home[row]: np.inf for row, code in enumerate(times.homes) if code in has_some}
    pairs = times.minutes.tocoo()
    for row, column, minutes in zip(pairs.row, pairs.col, pairs.data, strict=True):
        start, end = times.homes[row], times.places[column]
        if home[row] != place[column] and start in has_some and end in has_some:
            found[home[row]] = min(found[home[row]], float(minutes))
    return found
