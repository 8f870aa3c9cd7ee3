"""SIM-022: new installations under conditions, a proposal."""

import pytest

from tests.project_cases import study

PLACES = [
    {"nom": "A", "valeur": "4,5", "installations": 8},
    {"nom": "B", "valeur": 2, "installations": 3},
]


@pytest.mark.mission("SIM-022")
def test_the_four_exceptions_and_the_label():
    found = study("installations", seuil=4, part_exceptions=25, territoires=PLACES)
    said = " ; ".join(row[0] for row in found.listings[0].rows)
    assert len(found.listings[0].rows) == 4
    for word in ("transmission", "mixte", "secteur 1", "QPV"):
        assert word in said
    assert "proposition 2022" in found.title
    assert "ce n'est pas la loi" in found.findings[0].text


@pytest.mark.mission("SIM-022")
def test_only_territories_above_the_threshold_send_elsewhere():
    found = study("installations", seuil=4, part_exceptions=25, territoires=PLACES)
    assert (found.known("ailleurs_1"), found.known("ailleurs_2")) == (6, 0)
    assert found.known("gardees_1") + found.known("ailleurs_1") == 8
