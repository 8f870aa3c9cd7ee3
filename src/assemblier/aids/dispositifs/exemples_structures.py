"""Local aids the guide of 2019 cites: to build and run maisons and centres de santé."""

from assemblier.aids.expressions import entree, parametre, plafonne, selon
from assemblier.aids.inputs import COLLECTIVITES, STRUCTURE, Genre, Saisie
from assemblier.aids.local_examples import (
    STRUCTURES,
    TELEMEDECINE,
    TEMPS,
    Exemple,
    champ,
    combien,
    euros,
    question,
    si,
    somme,
)

travaux, ttc = entree("travaux_ht"), entree("depense_ttc")
part = parametre("part") / 100

INDRE = Exemple(
    "INDRE_MSP",
    "Département de l'Indre",
    "cabinets secondaires de maisons de santé",
    "Une part des travaux hors taxes d'un cabinet secondaire de maison de santé, plafonnée.",
    STRUCTURES,
    "maisons de santé qui créent un cabinet secondaire",
    "subvention de travaux",
    "versée une fois",
    (
        champ(
            entree("type_structure").est("msp"),
            "L'exemple est pour les maisons de santé.",
            "L'exemple est pour les maisons de santé.",
            STRUCTURES,
        ),
        si(
            "cabinet",
            entree("cree_un_cabinet_secondaire"),
            "La maison de santé crée un cabinet secondaire.",
            "La maison de santé ne crée pas de cabinet secondaire.",
            STRUCTURES,
        ),
    ),
    (
        somme(
            "montant",
            "subvention, si le plafond est celui de l'aide",
            plafonne(part * travaux, parametre("plafond")),
            "€",
            "{part} des travaux hors taxes, au plus {plafond}",
            STRUCTURES,
        ),
        somme(
            "autre_lecture",
            "subvention, si le plafond est celui des travaux",
            part * plafonne(travaux, parametre("plafond")),
            "€",
            "{part} des travaux hors taxes pris jusqu'à {plafond}",
            STRUCTURES,
        ),
    ),
    ("La voirie, les réseaux, le foncier et les études, à retirer des travaux.",),
    {
        "entite": STRUCTURE,
        "contradictions": ("X-46",),
        "entrees": (
            question(
                "cree_un_cabinet_secondaire",
                "création d'un cabinet secondaire",
                "La maison de santé crée-t-elle un cabinet secondaire ?",
                STRUCTURE,
            ),
            euros(
                "travaux_ht",
                "travaux hors taxes",
                "Quel est le montant des travaux hors taxes, sans voirie, réseaux, foncier ni "
                "études ?",
                STRUCTURE,
            ),
        ),
    },
)

HAUTE_SAVOIE = Exemple(
    "HAUTE_SAVOIE_MSP",
    "Département de la Haute-Savoie",
    "maisons de santé",
    "Une part de l'investissement d'une maison de santé d'au moins trois médecins, là où les "
    "généralistes vieillissent et où l'offre est loin.",
    STRUCTURES,
    "maisons de santé",
    "subvention d'investissement, et d'un premier équipement informatique",
    "versée une fois",
    (
        champ(
            entree("type_structure").est("msp"),
            "L'exemple est pour les maisons de santé.",
            "L'exemple est pour les maisons de santé.",
            STRUCTURES,
        ),
        si(
            "medecins",
            entree("medecins_de_la_structure") >= parametre("medecins"),
            "La maison de santé compte {medecins_de_la_structure}.",
            "La maison de santé compte {medecins_de_la_structure} : il en faut {medecins}.",
            STRUCTURES,
        ),
        si(
            "age",
            entree("age_plus_jeune_generaliste") > parametre("age"),
            "Tous les généralistes du bassin de vie ont plus de {age}.",
            "Le plus jeune généraliste du bassin de vie a {age_plus_jeune_generaliste} : ils "
            "doivent tous en avoir plus de {age}.",
            STRUCTURES,
        ),
        si(
            "eloignement",
            entree("minutes_autre_offre") > parametre("minutes"),
            "Toute autre offre de soins est à plus de {minutes}.",
            "Une autre offre de soins est à {minutes_autre_offre} : il faut plus de {minutes}.",
            STRUCTURES,
        ),
        si(
            "projet",
            entree("projet_de_sante_valide"),
            "Le projet repose sur un projet de santé.",
            "Il n'y a pas de projet de santé.",
            STRUCTURES,
        ),
        si(
            "cofinancement",
            entree("cofinancement_local"),
            "La commune ou l'intercommunalité finance le projet.",
            "Ni la commune ni l'intercommunalité ne financent le projet.",
            STRUCTURES,
        ),
        si(
            "stages",
            entree("engagement_maitre_de_stage"),
            "Les médecins s'engagent à devenir maîtres de stage.",
            "Les médecins ne s'engagent pas à devenir maîtres de stage.",
            STRUCTURES,
        ),
    ),
    (
        somme(
            "montant",
            "subvention de l'investissement",
            part * plafonne(ttc, parametre("plafond")),
            "€",
            "{part} de la dépense toutes taxes comprises, prise jusqu'à {plafond}",
            STRUCTURES,
        ),
        somme(
            "informatique",
            "subvention du premier équipement informatique",
            part * entree("informatique_ttc"),
            "€",
            "{part} de la dépense toutes taxes comprises",
            STRUCTURES,
        ),
    ),
    ("Les autres conditions, que le guide abrège par des points de suspension.",),
    {
        "entite": STRUCTURE,
        "entrees": (
            combien(
                "medecins_de_la_structure",
                "médecins de la structure",
                "Combien de médecins la maison de santé compte-t-elle ?",
                "médecins",
                1000,
                STRUCTURE,
            ),
            combien(
                "age_plus_jeune_generaliste",
                "âge du plus jeune généraliste",
                "Quel est l'âge du plus jeune généraliste du bassin de vie ?",
                "ans",
                120,
                STRUCTURE,
            ),
            combien(
                "minutes_autre_offre",
                "temps jusqu'à une autre offre de soins",
                "À combien de minutes est l'offre de soins la plus proche ?",
                "minutes",
                600,
                STRUCTURE,
            ),
            question(
                "cofinancement_local",
                "financement de la commune ou de l'intercommunalité",
                "La commune ou l'intercommunalité finance-t-elle déjà le projet ?",
                STRUCTURE,
            ),
            question(
                "engagement_maitre_de_stage",
                "accueil de stagiaires",
                "Les médecins s'engagent-ils à devenir maîtres de stage ?",
                STRUCTURE,
            ),
            euros(
                "informatique_ttc",
                "équipement informatique toutes taxes comprises",
                "Quelle est la dépense du premier équipement informatique, taxes comprises ?",
                STRUCTURE,
            ),
        ),
    },
)

est_extension = entree("nature_projet_centre").est("extension")
OCCITANIE = Exemple(
    "OCCITANIE_CDS",
    "Région Occitanie",
    "centres de santé",
    "Une part des travaux et de l'équipement d'un centre de santé, plafonnée, plus haut pour une "
    "création que pour une extension.",
    STRUCTURES,
    "centres de santé (intercommunalités, établissements, organismes à but non lucratif)",
    "subvention d'investissement",
    "versée une fois",
    (
        champ(
            entree("type_structure").est("cds"),
            "L'exemple est pour les centres de santé.",
            "L'exemple est pour les centres de santé.",
            STRUCTURES,
        ),
        si(
            "diagnostic",
            entree("diagnostic_et_projet"),
            "Le centre a un diagnostic territorial et un projet de santé.",
            "Il manque le diagnostic territorial ou le projet de santé.",
            STRUCTURES,
        ),
        si(
            "accueil",
            entree("stagiaires_ou_prevention"),
            "Le centre s'engage à accueillir des stagiaires ou à mener de la prévention.",
            "Le centre ne s'engage ni à accueillir des stagiaires ni à mener de la prévention.",
            STRUCTURES,
        ),
        si(
            "extension",
            ~est_extension | (entree("professionnels_ajoutes") >= parametre("professionnels")),
            "C'est une création, ou l'extension ajoute au moins un professionnel.",
            "L'extension n'ajoute pas de professionnel.",
            STRUCTURES,
        ),
        si(
            "cofinancement",
            entree("cofinancement_local"),
            "La commune ou l'intercommunalité finance déjà le projet.",
            "Ni la commune ni l'intercommunalité ne financent le projet.",
            STRUCTURES,
        ),
    ),
    (
        somme(
            "montant",
            "subvention",
            plafonne(
                part * entree("travaux_et_equipement"),
                selon((est_extension, parametre("extension")), sinon=parametre("creation")),
            ),
            "€",
            "{part} des travaux et de l'équipement, au plus {creation} pour une création, "
            "{extension} pour une extension",
            STRUCTURES,
        ),
    ),
    ("La bonification en zone de montagne, dont le guide ne donne pas le montant.",),
    {
        "entite": STRUCTURE,
        "entrees": (
            Saisie(
                "nature_projet_centre",
                "création ou extension",
                Genre.CHOIX,
                "Le projet crée-t-il un centre, ou en étend-il un ?",
                (("creation", "création"), ("extension", "extension")),
                entite=STRUCTURE,
            ),
            question(
                "diagnostic_et_projet",
                "diagnostic et projet de santé",
                "Le centre a-t-il un diagnostic territorial et un projet de santé ?",
                STRUCTURE,
            ),
            question(
                "stagiaires_ou_prevention",
                "stagiaires ou prévention",
                "Le centre s'engage-t-il à accueillir des stagiaires ou à mener de la prévention ?",
                STRUCTURE,
            ),
            combien(
                "professionnels_ajoutes",
                "professionnels ajoutés",
                "Combien de professionnels l'extension ajoute-t-elle ?",
                "professionnels",
                1000,
                STRUCTURE,
            ),
            euros(
                "travaux_et_equipement",
                "travaux et équipement",
                "Quel est le montant des travaux de construction et de l'équipement ?",
                STRUCTURE,
            ),
        ),
    },
)

YVELINES = Exemple(
    "YVELINES_SECRETARIAT",
    "Département des Yvelines",
    "secrétariat des maisons médicales",
    "Le département paie une part du salaire d'un secrétariat, moins chaque année, dans les "
    "maisons médicales qu'il finance.",
    TEMPS,
    "maisons médicales que le département finance",
    "part d'un salaire brut",
    "trois ans",
    (
        champ(
            entree("type_structure").est("maison_medicale", "msp"),
            "L'exemple est pour les maisons médicales.",
            "L'exemple est pour les maisons médicales.",
            TEMPS,
        ),
        si(
            "premiere",
            ~entree("secretariat_deja_aide"),
            "La maison médicale n'a pas encore reçu cette aide.",
            "La maison médicale a déjà reçu cette aide : une seule par maison médicale.",
            TEMPS,
        ),
        si(
            "annee",
            entree("annee_secretariat") <= parametre("annees"),
            "Le poste est dans ses {annees} d'aide.",
            "Le poste est en {annee_secretariat} : l'aide dure {annees}.",
            TEMPS,
        ),
    ),
    (
        somme(
            "montant",
            "aide de l'année",
            selon(
                (entree("annee_secretariat") < 2, parametre("parts").element(0)),
                (entree("annee_secretariat") < 3, parametre("parts").element(1)),
                sinon=parametre("parts").element(2),
            )
            / 100
            * plafonne(entree("salaire_secretariat"), parametre("plafond")),
            "€ par an",
            "{parts} du salaire brut selon l'année, pris jusqu'à {plafond}",
            TEMPS,
        ),
    ),
    ("Le financement de la maison médicale par le département, qui est demandé.",),
    {
        "entite": STRUCTURE,
        "entrees": (
            question(
                "secretariat_deja_aide",
                "aide déjà reçue",
                "La maison médicale a-t-elle déjà reçu une aide au secrétariat ?",
                STRUCTURE,
            ),
            combien(
                "annee_secretariat",
                "année du poste",
                "En quelle année du poste de secrétariat est-on ?",
                "année",
                50,
                STRUCTURE,
            ),
            Saisie(
                "salaire_secretariat",
                "salaire brut du secrétariat",
                Genre.NOMBRE,
                "Quel est le salaire brut du poste de secrétariat, par an ?",
                unite="€ par an",
                entite=STRUCTURE,
            ),
        ),
    },
)

ILE_DE_FRANCE = Exemple(
    "IDF_TELEMEDECINE",
    "Région Île-de-France",
    "équipements de télémédecine",
    "La moitié au plus du coût d'une télécabine, d'une mallette ou d'un chariot, selon qu'il est "
    "mobile ou non.",
    TELEMEDECINE,
    "maisons de santé, cabinets de groupe, coopérations territoriales, collectivités",
    "subvention d'équipement",
    "versée une fois",
    (
        champ(
            entree("type_structure").est("msp", "cabinet", "cpts", "esp", *COLLECTIVITES),
            "L'exemple est pour les professionnels regroupés et les collectivités.",
            "L'exemple est pour les professionnels regroupés et les collectivités.",
            TELEMEDECINE,
        ),
    ),
    (
        somme(
            "montant",
            "subvention, au plus",
            plafonne(
                part * entree("cout_telemedecine"),
                selon((entree("equipement_mobile"), parametre("mobile")), sinon=parametre("fixe")),
            ),
            "€",
            "{part} du coût, au plus {mobile} pour un équipement mobile, {fixe} sinon",
            TELEMEDECINE,
        ),
    ),
    ("Les solutions informatiques innovantes, aussi aidées.",),
    {
        "entite": STRUCTURE,
        "entrees": (
            question(
                "equipement_mobile",
                "équipement mobile",
                "L'équipement de télémédecine est-il mobile ?",
                STRUCTURE,
            ),
            euros(
                "cout_telemedecine",
                "coût de l'équipement",
                "Quel est le coût de l'équipement de télémédecine ?",
                STRUCTURE,
            ),
        ),
    },
)

DISPOSITIFS = tuple(
    one.dispositif() for one in (INDRE, HAUTE_SAVOIE, OCCITANIE, YVELINES, ILE_DE_FRANCE)
)
