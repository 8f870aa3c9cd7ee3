"""The tables of a scenario."""

from math import fsum

import numpy as np

from assemblier.figures import Nature
from assemblier.french import date_text, french_spaces, number
from assemblier.reports.document import Align, Cell, Column, Table
from assemblier.reports.scenario.values import by_epci, cell, names, provenance_of, terms
from assemblier.reports.scenario.words import MOST_NAMED, tried_text
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import MOST_LISTED, THRESHOLDS, Outcome, people_below

VISIBLE_ROWS = 15
CLASS_NAMES = ("moins de 1", "de 1 à 2,5", "de 2,5 à 4", "4 ou plus")
SPARSE = 2.5
"""Score under which people lack doctors: the threshold of the steps."""


def communes_table(found: Outcome) -> Table:
    """Return one row per commune of the territory, and per neighbour that changes."""
    words = terms(found)
    digits = words.score_digits
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("situation", "Situation"),
        Column("apl_avant", "APL avant", Align.NUMBER, digits, words.score_unit),
        Column("ecart", "Changement", Align.NUMBER, digits),
        Column("apl_apres", "APL après", Align.NUMBER, digits, words.score_unit),
        Column("population", "Population", Align.NUMBER, 0, "habitants"),
        Column("lecture", "Lecture"),
    )
    kept = np.flatnonzero(found.is_inside | (np.abs(found.gain) >= found.felt))
    # What moves most is what a page shows; the spreadsheet has every commune.
    shown = kept[np.argsort(-np.abs(found.gain[kept]), kind="stable")]
    called, read = names(found), _readings(found)
    rows = tuple(_commune_row(found, int(home), called[home], read) for home in shown)
    codes = tuple(found.baseline.homes[home] for home in shown)
    return Table(
        "communes", "Chaque commune, avant et après", columns, rows, Nature.ESTIME,
        provenance_of(found),
        "« Avant » est l'APL publiée ; le changement est calculé sur le socle ajusté.",
        VISIBLE_ROWS, codes,
    )  # fmt: skip


def _commune_row(
    found: Outcome, home: int, nom: str, read: dict[int, list[str]]
) -> tuple[Cell, ...]:
    code = found.baseline.homes[home]
    return (
        code,
        nom,
        "territoire" if found.is_inside[home] else "voisine",
        cell(found.before[home]),
        cell(found.gain[home]),
        cell(found.after[home]),
        cell(found.residents[home]),
        _reading(found, home, code, read),
    )


def _reading(found: Outcome, home: int, code: str, read: dict[int, list[str]]) -> str:
    if code in found.baseline.conflicts:
        return "sources en conflit"
    if np.isnan(found.before[home]):
        return "APL publiée inconnue"
    said = list(read.get(home, ()))
    if found.baseline.is_border[home]:
        said.append("bordure : plus incertain")
    return " ; ".join(said)


def _readings(found: Outcome) -> dict[int, list[str]]:
    """Return what the changes do to the homes that pass a threshold, or fall to 0."""
    said: dict[int, list[str]] = {}
    for one in THRESHOLDS if found.is_gp else ():
        edge = number(one, 0 if one == int(one) else 1)
        for up, way in ((True, "au-dessus de"), (False, "sous")):
            for home in found.passing(one, up=up):
                said.setdefault(home, []).append(f"passe {way} {edge}")
    for home in found.floored:
        said.setdefault(home, []).append("perdrait plus que son score : ramené à 0")
    return said


def extremes_table(found: Outcome) -> Table:
    """Return the ten communes that lose most beside the ten that gain most."""
    digits = terms(found).score_digits
    columns: tuple[Column, ...] = (
        Column("perd", "Perdent le plus"),
        Column("perte", "Changement", Align.NUMBER, digits),
        Column("perte_apres", "APL après", Align.NUMBER, digits),
        Column("gagne", "Gagnent le plus"),
        Column("gain", "Changement", Align.NUMBER, digits),
        Column("gain_apres", "APL après", Align.NUMBER, digits),
    )
    called = names(found)
    losers, winners = found.most(-1), found.most(1)
    rows = tuple(
        (*_side(found, called, losers, rank), *_side(found, called, winners, rank))
        for rank in range(min(MOST_LISTED, max(len(losers), len(winners))))
    )
    # A side where nobody is takes no room: the title says that nobody gains, or loses.
    half = len(columns) // 2
    title = "Les dix communes qui perdent et qui gagnent le plus"
    if not winners and losers:
        title = "Les dix communes qui perdent le plus ; aucune ne gagne"
        columns, rows = columns[:half], tuple(row[:half] for row in rows)
    elif not losers and winners:
        title = "Les dix communes qui gagnent le plus ; aucune ne perd"
        columns, rows = columns[half:], tuple(row[half:] for row in rows)
    return Table(
        "extremes", french_spaces(title), columns, rows,
        Nature.ESTIME, provenance_of(found),
        "Communes du territoire et voisines ; moins de dix lignes : les autres ne changent pas.",
    )  # fmt: skip


def _side(found: Outcome, called: list[str], homes: tuple[int, ...], rank: int) -> tuple[Cell, ...]:
    if rank >= len(homes):
        return ("", "", "")
    home = homes[rank]
    said = called[home] if found.is_inside[home] else f"{called[home]} (voisine)"
    return (said, cell(found.gain[home]), cell(found.after[home]))


def neighbours_table(found: Outcome) -> Table:
    """Return what each intercommunalité gains and loses, inside and outside the territory."""
    words = terms(found)
    columns = (
        Column("epci", "Intercommunalité"),
        Column("situation", "Situation"),
        Column("perdu", words.lost, Align.NUMBER, words.digits),
        Column("gagne", words.gained, Align.NUMBER, words.digits),
        Column("solde", "Solde", Align.NUMBER, words.digits),
        Column("activite", "Activité ajoutée ou retirée sur place", Align.NUMBER, words.digits),
    )
    groups = by_epci(found)
    found_rows: list[tuple[float, tuple[Cell, ...]]] = []
    for name, homes in groups.items():
        balance = found.balance(homes)
        if max(balance.gained, balance.lost) < 10**-words.digits:
            continue
        is_inside = bool(found.is_inside[homes].any())
        where = "territoire" if is_inside else "voisine"
        acts = _acts_of(found, homes)
        row = (name, where, balance.lost, balance.gained, balance.net, acts)
        found_rows.append((balance.net, row))
    rows = [row for _, row in sorted(found_rows, key=lambda one: one[0])]
    return Table(
        "voisins", "Ce que chaque intercommunalité gagne et perd", columns, tuple(rows),
        Nature.ESTIME, provenance_of(found),
        f"Toutes les communes y sont{_touched_told(found)}. Le solde de toutes les lignes est "
        "l'activité ajoutée, moins l'activité retirée, aux arrondis près et "
        "tant que la population ne change pas.",
    )  # fmt: skip


def _touched_told(found: Outcome) -> str:
    """Return that the communes of the changes are counted, which the summary sets apart."""
    names = ", ".join(name_of(code) for code in found.touched[:MOST_NAMED])
    more = " notamment" if len(found.touched) > MOST_NAMED else ""
    told = f", celles des changements comprises ({names}{more}), que « Autour » ne compte pas"
    return told if names else ""


def _acts_of(found: Outcome, homes: np.ndarray) -> float:
    codes = {code for code, inside in zip(found.baseline.homes, homes, strict=True) if inside}
    return fsum(move.acts for move in found.moves if move.commune in codes)


def account_table(found: Outcome) -> Table:
    """Return every activity that appears, disappears or moves."""
    words = terms(found)
    columns = (
        Column("changement", "Changement", Align.NUMBER, 0),
        Column("lieu", "Lieu"),
        Column("praticiens", "Lieux d'exercice", Align.NUMBER, 1),
        Column("actes", words.acts[:1].upper() + words.acts[1:], Align.NUMBER, words.digits),
        Column("nature", "Nature"),
    )
    rows = tuple(
        (
            move.change,
            name_of(move.commune) if move.commune else "hors du territoire étudié",
            move.heads,
            move.acts,
            move.nature.value,
        )
        for move in found.moves
    )
    return Table(
        "compte", "D'où vient chaque activité, où elle va", columns, rows, Nature.ESTIME,
        provenance_of(found), "Une activité déplacée a deux lignes, de signes contraires.",
        VISIBLE_ROWS,
    )  # fmt: skip


def changes_table(found: Outcome) -> Table:
    """Return the changes that were tried, and what each means."""
    columns = (Column("rang", "N°"), Column("changement", "Changement"), Column("sens", "Compté"))
    rows = tuple(
        (str(change.rank), tried_text(found, change), change.spec.meaning)
        for change in found.scenario.changes
    )
    return Table("changements", "Ce qui est essayé", columns, rows, Nature.CITE)


def classes_table(found: Outcome) -> Table:
    """Return the communes of the territory that change class."""
    before, after = found.classes()
    moved = np.flatnonzero(found.is_inside & (before != after) & ~np.isnan(before))
    called = names(found)
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("avant", "APL avant"),
        Column("apres", "APL après"),
        Column("population", "Population", Align.NUMBER, 0, "habitants"),
    )
    rows = tuple(
        (
            found.baseline.homes[home],
            called[home],
            CLASS_NAMES[int(before[home])],
            CLASS_NAMES[int(after[home])],
            cell(found.residents[home]),
        )
        for home in moved
    )
    codes = tuple(found.baseline.homes[home] for home in moved)
    return Table(
        "classes", "Les communes qui passent un seuil : 1, 2,5 ou 4", columns, rows, Nature.ESTIME,
        provenance_of(found), visible_rows=VISIBLE_ROWS, codes=codes,
    )  # fmt: skip


def steps_table(found: Outcome) -> Table:
    """Return what has changed after each day of the scenario."""
    words = terms(found)
    columns = (
        Column("le", "Après le"),
        Column("changements", "Changements faits ce jour-là"),
        Column("perdu", words.lost, Align.NUMBER, words.digits),
        Column("gagne", words.gained, Align.NUMBER, words.digits),
        Column("sous", "Habitants sous 2,5", Align.NUMBER, 0),
        Column("gini", "Indice de Gini", Align.NUMBER, 3),
    )
    under = people_below(found, SPARSE)[0] if found.is_gp else None
    today = ("départ", "", 0.0, 0.0, under, found.gini()[0])
    rows = (today, *(_step_row(found, one) for one in found.steps))
    return Table(
        "etapes", "Étape par étape, dans le territoire", columns, rows, Nature.ESTIME,
        provenance_of(found),
        "Chaque ligne compte tous les changements faits jusque-là ; un changement sans date a lieu "
        "avec celui qui le précède.",
    )  # fmt: skip


def _step_row(found: Outcome, step: Outcome) -> tuple[Cell, ...]:
    pairs = zip(found.scenario.changes, found.scenario.days, strict=True)
    done = [change for change, day in pairs if day == step.day]
    balance = step.balance(step.is_inside)
    return (
        date_text(step.day) if step.day else "dès le départ",
        " ; ".join(f"{one.rank}. {one.spec.label}" for one in done),
        balance.lost,
        balance.gained,
        people_below(step, SPARSE)[1] if step.is_gp else None,
        step.gini()[1],
    )


def quality_table(found: Outcome) -> Table:
    """Return how the baseline agrees with the published scores."""
    columns = (
        Column("socle", "Comparaison à l'APL publiée"),
        Column("communes", "Communes", Align.NUMBER, 0),
        Column("r", "Corrélation", Align.NUMBER, 2),
        Column("ecart", "Écart absolu moyen", Align.NUMBER, terms(found).score_digits),
        Column("classe", "Même classe", Align.NUMBER, 0, "%"),
    )
    quality = found.baseline.quality
    rows = tuple(
        (
            label,
            one.communes,
            one.correlation,
            one.gap_before,
            100 * one.same_band if found.is_gp else None,
        )
        for label, one in (
            ("offre comptée, aucun score lu", quality.counted),
            ("socle, sur des communes dont le score n'a pas été lu", quality.held_out),
            ("socle, sur les communes lues", quality.fitted),
        )
    )
    return Table(
        "socle", "Comment le socle s'accorde avec l'APL publiée", columns, rows, Nature.CALCULE,
        provenance_of(found),
        "La deuxième ligne est l'erreur honnête ; la troisième a lu ce qu'elle compare.",
    )  # fmt: skip
