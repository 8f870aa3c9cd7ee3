"""Minutes read in a file that somebody computed: one row per pair of communes."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from assemblier.errors import DataError, Problem
from assemblier.figures import Nature, Provenance, Source
from assemblier.territory import index
from assemblier.travel.times import TravelTimes

COLUMNS = ("code_depart", "code_arrivee", "minutes")
SHOWN = 20
"""How many problems of one file a message tells."""

SHOWN_CODES = 5


@dataclass(frozen=True, slots=True)
class TableEngine:
    """Minutes of a table; a pair it does not hold is out of reach.

    Attributes
    ----------
    minutes
        (start, end) codes to minutes.
    name
        Of the file, for the provenance.
    minutes_inside
        Between a commune and itself, where the table does not say.
    """

    minutes: Mapping[tuple[str, str], float]
    name: str
    minutes_inside: float = 0.0

    def times(
        self, homes: Sequence[str], places: Sequence[str], cutoff_minutes: float
    ) -> TravelTimes:
        """Return the minutes of the table within a cutoff."""
        row_of = {code: row for row, code in enumerate(homes)}
        column_of = {code: column for column, code in enumerate(places)}
        pairs = {(code, code): self.minutes_inside for code in row_of if code in column_of}
        pairs |= self.minutes
        kept = [
            (row_of[start], column_of[end], value)
            for (start, end), value in pairs.items()
            if start in row_of and end in column_of and value <= cutoff_minutes
        ]
        rows, columns, minutes = zip(*kept, strict=True) if kept else ((), (), ())
        matrix = sp.csr_array(
            (np.array(minutes, float), (np.array(rows, np.intp), np.array(columns, np.intp))),
            shape=(len(homes), len(places)),
        )
        return TravelTimes(
            tuple(homes),
            tuple(places),
            matrix,
            cutoff_minutes,
            self.method,
            Nature.CALCULE,
            Provenance((self.source,), self.method),
        )

    def check_homes(self, codes: Sequence[str]) -> None:
        """Refuse a table that holds no minutes from some communes: out of reach is not unknown.

        Parameters
        ----------
        codes
            Communes whose minutes are needed.

        Raises
        ------
        DataError
            When the table holds nothing from one of them.
        """
        known = {start for start, _ in self.minutes}
        missing = [code for code in codes if code not in known]
        if missing:
            named = ", ".join(missing[:SHOWN_CODES])
            more = f" et {len(missing) - SHOWN_CODES} autres" if len(missing) > SHOWN_CODES else ""
            raise DataError(
                [
                    Problem(
                        self.name,
                        f"aucun temps de trajet depuis {named}{more}",
                        "au moins une ligne par commune du territoire, en « code_depart » (la "
                        "commune elle-même, à 0 minute, si elle n'atteint rien d'autre)",
                        "compléter le fichier, ou choisir un territoire plus petit",
                    )
                ]
            )

    @property
    def method(self) -> str:
        """The method, as the reader sees it."""
        return (
            f"Temps de trajet lus dans {self.name} ; un couple de communes absent du fichier est "
            "hors de portée."
        )

    @property
    def source(self) -> Source:
        """The file."""
        return Source(
            key=f"trajets-{self.name}",
            producer="fourni par l'utilisateur",
            title=f"Table de temps de trajet {self.name}",
            vintage="non précisé",
            licence="non précisée",
        )


def read_minutes(path: Path) -> TableEngine:
    """Read a table of minutes: a CSV file with `code_depart`, `code_arrivee`, `minutes`.

    Parameters
    ----------
    path
        UTF-8, separated by semicolons, commas or tabs; decimal comma or point. A former code of
        commune is read as the commune of today; of two rows for one pair the shortest is kept.

    Raises
    ------
    DataError
        When the file cannot be read, a column or minutes are missing, minutes are negative, or a
        code is unknown: all the problems at once.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError([_unreadable(path, error)]) from error
    lines = text.splitlines()
    header = lines[0] if lines else ""
    separator = max(";,\t", key=header.count)
    rows = csv.DictReader(lines, delimiter=separator)
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise DataError([_no_column(path, header, missing)])
    problems: list[Problem] = []
    minutes: dict[tuple[str, str], float] = {}
    for pair, value in _checked(path, rows, problems):
        minutes[pair] = min(value, minutes.get(pair, np.inf))
    if problems:
        raise DataError(_shortened(path, problems))
    if not minutes:
        raise DataError([_empty(path)])
    return TableEngine(minutes, path.name)


def _checked(
    path: Path, rows: "csv.DictReader[str]", problems: list[Problem]
) -> Iterator[tuple[tuple[str, str], float]]:
    """Yield the pairs that can be used; write down what is wrong with the others."""
    for line, row in enumerate(rows, start=2):
        where = f"{path}, ligne {line}"
        codes = [_commune(where, name, row[name], problems) for name in COLUMNS[:2]]
        value = _minutes(where, row["minutes"], problems)
        if codes[0] and codes[1] and value is not None:
            yield (codes[0], codes[1]), value


def _commune(where: str, name: str, code: str | None, problems: list[Problem]) -> str | None:
    found = index().current_code((code or "").strip())
    if found is None:
        problems.append(
            Problem(
                f"{where}, {name}",
                f"« {code} » ({index().reason(code or '')})",
                "le code Insee d'une commune, cinq caractères",
                "corriger le code",
            )
        )
    return found


def _minutes(where: str, text: str | None, problems: list[Problem]) -> float | None:
    try:
        value = float((text or "").strip().replace(",", "."))
    except ValueError:
        value = float("nan")
    if not (0 <= value < np.inf):
        found = f"« {text} »" if (text or "").strip() else "vide"
        action = "corriger la durée, ou retirer la ligne si le trajet est impossible"
        problems.append(Problem(f"{where}, minutes", found, "une durée ≥ 0, en minutes", action))
        return None
    return value


def _shortened(path: Path, problems: list[Problem]) -> list[Problem]:
    hidden = len(problems) - SHOWN
    if hidden <= 0:
        return problems
    rest = Problem(str(path), f"{hidden} autres problèmes", "aucun", "corriger de la même façon")
    return [*problems[:SHOWN], rest]


def _unreadable(path: Path, error: Exception) -> Problem:
    return Problem(
        str(path),
        f"fichier illisible ({error})",
        "un CSV en UTF-8",
        "vérifier le chemin et l'encodage",
    )


def _no_column(path: Path, header: str, missing: Sequence[str]) -> Problem:
    return Problem(
        f"{path}, ligne 1",
        f"colonnes « {header} »",
        ", ".join(COLUMNS),
        f"ajouter {', '.join(missing)}",
    )


def _empty(path: Path) -> Problem:
    return Problem(str(path), "aucun couple de communes", "au moins une ligne", "remplir la table")
