"""What is delivered with the program: Haute-Loire's supply, its people by age, published APL."""

from assemblier import data
from assemblier.access.demand import PeopleByAge
from assemblier.access.method import PROFESSIONS, Method
from assemblier.access.supply import Supply, counted_supply
from assemblier.data import facts
from assemblier.figures import Provenance, Source

BPE = "insee-bpe-2025"
CENSUS = "insee-rp-2023"
PUBLISHED = "drees-apl-mg"


def embedded_supply(method: Method) -> Supply:
    """Return the places of practice of Haute-Loire.

    Examples
    --------
    >>> from datetime import date
    >>> from assemblier.access.method import method
    >>> len(embedded_supply(method("medecin_generaliste", date(2024, 1, 1))).covered)
    257
    """
    import polars as pl

    rows = facts.professionnels().filter(pl.col("profession") == method.profession)
    counts = dict(rows.select("code_commune", "effectif").iter_rows())
    label = PROFESSIONS[method.profession]
    words = data.communes().select("code_commune", "charniere").iter_rows()
    sites = {code: f"{label} {of}" for code, of in words if code in counts}
    return counted_supply(counts, method, counts, facts.source(BPE), sites)


def embedded_people(method: Method) -> PeopleByAge:
    """Return the people by age of Haute-Loire who make the demand of a profession.

    Examples
    --------
    >>> from datetime import date
    >>> from assemblier.access.method import method
    >>> len(embedded_people(method("sage_femme", date(2024, 1, 1))).people)
    257
    """
    import polars as pl

    rows = facts.population_age_sexe()
    if method.sexe == "F":
        rows = rows.filter(pl.col("sexe") == "F")
    wide = (
        rows.group_by("code_commune", "age_debut")
        .agg(pl.col("population").sum())
        .pivot("age_debut", index="code_commune", values="population")
    )
    ages = sorted(int(name) for name in wide.columns if name != "code_commune")
    values = wide.select([str(age) for age in ages]).to_numpy()
    return PeopleByAge(
        dict(zip(wide["code_commune"], values, strict=True)),
        tuple(map(float, ages)),
        Provenance((facts.source(CENSUS),)),
    )


def embedded_published(
    profession: str, year: int | None = None, series: str = "apl"
) -> tuple[dict[str, float], int]:
    """Return the published scores that are delivered, and their year.

    Parameters
    ----------
    profession
        One of `PROFESSIONS`; only general practitioners have published scores here.
    year
        The year wanted, or None for the latest.
    series
        ``"apl"``, or ``"apl_65"`` for doctors of 65 or less.

    Returns
    -------
        Score by commune, empty where nothing is delivered; the year, 0 then.
    """
    import polars as pl

    rows = facts.apl_publiee() if profession == "medecin_generaliste" else None
    if rows is None:
        return {}, 0
    years = sorted(rows["millesime"].unique().to_list())
    wanted = years[-1] if year is None else year
    found = rows.filter(pl.col("millesime") == wanted)
    scores = dict(found.select("code_commune", series).iter_rows())
    return scores, (wanted if scores else 0)


def published_source() -> Source:
    """Return the source of the published scores.

    Examples
    --------
    >>> published_source().producer
    'DREES'
    """
    return facts.source(PUBLISHED)
