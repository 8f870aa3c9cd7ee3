"""The files of a scenario to fill: a spreadsheet, and the same in YAML."""

import io
from typing import Any

from assemblier.french import french_spaces
from assemblier.scenarios.kinds import KINDS, Form
from assemblier.scenarios.reading import SHEETS
from assemblier.scenarios.scenario import GP

ROWS = 40
_HELP = "Types de changement"


def columns() -> tuple[str, ...]:
    """Return the columns of the sheet of changes: the type, then every field."""
    names = dict.fromkeys(field.key for kind in KINDS.values() for field in kind.fields)
    return ("type", *names)


def template_yaml(territoire: str) -> str:
    """Return a YAML scenario to fill: one example of each kind, commented out.

    Parameters
    ----------
    territoire
        Expression of the territory.
    """
    lines = [
        "# Un scénario : garder les changements voulus, sans « # », dans leur ordre.",
        "nom: Mon scénario",
        f"territoire: {territoire}",
        f"profession: {GP}",
        "changements:",
    ]
    for kind in KINDS.values():
        lines += ["", f"  # {french_spaces(f'{kind.label} : {kind.meaning}')}"]
        lines.append(f"  # - type: {kind.key}")
        for field in kind.fields:
            optional = "" if field.is_required else ", facultatif"
            lines.append(f"  #   {field.key}:  # {field.label} ({field.form}{optional})")
    return "\n".join(lines) + "\n"


def template_workbook(territoire: str) -> bytes:
    """Return the spreadsheet of a scenario to fill.

    Parameters
    ----------
    territoire
        Expression of the territory.
    """
    import datetime as dt

    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Scénario", "created": dt.datetime(2026, 1, 1)})
    head = book.add_format(
        {"bold": True, "bg_color": "#0b4f71", "font_color": "#ffffff", "text_wrap": True}
    )
    answer = book.add_format({"bg_color": "#fff8dc", "border": 1, "num_format": "@"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    _study(book, territoire, head, answer)
    _changes(book, head, answer)
    _help(book, head, text)
    book.close()
    return packed.getvalue()


def _study(book: Any, territoire: str, head: Any, answer: Any) -> None:
    page = book.add_worksheet(SHEETS[0])
    page.set_column(0, 0, 18, head)
    page.set_column(1, 1, 60)
    for row, (key, value) in enumerate(
        (("nom", "Mon scénario"), ("territoire", territoire), ("profession", GP))
    ):
        page.write(row, 0, key, head)
        page.write(row, 1, value, answer)


def _changes(book: Any, head: Any, answer: Any) -> None:
    page = book.add_worksheet(SHEETS[1])
    names = columns()
    page.set_column(0, 0, 24)
    page.set_column(1, len(names) - 1, 16)
    for column, name in enumerate(names):
        page.write(0, column, name, head)
        for row in range(1, ROWS + 1):
            page.write_blank(row, column, None, answer)
    page.data_validation(1, 0, ROWS, 0, {"validate": "list", "source": list(KINDS)})
    for column, name in enumerate(names):
        forms = {f.form for kind in KINDS.values() for f in kind.fields if f.key == name}
        if forms == {Form.OUI_NON}:
            choices = {"validate": "list", "source": ["oui", "non"]}
            page.data_validation(1, column, ROWS, column, choices)
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _help(book: Any, head: Any, text: Any) -> None:
    page = book.add_worksheet(_HELP)
    for column, (label, width) in enumerate(
        (("type", 24), ("Ce que c'est", 60), ("Ce qu'il faut dire", 80))
    ):
        page.set_column(column, column, width)
        page.write(0, column, label, head)
    for row, kind in enumerate(KINDS.values(), start=1):
        told = " ; ".join(
            f"{one.key} : {one.label} ({one.form}{'' if one.is_required else ', facultatif'})"
            for one in kind.fields
        )
        page.write(row, 0, kind.key, text)
        page.write(row, 1, french_spaces(f"{kind.label}. {kind.meaning}"), text)
        page.write(row, 2, french_spaces(told), text)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
