"""The computed APL in words, for a terminal: the answer to « pourquoi ce chiffre »."""

from collections.abc import Sequence

import numpy as np

from assemblier.access import (
    PROFESSIONS,
    Change,
    Contribution,
    Explanation,
    Sensitivity,
    Study,
    above,
)
from assemblier.french import french_spaces, number
from assemblier.reports.places import located
from assemblier.reports.typography import percent
from assemblier.territory import index, parse

SHOWN_PLACES = 12
LOWEST = 5


def summary_text(study: Study) -> str:
    """Return what a territory's scores say, in a few lines.

    Parameters
    ----------
    study
        What was computed.
    """
    found = study.found
    label = PROFESSIONS[found.method.profession]
    digits = 2 if found.method.profession == "medecin_generaliste" else 1
    lines = [
        f"APL aux {label}, {study.perimeter.nom} : {number(len(found.codes))} communes",
        f"  calculée : {number(study.mean, digits)} en moyenne ({found.method.unit} ; moyenne "
        f"pondérée par la population standardisée) — {found.nature.value}",
    ]
    if found.method.profession == "medecin_generaliste":
        lines.append(f"  sous 2,5 : {_under(study, found.score)}")
    lines += _published_lines(study, digits)
    if found.is_lower_bound.any():
        lines.append(
            f"  {number(int(found.is_lower_bound.sum()))} communes atteignent des voisines dont "
            "l'offre est inconnue : leur score est un minimum."
        )
    lines.append(f"  {_lowest(study, digits)}")
    lines.append(f"  {found.travel.method}")
    marked = " ; ".join(one.label for one in found.method.unconfirmed)
    lines.append(f"  Non confirmés (U) : {marked}.")
    return french_spaces("\n".join(lines))


def agreement_text(study: Study) -> str:
    """Return how computed and published agree, or that nothing is published here.

    Parameters
    ----------
    study
        What was computed.
    """
    measured = study.agreement
    if measured is None:
        return french_spaces(
            "APL publiée : non disponible pour ce territoire\n  ce qui l'apporterait : le classeur "
            "de l'APL par commune de la DREES"
        )
    return french_spaces(
        f"Écart à l'APL publiée {study.year}, {number(measured.communes)} communes :\n"
        f"  corrélation {number(measured.correlation, 2)} ; des rangs "
        f"{number(measured.rank_correlation, 2)} ; pondérée par la population "
        f"{number(measured.weighted_correlation, 2)}\n"
        f"  écart absolu moyen {number(measured.gap_before, 2)}, et "
        f"{number(measured.gap_after, 2)} une fois les moyennes égalisées (× "
        f"{number(measured.scale, 2)})\n"
        f"  même classe de carte pour {percent(100 * measured.same_band, 0)} des communes"
    )


def explanation_text(study: Study, explained: Explanation) -> str:
    """Return why one commune has its score, place by place.

    Parameters
    ----------
    study, explained
        The scores and the explanation.
    """
    place = study.found.codes.index(explained.code_commune)
    published = study.published[place]
    where = located(parse(f"commune:{explained.code_commune}"))
    lines = [f"Pourquoi {number(explained.score, 2)} {where} ?", ""]
    lines.append(_why(study, explained))
    if not np.isnan(published):
        lines.append(
            f"La DREES publie {number(float(published), 2)} pour {study.year} : le calcul en "
            f"diffère de {number(abs(explained.score - float(published)), 2)}."
        )
    lines.append("")
    parts = explained.contributions
    lines += [_place_line(part) for part in parts[:SHOWN_PLACES]]
    rest = parts[SHOWN_PLACES:]
    if rest:
        total = sum(part.contribution for part in rest)
        others = "autre lieu" if len(rest) == 1 else "autres lieux"
        lines.append(f"  + {number(total, 2)}  {len(rest)} {others}, plus loin ou plus petits")
    lines.append(f"  = {number(explained.score, 2)}  {study.found.method.unit}")
    if explained.unknown:
        lines.append(
            f"L'offre de {number(len(explained.unknown))} communes à portée est inconnue : le "
            "score est un minimum."
        )
    return french_spaces("\n".join(lines))


def sensitivity_text(study: Study, moved: Sequence[Sensitivity]) -> str:
    """Return how the scores move with each uncertain parameter.

    Parameters
    ----------
    study, moved
        The scores, and what they become.
    """
    lines = ["Si un paramètre incertain change, un score bouge :"]
    lines += [
        f"  {one.parameter}, {one.moved} : de {number(one.mean_change, 2)} en moyenne, au plus "
        f"{number(one.largest_change, 2)}"
        for one in moved
    ]
    lines.append(f"  (en {study.found.method.unit})")
    return french_spaces("\n".join(lines))


def above_text(study: Study, threshold: float) -> str:
    """Return the communes whose computed score passes a threshold: a proposal, no rule.

    Parameters
    ----------
    study
        What was computed.
    threshold
        In the unit of the score.
    """
    passing = above(study.found.codes, study.found.score, threshold)
    digits = 2 if study.found.method.profession == "medecin_generaliste" else 1
    lines = [
        f"{number(len(passing))} communes au-dessus de {number(threshold, digits)} "
        f"{study.found.method.unit} (proposition, non droit en vigueur)",
    ]
    lines += [f"  {_name_of(code)} : {number(value, digits)}" for code, value in passing]
    return french_spaces("\n".join(lines))


def change_text(change: Change) -> str:
    """Return how published scores moved between two years.

    Parameters
    ----------
    change
        Published scores of two years.
    """
    up, down = change.counts
    return french_spaces(
        f"APL publiée (DREES), de {change.before_year} à {change.after_year} : {number(up)} "
        f"communes montent d'une classe de carte au moins, {number(down)} descendent, "
        f"{number(len(change.codes) - up - down)} y restent."
    )


def _name_of(code: str) -> str:
    return str(index().nom[index().positions([code])][0])


def _why(study: Study, explained: Explanation) -> str:
    places = len(explained.contributions)
    if not places:
        return "Aucun lieu connu n'est à portée : le score est de 0."
    label = PROFESSIONS[study.found.method.profession]
    whole = [part for part in explained.contributions if part.weight >= 1]
    people = sum(part.effectif for part in explained.contributions)
    return (
        f"{number(places)} lieux ({number(people)} {label}) sont à moins de "
        f"{number(study.found.method.bands.reach_minutes)} min ; {number(len(whole))} comptent en "
        "entier. Chacun est partagé entre tous les habitants qui l'atteignent."
    )


def _place_line(part: Contribution) -> str:
    rivals = ", ".join(f"{one.nom} {number(100 * one.share)} %" for one in part.rivals)
    return (
        f"  + {number(part.contribution, 2)}  {part.nom_site} : {_people(part.effectif)}, "
        f"{number(part.minutes)} min, poids {number(part.weight, 2)}, "
        f"{number(part.patients)} habitants se les partagent ({rivals})"
    )


def _people(count: float) -> str:
    return f"{number(count)} praticien{'s' if count >= 2 else ''}"


def _published_lines(study: Study, digits: int) -> list[str]:
    if not study.year:
        return ["  publiée : non disponible ici (classeur de l'APL par commune de la DREES)"]
    lines = [
        f"  publiée {study.year} (DREES) : {number(study.published_mean, digits)} en moyenne, "
        "mêmes poids"
    ]
    if study.found.method.profession == "medecin_generaliste":
        lines.append(f"  sous 2,5, publiée : {_under(study, study.published)}")
    return lines


def _under(study: Study, score: np.ndarray) -> str:
    low = study.under(score)
    return (
        f"{number(low.communes)} communes, {number(low.inhabitants)} habitants "
        f"({percent(100 * low.share, 1)})"
    )


def _lowest(study: Study, digits: int) -> str:
    score = study.found.score
    names = index().nom[study.found.rows]
    order = np.argsort(np.where(score > 0, score, np.inf), kind="stable")[:LOWEST]
    listed = ", ".join(
        f"{names[place]} ({number(float(score[place]), digits)})"
        for place in order
        if score[place] > 0
    )
    empty = int((score == 0).sum())
    beyond = f"{number(empty)} communes n'ont aucun lieu connu à portée ; " if empty else ""
    return f"{beyond}les plus bas ensuite : {listed}." if listed else f"{beyond}aucun score."
