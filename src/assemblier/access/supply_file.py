"""Read the supply an officer keeps in a spreadsheet."""

from pathlib import Path
from typing import TYPE_CHECKING

from assemblier.access.method import Method
from assemblier.access.supply import Supply, practice_supply
from assemblier.errors import DataError, Problem, why_unreadable
from assemblier.figures import Source
from assemblier.territory import index

if TYPE_CHECKING:
    import polars as pl

REQUIRED = ("code_commune", "profession")
NUMBERS = ("effectif", "age", "activite", "part")


def read_supply(path: Path, method: Method, age_limit: int | None = None) -> Supply:
    """Read a supply: one row per professional and place of practice.

    Parameters
    ----------
    path
        CSV (semicolons, commas or tabs; decimal comma or point), xlsx or ods; see
        `practice_supply` for the columns. The whole départements named in it are described: there,
        a commune without a row has nobody.
    method
        Of the profession.
    age_limit
        Professionals older are not counted.

    Raises
    ------
    DataError
        When the file cannot be read, a column is missing or a number is not one: all the problems
        at once.
    InputError
        When nobody of the profession is left.
    """
    rows = _read(path)
    missing = [name for name in REQUIRED if name not in rows.columns]
    if missing:
        raise DataError(
            [
                Problem(
                    str(path),
                    f"colonnes {', '.join(rows.columns) or 'aucune'}",
                    f"au moins {', '.join(REQUIRED)}",
                    f"ajouter {', '.join(missing)}",
                )
            ]
        )
    rows = _numbered(path, rows)
    source = Source(
        f"offre-{path.name}", "fourni par l'utilisateur", f"Offre de soins {path.name}",
        "non précisé", "non précisée",
    )  # fmt: skip
    return practice_supply(rows, method, _covered(rows), source, age_limit)


def _read(path: Path) -> "pl.DataFrame":
    import polars as pl

    try:
        if path.suffix.lower() in (".xlsx", ".ods"):
            return _sheet(path)
        text = path.read_text(encoding="utf-8-sig")
        header = text.splitlines()[0] if text.strip() else ""
        separator = max(";,\t", key=header.count)
        return pl.read_csv(
            text.encode(),
            separator=separator,
            infer_schema=False,
        )
    except (OSError, UnicodeDecodeError, pl.exceptions.PolarsError, ValueError) as error:
        problem = Problem(
            str(path), why_unreadable(error), "un CSV en UTF-8, xlsx ou ods",
            "vérifier le chemin et le format",
        )  # fmt: skip
        raise DataError([problem]) from error


def _sheet(path: Path) -> "pl.DataFrame":
    import polars as pl
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    header, *rows = book.get_sheet_by_index(0).to_python() or [[]]
    names = [str(name).strip() for name in header]
    columns = {
        name: [_text(row[place]) for row in rows] for place, name in enumerate(names) if name
    }
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _text(cell: object) -> str | None:
    text = f"{cell:.0f}" if isinstance(cell, float) and cell == int(cell) else str(cell)
    return text.strip() or None


def _numbered(path: Path, rows: "pl.DataFrame") -> "pl.DataFrame":
    """Turn the texts of numbers into numbers; every text that is not one is a problem."""
    import polars as pl

    problems: list[Problem] = []
    for name in NUMBERS:
        if name not in rows.columns:
            continue
        texts = rows[name].str.strip_chars().replace("", None)
        numbers = texts.str.replace(",", ".").cast(pl.Float64, strict=False)
        for line in (texts.is_not_null() & numbers.is_null()).arg_true().to_list():
            where = f"{path}, ligne {line + 2}, {name}"
            problems.append(Problem(where, f"« {texts[line]} »", "un nombre ou rien", "corriger"))
        rows = rows.with_columns(numbers.alias(name))
    if problems:
        raise DataError(problems)
    return rows


def _covered(rows: "pl.DataFrame") -> frozenset[str]:
    """Return the communes of the départements named."""
    present = {index().current_code(code or "") for code in rows["code_commune"].to_list()}
    known = [code for code in present if code]
    named = set(index().code_departement[index().positions(known)].tolist())
    return frozenset(
        code
        for code, departement in zip(index().codes, index().code_departement, strict=True)
        if departement in named
    )
