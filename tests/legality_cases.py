"""Local aids that are legal as they are, to change a clause at a time in tests."""

from copy import deepcopy
from typing import Any

from assemblier.aids.legality import Opinion, aid_of, check_aid

GUIDE_DAY = "31/12/2019"
STAGE: dict[str, Any] = {
    "aide": "indemnite_stage",
    "date": GUIDE_DAY,
    "donneur": {"nature": "departement", "nom": "Département d'essai"},
    "beneficiaire": {
        "statut": "interne",
        "filiere": "medecine_generale",
        "logement_gratuit": "non",
    },
    "montant": "425 € par mois",
    "zone": {"classement": "ZIP", "acte": "arrêté d'essai"},
}
STUDY: dict[str, Any] = {
    "aide": "indemnite_etude",
    "date": GUIDE_DAY,
    "donneur": {"nature": "departement", "nom": "Département d'essai"},
    "beneficiaire": {"statut": "interne", "filiere": "medecine_generale", "cycle": 3},
    "montant": "25 500 € par an",
    "zone": {"limitee_aux_zones_fragiles": "oui"},
    "engagement": {"annees": 5},
    "convention": {"parties": ["collectivite", "beneficiaire"]},
    "clauses": {"remboursement": "total_ou_partiel", "information_etat": "oui"},
}
INSTALLATION: dict[str, Any] = {
    "aide": "installation",
    "date": GUIDE_DAY,
    "donneur": {"nature": "epci", "nom": "Communauté d'essai"},
    "beneficiaire": {"statut": "liberal"},
    "forme": "prime_installation",
    "montant": "10 000 €",
    "zone": {"classement": "ZIP", "acte": "arrêté d'essai"},
    "engagement": {"annees": 3},
    "convention": {"parties": ["collectivite", "beneficiaire", "ars"]},
    "clauses": {"fin_hors_zone": "oui", "remboursement": "total_ou_partiel"},
}
TAX: dict[str, Any] = {
    "aide": "exoneration_cfe",
    "date": "30/09/2019",
    "donneur": {"nature": "commune", "nom": "Commune d'essai"},
    "deliberation": {
        "date": "30/09/2019",
        "generale": "oui",
        "exercice": 2020,
        "duree_annees": 3,
    },
    "cabinet": {"site": "secondaire", "population": 1999, "zone_rurale": "non"},
}


def told(base: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return a base with some clauses changed; `zone__classement` is `zone.classement`.

    None removes a clause.
    """
    changed = deepcopy(base)
    for name, value in changes.items():
        group, _, key = name.partition("__")
        place = changed.setdefault(group, {}) if key else changed
        if value is None:
            del place[key or group]
        else:
            place[key or group] = value
    return changed


def opinion(base: dict[str, Any], **changes: Any) -> Opinion:
    """Return the opinion on a base with some clauses changed."""
    return check_aid(aid_of(told(base, **changes)))
