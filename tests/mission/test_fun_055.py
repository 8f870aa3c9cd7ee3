"""FUN-055: CPER and European funds."""

import pytest

from tests.project_cases import plan

FUNDS = ("cper", "feder", "fse", "feader", "bpi")


@pytest.mark.mission("FUN-055")
def test_the_lines_sum_to_the_cost():
    found = plan(*({"financeur": one, "montant": 50_000} for one in FUNDS))
    assert not found.refusals
    lines = [found.known(f"aide_{rank}") for rank in range(1, len(FUNDS) + 2)]
    assert sum(lines) == found.known("somme") == found.known("cout")
