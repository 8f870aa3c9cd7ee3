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
def add_present(change, places, acts, rows, retires, ends, year, reduced):  # type: ignore[no-untyped-def]
    """Add to each place what those who are there do in a year, less what they do today."""
    rest = type(reduced)(1) - reduced
    for rank in range(len(rows)):
        there, act, row = places[rank], acts[rank], rows[rank]
        for draw in range(change.shape[1]):
            part = reduced * (ends[row, draw] > year) + rest * (retires[row, draw] > year)
            change[there, draw] += act * (part - type(reduced)(1))


@numba.njit(cache=True, nogil=True)
def add_arrived(held, places, ranks, act, retires, ends, first, year, reduced):  # type: ignore[no-untyped-def]
    """Add to the place of each one who arrived what they do in a year, for the draws of held."""
    rest = type(reduced)(1) - reduced
    for person in range(len(ends)):
        for column in range(held.shape[1]):
            draw = first + column
            if ends[person, draw] > year:
                part = reduced + rest * (retires[person, draw] > year)
                held[places[ranks[person, draw]], column] += act * part
