import pytest

from assemblier.diagnosis.wording import read_number, required_number
from assemblier.errors import DataError
from assemblier.french import french_spaces, number, signed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6 928", 6928),
        ("6\u202f928", 6928),
        ("+ 3,7%", 3.7),
        ("+ 4.5%", 4.5),
        ("- 0,6%", -0.6),
        ("\u22120,6 %", -0.6),
        ("-39", -39),
        ("0%", 0),
        ("", None),
        ("n.d.", None),
        ("17 MSP", None),
        ("1,2,3", None),
    ],
)
def test_numbers_are_read_as_printed(text: str, expected: float | None) -> None:
    assert read_number(text) == expected


def test_halves_are_rounded_away_from_zero() -> None:
    assert number(0.125, 2) == "0,13"
    assert number(-0.125, 2) == "\u22120,13"


def test_what_rounds_to_zero_has_no_sign() -> None:
    assert (number(-0.04, 1), signed(0.04, 1), signed(-2.5, 1)) == ("0,0", "0,0", "\u22122,5")


def test_french_spaces() -> None:
    assert french_spaces("« oui » ; 12 % : non") == "«\u00a0oui\u00a0»\u202f; 12\u202f%\u00a0: non"


def test_a_number_that_must_be_there() -> None:
    with pytest.raises(DataError, match="décès"):
        required_number("beaucoup", "décès")
