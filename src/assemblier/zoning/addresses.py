"""The commune of an address: its postcode and the name after it; an ambiguous one is asked for."""

import re

from assemblier import data
from assemblier.errors import PerimeterError, Problem
from assemblier.territory.places import name_key

_POSTCODE = re.compile(r"(?<!\d)(\d{5})(?!\d)\s*(.*)", re.S)

_ARRONDISSEMENT = re.compile(r" \d+er? Arrondissement$")


def is_address(text: str) -> bool:
    """Say whether a text is an address rather than a territory: it holds a postcode and words.

    Examples
    --------
    >>> is_address("12 rue du Mail, 43170 Saugues"), is_address("commune:43234")
    (True, False)
    """
    found = _POSTCODE.search(text)
    return ":" not in text and bool(found and found[2].strip())


def commune_of_address(address: str) -> str:
    """Return the code of the commune of an address.

    The street is not looked at: a quarter (QPV) inside the commune is asked for by its code.

    Raises
    ------
    PerimeterError
        When no commune has this postcode and this name, or several do: they are listed.

    Examples
    --------
    >>> commune_of_address("12 rue du Mail, 43170 Saugues")
    '43234'
    >>> commune_of_address("3 place Bellecour, 69002 Lyon")
    '69382'
    """
    found = _POSTCODE.search(address)
    postcode, town = (found[1], found[2]) if found else ("", "")
    key = name_key("commune", re.sub(r"(?i)\bcedex\b.*|,.*", "", town).strip())
    rows = data.communes().select("code_commune", "nom", "codes_postaux").iter_rows()
    here = [(code, nom) for code, nom, codes in rows if postcode in (codes or ())]
    named = [code for code, nom in here if key in _keys(nom)]
    if len(named) == 1:
        return str(named[0])
    among = ", ".join(f"{nom} ({code})" for code, nom in here) or "aucune commune à ce code postal"
    raise PerimeterError(
        [Problem("adresse", f"« {address} »", f"l'une de : {among}", "corriger, ou donner le code")]
    )


def _keys(nom: str) -> set[str]:
    """Return what an address may write of a commune: the city too, for an arrondissement."""
    return {name_key("commune", nom), name_key("commune", _ARRONDISSEMENT.sub("", nom))}
