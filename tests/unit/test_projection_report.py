"""The report of a projection: what it shows, in every format, and what it never computes."""

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from assemblier import access
from assemblier.cli.program import run
from assemblier.figures import Confidence, Figure, Nature
from assemblier.french import french_spaces
from assemblier.reports.charts import chart_svg
from assemblier.reports.document import Chart, ChartKind, Document, Finding, Items, Map, Tone
from assemblier.reports.html import render
from assemblier.reports.numbering import number_document
from assemblier.reports.projection import Foreseen, projection_document, years_table
from assemblier.reports.projection.lists import losses_table, practices_table
from assemblier.reports.typography import cell_text
from assemblier.scenarios.at_risk import at_risk
from assemblier.scenarios.handover import Leaving, handover
from assemblier.scenarios.projection import (
    Chance,
    Group,
    Interval,
    Zoned,
    hypotheses,
    observed_flow,
    overlay,
    project,
    read_reference,
    rows,
)
from assemblier.scenarios.trainees import Kind, Trainees, arrivals, promotions
from assemblier.territory import parse
from assemblier.travel import chain_engine
from assemblier.zoning.doctors import Position
from tests.projection_cases import everyone

ON = dt.date(2026, 11, 22)
HERE = parse("departement:43")
GROUPS = (Group(2, 64, 64, "43148"), Group(6, 60, 64, "43040"), Group(50, 45, 54), Group(90))
TRAINED = (Trainees(Kind.CESP, 1, dt.date(2028, 11, 1), 24, commune="43040"),)


@cache
def shown() -> Foreseen:
    engine = chain_engine(ON)
    base = access.baseline(HERE, ON, engine)
    found = hypotheses(ON, {"tirages": 60}, observed_flow(HERE))
    now = everyone(*GROUPS)
    leaving = [Leaving("43148", dt.date(2028, 6, 30), 1200), Leaving("43234", dt.date(2027, 6, 30))]
    return Foreseen(
        project(HERE, now, found, ON, base, arrivals(TRAINED)),
        rows(found),
        at_risk(HERE, now.groups, ON, engine),
        handover(leaving, HERE, ON, base, engine),
        promotions(TRAINED),
    )


@cache
def document() -> Document:
    return projection_document(shown(), ON)


def table(key: str):
    return next(one for one in document().tables() if one.key == key)


def charts() -> dict[str, Chart]:
    return {block.key: block for block in document().blocks() if isinstance(block, Chart)}


def zoned(*shares: float) -> Zoned:
    figure = Figure("APL", 2.4, "", Nature.ESTIME, decimals=2)
    chances = tuple(
        Chance(place, Figure("part", share, "%", Nature.ESTIME))
        for place, share in zip(Position, shares, strict=True)
    )
    three = Interval(figure, figure, figure)
    return Zoned("essai", "Territoire d'essai", figure, Position.VIVIER, three, chances)


def test_the_report_has_everything_a_council_asks():
    titles = [section.title for part in document().parts for section in part.sections]
    asked = ("Qui part", "temps médical", "sans croissance", "APL moyenne en 2030", "2040",
             "falaise", "péril", "transmettre", "formation", "hypothèse", "change",
             "compté")  # fmt: skip
    for word in asked:
        assert any(word in title for title in titles), word
    maps = {block.key for block in document().blocks() if isinstance(block, Map)}
    assert maps == {"carte-apl-2030", "carte-apl-2035", "carte-apl-2040"}
    kinds = {one.kind for one in charts().values()}
    assert kinds == {ChartKind.FAN, ChartKind.FLOWS, ChartKind.GROUPED_BARS}


def test_every_figure_of_the_years_is_that_of_the_engine():
    found = shown().projection
    told = iter(years_table(found).rows)
    for name, years in (
        ("sans croissance nationale", found.pessimistic),
        ("si les arrivées gardent leur rythme", found.years),
    ):
        for year in years:
            assert next(told) == (
                name, str(year.year), year.stock.median, year.stock.low, year.stock.high,
                year.leaving, year.coming, year.expected,
            )  # fmt: skip
    assert not list(told)
    fan = charts()["eventail-effectif"].table
    for place, years in ((1, found.pessimistic), (4, found.years)):
        three = [(one.stock.median, one.stock.low, one.stock.high) for one in years]
        assert [row[place : place + 3] for row in fan.rows] == three
    assert len(charts()["flux-prudent"].table.rows) == len(found.years) - 1


def test_maps_scores_and_zones_that_come_first_are_without_national_growth():
    found = shown().projection
    keys = [one.key for one in document().tables()]
    for horizon in found.pessimistic_horizons:
        first, beside = f"apl_{horizon.year}_prudent", f"apl_{horizon.year}_rythme"
        assert keys.index(first) < keys.index(beside)
        by_code = {one.code: one.at.median for one in horizon.communes}
        assert {row[0]: row[3] for row in table(first).rows} == by_code
        assert table(first).title.startswith("Sans croissance nationale")
        assert table(beside).title.startswith("Si les arrivées gardent leur rythme")
    maps = [block for block in document().blocks() if isinstance(block, Map)]
    assert {block.table.key for block in maps} == {
        f"apl_{one.year}_prudent" for one in found.horizons
    }
    (drawn, *_) = [block for block in document().summary if isinstance(block, Map)]
    assert drawn.title.startswith("Sans croissance nationale")


def test_arrivals_the_user_gives_come_first_and_the_prudent_course_beside():
    settings = hypotheses(ON, {"tirages": 40, "taux_installation": 0.02}, observed_flow(HERE))
    found = project(HERE, everyone(*GROUPS), settings, ON, sensitivity=False)
    assert [one.is_given for one in found.courses] == [True, False]
    made = projection_document(Foreseen(found, rows(settings)), ON)
    told = [block.text for block in made.summary if isinstance(block, Finding)]
    assert "avec les arrivées que vous donnez" in told[0]
    assert told[1].startswith("Sans croissance nationale")


def test_a_year_without_an_expected_departure_is_not_called_the_busiest():
    young = project(HERE, everyone(Group(2, 52, 52)), hypotheses(ON, {"tirages": 40}), ON,
                    sensitivity=False)  # fmt: skip
    assert max(one.leaving.value for one in young.years) < 1
    made = projection_document(Foreseen(young, rows(young.hypotheses)), ON)
    assert "l'année où l'on part" not in " ".join(
        block.text for block in made.summary if isinstance(block, Finding)
    )
    flows = next(one for one in made.tables() if one.key == "flux_prudent")
    written = {cell_text(row[2], flows.columns[2]) for row in flows.rows if row[2].value > 0.05}
    assert written
    assert "0" not in written


def test_what_is_estimated_is_marked_so():
    found = [cell for row in table("effectif").rows for cell in row[1:]]
    assert {one.nature for one in found} == {Nature.ESTIME}
    assert {one.confidence for one in found} == {Confidence.NON_CONFIRME}
    states = {row[3] for row in table("hypotheses").rows}
    assert {"confirmé", "non confirmé"} <= states
    warned = [block for block in document().summary if isinstance(block, Items)]
    assert warned[0].tone is Tone.WARNING
    assert "aucun texte" in warned[0].items[0]


def test_a_value_given_by_the_user_says_so():
    edited = hypotheses(ON, {"cumul_part": 0.4})
    other = replace(shown(), hypotheses=rows(edited))
    found = next(one for one in projection_document(other, ON).tables() if one.key == "hypotheses")
    (row,) = [one for one in found.rows if one[-1] == "cumul_part"]
    assert row[3] == "donnée par l'utilisateur"


def test_practices_to_hand_over_are_listed_without_a_name():
    found = shown().handover
    rows_ = practices_table(found).rows
    assert [row[1] for row in rows_] == ["Saugues", "Paulhaguet"]
    assert rows_[1][4] == 1200
    assert [row[-1] for row in rows_] == ["clos", "clos"]
    unknown, known = losses_table(found).rows
    assert unknown[1:5] == (None, None, None, None)
    assert "se contredisent" in unknown[-1]
    assert known[2] < known[1]


def test_zones_have_a_column_for_each_position():
    horizon = replace(shown().projection.horizons[0], territoires=(zoned(30, 60, 10),))
    other = replace(shown(), projection=replace(
        shown().projection, horizons=(horizon,),
        pessimistic_horizons=(replace(horizon, territoires=(zoned(40, 59.7, 0.3),)),),
    ))  # fmt: skip
    every = {one.key: one for one in projection_document(other, ON).tables()}
    assert list(every).index("zones_2030_prudent") < list(every).index("zones_2030_rythme")
    rare = every["zones_2030_prudent"]
    assert cell_text(rare.rows[0][-1], rare.columns[-1]) == "0,3"
    found = every["zones_2030_rythme"]
    assert [cell.value for cell in found.rows[0][-3:]] == [30, 60, 10]
    assert found.rows[0][3] == "vivier"
    assert [column.label for column in found.columns[-3:]] == [
        f"{one.value} (%)" for one in Position
    ]


def test_the_national_curve_stands_beside_the_local_one(tmp_path: Path):
    lines = [
        f"{year};{mode};{count};producteur d'essai;courbe d'essai;2021;page 3"
        for year in (2026, 2030)
        for mode, count in (("liberal", 50), ("mixte", 10), ("salarie", 30))
    ]
    path = tmp_path / "courbe-d-essai.csv"
    path.write_text("\n".join(["annee;mode;effectif;producteur;titre;millesime;page", *lines]))
    found = shown().projection
    laid = overlay(read_reference(path), found.years, found.provenance)
    other = projection_document(replace(shown(), overlay=laid), ON)
    (chart,) = [
        block
        for block in other.blocks()
        if isinstance(block, Chart) and block.kind is ChartKind.LINES
    ]
    assert [row[0] for row in chart.table.rows] == ["2026", "2030"]
    assert [column.label for column in chart.table.columns[1:]] == [
        "ici", "France, libéral", "France, mixte", "France, salarié",
    ]  # fmt: skip
    assert "2021" in render(other, {})


def test_the_charts_are_drawn_and_the_page_written():
    for chart in charts().values():
        for width in (340, 640):
            assert chart_svg(chart, width).startswith("<svg")
    page = render(document(), {})
    assert all(french_spaces(one.title) in page for one in charts().values())


def test_without_a_baseline_nothing_is_said_of_access():
    found = project(HERE, everyone(Group(5, 60, 60)), hypotheses(ON, {"tirages": 20}), ON,
                    sensitivity=False)  # fmt: skip
    made = projection_document(Foreseen(found, rows(found.hypotheses)), ON)
    assert not [one for part in made.parts for one in part.sections if "APL" in one.title]
    assert all("APL" not in block.text for block in made.summary if isinstance(block, Finding))


@pytest.mark.parametrize("suffix", ["pdf", "xlsx", "ods", "csv", "docx", "pptx", "html"])
def test_the_command_writes_every_format(tmp_path: Path, suffix):
    path = tmp_path / f"departs.{suffix}"
    words = ["--ages", "66,61,45", "--horizon", "2030", "--tirages", "20", "-o", str(path)]
    assert run(["projection", "Langeac", *words, "--date", "2026-11-22"]) == 0
    assert path.stat().st_size > 300


def test_the_same_seed_gives_the_same_file(tmp_path: Path):
    def written(name: str) -> bytes:
        path = tmp_path / name
        words = ["--ages", "66,61,58,60", "--horizon", "2032", "--tirages", "50", "--graine", "1"]
        assert run(["projection", "Langeac", *words, "-o", str(path)]) == 0
        return path.read_bytes()

    assert written("un.csv") == written("deux.csv")


def test_options_that_contradict_each_other_are_refused(capsys):
    words = ["--ages", "66", "--sans-croissance", "--entrees", "2", "--horizon", "2020"]
    assert run(["projection", "Langeac", *words, "--date", "2026-11-22"]) == 2
    told = capsys.readouterr().err
    assert "--sans-croissance" in told
    assert "2020" in told


def test_ages_asked_as_unknown_are_supposed_and_said(capsys):
    words = ["--ages", "inconnus", "--horizon", "2030", "--tirages", "20"]
    assert run(["projection", "epci:200073419", *words, "--date", "2026-11-22"]) == 0
    assert "distribution supposée" in " ".join(capsys.readouterr().out.split())


def test_what_nobody_told_is_asked_for_and_not_left_out():
    bare = replace(shown(), handover=None, promotions=())
    (section,) = [
        one
        for part in projection_document(bare, ON).parts
        for one in part.sections
        if one.key == "a-remplir"
    ]
    asked = " ".join(section.blocks[0].items)
    assert french_spaces("« Cabinets »") in asked
    assert french_spaces("« En formation »") in asked
    assert "a-remplir" not in {one.key for part in document().parts for one in part.sections}


def test_a_handful_of_people_is_read_on_average():
    few = project(HERE, everyone(Group(3, 62, 62)), hypotheses(ON, {"tirages": 40}), ON,
                  sensitivity=False)  # fmt: skip
    made = projection_document(Foreseen(few, rows(few.hypotheses)), ON)
    first = next(block for block in made.summary if isinstance(block, Finding))
    assert "en moyenne en 2040" in first.text
    assert few.years[-1].expected in first.figures


def test_a_long_method_is_said_under_one_table_only():
    method = table("apl_2030_prudent").provenance.method
    page = render(document(), {})
    assert len(method) > 160
    assert sum(one.provenance.method == method for one in document().tables()) > 1
    first = number_document(document()).methods[method]
    assert f"celle du tableau {first}." in page
