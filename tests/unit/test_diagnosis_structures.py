import pytest

from assemblier.diagnosis.structures import (
    LABELLED,
    PLANNED,
    Cpts,
    coverage,
    cpts_coverage,
    inventory,
)
from assemblier.figures import Figure, unavailable
from assemblier.territory import parse


def people(value: float | None) -> Figure:
    return unavailable("p", "ARS") if value is None else Figure("p", value, "habitants")


def test_only_projects_without_a_territory_are_white_areas() -> None:
    cpts = (
        Cpts("A", LABELLED, people(10)),
        Cpts("B", PLANNED, people(None)),
        Cpts("C", LABELLED, people(None)),
    )
    found = coverage(cpts, people(100))
    assert found.white_areas == ("B",)
    assert found.labelled_population.value == 10
    assert "C" in found.labelled_population.note
    assert found.labelled_share.value == 10


def test_a_territory_of_unknown_population_has_no_rate() -> None:
    found = coverage((Cpts("A", LABELLED, people(10)),), people(None))
    assert not found.labelled_share.is_known


@pytest.mark.parametrize("expression", ["departement:63", "commune:43157", "epci:200073419"])
def test_the_presentation_speaks_of_the_departement_as_a_whole_only(expression: str) -> None:
    perimeter = parse(expression)
    assert not inventory(perimeter).msp.is_known
    assert not cpts_coverage(perimeter).labelled_population.is_known
