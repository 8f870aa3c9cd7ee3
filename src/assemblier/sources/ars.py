"""Zoning of doctors, by commune or by postcode, and composition of the territoires de vie-santé.

*What*: `Zonage_medecin` (one line a commune, its TVS, the class of the national method and the one
of the regional act), the list keyed by postcode and name, `Correspondance_communes_tvs`.
*Producer*: DREES and the agences régionales de santé. *Licence*: Licence Ouverte 2.0. *Vintage*:
the date in the name of the file. *Last checked*: November 2026, from a description of the workbooks
and on a list of 2025.
"""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading
from assemblier.sources.codes import join_postcodes, spread_cities
from assemblier.sources.layout import Context, Imported, ImportedTable, Layout, Sample
from assemblier.sources.loading import (
    ORIGIN,
    Job,
    communes_of_today,
    date_of_name,
    finished,
    last_year,
    n_lines,
    required_year,
    seat_first,
    sheets_with,
    table,
    year_of_name,
)
from assemblier.sources.values import (
    CONNU,
    NON_DISPONIBLE,
    clean,
    reject,
    statut,
    without_doubles,
)
from assemblier.sources.zones import zone_of

PAGE = "https://www.cartosante.atlasante.fr"
PAGE_TVS = "https://data.drees.solidarites-sante.gouv.fr"
PROFESSION = "medecin_generaliste"

_QUALIFIED: dict[str, reading.Labels] = {
    "code_commune": "Code de la commune",
    "zone_source": "Qualification attribuée par l'arrêté régional*",
}
_QUALIFIED_MORE: dict[str, reading.Labels] = {
    "code_tvs": ("Code du territoire de vie-santé", "Code du TVS"),
    "nom_tvs": ("Libellé du territoire de vie-santé", "Libellé du TVS"),
}
_COMPOSITION: dict[str, reading.Labels] = {
    "code_commune": ("Code commune", "Code de la commune", "CODGEO"),
    "code_tvs": ("Code du territoire de vie-santé", "Code TVS", "TVS"),
}
_COMPOSITION_MORE: dict[str, reading.Labels] = {
    "nom_tvs": ("Libellé du territoire de vie-santé", "Libellé TVS", "LIBTVS"),
}
_QPV = r"^Q[PN]"


def _zoned(frame: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `zone`, `zone_source` and `statut`; a zone not in the catalogue is null."""
    words = frame["zone_source"].unique().drop_nulls().to_list()
    zones = {word: zone_of(word) for word in words} or {"": None}
    said = pl.col("zone_source")
    state = statut(said)
    missing = state.is_not_null() & (state != CONNU)
    return frame.with_columns(
        said.replace_strict(zones, default=None, return_dtype=pl.String).alias("zone"),
        pl.coalesce(clean(said), pl.lit(NON_DISPONIBLE)).alias("zone_source"),
        pl.when(missing).then(state).otherwise(pl.lit(CONNU)).alias("statut"),
        pl.lit(PROFESSION).alias("profession"),
    )


def _zoning_table(frame: pl.DataFrame, key: str, title: str, vintage: str) -> ImportedTable:
    source = Source(
        key=key,
        producer="Agences régionales de santé",
        title=title,
        vintage=vintage,
        address=PAGE,
    )
    once = frame.unique(["code_commune", "profession", "zone_source"], maintain_order=True)
    return table("zonage", once, source, vintage)


# --- workbook of zoning ---------------------------------------------------------------------------


def _qualified_sheet(sample: Sample) -> tuple[str, int] | None:
    """Return the sheet of communes and its header, or None."""
    for sheet in sheets_with(sample, "zonage*", "communes*"):
        for index, row in enumerate(sample.sheet_head(sheet)):
            if all(reading.place_of(row, label) is not None for label in _QUALIFIED.values()):
                return sheet, index
    return None


def _recognise_workbook(sample: Sample) -> bool:
    return sample.container == "classeur" and _qualified_sheet(sample) is not None


def _read_workbook(path: Path, sample: Sample, context: Context) -> Imported:
    whole = Job(path, sample, context)
    found = _qualified_sheet(sample)
    assert found is not None  # the file was recognised by it
    sheet, header = found
    job = whole.on_sheet(sheet)
    frame = reading.sheet_frame(
        path, sheet, job.ledger, header, _QUALIFIED, _QUALIFIED_MORE, footers=reading.FOOTERS
    )
    frame = frame.with_columns(clean(pl.col("code_tvs")), clean(pl.col("nom_tvs")))
    quarter = pl.col("code_commune").str.contains(_QPV)
    reason = "zonage d'un quartier prioritaire, non d'une commune"
    frame = reject(frame, quarter, reason, job.ledger, pl.col("code_commune"))
    frame = communes_of_today(frame, context, job.ledger)
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    vintage = date_of_name(whole)
    tables = [_zoning_table(_zoned(frame), "ars-zonage-medecins", "Zonage médecins", vintage)]
    year = year_of_name(path)
    if year is not None and frame["code_tvs"].null_count() < frame.height:
        tables += _composition_tables(frame, year, "ars-zonage-tvs")
    if len(sample.sheets) > 1:
        whole.ledger.note("les autres feuilles ne sont pas reprises : chaque commune a sa zone")
    return finished(whole, frame.height, tables)


# --- list keyed by postcode and name --------------------------------------------------------------

_POSTAL: dict[str, reading.Labels] = {
    "code_postal": ("Code_postal", "Code postal"),
    "nom": ("Nom_commune", "Nom de la commune", "Commune"),
    "zone_source": "Zonage",
}


def _postal_header(sample: Sample) -> int | None:
    """Return the header of a list of exactly these three columns, or None."""
    for index, row in enumerate(sample.rows[:5]):
        filled = [label for label in row if label.strip()]
        places = [reading.place_of(row, label) for label in _POSTAL.values()]
        if len(filled) == len(_POSTAL) and None not in places:
            return index
    return None


def _recognise_postal(sample: Sample) -> bool:
    return sample.container == "texte" and _postal_header(sample) is not None


def _read_postal(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = _postal_header(sample)
    frame = reading.text_frame(path, sample, job.ledger, header, _POSTAL)
    frame = join_postcodes(frame, context, job.ledger, "code_postal", "nom")
    frame = _zoned(frame)
    zones = pl.col("zone_source").n_unique().over("code_commune")
    several = frame.filter(zones > 1)["code_commune"].n_unique()
    if several:
        job.ledger.note(
            f"{several} communes ont plusieurs zones dans ce fichier (parties de communes "
            "fusionnées ou codes postaux) : toutes sont gardées"
        )
    vintage = date_of_name(job)
    title = "Zonage médecins, par code postal et nom de commune"
    tables = [_zoning_table(frame, "ars-zonage-medecins-code-postal", title, vintage)]
    return finished(job, frame.height, tables)


# --- composition of the territoires de vie-santé --------------------------------------------------


def _composition_head(sample: Sample) -> tuple[str, int] | None:
    """Return the sheet (empty for a text) and the header of a composition, or None."""
    for sheet, rows in _heads(sample):
        for index, row in enumerate(rows[:20]):
            if all(reading.place_of(row, label) is not None for label in _COMPOSITION.values()):
                return sheet, index
    return None


def _heads(sample: Sample) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    if sample.container == "texte":
        yield "", sample.rows
    elif sample.container == "classeur":
        for sheet in filter(None, sample.sheets[:3]):
            yield sheet, sample.sheet_head(sheet)


def _recognise_composition(sample: Sample) -> bool:
    return _composition_head(sample) is not None


def _read_composition(path: Path, sample: Sample, context: Context) -> Imported:
    whole = Job(path, sample, context)
    found = _composition_head(sample)
    assert found is not None  # the file was recognised by it
    sheet, header = found
    job = whole.on_sheet(sheet)
    if sheet:
        frame = reading.sheet_frame(
            path, sheet, job.ledger, header, _COMPOSITION, _COMPOSITION_MORE
        )
    else:
        frame = reading.text_frame(
            path, sample, job.ledger, header, _COMPOSITION, _COMPOSITION_MORE
        )
    year = last_year(sheet.replace("_", " ")) or _year_in(sample, header, sheet)
    year = required_year(path, year, "l'année de la composition des territoires de vie-santé")
    frame = frame.with_columns(clean(pl.col("code_tvs")), clean(pl.col("nom_tvs")))
    frame = reject(frame, pl.col("code_tvs").is_null(), "territoire absent", job.ledger)
    frame = spread_cities(frame, context, job.ledger)
    frame = communes_of_today(frame, context, job.ledger)
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    return finished(whole, n_lines(frame), _composition_tables(frame, year, "drees-tvs"))


def _year_in(sample: Sample, header: int, sheet: str) -> int | None:
    """Return a year that the titles above a header say, or None."""
    rows = sample.sheet_head(sheet) if sheet else sample.rows
    return last_year(" ".join(cell for row in rows[:header] for cell in row))


def _composition_tables(frame: pl.DataFrame, year: int, key: str) -> list[ImportedTable]:
    source = Source(
        key=key,
        producer="DREES",
        title="Composition communale des territoires de vie-santé (TVS)",
        vintage=str(year),
        address=PAGE_TVS,
    )
    known = frame.filter(pl.col("code_tvs").is_not_null()).with_columns(
        pl.lit(year, pl.Int64).alias("millesime")
    )
    seats = seat_first(known).unique("code_commune", keep="first", maintain_order=True)
    named = known.filter(pl.col("nom_tvs").is_not_null())
    zones = named.unique("code_tvs", keep="first", maintain_order=True).select(
        pl.lit("tvs").alias("niveau"),
        pl.col("code_tvs").alias("code"),
        "millesime",
        pl.col("nom_tvs").alias("nom"),
    )
    return [
        table("composition_tvs", seats, source, str(year)),
        table("zones", zones, source, str(year)),
    ]


LAYOUTS = (
    Layout(
        "ars-zonage-medecins",
        "Agences régionales de santé",
        "zonage médecins par commune et territoire de vie-santé",
        ("zonage", "composition_tvs", "zones"),
        _recognise_workbook,
        _read_workbook,
    ),
    Layout(
        "ars-zonage-code-postal",
        "Agences régionales de santé",
        "zonage médecins par code postal et nom de commune",
        ("zonage",),
        _recognise_postal,
        _read_postal,
    ),
    Layout(
        "drees-composition-tvs",
        "DREES",
        "composition communale des territoires de vie-santé",
        ("composition_tvs", "zones"),
        _recognise_composition,
        _read_composition,
    ),
)
