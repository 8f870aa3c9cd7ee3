"""What goes with the numbers of the data formats: where each figure comes from, every source.

The sheets "Sources" and "Chiffres" of the workbook and the files ``sources.csv`` and
``chiffres.csv`` hold these same rows.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assemblier.figures import Figure, Source
from assemblier.french import MONTHS, french_spaces, unit_text
from assemblier.reports.document import Align, Block, Cell, Column, Document, Finding, Gauges, Table
from assemblier.reports.numbering import Numbering, number_document

_NUMBER = Align.NUMBER

_SOURCE_COLUMNS = (
    Column("numero", "N°", _NUMBER),
    Column("producteur", "Producteur"),
    Column("titre", "Titre"),
    Column("millesime", "Millésime"),
    Column("publication", "Publication"),
    Column("page", "Page"),
    Column("licence", "Licence"),
    Column("adresse", "Adresse"),
    Column("definition", "Ce qui est compté"),
    Column("note", "À savoir"),
    Column("cle", "Clé"),
)

_FIGURE_COLUMNS = (
    Column("numero", "N°", _NUMBER),
    Column("emplacement", "Où il figure"),
    Column("libelle", "Chiffre"),
    Column("valeur", "Valeur", _NUMBER),
    Column("unite", "Unité"),
    Column("nature", "Nature"),
    Column("millesime", "Millésime"),
    Column("confiance", "Confiance"),
    Column("numerateur", "Numérateur"),
    Column("valeur_numerateur", "Valeur du numérateur", _NUMBER),
    Column("denominateur", "Dénominateur"),
    Column("valeur_denominateur", "Valeur du dénominateur", _NUMBER),
    Column("sources", "Sources (n°)"),
    Column("methode", "Méthode"),
    Column("parametres", "Paramètres"),
    Column("note", "À savoir"),
    Column("manque", "Ce qui l'apporterait"),
)


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure and the words that say where it stands in the document."""

    place: str
    figure: Figure


def source_table(document: Document) -> Table:
    """Return the sources of a document as a table, numbered as the text cites them.

    Always true
    -----------
    One row per source of `Document.sources`, in the same order.
    """
    rows = tuple(
        (
            number,
            source.producer,
            source.title,
            source.vintage,
            source.published,
            source.page,
            source.licence,
            source.address,
            source.definition,
            source.note,
            source.key,
        )
        for number, source in enumerate(document.sources(), start=1)
    )
    return Table("sources", "Sources", _SOURCE_COLUMNS, rows)


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What is printed of a source: what it is, when, its licence, and all its terms."""

    what: str
    when: str
    licence: str
    terms: str


def source_lines(document: Document) -> tuple[SourceLine, ...]:
    """Return what is printed of each source.

    Always true
    -----------
    One line per source of `Document.sources`, in the same order.
    """
    return tuple(_source_line(source) for source in document.sources())


def _source_line(source: Source) -> SourceLine:
    what = ". ".join(text for text in (source.producer, source.title, source.page) if text)
    licence = licence_text(source)
    when = ", ".join(text for text in (vintage_text(source), published_text(source)) if text)
    said = (licence, source.definition, source.note, source.address)
    terms = ". ".join(text.rstrip(".") for text in said if text)
    return SourceLine(*(french_spaces(text) for text in (what, when, licence.rstrip("."), terms)))


def published_text(source: Source) -> str:
    """Say when a source was published: a day is "le", a month or a year is "en".

    Examples
    --------
    >>> published_text(Source("s", "Insee", "Titre", "2017", published="2019"))
    'publié en 2019'
    >>> published_text(Source("s", "ARS", "Titre", "2022", published="9 mars 2023"))
    'publié le 9 mars 2023'
    """
    words = source.published
    if _DATE.match(words):
        return f"publié le {words}"
    return f"publié en {words}" if _PERIOD.fullmatch(words) else words


def vintage_text(source: Source) -> str:
    """Return the vintage of a source, unless its publication says the same date."""
    return "" if source.vintage == source.published else source.vintage


def licence_text(source: Source) -> str:
    """Return the licence of a source, named as one where its words alone would not tell.

    Examples
    --------
    >>> licence_text(Source("s", "ARS", "Titre", "2022", "non précisée ; cité avec sa source"))
    'licence non précisée ; cité avec sa source'
    """
    return f"licence {source.licence}" if source.licence.startswith("non ") else source.licence


def figure_table(document: Document) -> Table:
    """Return every figure of a document as a table: value, nature, terms of a ratio, sources.

    Always true
    -----------
    One row per figure of `Document.figures`, in the same order.
    """
    numbering = number_document(document)
    rows = tuple(
        (number, *_figure_row(placed, numbering))
        for number, placed in enumerate(placed_figures(document), start=1)
    )
    return Table("chiffres", "Chiffres et provenance", _FIGURE_COLUMNS, rows)


def _figure_row(placed: PlacedFigure, numbering: Numbering) -> tuple[Cell, ...]:
    figure = placed.figure
    return (
        placed.place,
        figure.label,
        figure,
        _unit(figure),
        figure.nature.value,
        figure.vintage,
        figure.confidence.value,
        *_term(figure.numerator),
        *_term(figure.denominator),
        numbering.figure_references(figure).strip("[]"),
        figure.provenance.method,
        " ; ".join(figure.provenance.parameters),
        figure.note,
        figure.missing,
    )


def _unit(figure: Figure) -> str:
    """Return the unit as it is read after the number: "1 consultation par an"."""
    if figure.value is None:
        return figure.unit
    return unit_text(round(figure.value, figure.decimals), figure.unit)


def _term(term: Figure | None) -> tuple[Cell, Cell]:
    return ("", "") if term is None else (term.label, term)


def placed_figures(document: Document) -> tuple[PlacedFigure, ...]:
    """Return every figure with its first place, in the order of `Document.figures`.

    A label names what is measured, not where: the place tells two such figures apart.
    """
    places: dict[Figure, str] = {}
    for place, figure in _places(document):
        places.setdefault(figure, place)
    return tuple(PlacedFigure(places[figure], figure) for figure in document.figures())


def _places(document: Document) -> Iterator[tuple[str, Figure]]:
    for block in document.summary:
        yield from _block_places("L'essentiel", block)
    for part in document.parts:
        for section in part.sections:
            for block in section.blocks:
                yield from _block_places(section.title, block)
    for table in document.tables():
        yield from _table_places(table)


def _block_places(title: str, block: Block) -> Iterator[tuple[str, Figure]]:
    match block:
        case Finding():
            for figure in block.figures:
                yield title, figure
        case Gauges():
            for gauge in (block.spatial, block.temporal):
                yield gauge.name, gauge.figure
                for companion, figure in gauge.companions:
                    yield f"{gauge.name}, {companion}", figure


def _table_places(table: Table) -> Iterator[tuple[str, Figure]]:
    for number, row in enumerate(table.rows, start=1):
        name = row[0] if isinstance(row[0], str) else f"ligne {number}"
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, Figure):
                yield f"{table.title}, {name}, {column.label}", cell


# ── dates ─────────────────────────────────────────────────────────────────────────────────────

_DATE = re.compile(rf"(\d{{1,2}})(?:er)?[\s\u00a0]+({'|'.join(MONTHS)})[\s\u00a0]+(\d{{4}})")
_PERIOD = re.compile(rf"(?:(?:{'|'.join(MONTHS)})[\s\u00a0]+)?\d{{4}}")
_NO_DATE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)


def document_moment(document: Document) -> datetime.datetime:
    """Return the day of a document, for the formats that carry one: never the current time.

    Returns
    -------
        Midnight (UTC) of the day written in `Document.date`; the first day a zip archive can
        hold, 1 January 1980, when no day is written there.

    Examples
    --------
    >>> document_moment(Document("d", "", "", "9 mars 2023", (), ())).date().isoformat()
    '2023-03-09'
    """
    found = _DATE.search(document.date)
    if found is None:
        return _NO_DATE
    day, month, year = found.groups()
    try:
        return datetime.datetime(int(year), MONTHS.index(month) + 1, int(day), tzinfo=datetime.UTC)
    except ValueError:  # "31 février"
        return _NO_DATE
