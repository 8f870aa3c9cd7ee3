"""INDEMNITE_LOGEMENT_DEPLACEMENT: what collectivités may pay interns in a fragile zone."""

from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import entree, parametre

CGCT = "Code général des collectivités territoriales"
emoluments = parametre("aides.legalite.interne.emoluments_annuels")
part = parametre("aides.legalite.stage.part_des_emoluments") / 100

DISPOSITIF = Dispositif(
    sigle="INDEMNITE_LOGEMENT_DEPLACEMENT",
    nom="Indemnité de logement et de déplacement d'un interne de médecine générale",
    resume="Une collectivité peut verser une indemnité à un interne de médecine générale en stage "
    "dans une zone fragile.",
    famille=Famille.ETUDES,
    financeur="collectivités territoriales et groupements",
    contact="la mairie, l'EPCI, le département ou la région du lieu de stage",
    beneficiaires="internes de médecine générale en stage",
    nature="indemnité mensuelle, si une collectivité l'a votée",
    duree="celle du stage",
    ouvert="2005-12-31",
    conditions=(
        Condition(
            "profession",
            entree("profession").est("medecin_generaliste"),
            "L'indemnité est pour la médecine générale.",
            "L'indemnité est pour la médecine générale seulement.",
            f"{CGCT}, article L. 1511-8",
            champ=True,
        ),
        Condition(
            "statut",
            entree("statut").est("interne"),
            "L'indemnité est pour les internes.",
            "{statut} : l'indemnité est pour les internes (troisième cycle) seulement.",
            f"{CGCT}, article L. 1511-8",
            champ=True,
        ),
        Condition(
            "zone",
            entree("zonage").dans(parametre("zonage.medecin.aides.aides_des_collectivites")),
            "Le stage se fait en {zonage}.",
            "Le stage se fait en {zonage} : il faut {aides_des_collectivites}.",
            f"{CGCT}, article L. 1511-8",
        ),
        Condition(
            "logement",
            ~entree("loge_gratuitement"),
            "L'interne n'est pas logé gratuitement.",
            "L'interne est logé gratuitement : l'indemnité de logement est exclue.",
            f"{CGCT}, article D. 1511-52",
        ),
    ),
    montants=(
        Montant(
            "montant",
            "plafond du mois, toutes collectivités réunies",
            {"2019-01-01": emoluments / 12 * part},
            "€ par mois",
            "{part_des_emoluments} : émoluments annuels divisés par douze",
            f"{CGCT}, article D. 1511-52",
        ),
        Montant(
            "plafond_an",
            "plafond de l'année, toutes collectivités réunies",
            {"2019-01-01": emoluments * part},
            "€ par an",
            "douze fois le plafond du mois",
            f"{CGCT}, article D. 1511-52",
        ),
    ),
    engagements=("faire son stage dans la zone",),
    cumuls=(
        Cumul(
            "logement gratuit",
            Sens.INTERDIT,
            "L'indemnité de logement exclut la mise à disposition d'un logement.",
            f"{CGCT}, article D. 1511-52",
        ),
        Cumul(
            "ETAT_HEBERGEMENT",
            Sens.INTERDIT,
            "Depuis novembre 2020, une aide au logement d'une collectivité exclut l'indemnité.",
            "Décret n° 2020-1307 du 29 octobre 2020",
        ),
    ),
    contradictions=("X-08",),
    textes=(
        Texte(f"{CGCT}, articles L. 1511-8, D. 1511-52 et D. 1511-53", "2005-12-31"),
        Texte("Accès aux soins : le guide pratique pour les élus, annexe I", "2019-09-01"),
    ),
    non_modelise=(
        "Si une collectivité a voté l'indemnité, et de combien : le plafond n'est pas un droit.",
        "Les frais de déplacement, indemnité à part (INDEMNITE_DEPLACEMENT_INTERNE).",
        "Les plafonds d'avant 2019.",
    ),
)
