"""The spreadsheet an officer corrects: the known supply of a territory, with lists and checks.

`officier` reads it back; the labels of the columns are shared by both.
"""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assemblier.sources.supply import KnownSupply

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = "Offre"
LIST_SHEET = "Listes"
HELP_SHEET = "Mode d'emploi"
FREE_ROWS = 30
"""Rows left free under the table, for a profession that it does not have."""
PERIMETER = "Périmètre"
PREPARED = "Préparé le"
LABELS = {
    "code_commune": "Code commune",
    "commune": "Commune",
    "profession": "Profession",
    "effectif_officiel": "Effectif officiel",
    "effectif": "Effectif réel",
    "demi_journees": "Demi-journées par semaine",
    "departs": "Départs annoncés (2 ans)",
    "arrivees": "Arrivées annoncées (2 ans)",
    "remarque": "Remarque (non reprise)",
}
HEADER_ROW = 4
"""Index of the header: the title, the perimeter, the date and the source stand above."""
_WIDTHS = (14, 30, 28, 11, 11, 14, 14, 14, 40)
_A4 = 9
_MOST_PEOPLE = 2_000
_MOST_HALF_DAYS = 24_000
PROFESSION_LABELS = {
    "medecin_generaliste": "Médecin généraliste",
    "medecin_specialiste": "Médecin spécialiste",
    "infirmier": "Infirmier",
    "masseur_kinesitherapeute": "Masseur-kinésithérapeute",
    "chirurgien_dentiste": "Chirurgien-dentiste",
    "sage_femme": "Sage-femme",
    "orthophoniste": "Orthophoniste",
    "orthoptiste": "Orthoptiste",
    "pedicure_podologue": "Pédicure-podologue",
    "pharmacien": "Pharmacien",
    "dieteticien": "Diététicien",
    "psychologue": "Psychologue",
}
USUAL = (
    "medecin_generaliste",
    "infirmier",
    "masseur_kinesitherapeute",
    "chirurgien_dentiste",
    "sage_femme",
)


@dataclass(frozen=True, slots=True)
class Territory:
    """The territory a spreadsheet is about.

    Attributes
    ----------
    key, name
        For files and for people.
    communes
        (code, name) of each, in the order of the sheet.
    """

    key: str
    name: str
    communes: tuple[tuple[str, str], ...]


_HELP = (
    "À quoi sert ce classeur",
    "Il donne l'offre de soins connue, commune par commune. Corrigez-la : ce que vous savez du "
    "terrain remplace le fichier officiel dans vos calculs, et chaque écart est listé.",
    "Ce qu'il faut remplir",
    "Effectif réel : les professionnels réellement en place. Il est prérempli avec le chiffre "
    "officiel ; laissez vide ce que vous ignorez : vide veut dire inconnu, 0 veut dire aucun.",
    "Demi-journées par semaine : la somme des demi-journées de tous ces professionnels.",
    "Départs et arrivées : ceux qui sont annoncés dans les deux ans.",
    "Les lignes libres, sous le tableau, servent à une autre profession : la commune et la "
    "profession s'y choisissent dans une liste.",
    "Remarque : pour vous seulement ; cette colonne n'est pas reprise. N'écrivez de nom de "
    "personne nulle part.",
    "Pour le rendre",
    "Enregistrez ce classeur (.xlsx, sans macro), puis :",
    "assemblier sources importer CE_FICHIER.xlsx",
)


def offer_workbook(
    territory: Territory,
    supply: KnownSupply | None,
    professions: Sequence[str],
    today: datetime.date,
) -> bytes:
    """Return the spreadsheet of a territory, filled with what is known.

    Parameters
    ----------
    territory
        Its communes.
    supply
        What is known, or None.
    professions
        One row for each in each commune.
    today
        The date of the spreadsheet: the vintage of what it brings back.

    Always true
    -----------
    One row for each commune and profession, in the order given.
    An unknown count is an empty cell, never 0.
    The same arguments give the same bytes.
    """
    import xlsxwriter

    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False})
    moment = datetime.datetime.combine(today, datetime.time())
    book.set_properties({"title": f"Offre de soins : {territory.name}", "created": moment})
    styles = _styles(book)
    page = book.add_worksheet(SHEET)
    _write_heading(page, territory, supply, today, styles)
    rows = _rows(territory, supply, professions)
    for offset, row in enumerate(rows, start=HEADER_ROW + 1):
        _write_row(page, offset, row, styles)
    last = HEADER_ROW + len(rows)
    _add_lists(book.add_worksheet(LIST_SHEET), page, territory, last, styles)
    _add_checks(page, HEADER_ROW + 1, last + FREE_ROWS, styles)
    _write_help(book.add_worksheet(HELP_SHEET), styles)
    book.close()
    return packed.getvalue()


def _styles(book: "Workbook") -> dict[str, Any]:
    base = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
    grey = {**base, "bg_color": "#F2F2F2", "border": 1, "border_color": "#D0D0D0"}
    free = {**base, "locked": False, "border": 1, "border_color": "#808080"}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "plain": book.add_format(base),
        "wrapped": book.add_format({**base, "text_wrap": True}),
        "bold": book.add_format({**base, "bold": True}),
        "header": book.add_format({**grey, "bold": True, "text_wrap": True, "bottom": 2}),
        "fixed": book.add_format(grey),
        "free": book.add_format(free),
        "changed": book.add_format({"bg_color": "#FFF0C2", "bold": True}),
    }


def _rows(
    territory: Territory, supply: KnownSupply | None, professions: Sequence[str]
) -> list[tuple[str, str, str, int | None]]:
    known = {
        (code, profession): count
        for code, profession, count in (supply.counts.iter_rows() if supply else ())
    }
    return [
        (code, name, profession, known.get((code, profession)))
        for code, name in territory.communes
        for profession in professions
    ]


def _write_heading(
    page: "Worksheet",
    territory: Territory,
    supply: KnownSupply | None,
    today: datetime.date,
    styles: dict[str, Any],
) -> None:
    page.write(0, 0, f"Offre de soins : {territory.name}", styles["title"])
    page.write(1, 0, PERIMETER, styles["plain"])
    page.write(1, 1, territory.key, styles["plain"])
    page.write(2, 0, PREPARED, styles["plain"])
    page.write(2, 1, today.isoformat(), styles["plain"])
    said = (
        f"Effectif officiel : {supply.source.title}, {supply.source.producer}, "
        f"{supply.source.vintage}{f' ({supply.note})' if supply.note else ''}"
        if supply
        else "Effectif officiel : non disponible, aucun fichier n'est importé"
    )
    page.write(3, 0, said, styles["plain"])
    for place, label in enumerate(LABELS.values()):
        page.write(HEADER_ROW, place, label, styles["header"])
        page.set_column(place, place, _WIDTHS[place])
    page.set_row(HEADER_ROW, 45)
    page.freeze_panes(HEADER_ROW + 1, 3)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW)


def _write_row(
    page: "Worksheet", row: int, values: tuple[str, str, str, int | None], styles: dict[str, Any]
) -> None:
    code, name, profession, count = values
    for place, text in enumerate((code, name, PROFESSION_LABELS[profession])):
        page.write_string(row, place, text, styles["fixed"])
    if count is None:
        page.write_blank(row, 3, None, styles["fixed"])
        page.write_blank(row, 4, None, styles["free"])
    else:
        page.write_number(row, 3, count, styles["fixed"])
        page.write_number(row, 4, count, styles["free"])
    for place in range(5, len(LABELS)):
        page.write_blank(row, place, None, styles["free"])


def _add_lists(
    lists: "Worksheet", page: "Worksheet", territory: Territory, last: int, styles: dict[str, Any]
) -> None:
    """Write the communes and the professions, and offer them in the free rows."""
    columns = (
        ("Communes", [f"{code} {name}" for code, name in territory.communes]),
        ("Professions", list(PROFESSION_LABELS.values())),
    )
    for place, (title, texts) in enumerate(columns):
        lists.write_string(0, place, title, styles["bold"])
        lists.set_column(place, place, 40)
        for row, text in enumerate(texts, start=1):
            lists.write_string(row, place, text, styles["plain"])
        offered = f"='{LIST_SHEET}'!${'AB'[place]}$2:${'AB'[place]}${len(texts) + 1}"
        where = (last + 1, place * 2, last + FREE_ROWS, place * 2)
        page.data_validation(*where, {"validate": "list", "source": offered})
    for row in range(last + 1, last + FREE_ROWS + 1):
        for place in range(len(LABELS)):
            page.write_blank(row, place, None, styles["free"])


def _add_checks(page: "Worksheet", first: int, last: int, styles: dict[str, Any]) -> None:
    """Refuse what cannot be; show what differs from the official file; protect what is fixed."""
    whole = _bounded("integer", _MOST_PEOPLE, "un nombre entier, ou rien")
    for place in (4, 6, 7):
        page.data_validation(first, place, last, place, whole)
    half_days = _bounded("decimal", _MOST_HALF_DAYS, "un nombre de demi-journées, ou rien")
    page.data_validation(first, 5, last, 5, half_days)
    differs = {
        "type": "formula",
        "criteria": f'=AND($E{first + 1}<>"",$E{first + 1}<>$D{first + 1})',
        "format": styles["changed"],
    }
    page.conditional_format(first, 4, last, 4, differs)
    page.autofilter(HEADER_ROW, 0, last, len(LABELS) - 1)
    page.protect("", {"autofilter": True, "sort": True, "format_columns": True})


def _bounded(kind: str, high: int, what: str) -> dict[str, Any]:
    return {
        "validate": kind,
        "criteria": "between",
        "minimum": 0,
        "maximum": high,
        "ignore_blank": True,
        "error_title": "Valeur impossible",
        "error_message": f"Attendu : {what}, de 0 à {high}.",
    }


def _write_help(page: "Worksheet", styles: dict[str, Any]) -> None:
    titles = (0, 2, 8)
    page.set_column(0, 0, 100)
    for row, text in enumerate(_HELP):
        page.write_string(row, 0, text, styles["bold" if row in titles else "wrapped"])
