"""A project as a document: the answer, what it is computed from, what would change it."""

from collections.abc import Iterator
from dataclasses import replace

from assemblier.figures import Figure, Nature, Provenance
from assemblier.french import date_text
from assemblier.projects.calculation import Block as Rows
from assemblier.projects.calculation import Row
from assemblier.projects.ranges import effects, span_text
from assemblier.projects.study import Drawn, Listing, Picture, Study, quantity
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Document,
    Finding,
    Items,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import (
    capitalised,
    figures_table,
    number_column,
    text_column,
)


def project_document(study: Study) -> Document:
    """Return the report of a project.

    Always true
    -----------
    Every row of the calculation is in it, with its formula or its origin.
    """
    parts = (
        Part("calcul", "Le calcul, ligne à ligne", tuple(_calculation(study))),
        Part("fourchettes", "Ce qui changerait le résultat", tuple(_ranges(study))),
        Part("reperes", "Repères et précautions", tuple(_beside(study))),
    )
    return Document(
        key=f"projet-{study.kind}",
        title=study.title,
        subtitle=study.subtitle,
        date=date_text(study.on),
        summary=tuple(_summary(study)),
        parts=tuple(part for part in parts if part.sections),
    )


def _summary(study: Study) -> Iterator[Block]:
    for one in study.findings:
        yield Finding(one.text, tuple(study.figure(*place) for place in one.places))
    if study.refusals:
        lines = tuple(f"{one.what} : {one.why} À faire : {one.action}" for one in study.refusals)
        yield Items("Refusé", lines, Tone.WARNING)
    if between := span_text(study):
        yield Finding(between)
    for picture in study.pictures:
        yield _chart(study, picture)
    for listing in study.listings:
        yield _listing(listing)
    if lacking := study.missing():
        yield Items("Non disponible, à renseigner", lacking, Tone.MISSING)


# ── the calculation ───────────────────────────────────────────────────────────────────────────


def _calculation(study: Study) -> Iterator[Section]:
    for rank, block in enumerate(study.calculation.blocks, start=1):
        if block.rows:
            yield Section(f"calcul-{rank}", block.title, (_block_table(study, block, rank),))


def _block_table(study: Study, block: Rows, rank: int) -> Table:
    columns = [text_column("ligne", "Ligne")]
    columns += [
        number_column(f"valeur_{place}", title)
        for place, title in enumerate(block.columns, start=1)
    ]
    columns.append(text_column("origine", "Formule, ou origine de la valeur"))
    rows = [
        (capitalised(row.label), *_cells(study, row), _origin(study, row)) for row in block.rows
    ]
    return figures_table(f"calcul_{rank}", block.title, columns, rows)


def _cells(study: Study, row: Row) -> Iterator[Cell]:
    for column in range(len(row.cells)):
        yield _bare(study.figure(row.key, column))


def _bare(figure: Figure) -> Figure:
    """Return a figure without its formula: the table says it in the column beside."""
    return replace(figure, provenance=Provenance(figure.provenance.sources))


def _origin(study: Study, row: Row) -> str:
    formula = study.calculation.formula(row.key, len(row.cells) - 1)
    return f"= {formula}" if formula else row.origin


# ── ranges ────────────────────────────────────────────────────────────────────────────────────


def _ranges(study: Study) -> Iterator[Section]:
    if study.result is None:
        return
    found = effects(study.calculation, study.result)
    if not found:
        return
    row = study.calculation.row_of[study.result[0]]
    columns = (
        text_column("hypothese", "Hypothèse"),
        number_column("ecart", f"Écart ({row.unit})", row.decimals, row.unit),
        text_column("de_a", "Déplacée de … à …"),
        number_column("bas", f"{capitalised(row.label)} à son plus bas", row.decimals, row.unit),
        number_column("haut", f"{capitalised(row.label)} à son plus haut", row.decimals, row.unit),
    )
    rows = tuple(
        (
            capitalised(one.row.label),
            float(one.width),
            f"{quantity(one.row.low, '', one.row.decimals).strip()} à "
            f"{quantity(one.row.high, one.row.unit, one.row.decimals)}",
            float(one.at_low),
            float(one.at_high),
        )
        for one in found
    )
    origin = Provenance(method="Une hypothèse est déplacée à la fois, les autres restant en place.")
    table = Table("fourchettes", "Une hypothèse à la fois", columns, rows, Nature.ESTIME, origin)
    chart = Chart(
        "sensibilite",
        f"De combien chaque hypothèse déplace le résultat ({row.unit})",
        ChartKind.BARS,
        table,
        f"L'hypothèse qui compte le plus : {found[0].row.label}.",
    )
    yield Section("fourchettes", f"Ce qui compte le plus : {found[0].row.label}", (chart,))


# ── pictures and lists ────────────────────────────────────────────────────────────────────────


def _chart(study: Study, picture: Picture) -> Chart:
    rows = [study.calculation.row_of[key] for key in picture.keys]
    if picture.form is Drawn.LINES:
        return _lines(study, picture, rows)
    return _bars(study, picture, rows)


def _bars(study: Study, picture: Picture, rows: list[Row]) -> Chart:
    cells = [
        (capitalised(row.label), _bare(study.figure(row.key, len(row.cells) - 1))) for row in rows
    ]
    columns = (text_column("ligne", "Ligne"), number_column("valeur", "Valeur", 0, rows[0].unit))
    table = figures_table(f"graphique_{picture.key}"[:25], picture.title, columns, cells)
    return Chart(picture.key, picture.title, ChartKind.BARS, table, picture.summary)


def _lines(study: Study, picture: Picture, rows: list[Row]) -> Chart:
    block = next(one for one in study.calculation.blocks if rows[0] in one.rows)
    columns = [Column("annee", "Année")]
    columns += [number_column(row.key, capitalised(row.label), 0, row.unit) for row in rows]
    cells: list[tuple[Cell, ...]] = []
    for place, _ in enumerate(block.columns):
        figures: list[Figure] = [_bare(study.figure(row.key, place)) for row in rows]
        cells.append((place + 1, *figures))
    table = figures_table(f"graphique_{picture.key}"[:25], picture.title, columns, cells)
    return Chart(picture.key, picture.title, ChartKind.LINES, table, picture.summary)


def _listing(listing: Listing) -> Table:
    columns = tuple(
        text_column(f"colonne_{rank}", label) for rank, label in enumerate(listing.columns, start=1)
    )
    return Table(
        listing.key,
        listing.title,
        columns,
        listing.rows,
        Nature.CITE if listing.sources else Nature.CALCULE,
        Provenance(listing.sources),
        listing.note,
    )


def _beside(study: Study) -> Iterator[Section]:
    unsure = tuple(
        f"{capitalised(row.label)} : {row.origin}"
        for row in study.calculation.rows()
        if row.is_entry and row.confidence.value != "confirmé"
    )
    if unsure:
        title = "Des valeurs sont à confirmer ou à remplacer par les vôtres"
        yield Section("a-confirmer", title, (Items("À confirmer", unsure, Tone.WARNING),))
    if study.warnings:
        title = "Ce que ce calcul ne dit pas"
        yield Section("precautions", title, (Items("Précautions", study.warnings),))
