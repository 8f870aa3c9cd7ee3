"""What every loader does in the same way."""

from pathlib import Path

import polars as pl
import pytest

from assemblier.errors import DataError
from assemblier.sources.codes import todays_context
from assemblier.sources.layout import Context, Sample
from assemblier.sources.loading import (
    ORIGIN,
    DiscreetLedger,
    Job,
    SheetLedger,
    communes_of_today,
    date_of_name,
    finished,
    gathered,
    last_year,
    merged_measures,
    required_year,
    slug,
    year_of_name,
)
from assemblier.sources.report import Ledger
from assemblier.sources.values import CONNU, LIGNE, NON_DISPONIBLE


def rows(**columns: list[object]) -> pl.DataFrame:
    height = len(next(iter(columns.values())))
    return pl.DataFrame({LIGNE: range(2, height + 2), **columns})


@pytest.mark.parametrize("column", ["code_commune", "code", "x"])
def test_every_commune_is_of_today_or_rejected(column: str) -> None:
    ledger = Ledger()
    ledger.read(5)
    frame = rows(**{column: ["43157", "1004", "43î01", None, "01039"]})
    kept = communes_of_today(frame, todays_context(), ledger, column)
    ledger.report(kept.height)
    assert kept[column].to_list() == ["43157", "01004", "01138"]
    assert kept[ORIGIN].to_list() == ["43157", "01004", "01039"]
    assert kept[LIGNE].to_list() == [2, 3, 6]


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("BTT_TD_POP1A_2021.CSV", 2021),
        ("Zonage_medecin_20190101.xlsx", 2019),
        ("liste-ps-20260115-120000.csv", 2026),
        ("tableau.csv", None),
        ("v2.1999999.csv", None),
    ],
)
def test_the_year_of_a_name(name: str, year: int | None) -> None:
    assert year_of_name(Path(name)) == year


def test_a_vintage_is_never_guessed() -> None:
    with pytest.raises(DataError) as error:
        required_year(Path("tableau.csv"), None, "l'année du recensement")
    assert "l'année du recensement" in error.value.problems[0].expected


def test_a_file_without_a_date_says_so() -> None:
    job = Job(Path("annuaire.txt"), Sample(Path("annuaire.txt"), "texte"), Context(frozenset()))
    assert date_of_name(job) == "sans date"
    assert job.ledger.report(0).notes


def test_a_list_of_persons_shows_nothing_of_what_it_rejects() -> None:
    ledger = DiscreetLedger()
    ledger.read(2)
    ledger.reject("ligne trop courte", [7], ["NOM PRENOM"])
    ledger.repair("accents", 3, ["NOM → NOM"])
    report = ledger.report(1)
    assert "NOM" not in report.as_text()
    assert report.rejected[0].lines == (7,)


def test_a_line_of_a_workbook_names_its_sheet() -> None:
    whole = Ledger()
    sheet = SheetLedger(whole, "ARM")
    sheet.read(1)
    sheet.reject("code inconnu", [9], ["99999"])
    assert whole.report(0).rejected[0].found == ("99999 (feuille « ARM »)",)


def test_counts_of_merged_communes_are_added_and_medians_are_not() -> None:
    frame = pl.DataFrame(
        {
            "code": ["43001", "43001", "43001", "43001", "43157"],
            "indicateur": ["Ménages", "Ménages", "Médiane", "Médiane", "Médiane"],
            "valeur": [10.0, 5.0, 20_000.0, 22_000.0, 21_000.0],
            "statut": [CONNU] * 5,
        }
    )
    ledger = Ledger()
    merged = merged_measures(frame, ["code", "indicateur"], ["Ménages"], ledger).sort("code")
    values = {row[:2]: row[2:] for row in merged.iter_rows()}
    assert values["43001", "Ménages"] == (15.0, CONNU)
    assert values["43001", "Médiane"] == (None, NON_DISPONIBLE)
    assert values["43157", "Médiane"] == (21_000.0, CONNU)
    assert ledger.report(0).notes


def test_a_file_with_nothing_to_keep_is_refused_and_says_why() -> None:
    job = Job(Path("x.csv"), Sample(Path("x.csv"), "texte"), Context(frozenset()))
    with pytest.raises(DataError):
        gathered(job, [])
    job.ledger.read(1)
    job.ledger.reject("code commune inconnu", [2], ["99999"])
    with pytest.raises(DataError) as error:
        finished(job, 0, [])
    assert "code commune inconnu" in error.value.problems[0].found


def test_years_and_slugs() -> None:
    assert last_year("Densité de population (historique depuis 1876) 2022") == 2022
    assert last_year("20220101") is None
    assert slug("Part des 75 ans et plus (%)") == "part-des-75-ans-et-plus"
