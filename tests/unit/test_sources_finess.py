"""FINESS in each of its editions: positions of every territory, shifted headers, two encodings."""

import pytest

from tests.imported import account, frame, made, reasons, repairs


@pytest.mark.parametrize("name", ["essai_finess_cp1252.csv", "essai_finess_melange.csv"])
def test_two_kinds_of_lines_and_two_encodings(name: str) -> None:
    got = made(name, "finess-stock")
    assert account(got) == (11, 9)
    assert reasons(got) == [
        "ligne de 32 champs attendue",
        "position d'un établissement qui n'est pas retenu",
    ]
    rows = {row["finess"]: row for row in frame(got, "etablissements", "2026-05-12").to_dicts()}
    assert rows["430000018"]["nom"] == "CENTRE DE SANTÉ FICTIF"
    assert rows["970400024"]["code_commune"] == "97401"


@pytest.mark.parametrize(
    ("finess", "longitude", "latitude"),
    [
        ("430000018", 3.87639, 45.04680),  # Lambert-93
        ("2A0000014", 8.72600, 41.87239),  # named by its EPSG code
        ("970400024", 55.36176, -21.24370),  # UTM 40 S
        ("970100011", -61.66345, 16.01451),  # UTM 20 N
    ],
)
def test_every_projection(finess: str, longitude: float, latitude: float) -> None:
    got = made("essai_finess_cp1252.csv", "finess-stock")
    rows = {row["finess"]: row for row in frame(got, "etablissements").to_dicts()}
    assert rows[finess]["longitude"] == pytest.approx(longitude, abs=1e-4)
    assert rows[finess]["latitude"] == pytest.approx(latitude, abs=1e-4)
    assert rows["430000099"]["longitude"] is None  # no position is no place, not zero


def test_the_clean_edition() -> None:
    got = made("essai_finess_propre.csv", "finess-propre")
    rows = {row["finess"]: row for row in frame(got, "etablissements").to_dicts()}
    assert rows["430000018"]["longitude"] == pytest.approx(3.87639, abs=1e-4)
    assert rows["430000026"]["latitude"] is None


def test_activities_with_commas_in_their_names() -> None:
    got = made("essai_finess_activites.csv", "finess-activites")
    assert account(got) == (3, 2)
    assert "Gynécologie, obstétrique" in frame(got, "autorisations")["libelle"].to_list()
    assert reasons(got) == ["numéro FINESS mal formé"]


def test_a_header_shifted_by_one_column_is_seen_and_counted() -> None:
    shifted = made("essai_finess_materiels_decales.csv", "finess-materiels")
    straight = made("essai_finess_materiels.csv", "finess-materiels")
    assert repairs(shifted) == {"ligne décalée d'une colonne, remise en place": 2}
    assert repairs(straight) == {}
    for got in (shifted, straight):
        first = frame(got, "autorisations").to_dicts()[0]
        assert (first["finess"], first["activite"]) == ("430000018", "05602")
