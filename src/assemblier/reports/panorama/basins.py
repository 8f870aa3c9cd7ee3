"""The bassins de vie: the scale daily life is lived at, and where care lacks most."""

from assemblier.diagnosis import basins
from assemblier.diagnosis.basins import Basin, Basins
from assemblier.french import number
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Finding,
    Items,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import (
    figures_table,
    number_column,
    text_column,
)
from assemblier.reports.panorama.quoting import quoted_texts
from assemblier.reports.panorama.scope import Scope
from assemblier.territory import enumeration
from assemblier.territory.composed import composition

TITLE = "Les bassins de vie"
VISIBLE = 30
NAMED = 10
"""How many bassins a sentence or a list names; the table has them all."""


def basin_sections(scope: Scope) -> tuple[Section, ...]:
    """Return the bassins de vie of a territory, the worst served first.

    Nothing when no composition was imported, nor for one commune: it has no bassin inside it.
    """
    if composition("bassin") is None or len(scope.perimeter.codes) == 1:
        return ()
    found = basins.basins(scope.perimeter)
    table = _table(found)
    printed = quoted_texts("zones_deficitaires") if scope.holds_haute_loire else ()
    blocks = (
        *_deficits(found),
        *printed,
        *_chart(found, table),
        *_thin(found),
        *_outside(scope, found),
    )
    return (Section("bassins-de-vie", _title(found), blocks),)


def _title(found: Basins) -> str:
    known = [basin for basin in found.basins if basin.apl.is_known]
    if not known:
        return f"{TITLE} : {len(found.basins)} bassins, APL non disponible"
    low = number(known[0].threshold, 1)
    if not found.deficits:
        return f"{TITLE} : aucun sous {low} consultations par an en {found.millesime}"
    return f"{len(found.deficits)} bassins de vie sur {len(found.basins)} sous {low} consultations"


def _deficits(found: Basins) -> tuple[Finding, ...]:
    if not found.deficits:
        return ()
    shown = [_name_and_apl(basin) for basin in found.deficits[:NAMED]]
    rest = len(found.deficits) - len(shown)
    names = enumeration([*shown, f"{rest} autres"] if rest else shown)
    threshold = number(found.deficits[0].threshold, 1)
    text = f"Sous {threshold} consultations par an (APL {found.millesime}) : {names}."
    return (Finding(text, tuple(basin.apl for basin in found.deficits[:NAMED])),)


def _name_and_apl(basin: Basin) -> str:
    return f"{basin.perimeter.nom} ({number(basin.apl.known_value(), 2)})"


def _chart(found: Basins, table: Table) -> tuple[Block, ...]:
    known = [basin for basin in found.basins if basin.apl.is_known]
    if len(known) < 2:
        return (table,)
    first, last = known[0], known[-1]
    summary = (
        f"De {_name_and_apl(first)} à {_name_and_apl(last)} ; les bassins sous "
        f"{number(first.threshold, 1)} sont en couleur."
    )
    named = tuple(basin.perimeter.nom for basin in found.deficits)
    title = f"APL moyenne des bassins de vie, {found.millesime}"
    return (Chart("bassins-de-vie", title, ChartKind.BARS, table, summary, named),)


def _table(found: Basins) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            basin.perimeter.nom,
            basin.apl,
            basin.practitioners,
            basin.inhabitants,
            len(basin.perimeter.codes),
            _flag(basin),
        )
        for basin in found.basins
    ]
    return figures_table(
        "bassins_de_vie",
        f"Bassins de vie, du moins bien au mieux servi (APL {found.millesime})",
        (
            text_column("bassin", "Bassin de vie"),
            number_column("apl", "APL moyenne", 2),
            number_column("generalistes", "Généralistes (lieux d'exercice)"),
            number_column("habitants", "Habitants"),
            number_column("communes", "Communes"),
            text_column("signal", "Signal"),
        ),
        rows,
        note=f"Composition : {found.source.title}, {found.source.vintage}. « Partie » : seules les "
        "communes du territoire sont comptées.",
        visible_rows=VISIBLE if len(rows) > VISIBLE else 0,
    )


def _flag(basin: Basin) -> str:
    words = []
    if basin.is_deficit:
        words.append("sous le seuil")
    if basin.is_thin:
        words.append("un généraliste au plus")
    return " ; ".join(words)


def _thin(found: Basins) -> tuple[Items, ...]:
    if not found.thin:
        return ()
    texts = tuple(
        f"{basin.perimeter.nom} : {number(basin.practitioners.known_value())} généraliste "
        f"({basin.practitioners.vintage})"
        for basin in found.thin[:NAMED]
    )
    if len(found.thin) > NAMED:
        texts = (*texts, f"et {len(found.thin) - NAMED} autres, dans le tableau")
    title = "Un seul départ suffirait : bassins de vie qui ont un généraliste au plus"
    origin = found.thin[0].practitioners.provenance
    return (Items(title, texts, Tone.WARNING, origin),)


def _outside(scope: Scope, found: Basins) -> tuple[Items, ...]:
    if not found.outside:
        return ()
    names = tuple(scope.names[code] for code in found.outside)
    return (Items("Communes que la composition ne connaît pas", names, Tone.MISSING),)
