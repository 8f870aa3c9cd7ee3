"""The zoning of Auvergne-Rhône-Alpes from real files: APL 2018, bassins de vie, quarters."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.diagnosis.zonage import Sheets, Study, study
from assemblier.diagnosis.zonage_levels import level_ground
from assemblier.errors import InputError
from assemblier.sources.codes import todays_context
from assemblier.sources.importing import files_of, import_files
from assemblier.sources.recipe_reading import recipe_layout
from assemblier.sources.recipes import read_recipe
from assemblier.sources.store import Store
from assemblier.territory import parse
from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import simulate
from assemblier.zoning.five_levels import by_maxima

RECIPE = Path(__file__).parents[1] / "recettes" / "apl_2016_2018_communes.yaml"
ON = dt.date(2024, 6, 1)


@pytest.fixture(scope="module")
def store(donnees_essai, tmp_path_factory) -> Store:
    found = Store(tmp_path_factory.mktemp("zonage-reel"))
    official = [
        donnees_essai / "insee_cog" / "table-appartenance-geo-communes-22.xlsx",
        donnees_essai / "qpv" / "ANCT_QPV_DEMO_2022.csv",
    ]
    list(import_files(files_of(official), found, todays_context()))
    apl = donnees_essai / "drees_apl" / "apl_communes_2016_2018_mg_inf_sf_mk.csv.gz"
    list(import_files(files_of([apl]), found, todays_context(), recipe_layout(read_recipe(RECIPE))))
    return found


@pytest.fixture(scope="module")
def aura(store) -> Study:
    return study(parse("region:84"), ON, Sheets(is_partial=True), store)


def test_the_part_that_is_covered_is_classed_and_the_title_says_it(aura, store):
    with pytest.raises(InputError, match="Jura"):
        study(parse("region:84"), ON, Sheets(), store)
    assert "par bassin de vie" in aura.title
    assert "211 bassins de vie sur 246" in aura.title
    found = simulate(aura.case)
    assert not found.refusals
    assert found.count(Zonage.ZIP) == 104
    assert all(one.sentence.endswith(".") for one in found.decisions)
    left_out = aura.case.left_out / aura.case.whole
    assert sum(found.shares().values()) == pytest.approx(1 - left_out)


def test_saugues_is_a_mandatory_zip_and_its_sentence_says_why(aura):
    (sentence,) = [
        one.sentence for one in simulate(aura.case).decisions if one.unit.code == "43234"
    ]
    assert sentence.startswith("ZIP d'office")


def test_every_quarter_of_the_region_is_placed(aura):
    quarters = aura.case.quartiers
    assert len(quarters) == 140  # lines of the file whose code is of its départements
    lacking = [one.code for one in quarters if one.lacks]
    assert lacking == ["QP069035"]
    assert next(one for one in quarters if one.code == "QP003001").communes == ("03095", "03310")


def test_the_highest_apl_of_each_level_is_that_of_the_text(store):
    ground = level_ground("sage_femme", store, is_whole=False)
    levels = by_maxima("sage_femme", ground.zones, ON)
    # The text prints 7.1, 9.8, 20.3, 23.6 and 51.1: from the APL of 2016, as here.
    assert levels.maxima[-1] == pytest.approx(51.1, abs=0.15)
    assert [round(one, 1) for one in levels.maxima[1:4]] == [9.8, 20.3, 23.6]
