"""Stock-and-flow tables and ages of practitioners that an ARS, a CPAM or a CDOM sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assemblier.diagnosis.context import LEVELS, SECRET
from assemblier.diagnosis.stock_flow import Printed, StockFlow, stock_flow
from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.sources.stored import Stored, stored
from assemblier.territory import Perimeter

if TYPE_CHECKING:
    import polars as pl

WORDS = {
    "medecin_generaliste": "médecins généralistes",
    "medecin_specialiste": "autres médecins spécialistes",
    "infirmier": "infirmiers",
    "masseur_kinesitherapeute": "masseurs-kinésithérapeutes",
    "chirurgien_dentiste": "chirurgiens-dentistes",
    "sage_femme": "sages-femmes",
    "orthophoniste": "orthophonistes",
    "orthoptiste": "orthoptistes",
    "pedicure_podologue": "pédicures-podologues",
    "pharmacien": "pharmaciens",
}
"""Each profession, in the plural."""


FEWEST = 5
"""Fewest people a published cell may count, whatever the file holds; zero is nobody."""


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Practitioners of one class of ages; not available where the number is too small to show."""

    label: str
    start: int
    end: int | None
    count: Figure


@dataclass(frozen=True, slots=True)
class Ages:
    """The practitioners of a territory by class of ages.

    Attributes
    ----------
    profession
        In the plural.
    bands
        Youngest first.
    code
        The profession, as tables name it.
    """

    profession: str
    bands: tuple[AgeBand, ...]
    source: Source
    code: str = ""


def flows(perimeter: Perimeter) -> tuple[StockFlow, ...]:
    """Return the tables that were imported for a territory, the newest for each profession."""
    import polars as pl

    level = LEVELS.get(perimeter.kind, "")
    found: dict[str, StockFlow] = {}
    for table in stored("flux"):
        rows = table.rows("code", (perimeter.code,)).filter(pl.col("niveau") == level)
        whole = rows.drop_nulls(["effectif_debut", "effectif_fin"]).sort("periode", descending=True)
        for row in whole.iter_rows(named=True):
            name = WORDS.get(row["profession"], row["profession"])
            label = f"{name} ({row['specialite']})" if row["specialite"] else name
            found.setdefault(label, _flow(label, row, perimeter, table))
    return tuple(found[label] for label in sorted(found))


def _flow(label: str, row: Mapping[str, object], perimeter: Perimeter, table: Stored) -> StockFlow:
    def count(name: str) -> float | None:
        value = row[name]
        return float(str(value)) if value is not None else None

    return stock_flow(
        Printed(
            label,
            perimeter.nom,
            f"{row['periode']} (fin)",
            count("effectif_fin") or 0.0,
            f"{row['periode']} (début)",
            count("effectif_debut") or 0.0,
            count("entrees"),
            count("sorties"),
            provenance=Provenance((table.source,)),
        )
    )


def practitioner_ages(perimeter: Perimeter) -> tuple[Ages, ...]:
    """Return the ages of practitioners that were imported for a territory, by profession.

    Always true
    -----------
    A number hidden by the source, or under the smallest that may be shown, is not available.
    """
    import polars as pl

    level = LEVELS.get(perimeter.kind, "")
    found: dict[str, Ages] = {}
    for table in stored("ages_medecins"):
        rows = table.rows("code", (perimeter.code,)).filter(pl.col("niveau") == level)
        if rows.is_empty():
            continue
        rows = rows.filter(pl.col("millesime") == pl.col("millesime").max())
        for (profession, speciality), part in rows.partition_by(
            "profession", "specialite", as_dict=True
        ).items():
            name = WORDS.get(str(profession), str(profession))
            label = f"{name} ({speciality})" if speciality else name
            ages = Ages(label, _bands(part, table), table.source, str(profession))
            found.setdefault(label, ages)
    return tuple(found[label] for label in sorted(found))


def _bands(part: "pl.DataFrame", table: Stored) -> tuple[AgeBand, ...]:
    columns = ("age_debut", "age_fin", "effectif", "millesime")
    rows = part.sort("age_debut").select(columns).iter_rows()
    return tuple(
        AgeBand(
            f"{start} ans ou plus" if end is None else f"{start}-{end} ans",
            start,
            end,
            _count(count, str(year), table),
        )
        for start, end, count, year in rows
    )


def _count(count: int | None, vintage: str, table: Stored) -> Figure:
    label = "praticiens"
    if count is None or 0 < count < FEWEST:
        return unavailable(label, f"rien : {SECRET}", label, vintage, SECRET)
    return Figure(label, float(count), label, Nature.CITE, vintage, Provenance((table.source,)))
