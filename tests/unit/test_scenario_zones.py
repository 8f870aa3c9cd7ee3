"""What a scenario changes in the zoning: means by territory, thresholds, acts, ceilings.

Territories, acts and ceilings are made for these tests; scores and counts are the delivered ones.
"""

import datetime as dt
import json
from pathlib import Path

import pytest

from assemblier import access, territory
from assemblier.cli.program import run
from assemblier.data import facts
from assemblier.errors import UnavailableError
from assemblier.reports.scenario import scenario_document
from assemblier.scenarios import Outcome, outcome, read_scenario
from assemblier.scenarios.zones import Files, ZoneEffects, zone_effects
from assemblier.sources.store import Store
from assemblier.territory import index
from assemblier.travel import chain_engine
from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import Position
from tests.stores import put

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
HERE = territory.parse("departement:43")
BASE = access.baseline(HERE, ON, ENGINE)
AROUND = ("43148", "43062", "43077", "43082", "43126")
"""Paulhaguet and four communes that its practices serve, delivered scores at or under 4."""


def tried(folder: Path, *changes: dict) -> Outcome:
    path = folder / "essai.json"
    path.write_text(json.dumps({"territoire": "departement:43", "changements": changes}), "utf-8")
    draft = read_scenario(path)
    return outcome(draft.scenario, BASE, ON, ENGINE, draft.problems)


def composition(folder: Path, unit: tuple[str, ...]) -> Path:
    """One made territory, and each other commune of the département alone."""
    path = folder / "tvs.csv"
    rows = [
        f"{code};{'43148' if code in unit else code};{'Territoire d’essai' if code in unit else ''}"
        for code in HERE.codes
    ]
    path.write_text("code_commune;code_tvs;nom_tvs\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def acts(folder: Path, zone: str) -> Path:
    (folder / "zones.csv").write_text(
        "code;zone\n" + "".join(f"{code};{zone}\n" for code in AROUND), "utf-8"
    )
    path = folder / "actes.csv"
    path.write_text(
        "cle;region;profession;arrete;publication;debut;fin;reference;zones;adresse\n"
        "essai;84;medecin_generaliste;2022-01-31;;2022-02-01;;arrêté fabriqué pour l'essai;"
        "zones.csv;\n",
        "utf-8",
    )
    return path


RETIRED = {"type": "retraite", "commune": "43148", "nombre": 2}


def zoned(found: Outcome, folder: Path, **files: Path) -> ZoneEffects:
    return zone_effects(found, ON, Store(folder / "vide"), Files(**files))


def mean(values: dict[str, float]) -> float:
    people = dict(zip(index().codes, index().population.tolist(), strict=True))
    return sum(values[code] * people[code] for code in AROUND) / sum(people[c] for c in AROUND)


def published_65() -> dict[str, float]:
    table = facts.apl_publiee()
    latest = table.filter(table["millesime"] == table["millesime"].max())
    return dict(latest.select("code_commune", "apl_65").iter_rows())


def test_the_mean_of_a_territory_is_weighted_by_residents_before_and_after(tmp_path: Path) -> None:
    found = tried(tmp_path, RETIRED)
    zones = zoned(found, tmp_path, composition=composition(tmp_path, AROUND))
    unit = next(one for one in zones.units if one.unit.code == "43148")
    known = published_65()
    gain = dict(zip(BASE.homes, found.gain.tolist(), strict=True))
    assert unit.today.value == pytest.approx(mean(known))
    after = {code: max(known[code] + gain[code], 0) for code in AROUND}
    assert unit.later.value == pytest.approx(mean(after))
    assert unit.stands is Position.OBLIGATOIRE or unit.later.value > 2.5


def test_doctors_over_65_leave_the_zoning_as_it_is(tmp_path: Path) -> None:
    found = tried(tmp_path, {**RETIRED, "plus_de_65": "oui"})
    assert found.balance().lost > 0
    zones = zoned(found, tmp_path, composition=composition(tmp_path, AROUND))
    assert zones.units
    assert all(one.today == one.later for one in zones.units)
    assert not zones.changed


def test_the_zone_in_force_is_that_of_the_act_and_stays_until_a_revision(tmp_path: Path) -> None:
    found = tried(tmp_path, RETIRED)
    files = {"composition": composition(tmp_path, AROUND), "acts": acts(tmp_path, "ZAC")}
    unit = next(one for one in zoned(found, tmp_path, **files).units if one.unit.code == "43148")
    assert unit.in_force is Zonage.ZAC
    assert "fabriqué" in unit.act
    assert unit.stands is Position.OBLIGATOIRE
    assert unit.expected is Zonage.ZIP
    assert unit.is_change
    opened = {one.key for one in unit.effects.opened}
    assert opened and not opened & {one.key for one in unit.effects.ended}


def test_ceilings_are_not_applied_to_a_part_of_a_region_and_it_is_said(tmp_path: Path) -> None:
    zones = zoned(tried(tmp_path, RETIRED), tmp_path, composition=composition(tmp_path, AROUND))
    assert all(one.simulated is None for one in zones.units)
    assert any("plafonds régionaux" in one for one in zones.limits)
    assert any("plus de 65 ans" in one for one in zones.limits)


def test_an_unknown_commune_bounds_the_mean_instead_of_hiding_it(tmp_path: Path) -> None:
    # A commune of another département, whose score is not delivered: Massiac.
    path = composition(tmp_path, AROUND)
    path.write_text(path.read_text("utf-8") + "15119;43148;Territoire d’essai\n", "utf-8")
    zones = zoned(tried(tmp_path, RETIRED), tmp_path, composition=path)
    unit = next(one for one in zones.units if one.unit.code == "43148")
    assert unit.today.value is None
    assert unit.today.low < unit.today.high
    assert any("Massiac" in one and "entre" in one for one in zones.limits)
    assert not unit.is_change or unit.stood is not None


def test_without_a_composition_it_is_said_and_nothing_is_guessed(tmp_path: Path) -> None:
    found = tried(tmp_path, RETIRED)
    with pytest.raises(UnavailableError) as missing:
        zoned(found, tmp_path)
    sections = [
        section
        for part in scenario_document(found, ON, missing.value).parts
        for section in part.sections
    ]
    zonage = next(one for one in sections if one.key == "zonage")
    assert "n'est pas connu" in zonage.title
    assert not any(one.key == "zones" for one in scenario_document(found, ON).tables())


def test_the_command_writes_the_zones_in_the_page_and_the_spreadsheet(
    tmp_path: Path, capsys
) -> None:
    files = ["--composition", str(composition(tmp_path, AROUND)), "--actes",
             str(acts(tmp_path, "ZAC"))]  # fmt: skip
    asked = ["scenario", "--retrait", "43148:medecin_generaliste:2", *files]
    assert run([*asked, "-o", str(tmp_path / "effets")]) == 0
    assert "Zonage" in capsys.readouterr().out
    page = (tmp_path / "effets" / "index.html").read_text("utf-8")
    assert "Territoire d’essai" in page and "arrêté fabriqué" in page
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(tmp_path / "effets" / "scenario.xlsx"))
    cells = [str(cell) for name in book.sheet_names
             for row in book.get_sheet_by_name(name).to_python() for cell in row]  # fmt: skip
    assert "Territoire d’essai" in cells
    assert "ZAC" in cells and "ZIP" in cells


def test_a_wrong_file_of_ceilings_is_refused(tmp_path: Path, capsys) -> None:
    (tmp_path / "plafonds.csv").write_text("rien\n1\n", "utf-8")
    files = ["--composition", str(composition(tmp_path, AROUND)), "--plafonds",
             str(tmp_path / "plafonds.csv")]  # fmt: skip
    assert run(["scenario", "--retrait", "43148:medecin_generaliste:2", *files]) == 2
    assert "plafonds.csv" in capsys.readouterr().err


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A region whose every commune has a made score: only Haute-Loire has its delivered one."""
    folder = tmp_path_factory.mktemp("region")
    rows, known = index(), published_65()
    codes = [code for code, own in zip(rows.codes, rows.code_region.tolist(), strict=True)
             if own == "84"]  # fmt: skip
    epci = dict(zip(rows.codes, rows.siren_epci.tolist(), strict=True))
    units = {code: epci[code] or code for code in codes}
    whole = {code for code, unit in epci.items() if unit in set(units.values())} | set(codes)
    put(folder, "composition_tvs", [
        {"code_commune": code, "millesime": 2024, "code_tvs": epci[code] or code,
         "nom_tvs": f"Essai {epci[code]}"}
        for code in sorted(whole)
    ])  # fmt: skip
    put(folder, "apl_publiee", [
        {"code_commune": code, "profession": "medecin_generaliste", "millesime": 2024,
         "apl_65": known.get(code, 2.0 + int(code[2:], 36) % 300 / 100)}
        for code in sorted(whole)
    ], "drees-apl-medecin_generaliste")  # fmt: skip
    return Store(folder)


def test_a_whole_region_is_simulated_within_its_ceilings(region: Store, tmp_path: Path) -> None:
    found = tried(tmp_path, {**RETIRED}, {"type": "retraite", "commune": "43040", "nombre": 12})
    zones = zone_effects(found, ON, region, Files())
    assert zones.units
    assert all(one.simulated is not None for one in zones.units)
    assert not any("ne sont pas simulés" in one for one in zones.limits)
    assert any("Plafonds à remplacer" in one for one in zones.limits)
    lower = [one for one in zones.units if one.later.low < one.today.low]
    assert lower
    # A lower score never improves a zone.
    assert all(one.simulated_after.rank <= one.simulated.rank for one in lower)
