"""The computed APL in words, for a terminal: the answer to « pourquoi ce chiffre »."""

from collections.abc import Sequence

import numpy as np

from assemblier.access import (
    Change,
    Contribution,
    Explanation,
    Sensitivity,
    Study,
    above,
)
from assemblier.french import french_spaces, number
from assemblier.reports.apl_words import (
    GP,
    counted,
    decimals_of,
    distance_text,
    name_of,
    needs_sentence,
    offer_sentence,
    partial_text,
    people_text,
    relief_sentence,
    rivals_text,
    series_of,
    weight_text,
    why_sentences,
)
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
    digits = decimals_of(study)
    lines = [
        f"APL aux {series_of(study)}, {study.perimeter.nom} : "
        f"{counted(len(found.codes), 'commune')}",
        f"  calculée : {_at_least(study)}{number(study.mean, digits)} en moyenne "
        f"({found.method.unit} ; moyenne pondérée par la population standardisée) — "
        f"{found.nature.value}",
    ]
    if found.method.profession == GP:
        lines.append(f"  sous 2,5 : {_under(study, found.score)}")
    lines += _published_lines(study, digits)
    if found.is_lower_bound.any():
        count = int(found.is_lower_bound.sum())
        lines.append(
            f"  {counted(count, 'commune atteint', 'communes atteignent')} des voisines dont "
            "l'offre est inconnue : leur score est un minimum."
        )
    lines.append(f"  {_lowest(study, digits)}")
    lines.append("D'où viennent ces chiffres")
    lines += [f"  {said}" for said in _origins(study)]
    marked = " ; ".join(one.label for one in found.method.unconfirmed)
    lines.append(f"  Non confirmés (U) : {marked}.")
    return french_spaces("\n".join(lines))


def _origins(study: Study) -> list[str]:
    said = [
        offer_sentence(study),
        needs_sentence(study),
        study.found.travel.method,
        relief_sentence(study),
    ]
    return [sentence for sentence in said if sentence]


def _at_least(study: Study) -> str:
    return "au moins " if study.found.is_lower_bound.any() else ""


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
    digits = decimals_of(study)
    where = located(parse(f"commune:{explained.code_commune}"))
    lines = [f"Pourquoi {number(explained.score, digits)} {where} ?", ""]
    lines += why_sentences(study, explained)
    lines.append("")
    parts = explained.contributions
    lines += [_place_line(study, part, explained.code_commune) for part in parts[:SHOWN_PLACES]]
    rest = parts[SHOWN_PLACES:]
    if rest:
        total = sum(part.contribution for part in rest)
        others = counted(len(rest), "autre lieu", "autres lieux")
        lines.append(f"  + {number(total, digits)}  {others}, plus loin ou plus petits")
    lines.append(f"  = {number(explained.score, digits)}  {study.found.method.unit}")
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
    digits = decimals_of(study)
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
    return name_of(code)


def _place_line(study: Study, part: Contribution, code_commune: str) -> str:
    brought = number(part.contribution, decimals_of(study))
    return (
        f"  + {brought}  {part.nom_site} : {_people(part.effectif)} "
        f"{distance_text(part, code_commune)}, {weight_text(part.weight)} ; "
        f"{people_text(part, study)} ({rivals_text(part.rivals)})"
    )


def _people(count: float) -> str:
    digits = 0 if abs(count - round(count)) < 0.05 else 1
    return f"{number(count, digits)} praticien{'s' if count >= 2 else ''}"


def _published_lines(study: Study, digits: int) -> list[str]:
    if not study.year:
        return ["  publiée : non disponible ici (classeur de l'APL par commune de la DREES)"]
    assert study.published_source is not None  # a year is known: so is its file
    producer = study.published_source.producer
    lines = [
        f"  publiée {study.year} ({producer}) : {number(study.published_mean, digits)} en moyenne, "
        f"mêmes poids{partial_text(study)}"
    ]
    if study.found.method.profession == GP:
        lines.append(f"  sous 2,5, publiée : {_under(study, study.published)}")
    return lines


def _under(study: Study, score: np.ndarray) -> str:
    low = study.under(score)
    if not low.communes:
        return "aucune commune"
    return (
        f"{counted(low.communes, 'commune')}, {number(low.inhabitants)} habitants "
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
    none = counted(empty, "commune n'a", "communes n'ont")
    beyond = f"{none} aucun lieu connu à portée ; " if empty else ""
    return f"{beyond}les plus bas ensuite : {listed}." if listed else f"{beyond}aucun score."
