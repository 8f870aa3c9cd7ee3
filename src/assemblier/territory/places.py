"""Every place that has a name and a code, kind by kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assemblier import data
from assemblier.territory import composed, names

if TYPE_CHECKING:
    import polars as pl

KINDS = ("region", "departement", "arrondissement", "epci", "canton", "commune")
"""Kinds of places that have a code, from the largest."""

LABELS = {
    "france": "France",
    "region": "région",
    "departement": "département",
    "arrondissement": "arrondissement",
    "epci": "intercommunalité",
    "canton": "canton",
    "commune": "commune",
    "tvs": "territoire de vie-santé",
    "bassin": "bassin de vie",
    "zone_emploi": "zone d'emploi",
}
"""Each kind as people call it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One named place.

    Attributes
    ----------
    kind, code, nom
        Its kind (one of `KINDS`), its code, its name with its article.
    charniere, avec_article
        Its name as a sentence continues and begins.
    situation
        Where it is, to tell it from its homonyms: a département, or a région.
    """

    kind: str
    code: str
    nom: str
    charniere: str
    avec_article: str
    situation: str = ""

    @property
    def expression(self) -> str:
        """How to ask for it."""
        return f"{self.kind}:{self.code}"

    def __str__(self) -> str:
        where = f", {self.situation}" if self.situation else ""
        return f"{self.nom} ({self.expression}{where})"


def places(kind: str) -> dict[str, Place]:
    """Return the places of a kind, by code, in ascending order of codes.

    The cities given by their arrondissements (Paris, Lyon, Marseille) are among the communes. A
    kind whose composition is imported has no place until it is.

    Examples
    --------
    >>> str(places("departement")["43"])
    'Haute-Loire (departement:43, Auvergne-Rhône-Alpes)'
    """
    return _places(kind, _imported(kind))


def by_name(kind: str) -> dict[str, tuple[Place, ...]]:
    """Return the places of a kind by simplified name, without article or nature."""
    return _by_name(kind, _imported(kind))


def _imported(kind: str) -> composed.Composition | None:
    return composed.composition(kind) if kind in composed.COLUMNS else None


@lru_cache(maxsize=32)
def _places(kind: str, found: composed.Composition | None) -> dict[str, Place]:
    if kind in composed.COLUMNS:
        return {place.code: place for place in (_composed(kind, found) if found else ())}
    readers = {
        "region": _regions,
        "departement": _departements,
        "arrondissement": _arrondissements,
        "epci": _epci,
        "canton": _cantons,
        "commune": _communes,
    }
    return {place.code: place for place in sorted(readers[kind](), key=lambda p: p.code)}


@lru_cache(maxsize=32)
def _by_name(kind: str, imported: composed.Composition | None) -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for place in _places(kind, imported).values():
        found.setdefault(name_key(kind, place.nom), []).append(place)
    return {name: tuple(homonyms) for name, homonyms in found.items()}


def name_key(kind: str, name: str) -> str:
    """Return a name as `by_name` files it."""
    simple = names.simplified(name)
    if kind == "epci":
        return names.without_epci_words(simple)
    return names.without_article(simple)


@cache
def former_communes() -> dict[str, tuple[tuple[str, Place], ...]]:
    """Return former communes by simplified name: name, and the commune they became."""
    found: dict[str, list[tuple[str, Place]]] = {}
    for nom, code in data.noms_anciens().select("nom", "code_commune").iter_rows():
        became = places("commune")[code]
        found.setdefault(name_key("commune", nom), []).append((nom, became))
    return {name: tuple(homonyms) for name, homonyms in found.items()}


def _regions() -> Iterator[Place]:
    table = data.regions().select("code_region", "nom", "charniere", "nom_avec_article")
    for code, nom, charniere, article in table.iter_rows():
        yield Place("region", code, nom, charniere, article)


def _departements() -> Iterator[Place]:
    region = dict(data.regions().select("code_region", "nom").iter_rows())
    columns = ("code_departement", "nom", "charniere", "nom_avec_article", "code_region")
    for code, nom, charniere, article, of in data.departements().select(columns).iter_rows():
        yield Place("departement", code, nom, charniere, article, region.get(of, "outre-mer"))


def _arrondissements() -> Iterator[Place]:
    departement = _departement_names()
    columns = ("code_arrondissement", "nom", "charniere", "code_departement")
    for code, nom, charniere, of in data.arrondissements().select(columns).iter_rows():
        label = f"arrondissement {charniere}"
        yield Place("arrondissement", code, nom, f"de l'{label}", f"l'{label}", departement[of])


def _epci() -> Iterator[Place]:
    seats = _situations("siren_epci")
    columns = ("siren_epci", "nom", "charniere")
    for code, nom, charniere in data.epci().select(columns).iter_rows():
        article = charniere.removeprefix("de ").removeprefix("d'")
        yield Place("epci", code, nom, charniere, article, seats.get(code, ""))


def _cantons() -> Iterator[Place]:
    departement = _departement_names()
    columns = ("code_canton", "nom", "type", "charniere", "code_departement")
    for code, nom, kind, charniere, of in data.cantons().select(columns).iter_rows():
        name = nom if kind == "canton" else f"{nom} ({kind})"
        article = f"le {charniere.removeprefix('du ')}"
        yield Place("canton", code, name, charniere, article, departement[of])


def _communes() -> Iterator[Place]:
    departement = _departement_names()
    columns = ("code_commune", "nom", "charniere", "code_departement")
    for code, nom, charniere, of in data.communes().select(columns).iter_rows():
        yield Place("commune", code, nom, charniere, nom, departement[of])
    cities = data.communes_fusionnees().filter(_is_city())
    for code, nom in cities.select("ancien_code", "nom").iter_rows():
        yield Place("commune", code, nom, f"de {nom}", nom, departement[code[:2]])


def _composed(kind: str, found: composed.Composition) -> Iterator[Place]:
    words = composed.COLUMNS[kind].words
    link, article = ("de la ", "la ") if words.startswith("zone") else ("du ", "le ")
    for code, nom in found.names.items():
        named = f"{words} « {nom} »" if nom != code else f"{words} {code}"
        place = composed.situation(found.members[code])
        yield Place(kind, code, nom, link + named, article + named, place)


def _is_city() -> "pl.Expr":
    import polars as pl

    return pl.col("nature") == "ville à arrondissements"


def _departement_names() -> dict[str, str]:
    return dict(data.departements().select("code_departement", "nom").iter_rows())


def _situations(column: str) -> dict[str, str]:
    """Return, for each group of communes, the département where most of its people live."""
    import polars as pl

    named = _departement_names()
    largest = (
        data.communes()
        .drop_nulls(column)
        .group_by(column, "code_departement")
        .agg(pl.col("population").sum())
        .sort(column, "population", "code_departement")
        .group_by(column, maintain_order=True)
        .last()
    )
    return {
        code: named[departement]
        for code, departement in largest.select(column, "code_departement").iter_rows()
    }
