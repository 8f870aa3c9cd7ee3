"""Inhabitants by age: the imported censuses, else the delivered one of Haute-Loire."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assemblier.access.demand import PeopleByAge
from assemblier.access.embedded import embedded_people
from assemblier.access.method import Method
from assemblier.figures import Provenance
from assemblier.sources.stored import Stored, stored

if TYPE_CHECKING:
    import polars as pl

MOST_CLASSES = 25
"""Beyond, ages are given one by one, and are read by classes of five years."""

OLDEST = 95
EMBEDDED_YEAR = 2023
"""Of the delivered census."""

NATIONAL = 30_000
"""Communes from which a file describes the country: older ones add nothing."""


def people_by_age(method: Method, year: int | None = None) -> tuple[PeopleByAge, ...]:
    """Return the people by age that are known, the one to trust most last.

    Parameters
    ----------
    method
        Whose demand: everybody, or women.
    year
        The census wanted; the newest by default.

    Always true
    -----------
    What is delivered is always there.
    """
    tables = sorted(stored("population_age"), key=lambda one: _distance(one.year, year))
    found = [(_distance(EMBEDDED_YEAR, year), embedded_people(method))]
    for table in tables:
        read = people_of(table, method.sexe)
        if read.people:
            found.append((_distance(table.year, year), read))
        if len(read.people) >= NATIONAL:
            break
    # Of one year, what was imported comes before what is delivered.
    found[1:] = reversed(found[1:])
    return tuple(people for _, people in sorted(found, key=lambda one: -one[0]))


def people_of(table: Stored, sexe: str) -> PeopleByAge:
    """Return the people by age of an imported census; communes with a hole are left out.

    Parameters
    ----------
    table
        A table `population_age` of the store.
    sexe
        ``"ensemble"`` or ``"F"``.
    """
    return _people(table, sexe)


def _distance(known: int, year: int | None) -> int:
    return -known if year is None else abs(known - year)


@lru_cache(maxsize=8)
def _people(table: Stored, sexe: str) -> PeopleByAge:
    import polars as pl

    rows = _of_sex(table.rows(), sexe)
    provenance = Provenance((table.source,))
    if rows.is_empty():
        return PeopleByAge({}, (), provenance)
    rows = rows.filter(pl.col("millesime") == pl.col("millesime").max())
    starts = sorted(rows["age_debut"].unique().to_list())
    if len(starts) > MOST_CLASSES:
        five = (pl.col("age_debut") // 5 * 5).clip(0, OLDEST)
        rows = rows.with_columns(five.alias("age_debut"))
        starts = sorted(rows["age_debut"].unique().to_list())
    elif not _is_whole(rows, starts):
        return PeopleByAge({}, (), provenance)
    wide = (
        rows.group_by("code_commune", "age_debut")
        .agg(pl.col("population").sum())
        .pivot("age_debut", index="code_commune", values="population")
        .select("code_commune", *map(str, starts))
        .drop_nulls()
    )
    values = wide.drop("code_commune").to_numpy()
    people = dict(zip(wide["code_commune"], values, strict=True))
    return PeopleByAge(people, tuple(map(float, starts)), provenance)


def _of_sex(rows: "pl.DataFrame", sexe: str) -> "pl.DataFrame":
    """Return the rows that make one sex, or everybody: both sexes, else what is not told apart."""
    import polars as pl

    if sexe == "F":
        return rows.filter(pl.col("sexe") == "F")
    both = rows.filter(pl.col("sexe").is_in(["F", "H"]))
    is_both = both["sexe"].n_unique() == 2
    return both if is_both else rows.filter(pl.col("sexe") == "ensemble")


def _is_whole(rows: "pl.DataFrame", starts: Sequence[int]) -> bool:
    """Return whether classes follow one another from birth, the last one open."""
    ends: dict[int, int | None] = dict(rows.select("age_debut", "age_fin").iter_rows())
    follow = all(ends[one] in (None, two - 1) for one, two in pairwise(starts))
    return starts[0] == 0 and follow and ends[starts[-1]] is None
