"""How many will practise: years in tables, a fan, columns."""

from collections.abc import Sequence

from assemblier.french import french_spaces
from assemblier.reports.document import Block, Chart, ChartKind, Paragraph, Section, Table
from assemblier.reports.panorama.blocks import figures_table, number_column, text_column
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.reports.projection.words import headline, pessimistic
from assemblier.scenarios.projection import Overlay, Projection, Year
from assemblier.scenarios.projection.reference import MODES

LOW, HIGH = "borne basse", "borne haute"
READING = (
    "Chaque tirage est un avenir possible : autant de tirages au-dessus qu'au-dessous du milieu, "
    "huit sur dix entre les deux bornes, un sur dix au-delà de chacune."
)


def stock_sections(shown: Foreseen) -> tuple[Section, ...]:
    """Return who will practise, the time they give, the same without growth, the national curve."""
    found = shown.projection
    sections = (
        Section("effectif", headline(found), (fan(found.years),)),
        Section("mouvements", "Qui part, qui arrive", (flows(found.years),)),
        Section("temps", "Le temps médical et la densité", (time_table(found.years),)),
        Section("sans-croissance", "Sans croissance nationale : ce qui reste faisable",
                _without_growth(found)),
    )  # fmt: skip
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


def _without_growth(found: Projection) -> tuple[Block, ...]:
    return (
        pessimistic(found),
        fan(found.pessimistic, "sans_croissance", "sans croissance nationale"),
    )


def years_table(found: Projection) -> Table:
    """Return stock, departures and arrivals of each year together: what a ``.csv`` holds."""
    return figures_table(
        "annees",
        "Effectif, départs et arrivées, année par année",
        (
            text_column("annee", "Année"),
            number_column("effectif", "Effectif en fin d'année", 1),
            number_column("effectif_bas", LOW, 1),
            number_column("effectif_haut", HIGH, 1),
            number_column("departs", "Départs", 1),
            number_column("arrivees", "Arrivées", 1),
            number_column("effectif_moyen", "Effectif en moyenne, calculé sans tirage", 1),
        ),
        [
            (
                str(one.year), one.stock.median, one.stock.low, one.stock.high, one.exits.median,
                one.entries.median, one.expected,
            )
            for one in found.years
        ],
        note=READING,
    )  # fmt: skip


def time_table(years: Sequence[Year]) -> Table:
    """Return the medical time and the density of each year."""
    return figures_table(
        "temps_medical",
        "Temps médical et densité, année par année",
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
            for one in years
        ],
        note="Temps partiel, part des femmes et cumul emploi-retraite : table des hypothèses.",
    )  # fmt: skip


def fan(years: Sequence[Year], key: str = "effectif", how: str = "") -> Chart:
    """Return the stock of each year and its interval, as a fan."""
    table = figures_table(
        f"eventail_{key}",
        f"Effectif, année par année{f', {how}' if how else ''}",
        (
            text_column("annee", "Année"),
            number_column("milieu", "milieu", 0),
            number_column("bas", LOW, 0),
            number_column("haut", HIGH, 0),
        ),
        [(str(one.year), one.stock.median, one.stock.low, one.stock.high) for one in years],
        note=READING,
    )
    return Chart(f"eventail-{key}", table.title, ChartKind.FAN, table, READING)


def flows(years: Sequence[Year]) -> Chart:
    """Return arrivals above the line and departures below, year by year."""
    table = figures_table(
        "flux",
        "Arrivées et départs attendus, année par année",
        (
            text_column("annee", "Année"),
            number_column("arrivees", "Arrivées", 0),
            number_column("departs", "Départs", 0),
        ),
        [(str(one.year), one.entries.median, one.exits.median) for one in years[1:]],
        note="Le milieu des tirages de chaque année.",
    )
    summary = "Au-dessus de la ligne, ceux qui arrivent ; au-dessous, ceux qui partent."
    return Chart("flux", table.title, ChartKind.FLOWS, table, summary)
