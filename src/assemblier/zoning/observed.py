"""The zones read in dated lists whose act is unknown: each answers for its own dates only.

A list says what was published in a month or on a day. It never tells since when a zone holds nor
until when: before and after, the act is asked for.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assemblier.figures import Source
from assemblier.french import MONTHS, date_text
from assemblier.sources.stored import Stored, stored
from assemblier.zoning.acts import Answer
from assemblier.zoning.classes import Niveau, Zonage, zone_of

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_WORDS = re.compile(rf"(?:(\d{{1,2}})(?:er)? )?({'|'.join(MONTHS)}) (\d{{4}})", re.IGNORECASE)
_VOWELS = "aeiouéèêàâîïôöùûü"


@dataclass(frozen=True, slots=True)
class Period:
    """The month or the day a vintage names: its first and last days."""

    first: dt.date
    last: dt.date

    @property
    def words(self) -> str:
        """Return it as people read it.

        Examples
        --------
        >>> period("2025-06").words, period("1er juin 2025").words.replace(chr(160), " ")
        ('juin 2025', '1er juin 2025')
        """
        if self.first == self.last:
            return date_text(self.first)
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def of_words(self) -> str:
        """Return it after « la liste »: « de juin 2025 », « d'avril 2025 », « du 2 mai 2025 »."""
        if self.first == self.last:
            return f"du {self.words}"
        return f"d'{self.words}" if self.words[0] in _VOWELS else f"de {self.words}"


def period(vintage: str) -> Period | None:
    """Return the month or the day a vintage names, None where it names neither.

    Parameters
    ----------
    vintage
        As imported: ``2025-06``, ``2025-06-15``, ``juin 2025``. A year alone says too little: a
        zoning may change within it.

    Examples
    --------
    >>> period("2025-06").last, period("2025"), period("2025-02-30")
    (datetime.date(2025, 6, 30), None, None)
    """
    if iso := _ISO.fullmatch(vintage.strip()):
        year, month, day = iso.groups()
    elif words := _WORDS.fullmatch(" ".join(vintage.split())):
        day, name, year = words.groups()
        month = str(MONTHS.index(name.lower()) + 1)
    else:
        return None
    try:
        first = dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    length = calendar.monthrange(first.year, first.month)[1]
    return Period(first, first if day else first.replace(day=length))


@dataclass(frozen=True, slots=True)
class Observed:
    """The zone a dated list gives a commune."""

    zone: Zonage | Niveau
    source: Source
    period: Period

    @property
    def note(self) -> str:
        """Say where the zone was read, and that its act is unknown."""
        return (
            f"Constatée dans la liste {self.period.of_words} ({self.source.title}) ; arrêté non "
            "connu : le donner pour une autre date."
        )


def observed_zones(codes: Sequence[str], profession: str, on: dt.date) -> dict[str, Observed]:
    """Return the zones that imported lists of a month or a day give communes at a date in it.

    Parameters
    ----------
    codes, profession
        The communes asked about, the profession zoned.
    on
        The day: only the lists whose month or day holds it are read.

    Always true
    -----------
    A list never answers before its month or its day, nor after.
    A commune to which the lists give several zones, or one they cannot name, is not answered.
    """
    found: dict[str, Observed | None] = {}
    for table in stored("zonage"):
        held = period(table.vintage)
        if held is None or not held.first <= on <= held.last:
            continue
        shared: dict[Zonage | Niveau, Observed] = {}
        for code, zone in _sole_zones(table, codes, profession).items():
            one = shared.setdefault(zone, Observed(zone, table.source, held)) if zone else None
            before = found.get(code, one)
            agree = before is not None and one is not None and before.zone == one.zone
            found[code] = before if agree else None
    return {code: one for code, one in found.items() if one is not None}


def _sole_zones(
    table: Stored, codes: Sequence[str], profession: str
) -> dict[str, Zonage | Niveau | None]:
    """Return the zone of each commune of a list, None where it says several or none we name."""
    import polars as pl

    rows = table.rows("code_commune", codes).filter(pl.col("profession") == profession)
    several, one = pl.col("zone").n_unique() > 1, pl.col("zone").first()
    sole = rows.group_by("code_commune").agg(
        pl.when(several).then(None).otherwise(one).alias("zone")
    )
    names = {zone: zone_of(zone, profession) for zone in sole["zone"].drop_nulls().unique()}
    return {code: names.get(zone) for code, zone in sole.select("code_commune", "zone").rows()}


def with_observed(
    answers: Sequence[Answer], codes: Sequence[str], profession: str, on: dt.date
) -> tuple[Answer, ...]:
    """Return the answers of the acts, completed by dated lists where no act is known.

    Parameters
    ----------
    answers, codes
        What the register says of each commune, and the communes.
    profession, on
        As asked.

    Always true
    -----------
    An answer that names an act is left as it is.
    """
    asked = [code for code, one in zip(codes, answers, strict=True) if one.act is None]
    seen = observed_zones(asked, profession, on) if asked else {}
    # One answer serves all the communes of a zone: there are few, and 35,000 communes.
    told = {one: Answer(one.zone, None, one.note, one.source) for one in set(seen.values())}
    return tuple(
        told[seen[code]] if one.act is None and code in seen else one
        for code, one in zip(codes, answers, strict=True)
    )
