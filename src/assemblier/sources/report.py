"""What an import did with every row of a file: kept, repaired, rejected and why.

Nothing is lost silently: rows read = rows kept + rows rejected, always.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

MAX_EXAMPLES = 5
MAX_LINES = 20


@dataclass(frozen=True, slots=True)
class Repair:
    """One kind of repair, how many values it touched, and a few of them.

    Attributes
    ----------
    kind
        In French: ``"zéro initial rétabli"``.
    count
        Values repaired, 1 or more.
    examples
        A few, written ``"1004 → 01004"``.
    """

    kind: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """Rows set aside for one reason.

    Attributes
    ----------
    reason
        In French: ``"code commune inconnu"``.
    count
        Rows rejected, 1 or more.
    lines
        The line numbers of the first ones, in the file as a text editor or a spreadsheet
        counts them (the first line is 1).
    found
        What stood there, for the first ones.
    """

    reason: str
    count: int
    lines: tuple[int, ...] = ()
    found: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The account of one file.

    Attributes
    ----------
    rows_read
        Rows of data in the file: titles, headers, units and blank lines are not rows.
    kept
        Rows that are in the tables, alone or added to others.
    repaired, rejected
        By kind, the most frequent first.
    notes
        What a reader must know, in French.

    Always true
    -----------
    `rows_read` equals `kept` plus `rejected_count`; a report that loses a row cannot be built.
    """

    rows_read: int
    kept: int
    repaired: tuple[Repair, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kept < 0 or self.rows_read != self.kept + self.rejected_count:
            raise ValueError(
                f"{self.rows_read} lignes lues, {self.kept} retenues et "
                f"{self.rejected_count} rejetées : le compte n'y est pas"
            )

    @property
    def rejected_count(self) -> int:
        """Rows rejected, all reasons together."""
        return sum(rejection.count for rejection in self.rejected)

    @property
    def repaired_count(self) -> int:
        """Values repaired, all kinds together."""
        return sum(repair.count for repair in self.repaired)

    def as_text(self) -> str:
        """Return the account in French, one fact a line.

        Examples
        --------
        >>> unknown = Rejection("code commune inconnu", 1, (7,))
        >>> print(ImportReport(2, 1, rejected=(unknown,)).as_text())
        2 lignes lues, 1 retenue, 1 rejetée
        rejeté : code commune inconnu, 1 ligne (ligne 7)
        """
        lines = [_summary(self)]
        lines += [_repair_text(repair) for repair in self.repaired]
        lines += [_rejection_text(rejection) for rejection in self.rejected]
        lines += [f"à savoir : {note}" for note in self.notes]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values, to be kept beside the tables."""
        return {
            "lignes_lues": self.rows_read,
            "retenues": self.kept,
            "reparations": [
                {"nature": one.kind, "nombre": one.count, "exemples": list(one.examples)}
                for one in self.repaired
            ],
            "rejets": [
                {
                    "raison": one.reason,
                    "nombre": one.count,
                    "lignes": list(one.lines),
                    "trouve": list(one.found),
                }
                for one in self.rejected
            ],
            "notes": list(self.notes),
        }


def report_from_dict(values: Mapping[str, Any]) -> ImportReport:
    """Return the report that `ImportReport.as_dict` wrote.

    Always true
    -----------
    `report_from_dict(report.as_dict())` equals `report`.
    """
    return ImportReport(
        rows_read=values["lignes_lues"],
        kept=values["retenues"],
        repaired=tuple(
            Repair(one["nature"], one["nombre"], tuple(one["exemples"]))
            for one in values["reparations"]
        ),
        rejected=tuple(
            Rejection(one["raison"], one["nombre"], tuple(one["lignes"]), tuple(one["trouve"]))
            for one in values["rejets"]
        ),
        notes=tuple(values["notes"]),
    )


class Ledger:
    """The account of a file being read; each step writes in it what it did.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.read(3)
    >>> ledger.repair("zéro initial rétabli", 1, ["1004 → 01004"])
    >>> ledger.reject("code commune inconnu", [9], ["99999"])
    >>> ledger.report(kept=2).rejected_count
    1
    """

    def __init__(self) -> None:
        self.rows_read = 0
        self._repairs: dict[str, tuple[int, list[str]]] = {}
        self._rejections: dict[str, tuple[int, list[int], list[str]]] = {}
        self._notes: dict[str, None] = {}

    @property
    def rejected_count(self) -> int:
        """Rows rejected so far."""
        return sum(count for count, _, _ in self._rejections.values())

    def read(self, rows: int) -> None:
        """Count rows of data met in the file, whatever becomes of them."""
        self.rows_read += rows

    def repair(self, kind: str, count: int, examples: Iterable[str] = ()) -> None:
        """Count values repaired; nothing is written for a count of 0."""
        if count <= 0:
            return
        total, kept = self._repairs.get(kind, (0, []))
        self._repairs[kind] = (total + count, _extended(kept, examples, MAX_EXAMPLES))

    def reject(
        self, reason: str, lines: Iterable[int], found: Iterable[object] = (), count: int = -1
    ) -> None:
        """Count rows rejected for one reason.

        Parameters
        ----------
        reason
            In French, short: rows of one reason are grouped.
        lines
            Line numbers; only the first ones are kept.
        found
            What stood in those rows; only the first ones are kept.
        count
            How many rows; by default as many as `lines`.
        """
        numbers = [int(line) for line in lines]
        rows = len(numbers) if count < 0 else count
        if rows == 0:
            return
        total, kept, texts = self._rejections.get(reason, (0, [], []))
        self._rejections[reason] = (
            total + rows,
            _extended(kept, numbers, MAX_LINES),
            _extended(texts, (str(one)[:80] for one in found), MAX_EXAMPLES),
        )

    def note(self, text: str) -> None:
        """Add something a reader must know; the same note is written once."""
        self._notes[text] = None

    def report(self, kept: int) -> ImportReport:
        """Close the account.

        Parameters
        ----------
        kept
            Rows of the file that are in the tables, counted from the tables themselves.

        Raises
        ------
        ValueError
            When rows read are not rows kept and rows rejected: a loader that loses rows.
        """
        repairs = [Repair(kind, n, tuple(some)) for kind, (n, some) in self._repairs.items()]
        rejections = [
            Rejection(reason, n, tuple(lines), tuple(found))
            for reason, (n, lines, found) in self._rejections.items()
        ]
        return ImportReport(
            self.rows_read,
            kept,
            tuple(sorted(repairs, key=lambda one: -one.count)),
            tuple(sorted(rejections, key=lambda one: -one.count)),
            tuple(self._notes),
        )


def _extended(kept: list[T], more: Iterable[T], limit: int) -> list[T]:
    """Return the first values of both lists, at most `limit`."""
    merged = list(kept)
    for one in more:
        if len(merged) >= limit:
            break
        merged.append(one)
    return merged


def plural(count: int, singular: str, several: str = "") -> str:
    """Write a count and its noun: singular under 2, as French has it.

    Examples
    --------
    >>> plural(1, "ligne"), plural(2, "ligne")
    ('1 ligne', '2 lignes')
    """
    words = singular if abs(count) < 2 else several or singular + "s"
    return f"{count:,} {words}".replace(",", "\u202f")


def _summary(report: ImportReport) -> str:
    pieces = [plural(report.rows_read, "ligne lue", "lignes lues"), plural(report.kept, "retenue")]
    if report.repaired:
        pieces.append(plural(report.repaired_count, "valeur réparée", "valeurs réparées"))
    pieces.append(plural(report.rejected_count, "rejetée"))
    return ", ".join(pieces)


def _repair_text(repair: Repair) -> str:
    shown = f" ({', '.join(repair.examples)})" if repair.examples else ""
    return f"réparé : {repair.kind}, {plural(repair.count, 'valeur')}{shown}"


def _rejection_text(rejection: Rejection) -> str:
    pieces = [f"rejeté : {rejection.reason}, {plural(rejection.count, 'ligne')}"]
    if rejection.lines:
        more = "…" if rejection.count > len(rejection.lines) else ""
        word = "ligne" if len(set(rejection.lines)) == 1 and not more else "lignes"
        pieces.append(f"({word} {', '.join(map(str, dict.fromkeys(rejection.lines)))}{more})")
    if rejection.found:
        pieces.append(f": {', '.join(rejection.found)}")
    return " ".join(pieces)
