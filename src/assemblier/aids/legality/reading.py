"""Reading a local aid from what a person wrote: every problem at once, never a guess."""

import datetime as dt
import difflib
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from assemblier import territory
from assemblier.aids.amounts import read_amount
from assemblier.aids.legality.fields import FIELDS, Field, Kind, field_of, fields_for
from assemblier.aids.legality.files import read_workbook, read_yaml
from assemblier.aids.legality.local_aid import AideLocale, Domaine, Giver
from assemblier.errors import DataError, InputError, PerimeterError, Problem
from assemblier.zoning.classes import FIVE_LEVEL_PROFESSIONS, MEDECIN, zone_of

DAYS = ("%Y-%m-%d", "%d/%m/%Y")
_YES, _NO = ("oui", "vrai", "true", "x"), ("non", "faux", "false")


class _BadError(ValueError):
    """A value that cannot be read; its text is what is expected."""


def read_aid(path: Path) -> AideLocale:
    """Read a local aid from a YAML file or from the spreadsheet of `modele aide`.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    is_workbook = path.suffix.lower() in (".xlsx", ".ods")
    told = read_workbook(path) if is_workbook else read_yaml(path)
    return aid_of(told, str(path))


def aid_of(told: Mapping[str, Any], where: str = "aide") -> AideLocale:
    """Return the local aid some keys describe, nested or with dots.

    Raises
    ------
    DataError
        For unknown keys, values that cannot be read, fields of another domain, impossible
        profiles: all problems at once.

    Examples
    --------
    >>> aid = aid_of({"aide": "indemnite_stage", "date": "31/12/2019", "montant": "500 € par mois"})
    >>> aid.montant.monthly()
    Fraction(500, 1)
    """
    problems: list[Problem] = []
    values = read_fields(told, FIELDS, where, problems)
    _read_zone(values, where, problems)
    _check_domain(values, where, problems)
    _check_profile(values, where, problems)
    if problems:
        raise DataError(problems)
    return AideLocale(**{field_of(key).attribute: value for key, value in values.items()})


def read_fields(
    told: Mapping[str, Any], fields: Sequence[Field], where: str, problems: list[Problem]
) -> dict[str, Any]:
    """Return the value of each field that was told; problems are added to a list."""
    known = {one.key: one for one in fields}
    flat = _flattened(told, known, where, problems)
    values: dict[str, Any] = {}
    for key, written in flat.items():
        if key not in known:
            problems.append(_unknown(where, key, known))
        elif not _is_empty(written):
            try:
                values[key] = _READERS[known[key].kind](known[key], written)
            except _BadError as error:
                problems.append(_unread(where, known[key], written, str(error)))
    problems += [_missing(where, one) for one in fields if one.is_required and _absent(one, flat)]
    return values


def _flattened(
    told: Mapping[str, Any],
    known: Mapping[str, Field],
    where: str,
    problems: list[Problem],
    prefix: str = "",
) -> dict[str, Any]:
    """Return the keys with dots; a group that is not one is a problem."""
    groups = {key.partition(".")[0] for key in known if "." in key}
    flat: dict[str, Any] = {}
    for key, value in told.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and not prefix and name in groups:
            flat |= _flattened(value, known, where, problems, f"{name}.")
        elif name in groups and not _is_empty(value):
            inside = ", ".join(key for key in known if key.startswith(f"{name}."))
            found = f"« {value} »"
            problems.append(Problem(f"{where}, {name}", found, inside, "écrire ces clés"))
        elif name not in groups:
            flat[name] = value
    return flat


def _is_empty(written: object) -> bool:
    return written is None or (isinstance(written, str) and not written.strip())


def _absent(field: Field, flat: Mapping[str, Any]) -> bool:
    return _is_empty(flat.get(field.key))


def _unknown(where: str, key: str, known: Mapping[str, Field]) -> Problem:
    near = difflib.get_close_matches(key, known, n=1)
    action = f"essayer « {near[0]} »" if near else "la retirer, ou la corriger"
    return Problem(f"{where}, {key}", "clé inconnue", f"l'une de : {', '.join(known)}", action)


def _missing(where: str, field: Field) -> Problem:
    return Problem(f"{where}, {field.key}", "absent", field.expected, f"{field.label} : l'écrire")


def _unread(where: str, field: Field, written: object, expected: str) -> Problem:
    shown = str(written)
    shown = f"{shown[:60]}…" if len(shown) > 60 else shown
    return Problem(f"{where}, {field.key}", f"« {shown} »", expected, f"{field.label} : corriger")


# ── one reader for each kind ──────────────────────────────────────────────────────────────────


def _text(_field: Field, written: object) -> str:
    if isinstance(written, list | Mapping):
        raise _BadError("un texte")
    return " ".join(str(written).split())


def _choice(field: Field, written: object) -> str:
    word = str(written).strip().casefold().replace(" ", "_").replace("-", "_")
    if word not in field.choices:
        raise _BadError(field.expected)
    return word


def _several(field: Field, written: object) -> frozenset[str]:
    words = written if isinstance(written, list) else str(written).split(",")
    found = frozenset(_choice(field, word) for word in words if not _is_empty(word))
    alone = found & {"aucun", "aucune"}
    if not found or (alone and len(found) > 1):
        raise _BadError(field.expected)
    return found - alone


def _yes_no(_field: Field, written: object) -> bool:
    if isinstance(written, bool):
        return written
    word = str(written).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise _BadError(str(Kind.OUI_NON))


def read_day(written: object) -> dt.date:
    """Return a day.

    Raises
    ------
    ValueError
        When it is not one; its text is what is expected.
    """
    if isinstance(written, dt.datetime):
        return written.date()
    if isinstance(written, dt.date):
        return written
    for pattern in DAYS:
        try:
            return dt.datetime.strptime(str(written).strip(), pattern).date()
        except ValueError:
            continue
    raise _BadError(str(Kind.JOUR))


def _day(_field: Field, written: object) -> dt.date:
    return read_day(written)


def _number(field: Field, written: object) -> Fraction:
    if isinstance(written, bool):
        raise _BadError(field.expected)
    try:
        value = Fraction(str(written).replace("\u202f", "").replace(" ", "").replace(",", "."))
    except (ValueError, ZeroDivisionError):
        raise _BadError(field.expected) from None
    if value < field.least or (field.most is not None and value > field.most):
        most = "" if field.most is None else f" et {field.most} au plus"
        raise _BadError(f"{field.expected}, {field.least} au moins{most}")
    return value


def _whole(field: Field, written: object) -> int:
    value = _number(field, written)
    if value.denominator != 1:
        raise _BadError(field.expected)
    return int(value)


def _amount(_field: Field, written: object) -> object:
    try:
        return read_amount(str(written))
    except ValueError as error:
        raise _BadError(str(error)) from None


def _perimeter(_field: Field, written: object) -> object:
    try:
        return territory.parse(str(written))
    except PerimeterError as error:
        problem = error.problems[0]
        raise _BadError(f"{problem.expected} ({problem.found})") from None


def _givers(_field: Field, written: object) -> tuple[Giver, ...]:
    if not isinstance(written, list):
        raise _BadError("une liste : « - nom: … » puis « montant: 150 € par mois »")
    found = []
    for entry in written:
        if not isinstance(entry, Mapping) or set(entry) != {"nom", "montant"}:
            raise _BadError("pour chacun, « nom » et « montant », rien d'autre")
        try:
            found.append(Giver(str(entry["nom"]).strip(), read_amount(str(entry["montant"]))))
        except ValueError as error:
            raise _BadError(f"{entry['nom']} : {error}") from None
    return tuple(found)


def _kept(_field: Field, written: object) -> object:
    return written  # read once the profession is known


_READERS: Mapping[Kind, Callable[[Field, object], Any]] = {
    Kind.TEXTE: _text,
    Kind.CHOIX: _choice,
    Kind.PLUSIEURS: _several,
    Kind.OUI_NON: _yes_no,
    Kind.JOUR: _day,
    Kind.ENTIER: _whole,
    Kind.NOMBRE: _number,
    Kind.MONTANT: _amount,
    Kind.TERRITOIRE: _perimeter,
    Kind.ZONE: _kept,
    Kind.DONNEURS: _givers,
}


# ── what holds between fields ─────────────────────────────────────────────────────────────────


def zoned_profession(profession: str) -> str:
    """Return the profession whose zoning rules: every doctor is under that of doctors."""
    return profession if profession in FIVE_LEVEL_PROFESSIONS else MEDECIN


def _read_zone(values: dict[str, Any], where: str, problems: list[Problem]) -> None:
    if "aide" in values:
        values["aide"] = Domaine(values["aide"])
    written = values.pop("zone.classement", None)
    if written is not None:
        profession = zoned_profession(values.get("beneficiaire.profession", MEDECIN))
        try:
            values["zone.classement"] = zone_of(str(written), profession)
        except InputError as error:
            found = error.problems[0]
            problems.append(
                Problem(f"{where}, zone.classement", found.found, found.expected, found.action)
            )


def _check_domain(values: Mapping[str, Any], where: str, problems: list[Problem]) -> None:
    domain = values.get("aide")
    if domain is None:
        return
    allowed = {one.key for one in fields_for(domain)}
    for key in values:
        if key not in allowed:
            problems.append(
                Problem(
                    f"{where}, {key}",
                    f"une clé qui ne concerne pas « {domain} »",
                    f"les clés de cette aide : {', '.join(sorted(allowed))}",
                    "la retirer, ou changer « aide »",
                )
            )


def _check_profile(values: Mapping[str, Any], where: str, problems: list[Problem]) -> None:
    domain, status = values.get("aide"), values.get("beneficiaire.statut")
    if status is None or domain is None:
        return
    possible = _STATUSES[domain]
    if status not in possible:
        problems.append(
            Problem(
                f"{where}, beneficiaire.statut",
                f"« {status} », qui ne peut pas recevoir « {domain} »",
                f"un de : {', '.join(possible)}",
                "corriger le statut, ou changer « aide »",
            )
        )


_STATUSES = {
    Domaine.INSTALLATION: ("liberal", "salarie", "centre_de_sante"),
    Domaine.PERMANENCE_DES_SOINS: ("structure", "centre_de_sante"),
    Domaine.INDEMNITE_STAGE: ("interne", "etudiant"),
    Domaine.INDEMNITE_ETUDE: ("interne", "etudiant"),
    Domaine.EXONERATION_CFE: ("liberal",),
}
