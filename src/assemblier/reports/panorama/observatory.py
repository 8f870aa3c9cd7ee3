"""Two snapshots of a territory side by side: what changed, and since when."""

import datetime as dt

from assemblier.diagnosis import snapshots
from assemblier.diagnosis.observatory import Change, Difference, Snapshot, difference, indicators
from assemblier.french import date_text
from assemblier.reports.document import (
    Block,
    Cell,
    Document,
    Finding,
    Items,
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
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.panorama.single import single
from assemblier.territory import Perimeter

KEY = "observatoire"


def program_version() -> str:
    """Return the version of the installed distribution."""
    from importlib.metadata import version

    return version("assemblier")


def snapshot(perimeter: Perimeter, year: int, on: dt.date) -> Snapshot:
    """Return the indicators of a territory as they are known now."""
    return Snapshot(
        perimeter.expression,
        perimeter.nom,
        perimeter.codes,
        year,
        on,
        program_version(),
        indicators(perimeter, on),
    )


def observatory_section(scope: Scope) -> tuple[Section, ...]:
    """Return what changed since the last snapshot; nothing where there is none."""
    earlier = [year for year in snapshots.years(scope.perimeter) if year <= scope.on.year]
    if not earlier:
        return ()
    before = snapshots.read(scope.perimeter, earlier[-1])
    found = difference(before, snapshot(scope.perimeter, scope.on.year, scope.on))
    title = f"Depuis la photographie de {before.year}"
    return (Section(KEY, title, difference_blocks(found)),)


def difference_document(scope: Scope, found: Difference) -> Document:
    """Return the difference of two snapshots as a report of its own."""
    title = f"Observatoire local de la santé, {found.before.year} – {found.after.year}"
    return single(scope, KEY, title, difference_blocks(found))


def difference_blocks(found: Difference) -> tuple[Block, ...]:
    """Return the sentence, the table and what must be read with care."""
    moved = [one for one in found.changes if one.change.value]
    text = (
        f"Entre la photographie de {found.before.year} (prise le {date_text(found.before.day)}) "
        f"et celle de {found.after.year} ({date_text(found.after.day)}) : {len(moved)} indicateurs "
        f"sur {len(found.changes)} ont changé."
    )
    warnings = (Items("À savoir", found.notices, Tone.WARNING),) if found.notices else ()
    figures = tuple(one.change for one in moved)
    return (Finding(text, figures), difference_table(found), *warnings)


def difference_table(found: Difference) -> Table:
    """Return each indicator in both snapshots, and its change."""
    rows: list[tuple[Cell, ...]] = [_row(one) for one in found.changes]
    return figures_table(
        "observatoire",
        f"Indicateurs de {found.before.year} et de {found.after.year}",
        (
            text_column("indicateur", "Indicateur"),
            text_column("unite", "Unité"),
            number_column("avant", str(found.before.year)),
            text_column("millesime_avant", "Millésime"),
            number_column("apres", str(found.after.year)),
            text_column("millesime_apres", "Millésime ensuite"),
            number_column("evolution", "Évolution"),
            text_column("note", "À savoir"),
        ),
        rows,
    )


def _row(one: Change) -> tuple[Cell, ...]:
    unit = one.after.unit or one.before.unit
    return (
        capitalised(one.after.label),
        unit,
        one.before,
        one.before.vintage,
        one.after,
        one.after.vintage,
        one.change,
        one.note,
    )
