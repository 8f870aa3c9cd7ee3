"""Where a structure of a scenario could open, commune by commune."""

import numpy as np

from assemblier.figures import Figure, Nature
from assemblier.french import french_spaces, number
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Align, Cell, Column, Finding, Section, Table
from assemblier.reports.places import located
from assemblier.reports.scenario.values import cell, provenance_of
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import Outcome
from assemblier.scenarios.places import Places, Tried

VISIBLE_ROWS = 10
CLOSE = 0.01
"""Share of the result an alternative may lose and stay as good."""


def place_sections(found: Outcome, compared: tuple[Places, ...]) -> tuple[Section, ...]:
    """Return one section for each structure that opens.

    Parameters
    ----------
    found, compared
        What the scenario changes, and from `scenarios.places.places`.
    """
    return tuple(
        Section(f"lieu-{one.change.rank}", _title(one), (place_table(found, one),))
        for one in compared
    )


def place_findings(found: Outcome, compared: tuple[Places, ...]) -> tuple[Finding, ...]:
    """Return what the summary says of each place.

    Parameters
    ----------
    found, compared
        As `place_sections`.
    """
    return tuple(_finding(found, one) for one in compared)


def _finding(found: Outcome, one: Places) -> Finding:
    best, chosen = one.tried[0], one.chosen
    share = number(100 * chosen.relief, 1)
    text = f"{_title(one)} : {share} % du manque {located(found.perimeter)} retirés"
    if one.rank > 1:
        text += f", contre {number(100 * best.relief, 1)} % à {name_of(best.commune)}"
        if best.relief and chosen.relief >= (1 - CLOSE) * best.relief:
            text += " : un choix équivalent"
    figure = Figure(
        "part du manque retirée", 100 * chosen.relief, "%", Nature.ESTIME,
        vintage=f"socle {found.baseline.year}", provenance=provenance_of(found), decimals=1,
    )  # fmt: skip
    return Finding(french_spaces(f"{text}."), (figure,))


def _title(one: Places) -> str:
    label = one.change.spec.label.partition(" d'un")[0]
    place = name_of(one.change.text("commune"))
    count = len(one.tried)
    rank = "1re" if one.rank == 1 else f"{one.rank}e"
    where = counted(count, "commune possible", "communes possibles")
    return french_spaces(f"{label.capitalize()} à {place}, {rank} de {where}")


def place_table(found: Outcome, one: Places) -> Table:
    """Return what the same structure would do in each commune where it may open.

    Parameters
    ----------
    found, one
        What the scenario changes, and one structure.
    """
    columns = (
        Column("rang", "Rang", Align.NUMBER, 0),
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("minutes", "Minutes du site principal", Align.NUMBER, 1),
        Column("manque", "Manque retiré (%)", Align.NUMBER, 1, "%"),
        Column("sous", f"Habitants sous {number(one.target, 1)}", Align.NUMBER, 0),
        Column("dedans", "Consultations pour le territoire", Align.NUMBER, 0),
        Column("dehors", "Pour les voisins", Align.NUMBER, 0),
    )
    kept = [(rank, tried) for rank, tried in enumerate(one.tried, start=1)]
    # The commune of the scenario stays in sight, even far down.
    shown = sorted(kept, key=lambda pair: (pair[0] > VISIBLE_ROWS and pair[0] != one.rank, pair[0]))
    rows = tuple(_row(rank, tried, one) for rank, tried in shown)
    said = "Le même lieu dans chaque commune, tous les autres changements gardés."
    if one.change.kind == "antenne":
        site = name_of(one.change.text("site_principal"))
        said += f" Seules les communes que la règle permet depuis {site} sont essayées."
    visible = VISIBLE_ROWS + (one.rank > VISIBLE_ROWS)
    return Table(
        f"lieux_{one.change.rank}", "Et ailleurs ?", columns, rows, Nature.ESTIME,
        provenance_of(found), french_spaces(f"{said} Le manque compte d'autant plus qu'il est "
        "profond."), visible, tuple(tried.commune for _, tried in shown),
    )  # fmt: skip


def _row(rank: int, tried: Tried, one: Places) -> tuple[Cell, ...]:
    name = name_of(tried.commune)
    return (
        rank,
        tried.commune,
        f"{name} (celle du scénario)" if rank == one.rank else name,
        # Never rounded up to the limit of the rule it is under.
        cell(np.floor(10 * tried.minutes) / 10),
        100 * tried.relief,
        tried.under,
        tried.inside,
        tried.outside,
    )
