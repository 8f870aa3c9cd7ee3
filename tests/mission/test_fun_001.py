"""FUN-001: the grid of aids by zone of 2023, line by line."""

import pytest

from assemblier.aids.catalogue import catalogue
from assemblier.data.documents import cited_table
from tests.aids_answers import IN_2023, missed

# Each line of the grid, with the dispositifs that hold it and what makes the zone decide.
DOCTOR = {"profession": "medecin_generaliste", "statut": "installe", "secteur": "secteur_1"}
LINES = {
    "Contrats aides conventionnelles CAIM-COSCOM-COTRAM": (("CAIM", "COSCOM", "COTRAM"), {}),
    "Aide au financement des cotisations sociales": (("COTISATIONS_JEUNES_MEDECINS",), {}),
    "Aide au financement d'un poste d'assistant médical": (
        ("ASSISTANT_MEDICAL",),
        {"quotite_assistant": "plein_temps", "contrat_assistant_existant": "non"},
    ),
    "Contrat d'engagement de service public (CESP)": (("CESP",), {"statut": "interne"}),
    "Contrat de début d'exercice (CDE)": (("CDE",), {"distance_zone_fragile_km": 30}),
    "Praticien hospitalier": (("POSTE_AMBULATOIRE",), {"statut": "salarie"}),
    "Rémunération pour l'établissement de certificats de décès": (("CERTIFICATS_DECES",), {}),
    "Financement d'équipement radiologie/traumatologie": (("EQUIPEMENT_MONTAGNE",), {}),
    "Mesure 400 médecins généralistes": (("MED400",), {"qpv": "non"}),
    "Exonération fiscale pour de la permanence de soins ambulatoires": (("PDSA_151TER",), {}),
    "Indemnités d'hébergement pour les étudiants en 2e cycle": (
        ("ETAT_HEBERGEMENT_2E_CYCLE",),
        {"statut": "etudiant"},
    ),
    "Cumul emploi-retraite": (("CUMUL_RETRAITE",), {"statut": "retraite_actif"}),
    "Exonération de cotisation fiscale des entreprises": (
        ("CFE_1464D",),
        {"site_secondaire": "oui", "population_commune": 5000, "frr": "non"},
    ),
}
PLACES = ("zone", "temps_de_travail", "lieu")


def is_open(sigle: str, zone: str, said: dict) -> bool:
    """Whether the place alone closes the aid in a zone."""
    return not set(missed(sigle, DOCTOR, IN_2023, **{**said, "zonage": zone})) & set(PLACES)


@pytest.mark.mission("FUN-001")
@pytest.mark.parametrize("line", LINES)
def test_a_line_of_the_grid_is_what_the_rules_say(line):
    (row,) = [one for one in cited_table("aides_zip_zac").rows if one[0].startswith(line)]
    sigles, said = LINES[line]
    for sigle in sigles:
        assert is_open(sigle, "ZIP", said) == bool(row[1]), sigle
        assert is_open(sigle, "ZAC", said) == bool(row[2]), sigle


@pytest.mark.mission("FUN-001")
def test_two_cells_are_as_the_grid_writes_them():
    grid = cited_table("aides_zip_zac")
    assert grid.cell("Aide au financement d'un poste d'assistant médical", 2) == "Sous conditions"
    cesp = "Contrat d'engagement de service public (CESP)"
    assert [grid.cell(cesp, column) for column in (1, 2)] == ["X", "X"]


@pytest.mark.mission("FUN-001")
def test_the_full_time_assistant_is_not_paid_out_of_a_fragile_zone_in_2023():
    _, said = LINES["Aide au financement d'un poste d'assistant médical"]
    assert not is_open("ASSISTANT_MEDICAL", "HZ", said)


@pytest.mark.mission("FUN-001")
def test_each_aid_says_who_pays_from_when_and_on_what_text():
    for aid in catalogue():
        assert aid.financeur and aid.ouvert and aid.textes
