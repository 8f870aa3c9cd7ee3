"""A projection end to end: scores, zones, ageing, and what is refused."""

from pathlib import Path

import numpy as np
import pytest

from assemblier import access
from assemblier.errors import InputError
from assemblier.maths import careers
from assemblier.scenarios.projection import (
    LIBERAL,
    Arrival,
    Group,
    counted,
    hypotheses,
    listed,
    project,
    told_by_age,
)
from assemblier.scenarios.projection.ageing import ageing_of, need_factors
from assemblier.scenarios.projection.placement import ground_of, placement, supply_change
from assemblier.scenarios.projection.population import crowd
from assemblier.travel import chain_engine
from assemblier.zoning.doctors import Position
from assemblier.zoning.units import Partition
from tests.projection_cases import DAY, HERE, everyone, settled
from tests.stores import put

BASE = access.baseline(HERE, DAY, chain_engine(DAY))
NOW = counted(HERE, BASE, DAY)
BRIOUDE, PAULHAGUET = "43040", "43148"
UNITS = Partition("tvs", {BRIOUDE: "a", PAULHAGUET: "b"}, {"a": "Brioude", "b": "Paulhaguet"})


def test_scores_start_from_the_published_ones_and_fall_where_nobody_comes() -> None:
    found = project(HERE, NOW, settled(horizons=[2030, 2036]), DAY, BASE, sensitivity=False)
    near, far = found.horizons
    assert len(near.communes) == 256  # all but the one whose sources disagree
    assert "43234" not in {one.code for one in near.communes}
    assert far.mean.median.value < near.mean.median.value
    today = {one.code: one.today.value for one in near.communes}
    assert today[PAULHAGUET] == BASE.official[BASE.homes.index(PAULHAGUET)]
    # Draws are held on four bytes: a score is exact to a millionth.
    assert all(one.at.high.value <= today[one.code] + 1e-6 for one in far.communes)
    assert any("Socle ajusté" in note for note in found.notes)
    assert any("sources" in note or "contredit" in note for note in found.notes)


def test_zones_are_told_with_their_chances_where_the_territories_are_known() -> None:
    found = project(HERE, NOW, settled(), DAY, BASE, partition=UNITS, sensitivity=False)
    ((one, two),) = (horizon.territoires for horizon in found.horizons)
    assert (one.nom, two.nom) == ("Brioude", "Paulhaguet")
    for unit in (one, two):
        assert [chance.position for chance in unit.chances] == list(Position)
        assert sum(chance.share.value for chance in unit.chances) == pytest.approx(100)
        assert unit.at.median.value <= unit.today.value
    without = project(HERE, NOW, settled(), DAY, BASE, sensitivity=False)
    assert without.horizons[0].territoires == ()
    assert any("territoires de vie-santé" in note for note in without.notes)


def test_somebody_announced_raises_the_score_of_the_commune_they_come_to() -> None:
    frozen = settled(depart_taux=[0.0] * 7)
    coming = [Arrival(2030, 2, PAULHAGUET, LIBERAL, "annonce faite pour un essai")]
    found = project(HERE, NOW, frozen, DAY, BASE, coming, sensitivity=False)
    (horizon,) = found.horizons
    here = next(one for one in horizon.communes if one.code == PAULHAGUET)
    assert here.at.low.value == pytest.approx(here.at.high.value)
    assert here.at.median.value > here.today.value + 0.5


def test_the_sensitivity_table_has_its_greatest_effect_first_and_moves_the_access() -> None:
    alone = hypotheses(DAY, {"tirages": 100, "variante": "sans arrivée"})
    found = project(HERE, NOW, alone, DAY, BASE)
    effects = [max(abs(figure.value) for figure in one.stock) for one in found.sensitivity]
    assert effects == sorted(effects, reverse=True)
    factor = next(one for one in found.sensitivity if one.key == "facteur_departs")
    assert (factor.low, factor.high) == ("0,75", "1,25")
    assert factor.stock[0].value > 0 > factor.stock[1].value
    assert factor.apl[0].value > 0 > factor.apl[1].value
    assert {"cumul_part", "taux_installation"} <= {one.key for one in found.sensitivity}


def test_without_a_baseline_there_is_a_stock_and_no_score() -> None:
    found = project(HERE, listed([66, 61, 45], DAY), settled(), DAY)
    assert (found.horizons, found.cliff) == ((), ())
    assert found.years[0].stock.median.value == 3
    assert all(one.apl[0].value is None for one in found.sensitivity)


def test_every_problem_of_the_hypotheses_is_told_at_once() -> None:
    wrong = {
        "cumul_part": 1.2,
        "tirages": 0,
        "horizons": [2035, 2030],
        "variante": "au mieux",
        "installations": [(2030, -1)],
        "depart_taux": [0.1, 0.2],
        "cumul": "peut-être",
        "inconnue": 3,
    }
    with pytest.raises(InputError) as refused:
        hypotheses(DAY, wrong)
    told = str(refused.value)
    assert len(refused.value.problems) == len(wrong)
    assert all(key in told for key in wrong)


def test_every_problem_of_a_projection_is_told_at_once() -> None:
    coming = [Arrival(2030, -1), Arrival(2030, 1, "75056"), Arrival(2030, 1, mode="remplaçant")]
    with pytest.raises(InputError) as refused:
        project(HERE, everyone(), settled(horizons=[2020, 2150]), DAY, BASE, coming)
    told = str(refused.value)
    assert len(refused.value.problems) == 5
    assert "75056" in told and "remplaçant" in told and "2020, 2150" in told
    with pytest.raises(InputError, match="12, 130"):
        listed([66, 12, 130], DAY)


def test_ages_told_by_class_are_drawn_in_their_class(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    bands = [(50, 54, 20), (60, 64, 30), (75, None, None)]
    put(tmp_path, "ages_medecins", [
        {"niveau": "departement", "code": "43", "profession": "medecin_generaliste",
         "millesime": 2026, "age_debut": first, "age_fin": last, "effectif": count,
         "statut": "connu" if count else "secret"}
        for first, last, count in bands
    ], "cdom-essai", "2026")  # fmt: skip
    now = told_by_age(HERE)
    assert now is not None and now.count == 50
    assert "75 ans ou plus" in now.notes[0]
    ages = crowd(now, settled(), (), 10).present.ages
    assert (ages[:20].min(), ages[:20].max()) == (50, 54)
    assert (ages[20:].min(), ages[20:].max()) == (60, 64)
    found = project(HERE, now, settled(), DAY, BASE, sensitivity=False)
    assert any("50 praticiens" in note for note in found.notes)


def test_two_censuses_five_years_apart_make_the_needs_grow(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    known = access.embedded_people(BASE.method)
    put(tmp_path, "population_age", [
        {"code_commune": code, "millesime": 2018, "sexe": "ensemble", "age_debut": start,
         "age_fin": None if start == 95 else start + 4,
         # Made for the test: fewer of 65 or more five years before.
         "population": float(count) * (0.8 if start >= 65 else 1.0)}
        for code, people in known.people.items()
        for start, count in zip(range(0, 100, 5), people, strict=True)
    ], "recensement-essai", "2018")  # fmt: skip
    ageing = ageing_of(BASE)
    assert ageing.year == 2023
    factors = need_factors(ageing, BASE, 2036)[np.isin(BASE.homes, BASE.area)]
    assert np.median(factors) > 1.02
    older, same = (
        project(HERE, NOW, settled(depart_taux=[0.0] * 7), DAY, one, sensitivity=False)
        for one in (BASE, None)
    )
    assert older.horizons[0].mean.median.value < 3.6
    assert not any("tenus constants" in note for note in older.notes)
    assert older.years[-1].density.median.value != same.years[-1].density.median.value


def test_compiled_or_not_lives_and_supplies_are_the_same(monkeypatch) -> None:
    pytest.importorskip("numba")
    now = everyone(Group(40, 45, 70, PAULHAGUET), Group(30, 60, 60, BRIOUDE))
    found = settled(variante="taux observés", taux_installation=0.2)
    ground, changes, ends = ground_of(HERE, BASE), [], []
    for least in (1, 10**12):
        monkeypatch.setattr(careers, "WORTHWHILE", least)
        everybody = crowd(now, found, (), 10)
        ends.append(everybody.present.ends)
        changes.append(supply_change(placement(everybody, ground), 10))
    assert (ends[0] == ends[1]).all()
    assert changes[0] == pytest.approx(changes[1], abs=0.1)
