"""Reading the file of a projection: every problem at once, and never a person's name."""

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assemblier import parameters
from assemblier.aids.legality.files import read_bytes, read_yaml
from assemblier.aids.legality.reading import read_fields
from assemblier.diagnosis.stored_flow import WORDS
from assemblier.errors import PerimeterError, Problem
from assemblier.figures import Source
from assemblier.projects.form import DATE, PROJECT, Rows, day_of, read_told
from assemblier.scenarios.handover import Leaving
from assemblier.scenarios.projection.practitioners import Group, Practitioners
from assemblier.scenarios.projection.sources import OLDEST, YOUNGEST
from assemblier.scenarios.projection_form import (
    AGE_TEXT,
    COMMUNE_TEXT,
    COMPLETE,
    PRACTICES,
    PRACTITIONERS,
    SERIES,
    SHARE_TEXT,
    TABLES,
    TRAINEES,
    VARIANTS,
    YEAR,
    YEARS_TEXT,
    form,
    is_share,
)
from assemblier.scenarios.trainees import Kind, Trainees
from assemblier.sources.layout import normalise
from assemblier.territory import Perimeter, parse

EXPECTED = "un fichier YAML, ou le classeur de « assemblier modele projection »"
CESP_LEAST = "aides.cesp.engagement_mois_minimum"
FIX = "corriger le fichier"
_PERSONAL = (
    "nom", "prenom", "noms", "nom prenom", "nom du medecin", "medecin", "docteur", "praticien",
    "identite", "rpps", "numero rpps", "adeli", "telephone", "courriel", "email", "mail",
    "adresse", "date de naissance", "naissance",
)  # fmt: skip
_TITLE = re.compile(r"^\s*(dr|docteur|pr|professeur|mme|madame|mlle|m\.|mr|monsieur)\b", re.I)
_BAND = re.compile(r"^(\d{2})(?:\s*(?:-|–|à|a)\s*(\d{2})|\s*(?:ans\s*)?(et plus|ou plus|\+))?$")


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says.

    Attributes
    ----------
    edits
        Hypotheses given, by key of `projection.settings.KEYS`.
    practitioners
        Who practises; None where the file does not say.
    is_complete
        Whether nobody else practises in the territory.
    leavings, trainees
        Departures announced, people in training.
    problems
        Everything wrong, to be said with what only the territory tells.
    """

    edits: Mapping[str, Any] = field(default_factory=dict)
    practitioners: Practitioners | None = None
    is_complete: bool = False
    leavings: tuple[Leaving, ...] = ()
    trainees: tuple[Trainees, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_projection(path: Path, on: dt.date, profession: str = "medecin_generaliste") -> Told:
    """Read the file that `assemblier modele projection` gives, once filled.

    Parameters
    ----------
    path
        YAML, JSON, or the spreadsheet.
    on
        The day of the report.
    profession
        Of the practitioners it lists.

    Raises
    ------
    DataError
        When it cannot be read at all; what is wrong inside is in `Told.problems`.
    """
    read_bytes(path, EXPECTED)
    is_sheet = path.suffix.lower() in (".xlsx", ".ods")
    content = read_told(path, form(on)) if is_sheet else read_yaml(path, EXPECTED)
    return told_of(content, on, str(path), profession, day_of(content, str(path)))


def told_of(
    content: Mapping[str, Any],
    on: dt.date,
    where: str = "projection",
    profession: str = "medecin_generaliste",
    day: dt.date | None = None,
) -> Told:
    """Return what some keys say.

    Parameters
    ----------
    content
        Keys and lists, as YAML gives them.
    on
        The day of the report.
    where
        How messages name the file.
    profession
        Of the practitioners listed.
    day
        That the file says, instead of `on`, for the ages.

    Examples
    --------
    >>> told_of({"cumul_part": "30 %"}, dt.date(2026, 11, 22)).edits
    {'cumul_part': 0.3}
    >>> told_of({"nom": "…"}, dt.date(2026, 11, 22)).problems[0].found
    'une donnée sur une personne (« nom »)'
    """
    asked, problems = form(on), list(_persons(content, where))
    kept = {key: value for key, value in content.items() if normalise(key) not in _PERSONAL}
    kept.pop(PROJECT, None)
    kept.pop(DATE, None)
    lists = {one.key: _rows(kept.pop(one.key, None), one, where, problems) for one in asked.lists}
    known = (*(one.key for one in asked.fields), *lists)
    problems += [_unknown(where, key, known) for key in kept if key not in known]
    plain = {key: _plain(value) for key, value in kept.items() if key in known}
    values = read_fields(plain, asked.fields, where, problems)
    year = int(values.pop(YEAR, (day or on).year))
    if year > on.year:
        problems.append(_late(where, year, on))
        year = on.year
    is_complete = bool(values.pop(COMPLETE, False))
    if is_complete and not lists[PRACTITIONERS]:
        problems.append(_empty(where))
    edits = dict(_edits(values, lists, where, problems))
    groups = _groups(lists[PRACTITIONERS], f"{where}, {PRACTITIONERS}", problems)
    return Told(
        edits,
        _practitioners(groups, profession, year),
        is_complete,
        tuple(_leavings(lists[PRACTICES], f"{where}, {PRACTICES}", problems)),
        tuple(_trainees(lists[TRAINEES], f"{where}, {TRAINEES}", on, year, problems)),
        tuple(problems),
    )


def outside(told: Told, perimeter: Perimeter, where: str) -> Iterator[Problem]:
    """Yield what a file places out of the territory it is read for.

    Parameters
    ----------
    told
        What the file says.
    perimeter
        The territory.
    where
        How messages name the file.
    """
    inside = set(perimeter.codes)
    groups = told.practitioners.groups if told.practitioners else ()
    named = (
        *((PRACTITIONERS, one.commune) for one in groups),
        *((PRACTICES, one.commune) for one in told.leavings),
        *((TRAINEES, one.commune) for one in told.trainees),
    )
    for sheet, code in dict.fromkeys(named):
        if code is not None and code not in inside:
            yield Problem(
                f"{where}, {sheet}",
                f"la commune {code}",
                f"une commune {perimeter.charniere or f'de {perimeter.nom}'}",
                "corriger la commune, ou le territoire de la commande",
            )


# ── the keys ──────────────────────────────────────────────────────────────────────────────────


def _persons(content: Mapping[str, Any], where: str) -> Iterator[Problem]:
    """Refuse what is about a person, wherever it is written."""
    for key, value in content.items():
        if normalise(str(key)) in _PERSONAL:
            yield _person(where, f"« {key} »")
        if isinstance(value, list):
            for rank, row in enumerate(value, start=1):
                if isinstance(row, Mapping):
                    yield from _persons_of_row(row, f"{where}, {key}, ligne {rank}")


def _persons_of_row(row: Mapping[str, Any], where: str) -> Iterator[Problem]:
    for key, value in row.items():
        if normalise(str(key)) in _PERSONAL:
            yield _person(where, f"« {key} »")
        elif isinstance(value, str) and _TITLE.match(value):
            yield _person(f"{where}, {key}", "un nom ou un titre")


def _person(where: str, what: str) -> Problem:
    return Problem(
        where,
        f"une donnée sur une personne ({what})",
        "des communes, des âges et des nombres : aucun nom, aucun identifiant",
        "retirer cette donnée du fichier",
    )


def _unknown(where: str, key: str, known: Sequence[str]) -> Problem:
    near = difflib.get_close_matches(key, known, n=1)
    action = f"essayer « {near[0]} »" if near else "la retirer, ou la corriger"
    return Problem(f"{where}, {key}", "clé inconnue", f"l'une de : {', '.join(known)}", action)


def _empty(where: str) -> Problem:
    return Problem(
        f"{where}, {COMPLETE}",
        "une liste complète, et aucun praticien lu",
        "une ligne au moins dans la feuille Praticiens",
        "la remplir, ou répondre non",
    )


def _late(where: str, year: int, on: dt.date) -> Problem:
    expected = f"une année jusqu'à {on.year}"
    return Problem(f"{where}, {YEAR}", str(year), expected, "corriger l'année des âges")


def _plain(value: Any) -> Any:
    """Return years that YAML gave as a list as the text a spreadsheet would hold."""
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _rows(
    told: Any, asked: Rows, where: str, problems: list[Problem]
) -> tuple[tuple[int, Mapping[str, Any]], ...]:
    """Return each row that can be read, with its rank."""
    if told is None:
        return ()
    place = f"{where}, {asked.key}"
    if not isinstance(told, list) or not all(isinstance(one, Mapping) for one in told):
        expected = f"une liste : « - {asked.fields[0].key}: … »"
        problems.append(Problem(place, f"« {told} »"[:80], expected, "corriger la liste"))
        return ()
    found = []
    for rank, row in enumerate(told, start=1):
        before = len(problems)
        kept = {k: v for k, v in row.items() if normalise(str(k)) not in _PERSONAL}
        values = read_fields(kept, asked.fields, f"{place}, ligne {rank}", problems)
        if len(problems) == before:
            found.append((rank, values))
    return tuple(found)


# ── hypotheses ────────────────────────────────────────────────────────────────────────────────


def _edits(
    values: Mapping[str, Any],
    lists: Mapping[str, Sequence[tuple[int, Mapping[str, Any]]]],
    where: str,
    problems: list[Problem],
) -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        found = _edit(key, value, f"{where}, {key}", problems)
        if found is not None:
            yield key, found
    for key in SERIES:
        if lists[key]:
            pairs = [(int(row["annee"]), float(row["nombre"])) for _, row in lists[key]]
            yield key, tuple(sorted(pairs))
    for key, (ages, parts) in TABLES.items():
        shares = [
            _share(row["part"], f"{where}, {key}, ligne {rank}, part", problems)
            for rank, row in lists[key]
        ]
        told = [share for share in shares if share is not None]
        if lists[key] and len(told) == len(lists[key]):
            yield ages, tuple(int(row["age"]) for _, row in lists[key])
            yield parts, tuple(told)


def _edit(key: str, value: Any, where: str, problems: list[Problem]) -> Any:
    if key == "variante":
        return VARIANTS[value]
    if key == "horizons":
        return _years(value, where, problems)
    if is_share(key):
        return _share(value, where, problems)
    if isinstance(value, bool):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _share(written: str, where: str, problems: list[Problem]) -> float | None:
    text = re.sub(r"\s", "", str(written)).replace(",", ".")
    try:
        found = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        found = -1.0
    if 0 <= found <= 1:
        return round(found, 12)
    problems.append(Problem(where, f"« {written} »", f"{SHARE_TEXT}, de 0 à 100 %",
                            "écrire la part avec son signe %"))  # fmt: skip
    return None


def _years(written: str, where: str, problems: list[Problem]) -> tuple[int, ...] | None:
    try:
        return tuple(int(one) for one in re.split(r"[,; ]+", str(written).strip()))
    except ValueError:
        problems.append(Problem(where, f"« {written} »", YEARS_TEXT, FIX))
        return None


# ── who practises, who leaves, who is in training ─────────────────────────────────────────────


def _commune(written: Any, where: str, problems: list[Problem]) -> str | None:
    text = str(written).strip()
    if text.isdigit():
        text = text.zfill(5)  # a spreadsheet, or YAML, drops the first zero
    try:
        return parse(f"commune:{text}").codes[0]
    except PerimeterError as error:
        if not _TITLE.match(text):
            problems += [
                Problem(f"{where}, commune", f"« {text} », {one.found}", COMMUNE_TEXT, one.action)
                for one in error.problems
            ]
        return None


def _groups(
    rows: Sequence[tuple[int, Mapping[str, Any]]], where: str, problems: list[Problem]
) -> tuple[Group, ...]:
    found = []
    for rank, row in rows:
        place = f"{where}, ligne {rank}"
        low, high = _ages(row.get("age"), f"{place}, age", problems)
        commune = _commune(row["commune"], place, problems) if "commune" in row else None
        sex = {"femme": "F", "homme": "H"}.get(row.get("sexe", ""), "")
        acts = float(row["actes"]) if "actes" in row else None
        found.append(Group(row["nombre"], low, high, commune, row.get("mode", ""), sex, acts))
    return tuple(found)


def _ages(written: Any, where: str, problems: list[Problem]) -> tuple[int, int] | tuple[None, None]:
    """Return the first and last ages of a band; both None where nothing is written."""
    if written is None:
        return (None, None)
    text = str(written).strip().lower().removesuffix("ans").strip()
    match = _BAND.match(text)
    if match:
        low = int(match[1])
        high = max(low, OLDEST_OPEN) if match[3] else int(match[2] or low)
        if YOUNGEST <= low <= high <= OLDEST:
            return (low, high)
    expected = f"{AGE_TEXT} ; de {YOUNGEST} à {OLDEST} ans"
    problems.append(Problem(where, f"« {written} »", expected, FIX))
    return (None, None)


OLDEST_OPEN = 75
"""Where an open band is taken to end."""


def _practitioners(groups: Sequence[Group], profession: str, year: int) -> Practitioners | None:
    if not groups:
        return None
    source = Source(
        "praticiens-donnes",
        "l'utilisateur",
        "Praticiens et âges donnés dans le fichier d'hypothèses",
        str(year),
        licence="propre à l'utilisateur",
    )
    words = WORDS.get(profession, profession)
    return Practitioners(profession, words, tuple(groups), year, source)


def _leavings(
    rows: Sequence[tuple[int, Mapping[str, Any]]], where: str, problems: list[Problem]
) -> Iterator[Leaving]:
    for rank, row in rows:
        commune = _commune(row["commune"], f"{where}, ligne {rank}", problems)
        if "age_successeur" in row and row.get("successeur") is False:
            problems.append(
                Problem(
                    f"{where}, ligne {rank}, age_successeur",
                    "un âge de successeur, et pas de successeur",
                    "l'un ou l'autre",
                    FIX,
                )
            )
        elif commune is not None:
            yield Leaving(
                commune, row["date"], row.get("patients"), row.get("successeur"), _profile(row)
            )


def _profile(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the aids may be told; a successor that is not found yet is not refused."""
    names = {"age": "age", "age_successeur": "age_successeur", "honoraires": "honoraires_an"}
    told: dict[str, Any] = {name: float(row[key]) for key, name in names.items() if key in row}
    if "secteur" in row:
        told["secteur"] = row["secteur"]
    if row.get("successeur"):
        told["accueille_un_successeur"] = "oui"
    return told


def _trainees(
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    where: str,
    on: dt.date,
    year: int,
    problems: list[Problem],
) -> Iterator[Trainees]:
    for rank, row in rows:
        place, kind = f"{where}, ligne {rank}", Kind(row["type"])
        before = len(problems)
        problems += _obligations(row, kind, place, on)
        if row["fin"].year <= year:
            problems.append(
                Problem(
                    f"{place}, fin",
                    row["fin"].strftime("%d/%m/%Y"),
                    f"un jour après {year}, l'année des âges",
                    "corriger la date, ou compter ces personnes parmi les praticiens",
                )
            )
        share = _share(row["part"], f"{place}, part", problems) if "part" in row else 1.0
        commune = _commune(row["commune"], place, problems) if "commune" in row else None
        if len(problems) == before and share is not None:
            months = row.get("mois_dus", 0)
            yield Trainees(
                kind, row["nombre"], row["fin"], months, share, commune, row.get("mode", "")
            )


def _obligations(row: Mapping[str, Any], kind: Kind, place: str, on: dt.date) -> Iterator[Problem]:
    if kind is Kind.INTERNE and "part" not in row:
        yield Problem(f"{place}, part", "absent", SHARE_TEXT, "l'écrire")
    if kind is Kind.INTERNE and row.get("mois_dus"):
        found = f"{row['mois_dus']} mois pour un interne"
        expected = "rien : seul un CESP en doit"
        yield Problem(f"{place}, mois_dus", found, expected, "changer le type, ou les retirer")
    least = int(parameters.value(CESP_LEAST, on))
    months = row.get("mois_dus")
    if kind is Kind.CESP and (months is None or months < least):
        found = "absent" if months is None else f"{months} mois"
        expected = f"au moins {least} mois, le minimum du contrat"
        yield Problem(f"{place}, mois_dus", found, expected, "écrire les mois dus par chacun")
