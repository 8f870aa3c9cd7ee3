"""FOR-003: a national curve by mode of practice, with its source and year, over the local one."""

from pathlib import Path

import pytest

from assemblier.errors import DataError
from assemblier.scenarios.projection import Group, overlay, project, read_reference
from tests.projection_cases import DAY, HERE, everyone, settled

HEADER = "annee;mode;effectif;producteur;titre;millesime;page"
MADE = "producteur d'essai;courbe faite pour un essai;2021;page 3"
COUNTS = [
    (2026, "liberal", 500), (2030, "liberal", 450), (2026, "mixte", 100), (2030, "mixte", 120),
    (2026, "salarie", 300), (2030, "salarie", 330),
]  # fmt: skip


def file_of(folder: Path, rows: list[tuple[object, str, object]], made: str = MADE) -> Path:
    path = folder / "courbe-faite-pour-un-essai.csv"
    lines = [f"{year};{mode};{count};{made}" for year, mode, count in rows]
    path.write_text("\n".join([HEADER, *lines]), encoding="utf-8")
    return path


@pytest.mark.mission("FOR-003")
def test_the_overlay_has_three_modes_and_the_year_of_its_source(tmp_path: Path) -> None:
    reference = read_reference(file_of(tmp_path, COUNTS))
    local = project(HERE, everyone(Group(20, 50, 50)), settled(), DAY, sensitivity=False)
    found = overlay(reference, local.years, local.provenance)
    assert list(found.national) == ["liberal", "mixte", "salarie"]
    assert (found.source.vintage, found.source.page) == ("2021", "page 3")
    assert found.year == 2026
    assert {one[2026].value for one in found.national.values()} == {100}
    assert found.national["liberal"][2030].value == pytest.approx(90)
    assert found.local[2026].value == 100
    assert found.source in found.local[2036].provenance.sources


@pytest.mark.mission("FOR-003")
def test_every_problem_of_the_file_is_told_at_once(tmp_path: Path) -> None:
    wrong = [(2026, "liberal", -1), ("bientôt", "mixte", 3), (2026, "remplaçant", 3)]
    with pytest.raises(DataError) as refused:
        read_reference(file_of(tmp_path, wrong))
    told = str(refused.value)
    assert "effectif" in told and "bientôt" in told and "remplaçant" in told and "salarié" in told


@pytest.mark.mission("FOR-003")
def test_a_curve_without_a_common_year_is_refused(tmp_path: Path) -> None:
    past = [(1990, mode, 10) for mode in ("liberal", "mixte", "salarie")]
    local = project(HERE, everyone(Group(2, 50, 50)), settled(), DAY, sensitivity=False)
    with pytest.raises(DataError, match="aucune année commune"):
        overlay(read_reference(file_of(tmp_path, past)), local.years, local.provenance)
