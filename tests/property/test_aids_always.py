"""What is always true of the answers about aids, whatever is said and on whatever day."""

import datetime as dt
import tempfile
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.aids.catalogue import catalogue, saisies
from assemblier.aids.engine import Situations, Verdict, ask
from assemblier.aids.expressions import years_between
from assemblier.aids.inputs import Genre
from assemblier.aids.known_places import WHOLE_COUNTRY, quarter, rural, rural_share
from assemblier.aids.profile import read_profile
from assemblier.aids.profile_sheet import template_workbook, template_yaml
from assemblier.territory import parse
from tests.stores import put

DECIDED = (Verdict.ELIGIBLE, Verdict.NON_ELIGIBLE)
DAYS = st.dates(dt.date(2017, 11, 16), dt.date(2027, 12, 31))


def value_of(saisie):
    match saisie.genre:
        case Genre.NOMBRE:
            return st.floats(saisie.minimum, min(saisie.maximum, 200_000)).map(
                lambda x: round(x, 1)
            )
        case Genre.DATE:
            return st.dates(dt.date(2000, 1, 1), dt.date(2027, 1, 1))
    return st.sampled_from(saisie.codes[1:])


SAID = st.fixed_dictionaries(
    {}, optional={name: value_of(saisie) for name, saisie in saisies().items()}
)


@settings(deadline=None, max_examples=60)
@given(SAID, DAYS, st.data())
def test_making_an_unknown_input_known_never_changes_a_verdict_that_was_decided(said, on, data):
    """`Study`: making an unknown input known never changes a verdict that was decided.

    `Expression`: making an unknown input known never changes an answer that was known.
    """
    known = data.draw(st.fixed_dictionaries({n: value_of(s) for n, s in saisies().items()}))
    before = ask(Situations(1, said), on, aids=catalogue())
    after = ask(Situations(1, {**known, **said}), on, aids=catalogue())
    for aid in catalogue():
        (first,), (second,) = before.verdicts(aid), after.verdicts(aid)
        if first in DECIDED:
            assert second is first
        assert second is not Verdict.A_COMPLETER


@settings(deadline=None, max_examples=25)
@given(SAID, DAYS)
def test_what_is_explained_is_what_openfisca_answers(said, on):
    """`Study.answer` evaluates the rules of one place itself, `Study.verdicts` asks OpenFisca."""
    study = ask(Situations(1, said), on, aids=catalogue())
    for aid in catalogue():
        explained = study.answer(aid)
        assert (explained.verdict,) == study.verdicts(aid)
        if not explained.is_out_of_scope:
            for one in explained.amounts:
                told = study.amounts(aid, one.montant)[0]
                assert np.isnan(told) if one.value is None else one.value == told
            if explained.conditions:
                doubted = bool(study.calculate(f"{aid.variable}_a_confirmer")[0])
                assert explained.is_to_confirm == doubted


@settings(deadline=None, max_examples=60)
@given(SAID, DAYS)
def test_a_question_is_asked_exactly_where_something_is_left_to_decide(said, on):
    for answer in ask(Situations(1, said), on, aids=catalogue()).answers():
        assert bool(answer.questions) == (answer.verdict is Verdict.A_COMPLETER)
        assert not {one.nom for one in answer.questions} & set(said)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(saisies())), st.data())
def test_an_empty_profile_read_back_says_nothing_and_a_filled_line_says_itself(name, data):
    """`template_yaml`, `template_workbook`: read back as it is, it says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        sheet, text = Path(folder, "profil.xlsx"), Path(folder, "profil.yaml")
        sheet.write_bytes(template_workbook())
        assert read_profile(sheet) == {}
        empty = template_yaml()
        text.write_text(empty, encoding="utf-8")
        assert read_profile(text) == {}
        value = data.draw(value_of(saisies()[name]))
        unit = f" {saisies()[name].unite}" if saisies()[name].is_amount else ""
        filled = empty.replace(f"\n{name}:\n", f"\n{name}: {value}{unit}\n")
        text.write_text(filled, encoding="utf-8")
        assert read_profile(text) == {name: value}


@settings(deadline=None, max_examples=60)
@given(SAID, DAYS)
def test_amounts_are_never_negative(said, on):
    study = ask(Situations(1, said), on, aids=catalogue())
    for aid in catalogue():
        for montant in aid.montants:
            amount = study.amounts(aid, montant)[0]
            assert np.isnan(amount) or amount >= 0


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)),
    st.dates(dt.date(1950, 1, 1), dt.date(2030, 1, 1)),
)
def test_years_are_whole_on_anniversaries_and_grow_every_day(day, until):
    days = np.array([day], "M8[D]")
    years = years_between(days, until)[0]
    assert years_between(days, until + dt.timedelta(days=1))[0] > years
    if (day.month, day.day) != (2, 29):
        anniversary = (day.month, day.day) == (until.month, until.day)
        assert (years == int(years)) == anniversary
        if anniversary:
            assert years == until.year - day.year


# --- what imported files say of a commune

LOZERE = parse("departement:48").codes[:40]
SHARES = st.dictionaries(st.sampled_from(LOZERE), st.sampled_from([None, 0.0, 0.4, 1.0]))


@settings(max_examples=15, deadline=None)
@given(SHARES, st.dates(dt.date(2023, 1, 1), dt.date(2026, 1, 1)))
def test_rural_a_commune_classed_in_part_is_unknown(shares, on):
    indicator = rural_share(on)
    rows = [
        {
            "niveau": "commune",
            "code": code,
            "millesime": 2024,
            "indicateur": indicator,
            "valeur": share,
            "statut": "non disponible" if share is None else "connu",
        }
        for code, share in shares.items()
    ]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", folder)
        put(Path(folder), "indicateurs", rows)
        found = rural(LOZERE, on)
    whole = {1.0: "oui", 0.0: "non"}
    assert found.answers == tuple(whole.get(shares.get(code)) for code in LOZERE)


@settings(max_examples=10, deadline=None)
@given(st.sets(st.sampled_from(LOZERE)), st.sampled_from([2014, 2024]), st.booleans())
def test_quarter_only_a_commune_without_any_quarter_is_known_and_its_answer_is_no(
    held, year, is_whole
):
    told = [*sorted(held), *["75101"] * (WHOLE_COUNTRY if is_whole else 3)]
    rows = [
        {
            "code_qpv": f"QP{place:06d}",
            "nom": "Quartier d'essai",
            "code_commune": code,
            "millesime": year,
            "indicateur": "Population",
            "valeur": 1000.0,
            "statut": "connu",
        }
        for place, code in enumerate(told)
    ]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", folder)
        put(Path(folder), "qpv", rows, vintage=str(year))
        inside = quarter(LOZERE, dt.date(year + 1, 6, 1))
        other = quarter(LOZERE, dt.date(2023 if year == 2024 else 2025, 6, 1))
    assert other.answers == (None,) * len(LOZERE)
    expected = [None if code in held or not is_whole else "non" for code in LOZERE]
    assert list(inside.answers) == expected
