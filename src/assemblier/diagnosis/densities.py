"""Densities of a perimeter: computed, printed beside, ranked by EPCI and by département."""

from dataclasses import dataclass
from typing import Any

from assemblier.data import facts
from assemblier.data.documents import cited
from assemblier.diagnosis.apl import UNITS
from assemblier.diagnosis.density import (
    Comparison,
    Ranking,
    SideBySide,
    compare,
    density,
    ranking,
    side_by_side,
)
from assemblier.diagnosis.local import equipment, equipped_population
from assemblier.diagnosis.presented import DEPARTEMENT, REGION, presented_stock_flow
from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.territory import Perimeter, at_scale, parse, population

NATIONAL = "drees-apl-departements-2023"
"""The one source that gives every département of the mainland, in 2023."""

CITED = {
    "medecin_generaliste": ("densite_generalistes_43", "densite_generalistes_france"),
    "infirmier": ("densite_infirmiers_43", "densite_infirmiers_france"),
}
"""Printed densities of each profession: Haute-Loire, France."""

CITED_EPCI = {
    "200073401": "densite_generalistes_mezenc_loire_meygal",
    "200073393": "densite_generalistes_rives_du_haut_allier",
}
"""Printed densities of general practitioners, by EPCI."""


@dataclass(frozen=True, slots=True)
class PresentedDensity:
    """A density of the presentation, checked.

    Attributes
    ----------
    departement
        Haute-Loire: printed, and computed from the printed stock and the reference population.
    france
        As printed.
    comparison
        Printed Haute-Loire beside printed France.
    region
        The same computation for Auvergne-Rhône-Alpes: printed stock, reference population.
    """

    departement: SideBySide
    france: Figure
    comparison: Comparison
    region: Figure


@dataclass(frozen=True, slots=True)
class EpciDensity:
    """The density of one EPCI: computed, and printed where the presentation gives it."""

    perimeter: Perimeter
    computed: Figure
    printed: Figure | None


def equipment_density(perimeter: Perimeter, kind: str) -> Figure:
    """Return the professionals or structures of a kind for 10 000 inhabitants.

    Numerator and denominator leave the same communes out; see `equipment`.

    Examples
    --------
    >>> round(equipment_density(parse("departement:43"), "medecin_generaliste").value, 1)
    10.4
    """
    return density(equipment(perimeter, kind), equipped_population(perimeter, kind))


def stock_density(profession: str, perimeter: Perimeter) -> Figure:
    """Return the printed stock of a profession over the reference population, for 10 000.

    Parameters
    ----------
    profession
        A key of `presented.STOCK_FLOWS`.
    perimeter
        Haute-Loire or Auvergne-Rhône-Alpes: elsewhere nothing is printed.

    Examples
    --------
    >>> round(stock_density("medecin_generaliste", parse("departement:43")).value, 2)
    8.48
    """
    expressions = (f"departement:{DEPARTEMENT}", f"region:{REGION}")
    if perimeter.expression not in expressions:
        return unavailable(
            "densité",
            "Cnam, FNPS : effectifs libéraux par territoire",
            "pour 10 000 habitants",
        )
    table = presented_stock_flow(profession)[expressions.index(perimeter.expression)]
    return density(table.stock, population(perimeter))


def presented_density(profession: str) -> PresentedDensity:
    """Return the densities of the presentation, printed and computed.

    Parameters
    ----------
    profession
        A key of `CITED`.

    Examples
    --------
    >>> found = presented_density("medecin_generaliste")
    >>> str(found.comparison.verdict), found.departement.reason
    ('légèrement supérieure', 'dénominateur de la source inconnu')
    """
    here, country = (cited(key) for key in CITED[profession])
    computed = stock_density(profession, parse(f"departement:{DEPARTEMENT}"))
    return PresentedDensity(
        side_by_side(here, computed),
        country,
        compare(here, country),
        stock_density(profession, parse(f"region:{REGION}")),
    )


def epci_densities(perimeter: Perimeter, kind: str) -> tuple[EpciDensity, ...]:
    """Return the density of each EPCI of a perimeter, within it.

    Printed densities count otherwise (FNPS) than ours (BPE): both stand.
    """
    found = []
    for group in at_scale(perimeter, "epci").groups:
        key = CITED_EPCI.get(group.code) if kind == "medecin_generaliste" else None
        printed = cited(key) if key else None
        found.append(EpciDensity(group, equipment_density(group, kind), printed))
    return tuple(found)


def epci_ranking(perimeter: Perimeter, kind: str) -> Ranking:
    """Rank the EPCI of a perimeter by computed density, highest first."""
    return ranking({one.perimeter.nom: one.computed for one in epci_densities(perimeter, kind)})


def presented_epci_ranking() -> Ranking:
    """Rank the EPCI whose density of general practitioners is printed.

    Examples
    --------
    >>> found = presented_epci_ranking()
    >>> found.rows[0].name, round(found.ratio.value, 2)
    ('CC Mézenc-Loire-Meygal', 1.48)
    """
    return ranking({parse(f"epci:{code}").nom: cited(key) for code, key in CITED_EPCI.items()})


def departement_ranking(profession: str, millesime: int = 2023) -> Ranking:
    """Rank the départements of the mainland by published APL of a profession, highest first.

    Parameters
    ----------
    profession
        A key of `UNITS`.
    millesime
        2023, the one year known for all of them.

    Examples
    --------
    >>> departement_ranking("masseur_kinesitherapeute").of("Haute-Loire").from_lowest
    39
    """
    return ranking(
        {
            parse(f"departement:{row['code']}").nom: _published("APL du département", row)
            for row in _rows(profession, millesime)
            if row["source"] == NATIONAL
        }
    )


def _rows(profession: str, millesime: int) -> list[dict[str, Any]]:
    """Return the published APL of départements that are known, for one profession and year."""
    return [
        row
        for row in facts.apl_departements().iter_rows(named=True)
        if (row["profession"], row["millesime"]) == (profession, millesime)
        and row["apl"] is not None
    ]


def _published(label: str, row: dict[str, Any]) -> Figure:
    profession = row["profession"]
    return Figure(
        label,
        float(row["apl"]),
        UNITS[profession],
        Nature.CITE,
        str(row["millesime"]),
        Provenance((facts.source(row["source"]),)),
        decimals=2 if profession == "medecin_generaliste" else 1,
    )
