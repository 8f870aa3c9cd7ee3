"""Small counts hidden before they are kept: nobody is recognised in a table.

A count under the threshold becomes unknown, with the statut « secret »; where a single count of a
group is hidden, a second one is hidden too, so that a published total does not give it away.
"""

from collections.abc import Sequence

import polars as pl

from assemblier.sources.values import CONNU, SECRET

THRESHOLD = 5
"""Fewest people a published cell may count; zero is not hidden: it says nothing about anybody."""


def hide_small_counts(
    frame: pl.DataFrame,
    count: str = "effectif",
    groups: Sequence[str] = (),
    threshold: int = THRESHOLD,
) -> pl.DataFrame:
    """Return the frame with small counts unknown and a column `statut` that says so.

    Parameters
    ----------
    frame
        One row a cell.
    count
        Column of counts; a null count stays unknown.
    groups
        Columns whose cells share a total that may be published elsewhere.
    threshold
        Counts from 1 to `threshold` - 1 are hidden.

    Always true
    -----------
    No count from 1 to `threshold` - 1 remains.
    In a group where something is hidden, two cells at least are, if two are not zero.
    Zero stays zero.

    Examples
    --------
    >>> cells = pl.DataFrame({"age_debut": [30, 40, 50], "effectif": [2, 9, 0]})
    >>> hide_small_counts(cells)["effectif"].to_list()
    [None, None, 0]
    """
    small = pl.col(count).is_between(1, threshold - 1)
    rank = pl.when(~small & (pl.col(count) > 0)).then(pl.col(count)).rank("ordinal")
    alone = small.sum() == 1
    if groups:
        rank, alone = rank.over(groups), alone.over(groups)
    hidden = (small | (alone & (rank == 1))).fill_null(False)
    return frame.with_columns(
        pl.when(hidden).then(None).otherwise(pl.col(count)).alias(count),
        pl.when(hidden)
        .then(pl.lit(SECRET))
        .when(pl.col(count).is_null())
        .then(pl.lit("non disponible"))
        .otherwise(pl.lit(CONNU))
        .alias("statut"),
    )
