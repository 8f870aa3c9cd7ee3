"""Every published figure comes out of the software, within its tolerance.

The table `chiffres.csv` holds the figure, the document, the page, the date, the tolerance and why
a difference is expected. Its column `lecture` says how the software gives it: ``kind:arguments``,
one reader below for each kind.
"""

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from assemblier.data import facts
from assemblier.data.documents import CitedText, cited, cited_table, cited_text
from assemblier.diagnosis.mortality import Mortality, mortality
from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.diagnosis.stock_flow_table import read_stock_flow
from assemblier.diagnosis.wording import read_number
from assemblier.maths import inequality
from assemblier.parameters import time_use, value
from tests.published import aids, legality, projects

ON = date(2026, 1, 1)
TABLE = Path(__file__).parent / "chiffres.csv"


def rows() -> list[dict[str, str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((line for line in lines if line[0] != "#"), delimiter=";"))


ROWS = rows()


def normalised(text: str) -> str:
    """A text without its spaces, its case and the difference of point and comma."""
    return re.sub(r"\s", "", text).replace(",", ".").casefold()


def number(text: str) -> float:
    """The first number of a text, whatever its spaces, sign and decimal mark."""
    found = re.match(r"[+\-−]?\s*\d[\d\s]*(?:[.,]\d+)?", text)
    assert found, text
    return float(re.sub(r"\s", "", found.group()).replace("−", "-").replace(",", "."))


def words(text: CitedText) -> str:
    parts = [piece for part in text.parts for piece in (part.title, part.text, *part.items)]
    return " ".join((text.title, text.text, *text.items, *parts))


def deaths() -> Mortality:
    table = cited_table("causes_de_deces_43")
    causes = [
        (label, int(count), read_number(share))
        for label, count, share in table.rows
        if label != "Total"
    ]
    return mortality(causes, int(table.cell("Total")), table.vintage)


def flow(key: str, column: str) -> StockFlow:
    table = cited_table(key)
    return read_stock_flow(table.title, table.columns, table.rows)[int(column)]


def apl(what: str, year: str) -> float:
    people = facts.population_age_sexe().group_by("code_commune").agg(pl.col("population").sum())
    joined = (
        facts.apl_publiee()
        .filter(pl.col("millesime") == int(year))
        .join(people, on="code_commune", how="inner", validate="1:1")
    )
    values, weights = joined["apl"].to_numpy(), joined["population"].to_numpy()
    if what == "moyenne":
        return inequality.mean(values, weights)
    found = inequality.under(values, weights, value("apl.seuils.sous_dense", ON))
    return found.weight if what == "habitants_sous_2_5" else 100 * found.share


def departement(code: str, year: str) -> float:
    return (
        facts.apl_departements()
        .filter(
            pl.col("code") == code,
            pl.col("millesime") == int(year),
            pl.col("profession") == "medecin_generaliste",
            pl.col("source") == "drees-apl-departements",
        )["apl"]
        .item()
    )


def death(cause: str, what: str) -> float:
    table = deaths()
    if cause == "total":
        return table.total.known_value()
    (found,) = [row for row in table.causes if row.label == cause]
    return (found.deaths if what == "effectif" else found.share).known_value()


def parameter(path: str, place: str = "") -> float:
    found = value(path, ON)
    return found[int(place)] if place else found


def effectif(frame: pl.DataFrame, column: str, name: str) -> int:
    return frame.filter(pl.col(column) == name)["effectif"].sum()


NUMBERS: dict[str, Callable[..., float]] = {
    "cite": lambda key: cited(key).known_value(),
    "deces": death,
    "flux": lambda key, column, name: getattr(flow(key, column), name).known_value(),
    "parametre": parameter,
    "temps": lambda name: getattr(time_use, name)(ON).known_value(),
    "items": lambda key: len(cited_text(key).items),
    "apl": apl,
    "departement": departement,
    "population": lambda _: facts.population_age_sexe()["population"].sum(),
    "professionnels": lambda name: effectif(facts.professionnels(), "profession", name),
    "structures": lambda name: effectif(facts.structures(), "structure", name),
    **legality.NUMBERS,
    **aids.NUMBERS,
    **projects.NUMBERS,
}
TEXTS: dict[str, Callable[..., list[str]]] = {
    "tableau": lambda key, row, column: [cited_table(key).cell(row, int(column))],
    "libelle": lambda path, place: [value(path, ON)[int(place)]],
    "anomalie": lambda key, column: [anomaly.code for anomaly in flow(key, column).anomalies],
}
PASSAGES: dict[str, Callable[..., str]] = {
    "texte": lambda key: words(cited_text(key)),
    "lignes": lambda key: " ".join(cell for row in cited_table(key).rows for cell in row),
    **legality.PASSAGES,
    **aids.PASSAGES,
}


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']}-{row['lecture']}" for row in ROWS])
def test_the_software_gives_the_published_figure(row):
    kind, *arguments = row["lecture"].split(":")
    if kind in NUMBERS:
        tolerance = number(row["tolerance"])
        # A hair for binary numbers: 0.05 is half a unit of one printed decimal.
        limit = tolerance + 1e-9
        assert abs(NUMBERS[kind](*arguments) - number(row["attendu"])) <= limit
    elif kind in TEXTS:
        assert normalised(row["attendu"]) in [normalised(text) for text in TEXTS[kind](*arguments)]
    else:
        assert normalised(row["attendu"]) in normalised(PASSAGES[kind](*arguments))


def test_each_row_has_a_source_a_date_and_says_why_it_tolerates():
    for row in ROWS:
        assert row["document"] and row["date"] and row["fait"] and row["attendu"], row
        if number(row["tolerance"]) > 0:
            assert row["ecart_explique"], row


def test_the_page_is_the_page_the_software_cites():
    for row in ROWS:
        kind, *arguments = row["lecture"].split(":")
        if kind == "cite":
            (source,) = cited(arguments[0]).provenance.sources
        elif kind == "texte":
            source = cited_text(arguments[0]).source
        elif kind in {"tableau", "lignes", "flux", "anomalie"}:
            source = cited_table(arguments[0]).source
        else:
            continue
        assert source.page == f"page {row['page']}", row
        assert source.published == row["date"], row


LOCAL = (
    *(77, 78, 79, 82, 83, 84, 85, 86, 88, 89, 90, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105),
    *(106, 107, 108, 109, 110, 111, 114, 117, 118, 119, 120, 121, 122, 129, 130, 131, 132, 133),
    *(142, 143),
)
"""What the guide of 2019 prints of local aids and structures; the aids of doctors are elsewhere."""


def test_the_acceptance_figures_due_are_all_there():
    due = {f"ACC-{place:03d}" for place in (*range(1, 53), *LOCAL)}
    assert due <= {row["id"] for row in ROWS}


def test_the_shares_of_the_zones_sum_to_the_whole():
    zones = ("zip", "zac", "hors_zonage")
    shares = [cited(f"population_{zone}_aura").known_value() for zone in zones]
    assert sum(shares) == pytest.approx(100, abs=1e-9)
