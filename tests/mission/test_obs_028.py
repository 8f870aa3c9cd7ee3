"""OBS-028: filtering by specialty codes gives the right profession and nothing else."""

import csv
import io
from datetime import date

import pytest

from assemblier.parameters import nomenclature

# Made up for this test: no real practitioner, no real place.
MADE_UP_FILE = """\
identifiant_fictif;specialite_code
fictif-a;01
fictif-b;22
fictif-c;23
fictif-d;19
fictif-e;24
fictif-f;26
fictif-g;03
fictif-h;2
fictif-i;1
"""
ON = date(2022, 9, 30)


@pytest.mark.mission("OBS-028")
@pytest.mark.parametrize(
    ("profession", "expected"),
    [
        ("medecin_generaliste", "abci"),
        ("chirurgien_dentiste", "d"),
        ("infirmier", "e"),
        ("masseur_kinesitherapeute", "f"),
        ("sage_femme", ""),
    ],
)
def test_a_filter_keeps_one_profession_and_nothing_else(profession, expected):
    rows = list(csv.DictReader(io.StringIO(MADE_UP_FILE), delimiter=";"))
    kept = nomenclature.of_profession([row["specialite_code"] for row in rows], profession, ON)
    names = [row["identifiant_fictif"] for row, keep in zip(rows, kept, strict=True) if keep]
    assert names == [f"fictif-{letter}" for letter in expected]


@pytest.mark.mission("OBS-028")
def test_a_general_practitioner_has_three_codes():
    assert nomenclature.specialty_codes("medecin_generaliste", ON) == ("01", "22", "23")
    assert nomenclature.profession_of("03", ON) is None
