"""OBS-037: maisons and centres de santé, with their label."""

import pytest

from assemblier.diagnosis.local import equipment, equipment_of
from assemblier.diagnosis.structures import inventory
from assemblier.figures import Nature
from assemblier.territory import parse


@pytest.mark.mission("OBS-037")
def test_haute_loire_on_1_january_2023():
    found = inventory(parse("departement:43"))
    assert (found.msp.value, found.msp_labelled.value, found.msp_unlabelled.value) == (17, 15, 2)
    assert {kind: figure.value for kind, figure in found.centres.items()} == {
        "centre de santé infirmier": 3,
        "centre de santé dentaire": 3,
        "centre de santé polyvalent": 1,
    }
    assert found.centres_total.value == 7
    assert found.msp.vintage == "1er janvier 2023"
    assert (found.msp.nature, found.centres_total.nature) == (Nature.CITE, Nature.CALCULE)


@pytest.mark.mission("OBS-037")
def test_structures_by_commune_come_from_the_equipment_census():
    departement = parse("departement:43")
    assert equipment(departement, "maison_de_sante").value == 20
    assert equipment(departement, "pharmacie").value == 78
    by_commune = equipment_of(departement.codes, "maison_de_sante")
    assert by_commune.sum() == 20
    assert (by_commune > 0).sum() > 10


@pytest.mark.mission("OBS-037")
def test_elsewhere_the_inventory_names_the_registry():
    found = inventory(parse("departement:63"))
    assert not found.msp.is_known
    assert "FINESS" in found.msp.missing
