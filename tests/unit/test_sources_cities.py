"""Paris, Lyon and Marseille: what is shared by their arrondissements is given to each."""

import polars as pl

from assemblier.sources.codes import SPREAD, WHOLE_CITY, spread_cities, todays_context
from assemblier.sources.loading import communes_of_today
from assemblier.sources.report import Ledger
from assemblier.sources.values import LIGNE


def frame(codes: list[str]) -> pl.DataFrame:
    return pl.DataFrame(
        {"code_commune": codes, "siren_epci": "200054807", LIGNE: range(len(codes))}
    )


def test_a_composition_reaches_every_arrondissement() -> None:
    ledger = Ledger()
    ledger.read(2)
    got = spread_cities(frame(["13055", "13001"]), todays_context(), ledger)
    got = communes_of_today(got, todays_context(), ledger)
    wanted = ["13001", *(f"132{rank:02d}" for rank in range(1, 17))]
    assert sorted(got["code_commune"]) == wanted
    assert got["siren_epci"].n_unique() == 1
    (repair,) = ledger.report(got[LIGNE].n_unique()).repaired
    assert (repair.kind, repair.count) == (SPREAD, 1)


def test_an_arrondissement_keeps_its_own_row() -> None:
    ledger = Ledger()
    got = spread_cities(frame(["69123", "69381"]), todays_context(), ledger)
    assert got.filter(pl.col("code_commune") == "69381")[LIGNE].to_list() == [1]
    assert got.height == 9


def test_a_city_whose_parts_are_all_there_is_left_to_be_rejected() -> None:
    ledger = Ledger()
    ledger.read(10)
    codes = ["69123", *(f"6938{rank}" for rank in range(1, 10))]
    got = spread_cities(frame(codes), todays_context(), ledger)
    kept = communes_of_today(got, todays_context(), ledger)
    (rejection,) = ledger.report(kept.height).rejected
    assert (rejection.reason, rejection.lines) == (WHOLE_CITY, (0,))
