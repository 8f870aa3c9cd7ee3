"""The catalogue: every dispositif of `dispositifs`, and every input they ask for.

A dispositif is a module that holds ``DISPOSITIF`` (or ``DISPOSITIFS``, several): a new file is in
the catalogue without a line elsewhere.
"""

import importlib
import pkgutil
from functools import cache

from assemblier.aids import dispositifs
from assemblier.aids.dispositif import Dispositif, Famille
from assemblier.aids.inputs import SAISIES, Saisie
from assemblier.errors import InputError, Problem


@cache
def catalogue() -> tuple[Dispositif, ...]:
    """Return every dispositif, by family then by opening day.

    Examples
    --------
    >>> "CAIM" in [one.sigle for one in catalogue()]
    True
    """
    names = [module.name for module in pkgutil.iter_modules(dispositifs.__path__)]
    found: list[Dispositif] = []
    for name in names:
        module = importlib.import_module(f"{dispositifs.__name__}.{name}")
        found += getattr(module, "DISPOSITIFS", None) or [module.DISPOSITIF]
    families = list(Famille)
    return tuple(
        sorted(found, key=lambda one: (families.index(one.famille), one.ouvert, one.sigle))
    )


def dispositif(sigle: str) -> Dispositif:
    """Return a dispositif by its sigle, in any case.

    Raises
    ------
    InputError
        When there is none; the known ones are listed.
    """
    by_sigle = {one.sigle: one for one in catalogue()}
    if sigle.upper() in by_sigle:
        return by_sigle[sigle.upper()]
    known = ", ".join(by_sigle)
    raise InputError([Problem("dispositif", f"« {sigle} »", f"un de : {known}", "corriger le nom")])


@cache
def saisies() -> dict[str, Saisie]:
    """Return every input by name, the shared ones first.

    Raises
    ------
    ValueError
        When two inputs have one name.
    """
    found: dict[str, Saisie] = {}
    for one in (*SAISIES, *(own for aid in catalogue() for own in aid.entrees)):
        if one.nom in found:
            raise ValueError(f"deux entrées s'appellent {one.nom}")
        found[one.nom] = one
    return found
