"""What becomes of a result when each entry moves between its two ends."""

from dataclasses import dataclass
from fractions import Fraction

from assemblier.projects.calculation import Calculation, Changes, Row
from assemblier.projects.expressions import Place
from assemblier.projects.study import Study, quantity


@dataclass(frozen=True, slots=True)
class Effect:
    """A result when one entry is at its low end, then at its high end, the others as entered."""

    row: Row
    at_low: Fraction
    at_high: Fraction

    @property
    def width(self) -> Fraction:
        """Return how much the entry moves the result."""
        return abs(self.at_high - self.at_low)


def effects(calculation: Calculation, result: Place) -> tuple[Effect, ...]:
    """Return the effect of each entry that has a range, the strongest first.

    Entries that do not move the result are left out.
    """
    found = []
    for row in calculation.entries_of(result):
        if row.is_ranged:
            low = calculation.values(_moved(row, row.low)).get(calculation.place(result))
            high = calculation.values(_moved(row, row.high)).get(calculation.place(result))
            if low is not None and high is not None and low != high:
                found.append(Effect(row, low, high))
    return tuple(sorted(found, key=lambda one: (-one.width, one.row.key)))


def _moved(row: Row, to: Fraction | None) -> Changes:
    """Return the changes that put an entry at one end, every year in the same proportion."""
    first = next((cell for cell in row.cells if isinstance(cell, Fraction)), None)
    if to is None or not first:
        return {(row.key, 0): to}
    return {
        (row.key, column): cell * to / first
        for column, cell in enumerate(row.cells)
        if isinstance(cell, Fraction)
    }


def span(calculation: Calculation, result: Place) -> tuple[Fraction, Fraction] | None:
    """Return the result with every entry at its unfavourable end, then at the favourable one.

    Returns
    -------
        None where the result is unknown. Without any range, twice the result.

    Always true
    -----------
    The result lies between both, for results that each entry moves in one direction.
    """
    central = calculation.central[calculation.place(result)]
    if central is None:
        return None
    down: dict[Place, Fraction | None] = {}
    up: dict[Place, Fraction | None] = {}
    for one in effects(calculation, result):
        lowest, highest = one.row.low, one.row.high
        if one.at_low > one.at_high:
            lowest, highest = highest, lowest
        down |= _moved(one.row, lowest)
        up |= _moved(one.row, highest)
    place = calculation.place(result)
    low, high = calculation.values(down)[place], calculation.values(up)[place]
    return None if low is None or high is None else (low, high)


def span_text(study: Study) -> str:
    """Return in words how far the result of a project goes; empty where nothing moves it."""
    found = None if study.result is None else span(study.calculation, study.result)
    if study.result is None or found is None or found[0] == found[1]:
        return ""
    row, column = study.calculation.row_of[study.result[0]], study.result[1]
    year = f", année {column + 1}," if len(row.cells) > 1 else ""
    low, high = quantity(found[0], "", row.decimals), quantity(found[1], row.unit, row.decimals)
    return (
        f"Toutes les hypothèses déplacées ensemble, du pire au meilleur : {row.label}{year} de "
        f"{low.strip()} à {high}.{_turning_text(study, study.result)}"
    )


def _turning_text(study: Study, result: Place) -> str:
    """Return the first entry that changes the sign of the result by itself."""
    central = study.value(*result)
    for one in effects(study.calculation, result):
        for moved, end in ((one.row.low, one.at_low), (one.row.high, one.at_high)):
            if central is not None and central * end < 0:
                row = study.calculation.row_of[result[0]]
                return (
                    f" Une seule suffit à en changer le signe : {one.row.label}, "
                    f"{quantity(moved, one.row.unit, 1)}, donne "
                    f"{quantity(end, row.unit, row.decimals)}."
                )
    return ""
