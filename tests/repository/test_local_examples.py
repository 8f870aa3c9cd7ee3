"""The examples of local aids: once as rules, once as aids to check, and the same figures."""

import pytest

from assemblier import parameters
from assemblier.aids.catalogue import catalogue
from assemblier.aids.inputs import COLLECTIVITES, STRUCTURES
from assemblier.aids.legality.examples import examples
from assemblier.aids.local_examples import FIRST, LAST
from assemblier.aids.structure_conditions import pour_les
from assemblier.data.contradictions import contradictions

EXAMPLES = [one for one in catalogue() if one.is_example]
SAME = {
    "vienne": "ex_vienne_bourse.mois",
    "auvergne-rhone-alpes": "ex_aura_stage.semestre",
    "ardeche": "ex_ardeche_stage.mois",
    "ardenne-rives-de-meuse": "ex_ardenne_avance.maximum",
    "oise-subvention": "ex_oise_subvention.maximum",
    "oise-pret": "ex_oise_pret.maximum",
    "paris-med": "ex_paris_med.par_professionnel",
    "vosges": "ex_vosges_telemedecine.maximum",
}


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.key)
def test_the_rule_and_the_aid_to_check_give_one_figure(example):
    path = f"aides.{SAME[example.key]}"
    assert parameters.explain(path, example.aid.date).value == example.aid.montant.value


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("vienne", "ex_vienne_bourse"),
        ("ardenne-rives-de-meuse", "ex_ardenne_avance"),
        ("paris-med", "ex_paris_med"),
    ],
)
def test_the_years_promised_are_the_same(key, path):
    (example,) = [one for one in examples() if one.key == key]
    years = parameters.explain(f"aides.{path}.engagement_annees", example.aid.date).value
    assert years == example.aid.engagement_annees


@pytest.mark.parametrize("aid", EXAMPLES, ids=lambda one: one.sigle)
def test_an_example_holds_for_the_year_of_its_document_only(aid):
    assert (aid.ouvert, aid.ferme) == (FIRST, LAST)
    assert aid.financeur in aid.fermeture
    assert aid.nom.startswith(f"{aid.financeur}, 2019")
    (text,) = aid.textes
    assert ", page " in text.titre


@pytest.mark.parametrize("aid", catalogue(), ids=lambda one: one.sigle)
def test_what_the_sources_say_differently_is_in_the_register(aid):
    assert set(aid.contradictions) <= {one.key for one in contradictions()}


def test_every_kind_of_structure_has_its_plural():
    codes = [code for code, _ in STRUCTURES]
    assert set(COLLECTIVITES) < set(codes)
    assert pour_les("un article", *codes).remplie.count(" les ") >= len(codes)
