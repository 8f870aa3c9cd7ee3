"""FOR-008, what people see: the variant without national growth comes first, and has its chart."""

import pytest

from assemblier.reports.document import Chart, Finding
from assemblier.reports.projection import Foreseen, projection_document
from assemblier.scenarios.projection import Group, hypotheses, observed_flow, project, rows
from tests.projection_cases import DAY, HERE, everyone


@pytest.mark.mission("FOR-008")
@pytest.mark.parametrize("flow", [None, observed_flow(HERE)])
def test_the_first_sentence_is_that_without_national_growth(flow) -> None:
    settings = hypotheses(DAY, {"tirages": 60}, flow)
    found = project(HERE, everyone(Group(150)), settings, DAY, sensitivity=False)
    document = projection_document(Foreseen(found, rows(settings)), DAY)
    first = next(block for block in document.summary if isinstance(block, Finding))
    assert "sans croissance nationale" in first.text
    assert found.pessimistic[-1].stock.median in first.figures
    (chart,) = [
        block
        for block in document.blocks()
        if isinstance(block, Chart) and block.key == "eventail-sans_croissance"
    ]
    assert [row[1] for row in chart.table.rows] == [one.stock.median for one in found.pessimistic]
