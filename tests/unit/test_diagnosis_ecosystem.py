from pathlib import Path

import pytest

from assemblier.diagnosis.ecosystem import COLUMNS, Status, ecosystem, read_resources
from assemblier.errors import DataError
from assemblier.territory import distance_km, parse

HEADER = ";".join(COLUMNS) + "\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "ressources.csv"
    path.write_text(HEADER + text, encoding="utf-8")
    return path


def test_every_problem_of_a_registry_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "hopital;;CH;;43157;;;ARS\naction_sociale;CCAS;CCAS;;99999;;;\n")
    with pytest.raises(DataError) as error:
        read_resources(path)
    assert [problem.where.split("« ")[1] for problem in error.value.problems] == [
        "famille »",
        "type »",
        "code_commune »",
        "source »",
    ]


def test_former_codes_become_the_commune_of_today(tmp_path: Path) -> None:
    (found,) = read_resources(write(tmp_path, "action_sociale;CCAS;CCAS;;43146;;;ARS\n"))
    assert found.code_commune == "43157"


def test_items_are_sorted_by_distance_and_within_reach() -> None:
    found = ecosystem(parse("commune:43157"), reach_km=6.0).families[0]
    km = [item.distance.known_value() for item in found.items]
    assert km == sorted(km)
    assert km[-1] <= 6.0
    far = {item.code_commune for item in found.items}
    assert (distance_km(["43157"] * len(far), sorted(far)) <= 6.1).all()


def test_a_commune_next_to_the_unknown_says_so() -> None:
    # Pradelles, at the border of Ardèche and Lozère
    found = ecosystem(parse("commune:43154")).families[0]
    assert found.status is Status.LISTED
    assert "ne sont pas couvertes" in found.note


def test_a_label_says_the_status(tmp_path: Path) -> None:
    path = write(tmp_path, "lieux_de_soins;MSP;Maison de santé;labellisée;63113;;2025;ARS\n")
    found = ecosystem(parse("commune:63113"), read_resources(path)).families[0]
    assert [item.label for item in found.items] == ["MSP\u00a0: Maison de santé (labellisée)"]
    assert "couvertes" in found.note
