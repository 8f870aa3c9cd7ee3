"""How figures and cells of tables are written for French readers, the same in every format.

Numbers and spaces are those of `assemblier.french`. Unknown is written, never left blank or zero.
"""

import re
from collections.abc import Sequence

from assemblier.figures import Figure, Nature
from assemblier.french import NARROW, NO_BREAK, UNKNOWN_SHORT, french_spaces, number, unit_text
from assemblier.reports.document import Align, Cell, Column

UNKNOWN = "non disponible"
NOTHING = "rien : "
"""How a figure that no file would bring begins to say why."""


def percent(value: float | None, decimals: int = 1) -> str:
    """Write a number of percent (12.4 is 12,4 %, not 0.124).

    Examples
    --------
    >>> percent(12.4) == "12,4\u202f%"
    True
    """
    return UNKNOWN_SHORT if value is None else with_unit(number(value, decimals), "%")


def euros(value: float | None, decimals: int = 0) -> str:
    """Write an amount.

    Examples
    --------
    >>> euros(50_000) == "50\u202f000\u00a0€"
    True
    """
    return UNKNOWN_SHORT if value is None else with_unit(number(value, decimals), "€")


def with_unit(written: str, unit: str) -> str:
    """Join a written number and its unit with the space that never breaks."""
    if not unit:
        return written
    space = NARROW if unit.startswith(("%", "‰")) else NO_BREAK
    return f"{written}{space}{french_spaces(unit)}"


def figure_text(figure: Figure) -> str:
    """Write a figure: its number and its unit, or "non disponible".

    Examples
    --------
    >>> figure_text(Figure("décès", 2660, "décès")) == "2\u202f660\u00a0décès"
    True
    """
    if figure.value is None:
        return UNKNOWN
    written = number(figure.value, figure.decimals)
    # The unit agrees with the number that is read: 1,996 written 2,00 is plural.
    return with_unit(written, unit_text(round(figure.value, figure.decimals), figure.unit))


def nature_label(nature: Nature) -> str:
    """Return the word of the badge: cité, calculé, estimé, votre réponse or non disponible."""
    return nature.value


def missing_text(files: Sequence[str]) -> str:
    """Say what would bring what is not available, and why nothing would, where nothing does.

    Examples
    --------
    >>> missing_text(["Insee, Filosofi"])
    "ce qui l'apporterait : Insee, Filosofi"
    >>> missing_text(["rien : secret statistique"])
    'secret statistique'
    """
    real = [file for file in files if not file.startswith(NOTHING)]
    reasons = [file.removeprefix(NOTHING) for file in files if file.startswith(NOTHING)]
    brings = [f"ce qui l'apporterait : {', '.join(real)}"] if real else []
    return " ; ".join([*dict.fromkeys(reasons), *brings])


def origin_text(figure: Figure) -> str:
    """Say in one line where a figure comes from: its nature, who printed it, the page, the date.

    Examples
    --------
    >>> origin_text(Figure("communes", 3, vintage="2024"))
    'calculé, 2024'
    """
    pieces = [nature_label(figure.nature)]
    if figure.nature is Nature.NON_DISPONIBLE:
        return french_spaces(f"{UNKNOWN} ; {missing_text((figure.missing,))}")
    if figure.nature is Nature.CITE:
        for source in figure.provenance.sources[:1]:
            pieces += [source.producer, source.page, source.published or source.vintage]
    elif figure.vintage:
        pieces.append(figure.vintage)
    return french_spaces(", ".join(piece for piece in pieces if piece))


def cell_text(cell: Cell, column: Column) -> str:
    """Write a cell of a table; a figure repeats its unit only where its column does not say it.

    Numbers of a text column (a year, a rank) are written without thousands spaces.

    Examples
    --------
    >>> cell_text(3.627, Column("apl", "APL", Align.NUMBER, 2)), cell_text(None, Column("a", "A"))
    ('3,63', 'n.d.')
    """
    match cell:
        case None:
            return UNKNOWN_SHORT
        case Figure():
            return _figure_cell(cell, column)
        case str():
            return french_spaces(cell)
        case int() if column.align is Align.TEXT:
            return str(cell)
        case _:
            return number(cell, column.decimals)


def _figure_cell(figure: Figure, column: Column) -> str:
    if figure.value is None:
        return UNKNOWN_SHORT
    if figure.unit == column.unit or _says(column.label, figure.unit):
        return number(figure.value, figure.decimals)
    return figure_text(figure)


def _says(label: str, unit: str) -> bool:
    """Tell whether the label of a column already holds a unit, as whole words."""
    wanted = re.escape(" ".join(unit.casefold().split()))
    said = " ".join(label.casefold().split())
    return bool(unit) and re.search(rf"(?<!\w){wanted}(?!\w)", said) is not None
