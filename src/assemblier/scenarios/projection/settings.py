"""From dated parameters and what the user edits to the hypotheses of a projection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from assemblier import parameters
from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.errors import InputError, Problem
from assemblier.figures import Confidence
from assemblier.french import number
from assemblier.scenarios.projection.hypotheses import Hypotheses, Hypothesis, Variant

ROOT = "projection"
BOUNDS = f"{ROOT}.bornes"
SHARE = (0.0, 1.0)
MOST_DRAWS = 20_000
FARTHEST = 60
"""Years a projection may look ahead."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One hypothesis that comes from a parameter.

    Attributes
    ----------
    key
        How the user names it.
    field
        Of `Hypotheses`.
    path
        Of the parameter.
    range
        Lowest and highest value accepted; None where it is not a number.
    """

    key: str
    field: str
    path: str
    range: tuple[float, float] | None = None


def _entry(
    key: str, field: str, accepted: tuple[float, float] | None = None, path: str = ""
) -> Entry:
    return Entry(key, field, path or f"{ROOT}.{key}", accepted)


ENTRIES = (
    _entry("depart_ages", "exit_ages", path="demographie.depart_ages"),
    _entry("depart_taux", "exit_rates", path="demographie.depart_taux"),
    _entry("ages_inconnus", "unknown_ages", path=f"{ROOT}.ages_inconnus.ages"),
    _entry("parts_ages_inconnus", "unknown_parts", path=f"{ROOT}.ages_inconnus.parts"),
    _entry("dernier_age", "oldest", (30, 100), f"{ROOT}.ages_inconnus.dernier"),
    _entry("cumul_age", "cumul_age", (50, 100)),
    _entry("cumul_part", "cumul_share", SHARE),
    _entry("cumul_annees", "cumul_years", (0, 20)),
    _entry("cumul_temps", "cumul_time", SHARE),
    _entry("femmes_presents", "women", SHARE),
    _entry("femmes_arrivants", "women_entrants", SHARE),
    _entry("temps_partiel_femmes", "part_time_women", SHARE),
    _entry("temps_partiel_hommes", "part_time_men", SHARE),
    _entry("temps_partiel", "part_time", SHARE),
    _entry("taux_installation", "installation_rate", SHARE),
    _entry("remplacement", "replacement", (0, 3)),
    _entry("age_arrivee", "arrival_age", (22, 70), "demographie.arrivee_age"),
    _entry("formation_annees", "training_years", (0, 20)),
    _entry("retour_etudiants", "local_return", SHARE),
    _entry("salariat", "salaried", SHARE),
    _entry("horizons", "horizons"),
    _entry("tirages", "draws", (1, MOST_DRAWS)),
    _entry("graine", "graine", (0, 2**63)),
)
OTHERS = {
    "facteur_departs": "exit_factor",
    "departs_observes": "observed_exits",
    "cumul": "has_cumul",
    "variante": "variant",
    "installations": "installations",
    "places_formation": "training_places",
    "etudiants_locaux": "local_students",
}
"""Hypotheses that no parameter gives: key and field."""
KEYS = (*(one.key for one in ENTRIES), *OTHERS)
"""What the user may edit."""
LABELS = {
    "facteur_departs": "Facteur des taux de départ par âge",
    "departs_observes": "Part de l'effectif qui a cessé dans la dernière année connue",
    "cumul": "Cumul emploi-retraite compté",
    "variante": "D'où vient le nombre des arrivées",
    "installations": "Arrivées listées par année, au lieu d'un taux",
    "places_formation": "Étudiants en plus qui s'installeront ici, par année d'entrée en études",
    "etudiants_locaux": "Jeunes du territoire qui commencent médecine, par année",
}


def hypotheses(
    on: date, edits: Mapping[str, Any] | None = None, flow: StockFlow | None = None
) -> Hypotheses:
    """Return the hypotheses in force at a date.

    Parameters
    ----------
    on
        Date of the parameters.
    edits
        By key of `KEYS`, what the user gives instead. A series is a sequence of (year, number).
    flow
        The last table of flows of the territory: its rates of arrival and departure are then the
        default. Without one, the default is the pessimistic variant.

    Raises
    ------
    InputError
        Every problem at once.

    Examples
    --------
    >>> found = hypotheses(date(2026, 1, 1), {"cumul": False})
    >>> found.variant.value, found.has_cumul, found.training_years
    ('sans croissance nationale', False, 10)
    """
    given = dict(edits or {})
    problems = [_unknown(key) for key in given if key not in KEYS]
    values: dict[str, Any] = {one.field: parameters.value(one.path, on) for one in ENTRIES}
    values |= {"exit_factor": 1.0, "has_cumul": True, "variant": Variant.SANS_CROISSANCE}
    values |= dict.fromkeys(("installations", "training_places", "local_students"), ())
    values |= {"observed_exits": None, **_observed(flow)}
    if "taux_installation" in given or "installations" in given:
        values["variant"] = Variant.OBSERVEE
    for key, field in {**{one.key: one.field for one in ENTRIES}, **OTHERS}.items():
        if key in given:
            values[field] = _tidy(given[key])
    problems += _problems(values, given)
    if problems:
        raise InputError(problems)
    values["variant"] = Variant(values["variant"])
    whole = {name: int(values[name]) for name in INTEGERS}
    return Hypotheses(**{**values, **whole}, on=on, edited=frozenset(given))


INTEGERS = ("oldest", "cumul_age", "arrival_age", "training_years", "draws", "graine")


def _tidy(value: Any) -> Any:
    if isinstance(value, str) or not isinstance(value, Sequence):
        return value
    return tuple(tuple(one) if isinstance(one, Sequence) else one for one in value)


def _observed(flow: StockFlow | None) -> dict[str, Any]:
    if flow is None or not flow.previous.value:
        return {}
    stock, found = flow.previous.value, {}
    if flow.installations.value is not None:
        found = {
            "installation_rate": flow.installations.value / stock,
            "variant": Variant.OBSERVEE,
        }
    if flow.cessations.value is not None:
        found["observed_exits"] = flow.cessations.value / stock
    return found


def _unknown(key: str) -> Problem:
    expected = ", ".join(KEYS)
    return Problem("hypothèses", f"« {key} »", expected, "choisir une de ces hypothèses")


def _problems(values: Mapping[str, Any], given: Mapping[str, Any]) -> list[Problem]:
    found = [
        one
        for entry in ENTRIES
        if entry.key in given
        for one in _out_of_range(entry.key, values[entry.field], entry.range)
    ]
    found += _out_of_range("facteur_departs", values["exit_factor"], (0, 100))
    if values["observed_exits"] is not None:
        found += _out_of_range("departs_observes", values["observed_exits"], SHARE)
    if not isinstance(values["has_cumul"], bool):
        found.append(_problem("cumul", values["has_cumul"], "oui ou non"))
    if values["variant"] not in list(Variant):
        found.append(_problem("variante", values["variant"], ", ".join(Variant)))
    for key in ("installations", "places_formation", "etudiants_locaux"):
        if not _is_series(values[OTHERS[key]]):
            expected = (
                "des couples (année, nombre), chaque année une fois, nombres positifs ou nuls"
            )
            found.append(_problem(key, values[OTHERS[key]], expected))
    return found + _class_problems(values) + _horizon_problems(values["horizons"])


def _problem(key: str, value: Any, expected: str) -> Problem:
    return Problem(f"hypothèse {key}", f"« {value} »", expected, "corriger cette hypothèse")


def _out_of_range(key: str, value: Any, accepted: tuple[float, float] | None) -> list[Problem]:
    if accepted is None:
        return []
    low, high = accepted
    if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
        return []
    return [_problem(key, value, f"un nombre de {number(low)} à {number(high)}")]


def _is_series(value: Any) -> bool:
    if not isinstance(value, tuple) or not all(_is_pair(one) for one in value):
        return False
    return len({year for year, _ in value}) == len(value)


def _is_pair(one: Any) -> bool:
    if not isinstance(one, tuple) or len(one) != 2:
        return False
    year, count = one
    return isinstance(year, int) and isinstance(count, int | float) and count >= 0


def _class_problems(values: Mapping[str, Any]) -> list[Problem]:
    found = []
    pairs = (
        ("depart_ages", "depart_taux", values["exit_ages"], values["exit_rates"]),
        ("ages_inconnus", "parts_ages_inconnus", values["unknown_ages"], values["unknown_parts"]),
    )
    for ages_key, parts_key, ages, parts in pairs:
        if not _increases(ages) or not 0 <= ages[0] <= ages[-1] <= 100:
            found.append(_problem(ages_key, ages, "des âges croissants de 0 à 100"))
        elif len(ages) != len(parts) or not all(0 <= one <= 1 for one in parts):
            found.append(_problem(parts_key, parts, f"{len(ages)} parts de 0 à 1"))
    if values["exit_ages"] and values["exit_ages"][0] != 0:
        found.append(_problem("depart_ages", values["exit_ages"], "une première classe à 0 an"))
    if abs(sum(values["unknown_parts"]) - 1) > 1e-6:
        total = number(100 * sum(values["unknown_parts"]), 1)
        found.append(_problem("parts_ages_inconnus", f"{total} %", "des parts qui font 100 %"))
    return found


def _increases(values: Any) -> bool:
    if not isinstance(values, tuple) or not values:
        return False
    return all(one < two for one, two in pairwise(values))


def _horizon_problems(horizons: Any) -> list[Problem]:
    if _increases(horizons) and all(isinstance(one, int) for one in horizons):
        return []
    return [_problem("horizons", horizons, "des années dans l'ordre")]


def rows(found: Hypotheses) -> tuple[Hypothesis, ...]:
    r"""Return every hypothesis with its parameter, for the reader.

    Examples
    --------
    >>> told = {one.key: one for one in rows(hypotheses(date(2026, 1, 1)))}
    >>> told["cumul_part"].value, told["cumul_part"].low, told["cumul_part"].is_confirmed
    ('27\u202f%', '0\u202f%', True)
    """
    entries = tuple(_row(found, one) for one in ENTRIES)
    others = tuple(_other(found, key, field) for key, field in OTHERS.items())
    return (*entries, *others)


def _row(found: Hypotheses, entry: Entry) -> Hypothesis:
    parameter = parameters.explain(entry.path, found.on)
    value, low, high = getattr(found, entry.field), *bounds(entry.key, found.on)
    is_share = entry.range == SHARE or entry.key in ("depart_taux", "parts_ages_inconnus")
    edited, observed = entry.key in found.edited, _is_observed(found, entry, parameter.value)
    return Hypothesis(
        entry.key,
        parameter.label,
        "" if is_share else parameter.unit,
        written(value, is_share=is_share),
        low,
        high,
        GIVEN if edited else OBSERVED if observed else parameter.reference,
        edited,
        edited or observed or parameter.confidence is Confidence.CONFIRME,
    )


GIVEN = "donnée par l'utilisateur"
OBSERVED = "lue dans le dernier tableau de flux connu du territoire"


def _is_observed(found: Hypotheses, entry: Entry, value: Any) -> bool:
    return entry.field == "installation_rate" and found.installation_rate != value


def _other(found: Hypotheses, key: str, field: str) -> Hypothesis:
    value, low, high = getattr(found, field), *bounds(key, found.on)
    is_edited = key in found.edited
    told = GIVEN if is_edited else "choix d'Assemblier"
    if key == "departs_observes" and value is not None and not is_edited:
        told = OBSERVED
    text = written(value, is_share=key == "departs_observes")
    if key == "variante" and value != found.leading().variant:
        text = f"{written(found.leading().variant)}, puis à côté {text}"
    return Hypothesis(key, LABELS[key], "", text, low, high, told, is_edited, True)


def bounds(key: str, on: date) -> tuple[str, str]:
    """Return between which values the sensitivity table moves a hypothesis; empty: it does not."""
    found = bound_values(key, on)
    if found is None:
        return "", ""
    is_share = any(one.key == key and one.range == SHARE for one in ENTRIES)
    if key == "taux_installation":
        low, high = (f"× {number(one, 1)}" for one in found)
    else:
        low, high = (written(one, is_share=is_share) for one in found)
    return low, high


def bound_values(key: str, on: date) -> tuple[float, float] | None:
    """Return the low and the high value of a hypothesis in the sensitivity table, or None."""
    path = f"{BOUNDS}.{key}"
    if path not in parameters.paths():
        return None
    low, high = parameters.value(path, on)
    return float(low), float(high)


def written(value: Any, *, is_share: bool = False) -> str:
    """Write a value in French.

    Examples
    --------
    >>> written(((2030, 2), (2031, 0.5))), written(None), written(True)
    ('2030 : 2 ; 2031 : 0,5', 'non', 'oui')
    """
    if value is None or isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Variant | str):
        return str(value)
    if isinstance(value, tuple):
        is_series = bool(value) and isinstance(value[0], tuple)
        if is_series:
            return " ; ".join(f"{year} : {written(count)}" for year, count in value)
        return ", ".join(written(one, is_share=is_share) for one in value) or "aucune"
    if is_share:
        decimals = 0 if round(100 * value, 9) == round(100 * value) else 1
        return f"{number(100 * value, decimals)}\u202f%"
    if isinstance(value, int) and value >= 1900:
        return str(value)
    return _short(value)


def _short(value: float) -> str:
    decimals = next(most for most in (0, 1, 2, 3) if most == 3 or round(value, most) == value)
    return number(value, decimals)
