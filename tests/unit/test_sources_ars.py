"""Zonings of doctors, by commune and by postcode, and the territoires de vie-santé."""

from tests.imported import account, frame, made, reasons, repairs


def test_the_workbook_by_commune_and_tvs() -> None:
    got = made("essai_zonage_medecins_20190101.xlsx", "ars-zonage-medecins")
    zones = dict(frame(got, "zonage", "2019-01-01").select("code_commune", "zone").iter_rows())
    assert zones == {"43157": "ZAC", "43001": "ZIP", "01004": "HZ"}
    assert reasons(got) == ["zonage d'un quartier prioritaire, non d'une commune"]
    assert frame(got, "composition_tvs")["millesime"].to_list() == [2019] * 3


def test_the_list_by_postcode_guesses_nothing() -> None:
    got = made("essai_zonage_code_postal.csv", "ars-zonage-code-postal")
    assert account(got) == (4, 3)
    assert reasons(got) == ["commune introuvable par son code postal et son nom"]
    rows = {row["code_commune"]: row for row in frame(got, "zonage").to_dicts()}
    assert rows["01004"]["zone"] == "ZAC"  # its postcode had lost its zero
    assert rows["43001"]["statut"] == "non disponible"


def test_composition_of_the_tvs() -> None:
    got = made("essai_composition_tvs.xlsx", "drees-composition-tvs")
    tvs = dict(frame(got, "composition_tvs").select("code_commune", "code_tvs").iter_rows())
    assert tvs["43001"] == "43040"
    assert repairs(got) == {"zéro initial rétabli": 1}
