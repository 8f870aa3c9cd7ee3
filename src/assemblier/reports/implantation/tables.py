"""The tables of a siting."""

from math import isnan

import numpy as np

from assemblier import data
from assemblier.figures import Nature
from assemblier.french import date_text, french_spaces
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Align, Cell, Chart, ChartKind, Column, Table
from assemblier.reports.implantation.values import (
    decimals,
    name,
    provenance_of,
    shown,
    target,
    unit_of,
)
from assemblier.scenarios.candidates import State
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import FELT
from assemblier.scenarios.siting import Siting
from assemblier.territory import index

VISIBLE_ROWS = 15
TOO_FAR, TOO_LATE, DOUBTFUL = "trop loin du centre", "trop tard", "APL contredite"
STATES = {
    State.POSSIBLE: "possible",
    State.EXISTANT: "existe",
    State.DECIDE: "décidé",
    State.EXCLU: "exclu",
}


def communes_table(found: Siting) -> Table:
    """Return one row per commune of the territory, and per neighbour that gains.

    Parameters
    ----------
    found
        The choice.
    """
    after = found.scenario
    published = Column("apl_publiee", f"APL publiée {found.baseline.year}", Align.NUMBER, 2)
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("situation", "Situation"),
        *((published,) if after else ()),
        Column("apl_avant", "Après le scénario" if after else "APL avant", Align.NUMBER, 2),
        Column("gain", "Gain", Align.NUMBER, 2),
        Column("apl_apres", "APL après", Align.NUMBER, 2),
        Column("population", "Population", Align.NUMBER, 0, "habitants"),
    )
    homes = np.flatnonzero(found.is_inside | (found.gain >= FELT))
    homes = homes[np.argsort(-found.gain[homes], kind="stable")]
    before = found.network.score
    codes = tuple(found.baseline.homes[home] for home in homes)
    rows = tuple(
        (
            code,
            name_of(code),
            "territoire" if found.is_inside[home] else "voisine",
            *((_cell(after.before[home]),) if after else ()),
            _cell(before[home]),
            float(found.gain[home]),
            _cell(before[home] + found.gain[home]),
            float(found.residents[home]),
        )
        for code, home in zip(codes, homes, strict=True)
    )
    return Table(
        "communes", "Ce que gagne chaque commune", columns, rows, Nature.ESTIME,
        provenance_of(found), "", VISIBLE_ROWS, codes,
    )  # fmt: skip


def places_table(found: Siting) -> Table:
    """Return one row per place: what it is, what it would do alone, whether it is chosen."""
    columns = [
        Column("lieu", "Lieu"),
        Column("code_commune", "Code commune"),
        Column("etat", "État"),
        Column("choisi", "Choisi"),
        Column("capacite", "Consultations par an", Align.NUMBER, 0),
        Column("population", "Habitants de la commune", Align.NUMBER, 0),
        Column("manquent", f"Habitants sous {target(found)} qui y gagnent", Align.NUMBER, 0),
        Column("passent", "Passent le seuil, par ce seul lieu", Align.NUMBER, 0),
        Column("manque", "Part du manque retirée, par ce seul lieu", Align.NUMBER, 1, "%"),
    ]
    has_cost = not np.isnan(found.costs).all()
    has_day = any(one.disponible for one in found.candidates)
    if has_cost:
        columns.append(Column("cout", "Coût", Align.NUMBER, 0, "€"))
    if has_day:
        columns.append(Column("disponible", "Disponible"))
    alone = [100 * found.relief(k) for k in range(len(found.candidates))]
    order = sorted(range(len(alone)), key=lambda k: (k not in found.opened, -alone[k]))
    rows = []
    for k in order:
        row = (*_place_row(found, k), alone[k])
        if has_cost:
            row = (*row, _cell(float(found.costs[k])))
        if has_day:
            day = found.candidates[k].disponible
            row = (*row, date_text(day) if day else "")
        rows.append(row)
    note = f"Coût : {found.cost_told}, à remplacer par --cout." if found.cost_told else ""
    return Table(
        "lieux", "Les lieux et ce que chacun ferait seul", tuple(columns), tuple(rows),
        Nature.ESTIME, provenance_of(found), french_spaces(note), VISIBLE_ROWS,
        tuple(found.candidates[k].code_commune for k in order),
    )  # fmt: skip


def _place_row(found: Siting, place: int) -> tuple[Cell, ...]:
    one = found.candidates[place]
    people, _, raised = found.lacking(place)
    return (
        one.label,
        one.code_commune,
        _state(found, place),
        "oui" if place in found.choice.chosen else "",
        float(found.capacities[place]),
        _cell(found.around(place)[0]),
        people,
        raised,
    )


def _state(found: Siting, place: int) -> str:
    state = found.candidates[place].etat
    if place in found.late:
        return TOO_LATE
    if place in found.doubtful:
        return DOUBTFUL
    is_away = found.reach is not None and place in found.reach.away
    return TOO_FAR if is_away and state is State.POSSIBLE else STATES[state]


def alternatives_table(found: Siting) -> Table:
    """Return the exchanges of one place that lose under 1 %."""
    columns = [
        Column("au_lieu_de", "Au lieu de"),
        Column("lieu", "Ce lieu"),
        Column("part", "Du même résultat", Align.NUMBER, 2, "%"),
    ]
    has_cost = not np.isnan(found.costs).all()
    if has_cost:
        columns.append(Column("ecart_cout", "Différence de coût", Align.NUMBER, 0, "€"))
    rows: list[tuple[Cell, ...]] = []
    for out, new, value in found.alternatives:
        row: tuple[Cell, ...] = (
            name(found, out), name(found, new), 100 * value / found.choice.value,
        )  # fmt: skip
        rows.append((*row, _cell(float(found.costs[new] - found.costs[out]))) if has_cost else row)
    return Table(
        "alternatives", french_spaces("À moins de 1 % du même résultat"), tuple(columns),
        tuple(rows), Nature.ESTIME, provenance_of(found),
        french_spaces("Un seul lieu est échangé à la fois ; les autres restent."), VISIBLE_ROWS,
    )  # fmt: skip


def growth_chart(found: Siting) -> Chart:
    """Return what one, two, three… places take: each new one brings less."""
    unit = unit_of(found)
    columns = (
        Column("lieux", "Lieux"),
        Column("gain", f"Gain, en {unit}", Align.NUMBER, decimals(found), unit),
        Column("ajout", "Ajouté par le dernier", Align.NUMBER, decimals(found), unit),
    )
    values = [shown(found, value) for _, value in found.growth]
    labels = [counted(count, "lieu", "lieux") for count, _ in found.growth]
    rows = tuple(
        (label, value, value - before)
        for label, value, before in zip(labels[1:], values[1:], values, strict=False)
    )
    made = len(found.choice.chosen)
    title = french_spaces(f"Ce qu'apportent un lieu, deux lieux… ({unit})")
    note = (
        "Chaque nombre de lieux est choisi à neuf, sans budget ; sans preuve, sauf pour celui qui "
        "est demandé."
    )
    table = Table(
        "nombre-de-lieux", title, columns, rows, Nature.ESTIME, provenance_of(found),
        french_spaces(note),
    )  # fmt: skip
    summary = f"Un lieu de plus n'enlève jamais rien ; de {labels[1]} à {labels[-1]}."
    kept = (labels[made],) if 0 < made < len(labels) else ()
    return Chart("nombre-de-lieux", title, ChartKind.BARS, table, french_spaces(summary), kept)


def neighbours_table(found: Siting) -> Table:
    """Return what each intercommunalité gains, and loses if the teams come from the neighbours."""
    columns = (
        Column("epci", "Intercommunalité"),
        Column("situation", "Situation"),
        Column("gagne", "Consultations gagnées par an", Align.NUMBER, 0),
        Column("perdu", "Perdues si les équipes viennent des voisines", Align.NUMBER, 0),
        Column("solde", "Solde dans ce cas", Align.NUMBER, 0),
    )
    people = found.baseline.people
    gained, lost = found.gain * people, found.transfer.loss * people
    rows = []
    for called, homes in _by_epci(found).items():
        won, gone = float(gained[homes].sum()), float(lost[homes].sum())
        if won < 1 and gone < 1:
            continue
        where = "territoire" if bool(found.is_inside[homes].any()) else "voisine"
        rows.append((called, where, won, gone, won - gone))
    rows.sort(key=lambda row: (row[1] == "voisine", -row[2]))
    note = (
        "Les équipes viendraient des communes voisines à portée du lieu, chacune donnant à "
        "proportion de l'offre que le socle lui trouve : une hypothèse, pas une prévision."
    )
    return Table(
        "voisins", "Ce que gagnent et perdraient les intercommunalités", columns, tuple(rows),
        Nature.ESTIME, provenance_of(found), french_spaces(note), VISIBLE_ROWS,
    )  # fmt: skip


def _by_epci(found: Siting) -> dict[str, np.ndarray]:
    codes = index().siren_epci[index().positions(found.baseline.homes)]
    called = dict(data.epci().select("siren_epci", "nom").iter_rows())
    groups: dict[str, np.ndarray] = {}
    for code in dict.fromkeys(codes.tolist()):
        for inside, word in ((True, ""), (False, " (hors du territoire)")):
            homes = (codes == code) & (found.is_inside == inside)
            both = bool((found.is_inside[codes == code]).any())
            if homes.any():
                label = str(called.get(code, "Communes sans intercommunalité"))
                groups[label + (word if both else "")] = homes
    return groups


def _cell(value: float) -> float | None:
    return None if isnan(value) else float(value)
