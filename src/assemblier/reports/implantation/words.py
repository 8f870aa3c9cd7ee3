"""The sentences of a siting."""

import numpy as np

from assemblier.french import date_text, french_spaces, number, unit_text
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Finding, Items
from assemblier.reports.implantation.values import (
    decimals,
    figure,
    judged,
    name,
    of_name,
    peopled,
    provenance_of,
    shown,
    target,
    unit_of,
)
from assemblier.reports.places import located, of_commune
from assemblier.reports.scenario.words import change_text
from assemblier.scenarios.candidates import State
from assemblier.scenarios.ledger import Nature, name_of
from assemblier.scenarios.outcome import FELT, people_below
from assemblier.scenarios.siting import Siting, Structure

MOST_CLOSE = 10
MOST_NAMED = 5
PROVEN = 5e-5
"""Share of the bound that a percentage of two decimals does not show."""


def after_what(found: Siting) -> str:
    """Return what has changed before the choice, as the end of a title; empty where nothing has."""
    if found.scenario is None:
        return ""
    days = [day for day in found.scenario.scenario.days if day is not None]
    when = f", au {date_text(max(days))}" if days else ""
    return f", après « {found.scenario.scenario.nom} »{when}"


def changes(found: Siting) -> tuple[Items, ...]:
    """Return the changes the choice starts from, and what they do to those who lack."""
    if found.scenario is None:
        return ()
    before, after = people_below(found.scenario, found.network.target)
    said = (
        *(change_text(one) for one in found.scenario.scenario.changes),
        f"Sous {target(found)} : {number(before)} habitants aujourd'hui, {number(after)} après ces "
        "changements, dont part le choix.",
    )
    told = tuple(french_spaces(one) for one in said)
    title = f"Ce qui a changé avant le choix (scénario {found.scenario.identity})"
    return (Items(french_spaces(title), told, provenance=provenance_of(found)),)


def headline(found: Siting) -> str:
    """Return the answer in one sentence."""
    network, chosen = found.network, found.choice.chosen
    if not chosen:
        return (
            f"Aucun lieu ne réduit le manque {located(found.perimeter)} : aucune commune de score "
            f"connu et sous {target(found)} n'y gagnerait."
        )
    names = ", ".join(name(found, place) for place in chosen)
    lacking = float(network.people[network.lacks].sum())
    near = network.near((*found.rules.fixed, *chosen))
    covered = float(network.people[network.lacks & near].sum())
    others = " choisis, existants ou décidés" if found.rules.fixed else ""
    return (
        f"{names} : sur {number(lacking)} habitants du territoire sous {target(found)}, "
        f"{number(network.raised(found.opened))} passent ce seuil{_already(found)} et "
        f"{number(covered)} ont un des lieux{others} à {number(network.within)} minutes ou moins."
    )


def _already(found: Siting) -> str:
    if not found.decided:
        return ""
    return f", dont {number(found.network.raised(found.decided))} par ce qui est déjà décidé,"


def place_finding(found: Siting, place: int) -> Finding:
    """Return what one place does alone."""
    people, mean, raised = found.lacking(place)
    cost = found.costs[place]
    paid = "" if np.isnan(cost) or found.request.budget is None else f" Coût : {number(cost)} €."
    unit = unit_text(mean, "consultations par an et par habitant")
    text = (
        f"{name(found, place)}{_there(found, place)} : {counted(people, 'habitant')} sous "
        f"{target(found)} y {'gagne' if people < 2 else 'gagnent'}, en moyenne "
        f"{number(mean, 2)} {unit} ; à lui seul, ce lieu en fait passer {number(raised)} au-dessus "
        f"de {target(found)}.{paid}"
    )
    figures = (
        figure(found, f"habitants sous {target(found)} qui y gagnent", people, "habitants"),
        figure(found, "gain moyen", mean, "consultations par an et par habitant", 2),
    )
    return Finding(french_spaces(text), figures)


def _there(found: Siting, place: int) -> str:
    """Return who lives in the commune of a place, and what the place makes of its score."""
    people, before, after = found.around(place)
    told = "population inconnue" if np.isnan(people) else counted(people, "habitant")
    if found.reach:
        minutes = found.reach.minutes[found.candidates[place].code_commune]
        centre = of_commune(found.reach.centre)
        told += f", à {number(minutes, 1)} minutes {centre} d'après le calcul des trajets"
    if np.isnan(before):
        return f" ({told}, APL inconnue ou contredite)"
    return f" ({told}, APL de {number(before, 2)} à {number(after, 2)})"


def proof(found: Siting) -> str:
    """Return how good the choice is proven to be: within the model, whose error is told."""
    return f"{_best(found)} {_model_error(found)}"


def _model_error(found: Siting) -> str:
    gap = found.baseline.quality.held_out.gap_before
    return (
        "Ce calcul reste une estimation : sur une commune dont il n'a pas lu l'APL, le modèle s'en "
        f"écarte de {number(gap, 2)} {unit_text(gap, 'consultations')} en moyenne."
    )


def _best(found: Siting) -> str:
    gap, value = found.choice.gap, shown(found, found.choice.value)
    reached = f"{number(value, decimals(found))} {unit_of(found)}"
    if gap <= PROVEN:
        return (
            f"Jugé sur {judged(found)}, aucun autre choix ne fait mieux dans ce modèle "
            f"({reached}) : c'est prouvé pour le modèle, pas pour la réalité."
        )
    return (
        f"Jugé sur {judged(found)}, ce choix ({reached}) atteint au moins "
        f"{number(100 * (1 - gap), 1)} % du meilleur de ce modèle : aucun autre n'y dépasse cette "
        f"borne, l'écart est d'au plus {number(100 * gap, 1)} %."
    )


def budget_text(found: Siting) -> str:
    """Return what the choice costs; empty where no budget was given."""
    if found.request.budget is None or not found.choice.chosen:
        return ""
    total, budget = found.total_cost, found.request.budget
    text = (
        f"{counted(len(found.choice.chosen), 'lieu', 'lieux')} pour {number(total)} €, sur un "
        f"budget de {number(budget)} €."
    )
    return f"{text} Coût d'un lieu : {found.cost_told}." if found.cost_told else text


def close(found: Siting) -> tuple[str, ...]:
    """Return the exchanges that lose under 1 %: what else may decide, premises or a team."""
    if not found.alternatives:
        return ("Aucun autre lieu, en échange d'un de ceux-ci.",)
    said = []
    for out, new, value in found.alternatives[:MOST_CLOSE]:
        share = number(100 * value / found.choice.value, 1)
        said.append(f"{peopled(found, new)} au lieu {of_name(found, out)} : {share} % du résultat.")
    more = len(found.alternatives) - MOST_CLOSE
    if more > 0:
        said.append(f"Et {counted(more, 'autre échange', 'autres échanges')}.")
    return tuple(french_spaces(one) for one in said)


def neighbours_finding(found: Siting) -> Finding:
    """Return what neighbours gain, and what they would lose by giving the teams."""
    outside, inside = found.consultations(inside=False), found.consultations(inside=True)
    moved = found.transfer
    taken, people = float(moved.taken.sum()), found.baseline.people
    lost_outside = float(moved.loss[~found.is_inside] @ people[~found.is_inside])
    lost_inside = float(moved.loss[found.is_inside] @ people[found.is_inside])
    text = (
        f"Si les équipes sont nouvelles, les habitants du territoire y gagnent {number(inside)} "
        f"consultations par an{_of_the_choice(found)} et leurs voisins {number(outside)} : "
        f"{_neighbours_felt(found)} au moins 0,01 par habitant. "
    )
    if taken < 1:
        text += "Aucune offre voisine n'est à portée : elles ne peuvent venir d'à côté."
    else:
        text += (
            f"Si les équipes étaient recrutées chez les voisins, {number(taken)} consultations ne "
            f"seraient que déplacées : les voisins en perdraient {number(lost_outside)}, et les "
            f"habitants du territoire qui s'y soignent {number(lost_inside)}."
        )
    unit = "consultations par an"
    figures = (
        figure(found, "gagnées dans le territoire", inside, unit),
        figure(found, "gagnées chez les voisins", outside, unit),
        figure(found, "perdues par les voisins, si les équipes en viennent", lost_outside, unit),
    )
    return Finding(french_spaces(text), figures)


def _of_the_choice(found: Siting) -> str:
    if not found.decided:
        return ""
    chosen = found.consultations(inside=True, places=found.choice.chosen)
    decided = found.consultations(inside=True, places=found.decided)
    return f" ({number(chosen)} par ce choix, {number(decided)} par ce qui est déjà décidé)"


def _neighbours_felt(found: Siting) -> str:
    count = int((~found.is_inside & (found.gain >= FELT)).sum())
    if not count:
        return "aucune commune voisine ne gagne"
    verb = "gagne" if count < 2 else "gagnent"
    return f"{counted(count, 'commune voisine', 'communes voisines')} {verb}"


def doubts(found: Siting) -> tuple[str, ...]:
    """Return what the reader must know before deciding."""
    said = [one.told for one in found.weights]
    said += _near_limit(found)
    said += _unknown(found)
    said += _activity(found)
    asked = found.request.count
    missing = 0 if asked is None else asked - len(found.choice.chosen)
    if missing > 0 and found.choice.chosen:
        places = counted(missing, "lieu demandé", "lieux demandés")
        why = "au-delà du budget, ou sans effet" if found.request.budget else "aucun effet"
        said.append(f"{places} de plus : {why} sur ce critère, non placé.")
    said += _smallest(found)
    said += _set_apart(found)
    said += _of_the_scenario(found)
    return tuple(french_spaces(one) for one in said)


def _unknown(found: Siting) -> list[str]:
    said, inside = [], set(found.perimeter.codes)
    conflicts = [code for code in found.baseline.conflicts if code in inside]
    if conflicts:
        names = _named([name_of(code) for code in conflicts])
        said.append(
            f"{names} : les sources se contredisent, APL publiée {found.baseline.year} de 0,00 "
            "mais un praticien compté. Ce score n'est pas lu, et ces habitants ne pèsent pas sur "
            f"le choix{_counted_apart(found, conflicts)} : vérifier auprès de l'ARS ou de la CPAM."
            f"{_not_proposed(found)}"
        )
    if asked := [k for k in found.choice.chosen if found.candidates[k].code_commune in conflicts]:
        names = _named([name(found, place) for place in asked])
        said.append(f"{names} : choisi parmi les lieux demandés, bien que son APL soit contredite.")
    if others := found.unknown - len(conflicts):
        count = counted(others, "commune")
        said.append(f"{count} du territoire sans score connu : le choix n'en tient pas compte.")
    return said


def _not_proposed(found: Siting) -> str:
    if not found.doubtful:
        return ""
    names = _named([name(found, place) for place in found.doubtful])
    return f" Pas proposé comme lieu : {names} ; un fichier (--lieux) l'y remet."


def _counted_apart(found: Siting, conflicts: list[str]) -> str:
    """Return how the inhabitants under the target here differ from those of the panorama."""
    if found.scenario is not None or found.rules.fixed:
        return ""
    network, homes = found.network, found.baseline.homes
    apart = sum(float(network.people[homes.index(code)]) for code in conflicts if code in homes)
    under = float(network.people[network.lacks].sum())
    return (
        f" ({number(under)} habitants sous {target(found)}, soit {number(under + apart)} d'après "
        f"les scores publiés moins {number(apart)})"
    )


def _activity(found: Siting) -> list[str]:
    """Return what a doctor who comes counts for, beside one who is there, or who leaves."""
    if found.request.capacity is not None:
        return []
    arriving, today = found.baseline.method.per_place, found.activity_today
    leaving = _leaving(found)
    if not np.isnan(leaving):
        beside = f"chacun de ceux qui partent pour {number(leaving)}"
    elif not np.isnan(today):
        beside = f"ceux du territoire pour {number(today)} en moyenne d'après le modèle"
    else:
        return []
    return [
        f"Un médecin qui arrive à temps plein est compté pour {number(arriving)} consultations par "
        f"an, {beside} : une hypothèse, pas un effet du lieu (« --capacite » la change)."
    ]


def _near_limit(found: Siting) -> list[str]:
    """Return the antennas whose minutes are within their error of what the law allows."""
    if found.reach is None:
        return []
    limit, error = float(found.reach.limit.value), found.baseline.settings.sd_minutes
    return [
        f"{name(found, place)} : à {number(minutes, 1)} minutes {of_commune(found.reach.centre)} "
        f"d'après le calcul, qui se trompe couramment de {number(error, 1)} minutes ; la loi en "
        f"demande moins de {number(limit)}. À mesurer sur la route avant de décider."
        for place in found.choice.chosen
        if (minutes := found.reach.minutes[found.candidates[place].code_commune]) + error >= limit
    ]


def _smallest(found: Siting) -> list[str]:
    if not found.choice.chosen:
        return []
    place = min(found.choice.chosen, key=lambda one: found.around(one)[0])
    return [
        "Le calcul ne connaît ni locaux, ni équipes, ni bourg-centre ; commune la moins peuplée de "
        f"ce choix : {peopled(found, place)}."
    ]


def _leaving(found: Siting) -> float:
    """Return the consultations a year of each doctor who leaves in the scenario; nan if none."""
    if found.scenario is None:
        return np.nan
    lost = [one for one in found.scenario.moves if one.nature is Nature.PERDUE]
    heads = sum(one.heads for one in lost)
    return sum(one.acts for one in lost) / heads if heads else np.nan


def _of_the_scenario(found: Siting) -> list[str]:
    if found.scenario is None:
        return []
    low = int((found.is_inside & (found.scenario.before + found.scenario.gain < 0)).sum())
    said = list(found.scenario.notes)
    if low:
        verb = "perdrait plus que son" if low < 2 else "perdraient plus que leur"
        said.append(
            f"{counted(low, 'commune')} {verb} APL publiée par le scénario : le choix y part de 0, "
            "là où « assemblier scenario » compte ensemble ce qui est perdu et ce qu'un lieu "
            "rend ; les deux commandes peuvent différer un peu."
        )
    if found.scenario.changes_demand:
        said.append(
            "Le scénario change les besoins de la population : ils partagent l'offre ; les "
            "habitants comptés restent ceux d'aujourd'hui."
        )
    return said


def _set_apart(found: Siting) -> list[str]:
    said = []
    for state, told in (
        (State.EXISTANT, "déjà ouvert, et compté : son activité est déjà dans l'APL"),
        (State.DECIDE, "décidé : il ouvre quoi qu'il soit choisi, et son activité est ajoutée"),
        (State.EXCLU, "exclu du choix"),
    ):
        names = [one.label for one in found.candidates if one.etat is state]
        if names:
            said.append(f"{_named(names)} : {told}.")
    if found.reach:
        limit = found.reach.limit
        count = sum(
            one.etat is State.POSSIBLE and k in found.reach.away
            for k, one in enumerate(found.candidates)
        )
        said.append(
            f"Centre à {name_of(found.reach.centre)} : {counted(count, 'lieu', 'lieux')} à "
            f"{number(limit.value)} minutes ou plus, hors du choix ({limit.reference})."
        )
    if found.late and found.request.before:
        names = [found.candidates[k].label for k in found.late]
        day = date_text(found.request.before)
        said.append(f"{_named(names)} : pas disponible le {day}, exclu du choix.")
    return said


def _named(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    shown_names = ", ".join(names[:MOST_NAMED])
    return f"{shown_names} et {counted(more, 'autre', 'autres')}" if more > 0 else shown_names


def limits(found: Siting) -> Items:
    """Return what the computation supposes."""
    given = any(one.nom or one.longitude is not None for one in found.candidates)
    antenna = found.request.structure is Structure.ANTENNE
    said = (
        found.baseline.told,
        f"L'activité d'un lieu qui ne dit pas la sienne est de {number(found.usual)} consultations "
        "par an ; « assemblier scenario » essaie d'autres équipes, et d'où elles viennent.",
        "Seuls les habitants du territoire pèsent sur le choix ; ce que gagnent et perdraient les "
        "voisins est dit à part.",
        *(["Un local est compté à la mairie de sa commune : les trajets ne distinguent pas deux "
           "locaux d'une même commune."] if given else []),
        *(["Une antenne partage le système d'information de son centre, et en est proche : "
           "« --centre COMMUNE » écarte les lieux trop loin, « assemblier scenario » vérifie le "
           "reste."] if antenna else []),
        "Le choix ne connaît ni les locaux, ni les équipes, ni les règles propres à la "
        "structure : « assemblier verifier » dit celles-ci.",
        found.baseline.travel.method,
    )  # fmt: skip
    return Items(
        "Ce que le calcul suppose",
        tuple(french_spaces(one) for one in said),
        provenance=provenance_of(found),
    )
