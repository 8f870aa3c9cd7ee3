"""Equipment and health professionals by commune: the base permanente des équipements.

*What*: how many of each type in each commune; a professional is counted at every place of
practice. *Producer*: Insee. *Licence*: Licence Ouverte 2.0. *Vintage*: the year of the base; the
codes of types are those of that year (a doctor is D201 until 2023, D265 since).
*Last checked*: November 2026, on the workbook of 2020 and descriptions of the files of 2024-2025.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading
from assemblier.sources.equipment_types import BPE_PROFESSIONS
from assemblier.sources.layout import Context, Imported, ImportedTable, Layout, Sample
from assemblier.sources.loading import (
    ORIGIN,
    UNDATED,
    Job,
    columns_like,
    communes_of_today,
    finished,
    gathered,
    last_year,
    merge_parts,
    n_lines,
    required_year,
    sheets_with,
    slug,
    table,
    without_total,
    year_of_name,
)
from assemblier.sources.values import LIGNE, clean, read_numbers, reject, without_doubles

PAGE = "https://www.insee.fr/fr/metadonnees/source/serie/s1161"
KEY = ["code_commune", "millesime", "type_equipement"]
_TYPE = r"NB_([A-Z]\d{3}[A-Z0-9_]*)"
_TYPE_CODE = r"^[A-Z]\d{3}$"
_KNOWN_CODE = r"^[A-G]\d{3}$"
# Codes of professions given out with the base of 2024, whose meaning only its nomenclature tells.
_NEW_PROFESSION = r"^D2(?:4[4-9]|[5-9]\d)$"
_SHOWN = 20


def _source(year: int, domains: str) -> Source:
    return Source(
        key=f"insee-bpe{domains}",
        producer="Insee",
        title="Base permanente des équipements (BPE)",
        vintage=str(year),
        address=PAGE,
        definition="lieux d'exercice : un professionnel est compté à chacun des siens",
    )


def _note_types(frame: pl.DataFrame, job: Job) -> None:
    """Say which types are kept under a code whose meaning the program does not know."""
    codes = frame.select(pl.col("type_equipement").unique().sort())["type_equipement"]
    strange = codes.filter(~codes.str.contains(_KNOWN_CODE)).to_list()
    new = codes.filter(codes.str.contains(_NEW_PROFESSION)).to_list()
    unknown = [code for code in new if code not in BPE_PROFESSIONS]
    for some, why in (
        (strange, "types hors des domaines A à G, gardés tels quels"),
        (
            unknown,
            "types de professions de la nomenclature de 2024, gardés sous leur seul code tant que "
            "le fichier de libellés du même téléchargement (…_metadata.csv) n'est pas importé",
        ),
    ):
        if some:
            more = "…" if len(some) > _SHOWN else ""
            job.ledger.note(f"{why} : {', '.join(some[:_SHOWN])}{more}")


def _tables(frame: pl.DataFrame, job: Job, domains: str = "") -> list[ImportedTable]:
    """Return one table a vintage; equipment of merged communes is added up.

    `domains` tells apart the files of one year that hold different types.
    """
    _note_types(frame, job)
    tables = []
    for (year,), part in frame.partition_by("millesime", as_dict=True).items():
        one = part.select(*KEY, pl.col("effectif").cast(pl.Int64))
        one = merge_parts(one, KEY, sums=["effectif"])
        tables.append(table("equipements", one, _source(int(str(year)), domains), str(year)))
    return sorted(tables, key=lambda one: one.vintage)


# --- the old workbooks: one column a type ---------------------------------------------------------


def _old_sheets(sample: Sample) -> Iterator[str]:
    for sheet in sheets_with(sample, "com", "arm"):
        header = sample.header_row("CODGEO", "LIBGEO", sheet=sheet)
        if header is not None and columns_like(sample.sheet_head(sheet)[header], _TYPE):
            yield sheet


def _recognise_old(sample: Sample) -> bool:
    return sample.container == "classeur" and next(_old_sheets(sample), None) is not None


def _read_old(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    parts = [_old_sheet(job.on_sheet(sheet), sheet) for sheet in _old_sheets(sample)]
    kept = sum(n_lines(part) for part in parts)
    frame = pl.concat([part.drop(LIGNE) for part in parts])
    domains = frame["type_equipement"].str.slice(0, 2).str.to_lowercase().unique().sort()
    return finished(job, kept, _tables(frame, job, "".join(f"-{one}" for one in domains)))


def _old_year(job: Job, sheet: str, header: int) -> int:
    """Return the year of the base: « BPE 2020 - Base permanente des équipements »."""
    for row in job.sample.sheet_head(sheet)[:header]:
        for cell in row:
            match = re.search(r"BPE\s+(\d{4})|quipements\s+(\d{4})", cell)
            if match:
                return int(match.group(1) or match.group(2))
    return required_year(job.path, None, "l'année de la base permanente des équipements")


def _old_sheet(job: Job, sheet: str) -> pl.DataFrame:
    header = job.sample.header_row("CODGEO", "LIBGEO", sheet=sheet)
    assert header is not None  # the sheet was chosen by it
    found = columns_like(job.sample.sheet_head(sheet)[header], _TYPE)
    columns = {"code_commune": "CODGEO", **{label: label for label in found}}
    frame = reading.sheet_frame(
        job.path, sheet, job.ledger, header, columns, footers=reading.FOOTERS
    )
    frame = communes_of_today(frame, job.context, job.ledger)
    frame = read_numbers(frame, found, job.ledger, high=1e8, whole=True)
    absent = pl.all_horizontal(pl.col(label).is_null() for label in found)
    frame = reject(frame, absent, "aucun effectif sur la ligne", job.ledger, pl.col(ORIGIN))
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    types = {label: match.group(1) for label, match in found.items()}
    longer = frame.unpivot(
        list(found),
        index=["code_commune", LIGNE],
        variable_name="type_equipement",
        value_name="effectif",
    )
    blank = longer["effectif"].null_count()
    if blank:
        job.ledger.note(f"{blank} effectifs laissés vides par le producteur : inconnus, non nuls")
    year = _old_year(job, sheet, header)
    return longer.filter(pl.col("effectif").is_not_null()).with_columns(
        pl.col("type_equipement").replace(types), pl.lit(year, pl.Int64).alias("millesime")
    )


# --- the new diffusion: one row a commune and a type ----------------------------------------------

_LONG: dict[str, reading.Labels] = {
    "code_commune": "GEO",
    "niveau": "GEO_OBJECT",
    "type_equipement": "FACILITY_TYPE",
    "mesure": "BPE_MEASURE",
    "millesime": "TIME_PERIOD",
    "effectif": "OBS_VALUE",
}
_COMMUNES = {"COM": "commune", "ARM": "commune"}
# The programming interface of Insee writes COM-43157, or 2025-COM-43157.
_PREFIX = r"^(?:\d{4}-)?(?:COM|ARM)-"


def _long_header(sample: Sample) -> int | None:
    return sample.header_row(*[str(label) for label in _LONG.values()])


def _recognise_long(sample: Sample) -> bool:
    return sample.container == "texte" and _long_header(sample) is not None


def _read_long(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = _long_header(sample)
    parts = [
        _checked_long(batch, job)
        for batch in reading.batches(path, sample, job.ledger, header, _LONG)
    ]
    frame = without_doubles(gathered(job, parts), [ORIGIN, *KEY[1:]], job.ledger)
    return finished(job, frame.height, _tables(frame, job))


def _checked_long(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the counts by commune; totals and other measures are set aside, each with a reason."""
    frame = without_total(frame, _COMMUNES, "niveau", job.ledger)
    other = pl.col("mesure") != "FACILITIES"
    frame = reject(frame, other, "autre mesure qu'un nombre", job.ledger, pl.col("mesure"))
    kind = pl.col("type_equipement").str.strip_chars()
    is_total = ~kind.str.contains(_TYPE_CODE) | kind.is_null()
    frame = reject(frame, is_total, "total de plusieurs types", job.ledger, kind)
    frame = frame.with_columns(pl.col("code_commune").str.replace(_PREFIX, ""), kind)
    frame = communes_of_today(frame, job.context, job.ledger)
    frame = read_numbers(frame, ["effectif"], job.ledger, high=1e8, whole=True)
    frame = read_numbers(frame, ["millesime"], job.ledger, 1960, 2100, whole=True)
    holes = pl.col("effectif").is_null() | pl.col("millesime").is_null()
    frame = reject(frame, holes, "effectif ou année absent", job.ledger, pl.col(ORIGIN))
    return frame.select(
        "code_commune",
        pl.col("millesime").cast(pl.Int64),
        "type_equipement",
        "effectif",
        ORIGIN,
        LIGNE,
    )


# --- the detailed file: one row an equipment ------------------------------------------------------


def _recognise_detail(sample: Sample) -> bool:
    return sample.container == "texte" and sample.has_columns("DEPCOM", "TYPEQU")


def _read_detail(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = sample.header_row("DEPCOM", "TYPEQU")
    columns = {"code_commune": "DEPCOM", "type_equipement": "TYPEQU"}
    batches = reading.batches(path, sample, job.ledger, header, columns, {"millesime": "AN"})
    counts = gathered(job, (_counted(batch, job) for batch in batches))
    frame = counts.group_by(KEY, maintain_order=True).agg(pl.col("effectif").sum())
    return finished(job, int(frame["effectif"].sum()), _tables(frame, job))


def _counted(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    kind = pl.col("type_equipement").str.strip_chars()
    wrong = ~kind.str.contains(_TYPE_CODE) | kind.is_null()
    frame = reject(frame, wrong, "type d'équipement inconnu", job.ledger, kind)
    frame = communes_of_today(frame.with_columns(kind), job.context, job.ledger)
    frame = read_numbers(frame, ["millesime"], job.ledger, 1960, 2100, whole=True)
    if frame["millesime"].null_count():
        year = required_year(job.path, last_year(job.path.stem), "l'année de la base")
        frame = frame.with_columns(pl.col("millesime").fill_null(year))
    frame = frame.with_columns(pl.col("millesime").cast(pl.Int64))
    return frame.group_by(KEY, maintain_order=True).agg(pl.len().cast(pl.Int64).alias("effectif"))


# --- the labels delivered beside the new diffusion ------------------------------------------------

_LABELS: dict[str, reading.Labels] = {
    "variable": "COD_VAR",
    "code": "COD_MOD",
    "libelle": "LIB_MOD",
}


def _recognise_labels(sample: Sample) -> bool:
    return sample.container == "texte" and sample.has_columns(*map(str, _LABELS.values()))


def _read_labels(path: Path, sample: Sample, context: Context) -> Imported:
    """Read the labels of every variable: what a code means is told by its producer."""
    job = Job(path, sample, context)
    header = sample.header_row(*map(str, _LABELS.values()))
    frame = reading.text_frame(path, sample, job.ledger, header, _LABELS)
    frame = frame.with_columns(clean(pl.col(name)) for name in _LABELS)
    empty = pl.any_horizontal(pl.col(name).is_null() for name in _LABELS)
    frame = reject(frame, empty, "code ou libellé absent", job.ledger)
    frame = without_doubles(frame, ["variable", "code"], job.ledger)
    year = year_of_name(path)
    vintage = UNDATED if year is None else str(year)
    source = Source(
        key=f"insee-libelles-{slug(path.stem)}",
        producer="Insee",
        title="Libellés des modalités d'un jeu de données",
        vintage=vintage,
        address=PAGE,
    )
    return finished(job, frame.height, [table("nomenclature", frame, source, vintage)])


LAYOUTS = (
    Layout(
        "insee-bpe-ancienne",
        "Insee",
        "base permanente des équipements, classeur par commune",
        ("equipements",),
        _recognise_old,
        _read_old,
    ),
    Layout(
        "insee-bpe",
        "Insee",
        "base permanente des équipements, nouvelle diffusion (DS_BPE)",
        ("equipements",),
        _recognise_long,
        _read_long,
    ),
    Layout(
        "insee-bpe-detail",
        "Insee",
        "base permanente des équipements, détail",
        ("equipements",),
        _recognise_detail,
        _read_detail,
    ),
    Layout(
        "insee-libelles",
        "Insee",
        "libellés des modalités, livrés avec la nouvelle diffusion",
        ("nomenclature",),
        _recognise_labels,
        _read_labels,
    ),
)
