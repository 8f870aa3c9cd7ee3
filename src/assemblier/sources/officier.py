"""The supply corrected by the officers of a territory.

*What*: real professionals and half-days, announced departures and arrivals, commune by commune.
*Producer*: the officers, in the spreadsheet of `assemblier modele offre`. *Licence*: theirs.
*Vintage*: the day the spreadsheet was prepared. *Last checked*: with each release, by its tests.

Remarks are not read: no name of a person can enter by them.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from assemblier.errors import DataError, Problem
from assemblier.figures import Source
from assemblier.sources import reading
from assemblier.sources.codes import repair_codes
from assemblier.sources.layout import Context, Imported, ImportedTable, Layout, Sample, normalise
from assemblier.sources.offer_workbook import (
    LABELS,
    PERIMETER,
    PREPARED,
    PROFESSION_LABELS,
    SHEET,
)
from assemblier.sources.report import ImportReport, Ledger
from assemblier.sources.values import LIGNE, clean, read_numbers, reject, without_doubles
from assemblier.tables import conform, table_spec

KEY = "offre-locale"
EMPTY = "rien de rempli"
NOBODY = "des demi-journées sans professionnel"
_INPUTS = ("effectif", "demi_journees", "departs", "arrivees")
_NEEDED = ("code_commune", "profession", "effectif_officiel", *_INPUTS)
_PROFESSIONS = {normalise(label): name for name, label in PROFESSION_LABELS.items()}


def _header(sample: Sample) -> int | None:
    if sample.container != "classeur" or SHEET not in sample.sheets:
        return None
    return sample.header_row(*(LABELS[name] for name in _NEEDED), sheet=SHEET)


def _recognise(sample: Sample) -> bool:
    return _header(sample) is not None


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    header = _header(sample)
    assert header is not None  # the file was recognised by it
    perimeter, prepared = _told(path, sample, header)
    ledger = Ledger()
    columns = {name: LABELS[name] for name in (*_NEEDED, "commune")}
    frame = reading.sheet_frame(path, SHEET, ledger, header, columns)
    frame = _checked(frame, context, ledger)
    report = ledger.report(frame.height)
    # People give this sheet back: one cell to correct must not replace what they gave before.
    if problems := tuple(_refused(path, report)):
        raise DataError(problems)
    for difference in _differences(frame):
        ledger.note(difference)
    if not frame.height:
        raise DataError([_nothing(path)])
    source = Source(
        key=f"{KEY}-{perimeter}",
        producer="agents du territoire",
        title=f"Offre réelle constatée ({perimeter})",
        vintage=prepared.isoformat(),
        licence="propre à la collectivité",
        note="Saisie locale, qui complète et corrige le fichier officiel.",
    )
    table = conform(frame, table_spec("offre_locale"))
    imported = ImportedTable("offre_locale", table, source, prepared.isoformat())
    return Imported((imported,), ledger.report(frame.height))


def _told(path: Path, sample: Sample, header: int) -> tuple[str, datetime.date]:
    """Return the territory and the date that stand above the table."""
    above = {row[0]: row[1] for row in sample.sheet_head(SHEET)[:header] if len(row) > 1}
    perimeter = above.get(PERIMETER, "")
    try:
        prepared = datetime.date.fromisoformat(above.get(PREPARED, "")[:10])
    except ValueError:
        prepared = None
    if prepared is None or not perimeter:
        raise DataError(
            [
                Problem(
                    f"{path}, feuille « {SHEET} »",
                    f"« {PERIMETER} » ou « {PREPARED} » effacé ou illisible",
                    "ces deux lignes, telles que « assemblier modele offre » les écrit",
                    "recopier les corrections dans un nouveau classeur du territoire",
                )
            ]
        )
    return perimeter, prepared


def _checked(frame: pl.DataFrame, context: Context, ledger: Ledger) -> pl.DataFrame:
    """Return the rows that say something, each of a known commune and profession."""
    filled = [clean(pl.col(name)).is_not_null() for name in _INPUTS]
    frame = reject(frame, ~pl.any_horizontal(filled), EMPTY, ledger)
    # In a free row the commune is chosen in a list, where its name follows its code.
    place = pl.col("code_commune").str.strip_chars().str.splitn(" ", 2)
    frame = frame.with_columns(
        place.struct.field("field_0").alias("code_commune"),
        pl.coalesce("commune", place.struct.field("field_1")).alias("commune"),
    )
    frame = repair_codes(frame, context, ledger)
    said = pl.col("profession").map_elements(
        lambda text: _PROFESSIONS.get(normalise(text)), return_dtype=pl.String
    )
    frame = frame.with_columns(said.alias("_profession"))
    unknown = pl.col("_profession").is_null()
    frame = reject(frame, unknown, "profession inconnue", ledger, pl.col("profession"))
    frame = frame.with_columns(pl.col("_profession").alias("profession")).drop("_profession")
    whole = ("effectif_officiel", "effectif", "departs", "arrivees")
    frame = read_numbers(frame, whole, ledger, 0, 2_000, whole=True)
    frame = read_numbers(frame, ["demi_journees"], ledger, 0, 24_000)
    nobody = (pl.col("effectif") == 0) & (pl.col("demi_journees") > 0)
    frame = reject(frame, nobody.fill_null(False), NOBODY, ledger, pl.col("demi_journees"))
    return without_doubles(frame, ["code_commune", "profession"], ledger)


def _refused(path: Path, report: ImportReport) -> Iterator[Problem]:
    """Yield what is to be corrected, one problem by reason."""
    for rejection in report.rejected:
        if rejection.reason != EMPTY:
            lines = ", ".join(str(line) for line in rejection.lines)
            yield Problem(
                f"{path}, feuille « {SHEET} », ligne {lines}",
                " ; ".join((rejection.reason, *rejection.found)),
                "des nombres d'unités et de demi-journées plausibles, une ligne par commune et "
                "profession",
                "corriger ces lignes et redonner le classeur ; ce qui était importé reste en place",
            )


def _differences(frame: pl.DataFrame) -> Iterator[str]:
    """Yield, in French, each count that differs from the official file."""
    known = frame.filter(
        pl.col("effectif").is_not_null()
        & pl.col("effectif").ne_missing(pl.col("effectif_officiel"))
    )
    for row in known.sort(LIGNE).iter_rows(named=True):
        official = row["effectif_officiel"]
        before = "inconnu du fichier officiel" if official is None else f"au lieu de {official:g}"
        label = PROFESSION_LABELS[row["profession"]].lower()
        yield f"écart : {row['commune']}, {label} : {row['effectif']:g} {before}"


def _nothing(path: Path) -> Problem:
    return Problem(
        f"{path}, feuille « {SHEET} »",
        "aucune ligne utilisable",
        "au moins un effectif, une demi-journée, un départ ou une arrivée",
        "remplir le classeur, l'enregistrer et le redonner",
    )


LAYOUTS = (
    Layout(
        "officier-offre",
        "agents du territoire",
        "offre réelle d'un territoire",
        ("offre_locale",),
        _recognise,
        _read,
    ),
)
