"""Answers of one dispositif, for tests: typical situations, changed an input at a time."""

import datetime as dt
from typing import Any

from assemblier.aids.catalogue import dispositif
from assemblier.aids.engine import Answer, Situations, Verdict, ask

IN_2019, IN_2023 = dt.date(2019, 6, 1), dt.date(2023, 3, 9)
GP: dict[str, Any] = {
    "profession": "medecin_generaliste",
    "zonage": "ZIP",
    "statut": "installe",
    "secteur": "secteur_1",
    "exercice_groupe": "oui",
}
CAIM = {
    **GP,
    "statut": "projet",
    "jours_par_semaine": 4,
    "participation_pdsa": "oui",
    "caim_deja_signe": "non",
}
COSCOM = {**GP, "accueille_un_stagiaire": "non", "hopital_de_proximite": "non"}
COTRAM = {
    **GP,
    "age": 60,
    "accueille_un_successeur": "oui",
    "age_successeur": 40,
    "contrats_de_transition_signes": 0,
}
CSTM = {**GP, "exerce_d_habitude_hors_zone": "oui", "jours_par_an": 10}
STAGE: dict[str, Any] = {
    "profession": "medecin_generaliste",
    "zonage": "ZIP",
    "statut": "interne",
    "stage_ambulatoire": "oui",
    "distance_chu_km": 31,
    "distance_domicile_km": 31,
    "loge_gratuitement": "non",
    "aide_logement_publique": "non",
}
STUDENT: dict[str, Any] = {
    "profession": "medecin_generaliste",
    "zonage": "ZAC",
    "statut": "etudiant",
    "annee_etudes": 2,
}
PIAS = {**GP, "montagne": "oui", "activite_saisonniere": "oui", "minutes_urgences": 31}
MSU = {
    **GP,
    "date_installation": dt.date(2018, 6, 1),
    "maitre_de_stage": "oui",
    "accueille_un_stagiaire": "oui",
    "stagiaire_interne": "non",
}
HOSPITAL = {
    "profession": "medecin_specialiste",
    "statut": "praticien_hospitalier",
    "distance_sites_km": 16,
    "demi_journees_hors_site": 1,
}
RETIRED = {**GP, "zonage": "ZAC", "statut": "retraite_actif", "revenus_an": 79_999}


def answer(sigle: str, base: dict[str, Any], on: dt.date = IN_2019, **changes: Any) -> Answer:
    """Return the answer of a dispositif for a situation with some inputs changed."""
    return ask(Situations(1, {**base, **changes}), on, aids=[dispositif(sigle)]).answers()[0]


def verdict(sigle: str, base: dict[str, Any], on: dt.date = IN_2019, **changes: Any) -> Verdict:
    """Return the verdict of a dispositif."""
    return answer(sigle, base, on, **changes).verdict


def amount(
    sigle: str, base: dict[str, Any], key: str = "montant", on: dt.date = IN_2019, **changes: Any
) -> float:
    """Return an amount of a dispositif, which must be open and confirmed; 0 for one not due."""
    found = answer(sigle, base, on, **changes)
    assert found.verdict is Verdict.ELIGIBLE, (found.verdict, found.questions, found.conditions)
    held = [one for one in found.amounts if one.montant.cle == key]
    if not held:
        return 0
    assert not held[0].is_to_confirm
    assert held[0].value is not None
    return held[0].value


def missed(sigle: str, base: dict[str, Any], on: dt.date = IN_2019, **changes: Any) -> list[str]:
    """Return the keys of the conditions that are missed."""
    found = answer(sigle, base, on, **changes)
    return [one.condition.cle for one in found.conditions if one.met is False]
