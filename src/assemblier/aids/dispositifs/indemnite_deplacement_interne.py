"""INDEMNITE_DEPLACEMENT_INTERNE: what collectivités may refund of an intern's travel."""

from assemblier.aids.conditions import dans_la_zone, pour_les_generalistes
from assemblier.aids.dispositif import Condition, Dispositif, Famille, Texte
from assemblier.aids.expressions import entree

CGCT = "Code général des collectivités territoriales"

DISPOSITIF = Dispositif(
    sigle="INDEMNITE_DEPLACEMENT_INTERNE",
    nom="Indemnité de déplacement d'un interne de médecine générale",
    resume="Une collectivité peut rembourser les déplacements d'un interne de médecine générale "
    "entre son stage et le lieu de sa formation, aux tarifs des agents de l'État.",
    famille=Famille.ETUDES,
    financeur="collectivités territoriales et groupements",
    contact="la mairie, l'EPCI, le département ou la région du lieu de stage",
    beneficiaires="internes de médecine générale en stage",
    nature="remboursement de frais, si une collectivité l'a voté",
    duree="celle du stage",
    ouvert="2006-07-03",
    conditions=(
        pour_les_generalistes(f"{CGCT}, article L. 1511-8"),
        Condition(
            "statut",
            entree("statut").est("interne"),
            "L'indemnité est pour les internes.",
            "{statut} : l'indemnité est pour les internes (troisième cycle) seulement.",
            f"{CGCT}, article L. 1511-8",
            champ=True,
        ),
        dans_la_zone("zonage.medecin.aides.aides_des_collectivites", f"{CGCT}, article D. 1511-53"),
    ),
    montants=(),
    engagements=("faire son stage dans la zone",),
    textes=(
        Texte(f"{CGCT}, article D. 1511-53", "2005-12-31"),
        Texte("Décret n° 2006-781 du 3 juillet 2006 sur les frais de déplacement", "2006-07-03"),
    ),
    non_modelise=(
        "Les tarifs kilométriques du décret n° 2006-781, qui dépendent du véhicule.",
        "Si une collectivité a voté l'indemnité.",
        "Le cumul avec l'indemnité de transport de l'État, que les textes lus ne disent pas.",
    ),
)
