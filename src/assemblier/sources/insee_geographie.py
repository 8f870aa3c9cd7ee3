"""Which territories each commune belongs to: bassins de vie, cantons, zones d'emploi, EPCI.

*What*: table d'appartenance géographique des communes; composition of the intercommunalités;
official list of postcodes. *Producer*: Insee; La Poste for the postcodes. *Licence*: Licence
Ouverte 2.0. *Vintage*: the geography of the sheet
(« Géographie au 01/01/2022 »). *Last checked*: November 2026, on the tables of 2022 and 2023.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading
from assemblier.sources.codes import spread_cities
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
    n_lines,
    required_year,
    seat_first,
    sheets_with,
    table,
)
from assemblier.sources.values import LIGNE, clean, read_numbers, reject, without_doubles

PAGE_APPARTENANCE = "https://www.insee.fr/fr/information/2028028"
PAGE_EPCI = "https://www.insee.fr/fr/information/2510634"

# Column of the catalogue → the codes Insee heads it with, whatever its vintage.
_TERRITORIES: dict[str, reading.Labels] = {
    "departement": "DEP",
    "region": "REG",
    "siren_epci": "EPCI",
    "arrondissement": "ARR",
    "canton": "CV",
    "zone_emploi": "ZE20*",
    "unite_urbaine": "UU20*",
    "aire_attraction": "AAV20*",
    "bassin_de_vie": "BV20*",
}
# First letters of a level of « Zones_supra_communales » → the level of the catalogue.
_LEVELS = (
    ("BV", "bassin_de_vie"),
    ("CV", "canton_ville"),
    ("ZE", "zone_emploi"),
    ("UU", "unite_urbaine"),
    ("AAV", "aire_attraction"),
    ("ARR", "arrondissement"),
    ("EPCI", "epci"),
    ("DEP", "departement"),
    ("REG", "region"),
)
_NO_EPCI = "ZZZZZZZZZ"
_GEOGRAPHY = re.compile(r"geographie au \d\d \d\d (\d{4})|1er janvier (\d{4})")


def _vintage(path: Path, rows: Sequence[Row]) -> int:
    """Return the year of the geography, from the titles of a sheet."""
    for row in rows:
        for cell in row:
            match = _GEOGRAPHY.search(normalise(cell))
            if match:
                return int(match.group(1) or match.group(2))
    return required_year(path, None, "l'année de la géographie des communes")


def _belonging_sheets(sample: Sample) -> Iterator[str]:
    for sheet in sheets_with(sample, "com", "arm"):
        header = sample.header_row("CODGEO", "EPCI", "ARR", sheet=sheet)
        if header is not None and reading.place_of(sample.sheet_head(sheet)[header], "BV20*"):
            yield sheet


def _recognise_belonging(sample: Sample) -> bool:
    return sample.container == "classeur" and next(_belonging_sheets(sample), None) is not None


def _read_belonging(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    sheets = list(_belonging_sheets(sample))
    year = _vintage(path, sample.sheet_head(sheets[0]))
    source = Source(
        key="insee-appartenance",
        producer="Insee",
        title="Table d'appartenance géographique des communes",
        vintage=f"géographie au 1er janvier {year}",
        address=PAGE_APPARTENANCE,
    )
    parts = [_belonging_sheet(job.on_sheet(sheet), sheet) for sheet in sheets]
    frame = pl.concat(parts)
    kept = frame.height
    content = _dated(seat_first(frame), year).unique("code_commune", maintain_order=True)
    tables = [table("appartenance", content, source, str(year))]
    for sheet in sheets_with(sample, "zones supra communales"):
        zones = _zones(job.on_sheet(sheet), sheet)
        kept += n_lines(zones)
        tables.append(table("zones", _dated(zones, year), source, str(year)))
    return finished(job, kept, tables)


def _dated(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    return frame.with_columns(pl.lit(year, pl.Int64).alias("millesime"))


def _belonging_sheet(job: Job, sheet: str) -> pl.DataFrame:
    header = job.sample.header_row("CODGEO", "EPCI", "ARR", sheet=sheet)
    assert header is not None  # the sheet was chosen by it
    columns = {"code_commune": "CODGEO"}
    frame = reading.sheet_frame(
        job.path, sheet, job.ledger, header, columns, _TERRITORIES, footers=reading.FOOTERS
    )
    frame = communes_of_today(frame, job.context, job.ledger)
    frame = frame.with_columns(clean(pl.col(name)).alias(name) for name in _TERRITORIES)
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    return frame.with_columns(_without_no_epci())


def _without_no_epci() -> pl.Expr:
    """Return the EPCI, unknown where Insee writes that a commune has none."""
    siren = pl.col("siren_epci")
    return pl.when(siren != _NO_EPCI).then(siren).alias("siren_epci")


def _zones(job: Job, sheet: str) -> pl.DataFrame:
    header = job.sample.header_row("NIVGEO", "CODGEO", "LIBGEO", sheet=sheet)
    columns = {"lu": "NIVGEO", "code": "CODGEO", "nom": "LIBGEO"}
    frame = reading.sheet_frame(
        job.path, sheet, job.ledger, header or 0, columns, footers=reading.FOOTERS
    )
    level = pl.lit(None, pl.String)
    for letters, name in reversed(_LEVELS):
        is_this = pl.col("lu").str.contains(rf"^{letters}(?:\d{{4}})?$")
        level = pl.when(is_this).then(pl.lit(name)).otherwise(level)
    frame = frame.with_columns(level.alias("niveau"))
    unknown = pl.col("niveau").is_null()
    frame = reject(frame, unknown, "niveau géographique inconnu", job.ledger, pl.col("lu"))
    holes = pl.col("code").is_null() | pl.col("nom").is_null()
    frame = reject(frame, holes, "code ou nom absent", job.ledger, pl.col("code"))
    return without_doubles(frame.drop("lu"), ["niveau", "code"], job.ledger)


# --- composition of the EPCI ----------------------------------------------------------------------


def _epci_sheets(sample: Sample) -> tuple[str, str] | None:
    """Return the sheet of the EPCI and the one of their communes, or None."""
    groups = next(
        (s for s in sheets_with(sample, "epci*") if _has(sample, s, "EPCI", "LIBEPCI")), None
    )
    members = next(
        (s for s in sheets_with(sample, "composition*") if _has(sample, s, "CODGEO", "EPCI")), None
    )
    return (groups, members) if groups and members else None


def _has(sample: Sample, sheet: str, *names: str) -> bool:
    return sample.header_row(*names, sheet=sheet) is not None


def _recognise_epci(sample: Sample) -> bool:
    return sample.container == "classeur" and _epci_sheets(sample) is not None


def _read_epci(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    sheets = _epci_sheets(sample)
    assert sheets is not None  # the file was recognised by it
    year = _vintage(path, sample.sheet_head(sheets[0]))
    source = Source(
        key="insee-epci",
        producer="Insee",
        title="Intercommunalités à fiscalité propre et leur composition communale",
        vintage=f"1er janvier {year}",
        address=PAGE_EPCI,
    )
    groups = _groups(job.on_sheet(sheets[0]), sheets[0])
    members = _members(job.on_sheet(sheets[1]), sheets[1])
    kept = groups.height + n_lines(members)
    content = _dated(seat_first(members), year).unique("code_commune", maintain_order=True)
    tables: list[ImportedTable] = [
        table("epci", _dated(groups, year), source, str(year)),
        table("appartenance", content, source, str(year)),
    ]
    return finished(job, kept, tables)


def _groups(job: Job, sheet: str) -> pl.DataFrame:
    header = job.sample.header_row("EPCI", "LIBEPCI", sheet=sheet)
    assert header is not None
    columns = {"siren_epci": "EPCI", "nom": "LIBEPCI"}
    optional = {"nature": "NATURE_EPCI", "communes": "NB_COM"}
    frame = reading.sheet_frame(
        job.path, sheet, job.ledger, header, columns, optional, footers=reading.FOOTERS
    )
    siren = pl.col("siren_epci").str.strip_chars()
    frame = reject(frame, siren == _NO_EPCI, "communes hors de tout EPCI", job.ledger, siren)
    wrong = ~siren.str.contains(r"^\d{9}$") | siren.is_null()
    frame = reject(frame, wrong, "SIREN de neuf chiffres attendu", job.ledger, siren)
    frame = reject(frame, pl.col("nom").is_null(), "nom absent", job.ledger, siren)
    frame = read_numbers(frame, ["communes"], job.ledger, high=1e5, whole=True)
    return without_doubles(frame.with_columns(siren), ["siren_epci"], job.ledger)


def _members(job: Job, sheet: str) -> pl.DataFrame:
    header = job.sample.header_row("CODGEO", "EPCI", sheet=sheet)
    assert header is not None
    columns = {"code_commune": "CODGEO", "siren_epci": "EPCI"}
    optional = {"departement": "DEP", "region": "REG"}
    frame = reading.sheet_frame(
        job.path, sheet, job.ledger, header, columns, optional, footers=reading.FOOTERS
    )
    frame = spread_cities(frame, job.context, job.ledger)
    frame = communes_of_today(frame, job.context, job.ledger)
    frame = frame.with_columns(
        clean(pl.col(name)).alias(name) for name in (*optional, "siren_epci")
    )
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    return frame.with_columns(_without_no_epci()).select(*columns, *optional, ORIGIN, LIGNE)


# --- the official list of postcodes ---------------------------------------------------------------

_POSTCODES: dict[str, reading.Labels] = {
    "code_commune": ("code_commune_insee", "#code_commune_insee"),
    "nom": ("nom_de_la_commune", "nom_commune"),
    "code_postal": "code_postal",
}


def _postcode_head(sample: Sample) -> tuple[str, int | None]:
    """Return the sheet (empty for a text) and the header of a list of postcodes."""
    names = ("code_commune_insee", "nom_de_la_commune", "code_postal")
    if sample.container == "texte":
        return "", sample.header_row(*names)
    if sample.container == "classeur" and len(sample.sheets) == 1:
        return sample.sheets[0], sample.header_row(*names, sheet=sample.sheets[0])
    return "", None


def _recognise_postcodes(sample: Sample) -> bool:
    return _postcode_head(sample)[1] is not None


def _read_postcodes(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    sheet, header = _postcode_head(sample)
    assert header is not None  # the file was recognised by it
    if sheet:
        frame = reading.sheet_frame(path, sheet, job.ledger, header, _POSTCODES)
    else:
        frame = reading.text_frame(path, sample, job.ledger, header, _POSTCODES)
    frame = communes_of_today(frame, context, job.ledger)
    written = pl.col("code_postal").str.strip_chars()
    lost = written.str.contains(r"^[1-9]\d{3}$")
    job.ledger.repair(
        "zéro initial d'un code postal rétabli",
        frame.filter(lost).height,
        [f"{one} → 0{one}" for one in frame.filter(lost).head(3)["code_postal"]],
    )
    frame = frame.with_columns(written.str.zfill(5), clean(pl.col("nom")))
    wrong = ~pl.col("code_postal").str.contains(r"^\d{5}$") | pl.col("code_postal").is_null()
    frame = reject(frame, wrong, "code postal mal formé", job.ledger, written)
    frame = reject(frame, pl.col("nom").is_null(), "nom absent", job.ledger, pl.col(ORIGIN))
    source = Source(
        key="laposte-codes-postaux",
        producer="La Poste et Insee",
        title="Base officielle des codes postaux",
        vintage=date_of_name(job),
        address="https://www.data.gouv.fr/datasets/base-officielle-des-codes-postaux",
    )
    content = frame.unique(["code_commune", "code_postal"], maintain_order=True)
    return finished(job, frame.height, [table("codes_postaux", content, source, source.vintage)])


LAYOUTS = (
    Layout(
        "insee-appartenance",
        "Insee",
        "table d'appartenance géographique des communes",
        ("appartenance", "zones"),
        _recognise_belonging,
        _read_belonging,
    ),
    Layout(
        "insee-epci",
        "Insee",
        "composition communale des intercommunalités",
        ("epci", "appartenance"),
        _recognise_epci,
        _read_epci,
    ),
    Layout(
        "laposte-codes-postaux",
        "La Poste",
        "base officielle des codes postaux",
        ("codes_postaux",),
        _recognise_postcodes,
        _read_postcodes,
    ),
)
