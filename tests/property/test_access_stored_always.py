"""Each test is a line of « Always true » of the supply and the needs of what was imported."""

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier import access
from assemblier.access.stored_supply import RPPS, corrected_supply, register_supply
from assemblier.access.weights import recovery
from assemblier.errors import DataError
from assemblier.territory import parse
from tests.stores import put

few = settings(deadline=None, max_examples=15)
ON = dt.date(2024, 1, 1)
GP = "medecin_generaliste"
CODES = parse("departement:48").codes
Rows = list[dict[str, object]]


@contextmanager
def a_store() -> Iterator[Path]:
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, ASSEMBLIER_DONNEES=folder),
    ):
        yield Path(folder)


PEOPLE = st.lists(
    st.tuples(
        st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True),
        st.sampled_from(["liberal", "salarie", "benevole", None]),
        st.sampled_from(["Cabinet individuel", "Centre de santé", "Etablissement public de santé"]),
    ),
    min_size=1,
    max_size=12,
)


def practices(people: list[tuple[list[str], str | None, str]]) -> Rows:
    """The lines of a register: each person once at each place, their activity shared."""
    return [
        {"code_commune": code, "profession": GP, "mode_exercice": mode, "secteur": sector,
         "effectif": 1, "part_activite": 1 / len(codes)}
        for codes, mode, sector in people
        for code in codes
    ]  # fmt: skip


def counts(mode: str | None, sector: str) -> bool:
    is_own = mode in (None, "liberal") and sector == "Cabinet individuel"
    return sector == "Centre de santé" or is_own


@few
@given(PEOPLE)
def test_register_supply_counts_each_person_once_and_no_hospital(people) -> None:
    with a_store() as folder:
        put(folder, "exercices", practices(people), RPPS, "2026-01-15")
        found = register_supply(RPPS, access.method(GP, ON))
    expected = sum(counts(mode, sector) for _, mode, sector in people)
    total = 0.0 if found is None else float(found.table["effectif"].sum())
    assert total == pytest.approx(expected)


@few
@given(PEOPLE, st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True))
def test_corrected_supply_leaves_the_communes_nobody_corrected(people, corrected) -> None:
    rows = [{"code_commune": code, "profession": GP, "effectif": 7} for code in corrected]
    method = access.method(GP, ON)
    with a_store() as folder:
        put(folder, "exercices", practices(people), RPPS, "2026-01-15")
        put(folder, "offre_locale", rows, "offre-locale-departement:48", "2026-02-01")
        base = register_supply(RPPS, method)
        assert base is not None
        found = corrected_supply(base, method)
    assert found is not None
    before, after = base.by_commune(), found.by_commune()
    assert all(after[code] == pytest.approx(7 * method.per_place) for code in corrected)
    assert {code: acts for code, acts in after.items() if code not in corrected} == pytest.approx(
        {code: acts for code, acts in before.items() if code not in corrected}
    )


@few
@given(st.integers(2020, 2024), st.integers(2016, 2024))
def test_recovery_uses_the_census_of_the_very_year_only(year: int, census: int) -> None:
    rng = np.random.default_rng(year)
    starts = (0, 20, 65)
    people = rng.integers(1, 300, (30, 3)).astype(float)
    ages = [
        {"code_commune": code, "millesime": census, "sexe": "ensemble", "age_debut": age,
         "age_fin": end, "population": float(count)}
        for code, row in zip(CODES, people, strict=False)
        for age, end, count in zip(starts, (19, 64, None), row, strict=True)
    ]  # fmt: skip
    published = [
        {"code_commune": code, "profession": GP, "millesime": year, "apl": 3.0,
         "population_standardisee": float(row @ (1.3, 0.7, 1.5))}
        for code, row in zip(CODES, people, strict=False)
    ]  # fmt: skip
    with a_store() as folder:
        put(folder, "population_age", ages, "insee-rp", str(census))
        put(folder, "apl_publiee", published, f"drees-apl-{GP}", str(year))
        if census != year - 2:
            with pytest.raises(DataError):
                recovery(access.method(GP, ON))
            return
        found = recovery(access.method(GP, ON))
    assert found.people_year == census
    assert found.weights == pytest.approx((1.3, 0.7, 1.5))
