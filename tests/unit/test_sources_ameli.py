"""The directory of the Assurance maladie: general practitioners have three codes."""

import polars as pl

from tests.imported import account, frame, made, reasons, repairs


def test_three_codes_make_a_general_practitioner() -> None:
    got = made("essai_ameli_ps.csv", "ameli-ps")
    assert account(got) == (6, 5)
    doctors = frame(got, "exercices").filter(pl.col("profession") == "medecin_generaliste")
    assert doctors["effectif"].sum() == 3


def test_cedex_lost_zeros_and_unknown_places() -> None:
    got = made("essai_ameli_ps.csv", "ameli-ps")
    assert any("CEDEX" in kind for kind in repairs(got))
    assert reasons(got) == ["commune introuvable par son code postal et son nom"]
    assert "01500" in frame(got, "exercices")["code_postal"].to_list()


def test_nobody_is_named() -> None:
    got = made("essai_ameli_ps.csv", "ameli-ps")
    assert "FICTIF" not in got.report.as_text() + frame(got, "exercices").write_csv()


def test_health_centres_and_what_they_offer() -> None:
    got = made("essai_ameli_cds.csv", "ameli-cds")
    assert frame(got, "etablissements")["finess"].to_list() == ["430000018"]
    assert frame(got, "autorisations")["libelle"].to_list() == [
        "Médecin généraliste",
        "Chirurgien-dentiste",
    ]


def test_a_persons_activity_is_shared_among_the_places_of_practice() -> None:
    table = frame(made("essai_ameli_ps.csv", "ameli-ps"), "exercices")
    assert 0 < table["part_activite"].sum() <= table["effectif"].sum()
    assert (table["part_activite"] <= table["effectif"]).all()
