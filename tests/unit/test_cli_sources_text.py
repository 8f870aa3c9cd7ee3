"""What `assemblier sources` says of documents that came in part, and of many tables."""

from dataclasses import replace
from pathlib import Path

import pytest

from assemblier.cli.sources_text import _tables_text, listing
from assemblier.figures import Source
from assemblier.french import french_spaces
from assemblier.sources.catalogue import catalogue
from assemblier.sources.report import Ledger
from assemblier.sources.store import Entry, Store


def entry_of(key: str) -> Entry:
    source = Source(key, "producteur", f"titre {key}", "2020", "licence")
    return Entry("equipements", source, "2020", 1, Path("essai.parquet"), "")


def test_a_part_of_a_document_is_present_and_what_it_leaves_out_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Store, "entries", lambda _: (entry_of("insee-bpe-d1-d3"),))
    present, _, missing = listing(Store(tmp_path)).partition("Manquants")
    assert "nom\u00a0: insee-bpe-d1-d3" in present
    part = missing[: missing.index("généralistes")]
    assert "Base permanente des équipements (dénombrement)" in part
    assert "en partie" in part
    assert "professionnels par commune hors de Haute-Loire" in part
    assert "pharmacies, laboratoires" not in part


def test_a_whole_document_or_all_its_parts_leave_nothing_missing() -> None:
    (item,) = [item for item in catalogue() if item.key == "equipements"]
    assert item.lacking([entry_of("insee-bpe")]) == ()
    assert item.lacking([entry_of("insee-bpe-d1-d3"), entry_of("insee-bpe-d2")]) == ()
    assert len(item.lacking([entry_of("insee-bpe-extrait")])) == len(item.parts)


def test_the_vintages_of_one_source_are_one_line() -> None:
    years = [replace(entry_of("x"), vintage=str(year)) for year in range(2021, 1974, -1)]
    (line,) = _tables_text(years)
    assert line.endswith("» : 1975 à 2021 (47 millésimes) ; 47 lignes")


def test_the_sources_of_one_table_are_named() -> None:
    lines = _tables_text([entry_of("x"), entry_of("y")])
    assert [line.partition(", ")[2] for line in lines] == [
        "titre x : 2020 ; 1 ligne",
        "titre y : 2020 ; 1 ligne",
    ]


def test_a_line_rejected_in_several_sheets_is_numbered_once() -> None:
    ledger = Ledger()
    ledger.read(3)
    ledger.reject("total", [7, 7, 8])
    said = french_spaces(ledger.report(0).as_text())
    assert said.endswith("3 lignes (lignes 7, 8)")
