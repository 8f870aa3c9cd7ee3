"""What each kind of change does to the account, and why some are refused."""

from collections.abc import Callable
from datetime import date

import numpy as np

from assemblier.french import at_name, number, of_name
from assemblier.parameters import Parameter, explain
from assemblier.scenarios.kinds import ELSEWHERE
from assemblier.scenarios.ledger import Ledger, Nature, name_of
from assemblier.scenarios.scenario import Change
from assemblier.territory import index, parse
from assemblier.travel import Engine

LAW = "aides.legalite"
OLD_AGE, OLDEST_AGE = 65.0, 75.0
FURTHEST_MINUTES = 240.0


class Context:
    """What changes are judged with: the day of the rules, and the minutes.

    Parameters
    ----------
    on
        The day.
    engine
        Gives the minutes.
    """

    def __init__(self, on: date, engine: Engine) -> None:
        self.on, self.engine = on, engine

    def rule(self, path: str) -> Parameter:
        """Return a dated value."""
        return explain(path, self.on)

    def minutes(self, origin: str, end: str) -> float:
        """Return the minutes between two communes; infinite beyond four hours."""
        found = self.engine.times([origin], [end], FURTHEST_MINUTES).minutes
        return float(found.data[0]) if found.nnz else float("inf")


Apply = Callable[[Change, Ledger, Context], None]


def apply(change: Change, ledger: Ledger, context: Context) -> None:
    """Write what a change does into the account, or why it cannot be.

    Parameters
    ----------
    change
        The change; its fields were read.
    ledger
        The account of those before it.
    context
        Rules and minutes.
    """
    if not _in_reach(change, ledger):
        return
    _APPLY[change.kind](change, ledger, context)


def _in_reach(change: Change, ledger: Ledger) -> bool:
    told = [change.text(key) for key in ("commune", "vers", "venant_de", "site_principal")]
    places = [*told, *change.listed("communes")]
    lost = [one for one in places if one and one != ELSEWHERE and not ledger.reaches(one)]
    for commune in lost:
        ledger.refuse(
            change,
            f"{name_of(commune)} ({commune}) est hors de portée du territoire étudié",
            "une commune du territoire ou de ses environs",
            "corriger la commune, ou élargir le territoire ; « ailleurs » pour une origine "
            "lointaine",
        )
    return not lost


def _retire(change: Change, ledger: Ledger, _: Context) -> None:
    ledger.takes(change, change.text("commune"), change.number("nombre"), Nature.PERDUE)


def _leave(change: Change, ledger: Ledger, _: Context) -> None:
    to = change.text("vers")
    if not to or to == ELSEWHERE:
        place, heads = change.text("commune"), change.number("nombre")
        ledger.takes(change, place, heads, Nature.PERDUE, newest_first=True)
        return
    _moves(change, ledger, change.text("commune"), to, change.number("nombre"))


def _moves(change: Change, ledger: Ledger, origin: str, to: str, heads: float) -> None:
    """Move professionals with their activity."""
    gone = ledger.takes(change, origin, heads, Nature.DEPLACEE, newest_first=True)
    if gone is not None:
        ledger.add(change, to, heads, gone, Nature.DEPLACEE)


def _move(change: Change, ledger: Ledger, _: Context) -> None:
    _moves(change, ledger, change.text("commune"), change.text("vers"), change.number("nombre"))


def _arrive(change: Change, ledger: Ledger, heads: float) -> None:
    """Add professionals: new ones, or from somewhere that loses them."""
    origin, place = change.text("venant_de"), change.text("commune")
    acts = change.number("activite", ledger.baseline.method.per_place)
    if not _within_cap(change, ledger, acts):
        return
    if not origin:
        ledger.add(change, place, heads, heads * acts, Nature.NOUVELLE)
    elif origin == ELSEWHERE:
        ledger.add(change, "", -heads, -heads * acts, Nature.DEPLACEE)
        ledger.add(change, place, heads, heads * acts, Nature.DEPLACEE)
    else:
        _moves(change, ledger, origin, place, heads)


def _within_cap(change: Change, ledger: Ledger, acts: float) -> bool:
    cap = ledger.baseline.method.cap
    if cap is None or acts <= cap:
        return True
    ledger.refuse(
        change,
        f"{number(acts)} actes par an pour un médecin",
        f"au plus {number(cap)}, ce que l'APL compte d'un médecin",
        "corriger l'activité, ou compter plus de médecins",
    )
    return False


def _install(change: Change, ledger: Ledger, _: Context) -> None:
    _arrive(change, ledger, change.number("nombre"))


def _centre(change: Change, ledger: Ledger, _: Context) -> None:
    _arrive(change, ledger, change.number("medecins"))


def _msp(change: Change, ledger: Ledger, context: Context) -> None:
    team = (
        ("medecins", "médecins", context.rule(f"{LAW}.sisa.medecins")),
        ("auxiliaires", "auxiliaires médicaux", context.rule(f"{LAW}.sisa.auxiliaires")),
    )
    short = False
    for key, label, rule in team:
        if change.number(key) < rule.value:
            short = True
            ledger.refuse(
                change,
                f"{number(change.number(key))} {label}",
                f"au moins {number(rule.value)} ({rule.reference})",
                "compléter l'équipe, ou choisir une autre structure",
            )
    if not short:
        _arrive(change, ledger, change.number("medecins"))


def _new_activity(change: Change, ledger: Ledger, _: Context) -> None:
    place, heads = change.text("commune"), change.number("nombre")
    if not _within_cap(change, ledger, change.number("activite")):
        return
    before = ledger.held_by(change, place, heads)
    if before is None:
        return
    gained = heads * change.number("activite") - before
    nature = Nature.TEMPS_GAGNE if gained >= 0 else Nature.PERDUE
    ledger.add(change, place, 0.0, gained, nature)


def _hours_as_acts(ledger: Ledger, hours: float, context: Context) -> float:
    week = float(context.rule("medecin_generaliste.temps.heures_patients").value)
    return ledger.baseline.method.per_place * hours / week


def _half_days_as_acts(ledger: Ledger, half_days: float, context: Context) -> float:
    whole = float(context.rule("projets.retraites.demi_journees_etp").value)
    return ledger.baseline.method.per_place * half_days / whole


def _time_at(change: Change, ledger: Ledger, origin: str, acts: float) -> None:
    """Add a time of presence, new or taken from another place."""
    place = change.text("commune")
    if change.says("temps_nouveau"):
        ledger.add(change, place, 0.0, acts, Nature.NOUVELLE)
    elif ledger.takes_acts(change, origin, acts):
        ledger.add(change, place, 0.0, acts, Nature.DEPLACEE)


def _secondary(change: Change, ledger: Ledger, context: Context) -> None:
    acts = _half_days_as_acts(ledger, change.number("demi_journees"), context)
    _time_at(change, ledger, change.text("venant_de"), acts)


def _antenna(change: Change, ledger: Ledger, context: Context) -> None:
    known = len(ledger.problems)
    _check_hours(change, ledger, context)
    _check_minutes(change, ledger, context)
    if not change.says("meme_systeme_information"):
        rule = context.rule(f"{LAW}.centre_de_sante.antenne.conditions")
        ledger.refuse(
            change,
            "le système d'information n'est pas celui du centre",
            f"le même système d'information ({rule.reference})",
            "raccorder l'antenne au système d'information du centre, ou créer un centre",
        )
    if len(ledger.problems) == known:
        ledger.notes.append(
            f"{change.called} : le centre de santé "
            f"{of_name(name_of(change.text('site_principal')))} est celui que dit le scénario ; "
            "les données ne disent pas s'il existe."
        )
        acts = _hours_as_acts(ledger, change.number("heures_semaine"), context)
        _time_at(change, ledger, change.text("site_principal"), acts)


def _check_hours(change: Change, ledger: Ledger, context: Context) -> None:
    rule, hours = (
        context.rule(f"{LAW}.centre_de_sante.antenne.heures_semaine"),
        change.number("heures_semaine"),
    )
    if hours > rule.value:
        ledger.refuse(
            change,
            f"{number(hours, 1)} heures par semaine",
            f"au plus {number(rule.value)} heures ({rule.reference})",
            "réduire l'ouverture, ou créer un centre",
        )


def _check_minutes(change: Change, ledger: Ledger, context: Context) -> None:
    limit = context.rule(f"{LAW}.centre_de_sante.antenne.minutes")
    edge = context.rule(f"{LAW}.centre_de_sante.antenne.minutes_borne_incluse")
    said = change.number("minutes", float("nan"))
    is_said = said == said  # nan is not itself
    minutes = (
        said if is_said else context.minutes(change.text("site_principal"), change.text("commune"))
    )
    if minutes < limit.value or (minutes == limit.value and edge.value):
        if not is_said:
            ledger.notes.append(
                f"{change.called} : {number(minutes)} minutes estimées depuis "
                f"{name_of(change.text('site_principal'))}, à mesurer."
            )
        return
    rule = "au plus" if edge.value else "moins de"
    origin = "dites" if is_said else "estimées"
    ledger.refuse(
        change,
        f"{number(minutes)} minutes {origin} depuis {name_of(change.text('site_principal'))}",
        f"{rule} {number(limit.value)} minutes ({limit.reference})",
        "choisir un autre lieu, dire les minutes mesurées (« minutes »), ou créer un centre",
    )


def _mobile(change: Change, ledger: Ledger, context: Context) -> None:
    hours, lost = change.number("heures_semaine"), change.number("heures_trajet")
    stops = change.listed("communes")
    if lost >= hours:
        ledger.refuse(
            change,
            f"{number(lost, 1)} heures de trajet sur {number(hours, 1)}",
            "moins d'heures de trajet que d'heures de travail",
            "réduire la tournée",
        )
        return
    acts = _hours_as_acts(ledger, hours - lost, context)
    origin = change.text("venant_de")
    if origin and origin != ELSEWHERE:
        # The hours on the road are lost for those who are left too.
        if not ledger.takes_acts(change, origin, _hours_as_acts(ledger, hours, context)):
            return
    elif origin == ELSEWHERE:
        ledger.add(change, "", 0.0, -acts, Nature.DEPLACEE)
    nature = Nature.DEPLACEE if origin else Nature.NOUVELLE
    for stop in stops:
        ledger.add(change, stop, 0.0, acts / len(stops), nature)
    ledger.notes.append(
        f"{change.called} : {number(hours - lost, 1)} heures de consultation par semaine, "
        f"{number(lost, 1)} heures de trajet retirées."
    )


def _remote(change: Change, ledger: Ledger, context: Context) -> None:
    most = context.rule(f"{LAW}.teleconsultation.part_maximale")
    week = float(context.rule("medecin_generaliste.temps.heures_patients").value)
    doctors, hours = change.number("medecins"), change.number("heures_semaine")
    share = 100 * hours / (doctors * week) if doctors else float("inf")
    if share > most.value:
        ledger.refuse(
            change,
            f"{number(share)} % de l'activité de ces médecins à distance",
            f"au plus {number(most.value)} % ({most.reference})",
            "réduire les heures, ou réunir davantage de médecins",
        )
        return
    place = change.text("commune")
    ledger.remote_hours.append((place, hours))
    helped = (
        "un professionnel y assiste le patient"
        if change.says("professionnel_present")
        else "sans professionnel pour assister le patient : le guide de 2019 déconseille ce lieu"
    )
    ledger.notes.append(
        f"{change.called} : {number(hours, 1)} heures par semaine à distance "
        f"{at_name(name_of(place))}, {helped} ; l'APL n'en est pas changée et "
        "aucun examen en présence n'y est possible."
    )


def _retired(change: Change, ledger: Ledger, context: Context) -> None:
    half_days = change.number("praticiens") * change.number("demi_journees")
    acts = _half_days_as_acts(ledger, half_days, context)
    ledger.add(change, change.text("commune"), change.number("praticiens"), acts, Nature.NOUVELLE)
    ledger.notes.append(
        f"{change.called} : {number(half_days, 1)} demi-journées par semaine au total."
    )


def _assistant(change: Change, ledger: Ledger, context: Context) -> None:
    least = context.rule("projets.assistant.gain_minimum")
    most = context.rule("projets.assistant.gain_maximum")
    gain = change.number("gain")
    if not least.value <= gain <= most.value:
        ledger.refuse(
            change,
            f"{number(gain, 1)} % de patients en plus",
            f"de {number(least.value)} à {number(most.value)} % ({most.reference})",
            "rester dans cette fourchette",
        )
        return
    _gains(change, ledger, lambda acts: acts * gain / 100)


def _gains(change: Change, ledger: Ledger, gain: Callable[[float], float]) -> None:
    """Give medical time to some professionals who are there."""
    place, heads = change.text("commune"), change.number("nombre")
    acts = ledger.held_by(change, place, heads)
    if acts is not None:
        ledger.add(change, place, 0.0, gain(acts), Nature.TEMPS_GAGNE)


def _freed(change: Change, ledger: Ledger, context: Context) -> None:
    hours = change.number("heures_liberees")
    _gains(
        change,
        ledger,
        lambda _: _hours_as_acts(ledger, hours * change.number("nombre"), context),
    )


def _secretariat(change: Change, ledger: Ledger, context: Context) -> None:
    most = context.rule("medecin_generaliste.temps.heures_gestion")
    if change.number("heures_liberees") > most.value:
        ledger.refuse(
            change,
            f"{number(change.number('heures_liberees'), 1)} heures libérées par médecin",
            f"au plus les {number(most.value, 1)} heures de gestion ({most.reference})",
            "réduire les heures",
        )
        return
    _freed(change, ledger, context)


def _homes_in(change: Change, ledger: Ledger) -> np.ndarray:
    inside = set(parse(change.text("territoire")).codes)
    return np.array([code in inside for code in ledger.baseline.homes])


def _population(change: Change, ledger: Ledger, _: Context) -> None:
    if change.number("evolution") <= -100:
        ledger.refuse(change, "une baisse de 100 % ou plus", "au-dessus de −100 %", "corriger")
        return
    factor = 1 + change.number("evolution") / 100
    homes = _homes_in(change, ledger)
    ledger.growth.append((homes, np.full(int(homes.sum()), factor)))


def _ageing(change: Change, ledger: Ledger, _: Context) -> None:
    method, demand = ledger.baseline.method, ledger.baseline.demand
    points = change.number("points")
    if method.weights is None or points > 100:
        found = "aucun poids par âge" if method.weights is None else f"{number(points)} points"
        ledger.refuse(change, found, "des poids par âge, 100 points au plus", "corriger")
        return
    ages = np.array(method.ages)
    old = float(method.weights[ages >= OLDEST_AGE].mean())
    young = float(method.weights[ages < OLD_AGE].mean())
    homes = _homes_in(change, ledger)
    rows = index().positions(np.array(ledger.baseline.homes)[homes].tolist())
    before = np.nan_to_num(demand.standardised[rows])
    added = np.nan_to_num(demand.population[rows]) * points / 100 * (old - young)
    factor = np.divide(before + added, before, out=np.ones_like(before), where=before > 0)
    ledger.growth.append((homes, factor))


def _regulated(change: Change, ledger: Ledger, _: Context) -> None:
    base, threshold = ledger.baseline, change.number("seuil")
    rows = {code: row for row, code in enumerate(base.homes)}
    inside = set(base.area)
    score = np.array(
        [
            base.official[rows[code]] if code in inside and code in rows else np.nan
            for code in base.places
        ]
    )
    supply = np.where(np.isin(base.places, base.area), base.fit.supply, 0.0)
    open_ = ~np.isnan(score) & (score < threshold) & (supply > 0)
    if not open_.any():
        ledger.refuse(
            change,
            f"aucune commune sous {number(threshold, 2)} n'a d'offre",
            "des communes ouvertes aux installations",
            "relever le seuil",
        )
        return
    acts = change.number("nombre") * change.number("activite", base.method.per_place)
    shares = np.where(open_, supply, 0.0) / supply[open_].sum()
    heads = change.number("nombre")
    for place in np.flatnonzero(open_).tolist():
        part = float(shares[place])
        ledger.add(change, base.places[place], heads * part, acts * part, Nature.NOUVELLE)
    closed = int((~np.isnan(score) & (score >= threshold)).sum())
    ledger.notes.append(
        f"{change.called} : proposition de 2022, pas une règle de droit ; {number(closed)} "
        f"communes fermées à {number(threshold, 2)} ou plus, exceptions (cession de cabinet, "
        "exercice mixte, secteur 1 coordonné, quartier prioritaire) non simulées."
    )


_APPLY: dict[str, Apply] = {
    "retraite": _retire,
    "depart": _leave,
    "installation": _install,
    "activite": _new_activity,
    "demenagement": _move,
    "cabinet_secondaire": _secondary,
    "centre_de_sante": _centre,
    "msp": _msp,
    "antenne": _antenna,
    "unite_mobile": _mobile,
    "teleconsultation": _remote,
    "cabinet_retraites": _retired,
    "assistant_medical": _assistant,
    "ipa": _freed,
    "secretariat": _secretariat,
    "population": _population,
    "vieillissement": _ageing,
    "installation_encadree": _regulated,
}
