"""The sheets an officer fills in for the zoning: choices, ceilings, indicators, quarters, acts.

CSV files separated by semicolons; `SHEETS` holds the header of each, `sheet` an empty one to fill.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from assemblier.diagnosis.user_table import Reader, Row
from assemblier.diagnosis.wording import read_number
from assemblier.errors import InputError, Problem, UnavailableError
from assemblier.figures import Confidence
from assemblier.territory import index
from assemblier.zoning.acts import Acte, register_problems
from assemblier.zoning.choices import Choice, Criterion, Quartier
from assemblier.zoning.classes import FIVE_LEVEL_PROFESSIONS, MEDECIN, Niveau, Zonage, zone_of
from assemblier.zoning.five_levels import Swap, Zone
from assemblier.zoning.rules import Ceilings

IMPORTED = "importé:"
ImportedZones = Callable[[str, str], Sequence[tuple[str, str]]]
ZoneList = tuple[dict[str, Zonage | Niveau], dict[str, Zonage], dict[str, tuple[str, ...]]]
"""Zone by commune, zone by quarter, and the communes a list gives several zones."""

SHEETS = {
    "choix": ("code", "zone", "motif"),
    "plafonds": ("region", "zip", "zac", "total", "reference"),
    "indicateurs": ("code", "indicateur", "valeur", "plus_fragile_si", "source"),
    "qpv": ("code_qpv", "nom", "region", "population", "territoires"),
    "composition": ("code_commune", "code_tvs", "nom_tvs"),
    "apl": ("code_commune", "apl"),
    "actes": (
        "cle",
        "region",
        "profession",
        "arrete",
        "publication",
        "debut",
        "fin",
        "reference",
        "adresse",
        "zones",
    ),
    "zones": ("code", "zone"),
    "niveaux": ("code", "nom", "region", "indicateur", "population"),
    "echanges": ("code", "niveau", "motif"),
    "parts": ("niveau", "part", "reference"),
}
"""Columns of each sheet; see `docs/methodes/zonage.md`."""

_PROFESSIONS = (MEDECIN, *FIVE_LEVEL_PROFESSIONS)
_HIGH, _LOW = "élevé", "faible"
_MARK = re.compile(rf"\[({'|'.join(Confidence)})\]\s*")
_QUARTER = re.compile(r"Q[PN]\w+")


def sheet(name: str, rows: Iterable[Sequence[str]] = ()) -> bytes:
    """Return a sheet to fill in, opened by any spreadsheet.

    Parameters
    ----------
    name
        A key of `SHEETS`.
    rows
        Cells of its first rows, where some are known.
    """
    rows = rows or ([(level.value, "", "") for level in Niveau] if name == "parts" else ())
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows((SHEETS[name], *rows))
    return ("\ufeff" + text.getvalue()).encode()


def quarter_rows(quarters: Iterable[Quartier]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the sheet of quarters; several territories wait for their shares."""
    for one in quarters:
        people = "" if one.population is None else f"{one.population:.0f}"
        yield one.code, one.nom, one.region, people, " + ".join(one.around)


def read_choices(path: Path) -> tuple[tuple[Choice, ...], list[Problem]]:
    """Read the choices of the agency (territory or quarter, zone, reason) and what is wrong.

    The choices that can be read are returned with the problems of the others: what they lack is
    told at the same time. An empty reason is refused later, with the rest.

    Raises
    ------
    DataError
        When the file cannot be read at all.
    """
    reader = Reader(path, SHEETS["choix"])
    found = [
        Choice(reader.text(row, "code"), zone, row.cells["motif"], _line(path, row))
        for row in reader.rows
        if isinstance(zone := _zone(reader, row, MEDECIN), Zonage)
    ]
    return tuple(found), reader.problems


def read_ceilings(path: Path) -> tuple[Ceilings, ...]:
    """Read the ceilings of regions, in percent; an empty cell is a ceiling the text does not give.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["plafonds"])
    found: list[Ceilings] = []
    for row in reader.rows:
        shares = {key: _percent(reader, row, key) for key in ("zip", "zac", "total")}
        if not any(row.cells[key] for key in shares):
            reader.problem(row, "zip", "au moins un plafond, en % de la population régionale")
        region = reader.choice(row, "region", _regions())
        if region in {one.region for one in found}:
            reader.problem(row, "region", "une région, une seule fois")
        basis, sure = _confidence(reader.text(row, "reference"))
        given = (shares["zip"], shares["zac"], shares["total"])
        found.append(Ceilings(region, *given, basis, sure))
    reader.check()
    return tuple(found)


def ceiling_row(known: Ceilings) -> tuple[str, ...]:
    """Return the row of the sheet of ceilings for what is known of a region.

    Parameters
    ----------
    known
        Its ceilings; what no text confirms is marked in the reference, and stays so when the sheet
        comes back as it is.

    Always true
    -----------
    Read back by `read_ceilings`, the row gives the ceilings it was made of.
    """
    shares = (known.zip_share, known.zac_share, known.total_share)
    cells = ("" if share is None else f"{100 * share:.6g}".replace(".", ",") for share in shares)
    mark = f"[{known.confidence}] " if known.is_to_replace else ""
    return (known.region, *cells, mark + known.basis)


def _confidence(reference: str) -> tuple[str, Confidence]:
    """Return a reference without its mark, and how sure it says it is; a text given is sure."""
    marked = _MARK.match(reference)
    if marked is None:
        return reference, Confidence.CONFIRME
    return reference[marked.end() :], Confidence(marked[1])


def _percent(reader: Reader, row: Row, column: str) -> float | None:
    if not row.cells[column]:
        return None
    value = read_number(row.cells[column])
    if value is None or not 0 <= value <= 100:
        reader.problem(row, column, "une part de 0 à 100, ou rien")
        return None
    return value / 100


def read_criteria(path: Path) -> tuple[Criterion, ...]:
    """Read complementary indicators of territories, in their order of appearance.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["indicateurs"])
    values: dict[str, dict[str, float]] = {}
    first: dict[str, Row] = {}
    for row in reader.rows:
        name = reader.text(row, "indicateur")
        first.setdefault(name, row)
        sense = reader.choice(row, "plus_fragile_si", (_HIGH, _LOW))
        if sense != first[name].cells["plus_fragile_si"]:
            reader.problem(row, "plus_fragile_si", "le même sens sur toutes les lignes")
        number = read_number(row.cells["valeur"])
        if number is None:
            reader.problem(row, "valeur", "un nombre")
            continue
        if row.cells["code"] in values.setdefault(name, {}):
            reader.problem(row, "code", "un territoire par indicateur, une seule fois")
        values[name][reader.text(row, "code")] = number
    reader.check()
    return tuple(
        Criterion(
            name,
            name,
            first[name].cells["plus_fragile_si"] == _HIGH,
            values[name],
            first[name].cells["source"],
        )
        for name in values
    )


def read_quarters(path: Path) -> tuple[Quartier, ...]:
    """Read quarters; `territoires` is a code, or codes and shares: ``"43157:60 + 43040:40"``.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["qpv"])
    found = []
    seen: set[str] = set()
    for row in reader.rows:
        people = read_number(row.cells["population"]) if row.cells["population"] else None
        if row.cells["population"] and (people is None or people < 0):
            reader.problem(row, "population", "un nombre ≥ 0, ou rien")
        parts, around = _parts(reader, row)
        name, region = reader.text(row, "nom"), reader.choice(row, "region", _regions())
        code = reader.text(row, "code_qpv")
        if code in seen:
            reader.problem(row, "code_qpv", "un quartier, une seule fois")
        seen.add(code)
        found.append(Quartier(code, name, region, people, parts, (), around))
    reader.check()
    return tuple(found)


def _parts(reader: Reader, row: Row) -> tuple[dict[str, float], tuple[str, ...]]:
    """Return the share of each territory, empty where unknown, and the territories."""
    pieces = [piece.strip() for piece in row.cells["territoires"].split("+") if piece.strip()]
    if len(pieces) == 1 and ":" not in pieces[0]:
        return {pieces[0]: 1.0}, (pieces[0],)
    if not any(":" in piece for piece in pieces):
        return {}, tuple(sorted(pieces))  # several territories, shares unknown
    parts = {
        code.strip(): read_number(share) for code, _, share in (p.partition(":") for p in pieces)
    }
    known = {code: share / 100 for code, share in parts.items() if share is not None}
    if len(known) != len(pieces) or abs(sum(known.values()) - 1) > 0.005:
        reader.problem(row, "territoires", "des parts en % dont la somme est 100")
    return known, tuple(sorted(known))


def read_composition(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Read the territory of each commune: code by commune, name by code.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["composition"])
    units: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in reader.rows:
        code, unit = reader.text(row, "code_commune"), reader.text(row, "code_tvs")
        if units.setdefault(code, unit) != unit:
            reader.problem(row, "code_tvs", f"le même territoire qu'à la ligne de {code} plus haut")
        if row.cells["nom_tvs"]:
            names.setdefault(unit, row.cells["nom_tvs"])
    reader.check()
    return units, names


def read_apl(path: Path) -> dict[str, float]:
    """Read the APL of communes; an empty cell is unknown.

    A new commune has the APL of the code it keeps; where no line has that code and its former
    communes differ, its APL is unknown: their populations are not in the file.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["apl"])
    rows = index()
    own: dict[str, float] = {}
    former: dict[str, set[float]] = {}
    for row in reader.rows:
        written = row.cells["code_commune"]
        code = rows.current_code(written)
        if code is None:
            reader.problem(row, "code_commune", f"une commune ({rows.reason(written)})")
            continue
        if not row.cells["apl"]:
            continue
        value = reader.amount(row, "apl")
        if code != written:
            former.setdefault(code, set()).add(value)
        elif own.setdefault(code, value) != value:
            reader.problem(row, "code_commune", "une seule APL par commune")
    reader.check()
    agreed = {code: values.pop() for code, values in former.items() if len(values) == 1}
    return {**agreed, **own}


def read_acts(path: Path, imported: ImportedZones | None = None) -> tuple[Acte, ...]:
    """Read a register of acts and, beside it, the list of zones each names.

    Parameters
    ----------
    path
        The register; its column ``zones`` names a file beside it, or a list that was imported:
        ``"importé:ars-zonage-medecins@2022-02-01"``.
    imported
        Returns the rows (code, zone) of an imported list from its name and a profession.

    Raises
    ------
    DataError
        Every problem of the register and of its lists at once.
    """
    reader = Reader(path, SHEETS["actes"])
    lists: dict[tuple[str, str], ZoneList] = {}
    acts = []
    for row in reader.rows:
        profession = reader.choice(row, "profession", _PROFESSIONS)
        signed, since = _day(reader, row, "arrete"), _day(reader, row, "debut")
        published = _day(reader, row, "publication", is_optional=True)
        until = _day(reader, row, "fin", is_optional=True)
        region = reader.choice(row, "region", _regions())
        named = reader.text(row, "zones")
        is_list = (path.parent / named).is_file()
        if profession not in _PROFESSIONS and is_list:  # the zones it may hold are not known
            continue
        if (named, profession) not in lists:  # a list that several acts name is told once
            lists[named, profession] = _zone_list(reader, row, named, profession, imported)
        if signed is None or since is None:
            continue
        zones, quarters, ambiguous = lists[named, profession]
        acts.append(
            Acte(
                reader.text(row, "cle"),
                region,
                profession,
                signed,
                since,
                reader.text(row, "reference"),
                Path(named).name,
                zones,
                until,
                published,
                quarters,
                row.cells["adresse"],
                ambiguous,
            )
        )
    reader.problems += register_problems(acts)
    reader.check()
    return tuple(acts)


def _zone_list(
    reader: Reader, row: Row, named: str, profession: str, imported: ImportedZones | None
) -> ZoneList:
    """Return the list an act names; empty, and its problems recorded, where it is wrong."""
    try:
        if imported and named.startswith(IMPORTED):
            rows = imported(named.removeprefix(IMPORTED), profession)
            zones, ambiguous = _one_zone_each(rows, profession)
            return zones, {}, ambiguous
        return read_zones(reader.path.parent / named, profession)
    except InputError as error:
        reader.problems += error.problems
    except UnavailableError as error:
        reader.problem(row, "zones", f"une liste importée : {error.file}")
    return {}, {}, {}


def _regions() -> tuple[str, ...]:
    return tuple(sorted({code for code in index().code_region.tolist() if code}))


def read_zones(path: Path, profession: str) -> ZoneList:
    """Read the zone of communes and, for doctors, of quarters.

    Returns
    -------
        Zone by commune of today, zone by quarter, and the communes the list gives several zones:
        merged communes of different zones, or a join by postcode that is ambiguous.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["zones"])
    rows = index()
    several: dict[str, dict[str, Zonage | Niveau]] = {}
    quarters: dict[str, Zonage] = {}
    for row in reader.rows:
        zone = _zone(reader, row, profession)
        written = row.cells["code"]
        if _QUARTER.fullmatch(written) and isinstance(zone, Zonage):
            quarters[written] = zone
            continue
        code = rows.current_code(written)
        if code is None:
            reader.problem(row, "code", f"une commune ou un quartier ({rows.reason(written)})")
        elif zone is not None:
            several.setdefault(code, {})[zone.value] = zone
    reader.check()
    zones, ambiguous = _parted(several)
    return zones, quarters, ambiguous


def _one_zone_each(
    rows: Iterable[tuple[str, str]], profession: str
) -> tuple[dict[str, Zonage | Niveau], dict[str, tuple[str, ...]]]:
    several: dict[str, dict[str, Zonage | Niveau]] = {}
    for code, written in rows:
        zone = zone_of(written, profession)
        several.setdefault(code, {})[zone.value] = zone
    return _parted(several)


def _parted(
    several: Mapping[str, Mapping[str, Zonage | Niveau]],
) -> tuple[dict[str, Zonage | Niveau], dict[str, tuple[str, ...]]]:
    """Part the communes of one zone from those of several."""
    ambiguous = {code: tuple(sorted(found)) for code, found in several.items() if len(found) > 1}
    zones = {code: next(iter(found.values())) for code, found in several.items() if len(found) == 1}
    return zones, ambiguous


def read_levels(path: Path) -> tuple[Zone, ...]:
    """Read the zones of the country to class in five levels; an empty indicator is unknown.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["niveaux"])
    found = []
    for row in reader.rows:
        indicator = reader.amount(row, "indicateur") if row.cells["indicateur"] else None
        code, name = reader.text(row, "code"), row.cells["nom"]
        region = row.cells["region"] or _region_of(code)
        if not region:
            reader.problem(row, "region", "le code d'une région : celui de la zone ne le dit pas")
        found.append(Zone(code, name, region, indicator, reader.amount(row, "population")))
    reader.check()
    return tuple(found)


def _region_of(code: str) -> str:
    """Return the region of the département a code begins with, or nothing."""
    rows = index()
    by_departement: Mapping[str, str] = dict(
        zip(rows.code_departement.tolist(), rows.code_region.tolist(), strict=True)
    )
    return by_departement.get(code[:3] if code.startswith("97") else code[:2], "")


def read_swaps(path: Path) -> tuple[Swap, ...]:
    """Read the exchanges of an agency.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, SHEETS["echanges"])
    found = []
    for row in reader.rows:
        level = reader.choice(row, "niveau", tuple(Niveau))
        if level in tuple(Niveau):
            found.append(Swap(reader.text(row, "code"), Niveau(level), row.cells["motif"]))
    reader.check()
    return tuple(found)


def read_shares(path: Path) -> tuple[float | None, ...]:
    """Read the shares (%) of the population of the five levels; an empty one is not given.

    Raises
    ------
    DataError
        Every problem of the file at once; a share that is given has its reference.
    """
    reader = Reader(path, SHEETS["parts"])
    found: dict[str, float | None] = {}
    for row in reader.rows:
        level = reader.choice(row, "niveau", tuple(Niveau))
        if level in found:
            reader.problem(row, "niveau", "un niveau, une seule fois")
        share = _percent(reader, row, "part")
        if share is not None:
            reader.text(row, "reference")
        found[level] = None if share is None else 100 * share
    reader.check()
    return tuple(found.get(level.value) for level in Niveau)


def _zone(reader: Reader, row: Row, profession: str) -> Zonage | Niveau | None:
    try:
        return zone_of(row.cells["zone"], profession)
    except InputError as error:
        reader.problem(row, "zone", error.problems[0].expected)
        return None


def _day(reader: Reader, row: Row, column: str, is_optional: bool = False) -> dt.date | None:
    text = row.cells[column]
    if not text and is_optional:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    reader.problem(row, column, "un jour, comme 14/10/2021")
    return None


def _line(path: Path, row: Row) -> str:
    return f"{path.name}, ligne {row.line}"
