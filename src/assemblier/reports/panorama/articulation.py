"""How the maps of health fit the EPCI: shares of population, and where they do not meet."""

from collections.abc import Sequence

from assemblier import territory
from assemblier.diagnosis import articulation
from assemblier.diagnosis.articulation import Articulation, Declared, Division
from assemblier.diagnosis.local import population_of
from assemblier.figures import NOWHERE, Provenance
from assemblier.reports.document import Block, Cell, Document, Finding, Items, Section, Table, Tone
from assemblier.reports.panorama.blocks import figures_table, number_column, text_column
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.panorama.single import single
from assemblier.territory import enumeration

KEY = "articulation"
TITLE = "Les périmètres de la santé et ceux des collectivités"
VISIBLE = 25
NAMED = 6
DEPARTEMENT = "Département"
"""Label of the one division that is embedded: most EPCI lie whole in one."""


def articulation_section(scope: Scope, declared: Sequence[Declared] = ()) -> Section:
    """Return how the EPCI of a territory fit the divisions that are known."""
    found = articulation.articulation(scope.perimeter, declared)
    return Section(KEY, TITLE, articulation_blocks(found))


def articulation_document(scope: Scope, declared: Sequence[Declared] = ()) -> Document:
    """Return the articulation as a report of its own, commune by commune too."""
    found = articulation.articulation(scope.perimeter, declared)
    blocks = (*articulation_blocks(found), crosswalk_table(scope, found))
    return single(scope, KEY, "Articulation des périmètres", blocks)


def articulation_blocks(found: Articulation) -> tuple[Block, ...]:
    """Return what is cut, the shares of each EPCI, and what nobody described."""
    cut = tuple(_cut(found, one) for one in found.known)
    by_file: dict[str, list[str]] = {}
    for one in found.divisions:
        if one.missing:
            by_file.setdefault(one.missing, []).append(one.label)
    absent = tuple(f"{', '.join(labels)} : {file}." for file, labels in by_file.items())
    blocks: list[Block] = list(cut)
    table = overlap_table(found)
    if table.rows:
        blocks.append(table)
    if absent:
        blocks.append(Items("Découpages non disponibles", absent, Tone.MISSING))
    return tuple(blocks)


def _cut(found: Articulation, division: Division) -> Finding:
    cut, outside = found.straddling(division), found.outside(division)
    total = len(found.epci)
    pieces = [f"{_counted(len(cut), total)} à cheval sur plusieurs territoires{_named(cut)}"]
    if outside:
        pieces.append(f"{_counted(len(outside), total)} hors de tout territoire{_named(outside)}")
    return Finding(f"{division.label} : {' ; '.join(pieces)}.")


def _counted(count: int, total: int) -> str:
    if total == 1:
        return "l'intercommunalité est" if count else "l'intercommunalité n'est pas"
    if not count:
        return f"aucune des {total} intercommunalités n'est"
    verb = "sont" if count > 1 else "est"
    return f"{count} intercommunalité{'s' * (count > 1)} sur {total} {verb}"


def _named(names: tuple[str, ...]) -> str:
    if not names:
        return ""
    rest = len(names) - NAMED
    shown = [*names[:NAMED], *([f"{rest} autre{'s' * (rest > 1)}"] if rest > 0 else [])]
    return f" ({enumeration(shown)})"


def overlap_table(found: Articulation) -> Table:
    """Return the share of each EPCI in each territory of each division."""
    cut = {one.label: found.straddling(one) for one in found.known}
    rows: list[tuple[Cell, ...]] = [
        (one.epci, one.division, one.territory, one.inhabitants, one.share)
        for one in found.overlaps
        if one.division != DEPARTEMENT or one.epci in cut[one.division]
    ]
    return figures_table(
        "articulation",
        "Chaque intercommunalité dans les autres découpages",
        (
            text_column("epci", "Intercommunalité"),
            text_column("decoupage", "Découpage"),
            text_column("territoire", "Territoire"),
            number_column("habitants", "Habitants"),
            number_column("part", "Part de l'intercommunalité (%)", 1, "%"),
        ),
        rows,
        note="Intercommunalités entières ; le département n'est dit que de celles qu'il coupe. "
        "« Aucune » : ces communes ne sont d'aucun territoire de "
        "ce découpage.",
        visible_rows=VISIBLE if len(rows) > VISIBLE else 0,
    )


def crosswalk_table(scope: Scope, found: Articulation) -> Table:
    """Return the territory of each commune in each division that is known."""
    codes = scope.perimeter.codes
    of_epci = {code: part.nom for part in scope.epci_parts for code in part.codes}
    people = population_of(codes).tolist()
    rows: list[tuple[Cell, ...]] = [
        (
            code,
            scope.names[code],
            None if count != count else count,
            of_epci.get(code, articulation.NONE),
            *(one.of(code) for one in found.known),
        )
        for code, count in zip(codes, people, strict=True)
    ]
    origin: Provenance = NOWHERE
    for one in found.known:
        origin = origin | one.origin
    return Table(
        key="passage_communes",
        title="De chaque commune à ses territoires",
        columns=(
            text_column("code_commune", "Code"),
            text_column("nom", "Commune"),
            number_column("population", "Habitants"),
            text_column("epci", "Intercommunalité"),
            *(text_column(one.key, one.label) for one in found.known),
        ),
        rows=tuple(rows),
        provenance=territory.index().provenance("population") | origin,
        visible_rows=VISIBLE if len(rows) > VISIBLE else 0,
        codes=codes,
    )
