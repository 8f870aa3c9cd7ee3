"""FOR-012: the preference of entrants for salaried work moves them to centres de santé."""

import pytest

from assemblier.scenarios.projection import LIBERAL, SALARIE, Arrival, Group, project
from tests.projection_cases import DAY, HERE, everyone, settled

NOW = everyone(Group(50, 40, 40))
ARRIVING = {"variante": "taux observés", "installations": [(2030, 10)]}


def entrants(salaried: float, *announced: Arrival) -> dict[str, float]:
    found = project(HERE, NOW, settled(salariat=salaried, **ARRIVING), DAY, arrivals=announced,
                    sensitivity=False)  # fmt: skip
    (year,) = (one for one in found.years if one.year == 2030)
    return {mode: figure.known_value() for mode, figure in year.by_mode.items()}


@pytest.mark.mission("FOR-012")
def test_changing_the_share_moves_entrants_to_centres_de_sante() -> None:
    few, many = entrants(0.1), entrants(0.6)
    assert few == {LIBERAL: pytest.approx(9), SALARIE: pytest.approx(1)}
    assert many == {LIBERAL: pytest.approx(4), SALARIE: pytest.approx(6)}


@pytest.mark.mission("FOR-012")
def test_somebody_whose_mode_is_announced_keeps_it() -> None:
    found = entrants(0.6, Arrival(2030, 2, mode=LIBERAL, label="annonce faite pour un essai"))
    assert found == {LIBERAL: pytest.approx(6), SALARIE: pytest.approx(6)}
