"""The priority quarters (QPV) a zoning may class apart: where each lies, as imported."""

from functools import cache
from typing import TYPE_CHECKING

from assemblier import data
from assemblier.territory import index
from assemblier.territory.names import simplified
from assemblier.zoning.choices import Quartier
from assemblier.zoning.units import Partition

if TYPE_CHECKING:
    from assemblier.sources.store import Store

POPULATION = "Population municipale du quartier"
"""The indicator of the table of quarters that counts their inhabitants."""


def imported_quarters(store: "Store", partition: Partition, region: str) -> tuple[Quartier, ...]:
    """Return the imported quarters of a region, by code; none where no list was imported.

    A quarter of several communes of one territory lies in it whole. One of several territories
    has unknown shares: it is told, and its shares are asked for when it is classed apart.

    Parameters
    ----------
    store
        What was imported.
    partition
        The territories.
    region
        Code of the region.

    Always true
    -----------
    Every imported quarter of the region is returned, once.
    """
    import polars as pl

    if not store.find("qpv"):
        return ()
    table = store.read("qpv").frame.filter(pl.col("indicateur") == POPULATION)
    rows = table.select("code_qpv", "nom", "communes", "code_commune", "valeur").iter_rows()
    found = [
        _quarter(code, nom, [commune] if commune else [], told or "", people, partition)
        for code, nom, told, commune, people in rows
        if _regions().get(_departement(code)) == region
    ]
    return tuple(sorted(found, key=lambda one: one.code))


def _quarter(
    code: str,
    nom: str,
    communes: list[str],
    told: str,
    people: float | None,
    partition: Partition,
) -> Quartier:
    names = [] if communes else [name.strip() for name in told.split(",") if name.strip()]
    answers = {name: commune_named(_departement(code), name) for name in names}
    lost = [name for name, commune in answers.items() if commune is None]
    known = communes or [commune for commune in answers.values() if commune is not None]
    units = sorted({partition.unit_of[one] for one in known if one in partition.unit_of})
    is_whole = len(units) == 1 and not lost
    return Quartier(
        code,
        nom,
        _regions()[_departement(code)],
        people,
        {units[0]: 1.0} if is_whole else {},
        tuple(sorted(known)),
        tuple(units),
        tuple(lost),
    )


def _departement(quarter: str) -> str:
    """Return the département in the code of a quarter: ``QP043001``, ``QP971002``, ``QP02A001``."""
    return quarter[2:5] if quarter[2:4] == "97" else quarter[3:5]


@cache
def _regions() -> dict[str, str]:
    """Return the region of each département: that of a quarter, which one préfet manages."""
    return dict(data.departements().select("code_departement", "code_region").iter_rows())


def commune_named(departement: str, name: str) -> str | None:
    """Return the commune a list names in a département, else the only one of France, or None.

    Examples
    --------
    >>> commune_named("43", "Le Puy-en-Velay"), commune_named("62", "Ostricourt")
    ('43157', '59452')
    >>> commune_named("43", "Saint-Martin") is None
    True
    """
    plain = simplified(name)
    inside = _by_name().get((departement, plain), frozenset())
    found = inside or _by_name().get(("", plain), frozenset())
    return next(iter(found)) if len(found) == 1 else None


@cache
def _by_name() -> dict[tuple[str, str], frozenset[str]]:
    """Return the communes by département (empty: France) and name, former names included."""
    rows = index()
    places = dict(zip(rows.codes, rows.code_departement.tolist(), strict=True))
    found: dict[tuple[str, str], set[str]] = {}
    former = data.noms_anciens().select("nom", "code_commune").iter_rows()
    for is_former, pairs in (
        (False, zip(rows.nom.tolist(), rows.codes, strict=True)),
        (True, former),
    ):
        for name, code in pairs:
            for where in (places.get(code, ""), ""):
                held = found.setdefault((where, simplified(name)), set())
                if not (is_former and held):  # the name of a commune of today comes first
                    held.add(code)
    return {key: frozenset(codes) for key, codes in found.items()}
