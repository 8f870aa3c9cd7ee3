"""Beyond general practitioners: the published APL of five professions, and of age limits."""

from dataclasses import replace

from assemblier.diagnosis import apl, companions, local
from assemblier.diagnosis.apl import GP, PublishedApl
from assemblier.figures import Figure, unavailable
from assemblier.reports.document import Block, Cell, Finding, Section, Table
from assemblier.reports.panorama.blocks import (
    capitalised,
    figures_table,
    missing,
    number_column,
    text_column,
)
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.typography import figure_text
from assemblier.sources.stored import stored

KEY = "apl-professions"
LIMITS = ("apl", "apl_65", "apl_62", "apl_60")


def profession_sections(scope: Scope) -> tuple[Section, ...]:
    """Return the APL of every profession, once an APL was imported; nothing before."""
    if not stored("apl_publiee"):
        return ()
    found = {name: _mean(scope, name) for name in apl.UNITS}
    title = "Au-delà des généralistes : l'accès à cinq professions"
    blocks: list[Block] = [_finding(scope, found), _table(scope, found), *_limits(scope)]
    absent = [apl.FILES[name] for name, one in found.items() if not one.is_known]
    if absent:
        blocks.append(missing("APL des autres professions", " ; ".join(absent)))
    return (Section(KEY, title, tuple(blocks)),)


def _mean(scope: Scope, profession: str) -> Figure:
    published = local.published_apl(scope.perimeter, profession=profession)
    return apl.mean_apl(published, max(published.millesimes))


def _finding(scope: Scope, found: dict[str, Figure]) -> Finding:
    known = {name: one for name, one in found.items() if one.is_known}
    said = " ; ".join(
        f"{apl.PRACTITIONERS[name]} : {figure_text(one)} ({one.vintage.split(',')[0]})"
        for name, one in known.items()
    )
    where = scope.where[:1].upper() + scope.where[1:]
    return Finding(f"{where}, APL publiée : {said or 'non disponible'}.", tuple(known.values()))


def _table(scope: Scope, found: dict[str, Figure]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for profession, own in found.items():
        published = local.published_apl(scope.perimeter, profession=profession)
        year = max(published.millesimes)
        others = [companions.mean_apl_of(one, year, profession) for one in scope.companions]
        rows.append(
            (
                capitalised(apl.PRACTITIONERS[profession]),
                str(year) if own.is_known else "",
                *(replace(one, unit="") for one in (own, *others, _first(published))),
                apl.UNITS[profession],
            )
        )
    return figures_table(
        "apl_professions",
        "APL moyenne publiée, par profession",
        (
            text_column("profession", "Profession"),
            text_column("millesime", "Millésime"),
            number_column("territoire", scope.place, 2),
            *(
                number_column(f"repere_{rank}", one.nom, 2)
                for rank, one in enumerate(scope.companions, 1)
            ),
            number_column("premier", "Premier millésime connu", 2),
            text_column("unite", "Unité"),
        ),
        rows,
    )


def _first(published: PublishedApl) -> Figure:
    """Return the oldest mean, where there are several years."""
    if len(published.millesimes) < 2:
        return unavailable("APL antérieure", f"{published.missing}, un autre millésime")
    return apl.mean_apl(published, min(published.millesimes))


def _limits(scope: Scope) -> tuple[Table, ...]:
    """Return the mean APL without the doctors beyond an age, where the files give it."""
    rows: list[tuple[Cell, ...]] = []
    for series in LIMITS:
        published = local.published_apl(scope.perimeter, series, GP)
        by_year = [apl.mean_apl(published, year) for year in published.millesimes]
        rows += [
            (capitalised(apl.SERIES[series]), str(year), one)
            for year, one in zip(published.millesimes, by_year, strict=True)
            if one.is_known
        ]
    if len({row[0] for row in rows}) < 2:
        return ()
    table = figures_table(
        "apl_limites_age",
        "APL aux généralistes sans les médecins au-delà d'un âge",
        (
            text_column("serie", "Médecins comptés"),
            text_column("millesime", "Millésime"),
            number_column("apl", "APL moyenne", 2),
        ),
        rows,
    )
    return (table,)
