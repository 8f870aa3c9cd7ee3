"""OBS-005: a score is explained place by place, by activity and not by headcount."""

import datetime as dt

import polars as pl
import pytest

from assemblier import access, territory
from assemblier.reports.apl_document import explanation_table
from assemblier.travel import chain_engine

ON = dt.date(2024, 1, 1)


@pytest.mark.mission("OBS-005")
@pytest.mark.parametrize("profession", access.PROFESSIONS)
def test_contributions_sum_to_the_score_within_a_hundredth(profession):
    perimeter = territory.parse("epci:200073419")
    study = access.study(perimeter, profession, ON, chain_engine(ON))
    for code in perimeter.codes:
        found = access.explanation(study.found, code)
        assert abs(sum(part.contribution for part in found.contributions) - found.score) < 0.01


@pytest.mark.mission("OBS-005")
def test_centres_de_sante_are_named_with_their_minutes_and_activity():
    rows = pl.DataFrame(
        {
            "code_commune": ["43157", "43157"],
            "profession": ["medecin_generaliste"] * 2,
            "site": ["cabinet", "centre"],
            "nom_site": ["Cabinet du Breuil", "Centre de santé"],
            "activite": [4000.0, 6000.0],
            "situation": [None, "centre_de_sante"],
        }
    )
    method = access.method("medecin_generaliste", ON)
    perimeter = territory.parse("commune:43157")
    supply = access.practice_supply(rows, method, perimeter.codes, access.published_source())
    study = access.study(perimeter, "medecin_generaliste", ON, chain_engine(ON), supply=supply)
    found = access.explanation(study.found, "43157")
    centre, cabinet = found.contributions
    assert (centre.nature, cabinet.nature) == ("centre de santé", "cabinet")
    assert centre.contribution / cabinet.contribution == pytest.approx(1.5)
    table = explanation_table(study, found)
    assert [row[0] for row in table.rows] == ["Centre de santé", "Cabinet du Breuil"]
    told = dict(zip([column.key for column in table.columns], table.rows[0], strict=True))
    assert told["minutes"] == 0.0
    assert told["poids"] == 1.0
    assert told["activite"] == 6000.0
