"""Exports of CartoSanté and of Insee's local statistics: indicators by territory.

*What*: two lines that say the producer and the level, a header `Code;Libellé;…`, one indicator a
column; the zoning of nurses is one of them. *Producer*: Atlasanté / ARS (CartoSanté), Insee.
*Licence*: Licence Ouverte 2.0. *Vintage*: the last year each label names. *Last checked*: November
2026, on exports of 2023 to 2026.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading
from assemblier.sources.layout import (
    Context,
    Imported,
    ImportedTable,
    Layout,
    Row,
    Sample,
    normalise,
)
from assemblier.sources.loading import (
    ORIGIN,
    Job,
    communes_of_today,
    date_of_name,
    finished,
    last_year,
    merged_measures,
    required_year,
    slug,
    table,
)
from assemblier.sources.professions import from_words
from assemblier.sources.values import (
    CONNU,
    LIGNE,
    NON_DISPONIBLE,
    clean,
    melt,
    number,
    reject,
    statut,
    without_doubles,
)
from assemblier.sources.zones import zone_of

PAGE = "https://cartosante.atlasante.fr"
PAGE_INSEE = "https://statistiques-locales.insee.fr"

# Words of « Référentiel géographique » → the level of the catalogue, the most precise first.
_LEVELS = (
    ("bassin de vie canton ville", "bassin_de_vie_canton_ville"),
    ("bassin de vie", "bassin_de_vie"),
    ("canton", "canton_ville"),
    ("territoire de vie", "tvs"),
    ("commune", "commune"),
    ("epci", "epci"),
    ("intercommunalite", "epci"),
    ("zone d emploi", "zone_emploi"),
    ("unite urbaine", "unite_urbaine"),
    ("aire d attraction", "aire_attraction"),
    ("arrondissement", "arrondissement"),
    ("departement", "departement"),
    ("region", "region"),
)
_ADDITIVE = r"^(?:nombre|effectif|population\b(?! ?:))"


@dataclass(frozen=True)
class _Export:
    """What the first lines of an export say."""

    producer: str
    level: str
    header: int


def _export(sample: Sample) -> _Export | None:
    """Return what an export says of itself, or None when it is not one."""
    if sample.container != "texte" or len(sample.rows) < 3:
        return None
    level = _level(sample.rows)
    header = sample.header_row("code", "libelle")
    if level is None or header is None or header > 6:
        return None
    producer = sample.rows[0][0].lstrip("\ufeff").strip()
    return _Export(producer, level, header)


def _level(rows: tuple[Row, ...]) -> str | None:
    for row in rows[:5]:
        said = normalise(row[0]) if row else ""
        if said.startswith("referentiel geographique"):
            return next((level for words, level in _LEVELS if words in said), None)
    return None


def _recognise(sample: Sample) -> bool:
    return _export(sample) is not None


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    export = _export(sample)
    assert export is not None  # the file was recognised by it
    columns = {"code": "code", "nom": "libelle"}
    labels = [label for label in sample.rows[export.header][2:] if label.strip()]
    measures = {label: f"m{place}" for place, label in enumerate(labels)}
    wanted = {**columns, **{name: label for label, name in measures.items()}}
    frame = reading.text_frame(path, sample, job.ledger, export.header, wanted)
    frame = _with_codes(frame, export.level, job)
    zonings = {label: name for label, name in measures.items() if "zonage" in normalise(label)}
    numbers = {label: name for label, name in measures.items() if label not in zonings}
    frame = _readable(frame, numbers, job)
    tables = [
        one for label, name in zonings.items() for one in _zoning(frame, label, name, export, job)
    ]
    if numbers:
        tables += _indicators(frame, numbers, export, job)
    return finished(job, frame.height, tables)


def _with_codes(frame: pl.DataFrame, level: str, job: Job) -> pl.DataFrame:
    frame = frame.with_columns(clean(pl.col("code")))
    frame = reject(frame, pl.col("code").is_null(), "code du territoire absent", job.ledger)
    if level == "commune":
        frame = communes_of_today(frame, job.context, job.ledger, "code")
    else:
        frame = frame.with_columns(pl.col("code").alias(ORIGIN))
    return without_doubles(frame, [ORIGIN], job.ledger)


def _readable(frame: pl.DataFrame, numbers: dict[str, str], job: Job) -> pl.DataFrame:
    """Return the rows whose values can be read; an APL or a share is never negative."""
    for label, name in numbers.items():
        value = pl.col(name)
        frame = reject(frame, statut(value).is_null(), "valeur illisible", job.ledger, value)
        if normalise(label).startswith(("apl ", "part ", "taux ", "densite", "nombre ")):
            absurd = ~number(value).is_between(0, 1e8 if "apl" not in normalise(label) else 1e4)
            frame = reject(frame, absurd, "valeur négative ou absurde", job.ledger, value)
    return frame


def _source(export: _Export, about: str, title: str, vintage: str) -> Source:
    is_insee = normalise(export.producer).startswith("insee")
    producer = "insee-statistiques-locales" if is_insee else "cartosante"
    return Source(
        key=f"{producer}-{slug(export.level)}-{slug(about)}",
        producer="Insee" if is_insee else "CartoSanté (Atlasanté, ARS)",
        title=title,
        vintage=vintage,
        address=PAGE_INSEE if is_insee else PAGE,
        note="" if is_insee else "valeurs arrondies à une décimale par le producteur",
    )


def _zoning(
    frame: pl.DataFrame, label: str, name: str, export: _Export, job: Job
) -> list[ImportedTable]:
    """Return the zoning of a profession, where it is given by commune."""
    profession = from_words(label)
    if export.level != "commune" or profession is None:
        job.ledger.note(f"colonne « {label} » : zonage sans commune ou sans profession, non repris")
        return []
    said = clean(pl.col(name))
    words = frame[name].unique().drop_nulls().to_list()
    zones = {word: zone_of(word) for word in words} or {"": None}
    state = statut(pl.col(name))
    missing = state.is_not_null() & (state != CONNU)
    content = frame.select(
        pl.col("code").alias("code_commune"),
        pl.lit(profession).alias("profession"),
        pl.col(name).replace_strict(zones, default=None, return_dtype=pl.String).alias("zone"),
        pl.coalesce(said, pl.lit(NON_DISPONIBLE)).alias("zone_source"),
        pl.when(missing).then(state).otherwise(pl.lit(CONNU)).alias("statut"),
    )
    once = content.unique(["code_commune", "profession", "zone_source"], maintain_order=True)
    vintage = str(last_year(label) or date_of_name(job))
    source = _source(export, f"zonage {profession}", label.strip(), vintage)
    return [table("zonage", once, source, vintage)]


def _indicators(
    frame: pl.DataFrame, numbers: dict[str, str], export: _Export, job: Job
) -> list[ImportedTable]:
    """Return the indicators, one table a vintage; the ALD in their own table."""
    names = {name: label.strip() for label, name in numbers.items()}
    longer = melt(frame, ["code", LIGNE], names, job.ledger)
    years = {label: _year(label, job) for label in names.values()}
    longer = longer.with_columns(
        pl.lit(export.level).alias("niveau"),
        pl.col("indicateur").replace_strict(years, return_dtype=pl.Int64).alias("millesime"),
    )
    if export.level == "commune":
        additive = [one for one in years if re.search(_ADDITIVE, normalise(one))]
        longer = merged_measures(longer, ["code", "indicateur"], additive, job.ledger)
    short = {label: _without_year(label) for label in years}
    units = {_without_year(label): _unit(label) for label in years}
    longer = longer.with_columns(pl.col("indicateur").replace(short)).with_columns(
        pl.col("indicateur").replace_strict(units, return_dtype=pl.String).alias("unite")
    )
    tables = []
    # One table an indicator: another export with the same one replaces it, and only it.
    for (label, year), part in longer.partition_by("indicateur", "millesime", as_dict=True).items():
        title = f"{label} {year}"
        source = _source(export, str(label), title, str(year))
        if re.search(r"(?i)\bALD\b", str(label)):
            tables.append(table("ald", _ald(part), source, str(year)))
        else:
            tables.append(table("indicateurs", part, source, str(year)))
    if export.level == "commune":
        tables += _published_apl(frame, names, export)
    return tables


def _year(label: str, job: Job) -> int:
    return required_year(job.path, last_year(label), f"l'année de « {label} »")


def _without_year(label: str) -> str:
    """Return a label without its last year: the same indicator has one name through the years."""
    return re.sub(r"\s*(19|20)\d\d\s*$", "", label).strip(" ,-") or label


def _unit(label: str) -> str | None:
    plain = normalise(label)
    if plain.startswith(("part ", "taux ")):
        return "%"
    if plain.startswith("densite") and "population" not in plain:
        return "pour 10 000 habitants" if "10 000" in label or "lib" in plain else None
    if plain.startswith(("nombre", "effectif")):
        return "effectif"
    return "euros par an" if "niveau de vie" in plain else None


def _ald(part: pl.DataFrame) -> pl.DataFrame:
    """Return the shares of patients in ALD, in the table of ALD."""
    return part.select(
        "niveau",
        "code",
        "millesime",
        pl.lit("toutes").alias("ald"),
        pl.lit("ensemble").alias("sexe"),
        pl.lit("tous").alias("age"),
        pl.lit(None, pl.Float64).alias("effectif"),
        pl.col("valeur").alias("taux"),
        pl.lit("% de la population").alias("unite"),
        "statut",
    ).unique(["niveau", "code", "millesime", "ald", "sexe", "age"], maintain_order=True)


def _published_apl(
    frame: pl.DataFrame, names: dict[str, str], export: _Export
) -> list[ImportedTable]:
    """Return APL by commune also as published APL, rounded as CartoSanté rounds it."""
    tables = []
    for name, label in names.items():
        year, profession = last_year(label), from_words(label)
        if not normalise(label).startswith("apl ") or not year or not profession:
            continue
        alone = frame.filter(~pl.col("code").is_duplicated())
        content = alone.select(
            pl.col("code").alias("code_commune"),
            pl.lit(profession).alias("profession"),
            pl.lit(year, pl.Int64).alias("millesime"),
            number(pl.col(name)).alias("apl"),
        )
        title = f"{label} (CartoSanté, d'après la DREES)"
        source = _source(export, f"apl {profession}", title, str(year))
        tables.append(table("apl_publiee", content, source, str(year)))
    return tables


LAYOUTS = (
    Layout(
        "cartosante",
        "CartoSanté",
        "export de CartoSanté ou des statistiques locales de l'Insee",
        ("indicateurs", "ald", "zonage", "apl_publiee"),
        _recognise,
        _read,
    ),
)
