"""A table laid out for data: one value a cell, its nature and its unit beside it.

The workbook and the CSV files hold the same sheets: where a column holds figures, a column
``…_nature`` beside it says what kind each is, and ``…_unite`` in what unit it is where units
differ. Where rows are communes, their code comes first.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from assemblier.figures import Figure, Nature
from assemblier.reports.document import Align, Cell, Column, Table

_CODE = Column("code_commune", "Code commune")
_NATURE = "nature"
_UNIT = "unite"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns and the rows of a data sheet; rows have one cell per column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheet_of(table: Table) -> Sheet:
    """Return the data sheet of a table.

    Always true
    -----------
    As many rows as the table, in the same order; its columns are there, in the same order.

    Examples
    --------
    >>> sheet = sheet_of(Table("t", "T", (Column("n", "N"),), ((Figure("n", 2.0),),)))
    >>> [column.key for column in sheet.columns], sheet.rows[0][1]
    (['n', 'n_nature'], 'calculé')
    """
    lists: list[tuple[Column, list[Cell]]] = []
    if table.codes and all(column.key != _CODE.key for column in table.columns):
        lists.append((_CODE, list(table.codes)))
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        lists.append((column, cells))
        if all(other.key != _NATURE for other in table.columns):  # else the table says it itself
            lists.extend(_companions(column, cells, table.nature))
    rows = zip(*(cells for _, cells in lists), strict=True) if table.rows else ()
    return Sheet(tuple(column for column, _ in lists), tuple(rows))


def _companions(
    column: Column, cells: list[Cell], nature: Nature
) -> Iterator[tuple[Column, list[Cell]]]:
    """Yield what stands beside a column that holds figures."""
    figures = [cell for cell in cells if isinstance(cell, Figure)]
    if any(figure.unit != column.unit for figure in figures):
        unit = Column(f"{column.key}_{_UNIT}", "Unité")
        yield unit, [cell.unit if isinstance(cell, Figure) else column.unit for cell in cells]
    if figures:
        natures = Column(f"{column.key}_{_NATURE}", "Nature")
        yield natures, [_nature(cell, nature) for cell in cells]


def _nature(cell: Cell, nature: Nature) -> str:
    if cell is None:
        return Nature.NON_DISPONIBLE.value
    return cell.nature.value if isinstance(cell, Figure) else nature.value


def value_of(cell: Cell) -> str | float | int | None:
    """Return what a cell holds once a figure is reduced to its number; None is unknown."""
    value = cell.value if isinstance(cell, Figure) else cell
    # An array says unknown with NaN.
    return None if isinstance(value, float) and math.isnan(value) else value


def is_number(column: Column) -> bool:
    """Whether people read the column as numbers, set right."""
    return column.align is Align.NUMBER
