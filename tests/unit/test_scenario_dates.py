"""A scenario whose changes have days: their order, what is done on a day, what is not yet."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.errors import InputError
from assemblier.reports.scenario import scenario_document
from assemblier.scenarios import Outcome, outcome, read_scenario
from assemblier.scenarios.sheet import columns
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
BASE = access.baseline(territory.parse("departement:43"), ON, ENGINE)
FIRST = {"type": "retraite", "commune": "43148", "nombre": 1, "le": "2027-06-30"}
SECOND = {"type": "retraite", "commune": "43148", "nombre": 1, "le": "31/12/2027"}
THIRD = {"type": "installation", "commune": "43148", "nombre": 1, "le": "2028-03-01"}


def written(folder: Path, *changes: dict) -> Path:
    path = folder / "dates.json"
    path.write_text(json.dumps({"territoire": "departement:43", "changements": changes}), "utf-8")
    return path


def tried(folder: Path, *changes: dict) -> Outcome:
    draft = read_scenario(written(folder, *changes))
    return outcome(draft.scenario, BASE, ON, ENGINE, draft.problems)


def test_dates_out_of_order_are_refused_with_every_other_problem(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        THIRD,
        FIRST,
        {**SECOND, "commune": "99999"},
        {"type": "retraite", "commune": "43157", "nombre": 500, "le": "2029-01-01"},
        {**FIRST, "le": "2027-02-30"},
    )
    with pytest.raises(InputError) as refused:
        draft = read_scenario(path)
        outcome(draft.scenario, BASE, ON, ENGINE, draft.problems)
    said = str(refused.value)
    assert "changement 2 (départ à la retraite), le" in said
    assert "30 juin 2027, avant le 1er mars 2028 du changement 1" in said
    assert "« 2027-02-30 »" in said
    assert "99999" in said
    assert "500 à retirer" in said


def test_a_change_before_the_published_year_is_already_counted(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="l'APL publiée le compte déjà"):
        tried(tmp_path, {**FIRST, "le": f"{BASE.year - 1}-12-31"})


def test_each_day_has_its_step_and_the_last_is_the_whole(tmp_path: Path) -> None:
    found = tried(tmp_path, FIRST, SECOND, THIRD)
    assert [step.day for step in found.steps] == [
        dt.date(2027, 6, 30), dt.date(2027, 12, 31), dt.date(2028, 3, 1),
    ]  # fmt: skip
    np.testing.assert_array_equal(found.steps[-1].gain, found.gain)
    alone = tried(tmp_path, FIRST)
    np.testing.assert_array_equal(found.steps[0].gain, alone.gain)


def test_an_undated_change_happens_with_the_one_before(tmp_path: Path) -> None:
    undated = {key: value for key, value in SECOND.items() if key != "le"}
    found = tried(tmp_path, FIRST, undated, THIRD)
    assert len(found.steps) == 2
    assert found.scenario.days == (dt.date(2027, 6, 30),) * 2 + (dt.date(2028, 3, 1),)
    from_the_start = tried(tmp_path, undated, {**SECOND, "commune": "43157"})
    assert [step.day for step in from_the_start.steps] == [None, dt.date(2027, 12, 31)]


def test_the_effects_of_a_day_leave_out_what_comes_later_and_say_so(tmp_path: Path) -> None:
    found = tried(tmp_path, FIRST, SECOND, THIRD)
    early = found.at(dt.date(2027, 7, 1))
    np.testing.assert_array_equal(early.gain, found.steps[0].gain)
    assert [change.rank for change in early.pending] == [2, 3]
    assert found.at(dt.date(2026, 12, 1)).balance().lost == 0
    said = "\n".join(
        item
        for block in scenario_document(early, ON).summary
        for item in getattr(block, "items", ())
    )
    assert "pas encore compté" in said
    assert found.scenario.identity == early.scenario.identity


def test_the_day_is_part_of_what_a_scenario_is(tmp_path: Path) -> None:
    dated, undated = tried(tmp_path, FIRST), tried(tmp_path, {**FIRST, "le": ""})
    assert dated.scenario.identity != undated.scenario.identity
    np.testing.assert_array_equal(dated.gain, undated.gain)


def test_a_spreadsheet_gives_days_as_cells(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "c.xlsx")) as book:
        study, page = book.add_worksheet("Étude"), book.add_worksheet("Changements")
        study.write_row(0, 0, ("territoire", "departement:43"))
        page.write_row(0, 0, columns())
        for column, name in enumerate(columns()):
            if name == "le":
                day = book.add_format({"num_format": "dd/mm/yyyy"})
                page.write_datetime(1, column, dt.datetime(2027, 6, 30), day)
            elif name in FIRST:
                page.write(1, column, FIRST[name])
    draft = read_scenario(tmp_path / "c.xlsx")
    assert not draft.problems
    assert draft.scenario.identity == tried(tmp_path, FIRST).scenario.identity


def test_the_command_shows_the_steps_and_stops_at_a_day(tmp_path: Path, capsys) -> None:
    path, table = written(tmp_path, FIRST, SECOND, THIRD), tmp_path / "effets"
    assert run(["scenario", str(path), "--date-effet", "2027-07-01", "-o", str(table)]) == 0
    said = capsys.readouterr().out
    assert "Au 1er juillet 2027, pas encore compté" in said.replace("\u00a0", " ")
    steps = (table / "csv" / "etapes.csv").read_text("utf-8-sig")
    assert "30 juin 2027" in steps and "1er mars 2028" not in steps
