"""What the options accept, told in French."""

import re

import pytest

from assemblier.cli.options import bounds
from assemblier.cli.program import COMMANDS, run


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"low": 2010, "high": 2100}, "de 2010 à 2100"),
        ({"low": 0, "high": None}, "0 ou plus"),
        ({"low": 0, "high": None, "low_open": True}, "plus de 0"),
        ({"low": None, "high": 5}, "au plus 5"),
        ({"low": None, "high": 5, "high_open": True}, "moins de 5"),
        ({"low": 0, "high": 120, "low_open": True}, "plus de 0, au plus 120"),
        ({"low": 1, "high": 2, "high_open": True}, "au moins 1, moins de 2"),
    ],
)
def test_bounds_are_told_in_french(given: dict, said: str) -> None:
    assert bounds(**given) == said


def test_a_year_out_of_bounds_is_refused_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["apl", "departement:43", "--millesime", "1999"]) == 2
    told = capsys.readouterr().err
    assert "attendu, un nombre de 2010 à 2100" in told
    assert "<=" not in told


def test_the_help_shows_no_inequality(capsys: pytest.CaptureFixture[str]) -> None:
    said = ["apl", "scenario", "implantation", "projection"]
    for command in (*said, "observatoire geler", "observatoire comparer"):
        assert run([*command.split(), "--help"]) == 0
        assert not re.search(r"[<>]=?", capsys.readouterr().out)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_keeps_quotes_and_signs_on_their_line(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "--help"]) == 0
    told = capsys.readouterr().out.partition("Exemples")[0]
    assert not re.search(r"«\s*\n|« |\n\s*»| »|[^\s] [;:?!](?=\s)", told.replace("Usage :", "")), (
        told
    )
