"""Reads a stock-and-flow table as it was printed: rows and columns in any order."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

from assemblier.diagnosis.stock_flow import Printed, StockFlow, stock_flow
from assemblier.diagnosis.wording import read_number
from assemblier.errors import DataError, Problem
from assemblier.figures import NOWHERE, Provenance

Row: TypeAlias = Sequence[str | float]

KINDS = ("installations", "cessations", "solde", "evolution")
"""Rows a table may have once, besides the two stocks, whose label is a date."""

_NAMES = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
_MONTHS = {month: place for place, month in enumerate(_NAMES.split(" "), start=1)}


def read_stock_flow(
    profession: str,
    header: Sequence[str],
    rows: Sequence[Row],
    provenance: Provenance = NOWHERE,
) -> tuple[StockFlow, ...]:
    """Read a printed table: one column per territory, rows and columns in any order.

    Parameters
    ----------
    profession
        Whom the table counts.
    header
        The name of the label column and of the territories; the label column is the one without
        any number.
    rows
        Two rows whose label is a date, and rows named « solde », « installations »,
        « cessations », « évolution »; numbers with a dot or a comma.
    provenance
        The document and its page.

    Always true
    -----------
    The order of the rows and of the columns does not matter.

    Raises
    ------
    DataError
        When a row is missing or there twice, or a number cannot be read; all problems at once.

    Examples
    --------
    >>> header = ["Effectifs présents au", "Haute-Loire"]
    >>> rows = [["30 septembre 2022", "194"], ["30 septembre 2021", "187"], ["Solde", "7"]]
    >>> read_stock_flow("Généralistes", header, rows)[0].balance.value
    7.0
    """
    label_column = _label_column(header, rows)
    dated, kinds = _sorted_rows(rows, label_column)
    problems = _row_problems(profession, dated, kinds)
    if problems:
        raise DataError(problems)
    printed = [
        _read_column(profession, territory, column, dated, kinds, provenance, problems)
        for column, territory in enumerate(header)
        if column != label_column
    ]
    if problems:
        raise DataError(problems)
    return tuple(stock_flow(column) for column in printed)


def _read_column(
    profession: str,
    territory: str,
    column: int,
    dated: list[tuple[str, Row]],
    kinds: dict[str, list[Row]],
    provenance: Provenance,
    problems: list[Problem],
) -> Printed:
    def cell(label: str, row: Row) -> float:
        found = row[column] if column < len(row) else ""
        value = read_number(str(found))
        if value is None:
            where = f"{profession}, {territory}, ligne « {label} »"
            problems.append(
                Problem(where, f"« {found} »", "un nombre", "corriger cette cellule du tableau")
            )
        return value or 0.0

    def optional(kind: str) -> float | None:
        return cell(kind, kinds[kind][0]) if kind in kinds else None

    (stock_date, stock_row), (previous_date, previous_row) = dated
    return Printed(
        profession,
        territory,
        stock_date,
        cell(stock_date, stock_row),
        previous_date,
        cell(previous_date, previous_row),
        installations=optional("installations"),
        cessations=optional("cessations"),
        balance=optional("solde"),
        evolution=optional("evolution"),
        provenance=provenance,
    )


def _plain(text: str) -> str:
    """Return the text in lower case, without accents, tags or extra spaces."""
    bare = re.sub(r"<[^>]*>", "", text).casefold()
    letters = unicodedata.normalize("NFKD", bare)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(kept.split())


def _label_column(header: Sequence[str], rows: Sequence[Row]) -> int:
    for column in range(len(header)):
        if all(read_number(str(row[column])) is None for row in rows if column < len(row)):
            return column
    return 0


def _sorted_rows(
    rows: Sequence[Row], label_column: int
) -> tuple[list[tuple[str, Row]], dict[str, list[Row]]]:
    """Return the dated rows, latest first, and the other rows by kind."""
    dated: list[tuple[tuple[int, int, int], str, Row]] = []
    kinds: dict[str, list[Row]] = {}
    for row in rows:
        label = " ".join(str(row[label_column]).split())
        kind = next((kind for kind in KINDS if kind in _plain(label)), None)
        date = _date(label)
        if kind is not None:
            kinds.setdefault(kind, []).append(row)
        elif date is not None:
            dated.append((date, label, row))
    dated.sort(key=lambda entry: entry[0], reverse=True)
    return [(label, row) for _, label, row in dated], kinds


def _date(label: str) -> tuple[int, int, int] | None:
    """Return year, month and day of a date as printed, 0 for what it does not say."""
    found = re.search(r"(?:(\d{1,2})(?:er)? )?(?:([a-z]+) )?((?:19|20)\d{2})$", _plain(label))
    if found is None:
        return None
    day, month, year = found.groups()
    return int(year), _MONTHS.get(month or "", 0), int(day or 0)


def _row_problems(
    profession: str, dated: list[tuple[str, Row]], kinds: dict[str, list[Row]]
) -> list[Problem]:
    action = "vérifier les intitulés des lignes du tableau"
    problems = [
        Problem(f"{profession}, ligne « {kind} »", f"{len(found)} lignes", "une seule", action)
        for kind, found in kinds.items()
        if len(found) > 1
    ]
    if len(dated) != 2:
        labels = ", ".join(label for label, _ in dated) or "aucune"
        problems.append(
            Problem(
                f"{profession}, effectifs datés",
                labels,
                "deux lignes dont l'intitulé est une date, à un an d'écart",
                action,
            )
        )
    return problems
