"""What each inhabitant counts for when places are chosen: a political choice, said as such.

By default everybody counts for one. Each weighting multiplies the others.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from assemblier.access import Baseline
from assemblier.aids.legality.files import read_bytes
from assemblier.diagnosis.context import FILE as FILOSOFI
from assemblier.diagnosis.context import living_standards
from assemblier.diagnosis.quarters import FILE as QUARTERS
from assemblier.diagnosis.quarters import POPULATION, departement_of, quarters
from assemblier.errors import DataError, Problem, UnavailableError
from assemblier.figures import NOWHERE, Provenance, Source
from assemblier.french import number
from assemblier.maths.arrays import Array
from assemblier.parameters import explain
from assemblier.territory import Perimeter, index
from assemblier.territory.names import simplified

BY = ("age", "quartiers", "revenu", "score")
QUARTER = "implantation.poids_quartier"
COLUMNS = ("code_commune", "poids")
MOST = 1000.0
"""A weight above this is a mistake."""
SHOWN = 10


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """One reason for which inhabitants count more or less.

    Attributes
    ----------
    factor
        (homes,) ≥ 0; 1 outside the territory, and where nothing is known.
    told
        What it is, in French.
    provenance
        Where it comes from.
    """

    factor: Array
    told: str
    provenance: Provenance = NOWHERE


def weightings(
    asked: Sequence[str], baseline: Baseline, perimeter: Perimeter, target: float, on: date
) -> tuple[Weighting, ...]:
    """Return what inhabitants count for.

    Parameters
    ----------
    asked
        Some of `BY`, or paths of files of weights.
    baseline
        Homes, scores and needs.
    perimeter
        The territory.
    target
        The score under which people lack.
    on
        The day of the rules.

    Raises
    ------
    UnavailableError
        When what it needs was not imported.
    DataError
        When a file of weights is wrong: every problem at once.
    """
    return tuple(_weighting(one, baseline, perimeter, target, on) for one in dict.fromkeys(asked))


def combined(found: Sequence[Weighting], homes: int) -> Array:
    """Return (homes,) the product of weightings; empty where there is none."""
    if not found:
        return np.empty(0)
    product = np.ones(homes)
    for one in found:
        product *= one.factor
    return product


def _weighting(
    asked: str, baseline: Baseline, perimeter: Perimeter, target: float, on: date
) -> Weighting:
    match asked:
        case "age":
            return _by_age(baseline)
        case "score":
            return _by_score(baseline, target)
        case "revenu":
            return _by_income(baseline, perimeter)
        case "quartiers":
            return _by_quarter(baseline, perimeter, on)
        case _:
            return _from_file(Path(asked), baseline)


def _by_age(baseline: Baseline) -> Weighting:
    rows = index().positions(baseline.homes)
    needs, people = baseline.demand.standardised[rows], baseline.demand.total[rows]
    known = (people > 0) & ~np.isnan(needs)
    factor = np.divide(needs, people, out=np.ones(len(rows)), where=known)
    told = (
        "Selon les âges : chaque habitant compte pour sa consommation de soins, celle des poids "
        "par âge de l'APL."
    )
    return Weighting(factor, told, baseline.demand.provenance)


def _by_score(baseline: Baseline, target: float) -> Weighting:
    lacking = np.fmax(0.0, target - baseline.official) / target
    factor = np.where(np.isnan(baseline.official), 1.0, lacking)
    told = (
        f"Selon l'APL avant ces lieux : un habitant sans aucun accès compte 1, un habitant à "
        f"{number(target, 1)} compte 0, en proportion de ce qui manque entre les deux."
    )
    return Weighting(factor, told, baseline.provenance)


def _by_income(baseline: Baseline, perimeter: Perimeter) -> Weighting:
    found = living_standards(perimeter)
    if found is None:
        raise UnavailableError("--poids revenu", FILOSOFI)
    values, source, year = found
    people = np.nan_to_num(index().population[index().positions(perimeter.codes)])
    known = ~np.isnan(values) & (values > 0)
    if not known.any():
        raise UnavailableError("--poids revenu", FILOSOFI)
    mean = float(np.average(values[known], weights=np.maximum(people[known], 1e-9)))
    by_code = dict(zip(perimeter.codes, np.where(known, mean / values, 1.0).tolist(), strict=True))
    factor = np.array([by_code.get(code, 1.0) for code in baseline.homes])
    hidden = int((~known).sum())
    told = (
        f"Selon le revenu : la moyenne du territoire, {number(mean)} € par an, divisée par le "
        f"niveau de vie médian de la commune ({year})."
    ) + (f" {number(hidden)} communes au niveau de vie non publié comptent 1." if hidden else "")
    return Weighting(factor, told, Provenance((source,)))


def _by_quarter(baseline: Baseline, perimeter: Perimeter, on: date) -> Weighting:
    found = quarters(perimeter)
    if found is None:
        raise UnavailableError("--poids quartiers", QUARTERS)
    rule = explain(QUARTER, on)
    rows = index().positions(perimeter.codes)
    of_name = {
        (str(index().code_departement[row]), simplified(str(index().nom[row]))): code
        for row, code in zip(rows, perimeter.codes, strict=True)
    }
    inside = dict.fromkeys(perimeter.codes, 0.0)
    for one in found.quarters:
        figure = one.figures.get(POPULATION)
        names = [(departement_of(one.code), simplified(name)) for name in one.communes.split(",")]
        for name in names:
            # A quarter over several communes is shared between them: its parts are not published.
            if name in of_name and figure is not None:
                inside[of_name[name]] += (figure.value or 0.0) / len(names)
    people = dict(zip(perimeter.codes, index().population[rows].tolist(), strict=True))
    share = {code: min(1.0, some / people[code]) for code, some in inside.items() if some > 0}
    extra = float(rule.value) - 1.0
    factor = np.array([1.0 + extra * share.get(code, 0.0) for code in baseline.homes])
    told = (
        f"Selon les quartiers prioritaires : leurs habitants comptent {number(rule.value, 1)} "
        f"({len(share)} communes en ont)."
    )
    return Weighting(factor, told, Provenance((found.source,), parameters=(rule.as_text(),)))


def _from_file(path: Path, baseline: Baseline) -> Weighting:
    expected = "un CSV code_commune ; poids"
    text = read_bytes(path, f"{expected}, ou un de : {', '.join(BY)}").decode(
        "utf-8-sig", "replace"
    )
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(";,\t", key=first.count))
    if not set(COLUMNS) <= set(rows.fieldnames or ()):
        found = f"colonnes : {', '.join(rows.fieldnames or ()) or 'aucune'}"
        raise DataError([Problem(str(path), found, expected, "corriger le fichier")])
    weights: dict[str, float] = {}
    problems: list[Problem] = []
    for line, row in enumerate(rows, start=2):
        _read_weight(row, f"{path}, ligne {line}", weights, problems)
    if problems:
        raise DataError(problems)
    factor = np.array([weights.get(code, 1.0) for code in baseline.homes])
    told = (
        f"Selon {path.name}, poids de l'utilisateur : {number(len(weights))} communes ; les autres "
        "comptent 1."
    )
    source = Source(
        f"poids-{path.name}", "fourni par l'utilisateur", f"Poids {path.name}", "non précisé",
        "non précisée",
    )  # fmt: skip
    return Weighting(factor, told, Provenance((source,)))


def _read_weight(
    row: dict[str, str | None], where: str, weights: dict[str, float], problems: list[Problem]
) -> None:
    code = (row["code_commune"] or "").strip().zfill(5)
    said = (row["poids"] or "").strip()
    if index().current_code(code) is None:
        problems.append(
            Problem(f"{where}, code_commune", f"« {code} »", "un code de commune", "le corriger")
        )
    elif code in weights:
        problems.append(Problem(where, f"{code} écrit deux fois", "une fois", "en retirer un"))
    try:
        weight = float(said.replace(",", "."))
    except ValueError:
        weight = -1.0
    if not 0 <= weight <= MOST:
        expected = f"un nombre de 0 à {number(MOST)}"
        problems.append(Problem(f"{where}, poids", f"« {said} »", expected, "le corriger"))
    weights[code] = weight
