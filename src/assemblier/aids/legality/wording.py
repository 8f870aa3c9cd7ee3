"""Durations and keys inside the sentences of an opinion."""

from fractions import Fraction


def short(value: Fraction | float) -> str:
    """Write a duration or a measure without useless zeros.

    Examples
    --------
    >>> short(Fraction(5, 2)), short(3)
    ('2,5', '3')
    """
    return f"{float(value):.6g}".replace(".", ",")


def plain(word: str) -> str:
    """Write a key as people read it.

    Examples
    --------
    >>> plain("acces_aux_soins"), plain("ars")
    ('accès aux soins', 'agence régionale de santé')
    """
    return _WORDS.get(word, word.replace("_", " "))


_WORDS = {
    "acces_aux_soins": "accès aux soins",
    "accompagnement_medico_social": "accompagnement médico-social",
    "ars": "agence régionale de santé",
    "assurance_maladie": "organismes locaux d'assurance maladie",
    "autre_specialite_medicale": "autre spécialité médicale",
    "beneficiaire": "bénéficiaire",
    "caicd": "CAICD (installation de dentistes)",
    "caim": "CAIM",
    "camcd": "CAMCD (maintien de dentistes)",
    "centre_de_sante": "centre de santé",
    "cesp": "CESP",
    "collectivite": "collectivité",
    "continuite_des_soins": "continuité des soins",
    "cooperative_interet_collectif": "coopérative d'intérêt collectif",
    "coscom": "COSCOM",
    "cotram": "COTRAM",
    "crise_sanitaire": "réponse aux crises sanitaires",
    "cstm": "CSTM",
    "departement": "département",
    "epci": "intercommunalité",
    "equipement": "équipement",
    "etablissement_de_sante": "établissement de santé",
    "etudiant": "étudiant",
    "hebergement_etat": "indemnité d'hébergement de l'État",
    "indemnite_etude": "indemnité d'étude et de projet professionnel",
    "indemnite_stage": "indemnité de logement et de déplacement (collectivités)",
    "interne_medecine_generale": "interne de médecine générale",
    "investissement_fonctionnement": "frais d'investissement ou de fonctionnement",
    "liberal": "libéral",
    "locaux": "mise à disposition de locaux",
    "logement": "mise à disposition d'un logement",
    "logement_gratuit": "logement gratuit",
    "maieutique": "maïeutique",
    "medecine": "médecine",
    "medecine_generale": "médecine générale",
    "odontologie": "odontologie",
    "pias": "PIAS",
    "plan_d_action": "plan d'action",
    "prefecture": "préfecture",
    "prevention": "prévention",
    "prime_exercice": "prime d'exercice forfaitaire",
    "prime_installation": "prime d'installation",
    "promotion_de_la_sante": "promotion de la santé",
    "ptma": "PTMA",
    "ptmg": "PTMG",
    "region": "région",
    "salarie": "salarié",
    "securite": "sécurité",
    "suivi_et_evaluation": "suivi et évaluation",
    "transport_etat": "indemnité de transport de l'État",
}
