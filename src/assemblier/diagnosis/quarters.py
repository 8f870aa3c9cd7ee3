"""The priority quarters (QPV) of a territory, with the indicators that were imported."""

from collections.abc import Mapping
from dataclasses import dataclass

from assemblier.diagnosis.context import cited_value
from assemblier.figures import Figure, Nature, Provenance, Source
from assemblier.sources.stored import newest
from assemblier.territory import Perimeter, index
from assemblier.territory.names import simplified

FILE = "ANCT ou Insee, quartiers prioritaires de la politique de la ville et leurs indicateurs"
HEALTH_FILE = "ONPV ou ORS : renoncement aux soins et dépistages dans les quartiers prioritaires"
POPULATION = "Population municipale du quartier"
INDICATORS = (
    POPULATION,
    "Part des moins de 25 ans (%)",
    "Part des 60 ans et plus (%)",
    "Part des ménages d'une personne (%)",
    "Part des étrangers (%)",
)
"""Those a report shows, in the words of the producer."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter.

    Attributes
    ----------
    code, nom
        As the producer gives them.
    communes
        The communes it lies in, as the producer writes them.
    figures
        One for each of `INDICATORS` the source has.
    """

    code: str
    nom: str
    communes: str
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Quarters:
    """The quarters of a territory, by code; none is a known answer.

    Attributes
    ----------
    inhabitants
        Sum of the quarters whose population is known.
    national
        The same for every quarter of the source.
    """

    quarters: tuple[Quarter, ...]
    inhabitants: Figure
    national: Figure
    source: Source


def quarters(perimeter: Perimeter) -> Quarters | None:
    """Return the quarters that lie in a territory, or None when no file was imported.

    A quarter over several communes is found by their names, inside its département.

    Always true
    -----------
    The quarters of a territory are among those of a larger one.
    """
    table = newest("qpv")
    if table is None:
        return None
    inside = frozenset(perimeter.codes)
    names = _names(perimeter)
    found: dict[str, Quarter] = {}
    national = 0.0
    columns = ("code_qpv", "nom", "communes", "code_commune", "indicateur", "millesime")
    rows = table.rows("indicateur", INDICATORS).select(*columns, "valeur", "statut")
    for code, nom, communes, commune, label, year, value, status in rows.iter_rows():
        national += value or 0.0 if label == POPULATION else 0.0
        is_here = commune in inside if commune else _is_named(code, communes or "", names)
        if is_here:
            unit = "%" if label.endswith("(%)") else "habitants"
            figure = cited_value(label, value, unit, str(year), status, table)
            held = found.setdefault(code, Quarter(code, nom, communes or "", {}))
            found[code] = Quarter(code, nom, held.communes, {**held.figures, label: figure})
    ordered = tuple(found[code] for code in sorted(found))
    return Quarters(
        ordered,
        _total(ordered, table.source),
        _sum(national, table.source, ", France"),
        table.source,
    )


def _names(perimeter: Perimeter) -> frozenset[tuple[str, str]]:
    """Return the département and the simplified name of each commune."""
    rows = index()
    return frozenset(
        (str(rows.code_departement[row]), simplified(str(rows.nom[row])))
        for row in rows.positions(perimeter.codes)
    )


def departement_of(code: str) -> str:
    """Return the département of a quarter, from its code.

    Examples
    --------
    >>> departement_of("QP043001"), departement_of("QP974002")
    ('43', '974')
    """
    return code[2:5] if code[2:4] == "97" else code[3:5]


def _is_named(code: str, communes: str, names: frozenset[tuple[str, str]]) -> bool:
    departement = departement_of(code)
    return any((departement, simplified(name)) in names for name in communes.split(","))


def _total(found: tuple[Quarter, ...], source: Source) -> Figure:
    known = (quarter.figures.get(POPULATION) for quarter in found)
    return _sum(sum(one.value or 0.0 for one in known if one is not None), source)


def _sum(value: float, source: Source, where: str = "") -> Figure:
    return Figure(
        f"habitants des quartiers prioritaires{where}",
        value,
        "habitants",
        Nature.CALCULE,
        source.vintage,
        Provenance((source,), "Somme des quartiers dont la population est connue."),
    )
