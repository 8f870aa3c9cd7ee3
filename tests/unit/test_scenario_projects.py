"""A scenario for a council: where its structure would do best, and what pays for it."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.errors import InputError
from assemblier.reports.scenario import scenario_document
from assemblier.scenarios import Outcome, outcome, read_scenario
from assemblier.scenarios.funding import answered
from assemblier.scenarios.places import places
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
BASE = access.baseline(territory.parse("departement:43"), ON, ENGINE)
RETIRED = "43148:medecin_generaliste:2"
ANTENNA = "43148:43040:20"
MONEY = (
    "--projet", "centre-de-sante", "-r", "salaire_net=4500", "-r", "etp_administratif=0,7",
    "-r", "loyer=0", "-r", "autres_charges=10000", "-r", "equipement=20000",
)  # fmt: skip


def tried(*changes: dict, removals: tuple[str, ...] = (), antennas: tuple[str, ...] = (),
          folder: Path | None = None) -> Outcome:  # fmt: skip
    path = None
    if changes and folder:
        path = folder / "essai.json"
        path.write_text(json.dumps({"territoire": "departement:43", "changements": changes}))
    draft = read_scenario(path, removals, "departement:43", antennas)
    return outcome(draft.scenario, BASE, ON, ENGINE, draft.problems)


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_options_tell_the_same_as_a_file(tmp_path: Path) -> None:
    said = {"type": "antenne", "commune": "43148", "site_principal": "43040", "heures_semaine": 20,
            "meme_systeme_information": "oui", "temps_nouveau": "oui"}  # fmt: skip
    retired = {"type": "retraite", "commune": "43148", "nombre": 2}
    by_file = tried(retired, said, folder=tmp_path)
    by_option = tried(removals=(RETIRED,), antennas=(ANTENNA,))
    assert by_file.scenario.identity == by_option.scenario.identity
    assert (
        by_option.scenario.nom == "Paulhaguet : départ à la retraite, antenne d'un centre de santé"
    )


def test_a_structure_is_tried_in_every_commune_the_rule_allows() -> None:
    found = tried(removals=(RETIRED,), antennas=(ANTENNA,))
    (compared,) = places(found, ON, ENGINE)
    times = ENGINE.times(["43040"], list(found.perimeter.codes), 240.0).minutes.tocoo()
    allowed = {found.perimeter.codes[k] for k, one in zip(times.coords[1], times.data, strict=True)
               if one < 30}  # fmt: skip
    assert {one.commune for one in compared.tried} == allowed - {"43040"}
    assert all(one.minutes < 30 for one in compared.tried)
    relief = [one.relief for one in compared.tried]
    assert relief == sorted(relief, reverse=True)
    assert compared.chosen.commune == "43148"


def test_the_best_place_does_what_a_scenario_there_does() -> None:
    (compared,) = places(tried(removals=(RETIRED,), antennas=(ANTENNA,)), ON, ENGINE)
    best = compared.tried[0]
    there = tried(removals=(RETIRED,), antennas=(f"{best.commune}:43040:20",))
    (again,) = places(there, ON, ENGINE)
    assert again.rank == 1
    assert again.chosen.relief == pytest.approx(best.relief)
    after = there.after[there.is_inside]
    people = np.nan_to_num(there.residents[there.is_inside])
    assert best.under == pytest.approx(people[after < 2.5].sum())
    inside = there.gain - tried(removals=(RETIRED,)).gain
    reached = inside * BASE.people
    assert best.inside == pytest.approx(reached[there.is_inside].sum())
    assert best.outside == pytest.approx(reached[~there.is_inside].sum())


def test_the_scenario_answers_the_hours_and_the_people_of_the_budget() -> None:
    found = tried(removals=(RETIRED,), antennas=(ANTENNA,))
    held = answered("centre-de-sante", found.scenario, BASE, ON)
    assert held["medecins"] * held["heures_semaine"] == pytest.approx(20, abs=0.02)
    assert 853 <= held["population"] < 21_000  # Paulhaguet, and those within ten minutes
    assert answered("cpts", found.scenario, BASE, ON) == {}


def test_the_report_holds_the_place_and_the_money_beside_the_losses(tmp_path: Path, capsys) -> None:
    asked = ["scenario", "--retrait", RETIRED, "--antenne", ANTENNA, *MONEY]
    assert run([*asked, "-o", str(tmp_path / "conseil")]) == 0
    said = plain(capsys.readouterr().out)
    assert "Autour : hors Paulhaguet, 45 communes perdent" in said
    assert "communes possibles" in said
    assert "Budget d'un centre de santé." in said
    assert "consultations par an, d'après leur durée ; l'accès en compte" in said
    assert "Saugues (43234) : l'APL 2024 publiée est 0,00, mais 1 praticien" in said
    page = plain((tmp_path / "conseil" / "index.html").read_text("utf-8"))
    for title in ("Où ouvrir", "Avec quel argent", "Compte de résultat"):
        assert title in page
    tables = {one.name for one in (tmp_path / "conseil" / "csv").iterdir()}
    assert "lieux_2.csv" in tables


def test_two_projects_share_one_report(tmp_path: Path, capsys) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "porteur: epci\nrural_eligible: oui\n"
        "depenses:\n  - {nature: rehabilitation, montant_ht: 100000}\n"
        "financements:\n  - {financeur: detr, taux: 40}\n  - {financeur: autofinancement}\n",
        "utf-8",
    )
    asked = ["scenario", "--retrait", RETIRED, "--antenne", ANTENNA, *MONEY]
    joined = [*asked, "--projet", f"financement={plan}"]
    assert run([*joined, "-o", str(tmp_path / "conseil")]) == 0
    assert "Plan de financement." in capsys.readouterr().out


def test_a_plan_that_is_refused_gives_the_status_of_a_refusal(tmp_path: Path, capsys) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "porteur: epci\ndepenses:\n  - {nature: construction, montant_ht: 100000}\n"
        "financements:\n  - {financeur: ars, montant: 50000}\n  - {financeur: autofinancement}\n",
        "utf-8",
    )
    assert run(["scenario", "--retrait", RETIRED, "--projet", f"financement={plan}"]) == 1
    assert "Paulhaguet" in capsys.readouterr().out


def test_every_problem_of_the_scenario_and_its_projects_is_said_at_once(
    tmp_path: Path, capsys
) -> None:
    asked = ["scenario", "--retrait", "43148:medecin_generaliste:9", "--antenne", "43148:43040:21",
             "--projet", "centre-de-sante", "-r", "loyer=beaucoup", "-r", "inconnue=1",
             "--projet", "centre"]  # fmt: skip
    out = tmp_path / "conseil.pdf"
    assert run([*asked, "-o", str(out)]) == 2
    said = plain(capsys.readouterr().err)
    for part in ("9 à retirer à Paulhaguet", "21,0 heures", "loyer", "-r inconnue", "« centre »"):
        assert part in said
    assert not out.exists()


def test_an_antenna_option_that_lacks_a_part_is_refused() -> None:
    with pytest.raises(InputError, match="43148:43040:20"):
        draft = read_scenario(None, (), "departement:43", ("43148:43040",))
        outcome(draft.scenario, BASE, ON, ENGINE, draft.problems)


def test_a_report_without_a_structure_has_no_place_to_compare() -> None:
    found = tried(removals=(RETIRED,))
    assert places(found, ON, ENGINE) == ()
    keys = {part.key for part in scenario_document(found, ON).parts}
    assert not keys & {"lieux", "argent"}
