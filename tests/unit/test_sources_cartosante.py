"""Exports of CartoSanté: secret, not available and zero are three answers."""

from tests.imported import frame, made


def test_secret_missing_and_zero() -> None:
    got = made("essai_cartosante_bassins.csv", "cartosante")
    apl = {row["code"]: row for row in frame(got, "indicateurs", "2023").to_dicts()}
    assert (apl["43234"]["valeur"], apl["43234"]["statut"]) == (0.0, "connu")
    assert (apl["977ZZ"]["valeur"], apl["977ZZ"]["statut"]) == (None, "non disponible")
    ald = {row["code"]: row for row in frame(got, "ald").to_dicts()}
    assert (ald["43234"]["taux"], ald["43234"]["statut"]) == (None, "secret")


def test_zoning_of_nurses() -> None:
    got = made("essai_cartosante_infirmiers.csv", "cartosante")
    zones = dict(frame(got, "zonage").select("code_commune", "zone").iter_rows())
    assert zones["43157"] == "sur_dotee" and zones["97701"] is None


def test_two_indicators_do_not_replace_each_other() -> None:
    got = made("essai_cartosante_insee.csv", "cartosante")
    keys = {one.source.key for one in got.tables}
    assert keys == {
        "insee-statistiques-locales-commune-taux-de-pauvrete",
        "insee-statistiques-locales-commune-nombre-de-deces-domicilies",
    }
