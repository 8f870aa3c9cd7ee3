"""Local aids the guide of 2019 cites: to settle, to equip, to rent premises."""

from assemblier.aids.expressions import au_moins, entree, parametre, plafonne
from assemblier.aids.inputs import MEDECINS
from assemblier.aids.local_examples import (
    INSTALLATIONS,
    TELEMEDECINE,
    Exemple,
    champ,
    combien,
    euros,
    si,
    somme,
)

liberal = ~entree("statut").est("interne", "etudiant", "retraite")
professionnels = champ(
    ~entree("profession").est("psychologue") & liberal,
    "L'exemple est pour les professionnels de santé.",
    "L'exemple est pour les professionnels de santé qui exercent ou s'installent.",
    INSTALLATIONS,
)
depenses = entree("depenses_installation")
pret, duree_pret = entree("pret_demande"), entree("pret_annees")

ARDENNE = Exemple(
    "ARDENNE_AVANCE",
    "Communauté de communes Ardenne Rives de Meuse",
    "avance remboursable",
    "Une avance pour des locaux, un véhicule ou des parts de société, transformable en subvention, "
    "contre cinq ans d'exercice.",
    INSTALLATIONS,
    "médecins, chirurgiens-dentistes, sages-femmes",
    "avance remboursable, transformable en subvention",
    "versée une fois",
    (
        champ(
            entree("profession").est(*MEDECINS, "chirurgien_dentiste", "sage_femme") & liberal,
            "L'exemple est pour cette profession ({profession}).",
            "L'exemple est pour les médecins, les chirurgiens-dentistes et les sages-femmes.",
            INSTALLATIONS,
        ),
        si(
            "engagement",
            entree("annees_promises_localement") >= parametre("engagement_annees"),
            "L'exercice promis ({annees_promises_localement}) atteint {engagement_annees}.",
            "L'exercice promis ({annees_promises_localement}) n'atteint pas {engagement_annees}.",
            INSTALLATIONS,
        ),
    ),
    (
        somme(
            "montant",
            "avance, au plus",
            parametre("maximum"),
            "€",
            "selon le projet",
            INSTALLATIONS,
        ),
    ),
    ("Ce qui transforme l'avance en subvention.", "Le zonage, que le guide ne cite pas ici."),
    {"engagements": ("exercer cinq ans sur le territoire",)},
)

OISE_SUBVENTION = Exemple(
    "OISE_SUBVENTION",
    "Département de l'Oise",
    "subvention d'installation",
    "La moitié des dépenses d'une installation dans le département, jusqu'à un plafond.",
    INSTALLATIONS,
    "professionnels de santé qui s'installent",
    "subvention",
    "versée une fois",
    (professionnels,),
    (
        somme(
            "montant",
            "subvention",
            plafonne(parametre("part") / 100 * depenses, parametre("maximum")),
            "€",
            "{part} des dépenses, au plus {maximum}",
            INSTALLATIONS,
        ),
    ),
    ("Le zonage : tout le département, ce que la loi n'admet que pour ses zones fragiles.",),
    {
        "entrees": (
            euros(
                "depenses_installation",
                "dépenses de l'installation",
                "Quelles sont les dépenses engagées pour l'installation ?",
            ),
        )
    },
)

OISE_PRET = Exemple(
    "OISE_PRET",
    "Département de l'Oise",
    "prêt d'installation à taux zéro",
    "Un prêt à 0 % pour acquérir des locaux ou pour le fonds de roulement, premier remboursement "
    "reporté d'un an au plus.",
    INSTALLATIONS,
    "professionnels de santé qui s'installent",
    "prêt à taux zéro",
    "de deux à cinq ans",
    (
        professionnels,
        si(
            "somme",
            (pret >= parametre("minimum")) & (pret <= parametre("maximum")),
            "Le prêt ({pret_demande}) est entre {minimum} et {maximum}.",
            "Le prêt ({pret_demande}) n'est pas entre {minimum} et {maximum}.",
            INSTALLATIONS,
        ),
        si(
            "duree",
            (duree_pret >= parametre("annees").element(0))
            & (duree_pret <= parametre("annees").element(1)),
            "La durée ({pret_annees}) est de deux à cinq ans.",
            "La durée ({pret_annees}) n'est pas de deux à cinq ans.",
            INSTALLATIONS,
        ),
        si(
            "differe",
            entree("pret_differe_mois") <= parametre("differe_mois"),
            "Le premier remboursement est reporté de {pret_differe_mois}, {differe_mois} au plus.",
            "Le premier remboursement est reporté de {pret_differe_mois} : {differe_mois} au plus.",
            INSTALLATIONS,
        ),
    ),
    (
        somme("montant", "prêt", pret, "€", "ce qui est demandé, à 0 %", INSTALLATIONS),
        somme(
            "mensualite",
            "remboursement d'un mois",
            pret / au_moins(duree_pret * 12 - entree("pret_differe_mois"), 1),
            "€ par mois",
            "le prêt ÷ les mois qui restent après le report",
            INSTALLATIONS,
        ),
    ),
    (
        "Le zonage : tout le département, ce que la loi n'admet que pour ses zones fragiles.",
        "Si le report s'ajoute à la durée du prêt : il y est compris ici.",
    ),
    {
        "entrees": (
            euros("pret_demande", "prêt demandé", "Quel prêt est demandé ?"),
            combien(
                "pret_annees",
                "durée du prêt",
                "Sur combien d'années le prêt court-il ?",
                "années",
                30,
            ),
            combien(
                "pret_differe_mois",
                "report du premier remboursement",
                "De combien de mois le premier remboursement est-il reporté ?",
                "mois",
                60,
            ),
        )
    },
)

PARIS = Exemple(
    "PARIS_MED",
    "Département de Paris",
    "Paris Med', travaux des locaux",
    "Une participation aux travaux d'un cabinet, par professionnel installé, contre trois ans en "
    "secteur 1.",
    INSTALLATIONS,
    "médecins et paramédicaux qui s'installent à Paris",
    "subvention de travaux",
    "versée une fois",
    (
        professionnels,
        si(
            "engagement",
            entree("annees_promises_localement") >= parametre("engagement_annees"),
            "L'exercice promis ({annees_promises_localement}) atteint {engagement_annees}.",
            "L'exercice promis ({annees_promises_localement}) n'atteint pas {engagement_annees}.",
            INSTALLATIONS,
        ),
        si(
            "secteur",
            entree("secteur").est("secteur_1"),
            "L'exercice est en secteur 1.",
            "{secteur} : il faut le secteur 1.",
            INSTALLATIONS,
        ),
    ),
    (
        somme(
            "montant",
            "participation, au plus",
            parametre("par_professionnel") * entree("professionnels_installes"),
            "€",
            "{par_professionnel} par professionnel installé",
            INSTALLATIONS,
        ),
    ),
    ("Le loyer des locaux, les subventions aux bailleurs.",),
    {
        "engagements": ("exercer trois ans, en secteur 1",),
        "entrees": (
            combien(
                "professionnels_installes",
                "professionnels installés",
                "Combien de professionnels s'installent dans ces locaux ?",
                "professionnels",
                1000,
            ),
        ),
    },
)

VOSGES = Exemple(
    "VOSGES_TELEMEDECINE",
    "Département des Vosges",
    "équipement en informatique et en télémédecine",
    "Une aide à l'équipement d'un professionnel ou d'une structure, pour une dépense minimale.",
    TELEMEDECINE,
    "professionnels et structures de soins du département",
    "subvention d'équipement",
    "versée une fois",
    (
        professionnels,
        si(
            "depense",
            entree("equipement_ht") >= parametre("minimum_ht"),
            "La dépense ({equipement_ht}) atteint {minimum_ht} hors taxes.",
            "La dépense ({equipement_ht}) n'atteint pas {minimum_ht} hors taxes.",
            TELEMEDECINE,
        ),
    ),
    (
        somme(
            "montant",
            "aide, au plus",
            plafonne(entree("equipement_ht"), parametre("maximum")),
            "€",
            "au plus la dépense, et au plus {maximum}",
            TELEMEDECINE,
        ),
    ),
    ("La part de la dépense qui est aidée, que le guide ne dit pas.",),
    {
        "entrees": (
            euros(
                "equipement_ht",
                "dépense d'équipement hors taxes",
                "Quelle est la dépense d'équipement, hors taxes ?",
            ),
        )
    },
)

DISPOSITIFS = tuple(
    one.dispositif() for one in (ARDENNE, OISE_SUBVENTION, OISE_PRET, PARIS, VOSGES)
)
