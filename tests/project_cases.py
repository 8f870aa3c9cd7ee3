"""Projects written in a line, for the tests."""

import datetime as dt
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from assemblier.projects.form import answers_of
from assemblier.projects.kinds import KINDS
from assemblier.projects.study import Study

GUIDE_DAY = dt.date(2019, 12, 31)
PANORAMA_DAY = dt.date(2023, 3, 9)

CENTRE: dict[str, Any] = {
    "medecins": 3,
    "heures_semaine": 35,
    "salaire_brut": 6000,
    "charges_patronales": 40,
    "etp_administratif": "0,7",
    "cout_secretariat": 33000,
    "loyer": 15000,
    "autres_charges": 25000,
    "equipement": 60000,
    "population": 9000,
}
PLAN: dict[str, Any] = {
    "structure": "maison_de_sante",
    "porteur": "epci",
    "zone": "zip",
    "zone_rurale": "oui",
    "rural_eligible": "oui",
    "multi_acteurs": "oui",
    "qpv": "non",
    "convention_npnru": "non",
    "depenses": [
        {"nature": "construction", "montant_ht": 1_000_000},
        {"nature": "systeme_information", "montant_ht": 50_000},
    ],
    "financements": [{"financeur": "autofinancement"}],
}


def study(kind: str, on: dt.date = GUIDE_DAY, **answers: Any) -> Study:
    """Return the study of a project."""
    found = KINDS[kind]
    return found.study(answers_of(answers, found.form()), on)


def centre(on: dt.date = GUIDE_DAY, **changes: Any) -> Study:
    """Return a centre de santé, some answers being changed."""
    return study("centre-de-sante", on, **{**CENTRE, **changes})


def plan(*lines: Mapping[str, Any], on: dt.date = GUIDE_DAY, **changes: Any) -> Study:
    """Return a plan with some lines, an own contribution taking the rest."""
    own = [{"financeur": "autofinancement"}]
    return study("financement", on, **{**PLAN, **changes, "financements": [*lines, *own]})


def refused(found: Study) -> str:
    """Return everything that is refused, as one text."""
    return "\n".join(str(one) for one in found.refusals)


# ── a spreadsheet of a few lines, to compute what a spreadsheet would ─────────────────────────


class Text(str):
    """What a cell of words holds: no arithmetic on it."""


def spreadsheet(cells: Mapping[str, Any]) -> dict[str, float | None]:
    """Return the value of each cell; formulas are computed anew, whatever value they store."""
    found: dict[str, float | None] = {}

    def value(name: str) -> float:
        if name not in found:
            cell = cells.get(name)
            if isinstance(cell, str) and cell.startswith("="):
                found[name] = evaluate(cell[1:])
            else:
                found[name] = None if isinstance(cell, str) or cell is None else float(cell)
        if found[name] is None:
            raise ArithmeticError(name)
        return found[name]

    def count(*names: str) -> int:
        return sum(1 for name in names if _known(value, name))

    def guarded(test: bool, formula: str) -> float | None:
        return None if test else evaluate(formula)

    def evaluate(formula: str) -> float | None:
        outer = re.fullmatch(r'IF\(COUNT\(([^)]*)\)<(\d+),"non disponible",(.*)\)', formula)
        if outer:
            return guarded(count(*outer[1].split(",")) < int(outer[2]), outer[3])
        inner = re.fullmatch(r'IFERROR\((.*),"non disponible"\)', formula)
        assert inner, formula
        try:
            return float(eval(_python(inner[1]), {"__builtins__": {}}, _names(value)))
        except ArithmeticError:
            return None

    for name in cells:
        _known(value, name)
    return found


def _known(value: Any, name: str) -> bool:
    try:
        value(name)
    except ArithmeticError:
        return False
    return True


def _python(formula: str) -> str:
    """Return the formula as Python: addresses become calls, IF becomes lazy."""
    text = re.sub(r"\$[A-Z]\$\d+", lambda match: f"cell('{match.group()}')", formula)
    return _lazy(text)


def _lazy(text: str) -> str:
    """Write IF(test,yes,no) so that only the chosen branch is computed."""
    start = text.find("IF(")
    if start < 0:
        return text
    depth, parts, place = 0, [start + 3], start + 3
    while True:
        sign = text[place]
        if sign == "(":
            depth += 1
        elif sign == ")" and depth == 0:
            break
        elif sign == ")":
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(place + 1)
        place += 1
    ends = [*(one - 1 for one in parts[1:]), place]
    test, yes, no = (_lazy(text[a:b]) for a, b in zip(parts, ends, strict=True))
    return f"{text[:start]}(({yes}) if ({test}) else ({no})){_lazy(text[place + 1 :])}"


def _names(value: Any) -> dict[str, Any]:
    def ceiling(number: float, _step: int) -> int:
        return -int(-number // 1)

    def nothing() -> float:
        raise ArithmeticError("NA")

    return {
        "cell": value,
        "MIN": min,
        "MAX": max,
        "SUM": lambda *parts: sum(parts),
        "CEILING": ceiling,
        "NA": nothing,
    }


def workbook_cells(found: Study) -> dict[str, Any]:
    """Return what stands in each cell of the sheet "Calcul": a number, words, or a formula."""
    from assemblier.projects.expressions import Expression
    from assemblier.reports.projets.live import formula_of, layout_of

    layout = layout_of(found.calculation)
    cells: dict[str, Any] = {}
    for row in found.calculation.rows():
        for column, cell in enumerate(row.cells):
            name = layout.address((row.key, column))
            if isinstance(cell, Expression):
                cells[name] = formula_of(found.calculation, (row.key, column), layout)
            else:
                cells[name] = Text("non disponible") if cell is None else float(Fraction(cell))
    return cells
