"""Persons counted once at each of their places, compiled by numba; imported by `practices`.

Persons are first dealt by their number into parts small enough for the tables that tell them
apart to stay in the cache of a processor.
"""

import numba
import numpy as np

__all__ = ["tally"]

ONE = np.uint64(1)
_FREE = -1
_MIX = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_BITS = np.uint64(64)
_DEALT_BITS = np.uint64(9)


@numba.njit(cache=True, nogil=True, inline="always")
def _mixed(number):  # type: ignore[no-untyped-def]
    """Scatter a number over the 64 bits."""
    number = number * _MIX
    return number ^ (number >> _HALF)


@numba.njit(cache=True, nogil=True)
def _dealt(persons, refs, spots, half):  # type: ignore[no-untyped-def]
    """Return half of the rows part after part, in order in each, and where each part begins.

    What each row is about comes with it, copied so that parts hold together.
    """
    shift = _BITS - _DEALT_BITS
    starts = np.zeros((ONE << _DEALT_BITS) + ONE, np.int64)
    for person in persons:
        part = _mixed(person) >> shift
        if part & ONE == half:
            starts[part + ONE] += 1
    for part in range(1, len(starts)):
        starts[part] += starts[part - 1]
    following = starts.copy()
    count = starts[-1]
    rows = np.empty(count, np.uint32)
    people = np.empty(count, np.uint64)
    where = np.empty(count, np.uint32)
    held_at = np.empty(count, np.uint64)
    for row in range(len(persons)):
        part = _mixed(persons[row]) >> shift
        if part & ONE == half:
            to = following[part]
            following[part] = to + 1
            rows[to] = row
            people[to] = persons[row]
            where[to] = refs[row]
            held_at[to] = spots[refs[row]]
    return rows, people, where, held_at, starts


@numba.njit(cache=True, nogil=True)
def _once(rows, persons, refs, spots, ranks, lines):  # type: ignore[no-untyped-def]
    """Return which rows of a part are of a person at a spot for the first time.

    Of those that are not, the one that ranks first takes the place of the other.
    """
    most = ONE
    while most < np.uint64(2 * len(rows)):
        most += most
    slots = np.full(most, _FREE, np.int32)
    kept = np.empty(len(rows), np.int32)
    count = 0
    for index in range(len(rows)):
        person, spot = persons[index], spots[index]
        slot = _mixed(person ^ _mixed(spot)) & (most - ONE)
        while slots[slot] != _FREE:
            other = kept[slots[slot]]
            if persons[other] == person and spots[other] == spot:
                rank, before = ranks[refs[index]], ranks[refs[other]]
                if rank < before or (rank == before and lines[rows[index]] < lines[rows[other]]):
                    kept[slots[slot]] = index
                break
            slot = (slot + ONE) & (most - ONE)
        else:
            slots[slot] = count
            kept[count] = index
            count += 1
    return kept[:count]


@numba.njit(cache=True, nogil=True)
def _share(kept, persons, refs, professions, held, parts):  # type: ignore[no-untyped-def]
    """Add persons to their places: 1 to each, and an equal part of their practice."""
    most = ONE
    while most < np.uint64(2 * len(kept)):
        most += most
    slots = np.full(most, _FREE, np.int32)  # row that a count is about
    counts = np.zeros(most, np.int32)
    where = np.empty(len(kept), np.uint64)
    for index in range(len(kept)):
        row = kept[index]
        person, profession = persons[row], professions[refs[row]]
        slot = _mixed(person + np.uint64(profession)) & (most - ONE)
        while slots[slot] != _FREE and (
            persons[slots[slot]] != person or professions[refs[slots[slot]]] != profession
        ):
            slot = (slot + ONE) & (most - ONE)
        slots[slot] = row
        counts[slot] += 1
        where[index] = slot
    for index in range(len(kept)):
        ref = refs[kept[index]]
        held[ref] += 1
        parts[ref] += 1 / counts[where[index]]


@numba.njit(cache=True, nogil=True)
def tally(half, persons, lines, refs, spots, ranks, professions):  # type: ignore[no-untyped-def]
    """Return how many persons each place has, and the sum of the parts of their practice.

    Parameters
    ----------
    half
        0 or 1: which half of the persons is counted, so that two threads share the work.
    persons, lines, refs
        (rows,) number of a person, line of the file, place.
    spots, ranks, professions
        (places,) number of what a person is counted once at, how well the speciality is told
        (the lowest first, then the first line), number of the profession.

    Returns
    -------
        (places,) persons; (places,) parts.
    """
    held = np.zeros(len(spots), np.int64)
    parts = np.zeros(len(spots), np.float64)
    rows, people, where, held_at, starts = _dealt(persons, refs, spots, np.uint64(half))
    for part in range(len(starts) - 1):
        start, end = starts[part], starts[part + 1]
        own, some = people[start:end], where[start:end]
        kept = _once(rows[start:end], own, some, held_at[start:end], ranks, lines)
        _share(kept, own, some, professions, held, parts)
    return held, parts
