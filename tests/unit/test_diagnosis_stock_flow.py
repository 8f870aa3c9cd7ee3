import pytest

from assemblier.diagnosis.stock_flow import (
    BALANCE_DIFFERS,
    EVOLUTION_DIFFERS,
    FLOWS_DIFFER,
    SWAPPED,
    Printed,
    stock_flow,
)
from assemblier.diagnosis.stock_flow_table import read_stock_flow
from assemblier.errors import DataError
from assemblier.figures import Nature

HEADER = ["Effectifs présents au", "Haute-Loire", "AURA"]
ROWS = [
    ["30 septembre 2022", "194", "6 928"],
    ["30 septembre 2021", "187", "6 967"],
    ["Solde", "7", "-39"],
    ["<i>dont installations</i>", "16", "426"],
    ["dont cessations", "9", "465"],
    ["Evolution en %", "+ 3,7%", "- 0,6%"],
]


def printed(**changes: float | str | None) -> Printed:
    sound = {"installations": 16.0, "cessations": 9.0, "balance": 7.0, "evolution": 3.7}
    return Printed("généralistes", "Haute-Loire", "2022", 194, "2021", 187, **(sound | changes))


def test_a_sound_table_has_no_anomaly() -> None:
    found = stock_flow(printed())
    assert found.anomalies == ()
    assert found.balance.value == 7
    assert found.balance.nature is Nature.CALCULE
    assert found.stock.nature is Nature.CITE
    assert found.evolution.value == pytest.approx(100 * 7 / 187)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"installations": 9.0, "cessations": 16.0}, SWAPPED),
        ({"installations": 12.0}, FLOWS_DIFFER),
        ({"balance": 8.0}, BALANCE_DIFFERS),
        ({"evolution": 4.7}, EVOLUTION_DIFFERS),
    ],
)
def test_a_table_that_does_not_hold_together_is_flagged_and_not_repaired(
    changes: dict[str, float], code: str
) -> None:
    found = stock_flow(printed(**changes))
    assert [anomaly.code for anomaly in found.anomalies] == [code]
    assert found.balance.value == 7
    kept = {"installations": found.installations, "cessations": found.cessations}
    for name, figure in kept.items():
        assert figure.value == changes.get(name, {"installations": 16, "cessations": 9}[name])


def test_what_the_table_does_not_say_is_not_available() -> None:
    found = stock_flow(printed(installations=None, evolution=None))
    assert not found.installations.is_known
    assert not found.printed_evolution.is_known
    assert found.evolution.is_known
    assert found.anomalies == ()


def test_from_an_empty_stock_the_evolution_is_not_computable() -> None:
    found = stock_flow(Printed("x", "y", "2022", 3, "2021", 0))
    assert found.balance.value == 3
    assert found.evolution.note == "n.c."


def test_rows_and_columns_come_in_any_order() -> None:
    direct = read_stock_flow("g", HEADER, ROWS)
    turned_rows = [[row[2], row[0], row[1]] for row in reversed(ROWS)]
    turned = read_stock_flow("g", [HEADER[2], HEADER[0], HEADER[1]], turned_rows)
    assert set(turned) == set(direct)


def test_dot_and_comma_decimals() -> None:
    with_dots = [[cell.replace(",", ".") for cell in row] for row in ROWS]
    assert read_stock_flow("g", HEADER, with_dots) == read_stock_flow("g", HEADER, ROWS)


def test_every_problem_of_a_table_at_once() -> None:
    rows = [*ROWS[:2], ["Solde", "sept", ""], *ROWS[3:]]
    with pytest.raises(DataError) as error:
        read_stock_flow("g", HEADER, rows)
    assert [problem.found for problem in error.value.problems] == ["« sept »", "«  »"]


def test_a_missing_date_and_a_doubled_row_are_refused_together() -> None:
    with pytest.raises(DataError) as error:
        read_stock_flow("g", HEADER, [ROWS[0], ROWS[2], ROWS[2]])
    assert len(error.value.problems) == 2


def test_days_and_months_order_the_two_dates() -> None:
    rows = [["1er janvier 2023", "3"], ["31 décembre 2022", "5"]]
    (found,) = read_stock_flow("g", ["au", "x"], rows)
    assert (found.stock.value, found.balance.value) == (3, -2)
