"""OBS-048: tables in the format of CartoSanté, of supply and of consumption, are imported."""

import pytest

from tests.imported import account, frame, made


@pytest.mark.mission("OBS-048")
def test_supply_and_consumption_are_imported() -> None:
    got = made("essai_cartosante_bassins.csv", "cartosante")
    assert account(got) == (3, 3)
    named = {name for one in got.tables if one.spec_name == "indicateurs"
             for name in one.frame["indicateur"]}  # fmt: skip
    assert named == {"APL Médecins généralistes", "Densité d'infirmiers lib."}
    assert frame(got, "ald")["taux"].to_list() == [18.2, None, 9.1]


@pytest.mark.mission("OBS-048")
def test_the_zoning_of_nurses_is_imported() -> None:
    assert account(made("essai_cartosante_infirmiers.csv", "cartosante")) == (4, 4)
