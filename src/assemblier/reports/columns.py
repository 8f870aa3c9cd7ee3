"""How wide the columns of a printed table are, in characters: for paper, text and slides."""

from collections.abc import Sequence

_SLACK = 1.0
"""Added to each column: few letters may all be wide ones."""
_LONGEST_WORD = 16
"""A longer word is hyphenated rather than given its whole width."""
_BOLD = 1.1
_BOLD_WORD = 1.22
"""Width of a bold character, that of headers, in plain ones; in a word nothing evens it out."""


def column_characters(
    headers: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[bool], room: float
) -> tuple[float, ...]:
    """Return how many characters wide each column of a table is.

    Where everything holds on a line, each column takes what its longest text asks. Where it does
    not, headers go to the line, and texts share what numbers leave, as much as each has to say.

    Parameters
    ----------
    headers, rows, numbers
        As in `ShownTable`.
    room
        How many characters hold across the page.

    Always true
    -----------
    No number is cut, nor parted from the first word of its unit.
    The columns hold in the room, unless none can be narrower.

    Examples
    --------
    >>> column_characters(("Nom", "Habitants"), (("Le Puy-en-Velay", "19 000"),), (False, True), 40)
    (16.0, 11.98)
    """
    cells = [[row[place] for row in rows] for place in range(len(headers))]
    least = [_least(*column) for column in zip(headers, cells, numbers, strict=True)]
    lines = [_on_a_line(*column) for column in zip(headers, cells, strict=True)]
    wanted = [max(pair) for pair in zip(least, lines, strict=True)]
    if sum(wanted) <= room:
        return tuple(wanted)
    texts = [0.0 if is_number else _amount(c) for c, is_number in zip(cells, numbers, strict=True)]
    widths = _spread(least, wanted, texts, room)
    return tuple(_spread(widths, wanted, wanted, room))


def _on_a_line(header: str, cells: Sequence[str]) -> float:
    """Return the width that holds a column without going to the line."""
    return max(_BOLD * len(header), *(float(len(cell)) for cell in cells), 1.0) + _SLACK


def _least(header: str, cells: Sequence[str], is_number: bool) -> float:
    """Return the width under which a number, or a word, would be cut."""
    heading = _BOLD_WORD * min(_longest_word(header), _LONGEST_WORD)
    most = max((_longest_word(cell) for cell in cells), default=1)
    # Spaces that part thousands, or a number from its unit, do not break: they are in the word.
    return max(heading, float(most if is_number else min(most, _LONGEST_WORD)), 1.0) + _SLACK


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split(" ")), default=0)


def _amount(cells: Sequence[str]) -> float:
    """Return how much a column of texts has to say: between its mean and its longest cell."""
    lengths = [len(cell) for cell in cells] or [0]
    return (sum(lengths) / len(lengths) + max(lengths)) / 2


def _spread(
    widths: Sequence[float], wanted: Sequence[float], weights: Sequence[float], room: float
) -> list[float]:
    """Widen columns by their weights, none beyond what it wants, until the room is taken."""
    grown = list(widths)
    for _ in grown:  # each turn satisfies a column at least, or takes all that is left
        spare = room - sum(grown)
        hungry = [
            place for place, width in enumerate(grown) if weights[place] and width < wanted[place]
        ]
        if spare <= 0 or not hungry:
            break
        total = sum(weights[place] for place in hungry)
        for place in hungry:
            share = spare * weights[place] / total
            grown[place] = min(grown[place] + share, wanted[place])
    return grown
