"""FUN-006: the CSTM, and the two readings of its threshold."""

import re

import pytest

from assemblier.aids.catalogue import dispositif
from assemblier.aids.engine import Situations, ask
from assemblier.reports.aides import place_text
from tests.aids_answers import CSTM, IN_2019, amount, missed


@pytest.mark.mission("FUN-006")
def test_a_quarter_of_the_fees_capped():
    assert amount("CSTM", CSTM, honoraires_an=100_000) == 25_000
    assert amount("CSTM", CSTM, honoraires_an=240_000) == 50_000


@pytest.mark.mission("FUN-006")
def test_nine_days_are_not_enough_and_the_conflict_is_displayed():
    assert missed("CSTM", CSTM, jours_par_an=9) == ["activite"]
    study = ask(Situations(1, {**CSTM, "jours_par_an": 9}), IN_2019, aids=[dispositif("CSTM")])
    said = re.sub(r"\s", " ", place_text(study, "CSTM"))
    assert "il en faut 10 jours par an (ou 10 heures par mois" in said
    assert "X-04" in said
    assert "10 jours par an en ZIP" in said
