"""What imported files say of communes on a day: rural revitalisation, priority quarters.

A zoning is never carried to a day it did not hold: a file tells only of the years its zoning
was in force. A commune with a priority quarter is not all in it: the question stays.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assemblier.errors import ParameterError
from assemblier.figures import Source
from assemblier.parameters import value
from assemblier.sources.stored import Stored, stored
from assemblier.territory import index
from assemblier.territory.names import simplified

OUI, NON = "oui", "non"
ZRR = "part de la commune classée en ZRR (ancien zonage)"
FRR = "part de la commune classée en FRR"
"""How a recipe names the two zonings, as a share of the commune."""
_SHARES = {"ZRR": ZRR, "FRR": FRR}
_RURAL = "zonage.rural.zonage"
_MAINLAND = "zonage.quartiers.geographie_metropole"
_OVERSEAS = "zonage.quartiers.geographie_outre_mer"
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
        Each zoning answers for the days it was in force (parameter `zonage.rural.zonage`).

    Always true
    -----------
    A commune classed in part is unknown.
    """
    wanted = rural_share(on)
    for table in stored("indicateurs") if wanted else ():
        rows = table.rows("indicateur", (wanted,))
        if not rows.is_empty():
            share = dict(rows.select("code", "valeur").iter_rows())
            whole: dict[float | None, str] = {1.0: OUI, 0.0: NON}
            answers = tuple(whole.get(share.get(code)) for code in codes)
            return Known(answers, table.source, table.vintage)
    return Known((None,) * len(codes))


def quarter(codes: Sequence[str], on: dt.date) -> Known:
    """Return whether places of communes are in a priority quarter on a day.

    Parameters
    ----------
    codes
        Communes.
    on
        A list answers for the days its geography was in force (`zonage.quartiers`).

    Always true
    -----------
    Only a commune without any quarter is known, and its answer is no.
    """
    for table in stored("qpv"):
        holds = [_is_of_its_time(table, code, on) for code in codes]
        if any(holds) and (held := _communes_of(table)) is not None:
            by_code, by_name = held
            names = index().nom[index().positions(codes)].tolist()
            answers = tuple(
                None if not is_held or code in by_code or simplified(name) in by_name else NON
                for code, name, is_held in zip(codes, names, holds, strict=True)
            )
            return Known(answers, table.source, table.vintage)
    return Known((None,) * len(codes))


def rural_share(on: dt.date) -> str:
    """Return the name of the share of a commune in the rural zoning of a day; empty before.

    Examples
    --------
    >>> rural_share(dt.date(2024, 6, 30)) == ZRR, rural_share(dt.date(2024, 7, 1)) == FRR
    (True, True)
    """
    zoning = _in_force(_RURAL, on)
    return _SHARES[zoning] if zoning else ""


def _is_of_its_time(table: Stored, code: str, on: dt.date) -> bool:
    """Return whether a list of quarters is of the geography in force on a day for a commune."""
    path = _OVERSEAS if code.startswith("97") else _MAINLAND
    geography = _in_force(path, on)
    if geography is None or not table.year:
        return False
    return geography in (table.year, _in_force(path, dt.date(table.year, 12, 31)))


def _in_force(path: str, on: dt.date) -> Any:
    """Return the value of a parameter on a day, None before its first one."""
    try:
        return value(path, on)
    except ParameterError:
        return None


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
