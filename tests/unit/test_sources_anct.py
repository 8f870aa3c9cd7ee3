"""Quartiers prioritaires: spaces in thousands, empty columns, a commune only where it is sure."""

from tests.imported import frame, made


def test_quarters_and_their_indicators() -> None:
    got = made("essai_qpv_2022.csv", "anct-qpv")
    rows = frame(got, "qpv", "2022").to_dicts()
    people = {r["code_qpv"]: r for r in rows if r["indicateur"].endswith("municipale du quartier")}
    assert people["QP043001"]["valeur"] == 1238
    assert people["QP043001"]["code_commune"] == "43157"
    assert people["QP013001"]["code_commune"] is None  # Marseille has sixteen
    missing = [r for r in rows if r["statut"] == "non disponible"]
    assert missing and all(r["valeur"] is None for r in missing)
