"""How the maps of health fit those of local government: each EPCI against each other division.

The département is embedded; bassins de vie and territoires de vie-santé are imported; the GHT, the
CTS, the CPTS, the CLS, which no national file gives commune by commune, come from a small CSV.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assemblier import data
from assemblier.diagnosis.local import POPULATION_VINTAGE, population_of
from assemblier.diagnosis.user_table import Reader, Row
from assemblier.errors import InputError, UnavailableError
from assemblier.figures import Figure, Provenance, Source
from assemblier.territory import Perimeter, epci_of, index, parse
from assemblier.territory.composed import composition
from assemblier.territory.grammar import ABSENT

COLUMNS = ("type", "nom", "territoire", "date", "source")
"""Of the file of perimeters: one line for each territory that belongs to one."""

DECLARED = {
    "TVS": "Territoire de vie-santé (TVS)",
    "GHT": "Groupement hospitalier de territoire (GHT)",
    "CTS": "Conseil territorial de santé (CTS)",
    "CPTS": "Communauté professionnelle territoriale de santé (CPTS)",
    "CLS": "Contrat local de santé (CLS)",
}
"""The divisions a file may bring."""

COMPOSED = {"bassin": "Bassin de vie", "tvs": DECLARED["TVS"]}
NONE = "aucune"
"""What is said of a commune that belongs to no territory of a division."""

FILE = (
    "un fichier « type;nom;territoire;date;source » (type : TVS, GHT, CTS, CPTS ou CLS ; "
    "territoire : epci:…, commune:… ; demander à l'ARS), donné avec --perimetres"
)
METHOD = "Part : population municipale des communes communes aux deux / population de l'EPCI."


@dataclass(frozen=True, slots=True)
class Declared:
    """One territory of the file of perimeters."""

    kind: str
    name: str
    codes: tuple[str, ...]
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class Division:
    """One way of dividing the country.

    Attributes
    ----------
    key, label
        ``"CPTS"``; as people call it.
    name_of
        The territory of each commune that has one, by code.
    origin
        Where the composition comes from.
    missing
        What would bring it; empty when it is known.
    """

    key: str
    label: str
    name_of: Mapping[str, str]
    origin: Provenance
    missing: str = ""

    def of(self, code_commune: str) -> str:
        """Return the territory of a commune, « aucune » where it has none."""
        return self.name_of.get(code_commune, NONE)


@dataclass(frozen=True, slots=True)
class Overlap:
    """What an EPCI has in one territory of one division."""

    epci: str
    division: str
    territory: str
    inhabitants: Figure
    share: Figure


@dataclass(frozen=True, slots=True)
class Articulation:
    """The EPCI of a perimeter against every division.

    Attributes
    ----------
    divisions
        Every one, known or not.
    epci
        Names of the whole EPCI that have a commune in the perimeter.
    overlaps
        By EPCI, then by division, the largest share first.

    Always true
    -----------
    The shares of an EPCI in the territories of one division, « aucune » included, sum to 100 %.
    A division nobody described has no overlap, and says what would bring it.
    """

    divisions: tuple[Division, ...]
    epci: tuple[str, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def known(self) -> tuple[Division, ...]:
        """Return the divisions whose composition is known."""
        return tuple(one for one in self.divisions if not one.missing)

    def straddling(self, division: Division) -> tuple[str, ...]:
        """Return the EPCI that a division cuts: more than one territory, « aucune » included."""
        names = [one.epci for one in self.overlaps if one.division == division.label]
        return tuple(dict.fromkeys(name for name in names if names.count(name) > 1))

    def outside(self, division: Division) -> tuple[str, ...]:
        """Return the EPCI no commune of which is in a territory of a division."""
        cut = self.straddling(division)
        mine = [one for one in self.overlaps if one.division == division.label]
        return tuple(one.epci for one in mine if one.territory == NONE and one.epci not in cut)


def read_perimeters(path: Path) -> tuple[Declared, ...]:
    """Read the territories of health a user knows: columns type, nom, territoire, date, source.

    Parameters
    ----------
    path
        CSV file. `type` one of `DECLARED`; `territoire` in the grammar of perimeters; the lines
        of one `type` and `nom` are one territory.

    Raises
    ------
    DataError
        Every problem of the file at once, and a commune that two territories of a type claim.
    """
    reader = Reader(path, COLUMNS)
    held: dict[tuple[str, str], tuple[str, int]] = {}
    found = []
    for row in reader.rows:
        kind = row.cells["type"]
        reader.choice(row, "type", tuple(DECLARED))
        name = reader.text(row, "nom")
        codes = _codes(reader, row)
        for code in codes:
            other, line = held.setdefault((kind, code), (name, row.line))
            if other != name:
                told = f"une commune dans une seule {kind} ({code} est dans {other}, ligne {line})"
                reader.problem(row, "territoire", told)
                break
        found.append(Declared(kind, name, codes, row.cells["date"], reader.text(row, "source")))
    reader.check()
    return tuple(found)


def _codes(reader: Reader, row: Row) -> tuple[str, ...]:
    try:
        return parse(row.cells["territoire"]).codes
    except (InputError, UnavailableError):
        reader.problem(row, "territoire", "un territoire, par exemple epci:200073419")
        return ()


def divisions(declared: Sequence[Declared] = ()) -> tuple[Division, ...]:
    """Return every division of the country, known or not.

    Examples
    --------
    >>> [one.key for one in divisions() if not one.missing]
    ['departement']
    """
    known = {one.key: one for one in (_departements(), *map(_composed, COMPOSED))}
    for kind, label in DECLARED.items():
        told = [one for one in declared if one.kind == kind]
        if told:
            known[kind.lower()] = _told(kind.lower(), label, told)
        known.setdefault(kind.lower(), Division(kind.lower(), label, {}, Provenance(), FILE))
    return tuple(known.values())


def _departements() -> Division:
    names = dict(data.departements().select("code_departement", "nom").iter_rows())
    rows = index()
    pairs = zip(rows.codes, rows.code_departement.tolist(), strict=True)
    return Division(
        "departement",
        "Département",
        {code: names[of] for code, of in pairs if of},
        rows.provenance("code_departement"),
    )


def _composed(kind: str) -> Division:
    found = composition(kind)
    if found is None:
        return Division(kind, COMPOSED[kind], {}, Provenance(), ABSENT[kind])
    name_of = {
        code: found.names[territory]
        for territory, communes in found.members.items()
        for code in communes
    }
    return Division(kind, COMPOSED[kind], name_of, Provenance((found.source,)))


def _told(key: str, label: str, told: Sequence[Declared]) -> Division:
    sources = tuple(
        Source(
            f"perimetres-{key}-{one.source}",
            one.source,
            label,
            one.date,
            licence="non précisée ; fournie par l'utilisateur",
        )
        for one in told
    )
    name_of = {code: one.name for one in told for code in one.codes}
    return Division(key, label, name_of, Provenance(tuple(dict.fromkeys(sources))))


def articulation(perimeter: Perimeter, declared: Sequence[Declared] = ()) -> Articulation:
    """Return how the EPCI of a perimeter fit every division.

    Parameters
    ----------
    perimeter
        The territory; its EPCI are taken whole.
    declared
        What `read_perimeters` read.

    Examples
    --------
    >>> found = articulation(parse("departement:43"))
    >>> len(found.epci), [one.key for one in found.known]
    (11, ['departement'])
    """
    every = divisions(declared)
    wholes = epci_of(perimeter)
    overlaps = tuple(
        one
        for epci in wholes
        for division in every
        if not division.missing
        for one in _overlaps(epci, division)
    )
    return Articulation(every, tuple(epci.nom for epci in wholes), overlaps)


def _overlaps(epci: Perimeter, division: Division) -> tuple[Overlap, ...]:
    people = np.nan_to_num(population_of(epci.codes))
    by_name: dict[str, float] = {}
    for code, count in zip(epci.codes, people.tolist(), strict=True):
        by_name[division.of(code)] = by_name.get(division.of(code), 0.0) + count
    origin = index().provenance("population") | division.origin
    total = _people("population de l'EPCI", float(people.sum()), origin)
    ranked = sorted(by_name.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(_overlap(epci.nom, division.label, name, count, total) for name, count in ranked)


def _overlap(epci: str, division: str, name: str, count: float, total: Figure) -> Overlap:
    inhabitants = _people("habitants des deux territoires", count, total.provenance)
    whole = total.known_value()
    share = Figure(
        f"part de la population de {epci}",
        100 * count / whole if whole else 0.0,
        "%",
        vintage=POPULATION_VINTAGE,
        provenance=total.provenance | Provenance(method=METHOD),
        decimals=1,
        numerator=inhabitants,
        denominator=total,
    )
    return Overlap(epci, division, name, inhabitants, share)


def _people(label: str, value: float, origin: Provenance) -> Figure:
    return Figure(label, value, "habitants", vintage=POPULATION_VINTAGE, provenance=origin)
