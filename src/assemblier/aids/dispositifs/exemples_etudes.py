"""Local aids the guide of 2019 cites: bursaries, training placements, supervisors of trainees."""

from assemblier.aids.expressions import entree, parametre
from assemblier.aids.inputs import MEDECINS
from assemblier.aids.local_examples import ETUDES, STAGES, Exemple, champ, si, somme

est_interne_generaliste = entree("statut").est("interne") & entree("profession").est(
    "medecin_generaliste"
)
internes = champ(
    est_interne_generaliste,
    "L'exemple est pour les internes de médecine générale.",
    "L'exemple est pour les internes de médecine générale.",
    STAGES,
)
vienne_mois = parametre("total") / parametre("mois_de_bourse")

VIENNE = Exemple(
    "VIENNE_BOURSE",
    "Département de la Vienne",
    "bourse d'études de médecine",
    "Une bourse de la quatrième à la neuvième année de médecine, contre sept ans d'exercice en "
    "zone sous-dotée.",
    ETUDES,
    "étudiants et internes en médecine, toutes spécialités",
    "bourse",
    "de la quatrième à la neuvième année",
    (
        champ(
            entree("statut").est("etudiant", "interne") & entree("profession").est(*MEDECINS),
            "L'exemple est pour les étudiants et les internes en médecine.",
            "L'exemple est pour les étudiants et les internes en médecine.",
            ETUDES,
        ),
        si(
            "annee",
            (entree("annee_etudes") >= parametre("annees").element(0))
            & (entree("annee_etudes") <= parametre("annees").element(1)),
            "L'étudiant est en {annee_etudes}, de la quatrième à la neuvième.",
            "L'étudiant est en {annee_etudes} : la bourse va de la quatrième à la neuvième.",
            ETUDES,
        ),
        si(
            "zone",
            entree("zonage").est("ZIP", "ZAC"),
            "Le lieu est en zone sous-dotée ({zonage}).",
            "Le lieu ({zonage}) n'est pas en zone sous-dotée.",
            ETUDES,
        ),
    ),
    (
        somme(
            "montant",
            "bourse, en moyenne",
            parametre("mois"),
            "€ par mois",
            "dégressive les deux dernières années",
            ETUDES,
        ),
        somme(
            "total", "bourse, en tout", parametre("total"), "€", "ce que le guide imprime", ETUDES
        ),
        somme(
            "moyenne_impliquee",
            "ce que le total fait par mois",
            vienne_mois,
            "€ par mois",
            "{total} ÷ {mois_de_bourse}",
            ETUDES,
        ),
        somme(
            "engagement",
            "exercice promis dans la zone",
            parametre("engagement_annees"),
            "années",
            "au moins",
            ETUDES,
        ),
    ),
    ("Le reliquat versé à l'installation, et la baisse des deux dernières années.",),
    {"contradictions": ("X-12",), "engagements": ("exercer sept ans dans la zone sous-dotée",)},
)

AURA = Exemple(
    "AURA_STAGE",
    "Région Auvergne-Rhône-Alpes",
    "bourse de stage",
    "Une bourse aux internes de médecine générale en stage dans une zone menacée de pénurie ; elle "
    "dépasse le plafond national.",
    STAGES,
    "internes de médecine générale",
    "bourse de stage",
    "un semestre",
    (
        internes,
        si(
            "zone",
            entree("zonage").est("ZIP"),
            "Le stage est en zone prioritaire.",
            "Le stage ({zonage}) n'est pas en zone prioritaire.",
            STAGES,
        ),
    ),
    (
        somme(
            "montant", "bourse", parametre("semestre"), "€ par semestre", "pour un stage", STAGES
        ),
        somme(
            "budget",
            "budget de l'année, au plus",
            parametre("semestre") * parametre("internes"),
            "€ par an",
            "{semestre} × {internes}",
            STAGES,
        ),
    ),
    ("La liste des terrains de stage que la région arrête.",),
    {"contradictions": ("X-13", "X-14")},
)

ARDECHE = Exemple(
    "ARDECHE_STAGE",
    "Département de l'Ardèche",
    "aide de stage",
    "Une aide aux internes de Lyon ou de Saint-Étienne en stage de six mois dans un cabinet en "
    "zone prioritaire.",
    STAGES,
    "internes en médecine des facultés de Lyon et de Saint-Étienne",
    "aide de stage",
    "six mois",
    (
        champ(
            entree("statut").est("interne") & entree("profession").est(*MEDECINS),
            "L'exemple est pour les internes en médecine.",
            "L'exemple est pour les internes en médecine.",
            STAGES,
        ),
        si(
            "zone",
            entree("zonage").dans(parametre("zones")),
            "Le stage est en zone prioritaire.",
            "Le stage ({zonage}) n'est pas en zone prioritaire ({zones}).",
            STAGES,
        ),
    ),
    (
        somme("montant", "aide", parametre("mois"), "€ par mois", "pendant le stage", STAGES),
        somme(
            "stage",
            "aide du stage",
            parametre("mois") * parametre("duree"),
            "€",
            "{mois} × {duree}",
            STAGES,
        ),
    ),
    ("La faculté de l'interne.",),
    {"contradictions": ("X-14",)},
)

EURE_ET_LOIR = Exemple(
    "EURE_ET_LOIR_MSU",
    "Département d'Eure-et-Loir",
    "formation des maîtres de stage",
    "Le département paie la formation de maître de stage, la perte de ressources et les repas de "
    "dix à quinze médecins par an.",
    STAGES,
    "médecins qui se forment à l'accueil de stagiaires",
    "frais de formation",
    "une formation",
    (
        champ(
            entree("profession").est("medecin_generaliste") & entree("statut").est("installe"),
            "L'exemple est pour les médecins installés.",
            "L'exemple est pour les médecins généralistes installés.",
            STAGES,
        ),
    ),
    (
        somme(
            "montant",
            "par médecin, quand ils sont le plus nombreux",
            parametre("budget") / parametre("medecins").element(1),
            "€",
            "{budget} pour {medecins}",
            STAGES,
        ),
        somme(
            "par_medecin_maximum",
            "par médecin, quand ils sont le moins nombreux",
            parametre("budget") / parametre("medecins").element(0),
            "€",
            "{budget} pour {medecins}",
            STAGES,
        ),
    ),
    ("La part de chaque frais.",),
)

DISPOSITIFS = tuple(one.dispositif() for one in (VIENNE, AURA, ARDECHE, EURE_ET_LOIR))
