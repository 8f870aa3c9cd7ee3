"""The APL that a zoning of doctors compares: of a file given, imported, or embedded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assemblier.data import facts
from assemblier.diagnosis.zonage_files import read_apl
from assemblier.figures import Source
from assemblier.territory import index
from assemblier.zoning.classes import MEDECIN

if TYPE_CHECKING:
    from assemblier.sources.store import Store

SERIES = "apl_65"
"""The series the zoning compares: doctors of 65 or less."""
_YOUNGER = ("apl_62", "apl_60")
_EMBEDDED_YEAR = 2024


@dataclass(frozen=True)
class Apl:
    """The APL of communes for the zoning, and where it comes from.

    Attributes
    ----------
    value_of
        By commune of today; one that is absent is unknown.
    label
        Series and vintage, in French.
    source
        Its document.
    others
        The series of doctors of 62 and 60 or less, where the same document has them.
    """

    value_of: Mapping[str, float]
    label: str
    source: Source
    others: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def chosen_apl(path: Path | None, store: "Store", codes: Sequence[str]) -> Apl:
    """Return the APL of a file, else the latest known of some communes.

    The latest document that has every département of the communes; failing that, the one that
    has most of them. Two documents are never mixed: their years differ.

    Parameters
    ----------
    path
        A file given, or None.
    store
        What was imported.
    codes
        The communes to class.

    Raises
    ------
    DataError
        When the file given is wrong.
    """
    if path is not None:
        source = Source(f"fichier-{path.stem}", "fichier donné", path.name, "", licence="")
        return Apl(read_apl(path), f"APL du fichier {path.name}", source)
    departement_of = dict(zip(index().codes, index().code_departement.tolist(), strict=True))
    wanted = {departement_of[code] for code in codes}
    best, most = None, -1
    for found in _documents(store):
        held = len(wanted & {departement_of[code] for code in found.value_of})
        if held > most:
            best, most = found, held
        if held == len(wanted):
            break
    assert best is not None  # the embedded document is always there
    return best


def _documents(store: "Store") -> Iterator[Apl]:
    """Yield the documents that have the series, the latest first, the embedded one last."""
    for entry in reversed(store.find("apl_publiee")):
        found = _imported(store, entry.source.key, entry.vintage)
        if found is not None:
            yield found
    latest = facts.apl_publiee().filter(facts.apl_publiee()["millesime"] == _EMBEDDED_YEAR)
    values = dict(latest.select("code_commune", SERIES).iter_rows())
    label = f"{_label(_EMBEDDED_YEAR)} (Haute-Loire seulement)"
    yield Apl(values, label, facts.source("drees-apl-mg"))


def _imported(store: "Store", key: str, vintage: str) -> Apl | None:
    import polars as pl

    imported = store.read("apl_publiee", key, vintage)
    table = imported.frame.filter((pl.col("profession") == MEDECIN) & pl.col(SERIES).is_not_null())
    if not table.height:
        return None
    year = table["millesime"].max()
    latest = table.filter(pl.col("millesime") == year)
    series = {
        name: dict(latest.drop_nulls(name).select("code_commune", name).iter_rows())
        for name in (SERIES, *_YOUNGER)
    }
    others = {name: found for name, found in series.items() if name != SERIES and found}
    return Apl(series[SERIES], _label(year), imported.source, others)


def _label(year: object) -> str:
    return f"APL {year} aux médecins de 65 ans et moins"
