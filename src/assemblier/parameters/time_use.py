"""The week of a general practitioner: what the reference hours imply."""

from datetime import date

from assemblier.figures import Figure, Nature, Provenance
from assemblier.parameters import explain

_PREFIX = "medecin_generaliste.temps."


def administrative_share(on: date) -> Figure:
    """Return the share of the week that goes to management and coordination, in per cent.

    Examples
    --------
    >>> round(administrative_share(date(2023, 3, 9)).known_value(), 1)
    10.2
    """
    tasks, week = _hours("heures_gestion", on), _hours("heures_semaine", on)
    return Figure(
        "part de la semaine consacrée à la gestion et à la coordination",
        100 * tasks.known_value() / week.known_value(),
        "%",
        vintage=week.vintage,
        provenance=_method("heures de gestion ÷ heures de la semaine", tasks, week),
        decimals=1,
        numerator=tasks,
        denominator=week,
    )


def consultations_per_week(on: date) -> Figure:
    """Return how many average consultations fit in the hours spent with patients.

    Examples
    --------
    >>> round(consultations_per_week(date(2023, 3, 9)).known_value())
    148
    """
    patients, one = _hours("heures_patients", on), _hours("minutes_consultation", on)
    return Figure(
        "consultations par semaine d'un médecin généraliste",
        60 * patients.known_value() / one.known_value(),
        "consultations par semaine",
        vintage=patients.vintage,
        provenance=_method("heures auprès des patients ÷ durée d'une consultation", patients, one),
        numerator=patients,
        denominator=one,
        note="Ordre de grandeur : toutes les heures auprès des patients sont comptées en "
        "consultations de durée moyenne, visites comprises.",
    )


def _hours(name: str, on: date) -> Figure:
    found = explain(_PREFIX + name, on)
    decimals = 0 if found.value == int(found.value) else 1
    return Figure(
        found.label,
        float(found.value),
        found.unit,
        Nature.CITE,
        vintage=str(found.since.year),
        provenance=Provenance(parameters=(found.as_text(),)),
        decimals=decimals,
        confidence=found.confidence,
    )


def _method(text: str, *inputs: Figure) -> Provenance:
    used = tuple(line for figure in inputs for line in figure.provenance.parameters)
    return Provenance(method=text, parameters=used)
