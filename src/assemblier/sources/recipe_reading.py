"""Reading a file with a recipe: each row of the file gives the rows its blocks describe.

Any row that would break the table is rejected with its line: what is kept agrees with the
specification by construction.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from assemblier.errors import DataError, Problem
from assemblier.sources import reading, workbook
from assemblier.sources.codes import join_postcodes, repair_codes
from assemblier.sources.layout import (
    Context,
    Imported,
    ImportedTable,
    Layout,
    Row,
    Sample,
    find_header,
)
from assemblier.sources.opening import explained, problem
from assemblier.sources.recipes import Filling, Recipe
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE, NON_DISPONIBLE, SECRET, clean, number, reject, statut
from assemblier.tables import ColumnSpec, Kind, TableSpec, conform, polars_type

CODE = "code_commune"
_CODE_READ = "\x00commune du jour"
"""Column that holds the commune of today of a row; no file has a column of this name."""
_ORIGIN = "\x00commune lue"
_REASON = "\x00raison"
_FOUND = "\x00trouve"
OUT_OF_SCOPE = "hors du champ de la recette"
CONTRADICTION = "lignes contradictoires pour une même clé"
REPEATED = "ligne répétée à l'identique"
NOT_ADDED = "valeurs de communes aujourd'hui fusionnées qui ne s'additionnent pas : non disponibles"
_MEASURES = ("valeur", "effectif", "taux", "zone_source", "zone")


def recipe_layout(recipe: Recipe) -> Layout:
    """Return the layout that reads any file as a recipe says."""

    def read(path: Path, sample: Sample, context: Context) -> Imported:
        return read_with(recipe, path, sample, context)

    return Layout(
        recipe.source.key,
        recipe.source.producer,
        recipe.source.title,
        (recipe.spec.name,),
        lambda _sample: True,
        read,
    )


def read_with(recipe: Recipe, path: Path, sample: Sample, context: Context) -> Imported:
    """Read a file with a recipe.

    Raises
    ------
    DataError
        When a column is not in the file, or no row can be kept.

    Always true
    -----------
    Rows read are rows kept plus rows rejected.
    """
    ledger = Ledger()
    rows = _rows(recipe, path, sample, ledger)
    rows = _in_scope(rows, recipe, ledger)
    rows = _placed(rows, recipe, context, ledger)
    blocks = [_filled(rows, block, recipe) for block in recipe.blocks]
    bad = pl.concat([_violations(one, recipe.spec) for one in blocks])
    rows = _without(rows, bad, ledger)
    kept = [one.join(rows.select(LIGNE), on=LIGNE, how="semi") for one in blocks]
    contradictory = pl.concat([_contradictions(one, recipe.spec) for one in kept])
    rows = _without(rows, contradictory, ledger)
    kept = [one.join(rows.select(LIGNE), on=LIGNE, how="semi") for one in blocks]
    table = _united(kept, recipe, ledger)
    if not table.height:
        reasons = "; ".join(one.reason for one in ledger.report(0).rejected[:3]) or "aucune ligne"
        action = "comparer la recette et le fichier"
        raise problem(path, f"aucune ligne utilisable : {reasons}", "au moins une ligne", action)
    imported = ImportedTable(recipe.spec.name, table, recipe.source, recipe.vintage)
    return Imported((imported,), ledger.report(rows.height))


def _rows(recipe: Recipe, path: Path, sample: Sample, ledger: Ledger) -> pl.DataFrame:
    """Return the columns of the file that the recipe needs, as texts, under their own labels."""
    labels = recipe.labels()
    columns = {label: label for label in labels}
    if sample.container == "json":
        return _json_rows(recipe, path, sample, ledger)
    if sample.container == "classeur":
        sheet = recipe.sheet or (sample.sheets[0] if sample.sheets else "")
        head = workbook.sheet_rows(path, sheet)[: reading.HEAD_ROWS]
        header = _header(recipe, path, head, labels)
        start = header + 1 + recipe.unit_lines
        return reading.sheet_frame(path, sheet, ledger, header, columns, start=start)
    if sample.container == "texte":
        header = _header(recipe, path, sample.rows, labels)
        start = header + 1 + recipe.unit_lines
        return reading.text_frame(path, sample, ledger, header, columns, start=start)
    if sample.container == "parquet":
        return _parquet_rows(path, labels, ledger)
    expected = "un CSV, un classeur, un JSON ou un Parquet"
    raise problem(path, f"un fichier d'un autre genre ({sample.container})", expected, "convertir")


def _header(recipe: Recipe, path: Path, rows: Sequence[Row], labels: Sequence[str]) -> int:
    """Return the index of the header: where the recipe says, or the row that holds the labels."""
    if recipe.header:
        if recipe.header <= len(rows):
            return recipe.header - 1
        raise problem(
            path,
            f"{len(rows)} lignes",
            f"un en-tête à la ligne {recipe.header}",
            "corriger la recette",
        )
    found = find_header(tuple(rows), *labels)
    if found is not None:
        return found
    best = max(rows, key=lambda row: sum(label in row for label in labels), default=())
    missing = [label for label in labels if reading.place_of(best, label) is None]
    shown = ", ".join(f"« {label} »" for label in best if label) or "aucune"
    raise DataError(
        [
            Problem(
                str(path), f"pas de colonne « {label} »", f"parmi : {shown}", "corriger la recette"
            )
            for label in missing
        ]
    )


def _json_rows(recipe: Recipe, path: Path, sample: Sample, ledger: Ledger) -> pl.DataFrame:
    """Return the records of a JSON: a list of objects, or an object of objects or of lists."""
    content = _inside(recipe, path, reading.json_value(path, sample))
    # Lists are only read where the recipe asks for fields by their ranks.
    asks_ranks = any(label.replace(".", "").isdigit() for label in recipe.labels())
    kinds = (dict, list) if asks_ranks else (dict,)
    if isinstance(content, dict) and all(isinstance(one, kinds) for one in content.values()):
        name = recipe.json_key or "cle"
        records = [{name: key, **_fields(one)} for key, one in content.items()]
    elif isinstance(content, list) and all(isinstance(one, kinds) for one in content):
        records = [_fields(one) for one in content]
    else:
        raise problem(
            path,
            "un JSON d'une autre forme",
            "une liste d'objets",
            "dire où elle est avec « dans », ou le convertir en CSV",
        )
    labels = recipe.labels()
    known = dict.fromkeys(key for record in records for key in record)
    missing = [label for label in labels if label not in known]
    if missing:
        raise DataError([_no_field(path, label, list(known), "champ") for label in missing])
    ledger.read(len(records))
    columns = {label: [_json_text(one.get(label)) for one in records] for label in labels}
    schema = {**dict.fromkeys(labels, pl.String), LIGNE: pl.Int64}
    return pl.DataFrame({**columns, LIGNE: range(1, len(records) + 1)}, schema=schema)


def _parquet_rows(path: Path, labels: Sequence[str], ledger: Ledger) -> pl.DataFrame:
    """Return the rows of a Parquet file as texts; its first row is row 1."""
    with explained(path):
        known = list(pl.read_parquet_schema(path))
    missing = [label for label in labels if label not in known]
    if missing:
        raise DataError([_no_field(path, label, known, "colonne") for label in missing])
    with explained(path):
        frame = pl.read_parquet(path, columns=list(labels))
        texts = frame.select(pl.all().cast(pl.String, strict=False))
    ledger.read(texts.height)
    return texts.select(*labels, pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(LIGNE))


def _inside(recipe: Recipe, path: Path, content: object) -> object:
    """Return what a JSON holds where the recipe says, one key after the other."""
    for key in filter(None, recipe.json_path.split(".")):
        known = content if isinstance(content, dict) else {}
        if key not in known:
            shown = ", ".join(f"« {one} »" for one in [*known][:40]) or "aucune"
            raise problem(path, f"pas de clé « {key} »", f"parmi : {shown}", "corriger « dans »")
        content = known[key]
    return content


def _fields(record: object, rank: str = "") -> dict[str, object]:
    """Return the fields of a record; those of a list are named by their ranks, from 1: « 2.1 »."""
    if isinstance(record, dict):
        return record
    fields: dict[str, object] = {}
    for place, one in enumerate(record if isinstance(record, list) else (), start=1):
        name = f"{rank}.{place}" if rank else str(place)
        fields |= _fields(one, name) if isinstance(one, list) else {name: one}
    return fields


def _no_field(path: Path, label: str, known: Sequence[str], kind: str) -> Problem:
    shown = ", ".join(f"« {one} »" for one in known[:40]) or "aucune"
    return Problem(
        str(path), f"pas de {kind} « {label} »", f"parmi : {shown}", "corriger la recette"
    )


def _json_text(value: object) -> str | None:
    if value is None or isinstance(value, list | dict):
        return None
    return str(value).strip() or None


def _in_scope(rows: pl.DataFrame, recipe: Recipe, ledger: Ledger) -> pl.DataFrame:
    """Return the rows that the recipe is about; the others are rejected and say so."""
    for label, kept in recipe.kept_values.items():
        text = pl.col(label).fill_null("").str.strip_chars()
        wanted = text.is_in(pl.lit(list(kept), dtype=pl.List(pl.String)))
        rows = reject(rows, ~wanted, OUT_OF_SCOPE, ledger, pl.col(label))
    return rows


def _placed(rows: pl.DataFrame, recipe: Recipe, context: Context, ledger: Ledger) -> pl.DataFrame:
    """Find the commune of today of each row, where the table is about communes."""
    name = _place_column(recipe)
    filling = next((block[name] for block in recipe.blocks if name in block), None)
    if filling is None:
        return rows.with_columns(pl.lit(None, pl.String).alias(_ORIGIN))
    if filling.postcode:
        found = join_postcodes(rows, context, ledger, filling.postcode, filling.place, _CODE_READ)
        return found.with_columns(pl.col(_CODE_READ).alias(_ORIGIN))
    origin = pl.col(filling.label) if filling.label else pl.lit(filling.constant)
    written = rows.with_columns(origin.alias(_CODE_READ), origin.alias(_ORIGIN))
    if recipe.spec.column(name).nullable:
        known = written.filter(pl.col(_CODE_READ).is_not_null())
        unknown = written.filter(pl.col(_CODE_READ).is_null())
        return pl.concat([repair_codes(known, context, ledger, _CODE_READ), unknown])
    return repair_codes(written, context, ledger, _CODE_READ)


def _place_column(recipe: Recipe) -> str:
    """Return the column of the table that holds a commune, or empty when none does."""
    if CODE in recipe.spec.names():
        return CODE
    levels = [block["niveau"].constant for block in recipe.blocks if "niveau" in block]
    return "code" if levels and set(levels) == {"commune"} else ""


def _filled(rows: pl.DataFrame, block: Mapping[str, Filling], recipe: Recipe) -> pl.DataFrame:
    """Return the columns of the table for one block, and what could not be read in each row."""
    texts = {name: _text(block.get(name), name, recipe) for name in recipe.spec.names()}
    values = [_value(column, texts[column.name], block) for column in recipe.spec.columns]
    frame = rows.select(LIGNE, _ORIGIN, *values, *_reasons(recipe, block, texts))
    if "statut" in recipe.spec.names() and "statut" not in block:
        frame = frame.with_columns(_measured(recipe, block, texts, rows).alias("statut"))
    return frame


def _text(filling: Filling | None, name: str, recipe: Recipe) -> pl.Expr:
    """Return what a column is filled with, as text, before it is read as a number or a date."""
    if filling is None:
        return pl.lit(None, pl.String)
    if name == _place_column(recipe):
        return pl.col(_CODE_READ)
    if not filling.label:
        return pl.lit(filling.constant, pl.String)
    text = clean(pl.col(filling.label))
    text = text.replace(dict.fromkeys(recipe.secret, SECRET))
    text = text.replace(dict.fromkeys(recipe.missing, NON_DISPONIBLE))
    if filling.translation is not None:
        known = {key: value for key, value in filling.translation.items() if value is not None}
        text = text.replace_strict(known, default=None, return_dtype=pl.String)
    return text


def _value(column: ColumnSpec, text: pl.Expr, block: Mapping[str, Filling]) -> pl.Expr:
    """Return a column read in its kind; what cannot be read is null."""
    match column.kind:
        case Kind.NUMBER | Kind.INTEGER:
            factor = block[column.name].factor if column.name in block else 1.0
            value = number(text) * factor
            if column.kind is Kind.INTEGER:
                whole = pl.when(value == value.round()).then(value.round())
                value = whole.cast(pl.Int64, strict=False)
        case Kind.DATE:
            value = pl.coalesce(
                text.str.to_date("%Y-%m-%d", strict=False),
                text.str.to_date("%d/%m/%Y", strict=False),
            )
        case _ if column.nullable:
            value = pl.when(~text.is_in([SECRET, NON_DISPONIBLE])).then(text)
        case _:
            value = text
    return value.cast(polars_type(column.kind)).alias(column.name)


def _reasons(
    recipe: Recipe, block: Mapping[str, Filling], texts: Mapping[str, pl.Expr]
) -> Iterator[pl.Expr]:
    """Yield, for each column read from the file, why its text cannot be read (null when it can)."""
    for name, filling in block.items():
        if not filling.label or name == _place_column(recipe):
            continue
        column = recipe.spec.column(name)
        raw = clean(pl.col(filling.label))
        unreadable = pl.lit(False)
        if column.kind in (Kind.NUMBER, Kind.INTEGER):
            text = texts[name]
            unreadable = statut(text).is_null()
            if column.kind is Kind.INTEGER:
                value = number(text) * filling.factor
                unreadable = unreadable | (value != value.round())
        elif column.kind is Kind.DATE:
            read = _value(column, texts[name], block)
            unreadable = raw.is_not_null() & read.is_null() & statut(raw).ne_missing(NON_DISPONIBLE)
        elif filling.translation is not None:
            allowed = [*filling.translation, *recipe.secret, *recipe.missing]
            known = pl.lit(allowed, dtype=pl.List(pl.String))
            unreadable = raw.is_not_null() & ~raw.is_in(known)
        yield pl.when(unreadable.fill_null(False)).then(raw).alias(f"\x00{name}")


def _measured(
    recipe: Recipe, block: Mapping[str, Filling], texts: Mapping[str, pl.Expr], rows: pl.DataFrame
) -> pl.Series:
    """Return the statut of each row: that of its first measure."""
    # The word of the source comes before the zone: it is known where the zone is not.
    measures = [name for name in _MEASURES if name in recipe.spec.names() and name in block]
    if not measures:
        return pl.Series([NON_DISPONIBLE] * rows.height, dtype=pl.String)
    name = measures[0]
    is_number = recipe.spec.column(name).kind is not Kind.TEXT
    said = statut(texts[name]) if is_number else _text_statut(texts[name])
    return rows.select(said.fill_null(NON_DISPONIBLE).alias("statut"))["statut"]


def _text_statut(text: pl.Expr) -> pl.Expr:
    return (
        pl.when(text == SECRET)
        .then(pl.lit(SECRET))
        .when(text.is_null() | (statut(text) == NON_DISPONIBLE))
        .then(pl.lit(NON_DISPONIBLE))
        .otherwise(pl.lit("connu"))
    )


def _violations(frame: pl.DataFrame, spec: TableSpec) -> pl.DataFrame:
    """Return the lines that would break the table: line, reason, what stood there."""
    found = [
        _broken(frame, pl.col(name).is_not_null(), f"valeur illisible dans « {name[1:]} »", name)
        for name in frame.columns
        if name.startswith("\x00") and name != _ORIGIN
    ]
    for column in spec.columns:
        for condition, reason in _rules(column):
            found.append(_broken(frame, condition, f"{reason} « {column.name} »", column.name))
    return pl.concat(found)


def _rules(column: ColumnSpec) -> Iterator[tuple[pl.Expr, str]]:
    """Yield the conditions under which a value breaks its column, and how to say it."""
    value = pl.col(column.name)
    if not column.nullable:
        yield value.is_null(), "valeur absente dans"
    if column.low is not None:
        yield value < column.low, f"valeur inférieure à {column.low:g} dans"
    if column.high is not None:
        yield value > column.high, f"valeur supérieure à {column.high:g} dans"
    if column.pattern:
        yield ~value.str.contains(f"^(?:{column.pattern})$"), "forme inattendue dans"
    if column.values:
        known = pl.lit(list(column.values), dtype=pl.List(pl.String))
        yield ~value.is_in(known), "valeur hors de la liste dans"


def _broken(frame: pl.DataFrame, condition: pl.Expr, reason: str, shown: str) -> pl.DataFrame:
    return frame.filter(condition.fill_null(False)).select(
        LIGNE,
        pl.lit(reason).alias(_REASON),
        pl.col(shown).cast(pl.String).fill_null("vide").alias(_FOUND),
    )


def _contradictions(frame: pl.DataFrame, spec: TableSpec) -> pl.DataFrame:
    """Return the lines that give a key twice; parts of a commune merged since are not one."""
    nothing = pl.lit("").alias(_FOUND)
    if not spec.key:
        return frame.clear().select(LIGNE, pl.lit("").alias(_REASON), nothing)
    key = pl.struct(*spec.key, _ORIGIN)
    whole = pl.struct(*spec.names(), _ORIGIN)
    texts = [pl.col(name).cast(pl.String) for name in spec.key]
    shown = pl.concat_str(texts, separator=" ", ignore_nulls=True).alias(_FOUND)
    # The same row written twice is one row; the second only repeats the first.
    distinct = frame.filter(whole.is_first_distinct())
    repeated = frame.filter(~whole.is_first_distinct())
    different = distinct.filter(key.is_duplicated())
    return pl.concat(
        [
            different.select(LIGNE, pl.lit(CONTRADICTION).alias(_REASON), shown),
            repeated.select(LIGNE, pl.lit(REPEATED).alias(_REASON), shown),
        ]
    )


def _without(rows: pl.DataFrame, bad: pl.DataFrame, ledger: Ledger) -> pl.DataFrame:
    """Reject each bad line once, for the first reason found."""
    first = bad.unique(LIGNE, keep="first", maintain_order=True)
    for reason, part in first.group_by(_REASON, maintain_order=True):
        ordered = part.sort(LIGNE)
        ledger.reject(
            str(reason[0]), ordered[LIGNE].head(20), ordered[_FOUND].head(20), part.height
        )
    return rows.join(first, on=LIGNE, how="anti", maintain_order="left")


def _united(blocks: Sequence[pl.DataFrame], recipe: Recipe, ledger: Ledger) -> pl.DataFrame:
    """Return the table: every block, former communes added to those of today."""
    spec = recipe.spec
    keys = pl.concat([one.select(*spec.key, LIGNE) for one in blocks])
    if spec.key and len(blocks) > 1 and keys.is_duplicated().any():
        raise DataError([_same_block_twice(recipe)])
    united = pl.concat([conform(one, spec) for one in blocks])
    if not spec.key or not united.select(spec.key).is_duplicated().any():
        return united
    return _merged(united, spec, ledger)


def _same_block_twice(recipe: Recipe) -> Problem:
    return Problem(
        f"{recipe.path}, « blocs »",
        "deux blocs donnent la même ligne de la table",
        "des blocs que distingue l'une de : " + ", ".join(recipe.spec.key),
        "donner à chaque bloc sa valeur",
    )


def _merged(table: pl.DataFrame, spec: TableSpec, ledger: Ledger) -> pl.DataFrame:
    """Return one row a key: quantities are added, what cannot be added becomes unknown."""
    columns = [_merged_column(c) for c in spec.columns if c.name not in spec.key]
    doubled = table.select(spec.key).is_duplicated()
    parts = table.filter(doubled)
    frame = parts.group_by(spec.key, maintain_order=True).agg(columns).select(table.columns)
    if "statut" in frame.columns:
        measures = [name for name in _MEASURES if name in frame.columns]
        lost = pl.all_horizontal(pl.col(name).is_null() for name in measures)
        is_known = pl.col("statut") == "connu"
        said = pl.when(is_known & lost).then(pl.lit(NON_DISPONIBLE)).otherwise(pl.col("statut"))
        frame = frame.with_columns(said.alias("statut"))
    numbers = [c.name for c in spec.columns if c.kind is Kind.NUMBER and not c.additive]
    known = parts.group_by(spec.key, maintain_order=True).agg(pl.col(numbers).is_not_null().any())
    if any((known[name] & frame[name].is_null()).any() for name in numbers):
        ledger.note(NOT_ADDED)
    return pl.concat([table.filter(~doubled), frame])


def _merged_column(column: ColumnSpec) -> pl.Expr:
    """Return one column of the parts of a commune, put together."""
    one = pl.col(column.name)
    if column.additive:
        merged = pl.when(one.is_null().any()).then(None).otherwise(one.sum())
    elif column.name == "statut":
        merged = pl.when((one == SECRET).any()).then(pl.lit(SECRET)).otherwise(one.last())
    elif column.nullable:
        merged = pl.when(one.n_unique() == 1).then(one.first()).otherwise(None)
    else:
        merged = one.first()
    return merged.alias(column.name)
