"""Published APL, one workbook a profession, and its copy by the Observatoire des territoires.

*What*: accessibilité potentielle localisée by commune, all practitioners and up to 65, 62, 60
years; standardised and total population; the sheet `Paramètres`. *Producer*: DREES; ANCT for the
Observatoire des territoires. *Licence*: Licence Ouverte 2.0. *Vintage*: the year of the sheet.
*Last checked*: November 2026, from descriptions of the workbooks 2018 to 2024.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from assemblier.errors import DataError, Problem
from assemblier.figures import Source
from assemblier.sources import reading, workbook
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
    finished,
    last_year,
    merge_parts,
    required_year,
    sheets_with,
    table,
)
from assemblier.sources.values import LIGNE, read_numbers, reject, without_doubles

PAGE = "https://data.drees.solidarites-sante.gouv.fr/explore/dataset/530_l-accessibilite-potentielle-localisee-apl"
PAGE_OBSERVATOIRE = "https://www.observatoire-des-territoires.gouv.fr"

# A piece of the label of the APL → the profession it is about.
_PROFESSIONS = (
    ("generaliste", "medecin_generaliste"),
    ("medecin", "medecin_generaliste"),
    ("infirmi", "infirmier"),
    ("kine", "masseur_kinesitherapeute"),
    ("sages femmes", "sage_femme"),
    ("sage femme", "sage_femme"),
    ("dentiste", "chirurgien_dentiste"),
)
_TITLES = {
    "medecin_generaliste": "aux médecins généralistes",
    "infirmier": "aux infirmières",
    "masseur_kinesitherapeute": "aux masseurs-kinésithérapeutes",
    "sage_femme": "aux sages-femmes",
    "chirurgien_dentiste": "aux chirurgiens-dentistes",
}
_NUMBERS = ("apl", "apl_65", "apl_62", "apl_60", "population_standardisee", "population")
HIGHEST_APL = 10_000
_AGES = ("65", "62", "60")
# The practitioner code of the columns of the Observatoire des territoires.
_OBSERVATOIRE = re.compile(r"apl (mg|inf|ide|mk|kine|sf|cd|dent)\b.*")
_OBSERVATOIRE_PROFESSIONS = {
    "mg": "medecin_generaliste",
    "inf": "infirmier",
    "ide": "infirmier",
    "mk": "masseur_kinesitherapeute",
    "kine": "masseur_kinesitherapeute",
    "sf": "sage_femme",
    "cd": "chirurgien_dentiste",
    "dent": "chirurgien_dentiste",
}


def _header(rows: tuple[Row, ...]) -> int | None:
    """Return the index of the header of a sheet of APL, or None."""
    for index, row in enumerate(rows):
        cells = [normalise(cell) for cell in row]
        first = cells[0] if cells else ""
        has_label = any(cell.startswith("apl aux ") for cell in cells)
        if first in ("code commune insee", "code commune", "code insee") and has_label:
            return index
        if first == "code" and "apl" in cells and "libelle" in cells:
            return index
    return None


def _apl_sheets(sample: Sample) -> Iterator[str]:
    for sheet in sheets_with(sample, "apl*"):
        if _header(sample.sheet_head(sheet)) is not None:
            yield sheet


def _recognise(sample: Sample) -> bool:
    if sample.container == "classeur":
        return next(_apl_sheets(sample), None) is not None
    return sample.container == "texte" and _header(sample.rows) is not None


def _profession(rows: tuple[Row, ...], header: int) -> str | None:
    """Return the profession a sheet is about: its APL label says it, else its titles."""
    labels = [normalise(cell) for cell in rows[header] if normalise(cell).startswith("apl aux ")]
    titles = [normalise(cell) for row in rows[:header] for cell in row]
    for said in (*labels, *titles):
        for piece, profession in _PROFESSIONS:
            if piece in said:
                return profession
    return None


def _columns(labels: Row) -> dict[str, str]:
    """Return, for each column of `apl_publiee`, the label that holds it in this sheet."""
    found: dict[str, str] = {}
    for label in labels:
        plain = normalise(label)
        name = _column_name(plain)
        if name:
            found.setdefault(name, label)
    return found


def _column_name(plain: str) -> str:
    if plain.startswith("apl"):
        age = next((age for age in _AGES if re.search(rf"\b{age}\b", plain)), "")
        return f"apl_{age}" if age else "apl"
    if plain.startswith("population"):
        # The workbooks of 2018 and 2019 write only « population » for the standardised one.
        is_standard = "standardis" in plain or plain == "population"
        return "population_standardisee" if is_standard else "population"
    return "code" if plain.startswith("code") else ""


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    tables: list[ImportedTable] = []
    kept = 0
    if sample.container == "texte":
        sheets = [("", sample.rows)]
    else:
        sheets = [(name, sample.sheet_head(name)) for name in _apl_sheets(sample)]
    profession = _said_profession(job, sheets)
    for sheet, rows in sheets:
        one, count = _read_sheet(job.on_sheet(sheet), sheet, rows, profession)
        tables.append(one)
        kept += count
    parameters = _parameters(job, profession, max(one.vintage for one in tables))
    if parameters:
        tables.append(parameters)
        kept += parameters.frame.height
    return finished(job, kept, tables)


def _said_profession(job: Job, sheets: list[tuple[str, tuple[Row, ...]]]) -> str:
    """Return the profession of a workbook; old ones say it only in another sheet."""
    for _, rows in sheets:
        header = _header(rows)
        found = _profession(rows, header) if header is not None else None
        if found:
            return found
    for sheet in job.sample.sheets:
        head = job.sample.sheet_head(sheet)
        found = _profession((*head, ()), len(head))
        if found:
            return found
    raise DataError(
        [
            Problem(
                str(job.path),
                "une APL dont la profession n'est dite nulle part",
                "« APL aux médecins généralistes », aux infirmières, aux sages-femmes…",
                "redonner le classeur entier, tel que la DREES le publie",
            )
        ]
    )


def _read_sheet(
    job: Job, sheet: str, rows: tuple[Row, ...], profession: str
) -> tuple[ImportedTable, int]:
    header = _header(rows)
    assert header is not None  # the sheet was recognised by it
    labels = _columns(rows[header])
    year = _year(job, sheet, labels)
    wanted: dict[str, reading.Labels] = {"code_commune": labels["code"]}
    optional: dict[str, reading.Labels] = {
        name: label for name, label in labels.items() if name != "code"
    }
    start = header + (2 if _is_units(rows, header) else 1)
    if sheet:
        frame = reading.sheet_frame(
            job.path, sheet, job.ledger, header, wanted, optional, start, reading.FOOTERS
        )
    else:
        frame = reading.text_frame(
            job.path,
            job.sample,
            job.ledger,
            header,
            wanted,
            optional,
            start,
            footers=reading.FOOTERS,
        )
    missing = [name for name in _NUMBERS if name not in frame.columns]
    frame = frame.with_columns(pl.lit(None, pl.String).alias(name) for name in missing)
    if normalise(labels.get("population_standardisee", "")) == "population":
        job.ledger.note("la colonne « population » est lue comme la population standardisée")
    checked = _checked(frame, job)
    source = _source(profession, year)
    content = checked.with_columns(
        pl.lit(profession).alias("profession"), pl.lit(year).alias("millesime")
    )
    return table("apl_publiee", _one_row(content), source, str(year)), checked.height


def _is_units(rows: tuple[Row, ...], header: int) -> bool:
    """Say whether a row of units follows the header: a row without a code."""
    following = rows[header + 1] if header + 1 < len(rows) else ()
    return bool(following) and not following[0].strip()


def _year(job: Job, sheet: str, labels: dict[str, str]) -> int:
    """Return the year of the APL: the sheet says it, else the population, two years older."""
    year = last_year(sheet.replace("_", " "))
    if year is None and not sheet:
        population = last_year(" ".join(labels.values()))
        year = population + 2 if population else None
    return required_year(job.path, year, "l'année de l'APL")


def _checked(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the rows whose commune and values can be read, one a former commune."""
    frame = communes_of_today(frame, job.context, job.ledger)
    frame = read_numbers(frame, _NUMBERS[:4], job.ledger, high=HIGHEST_APL)
    frame = read_numbers(frame, _NUMBERS[4:], job.ledger, high=1e8)
    empty = pl.all_horizontal(pl.col(name).is_null() for name in _NUMBERS[:4])
    frame = reject(frame, empty, "aucune APL sur la ligne", job.ledger, pl.col("code_commune"))
    return without_doubles(frame, [ORIGIN], job.ledger)


def _one_row(frame: pl.DataFrame) -> pl.DataFrame:
    """Return one row a commune of today: APL weighted by the standardised population."""
    return merge_parts(
        frame.drop(LIGNE, ORIGIN),
        ["code_commune", "profession", "millesime"],
        sums=["population_standardisee", "population"],
        means=dict.fromkeys(_NUMBERS[:4], "population_standardisee"),
    )


def _source(profession: str, year: int) -> Source:
    return Source(
        key=f"drees-apl-{profession}",
        producer="DREES",
        title=f"Accessibilité potentielle localisée (APL) {_TITLES[profession]}",
        vintage=str(year),
        address=PAGE,
    )


def _parameters(job: Job, profession: str, vintage: str) -> ImportedTable | None:
    """Return the sheet of parameters, row by row, as the workbook writes it."""
    sheet = next(sheets_with(job.sample, "param*"), None)
    if sheet is None:
        return None
    rows = [
        (number, [cell for cell in row if cell])
        for number, row in enumerate(workbook.sheet_rows(job.path, sheet), start=1)
    ]
    filled = [(number, cells) for number, cells in rows if cells]
    job.ledger.read(len(filled))
    frame = pl.DataFrame(
        {
            "profession": [profession] * len(filled),
            "ligne": [number for number, _ in filled],
            "cle": [cells[0] for _, cells in filled],
            "valeur": [" | ".join(cells[1:]) or None for _, cells in filled],
        },
        schema={"profession": pl.String, "ligne": pl.Int64, "cle": pl.String, "valeur": pl.String},
    )
    return table("parametres", frame, _source(profession, int(vintage)), vintage)


# --- Observatoire des territoires ---------------------------------------------------------------


def _observatoire_head(sample: Sample) -> tuple[str, tuple[Row, ...]]:
    """Return the sheet (empty for a text) and the first rows of an export."""
    if sample.container == "classeur":
        sheet = next(sheets_with(sample, "data"), "")
        return sheet, sample.sheet_head(sheet) if sheet else ()
    return "", sample.rows if sample.container == "texte" else ()


def _observatoire_header(rows: tuple[Row, ...]) -> int | None:
    for index, row in enumerate(rows):
        cells = [normalise(cell) for cell in row]
        if {"codgeo", "an"} <= set(cells) and any(map(_OBSERVATOIRE.fullmatch, cells)):
            return index
    return None


def _recognise_observatoire(sample: Sample) -> bool:
    return _observatoire_header(_observatoire_head(sample)[1]) is not None


def _read_observatoire(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    sheet, rows = _observatoire_head(sample)
    header = _observatoire_header(rows)
    assert header is not None  # the file was recognised by it
    measures = {
        label: _OBSERVATOIRE.fullmatch(normalise(label))
        for label in rows[header]
        if _OBSERVATOIRE.fullmatch(normalise(label))
    }
    column = _observatoire_column(job, rows[:header])
    wanted = {"code_commune": "codgeo", "an": "an", **{label: label for label in measures}}
    if sheet:
        frame = reading.sheet_frame(
            path, sheet, job.ledger, header, wanted, footers=reading.FOOTERS
        )
    else:
        frame = reading.text_frame(
            path, sample, job.ledger, header, wanted, footers=reading.FOOTERS
        )
    frame = communes_of_today(frame, context, job.ledger)
    frame = read_numbers(frame, ["an"], job.ledger, 2000, 2100, whole=True)
    frame = reject(frame, pl.col("an").is_null(), "année absente", job.ledger)
    frame = read_numbers(frame, measures, job.ledger, high=HIGHEST_APL)
    frame = without_doubles(frame, [ORIGIN, "an"], job.ledger)
    tables = [
        _observatoire_table(frame, label, match.group(1), column, int(year))
        for label, match in measures.items()
        if match
        for year in frame["an"].unique().sort().to_list()
    ]
    return finished(job, frame.height, tables)


def _observatoire_column(job: Job, titles: tuple[Row, ...]) -> str:
    """Return which APL is published: the title says it, else the usual one (under 65)."""
    said = " ".join(normalise(cell) for row in titles for cell in row)
    if said and "65" not in said:
        return "apl"
    if not said:
        job.ledger.note(
            "l'Observatoire des territoires publie l'APL aux médecins de moins de 65 ans : "
            "lue comme telle"
        )
    return "apl_65"


def _observatoire_table(
    frame: pl.DataFrame, label: str, code: str, column: str, year: int
) -> ImportedTable:
    profession = _OBSERVATOIRE_PROFESSIONS[code]
    source = Source(
        key=f"observatoire-territoires-apl-{profession}",
        producer="ANCT, d'après la DREES",
        title=f"Accessibilité potentielle localisée (APL) {_TITLES[profession]}",
        vintage=str(year),
        address=PAGE_OBSERVATOIRE,
        note=f"Indicateur « {label} » de l'Observatoire des territoires.",
    )
    rows = frame.filter(pl.col("an") == year).select(
        "code_commune",
        pl.lit(profession).alias("profession"),
        pl.lit(year).alias("millesime"),
        pl.col(label).alias(column),
    )
    # A merged commune has no weight here: its APL is unknown, and stays so.
    doubled = pl.col("code_commune").is_duplicated()
    merged = rows.with_columns(pl.when(~doubled).then(pl.col(column)).alias(column))
    return table(
        "apl_publiee", merged.unique("code_commune", maintain_order=True), source, str(year)
    )


LAYOUTS = (
    Layout(
        "drees-apl",
        "DREES",
        "accessibilité potentielle localisée (APL) par commune",
        ("apl_publiee", "parametres"),
        _recognise,
        _read,
    ),
    Layout(
        "observatoire-territoires-apl",
        "ANCT",
        "APL de l'Observatoire des territoires",
        ("apl_publiee",),
        _recognise_observatoire,
        _read_observatoire,
    ),
)
