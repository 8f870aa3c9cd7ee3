"""Where to open: given places, budgets, weights, what is told of neighbours, what is refused."""

import datetime as dt
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter

from assemblier import access, territory
from assemblier.cli.program import application, run
from assemblier.errors import DataError, InputError, UnavailableError
from assemblier.reports.document import Chart, Map, Table
from assemblier.reports.implantation import implantation_document
from assemblier.reports.terminal import document_text
from assemblier.scenarios.candidates import (
    Candidate,
    State,
    communes,
    marked,
    read_candidates,
)
from assemblier.scenarios.candidates_sheet import template_csv, template_workbook, template_yaml
from assemblier.scenarios.choosing import CLOSE, Objective
from assemblier.scenarios.siting import Request, Siting, Structure, sited
from assemblier.travel import chain_engine
from tests.stores import put

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
HAUTE_LOIRE = territory.parse("departement:43")
BASE = access.baseline(HAUTE_LOIRE, ON, ENGINE)
PAULHAGUET, BRIOUDE, SAUGUES, LANGEAC, PUY = "43148", "43040", "43234", "43112", "43157"
PLACES = tuple(Candidate(code) for code in (PAULHAGUET, BRIOUDE, SAUGUES, LANGEAC, PUY))


def chosen_in(found: Siting) -> list[str]:
    return [found.candidates[k].code_commune for k in found.choice.chosen]


def asked(**said: object) -> Siting:
    given = {"structure": Structure.MSP, "candidates": PLACES, **said}
    return sited(HAUTE_LOIRE, BASE, ENGINE, ON, Request(**given))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    return tmp_path


# --- what a choice respects


@pytest.mark.parametrize("objective", Objective)
def test_what_is_left_out_is_never_chosen_and_what_exists_is_not_chosen_again(objective) -> None:
    states = (State.POSSIBLE, State.EXISTANT, State.EXCLU, State.DECIDE, State.POSSIBLE)
    places = tuple(
        Candidate(one.code_commune, etat=s) for one, s in zip(PLACES, states, strict=True)
    )
    found = asked(candidates=places, objective=objective, count=2)
    assert set(chosen_in(found)) <= {PAULHAGUET, PUY}
    assert set(found.rules.fixed) == {1, 3}
    assert found.opened[0] == 3


def test_what_exists_adds_nothing_but_covers_and_what_is_decided_adds_its_activity() -> None:
    existing = asked(candidates=(*PLACES[:1], Candidate(LANGEAC, etat=State.EXISTANT)))
    decided = asked(candidates=(*PLACES[:1], Candidate(LANGEAC, etat=State.DECIDE)))
    assert existing.gain @ BASE.people == pytest.approx(existing.capacities[0])
    assert decided.gain @ BASE.people == pytest.approx(decided.capacities.sum())
    near = existing.network.near(existing.rules.fixed)
    covered = asked(
        candidates=(*PLACES[:1], Candidate(LANGEAC, etat=State.EXISTANT)),
        objective=Objective.COUVERTURE,
    )
    alone = asked(candidates=PLACES[:1], objective=Objective.COUVERTURE)
    shared = near & alone.network.near((0,))
    lost = float(alone.network.lacking_people[shared].sum())
    assert covered.choice.value == pytest.approx(alone.choice.value - lost)


@pytest.mark.parametrize("objective", Objective)
def test_a_budget_is_never_exceeded_and_dear_places_are_weighed(objective) -> None:
    places = tuple(
        Candidate(one.code_commune, cout=cost)
        for one, cost in zip(PLACES, (900.0, 500.0, 700.0, 400.0, 5000.0), strict=True)
    )
    found = asked(candidates=places, budget=1200.0, count=None, objective=objective)
    assert found.total_cost <= 1200.0
    assert PUY not in chosen_in(found)
    assert found.choice.gap == pytest.approx(0.0, abs=1e-6)
    assert "budget de 1\u202f200" in document_text(implantation_document(found, ON))


def test_capacities_of_places_weigh_on_the_choice() -> None:
    small = (Candidate(PAULHAGUET, capacite=10.0), Candidate(LANGEAC, capacite=9000.0))
    assert chosen_in(asked(candidates=small)) == [LANGEAC]
    assert asked(candidates=small).gain @ BASE.people == pytest.approx(9000.0)


def test_inhabitants_a_place_can_serve_limit_what_it_covers() -> None:
    free = asked(candidates=PLACES[:2], objective=Objective.COUVERTURE)
    held = tuple(Candidate(one.code_commune, habitants=300.0) for one in PLACES[:2])
    found = asked(candidates=held, objective=Objective.COUVERTURE, count=2)
    assert free.choice.value > 300.0
    assert found.choice.value == pytest.approx(min(600.0, found.choice.value))
    one = asked(candidates=held, objective=Objective.COUVERTURE)
    assert one.choice.value <= 300.0 + 1e-6


def test_places_that_open_too_late_are_left_out_and_said() -> None:
    late = (Candidate(PAULHAGUET, disponible=dt.date(2028, 1, 1)), Candidate(LANGEAC))
    found = asked(candidates=late, before=dt.date(2027, 1, 1))
    assert chosen_in(found) == [LANGEAC]
    told = document_text(implantation_document(found, ON))
    assert "pas disponible le 1er janvier 2027" in told


# --- what is said with a choice


def test_alternatives_are_within_one_percent_and_growth_never_falls() -> None:
    # Two premises of one commune are worth the same.
    twins = (*PLACES, Candidate(PAULHAGUET, "Ancienne école"), Candidate(PAULHAGUET, "La poste"))
    found = asked(candidates=twins, count=2)
    value = found.choice.value
    assert all(reached >= (1 - CLOSE) * value for _, _, reached in found.alternatives)
    assert all(out in found.choice.chosen for out, _, _ in found.alternatives)
    if PAULHAGUET in chosen_in(found):
        assert len(found.alternatives) >= 2
    values = [one for _, one in found.growth]
    assert values == sorted(values)
    assert dict(found.growth)[2] == pytest.approx(value)


def test_alternatives_are_those_of_trying_every_exchange() -> None:
    found = asked(candidates=communes(territory.parse("epci:200073393").codes), count=2)
    value = found.network.removed
    expected = {
        (out, new)
        for out in found.choice.chosen
        for new in range(len(found.candidates))
        if new not in found.choice.chosen
        and value([one for one in found.choice.chosen if one != out] + [new])
        >= (1 - CLOSE) * found.choice.value
    }
    assert {(out, new) for out, new, _ in found.alternatives} == expected


def test_a_transfer_takes_no_more_than_there_is_and_sums_to_the_places() -> None:
    for count in (1, 4):
        found = asked(count=count, capacity=40_000.0)
        moved = found.transfer
        assert moved.taken.sum() + moved.new == pytest.approx(
            found.capacities[list(found.opened)].sum()
        )
        assert np.all(moved.taken <= np.maximum(BASE.fit.supply, 0.0) + 1e-9)
        outside = [code not in HAUTE_LOIRE.codes for code in BASE.places]
        assert moved.taken[~np.array(outside)].sum() == 0.0
        assert moved.loss @ BASE.people == pytest.approx(moved.taken.sum(), rel=1e-6)


def test_the_report_holds_a_map_a_curve_and_its_tables() -> None:
    found = asked(count=2)
    blocks = list(implantation_document(found, ON).blocks())
    (drawn,) = [one for one in blocks if isinstance(one, Map)]
    assert all(drawn.class_of[code] == 0 for code in chosen_in(found))
    (curve,) = [one for one in blocks if isinstance(one, Chart)]
    assert len(curve.table.rows) == len(found.growth) - 1
    keys = {one.key for one in blocks if isinstance(one, Table)}
    assert {"lieux", "communes", "voisins"} <= keys
    inside = sum(
        row[2]
        for row in next(b for b in blocks if isinstance(b, Table) and b.key == "voisins").rows
    )
    assert inside == pytest.approx(found.capacities[list(found.opened)].sum(), rel=1e-2)


def test_the_conflict_of_saugues_is_said() -> None:
    told = document_text(implantation_document(asked(), ON))
    assert "Saugues\u00a0: les sources se contredisent" in told


# --- what inhabitants count for


def test_by_age_everybody_counts_for_the_care_they_need() -> None:
    found = asked(weights=("age",))
    inside = found.is_inside
    weighed = (found.network.people * found.network.weight)[inside]
    np.testing.assert_allclose(weighed, np.nan_to_num(BASE.people[inside]), rtol=1e-9)


def test_by_score_who_lacks_most_counts_most() -> None:
    found = asked(weights=("score",))
    known = ~np.isnan(BASE.official)
    order = np.argsort(BASE.official[known])
    assert np.all(np.diff(found.network.weight[known][order]) <= 1e-12)
    assert found.network.weight[known].max() <= 1.0


def test_by_income_the_poorest_communes_count_more(store: Path) -> None:
    rows = [
        {
            "code_commune": code, "millesime": 2021, "valeur": value, "statut": "connu",
            "indicateur": "Médiane du niveau de vie (en euros)", "unite": "€",
        }
        for code, value in ((PUY, 20_000.0), (PAULHAGUET, 10_000.0))
    ]  # fmt: skip
    put(store, "filosofi", rows, vintage="2021")
    found = asked(weights=("revenu",))
    weight = dict(zip(BASE.homes, found.network.weight.tolist(), strict=True))
    assert weight[PAULHAGUET] == pytest.approx(2 * weight[PUY])
    assert weight[BRIOUDE] == 1.0
    assert "niveau de vie non publié" in found.weights[0].told


def test_by_quarter_their_inhabitants_count_twice(store: Path) -> None:
    row = {
        "code_qpv": "QP043001", "nom": "Essai", "communes": "Le Puy-en-Velay", "code_commune": PUY,
        "millesime": 2022, "indicateur": "Population municipale du quartier", "valeur": 1900.0,
        "statut": "connu",
    }  # fmt: skip
    put(store, "qpv", [row], vintage="2022")
    found = asked(weights=("quartiers",))
    weight = dict(zip(BASE.homes, found.network.weight.tolist(), strict=True))
    people = float(found.residents[BASE.homes.index(PUY)])
    assert weight[PUY] == pytest.approx(1 + 1900 / people)
    assert weight[BRIOUDE] == 1.0


@pytest.mark.parametrize("weight", ["revenu", "quartiers"])
def test_a_weight_without_its_file_says_which(store: Path, weight: str) -> None:
    with pytest.raises(UnavailableError, match=r"Filosofi|quartiers prioritaires"):
        asked(weights=(weight,))


def test_weights_of_a_file_change_the_choice_and_multiply(tmp_path: Path) -> None:
    path = tmp_path / "poids.csv"
    others = "".join(f"{code};0\n" for code in HAUTE_LOIRE.codes if code != PAULHAGUET)
    path.write_text(f"code_commune;poids\n{PAULHAGUET};2,5\n{others}", "utf-8")
    found = asked(weights=(str(path),), candidates=(Candidate(PUY), Candidate(PAULHAGUET)))
    weight = dict(zip(BASE.homes, found.network.weight.tolist(), strict=True))
    assert (weight[PAULHAGUET], weight[PUY]) == (2.5, 0.0)
    both = asked(weights=(str(path), "age")).network.weight
    np.testing.assert_allclose(both, found.network.weight * asked(weights=("age",)).network.weight)


def test_a_file_of_weights_is_refused_with_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "poids.csv"
    path.write_text(f"code_commune;poids\n99999;1\n{PUY};-1\n{PUY};abc\n", "utf-8")
    with pytest.raises(DataError) as refused:
        asked(weights=(str(path),))
    assert len(refused.value.problems) == 4


# --- files


def test_every_form_of_file_tells_the_same_places(tmp_path: Path) -> None:
    csv, yaml, xlsx = (tmp_path / f"lieux.{kind}" for kind in ("csv", "yaml", "xlsx"))
    csv.write_text(
        "commune;nom;etat;capacite;cout;disponible\n"
        "43148;Ancienne école;possible;4350,5;250000;01/09/2027\n43040;;existant;;;\n",
        "utf-8",
    )
    yaml.write_text(
        "lieux:\n  - {commune: 43148, nom: Ancienne école, capacite: 4350.5, cout: 250000, "
        "disponible: 2027-09-01}\n  - {commune: Brioude, etat: existant}\n",
        "utf-8",
    )
    book = xlsxwriter.Workbook(xlsx)
    page = book.add_worksheet()
    for row, cells in enumerate(
        (
            ("commune", "nom", "etat", "capacite", "cout", "disponible"),
            (43148, "Ancienne école", "", 4350.5, 250000, "01/09/2027"),
            ("43040", "", "existant", "", "", ""),
        )
    ):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    book.close()
    expected = (
        Candidate(
            PAULHAGUET, "Ancienne école", capacite=4350.5, cout=250_000.0,
            disponible=dt.date(2027, 9, 1),
        ),
        Candidate(BRIOUDE, etat=State.EXISTANT),
    )  # fmt: skip
    assert read_candidates(csv) == read_candidates(yaml) == read_candidates(xlsx) == expected


def test_a_template_read_back_is_the_communes_of_the_territory(tmp_path: Path) -> None:
    codes = territory.parse("epci:200073419").codes
    for kind, content in (
        ("csv", template_csv(codes).encode()),
        ("yaml", template_yaml(codes).encode()),
        ("xlsx", template_workbook(codes)),
    ):
        path = tmp_path / f"lieux.{kind}"
        path.write_bytes(content)
        assert read_candidates(path) == communes(codes)


def test_a_file_of_places_is_refused_with_every_problem(tmp_path: Path) -> None:
    path = tmp_path / "lieux.csv"
    path.write_text(
        "commune;etat;capacite;cout;disponible;longitude;latitude\n"
        "Nulleville;;;;;;\n"
        f"{PUY};ouvert;-3;beaucoup;demain;;\n"
        f"{BRIOUDE};;;;;45,3;3,4\n"
        f"{SAUGUES};;;;;3,5;\n43013;;;;;ouest;45,1\n"
        f"{LANGEAC};;;;;;\n{LANGEAC};;;;;;\n",
        "utf-8",
    )
    with pytest.raises(DataError) as refused:
        read_candidates(path)
    told = "\n".join(map(str, refused.value.problems))
    assert len(refused.value.problems) == 10
    for word in ("Nulleville", "etat", "capacite", "cout", "disponible", "mairie", "latitude"):
        assert word in told
    assert "« ouest »" in told
    assert "déjà ligne 7" in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("absent.csv", None),
        ("vide.csv", b""),
        ("sans.csv", b"nom;cout\nX;3\n"),
        ("rien.csv", b"commune;cout\n"),
        ("abime.xlsx", b"PK\x03\x04rien"),
        ("liste.yaml", b"- 43148\n"),
        ("autre.yaml", b"places:\n  - commune: 43148\n"),
        ("textes.yaml", b"lieux:\n  - 43148\n"),
    ],
)
def test_a_file_that_is_not_one_is_refused(tmp_path: Path, name: str, content) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError):
        read_candidates(path)


def test_options_mark_places_and_their_problems_are_told() -> None:
    problems: list = []
    told = {
        f"--existant {BRIOUDE}": State.EXISTANT,
        "--existant Langeac": State.EXISTANT,
        f"--exclure {PUY}": State.EXCLU,
    }
    found = {one.code_commune: one.etat for one in marked(communes((BRIOUDE, PUY)), told, problems)}
    assert found == {BRIOUDE: State.EXISTANT, PUY: State.EXCLU, LANGEAC: State.EXISTANT}
    assert not problems
    wrong = {
        "--existant Nulleville": State.EXISTANT,
        f"--exclure {SAUGUES}": State.EXCLU,
        f"--existant {PUY}": State.EXISTANT,
        f"--exclure {PUY}": State.EXCLU,
    }
    marked(communes((PUY,)), wrong, problems)
    assert len(problems) == 3


# --- what is refused


def test_a_budget_that_pays_no_place_is_refused_with_the_cheapest() -> None:
    places = (Candidate(PUY, cout=900.0), Candidate(LANGEAC, cout=400.0))
    with pytest.raises(InputError) as refused:
        asked(candidates=places, budget=399.0)
    (problem,) = refused.value.problems
    assert "400" in problem.expected
    assert "Langeac" in problem.expected


def test_every_problem_is_told_at_once() -> None:
    places = (
        Candidate("75101"),
        Candidate(LANGEAC, habitants=100.0),
        Candidate(PUY),
    )
    with pytest.raises(InputError) as refused:
        asked(
            structure=Structure.ANTENNE, candidates=places, budget=10.0, count=9,
            objective=Objective.COUVERTURE, weights=("age",),
        )  # fmt: skip
    told = "\n".join(map(str, refused.value.problems))
    for word in ("hors de portée", "--nombre", "coût inconnu", "habitants", "--poids", "--centre"):
        assert word in told


def test_nothing_possible_is_refused() -> None:
    closed = tuple(Candidate(one.code_commune, etat=State.EXCLU) for one in PLACES)
    with pytest.raises(InputError, match="aucun lieu possible"):
        asked(candidates=closed)


def test_the_command_tells_every_problem_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong, output = tmp_path / "lieux.csv", tmp_path / "lieux.pdf"
    wrong.write_text("commune;cout\nNulleville;3\n43148;-1\n", "utf-8")
    line = ["implantation", "epci:200073419", "--structure", "msp", "--lieux", str(wrong)]
    assert run([*line, "--exclure", "Nullepart", "-o", str(output)]) == 2
    told = capsys.readouterr().err
    for word in ("Nulleville", "cout", "Nullepart"):
        assert word in told
    assert not output.exists()


def test_the_template_and_the_choice_follow_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    places, report = tmp_path / "lieux.csv", tmp_path / "choix.xlsx"
    assert run(["modele", "implantation", "epci:200073419", "-o", str(places)]) == 0
    assert f"--lieux {places}" in capsys.readouterr().out
    line = ["implantation", "epci:200073419", "--structure", "antenne", "--centre", "43157"]
    line += ["--lieux", str(places)]
    assert run([*line, "--objectif", "couverture", "-o", str(report)]) == 0
    assert "prouvé pour le modèle" in capsys.readouterr().out
    assert report.stat().st_size > 5000


def test_a_template_of_another_form_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "lieux.doc"
    assert run(["modele", "implantation", "epci:200073419", "-o", str(output)]) == 2
    assert not output.exists()


def test_the_commands_of_the_guide_exist(racine: Path) -> None:
    page = (racine / "docs" / "guide" / "ou-ouvrir.md").read_text("utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", page, re.S)
    assert len(blocks[0].splitlines()) == 4
    lines = [shlex.split(line) for block in blocks for line in block.splitlines()]
    for _, *words in lines:
        command = application.get_command(None, words[0])
        if words[0] == "modele":
            command = command.commands[words[1]]
        known = {name for one in command.params for name in one.opts}
        assert {word for word in words if word.startswith("-")} <= known
