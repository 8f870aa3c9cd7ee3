"""Who practises and how many come and go, as files, facts or the user tell."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from assemblier.access import Baseline
from assemblier.diagnosis.presented import (
    DEPARTEMENT,
    REGION,
    STOCK_FLOWS,
    presented_stock_flow,
)
from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.diagnosis.stored_flow import WORDS, Ages, flows, practitioner_ages
from assemblier.errors import InputError, Problem
from assemblier.figures import Source
from assemblier.scenarios.projection.practitioners import Group, Practitioners
from assemblier.territory import Perimeter

GP = "medecin_generaliste"
YOUNGEST, OLDEST = 22, 100
"""Ages of a practitioner."""
PRESENTED = (f"departement:{DEPARTEMENT}", f"region:{REGION}")


def observed_flow(perimeter: Perimeter, profession: str = GP) -> StockFlow | None:
    """Return the last table of flows of a territory: imported, else printed, else None.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> found = observed_flow(parse("departement:43"))
    >>> found.previous.value, found.installations.value, found.cessations.value
    (187.0, 16.0, 9.0)
    """
    name = WORDS.get(profession, profession)
    told = [one for one in flows(perimeter) if one.profession == name]
    if told:
        return told[0]
    if profession in STOCK_FLOWS and perimeter.expression in PRESENTED:
        return presented_stock_flow(profession)[PRESENTED.index(perimeter.expression)]
    return None


def listed(ages: Sequence[int], on: date, profession: str = GP) -> Practitioners:
    """Return practitioners whose ages the user gives, today, somewhere in the territory.

    Raises
    ------
    InputError
        When an age is not one of a practitioner: all of them at once.

    Examples
    --------
    >>> listed([66, 61], date(2026, 1, 1)).count
    2
    """
    wrong = [age for age in ages if not YOUNGEST <= age <= OLDEST]
    if wrong or not ages:
        told = ", ".join(str(age) for age in wrong) or "aucun âge"
        expected = f"des âges de {YOUNGEST} à {OLDEST} ans"
        raise InputError([Problem("--ages", told, expected, "corriger la liste des âges")])
    source = Source(
        "ages-donnes",
        "l'utilisateur",
        "Âges donnés dans la commande",
        str(on.year),
        licence="propre à l'utilisateur",
    )
    groups = tuple(Group(1, age, age) for age in ages)
    return Practitioners(profession, WORDS.get(profession, profession), groups, on.year, source)


def told_by_age(
    perimeter: Perimeter, profession: str = GP, oldest: int = 75
) -> Practitioners | None:
    """Return the practitioners of a territory by class of ages, as an imported file told.

    Parameters
    ----------
    perimeter, profession
        Whose.
    oldest
        Last age of an open class.
    """
    told = [found for found in practitioner_ages(perimeter) if found.code == profession]
    # One profession may be told under several words: those of one file are one stock.
    same = [found for found in told if found.source == told[0].source]
    bands = [band for found in same for band in found.bands]
    shown = [band for band in bands if band.count.is_known]
    if not shown:
        return None
    groups = tuple(
        Group(
            round(band.count.known_value()),
            band.start,
            max(band.start, oldest) if band.end is None else band.end,
        )
        for band in shown
    )
    year = int(shown[0].count.vintage)
    name = WORDS.get(profession, profession)
    return Practitioners(profession, name, groups, year, same[0].source, _hidden(same))


def _hidden(told: Sequence[Ages]) -> tuple[str, ...]:
    labels = [band.label for one in told for band in one.bands if not band.count.is_known]
    if not labels:
        return ()
    return (
        f"Sans les classes dont l'effectif est secret ({', '.join(dict.fromkeys(labels))}) : "
        "l'effectif réel est plus grand.",
    )


def counted(perimeter: Perimeter, baseline: Baseline, on: date) -> Practitioners | None:
    """Return the places of practice counted in a territory, whose ages nobody told.

    None where nobody is counted.
    """
    inside = np.isin(baseline.places, perimeter.codes) & (np.nan_to_num(baseline.counts) > 0)
    groups = tuple(
        Group(round(count), commune=baseline.places[place])
        for place in np.flatnonzero(inside)
        if (count := float(baseline.counts[place])) >= 0.5
    )
    if not groups:
        return None
    source, *_ = baseline.supply.provenance.sources
    note = (
        "Les âges ne sont pas connus : ils sont tirés d'une distribution supposée, la même "
        "partout. Un praticien qui exerce en deux communes est compté deux fois."
    )
    return Practitioners(GP, WORDS[GP], groups, on.year, source, (note,))
