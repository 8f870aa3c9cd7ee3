"""Two snapshots of a territory side by side: what changed, and since when."""

import datetime as dt
from dataclasses import replace

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
        f"et celle de {found.after.year} ({date_text(found.after.day)}) : {_moved(len(moved))} sur "
        f"{len(found.changes)}."
    )
    warnings = (Items("À savoir", found.notices, Tone.WARNING),) if found.notices else ()
    figures = tuple(one.change for one in moved)
    return (Finding(text, figures), difference_table(found), *warnings)


def _moved(count: int) -> str:
    return f"{count} indicateurs ont changé" if count > 1 else f"{count} indicateur a changé"


def difference_table(found: Difference) -> Table:
    """Return each indicator in both snapshots, and its change."""
    return figures_table(
        "observatoire",
        f"Indicateurs de {found.before.year} et de {found.after.year}",
        (
            text_column("indicateur", "Indicateur"),
            number_column("avant", str(found.before.year)),
            number_column("apres", str(found.after.year)),
            number_column("evolution", "Évolution"),
            text_column("millesimes", "Millésime des données"),
        ),
        [_row(one) for one in found.changes],
        note="Même millésime aux deux dates : la source n'a rien mesuré de nouveau.",
    )


def _row(one: Change) -> tuple[Cell, ...]:
    unit = one.after.unit or one.before.unit
    label = capitalised(one.after.label)
    named = label if not unit or unit.casefold() in label.casefold() else f"{label} ({unit})"
    figures = (replace(figure, unit="") for figure in (one.before, one.after, one.change))
    return (named, *figures, _vintages(one))


def _vintages(one: Change) -> str:
    before, after = one.before.vintage, one.after.vintage
    if one.note:
        return f"{after} (même millésime)"
    told = [
        vintage if figure.is_known else "non disponible"
        for figure, vintage in ((one.before, before), (one.after, after))
    ]
    return " puis ".join(dict.fromkeys(told))
