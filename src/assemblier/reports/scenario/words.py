"""A scenario in sentences: losses beside gains, what is new and what only moves."""

from datetime import date

import numpy as np

from assemblier.figures import Figure, Nature
from assemblier.french import at_name, date_text, french_spaces, number, of_name, signed, unit_text
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Finding
from assemblier.reports.places import located
from assemblier.reports.scenario.values import by_epci, provenance_of, terms
from assemblier.scenarios.ledger import Nature as MoveNature
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import Outcome, unknown_levels
from assemblier.scenarios.scenario import Change
from assemblier.territory import parse

MOST_NAMED = 3
MOST_PASSING = 6
"""Communes named one by one where they pass a threshold."""


def change_text(change: Change) -> str:
    """Return a change as one line: its kind, then what it says.

    Parameters
    ----------
    change
        One change.
    """
    labels = {field.key: field.label for field in change.spec.fields}
    told = " ; ".join(
        f"{labels[key]} : {_value_text(key, value)}" for key, value in change.values if key != "le"
    )
    when = f"{date_text(change.day)} : " if change.day else ""
    return french_spaces(f"{when}{change.spec.label} — {told}")


def tried_text(found: Outcome, change: Change) -> str:
    """Return a change as one line, and whether it is not counted yet on the day of the effects.

    Parameters
    ----------
    found, change
        What the scenario changes, and one of its changes.
    """
    said = change_text(change)
    if found.day is None or change not in found.pending:
        return said
    return french_spaces(f"PAS COMPTÉ au {date_text(found.day)} — {said}")


def day_told(change: Change) -> str:
    """Return the day of a change, or that it follows the one before."""
    return date_text(change.day) if change.day else "à la suite du précédent"


def _value_text(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return number(value, 0 if float(value).is_integer() else 1)
    if isinstance(value, tuple):
        return ", ".join(name_of(one) for one in value)
    if key == "territoire":
        return parse(str(value)).nom
    return str(value) if str(value) == "ailleurs" else f"{name_of(str(value))} ({value})"


def headline(found: Outcome) -> str:
    """Return the answer in one line: what the inhabitants gain and lose."""
    balance = found.balance(found.is_inside)
    where = located(found.perimeter)
    if not balance.communes_up and not balance.communes_down:
        return french_spaces(f"Aucun score ne change {where}")
    told = (
        (balance.communes_down, "perd", "perdent"),
        (balance.communes_up, "gagne", "gagnent"),
    )
    said = " et ".join(
        f"{counted(count, 'commune')} {several if count > 1 else one}"
        for count, one, several in told
        if count
    )
    return french_spaces(f"{said} en accès {where}")


def findings(found: Outcome) -> tuple[Finding, ...]:
    """Return the sentences officials read first."""
    return (
        _reach(found), *_periods(found), *_neighbours(found), *_account(found), _crossed(found),
        _inequality(found),
    )  # fmt: skip


def agreement(found: Outcome) -> Finding:
    """Return the sentence every result bears: on what it is fitted, and how far it may be.

    Parameters
    ----------
    found
        What the scenario changes.
    """
    base, words = found.baseline, terms(found)
    gap = base.quality.held_out.gap_before
    return Finding(
        french_spaces(
            f"Marge d'erreur : le calcul part de l'APL publiée {base.year} de "
            f"{number(base.quality.fitted.communes)} communes ; sur des communes dont le score "
            f"n'a pas été lu, il s'en écarte en moyenne de {number(gap, words.score_digits)} "
            f"{unit_text(gap, words.score_unit)}."
        ),
        (_figure(found, "écart absolu moyen", gap, words.score_unit, words.score_digits),),
    )


def _reach(found: Outcome) -> Finding:
    inside = found.balance(found.is_inside)
    outside = found.balance(~found.is_inside)
    unit, digits = terms(found).activity, terms(found).digits
    text = (
        f"Les habitants {found.perimeter.charniere or of_name(found.perimeter.nom)} perdent "
        f"{_much(inside.lost, unit, digits)} et en gagnent {number(inside.gained, digits)} "
        f"(solde : {signed(inside.net, digits)}). "
    )
    text += (
        f"Hors du territoire, les voisins en perdent {number(outside.lost, digits)} et en gagnent "
        f"{number(outside.gained, digits)}."
        if max(outside.lost, outside.gained) >= 10**-digits
        else "Hors du territoire, le calcul ne trouve ni perte ni gain, aux minutes estimées près."
    )
    figures = tuple(
        _figure(found, label, value)
        for label, value in (
            ("accès perdu dans le territoire", inside.lost),
            ("accès gagné dans le territoire", inside.gained),
            ("accès perdu chez les voisins", outside.lost),
            ("accès gagné chez les voisins", outside.gained),
        )
        if value
    )
    return Finding(french_spaces(text), figures)


def _periods(found: Outcome) -> tuple[Finding, ...]:
    """Say what each period of a dated scenario brings: the months between two changes count."""
    if len(found.steps) < 2 and not found.pending:
        return ()
    words, said, figures = terms(found), [], []
    for step, last in found.periods:
        net = step.balance(step.is_inside).net
        start = step.day
        begins = f"à partir du {date_text(start)}" if start else "dès le départ"
        if start and last:
            begins = f"du {date_text(start)} au {date_text(last)} ({_length(start, last)})"
        empty = ", ".join(at_name(name_of(code)) for code in step.emptied)
        who = "médecin" if found.is_gp else "praticien"
        alone = f", et plus aucun {who} {empty}" if empty else ""
        said.append(f"{begins}, solde de {signed(net, words.digits)} {words.activity}{alone}")
        figures.append(_figure(found, f"solde {begins}", net))
    text = " ; ".join(said) or "rien n'a encore changé"
    return (Finding(french_spaces(f"Étape par étape : {text}."), tuple(figures)),)


def _length(first: date, last: date) -> str:
    days = (last - first).days + 1
    months = round(days / 30.44)
    return f"environ {months} mois" if months else counted(days, "jour")


def _neighbours(found: Outcome) -> tuple[Finding, ...]:
    """Say what the communes around those of the changes lose and gain, wherever they are."""
    codes = np.array(found.baseline.homes)
    around = ~np.isin(codes, found.touched)
    balance = found.balance(around)
    if not balance.communes_up and not balance.communes_down:
        return ()
    words = terms(found)
    names = " et ".join(name_of(code) for code in found.touched[:MOST_NAMED])
    more = len(found.touched) > MOST_NAMED
    where = f"les {number(len(found.touched))} communes des changements" if more else names
    sides = (
        (balance.communes_down, balance.lost, "perd", "perdent"),
        (balance.communes_up, balance.gained, "gagne", "gagnent"),
    )
    said = " et ".join(
        f"{counted(count, 'commune')} {several if count > 1 else one} "
        f"{_much(acts, words.activity, words.digits)}"
        for count, acts, one, several in sides
        if count
    )
    text = f"Autour : hors {where}, {said}"
    shares = [(name, found.balance(homes & around)) for name, homes in by_epci(found).items()]
    worst = sorted(
        (one for one in shares if one[1].net <= -(10**-words.digits)), key=lambda one: one[1].net
    )
    if worst:
        listed = ", ".join(
            f"{name} ({signed(one.net, words.digits)})" for name, one in worst[:MOST_NAMED]
        )
        text += f" ; d'abord {listed}"
    figures = tuple(
        _figure(found, label, value)
        for label, value in (
            ("accès perdu autour", balance.lost),
            ("accès gagné autour", balance.gained),
        )
        if value
    )
    return (Finding(french_spaces(f"{text}."), figures),)


def _much(value: float, unit: str, digits: int) -> str:
    """Write an activity and its unit: singular under 2, as it is printed."""
    return f"{number(value, digits)} {unit_text(round(value, digits), unit)}"


def _figure(
    found: Outcome, label: str, value: float, unit: str = "", digits: int | None = None
) -> Figure:
    words = terms(found)
    return Figure(
        label, value, unit or words.activity, Nature.ESTIME,
        vintage=f"APL publiée {found.baseline.year}", provenance=provenance_of(found),
        decimals=words.digits if digits is None else digits,
    )  # fmt: skip


def _account(found: Outcome) -> tuple[Finding, ...]:
    new = found.acts(MoveNature.NOUVELLE) + found.acts(MoveNature.TEMPS_GAGNE)
    lost, words = -found.acts(MoveNature.PERDUE), terms(found)
    moved = found.acts(MoveNature.DEPLACEE)
    parts = (
        (lost, "disparaît", "disparaissent"), (new, "s'ajoute", "s'ajoutent"),
        (moved, "change seulement de lieu", "changent seulement de lieu"),
    )  # fmt: skip
    done = ", ".join(
        f"{_much(acts, words.acts, words.digits)} {one if round(acts, words.digits) < 2 else verb}"
        for acts, one, verb in parts
        if acts
    )
    text = f"Activité : {done or 'aucune ne change'}."
    if moved:
        text += (
            " Ce qui change de lieu est un transfert : un territoire le gagne, un autre le perd."
        )
    remote = sum(hours for _, hours in found.remote_hours)
    if remote:
        text += f" {number(remote, 1)} heures par semaine à distance, hors de l'APL."
    figures = (
        _figure(found, "activité perdue", lost, words.acts),
        _figure(found, "activité nouvelle", new, words.acts),
        _figure(found, "activité déplacée", moved, words.acts),
    )
    return (Finding(french_spaces(text), figures),)


def _crossed(found: Outcome) -> Finding:
    said: list[str] = []
    figures: list[Figure] = []
    for one in found.crossings():
        digits = 0 if one.threshold == int(one.threshold) else 1
        edge = number(one.threshold, digits)
        ways = (
            (one.dropped, one.communes_dropped, f"sous {edge}"),
            (one.lifted, one.communes_lifted, f"au-dessus de {edge}"),
        )
        for people, communes, way in ways:
            if not communes:
                continue
            verb = "passent" if people >= 2 else "passe"
            named = _crossing_names(found, one.threshold, up="dessus" in way)
            said.append(
                f"{counted(people, 'habitant')} {verb} {way} ({counted(communes, 'commune')}"
                f"{named})"
            )
            figures.append(_figure(found, f"habitants passés {way}", people, "habitants", 0))
    if not found.is_gp:
        return Finding(french_spaces("Cette profession n'a pas de seuil d'APL publié."))
    if not said:
        return Finding(french_spaces("Aucune commune ne passe les seuils de 1, 2,5 ou 4."))
    return Finding(french_spaces(f"Seuils : {' ; '.join(said)}."), tuple(figures))


def _crossing_names(found: Outcome, threshold: float, *, up: bool) -> str:
    """Return the communes that pass a threshold, where they are few."""
    homes = found.passing(threshold, up=up)
    if len(homes) > MOST_PASSING:
        return ""
    return " : " + ", ".join(name_of(found.baseline.homes[home]) for home in homes)


def _inequality(found: Outcome) -> Finding:
    before, after = found.gini()
    way = "se creusent" if after > before else "se réduisent"
    text = f"Les inégalités d'accès {way} : de {number(before, 3)} à {number(after, 3)}"
    if number(before, 3) == number(after, 3):
        text = f"Les inégalités d'accès ne changent guère : {number(after, 3)}"
    return Finding(
        french_spaces(
            f"{text}, sur une échelle où 0 veut dire le même accès pour tous et 1 tout l'accès "
            "pour un seul."
        ),
        (
            _figure(found, "indice de Gini avant", before, "indice", 3),
            _figure(found, "indice de Gini après", after, "indice", 3),
        ),
    )


def doubts(found: Outcome) -> tuple[str, ...]:
    """Return what the scores do not say: contradictions, unknown neighbours, borders."""
    base = found.baseline
    said = [
        f"Au {date_text(found.day)}, pas encore compté : {one.called} ({day_told(one)}). "
        "Sans « --date-effet », tout est compté."
        for one in found.pending
        if found.day
    ]
    said += [
        f"{name_of(code)} ({code}) : l'APL {base.year} publiée est 0,00, mais "
        f"{_practitioners(base.counts[base.places.index(code)])}. Les deux ne peuvent être vrais "
        "la même année : son score n'est ni lu, ni calculé ; à vérifier auprès de l'ARS ou de la "
        "CPAM."
        for code in base.conflicts
        if code in set(found.perimeter.codes)
    ]
    count, people = unknown_levels(found)
    if count:
        said.append(
            f"{counted(count, 'commune')} du territoire ({number(people)} habitants) sans score "
            "de départ : ni les seuils ni les inégalités n'en tiennent compte."
        )
    border = int((base.is_border & found.is_inside).sum())
    if border:
        said.append(
            f"{counted(border, 'commune de bordure', 'communes de bordure')} à lire avec "
            "prudence : une part du score vient d'offres inconnues, supposées de même densité."
        )
    if low := found.floored:
        verb = "perdrait plus que son" if len(low) < 2 else "perdraient plus que leur"
        names = ", ".join(name_of(base.homes[home]) for home in low[:MOST_PASSING])
        more = " notamment" if len(low) > MOST_PASSING else ""
        said.append(
            f"{counted(len(low), 'commune')} ({names}{more}) {verb} score publié : il est ramené à "
            "0, signe que le calcul y place trop d'offre."
        )
    return tuple(french_spaces(one) for one in (*said, *found.notes))


def _practitioners(count: float) -> str:
    return f"{counted(count, 'praticien')} y {'est compté' if count < 2 else 'sont comptés'}"
