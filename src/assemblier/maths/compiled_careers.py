"""Careers drawn and placed by numba; imported by `careers` when there are many of them.

One thread, whole numbers on one or two bytes: what is read from memory sets the time.
"""

import numba
import numpy as np

__all__ = ["add_arrived", "add_present", "careers"]


@numba.njit(cache=True, nogil=True)
def careers(  # type: ignore[no-untyped-def]
    parts, ages, exits, more, share, going_on_age, length, retires, ends
):
    """Write when each retires and when each ceases; see `careers.drawn_careers`.

    The thresholds of an age stay in the nearest cache, which a table of every chance would not.
    """
    people, draws = exits.shape
    step, years = (1 if ages.shape[1] > 1 else 0), parts.shape[1]
    for person in range(people):
        for draw in range(draws):
            age, chance = np.int64(ages[person, draw * step]), np.int32(exits[person, draw])
            year = years + 1
            if chance < parts[age, years - 1]:
                year = 1
                while chance >= parts[age, year - 1]:
                    year += 1
            retires[person, draw] = year
            if year <= years and more[person, draw] < share and age + year >= going_on_age:
                year = min(year + length, years + 1)
            ends[person, draw] = year


@numba.njit(cache=True, nogil=True)
def add_present(  # type: ignore[no-untyped-def]
    change, places, acts, rows, retires, ends, before, year, reduced
):
    """Add to each place what those who are there do in a year, less what they did before."""
    rest = type(reduced)(1) - reduced
    for rank in range(len(rows)):
        there, act, row = places[rank], acts[rank], rows[rank]
        for draw in range(change.shape[1]):
            then = reduced * (ends[row, draw] > before) + rest * (retires[row, draw] > before)
            part = reduced * (ends[row, draw] > year) + rest * (retires[row, draw] > year)
            change[there, draw] += act * (part - then)


@numba.njit(cache=True, nogil=True)
def add_arrived(  # type: ignore[no-untyped-def]
    held, places, ranks, act, retires, ends, first, before, year, reduced
):
    """Add to the place of each one who arrived what they do, less what they did before."""
    rest = type(reduced)(1) - reduced
    for person in range(len(ends)):
        for column in range(held.shape[1]):
            draw = first + column
            last, retired = ends[person, draw], retires[person, draw]
            part = reduced * (last > year) + rest * (retired > year)
            part -= reduced * (last > before) + rest * (retired > before)
            # Most do as before: their place is not looked for.
            if part != 0:
                held[places[ranks[person, draw]], column] += act * part
