"""The mean APL of the territories a report compares with: département, région, France.

Where the APL of their communes was imported, or is embedded with standardised inhabitants, it is
computed; else the facts hold, for départements and for France, the mean a third party computed on
the DREES workbooks. A région has none there.
"""

from assemblier.data import facts
from assemblier.diagnosis import local
from assemblier.diagnosis.apl import FILES, PRACTITIONERS, UNITS, mean_apl
from assemblier.figures import Confidence, Figure, Nature, Provenance, unavailable
from assemblier.sources.stored import stored
from assemblier.territory import Perimeter

FRANCE = "FR"
GP = "medecin_generaliste"


def mean_apl_of(perimeter: Perimeter, millesime: int, profession: str = GP) -> Figure:
    """Return the mean APL of a territory: computed from its communes, else as a third party says.

    Parameters
    ----------
    perimeter
        The companion territory.
    millesime
        Year of the APL.
    profession
        As in the facts.

    Always true
    -----------
    A territory or a year the facts do not hold is not available, never zero.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> mean_apl_of(parse("france"), 2024).value
    3.72
    """
    computed = _computed(perimeter, millesime, profession)
    if computed is not None:
        return computed
    code = {"france": FRANCE, "departement": perimeter.code}.get(perimeter.kind)
    vintage, label = f"APL {millesime}", f"APL moyenne aux {PRACTITIONERS[profession]}"
    known = None if code is None else _known(code, millesime, profession)
    if known is None:
        return unavailable(
            f"{label}, {perimeter.nom}", FILES[profession], UNITS[profession], vintage
        )
    value, source = known
    return Figure(
        f"{label}, {perimeter.nom}",
        value,
        UNITS[profession],
        Nature.CITE,
        vintage=vintage,
        provenance=Provenance((facts.source(source),)),
        decimals=2,
        confidence=Confidence.SECONDAIRE,
    )


def _computed(perimeter: Perimeter, millesime: int, profession: str) -> Figure | None:
    """Return the mean over the communes when the imported files allow what the DREES does."""
    if not stored("apl_publiee"):
        return None
    own = local.published_apl(perimeter, profession=profession)
    if millesime not in own.millesimes or not own.weights(millesime)[1]:
        return None
    found = mean_apl(own, millesime)
    return found if found.is_known else None


def people_under_2_5(perimeter: Perimeter) -> Figure:
    """Return the inhabitants of a département under 2.5 consultations a year, as a third party.

    Examples
    --------
    >>> from assemblier.territory import parse
    >>> people_under_2_5(parse("departement:48")).value
    37517.0
    """
    label = f"habitants sous 2,5 consultations par an, {perimeter.nom}"
    code = {"france": FRANCE, "departement": perimeter.code}.get(perimeter.kind)
    rows = [
        row
        for row in facts.population_departements().iter_rows(named=True)
        if row["code"] == code and row["population_sous_2_5"] is not None
    ]
    if not rows:
        return unavailable(label, FILES[GP], "habitants")
    return Figure(
        label,
        float(rows[0]["population_sous_2_5"]),
        "habitants",
        Nature.CITE,
        vintage="APL 2024",
        provenance=Provenance((facts.source(rows[0]["source"]),)),
        confidence=Confidence.SECONDAIRE,
    )


def _known(code: str, millesime: int, profession: str) -> tuple[float, str] | None:
    import polars as pl

    rows = facts.apl_departements().filter(
        pl.col("code") == code,
        pl.col("millesime") == millesime,
        pl.col("profession") == profession,
        pl.col("apl").is_not_null(),
    )
    if rows.is_empty():
        return None
    # Two sources may give one département: the later publication comes first in the facts.
    value, source = rows.select("apl", "source").row(0)
    return float(value), str(source)
