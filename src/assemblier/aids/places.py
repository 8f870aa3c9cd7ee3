"""The places: for each commune, what its acts and the reference say, nothing carried back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assemblier.aids.engine import Situations
from assemblier.aids.inputs import REGIONS
from assemblier.aids.known_places import Known, quarter, rural
from assemblier.aids.profile import Profile
from assemblier.errors import InputError, Problem
from assemblier.territory import index
from assemblier.zoning.acts import Answer, Register
from assemblier.zoning.classes import FIVE_LEVEL_PROFESSIONS, MEDECIN

_REGIONS = {code for code, _ in REGIONS}


@dataclass(frozen=True)
class Places:
    """Some communes on a day, and what is known of each.

    Attributes
    ----------
    codes
        Of the communes; empty for a place that is only a zone.
    situations
        One row per commune, the profile on every row.
    answers
        By input (`zonage`, `niveau_zone`), what the register says of each commune.
    known
        By input (`frr`, `qpv`), what imported files say of each commune.
    """

    codes: tuple[str, ...]
    situations: Situations
    answers: Mapping[str, tuple[Answer, ...]]
    known: Mapping[str, Known] = field(default_factory=dict)


def places_of(
    codes: Sequence[str], profile: Profile, on: dt.date, register: Register | None
) -> Places:
    """Return what is known of some communes on a day, for a profile.

    Parameters
    ----------
    codes
        Communes; none for a place that is only a zone, which the profile then says.
    profile
        What it says of the place (a zone) holds for all.
    on
        The day: a zone is that of the act in force, and unknown where none is known.
    register
        The acts; None where there are none.

    Raises
    ------
    InputError
        When the profile says another zone than the act in force.
    """
    if not codes:
        return Places((), Situations(1, dict(profile)), {})
    rows = index()
    positions = rows.positions(codes)
    regions = rows.code_region[positions].tolist()
    columns: dict[str, Any] = {
        "population_commune": _numbers(rows.population[positions]),
        "region": [one if one in _REGIONS else None for one in regions],
    }
    known = {"frr": rural(codes, on), "qpv": quarter(codes, on)}
    columns |= {name: list(one.answers) for name, one in known.items()}
    answers: dict[str, tuple[Answer, ...]] = {}
    for name, profession in _zonings(profile).items():
        if register is None:
            break
        answers[name] = tuple(
            register.zone_at(code, region, profession, on)
            for code, region in zip(codes, regions, strict=True)
        )
        columns[name] = [one.zone.value if one.zone else None for one in answers[name]]
    problems = [
        problem
        for name, found in answers.items()
        if name in profile
        for problem in _contradictions(name, profile[name], codes, found)
    ]
    if problems:
        raise InputError(problems)
    whole = columns | dict(profile)
    return Places(tuple(codes), Situations(len(codes), whole), answers, known)


def _zonings(profile: Profile) -> dict[str, str]:
    """Return the zonings that matter: that of doctors, and that of the profession."""
    found = {"zonage": MEDECIN}
    profession = profile.get("profession")
    if profession in FIVE_LEVEL_PROFESSIONS:
        found["niveau_zone"] = str(profession)
    return found


def _numbers(values: Any) -> list[float | None]:
    return [None if one != one else float(one) for one in values.tolist()]


def _contradictions(
    name: str, said: str, codes: Sequence[str], found: Sequence[Answer]
) -> list[Problem]:
    return [
        Problem(
            f"{name}, commune {code}",
            f"{said}, quand l'acte dit {one.zone.value}",
            f"la zone de l'acte ({one.act.reference if one.act else ''})",
            "retirer la zone, ou corriger le registre des actes",
        )
        for code, one in zip(codes, found, strict=True)
        if one.zone is not None and one.zone.value != said
    ]
