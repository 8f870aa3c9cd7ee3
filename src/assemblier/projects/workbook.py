"""The spreadsheet in which a project is described, and its text twin."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.aids.legality.fields import Field, Kind
from assemblier.errors import DataError, Problem
from assemblier.projects.form import DATE, PROJECT, Form, Rows

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

SHEET = "Projet"
HEADERS = ("Clé", "Question", "Réponse", "Comment l'écrire")
MOST_BYTES = 1024 * 1024
_EMPTY_ROWS = 30
_WIDTHS, _LIST_WIDTH = (28, 60, 24, 44), 26
_LINE = 15  # points
DAY = "Le jour qui choisit les barèmes ; vide : aujourd'hui. Par exemple 22/11/2026"
_A_FILE = "le classeur de « assemblier modele projet », ou un fichier YAML"


def read_workbook(path: Path, form: Form) -> dict[str, Any]:
    """Return the keys a filled spreadsheet holds; empty answers are left out.

    Raises
    ------
    DataError
        When it is not the spreadsheet of this project.
    """
    sheets = _sheets(path)
    if SHEET not in sheets:
        found = f"feuilles : {', '.join(sheets) or 'aucune'}"
        raise DataError([Problem(str(path), found, f"une feuille « {SHEET} »", "le refaire")])
    told = dict(_answers(path, sheets[SHEET]))
    for rows in form.lists:
        listed = list(_listed(sheets.get(rows.label, [])))
        if listed:
            told[rows.key] = listed
    return told


def _sheets(path: Path) -> dict[str, list[list[Any]]]:
    import python_calamine

    try:
        if path.stat().st_size > MOST_BYTES:
            raise DataError([Problem(str(path), "plus de 1 Mo", "1 Mo au plus", "le vérifier")])
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except FileNotFoundError as error:
        problem = Problem(str(path), "introuvable", _A_FILE, "vérifier le chemin")
        raise DataError([problem]) from error
    except DataError:
        raise
    except Exception as error:  # calamine raises its own errors, one for each kind of damage
        raise DataError([Problem(str(path), "classeur abîmé", _A_FILE, "le refaire")]) from error


def _answers(path: Path, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for row in rows:
        key = str(row[0]).strip() if row else ""
        if key in ("", HEADERS[0]) or len(row) < 3:
            continue
        if key in seen:
            problem = Problem(
                f"{path}, {key}", "clé écrite deux fois", "une fois", "en retirer une"
            )
            raise DataError([problem])
        seen.add(key)
        if (answer := _told(row[2])) is not None:
            yield key, answer


def _listed(rows: Sequence[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Yield each filled row, by the keys of the first line."""
    if not rows:
        return
    keys = [str(cell).strip() for cell in rows[0]]
    for row in rows[2:]:  # the second line holds the questions
        told = {key: _told(cell) for key, cell in zip(keys, row, strict=False) if key}
        if any(value is not None for value in told.values()):
            yield told


def _told(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if isinstance(cell, str) and not cell.strip() else cell


def template_yaml(form: Form) -> str:
    """Return a YAML file to fill: every key, its question and how to write it."""
    lines = [
        f"# {form.title} : remplir ce qui est connu, puis",
        f"#   assemblier {form.command or f'projet {form.kind}'} FICHIER",
        "# Ce qui reste vide est inconnu, jamais zéro.",
        f"{PROJECT}: {form.kind}",
        f"# {DAY}",
        f"{DATE}:",
    ]
    for one in form.fields:
        lines += [f"# {_asked(one)}. {one.expected}", f"{one.key}:"]
    for rows in form.lists:
        lines += [f"# {rows.label} : autant de lignes qu'il en faut, par exemple", f"{rows.key}:"]
        for place, one in enumerate(rows.fields):
            start = "#  - " if place == 0 else "#    "
            lines.append(f"{start}{one.key}: …  ({_asked(one)}. {one.expected})")
    return "\n".join(lines) + "\n"


def _asked(field: Field) -> str:
    return field.label + (" (nécessaire)" if field.is_required else "")


def template_workbook(form: Form) -> bytes:
    """Return the spreadsheet to fill: questions, lists of answers, one sheet a list.

    Always true
    -----------
    Read back empty, it tells nothing.
    """
    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": form.title, "created": dt.datetime(2026, 1, 1)})
    _question_sheet(book, form)
    for rows in form.lists:
        _list_sheet(book, rows)
    book.close()
    return packed.getvalue()


def _formats(book: "Workbook") -> tuple[Any, Any, Any]:
    head = {"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "text_wrap": True}
    return (
        book.add_format(head),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"bg_color": "#fff8dc", "border": 1, "text_wrap": True, "valign": "top"}),
    )


def _question_sheet(book: "Workbook", form: Form) -> None:
    head, text, answer = _formats(book)
    page = book.add_worksheet(SHEET)
    for column, (label, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write(0, column, label, head)
    page.write(1, 0, DATE, text)
    page.write(1, 1, DAY.partition(" ; ")[0], text)
    page.write_blank(1, 2, None, answer)
    page.write(1, 3, "un jour, par exemple 22/11/2026", text)
    for row, one in enumerate(form.fields, start=2):
        lines = max(_lines(_asked(one), _WIDTHS[1]), _lines(one.expected, _WIDTHS[3]))
        page.set_row(row, _LINE * lines)
        page.write(row, 0, one.key, text)
        page.write(row, 1, _asked(one), text)
        page.write_blank(row, 2, None, answer)
        page.write(row, 3, one.expected, text)
        if choices := _choices(one):
            page.data_validation(row, 2, row, 2, {"validate": "list", "source": choices})
    page.freeze_panes(1, 0)
    _print_on_one_page(page)


def _list_sheet(book: "Workbook", rows: Rows) -> None:
    head, text, answer = _formats(book)
    page = book.add_worksheet(rows.label)
    told = [f"{_asked(one)}. {one.expected}" for one in rows.fields]
    page.set_row(1, _LINE * max((_lines(one, _LIST_WIDTH) for one in told), default=1))
    for column, one in enumerate(rows.fields):
        page.set_column(column, column, _LIST_WIDTH)
        page.write(0, column, one.key, head)
        page.write(1, column, told[column], text)
        for row in range(2, _EMPTY_ROWS + 2):
            page.write_blank(row, column, None, answer)
        if choices := _choices(one):
            rule = {"validate": "list", "source": choices}
            page.data_validation(2, column, _EMPTY_ROWS + 1, column, rule)
    page.freeze_panes(2, 0)
    _print_on_one_page(page)


def _lines(text: str, width: int) -> int:
    return -(-len(text) // (width - 4))


def _print_on_one_page(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _choices(field: Field) -> list[str]:
    if field.kind is Kind.OUI_NON:
        return ["oui", "non"]
    return list(field.choices) if field.kind is Kind.CHOIX else []
