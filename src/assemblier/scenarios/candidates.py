"""The places among which to choose: communes, or premises that somebody listed."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

from assemblier.aids.legality.fields import Field, Kind
from assemblier.aids.legality.files import read_bytes, read_yaml
from assemblier.aids.legality.reading import read_fields
from assemblier.errors import DataError, InputError, PerimeterError, Problem
from assemblier.french import number
from assemblier.scenarios.ledger import name_of
from assemblier.territory import index, parse
from assemblier.territory.places import by_name, name_key
from assemblier.travel import great_circle_km

EXPECTED = "une liste de lieux : CSV, YAML, ou le classeur de « assemblier modele implantation »"
LIST = "lieux"
NAMED = "libelle"
"""A column the template fills so that people know a commune by its name: checked, not kept."""
FARTHEST_KM = 25.0
"""From its town hall, no point of a commune of mainland France is farther."""
FIX = "corriger le fichier"


class State(StrEnum):
    """What may become of a place."""

    POSSIBLE = "possible"
    EXISTANT = "existant"
    """Open today: who is near is covered; its activity is already in the scores."""
    DECIDE = "decide"
    """Will open whatever is chosen: its activity is added first."""
    EXCLU = "exclu"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place.

    Attributes
    ----------
    code_commune
        Where.
    nom
        Of the premises; empty for a commune as a whole.
    etat
        See `State`.
    capacite
        Consultations a year; None for the usual one.
    cout
        Euros; None where nobody said.
    disponible
        The day from which it may open; None for today.
    habitants
        Whom it can serve, when coverage counts them; None without limit.
    longitude, latitude
        In degrees, or None.
    """

    code_commune: str
    nom: str = ""
    etat: State = State.POSSIBLE
    capacite: float | None = None
    cout: float | None = None
    disponible: dt.date | None = None
    habitants: float | None = None
    longitude: float | None = None
    latitude: float | None = None

    @property
    def label(self) -> str:
        """How people read it.

        Examples
        --------
        >>> Candidate("43040").label, Candidate("43040", "Ancienne école").label
        ('Brioude', 'Ancienne école (Brioude)')
        """
        commune = name_of(self.code_commune)
        return f"{self.nom} ({commune})" if self.nom else commune


FIELDS = (
    Field("commune", "La commune, par son code ou son nom", Kind.TEXTE, is_required=True),
    Field("nom", "Le nom du local, s'il y en a un", Kind.TEXTE),
    Field(
        "etat",
        "possible ; existant : déjà ouvert ; decide : ouvrira de toute façon ; exclu",
        Kind.CHOIX,
        tuple(State),
    ),
    Field("capacite", "Consultations par an", Kind.NOMBRE, least=1),
    Field("cout", "Coût, en euros", Kind.NOMBRE, least=1),
    Field("disponible", "Le jour à partir duquel il peut ouvrir", Kind.JOUR),
    Field("habitants", "Habitants que le lieu peut servir", Kind.NOMBRE, least=1),
    Field("longitude", "Longitude, en degrés, négative à l'ouest : 3,71", Kind.TEXTE),
    Field("latitude", "Latitude, en degrés : 45,2", Kind.TEXTE),
)
"""What is said of a place, and how."""
KEYS = tuple(one.key for one in FIELDS)


def communes(codes: Sequence[str]) -> tuple[Candidate, ...]:
    """Return communes as candidates, in the order given."""
    return tuple(Candidate(code) for code in codes)


def read_candidates(path: Path) -> tuple[Candidate, ...]:
    """Read places from a CSV, a YAML or a spreadsheet: the keys of `FIELDS`, one place a row.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    problems: list[Problem] = []
    found = []
    for where, row in _rows(path):
        named = str(row.pop(NAMED, None) or "").strip()
        values = read_fields(row, FIELDS, f"{path}, {where}", problems)
        candidate = _candidate(values, f"{path}, {where}", problems)
        if candidate is not None:
            _check_point(candidate, f"{path}, {where}", problems)
            _check_name(candidate, named, f"{path}, {where}", problems)
            found.append((where, candidate))
    _check_doubles(found, str(path), problems)
    if not found and not problems:
        problems.append(Problem(str(path), "aucun lieu", EXPECTED, "en décrire un au moins"))
    if problems:
        raise DataError(problems)
    return tuple(candidate for _, candidate in found)


def marked(
    candidates: Iterable[Candidate], told: Mapping[str, State], problems: list[Problem]
) -> tuple[Candidate, ...]:
    """Return candidates, some communes of which options say open already or left out.

    Parameters
    ----------
    candidates
        Before.
    told
        Option and commune, as ``"--exclure Brioude"``, to what becomes of it.
    problems
        Those of the options are added.
    """
    found, seen = list(candidates), dict[str, str]()
    for option, state in told.items():
        try:
            (code,) = parse(f"commune:{option.partition(' ')[2]}").codes
        except PerimeterError as error:
            problems += [replace(one, where=option) for one in error.problems]
            continue
        if seen.setdefault(code, option).partition(" ")[0] != option.partition(" ")[0]:
            both = f"dit aussi par {seen[code]}"
            problems.append(Problem(option, both, "existant ou exclu", "garder un des deux"))
        here = [k for k, one in enumerate(found) if one.code_commune == code]
        for k in here:
            found[k] = replace(found[k], etat=state)
        if not here and state is State.EXCLU:
            problems.append(Problem(
                option, f"{name_of(code)} n'est pas parmi les lieux", "un des lieux possibles",
                "retirer cette option",
            ))  # fmt: skip
        if not here and state is State.EXISTANT:
            found.append(Candidate(code, etat=State.EXISTANT))
    return tuple(found)


def _candidate(values: dict[str, Any], where: str, problems: list[Problem]) -> Candidate | None:
    if "commune" not in values:
        return None
    said = str(values["commune"])
    code = said.zfill(5) if said.isdigit() else said  # a spreadsheet drops the first zero
    try:
        codes = parse(f"commune:{code}").codes
    except PerimeterError as error:
        problems += [
            Problem(f"{where}, commune", f"« {said} », {one.found}", one.expected, one.action)
            for one in error.problems
        ]
        return None
    numbers: dict[str, float] = {
        key: float(values[key]) for key in ("capacite", "cout", "habitants") if key in values
    }
    for key in ("longitude", "latitude"):
        if (
            key in values
            and (degrees := _degrees(values[key], f"{where}, {key}", problems)) is not None
        ):
            numbers[key] = degrees
    return Candidate(
        codes[0], values.get("nom", ""), State(values.get("etat", State.POSSIBLE)),
        disponible=values.get("disponible"), **numbers,
    )  # fmt: skip


def _degrees(said: str, where: str, problems: list[Problem]) -> float | None:
    try:
        found = float(said.replace(",", "."))
    except ValueError:
        found = np.nan
    if abs(found) <= 180:
        return found
    problems.append(Problem(where, f"« {said} »", "des degrés, par exemple 3,71", FIX))
    return None


def _check_point(one: Candidate, where: str, problems: list[Problem]) -> None:
    if (one.longitude is None) != (one.latitude is None):
        given, missing = (
            ("latitude", "longitude") if one.longitude is None else ("longitude", "latitude")
        )
        problems.append(
            Problem(f"{where}, {missing}", f"{given} seule", "les deux, ou aucune", FIX)
        )
    if one.longitude is None or one.latitude is None:
        return
    row = index().positions([one.code_commune])[0]
    hall = np.array([[index().longitude[row], index().latitude[row]]])
    distance = float(great_circle_km(hall, np.array([[one.longitude, one.latitude]]))[0])
    if distance > FARTHEST_KM:
        problems.append(Problem(
            f"{where}, longitude et latitude",
            f"à {number(distance)} km de la mairie de {name_of(one.code_commune)}",
            f"un point de la commune, à {number(FARTHEST_KM)} km de sa mairie au plus",
            "vérifier la commune, ou si longitude et latitude sont échangées",
        ))  # fmt: skip


def _check_name(one: Candidate, named: str, where: str, problems: list[Problem]) -> None:
    """Refuse the name of another commune beside a code: one of the two is a slip."""
    here = f"{name_of(one.code_commune)} ({one.code_commune})"
    own = name_key("commune", name_of(one.code_commune))
    if named and name_key("commune", named) != own:
        problems.append(Problem(
            f"{where}, {NAMED}", f"« {named} », pour {here}", "le nom de la commune du code",
            "corriger le code ou le nom",
        ))  # fmt: skip
    said = name_key("commune", one.nom)
    # Only near by: a « Bourg » or a « Chapelle » is a commune somewhere in France.
    others = {place.code[:2] for place in by_name("commune").get(said, ())}
    if said != own and one.code_commune[:2] in others:
        problems.append(Problem(
            f"{where}, nom", f"« {one.nom} », le nom d'une autre commune, pour {here}",
            "le nom d'un local, ou rien", "corriger le code ou le nom",
        ))  # fmt: skip


def _check_doubles(found: list[tuple[str, Candidate]], path: str, problems: list[Problem]) -> None:
    first: dict[tuple[str, str], str] = {}
    for where, one in found:
        key = (one.code_commune, one.nom.casefold())
        if first.setdefault(key, where) != where:
            problems.append(Problem(
                f"{path}, {where}", f"{one.label}, déjà {first[key]}", "un lieu une fois",
                "retirer la ligne, ou nommer chaque local",
            ))  # fmt: skip


def _rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return where each row is, and what it says; a row that says no commune is left out."""
    kind = path.suffix.lower()
    if kind in (".yaml", ".yml", ".json"):
        return _yaml_rows(path)
    header, *rows = (_sheet(path) if kind in (".xlsx", ".ods") else _csv(path)) or [[]]
    names = [str(name).strip() for name in header]
    if "commune" not in names:
        found = f"colonnes : {', '.join(filter(None, names)) or 'aucune'}"
        expected = f"une colonne « commune », puis au choix : {', '.join(KEYS[1:])}"
        raise DataError([Problem(str(path), found, expected, FIX)])
    told = [
        (
            f"ligne {line}",
            {key: cell for key, cell in zip(names, row, strict=False) if key},
        )
        for line, row in enumerate(rows, start=2)
    ]
    return [
        (where, row)
        for where, row in told
        if any(_is_said(cell) for key, cell in row.items() if key != NAMED)
    ]


def _yaml_rows(path: Path) -> list[tuple[str, dict[str, Any]]]:
    told = read_yaml(path, EXPECTED)
    rows = told.get(LIST)
    if set(told) != {LIST} or not isinstance(rows, list):
        found = f"clés : {', '.join(told)}"
        raise DataError(
            [Problem(str(path), found, f"une seule clé, « {LIST}: », et sa liste", FIX)]
        )
    wrong = [rank for rank, row in enumerate(rows, start=1) if not isinstance(row, Mapping)]
    if wrong:
        expected = "des lignes « commune: … »"
        raise DataError(
            [Problem(f"{path}, lieu {one}", "sans clés", expected, FIX) for one in wrong]
        )
    return [(f"lieu {rank}", dict(row)) for rank, row in enumerate(rows, start=1)]


def _is_said(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""


def _csv(path: Path) -> list[list[Any]]:
    raw = read_bytes(path, EXPECTED)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    return list(csv.reader(io.StringIO(text), delimiter=max(";,\t", key=first.count)))


def _sheet(path: Path) -> list[list[Any]]:
    import python_calamine

    read_bytes(path, EXPECTED)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        rows = book.get_sheet_by_index(0).to_python()
    except Exception as error:  # calamine raises its own errors, one for each kind of damage
        raise DataError([Problem(str(path), "classeur abîmé", EXPECTED, "le refaire")]) from error
    return [[_cell(cell) for cell in row] for row in rows]


def _cell(cell: Any) -> Any:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def refused(problems: Sequence[Problem]) -> None:
    """Raise every problem at once, if there is any.

    Raises
    ------
    InputError
        When there is one.
    """
    if problems:
        raise InputError(list(problems))
