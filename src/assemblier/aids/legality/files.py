"""The files a local aid is described in: YAML, or the spreadsheet people fill in."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.aids.legality.fields import FIELDS, Field, Kind
from assemblier.errors import DataError, Problem
from assemblier.french import french_spaces

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

SHEET, GIVERS_SHEET = "Aide", "Donneurs et voisins"
HEADERS = ("Clé", "Question", "Réponse", "Comment l'écrire")
GIVER_HEADERS = ("Liste", "Nom", "Montant")
MOST_BYTES = 1024 * 1024
_GIVER_ROWS = 20
_WIDTHS = (30, 52, 34, 62)
_LINE = 15  # points
_ONE_FILE = "un fichier YAML, ou le classeur de « assemblier modele aide »"


def read_yaml(path: Path, expected: str = _ONE_FILE) -> dict[str, Any]:
    """Return the keys of a YAML file; a key written twice is a problem.

    Parameters
    ----------
    path
        The file; JSON is YAML.
    expected
        What kind of file is wanted, in French, for the messages.

    Raises
    ------
    DataError
        When it cannot be read, or is not a list of keys.
    """
    import yaml

    content = read_bytes(path, expected)
    try:
        text = content.decode("utf-8-sig")
        # An alias can repeat without end what it names: no aid needs one.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise ValueError("renvoi « *… »")
        node = yaml.compose(text, yaml.SafeLoader)
        loaded = yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        first = str(error).splitlines()[0]
        raise DataError(
            [Problem(str(path), f"YAML illisible ({first})", expected, "corriger le fichier")]
        ) from error
    if not isinstance(loaded, dict):
        found = "vide" if loaded is None else "ni clés ni valeurs"
        raise DataError([Problem(str(path), found, "des lignes « clé: valeur »", "le remplir")])
    doubles = list(_doubles(node))
    if doubles:
        raise DataError(
            [
                Problem(f"{path}, {key}", "clé écrite deux fois", "une fois", "en retirer une")
                for key in doubles
            ]
        )
    return {str(key): value for key, value in loaded.items()}


def read_bytes(path: Path, expected: str = _ONE_FILE) -> bytes:
    """Return the content of a file people fill in, at most 1 MB.

    Raises
    ------
    DataError
        When it is absent, unreadable or larger.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            found = f"{size} octets"
            raise DataError([Problem(str(path), found, "1 Mo au plus", "vérifier le fichier")])
        return path.read_bytes()
    except OSError as error:
        found = "introuvable" if isinstance(error, FileNotFoundError) else "illisible"
        raise DataError([Problem(str(path), found, expected, "vérifier le chemin")]) from error


def _doubles(node: Any) -> Iterator[str]:
    from yaml import MappingNode, SequenceNode

    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield str(key.value)
            seen.add(key.value)
            yield from _doubles(value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _doubles(value)


# ── the spreadsheet ───────────────────────────────────────────────────────────────────────────


def read_workbook(path: Path) -> dict[str, Any]:
    """Return the keys a filled spreadsheet holds; empty answers are left out.

    Raises
    ------
    DataError
        When it is not the spreadsheet of `modele aide`.
    """
    import python_calamine

    read_bytes(path)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except Exception as error:  # calamine raises its own errors, one for each kind of damage
        raise DataError([Problem(str(path), "classeur abîmé", _ONE_FILE, "le refaire")]) from error
    if SHEET not in sheets:
        found = f"feuilles : {', '.join(sheets) or 'aucune'}"
        raise DataError([Problem(str(path), found, f"une feuille « {SHEET} »", "le refaire")])
    told = dict(_answers(path, sheets[SHEET]))
    for name, givers in _givers(sheets.get(GIVERS_SHEET, [])):
        told.setdefault(name, []).append(givers)
    return told


def _answers(path: Path, rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, Any]]:
    seen: set[str] = set()
    for row in rows:
        key = str(row[0]).strip() if row else ""
        if not key or key in (HEADERS[0], "") or len(row) < 3:
            continue
        if key in seen:
            raise DataError(
                [Problem(f"{path}, {key}", "clé écrite deux fois", "une fois", "en retirer une")]
            )
        seen.add(key)
        answer = row[2]
        if isinstance(answer, float) and answer.is_integer():
            answer = int(answer)
        if answer not in ("", None):
            yield key, answer


def _givers(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[str, dict[str, str]]]:
    for row in rows:
        cells = [str(cell).strip() for cell in row[:3]]
        if len(cells) == 3 and cells[0] != GIVER_HEADERS[0] and any(cells[1:]):
            yield cells[0] or "voisins", {"nom": cells[1], "montant": cells[2]}


def template_yaml() -> str:
    """Return a YAML file to fill: every key, its question and how to write it."""
    lines = ["# Une aide locale à vérifier : remplir, puis « assemblier verifier-aide FICHIER ».",
             "# Ce qui reste vide est inconnu, jamais « non ».", ""]  # fmt: skip
    group = ""
    for one in FIELDS:
        head, _, name = one.key.partition(".")
        if name and head != group:
            lines.append(f"{head}:")
        group = head if name else ""
        indent = "  " if name else ""
        lines.append(f"{indent}# {one.label}. {one.expected}")
        if one.kind is Kind.DONNEURS:
            lines += [f"{indent}# {name or head}:", f"{indent}#   - nom: Commune de …",
                      f"{indent}#     montant: 150 € par mois"]  # fmt: skip
        else:
            lines.append(f"{indent}{name or head}:")
    return "\n".join(lines) + "\n"


def template_workbook() -> bytes:
    """Return the spreadsheet to fill: questions, lists of answers, help.

    Always true
    -----------
    Read back empty, it tells nothing.
    """
    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Une aide locale à vérifier", "created": _epoch()})
    _question_sheet(book)
    _giver_sheet(book)
    book.close()
    return packed.getvalue()


def _epoch() -> Any:
    import datetime

    return datetime.datetime(2026, 1, 1)


def _formats(book: "Workbook") -> tuple[Any, Any, Any]:
    head = {"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff", "text_wrap": True}
    return (
        book.add_format(head),
        book.add_format({"text_wrap": True, "valign": "top"}),
        book.add_format({"bg_color": "#fff8dc", "border": 1, "text_wrap": True, "valign": "top"}),
    )


def _question_sheet(book: "Workbook") -> None:
    head, text, answer = _formats(book)
    page = book.add_worksheet(SHEET)
    for column, (label, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write(0, column, label, head)
    asked = [one for one in FIELDS if one.kind is not Kind.DONNEURS]
    for row, one in enumerate(asked, start=1):
        question = french_spaces(one.label + (" (nécessaire)" if one.is_required else ""))
        expected = french_spaces(one.expected)
        page.set_row(row, _LINE * max(_lines(question, _WIDTHS[1]), _lines(expected, _WIDTHS[3])))
        page.write(row, 0, one.key, text)
        page.write(row, 1, question, text)
        page.write_blank(row, 2, None, answer)
        page.write(row, 3, expected, text)
        choices = _choices(one)
        if choices:
            page.data_validation(row, 2, row, 2, {"validate": "list", "source": choices})
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _lines(text: str, width: int) -> int:
    return -(-len(text) // (width - 4))


def _choices(field: Field) -> list[str]:
    if field.kind is Kind.OUI_NON:
        return ["oui", "non"]
    return list(field.choices) if field.kind is Kind.CHOIX else []


def _giver_sheet(book: "Workbook") -> None:
    head, _, answer = _formats(book)
    page = book.add_worksheet(GIVERS_SHEET)
    for column, (label, width) in enumerate(zip(GIVER_HEADERS, (24, 44, 34), strict=True)):
        page.set_column(column, column, width)
        page.write(0, column, label, head)
    for row in range(1, _GIVER_ROWS + 1):
        for column in range(3):
            page.write_blank(row, column, None, answer)
    lists = [one.key for one in FIELDS if one.kind is Kind.DONNEURS]
    page.data_validation(1, 0, _GIVER_ROWS, 0, {"validate": "list", "source": lists})
    page.set_paper(9)
    page.fit_to_pages(1, 0)
