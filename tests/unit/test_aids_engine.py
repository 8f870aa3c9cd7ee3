"""The engine of the aids: verdicts, what is asked, what is to confirm, what closed."""

import datetime as dt

import numpy as np
import pytest

from assemblier.aids.catalogue import dispositif
from assemblier.aids.engine import Situations, Verdict, ask
from assemblier.aids.settings import Valeur, Valeurs, read_values
from assemblier.errors import InputError, ParameterError

IN_2019 = dt.date(2019, 6, 1)
GP = {
    "profession": "medecin_generaliste",
    "zonage": "ZIP",
    "secteur": "secteur_1",
    "statut": "projet",
    "jours_par_semaine": 4.0,
    "exercice_coordonne": "oui",
    "participation_pdsa": "oui",
    "caim_deja_signe": "non",
}


def answer_of(sigle: str, columns: dict, on: dt.date = IN_2019, **more):
    return ask(Situations(1, columns), on, aids=[dispositif(sigle)], **more).answers()[0]


def test_the_caim_of_2019_is_fifty_thousand_euros_with_its_conditions():
    found = answer_of("CAIM", GP)
    assert found.verdict is Verdict.ELIGIBLE
    assert found.amounts[0].value == 50_000
    assert not found.amounts[0].is_to_confirm
    assert len(found.conditions) == 9
    assert all(one.met and one.phrase and one.article for one in found.conditions)
    assert not found.questions


def test_the_same_in_2026_is_closed_and_says_what_replaced_it():
    found = answer_of("CAIM", GP, dt.date(2026, 6, 1))
    assert found.verdict is Verdict.FERME
    assert "CONV2024_INSTALL" in found.note
    assert not found.conditions


def test_a_missed_condition_ends_the_questions():
    found = answer_of("CAIM", {"profession": "medecin_generaliste", "zonage": "ZAC"})
    assert found.verdict is Verdict.NON_ELIGIBLE
    assert not found.questions
    (missed,) = [one for one in found.conditions if one.met is False]
    assert "action complémentaire" in missed.phrase


def test_only_what_still_decides_is_asked():
    known = {key: one for key, one in GP.items() if key not in ("participation_pdsa", "statut")}
    found = answer_of("CAIM", known)
    assert found.verdict is Verdict.A_COMPLETER
    assert [one.nom for one in found.questions] == ["statut", "participation_pdsa"]


def test_an_installed_doctor_is_asked_since_when():
    found = answer_of("CAIM", {**GP, "statut": "installe"})
    assert [one.nom for one in found.questions] == ["date_installation"]


def test_what_the_most_aids_wait_for_is_asked_first():
    study = ask(Situations(1, {"profession": "medecin_generaliste"}), dt.date(2022, 6, 1))
    waiting = [one.questions for one in study.answers()]
    counts = [sum(question in some for some in waiting) for question in study.questions()]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 1


def test_an_amount_between_the_two_read_is_to_confirm_and_says_what_to_enter():
    found = answer_of("CAIM", {**GP, "jours_par_semaine": 3.0})
    assert found.amounts[0].is_to_confirm
    assert [one.path for one in found.amounts[0].to_enter] == ["aides.caim.montant_par_jour"]


def test_a_value_that_was_entered_confirms_the_amount():
    entered = Valeur("aides.caim.montant_par_jour", 12_000, dt.date(2019, 1, 1), "un texte lu")
    found = answer_of("CAIM", {**GP, "jours_par_semaine": 3.0}, valeurs=Valeurs((entered,)))
    assert found.amounts[0].value == 36_000
    assert not found.amounts[0].is_to_confirm


def test_an_entered_value_does_not_hold_before_its_day():
    entered = Valeur("aides.caim.montant_par_jour", 12_000, dt.date(2020, 1, 1), "un texte lu")
    found = answer_of("CAIM", {**GP, "jours_par_semaine": 3.0}, valeurs=Valeurs((entered,)))
    assert found.amounts[0].is_to_confirm


def test_a_bonus_that_is_not_due_is_not_shown():
    found = answer_of("CAIM", {**GP, "hopital_de_proximite": "non"})
    assert [one.montant.cle for one in found.amounts] == ["montant"]


def test_an_aid_of_others_says_so():
    found = answer_of("CAIM", {**GP, "profession": "infirmier"})
    assert found.is_out_of_scope


def test_a_day_before_the_first_aid_known_is_refused():
    with pytest.raises(ParameterError, match="premier dispositif connu"):
        ask(Situations(1, GP), dt.date(1990, 1, 1))


def test_a_day_before_the_first_value_of_an_aid_says_so():
    found = answer_of("INDEMNITE_LOGEMENT_DEPLACEMENT", GP, dt.date(2010, 1, 1))
    assert found.verdict is Verdict.INCONNU
    assert "première date connue" in found.note


def test_many_places_answer_as_each_of_them():
    zones = ["ZIP", "ZAC", None, "HZ"]
    study = ask(Situations(4, {**GP, "zonage": zones}), IN_2019)
    for aid in study.aids:
        alone = [
            ask(Situations(1, {**GP, "zonage": zone}), IN_2019).verdicts(aid)[0] for zone in zones
        ]
        assert list(study.verdicts(aid)) == alone
    caim = dispositif("CAIM")
    assert study.amounts(caim, caim.montants[0]).tolist() == [50_000] * 4
    assert study.answer(caim, 1).verdict is Verdict.NON_ELIGIBLE
    assert study.answer(caim, 2).questions[0].nom == "zonage"


def test_a_closed_aid_has_no_amount():
    study = ask(Situations(2, GP), dt.date(2026, 6, 1))
    caim = dispositif("CAIM")
    assert np.isnan(study.amounts(caim, caim.montants[0])).all()


def test_the_questions_are_in_french_with_no_input_twice():
    study = ask(Situations(1, {"profession": "medecin_generaliste"}), dt.date(2022, 6, 1))
    questions = study.questions()
    assert len({one.nom for one in questions}) == len(questions)
    assert all(one.question.endswith("?") for one in questions)


def test_values_are_refused_all_at_once(tmp_path):
    file = tmp_path / "valeurs.yaml"
    file.write_text(
        "aides.caim.montant_plei: {valeur: 1, depuis: 2019-01-01, texte: un texte}\n"
        "aides.caim.montant_plein: {valeur: beaucoup, depuis: 2019-01-01, texte: un texte}\n"
        "aides.caim.montant_minimum: 3\n"
        "aides.caim.jours_plein: {valeur: 4, depuis: hier, texte: un texte}\n",
        encoding="utf-8",
    )
    with pytest.raises(InputError) as refused:
        read_values(file)
    assert len(refused.value.problems) == 4
    assert "aides.caim.montant_plein" in refused.value.problems[0].expected


def test_values_are_read(tmp_path):
    file = tmp_path / "valeurs.yaml"
    file.write_text(
        "aides.caim.montant_par_jour:\n  valeur: 12000\n  depuis: 2019-01-01\n  texte: un texte\n",
        encoding="utf-8",
    )
    found = read_values(file).of("aides.caim.montant_par_jour", IN_2019)
    assert found is not None
    assert found.valeur == 12_000
