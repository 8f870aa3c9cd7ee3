"""What a council reads of a scenario: days, places, names, and how sure each sentence is."""

import datetime as dt
import re
from dataclasses import replace
from functools import cache

import pytest

from assemblier import access, territory
from assemblier.errors import InputError
from assemblier.reports.document import Finding, Items, Map, Table
from assemblier.reports.maps import legend_classes, map_svg
from assemblier.reports.scenario import communes_table, scenario_document
from assemblier.reports.scenario.places import place_table
from assemblier.scenarios import Outcome, outcome, read_scenario
from assemblier.scenarios.places import places
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
RETIRED, ANTENNA = "43148:medecin_generaliste:2", "43148:43040:20"


@cache
def base() -> access.Baseline:
    return access.baseline(territory.parse("departement:43"), ON, ENGINE)


@cache
def tried(removal: str = RETIRED, antenna: str = ANTENNA) -> Outcome:
    draft = read_scenario(None, (removal,), antennas=(antenna,) if antenna else ())
    return outcome(draft.scenario, base(), ON, ENGINE, draft.problems)


def dated() -> Outcome:
    return tried(f"{RETIRED}:2027-06-30", f"{ANTENNA}:2028-01-01")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def summary(found: Outcome) -> tuple[str, ...]:
    document = scenario_document(found, ON, None, places(found, ON, ENGINE))
    texts = [block.text for block in document.summary if isinstance(block, Finding)]
    texts += [one for block in document.summary if isinstance(block, Items) for one in block.items]
    return tuple(plain(one) for one in (document.title, document.subtitle, *texts))


def drawn(found: Outcome) -> Map:
    (one,) = [block for block in scenario_document(found, ON).summary if isinstance(block, Map)]
    return one


def test_a_change_after_the_day_is_marked_and_the_result_has_another_name() -> None:
    cut = dated().at(dt.date(2027, 12, 31))
    (line,) = [one for one in summary(cut) if "antenne" in one and one.startswith("PAS COMPTÉ")]
    assert line.startswith("PAS COMPTÉ au 31 décembre 2027")
    assert cut.identity != dated().identity
    assert dated().at(dt.date(2030, 1, 1)).identity == dated().identity
    assert scenario_document(cut, ON).key != scenario_document(dated(), ON).key
    assert "au 31 décembre 2027" in scenario_document(cut, ON).subtitle


def test_the_first_page_tells_the_months_without_a_doctor() -> None:
    (said,) = [one for one in summary(dated()) if one.startswith("Étape par étape")]
    assert "du 30 juin 2027 au 31 décembre 2027 (environ 6 mois)" in said
    assert "plus aucun médecin à Paulhaguet ; à partir du 1er janvier 2028" in said
    assert not [one for one in summary(tried()) if one.startswith("Étape par étape")]


def test_periods_follow_each_other_without_a_gap() -> None:
    (first, last), (second, end) = dated().periods
    assert last is not None and second.day == last + dt.timedelta(days=1)
    assert end is None and first.emptied == ("43148",) and second.emptied == ()


def test_a_place_says_its_people_both_ranks_and_whether_its_minutes_are_sure() -> None:
    (compared,) = places(tried(), ON, ENGINE)
    (said,) = [one for one in summary(tried()) if one.startswith("Antenne à Paulhaguet")]
    best = compared.tried[0]
    assert compared.is_unsure(best) and best.minutes < 30
    assert "moins de 30 minutes" in said and "Laval-sur-Doulon 29,4" in said
    assert not replace(compared, margin=0.0).is_unsure(best)
    assert f"{compared.rank}e de {len(compared.tried)} communes possibles" in said
    assert "au-dessus de 2,5, 1re sur" in said
    assert "Le manque : ce qui sépare de 2,5" in said
    assert compared.raised(compared.chosen) == max(map(compared.raised, compared.tried))
    assert compared.under_without - compared.chosen.under == compared.raised(compared.chosen)
    table = place_table(tried(), compared)
    assert "Habitants" in [one.label for one in table.columns]
    assert all(isinstance(row[3], float) for row in table.rows)
    unsure = [row for row in table.rows if "à mesurer" in str(row[2])]
    assert unsure and all(float(str(row[4])) >= 22.6 for row in unsure)


def test_a_score_brought_to_zero_is_named_and_read_in_the_table() -> None:
    found = tried(antenna="")
    assert any("Saint-Préjet-Armandon" in one and "ramené à 0" in one for one in summary(found))
    rows = {row[0]: row[-1] for row in communes_table(found).rows}
    assert "ramené à 0" in str(rows["43219"])
    assert rows["43148"] == "passe sous 2,5"


def test_who_passes_under_one_is_named_and_counted_in_the_table() -> None:
    (said,) = [one for one in summary(tried()) if one.startswith("Seuils")]
    assert "passent sous 1 (4 communes : Arlet, Berbezit, Chassagnes, Josat)" in said
    tables = [one for one in scenario_document(tried(), ON).tables() if one.key == "classes"]
    (table,) = tables
    passed = [row for row in table.rows if row[3] == "moins de 1"]
    assert [row[1] for row in passed] == ["Arlet", "Berbezit", "Chassagnes", "Josat"]


def test_no_first_page_says_what_the_computation_is_called_inside() -> None:
    text = " ".join(summary(tried()))
    for word in ("Gini", "corrélation", "socle", "BPE", "changement 1", "changement 2", "["):
        assert word not in text
    assert tried().identity not in text
    assert "personne n'en perd" not in text and "aux minutes estimées près" in text


def test_the_map_names_marks_and_frames_the_places_concerned() -> None:
    one = drawn(tried())
    assert set(one.marked) == {"43148", "43040"}
    assert {"43148", "43040"} <= set(one.labels or {})
    assert "Paulhaguet (départ à la retraite, antenne d'un centre de santé)" in plain(one.summary)
    picture = map_svg(one)
    assert ">Paulhaguet</text>" in picture
    # Aurec-sur-Loire, at the other end of the département, is out of the frame.
    assert "Aurec" not in re.sub("<desc>.*?</desc>", "", picture)
    assert set(one.frame) < set(one.class_of)


def test_what_is_not_read_is_hatched_and_the_legend_has_what_is_drawn() -> None:
    one = drawn(tried())
    assert one.class_of["43234"] is None and one.value_of["43234"] == "non disponible"
    labels = [kind.label for kind in legend_classes(one)]
    # Saugues is out of the frame: nothing hatched is drawn, the legend has no hatch.
    assert "non disponible" not in labels
    whole = replace(one, frame=())
    assert "non disponible" in [kind.label for kind in legend_classes(whole)]
    assert not [label for label in labels if "hausse" in label]
    assert {rank for rank in one.class_of.values() if rank is not None} == set(
        range(len(one.classes))
    )


def test_the_neighbours_table_says_that_it_counts_the_places_of_the_changes() -> None:
    tables = scenario_document(tried(), ON).tables()
    (table,) = [one for one in tables if isinstance(one, Table) and one.key == "voisins"]
    assert "celles des changements comprises (Paulhaguet)" in table.note


@pytest.mark.parametrize("said", ["43999", "Paulaguet"])
def test_a_commune_that_is_unknown_is_one_error(said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_scenario(None, (f"{said}:medecin_generaliste:2",))
    assert len(refused.value.problems) == 1


def test_names_of_the_territory_are_suggested_first() -> None:
    with pytest.raises(InputError) as refused:
        draft = read_scenario(None, ("Polagué:medecin_generaliste:2",), "departement:43")
        raise InputError(draft.problems)
    (problem,) = refused.value.problems
    assert "Paulhaguet (43148)" in problem.action and "Olargues" not in problem.action


def test_one_of_something_is_written_in_the_singular() -> None:
    found = tried()
    small = replace(found, gain=found.gain / 4000)
    assert any("perdent 1 consultation par an et en gagnent 0" in one for one in summary(small))
