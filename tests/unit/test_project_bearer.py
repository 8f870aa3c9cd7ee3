"""What the bearer of a plan pays: its own lines, its minimal share, the caps of the State."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from assemblier.projects.study import Study
from tests.project_cases import PLAN, refused, study

TODAY = dt.date(2026, 11, 22)
COSTS = [{"nature": "construction", "montant_ht": 1_000_000}]


def told(*lines: tuple[str, int], on: dt.date = TODAY, **changes: Any) -> Study:
    funds = [{"financeur": fund, "montant": amount} for fund, amount in lines]
    answers = {**PLAN, "depenses": COSTS, "financements": funds, **changes}
    return study("financement", on, **answers)


def plain(found: Study) -> str:
    text = " ".join((*(one.text for one in found.findings), *found.warnings, refused(found)))
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_line_of_the_bearer_is_what_it_pays() -> None:
    found = told(("detr", 700_000), ("region", 200_000), ("epci", 300_000))
    assert found.known("porteur") == 300_000
    assert "Le porteur paie 300 000 €, 25 % des financements publics" in plain(found)
    assert "« Intercommunalité » est comptée comme payée par le porteur" in plain(found)
    assert not found.refusals


def test_another_local_authority_is_an_aid() -> None:
    found = told(("detr", 700_000), ("collectivite", 200_000), ("epci", 300_000))
    assert found.known("porteur") == 300_000
    assert found.known("publics") == 900_000


def test_a_line_of_a_local_authority_is_not_of_an_association() -> None:
    found = told(("epci", 700_000), ("emprunt", 500_000), porteur="association")
    assert found.known("porteur") == 500_000
    assert not found.refusals
    assert "participation" not in found.calculation.row_of


def test_under_the_minimal_share_the_plan_is_refused_with_what_is_missing() -> None:
    found = told(("detr", 800_000), ("region", 300_000), ("epci", 100_000))
    assert found.known("participation_manque") == 140_000
    said = plain(found)
    assert "Refusé : une part du porteur de 100 000 €, 8,3 % des financements publics" in said
    assert "20 % au moins, soit 240 000 € : il manque 140 000 €" in said
    assert "L. 1111-10" in said and "source secondaire" in said


@pytest.mark.parametrize("answer", ["derogation", "convention_npnru"])
def test_where_an_exception_may_apply_it_is_to_be_checked(answer: str) -> None:
    lines = (("detr", 800_000), ("region", 300_000), ("epci", 100_000))
    answers: dict[str, Any] = {"qpv": "oui", answer: "oui"}
    found = told(*lines, **answers)
    assert not found.refusals
    assert "À vérifier auprès du préfet : il manque 140 000 € à la part du porteur" in plain(found)


def test_the_compensation_of_vat_is_neither_an_aid_nor_the_share_of_the_bearer() -> None:
    lines = [
        {"financeur": "dsil", "montant": 800_000},
        {"financeur": "fctva"},
        {"financeur": "autofinancement"},
    ]
    found = told(financements=lines)
    assert found.known("fctva") == Fraction("196848")
    assert found.known("porteur") == 1_200_000 - 800_000 - 196_848
    assert found.known("publics") == 800_000
    assert "et avance 196 848 € que le FCTVA doit rendre" in plain(found)
    assert "compte 2132" in plain(found)
    assert "peut être compensée" in plain(told(("emprunt", 1_200_000)))
    assert "dire la zone" in plain(told(("emprunt", 1_200_000), zone=None, zone_rurale=None))


def test_the_grants_of_the_state_are_capped_on_the_cost_without_tax() -> None:
    found = told(("detr", 500_000), ("dsil", 350_000), ("autofinancement", 350_000))
    said = plain(found)
    assert "dotations de l'État à 85 % du coût hors taxes" in said
    assert "80 % au plus de la dépense retenue, hors taxes, soit 800 000 €" in said
    assert not told(("detr", 450_000), ("dsil", 350_000), ("emprunt", 400_000)).refusals
    # The text that was read is of 2021: before, nothing is said.
    before = told(("detr", 850_000), ("emprunt", 350_000), on=dt.date(2021, 10, 5))
    assert not before.refusals


def test_a_plan_that_lacks_money_says_how_much_where_it_says_its_share() -> None:
    found = told(("detr", 600_000), ("emprunt", 118_200))
    said = found.findings[0].text.replace("\u202f", " ").replace("\u00a0", " ")
    assert said.endswith("le plan en finance 59,9 % : il manque 481 800 €.")
    assert "financés" not in said
