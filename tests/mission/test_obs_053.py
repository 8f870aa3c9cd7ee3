"""OBS-053: need and supply of fixture territories, in four quadrants, the same every time."""

import datetime as dt
import random

import numpy as np
import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.need_index import (
    NeedAndSupply,
    Quadrant,
    classified,
    default_weights,
    need_and_supply,
)
from assemblier.figures import Figure, unavailable
from assemblier.reports.panorama import panorama
from assemblier.reports.panorama.need_index import need_table
from assemblier.territory import epci_of, parse

DAY = dt.date(2026, 11, 22)
WANTED = {
    "A": (20.0, 18_000, 25.0, 1.5, Quadrant.PRIORITY),
    "B": (19.0, 19_000, 24.0, 4.5, Quadrant.SERVED),
    "C": (9.0, 24_000, 15.0, 2.0, Quadrant.FRAGILE),
    "D": (8.0, 25_000, 14.0, 4.0, Quadrant.EASY),
}
"""Made for the test: age, living standard, ALD, APL, and the quadrant a reader would say."""


def made(order: tuple[str, ...] = ("A", "B", "C", "D"), **weights: float) -> NeedAndSupply:
    places = dict(zip(WANTED, epci_of(parse("departement:43")), strict=False))
    values, supply = [], []
    for name in order:
        old, income, ald, apl, _ = WANTED[name]
        values.append(
            {
                "age": Figure("75 ans ou plus", old, "%"),
                "revenu": Figure("niveau de vie", income, "€ par an"),
                "ald": Figure("ALD", ald, "%"),
            }
        )
        supply.append(Figure("APL", apl, "consultations"))
    groups = [places[name] for name in order]
    people = np.full(len(order), 1000.0)
    return classified(groups, values, supply, people, weights or default_weights(DAY), DAY)


@pytest.mark.mission("OBS-053")
def test_each_territory_is_in_its_quadrant_and_says_why() -> None:
    places = dict(zip(WANTED, epci_of(parse("departement:43")), strict=False))
    found = {part.perimeter.nom: part for part in made().parts}
    for name, (*_, quadrant) in WANTED.items():
        part = found[places[name].nom]
        assert part.quadrant is quadrant
        need, supply = part.reason.split(" ; ")
        assert ("≥ 0" in need) == ("besoin élevé" in quadrant)
        assert supply.endswith("< 3,00") == ("offre faible" in quadrant)


@pytest.mark.mission("OBS-053")
def test_the_classification_is_deterministic_whatever_the_order() -> None:
    names = list(WANTED)
    first = {part.perimeter.nom: part.quadrant for part in made().parts}
    for seed in range(6):
        random.Random(seed).shuffle(names)
        again = made(tuple(names))
        assert {part.perimeter.nom: part.quadrant for part in again.parts} == first
        assert [part.perimeter.nom for part in again.parts] == [
            part.perimeter.nom for part in made().parts
        ]


@pytest.mark.mission("OBS-053")
def test_the_index_is_the_hand_calculation() -> None:
    found = made(age=2.0).parts[0]
    ages = np.array([row[0] for row in WANTED.values()])
    assert found.need.value == pytest.approx((20 - ages.mean()) / ages.std())
    assert "Poids choisis" in found.need.provenance.parameters[0]


@pytest.mark.mission("OBS-053")
def test_the_weights_are_seen_and_change_the_reading(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["territoire", "besoin", "departement:43", "--poids", "age=2"]) == 0
    assert "Poids de l'indice" in capsys.readouterr().out
    found = need_and_supply(parse("departement:43"), DAY)
    assert len(found.parts) == 11
    assert set(found.weights) == {"age"}
    assert set(found.left_out) == {"niveau de vie médian", "part des patients en ALD"}
    labels = [column.label for column in need_table(found).columns]
    assert "Pourquoi" in labels


@pytest.mark.mission("OBS-053")
def test_the_panorama_reads_the_need_in_regard_of_the_supply() -> None:
    document = panorama(parse("departement:43"), DAY)
    table = next(one for one in document.tables() if one.key == "besoin_offre")
    assert len(table.rows) == 11
    assert {row[6] for row in table.rows} <= {quadrant.value for quadrant in Quadrant}


def test_a_part_without_supply_is_in_no_quadrant() -> None:
    found = classified(
        epci_of(parse("departement:43"))[:2],
        [
            {"age": Figure("75 ans", 10.0, "%")} | UNKNOWN,
            {"age": Figure("75 ans", 12.0, "%")} | UNKNOWN,
        ],
        [Figure("APL", 3.0), unavailable("APL", "DREES")],
        np.array([1.0, 1.0]),
        default_weights(DAY),
        DAY,
    )
    assert sorted(str(part.quadrant) for part in found.parts) == [
        "None",
        "besoin faible, offre élevée",
    ]


UNKNOWN = {name: unavailable(name, "un fichier") for name in ("revenu", "ald")}


@pytest.mark.parametrize("weights", ["age", "age=-1", "sexe=1", "age=0", "age=inf"])
def test_a_weight_that_is_not_one_is_refused(weights: str) -> None:
    assert run(["territoire", "besoin", "departement:43", "--poids", weights]) == 2
