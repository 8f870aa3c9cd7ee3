"""A projection in sentences, in the words of the person who prepares a council."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.figures import Figure
from assemblier.french import date_text, french_spaces, number, unit_text
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Finding
from assemblier.reports.places import located
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.reports.typography import figure_text
from assemblier.scenarios.at_risk import BASSIN, AtRisk
from assemblier.scenarios.handover import Handover
from assemblier.scenarios.projection import Cliff, Course, Interval, Projection, Variant, Year

CHANCES = "8 chances sur 10"
HALF = 0.5
"""A stock that fell to this part of today's is called fragile."""
HANDFUL = 10
"""Under this number of people, an average is read with its tenths."""
COURSES = {
    Variant.SANS_CROISSANCE: "sans croissance nationale",
    Variant.OBSERVEE: "si les arrivées gardent leur rythme",
    Variant.AUCUNE: "sans aucune arrivée",
}
KEYS = {
    Variant.SANS_CROISSANCE: "prudent",
    Variant.OBSERVEE: "rythme",
    Variant.AUCUNE: "aucune",
}
"""What ends the key of the tables of a course."""
SHORT = {
    Variant.SANS_CROISSANCE: "sans croissance",
    Variant.OBSERVEE: "au rythme observé",
    Variant.AUCUNE: "sans arrivée",
}
"""The same where room lacks: at the end of a line."""


def course_text(course: Course) -> str:
    """Return where the arrivals of a course come from, inside a sentence."""
    return "avec les arrivées que vous donnez" if course.is_given else COURSES[course.variant]


def short_text(course: Course) -> str:
    """Return the same in a few words."""
    return "arrivées données" if course.is_given else SHORT[course.variant]


def course_title(course: Course) -> str:
    """Return the same at the head of a sentence, a table or a section."""
    return capital(course_text(course))


def course_key(course: Course) -> str:
    """Return what ends the key of a table of a course."""
    return KEYS[course.variant]


def capital(text: str) -> str:
    """Write the first letter as a capital, the others as they are."""
    return f"{text[:1].upper()}{text[1:]}"


def headline(found: Projection) -> str:
    """Return the answer in one line: today, then the end of each course."""
    first, *_ = found.years
    ends = ", ".join(f"{_end_text(one.years[-1])} {course_text(one)}" for one in found.courses)
    start = f"{figure_text(first.stock.median)} {located(found.perimeter)} en {first.year}"
    return french_spaces(f"{start} ; en {found.years[-1].year}, {ends}")


def findings(shown: Foreseen) -> tuple[Finding, ...]:
    """Return the sentences officials read first: those of the leading course, the other beside."""
    found = shown.projection
    lead, *others = found.courses
    return (
        stock_finding(found, lead),
        *(beside_finding(one, shown.flow) for one in others),
        *_busiest(lead),
        _time(lead),
        *((access_finding(found, -1),) if lead.horizons else ()),
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


def stock_finding(found: Projection, course: Course) -> Finding:
    """Say how many are left at the end of the leading course, from how many today."""
    first, last, where = course.years[0], course.years[-1], located(found.perimeter)
    # Arrivals that are announced may pass the departures, even without national growth.
    falls = last.expected.known_value() < first.expected.known_value()
    why = (
        " : en tout, les arrivées restent sous les départs, et c'est avec eux qu'il faut pouvoir "
        "faire"
        if course.variant is Variant.SANS_CROISSANCE and falls
        else ""
    )
    text = (
        f"{capital(where)}, {figure_text(first.stock.median)} en {first.year} ; "
        f"{course_text(course)}, {_end_text(last)} en {last.year} "
        f"({between(last.stock)}){why}.{_fragile(course.years)}"
    )
    return Finding(french_spaces(text), (first.stock.median, _end(last)))


def beside_finding(course: Course, flow: StockFlow | None = None) -> Finding:
    """Say where the other course ends, and that a rate of one year is not a forecast."""
    last = course.years[-1]
    why = (
        f" : c'est le rythme d'une seule année{_observed(flow)}, pas une prévision au-delà de "
        "quelques années"
        if is_rate(course)
        else ""
    )
    text = (
        f"{course_title(course)}, {_end_text(last)} en {last.year} "
        f"({between(last.stock)}){why}.{_fragile(course.years)}"
    )
    return Finding(french_spaces(text), (named(_end(last), course),))


def is_rate(course: Course) -> bool:
    """Whether a course carries forward the arrivals of one year."""
    return course.variant is Variant.OBSERVEE and not course.is_given


def _observed(flow: StockFlow | None) -> str:
    if flow is None:
        return ""
    start, came, left, end = (number(one.value) for one in _told(flow))
    return f" ({came} arrivées et {left} départs pour {start}, soit {end} un an après)"


def _end(last: Year) -> Figure:
    """Return how many are left: in the middle of the draws, on average of a handful of people.

    The middle of three people does not move when one in three leaves in four draws of ten.
    """
    return last.expected if last.stock.median.known_value() < HANDFUL else last.stock.median


def _end_text(last: Year) -> str:
    found = _end(last)
    is_whole = found is last.stock.median or round(found.known_value(), 1).is_integer()
    return number(found.value, 0) if is_whole else f"{number(found.value, 1)} en moyenne"


def _told(flow: StockFlow) -> tuple[Figure, Figure, Figure, Figure]:
    return flow.previous, flow.installations, flow.cessations, flow.stock


def flow_finding(flow: StockFlow) -> Finding:
    """Say which year the observed rates were read in, and how far they may be believed."""
    text = (
        f"Le rythme observé est celui d'une seule année, du {flow.previous.vintage} au "
        f"{flow.stock.vintage}{_observed(flow)}. Au-delà de quelques années, cette lecture n'est "
        "pas une prévision : elle dit seulement où mènerait ce rythme s'il durait."
    )
    return Finding(french_spaces(text), _told(flow))


def named(figure: Figure, course: Course) -> Figure:
    """Return a figure whose label says its course, where two courses stand side by side."""
    return replace(figure, label=f"{figure.label}, {course_text(course)}")


def _fragile(years: Sequence[Year]) -> str:
    start = years[0].stock.median.known_value()
    low = (one.year for one in years[1:] if one.stock.median.known_value() <= HALF * start)
    year = next(low, None)
    if year is None:
        return ""
    return f" L'offre est fragile dès {year} : la moitié ou moins de celle de {years[0].year}."


def _busiest(course: Course) -> Iterator[Finding]:
    """Name the year when most people leave, unless nobody is expected to in any year."""
    year = max(course.years[1:], key=lambda one: one.leaving.known_value())
    left, came = year.leaving, year.coming
    if left.known_value() < 1:
        return
    text = (
        f"{course_title(course)}, l'année où l'on part le plus est {year.year} : "
        f"{count_text(left)} {unit_text(left.known_value(), 'départs')} en moyenne "
        f"({between(year.exits)}), pour {count_text(came)} "
        f"{unit_text(came.known_value(), 'arrivées')}."
    )
    yield Finding(french_spaces(text), (left, came))


def _time(course: Course) -> Finding:
    first, last = course.years[0], course.years[-1]
    text = (
        f"Le temps médical compte plus que les personnes : {figure_text(first.medical_time.median)}"
        f" en {first.year}, {number(last.medical_time.median.value, 1)} en {last.year} "
        f"{course_text(course)} ({between(last.medical_time, 1)}), avec le temps partiel et le "
        "cumul emploi-retraite."
    )
    return Finding(french_spaces(text), (first.medical_time.median, last.medical_time.median))


def access_finding(found: Projection, rank: int) -> Finding:
    """Say the mean score at a horizon, of each course."""
    (lead, last), *others = [(one, one.horizons[rank]) for one in found.courses]
    mean = last.mean.median
    text = (
        f"{course_title(lead)}, l'APL moyenne serait de {number(mean.value, 2)} {mean.unit} en "
        f"{last.year} ({between(last.mean, 2)})"
    )
    beside = "".join(
        f" ; {course_text(one)}, de {number(end.mean.median.value, 2)} ({between(end.mean, 2)})"
        for one, end in others
    )
    told = (named(end.mean.median, one) for one, end in ((lead, last), *others))
    return Finding(french_spaces(f"{text}{beside}."), tuple(told))


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
