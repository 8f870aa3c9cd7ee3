"""Rural revitalisation and priority quarters of communes, from imported tables."""

import datetime as dt

import pytest

from assemblier.aids.known_places import FRR, WHOLE_COUNTRY, ZRR, quarter, rural
from assemblier.aids.places import places_of
from tests.stores import put

SAUGUES, PAULHAGUET, PUY = "43234", "43148", "43157"
BEFORE, AFTER = dt.date(2024, 6, 30), dt.date(2024, 7, 1)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    return tmp_path


def put_shares(folder, indicator: str, key: str) -> None:
    rows = [
        {
            "niveau": "commune",
            "code": code,
            "millesime": 2024,
            "indicateur": indicator,
            "valeur": value,
            "statut": "non disponible" if value is None else "connu",
        }
        for code, value in ((SAUGUES, 1.0), (PAULHAGUET, None), (PUY, 0.0))
    ]
    put(folder, "indicateurs", rows, key)


def put_quarters(folder, vintage: str, count: int = WHOLE_COUNTRY) -> None:
    rows = [
        {
            "code_qpv": f"QP{place:06d}",
            "nom": "Quartier d'essai",
            "communes": "Le Puy-en-Velay" if place == 0 else "Ailleurs-sur-Essai",
            "millesime": int(vintage),
            "indicateur": "Population",
            "valeur": 1000.0,
            "statut": "connu",
        }
        for place in range(count)
    ]
    put(folder, "qpv", rows, f"qpv-{vintage}", vintage)


def test_without_a_file_nothing_is_known():
    assert rural([SAUGUES], BEFORE).answers == (None,)
    assert quarter([SAUGUES], BEFORE).answers == (None,)


def test_a_commune_classed_in_part_is_unknown(folder):
    put_shares(folder, ZRR, "zrr")
    assert rural([SAUGUES, PAULHAGUET, PUY], BEFORE).answers == ("oui", None, "non")


def test_neither_rural_zoning_is_carried_to_the_days_of_the_other(folder):
    put_shares(folder, ZRR, "zrr")
    assert rural([SAUGUES], AFTER).answers == (None,)
    put_shares(folder, FRR, "frr")
    assert rural([SAUGUES], AFTER).answers == ("oui",)


def test_only_a_commune_without_a_quarter_is_known(folder):
    put_quarters(folder, "2022")
    assert quarter([SAUGUES, PUY], dt.date(2023, 12, 31)).answers == ("non", None)
    assert quarter([SAUGUES], dt.date(2024, 1, 1)).answers == (None,)


def test_overseas_the_new_quarters_hold_a_year_later(folder):
    put_quarters(folder, "2024")
    fort_de_france = "97209"
    both = [SAUGUES, fort_de_france]
    # The list of 2024 has the new quarters of the mainland and the old ones overseas.
    assert quarter(both, dt.date(2024, 6, 1)).answers == ("non", "non")
    assert quarter(both, dt.date(2025, 6, 1)).answers == ("non", None)
    put_quarters(folder, "2025")
    assert quarter(both, dt.date(2025, 6, 1)).answers == ("non", "non")


def test_before_the_first_text_nothing_is_known(folder):
    put_quarters(folder, "2014")
    put_shares(folder, ZRR, "zrr")
    assert quarter([SAUGUES], dt.date(2014, 12, 31)).answers == (None,)
    assert quarter([SAUGUES], dt.date(2015, 1, 1)).answers == ("non",)
    assert rural([SAUGUES], dt.date(2017, 6, 30)).answers == (None,)
    assert rural([SAUGUES], dt.date(2017, 7, 1)).answers == ("oui",)


def test_a_partial_list_of_quarters_says_nothing(folder):
    put_quarters(folder, "2022", WHOLE_COUNTRY - 1)
    assert quarter([SAUGUES], dt.date(2023, 12, 31)).answers == (None,)


def test_the_places_hold_what_is_known_and_the_profile_has_the_last_word(folder):
    put_shares(folder, ZRR, "zrr")
    found = places_of([SAUGUES, PUY], {}, BEFORE, None)
    assert [found.situations.at("frr", row) for row in (0, 1)] == ["oui", "non"]
    told = places_of([SAUGUES], {"frr": "non"}, BEFORE, None)
    assert told.situations.at("frr", 0) == "non"
