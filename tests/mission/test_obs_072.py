"""OBS-072: the method sheet of the zoning lists the three components of its indicator."""

import pytest

from assemblier.reports.document import Items
from assemblier.reports.zonage.simulation import Results, simulation_document
from assemblier.zoning.doctors import simulate
from tests.zoning_study import study_of


@pytest.mark.mission("OBS-072")
def test_the_method_sheet_lists_the_three_components_and_each_territory_has_its_value():
    study = study_of([2.0, 3.0, 4.5])
    document = simulation_document(Results(study, simulate(study.case)))
    sheets = [block for block in document.blocks() if isinstance(block, Items)]
    (components,) = [block for block in sheets if "composantes" in block.title]
    assert len(components.items) == 3
    for words, item in zip(
        (
            "activité des médecins généralistes",
            "consommation de soins",
            "nombre moyen de consultations",
        ),
        components.items,
        strict=True,
    ):
        assert words in item
    table = {table.key: table for table in document.tables()}["zonage_territoires"]
    assert [row[2] for row in table.rows] == [4.5, 2.0, 3.0]
