"""OBS-058: raising the threshold from 2.5 to 3 only adds territories, on the published APL."""

import datetime as dt
from itertools import pairwise

import pytest

from assemblier.data import facts
from assemblier.reports.zonage.simulation import Results, simulation_document
from assemblier.territory import index
from assemblier.zoning.doctors import Case, Position, simulate
from assemblier.zoning.rules import Ceilings, rules_at
from assemblier.zoning.sensitivity import with_thresholds
from assemblier.zoning.units import Territoire
from tests.zoning_study import study_of

ON = dt.date(2024, 6, 1)


@pytest.fixture
def haute_loire():
    """Each commune of Haute-Loire as a territory, with its published APL of 2024."""
    rows = index()
    table = facts.apl_publiee().filter(facts.apl_publiee()["millesime"] == 2024)
    units = tuple(
        Territoire(
            code, code, apl, {"84": float(rows.population[rows.positions([code])][0])}, (code,)
        )
        for code, apl in table.select("code_commune", "apl_65").iter_rows()
    )
    return Case("84", units, rules_at(ON), Ceilings("84", 0.25, 0.5, 0.75, "essai"))


@pytest.mark.mission("OBS-058")
def test_raising_the_threshold_only_adds_to_the_under_dense_set(haute_loire):
    sets, counts = [], []
    for threshold in (2.5, 2.6, 2.75, 3.0):
        found = with_thresholds(haute_loire, threshold, None)
        sets.append({d.unit.code for d in found.decisions if d.position is Position.OBLIGATOIRE})
        counts.append({d.unit.code for d in found.decisions if d.zone.is_helped})
    assert all(one <= other for one, other in pairwise(sets))
    assert all(one <= other for one, other in pairwise(counts))
    assert len(sets[0]) < len(sets[-1])


@pytest.mark.mission("OBS-058")
def test_an_argued_opinion_lists_the_territories_that_change():
    study = study_of([2.7, 3.5, 4.5])
    official = simulate(study.case)
    tried = with_thresholds(study.case, 3.0, 4.6)
    document = simulation_document(Results(study, tried, official, "Le bassin perd deux médecins."))
    text = " ".join(block.text for block in document.summary if hasattr(block, "text"))
    assert "Le bassin perd deux médecins." in text
    tables = {table.key: table for table in document.tables()}
    assert {row[0] for row in tables["bac_a_sable"].rows} >= {"43157"}
