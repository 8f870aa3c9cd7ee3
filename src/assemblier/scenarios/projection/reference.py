"""A national reference curve laid over a local projection: practitioners by mode and year.

The documents read show the curve of the DREES as a picture, without its numbers: whoever has them
gives them in a file, with where they were read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assemblier.diagnosis.user_table import Reader, Row
from assemblier.errors import DataError, Problem
from assemblier.figures import Confidence, Figure, Nature, Provenance, Source
from assemblier.scenarios.projection.results import Year

COLUMNS = ("annee", "mode", "effectif", "producteur", "titre", "millesime", "page")
"""Of the file: one line for each year and mode; what is after the number is the same on each."""
MODES = {"liberal": "libéral", "mixte": "mixte", "salarie": "salarié"}
"""The three modes of the curve of the DREES."""
FILE = (
    "un fichier CSV des effectifs nationaux projetés par mode d'exercice (DREES, projections de "
    f"médecins), colonnes {', '.join(COLUMNS)}"
)
BASE = 100.0


@dataclass(frozen=True, slots=True)
class Reference:
    """Practitioners of the whole country, by mode, as a source projects them.

    Attributes
    ----------
    source
        Who projects, when, on which page.
    counts
        By key of `MODES`, then by year.
    """

    source: Source
    counts: Mapping[str, Mapping[int, float]]


@dataclass(frozen=True, slots=True)
class Overlay:
    """The local stock and the national modes on one scale: 100 in the first common year.

    Attributes
    ----------
    year
        Where both are 100.
    local
        By year, the median stock.
    national
        By mode, then by year.
    source
        Of the national curve.
    """

    year: int
    local: Mapping[int, Figure]
    national: Mapping[str, Mapping[int, Figure]]
    source: Source


def read_reference(path: Path) -> Reference:
    """Read the curve of a file.

    Parameters
    ----------
    path
        A CSV of `COLUMNS`.

    Raises
    ------
    DataError
        Every problem at once: an unknown mode, a year twice, a missing mode, two sources.
    """
    reader = Reader(path, COLUMNS)
    counts: dict[str, dict[int, float]] = {}
    told: dict[tuple[str, ...], None] = {}
    for row in reader.rows:
        _read(reader, row, counts)
        told[tuple(reader.text(row, column) for column in COLUMNS[3:])] = None
    absent = [label for mode, label in MODES.items() if not counts.get(mode)]
    if absent:
        reader.problems.append(_whole(path, f"aucune ligne : {', '.join(absent)}", "trois modes"))
    if len(told) > 1:
        reader.problems.append(
            _whole(path, f"{len(told)} sources", "une source, la même sur chaque ligne")
        )
    reader.check()
    ((producer, title, vintage, page),) = told
    source = Source("courbe-nationale", producer, title, vintage, page=page)
    return Reference(source, {mode: dict(sorted(counts[mode].items())) for mode in MODES})


def _read(reader: Reader, row: Row, counts: dict[str, dict[int, float]]) -> None:
    mode, count = reader.choice(row, "mode", tuple(MODES)), reader.amount(row, "effectif")
    year = reader.text(row, "annee")
    if not (year.isdigit() and len(year) == 4):
        reader.problem(row, "annee", "une année")
    elif int(year) in counts.setdefault(mode, {}):
        reader.problem(row, "annee", "une seule ligne par année et par mode")
    else:
        counts[mode][int(year)] = count


def _whole(path: Path, found: str, expected: str) -> Problem:
    return Problem(path.name, found, expected, "compléter ou corriger le fichier")


def overlay(reference: Reference, years: tuple[Year, ...], origin: Provenance) -> Overlay:
    """Lay a national curve over the years of a projection.

    Parameters
    ----------
    reference
        From `read_reference`.
    years
        Of a projection.
    origin
        Of the projection.

    Always true
    -----------
    In the common year every curve is 100.

    Raises
    ------
    DataError
        When no year is common to all.
    """
    stocks = {one.year: one.stock.median.known_value() for one in years}
    common = [
        year for year in stocks if all(counts.get(year) for counts in reference.counts.values())
    ]
    usable = [year for year in common if stocks[year]]
    if not usable:
        expected = f"une année de {years[0].year} à {years[-1].year} dans chaque mode"
        raise DataError([Problem("courbe nationale", "aucune année commune", expected, FILE)])
    base = min(usable)
    cited = Provenance((reference.source,), METHOD)
    return Overlay(
        base,
        _indexed("effectif local", stocks, base, origin | cited, Nature.ESTIME),
        {
            mode: _indexed(MODES[mode], counts, base, cited, Nature.CALCULE)
            for mode, counts in reference.counts.items()
        },
        reference.source,
    )


METHOD = "Courbes ramenées à 100 dans leur première année commune."


def _indexed(
    label: str, counts: Mapping[int, float], base: int, origin: Provenance, nature: Nature
) -> dict[int, Figure]:
    sure = Confidence.CONFIRME if nature is Nature.CALCULE else Confidence.NON_CONFIRME
    return {
        year: Figure(label, BASE * (count / counts[base]), f"pour {BASE:.0f} en {base}", nature,
                     str(year), origin, 0, confidence=sure)
        for year, count in counts.items()
        if year >= base
    }  # fmt: skip
