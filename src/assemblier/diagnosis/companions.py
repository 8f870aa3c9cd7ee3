"""The mean APL of the territories a report compares with: département, région, France.

The APL of every commune is embedded for Haute-Loire only; for other départements and for France
the facts hold the mean a third party computed on the DREES workbooks. A région has none.
"""

from assemblier.data import facts
from assemblier.diagnosis.apl import FILE, UNIT
from assemblier.figures import Confidence, Figure, Nature, Provenance, unavailable
from assemblier.territory import Perimeter

FRANCE = "FR"
LABEL = "APL moyenne aux médecins généralistes"


def mean_apl_of(
    perimeter: Perimeter, millesime: int, profession: str = "medecin_generaliste"
) -> Figure:
    """Return the mean APL of a département or of France, as a third party gives it.

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
    code = {"france": FRANCE, "departement": perimeter.code}.get(perimeter.kind)
    vintage = f"APL {millesime}"
    known = None if code is None else _known(code, millesime, profession)
    if known is None:
        return unavailable(f"{LABEL}, {perimeter.nom}", FILE, UNIT, vintage)
    value, source = known
    return Figure(
        f"{LABEL}, {perimeter.nom}",
        value,
        UNIT,
        Nature.CITE,
        vintage=vintage,
        provenance=Provenance((facts.source(source),)),
        decimals=2,
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
