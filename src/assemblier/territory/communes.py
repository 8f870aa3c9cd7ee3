"""The one index of communes: everything after it is an array on that index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

from assemblier import data
from assemblier.errors import DataError, Problem
from assemblier.figures import Provenance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]
    Texts: TypeAlias = NDArray[np.str_]
    Positions: TypeAlias = NDArray[np.intp]

SHOWN = 10
"""How many unknown codes a message names."""

SOURCES = {
    "population": "insee-populations",
    "nom": "insee-cog",
    "siren_epci": "dgcl-epci",
    "code_canton": "insee-cantons",
    "longitude": "dila-mairies",
    "latitude": "dila-mairies",
    "superficie_km2": "ign-contours",
}


@dataclass(frozen=True, eq=False)
class Communes:
    """The communes of France as arrays of one length, in ascending order of codes.

    Attributes
    ----------
    code_commune, nom
        Never empty.
    population
        Inhabitants; nan where unknown.
    siren_epci, code_canton, code_arrondissement, code_departement, code_region
        Empty where there is none.
    longitude, latitude
        In degrees; nan where unknown.
    x_m, y_m
        In metres, in the projection `epsg`; nan where unknown.
    epsg
        Legal projection; 0 where unknown.
    superficie_km2
        Area; nan where unknown.

    Always true
    -----------
    `code_commune[positions(codes)]` is `codes`.
    """

    code_commune: "Texts"
    nom: "Texts"
    population: "Numbers"
    siren_epci: "Texts"
    code_canton: "Texts"
    code_arrondissement: "Texts"
    code_departement: "Texts"
    code_region: "Texts"
    longitude: "Numbers"
    latitude: "Numbers"
    x_m: "Numbers"
    y_m: "Numbers"
    epsg: "NDArray[np.int64]"
    superficie_km2: "Numbers"

    def __len__(self) -> int:
        return len(self.code_commune)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of all communes."""
        return tuple(self.code_commune.tolist())

    @cached_property
    def current(self) -> dict[str, str]:
        """Return the commune each former code became."""
        rows = data.communes_fusionnees().drop_nulls("code_commune")
        return dict(rows.select("ancien_code", "code_commune").iter_rows())

    @cached_property
    def arrondissements(self) -> dict[str, tuple[str, ...]]:
        """Return the arrondissements of Paris, Lyon and Marseille, by code of the city."""
        rows = data.communes().drop_nulls("code_parent")
        found: dict[str, list[str]] = {}
        for code, parent in rows.select("code_commune", "code_parent").iter_rows():
            found.setdefault(parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    def positions(self, codes: Iterable[str]) -> "Positions":
        """Return where communes are in the arrays.

        Parameters
        ----------
        codes
            Codes of communes of the index.

        Raises
        ------
        DataError
            When a code is not one of the index; `current_code` says what it became.

        Examples
        --------
        >>> index().nom[index().positions(["43157"])].tolist()
        ['Le Puy-en-Velay']
        """
        import numpy as np

        wanted = np.array(list(codes), dtype=np.str_)
        places = np.searchsorted(self.code_commune, wanted)
        found = self.code_commune[np.minimum(places, len(self) - 1)]
        unknown = wanted[found != wanted].tolist()
        if unknown:
            raise DataError([self._unknown(code) for code in unknown[:SHOWN]])
        return places

    def current_code(self, code: str) -> str | None:
        """Return the code of the commune a code stands for today.

        Parameters
        ----------
        code
            Code of a commune, present or former.

        Returns
        -------
            The code itself for a commune of the index; None when the code is unknown, or is a
            city given by its arrondissements (see `arrondissements`).

        Always true
        -----------
        Asking twice changes nothing.

        Examples
        --------
        >>> index().current_code("43146"), index().current_code("75056")
        ('43157', None)
        """
        if code in self._known:
            return code
        return self.current.get(code)

    def groups(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return the communes of each territory of a kind, by code of the territory.

        Parameters
        ----------
        name
            Name of an array of codes: ``"siren_epci"``, ``"code_departement"``…

        Examples
        --------
        >>> len(index().groups("code_departement")["43"])
        257
        """
        if name not in self._groups:
            found: dict[str, list[str]] = {}
            for code, group in zip(self.codes, getattr(self, name).tolist(), strict=True):
                if group:
                    found.setdefault(group, []).append(code)
            self._groups[name] = {group: tuple(codes) for group, codes in found.items()}
        return self._groups[name]

    def provenance(self, name: str) -> Provenance:
        """Return where an array comes from.

        Parameters
        ----------
        name
            Name of an attribute.
        """
        return Provenance(sources=(data.source(SOURCES.get(name, "insee-cog")),))

    @cached_property
    def _groups(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {}

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.codes)

    def _unknown(self, code: str) -> Problem:
        return Problem(
            where="code de commune",
            found=f"« {code} » ({self.reason(code)})",
            expected="le code d'une commune actuelle (code officiel géographique 2026)",
            action="corriger le code, ou rapporter d'abord la table au millésime actuel",
        )

    def reason(self, code: str) -> str:
        """Say why a code is not one of the index."""
        if code in self.arrondissements:
            return "ville à arrondissements : donner chaque arrondissement"
        if code in self.current:
            return f"ancien code, aujourd'hui {self.current[code]}"
        if len(code) == 4 and self.current_code(f"0{code}"):
            return f"zéro initial perdu, sans doute 0{code}"
        return "code inconnu"


@cache
def index() -> Communes:
    """Return the index of communes, read once.

    Always true
    -----------
    Codes are in ascending order, each once.

    Examples
    --------
    >>> int(index().population[index().positions(["43157"])][0])
    18540
    """
    table = data.communes()

    def texts(name: str) -> "Texts":
        return _array(table[name].fill_null("").to_list())

    def numbers(name: str) -> "Numbers":
        import polars as pl

        return table[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()

    return Communes(
        code_commune=texts("code_commune"),
        nom=texts("nom"),
        population=numbers("population"),
        siren_epci=texts("siren_epci"),
        code_canton=texts("code_canton"),
        code_arrondissement=texts("code_arrondissement"),
        code_departement=texts("code_departement"),
        code_region=texts("code_region"),
        longitude=numbers("longitude"),
        latitude=numbers("latitude"),
        x_m=numbers("x_m"),
        y_m=numbers("y_m"),
        epsg=table["epsg"].fill_null(0).to_numpy().astype("int64"),
        superficie_km2=numbers("superficie_km2"),
    )


def _array(values: Sequence[str]) -> "Texts":
    import numpy as np

    return np.array(values, dtype=np.str_)
