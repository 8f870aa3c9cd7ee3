"""Bring a table of communes, of any vintage, onto the index: where rows could misalign."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assemblier import data
from assemblier.errors import DataError, Problem
from assemblier.territory.communes import index

if TYPE_CHECKING:
    import polars as pl

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row of a table that did not join, or joined with a reserve.

    Attributes
    ----------
    code
        The code in the table.
    reason
        In French.
    joined
        Whether its values are in the aligned table all the same.
    """

    code: str
    reason: str
    joined: bool = False


@dataclass(frozen=True)
class Aligned:
    """A table on the index of communes.

    Attributes
    ----------
    table
        One row per commune of the index, in its order; null where the table said nothing.
    misfits
        What did not join, or joined with a reserve, by code.
    merged
        For each commune that received several rows, the codes of these rows.
    """

    table: "pl.DataFrame"
    misfits: tuple[Misfit, ...]
    merged: dict[str, tuple[str, ...]]


def align(
    table: "pl.DataFrame", additive: Sequence[str] = (), code: str = "code_commune"
) -> Aligned:
    """Return a table of communes of any vintage on the index of communes.

    Former codes become their commune of today. Where several rows become one, an additive column
    is summed (unknown if one of them is) and another is unknown, and it is said. A city given
    whole (Paris, Lyon, Marseille) is not split over its arrondissements.

    Parameters
    ----------
    table
        One row per commune.
    additive
        Columns that can be summed: counts, not rates.
    code
        Name of the column of codes.

    Raises
    ------
    DataError
        When a column is missing or a code is there twice.

    Always true
    -----------
    The sum of an additive column without unknowns is the sum over the rows that joined.

    Examples
    --------
    >>> import polars as pl
    >>> old = pl.DataFrame({"code_commune": ["43157", "43146", "99999"], "medecins": [30, 1, 2]})
    >>> aligned = align(old, additive=["medecins"])
    >>> aligned.merged, [misfit.code for misfit in aligned.misfits]
    ({'43157': ('43146', '43157')}, ['99999'])
    """
    import polars as pl

    _check(table, additive, code)
    rows = index()
    current = {given: rows.current_code(given) for given in table[code].to_list()}
    placed = table.with_columns(
        pl.col(code).replace_strict(current, return_dtype=pl.String).alias("_current")
    ).drop_nulls("_current")
    grouped = placed.group_by("_current").agg(
        [_together(name, name in additive) for name in table.columns if name != code]
    )
    base = pl.DataFrame({code: rows.codes})
    aligned = base.join(grouped, left_on=code, right_on="_current", how="left")
    merged = _merged(current)
    return Aligned(
        aligned.select(table.columns), _misfits(table, current, merged, additive, code), merged
    )


def _together(name: str, is_additive: bool) -> "pl.Expr":
    import polars as pl

    column = pl.col(name)
    if is_additive:
        known = column.null_count() == 0
        return pl.when(known).then(column.sum()).otherwise(None).alias(name)
    return pl.when(pl.len() == 1).then(column.first()).otherwise(None).alias(name)


def _check(table: "pl.DataFrame", additive: Sequence[str], code: str) -> None:
    import polars as pl

    missing = [name for name in (code, *additive) if name not in table.columns]
    if missing:
        found = ", ".join(table.columns)
        raise DataError(
            [
                Problem(f"colonne « {name} »", f"absente de {found}", "cette colonne", "l'ajouter")
                for name in missing
            ]
        )
    twice = table.group_by(code).len().filter(pl.col("len") > 1)[code].sort().to_list()
    if twice:
        raise DataError(
            [
                Problem(
                    f"commune « {given} »", "plusieurs lignes", "une ligne", "n'en garder qu'une"
                )
                for given in twice[:SHOWN]
            ]
        )


def _merged(current: dict[str, str | None]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for given, commune in sorted(current.items()):
        if commune is not None:
            found.setdefault(commune, []).append(given)
    return {commune: tuple(codes) for commune, codes in found.items() if len(codes) > 1}


def _misfits(
    table: "pl.DataFrame",
    current: dict[str, str | None],
    merged: dict[str, tuple[str, ...]],
    additive: Sequence[str],
    code: str,
) -> tuple[Misfit, ...]:
    rows = index()
    found = [Misfit(given, rows.reason(given)) for given, to in current.items() if to is None]
    lost = [name for name in table.columns if name != code and name not in additive]
    if lost:
        found += [
            Misfit(
                commune,
                f"réunion de {', '.join(codes)} : {', '.join(lost)} ne s'additionnent pas",
                joined=True,
            )
            for commune, codes in merged.items()
        ]
    found += _wider(current)
    return tuple(sorted(found, key=lambda misfit: misfit.code))


def _wider(current: dict[str, str | None]) -> list[Misfit]:
    """Return the communes whose row still covers communes restored since."""
    restored: dict[str, list[str]] = {}
    for code, origin in (
        data.communes_retablies().select("code_commune", "code_origine").iter_rows()
    ):
        restored.setdefault(origin, []).append(code)
    return [
        Misfit(origin, f"peut comprendre {', '.join(parts)}, rétablies depuis", joined=True)
        for origin, parts in restored.items()
        if origin in current and not current.keys() & set(parts)
    ]
