"""Ages of practitioners: counted as they are read, small counts hidden, nobody named."""

import polars as pl
import pytest

from tests.imported import account, frame, made


@pytest.mark.parametrize(
    ("name", "counts"), [("essai_cdom_ages.csv", (8, 7)), ("essai_cdom_naissances.csv", (9, 8))]
)
def test_no_small_count_and_no_name(name: str, counts: tuple[int, int]) -> None:
    got = made(name, "cdom-ages")
    assert account(got) == counts
    ages = frame(got, "ages_medecins")
    assert ages.filter(pl.col("effectif").is_between(1, 4)).height == 0
    said = got.report.as_text() + ages.write_csv()
    for word in ("FICTIF", "Personne", "1955", "né en mai", "412"):
        assert word not in said


def test_a_large_enough_band_is_shown() -> None:
    ages = frame(made("essai_cdom_ages.csv", "cdom-ages"), "ages_medecins")
    puy = ages.filter((pl.col("code") == "43157") & (pl.col("age_debut") == 65))
    assert puy["effectif"].to_list() == [6]
