"""OBS-059: a territory outside the zoning whose projected APL falls under 2.5 is « à risque »."""

import pytest

from assemblier.reports.zonage.simulation import Results, simulation_document
from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import simulate
from tests.zoning_study import CODES, study_of


@pytest.mark.mission("OBS-059")
def test_a_territory_outside_the_zoning_that_would_fall_is_listed_at_risk():
    study = study_of([4.4, 4.5, 1.0])
    found = simulate(study.case)
    assert found.zone_of("43157") is Zonage.HZ
    projected = dict(zip(CODES, (2.4, 2.5001, 0.5), strict=True))
    document = simulation_document(Results(study, found, projections={5: projected}))
    table = {table.key: table for table in document.tables()}["risques_5_ans"]
    risk = {row[0]: row[5] for row in table.rows}
    assert risk["Le Puy-en-Velay"] == "à risque"
    assert risk["Saugues"] == "vivier"  # above 2.5, although it would be shown 2,50
    assert risk["Langeac"] == "ZIP obligatoire"  # there already
    titles = [section.title for part in document.parts for section in part.sections]
    assert "Dans 5 ans, 1 territoire de plus sous le seuil des ZIP" in titles
