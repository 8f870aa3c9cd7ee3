"""The lines of a regular text read by blocks of bytes, compiled by numba; imported by `swift`.

Two passes over a part of the file that stays in the cache of a processor. The first finds every
separator and every line end, 64 bytes at a time: a comparison of 64 bytes gives 64 bits, of which
only those set are looked at. The second makes a number from each wanted field, 8 bytes at a time.
Positions are unsigned: a signed one would be tested for negative indexing at every use.
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

__all__ = ["BLOCK", "IRREGULAR", "ranks_among", "read_lines"]

IRREGULAR = -1
BLOCK = 64
"""Bytes compared at once: as many must follow the text, none of them a separator nor zero."""

ZERO, ONE, WORD = np.uint64(0), np.uint64(1), np.uint64(8)
_STEP = np.uint64(BLOCK)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_BITS = np.uint64(64)
LINE_FEED, NULL = np.uint8(10), np.uint8(0)

_START = np.uint64(0xCBF29CE484222325)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)

Typed = tuple[Any, Callable[..., Any]]


def _address(context: Any, builder: Any, signature: Any, arguments: Any, kind: Any) -> Any:
    """Return where the array given first has the byte given next, as the address of a `kind`."""
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    return builder.bitcast(builder.gep(array.data, [arguments[1]]), kind.as_pointer())


def _make_where(_: Any, codes: Any, _at: Any, _code: Any) -> Typed:
    """Return 64 bits, those set where the 64 bytes from a place are the wanted one."""

    def compare(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        kind = ir.VectorType(ir.IntType(8), BLOCK)
        places = ir.VectorType(ir.IntType(32), BLOCK)
        block = _address(context, builder, signature, arguments, kind)
        empty = ir.Constant(kind, ir.Undefined)
        first = builder.insert_element(empty, arguments[2], ir.Constant(ir.IntType(32), 0))
        wanted = builder.shuffle_vector(first, empty, ir.Constant(places, [0] * BLOCK))
        same = builder.icmp_unsigned("==", builder.load(block, align=1), wanted)
        return builder.bitcast(same, ir.IntType(BLOCK))

    return types.uint64(codes, types.uint64, types.uint8), compare


_where: Any = intrinsic(_make_where)


def _make_word(_: Any, codes: Any, _at: Any) -> Typed:
    """Return 8 bytes as a number, wherever they begin."""

    def load(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        address = _address(context, builder, signature, arguments, ir.IntType(64))
        return builder.load(address, align=1)

    return types.uint64(codes, types.uint64), load


_word: Any = intrinsic(_make_word)


def _make_count(_: Any, _bits: Any) -> Typed:
    """Return how many bits are set."""
    return types.uint64(types.uint64), lambda _, builder, __, given: builder.ctpop(given[0])


_count: Any = intrinsic(_make_count)


def _make_first(_: Any, _bits: Any) -> Typed:
    """Return the place of the lowest bit set; one must be."""
    never_zero = ir.Constant(ir.IntType(1), 1)
    return (
        types.uint64(types.uint64),
        lambda _, builder, __, given: builder.cttz(given[0], never_zero),
    )


_first: Any = intrinsic(_make_first)


@numba.njit(cache=True, nogil=True, inline="always")
def _mixed(number):  # type: ignore[no-untyped-def]
    """Scatter a number over the 64 bits; two different numbers stay different."""
    number = number * _MIX
    return number ^ (number >> _HALF)


@numba.njit(cache=True, nogil=True, inline="always")
def _number(codes, begin, end):  # type: ignore[no-untyped-def]
    """Return the number of a field; no zero byte is in it, so that its length need not be."""
    number = _START
    while begin + WORD < end:
        number = _mixed(number ^ _word(codes, begin))
        begin += WORD
    if begin == end:
        return number
    over = (begin + WORD - end) * WORD  # bits read after the field
    return _mixed(number ^ ((_word(codes, begin) << over) >> over))


@numba.njit(cache=True, nogil=True)
def _find_stops(codes, start, last, separator, stops):  # type: ignore[no-untyped-def]
    """Fill `stops` with the places of separators and line ends, from the one before `start`.

    Returns
    -------
        How many were found up to the first line end from `last` on, and how many are line ends;
        no line end at all where a byte is zero, or where the text has no such line end.
    """
    size = np.uint64(len(codes)) - _STEP
    stops[0] = start - ONE
    count = ends = zeros = ZERO
    at = start
    while at < size:
        feeds = _where(codes, at, LINE_FEED)
        found = feeds | _where(codes, at, separator)
        zeros |= _where(codes, at, NULL)
        is_last = False
        if at + _STEP > last:
            after = feeds & (_ALL << (last - at if last > at else ZERO))
            if after:
                is_last = True
                kept = after ^ (after - ONE)  # up to the lowest bit set
                feeds &= kept
                found &= kept
        ends += _count(feeds)
        while found:
            count += ONE
            stops[count] = at + _first(found)
            found &= found - ONE
        if is_last:
            return count, ends if zeros == ZERO else ZERO
        at += _STEP
    return count, ZERO


@numba.njit(cache=True, nogil=True)
def _number_lines(codes, count, width, places, apart, stops, lines, aparts):  # type: ignore[no-untyped-def]
    """Fill the numbers of the lines and of the field set apart; return whether each ends well."""
    base = ZERO  # of the line in `stops`
    for row in range(count):
        if codes[stops[base + width]] != LINE_FEED:
            return False
        line = ZERO
        for rank in range(len(places)):
            place = base + places[rank]
            number = _number(codes, stops[place] + ONE, np.uint64(stops[place + ONE]))
            line = _mixed(line ^ number)
        lines[row] = line
        place = base + apart
        begin, end = stops[place] + ONE, np.uint64(stops[place + ONE])
        aparts[row] = _number(codes, begin, end) if end > begin else ZERO
        base += width
    return True


@numba.njit(cache=True, nogil=True)
def _keep_new(count, lines, slots, bits, news):  # type: ignore[no-untyped-def]
    """Fill `news` with the rows of lines that had not been met, and return how many.

    A loop of its own: the slots are far from the processor, which asks for many at once.
    """
    shift = _BITS - np.uint64(bits)
    met = ZERO
    for row in range(count):
        line = lines[row]
        if slots[line >> shift] != line:
            slots[line >> shift] = line
            news[met] = row
            met += ONE
    return met


@numba.njit(cache=True, nogil=True)
def read_lines(  # type: ignore[no-untyped-def]
    codes,
    last,
    separator,
    width,
    places,
    apart,
    line_slots,
    line_bits,
    field_slots,
    field_bits,
    stops,
    news,
    lines,
    aparts,
    new_lines,
    new_fields,
    new_texts,
):
    """Fill the last five arrays from the lines that begin after the first byte and up to `last`.

    Parameters
    ----------
    codes
        (bytes,) from the byte before the first line to past the end of the last one, then `BLOCK`
        bytes that are neither a separator, nor a line feed, nor zero.
    last
        A line that begins after this byte is left to the next part.
    separator
        Between two fields.
    width
        Fields of a line.
    places
        (wanted fields,) place of each in a line.
    apart
        Place of the field set apart.
    line_slots, line_bits, field_slots, field_bits
        What was met: (slots,) and (wanted fields, slots).
    stops
        (separators at most + 1,) where to work.
    news
        (lines at most,) where to work.
    lines, aparts
        (lines at most,) the numbers of the line and of the field set apart, 0 where it is empty.
    new_lines, new_fields
        (lines at most,), (wanted fields, lines at most): numbers of a line that had not been met.
    new_texts
        (texts at most, 4): a text that had not been met; its field, its first byte, the byte
        after it, its number.

    Returns
    -------
        How many lines, new lines and new texts; `IRREGULAR` first where a line needs care.
    """
    last, width = np.uint64(last), np.uint64(width)
    start, size = ZERO, np.uint64(len(codes)) - _STEP
    while start < size and codes[start] != LINE_FEED:
        start += ONE
    if start == size:
        return IRREGULAR, 0, 0  # a line longer than the part
    start += ONE
    if start > last:
        return 0, 0, 0
    found, count = _find_stops(codes, start, last, separator, stops)
    # As many line ends as lines of this width, and one at the end of each: none is elsewhere.
    if count == ZERO or found != count * width:
        return IRREGULAR, 0, 0
    if not _number_lines(codes, count, width, places, np.uint64(apart), stops, lines, aparts):
        return IRREGULAR, 0, 0
    met = _keep_new(count, lines, line_slots, line_bits, news)
    shift = _BITS - np.uint64(field_bits)
    texts = ZERO
    for index in range(met):
        new_lines[index] = lines[news[index]]
    for rank in range(len(places)):
        slots = field_slots[rank]
        for index in range(met):
            place = news[index] * width + places[rank]
            begin, end = stops[place] + ONE, np.uint64(stops[place + ONE])
            number = _number(codes, begin, end)
            new_fields[rank, index] = number
            slot = number >> shift
            if slots[slot] != number:
                slots[slot] = number
                new_texts[texts, 0] = rank
                new_texts[texts, 1] = begin
                new_texts[texts, 2] = end
                new_texts[texts, 3] = number
                texts += ONE
    return np.int64(count), np.int64(met), np.int64(texts)


@numba.njit(cache=True, nogil=True)
def ranks_among(known, wanted):  # type: ignore[no-untyped-def]
    """Return where each different number of `known` first is, and the rank of each of `wanted`.

    Parameters
    ----------
    known
        (n,) numbers already scattered, repeated or not.
    wanted
        (m,) numbers; one that is not in `known` has a rank beyond all the others.

    Returns
    -------
        (different,) places in `known`; (m,) ranks among the different numbers.
    """
    bits = np.uint64(4)
    while ONE << bits < np.uint64(2 * len(known)):
        bits += ONE
    shift = _BITS - bits
    most = (ONE << bits) - ONE
    slots = np.zeros((most + ONE, 2), np.uint64)  # a number, and 1 more than its rank
    firsts = np.empty(len(known), np.int64)
    count = ZERO
    for index in range(len(known)):
        number = known[index]
        slot = number >> shift
        while slots[slot, 1] and slots[slot, 0] != number:
            slot = (slot + ONE) & most
        if not slots[slot, 1]:
            firsts[count] = index
            count += ONE
            slots[slot, 0] = number
            slots[slot, 1] = count
    ranks = np.empty(len(wanted), np.uint32)
    for index in range(len(wanted)):
        number = wanted[index]
        slot = number >> shift
        while slots[slot, 1] and slots[slot, 0] != number:
            slot = (slot + ONE) & most
        ranks[index] = slots[slot, 1] - ONE
    return firsts[:count], ranks
