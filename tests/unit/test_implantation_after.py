"""Where to open once a scenario has happened: the choice, what is told of it, what is refused."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.reports.document import Table
from assemblier.reports.implantation import implantation_document
from assemblier.reports.terminal import document_text
from assemblier.scenarios import Outcome, outcome, read_scenario
from assemblier.scenarios.places import places
from assemblier.scenarios.siting import Request, Siting, Structure, sited
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
HAUTE_LOIRE = territory.parse("departement:43")
BASE = access.baseline(HAUTE_LOIRE, ON, ENGINE)
PAULHAGUET, BRIOUDE, SAUGUES = "43148", "43040", "43234"
TWO_LEAVE = f"{PAULHAGUET}:medecin_generaliste:2"
ANTENNA = Request(Structure.ANTENNE, centre=BRIOUDE)


def tried(*removals: str, antennas: tuple[str, ...] = ()) -> Outcome:
    draft = read_scenario(None, removals, "departement:43", antennas)
    return outcome(draft.scenario, BASE, ON, ENGINE, draft.problems)


@pytest.fixture(scope="module")
def found() -> Siting:
    return sited(HAUTE_LOIRE, tried(TWO_LEAVE), ENGINE, ON, ANTENNA)


def test_two_departures_move_the_best_place_of_an_antenna(found: Siting) -> None:
    today = sited(HAUTE_LOIRE, BASE, ENGINE, ON, ANTENNA)
    assert found.lack > today.lack
    assert [one.candidates[one.choice.chosen[0]].label for one in (today, found)] == [
        "Ally", "Laval-sur-Doulon",
    ]  # fmt: skip


def test_the_scenario_of_an_antenna_names_the_same_best_place(found: Siting) -> None:
    told = tried(TWO_LEAVE, antennas=(f"{PAULHAGUET}:{BRIOUDE}:20",))
    (compared,) = places(told, ON, ENGINE)
    assert compared.tried[0].commune == found.candidates[found.choice.chosen[0]].code_commune
    assert compared.tried[0].inside == pytest.approx(found.consultations(inside=True))
    # The two start apart only where a loss is larger than the published score.
    left = tried(TWO_LEAVE)
    low = np.flatnonzero(found.is_inside & (left.before + left.gain < 0))
    assert len(low) == 2
    rank = {one.code_commune: k for k, one in enumerate(found.candidates)}
    apart = []
    for one in compared.tried:
        here = found.relief(rank[one.commune])
        if found.network.gains[:, [rank[one.commune]]].toarray()[low].any():
            apart.append(here - one.relief)
        else:
            assert here == pytest.approx(one.relief, rel=1e-9)
    assert 0 <= min(apart) <= max(apart) < 0.004


def test_the_report_says_what_has_changed_and_from_when() -> None:
    dated = sited(HAUTE_LOIRE, tried(f"{TWO_LEAVE}:2027-06-30"), ENGINE, ON, ANTENNA)
    document = implantation_document(dated, ON)
    assert dated.scenario is not None
    identity = dated.scenario.scenario.identity
    assert document.title.endswith(
        "après «\u00a0Paulhaguet\u00a0: départ à la retraite\u00a0», au 30 juin 2027"
    )
    assert document.key.endswith(identity)
    told = document_text(document)
    for said in ("30 juin 2027\u00a0: départ à la retraite", identity, "habitants aujourd'hui",
                 "Saugues\u00a0: les sources se contredisent", "le choix y part de 0"):  # fmt: skip
        assert said in told
    table = next(
        one for one in document.blocks() if isinstance(one, Table) and one.key == "communes"
    )
    assert f"Scénario {identity}" in table.provenance.method


def test_the_table_holds_the_published_score_and_the_one_after_the_scenario(found: Siting) -> None:
    document = implantation_document(found, ON)
    (table,) = [
        one for one in document.blocks() if isinstance(one, Table) and one.key == "communes"
    ]
    keys = [one.key for one in table.columns]
    rows = {str(row[1]): dict(zip(keys, row, strict=True)) for row in table.rows}
    paulhaguet = rows["Paulhaguet"]
    assert paulhaguet["apl_publiee"] == BASE.official[BASE.homes.index(PAULHAGUET)]
    assert paulhaguet["apl_avant"] < paulhaguet["apl_publiee"]
    assert paulhaguet["apl_apres"] == paulhaguet["apl_avant"] + paulhaguet["gain"]
    assert rows["Saugues"]["apl_publiee"] is rows["Saugues"]["apl_avant"] is None
    assert "apl_publiee" not in [
        column.key
        for one in implantation_document(sited(HAUTE_LOIRE, BASE, ENGINE, ON, ANTENNA), ON).blocks()
        if isinstance(one, Table)
        for column in one.columns
    ]


def test_the_places_too_far_from_the_centre_are_said_so(found: Siting) -> None:
    blocks = implantation_document(found, ON).blocks()
    (table,) = [one for one in blocks if isinstance(one, Table) and one.key == "lieux"]
    states = {row[0]: row[2] for row in table.rows}
    assert (states["Le Puy-en-Velay"], states["Paulhaguet"]) == ("trop loin du centre", "possible")
    assert found.reach is not None
    assert sum(one == "trop loin du centre" for one in states.values()) == len(found.reach.away)


def test_people_who_become_more_share_the_same_supply(tmp_path: Path) -> None:
    path = tmp_path / "plus.yaml"
    path.write_text(
        "territoire: departement:43\nchangements:\n"
        "  - {type: population, territoire: 'departement:43', evolution: 10}\n",
        "utf-8",
    )
    draft = read_scenario(path)
    after = outcome(draft.scenario, BASE, ON, ENGINE)
    found = sited(HAUTE_LOIRE, after, ENGINE, ON, Request(Structure.CENTRE))
    today = sited(HAUTE_LOIRE, BASE, ENGINE, ON, Request(Structure.CENTRE))
    assert found.lack > today.lack
    # The whole activity still reaches somebody: each gains a little less.
    assert found.gain @ found.baseline.people == pytest.approx(today.gain @ BASE.people)
    assert np.all(found.baseline.people[found.is_inside] >= BASE.people[found.is_inside])
    assert "les besoins de la population" in document_text(implantation_document(found, ON))


# --- the command


def test_the_command_reads_a_scenario_and_departures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, report = tmp_path / "depart.yaml", tmp_path / "lieux.xlsx"
    path.write_text(
        "nom: Un départ à Langeac\nterritoire: departement:43\nchangements:\n"
        "  - {type: retraite, commune: 43112, nombre: 1}\n",
        "utf-8",
    )
    line = ["implantation", "departement:43", "--structure", "centre_de_sante", "-o", str(report)]
    assert run([*line, "--scenario", str(path), "--retrait", TWO_LEAVE]) == 0
    told = capsys.readouterr().out
    assert "après «\u00a0Un départ à Langeac\u00a0»" in told
    assert "Langeac (43112)" in told
    assert "Paulhaguet (43148)" in told
    book = CalamineWorkbook.from_path(str(report))
    rows = book.get_sheet_by_name("communes").to_python()
    assert any("Après le scénario" in str(cell) for row in rows for cell in row)


def test_every_problem_of_the_scenario_and_of_the_places_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, listed, output = (tmp_path / name for name in ("s.yaml", "lieux.csv", "choix.pdf"))
    path.write_text(
        "territoire: departement:43\nchangements:\n"
        "  - {type: retraite, commune: 43148, nombre: 9}\n  - {type: depense}\n",
        "utf-8",
    )
    listed.write_text("commune;cout\nNulleville;3\n", "utf-8")
    line = ["implantation", "departement:43", "--structure", "msp", "--lieux", str(listed)]
    line += ["--scenario", str(path), "--retrait", f"{SAUGUES}:medecin_generaliste:1"]
    assert run([*line, "--exclure", "Nullepart", "-o", str(output)]) == 2
    told = capsys.readouterr().err
    for word in ("Nulleville", "Nullepart", "9 à retirer", "depense", "se contredisent"):
        assert word in told
    assert not output.exists()


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (["--scenario", "absent.yaml"], "introuvable"),
        (["--retrait", f"{PAULHAGUET}:infirmier:1"], "infirmier"),
    ],
)
def test_a_scenario_that_cannot_be_read_is_told_with_the_rest(
    said: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = ["implantation", "epci:200073419", "--structure", "msp", "--exclure", "Nullepart"]
    assert run([*line, *said]) == 2
    told = capsys.readouterr().err
    assert word in told
    assert "Nullepart" in told


def test_the_help_tells_numbers_and_their_bounds_in_french(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["implantation", "--help"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "[par défaut : 15] [plus de 0, au plus 120]" in told.replace("\u00a0", " ")
    assert "x>" not in told
    assert run(["implantation", "epci:200073419", "--structure", "msp", "--minutes", "300"]) == 2
    assert "plus de 0, au plus 120" in capsys.readouterr().err
