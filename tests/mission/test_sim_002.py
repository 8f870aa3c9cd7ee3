"""SIM-002: where to open a MSP, so that most inhabitants pass 2.5, ties by travel time."""

import datetime as dt
from itertools import combinations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.errors import InputError
from assemblier.maths.assimilation import score_operator
from assemblier.reports.document import Finding
from assemblier.reports.implantation import implantation_document
from assemblier.scenarios.choosing import Objective, Rules, alternatives, choice, value_of
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.network import Network
from assemblier.scenarios.siting import Request, Structure, sited
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
MINUTES = np.array([[0.0, 8.0, 18.0], [8.0, 0.0, 11.0], [18.0, 11.0, 0.0]])
WEIGHTS = np.array([[1.0, 1.0, 0.3], [1.0, 1.0, 0.6], [0.3, 0.6, 1.0]])
EVERY_PAIR = np.nonzero(np.ones((3, 3)))


def toy(people: list[float], score: list[float], capacity: float) -> Network:
    operator = score_operator(np.array(people), sp.csr_array(WEIGHTS))
    minutes = sp.csc_array((MINUTES.ravel(), EVERY_PAIR), shape=(3, 3))
    return Network(
        np.array(score), np.array(people), sp.csc_array(operator * capacity), minutes, 2.5, 15.0
    )


def by_hand(network: Network, objective: Objective, chosen: tuple[int, ...]) -> float:
    """Compute a value from the definition of its objective, home by home."""
    total, gains = 0.0, network.gains.toarray()
    for home, (people, score) in enumerate(zip(network.people, network.score, strict=True)):
        after = score + sum(gains[home, place] for place in chosen)
        if score >= 2.5:
            continue
        if objective is Objective.SEUIL:
            total += people * (after >= 2.5)
        elif objective is Objective.COUVERTURE:
            total += people * any(MINUTES[home, place] <= 15 for place in chosen)
        else:
            total += people * ((2.5 - score) ** 2 - max(0.0, 2.5 - after) ** 2)
    return total


toys = st.builds(
    toy,
    st.lists(st.integers(100, 5000).map(float), min_size=3, max_size=3),
    st.lists(st.floats(0, 4), min_size=3, max_size=3),
    st.floats(500, 20000),
)


@pytest.mark.mission("SIM-002")
@pytest.mark.parametrize("objective", Objective)
@given(network=toys, count=st.integers(1, 3))
def test_the_optimum_equals_brute_force(objective: Objective, network: Network, count: int) -> None:
    found = choice(network, objective, Rules(count))
    best = max(by_hand(network, objective, one) for one in combinations(range(3), count))
    assert found.value == pytest.approx(best)
    assert by_hand(network, objective, found.chosen) == pytest.approx(best)
    assert found.gap == pytest.approx(0, abs=1e-6)


@pytest.mark.mission("SIM-002")
@given(network=toys, count=st.integers(1, 2), objective=st.sampled_from(list(Objective)))
def test_alternatives_lose_at_most_one_percent(
    network: Network, count: int, objective: Objective
) -> None:
    found = choice(network, objective, Rules(count))
    value = value_of(network, objective, Rules(count))
    assert value(found.chosen) == pytest.approx(by_hand(network, objective, found.chosen))
    for out, new, reached in alternatives(network, objective, Rules(count), found):
        swapped = tuple({*found.chosen} - {out} | {new})
        assert reached == pytest.approx(by_hand(network, objective, swapped))
        assert reached >= 0.99 * found.value


@pytest.mark.mission("SIM-002")
def test_at_equality_the_least_travel_time_wins() -> None:
    network = toy([1000.0, 1000.0, 1000.0], [2.4, 2.4, 2.4], 50_000)
    assert [network.raised([one]) for one in range(3)] == [3000.0] * 3
    assert choice(network, Objective.SEUIL, Rules(1)).chosen == (1,)


@pytest.mark.mission("SIM-002")
def test_more_places_than_communes_are_refused() -> None:
    with pytest.raises(InputError, match="--nombre"):
        choice(toy([1.0, 1.0, 1.0], [0.0, 0.0, 0.0], 1.0), Objective.MANQUE, Rules(4))


@pytest.mark.mission("SIM-002")
def test_the_command_names_the_places_and_says_what_is_proven(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["implantation", "epci:200073419", "--structure", "msp", "--nombre", "2"]) == 0
    out = capsys.readouterr().out
    assert "aucun autre choix ne fait mieux dans ce modèle" in out
    assert "le modèle s'en écarte de" in out
    assert "voisins" in out


@pytest.mark.mission("SIM-002")
def test_the_report_says_for_each_place_who_gains() -> None:
    perimeter = territory.parse("epci:200073419")
    engine = chain_engine(ON)
    base = access.baseline(perimeter, ON, engine)
    found = sited(perimeter, base, engine, ON, Request(Structure.CENTRE, count=3))
    document = implantation_document(found, ON)
    told = [block.text for block in document.summary if isinstance(block, Finding)]
    names = [name_of(perimeter.codes[place]) for place in found.choice.chosen]
    assert len(names) == 3
    assert [text.split(" (")[0] for text in told[1:4]] == names
    assert found.gain @ base.people == pytest.approx(found.capacities[:3].sum())
    assert found.consultations(True) + found.consultations(False) == pytest.approx(
        found.capacities[:3].sum()
    )


@pytest.mark.mission("SIM-002")
def test_where_nobody_lacks_no_place_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["implantation", "commune:43157", "--structure", "msp"]) == 0
    assert "Aucun lieu ne réduit le manque" in capsys.readouterr().out
