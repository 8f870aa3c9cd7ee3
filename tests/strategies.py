"""Documents drawn at random, for what must always be true of the writers."""

import string

from hypothesis import strategies as st

from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.reports.document import Align, Cell, Column, Document, Part, Section, Table

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"))
    | st.sampled_from("éÉœ’«»;:=#$*_[]<>&\"'\\@-+|/\u00a0\u202f"),
    max_size=30,
)
"""What people, or a careless file, may write; without control characters."""
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(
    -1e15, 1e15, allow_nan=False, allow_infinity=False
)
UNITS = st.sampled_from(("", "%", "habitants", "pour 10 000 habitants"))
KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=20)

SOURCES = st.builds(
    Source,
    key=KEYS,
    producer=WORDS,
    title=WORDS,
    vintage=WORDS,
    page=st.sampled_from(("", "page 3", "page 14")),
    note=WORDS,
)
PROVENANCES = st.builds(Provenance, sources=st.lists(SOURCES, max_size=3).map(tuple), method=WORDS)
KNOWN = st.builds(
    Figure,
    label=WORDS,
    value=NUMBERS.map(float),
    unit=UNITS,
    nature=st.sampled_from((Nature.CITE, Nature.CALCULE, Nature.ESTIME)),
    provenance=PROVENANCES,
    decimals=st.integers(0, 3),
    note=WORDS,
)
UNKNOWN = st.builds(unavailable, label=WORDS, missing=WORDS.filter(bool), unit=UNITS)
CELLS: st.SearchStrategy[Cell] = st.one_of(WORDS, NUMBERS, KNOWN, UNKNOWN, st.none())


@st.composite
def tables(draw: st.DrawFn, key: str) -> Table:
    """One table: any cell anywhere."""
    width = draw(st.integers(1, 4))
    columns = tuple(
        Column(
            f"c{place}",
            draw(WORDS),
            draw(st.sampled_from(Align)),
            draw(st.integers(0, 3)),
            draw(UNITS),
        )
        for place in range(width)
    )
    rows = draw(st.lists(st.tuples(*[CELLS] * width), max_size=5))
    return Table(
        key,
        draw(WORDS.filter(str.strip)),
        columns,
        tuple(rows),
        draw(st.sampled_from(Nature)),
        draw(PROVENANCES),
        draw(WORDS),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of a few tables."""
    keys = draw(st.lists(KEYS.map(lambda key: f"t_{key}"), max_size=3, unique=True))
    blocks = tuple(draw(tables(key)) for key in keys)
    section = Section("s", draw(WORDS.filter(str.strip)), blocks)
    return Document(
        "d",
        draw(WORDS.filter(str.strip)),
        draw(WORDS),
        draw(st.sampled_from(("9 mars 2023", "1er janvier 2026", "un jour"))),
        (),
        (Part("p", draw(WORDS.filter(str.strip)), (section,)),),
    )
