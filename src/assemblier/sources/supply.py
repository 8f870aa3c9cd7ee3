"""The supply the program knows of: professionals by commune and profession, from the best file.

First the local register of places of practice (RPPS), then the newest equipment census (BPE),
imported or embedded. One source answers for the whole territory: two are never added up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from assemblier.errors import UnavailableError
from assemblier.figures import Source
from assemblier.sources.equipment_types import professions_by_type
from assemblier.sources.store import Store, vintage_date

COLUMNS = ("code_commune", "profession", "effectif")
REGISTER = "annuaire-sante-rpps"
"""Source key of the register of professionals."""


@dataclass(frozen=True)
class KnownSupply:
    """Professionals by commune, and who says so.

    Attributes
    ----------
    counts
        Columns `COLUMNS`; a commune and profession without a row is unknown, not zero.
    source
        Whom to cite.
    note
        Why another file was left, in French, or empty.
    """

    counts: pl.DataFrame
    source: Source
    note: str = ""


def known_supply(
    store: Store, codes: Sequence[str], professions: Sequence[str]
) -> KnownSupply | None:
    """Return the known professionals of some communes, or None where nothing is known.

    Parameters
    ----------
    store
        Where imported tables are.
    codes
        Codes of the communes.
    professions
        Those wanted, as `assemblier.tables.PROFESSIONS` names them.

    Always true
    -----------
    Every count is of a wanted commune and profession, each pair once.
    """
    for find in (_from_practices, _from_censuses):
        for found in find(store):
            counts = found.counts.filter(
                pl.col("code_commune").is_in(list(codes)),
                pl.col("profession").is_in(list(professions)),
            )
            if counts.height:
                return KnownSupply(counts.sort(COLUMNS[:2]), found.source, found.note)
    return None


def _from_practices(store: Store) -> Iterator[KnownSupply]:
    """Count the places of practice of the register, salaried ones included, else the directory."""
    for source in (REGISTER, ""):
        try:
            table = store.read("exercices", source)
        except UnavailableError:
            continue
        yield _counted(table.frame, table.source)
        return


def _from_censuses(store: Store) -> Iterator[KnownSupply]:
    """Yield the imported equipment census and the delivered one, the newer first."""
    imported, delivered = _from_equipment(store), _from_facts()
    if imported is None:
        yield delivered
    elif vintage_date(imported.source.vintage)[:4] < vintage_date(delivered.source.vintage)[:4]:
        older = f"celle qui est importée ({imported.source.vintage}) est plus ancienne"
        yield replace(delivered, note=older)
        yield imported
    else:
        yield from (imported, delivered)


def _from_equipment(store: Store) -> KnownSupply | None:
    try:
        table = store.read("equipements")
    except UnavailableError:
        return None
    labels = store.find("nomenclature")
    known = professions_by_type(
        store.read("nomenclature", one.source.key, one.vintage).frame for one in labels
    )
    frame = table.frame.filter(pl.col("type_equipement").is_in(list(known))).with_columns(
        pl.col("type_equipement").replace_strict(known).alias("profession")
    )
    return _counted(frame, table.source)


def _from_facts() -> KnownSupply:
    from assemblier.data import facts

    return _counted(facts.professionnels(), facts.source("insee-bpe-2025"))


def _counted(frame: pl.DataFrame, source: Source) -> KnownSupply:
    counts = frame.group_by("code_commune", "profession").agg(pl.col("effectif").sum())
    return KnownSupply(counts.select(COLUMNS), source)
