"""A value depends on its date, and says why it is what it is."""

from datetime import date

import pytest

from assemblier.errors import ParameterError
from assemblier.figures import Confidence
from assemblier.parameters import explain, nomenclature, value

TODAY = date(2026, 1, 1)
GP = "apl.medecin_generaliste."


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("apl.seuils.une_consultation", 1),
        ("apl.seuils.sous_dense", 2.5),
        ("apl.seuils.quatre_consultations", 4),
        ("apl.seuils.strict", True),
        (GP + "decroissance.bornes_minutes", (10, 15, 20)),
        (GP + "activite.plancher", 3600),
        (GP + "activite.plafond", 6000),
        (GP + "activite.actes_par_etp", 5400),
        (GP + "demande.poids", (1.30, 0.65, 0.70, 0.85, 1.05, 1.35, 1.75)),
        ("trajet.vol_oiseau.sinuosite", 1.3),
        ("trajet.vol_oiseau.vitesse_kmh", 45),
        ("trajet.affine.minutes_fixes", 5.3),
        ("trajet.affine.minutes_par_km", 0.8),
        ("densite.habitants", 10_000),
        ("medecin_generaliste.ages_seuils", (55, 60)),
    ],
)
def test_values(path, expected):
    assert value(path, TODAY) == expected


def test_weights_are_thirds():
    assert value(GP + "decroissance.poids", TODAY) == pytest.approx((1, 2 / 3, 1 / 3, 0), abs=1e-15)


def test_lists_that_go_together_have_matching_lengths():
    bands = value(GP + "decroissance.bornes_minutes", TODAY)
    assert len(value(GP + "decroissance.poids", TODAY)) == len(bands) + 1
    ages = value(GP + "demande.ages_debut", TODAY)
    assert len(value(GP + "demande.poids", TODAY)) == len(ages)
    assert len(value("apl.classes.libelles", TODAY)) == len(value("apl.classes.bornes", TODAY)) - 1


def test_labels_of_classes_repeat_their_bounds():
    bounds = value("apl.classes.bornes", TODAY)
    for label, low, high in zip(
        value("apl.classes.libelles", TODAY), bounds[:-1], bounds[1:], strict=True
    ):
        assert label == f"[{low} ; {high}[".replace(".", ",")


def test_thresholds_are_bounds_of_classes():
    bounds = value("apl.classes.bornes", TODAY)
    assert value("apl.seuils.sous_dense", TODAY) in bounds
    assert value("apl.seuils.quatre_consultations", TODAY) in bounds


@pytest.mark.parametrize(
    "path",
    [
        GP + "decroissance.borne_superieure_incluse",
        GP + "demande.poids",
        "trajet.vol_oiseau.sinuosite",
        "trajet.vol_oiseau.vitesse_kmh",
        "trajet.affine.minutes_fixes",
        "nomenclature.specialites.sage_femme",
    ],
)
def test_what_nobody_confirmed_says_so(path):
    found = explain(path, TODAY)
    assert found.confidence is Confidence.NON_CONFIRME
    assert "non confirmé" in found.as_text()


def test_each_value_holds_from_its_date_to_the_next():
    path = "cpts.financement.minimum"
    assert value(path, date(2019, 6, 20)) == 185_000
    assert value(path, date(2023, 3, 8)) == 185_000
    assert value(path, date(2023, 3, 9)) == 287_000


def test_before_the_first_date_the_error_says_which_is_first():
    with pytest.raises(ParameterError, match="20/06/2019") as caught:
        value("cpts.financement.maximum", date(2019, 6, 19))
    assert "à faire" in str(caught.value)


def test_an_unknown_name_lists_close_ones():
    with pytest.raises(ParameterError, match=r"apl\.seuils\.sous_dense"):
        value("apl.seuils.sous_dens", TODAY)


@pytest.mark.parametrize("path", ["", "../errors", "apl", "apl.seuils"])
def test_a_folder_is_not_a_parameter(path):
    with pytest.raises(ParameterError, match="paramètre inconnu"):
        value(path, TODAY)


def test_a_line_of_provenance_is_french():
    line = explain(GP + "activite.plafond", TODAY).as_text()
    assert "6\u202f000 actes par an" in line
    assert "25/05/2018" in line and "DGOS" in line
    assert "0,6667" in explain(GP + "decroissance.poids", TODAY).as_text()
    assert ": oui (" in explain("apl.seuils.strict", TODAY).as_text()


def test_a_code_that_lost_its_zero_is_still_read():
    assert nomenclature.profession_of("1", TODAY) == "medecin_generaliste"


def test_the_unit_of_a_parameter_agrees_with_its_value():
    assert (
        "\u00a0: 1 consultation par an" in explain("apl.seuils.une_consultation", TODAY).as_text()
    )
    assert "\u00a0: 2,5 consultations par an" in explain("apl.seuils.sous_dense", TODAY).as_text()
