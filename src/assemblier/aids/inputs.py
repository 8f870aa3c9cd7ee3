"""What can be said of an installation or of a structure: the inputs, each with its question.

Every input may be unknown, and then it is asked for where an answer depends on it. An input that
only one dispositif needs stands in the file of that dispositif.
"""

from dataclasses import dataclass
from enum import StrEnum

from assemblier.zoning.classes import Niveau, Zonage

INCONNU = "inconnu"
OUI, NON = "oui", "non"
INSTALLATION, STRUCTURE = "installation", "structure"


class Genre(StrEnum):
    """What an input holds."""

    REPONSE = "oui ou non"
    CHOIX = "un choix"
    NOMBRE = "un nombre"
    DATE = "une date"


@dataclass(frozen=True, slots=True)
class Saisie:
    """One input.

    Attributes
    ----------
    nom
        Its OpenFisca variable.
    libelle
        What it is, in a few words.
    genre
        See `Genre`.
    question
        What is asked when it is needed and unknown.
    choix
        Code and label of each choice.
    unite
        Of a number; an amount (a unit in €) must be written with it.
    minimum, maximum
        Bounds of a number, both included.
    entite
        ``"installation"`` or ``"structure"``.
    """

    nom: str
    libelle: str
    genre: Genre
    question: str
    choix: tuple[tuple[str, str], ...] = ()
    unite: str = ""
    minimum: float = 0
    maximum: float = 1e9
    entite: str = INSTALLATION

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the answers of a choice as they are written, a bare number with its name."""
        return tuple(f"{code} ({label})" if code.isdigit() else code for code, label in self.choix)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return what an input of choice may be, unknown first."""
        if self.genre is Genre.REPONSE:
            return (INCONNU, NON, OUI)
        return (INCONNU, *(code for code, _ in self.choix))

    @property
    def is_amount(self) -> bool:
        """Whether it is an amount of money."""
        return self.unite.startswith("€")

    def label_of(self, code: str) -> str:
        """Return the words of a choice."""
        return dict(self.choix).get(code, code)


def _oui(nom: str, libelle: str, question: str, entite: str = INSTALLATION) -> Saisie:
    return Saisie(nom, libelle, Genre.REPONSE, question, entite=entite)


def _nombre(
    nom: str,
    libelle: str,
    question: str,
    unite: str,
    maximum: float = 1e9,
    entite: str = INSTALLATION,
) -> Saisie:
    return Saisie(nom, libelle, Genre.NOMBRE, question, (), unite, 0, maximum, entite)


def _jour(nom: str, libelle: str, question: str) -> Saisie:
    return Saisie(nom, libelle, Genre.DATE, question)


PROFESSIONS = (
    ("medecin_generaliste", "médecin généraliste"),
    ("medecin_specialiste", "médecin d'une autre spécialité"),
    ("infirmier", "infirmier"),
    ("masseur_kinesitherapeute", "masseur-kinésithérapeute"),
    ("sage_femme", "sage-femme"),
    ("orthophoniste", "orthophoniste"),
    ("chirurgien_dentiste", "chirurgien-dentiste"),
    ("pharmacien", "pharmacien"),
    ("orthoptiste", "orthoptiste"),
    ("pedicure_podologue", "pédicure-podologue"),
    ("dieteticien", "diététicien"),
    ("psychologue", "psychologue"),
)
MEDECINS = ("medecin_generaliste", "medecin_specialiste")

STATUTS = (
    ("installe", "installé en libéral"),
    ("projet", "sur le point de s'installer en libéral"),
    ("remplacant", "remplaçant"),
    ("collaborateur", "collaborateur libéral"),
    ("salarie", "salarié (centre de santé, collectivité, établissement)"),
    ("praticien_hospitalier", "praticien hospitalier"),
    ("interne", "interne (troisième cycle)"),
    ("etudiant", "étudiant (premier ou deuxième cycle)"),
    ("retraite_actif", "retraité qui exerce (cumul emploi-retraite)"),
    ("retraite", "retraité qui n'exerce plus"),
)
SECTEURS = (
    ("secteur_1", "secteur 1"),
    ("secteur_2_optam", "secteur 2 avec option de pratique tarifaire maîtrisée (OPTAM)"),
    ("secteur_2", "secteur 2 sans OPTAM"),
    ("non_conventionne", "non conventionné"),
)
STRUCTURES = (
    ("msp", "maison de santé pluriprofessionnelle"),
    ("cds", "centre de santé"),
    ("cpts", "communauté professionnelle territoriale de santé"),
    ("esp", "équipe de soins primaires"),
    ("maison_medicale", "maison médicale de garde"),
    ("cabinet", "cabinet de groupe"),
    ("etablissement", "établissement de santé"),
    ("commune", "commune"),
    ("epci", "intercommunalité"),
    ("departement", "département"),
    ("region", "région"),
)
COLLECTIVITES = ("commune", "epci", "departement", "region")
REGIONS = (
    ("84", "Auvergne-Rhône-Alpes"),
    ("27", "Bourgogne-Franche-Comté"),
    ("53", "Bretagne"),
    ("24", "Centre-Val de Loire"),
    ("94", "Corse"),
    ("44", "Grand Est"),
    ("32", "Hauts-de-France"),
    ("11", "Île-de-France"),
    ("28", "Normandie"),
    ("75", "Nouvelle-Aquitaine"),
    ("76", "Occitanie"),
    ("52", "Pays de la Loire"),
    ("93", "Provence-Alpes-Côte d'Azur"),
    ("01", "Guadeloupe"),
    ("02", "Martinique"),
    ("03", "Guyane"),
    ("04", "La Réunion"),
    ("06", "Mayotte"),
)

LIEU = (
    Saisie(
        "zonage",
        "zone des médecins",
        Genre.CHOIX,
        "Dans quelle zone des médecins le lieu est-il classé à cette date (ZIP, ZAC, ZV ou HZ) ?",
        tuple((zone.value, zone.label) for zone in Zonage),
    ),
    Saisie(
        "niveau_zone",
        "niveau de la zone de la profession",
        Genre.CHOIX,
        "À quel niveau l'arrêté de l'ARS classe-t-il le lieu pour cette profession ?",
        tuple((level.value, level.value.replace("_", " ")) for level in Niveau),
    ),
    Saisie("region", "région", Genre.CHOIX, "Dans quelle région est le lieu ?", REGIONS),
    _oui("qpv", "quartier prioritaire", "Le lieu est-il dans un quartier prioritaire (QPV) ?"),
    _oui(
        "frr",
        "France ruralités revitalisation",
        "La commune est-elle en zone France ruralités revitalisation (FRR, ancienne ZRR) ?",
    ),
    _oui("montagne", "zone de montagne", "La commune est-elle en zone de montagne ?"),
    _nombre(
        "population_commune",
        "habitants de la commune",
        "Combien d'habitants la commune a-t-elle ?",
        "habitants",
    ),
    _nombre(
        "minutes_urgences",
        "temps jusqu'aux urgences",
        "À combien de minutes est le service d'urgence le plus proche ?",
        "minutes",
    ),
    _nombre(
        "distance_zone_fragile_km",
        "distance à une ZIP ou une ZAC",
        "À combien de kilomètres est la ZIP ou la ZAC la plus proche où s'exerce une activité ?",
        "km",
    ),
)
EXERCICE = (
    Saisie("profession", "profession", Genre.CHOIX, "Quelle est la profession ?", PROFESSIONS),
    Saisie("statut", "statut", Genre.CHOIX, "Quel est le statut ou le projet ?", STATUTS),
    Saisie("secteur", "secteur", Genre.CHOIX, "Quel est le secteur conventionnel ?", SECTEURS),
    _nombre("age", "âge", "Quel est l'âge du professionnel ?", "ans", 120),
    _jour(
        "date_installation",
        "date d'installation",
        "À quelle date l'installation en libéral ici a-t-elle eu lieu, ou est-elle prévue ?",
    ),
    _oui(
        "premiere_installation",
        "première installation",
        "Est-ce la première installation en libéral ?",
    ),
    _oui("cabinet_principal", "cabinet principal", "Est-ce le cabinet principal ?"),
    _nombre(
        "jours_par_semaine",
        "jours d'activité libérale par semaine",
        "Combien de jours par semaine l'activité libérale occupe-t-elle ici ?",
        "jours par semaine",
        7,
    ),
    _nombre(
        "demi_journees_par_semaine",
        "demi-journées d'activité par semaine",
        "Combien de demi-journées par semaine l'activité occupe-t-elle ici ?",
        "demi-journées par semaine",
        14,
    ),
    _nombre(
        "jours_par_an",
        "jours d'activité par an dans la zone",
        "Combien de jours par an l'activité occupe-t-elle dans la zone ?",
        "jours par an",
        366,
    ),
    _nombre(
        "jours_par_trimestre",
        "jours d'activité par trimestre dans la zone",
        "Combien de jours par trimestre l'activité occupe-t-elle dans la zone ?",
        "jours par trimestre",
        92,
    ),
    _oui(
        "exercice_groupe",
        "exercice en groupe",
        "Le médecin exerce-t-il en groupe, ou s'engage-t-il à le faire ?",
    ),
    _oui(
        "exercice_coordonne",
        "exercice coordonné",
        "L'exercice est-il coordonné (MSP, équipe de soins primaires, CPTS, centre de santé), ou "
        "s'engage-t-on à ce qu'il le soit ?",
    ),
    _oui(
        "participation_pdsa",
        "permanence des soins",
        "Le médecin participe-t-il à la permanence des soins ambulatoires ?",
    ),
    _oui(
        "hopital_de_proximite",
        "exercice en hôpital de proximité",
        "Une partie de l'activité se fait-elle dans un hôpital de proximité ?",
    ),
    _oui("maitre_de_stage", "maître de stage", "Le médecin est-il maître de stage agréé ?"),
    _oui("accueille_un_stagiaire", "accueil d'un stagiaire", "Accueille-t-il un stagiaire ?"),
    _nombre(
        "mois_de_stage",
        "mois d'accueil d'un stagiaire",
        "Combien de mois dans l'année un stagiaire est-il accueilli ?",
        "mois",
        12,
    ),
    _oui(
        "site_secondaire",
        "site distinct du cabinet principal",
        "Est-ce un site distinct du cabinet principal (cabinet secondaire) ?",
    ),
)
ARGENT = (
    _nombre(
        "honoraires_mois", "honoraires du mois", "Quels sont les honoraires du mois ?", "€ par mois"
    ),
    _nombre(
        "honoraires_trimestre",
        "honoraires du trimestre",
        "Quels sont les honoraires du trimestre ?",
        "€ par trimestre",
    ),
    _nombre(
        "honoraires_an",
        "honoraires de l'année",
        "Quels sont les honoraires de l'année dans la zone, sans dépassement ?",
        "€ par an",
    ),
    _nombre(
        "revenus_an",
        "revenus d'activité de l'année",
        "Quels sont les revenus d'activité de l'année ?",
        "€ par an",
    ),
)
ETUDES = (
    _nombre(
        "annee_etudes", "année d'études", "En quelle année d'études est l'étudiant ?", "année", 15
    ),
    _jour("date_diplome", "date du diplôme", "À quelle date le diplôme a-t-il été obtenu ?"),
    _jour("date_these", "date de la thèse", "À quelle date la thèse a-t-elle été soutenue ?"),
    _jour(
        "date_inscription_ordre",
        "inscription à l'Ordre",
        "À quelle date l'inscription au tableau de l'Ordre a-t-elle eu lieu ?",
    ),
    _oui("stage_ambulatoire", "stage ambulatoire", "Le stage est-il ambulatoire ?"),
    _nombre(
        "distance_chu_km",
        "distance du stage au CHU",
        "À combien de kilomètres du CHU de rattachement est le lieu du stage ?",
        "km",
    ),
    _nombre(
        "distance_domicile_km",
        "distance du stage au domicile",
        "À combien de kilomètres du domicile est le lieu du stage ?",
        "km",
    ),
    _oui(
        "loge_gratuitement",
        "logement gratuit",
        "L'étudiant est-il logé gratuitement pendant le stage, par une collectivité par exemple ?",
    ),
    _oui(
        "aide_logement_publique",
        "aide au logement d'une collectivité",
        "L'étudiant reçoit-il d'une collectivité ou d'un établissement une aide pour se loger "
        "pendant le stage ?",
    ),
)
STRUCTURE_ENTREES = (
    Saisie(
        "type_structure",
        "structure",
        Genre.CHOIX,
        "De quelle structure s'agit-il ?",
        STRUCTURES,
        entite=STRUCTURE,
    ),
    _oui(
        "sisa",
        "société interprofessionnelle (SISA)",
        "La structure est-elle constituée en SISA ?",
        STRUCTURE,
    ),
    _nombre(
        "etp_medecins",
        "médecins de la structure",
        "Combien d'équivalents temps plein de médecins la structure compte-t-elle ?",
        "ETP",
        1000,
        STRUCTURE,
    ),
    _nombre(
        "population_couverte",
        "habitants du territoire de la structure",
        "Combien d'habitants le territoire de la structure compte-t-il ?",
        "habitants",
        1e8,
        STRUCTURE,
    ),
)

SAISIES: tuple[Saisie, ...] = (*EXERCICE, *LIEU, *ARGENT, *ETUDES, *STRUCTURE_ENTREES)
"""The inputs shared by several dispositifs, in the order they are asked."""
