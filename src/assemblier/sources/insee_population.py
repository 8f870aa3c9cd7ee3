"""Population by age: the census tables and the yearly estimates of départements.

*What*: population by commune, sex and age. *Producer*: Insee. *Licence*: Licence Ouverte 2.0.
*Vintage*: the census year written in the columns, the sheet or the name of the file.
*Last checked*: November 2026, from descriptions of base-cc-evol-struct-pop (2009 to 2022),
BTT_TD_POP1A (2009 to 2022), the five-year workbook and the estimates 1975 to 2021.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading, workbook
from assemblier.sources.layout import Context, Imported, ImportedTable, Layout, Sample, normalise
from assemblier.sources.loading import (
    ORIGIN,
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
    table,
    without_total,
)
from assemblier.sources.values import (
    LIGNE,
    number,
    read_numbers,
    reject,
    statut,
    without_doubles,
)

PAGE = "https://www.insee.fr/fr/information/2008354"
KEY = ["code_commune", "millesime", "sexe", "age_debut"]
MOST = 1e8
"""No commune has more inhabitants."""
COMMUNE_LEVELS = {"COM": "commune", "ARM": "commune"}


def _source(vintage: str, key: str, what: str) -> Source:
    return Source(
        key=key,
        producer="Insee",
        title=f"Recensement de la population : {what}",
        vintage=vintage,
        address=PAGE,
    )


def _tables(frame: pl.DataFrame, key: str, what: str) -> list[ImportedTable]:
    """Return one table a vintage; parts of merged communes are added up."""
    columns = [*KEY, "age_fin", "population"]
    tables = []
    for year in frame["millesime"].unique().sort():
        # One year and no other, as in the largest files: nothing is copied.
        is_other = pl.col("millesime") != year
        part = frame.filter(~is_other) if frame.select(is_other.any()).item() else frame
        one = merge_parts(part.select(columns), KEY, sums=["population"])
        tables.append(table("population_age", one, _source(str(year), key, what), str(year)))
    return sorted(tables, key=lambda one: one.vintage)


# --- base-cc-evol-struct-pop: one column a band of ages ------------------------------------------

# The bands of the file, first and last age; they make up the whole population.
_BANDS = {
    "0014": (0, 14),
    "1529": (15, 29),
    "3044": (30, 44),
    "4559": (45, 59),
    "6074": (60, 74),
    "7589": (75, 89),
    "90P": (90, None),
}
_BASE_CC = r"P(\d\d)_(POP|H|F)(0014|1529|3044|4559|6074|7589|90P)"


def _recognise_base_cc(sample: Sample) -> bool:
    header = sample.header_row("codgeo")
    return header is not None and any(_column_sets(sample.rows[header]))


def _full_year(two_digits: str) -> int:
    """Return the year of a census from its last two digits (from 1968 on)."""
    return int(two_digits) + (1900 if int(two_digits) >= 60 else 2000)


@dataclass(frozen=True)
class _Set:
    """The columns of one census year that make up the population: by sex if they are all there."""

    year: int
    columns: Mapping[str, tuple[str, int, int | None]]


def _column_sets(labels: tuple[str, ...]) -> Iterator[_Set]:
    found = {match.groups(): label for label, match in columns_like(labels, _BASE_CC).items()}
    for short in sorted({key[0] for key in found}):
        for sexes in ({"F": "F", "H": "H"}, {"POP": "ensemble"}):
            keys = [(short, sexe, band) for sexe in sexes for band in _BANDS]
            if all(key in found for key in keys):
                columns = {
                    found[short, sexe, band]: (sexes[sexe], *_BANDS[band]) for _, sexe, band in keys
                }
                yield _Set(_full_year(short), columns)
                break


def _read_base_cc(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = sample.header_row("codgeo")
    assert header is not None  # the file was recognised by it
    sets = list(_column_sets(sample.rows[header]))
    labels = [label for one in sets for label in one.columns]
    wanted = {"code_commune": "codgeo", **{label: label for label in labels}}
    frame = reading.text_frame(path, sample, job.ledger, header, wanted)
    frame = communes_of_today(frame, context, job.ledger)
    frame = read_numbers(frame, labels, job.ledger, high=MOST)
    absent = pl.all_horizontal(pl.col(label).is_null() for label in labels)
    frame = reject(frame, absent, "population absente", job.ledger, pl.col(ORIGIN))
    for one in sets:
        nulls = pl.sum_horizontal(pl.col(label).is_null() for label in one.columns)
        partial = nulls.is_between(1, len(one.columns) - 1)
        frame = reject(frame, partial, "tranches d'âge incomplètes", job.ledger, pl.col(ORIGIN))
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    longer = pl.concat([_melted(frame, one) for one in sets])
    return finished(
        job,
        frame.height,
        _tables(longer, "insee-evol-struct-pop", "évolution et structure de la population"),
    )


def _melted(frame: pl.DataFrame, one: _Set) -> pl.DataFrame:
    bands = pl.DataFrame(
        [(label, *band) for label, band in one.columns.items()],
        schema={
            "label": pl.String,
            "sexe": pl.String,
            "age_debut": pl.Int64,
            "age_fin": pl.Int64,
        },
        orient="row",
    )
    longer = frame.unpivot(
        list(one.columns), index="code_commune", variable_name="label", value_name="population"
    )
    return (
        longer.filter(pl.col("population").is_not_null())
        .join(bands, on="label", maintain_order="left")
        .with_columns(pl.lit(one.year, pl.Int64).alias("millesime"))
        .drop("label")
    )


# --- BTT_TD_POP1A: one row a commune, a sex and an age -------------------------------------------

# First ages of the ten classes of AGEPYR10.
_TEN_CLASSES: tuple[int, ...] = (0, 3, 6, 11, 18, 25, 40, 55, 65, 80)
_AGE_VARIABLE = re.compile(r"(?:c )?(aged|ageq|agepyr)(\d+)?(?: \d+)?")
_SEXES = {"1": "H", "2": "F", "h": "H", "f": "F", "m": "H", "hommes": "H", "femmes": "F"}


# The same values in half the memory, while the parts of a large file are put together.
_SMALL = (
    pl.col("sexe").cast(pl.Enum(["F", "H"])),
    pl.col("age_debut").cast(pl.Int16),
    pl.col(LIGNE).cast(pl.UInt32),
)


def _age_column(labels: tuple[str, ...]) -> str | None:
    return next((label for label in labels if _AGE_VARIABLE.fullmatch(normalise(label))), None)


def _recognise_pop1a(sample: Sample) -> bool:
    header = sample.header_row("codgeo", "nb")
    if header is None or _age_column(sample.rows[header]) is None:
        return False
    return bool({"sexe", "c sexe"} & set(sample.header[header]))


def _last_ages(label: str) -> dict[int, int | None]:
    """Return the first age of each class of a variable and its last one (None: open)."""
    match = _AGE_VARIABLE.fullmatch(normalise(label))
    assert match is not None  # the column was chosen by it
    kind, top = match.group(1), int(match.group(2) or 0)
    if kind == "agepyr":
        firsts = _TEN_CLASSES
    else:
        step = 1 if kind == "aged" else 5
        firsts = tuple(range(0, (top or 100) + 1, step))
    following = [first - 1 for first in firsts[1:]]
    return dict(zip(firsts, [*following, None], strict=True))


def _read_pop1a(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = sample.header_row("codgeo", "nb")
    assert header is not None  # the file was recognised by it
    age = _age_column(sample.rows[header])
    assert age is not None
    year = required_year(path, None, "l'année du recensement")
    last_ages = _last_ages(age)
    columns: dict[str, reading.Labels] = {
        "code_commune": "codgeo",
        "sexe": ("sexe", "c sexe"),
        "age_debut": age,
        "population": "nb",
    }
    level: dict[str, reading.Labels] = {"niveau": ("nivgeo", "niveau")}
    batches = reading.batches(path, sample, job.ledger, header, columns, level)
    parts = [_checked_pop1a(batch, last_ages, job) for batch in batches]
    frame = without_doubles(gathered(job, parts), [ORIGIN, "sexe", "age_debut"], job.ledger)
    kept = frame.height
    content = frame.drop(ORIGIN, LIGNE).with_columns(
        pl.lit(year, pl.Int64).alias("millesime"),
        pl.col("age_debut").cast(pl.Int64),
        pl.col("age_debut").replace_strict(last_ages, return_dtype=pl.Int64).alias("age_fin"),
        pl.col("sexe").cast(pl.String),
    )
    # Seven million rows for the country: what is not needed any more must not stay in memory.
    del frame, parts
    return finished(
        job, kept, _tables(content, "insee-pop1a", "population par sexe et âge (POP1A)")
    )


def _checked_pop1a(frame: pl.DataFrame, last_ages: dict[int, int | None], job: Job) -> pl.DataFrame:
    if frame["niveau"].null_count() < frame.height:
        frame = without_total(frame, COMMUNE_LEVELS, "niveau", job.ledger)
    sexe = pl.col("sexe").str.strip_chars().str.to_lowercase()
    known = sexe.replace_strict(_SEXES, default=None, return_dtype=pl.String)
    frame = reject(frame, known.is_null(), "sexe inconnu", job.ledger, pl.col("sexe"))
    years = pl.col("age_debut").str.strip_chars().cast(pl.Int64, strict=False)
    wrong = ~years.is_in(list(last_ages)) | years.is_null()
    frame = reject(frame, wrong, "classe d'âge inconnue", job.ledger, pl.col("age_debut"))
    frame = communes_of_today(frame, job.context, job.ledger)
    frame = read_numbers(frame, ["population"], job.ledger, high=MOST)
    frame = reject(frame, pl.col("population").is_null(), "population absente", job.ledger)
    checked = frame.select("code_commune", ORIGIN, known, years, "population", LIGNE)
    return checked.with_columns(_SMALL)


# --- the five-year workbook: one column an age class and a sex -----------------------------------

_FIVE_YEAR = r"ageq_rec(\d\d)s([12])rpop(\d{4})"
_LAST_CLASS = 20  # 95 years and more


def _five_year_header(rows: tuple[tuple[str, ...], ...]) -> int | None:
    return next((i for i, row in enumerate(rows) if columns_like(row, _FIVE_YEAR)), None)


def _five_year_sheets(sample: Sample) -> Iterator[str]:
    for sheet in sheets_with(sample, "com*", "arm*"):
        if _five_year_header(sample.sheet_head(sheet)) is not None:
            yield sheet


def _recognise_five_year(sample: Sample) -> bool:
    return sample.container == "classeur" and next(_five_year_sheets(sample), None) is not None


def _read_five_year(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    parts = [_five_year_sheet(job.on_sheet(sheet), sheet) for sheet in _five_year_sheets(sample)]
    kept = sum(n_lines(part) for part in parts)
    content = pl.concat([part.drop(LIGNE) for part in parts])
    return finished(
        job, kept, _tables(content, "insee-quinquennal", "population par sexe et âge quinquennal")
    )


def _five_year_sheet(job: Job, sheet: str) -> pl.DataFrame:
    rows = job.sample.sheet_head(sheet)
    header = _five_year_header(rows)
    assert header is not None  # the sheet was chosen by it
    found = columns_like(rows[header], _FIVE_YEAR)
    columns: dict[str, reading.Labels] = {
        "departement": "DR",
        "commune": "CR",
        **{label: label for label in found},
    }
    frame = reading.sheet_frame(
        job.path, sheet, job.ledger, header, columns, footers=reading.FOOTERS
    )
    code = pl.col("departement").str.zfill(2) + pl.col("commune").str.zfill(3)
    frame = frame.with_columns(code.fill_null("").alias("code_commune"))
    frame = communes_of_today(frame, job.context, job.ledger)
    frame = read_numbers(frame, found, job.ledger, high=MOST)
    holes = pl.any_horizontal(pl.col(label).is_null() for label in found)
    frame = reject(frame, holes, "tranches d'âge incomplètes", job.ledger, pl.col(ORIGIN))
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    classes = pl.DataFrame(
        [(label, *_five_year_class(match)) for label, match in found.items()],
        schema={
            "label": pl.String,
            "age_debut": pl.Int64,
            "age_fin": pl.Int64,
            "sexe": pl.String,
            "millesime": pl.Int64,
        },
        orient="row",
    )
    longer = frame.unpivot(
        list(found),
        index=["code_commune", LIGNE],
        variable_name="label",
        value_name="population",
    )
    return longer.join(classes, on="label", maintain_order="left").drop("label")


def _five_year_class(match: re.Match[str]) -> tuple[int, int | None, str, int]:
    rank, sexe, year = (int(group) for group in match.groups())
    first = 5 * (rank - 1)
    return first, (None if rank == _LAST_CLASS else first + 4), "HF"[sexe - 1], year


# --- yearly estimates of départements by sex and large age classes -------------------------------

_ESTIMATE_CLASSES = ("0 a 19 ans", "75 ans et plus", "total")
_NATIONAL = {"france metropolitaine": "FRMETRO", "france metropolitaine et dom": "FR"}


def _estimate_header(rows: tuple[tuple[str, ...], ...]) -> int | None:
    """Return the index of the row of ages; the row above says the sex."""
    for index, row in enumerate(rows[1:], start=1):
        cells = {normalise(cell) for cell in row}
        above = {normalise(cell) for cell in rows[index - 1]}
        if set(_ESTIMATE_CLASSES) <= cells and {"departements", "ensemble"} <= above:
            return index
    return None


def _estimate_sheets(sample: Sample) -> list[str]:
    years = [sheet for sheet in sample.sheets if re.fullmatch(r"\d{4}", sheet.strip())]
    if not years or _estimate_header(sample.sheet_head(years[0])) is None:
        return []
    return years


def _recognise_estimates(sample: Sample) -> bool:
    return sample.container == "classeur" and bool(_estimate_sheets(sample))


def _read_estimates(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    tables = []
    kept = 0
    for sheet in _estimate_sheets(sample):
        frame = _estimate_sheet(job.on_sheet(sheet), sheet)
        kept += n_lines(frame)
        year = last_year(sheet)
        source = Source(
            key="insee-estimations-departement",
            producer="Insee",
            title="Estimations de population par département, sexe et grande classe d'âge",
            vintage=sheet,
            address="https://www.insee.fr/fr/statistiques/1893198",
        )
        content = frame.with_columns(pl.lit(year, pl.Int64).alias("millesime"))
        tables.append(table("indicateurs", content, source, sheet))
    return finished(job, kept, tables)


def _estimate_sheet(job: Job, sheet: str) -> pl.DataFrame:
    rows = workbook.sheet_rows(job.path, sheet)
    header = _estimate_header(rows[: reading.HEAD_ROWS])
    if header is None:
        job.ledger.note(f"feuille « {sheet} » : présentation non reconnue, non lue")
        return pl.DataFrame(
            schema={
                "niveau": pl.String,
                "code": pl.String,
                LIGNE: pl.Int64,
                "indicateur": pl.String,
                "valeur": pl.Float64,
                "unite": pl.String,
                "statut": pl.String,
            }
        )
    names = _estimate_names(rows, header)
    filled = [(i, row) for i, row in enumerate(rows) if i > header and any(row[2:])]
    job.ledger.read(len(filled))
    frame = pl.DataFrame(
        {
            LIGNE: [index + 1 for index, _ in filled],
            "territoire": [row[0] for _, row in filled],
            **{name: [row[place] for _, row in filled] for place, name in names.items()},
        },
        schema={
            LIGNE: pl.Int64,
            "territoire": pl.String,
            **dict.fromkeys(names.values(), pl.String),
        },
    )
    return _estimate_rows(frame, list(names.values()), job)


def _estimate_names(rows: tuple[tuple[str, ...], ...], header: int) -> dict[int, str]:
    """Return the name of each column: its sex, said once above several, and its ages."""
    names: dict[int, str] = {}
    sexe = ""
    for place, age in enumerate(rows[header]):
        sexe = rows[header - 1][place] or sexe if place >= 2 else ""
        if sexe and age:
            names[place] = f"Population, {sexe.strip().lower()}, {age.strip().lower()}"
    return names


def _estimate_rows(frame: pl.DataFrame, names: list[str], job: Job) -> pl.DataFrame:
    said = pl.col("territoire").map_elements(normalise, return_dtype=pl.String)
    national = said.replace_strict(_NATIONAL, default=None, return_dtype=pl.String)
    written = pl.col("territoire").str.strip_chars().str.zfill(2)
    departement = pl.when(written.str.contains(r"^(?:\d{2}|2[AB]|97\d)$")).then(written)
    frame = frame.with_columns(
        pl.coalesce(national, departement).alias("code"),
        pl.when(national.is_not_null())
        .then(pl.lit("france"))
        .otherwise(pl.lit("departement"))
        .alias("niveau"),
    )
    reason = "territoire non repris (total d'un groupe de départements)"
    frame = reject(frame, pl.col("code").is_null(), reason, job.ledger, pl.col("territoire"))
    for name in names:
        unreadable = statut(pl.col(name)).is_null()
        reason = f"valeur illisible dans la colonne « {name} »"
        frame = reject(frame, unreadable, reason, job.ledger, pl.col(name))
    frame = without_doubles(frame, ["niveau", "code"], job.ledger)
    longer = frame.unpivot(
        names, index=["niveau", "code", LIGNE], variable_name="indicateur", value_name="texte"
    )
    return longer.select(
        "niveau",
        "code",
        LIGNE,
        "indicateur",
        number(pl.col("texte")).alias("valeur"),
        pl.lit("habitants").alias("unite"),
        statut(pl.col("texte")).alias("statut"),
    )


LAYOUTS = (
    Layout(
        "insee-evol-struct-pop",
        "Insee",
        "évolution et structure de la population (base-cc-evol-struct-pop)",
        ("population_age",),
        _recognise_base_cc,
        _read_base_cc,
    ),
    Layout(
        "insee-pop1a",
        "Insee",
        "population par sexe et âge (BTT_TD_POP1A)",
        ("population_age",),
        _recognise_pop1a,
        _read_pop1a,
    ),
    Layout(
        "insee-quinquennal",
        "Insee",
        "population par sexe et âge quinquennal",
        ("population_age",),
        _recognise_five_year,
        _read_five_year,
    ),
    Layout(
        "insee-estimations",
        "Insee",
        "estimations de population par département, sexe et âge",
        ("indicateurs",),
        _recognise_estimates,
        _read_estimates,
    ),
)
