"""Patients by pathology and patients in ALD, from data.ameli.fr and from tables of the field."""

from tests.imported import frame, made


def test_the_open_table_hides_small_counts() -> None:
    rows = frame(made("essai_ald_data_ameli.csv", "cnam-effectifs"), "ald", "2022").to_dicts()
    by_illness = {(r["code"], r["ald"], r["age"]): r for r in rows}
    assert by_illness["43", "Mucoviscidose (top_ABMuco_ind)", "tous"]["statut"] == "secret"
    assert by_illness["FR", "Diabète (cat_DIA_ind)", "tous"]["niveau"] == "france"


def test_a_table_by_epci() -> None:
    got = made("essai_ald_epci.csv", "ald-territoires")
    rows = {r["code"]: r for r in frame(got, "ald", "2021").to_dicts()}
    assert (rows["200073419"]["taux"], rows["200073419"]["unite"]) == (17.5, "%")
    assert (rows["244301073"]["taux"], rows["244301073"]["statut"]) == (None, "secret")


def test_the_unit_of_a_standardised_rate() -> None:
    rows = frame(made("essai_ald_23.csv", "ald-territoires"), "ald").to_dicts()
    assert {r["unite"] for r in rows} == {"pour 100\u202f000 assurés"}
    assert {r["statut"] for r in rows} == {"connu", "non disponible"}
