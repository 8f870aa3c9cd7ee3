"""FUN-054: Banque des Territoires."""

import pytest

from tests.project_cases import plan


@pytest.mark.mission("FUN-054")
def test_the_contact_card_is_there():
    found = plan({"financeur": "banque_des_territoires", "montant": 100_000})
    assert not found.refusals
    row = next(row for row in found.listings[0].rows if row[0].startswith("Banque"))
    assert "guichet unique" in row[1] and "www.banquedesterritoires.fr" in row[2]
