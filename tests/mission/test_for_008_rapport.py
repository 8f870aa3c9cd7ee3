"""FOR-008, what people see: the variant without national growth comes first, and has its chart."""

import pytest

from assemblier.access import baseline
from assemblier.reports.document import Chart, ChartKind, Finding, Map
from assemblier.reports.projection import Foreseen, projection_document
from assemblier.scenarios.projection import Group, hypotheses, observed_flow, project, rows
from assemblier.travel import chain_engine
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
    chart, *_ = [
        block
        for block in document.blocks()
        if isinstance(block, Chart) and block.kind is ChartKind.FAN
    ]
    assert [row[1] for row in chart.table.rows] == [one.stock.median for one in found.pessimistic]
    assert chart.table.columns[1].label == "sans croissance"
    assert found.courses[0].years == found.pessimistic


@pytest.mark.mission("FOR-008")
def test_every_score_that_comes_first_is_without_national_growth() -> None:
    settings = hypotheses(DAY, {"tirages": 60}, observed_flow(HERE))
    base = baseline(HERE, DAY, chain_engine(DAY))
    found = project(HERE, everyone(Group(150)), settings, DAY, base, sensitivity=False)
    first, beside = found.courses
    assert first.horizons == found.pessimistic_horizons
    for prudent, observed in zip(first.horizons, beside.horizons, strict=True):
        assert prudent.mean.median.known_value() < observed.mean.median.known_value()
    document = projection_document(Foreseen(found, rows(settings), flow=observed_flow(HERE)), DAY)
    drawn = [block for block in document.blocks() if isinstance(block, Map)]
    assert drawn
    assert all(block.title.startswith("Sans croissance nationale") for block in drawn)


@pytest.mark.mission("FOR-002")
def test_the_observed_year_is_shown_with_what_it_came_to_and_is_no_forecast() -> None:
    settings, flow = hypotheses(DAY, {"tirages": 60}, observed_flow(HERE)), observed_flow(HERE)
    found = project(HERE, everyone(Group(187)), settings, DAY, sensitivity=False)
    document = projection_document(Foreseen(found, rows(settings), flow=flow), DAY)
    told = [block for block in document.summary if isinstance(block, Finding)]
    assert "16 arrivées et 9 départs pour 187, soit 194 un an après" in told[1].text
    assert "pas une prévision" in told[1].text
    (section,) = [one for part in document.parts for one in part.sections if one.key == "effectif"]
    (cited,) = [block for block in section.blocks if isinstance(block, Finding)]
    assert flow.stock in cited.figures
    assert flow.stock.value == 194
