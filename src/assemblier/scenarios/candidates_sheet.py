"""The files of places to fill: a spreadsheet, a CSV, and the same in YAML."""

import csv
import datetime as dt
import io
from collections.abc import Sequence

from assemblier.aids.legality.fields import Kind
from assemblier.french import french_spaces
from assemblier.scenarios.candidates import FIELDS, KEYS, LIST, NAMED
from assemblier.scenarios.ledger import name_of

EMPTY_ROWS = 40
_COLUMNS = (KEYS[0], NAMED, *KEYS[1:])


def template_csv(codes: Sequence[str]) -> str:
    """Return a CSV with one row per commune, nothing said but where.

    Parameters
    ----------
    codes
        Communes.
    """
    packed = io.StringIO()
    writer = csv.writer(packed, delimiter=";", lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([code, name_of(code), *[""] * len(KEYS[1:])] for code in codes)
    return "\ufeff" + packed.getvalue()


def template_yaml(codes: Sequence[str]) -> str:
    """Return a YAML with one place per commune, and what else may be said of each.

    Parameters
    ----------
    codes
        Communes.
    """
    lines = ["# Les lieux possibles : retirer ceux qui ne le sont pas. De chacun on peut dire :"]
    for one in FIELDS:
        lines.append(french_spaces(f"#   {one.key} : {one.label} ({one.expected})"))
    lines += [f"{LIST}:", *(f'  - commune: "{code}"  # {name_of(code)}' for code in codes)]
    return "\n".join(lines) + "\n"


def template_workbook(codes: Sequence[str]) -> bytes:
    """Return the spreadsheet: one row per commune, rows to add premises, and how to write.

    Parameters
    ----------
    codes
        Communes.
    """
    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Lieux possibles", "created": dt.datetime(2026, 1, 1)})
    head = book.add_format(
        {"bold": True, "bg_color": "#0b4f71", "font_color": "#ffffff", "text_wrap": True}
    )
    answer = book.add_format({"bg_color": "#fff8dc", "border": 1})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet("Lieux")
    page.set_column(0, len(_COLUMNS) - 1, 16)
    page.set_column(1, 2, 28)
    last = len(codes) + EMPTY_ROWS
    for column, name in enumerate(_COLUMNS):
        page.write(0, column, name, head)
        for row in range(1, last + 1):
            page.write_blank(row, column, None, answer)
    for row, code in enumerate(codes, start=1):
        page.write_string(row, 0, code, answer)
        page.write_string(row, 1, name_of(code), answer)
    for field in FIELDS:
        if field.kind is Kind.CHOIX:
            column = _COLUMNS.index(field.key)
            choices = {"validate": "list", "source": list(field.choices)}
            page.data_validation(1, column, last, column, choices)
    page.freeze_panes(1, 2)
    helped = book.add_worksheet("Comment l'écrire")
    for row, (key, *told) in enumerate(
        [("colonne", "ce que c'est", "comment l'écrire")]
        + [(one.key, one.label, one.expected) for one in FIELDS]
    ):
        for column, cell in enumerate((key, *told)):
            helped.write(row, column, french_spaces(cell), head if row == 0 else text)
    helped.set_column(0, 2, 48)
    for one in (page, helped):
        one.set_landscape()
        one.set_paper(9)
        one.fit_to_pages(1, 0)
    book.close()
    return packed.getvalue()
