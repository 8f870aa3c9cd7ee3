"""The inhabitants of some communes by sex and age: the newest census that covers all of them."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from assemblier.data import facts
from assemblier.diagnosis.sex_age import MEN, WOMEN, AgeClass, Distribution, distribution
from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.sources.stored import Stored, stored

FILE = "Insee, recensement de la population 2023 : population par sexe et âge, par commune"
EMBEDDED_YEAR = 2023
MOST_CLASSES = 25
"""Beyond, ages are given one by one, and are shown by classes of five years."""

OLDEST = 95
Classes = Mapping[tuple[str, AgeClass], float]


def by_sex(codes: Sequence[str]) -> Distribution | None:
    """Return the inhabitants of some communes by sex and class of ages, or None.

    Parameters
    ----------
    codes
        Communes; a source that does not cover all of them is not used: a pyramid has no holes.

    Examples
    --------
    >>> by_sex(["63113"]) is None, len(by_sex(["43157"]).bars)
    (True, 20)
    """
    for table in stored("population_age"):
        if table.year < EMBEDDED_YEAR and _embedded(codes):
            break
        classes, year = _imported(table, codes)
        if classes:
            return _distribution(classes, f"RP {year}", Provenance((table.source,)))
    known = _embedded(codes)
    if not known:
        return None
    return _distribution(known, "RP 2023", Provenance((facts.source("insee-rp-2023"),)))


def _distribution(classes: Classes, vintage: str, origin: Provenance) -> Distribution:
    return distribution(
        "population",
        classes,
        vintage=vintage,
        provenance=origin,
        nature=Nature.CALCULE,
        unit="habitants",
    )


def _imported(table: Stored, codes: Sequence[str]) -> tuple[Classes, int]:
    """Return the classes of a file and their year; none when it has a hole or only one sex."""
    import polars as pl

    rows = table.rows("code_commune", tuple(codes)).filter(pl.col("sexe").is_in([WOMEN, MEN]))
    if rows.is_empty():
        return {}, 0
    year = int(rows["millesime"].max())  # type: ignore[arg-type]
    rows = rows.filter(pl.col("millesime") == year)
    total = rows.group_by("sexe", "age_debut", "age_fin").agg(
        pl.col("population").sum(), pl.col("code_commune").n_unique().alias("communes")
    )
    if not (total["communes"] == len(set(codes))).all():
        return {}, 0
    starts = sorted(total["age_debut"].unique().to_list())
    ends = {start: after - 1 for start, after in pairwise(starts)}
    classes = {
        (sex, AgeClass(start, end if end is not None else ends.get(start))): float(people)
        for sex, start, end, people, _ in total.iter_rows()
    }
    if len(starts) > MOST_CLASSES:
        classes = _by_five_years(classes)
    return (classes, year) if _is_whole(classes) else ({}, 0)


def _by_five_years(classes: Classes) -> dict[tuple[str, AgeClass], float]:
    """Return ages given one by one as classes of five years, the last one open."""
    found: dict[tuple[str, AgeClass], float] = {}
    for (sex, ages), people in classes.items():
        start = min(ages.start // 5 * 5, OLDEST)
        group = (sex, AgeClass(start, None if start == OLDEST else start + 4))
        found[group] = found.get(group, 0.0) + people
    return found


def _is_whole(classes: Classes) -> bool:
    """Say whether classes follow one another, the same for both sexes, the last one open."""
    every = sorted({ages for _, ages in classes}, key=lambda ages: ages.start)
    follow = all(one.end is not None and two.start == one.end + 1 for one, two in pairwise(every))
    both = all((sex, ages) in classes for ages in every for sex in (WOMEN, MEN))
    return follow and both and every[-1].end is None


def share_from(found: Distribution | None, age: int) -> Figure:
    """Return the share of people of at least some age, where a class begins there."""
    from assemblier.diagnosis.sex_age import share_from_age, unknown_distribution

    people = found or unknown_distribution("population", FILE, "habitants")
    if any(bar.ages.is_across(age) for bar in people.bars):
        label = f"{people.subject}, part des {age} ans ou plus"
        return unavailable(label, f"{FILE}, par âge quinquennal", "%")
    return share_from_age(people, age)


def _embedded(codes: Sequence[str]) -> Classes:
    known = _facts()
    if not all(code in known for code in codes):
        return {}
    total: dict[tuple[str, AgeClass], float] = {}
    for code in codes:
        for group, people in known[code].items():
            total[group] = total.get(group, 0.0) + people
    return total


@cache
def _facts() -> dict[str, dict[tuple[str, AgeClass], float]]:
    table = facts.population_age_sexe()
    starts = sorted(table["age_debut"].unique().to_list())
    ends = [*(start - 1 for start in starts[1:]), None]
    classes = {start: AgeClass(start, end) for start, end in zip(starts, ends, strict=True)}
    found: dict[str, dict[tuple[str, AgeClass], float]] = {}
    for code, sex, start, people in table.iter_rows():
        found.setdefault(code, {})[sex, classes[start]] = people
    return found
