"""Who is within an age limit, where a source only gives bands of ages."""

import re
from typing import TYPE_CHECKING

from assemblier.french import number
from assemblier.sources.layout import normalise

if TYPE_CHECKING:
    import polars as pl

OLDEST = 74
"""Where an open last band is taken to end, in years; nobody confirmed it."""


def band(text: str) -> tuple[int, int] | None:
    """Return the first and last ages a text names, or None.

    Examples
    --------
    >>> band("60-64 ans"), band("moins de 35 ans"), band("65 ans et plus"), band("inconnu")
    ((60, 64), (0, 34), (65, 74), None)
    """
    plain = normalise(text)
    ages = [int(found) for found in re.findall(r"\d+", plain)]
    if len(ages) == 2 and ages[0] <= ages[1]:
        return ages[0], ages[1]
    if len(ages) != 1:
        return None
    if plain.startswith("moins"):
        return 0, ages[0] - 1
    is_open = "plus" in plain or plain.startswith("des")
    return (ages[0], max(OLDEST, ages[0])) if is_open else (ages[0], ages[0])


def part_within(text: str | None, age_limit: int) -> float:
    """Return the part of a band of ages that is within a limit, ages being spread evenly in it.

    Parameters
    ----------
    text
        The band; someone of unknown age is kept.
    age_limit
        Included.

    Always true
    -----------
    Between 0 and 1; a higher limit never keeps less.

    Examples
    --------
    >>> part_within("60-64 ans", 62), part_within("65-69 ans", 62), part_within(None, 62)
    (0.6, 0.0, 1.0)
    """
    ages = band(text or "")
    if ages is None:
        return 1.0
    low, high = ages
    return min(max((age_limit - low + 1) / (high - low + 1), 0.0), 1.0)


def share_within(rows: "pl.DataFrame", age_limit: int) -> "tuple[pl.DataFrame, str]":
    """Return rows whose `effectif` is what is left within an age limit, and what was done.

    Parameters
    ----------
    rows
        Columns `effectif`, `tranche_age`.
    age_limit
        Included.
    """
    import polars as pl

    texts = rows["tranche_age"].unique().to_list()
    parts = {text: part_within(text, age_limit) for text in texts if text is not None}
    part = pl.col("tranche_age").replace_strict(parts or {"": 1.0}, default=1.0)
    unknown = int(rows["tranche_age"].null_count())
    note = (
        f"Praticiens de {age_limit} ans et moins, d'après les tranches d'âge de la source : une "
        "tranche coupée par la limite est répartie également entre ses âges (U)."
    )
    if unknown:
        note += f" {number(unknown)} lignes sans âge sont gardées."
    kept = rows.with_columns(pl.col("effectif") * part.cast(pl.Float64))
    return kept.filter(pl.col("effectif") > 0), note
