"""FUN-044: telemedicine in Île-de-France, half of the cost up to a cap by kind of equipment."""

import pytest

from tests.aid_cases import GUIDE, amounts, answer


@pytest.mark.mission("FUN-044")
@pytest.mark.parametrize(
    ("mobile", "cost", "given"), [("oui", 40_000, 15_000), ("non", 80_000, 40_000)]
)
def test_half_up_to_the_cap_of_the_equipment(mobile, cost, given):
    said = {"type_structure": "msp", "equipement_mobile": mobile, "cout_telemedecine": cost}
    assert amounts(answer("EX_IDF_TELEMEDECINE", GUIDE, **said)) == {"montant": given}
