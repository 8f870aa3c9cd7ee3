"""The relief between neighbouring communes.

What · metres climbed and descended, in a straight line, between the town halls of two communes
that share a border. Producer · NOAA (GLOBE 1.0). Licence · public domain. Vintage · 1999. Built by
`tools/construire_relief.py` from a grid of one kilometre that stops at the Greenwich meridian and
at 50° north: west and north of it, unknown, never zero.
"""

from functools import cache
from typing import TYPE_CHECKING

from assemblier.data.reference import FOLDER
from assemblier.figures import Source

if TYPE_CHECKING:
    import polars as pl

SOURCE = Source(
    key="noaa-globe",
    producer="NOAA",
    title="GLOBE, altitudes du globe à un kilomètre",
    vintage="1999",
    licence="domaine public",
    address="https://www.ngdc.noaa.gov/mgg/topo/globe.html",
    note=(
        "Grille de 30 secondes d'arc, lue en 9 points entre deux mairies ; inconnue à l'ouest du "
        "méridien de Greenwich, au nord du 50e parallèle et outre-mer."
    ),
)


@cache
def relief() -> "pl.DataFrame":
    """Return the climb between neighbours: `code_a`, `code_b`, `denivele_m` (null where unknown).

    Always true
    -----------
    One row per row of `assemblier.data.voisins`, in the same order.

    Examples
    --------
    >>> relief().columns
    ['code_a', 'code_b', 'denivele_m']
    """
    import polars as pl

    return pl.read_parquet(FOLDER / "relief.parquet")
