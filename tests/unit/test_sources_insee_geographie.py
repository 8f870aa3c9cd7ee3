"""The territories of communes: bassins de vie of both geographies, EPCI, their names."""

import pytest

from tests.imported import account, frame, made, reasons, repairs


@pytest.mark.parametrize("year", [2022, 2025])
def test_bassins_de_vie_of_both_geographies(year: int) -> None:
    got = made(f"essai_insee_appartenance_{year}.xlsx", "insee-appartenance")
    assert account(got) == (8, 7)
    rows = {row["code_commune"]: row for row in frame(got, "appartenance").to_dicts()}
    assert rows["43157"]["bassin_de_vie"] == "43157" and rows["43157"]["millesime"] == year
    assert rows["13201"]["canton"] == "1398"
    assert ("bassin_de_vie", "43157", year, "Le Puy-en-Velay") in frame(got, "zones").rows()


def test_a_commune_without_epci_is_not_in_an_epci() -> None:
    got = made("essai_insee_epci.xlsx", "insee-epci")
    members = dict(frame(got, "appartenance").select("code_commune", "siren_epci").iter_rows())
    assert members["29083"] is None and members["43157"] == "200073419"
    assert reasons(got) == ["communes hors de tout EPCI"]
    assert frame(got, "epci")["communes"].to_list() == [72, 53]


def test_postcodes_get_their_zeros_back() -> None:
    got = made("essai_codes_postaux.csv", "laposte-codes-postaux")
    assert account(got) == (5, 3)
    assert reasons(got) == ["code commune inconnu", "nom absent"]
    assert repairs(got) == {
        "zéro initial rétabli": 1,
        "zéro initial d'un code postal rétabli": 1,
    }
    rows = frame(got, "codes_postaux").select("code_commune", "code_postal").rows()
    assert ("01002", "01640") in rows
