"""What is always true of the data formats: no row is lost, numbers survive, bytes do not vary."""

import csv
import io
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from assemblier.reports import csv as csv_writer
from assemblier.reports import ods, xlsx
from assemblier.reports.document import Cell, Document, Table
from assemblier.reports.metadata import figure_table, source_table
from assemblier.reports.packing import xml_text
from assemblier.reports.sheet import sheet_of, value_of
from assemblier.reports.workbook import HEADER_LINE, shown_decimals
from tests.strategies import documents, tables


def all_tables(document: Document) -> tuple[Table, ...]:
    return (*document.tables(), figure_table(document), source_table(document))


@given(tables("t"))
def test_a_sheet_keeps_every_row_and_every_column(table: Table) -> None:
    sheet = sheet_of(table)
    assert len(sheet.rows) == len(table.rows)
    places = [sheet.columns.index(column) for column in table.columns]
    assert [tuple(row[place] for place in places) for row in sheet.rows] == list(table.rows)
    assert places == sorted(places)


def csv_value(cell: Cell) -> str | float:
    """What a program reads in a cell of a CSV file."""
    value = value_of(cell)
    return "non disponible" if value is None else value


@given(documents())
def test_csv_rows_read_back_are_the_rows(document: Document) -> None:
    files = csv_writer.render(document)
    for table in all_tables(document):
        text = files[f"{table.key}.csv"].decode("utf-8-sig")
        header, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=";")
        sheet = sheet_of(table)
        assert header == [column.key for column in sheet.columns]
        assert len(lines) == len(sheet.rows)
        for line, row in zip(lines, sheet.rows, strict=True):
            for written, cell, column in zip(line, row, sheet.columns, strict=True):
                expected = csv_value(cell)
                if isinstance(expected, str):
                    assert written == expected
                else:
                    # Six decimals beyond those shown, or two digits of what is very small.
                    found = Decimal(written.replace(",", "."))
                    exact = Decimal(repr(float(expected)))
                    last = 10.0 ** -(shown_decimals(cell, column) + 6)
                    off = min(last, abs(float(expected)) / 10) / 2
                    assert abs(found - exact) <= Decimal(off) * (1 + Decimal("1e-9"))
                    assert (found == 0) == (expected == 0)


def leaf_rows(content: bytes, name: str, height: int, width: int) -> list[list[object]]:
    """Return the rows of a leaf, with the empty cells a reader leaves out at the end."""
    leaf = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name)
    rows = [list(row) for row in leaf.to_python()[HEADER_LINE + 1 :]]
    rows += [[] for _ in range(height - len(rows))]
    return [row + [""] * (width - len(row)) for row in rows]


def office_value(cell: Cell) -> str | float:
    """What a spreadsheet holds in a cell."""
    value = value_of(cell)
    if value is None:
        return "non disponible"
    return xml_text(value) if isinstance(value, str) else float(value)


@settings(max_examples=40, deadline=None)
@given(documents(), st.sampled_from((xlsx, ods)))
def test_workbook_rows_read_back_are_the_rows(document: Document, writer: object) -> None:
    content = writer.render(document)  # type: ignore[attr-defined]
    names = {"chiffres": "Chiffres", "sources": "Sources"}
    for table in all_tables(document):
        sheet = sheet_of(table)
        name = names.get(table.key, table.key)
        rows = leaf_rows(content, name, len(sheet.rows), len(sheet.columns))
        assert len(rows) == len(sheet.rows)
        for found, row in zip(rows, sheet.rows, strict=True):
            for value, cell in zip(found, row, strict=True):
                expected = office_value(cell)
                if isinstance(expected, str):
                    assert isinstance(value, str)
                    assert value.split() == expected.split()
                else:
                    assert isinstance(value, float | int)
                    assert abs(value - expected) <= 1e-15 * abs(expected)


@settings(max_examples=15, deadline=None)
@given(documents())
def test_data_files_do_not_vary(document: Document) -> None:
    for writer in (csv_writer, xlsx, ods):
        assert writer.render(document) == writer.render(document)
