"""Filosofi: an empty cell is a statistical secret."""

from tests.imported import frame, made


def test_an_empty_cell_is_a_secret() -> None:
    rows = frame(made("essai_filosofi.csv.gz", "insee-filosofi"), "filosofi", "2019").to_dicts()
    found = {(r["code_commune"], r["indicateur"]): (r["valeur"], r["statut"]) for r in rows}
    poverty = "Taux de pauvreté au seuil de 60 % (%)"
    assert found["43157", poverty] == (18.5, "connu")
    assert found["43001", poverty] == (None, "secret")
    assert found["43001", "Médiane du niveau de vie (euros)"] == (21_000.0, "connu")
