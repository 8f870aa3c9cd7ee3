"""Amounts with their unit, read as people write them; a missing unit is an error."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assemblier.aids.words import euros


class Period(StrEnum):
    """How often an amount is paid."""

    MOIS = "par mois"
    TRIMESTRE = "par trimestre"
    SEMESTRE = "par semestre"
    AN = "par an"
    UNE_FOIS = "en une fois"

    @property
    def months(self) -> int | None:
        """Return how many months it lasts, or None for a single payment."""
        return _MONTHS[self]


_MONTHS = {
    Period.MOIS: 1,
    Period.TRIMESTRE: 3,
    Period.SEMESTRE: 6,
    Period.AN: 12,
    Period.UNE_FOIS: None,
}
_WORDS = {
    "": Period.UNE_FOIS,
    "enunefois": Period.UNE_FOIS,
    "autotal": Period.UNE_FOIS,
    "entout": Period.UNE_FOIS,
    **{
        f"{link}{word}": period
        for link in ("par", "/")
        for word, period in (
            ("mois", Period.MOIS),
            ("trimestre", Period.TRIMESTRE),
            ("semestre", Period.SEMESTRE),
            ("an", Period.AN),
            ("année", Period.AN),
        )
    },
}
_WRITTEN = re.compile(r"(\d[\d\s]*(?:[.,]\d{1,2})?)(€|euros?|eur)?(?:bruts?|nets?)?(.*)", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros and how often it is paid.

    Attributes
    ----------
    value
        Euros, ≥ 0, exact.
    period
        See `Period`.
    """

    value: Fraction
    period: Period

    def monthly(self, months: int | None = None) -> Fraction | None:
        """Return what it is a month, or None for a single payment over an unknown time.

        Examples
        --------
        >>> read_amount("3 000 € par semestre").monthly()
        Fraction(500, 1)
        >>> read_amount("38 400 €").monthly(), read_amount("38 400 €").monthly(72)
        (None, Fraction(1600, 3))
        """
        lasting = self.period.months or months
        return self.value / lasting if lasting else None

    def yearly(self, months: int | None = None) -> Fraction | None:
        """Return what it is a year, or None as `monthly`."""
        monthly = self.monthly(months)
        return None if monthly is None else monthly * 12

    def __str__(self) -> str:
        return f"{euros(self.value)} {self.period}"


def read_amount(text: str) -> Amount:
    r"""Read an amount: ``"500 € par mois"``, ``"3 000 €/semestre"``, ``"50 000 €"``.

    Raises
    ------
    ValueError
        When there is no number, no currency, or a period that is not understood; it says which.

    Examples
    --------
    >>> str(read_amount("5 100 euros bruts par an")).replace(chr(0x202f), " ")
    '5 100\xa0€ par an'
    """
    packed = re.sub(r"\s+", "", text.strip().casefold())
    found = _WRITTEN.fullmatch(packed)
    if found is None:
        raise ValueError("un montant positif, par exemple « 500 € par mois »")
    number, currency, rest = found.groups()
    if not currency:
        raise ValueError("une unité : « € par mois », « € par an », « € » en une fois")
    if rest not in _WORDS:
        known = ", ".join(Period)
        raise ValueError(f"une période : {known}")
    return Amount(Fraction(number.replace(",", ".")), _WORDS[rest])
