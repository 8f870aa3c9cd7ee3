"""Which supply is used: the one that was asked for, else the first that knows the territory."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assemblier.access.embedded import embedded_supply
from assemblier.access.method import Method
from assemblier.access.officer_file import officer_supply
from assemblier.access.stored_supply import (
    RPPS,
    centres_supply,
    corrected_supply,
    directory_supply,
    equipment_supply,
    other_register_supply,
    register_supply,
)
from assemblier.access.supply import BRING, Supply, check_ages_known
from assemblier.access.supply_file import read_supply
from assemblier.errors import InputError, Problem
from assemblier.figures import Provenance
from assemblier.sources.store import vintage_date

NAMED = {
    "recette": "table d'exercices importée par une recette",
    "rpps": "annuaire santé (RPPS)",
    "ameli": "annuaire santé Ameli, centres de santé compris",
    "bpe": "base permanente des équipements (Insee)",
    "embarquee": "base permanente des équipements livrée avec le programme (Haute-Loire)",
    "finess": "centres de santé seuls (FINESS)",
    "locale": "effectifs constatés par les agents, le reste par défaut",
}
"""The supplies that have a name, and what they are."""

ORDER = ("recette", "rpps", "ameli", "bpe", "embarquee")
"""By default the first of these that describes the whole territory, else the first that describes
a part of it; the delivered equipment census comes before an imported one that is older, where it
describes the whole territory."""

_CENSUS = "Base permanente des équipements"


def chosen_supply(
    method: Method, codes: Sequence[str], named: str = "", age_limit: int | None = None
) -> Supply:
    """Return the supply of a profession for a territory.

    Parameters
    ----------
    method
        Of the profession.
    codes
        Communes of the territory.
    named
        A key of `NAMED`, the path of a file, or empty for the default.
    age_limit
        Professionals older are not counted.

    Raises
    ------
    InputError
        When what is named was not imported, nothing describes the territory, or an age limit is
        asked of a source without ages.

    Examples
    --------
    >>> from datetime import date
    >>> from assemblier.access.method import method
    >>> supply = chosen_supply(method("sage_femme", date(2024, 1, 1)), ["43157"], "embarquee")
    >>> supply.provenance.sources[0].producer
    'Insee'
    """
    if not named:
        return _default(method, codes, age_limit)
    if named == "locale":
        found = corrected_supply(_default(method, codes, age_limit), method)
    elif named in NAMED:
        found = _known(named, method, age_limit)
    else:
        return _of_file(Path(named), method, codes, age_limit)
    if found is None:
        raise InputError([_not_imported(named, method)])
    return found


def _of_file(path: Path, method: Method, codes: Sequence[str], age_limit: int | None) -> Supply:
    if not path.suffix and not path.exists():
        raise InputError([_unknown_name(path)])
    corrected = officer_supply(path, method, lambda: _default(method, codes, age_limit))
    return corrected or read_supply(path, method, age_limit)


def _default(method: Method, codes: Sequence[str], age_limit: int | None) -> Supply:
    name, partial = "", None
    for one in _ordered(method, codes):
        found = _known(one, method, age_limit)
        covered = found.covered.intersection(codes) if found else frozenset[str]()
        if found and len(covered) == len(set(codes)):
            return _dated(one, found, method, codes)
        if partial is None and covered:
            name, partial = one, found
    if partial is None:
        raise InputError([_nothing_known(method)])
    return _dated(name, partial, method, codes)


def _ordered(method: Method, codes: Sequence[str]) -> Iterator[str]:
    """Yield the names of `ORDER`, the delivered census first where it is newer and sufficient."""
    yield from ORDER[:-2]
    is_enough = embedded_supply(method).covered.issuperset(codes)
    is_first = is_enough and _years_of_older_import(method) is not None
    yield from reversed(ORDER[-2:]) if is_first else ORDER[-2:]


def _years_of_older_import(method: Method) -> tuple[str, str] | None:
    """Return the years of the imported census and of the newer delivered one, else None."""
    imported = equipment_supply(method)
    if imported is None:
        return None
    years = _year(imported), _year(embedded_supply(method))
    return years if years[0] < years[1] else None


def _year(supply: Supply) -> str:
    return vintage_date(supply.provenance.sources[0].vintage)[:4]


def _dated(name: str, chosen: Supply, method: Method, codes: Sequence[str]) -> Supply:
    """Return a supply that says why the other equipment census, of another year, was left."""
    older = _years_of_older_import(method) if name in ORDER[-2:] else None
    if older is None or embedded_supply(method).covered.isdisjoint(codes):
        return chosen
    imported, delivered = (year or "année inconnue" for year in older)
    if name == "bpe":
        note = (
            f"{_CENSUS} importée ({imported}) : celle qui est livrée ({delivered}), plus récente, "
            "ne décrit pas tout le territoire ; « --offre embarquee » la choisit."
        )
    else:
        note = (
            f"{_CENSUS} livrée ({delivered}) : celle qui est importée ({imported}) est plus "
            "ancienne ; « --offre bpe » la choisit."
        )
    method_said = chosen.provenance | Provenance((), note)
    return replace(chosen, provenance=method_said, notes=(*chosen.notes, note))


def _known(name: str, method: Method, age_limit: int | None) -> Supply | None:
    known: dict[str, Callable[[], Supply | None]] = {
        "recette": lambda: other_register_supply(method, age_limit),
        "rpps": lambda: register_supply(RPPS, method, age_limit),
        "ameli": lambda: directory_supply(method, age_limit),
        "bpe": lambda: equipment_supply(method),
        "embarquee": lambda: embedded_supply(method),
        "finess": lambda: centres_supply(method),
    }
    found = known[name]()
    if found and age_limit is not None and name not in ("recette", "rpps", "ameli"):
        check_ages_known(found.provenance.sources[0], 0)
    return found


def _unknown_name(path: Path) -> Problem:
    return Problem(
        "--offre", f"« {path} »", f"{', '.join(NAMED)}, ou un fichier", "corriger le nom"
    )


def _not_imported(named: str, method: Method) -> Problem:
    return Problem(
        "--offre",
        f"« {named} » ({NAMED[named]}) : rien d'importé pour la profession {method.profession}",
        "un fichier de cette source dans les données importées",
        "« assemblier sources importer CHEMIN », puis recommencer",
    )


def _nothing_known(method: Method) -> Problem:
    return Problem(
        "offre",
        f"aucune source connue ne décrit ce territoire pour la profession {method.profession} "
        f"(cherchées : {', '.join(ORDER)})",
        "une source qui décrit ce territoire",
        BRING,
    )
