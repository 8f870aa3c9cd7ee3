"""The facts re-entered from published sources: Haute-Loire's statistics.

What · the published APL, the census, the equipment census of the 257 communes; averages of
départements. Producer, licence, vintage, quality · `faits/sources.yaml`, one record per source,
returned by `source`. Every table holds what its source prints: nothing is filled in.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.figures import Source

if TYPE_CHECKING:
    import polars as pl

FOLDER = Path(__file__).parent / "faits"

PROFESSIONS = (
    "medecin_generaliste",
    "infirmier",
    "masseur_kinesitherapeute",
    "chirurgien_dentiste",
    "sage_femme",
    "orthophoniste",
    "pedicure_podologue",
    "dieteticien",
    "psychologue",
)
"""The professions of `professionnels`."""

STRUCTURES = ("maison_de_sante", "pharmacie", "laboratoire")
"""The structures of `structures`."""


def source(key: str) -> Source:
    """Return the source of facts known under a key of ``faits/sources.yaml``.

    Raises
    ------
    LookupError
        When no source has this key.

    Examples
    --------
    >>> source("insee-rp-2023").vintage
    'RP 2023'
    """
    known = _sources()
    if key not in known:
        raise LookupError(f"source « {key} » inconnue ; sources connues : {', '.join(known)}")
    return known[key]


@cache
def apl_publiee() -> "pl.DataFrame":
    """Return the published APL to general practitioners of the communes of Haute-Loire.

    Columns: `code_commune`, `millesime` (2022, 2023, 2024), `apl` and `apl_65` (consultations a
    year per standardised inhabitant; all doctors, doctors of 65 or less), one row per commune and
    year. Source ``drees-apl-mg``. A value of 0 is the source's: nothing is in reach.

    Always true
    -----------
    257 communes have the three years, without a hole.

    Examples
    --------
    >>> apl_publiee().height
    771
    """
    import polars as pl

    wide = _read("apl_medecins_generalistes_43.csv")
    years = [
        wide.select(
            "code_commune",
            pl.lit(year, pl.Int32).alias("millesime"),
            pl.col(f"apl_{year}").alias("apl"),
            pl.col(f"apl_65_{year}").alias("apl_65"),
        )
        for year in (2022, 2023, 2024)
    ]
    return pl.concat(years).sort("code_commune", "millesime")


@cache
def population_age_sexe() -> "pl.DataFrame":
    """Return the inhabitants of the communes of Haute-Loire by sex and five-year age class.

    Columns: `code_commune`, `sexe` (``"F"``, ``"H"``), `age_debut` (0, 5 … 95, the last one open),
    `population` (a survey estimate: not a whole number). Source ``insee-rp-2023``.

    Always true
    -----------
    Each of the 257 communes has its 40 classes, none negative.

    Examples
    --------
    >>> population_age_sexe().columns
    ['code_commune', 'sexe', 'age_debut', 'population']
    """
    import polars as pl

    parts = pl.col("classe").str.split_exact("_", 1)
    return (
        _read("population_age_sexe_43.csv")
        .unpivot(index="code_commune", variable_name="classe", value_name="population")
        .select(
            "code_commune",
            parts.struct.field("field_0").alias("sexe"),
            parts.struct.field("field_1").cast(pl.Int32).alias("age_debut"),
            "population",
        )
        .sort("code_commune", "sexe", "age_debut")
    )


@cache
def professionnels() -> "pl.DataFrame":
    """Return the health professionals of the communes of Haute-Loire, at each place of practice.

    Columns: `code_commune`, `profession` (one of `PROFESSIONS`), `effectif`. Source
    ``insee-bpe-2025``, a census of the département: a commune it does not list has none, and its
    zero is written here. A commune of another département is absent: unknown, not zero.

    Always true
    -----------
    257 communes times 9 professions, each once.

    Examples
    --------
    >>> professionnels().height == 257 * len(PROFESSIONS)
    True
    """
    return _equipments(PROFESSIONS, "profession")


@cache
def structures() -> "pl.DataFrame":
    """Return the health structures of the communes of Haute-Loire, as `professionnels` does.

    Columns: `code_commune`, `structure` (one of `STRUCTURES`), `effectif`.

    Examples
    --------
    >>> structures().columns
    ['code_commune', 'structure', 'effectif']
    """
    return _equipments(STRUCTURES, "structure")


@cache
def apl_departements() -> "pl.DataFrame":
    """Return the published APL of départements, five professions.

    Columns: `code` (``"FR"`` or a département), `profession`, `millesime`, `apl` (consultations a
    year per standardised inhabitant for general practitioners, full-time equivalents per 100,000
    for the others), `source` (a key for `source`). Two sources give 2023 for 13 départements and
    differ by a few per cent: both stand; prefer ``drees-apl-departements``, whose weighting is
    known.

    Always true
    -----------
    One row per code, profession, year and source.

    Examples
    --------
    >>> sorted(apl_departements()["millesime"].unique())
    [2023, 2024]
    """
    import polars as pl

    known = _read("apl_departements_2023_2024.csv").drop("population", "population_sous_2_5")
    others = _read("apl_departements_2023.csv").drop("population")
    return pl.concat(
        [
            _apl_long(known, "drees-apl-departements"),
            _apl_long(others, "drees-apl-departements-2023"),
        ]
    )


@cache
def population_departements() -> "pl.DataFrame":
    """Return the inhabitants of départements, as the sources of `apl_departements` print them.

    Columns: `code` (``"FR"`` or a département), `population` (null for France: not given),
    `population_sous_2_5` (inhabitants of communes whose APL 2024 is under 2.5, null where the
    source does not give it), `source`.

    Examples
    --------
    >>> population_departements().columns
    ['code', 'population', 'population_sous_2_5', 'source']
    """
    import polars as pl

    columns = ["code", "population", "population_sous_2_5"]
    known = _read("apl_departements_2023_2024.csv").select(
        *columns, pl.lit("drees-apl-departements").alias("source")
    )
    others = _read("apl_departements_2023.csv").select(
        "code", "population", pl.lit("drees-apl-departements-2023").alias("source")
    )
    return pl.concat([known, others], how="diagonal")


def _apl_long(wide: "pl.DataFrame", key: str) -> "pl.DataFrame":
    """Turn columns `<profession>_<year>` into rows."""
    import polars as pl

    parts = pl.col("serie").str.extract_groups(r"^(?<profession>.+)_(?<millesime>\d{4})$")
    return wide.unpivot(index="code", variable_name="serie", value_name="apl").select(
        "code",
        parts.struct.field("profession"),
        parts.struct.field("millesime").cast(pl.Int32),
        pl.col("apl").cast(pl.Float64),
        pl.lit(key).alias("source"),
    )


def _equipments(kinds: tuple[str, ...], name: str) -> "pl.DataFrame":
    """Return the counts of some kinds, with the zeros the census implies."""
    import polars as pl

    listed = _read("equipements_43.csv").select("code_commune", *kinds)
    communes = _read("population_age_sexe_43.csv").select("code_commune")
    return (
        communes.join(listed, on="code_commune", how="left")
        .unpivot(index="code_commune", variable_name=name, value_name="effectif")
        .with_columns(pl.col("effectif").fill_null(0))
        .sort("code_commune", name)
    )


def _read(name: str) -> "pl.DataFrame":
    """Read one file of facts; codes stay texts."""
    import polars as pl

    codes = {"code_commune": pl.String, "code": pl.String}
    return pl.read_csv(FOLDER / name, separator=";", schema_overrides=codes)


def read_yaml(name: str) -> dict[str, Any]:
    """Read one YAML file of the folder of facts."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times faster
    loaded: dict[str, Any] = yaml.load((FOLDER / name).read_text(encoding="utf-8"), loader)
    return loaded


@cache
def _sources() -> dict[str, Source]:
    return {key: Source(key=key, **fields) for key, fields in read_yaml("sources.yaml").items()}
