"""OBS-045: the DREES files are imported with their vintage, their licence and their account."""

import pytest

from assemblier.durable import file_sha256
from tests.imported import FIXTURES, account, made

NAME = "essai_drees_apl_medecins.xlsx"
SHA256 = "29e5f2e85341bb0f8062b39877d726497ee05ffd50b403a7201e7c49d5a0855c"


@pytest.mark.mission("OBS-045")
def test_the_stored_file_gives_its_rows_vintage_and_licence() -> None:
    assert file_sha256(FIXTURES / NAME) == SHA256
    got = made(NAME, "drees-apl")
    assert account(got) == (11, 11)
    tables = [(one.spec_name, one.vintage, one.frame.height) for one in got.tables]
    assert tables == [
        ("apl_publiee", "2023", 3),
        ("apl_publiee", "2024", 3),
        ("parametres", "2024", 5),
    ]
    assert {one.source.producer for one in got.tables} == {"DREES"}
    assert {one.source.licence for one in got.tables} == {"Licence Ouverte 2.0"}
