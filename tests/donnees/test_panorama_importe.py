"""Panoramas of territories whose official files are imported, on real data given from outside."""

import datetime as dt
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.diagnosis import context, quarters, zonings
from assemblier.diagnosis.apl import mean_apl
from assemblier.diagnosis.basins import basins
from assemblier.diagnosis.local import published_apl
from assemblier.figures import Figure
from assemblier.reports.document import Document, Items, Tone
from assemblier.reports.panorama import panorama
from assemblier.sources.stored import stored
from assemblier.territory import epci_of, parse

ON = dt.date(2026, 11, 22)
RECIPES = Path(__file__).parents[1] / "recettes"
FOLDERS = ("cartosante", "filosofi", "qpv", "finess", "insee_bpe", "insee_cog", "insee_rp_age")
GIVEN = (
    ("drees_apl/apl_communes_2016_2018_mg_inf_sf_mk.csv.gz", "apl_2016_2018_communes"),
    ("drees_apl/apl_mg_2022_2024_communes_43.csv", "apl_43_2022_2024"),
    ("insee_bpe/bpe_d201_generalistes_par_commune_cpprouting.csv", "generalistes_bpe_d201"),
    ("insee_rp_age/rp2020_part_ages_commune_3classes.xlsx", "parts_ages_2020"),
    ("zonage/zonmed_ars_par_commune_codepostal.csv", "zonage_medecins_codes_postaux"),
)
PLACES = ("departement:48", "epci:200073419", "region:84")


@pytest.fixture(scope="module", autouse=True)
def importe(donnees_essai: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Import the folder as a person does: the official files, then the extracts by recipe."""
    before = os.environ.get("ASSEMBLIER_DONNEES", "")
    os.environ["ASSEMBLIER_DONNEES"] = str(tmp_path_factory.mktemp("donnees"))
    run(["sources", "importer", *(str(donnees_essai / name) for name in FOLDERS)])
    for name, recipe in GIVEN:
        modele = str(RECIPES / f"{recipe}.yaml")
        assert run(["sources", "importer", str(donnees_essai / name), "--modele", modele]) == 0
    yield
    os.environ["ASSEMBLIER_DONNEES"] = before


@cache
def document(expression: str) -> Document:
    return panorama(parse(expression), ON)


def figures(expression: str) -> tuple[Figure, ...]:
    return document(expression).figures()


@pytest.mark.parametrize("expression", PLACES)
def test_the_panorama_shows_what_was_imported_and_says_what_is_lacking(expression: str) -> None:
    found = document(expression)
    keys = {section.key for part in found.parts for section in part.sections}
    assert {"apl-professions", "bassins-de-vie", "zones", "contexte", "qpv"} <= keys
    for figure in found.figures():
        if figure.is_known and not figure.label.startswith("population"):
            assert figure.provenance.sources, figure.label
        if not figure.is_known:
            assert figure.missing, figure.label
    lacking = [b for b in found.blocks() if isinstance(b, Items) and b.tone is Tone.MISSING]
    assert lacking


@pytest.mark.parametrize("expression", PLACES)
def test_every_source_has_a_vintage_and_a_producer(expression: str) -> None:
    for source in document(expression).sources():
        assert source.producer
        assert source.vintage


@pytest.mark.parametrize("year", [2016, 2018])
def test_published_means_are_weighted_as_the_drees_does(year: int) -> None:
    found = mean_apl(published_apl(parse("departement:48")), year)
    assert "population standardisée" in found.vintage


def test_the_mean_of_haute_loire_in_2018_is_the_published_one() -> None:
    found = mean_apl(published_apl(parse("departement:43")), 2018)
    assert round(found.known_value(), 2) == 3.66


def test_there_are_twenty_bassins_in_haute_loire_and_saugues_is_in_deficit() -> None:
    found = basins(parse("departement:43"))
    assert len(found.basins) == 20
    assert found.outside == ()
    assert "Saugues" in [basin.perimeter.nom for basin in found.deficits]


def test_the_zones_of_a_departement_hold_each_of_its_communes() -> None:
    lozere = parse("departement:48")
    by_profession = {one.profession: one for one in zonings.zonings(lozere)}
    assert {"medecin_generaliste", "infirmier"} <= set(by_profession)
    for one in by_profession.values():
        assert sum(figure.known_value() for figure in one.communes.values()) == len(lozere.codes)


@pytest.mark.mission("OBS-052")
def test_every_epci_has_a_dated_context() -> None:
    places = [*epci_of(parse("departement:43")), *epci_of(parse("departement:48"))]
    for place in places:
        standard = context.living_standard(place)
        assert standard.is_known, place.nom
        assert standard.vintage.startswith("2019")
        assert standard.provenance.sources[0].producer.startswith("Insee")


def test_quarters_are_those_of_the_file() -> None:
    puy = quarters.quarters(parse("commune:43157"))
    assert puy is not None
    assert [one.code for one in puy.quarters] == ["QP043001", "QP043002"]
    lozere = quarters.quarters(parse("departement:48"))
    assert lozere is not None
    assert lozere.quarters == ()
    assert lozere.national.known_value() > 5e6


def test_several_files_of_one_table_stay_apart() -> None:
    assert len({one.source.key for one in stored("apl_publiee")}) == 2
