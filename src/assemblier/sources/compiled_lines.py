"""The lines of a regular text read byte by byte, compiled by numba; imported by `swift`.

Each byte is looked at once. Positions are unsigned: a signed one would be tested for negative
indexing at every byte.
"""

import numba
import numpy as np

__all__ = ["IRREGULAR", "read_lines"]

IRREGULAR = -1
ONE = np.uint64(1)
LINE_FEED = np.uint8(10)

# The Fowler-Noll-Vo hash of a field, byte after byte, then scattered over the 64 bits.
_START = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


@numba.njit(cache=True, nogil=True, inline="always")
def _mixed(number):  # type: ignore[no-untyped-def]
    """Scatter a number over the 64 bits."""
    number = number * _MIX
    return number ^ (number >> _HALF)


@numba.njit(cache=True, nogil=True)
def read_lines(  # type: ignore[no-untyped-def]
    codes,
    last,
    separator,
    ranks,
    apart,
    line_slots,
    line_bits,
    field_slots,
    field_bits,
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
        (bytes,) from the byte before the first line to past the end of the last one, then a line
        feed that ends nothing.
    last
        A line that begins after this byte is left to the next part.
    separator
        Between two fields.
    ranks
        (fields of a line,) rank of a wanted field, -1 for another.
    apart
        Place of the field set apart.
    line_slots, line_bits, field_slots, field_bits
        What was met: (slots,) and (wanted fields, slots).
    lines, aparts
        (lines at most,) the numbers of the line and of the field set apart, 0 where it is empty.
    new_lines, new_fields
        (lines at most,), (lines at most, wanted fields): numbers of a line that had not been met.
    new_texts
        (texts at most, 4): a text that had not been met; its field, its first byte, the byte
        after it, its number.

    Returns
    -------
        How many lines, new lines and new texts; `IRREGULAR` first where a line needs care.
    """
    size = np.uint64(len(codes) - 1)  # the last byte is a line feed that ends nothing
    width = np.uint64(len(ranks))
    wanted = np.uint64(apart)
    fields = field_slots.shape[0]
    line_shift = np.uint64(64 - line_bits)
    field_shift = np.uint64(64 - field_bits)
    stops = np.zeros(256, np.uint8)  # what ends a field; a null byte ends the reading
    stops[separator] = stops[LINE_FEED] = stops[0] = 1
    starts = np.zeros(fields, np.uint64)
    ends = np.zeros(fields, np.uint64)
    numbers = np.zeros(fields, np.uint64)
    count = met = texts = np.uint64(0)
    byte = np.uint64(0)
    while codes[byte] != LINE_FEED:
        byte += ONE
    while byte < np.uint64(last) and byte + ONE < size:
        byte += ONE
        place = np.uint64(0)
        line = np.uint64(0)
        while True:
            # One field, up to its separator or the end of the line.
            rank = ranks[place] if place < width else -1
            if rank < 0 and place != wanted:
                code = codes[byte]
                while not stops[code]:
                    byte += ONE
                    code = codes[byte]
            else:
                begin = byte
                number = _START
                code = codes[byte]
                while not stops[code]:
                    number = (number ^ np.uint64(code)) * _PRIME
                    byte += ONE
                    code = codes[byte]
                number = _mixed(number)
                if rank >= 0:
                    starts[rank] = begin
                    ends[rank] = byte
                    numbers[rank] = number
                    line = _mixed(line ^ number)
                else:
                    aparts[count] = number if byte > begin else np.uint64(0)
            place += ONE
            if code != separator:
                break
            byte += ONE
        if code != LINE_FEED or byte >= size:
            return IRREGULAR, 0, 0
        if place != width:
            return IRREGULAR, 0, 0
        lines[count] = line
        count += ONE
        slot = line >> line_shift
        if line_slots[slot] == line:
            continue
        line_slots[slot] = line
        new_lines[met] = line
        for rank in range(fields):
            number = numbers[rank]
            new_fields[met, rank] = number
            slot = number >> field_shift
            if field_slots[rank, slot] != number:
                field_slots[rank, slot] = number
                new_texts[texts, 0] = rank
                new_texts[texts, 1] = starts[rank]
                new_texts[texts, 2] = ends[rank]
                new_texts[texts, 3] = number
                texts += ONE
        met += ONE
    return np.int64(count), np.int64(met), np.int64(texts)
