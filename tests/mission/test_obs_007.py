"""OBS-007: the share of inhabitants under 2.5 consultations, of any territory, with its year.

The national share near 8 % is read from a workbook made for the test in the layout of the DREES,
whose shares are known; the real values that are embedded (Haute-Loire, and France in 2024 as a
third party counted it) stand beside.
"""

import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter

from assemblier.cli.program import run
from assemblier.diagnosis.underserved import comparison, under_2_5
from assemblier.figures import Nature
from assemblier.reports.panorama import panorama
from assemblier.territory import france, index, parse
from tests.fixtures.sources.fabriquer import drees_sheet, mg_labels

SHARES = {2021: 8.0, 2024: 18.0}
"""Wanted in the made workbook, in % of the inhabitants, by year."""
LOW, HIGH = 2.0, 3.5


def made_workbook() -> bytes:
    """Return a workbook of every commune of France, made for the test: its shares are those."""
    rows = index()
    places = rows.positions(france().codes)
    people = [0 if one != one else int(one) for one in rows.population[places].tolist()]
    codes = [rows.codes[place] for place in places]
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True})
    for year, share in SHARES.items():
        wanted, held, lines = share / 100 * sum(people), 0, []
        for code, count in zip(codes, people, strict=True):
            is_under = held + count <= wanted
            held += count if is_under else 0
            value = LOW if is_under else HIGH
            lines.append([code, code, value, value, value, value, count, count])
        sheet = book.add_worksheet(f"APL {year}")
        for number, line in enumerate(drees_sheet(mg_labels(year - 2, "et"), lines)):
            sheet.write_row(number, 0, line)
    book.close()
    return content.getvalue()


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a national workbook, made for the test and imported as a person does."""
    folder = tmp_path_factory.mktemp("national")
    path = folder / "apl-fabrique-pour-l-essai.xlsx"
    path.write_bytes(made_workbook())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", str(folder / "magasin"))
        assert run(["sources", "importer", str(path)]) == 0
    return folder / "magasin"


@pytest.mark.mission("OBS-007")
@pytest.mark.parametrize("year", SHARES)
def test_the_national_share_is_that_of_the_workbook_with_its_year(
    national: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(national))
    found = under_2_5(france(), year)
    assert found.value == pytest.approx(SHARES[year], abs=0.05)
    assert found.vintage.startswith(f"APL {year}")
    assert found.nature is Nature.CALCULE


@pytest.mark.mission("OBS-007")
def test_any_perimeter_is_compared_with_its_references_year_by_year(
    national: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(national))
    for place in ("region:84", "departement:48", "epci:200073419", "commune:43157"):
        found = comparison(parse(place))
        assert set(SHARES) <= set(found.years)
        assert [line.name for line in found.lines][-1] == "France"
        assert all(figure.is_known for line in found.lines for figure in line.shares[-1:])
    assert run(["territoire", "sous-dense", "france"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "APL 2021 (%) APL 2024 (%)" in said
    assert "France 8,0 18,0" in said


@pytest.mark.mission("OBS-007")
def test_the_real_values_embedded_give_eighteen_per_cent_in_2024_not_eight() -> None:
    whole = under_2_5(france(), 2024)
    assert whole.value == pytest.approx(18.1, abs=0.1)
    assert whole.numerator.value == 12_341_978
    here = under_2_5(parse("departement:43"), 2024)
    assert here.value == pytest.approx(100 * 36_900 / 228_654, abs=0.1)


@pytest.mark.mission("OBS-007")
def test_the_panorama_shows_the_share_its_year_and_the_printed_one() -> None:
    document = panorama(parse("departement:43"), dt.date(2026, 11, 22))
    table = next(one for one in document.tables() if one.key == "sous_dense")
    assert [column.label for column in table.columns[1:]] == [
        "APL 2022 (%)",
        "APL 2023 (%)",
        "APL 2024 (%)",
    ]
    printed = [one for one in document.figures() if one.nature is Nature.CITE and one.value == 8]
    assert any("sous-dense" in one.label for one in printed)


@pytest.mark.mission("OBS-007")
def test_a_year_nobody_has_is_not_another_year() -> None:
    found = under_2_5(france(), 2019)
    assert not found.is_known and "DREES" in found.missing and found.vintage == "APL 2019"
