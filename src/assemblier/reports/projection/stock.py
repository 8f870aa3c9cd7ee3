"""How many will practise: years in tables, a fan, columns."""

from dataclasses import replace

from assemblier.figures import Figure
from assemblier.french import french_spaces
from assemblier.reports.document import Block, Cell, Chart, ChartKind, Paragraph, Section, Table
from assemblier.reports.panorama.blocks import figures_table, number_column, text_column
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.reports.projection.words import (
    course_key,
    course_text,
    course_title,
    flow_finding,
    headline,
    is_rate,
    short_text,
)
from assemblier.scenarios.projection import Course, Interval, Overlay, Projection
from assemblier.scenarios.projection.reference import MODES

LOW, HIGH = "borne basse", "borne haute"
READING = (
    "Chaque tirage est un avenir possible : autant de tirages au-dessus qu'au-dessous du milieu, "
    "huit sur dix entre les deux bornes, un sur dix au-delà de chacune."
)


def stock_sections(shown: Foreseen) -> tuple[Section, ...]:
    """Return who will practise, the time they give, the same in each course, the national curve."""
    found = shown.projection
    told = (flow_finding(shown.flow),) if shown.flow and any(map(is_rate, found.courses)) else ()
    sections = (
        Section("effectif", headline(found), (fan(found), *told)),
        Section("mouvements", "Qui part, qui arrive", tuple(map(flows, found.courses))),
        Section("temps", "Le temps médical et la densité", tuple(map(time_table, found.courses))),
    )
    if shown.overlay is None:
        return sections
    return (*sections, Section("france", "À côté de la courbe nationale", _national(shown.overlay)))


def _national(found: Overlay) -> tuple[Block, ...]:
    said = (
        f"{found.source.producer}, {found.source.title} ({found.source.vintage}) : les médecins de "
        f"France par mode d'exercice, et ceux d'ici, ramenés à 100 en {found.year}."
    )
    return (Paragraph(french_spaces(said)), national_chart(found))


def national_chart(found: Overlay) -> Chart:
    """Return the local stock beside the national ones by mode, in the years all of them tell."""
    common = [year for year in found.local if all(year in one for one in found.national.values())]
    table = figures_table(
        "courbe_nationale",
        f"Pour 100 médecins en {found.year} : ici, et en France par mode d'exercice",
        (
            text_column("annee", "Année"),
            number_column("ici", "ici", 0),
            *(number_column(mode, f"France, {MODES[mode]}", 0) for mode in found.national),
        ),
        [
            (str(year), found.local[year], *(one[year] for one in found.national.values()))
            for year in common
        ],
    )
    summary = "Au-dessus de 100, plus qu'au départ ; au-dessous, moins."
    return Chart("courbe-nationale", table.title, ChartKind.LINES, table, summary)


def years_table(found: Projection) -> Table:
    """Return stock, departures and arrivals of each year together: what a ``.csv`` holds."""
    return figures_table(
        "annees",
        "Effectif, départs et arrivées, année par année",
        (
            text_column("lecture", "Lecture"),
            text_column("annee", "Année"),
            number_column("effectif", "Effectif en fin d'année", 1),
            number_column("effectif_bas", LOW, 1),
            number_column("effectif_haut", HIGH, 1),
            number_column("departs", "Départs, en moyenne", 1),
            number_column("arrivees", "Arrivées, en moyenne", 1),
            number_column("effectif_moyen", "Effectif en moyenne, calculé sans tirage", 1),
        ),
        [
            (
                course_text(course), str(one.year), one.stock.median, one.stock.low, one.stock.high,
                one.leaving, one.coming, one.expected,
            )
            for course in found.courses
            for one in course.years
        ],
        note=READING,
    )  # fmt: skip


def time_table(course: Course) -> Table:
    """Return the medical time and the density of each year of a course."""
    return figures_table(
        f"temps_medical_{course_key(course)}",
        f"{course_title(course)} : temps médical et densité, année par année",
        (
            text_column("annee", "Année"),
            number_column("etp", "Équivalents temps plein", 1),
            number_column("etp_bas", LOW, 1),
            number_column("etp_haut", HIGH, 1),
            number_column("densite", "Pour 10 000 habitants", 1),
            number_column("densite_bas", LOW, 1),
            number_column("densite_haut", HIGH, 1),
        ),
        [
            (
                str(one.year), one.medical_time.median, one.medical_time.low, one.medical_time.high,
                one.density.median, one.density.low, one.density.high,
            )
            for one in course.years
        ],
        note="Temps partiel, part des femmes et cumul emploi-retraite : table des hypothèses.",
    )  # fmt: skip


def fan(found: Projection) -> Chart:
    """Return the stock of each year and its interval, a fan for each course."""
    courses = found.courses
    columns = [text_column("annee", "Année")]
    for one in courses:
        name, key = short_text(one), course_key(one)
        ends = (f"{name}, {end}" for end in (LOW, HIGH))
        columns += [
            number_column(f"{place}_{key}", label, 0)
            for place, label in zip(("milieu", "bas", "haut"), (name, *ends), strict=True)
        ]
    rows: list[tuple[Cell, ...]] = [
        (str(years[0].year), *(figure for year in years for figure in _three(year.stock)))
        for years in zip(*(one.years for one in courses), strict=True)
    ]
    table = figures_table("effectif", "Effectif, année par année", columns, rows, note=READING)
    return Chart("eventail-effectif", table.title, ChartKind.FAN, table, READING)


def _three(interval: Interval) -> tuple[Figure, Figure, Figure]:
    return interval.median, interval.low, interval.high


def flows(course: Course) -> Chart:
    """Return arrivals above the line and departures below, year by year, on average."""
    moves = [(str(one.year), one.coming, one.leaving) for one in course.years[1:]]
    is_whole = all(round(one.known_value(), 9).is_integer() for _, *two in moves for one in two)
    decimals = 0 if is_whole else 1
    table = figures_table(
        f"flux_{course_key(course)}",
        f"{course_title(course)} : arrivées et départs attendus, année par année",
        (
            text_column("annee", "Année"),
            number_column("arrivees", "Arrivées", decimals),
            number_column("departs", "Départs", decimals),
        ),
        [(year, *(replace(one, decimals=decimals) for one in two)) for year, *two in moves],
        note="La moyenne de chaque année, calculée sans tirage.",
    )
    summary = "Au-dessus de la ligne, ceux qui arrivent ; au-dessous, ceux qui partent."
    return Chart(f"flux-{course_key(course)}", table.title, ChartKind.FLOWS, table, summary)
