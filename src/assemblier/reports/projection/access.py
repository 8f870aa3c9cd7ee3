"""What access will be: scores, zones and the cliff, commune by commune."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from assemblier import territory
from assemblier.diagnosis.bands import bands, classify
from assemblier.figures import Figure
from assemblier.french import french_spaces, number
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Block, Cell, Map, Paragraph, Section, Table
from assemblier.reports.panorama.blocks import (
    figures_table,
    missing,
    number_column,
    text_column,
)
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.projection.stock import HIGH, LOW
from assemblier.reports.projection.words import (
    access_finding,
    course_key,
    course_text,
    course_title,
)
from assemblier.reports.theme import APL_CLASSES
from assemblier.reports.typography import figure_text
from assemblier.scenarios.projection import Cliff, Course, Horizon, Projection, Score
from assemblier.zoning.doctors import Position

VISIBLE_ROWS = 15
NEARLY = 0.5
"""Under this number of draws in a hundred, a chance would be written 0."""


def access_sections(found: Projection, on: dt.date) -> tuple[Section, ...]:
    """Return the scores of each horizon, the zones, and the cliff of today."""
    lead, *_ = found.courses
    sections = [
        Section(f"apl-{lead.horizons[rank].year}", _title(found, rank), _scores(found, rank, on))
        for rank in range(len(lead.horizons))
    ]
    if any(one.territoires for one in lead.horizons):
        blocks = _zones(found, len(lead.horizons))
        sections.append(Section("zones", "Dans quelle zone, avec quelle chance", blocks))
    if found.cliff:
        known = [one for one in found.cliff if one.left.is_known]
        sections.append(Section("falaise", _cliff_title(known), _cliffs(known, found.cliff)))
    return tuple(sections)


def _title(found: Projection, rank: int) -> str:
    """Return the mean score of each course at a horizon."""
    ends = [(one, one.horizons[rank]) for one in found.courses]
    means = ", ".join(f"{number(end.mean.median.value, 2)} {course_text(one)}" for one, end in ends)
    return french_spaces(f"APL moyenne en {ends[0][1].year} : {means}")


def _scores(found: Projection, rank: int, on: dt.date) -> tuple[Block, ...]:
    tables = (scores_table(one, one.horizons[rank]) for one in found.courses)
    return (access_finding(found, rank), score_map(found, rank, on), *tables)


def scores_table(course: Course, one: Horizon) -> Table:
    """Return the score of each commune at a horizon, the one that loses most first."""
    scores = sorted(one.communes, key=_order)
    return figures_table(
        f"apl_{one.year}_{course_key(course)}",
        f"{course_title(course)} : APL de chaque commune en {one.year}, celles qui perdent le plus "
        "d'abord",
        (
            text_column("code_commune", "Code commune"),
            text_column("nom", "Commune"),
            number_column("apl_publiee", "APL publiée", 2),
            number_column("apl", f"APL {one.year}", 2),
            number_column("apl_basse", LOW, 2),
            number_column("apl_haute", HIGH, 2),
        ),
        [
            (score.code, score.nom, score.today, score.at.median, score.at.low, score.at.high)
            for score in scores
        ],
        note="L'APL publiée, plus la différence que font les départs et les arrivées sur le socle.",
        visible_rows=VISIBLE_ROWS,
        codes=[score.code for score in scores],
    )


def _order(score: Score) -> tuple[bool, float, float, str]:
    now, then = score.today.value, score.at.median.value
    if now is None or then is None:
        return (True, 0.0, 0.0, score.nom)
    return (False, then - now, then, score.nom)


def score_map(found: Projection, rank: int, on: dt.date) -> Map:
    """Return the map of the middle score of each commune at a horizon of the leading course."""
    lead, *_ = found.courses
    one = lead.horizons[rank]
    scope = Scope(found.perimeter, on)
    among = bands(on)
    by_code = {score.code: score for score in one.communes}
    class_of: dict[str, int | None] = {}
    value_of: dict[str, str] = {}
    for code in found.perimeter.codes:
        score = by_code.get(code)
        band = classify(score.at.median.value, among) if score else None
        class_of[code] = None if band is None else band.index
        value_of[code] = _shown(score)
    low = sum(rank == 0 for rank in class_of.values())
    return Map(
        f"carte-apl-{one.year}",
        f"{course_title(lead)} : APL aux médecins généralistes en {one.year}, par commune",
        APL_CLASSES,
        class_of,
        value_of,
        scope.names,
        french_spaces(
            f"{course_title(lead)}, {counted(low, 'commune')} sous {number(among[0].high, 1)} en "
            f"{one.year}, au milieu des tirages."
        ),
        scores_table(lead, one),
        scope.neighbours,
        labels=scope.main_towns,
        outlines=tuple((part.nom, part.codes) for part in territory.epci_within(found.perimeter)),
        vintage=f"projection {one.year}",
        provenance=found.provenance,
        legend=one.mean.median.unit,
    )  # fmt: skip


def _shown(score: Score | None) -> str:
    if score is None:
        return "non disponible"
    low, high = (number(one.value, 2) for one in (score.at.low, score.at.high))
    return french_spaces(f"{figure_text(score.at.median)} (de {low} à {high})")


def _zones(found: Projection, count: int) -> tuple[Block, ...]:
    warning = Paragraph(
        french_spaces(
            "La position vient de l'APL aux médecins de 65 ans et moins, comme dans la méthode "
            "nationale. La zone elle-même est choisie par l'agence régionale de santé (ARS), dans "
            "la limite de ses plafonds, et fixée par arrêté : ces chances ne la préjugent pas."
        )
    )
    tables = (
        zones_table(course, course.horizons[rank])
        for rank in range(count)
        for course in found.courses
    )
    return (*tables, warning)


def _chance(figure: Figure | None) -> Figure | None:
    """Write a chance that is not quite 0 nor 100 with a decimal, for it not to read as sure."""
    if figure is None or figure.value is None:
        return figure
    is_nearly_sure = 0 < min(figure.value, 100 - figure.value) < NEARLY
    return replace(figure, decimals=1) if is_nearly_sure else figure


def zones_table(course: Course, one: Horizon) -> Table:
    """Return where each territoire de vie-santé may stand at a horizon."""
    positions = tuple(Position)
    rows: list[tuple[Cell, ...]] = []
    for zoned in one.territoires:
        chance = {part.position: part.share for part in zoned.chances}
        today = zoned.position.value if zoned.position else None
        rows.append(
            (
                zoned.code, zoned.nom, zoned.today, today, zoned.at.median,
                *(_chance(chance.get(position)) for position in positions),
            )
        )  # fmt: skip
    return figures_table(
        f"zones_{one.year}_{course_key(course)}",
        f"{course_title(course)} : les territoires de vie-santé en {one.year}, leur position et "
        "ses chances",
        (
            text_column("code_tvs", "Code"),
            text_column("nom", "Territoire de vie-santé"),
            number_column("apl_65", "APL publiée (65 ans et moins)", 2),
            text_column("position", "Position d'après l'APL publiée"),
            number_column("apl", f"APL {one.year}", 2),
            *(
                number_column(f"chance_{position.name.lower()}", f"{position.value} (%)", 0)
                for position in positions
            ),
        ),
        rows,
        note="Sur cent tirages, combien mettent le territoire à cette place.",
        visible_rows=VISIBLE_ROWS,
    )


def _cliff_title(known: Sequence[Cliff]) -> str:
    if not known:
        return "La falaise : non disponible"
    ages = ", ".join(str(one.age) for one in known)
    return french_spaces(f"La falaise : l'APL d'aujourd'hui sans les plus de {ages} ans")


def _cliffs(known: Sequence[Cliff], every: Sequence[Cliff]) -> tuple[Block, ...]:
    said = Paragraph(
        french_spaces(
            "Ce n'est pas une projection : c'est l'APL publiée, relue sans ceux qui dépassent un "
            "âge aujourd'hui, comme si tous partaient ensemble et que personne n'arrivait."
        )
    )
    lacking = [one for one in every if not one.left.is_known]
    ages = ", ".join(str(one.age) for one in lacking)
    absent = (missing(f"APL sans les plus de {ages} ans", lacking[0].left.missing),) if ages else ()
    tables = (cliff_table(known), cliff_communes(known)) if known else ()
    return (said, *tables, *absent)


def cliff_table(cliffs: Sequence[Cliff]) -> Table:
    """Return the mean score without those over each age."""
    return figures_table(
        "falaise",
        "L'APL moyenne sans les plus âgés",
        (
            text_column("lecture", "Lecture"),
            number_column("apl", "APL de tous", 2),
            number_column("apl_sans", "APL sans eux", 2),
            number_column("perte", "Perte (%)", 0),
        ),
        [(one.label, one.today, one.left, one.lost) for one in cliffs],
    )


def cliff_communes(cliffs: Sequence[Cliff]) -> Table:
    """Return the score of each commune without those over each age."""
    every = {code: (nom, today) for one in cliffs for code, nom, today, _ in one.communes}
    left = {(one.age, code): figure for one in cliffs for code, _, _, figure in one.communes}
    rows: list[tuple[Cell, ...]] = [
        (code, nom, today, *(left.get((one.age, code)) for one in cliffs))
        for code, (nom, today) in sorted(every.items())
    ]
    return figures_table(
        "falaise_communes",
        "L'APL de chaque commune sans les plus âgés",
        (
            text_column("code_commune", "Code commune"),
            text_column("nom", "Commune"),
            number_column("apl", "APL de tous", 2),
            *(
                number_column(f"apl_sans_{one.age}", f"Sans les plus de {one.age} ans", 2)
                for one in cliffs
            ),
        ),
        rows,
        visible_rows=VISIBLE_ROWS,
        codes=sorted(every),
    )
