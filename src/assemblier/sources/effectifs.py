"""Stocks and flows of professionals, as an ARS or a CPAM sends them.

*What*: how many professionals at two dates, how many came, how many left; columns in any order,
decimal comma or point. Two shapes: one line a territory and a profession, or the printed one (one
column a territory, lines « 30 septembre 2022 », « installations », « cessations »). *Producer*: the
ARS or the CPAM. *Licence*: to be asked of the producer. *Vintage*: the period of the flows. *Last
checked*: November 2026, on the printed tables of a département; no official layout exists.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from assemblier.errors import DataError, Problem
from assemblier.figures import Source
from assemblier.sources import free_tables, reading, workbook
from assemblier.sources.layout import (
    Context,
    Imported,
    ImportedTable,
    Layout,
    Row,
    Sample,
    normalise,
)
from assemblier.sources.loading import Job, finished, slug, table
from assemblier.sources.professions import from_words
from assemblier.sources.territories import has_territory, place_named, territories
from assemblier.sources.values import LIGNE, clean, number, read_numbers, reject, without_doubles

KEY = ["niveau", "code", "profession", "specialite", "periode"]
MOST = 1e7
"""No territory counts more professionals."""
_COUNTS = ("effectif_debut", "entrees", "sorties", "effectif_fin")
_PROFESSION = ("profession", "professions", "specialite", "specialites", "categorie", "metier")
_PERIOD = ("periode", "annee", "an", "exercice")
_IN = r"(?:nombre d |nombre de |nb d |nb de )?(?:entree|installation|arrivee|debut d activite)s?\b"
_OUT = r"(?:nombre d |nombre de |nb d |nb de )?(?:sortie|cessation|depart|fin d activite)s?\b"
_STOCK = ("effectif", "stock", "nombre de professionnels", "presents au", "au ")


def _is_flow(plain: str, words: str) -> bool:
    """Say whether a label is one of a flow: « départs » is, « département » is not."""
    return re.match(words, plain) is not None


def _is_stock(plain: str) -> bool:
    return plain.startswith(_STOCK) and not _is_flow(plain, _IN) and not _is_flow(plain, _OUT)


@dataclass(frozen=True)
class _Columns:
    """Which label holds what, in a table with one line a territory and a profession."""

    start: str
    entries: str
    exits: str
    end: str
    profession: str
    period: str

    def named(self) -> dict[str, str]:
        """Return the labels to read, under our names."""
        pairs = zip(
            (*_COUNTS, "profession_lue", "periode"),
            (self.start, self.entries, self.exits, self.end, self.profession, self.period),
            strict=True,
        )
        return {name: label for name, label in pairs if label}


def _columns(labels: Row) -> _Columns:
    plain = {label: normalise(label) for label in labels if label.strip()}
    stocks = [label for label, said in plain.items() if _is_stock(said)]
    start, end = _ordered_stocks(stocks)
    return _Columns(
        start,
        next((label for label, said in plain.items() if _is_flow(said, _IN)), ""),
        next((label for label, said in plain.items() if _is_flow(said, _OUT)), ""),
        end,
        free_tables.label_among(labels, _PROFESSION),
        free_tables.label_among(labels, _PERIOD),
    )


def _ordered_stocks(labels: list[str]) -> tuple[str, str]:
    """Return the stock at the start and the one at the end; alone, a stock is the one at the end.

    Unless its label says the start.
    """
    if not labels:
        return "", ""
    if len(labels) == 1:
        is_start = re.search(r"\bdebut\b|\b1er janvier\b|\b01 01\b", normalise(labels[0]))
        return (labels[0], "") if is_start else ("", labels[0])
    ordered = sorted(labels, key=_moment)
    return ordered[0], ordered[-1]


def _moment(label: str) -> tuple[int, int]:
    """Return what orders two labels in time: their year, then « début » before « fin »."""
    years = free_tables.years_of(label)
    plain = normalise(label)
    rank = -1 if "debut" in plain else (1 if "fin" in plain else 0)
    return (years[1] if years else 0), rank


def _is_header(row: Row) -> bool:
    found = _columns(row)
    has_flows = bool(found.entries and found.exits)
    return has_flows and bool(found.profession) and has_territory(row)


def _recognise_lines(sample: Sample) -> bool:
    return free_tables.find(sample, _is_header) is not None


def _read_lines(path: Path, sample: Sample, context: Context) -> Imported:
    whole = Job(path, sample, context)
    found = free_tables.find(sample, _is_header)
    assert found is not None  # the file was recognised by it
    job = whole.on_sheet(found.sheet)
    columns = _columns(found.labels)
    if bool(columns.start) != bool(columns.end):
        whole.ledger.note("un seul effectif daté : l'autre reste inconnu")
    frame = territories(free_tables.read(found, job, columns.named()), job)
    frame = _with_profession(frame, job)
    frame = _with_period(frame, found, columns, job)
    present = [name for name in _COUNTS if name in frame.columns]
    frame = read_numbers(frame, present, job.ledger, high=MOST, whole=True)
    empty = pl.all_horizontal(pl.col(name).is_null() for name in present)
    frame = reject(frame, empty, "aucun effectif sur la ligne", job.ledger, pl.col("code"))
    absent = [pl.lit(None, pl.Int64).alias(name) for name in _COUNTS if name not in present]
    whole_numbers = [pl.col(name).cast(pl.Int64) for name in present]
    frame = frame.with_columns(*absent, *whole_numbers).select(*KEY, *_COUNTS, LIGNE)
    frame = without_doubles(frame, KEY, job.ledger)
    return finished(whole, frame.height, _flow_tables(frame, path, found.said()))


def _flow_tables(frame: pl.DataFrame, path: Path, title: str) -> list[ImportedTable]:
    """Return one table a period."""
    tables = []
    for (period,), part in frame.partition_by("periode", as_dict=True).items():
        source = Source(
            key=f"effectifs-{slug(path.stem)}",
            producer="ARS ou CPAM",
            title=title or f"Effectifs, entrées et sorties ({path.stem})",
            vintage=str(period),
            licence="à demander au producteur",
        )
        tables.append(table("flux", part, source, str(period)))
    return tables


def _with_profession(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    said = clean(pl.col("profession_lue"))
    words = frame["profession_lue"].str.strip_chars().unique().drop_nulls().to_list()
    known = {word: from_words(word) for word in words} or {"": None}
    frame = frame.with_columns(
        said.replace_strict(known, default=None, return_dtype=pl.String).alias("profession"),
        said.alias("specialite"),
    )
    unknown = pl.col("profession").is_null()
    return reject(frame, unknown, "profession inconnue", job.ledger, pl.col("profession_lue"))


def _with_period(
    frame: pl.DataFrame, found: free_tables.Found, columns: _Columns, job: Job
) -> pl.DataFrame:
    """Return rows with their period: a column says it, else the labels of the two stocks."""
    if "periode" in frame.columns:
        frame = frame.with_columns(clean(pl.col("periode")))
        return reject(frame, pl.col("periode").is_null(), "période absente", job.ledger)
    years = [
        str(span[1])
        for label in (columns.start, columns.end)
        if (span := free_tables.years_of(label))
    ]
    said = "-".join(dict.fromkeys(years)) or _title_period(found) or job.path.stem
    return frame.with_columns(pl.lit(said).alias("periode"))


def _title_period(found: free_tables.Found) -> str:
    years = free_tables.years_of(found.said())
    return "-".join(dict.fromkeys(map(str, years))) if years else ""


# --- the printed shape: one column a territory ----------------------------------------------------


_DERIVED = "calcul"
_DATED = re.compile(r"(?:^|.*\b)(\d{1,2}(?:er)? )?([a-z]+ )?(19|20)\d\d$")


def _printed(sample: Sample) -> tuple[str, int, dict[int, tuple[str, str]]] | None:
    """Return the sheet, the header and the territory of each column of a printed table."""
    for sheet, rows in free_tables.heads(sample):
        for index, row in enumerate(rows[: free_tables.HEADER_ROWS]):
            places = {
                column: place
                for column, label in enumerate(row)
                if column and (place := place_named(label))
            }
            below = [normalise(one[0]) for one in rows[index + 1 :] if one]
            has_in = any(_is_flow(said, _IN) for said in below)
            has_out = any(_is_flow(said, _OUT) for said in below)
            if places and has_in and has_out:
                return sheet, index, places
    return None


def _recognise_printed(sample: Sample) -> bool:
    return _printed(sample) is not None


def _read_printed(path: Path, sample: Sample, context: Context) -> Imported:
    whole = Job(path, sample, context)
    found = _printed(sample)
    assert found is not None  # the file was recognised by it
    sheet, header, places = found
    job = whole.on_sheet(sheet)
    rows = dict(free_tables.heads(sample))[sheet]
    title = " ".join(cell for row in rows[:header] for cell in row if cell)
    said = f"{title} {' '.join(rows[header])} {path.stem}"
    profession = from_words(title) or from_words(rows[header][0]) or from_words(path.stem)
    if profession is None:
        raise DataError([_no_profession(path, said)])
    frame = _labelled_rows(job, sheet, header, rows)
    content, kept, period = _turned(frame, places, job)
    full = content.with_columns(
        pl.lit(profession).alias("profession"),
        pl.lit(title or None, pl.String).alias("specialite"),
        pl.lit(period).alias("periode"),
    )
    return finished(whole, kept, _flow_tables(full, path, title))


def _no_profession(path: Path, said: str) -> Problem:
    return Problem(
        str(path),
        f"une table d'effectifs sans profession ({said.strip()[:60]})",
        "la profession dans le titre, l'en-tête ou le nom du fichier",
        "écrire la profession au-dessus du tableau, par exemple « Médecins généralistes »",
    )


def _labelled_rows(job: Job, sheet: str, header: int, rows: tuple[Row, ...]) -> pl.DataFrame:
    """Return the rows of a printed table: their label, then one column a place in the row."""
    if sheet:
        content = workbook.sheet_rows(job.path, sheet)[header + 1 :]
    else:
        content = rows[header + 1 :]
        longer = _text_rows(job, header)
        content = longer if longer is not None else content
    filled = [
        (header + 2 + place, row)
        for place, row in enumerate(content)
        if any(row) and normalise(row[0]).split(" ", 1)[0] not in reading.FOOTERS
    ]
    job.ledger.read(len(filled))
    width = max((len(row) for _, row in filled), default=1)
    return pl.DataFrame(
        {
            LIGNE: [line for line, _ in filled],
            **{
                f"c{place}": [row[place] if place < len(row) else "" for _, row in filled]
                for place in range(width)
            },
        },
        schema={LIGNE: pl.Int64, **{f"c{place}": pl.String for place in range(width)}},
    )


def _text_rows(job: Job, header: int) -> tuple[Row, ...] | None:
    """Return every row under the header; a printed table is short: its sample is all of it."""
    rows = job.sample.rows
    return rows[header + 1 :] if len(rows) < reading.HEAD_ROWS else None


def _turned(
    frame: pl.DataFrame, places: dict[int, tuple[str, str]], job: Job
) -> tuple[pl.DataFrame, int, str]:
    """Turn a printed table: one row a territory. Returns it, the lines used and the period."""
    kinds = [_kind(label) for label in frame["c0"].to_list()]
    frame = frame.with_columns(
        pl.Series("nature", [kind for kind, _ in kinds], dtype=pl.String),
        pl.Series("moment", [moment for _, moment in kinds], dtype=pl.Int64),
    )
    other = pl.col("nature").is_null()
    frame = reject(frame, other, "ligne sans effectif ni flux reconnu", job.ledger, pl.col("c0"))
    derived = pl.col("nature") == _DERIVED
    said = "solde ou évolution : se recalcule, non repris"
    frame = reject(frame, derived, said, job.ledger, pl.col("c0"))
    columns = [f"c{place}" for place in places if f"c{place}" in frame.columns]
    for name in columns:
        value = number(pl.col(name))
        bad = pl.col(name).str.strip_chars().ne("") & value.is_null()
        frame = reject(frame, bad, "valeur illisible", job.ledger, pl.col(name))
        wrong = (value < 0) | (value != value.round()) | (value > MOST)
        frame = reject(frame, wrong, "effectif négatif, non entier ou absurde", job.ledger, value)
    frame = without_doubles(frame, ["nature", "moment"], job.ledger)
    stocks = frame.filter(pl.col("nature") == "effectif").sort("moment")
    moments = stocks["moment"].to_list()
    lines = {
        "effectif_debut": stocks.head(1) if len(moments) > 1 else stocks.head(0),
        "effectif_fin": stocks.tail(1),
        "entrees": frame.filter(pl.col("nature") == "entrees"),
        "sorties": frame.filter(pl.col("nature") == "sorties"),
    }
    records = [
        {"niveau": level, "code": code}
        | {name: _whole_at(rows, f"c{place}") for name, rows in lines.items()}
        for place, (level, code) in places.items()
    ]
    schema = {"niveau": pl.String, "code": pl.String, **dict.fromkeys(_COUNTS, pl.Int64)}
    content = pl.DataFrame(records, schema=schema)
    known = ~pl.all_horizontal(pl.col(name).is_null() for name in _COUNTS)
    years = [str(moment) for moment in moments]
    period = "-".join(dict.fromkeys([*years[:1], *years[-1:]])) or "période inconnue"
    return (
        content.filter(known).unique(["niveau", "code"], maintain_order=True),
        frame.height,
        period,
    )


def _kind(label: str) -> tuple[str | None, int]:
    """Return what a line holds (a stock, a flow, what is derived) and the year of a stock."""
    plain = normalise(label)
    if _is_flow(plain, _IN):
        return "entrees", 0
    if _is_flow(plain, _OUT):
        return "sorties", 0
    if plain.startswith(("solde", "evolution")):
        return _DERIVED, 0
    years = free_tables.years_of(label)
    if years and (_DATED.fullmatch(plain) or _is_stock(plain)):
        return "effectif", years[1]
    return None, 0


def _whole_at(rows: pl.DataFrame, column: str) -> int | None:
    if rows.height != 1 or column not in rows.columns:
        return None
    value = rows.select(number(pl.col(column))).item()
    return None if value is None else int(value)


LAYOUTS = (
    Layout(
        "effectifs-lignes",
        "ARS ou CPAM",
        "effectifs, entrées et sorties par territoire et profession",
        ("flux",),
        _recognise_lines,
        _read_lines,
    ),
    Layout(
        "effectifs-imprimes",
        "ARS ou CPAM",
        "effectifs, installations et cessations d'une profession, un territoire par colonne",
        ("flux",),
        _recognise_printed,
        _read_printed,
    ),
)
