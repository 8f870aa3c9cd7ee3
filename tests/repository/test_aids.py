"""The catalogue of aids keeps its promises: texts, limits, dates, sentences, names."""

import datetime as dt
import string

import pytest

from assemblier import parameters
from assemblier.aids.catalogue import catalogue, saisies
from assemblier.aids.dispositif import inputs_of, parameters_of
from assemblier.aids.engine import named_parameters
from assemblier.data.contradictions import contradictions

AIDS = pytest.mark.parametrize("aid", catalogue(), ids=lambda one: one.sigle)


def days_of(aid) -> set[str]:
    return {aid.ouvert, *(day for day, _ in aid.expressions())}


def test_a_sigle_and_a_variable_name_one_thing():
    names = [name for aid in catalogue() for name in variables_of(aid)]
    assert len(names) == len(set(names))
    assert not set(names) & set(saisies())


def variables_of(aid) -> list[str]:
    parts = (*aid.conditions, *aid.montants)
    return [aid.variable, f"{aid.variable}_a_confirmer", *(aid.variable_de(one) for one in parts)]


@AIDS
def test_an_aid_says_who_pays_whom_to_ask_on_what_it_rests_and_what_it_leaves_out(aid):
    for said in (aid.nom, aid.resume, aid.financeur, aid.contact, aid.beneficiaires, aid.duree):
        assert len(said) > 3
    assert aid.conditions and aid.textes and aid.non_modelise
    assert all(one.article_au(dt.date.fromisoformat(aid.ouvert)) for one in aid.conditions)
    assert all(one.article for one in aid.montants)


@AIDS
def test_an_aid_names_inputs_and_parameters_that_exist(aid):
    for _, expression in aid.expressions():
        assert set(inputs_of(expression)) <= set(saisies())
        assert {aid.chemin(one) for one in parameters_of(expression)} <= set(parameters.paths())


@AIDS
def test_each_parameter_has_a_value_when_the_rule_that_names_it_starts(aid):
    """At the latest today, or on the last day of the aid: before, the answer says it is unknown."""
    lasting = aid.ferme or "2026-01-01"
    for day, expression in aid.expressions():
        for name in parameters_of(expression):
            parameters.explain(aid.chemin(name), dt.date.fromisoformat(max(day, lasting)))


@AIDS
def test_each_parameter_of_an_aid_is_used(aid):
    used = {aid.chemin(one) for _, rule in aid.expressions() for one in parameters_of(rule)}
    words = {name for text in texts_of(aid) for name in placeholders(text)}
    named = named_parameters(aid)
    own = {path for path in parameters.paths() if path.startswith(f"aides.{aid.variable}.")}
    assert own <= used | {named[word] for word in words if word in named}


@AIDS
def test_each_sentence_names_what_exists(aid):
    known = set(saisies()) | set(named_parameters(aid))
    for text in texts_of(aid):
        assert placeholders(text) <= known


def texts_of(aid) -> list[str]:
    return [
        *(text for one in aid.conditions for text in (one.remplie, one.manquee)),
        *(one.formule for one in aid.montants),
    ]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@AIDS
def test_dates_follow_each_other(aid):
    assert all(dt.date.fromisoformat(day) for day in days_of(aid))
    if aid.ferme:
        assert aid.ouvert <= aid.ferme
    for text in aid.textes:
        assert dt.date.fromisoformat(text.depuis)


@AIDS
def test_what_closed_says_what_followed(aid):
    if aid.ferme:
        assert aid.fermeture or aid.remplace_par
    assert set(aid.remplace_par) <= {one.sigle for one in catalogue()}


@AIDS
def test_if_an_aid_excludes_another_the_other_excludes_it(aid):
    """The same for what is allowed: both files say the same of a pair."""
    by_sigle = {one.sigle: one for one in catalogue()}
    for cumul in aid.cumuls:
        other = by_sigle.get(cumul.avec)
        if other is not None:
            back = [one.sens for one in other.cumuls if one.avec == aid.sigle]
            assert back == [cumul.sens], f"{aid.sigle} et {cumul.avec}"
        else:
            assert cumul.avec == cumul.avec.lower(), f"{cumul.avec} n'est pas au catalogue"


@AIDS
def test_a_chain_of_replacements_goes_forward_and_ends(aid):
    by_sigle = {one.sigle: one for one in catalogue()}
    for sigle in aid.remplace_par:
        following = by_sigle[sigle]
        assert following.ouvert > aid.ouvert
        assert not following.ferme or following.ferme > aid.ferme


@AIDS
def test_each_contradiction_named_is_in_the_register(aid):
    assert set(aid.contradictions) <= {one.key for one in contradictions()}
