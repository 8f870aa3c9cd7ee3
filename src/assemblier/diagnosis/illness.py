"""Long-term illness (ALD) and mortality as imported: of a territory and of those inside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assemblier.diagnosis.ald import LongTermIllness, long_term_illness
from assemblier.diagnosis.context import LEVELS, cited_value
from assemblier.diagnosis.mortality import Mortality, mortality
from assemblier.figures import Figure, Provenance
from assemblier.sources.stored import Stored, stored
from assemblier.territory import Perimeter, at_scale, companions, index

ALL_CONDITIONS = "toutes"
EVERYONE, EVERY_AGE = "ensemble", "tous"
ALL_CAUSES = "toutes"


@dataclass(frozen=True, slots=True)
class Line:
    """One territory of a table: its level, its name, its figure."""

    level: str
    name: str
    figure: Figure


def long_term(perimeter: Perimeter) -> LongTermIllness | None:
    """Return the share of patients in ALD of a territory beside its references, or None."""
    own = _share(perimeter)
    if own is None:
        return None
    known = {other.nom: _share(other) for other in companions(perimeter)}
    return long_term_illness(own, {name: share for name, share in known.items() if share})


def long_term_within(perimeter: Perimeter, condition: str = ALL_CONDITIONS) -> tuple[Line, ...]:
    """Return the share or rate in ALD of the EPCI of a territory, then of its bassins de vie.

    A bassin de vie is there when the commune at its centre is in the territory.
    """
    groups = {group.code: group.nom for group in at_scale(perimeter, "epci").groups}
    rows = index()
    centres = {
        code: str(rows.nom[row])
        for code, row in zip(perimeter.codes, rows.positions(perimeter.codes), strict=True)
    }
    return (
        *_lines("epci", groups, condition),
        *_lines("bassin_de_vie", centres, condition),
    )


def conditions(perimeter: Perimeter) -> tuple[str, ...]:
    """Return the conditions told apart for a territory, ``"toutes"`` left out."""
    found: dict[str, None] = {}
    for table in stored("ald"):
        rows = (
            table.rows("code", (perimeter.code,)) if perimeter.code else table.rows("code", ("FR",))
        )
        found.update(dict.fromkeys(rows["ald"].unique().sort().to_list()))
    return tuple(name for name in found if name != ALL_CONDITIONS)


def rate_of(perimeter: Perimeter, condition: str) -> Figure | None:
    """Return the share or the rate of a condition in a territory, or None where no file has it."""
    return _share(perimeter, condition)


def _share(perimeter: Perimeter, condition: str = ALL_CONDITIONS) -> Figure | None:
    level = "france" if perimeter.kind == "france" else LEVELS.get(perimeter.kind, "")
    code = "FR" if level == "france" else perimeter.code
    found = _lines(level, {code: perimeter.nom}, condition) if level else ()
    return found[0].figure if found else None


def _lines(level: str, names: "dict[str, str]", condition: str) -> tuple[Line, ...]:
    import polars as pl

    for table in stored("ald"):
        rows = table.rows("code", tuple(names)).filter(
            pl.col("niveau") == level,
            pl.col("ald") == condition,
            pl.col("sexe") == EVERYONE,
            pl.col("age") == EVERY_AGE,
            pl.col("unite").is_not_null(),
        )
        if rows.is_empty():
            continue
        rows = rows.filter(pl.col("millesime") == pl.col("millesime").max()).sort("code")
        columns = ("code", "millesime", "taux", "unite", "statut")
        return tuple(
            Line(level, names[code], _rate(condition, rate, unit, year, status, table))
            for code, year, rate, unit, status in rows.select(columns).iter_rows()
        )
    return ()


def _rate(
    condition: str, rate: float | None, unit: str, year: int, status: str, table: Stored
) -> Figure:
    label = "patients en affection longue durée (ALD)"
    if condition != ALL_CONDITIONS:
        label = f"{label}, {condition}"
    return cited_value(label, rate, "%" if unit.startswith("%") else unit, str(year), status, table)


def causes(perimeter: Perimeter) -> Mortality | None:
    """Return the deaths by cause of a territory that were imported, or None."""
    rows, table = _deaths(*_level_and_code(perimeter))
    counted = [(cause, count) for cause, _, count, _, _ in rows if count is not None]
    parts = [(cause, int(count), None) for cause, count in counted if cause != ALL_CAUSES]
    if table is None or not parts or sum(count for _, count, _ in parts) == 0:
        return None
    totals = [int(count) for cause, count in counted if cause == ALL_CAUSES]
    return mortality(parts, totals[0] if totals else None, rows[0][1], Provenance((table.source,)))


def death_rates(perimeter: Perimeter) -> tuple[Line, ...]:
    """Return the mortality rates, all causes, of a territory, its ZSP and its references."""
    own = _rates(*_level_and_code(perimeter), perimeter.kind, perimeter.nom)
    zones = [
        line for code in _zones(perimeter) for line in _rates("zsp", code, "zsp", f"ZSP {code}")
    ]
    larger = [
        line
        for place in companions(perimeter)
        for line in _rates(*_level_and_code(place), place.kind, place.nom)
    ]
    return (*own, *zones, *larger)


def _level_and_code(perimeter: Perimeter) -> tuple[str, str]:
    level = "france" if perimeter.kind == "france" else LEVELS.get(perimeter.kind, "")
    return level, "FR" if level == "france" else perimeter.code


def _rates(level: str, code: str, kind: str, name: str) -> list[Line]:
    rows, table = _deaths(level, code)
    return [
        Line(kind, name, cited_value("mortalité", rate, unit, period, "connu", table))
        for cause, period, _, rate, unit in rows
        if table is not None and cause == ALL_CAUSES and rate is not None
    ]


def _zones(perimeter: Perimeter) -> tuple[str, ...]:
    """Return the zones de soins de proximité of a département: their codes begin with its own."""
    import polars as pl

    if perimeter.kind != "departement":
        return ()
    found: set[str] = set()
    for table in stored("mortalite"):
        rows = table.rows("niveau", ("zsp",)).filter(pl.col("code").str.starts_with(perimeter.code))
        found.update(rows["code"].to_list())
    return tuple(sorted(found))


Row = tuple[str, str, float | None, float | None, str]


def _deaths(level: str, code: str) -> tuple[Sequence[Row], Stored | None]:
    """Return cause, period, deaths, rate and unit of the newest table that has a territory."""
    import polars as pl

    for table in stored("mortalite"):
        rows = table.rows("code", (code,)).filter(
            pl.col("niveau") == level, pl.col("sexe") == EVERYONE, pl.col("age") == EVERY_AGE
        )
        if rows.is_empty():
            continue
        rows = rows.filter(pl.col("annee_fin") == pl.col("annee_fin").max())
        columns = ("cause", "annee_debut", "annee_fin", "effectif", "taux", "unite")
        return [
            (cause, str(end) if start == end else f"{start}-{end}", deaths, rate, unit or "")
            for cause, start, end, deaths, rate, unit in rows.select(columns).iter_rows()
        ], table
    return [], None
