"""The caps of indemnities, taken jointly over all who give."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from assemblier.aids.legality.local_aid import AideLocale, Domaine
from assemblier.aids.legality.opinion import Law
from assemblier.aids.legality.opinion import law as rule
from assemblier.aids.legality.values import NOTHING, Values

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Cap:
    """What all givers together may pay one beneficiary.

    Attributes
    ----------
    monthly
        Euros a month, or None where no value is known at this date.
    law
        The article of the cap.
    basis
        Where the pay it rests on comes from.
    is_sure
        Whether a verdict may rest on it.

    Always true
    -----------
    A year is worth twelve months.
    """

    monthly: Fraction | None
    law: Law
    basis: Law
    is_sure: bool

    @property
    def yearly(self) -> Fraction | None:
        """Return the cap a year."""
        return None if self.monthly is None else self.monthly * 12


def cap_of(domain: Domaine, on: dt.date, values: Values = NOTHING) -> Cap | None:
    """Return the cap of a domain at a date, or None where the law sets none.

    Examples
    --------
    >>> cap = cap_of(Domaine.INDEMNITE_STAGE, dt.date(2019, 12, 31))
    >>> cap.monthly, cap.yearly, cap.is_sure
    (Fraction(425, 1), Fraction(5100, 1), True)
    >>> cap_of(Domaine.INDEMNITE_ETUDE, dt.date(2019, 12, 31)).yearly
    Fraction(25500, 1)
    >>> cap_of(Domaine.INDEMNITE_STAGE, dt.date(2026, 11, 22)).is_sure
    False
    """
    if domain is Domaine.INDEMNITE_STAGE:
        part = rule("stage.part_des_emoluments", on)
        share = Fraction(part.value, PERCENT)
    elif domain is Domaine.INDEMNITE_ETUDE:
        part, share = rule("etude.cycles_plafonnes", on), Fraction(1)
    else:
        return None
    pay = values.emoluments(on)
    monthly = None if pay.yearly is None else pay.yearly / 12 * share
    return Cap(monthly, Law.of(part, on), pay.law, pay.is_sure)


def room_left(cap: Fraction, given: Iterable[Fraction]) -> Fraction:
    """Return what may still be given under a cap.

    Always true
    -----------
    Adding a giver never raises the room left.
    What is given and the room left never exceed the cap unless what is given already does.

    Examples
    --------
    >>> room_left(Fraction(425), [Fraction(300)])
    Fraction(125, 1)
    >>> room_left(Fraction(425), [Fraction(300), Fraction(150)])
    Fraction(0, 1)
    """
    return max(cap - sum(given, Fraction(0)), Fraction(0))


def others_monthly(aid: AideLocale) -> tuple[Fraction | None, ...]:
    """Return what each other giver pays a month; None for a payment over an unknown time."""
    return tuple(one.montant.monthly(aid.mois) for one in aid.autres_donneurs)


def allowed_monthly(aid: AideLocale, cap: Cap) -> Fraction | None:
    """Return the most this giver may pay a month; None where it cannot be told.

    Always true
    -----------
    The amount allowed never exceeds the cap.
    """
    others = others_monthly(aid)
    if cap.monthly is None or None in others:
        return None
    return room_left(cap.monthly, [one for one in others if one is not None])
