"""Scenarios as people write them: YAML, JSON, a spreadsheet, or options of the command line."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assemblier.access import PROFESSIONS
from assemblier.aids.legality.files import read_bytes, read_yaml
from assemblier.errors import DataError, InputError, PerimeterError, Problem
from assemblier.french import date_text
from assemblier.scenarios.kinds import ANY_PROFESSION, ELSEWHERE, KINDS, Field, Form
from assemblier.scenarios.scenario import GP, Change, Scenario, Value
from assemblier.territory import parse

EXPECTED = "un scénario : YAML, JSON, ou le classeur de « assemblier modele scenario »"
HEAD = ("nom", "territoire", "profession", "changements")
SHEETS = ("Étude", "Changements")
_YES, _NO = ("oui", "vrai", "true"), ("non", "faux", "false")
FIX = "corriger le fichier"
NEAR = 3
"""Names of the territory suggested for one that is unknown."""
CLOSE_HERE = 65.0
"""Similarity from which one is: a territory has few names, a far one is still the one meant."""
FORMATS_OF_DATE = ("%Y-%m-%d", "%d/%m/%Y")


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario as it was read, and what is wrong in it.

    Attributes
    ----------
    scenario
        With the changes that could be read.
    problems
        To say together with those that only the territory tells.
    """

    scenario: Scenario
    problems: tuple[Problem, ...]


def read_scenario(
    path: Path | None,
    removals: Sequence[str] = (),
    territoire: str = "",
    antennas: Sequence[str] = (),
    nom: str = "",
) -> Draft:
    """Return a scenario from a file, with changes given as options after those of the file.

    Parameters
    ----------
    path
        The file; None when options say everything.
    removals
        As ``43148:medecin_generaliste:2``: commune, profession, how many retire; a day may follow.
    territoire
        Instead of that of the file; by default the département of the first removal.
    antennas
        As ``43148:43040:20``: commune, that of the main site, new hours a week; a day may follow.
    nom
        Instead of that of the file; by default the places and what happens there.

    Raises
    ------
    InputError
        When the file cannot be read at all, or no territory is known.
    """
    told = _content(path) if path else {}
    problems: list[Problem] = [] if not path else list(_unknown_keys(told, str(path)))
    rows = _rows(told, str(path or ""), problems)
    profession = _profession(told, removals, str(path or "--retrait"), problems)
    rows += [*_removed(removals), *_antennas(antennas, problems)]
    said = territoire or str(told.get("territoire") or "")
    near = _inside(said)
    changes = tuple(
        change
        for rank, row in enumerate(rows, start=1)
        if (change := _change(rank, row, problems, near)) is not None
    )
    problems += [*_out_of_order(changes), *_of_doctors_only(changes, profession)]
    if not rows and not problems:
        where = str(path) if path else "--retrait"
        problems.append(
            Problem(where, "aucun changement", "au moins un changement", "en écrire un")
        )
    asked = said or _departement_of(changes)
    try:
        expression = parse(asked).expression if asked else ""
    except PerimeterError as error:
        raise InputError([*error.problems, *problems]) from error
    if not expression:
        # A commune that could not be read would have said the territory: one error, not two.
        if not any(isinstance(row, dict) and row.get("commune") for row in rows):
            expected = "par exemple departement:43"
            problems.append(Problem("territoire", "non dit", expected, "le dire"))
        raise InputError(problems)
    called = nom or str(told.get("nom") or (path.stem if path else _called(changes)))
    return Draft(Scenario(called, expression, changes, profession), tuple(problems))


def _content(path: Path) -> dict[str, Any]:
    if path.suffix.lower() in (".xlsx", ".ods"):
        return _workbook(path)
    return read_yaml(path, EXPECTED)


def _unknown_keys(told: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for key in told:
        if key not in HEAD:
            yield Problem(f"{where}, {key}", "clé inconnue", f"une de : {', '.join(HEAD)}", FIX)


def _rows(told: Mapping[str, Any], where: str, problems: list[Problem]) -> list[Any]:
    rows = told.get("changements") or []
    if isinstance(rows, list):
        return list(rows)
    problems.append(Problem(f"{where}, changements", "pas une liste", "une liste « - »", FIX))
    return []


def _removed(removals: Sequence[str]) -> Iterator[dict[str, Any]]:
    for said in removals:
        commune, _, count, day = _parts(said)
        yield {"type": "retraite", "commune": commune, "nombre": count or "1", "le": day}


def _antennas(antennas: Sequence[str], problems: list[Problem]) -> Iterator[dict[str, Any]]:
    for said in antennas:
        commune, site, hours, day = _parts(said)
        if not (site and hours):
            expected = "la commune, celle du centre, les heures par semaine"
            action = "écrire par exemple 43148:43040:20"
            problems.append(Problem(f"--antenne {said}", "incomplet", expected, action))
            continue
        yield {
            "type": "antenne", "commune": commune, "site_principal": site, "heures_semaine": hours,
            "meme_systeme_information": "oui", "temps_nouveau": "oui", "le": day,
        }  # fmt: skip


def _parts(said: str) -> tuple[str, str, str, str]:
    """Return the four parts of an option, empty where it has fewer."""
    first, second, third, fourth = (*said.split(":", 3), "", "", "")[:4]
    return first, second, third, fourth


def _profession(
    told: Mapping[str, Any], removals: Sequence[str], where: str, problems: list[Problem]
) -> str:
    """Return the one profession of a scenario: that of its file, and of every option."""
    written = str(told.get("profession") or "").strip()
    said = [*([written] if written else []), *(_parts(one)[1] for one in removals)]
    found = dict.fromkeys(said or [GP])
    for one in found:
        if one not in PROFESSIONS:
            problems.append(
                Problem(
                    f"{where}, profession",
                    f"profession « {one} »",
                    f"une de : {', '.join(PROFESSIONS)}",
                    "écrire par exemple 43148:medecin_generaliste:2",
                )
            )
    if len(found) > 1:
        expected, action = "une seule profession par scénario", "en faire plusieurs scénarios"
        problems.append(Problem(f"{where}, profession", ", ".join(found), expected, action))
    first = next(iter(found))
    return first if first in PROFESSIONS else GP


def _of_doctors_only(changes: Sequence[Change], profession: str) -> Iterator[Problem]:
    """Yield the changes that are only described for general practitioners."""
    for change in changes:
        if profession != GP and change.kind not in ANY_PROFESSION:
            yield Problem(
                change.where,
                f"un changement des médecins, pour les {PROFESSIONS[profession]}",
                f"un de : {', '.join(ANY_PROFESSION)}",
                "le retirer, ou faire un scénario des médecins généralistes",
            )


def _called(changes: Sequence[Change]) -> str:
    """Return a name for changes: where they happen, and what they are."""
    from assemblier.territory import index

    codes = dict.fromkeys(one.text("commune") for one in changes if one.text("commune"))
    names = [str(index().nom[index().positions([code])[0]]) for code in codes]
    labels = dict.fromkeys(one.spec.label for one in changes)
    if not names or not labels:
        return "Scénario"
    return f"{', '.join(names)} : {', '.join(labels)}"


def _departement_of(changes: Sequence[Change]) -> str:
    from assemblier.territory import index

    for change in changes:
        commune = change.text("commune")
        if commune:
            row = index().positions([commune])[0]
            return f"departement:{index().code_departement[row]}"
    return ""


def _inside(said: str) -> dict[str, str]:
    """Return the code of each commune of a territory by its plain name; none if it is unknown."""
    from assemblier.territory import index, names

    try:
        codes = parse(said).codes if said else ()
    except PerimeterError:
        return {}
    called = index().nom[index().positions(codes)] if codes else ()
    return {names.simplified(str(nom)): code for nom, code in zip(called, codes, strict=True)}


def _change(rank: int, row: Any, problems: list[Problem], near: Mapping[str, str]) -> Change | None:
    """Read one change; None, and why, where it cannot be read."""
    where = f"changement {rank}"
    if not isinstance(row, dict):
        problems.append(Problem(where, "ni clés ni valeurs", "un « type: » et ses champs", FIX))
        return None
    told = {str(key): value for key, value in row.items() if value not in (None, "")}
    kind = str(told.pop("type", ""))
    if kind not in KINDS:
        found = f"type « {kind} »" if kind else "sans « type »"
        problems.append(Problem(where, found, f"un de : {', '.join(KINDS)}", FIX))
        return None
    spec = KINDS[kind]
    known = len(problems)
    where = f"{where} ({spec.label})"
    allowed = [one.key for one in spec.fields]
    problems += [
        Problem(f"{where}, {key}", "champ inconnu", f"un de : {', '.join(allowed)}", FIX)
        for key in told
        if key not in allowed
    ]
    values = []
    for one in spec.fields:
        if one.key in told:
            value = _value(one, told[one.key], f"{where}, {one.key}", problems, near)
            if value is not None:
                values.append((one.key, value))
        elif one.is_required:
            problems.append(
                Problem(f"{where}, {one.key}", "non dit", f"{one.label} : {one.form}", "le dire")
            )
    return Change(rank, kind, tuple(values)) if len(problems) == known else None


def _out_of_order(changes: Sequence[Change]) -> Iterator[Problem]:
    """Yield every change said to happen before one that is written above it."""
    dated = [(change, change.day) for change in changes if change.day is not None]
    latest: tuple[Change, dt.date] | None = None
    for change, day in dated:
        if latest is not None and day < latest[1]:
            yield Problem(
                f"{change.where}, le",
                f"{date_text(day)}, avant le {date_text(latest[1])} du {latest[0].where}",
                "des changements écrits dans l'ordre de leurs dates",
                "corriger la date, ou déplacer le changement",
            )
        else:
            latest = change, day


def _value(
    field: Field, said: Any, where: str, problems: list[Problem], near: Mapping[str, str]
) -> Value | None:
    try:
        return _READ[field.form](said, field)
    except PerimeterError as error:
        problems += [
            Problem(
                where, f"« {said} », {one.found}", one.expected, _meant(str(said), near, one.action)
            )
            for one in error.problems
        ]
    except ValueError:
        problems.append(Problem(where, f"« {said} »", f"{field.label} : {field.form}", FIX))
    return None


def _meant(said: str, near: Mapping[str, str], action: str) -> str:
    """Return what to write instead of a name: a commune of the territory first."""
    from assemblier.territory import index, names

    if not near or said.strip().isdigit():
        return action
    found = names.nearest(names.simplified(said), near, NEAR, CLOSE_HERE)
    if not found:
        return action
    listed = ", ".join(
        f"{index().nom[index().positions([near[one]])[0]]} ({near[one]})" for one in found
    )
    return f"vérifier l'orthographe ; dans ce territoire : {listed}"


def _commune(said: Any, field: Field) -> str:
    text = str(said).strip()
    if text.isdigit():
        text = text.zfill(5)  # a spreadsheet, or YAML, drops the first zero
    if text == ELSEWHERE and field.key in ("venant_de", "vers"):
        return ELSEWHERE
    return parse(f"commune:{text}").codes[0]


def _communes(said: Any, field: Field) -> tuple[str, ...]:
    listed = said if isinstance(said, list) else str(said).split(",")
    if not listed:
        raise ValueError(field.key)
    return tuple(_commune(one, field) for one in listed)


def _number(said: Any, _: Field) -> float:
    if isinstance(said, bool):
        raise ValueError(said)
    found = float(str(said).replace(" ", "").replace("\u202f", "").replace(",", "."))
    if not 0 <= found < 1e7:
        raise ValueError(said)
    return found


def _relative(said: Any, _: Field) -> float:
    found = float(str(said).replace("−", "-").replace(",", "."))
    if not -1e4 < found < 1e4:
        raise ValueError(said)
    return found


def _whole(said: Any, field: Field) -> int:
    found = _number(said, field)
    if found != int(found) or found < 1:
        raise ValueError(said)
    return int(found)


def _day(said: Any, _: Field) -> str:
    if isinstance(said, dt.datetime):
        return said.date().isoformat()
    if isinstance(said, dt.date):
        return said.isoformat()
    for pattern in FORMATS_OF_DATE:
        try:
            return dt.datetime.strptime(str(said).strip(), pattern).date().isoformat()
        except ValueError:
            continue
    raise ValueError(said)


def _yes_no(said: Any, _: Field) -> bool:
    text = str(said).strip().lower()
    if text not in (*_YES, *_NO):
        raise ValueError(said)
    return text in _YES


_READ: dict[Form, Callable[[Any, Field], Value]] = {
    Form.COMMUNE: _commune,
    Form.COMMUNES: _communes,
    Form.TERRITOIRE: lambda said, _: parse(str(said)).expression,
    Form.ENTIER: _whole,
    Form.NOMBRE: _number,
    Form.RELATIF: _relative,
    Form.OUI_NON: _yes_no,
    Form.JOUR: _day,
}


def _workbook(path: Path) -> dict[str, Any]:
    """Return what a filled spreadsheet says, as a file would."""
    import python_calamine

    read_bytes(path, EXPECTED)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except Exception as error:  # calamine raises its own errors, one for each kind of damage
        raise DataError([Problem(str(path), "classeur abîmé", EXPECTED, "le refaire")]) from error
    missing = [name for name in SHEETS if name not in sheets]
    if missing:
        found = f"feuilles : {', '.join(sheets) or 'aucune'}"
        expected = f"des feuilles {' et '.join(SHEETS)}"
        raise DataError([Problem(str(path), found, expected, "le refaire")])
    told: dict[str, Any] = {
        str(row[0]).strip(): row[1] for row in sheets[SHEETS[0]] if len(row) > 1 and row[0] in HEAD
    }
    header, *rows = sheets[SHEETS[1]] or [[]]
    names = [str(cell).strip() for cell in header]
    told["changements"] = [
        {name: _cell(cell) for name, cell in zip(names, row, strict=False) if name and cell != ""}
        for row in rows
        if any(cell != "" for cell in row)
    ]
    return told


def _cell(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
