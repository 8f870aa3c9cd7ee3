"""L. 1511-8: what collectivités may give to settle or keep professionals, in its five forms."""

from assemblier.aids.dispositif import Condition, Cumul, Dispositif, Famille, Montant, Sens, Texte
from assemblier.aids.expressions import Expression, entree, parametre
from assemblier.aids.inputs import INSTALLATION, STRUCTURE, Genre, Saisie
from assemblier.aids.structure_conditions import en_zone, pour_les, pour_les_collectivites

CGCT = "Code général des collectivités territoriales, article L. 1511-8"
R44, R45 = CGCT.replace("L. 1511-8", "R. 1511-44"), CGCT.replace("L. 1511-8", "R. 1511-45")
GUIDE = "Accès aux soins : le guide pratique pour les élus, annexe I, page 88"
ZONES = "zonage.medecin.aides.aides_des_collectivites"
FORMES = (
    ("investissement_fonctionnement", "frais d'investissement ou de fonctionnement"),
    ("locaux", "mise à disposition de locaux"),
    ("logement", "mise à disposition d'un logement"),
    ("prime_installation", "prime d'installation"),
    ("prime_exercice", "prime d'exercice forfaitaire"),
    ("autre", "autre forme"),
    ("aucune", "aucune aide votée ici"),
)
TEXTES = (
    Texte(CGCT, "2005-12-31"),
    Texte(f"{R44} et suivants", "2005-12-31"),
    Texte("Ordonnance n° 2018-21 du 17 janvier 2018 (transmission de la convention)", "2018-01-17"),
)
NON_MODELISE = (
    "Le droit européen des aides d'État.",
    "La concurrence entre communes voisines : le guide conseille le niveau intercommunal ou "
    "départemental, et une concertation.",
    "L'accord de la collectivité, libre d'aider ou non : « verifier-aide » examine un projet "
    "clause par clause.",
)


def _saisies(entite: str, suffixe: str) -> tuple[Saisie, ...]:
    """Return what is asked of a local aid; the two entities have inputs of their own."""
    return (
        Saisie(
            f"forme_aide_locale{suffixe}",
            "forme de l'aide locale",
            Genre.CHOIX,
            "Quelle forme l'aide de la collectivité prend-elle, si elle en vote une ?",
            FORMES,
            entite=entite,
        ),
        Saisie(
            f"montant_aide_locale{suffixe}",
            "montant de l'aide locale",
            Genre.NOMBRE,
            "Quel montant la collectivité vote-t-elle ?",
            unite="€",
            entite=entite,
        ),
        Saisie(
            f"convention_aide_locale{suffixe}",
            "convention de l'aide locale",
            Genre.REPONSE,
            "Une convention est-elle passée, avec l'agence régionale de santé (guide de 2019), ou "
            "transmise à l'agence et à l'Assurance maladie (texte en vigueur) ?",
            entite=entite,
        ),
        Saisie(
            f"annees_promises_localement{suffixe}",
            "durée d'exercice promise",
            Genre.NOMBRE,
            "Combien d'années d'exercice dans la zone sont promises à la collectivité ?",
            (),
            "années",
            0,
            60,
            entite,
        ),
        Saisie(
            f"clauses_de_fin{suffixe}",
            "clauses de fin et de restitution",
            Genre.REPONSE,
            "La convention dit-elle quand l'aide prend fin (départ de la zone) et ce qui est "
            "restitué ?",
            entite=entite,
        ),
    )


def _forme(suffixe: str, formes: str, missed: str) -> Condition:
    name = f"forme_aide_locale{suffixe}"
    return Condition(
        "forme",
        entree(name).dans(parametre(formes)),
        f"La forme est prévue : {{{name}}}.",
        f"{{{name}}} : {missed}",
        R44,
    )


def _convention(suffixe: str) -> tuple[Condition, ...]:
    promised = f"annees_promises_localement{suffixe}"
    return (
        Condition(
            "convention",
            entree(f"convention_aide_locale{suffixe}"),
            "Une convention est passée, dans les formes de cette date.",
            "Il n'y a pas de convention dans les formes de cette date.",
            {
                "2005-12-31": f"{CGCT} ; {R45}",
                "2019-01-01": f"{R45} : l'agence régionale de santé est partie ({GUIDE})",
                "2020-01-01": f"{CGCT} : la convention est transmise à l'agence et à l'Assurance "
                "maladie",
            },
        ),
        Condition(
            "engagement",
            entree(promised) >= parametre("aides.legalite.engagement.installation_annees"),
            f"L'exercice promis ({{{promised}}}) atteint {{installation_annees}}.",
            f"L'exercice promis ({{{promised}}}) n'atteint pas {{installation_annees}}.",
            R45,
        ),
        Condition(
            "clauses",
            entree(f"clauses_de_fin{suffixe}"),
            "La convention dit la fin de l'aide hors de la zone, et la restitution.",
            "La convention ne dit pas la fin de l'aide hors de la zone, ni la restitution.",
            R45,
        ),
    )


def _montant(suffixe: str) -> Montant:
    return Montant(
        "montant",
        "aide que vote la collectivité",
        entree(f"montant_aide_locale{suffixe}"),
        "€",
        "librement fixé : aucun plafond national pour ces formes",
        CGCT,
    )


ENGAGEMENTS = (
    "exercer au moins trois ans dans une zone fragile",
    "rendre tout ou partie de l'aide en cas de départ plus tôt",
)
CUMULS = (
    Cumul(
        "les aides d'autres collectivités",
        Sens.PERMIS,
        "Plusieurs collectivités peuvent aider ensemble ; le guide leur conseille de s'accorder.",
        GUIDE,
    ),
)


def _zone() -> Expression:
    generaliste = entree("profession").est("medecin_generaliste")
    specialiste = entree("profession").est("medecin_specialiste")
    return (
        (generaliste & entree("zonage").dans(parametre(ZONES)))
        | (specialiste & entree("zonage").dans(parametre("zones_specialistes")))
        | (~generaliste & ~specialiste & entree("niveau_zone").dans(parametre("niveaux")))
    )


PROFESSIONNEL = Dispositif(
    sigle="L1511_8",
    nom="Aide locale à l'installation ou au maintien d'un professionnel",
    resume="Une collectivité peut aider un professionnel qui s'installe ou reste en zone fragile, "
    "de cinq façons : frais, locaux, logement, prime d'installation, prime d'exercice.",
    famille=Famille.COLLECTIVITES,
    financeur="commune, intercommunalité, département ou région",
    contact="la mairie, l'intercommunalité, le département ou la région",
    beneficiaires="professionnels de santé",
    nature="aide facultative, en cinq formes",
    duree="celle de la convention ; au moins trois ans d'exercice promis",
    ouvert="2005-12-31",
    entrees=_saisies(INSTALLATION, ""),
    conditions=(
        Condition(
            "profession",
            ~entree("profession").est("psychologue"),
            "L'aide est ouverte aux professionnels de santé ({profession}).",
            "{profession} : l'aide est pour les professionnels de santé.",
            CGCT,
            champ=True,
        ),
        Condition(
            "statut",
            ~entree("statut").est("interne", "etudiant", "retraite"),
            "Le professionnel est {statut}.",
            "{statut} : d'autres aides locales sont pour les étudiants et les internes.",
            CGCT,
            champ=True,
        ),
        Condition(
            "zone",
            _zone(),
            "Le lieu est dans une zone fragile pour cette profession.",
            "Le lieu n'est pas dans une zone fragile pour cette profession : l'aide y est "
            "illégale.",
            CGCT,
        ),
        _forme(
            "",
            "aides.legalite.installation.formes",
            "l'aide n'est pas de l'une des cinq formes prévues.",
        ),
        Condition(
            "forme_liberale",
            ~entree("forme_aide_locale").dans(
                parametre("aides.legalite.installation.formes_reservees_au_liberal")
            )
            | ~entree("statut").est("salarie", "praticien_hospitalier"),
            "Cette forme est ouverte à ce mode d'exercice.",
            "La prime d'exercice est pour les libéraux ; le professionnel est {statut}.",
            f"{R44}, 5°",
        ),
        *_convention(""),
    ),
    montants=(_montant(""),),
    engagements=ENGAGEMENTS,
    cumuls=CUMULS,
    textes=TEXTES,
    non_modelise=(
        "Une profession sans zonage de l'agence (pharmacien, orthoptiste, diététicien…).",
        *NON_MODELISE,
    ),
    contradictions=("X-11", "X-40"),
)

CENTRE = Dispositif(
    sigle="L1511_8_CDS",
    nom="Aide locale à un centre de santé",
    resume="Une collectivité peut payer les frais d'un centre de santé, ou lui prêter des locaux, "
    "en zone fragile.",
    famille=Famille.STRUCTURES,
    financeur="commune, intercommunalité, département ou région",
    contact="la mairie, l'intercommunalité, le département ou la région",
    beneficiaires="centres de santé",
    nature="aide facultative, en deux formes : frais, locaux",
    duree="celle de la convention ; au moins trois ans d'exercice promis",
    ouvert="2005-12-31",
    entite=STRUCTURE,
    entrees=_saisies(STRUCTURE, "_structure"),
    conditions=(
        pour_les(f"{CGCT} ; {R44}, 1° et 2°", "cds"),
        en_zone(ZONES, CGCT),
        _forme(
            "_structure",
            "aides.legalite.installation.formes_centre_de_sante",
            "un centre ne peut recevoir que des frais ou des locaux.",
        ),
        *_convention("_structure"),
    ),
    montants=(_montant("_structure"),),
    engagements=ENGAGEMENTS,
    cumuls=CUMULS,
    textes=TEXTES,
    non_modelise=(
        "La subvention d'équilibre d'une collectivité à son propre centre.",
        *NON_MODELISE,
    ),
    contradictions=("X-11", "X-40"),
)

DONNEUR = Dispositif(
    sigle="L1511_8_DONNER",
    nom="Ce que la collectivité peut donner : aider une installation ou un maintien",
    resume="Une collectivité ou un groupement peut aider des professionnels en zone fragile, de "
    "cinq façons : frais, locaux, logement, prime d'installation, prime d'exercice.",
    famille=Famille.STRUCTURES,
    financeur="la collectivité elle-même",
    contact="l'ARS et la CPAM, avant le vote ; les collectivités voisines",
    beneficiaires="communes, intercommunalités, départements, régions",
    nature="faculté de dépenser, en cinq formes",
    duree="celle de la convention ; au moins trois ans d'exercice promis",
    ouvert="2005-12-31",
    entite=STRUCTURE,
    conditions=(
        pour_les_collectivites(CGCT),
        en_zone(ZONES, CGCT),
        _forme(
            "_structure",
            "aides.legalite.installation.formes",
            "l'aide n'est pas de l'une des cinq formes prévues.",
        ),
        *_convention("_structure"),
    ),
    montants=(_montant("_structure"),),
    engagements=ENGAGEMENTS,
    cumuls=CUMULS,
    textes=TEXTES,
    non_modelise=(
        "Les zones des professions qui ne sont pas médecins, qui ont leur propre zonage.",
        *NON_MODELISE,
    ),
    contradictions=("X-11", "X-40"),
)

PDS = Dispositif(
    sigle="PDS_STRUCTURES",
    nom="Aide locale à une structure de permanence des soins",
    resume="Une collectivité peut financer une structure qui participe à la permanence des soins, "
    "comme une maison médicale, où que ce soit.",
    famille=Famille.STRUCTURES,
    financeur="commune, intercommunalité, département ou région",
    contact="la mairie, l'intercommunalité, le département ou la région",
    beneficiaires="structures qui participent à la permanence des soins",
    nature="aide facultative, sans forme imposée",
    duree="celle que la collectivité vote",
    ouvert="2005-12-31",
    entite=STRUCTURE,
    entrees=(
        Saisie(
            "participe_permanence",
            "participation à la permanence des soins",
            Genre.REPONSE,
            "La structure participe-t-elle à la permanence des soins ?",
            entite=STRUCTURE,
        ),
    ),
    conditions=(
        pour_les(CGCT, "maison_medicale", "msp", "cds", "cabinet", "etablissement"),
        Condition(
            "permanence",
            entree("participe_permanence"),
            "La structure participe à la permanence des soins ; aucune zone n'est exigée.",
            "La structure ne participe pas à la permanence des soins.",
            f"{CGCT}, troisième alinéa",
        ),
    ),
    montants=(_montant("_structure"),),
    textes=(Texte(f"{CGCT}, troisième alinéa", "2005-12-31"),),
    non_modelise=(
        "L'accord de la collectivité, libre d'aider ou non.",
        "L'organisation de la permanence par l'agence régionale de santé.",
    ),
)

DISPOSITIFS = (PROFESSIONNEL, CENTRE, DONNEUR, PDS)
