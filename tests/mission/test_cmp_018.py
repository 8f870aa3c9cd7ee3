"""CMP-018: a measure that was refused is never told as the law."""

import datetime as dt

import pytest

from assemblier.data.measures import Status, measures


@pytest.mark.mission("CMP-018")
def test_the_consultation_at_30_euros_is_refused_not_current():
    (found,) = [one for one in measures() if "niveau 1" in one.label]
    assert found.amount.startswith("30€")
    assert found.status(dt.date(2023, 2, 27)) is Status.PROPOSEE
    assert found.status(dt.date(2023, 2, 28)) is Status.REJETEE
    assert found.status(dt.date(2022, 1, 1)) is None
    assert Status.EN_VIGUEUR not in {status for _, status in found.history}


@pytest.mark.mission("CMP-018")
def test_every_measure_of_the_negotiation_is_refused_and_shown_so(racine):
    page = (racine / "docs" / "textes.md").read_text(encoding="utf-8")
    listed = page.split("## Mesures proposées et non adoptées")[1]
    assert len(measures()) == 8
    for one in measures():
        assert one.status(dt.date(2026, 11, 22)) is Status.REJETEE
    assert listed.count("rejetée depuis le 28 février 2023") == len(measures())
