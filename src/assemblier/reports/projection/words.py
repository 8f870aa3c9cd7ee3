"""A projection in sentences, in the words of the person who prepares a council."""

from collections.abc import Iterator, Sequence

from assemblier.figures import Figure
from assemblier.french import date_text, french_spaces, number, unit_text
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Finding
from assemblier.reports.places import located
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.reports.typography import figure_text
from assemblier.scenarios.at_risk import BASSIN, AtRisk
from assemblier.scenarios.handover import Handover
from assemblier.scenarios.projection import Cliff, Horizon, Interval, Projection, Variant, Year

CHANCES = "8 chances sur 10"
GIVEN_ARRIVALS = {"installations", "taux_installation"}
"""Hypotheses that say how many arrive."""
HALF = 0.5
"""A stock that fell to this part of today's is called fragile."""


def headline(found: Projection) -> str:
    """Return the answer in one line: today, then the end, the prudent one first."""
    first, last = found.years[0], found.years[-1]
    start = f"{figure_text(first.stock.median)} {located(found.perimeter)} en {first.year}"
    if found.hypotheses.variant is Variant.SANS_CROISSANCE:
        return french_spaces(
            f"{start}, {count_text(last.stock.median)} en {last.year} ({between(last.stock)})"
        )
    prudent = found.pessimistic[-1].stock.median
    return french_spaces(
        f"{start} ; en {last.year}, {count_text(prudent)} sans croissance nationale, "
        f"{count_text(last.stock.median)} {_variant(found)}"
    )


def findings(shown: Foreseen) -> tuple[Finding, ...]:
    """Return the sentences officials read first."""
    found = shown.projection
    return (
        pessimistic(found),
        *((_stock(found),) if found.hypotheses.variant is not Variant.SANS_CROISSANCE else ()),
        _busiest(found.years),
        _time(found.years),
        *(_access(found, one) for one in found.horizons[-1:]),
        *(_cliff(one) for one in found.cliff if one.left.is_known),
        *((at_risk_finding(shown.at_risk),) if shown.at_risk else ()),
        *((handover_finding(shown.handover),) if shown.handover else ()),
    )


def count_text(figure: Figure) -> str:
    """Write a number of people: a decimal only where it is not whole."""
    value = figure.value
    return number(value, 0 if value is None or round(value, 9) == round(value) else 1)


def between(interval: Interval, decimals: int | None = None) -> str:
    """Write an interval: what eight draws in ten lie between."""
    if decimals is None:
        low, high = count_text(interval.low), count_text(interval.high)
    else:
        low, high = (number(one.value, decimals) for one in (interval.low, interval.high))
    return f"{CHANCES} : de {low} à {high}" if low != high else f"{CHANCES} au moins"


def _stock(found: Projection) -> Finding:
    last = found.years[-1]
    text = (
        f"{_variant(found)}, {count_text(last.stock.median)} en {last.year} "
        f"({between(last.stock)}).{_fragile(found.years)}"
    )
    return Finding(french_spaces(f"{text[:1].upper()}{text[1:]}"), (last.stock.median,))


def _variant(found: Projection) -> str:
    """Say where the arrivals of the main projection come from."""
    if found.hypotheses.edited & GIVEN_ARRIVALS:
        return "avec les arrivées que vous donnez"
    words = {
        Variant.OBSERVEE: "si les arrivées gardent leur rythme",
        Variant.SANS_CROISSANCE: "si les arrivées ne remplacent pas tous les départs",
        Variant.AUCUNE: "sans aucune arrivée",
    }
    return words[found.hypotheses.variant]


def _fragile(years: Sequence[Year]) -> str:
    start = years[0].stock.median.known_value()
    low = (one.year for one in years[1:] if one.stock.median.known_value() <= HALF * start)
    year = next(low, None)
    if year is None:
        return ""
    return f" L'offre est fragile dès {year} : la moitié ou moins de celle de {years[0].year}."


def _busiest(years: Sequence[Year]) -> Finding:
    """Name the year when most people leave."""
    year = max(years[1:], key=lambda one: one.exits.median.known_value())
    left, came = year.exits.median, year.entries.median
    text = (
        f"L'année où l'on part le plus est {year.year} : {count_text(left)} "
        f"{unit_text(left.known_value(), 'départs attendus')} ({between(year.exits)}), pour "
        f"{count_text(came)} {unit_text(came.known_value(), 'arrivées')}."
    )
    return Finding(french_spaces(text), (left, came))


def _time(years: Sequence[Year]) -> Finding:
    first, last = years[0], years[-1]
    text = (
        f"Le temps médical compte plus que les personnes : {figure_text(first.medical_time.median)}"
        f" en {first.year}, {number(last.medical_time.median.value, 1)} en {last.year} "
        f"({between(last.medical_time, 1)}), avec le temps partiel et le cumul emploi-retraite."
    )
    return Finding(french_spaces(text), (first.medical_time.median, last.medical_time.median))


def pessimistic(found: Projection) -> Finding:
    """Say what is left without national growth: fewer arrivals than departures."""
    first, last, where = found.years[0], found.pessimistic[-1], located(found.perimeter)
    text = (
        f"{where[:1].upper()}{where[1:]}, {figure_text(first.stock.median)} en {first.year} ; sans "
        f"croissance nationale, {count_text(last.stock.median)} en {last.year} "
        f"({between(last.stock)}) : les arrivées restent sous les départs, et c'est avec eux qu'il "
        f"faut pouvoir faire.{_fragile(found.pessimistic)}"
    )
    return Finding(french_spaces(text), (first.stock.median, last.stock.median))


def _access(found: Projection, last: Horizon) -> Finding:
    text = (
        f"{_variant(found)}, l'APL moyenne serait de {number(last.mean.median.value, 2)} "
        f"{last.mean.median.unit} en {last.year} ({between(last.mean, 2)})."
    )
    return Finding(french_spaces(f"{text[:1].upper()}{text[1:]}"), (last.mean.median,))


def _cliff(one: Cliff) -> Finding:
    text = (
        f"Sans les médecins de plus de {one.age} ans, l'APL moyenne passerait de "
        f"{number(one.today.value, 2)} à {number(one.left.value, 2)} : "
        f"{number(one.lost.value, 0)} % de moins, aujourd'hui même."
    )
    return Finding(french_spaces(text), (one.today, one.left, one.lost))


def at_risk_finding(found: AtRisk) -> Finding:
    """Say how many places hang on ageing doctors, far from any other."""
    one, several = ("bassin de vie", "bassins de vie") if found.unit == BASSIN else (
        "commune", "communes")  # fmt: skip
    rule = (
        f"tous les généralistes y ont plus de {found.age} ans et le plus proche ailleurs est à "
        f"plus de {found.minutes} minutes"
    )
    if found.detected:
        named = ", ".join(place.nom for place in found.detected[:5])
        text = f"{counted(len(found.detected), one, several)} en péril ({rule}) : {named}."
    else:
        none, each = ("Aucun bassin de vie", "chacun") if found.unit == BASSIN else (
            "Aucune commune", "chacune")  # fmt: skip
        why = (
            f"avec ce qui est connu ({rule})"
            if found.unsettled
            else f": {each} a un généraliste de {found.age} ans ou moins, ou un autre à "
            f"{found.minutes} minutes au plus"
        )
        text = f"{none} en péril {why}."
    if found.unsettled:
        text += (
            f" {counted(len(found.unsettled), one, several)} à vérifier : des âges, ou l'offre "
            "voisine, manquent."
        )
    return Finding(french_spaces(text))


def handover_finding(found: Handover) -> Finding:
    """Say how many practices stop soon without a successor."""
    count = len(found.practices)
    if not count:
        return Finding(
            french_spaces(
                f"Aucun cabinet à transmettre d'ici {found.years} ans parmi ceux déclarés."
            )
        )
    first = found.practices[0]
    text = (
        f"{counted(count, 'cabinet à transmettre', 'cabinets à transmettre')} d'ici {found.years} "
        f"ans, sans successeur ; le premier à {first.nom}, le {date_text(first.leaving.day)}."
    )
    told, untold = found.patients
    if told:
        text += f" {number(told)} patients à reprendre au moins."
    if untold:
        text += f" {counted(untold, 'cabinet ne dit', 'cabinets ne disent')} pas combien."
    if found.together.acts is not None and count > 1:
        text += f" Ensemble : {number(found.together.acts)} consultations par an en moins."
    return Finding(french_spaces(text))


def doubts(shown: Foreseen) -> Iterator[str]:
    """Yield what the reader must know before deciding."""
    unsure = [one.label for one in shown.hypotheses if not one.is_confirmed]
    if unsure:
        yield french_spaces(
            f"{counted(len(unsure), 'hypothèse')} sur {number(len(shown.hypotheses))} ne repose"
            f"{'nt' if len(unsure) > 1 else ''} sur aucun texte lu : la table des hypothèses les "
            "marque « non confirmé », et celle de sensibilité dit ce qu'elles changent."
        )
    for note in (*shown.projection.notes, *shown.notes):
        yield french_spaces(note)
