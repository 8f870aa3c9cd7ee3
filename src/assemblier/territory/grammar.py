"""From what a person writes to a perimeter: the one grammar of the command line and of addresses.

expression = term { "+" term }
term       = "france" | kind ":" (code | name | '"' name '"') | code | name
kind       = region | departement | arrondissement | epci | canton | commune | tvs | bassin
           | zone_emploi

Without its kind, a code or a name is accepted where one territory has it; a name that a commune
shares only with what is named after it (its canton, its arrondissement, its intercommunalité) is
that of the commune.
"""

from dataclasses import dataclass
from typing import NoReturn

from assemblier.errors import PerimeterError, Problem, UnavailableError
from assemblier.territory import composed, names
from assemblier.territory.communes import index
from assemblier.territory.perimeter import Perimeter, union
from assemblier.territory.places import (
    KINDS,
    LABELS,
    Place,
    by_name,
    former_communes,
    name_key,
    places,
)

GRAMMAR = (
    "france, region:84, departement:43, epci:SIREN, canton:4304, commune:43157, "
    'par code ou par nom (commune:"Le Puy-en-Velay", Saugues), ou une union avec +'
)
COLUMNS = {
    "region": "code_region",
    "departement": "code_departement",
    "arrondissement": "code_arrondissement",
    "epci": "siren_epci",
    "canton": "code_canton",
}
"""The array of the index that holds the code of each kind of place."""

ABSENT = {
    "tvs": "la table de passage des communes aux territoires de vie-santé (DREES)",
    "bassin": "la table d'appartenance géographique des communes (Insee), bassins de vie",
    "zone_emploi": "la table d'appartenance géographique des communes (Insee), zones d'emploi",
}
"""Kinds whose composition is not embedded, and the official file that brings it."""

NAMED_AFTER = frozenset(("commune", "canton", "arrondissement", "epci"))
"""Kinds that take the name of a commune: alone, the name is the commune's."""

SHOWN = 12
"""How many candidates a message names."""

OPENING_QUOTES = {'"': '"', "«": "»", "“": "”"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an expression, as it was written."""

    written: str
    kind: str
    value: str


def parse(expression: str) -> Perimeter:
    """Return the perimeter an expression names.

    Parameters
    ----------
    expression
        See the grammar above. A name is compared without case, accents, hyphens or article.

    Raises
    ------
    PerimeterError
        When a term is empty, unknown or ambiguous; it holds one problem per wrong term.
    UnavailableError
        When every term is understood but a composition is not imported (`tvs:`, `bassin:`,
        `zone_emploi:`).

    Always true
    -----------
    Parsing the `expression` of a perimeter gives that perimeter again.

    Examples
    --------
    >>> parse('departement:43').nom, len(parse('departement:haute-loire').codes)
    ('Haute-Loire', 257)
    """
    found: list[Perimeter] = []
    problems: list[Problem] = []
    absent: list[Term] = []
    for term in [_read(text) for text in _split(expression)]:
        if term.value and is_absent(term.kind):
            absent.append(term)
            continue
        try:
            found.append(_perimeter(term))
        except PerimeterError as error:
            problems += error.problems
    if problems:
        raise PerimeterError(tuple(dict.fromkeys(problems)))
    if absent:
        _refuse(absent)
    return union(found)


def is_absent(kind: str) -> bool:
    """Say whether the composition of a kind is neither embedded nor imported."""
    return kind in ABSENT and composed.composition(kind) is None


def of_place(place: Place) -> Perimeter:
    """Return the perimeter of a place."""
    codes = _codes_of(place)
    if not codes:
        raise PerimeterError([_without_commune(place)])
    return Perimeter(
        place.expression,
        place.kind,
        place.code,
        place.nom,
        codes,
        place.charniere,
        place.avec_article,
    )


def france() -> Perimeter:
    """Return France as Insee counts it: the communes of the 18 régions.

    The overseas collectivités (Polynésie française, Nouvelle-Calédonie…) are outside the régions
    and can be asked for by their own code.
    """
    rows = index()
    codes = tuple(rows.code_commune[rows.code_region != ""].tolist())
    return Perimeter("france", "france", "", "France", codes, "de la France", "la France")


def _split(expression: str) -> list[str]:
    """Return the terms; a + between quotes is part of a name."""
    terms, closing = [""], ""
    for letter in expression:
        if letter == "+" and not closing:
            terms.append("")
            continue
        if closing:
            closing = "" if letter == closing else closing
        elif letter in OPENING_QUOTES and (terms[-1].rstrip() or ":").endswith(":"):
            closing = OPENING_QUOTES[letter]
        terms[-1] += letter
    return [term.strip() for term in terms]


def _read(text: str) -> Term:
    kind, colon, value = text.partition(":")
    if not colon:
        return Term(text, "", text)
    return Term(text, _kind(kind), _unquoted(value))


def _kind(written: str) -> str:
    simple = names.simplified(written)
    kind = simple.replace(" ", "_")
    return kind if kind in LABELS else f"?{simple}"


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and OPENING_QUOTES.get(value[0]) == value[-1]:
        return value[1:-1].strip()
    return value


def _perimeter(term: Term) -> Perimeter:
    if term.kind == "france" or (not term.kind and names.simplified(term.value) == "france"):
        return france()
    if not term.value.strip():
        raise PerimeterError([_empty(term)])
    if not term.kind:
        return of_place(_bare_place(term))
    if term.kind.startswith("?"):
        raise PerimeterError([_unknown_kind(term)])
    return of_place(_place(term))


def _place(term: Term) -> Place:
    """Return the one place a term names, by code first."""
    by_code = _by_code(term.kind, term.value)
    if by_code is not None:
        return by_code
    candidates = _named(term.kind, term.value)
    if len(candidates) == 1:
        return candidates[0]
    raise PerimeterError([_ambiguous(term, candidates) if candidates else _unknown(term)])


def _bare_place(term: Term) -> Place:
    """Return the one place that a code or a name without its kind names."""
    candidates = _of_any_kind(term)
    communes = [place for place in candidates if place.kind == "commune"]
    if len(candidates) > 1 and all(place.kind in NAMED_AFTER for place in candidates):
        candidates = communes if len(communes) == 1 else candidates
    if len(candidates) == 1:
        return candidates[0]
    raise PerimeterError([_without_kind(term, candidates)])


def _of_any_kind(term: Term) -> list[Place]:
    value = _unquoted(term.value)
    found = [
        place
        for kind in KINDS
        for place in (*filter(None, [_by_code(kind, value)]), *_named(kind, value))
    ]
    return list(dict.fromkeys(found))


def _by_code(kind: str, value: str) -> Place | None:
    code = value.upper()
    if kind == "commune" and code not in places(kind):
        code = index().current_code(code) or code
    return places(kind).get(code)


def _named(kind: str, value: str) -> tuple[Place, ...]:
    """Return the places of a name; the article decides between homonyms when it can."""
    found = by_name(kind).get(name_key(kind, value), ())
    exact = tuple(p for p in found if names.simplified(p.nom) == names.simplified(value))
    return exact if len(exact) == 1 else found


def _codes_of(place: Place) -> tuple[str, ...]:
    if place.kind == "commune":
        return index().arrondissements.get(place.code, (place.code,))
    if place.kind in composed.COLUMNS:
        found = composed.composition(place.kind)
        return found.members.get(place.code, ()) if found else ()
    return index().groups(COLUMNS[place.kind]).get(place.code, ())


# --- what is said when a term names no place, or several


def _empty(term: Term) -> Problem:
    found = f"rien après « {term.written} »" if term.written else "un terme vide"
    return Problem("territoire", found, GRAMMAR, "nommer un territoire, ou ôter le + de trop")


def _without_kind(term: Term, candidates: list[Place]) -> Problem:
    if candidates:
        found = "plusieurs territoires ont ce nom ou ce code, et le genre n'est pas dit"
        return Problem(_where(term), found, GRAMMAR, f"choisir entre {_listed(candidates)}")
    near = [place for kind in KINDS for place in _nearest(kind, term.value)]
    found = "aucun territoire n'a ce nom ni ce code"
    return Problem(_where(term), found, GRAMMAR, _suggestion(near))


def _unknown_kind(term: Term) -> Problem:
    written = term.kind[1:]
    near = names.nearest(written, LABELS, 1)
    meant = f"écrire « {near[0]}:{term.value} »" if near else "choisir une des formes attendues"
    return Problem(_where(term), f"« {written} » n'est pas un genre de territoire", GRAMMAR, meant)


def _ambiguous(term: Term, candidates: tuple[Place, ...]) -> Problem:
    return Problem(
        _where(term),
        f"{len(candidates)} territoires portent ce nom : {_listed(candidates)}",
        "un nom porté par un seul territoire, ou un code",
        f"donner le code, par exemple {candidates[0].expression}",
    )


def _unknown(term: Term) -> Problem:
    is_code = term.value[:1].isdigit()
    if is_code and term.kind == "commune":
        found = index().reason(term.value)
    else:
        found = "code inconnu" if is_code else "nom inconnu"
    expected = f"le code ou le nom d'un territoire de ce genre : {LABELS[term.kind]}"
    near = _nearest(term.kind, term.value)
    action = "corriger le code, ou donner le nom" if is_code else _suggestion(near, _former(term))
    return Problem(_where(term), found, expected, action)


def _without_commune(place: Place) -> Problem:
    return Problem(
        f"territoire « {place.expression} »",
        f"{place.nom} n'est qu'une fraction de commune : il n'a aucune commune entière",
        "un territoire fait de communes entières",
        "demander la commune elle-même",
    )


def _nearest(kind: str, value: str) -> tuple[Place, ...]:
    catalogue = by_name(kind)
    near = names.nearest(name_key(kind, value), catalogue)
    return tuple(place for name in near for place in catalogue[name])


def _former(term: Term) -> str:
    if term.kind != "commune":
        return ""
    former = former_communes().get(name_key("commune", term.value), ())
    return " ; ".join(
        f"{nom} n'est plus une commune : demander {became}" for nom, became in former[:SHOWN]
    )


def _suggestion(near: "list[Place] | tuple[Place, ...]", former: str = "") -> str:
    if former:
        return former
    if near:
        return f"vérifier l'orthographe ; noms proches : {_listed(near)}"
    return "vérifier l'orthographe, ou donner le code"


def _listed(candidates: "list[Place] | tuple[Place, ...]") -> str:
    shown = " ; ".join(str(place) for place in candidates[:SHOWN])
    hidden = len(candidates) - SHOWN
    return f"{shown} ; et {hidden} autres" if hidden > 0 else shown


def _where(term: Term) -> str:
    return f"territoire « {term.written} »"


def _refuse(absent: list[Term]) -> NoReturn:
    what = ", ".join(f"{LABELS[term.kind]} « {term.value} »" for term in absent)
    files = " ; ".join(dict.fromkeys(ABSENT[term.kind] for term in absent))
    raise UnavailableError(f"composition du territoire ({what})", files)
