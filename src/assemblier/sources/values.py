"""Numbers as French producers write them: known, secret, not available or unreadable.

Blank, « secret statistique » and zero are three answers; none is ever turned into another.
"""

from collections.abc import Iterable, Mapping

import polars as pl

from assemblier.sources.report import Ledger
from assemblier.tables import STATUTS, may_repeat

CONNU, SECRET, NON_DISPONIBLE = STATUTS
LIGNE = "ligne"
"""Column that holds, in every frame read from a file, the line of the file a row comes from."""

# Spaces (narrow and no-break ones too) between groups of three digits, comma or point.
_PLAIN = "\x00nombre"
_NUMBER = r"^[+-]?(?:\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]\d*)?(?:[eE][+-]?\d{1,3})?$"
_BARE_DECIMAL = r"^[+-]?[.,]\d+$"
_SECRET = r"(?i)^(?:s|c|ss|.*\bsecret\b.*)$"
_NOT_AVAILABLE = (
    r"(?i)^(?:n/?a\b.*|#n/?a|n\.?d\.?|n\.?c\.?|null|none|nan|-+|–|—|\.{2,}|…|\?|"
    r"non (?:disponible|renseign[ée]e?|communiqu[ée]e?)|inconnue?)$"
)


def number(text: pl.Expr) -> pl.Expr:
    """Return the number a text writes, or null when it writes none.

    Always true
    -----------
    The answer is finite or null; it never depends on the rows around it.
    """
    plain = text.str.strip_chars()
    written = plain.str.contains(_NUMBER) | plain.str.contains(_BARE_DECIMAL)
    digits = plain.str.replace_all(r"\s", "").str.replace(",", ".", literal=True)
    value = pl.when(written).then(digits).cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)


def statut(text: pl.Expr, blank: str = NON_DISPONIBLE) -> pl.Expr:
    """Return what a cell says: connu, secret, non disponible; null when it cannot be read.

    Parameters
    ----------
    text
        The cell, as text.
    blank
        What an empty cell means for this producer.

    Always true
    -----------
    « connu » exactly where `number` gives a value.
    """
    plain = text.str.strip_chars()
    return (
        pl.when(plain.is_null() | (plain == ""))
        .then(pl.lit(blank))
        .when(number(text).is_not_null())
        .then(pl.lit(CONNU))
        .when(plain.str.contains(_SECRET))
        .then(pl.lit(SECRET))
        .when(plain.str.contains(_NOT_AVAILABLE))
        .then(pl.lit(NON_DISPONIBLE))
    )


def blank(text: pl.Expr) -> pl.Expr:
    """Say whether a cell holds nothing but spaces."""
    return text.is_null() | (text.str.strip_chars() == "")


def clean(text: pl.Expr) -> pl.Expr:
    """Return a text without the spaces around it, null where nothing remains."""
    return text.str.strip_chars().replace("", None)


def reject(
    frame: pl.DataFrame, bad: pl.Expr, reason: str, ledger: Ledger, found: pl.Expr | None = None
) -> pl.DataFrame:
    """Return the rows that are not bad, and write the others in the ledger.

    Parameters
    ----------
    frame
        Rows with their line in `LIGNE`.
    bad
        A condition; unknown counts as not bad.
    reason
        In French, short.
    ledger
        Where rejected rows are written.
    found
        What stood there, shown as an example.

    Always true
    -----------
    Rows returned plus rows written in the ledger are the rows given.
    """
    is_bad = frame.select(bad.fill_null(False).alias("bad"))["bad"]
    if not is_bad.any():
        return frame
    wrong = frame.filter(is_bad)
    shown: list[str | None] = []
    if found is not None:
        shown = wrong.head(20).select(found.cast(pl.String)).to_series().to_list()
    ledger.reject(
        reason, wrong[LIGNE].head(20).to_list(), [one or "vide" for one in shown], wrong.height
    )
    return frame.filter(~is_bad)


def read_numbers(
    frame: pl.DataFrame,
    columns: Iterable[str],
    ledger: Ledger,
    low: float | None = 0.0,
    high: float | None = None,
    whole: bool = False,
) -> pl.DataFrame:
    """Return the frame with these columns as numbers; rows with an unreadable one are rejected.

    Parameters
    ----------
    frame
        Texts, with their line in `LIGNE`.
    columns
        Columns to read.
    ledger
        Where rejected rows are written.
    low, high
        Bounds a value cannot pass.
    whole
        Whether a value must be a whole number.
    """
    for name in columns:
        text = pl.col(name)
        plain = _plain_numbers(frame[name])
        if plain is None:
            frame = reject(
                frame,
                statut(text).is_null(),
                f"valeur illisible dans la colonne « {name} »",
                ledger,
                text,
            )
            value = number(text)
        else:
            frame = frame.with_columns(plain.alias(_PLAIN))
            value = pl.col(_PLAIN)
        if low is not None:
            why = "valeur négative" if low == 0 else f"valeur inférieure à {low:g}"
            frame = reject(frame, value < low, f"{why} dans la colonne « {name} »", ledger, text)
        if high is not None:
            why = f"valeur supérieure à {high:g} dans la colonne « {name} »"
            frame = reject(frame, value > high, why, ledger, text)
        if whole:
            why = f"nombre non entier dans la colonne « {name} »"
            frame = reject(frame, value != value.round(), why, ledger, text)
        frame = frame.with_columns(value.alias(name)).drop(_PLAIN, strict=False)
    return frame


def _plain_numbers(texts: pl.Series) -> pl.Series | None:
    """Return a column whose every text is a bare number, read at once; None where one is not.

    It gives what `number` gives, several times faster: a file of millions of rows has no other.
    """
    if texts.dtype != pl.String:
        return None
    values = texts.cast(pl.Float64, strict=False)
    if values.null_count() > texts.null_count() or not values.is_finite().all():
        return None
    return values


def melt(
    frame: pl.DataFrame,
    keys: list[str],
    measures: Mapping[str, str],
    ledger: Ledger,
    blank: str = NON_DISPONIBLE,
) -> pl.DataFrame:
    """Turn one row with many measures into one row a measure: indicateur, valeur, statut.

    Parameters
    ----------
    frame
        Texts, with their line in `LIGNE`.
    keys
        Columns kept as they are.
    measures
        Column of the frame to name of the indicator.
    ledger
        Where rows with an unreadable measure are written.
    blank
        What an empty cell means for this producer.

    Always true
    -----------
    A secret or missing value stays in the table, as null, with its statut.
    """
    for name in measures:
        frame = reject(
            frame,
            statut(pl.col(name), blank).is_null(),
            f"valeur illisible dans la colonne « {name} »",
            ledger,
            pl.col(name),
        )
    longer = frame.unpivot(
        list(measures), index=keys, variable_name="indicateur", value_name="texte"
    )
    return longer.select(
        *keys,
        pl.col("indicateur").replace(dict(measures)),
        number(pl.col("texte")).alias("valeur"),
        statut(pl.col("texte"), blank).alias("statut"),
    )


def without_doubles(
    frame: pl.DataFrame, key: list[str], ledger: Ledger, said: str = "ligne répétée à l'identique"
) -> pl.DataFrame:
    """Return one row a key: repeated rows count once, contradictory ones are all set aside.

    Always true
    -----------
    No two rows returned have the same key.
    Rows returned plus rows written in the ledger are the rows given.
    """
    if not may_repeat(frame, key):
        return frame
    others = [name for name in frame.columns if name not in (*key, LIGNE)]
    repeated = pl.struct(*key, *others).is_first_distinct().not_()
    frame = reject(
        frame, repeated, said, ledger, pl.concat_str(*key, separator=" ", ignore_nulls=True)
    )
    doubled = pl.struct(*key).is_duplicated()
    shown = pl.concat_str(*key, separator=" ", ignore_nulls=True)
    return reject(frame, doubled, "lignes contradictoires pour une même clé", ledger, shown)
