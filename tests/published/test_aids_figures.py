"""The acceptance figures of the aids of doctors, students and interns come out of the rules."""

import datetime as dt

import pytest

from assemblier import parameters
from assemblier.aids.catalogue import dispositif
from assemblier.aids.engine import Verdict
from assemblier.data.contradictions import contradictions
from tests.aids_answers import (
    CAIM,
    COSCOM,
    COTRAM,
    CSTM,
    GP,
    HOSPITAL,
    IN_2019,
    MSU,
    PIAS,
    RETIRED,
    STAGE,
    STUDENT,
    amount,
    answer,
    missed,
    verdict,
)

ASSISTANT = {**GP, "rang_patientele": 50, "contrat_assistant_existant": "non"}
BEFORE_2023 = dt.date(2022, 6, 1)
TARGETS = {**GP, "poste_400": "salarie", "date_embauche": dt.date(2019, 6, 1)}
HOST = {**COSCOM, "accueille_un_stagiaire": "oui"}
LOCUM = {**GP, "statut": "remplacant"}
SPENT = {"salaire_medecin_an": 90_000, "recettes_medecin_an": 70_000}

AMOUNTS = [
    # acceptance figure, aid, situation, changes, amount, expected
    ("ACC-076", "CESP", STUDENT, {"mois_d_allocation": 12}, "montant", 1200),
    ("ACC-076", "CESP", STUDENT, {"mois_d_allocation": 12}, "engagement", 24),
    ("ACC-076", "CESP", STUDENT, {"mois_d_allocation": 36}, "engagement", 36),
    ("ACC-080", "ETAT_TRANSPORT", STAGE, {}, "montant", 130),
    ("ACC-081", "ETAT_HEBERGEMENT", STAGE, {}, "montant", 200),
    ("ACC-087", "MSU", MSU, {"mois_de_stage": 6}, "montant", 600),
    ("ACC-087", "COSCOM", HOST, {"mois_de_stage": 1}, "stagiaire", 300),
    ("ACC-091", "CAIM", CAIM, {}, "montant", 50_000),
    ("ACC-092", "COSCOM", COSCOM, {}, "montant", 5_000),
    ("ACC-093", "COTRAM", COTRAM, {"honoraires_an": 100_000}, "montant", 10_000),
    ("ACC-094", "CSTM", CSTM, {"honoraires_an": 100_000}, "montant", 25_000),
    ("ACC-112", "MED400", TARGETS, SPENT, "montant", 20_000),
    ("ACC-115", "CSTM", CSTM, {"honoraires_an": 40_000}, "montant", 10_000),
    ("ACC-134", "CAIM", CAIM, {"jours_par_semaine": 2.5}, "montant", 31_250),
    ("ACC-135", "COSCOM", HOST, {"mois_de_stage": 12}, "stagiaire", 3_600),
    ("ACC-135", "COSCOM", COSCOM, {"hopital_de_proximite": "oui"}, "hopital", 1_250),
    ("ACC-136", "COTRAM", COTRAM, {"honoraires_an": 250_000}, "montant", 20_000),
    ("ACC-137", "CSTM", CSTM, {"honoraires_an": 240_000}, "montant", 50_000),
    ("ACC-138", "PTMG", {**GP, "statut": "projet"}, {"honoraires_mois": 0}, "montant", 6_900),
    ("ACC-141", "PIAS", PIAS, {"revenus_an": 0}, "montant", 2_300),
    ("ACC-141", "PIAS", PIAS, {"revenus_an": 80_000}, "activite", 4_000),
    ("ACC-141", "PIAS", PIAS, {"revenus_an": 200_000}, "activite", 4_600),
]  # fmt: skip


@pytest.mark.parametrize("row", AMOUNTS, ids=[f"{one[0]}-{one[1]}-{one[4]}" for one in AMOUNTS])
def test_an_amount_is_the_published_one(row):
    _, sigle, base, changes, key, expected = row
    assert amount(sigle, base, key, **changes) == pytest.approx(expected)


REFUSED = [
    # acceptance figure, aid, situation, change, condition missed
    ("ACC-080", "ETAT_TRANSPORT", STAGE, {"distance_domicile_km": 15}, "distance"),
    ("ACC-081", "ETAT_HEBERGEMENT", STAGE, {"distance_chu_km": 30}, "distance"),
    ("ACC-081", "ETAT_HEBERGEMENT", STAGE, {"zonage": "HZ"}, "zone"),
    ("ACC-081", "ETAT_HEBERGEMENT", STAGE, {"loge_gratuitement": "oui"}, "logement"),
    ("ACC-081", "ETAT_HEBERGEMENT", STAGE, {"statut": "etudiant"}, "statut"),
    ("ACC-087", "MSU", MSU, {"date_installation": dt.date(2018, 6, 2)}, "anciennete"),
    ("ACC-087", "MSU", MSU, {"stagiaire_interne": "oui"}, "anciennete"),
    ("ACC-094", "CSTM", CSTM, {"jours_par_an": 9}, "activite"),
    ("ACC-095", "PDSA_151TER", GP, {"zonage": "ZAC"}, "zone"),
    ("ACC-112", "MED400", TARGETS, {"date_embauche": dt.date(2017, 6, 1)}, "duree"),
    ("ACC-113", "CUMUL_RETRAITE", RETIRED, {"revenus_an": 80_000}, "revenus"),
    ("ACC-116", "PRIME_EXERCICE_TERRITORIAL", HOSPITAL, {"distance_sites_km": 15}, "distance"),
    ("ACC-134", "CAIM", CAIM, {"jours_par_semaine": 2.4}, "activite"),
    ("ACC-134", "CAIM", CAIM, {"participation_pdsa": "non"}, "permanence_des_soins"),
    ("ACC-134", "CAIM", CAIM, {"exercice_groupe": "non", "exercice_coordonne": "non"}, "exercice"),
    ("ACC-134", "CAIM", CAIM, {"caim_deja_signe": "oui"}, "premier_contrat"),
    ("ACC-136", "COTRAM", COTRAM, {"contrats_de_transition_signes": 2}, "contrats"),
    ("ACC-137", "CSTM", CSTM, {"jours_par_an": 9}, "activite"),
    ("ACC-139", "PTMA", GP, {"ptmg_en_cours": "oui"}, "sans_ptmg"),
    ("ACC-140", "PTMR", LOCUM, {"date_these": dt.date(2016, 6, 1)}, "remplacant"),
    ("ACC-141", "PIAS", PIAS, {"minutes_urgences": 30}, "isolement"),
]  # fmt: skip


@pytest.mark.parametrize("row", REFUSED, ids=[f"{one[0]}-{one[1]}-{one[4]}" for one in REFUSED])
def test_what_is_outside_a_published_limit_is_refused_by_that_condition(row):
    _, sigle, base, change, condition = row
    assert condition in missed(sigle, base, **change)


ACCEPTED = [
    ("ACC-095", "PDSA_151TER", GP, {"participation_pdsa": "oui"}),
    ("ACC-112", "MED400", TARGETS, {"date_embauche": dt.date(2017, 6, 2)}),
    ("ACC-113", "CUMUL_RETRAITE", RETIRED, {}),
    ("ACC-115", "CSTM", CSTM, {"jours_par_an": 10}),
    ("ACC-116", "PRIME_EXERCICE_TERRITORIAL", HOSPITAL, {"distance_sites_km": 15.1}),
    ("ACC-139", "PTMA", GP, {"ptmg_en_cours": "non"}),
    ("ACC-140", "PTMR", LOCUM, {"date_these": dt.date(2016, 6, 2)}),
]


@pytest.mark.parametrize("row", ACCEPTED, ids=[f"{one[0]}-{one[1]}" for one in ACCEPTED])
def test_what_is_inside_a_published_limit_is_open(row):
    _, sigle, base, changes = row
    assert verdict(sigle, base, **changes) is Verdict.ELIGIBLE


YEARS = [
    ("ACC-036", "tiers_temps", (12_000, 9_000, 7_000), 8_350, 12_000),
    ("ACC-037", "mi_temps", (18_000, 13_500, 10_500), 12_500, 18_000),
    ("ACC-038", "plein_temps", (36_000, 27_000, 21_000), 25_000, 36_000),
]


@pytest.mark.parametrize("row", YEARS, ids=[one[0] for one in YEARS])
def test_the_assistant_is_paid_as_the_table_of_2023_says(row):
    _, share, years, busy, very_busy = row

    def paid(year: int, rank: int) -> float:
        said = {"quotite_assistant": share, "annee_contrat_assistant": year}
        return amount("ASSISTANT_MEDICAL", ASSISTANT, on=BEFORE_2023, **said, rang_patientele=rank)

    assert tuple(paid(year, 50) for year in (1, 2, 3)) == years
    assert paid(3, 92) == busy
    assert [paid(year, 96) for year in (1, 2, 3)] == [very_busy] * 3


DURATIONS = [
    ("ACC-134", "CAIM", "cinq ans, non renouvelable"),
    ("ACC-135", "COSCOM", "trois ans, renouvelable"),
    ("ACC-136", "COTRAM", "trois ans, renouvelable une fois"),
    ("ACC-138", "PTMG", "deux ans au plus"),
    ("ACC-139", "PTMA", "trois ans, renouvelable une fois"),
    ("ACC-141", "PIAS", "trois ans au moins"),
    ("ACC-112", "MED400", "deux ans"),
]


@pytest.mark.parametrize("row", DURATIONS, ids=[f"{one[0]}-{one[1]}" for one in DURATIONS])
def test_a_duration_is_the_published_one(row):
    _, sigle, words = row
    assert dispositif(sigle).duree.startswith(words)


def test_acc_094_both_readings_of_the_cstm_are_shown():
    found = answer("CSTM", CSTM, jours_par_an=9)
    (refused,) = [one for one in found.conditions if one.condition.cle == "activite"]
    assert "10\u00a0jours par an" in refused.phrase
    assert "10\u00a0heures par mois" in refused.phrase
    assert "X-04" in found.aid.contradictions
    (register,) = [one for one in contradictions() if one.key == "X-04"]
    assert len(register.statements) == 3
    assert parameters.value("aides.cstm.heures_mois", IN_2019) == 10
