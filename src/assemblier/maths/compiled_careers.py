"""Careers drawn and placed by numba; imported by `careers` when there are many of them.

One thread, whole numbers on one or two bytes: what is read from memory sets the time.
"""

import numba
import numpy as np

__all__ = ["add_arrived", "add_present", "careers", "spill"]


@numba.njit(cache=True, nogil=True)
def careers(  # type: ignore[no-untyped-def]
    parts, ages, exits, more, share, going_on_age, length, retires, ends
):
    """Write when each retires and when each ceases; see `careers.drawn_careers`.

    The first year a chance of the same high byte may give stays in the nearest cache, which a
    table of every chance would not; few chances then go further than this year.
    """
    people, draws = exits.shape
    step, years = (1 if ages.shape[1] > 1 else 0), parts.shape[1]
    first = _first_years(parts)
    for person in range(people):
        for draw in range(draws):
            age, chance = np.int64(ages[person, draw * step]), np.int32(exits[person, draw])
            year = np.int64(first[age, chance >> 8])
            while year <= years and chance >= parts[age, year - 1]:
                year += 1
            retires[person, draw] = year
            goes_on = (year <= years) & (more[person, draw] < share)
            goes_on &= age + year >= going_on_age
            ends[person, draw] = min(year + goes_on * length, years + 1)


@numba.njit(cache=True, nogil=True)
def _first_years(parts):  # type: ignore[no-untyped-def]
    """Return (ages, 256) the year of the least chance of each high byte."""
    found = np.empty((len(parts), 256), np.int8)
    for age in range(len(parts)):
        year = 1
        for high in range(256):
            while year <= parts.shape[1] and high << 8 >= parts[age, year - 1]:
                year += 1
            found[age, high] = year
    return found


@numba.njit(cache=True, nogil=True)
def add_present(  # type: ignore[no-untyped-def]
    change, places, acts, rows, retires, ends, before, year, reduced
):
    """Take from each place what those who were there no longer do in a year."""
    none = type(reduced)(0)
    for rank in range(len(rows)):
        held, act = change[places[rank]], acts[rank]
        last, retired = ends[rows[rank]], retires[rows[rank]]
        most, rest = act * reduced, act * (type(reduced)(1) - reduced)
        for draw in range(len(held)):
            # Without a jump, so that several draws go at once.
            gone = most if (last[draw] > before) & (last[draw] <= year) else none
            gone += rest if (retired[draw] > before) & (retired[draw] <= year) else none
            held[draw] -= gone


@numba.njit(cache=True, nogil=True)
def add_arrived(  # type: ignore[no-untyped-def]
    held, places, ranks, act, retires, ends, before, year, reduced
):
    """Add to the place of each one who arrived what they do, less what they did before."""
    none, most = type(reduced)(0), act * reduced
    rest = act - most
    for person in range(len(ends)):
        for draw in range(held.shape[1]):
            last, retired = ends[person, draw], retires[person, draw]
            part = most if last > year else none
            part += rest if retired > year else none
            part -= most if last > before else none
            part -= rest if retired > before else none
            # Most do as before: their place is not looked for.
            if part != 0:
                held[places[ranks[person, draw]], draw] += part


@numba.njit(cache=True, nogil=True)
def spill(change, held, first):  # type: ignore[no-untyped-def]
    """Add (places, some draws) to the draws from `first` on, and empty it."""
    for place in range(len(held)):
        for draw in range(held.shape[1]):
            change[place, first + draw] += held[place, draw]
            held[place, draw] = 0
