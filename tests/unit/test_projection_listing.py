"""Whom a projection counts: the practitioners of a list, and those it leaves out."""

from pathlib import Path

import pytest

from assemblier import access
from assemblier.cli.program import run
from assemblier.figures import Nature
from assemblier.projects.workbook import template_workbook
from assemblier.scenarios.at_risk import at_risk
from assemblier.scenarios.projection import (
    Group,
    completed,
    counted,
    hypotheses,
    listed,
    observed_flow,
    rows,
)
from assemblier.scenarios.projection.cliff import cliffs
from assemblier.scenarios.projection.means import mean_notes
from assemblier.scenarios.projection_file import told_of
from assemblier.scenarios.projection_form import form
from assemblier.territory import parse
from assemblier.travel import chain_engine
from tests.projection_cases import DAY, HERE, everyone

ENGINE = chain_engine(DAY)
BASE = access.baseline(HERE, DAY, ENGINE)
COUNTED = counted(HERE, BASE, DAY)
BRIOUDE, PAULHAGUET, SAUGUES = "43040", "43148", "43234"
FEW = (Group(2, 64, 64, PAULHAGUET), Group(6, 60, 64, BRIOUDE))
SHORT = ["--horizon", "2030", "--tirages", "20", "--date", "2026-11-22"]
LIST = "praticiens:\n  - {commune: Paulhaguet, nombre: 2, age: 64}\n"


def said(capsys) -> str:
    told = capsys.readouterr()
    return " ".join((told.out + told.err).split())


def by_commune(groups) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for one in groups:
        found[one.commune] = found.get(one.commune, 0) + one.count
    return found


def test_communes_a_list_does_not_name_keep_those_counted_there():
    found = completed(everyone(*FEW), HERE, BASE, COUNTED)
    before, after = by_commune(COUNTED.groups), by_commune(found.groups)
    assert after == {**before, PAULHAGUET: 2, BRIOUDE: 6}
    assert found.named == {PAULHAGUET, BRIOUDE}
    others = [one for one in found.groups if one.commune not in found.named]
    assert all(one.youngest is None for one in others)
    left = sum(one.count for one in others)
    assert f"{left} comptés" in found.notes[0]
    assert f"Brioude (6 pour {before[BRIOUDE]})" in found.notes[1]
    assert "Paulhaguet" not in found.notes[1]


def test_a_list_that_says_it_is_complete_adds_nobody():
    found = completed(everyone(*FEW), HERE, BASE, COUNTED, is_complete=True)
    assert found.count == 8
    assert found.named == set(HERE.codes)
    left = COUNTED.count - sum(by_commune(COUNTED.groups)[one] for one in (PAULHAGUET, BRIOUDE))
    assert f"{left} comptés" in found.notes[0]
    assert "leur activité reste dans l'APL" in found.notes[0]


def test_those_a_list_does_not_place_are_some_of_those_counted():
    found = completed(everyone(*FEW, Group(30, 40, 49)), HERE, BASE, COUNTED)
    before = by_commune(COUNTED.groups)
    assert found.count == COUNTED.count - before[BRIOUDE] - before[PAULHAGUET] + 8
    many = completed(everyone(Group(900, 40, 49)), HERE, BASE, COUNTED)
    assert many.count == 900


def test_fewer_than_counted_share_the_whole_activity_of_their_commune():
    found = completed(everyone(Group(1, 64, 64, PAULHAGUET)), HERE, BASE, COUNTED)
    (told,) = [one for one in found.groups if one.commune == PAULHAGUET]
    assert told.acts == pytest.approx(BASE.fit.supply[BASE.places.index(PAULHAGUET)])
    assert all(one.acts is None for one in found.groups if one is not told)


def test_without_a_supply_the_head_says_that_the_list_is_not_the_territory():
    found = completed(everyone(*FEW), HERE, None, None)
    assert found.count == 8
    assert "pas celui du territoire" in found.notes[0]
    alone = completed(listed([66, 61], DAY), parse("commune:43148"), None, None)
    assert not alone.notes
    assert alone.groups == (Group(1, 66, 66, PAULHAGUET), Group(1, 61, 61, PAULHAGUET))


def test_the_command_counts_the_others_too_and_says_so_first(tmp_path: Path, capsys):
    path = tmp_path / "h.yaml"
    path.write_text(LIST)
    words = ["projection", "departement:43", "--hypotheses", str(path), *SHORT]
    assert run(words) == 0
    told = said(capsys)
    assert f"{COUNTED.count} médecins généralistes en 2026" in told
    assert f"qu'elle ne nomme pas, {COUNTED.count - 2} comptés, d'âge inconnu" in told
    assert run([*words, "--ages", "inconnus"]) == 0
    assert f"{COUNTED.count} médecins généralistes en 2026" in said(capsys)


def test_the_file_may_say_that_nobody_else_practises(tmp_path: Path, capsys):
    path = tmp_path / "h.yaml"
    path.write_text(f"liste_complete: oui\n{LIST}")
    words = ["projection", "departement:43", "--hypotheses", str(path), *SHORT]
    assert run(words) == 0
    assert "2 médecins généralistes en 2026" in said(capsys)
    assert run([*words, "--ages", "inconnus"]) == 2
    assert "liste_complete" in said(capsys)


def test_a_list_said_complete_and_empty_is_refused():
    (problem,) = told_of({"liste_complete": "oui"}, DAY, "f").problems
    assert problem.where == "f, liste_complete"


def test_ages_without_a_commune_are_refused_for_several_communes(capsys):
    assert run(["projection", "departement:43", "--ages", "45", *SHORT]) == 2
    assert "sans commune" in said(capsys)


def test_an_empty_sheet_is_said_so_and_what_to_do(tmp_path: Path, capsys):
    path = tmp_path / "hypotheses.xlsx"
    path.write_bytes(template_workbook(form(DAY)))
    words = ["projection", "departement:43", "--hypotheses", str(path), *SHORT]
    assert run(words) == 2
    told = said(capsys)
    assert "la feuille Praticiens est vide" in told
    assert "--ages inconnus" in told
    assert run([*words, "--ages", "inconnus"]) == 0


def test_the_defaults_of_the_file_are_those_of_the_territory(tmp_path: Path):
    flow = observed_flow(HERE)
    labels = {one.key: one.label for one in form(DAY, flow).fields}
    shown = {one.key: one.value for one in rows(hypotheses(DAY, flow=flow))}
    for key in ("variante", "taux_installation"):
        assert labels[key].endswith(f"par défaut : {shown[key]}")
    path = tmp_path / "h.yaml"
    assert run(["modele", "projection", "departement:43", "-o", str(path)]) == 0
    assert all(labels[key] in path.read_text() for key in ("variante", "taux_installation"))
    elsewhere = {one.key: one.label for one in form(DAY).fields}
    for key in ("variante", "taux_installation"):
        assert labels[key] != elsewhere[key]


def test_ages_given_settle_what_is_at_risk():
    now = completed(listed([66, 61, 45], DAY), parse("commune:43234"), None, None)
    found = at_risk(parse("commune:43234"), now.groups, DAY, ENGINE, whole=now.named)
    assert (found.examined, found.detected, found.unsettled) == (1, (), ())
    older = completed(listed([66, 61], DAY), parse("commune:43234"), None, None)
    # The next one may be nearer, where nobody describes the supply: ages no longer are missing.
    (place,) = at_risk(
        parse("commune:43234"), older.groups, DAY, ENGINE, whole=older.named
    ).unsettled
    assert (place.isolation.practitioners, place.known, place.older) == (2, 2, 2)


def test_a_list_of_fewer_than_counted_is_everybody_there():
    one = (Group(1, 66, 66, PAULHAGUET),)
    found = at_risk(parse("commune:43148"), one, DAY, ENGINE, whole=frozenset({PAULHAGUET}))
    places = (*found.detected, *found.unsettled)
    assert all(place.isolation.practitioners == 1 for place in places)
    assert found.examined == 1


def test_the_mean_says_why_it_is_not_that_of_another_document(capsys):
    (note,) = mean_notes(HERE, BASE)
    assert "Saugues" in note
    # Three means of one territory: without Saugues, with it, by inhabitant.
    assert all(one in note for one in ("3,64", "3,62", "3,63"))
    assert not list(mean_notes(parse("commune:43148"), BASE))
    assert run(["projection", "departement:43", "--ages", "inconnus", *SHORT]) == 0
    assert "besoins de soins de son âge" in said(capsys)


def test_the_cliff_reads_the_ages_of_a_list():
    here = parse("commune:43148")
    there = counted(here, BASE, DAY)
    old = completed(listed([66, 66], DAY), here, BASE, there)
    found = {one.age: one for one in cliffs(here, BASE, old)}
    home, place = BASE.homes.index(PAULHAGUET), BASE.places.index(PAULHAGUET)
    own = BASE.fit.operator[home, place] * BASE.fit.supply[place]
    assert own > 0.5
    assert found[65].today.value - found[65].left.value == pytest.approx(own, abs=0.02)
    assert found[65].left.nature is Nature.ESTIME
    # Every age is told: the ages whose series is not published here are known too.
    assert found[60].left.value == pytest.approx(found[65].today.value - own)
    young = completed(listed([40, 40], DAY), here, BASE, there)
    assert {one.age: one for one in cliffs(here, BASE, young)}[65].lost.value < 1


def test_the_cliff_keeps_the_published_series_where_no_age_is_told():
    far = "43157"
    published = {one.age: one for one in cliffs(HERE, BASE)}
    listing = completed(everyone(Group(2, 66, 66, PAULHAGUET)), HERE, BASE, COUNTED)
    told = {one.age: one for one in cliffs(HERE, BASE, listing)}
    assert told[60].left.value is None  # not every age is told
    before, after = (
        {code: then.value for code, _, _, then in one[65].communes} for one in (published, told)
    )
    assert after[PAULHAGUET] < before[PAULHAGUET] - 0.5
    assert after[far] == pytest.approx(before[far], abs=0.01)
    unknown = completed(everyone(Group(2, commune=PAULHAGUET)), HERE, BASE, COUNTED)
    assert cliffs(HERE, BASE, unknown) == cliffs(HERE, BASE)
