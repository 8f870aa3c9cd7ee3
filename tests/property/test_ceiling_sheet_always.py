"""The sheet of ceilings: what the parameters know is written in it, and stays as sure as it was."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblier.cli.program import run
from assemblier.diagnosis.zonage_files import ceiling_row, read_ceilings, sheet
from assemblier.figures import Confidence
from assemblier.zoning.rules import Ceilings, ceilings_at

AURA = "84"
TODAY = dt.date(2026, 11, 22)


def test_the_sheet_of_a_region_holds_its_known_ceilings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["zonage", "feuille", "plafonds", "--region", f"region:{AURA}"]) == 0
    (found,) = read_ceilings(Path("plafonds.csv"))
    known = ceilings_at(AURA, TODAY)
    assert known is not None
    assert found == known
    assert found.is_to_replace  # given back as it was, it is no surer than before


def test_a_region_without_known_ceilings_has_its_code_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert ceilings_at("53", TODAY) is None
    assert run(["zonage", "feuille", "plafonds", "--region", "region:53"]) == 0
    assert Path("plafonds.csv").read_text("utf-8-sig").splitlines()[1] == "53;;;;"


def test_a_text_written_by_the_agency_is_sure(tmp_path: Path) -> None:
    path = tmp_path / "plafonds.csv"
    path.write_bytes(sheet("plafonds", [(AURA, "20", "52", "72", "Arrêté du 1er juin 2026")]))
    (found,) = read_ceilings(path)
    assert found.confidence is Confidence.CONFIRME


SHARES = st.none() | st.integers(0, 1000).map(lambda tenths: tenths / 1000)


@given(SHARES, SHARES, SHARES, st.sampled_from(Confidence), st.sampled_from(("Un texte.", "a, b")))
def test_read_back_by_read_ceilings_the_row_gives_the_ceilings_it_was_made_of(
    tmp_path_factory: pytest.TempPathFactory, low, middle, total, sure, basis
) -> None:
    """Read back by `read_ceilings`, the row gives the ceilings it was made of."""
    if low is None and middle is None and total is None:
        return
    known = Ceilings(AURA, low, middle, total, basis, sure)
    path = tmp_path_factory.mktemp("plafonds") / "plafonds.csv"
    path.write_bytes(sheet("plafonds", [ceiling_row(known)]))
    (found,) = read_ceilings(path)
    assert (found.region, found.basis, found.confidence) == (AURA, basis, sure)
    for got, was in zip(
        (found.zip_share, found.zac_share, found.total_share), (low, middle, total), strict=True
    ):
        assert got == (was if was is None else pytest.approx(was))
