"""Where a structure of a scenario could open, commune by commune."""

import numpy as np

from assemblier.figures import Figure, Nature
from assemblier.french import at_name, french_spaces, number
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Align, Cell, Column, Finding, Section, Table
from assemblier.reports.places import located
from assemblier.reports.scenario.values import cell, provenance_of
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import Outcome
from assemblier.scenarios.places import Places, Tried
from assemblier.territory import index

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
    raised, edge = one.raised(chosen), number(one.target, 1)
    name = at_name(name_of(best.commune))
    lack = f"{_title(one)} pour réduire le manque {located(found.perimeter)} : "
    lack += f"{number(100 * chosen.relief, 1)} % comblés"
    people = (
        f"Elle fait passer {counted(raised, 'habitant')} au-dessus de {edge}, "
        f"{_ordinal(one.rank_raised)} sur {number(len(one.tried))}"
    )
    if one.rank > 1:
        held = counted(people_of(best.commune), "habitant")
        lack += f", contre {number(100 * best.relief, 1)} % {name} ({held})"
        people += f", contre {number(one.raised(best))} {name}"
        if best.relief and chosen.relief >= (1 - CLOSE) * best.relief:
            lack += " : un choix équivalent"
    text = f"{lack}. {people}. {_unsure(one)}{lack_told(edge)}"
    passed = Figure(
        f"habitants passés au-dessus de {edge}", raised, "habitants", Nature.ESTIME,
        vintage=f"APL publiée {found.baseline.year}", provenance=provenance_of(found),
    )  # fmt: skip
    figure = Figure(
        "part du manque comblée", 100 * chosen.relief, "%", Nature.ESTIME,
        vintage=f"APL publiée {found.baseline.year}", provenance=provenance_of(found), decimals=1,
    )  # fmt: skip
    return Finding(french_spaces(text), (passed, figure))


def lack_told(edge: str) -> str:
    """Return what the lack is, in plain words."""
    return (
        f"Le manque : ce qui sépare de {edge} chaque habitant qui est dessous, porté au carré ; "
        "être deux fois plus loin compte quatre fois plus."
    )


def _unsure(one: Places) -> str:
    """Return which of the two places may be out of what the rule allows; empty where none is."""
    near = dict.fromkeys(tried for tried in (one.tried[0], one.chosen) if one.is_unsure(tried))
    if not near:
        return ""
    listed = ", ".join(f"{name_of(tried.commune)} {_minutes(tried)}" for tried in near)
    return (
        f"Trajets à mesurer : la règle veut moins de {number(one.limit)} minutes, et les minutes "
        f"estimées ({listed}) s'écartent en moyenne de {number(one.margin, 1)} d'un étalon. "
    )


def _minutes(tried: Tried) -> str:
    # Never rounded up to the limit of the rule it is under.
    return number(float(np.floor(10 * tried.minutes)) / 10, 1)


def people_of(commune: str) -> float:
    """Return the inhabitants of a commune; nan where they are unknown."""
    return float(index().population[index().positions([commune])][0])


def _ordinal(rank: int) -> str:
    return "1re" if rank == 1 else f"{rank}e"


def _title(one: Places) -> str:
    label = one.change.spec.label.partition(" d'un")[0]
    place = at_name(name_of(one.change.text("commune")))
    count = len(one.tried)
    rank = _ordinal(one.rank)
    where = counted(count, "commune possible", "communes possibles")
    return french_spaces(f"{label.capitalize()} {place}, {rank} de {where}")


def place_table(found: Outcome, one: Places) -> Table:
    """Return what the same structure would do in each commune where it may open.

    Parameters
    ----------
    found, one
        What the scenario changes, and one structure.
    """
    edge = number(one.target, 1)
    columns = (
        Column("rang", "Rang", Align.NUMBER, 0),
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("habitants", "Habitants", Align.NUMBER, 0),
        Column("minutes", "Minutes du site principal", Align.NUMBER, 1),
        Column("passes", f"Habitants passés au-dessus de {edge}", Align.NUMBER, 0),
        Column("manque", "Manque comblé (%)", Align.NUMBER, 1, "%"),
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
        if any(one.is_unsure(tried) for tried in one.tried):
            said += (
                f" « À mesurer » : à moins de {number(one.margin, 1)} minutes de la limite de "
                f"{number(one.limit)}, l'écart moyen des minutes estimées à celles d'un étalon."
            )
    visible = VISIBLE_ROWS + (one.rank > VISIBLE_ROWS)
    return Table(
        f"lieux_{one.change.rank}", "Et ailleurs ?", columns, rows, Nature.ESTIME,
        provenance_of(found), french_spaces(f"{said} {lack_told(edge)}"), visible,
        tuple(tried.commune for _, tried in shown),
    )  # fmt: skip


def _row(rank: int, tried: Tried, one: Places) -> tuple[Cell, ...]:
    name = name_of(tried.commune)
    return (
        rank,
        tried.commune,
        f"{name}{_signs(one, tried)}",
        cell(people_of(tried.commune)),
        # Never rounded up to the limit of the rule it is under.
        cell(np.floor(10 * tried.minutes) / 10),
        one.raised(tried),
        100 * tried.relief,
        tried.inside,
        tried.outside,
    )


def _signs(one: Places, tried: Tried) -> str:
    said = [
        words
        for words, is_so in (
            ("celle du scénario", tried is one.chosen),
            ("à mesurer", one.is_unsure(tried)),
        )
        if is_so
    ]
    return f" ({', '.join(said)})" if said else ""
