"""FUN-040: the secondary practices of the Indre: both readings of the cap are shown."""

import pytest

from assemblier.reports.aides.wording import contradiction_lines
from tests.aid_cases import GUIDE, amounts, answer

WHO = {"type_structure": "msp", "cree_un_cabinet_secondaire": "oui"}


@pytest.mark.mission("FUN-040")
@pytest.mark.parametrize(
    ("works", "cap_on_aid", "cap_on_works"),
    [(400_000, 100_000, 50_000), (1_000_000, 200_000, 50_000)],
)
def test_the_two_readings_are_computed(works, cap_on_aid, cap_on_works):
    found = answer("EX_INDRE_MSP", GUIDE, **WHO, travaux_ht=works)
    assert amounts(found) == {"montant": cap_on_aid, "autre_lecture": cap_on_works}
    (told,) = contradiction_lines(found.aid)
    assert "deux façons" in told
