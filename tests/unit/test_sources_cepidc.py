"""Deaths and rates of mortality, at every level of territory."""

from tests.imported import frame, made


def test_levels_periods_and_secrets() -> None:
    got = made("essai_mortalite.csv", "mortalite-territoires")
    rows = {r["niveau"]: r for r in frame(got, "mortalite").to_dicts()}
    assert set(rows) == {"zsp", "departement", "region", "france"}
    assert rows["zsp"]["taux"] == 890.5 and rows["zsp"]["effectif"] == 1250
    assert {(r["annee_debut"], r["annee_fin"]) for r in rows.values()} == {(2015, 2019)}
    assert rows["departement"]["sexe"] == "H" and rows["departement"]["taux"] is None
    assert any("secrète" in note for note in got.report.notes)
