"""The APL that a zoning of doctors compares: of a file given, imported, or embedded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assemblier.data import facts
from assemblier.diagnosis.zonage_files import read_apl
from assemblier.errors import InputError, Problem
from assemblier.figures import Source
from assemblier.territory import index
from assemblier.zoning.classes import MEDECIN

if TYPE_CHECKING:
    from assemblier.sources.store import Store

AGE = 65
"""Oldest doctors of the series the zoning compares."""
AGES = (AGE, 62, 60)
"""Oldest doctors of the series that the DREES publishes, beside that of every doctor."""
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
    age
        Oldest doctors counted; other than `AGE`, it is no zoning that the texts know.
    """

    value_of: Mapping[str, float]
    label: str
    source: Source
    others: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    age: int = AGE


def chosen_apl(path: Path | None, store: "Store", codes: Sequence[str], age: int = AGE) -> Apl:
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
    age
        Oldest doctors counted, one of `AGES`.

    Raises
    ------
    InputError
        When the file given is wrong, or no document has the series of these doctors.
    """
    if path is not None:
        if age != AGE:
            raise InputError([_age_of_a_file(age)])
        source = Source(f"fichier-{path.stem}", "fichier donné", path.name, "", licence="")
        return Apl(read_apl(path), f"APL du fichier {path.name}", source)
    departement_of = dict(zip(index().codes, index().code_departement.tolist(), strict=True))
    wanted = {departement_of[code] for code in codes}
    best, most = None, -1
    for found in _documents(store, age):
        held = len(wanted & {departement_of[code] for code in found.value_of})
        if held > most:
            best, most = found, held
        if held == len(wanted):
            break
    if best is None:
        raise InputError([_no_series(age)])
    return best


def _age_of_a_file(age: int) -> Problem:
    found = f"--age {age} avec un fichier d'APL, qui ne dit qu'une série"
    return Problem("--age", found, "l'un ou l'autre", "retirer --age, ou --apl")


def _no_series(age: int) -> Problem:
    return Problem(
        "--age",
        f"aucune APL des médecins de {age} ans et moins n'est présente",
        "le classeur APL de la DREES, qui a cette série",
        "l'importer, ou retirer --age",
    )


def _documents(store: "Store", age: int) -> Iterator[Apl]:
    """Yield the documents that have the series, the latest first, the embedded one last."""
    for entry in reversed(store.find("apl_publiee")):
        found = _imported(store, entry.source.key, entry.vintage, age)
        if found is not None:
            yield found
    if age == AGE:
        latest = facts.apl_publiee().filter(facts.apl_publiee()["millesime"] == _EMBEDDED_YEAR)
        values = dict(latest.select("code_commune", _series(age)).iter_rows())
        label = f"{_label(_EMBEDDED_YEAR, age)} (Haute-Loire seulement)"
        yield Apl(values, label, facts.source("drees-apl-mg"))


def _imported(store: "Store", key: str, vintage: str, age: int) -> Apl | None:
    import polars as pl

    imported = store.read("apl_publiee", key, vintage)
    own = _series(age)
    table = imported.frame.filter((pl.col("profession") == MEDECIN) & pl.col(own).is_not_null())
    if not table.height:
        return None
    year = table["millesime"].max()
    latest = table.filter(pl.col("millesime") == year)
    series = {
        one: dict(latest.drop_nulls(_series(one)).select("code_commune", _series(one)).iter_rows())
        for one in AGES
    }
    # The years to come are told from the zoning of the texts only.
    others = {_series(one): found for one, found in series.items() if one < age == AGE and found}
    return Apl(series[age], _label(year, age), imported.source, others, age)


def _series(age: int) -> str:
    return f"apl_{age}"


def _label(year: object, age: int) -> str:
    return f"APL {year} aux médecins de {age} ans et moins"
