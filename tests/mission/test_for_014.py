"""FOR-014: intercommunalités at 3, 5 and 10 years, sorted by loss of APL."""

import pytest

from assemblier.data import facts
from assemblier.diagnosis.zonage import inhabitants
from assemblier.reports.zonage.simulation import Results, simulation_document
from assemblier.territory import epci_within, parse
from assemblier.zoning.anticipation import group_risks
from assemblier.zoning.doctors import simulate
from tests.zoning_study import CODES, study_of


@pytest.mark.mission("FOR-014")
def test_the_list_of_intercommunalites_is_sorted_by_loss():
    years = facts.apl_publiee()
    old, new = (
        dict(years.filter(years["millesime"] == year).select("code_commune", "apl_65").iter_rows())
        for year in (2022, 2024)
    )
    groups = {one.code: (one.nom, one.codes) for one in epci_within(parse("departement:43"))}
    found = group_risks(groups, old, new, inhabitants())
    losses = [one.loss for one in found]
    assert len(losses) == 11
    assert losses == sorted(losses, reverse=True)


@pytest.mark.mission("FOR-014")
def test_the_report_has_a_list_at_each_horizon():
    study = study_of([4.4, 3.5, 2.6])
    projections = {years: dict.fromkeys(CODES, 3.0 - years / 10) for years in (3, 5, 10)}
    document = simulation_document(Results(study, simulate(study.case), projections=projections))
    tables = {table.key: table for table in document.tables()}
    for years in (3, 5, 10):
        rows = tables[f"risques_{years}_ans"].rows
        losses = [row[3] for row in rows]
        assert losses == sorted(losses, reverse=True)
        assert f"risques_epci_{years}_ans" in tables
