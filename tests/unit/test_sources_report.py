"""The account of an import: nothing read is lost."""

import pytest

from assemblier.sources.report import (
    ImportReport,
    Ledger,
    Rejection,
    Repair,
    plural,
    report_from_dict,
)


def test_a_report_that_loses_a_row_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="le compte n'y est pas"):
        ImportReport(3, 2)
    with pytest.raises(ValueError, match="le compte n'y est pas"):
        ImportReport(0, -1, rejected=(Rejection("x", 1),))


def test_ledger_groups_by_reason_and_keeps_the_first_lines() -> None:
    ledger = Ledger()
    ledger.read(100)
    ledger.reject("code inconnu", range(10, 60), ["x"] * 50)
    ledger.reject("valeur illisible", [5], ["abc"])
    ledger.reject("code inconnu", [70], ["y"])
    ledger.reject("rien", [])
    report = ledger.report(kept=48)
    assert [one.reason for one in report.rejected] == ["code inconnu", "valeur illisible"]
    assert report.rejected[0].count == 51
    assert report.rejected[0].lines == tuple(range(10, 30))
    assert report.rejected_count == 52


def test_ledger_counts_more_than_it_shows() -> None:
    ledger = Ledger()
    ledger.read(1000)
    ledger.reject("trop", [1, 2], ["a"], count=900)
    assert ledger.report(kept=100).rejected[0].count == 900


def test_repairs_are_counted_by_kind_most_frequent_first() -> None:
    ledger = Ledger()
    ledger.repair("rare", 1, ["a → b"])
    ledger.repair("fréquent", 7)
    ledger.repair("rare", 2, ["c → d"])
    ledger.repair("jamais", 0)
    report = ledger.report(kept=0)
    assert report.repaired == (Repair("fréquent", 7), Repair("rare", 3, ("a → b", "c → d")))


def test_text_says_everything() -> None:
    report = ImportReport(
        1_234,
        1_202,
        (Repair("zéro initial rétabli", 30, ("1004 → 01004",)),),
        (Rejection("code commune inconnu", 32, tuple(range(2, 22)), ("99999",)),),
        ("l'année est celle du nom du fichier",),
    )
    assert report.as_text() == (
        "1\u202f234 lignes lues, 1\u202f202 retenues, 30 valeurs réparées, 32 rejetées\n"
        "réparé : zéro initial rétabli, 30 valeurs (1004 → 01004)\n"
        "rejeté : code commune inconnu, 32 lignes "
        "(lignes 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21…) "
        ": 99999\n"
        "à savoir : l'année est celle du nom du fichier"
    )


def test_same_note_is_written_once() -> None:
    ledger = Ledger()
    ledger.note("a")
    ledger.note("a")
    assert ledger.report(kept=0).notes == ("a",)


def test_found_is_shortened() -> None:
    ledger = Ledger()
    ledger.read(1)
    ledger.reject("long", [1], ["x" * 500])
    assert len(ledger.report(kept=0).rejected[0].found[0]) == 80


def test_plural_is_french() -> None:
    assert [plural(n, "ligne") for n in (0, 1, 2)] == ["0 ligne", "1 ligne", "2 lignes"]
    assert plural(2, "ligne lue", "lignes lues") == "2 lignes lues"


def test_comes_back_from_plain_values() -> None:
    report = ImportReport(
        2, 1, (Repair("r", 1, ("a",)),), (Rejection("x", 1, (3,), ("b",)),), ("n",)
    )
    assert report_from_dict(report.as_dict()) == report
