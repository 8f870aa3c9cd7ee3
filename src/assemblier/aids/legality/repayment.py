"""What is paid back when a commitment is not kept."""

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from assemblier.aids.legality.opinion import Law, law
from assemblier.errors import InputError, Problem


@dataclass(frozen=True, slots=True)
class Repayment:
    """What is paid back, and why.

    Attributes
    ----------
    euros
        The sum.
    share
        Its share of what was received, 0 to 1.
    law
        The text; the formula of a partial repayment is that of the contract.

    Always true
    -----------
    It is between zero and what was received.
    """

    euros: Fraction
    share: Fraction
    law: Law


def repayment(received: Fraction, kept: Fraction, promised: Fraction, on: dt.date) -> Repayment:
    """Return what is paid back after some years of practice, pro rata of those not kept.

    Parameters
    ----------
    received
        Euros, ≥ 0.
    kept, promised
        Years; nothing kept is a whole repayment, all kept is none.
    on
        The day whose texts hold.

    Raises
    ------
    InputError
        For a negative number, or nothing promised: all problems at once.

    Always true
    -----------
    More years kept never raise it.

    Examples
    --------
    >>> day = dt.date(2019, 12, 31)
    >>> [str(repayment(Fraction(25500), Fraction(y), Fraction(5), day).euros) for y in (0, 3, 5, 6)]
    ['25500', '10200', '0', '0']
    """
    problems = [
        Problem(name, str(float(value)), expected, "corriger le nombre")
        for name, value, expected, is_good in (
            ("somme reçue", received, "un montant positif ou nul", received >= 0),
            ("années exercées", kept, "un nombre positif ou nul", kept >= 0),
            ("années promises", promised, "un nombre positif", promised > 0),
        )
        if not is_good
    ]
    if problems:
        raise InputError(problems)
    share = max(1 - kept / promised, Fraction(0))
    return Repayment(received * share, share, Law.of(law("remboursement.methode", on), on))
