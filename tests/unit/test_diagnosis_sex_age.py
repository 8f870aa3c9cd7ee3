from pathlib import Path

import pytest

from assemblier.diagnosis.sex_age import (
    AgeClass,
    distribution,
    read_distributions,
    share_from_age,
    unknown_distribution,
)
from assemblier.errors import DataError

YOUNG, MIDDLE, OLD = AgeClass(0, 39), AgeClass(40, 59), AgeClass(60, None)


def test_classes_that_do_not_sum_to_the_stock_are_refused() -> None:
    with pytest.raises(DataError, match="194"):
        distribution("généralistes", {("F", OLD): 90, ("H", OLD): 100}, stock=194)


def test_holes_and_lonely_sexes_are_refused_together() -> None:
    with pytest.raises(DataError) as error:
        distribution("g", {("F", YOUNG): 1, ("F", OLD): 2, ("H", OLD): 3})
    assert len(error.value.problems) == 2


def test_labels() -> None:
    assert (YOUNG.label, OLD.label) == ("0-39 ans", "60 ans ou plus")


def test_a_class_is_never_cut() -> None:
    counts = {(sex, ages): 1 for sex in "FH" for ages in (YOUNG, MIDDLE, OLD)}
    found = distribution("g", counts)
    assert share_from_age(found, 40).value == pytest.approx(100 * 4 / 6)
    with pytest.raises(DataError, match="0, 40, 60"):
        share_from_age(found, 55)


def test_unknown_is_not_zero() -> None:
    found = unknown_distribution("généralistes")
    assert found.bars == ()
    assert not share_from_age(found, 60).is_known


def test_a_file_by_sex_and_age(tmp_path: Path) -> None:
    path = tmp_path / "ages.csv"
    path.write_text(
        "profession;sexe;age_debut;age_fin;effectif;date;source\n"
        "infirmier;F;0;59;300;2022;CPAM\ninfirmier;H;0;59;100;2022;CPAM\n"
        "infirmier;F;60;;60;2022;CPAM\ninfirmier;H;60;;28;2022;CPAM\n",
        encoding="utf-8",
    )
    found = read_distributions(path, {"infirmier": 488})["infirmier"]
    assert found.total.value == 488
    assert found.women.value == 360
    with pytest.raises(DataError, match="les classes font 488"):
        read_distributions(path, {"infirmier": 487})


def test_a_file_with_a_row_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ages.csv"
    path.write_text(
        "profession;sexe;age_debut;age_fin;effectif;date;source\n" + "k;F;0;;3;2022;CPAM\n" * 2,
        encoding="utf-8",
    )
    with pytest.raises(DataError, match="une ligne par sexe"):
        read_distributions(path, {})
