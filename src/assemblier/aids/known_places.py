"""What imported files say of communes on a day: rural revitalisation, priority quarters.

A zoning is never carried to a day it did not hold: a file tells only of the years its zoning
was in force. A commune with a priority quarter is not all in it: the question stays.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from assemblier.figures import Source
from assemblier.sources.stored import Stored, stored
from assemblier.territory import index
from assemblier.territory.names import simplified

OUI, NON = "oui", "non"
FRR_SINCE = dt.date(2024, 7, 1)
"""From this day France ruralités revitalisation holds; before, the old rural zoning (ZRR)."""
ZRR = "part de la commune classée en ZRR (ancien zonage)"
FRR = "part de la commune classée en FRR"
"""How a recipe names the two zonings, as a share of the commune."""
QUARTERS_SINCE = dt.date(2024, 1, 1)
"""From this day the quarters of 2024 hold in mainland France; before, those of 2014."""
WHOLE_COUNTRY = 1000
"""A list of fewer quarters than this is not that of the whole country."""


@dataclass(frozen=True, slots=True)
class Known:
    """An answer by commune, None where it is unknown, and where it was read.

    Attributes
    ----------
    source
        None where nothing that holds on the day was imported.
    """

    answers: tuple[str | None, ...]
    source: Source | None = None
    vintage: str = ""


def rural(codes: Sequence[str], on: dt.date) -> Known:
    """Return whether communes are in a zone of rural revitalisation on a day.

    Parameters
    ----------
    codes
        Communes.
    on
        The old zoning answers until 30 June 2024, the new one from then on.

    Always true
    -----------
    A commune classed in part is unknown.
    """
    wanted = FRR if on >= FRR_SINCE else ZRR
    for table in stored("indicateurs"):
        rows = table.rows("indicateur", (wanted,))
        if not rows.is_empty():
            share = dict(rows.select("code", "valeur").iter_rows())
            answers = tuple({1.0: OUI, 0.0: NON}.get(share.get(code)) for code in codes)
            return Known(answers, table.source, table.vintage)
    return Known((None,) * len(codes))


def quarter(codes: Sequence[str], on: dt.date) -> Known:
    """Return whether places of communes are in a priority quarter on a day.

    Parameters
    ----------
    codes
        Communes.
    on
        A list of the quarters of 2014 says nothing from 2024 on, one of 2024 nothing before.

    Always true
    -----------
    Only a commune without any quarter is known, and its answer is no.
    """
    for table in stored("qpv"):
        is_new = table.year >= QUARTERS_SINCE.year
        if is_new == (on >= QUARTERS_SINCE) and (held := _communes_of(table)) is not None:
            by_code, by_name = held
            names = index().nom[index().positions(codes)].tolist()
            answers = tuple(
                None if code in by_code or simplified(name) in by_name else NON
                for code, name in zip(codes, names, strict=True)
            )
            return Known(answers, table.source, table.vintage)
    return Known((None,) * len(codes))


def _communes_of(table: Stored) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the communes that have a quarter, by code and by name; None for a partial list."""
    rows = table.rows().select("code_qpv", "communes", "code_commune").unique()
    if rows["code_qpv"].n_unique() < WHOLE_COUNTRY:
        return None
    codes = frozenset(rows["code_commune"].drop_nulls().to_list())
    told = rows["communes"].drop_nulls().to_list()
    # A homonym elsewhere is then unknown too: it is asked, never guessed.
    names = frozenset(simplified(name.strip()) for names in told for name in names.split(","))
    return codes, names
