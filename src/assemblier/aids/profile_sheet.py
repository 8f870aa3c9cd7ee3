"""The spreadsheet of a profile to fill in, and the same in YAML: `profile` reads both back."""

import io
from typing import TYPE_CHECKING, Any

from assemblier.aids.catalogue import saisies
from assemblier.aids.inputs import Genre, Saisie
from assemblier.aids.profile import HEADERS, SHEET

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_WIDTHS = (30, 62, 26, 44)


def how_to_answer(saisie: Saisie) -> str:
    """Say how an answer is written.

    Examples
    --------
    >>> how_to_answer(saisies()["participation_pdsa"])
    'oui ou non'
    """
    match saisie.genre:
        case Genre.REPONSE:
            return "oui ou non"
        case Genre.CHOIX:
            return "un de : " + ", ".join(saisie.answers)
        case Genre.DATE:
            return "un jour, comme 22/11/2026"
    return f"un montant avec son unité, {saisie.unite}" if saisie.is_amount else saisie.unite


def template_yaml() -> str:
    """Return a YAML profile to fill: each key, its question, how to answer.

    Always true
    -----------
    Read back as it is, it says nothing.
    """
    lines = ["# Un profil : remplir ce qui est connu ; ce qui reste vide est inconnu, jamais non."]
    for saisie in saisies().values():
        lines += ["", f"# {saisie.question} ({how_to_answer(saisie)})", f"{saisie.nom}:"]
    return "\n".join(lines) + "\n"


def template_workbook() -> bytes:
    """Return the spreadsheet to fill: a question a line, lists where there are choices.

    Always true
    -----------
    Read back as it is, it says nothing.
    """
    import datetime as dt

    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "Profil", "created": dt.datetime(2026, 1, 1)})
    head = book.add_format({"bold": True, "bg_color": "#1f4e79", "font_color": "#ffffff"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    answer = book.add_format({"bg_color": "#fff8dc", "border": 1, "valign": "top"})
    page = book.add_worksheet(SHEET)
    for column, (label, width) in enumerate(zip(HEADERS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write(0, column, label, head)
    for row, saisie in enumerate(saisies().values(), start=1):
        _line(page, row, saisie, text, answer)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    book.close()
    return packed.getvalue()


def _line(page: "Worksheet", row: int, saisie: Saisie, text: Any, answer: Any) -> None:
    page.write(row, 0, saisie.nom, text)
    page.write(row, 1, saisie.question, text)
    page.write_blank(row, 2, None, answer)
    page.write(row, 3, how_to_answer(saisie), text)
    if saisie.genre in (Genre.REPONSE, Genre.CHOIX):
        choices = list(saisie.codes[1:])
        page.data_validation(row, 2, row, 2, {"validate": "list", "source": choices})
