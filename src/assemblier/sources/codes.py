"""Codes of communes as files write them, brought to the communes of today; each repair counted.

A zero that a spreadsheet lost, a number written 1001.0, the code of a commune that was merged, a
postcode and a name: each has one right answer or none. Nothing is guessed: a code that has no
sure answer is rejected, with its line.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

import polars as pl

from assemblier.sources.layout import Context, normalise
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE, reject

LOST_ZERO = "zéro initial rétabli"
AS_NUMBER = "code écrit comme un nombre"
LETTER_CASE = "lettre de la Corse mise en majuscule"
OVERSEAS = "code d'outre-mer de FINESS"
MERGED = "commune fusionnée, comptée dans la commune actuelle"
BY_POSTCODE = "code commune retrouvé par le code postal et le nom"
BY_POSTCODE_ALONE = "code commune retrouvé par le seul code postal"
BY_NAME = "code commune retrouvé par le nom dans le département (code postal CEDEX ou inconnu)"
UNKNOWN = "code commune inconnu"
WHOLE_CITY = "ville entière de Paris, Lyon ou Marseille : ses arrondissements sont attendus"
SPREAD = "ville entière de Paris, Lyon ou Marseille, reprise pour chacun de ses arrondissements"
NO_COMMUNE = "commune introuvable par son code postal et son nom"

WHOLE_CITIES = {
    "75056": tuple(f"751{rank:02d}" for rank in range(1, 21)),
    "69123": tuple(f"6938{rank}" for rank in range(1, 10)),
    "13055": tuple(f"132{rank:02d}" for rank in range(1, 17)),
}
"""Code of a city → its arrondissements, which the reference has in its place."""
FRAME_CODE = "code_commune"
# Columns of work: no file has a column whose name starts with a null character.
_ANSWER = "\x00réponse"
_WHY = "\x00pourquoi"

_CEDEX = re.compile(r"\s*\bcedex(?:\s+\d+)?$")
_SAINT = re.compile(r"\bst(e?)(?=\s)")
_ARTICLE_LAST = re.compile(r"^(.+)\s(l|le|la|les)$")

Answer = tuple[str | None, str]
"""A code of today and the kind of repair (empty: none); or None and the reason."""


def commune_code(text: str, context: Context) -> Answer:
    """Return the code of today of a commune, and what had to be repaired.

    Always true
    -----------
    A code returned is one of `context.communes`; given back, it comes out unchanged.

    Examples
    --------
    >>> commune_code("1004", Context(frozenset(["01004"])))
    ('01004', 'zéro initial rétabli')
    """
    if text in context.communes:
        return text, ""
    code, kind = _written_code(text)
    if code in context.communes:
        return code, kind
    if code in WHOLE_CITIES:
        return None, WHOLE_CITY
    current = context.merged(code)
    if current is not None and current in context.communes:
        return current, MERGED
    return None, UNKNOWN


def _written_code(text: str) -> tuple[str, str]:
    """Return a code as the official list writes it, and what was repaired in its writing."""
    code = text.strip()
    kind = ""
    if re.fullmatch(r"\d{4,5}[.,]0+", code):
        code, kind = code[: re.search(r"[.,]", code).start()], AS_NUMBER  # type: ignore[union-attr]
    if re.fullmatch(r"[1-9]\d{3}", code):
        return f"0{code}", LOST_ZERO
    if re.fullmatch(r"2[ab]\d{3}", code):
        return code.upper(), LETTER_CASE
    if re.fullmatch(r"9[A-F]\d{3}", code):
        return f"97{code[2:]}", OVERSEAS
    return code, kind


def repair_codes(
    frame: pl.DataFrame, context: Context, ledger: Ledger, column: str = FRAME_CODE
) -> pl.DataFrame:
    """Return the rows whose commune is known, under its code of today; the others are rejected.

    Parameters
    ----------
    frame
        Rows with their line in `ligne`.
    context
        The communes of today.
    ledger
        Repairs are counted in it by row, rejections with their lines.
    column
        The column of codes.

    Always true
    -----------
    Every code returned is one of `context.communes`.
    Rows returned plus rows rejected are the rows given.
    """
    return _answered(frame, [column], lambda key: commune_code(key[0], context), column, ledger)


def spread_cities(
    frame: pl.DataFrame, context: Context, ledger: Ledger, column: str = FRAME_CODE
) -> pl.DataFrame:
    """Return the rows, those of Paris, Lyon and Marseille given to each of their arrondissements.

    Only for what an arrondissement shares with its city (its EPCI, its territoire de vie-santé):
    a number cannot be spread, and a median or a rate of the city is not that of its parts. An
    arrondissement that has its own row keeps it.

    Parameters
    ----------
    frame
        Rows with their line in `ligne`.
    context
        The communes of today.
    ledger
        Each city is counted in it as one repair.
    column
        The column of codes.

    Always true
    -----------
    Every row of the frame has its line in the rows returned, unless each arrondissement of its
    city has its own row.
    """
    cities = frame.filter(pl.col(column).str.strip_chars().is_in(list(WHOLE_CITIES)))
    if not cities.height:
        return frame
    own = set(frame[column].drop_nulls().str.strip_chars())
    parts = {
        city: [code for code in codes if code in context.communes and code not in own]
        for city, codes in WHOLE_CITIES.items()
    }
    city = pl.col(column).str.strip_chars()
    spread = cities.filter(city.replace_strict(_lengths(parts), return_dtype=pl.Int64) > 0)
    if not spread.height:
        return frame
    shared = spread.with_columns(
        city.replace_strict(parts, return_dtype=pl.List(pl.String)).alias(column)
    ).explode(column)
    shown = [f"{code} → {parts[code][0]} à {parts[code][-1]}" for code in spread[column]]
    ledger.repair(SPREAD, spread.height, shown)
    others = frame.join(spread.select(LIGNE), on=LIGNE, how="anti", maintain_order="left")
    return pl.concat([others, shared.select(frame.columns)])


def _lengths(parts: Mapping[str, Sequence[str]]) -> dict[str, int]:
    return {name: len(some) for name, some in parts.items()}


def join_postcodes(
    frame: pl.DataFrame,
    context: Context,
    ledger: Ledger,
    postcode: str,
    name: str,
    into: str = FRAME_CODE,
) -> pl.DataFrame:
    """Return the rows whose commune is found by its postcode and name, with its code.

    Parameters
    ----------
    frame
        Rows with their line in `ligne`.
    context
        Its `by_postcode` is used.
    ledger
        As for `repair_codes`.
    postcode, name
        The columns that hold them.
    into
        The column to write the code in.

    Always true
    -----------
    Rows returned plus rows rejected are the rows given.
    """
    finder = finder_of(context)
    return _answered(frame, [postcode, name], lambda key: finder.find(key[0], key[1]), into, ledger)


def _answered(
    frame: pl.DataFrame,
    keys: Sequence[str],
    answer: Callable[[Sequence[str]], Answer],
    into: str,
    ledger: Ledger,
) -> pl.DataFrame:
    """Ask once for each distinct value, count the repairs and reject what has no answer."""
    asked = frame.select(pl.col(key).fill_null("").alias(f"\x00{key}") for key in keys)
    counts = asked.group_by(asked.columns, maintain_order=True).len()
    answers = [answer(row[:-1]) for row in counts.iter_rows()]
    _count_repairs(counts, answers, ledger)
    table = counts.drop("len").with_columns(
        pl.Series(_ANSWER, [code for code, _ in answers], dtype=pl.String),
        pl.Series(_WHY, [why for _, why in answers], dtype=pl.String),
    )
    joined = pl.concat([frame, asked], how="horizontal").join(
        table, on=asked.columns, how="left", maintain_order="left"
    )
    shown = pl.concat_str([pl.col(name) for name in asked.columns], separator=" ")
    for reason in dict.fromkeys(why for code, why in answers if code is None):
        bad = pl.col(_ANSWER).is_null() & (pl.col(_WHY) == reason)
        joined = reject(joined, bad, reason, ledger, shown)
    return joined.with_columns(pl.col(_ANSWER).alias(into)).drop(_ANSWER, _WHY, *asked.columns)


def _count_repairs(counts: pl.DataFrame, answers: Sequence[Answer], ledger: Ledger) -> None:
    rows: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for row, (code, kind) in zip(counts.iter_rows(), answers, strict=True):
        if code is not None and kind:
            rows[kind] += row[-1]
            examples.setdefault(kind, []).append(f"{' '.join(row[:-1])} → {code}")
    for kind, count in rows.items():
        ledger.repair(kind, count, examples[kind])


@lru_cache(maxsize=2)
def finder_of(context: Context) -> "PostcodeFinder":
    """Return the finder of a context; made once."""
    return PostcodeFinder(context)


class PostcodeFinder:
    """Finds a commune from a postcode and a name as an address writes them."""

    def __init__(self, context: Context) -> None:
        self._by_postcode: dict[str, dict[str, str]] = {}
        self._by_name: dict[tuple[str, str], set[str]] = {}
        for postcode, communes in context.by_postcode.items():
            names = self._by_postcode.setdefault(postcode, {})
            for code, name in communes:
                names[place_name(name)] = code
                self._by_name.setdefault((department_of(code), place_name(name)), set()).add(code)
        self._communes = context.communes

    def find(self, postcode: str, name: str) -> Answer:
        """Return the code of a commune, or None and why; a postcode may have lost its zero."""
        digits = re.sub(r"\s|[.,]0+$", "", postcode)
        full = digits.zfill(5) if re.fullmatch(r"\d{4,5}", digits) else ""
        wanted = place_name(name)
        here = self._by_postcode.get(full, {})
        if wanted in here:
            return here[wanted], BY_POSTCODE
        if len(set(here.values())) == 1 and "cedex" not in normalise(name):
            return next(iter(here.values())), BY_POSTCODE_ALONE
        same_name = self._by_name.get((_department_of_postcode(full), wanted), set())
        if full and len(same_name) == 1:
            return next(iter(same_name)), BY_NAME
        return None, NO_COMMUNE


@lru_cache(maxsize=100_000)
def place_name(name: str) -> str:
    """Return the name of a commune as it is compared: no accent, no CEDEX, SAINT in full.

    Examples
    --------
    >>> place_name("ST PAULIEN"), place_name("LE PUY EN VELAY CEDEX 9"), place_name("L'Aigle")
    ('saint paulien', 'le puy en velay', 'l aigle')
    """
    plain = _CEDEX.sub("", normalise(name))
    plain = _SAINT.sub(r"saint\1", plain)
    # "ABERGEMENT CLEMENCIAT (L )" is how addresses sort some names.
    return _ARTICLE_LAST.sub(r"\2 \1", plain)


def department_of(code: str) -> str:
    """Return the département of the code of a commune: 43, 2A, 974."""
    return code[:3] if code.startswith("97") else code[:2]


def _department_of_postcode(postcode: str) -> str:
    """Return the département of a postcode; Corsica's two are told apart by the third figure."""
    if postcode.startswith("20"):
        return "2A" if postcode[2:3] in ("0", "1") else "2B"
    return postcode[:3] if postcode.startswith("97") else postcode[:2]


def merge_rows(
    frame: pl.DataFrame,
    key: Sequence[str],
    sums: Iterable[str] = (),
    means: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """Return one row a key, once merged communes have taken the code of the commune of today.

    Parameters
    ----------
    frame
        Rows whose keys may repeat.
    key
        Columns that name a row.
    sums
        Columns added up; unknown as soon as one part is unknown.
    means
        Columns averaged → the column that weighs them; unknown as soon as a part is unknown.

    Always true
    -----------
    A row whose key does not repeat is unchanged.
    The total of a summed column does not change where all is known.

    Examples
    --------
    >>> parts = pl.DataFrame({"code_commune": ["43001"] * 2, "effectif": [2, 3]})
    >>> merge_rows(parts, ["code_commune"], sums=["effectif"])["effectif"].to_list()
    [5]
    """
    doubled = frame.select(key).is_duplicated()
    if not doubled.any():
        return frame
    averaged, added = means or {}, tuple(sums)
    summed = [
        pl.when(pl.col(name).is_null().any()).then(None).otherwise(pl.col(name).sum()).alias(name)
        for name in added
    ]
    weighed = [_weighted_mean(name, weight) for name, weight in averaged.items()]
    known = {*key, *averaged, *added}
    others = [pl.col(name).first() for name in frame.columns if name not in known]
    parts = frame.filter(doubled)
    merged = parts.group_by(key, maintain_order=True).agg(*summed, *weighed, *others)
    return pl.concat([frame.filter(~doubled), merged.select(frame.columns)])


def _weighted_mean(name: str, weight: str) -> pl.Expr:
    """Return the mean of a group weighted by a column."""
    total = pl.col(weight).sum()
    mean = (pl.col(name) * pl.col(weight)).sum() / total
    is_known = pl.col(name).is_not_null().all() & pl.col(weight).is_not_null().all() & (total > 0)
    return pl.when(is_known).then(mean).otherwise(None).alias(name)


@cache
def todays_context() -> Context:
    """Return the communes of today, from the embedded reference.

    Examples
    --------
    >>> "43157" in todays_context().communes
    True
    """
    from assemblier import data

    communes = data.communes()
    former = data.communes_fusionnees()
    merged = {
        old: new
        for old, new in former.select("ancien_code", "code_commune").iter_rows()
        if new is not None
    }
    names = _names_by_code(communes, former)
    by_postcode: dict[str, list[tuple[str, str]]] = {}
    rows = communes.select("code_commune", "codes_postaux").iter_rows()
    for code, postcodes in rows:
        for postcode in postcodes or ():
            by_postcode.setdefault(postcode, []).extend((code, name) for name in names[code])
    return Context(
        frozenset(communes["code_commune"]),
        merged.get,
        {postcode: tuple(places) for postcode, places in by_postcode.items()},
    )


def _names_by_code(communes: pl.DataFrame, former: pl.DataFrame) -> dict[str, list[str]]:
    """Return the names of each commune: its own, then those of the communes it took in."""
    names = {code: [name] for code, name in communes.select("code_commune", "nom").iter_rows()}
    known = former.filter(pl.col("nom").is_not_null() & pl.col("code_commune").is_not_null())
    for code, name in known.select("code_commune", "nom").iter_rows():
        names[code].append(name)
    return names
