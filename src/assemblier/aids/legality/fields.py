"""The fields of a local aid: what is asked, how it is written, for which domain.

One list serves the YAML file, the spreadsheet and their help.
"""

from dataclasses import dataclass
from enum import StrEnum

from assemblier.aids.legality.local_aid import Domaine

INSTALLATION, PDS = Domaine.INSTALLATION, Domaine.PERMANENCE_DES_SOINS
STAGE, ETUDE, CFE = Domaine.INDEMNITE_STAGE, Domaine.INDEMNITE_ETUDE, Domaine.EXONERATION_CFE
EVERY = tuple(Domaine)
ZONED = (INSTALLATION, STAGE, ETUDE, CFE)
PROFESSIONS = (
    "medecin_generaliste",
    "medecin_specialiste",
    "chirurgien_dentiste",
    "sage_femme",
    "infirmier",
    "masseur_kinesitherapeute",
    "orthophoniste",
    "pedicure_podologue",
    "orthoptiste",
    "pharmacien",
)


class Kind(StrEnum):
    """How a field is written."""

    TEXTE = "un texte"
    CHOIX = "un choix"
    PLUSIEURS = "un ou plusieurs choix, séparés par des virgules"
    OUI_NON = "oui ou non"
    JOUR = "un jour, par exemple 22/11/2026"
    ENTIER = "un nombre entier"
    NOMBRE = "un nombre positif"
    MONTANT = "un montant avec son unité, par exemple « 500 € par mois »"
    TERRITOIRE = "un territoire, par exemple commune:43234 ou epci:200073419"
    ZONE = "une zone : ZIP, ZAC, ZV, HZ, ou l'un des cinq niveaux de la profession"
    DONNEURS = "une liste de noms et de montants"


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes
    ----------
    key
        With a dot between a group and its field.
    label
        The question, in French.
    kind, choices
        How it is written.
    domains
        Whom it concerns.
    is_required
        Whether nothing can be said without it.
    least, most
        Bounds of a number, None where there is none.
    hint
        How a text must be written, where not any text will do.
    """

    key: str
    label: str
    kind: Kind
    choices: tuple[str, ...] = ()
    domains: tuple[Domaine, ...] = EVERY
    is_required: bool = False
    least: int = 0
    most: int | None = None
    hint: str = ""

    @property
    def attribute(self) -> str:
        """Return the attribute of `AideLocale` it fills."""
        return _ATTRIBUTES.get(self.key, self.key.replace(".", "_"))

    @property
    def expected(self) -> str:
        """Say what to write."""
        if self.hint:
            return self.hint
        if self.choices:
            several = "un ou plusieurs de" if self.kind is Kind.PLUSIEURS else "un de"
            return f"{several} : {', '.join(self.choices)}"
        return str(self.kind)


_ATTRIBUTES = {"aide": "domaine", "zone.limitee_aux_zones_fragiles": "zone_limitee"}

FIELDS = (
    Field("aide", "Quelle aide", Kind.CHOIX, tuple(Domaine), is_required=True),
    Field("intitule", "Son nom", Kind.TEXTE),
    Field("date", "Le jour du vote ou de la signature", Kind.JOUR, is_required=True),
    Field(
        "donneur.nature",
        "Qui donne",
        Kind.CHOIX,
        ("commune", "epci", "departement", "region", "autre"),
    ),
    Field("donneur.nom", "Son nom", Kind.TEXTE),
    Field("beneficiaire.profession", "La profession aidée", Kind.CHOIX, PROFESSIONS),
    Field(
        "beneficiaire.statut",
        "Ce qu'est le bénéficiaire",
        Kind.CHOIX,
        ("liberal", "salarie", "centre_de_sante", "interne", "etudiant", "structure"),
    ),
    Field(
        "beneficiaire.filiere",
        "Ses études",
        Kind.CHOIX,
        (
            "medecine_generale",
            "autre_specialite_medicale",
            "medecine",
            "odontologie",
            "pharmacie",
            "maieutique",
            "autre",
        ),
        (STAGE, ETUDE),
    ),
    Field("beneficiaire.cycle", "Son cycle d'études", Kind.ENTIER, (), (ETUDE,), least=1, most=3),
    Field("beneficiaire.logement_gratuit", "Est-il logé gratuitement", Kind.OUI_NON, (), (STAGE,)),
    Field("beneficiaire.cesp", "A-t-il aussi signé un CESP", Kind.OUI_NON, (), (ETUDE,)),
    Field(
        "forme",
        "Ce qui est donné",
        Kind.CHOIX,
        (
            "investissement_fonctionnement",
            "locaux",
            "logement",
            "prime_installation",
            "prime_exercice",
            "autre",
        ),
        (INSTALLATION,),
    ),
    Field("montant", "Combien", Kind.MONTANT, (), (INSTALLATION, PDS, STAGE, ETUDE)),
    Field("mois", "Pendant combien de mois", Kind.ENTIER, (), (STAGE, ETUDE), least=1, most=180),
    Field("total", "Montant total annoncé", Kind.MONTANT, (), (STAGE, ETUDE)),
    Field("zone.territoire", "Où", Kind.TERRITOIRE, (), ZONED),
    Field("zone.classement", "La zone de ce lieu, si vous avez l'arrêté", Kind.ZONE, (), ZONED),
    Field("zone.acte", "L'arrêté de zonage", Kind.TEXTE, (), ZONED),
    Field(
        "zone.limitee_aux_zones_fragiles",
        "La clause ne vise-t-elle que les zones fragiles (ZIP et ZAC, ou niveaux aidés)",
        Kind.OUI_NON,
        (),
        (INSTALLATION, STAGE, ETUDE),
    ),
    Field(
        "engagement.annees", "Années d'exercice promises", Kind.NOMBRE, (), (INSTALLATION, ETUDE)
    ),
    Field(
        "convention.parties",
        "Qui signe la convention ou le contrat (« aucune » : il n'y en a pas)",
        Kind.PLUSIEURS,
        ("collectivite", "beneficiaire", "ars", "assurance_maladie", "aucune"),
        (INSTALLATION, STAGE, ETUDE),
    ),
    Field(
        "convention.transmise_a",
        "À qui la convention est transmise",
        Kind.PLUSIEURS,
        ("ars", "assurance_maladie", "aucun"),
        (INSTALLATION,),
    ),
    Field(
        "clauses.fin_hors_zone",
        "L'aide prend-elle fin hors de la zone",
        Kind.OUI_NON,
        (),
        (INSTALLATION, ETUDE),
    ),
    Field(
        "clauses.remboursement",
        "Ce qui est rendu si l'engagement n'est pas tenu",
        Kind.CHOIX,
        ("total", "partiel", "total_ou_partiel", "aucun"),
        (INSTALLATION, ETUDE),
    ),
    Field(
        "clauses.information_etat",
        "Les services de l'État sont-ils informés du contrat",
        Kind.OUI_NON,
        (),
        (ETUDE,),
    ),
    Field(
        "autres_donneurs",
        "Autres collectivités qui donnent au même bénéficiaire",
        Kind.DONNEURS,
        (),
        (INSTALLATION, STAGE, ETUDE),
    ),
    Field("voisins", "Aides des voisins", Kind.DONNEURS, (), (INSTALLATION, STAGE, ETUDE)),
    Field("deliberation.date", "Le jour de la délibération", Kind.JOUR, (), (CFE,)),
    Field(
        "deliberation.generale",
        "Vaut-elle pour tous les professionnels qui remplissent les conditions",
        Kind.OUI_NON,
        (),
        (CFE,),
    ),
    Field(
        "deliberation.exercice",
        "Première année exonérée",
        Kind.ENTIER,
        (),
        (CFE,),
        least=2019,
        most=2100,
    ),
    Field(
        "deliberation.duree_annees", "Années d'exonération", Kind.ENTIER, (), (CFE,), least=1,
        most=99,
    ),
    Field("cabinet.site", "Le cabinet", Kind.CHOIX, ("principal", "secondaire"), (CFE,)),
    Field("cabinet.population", "Habitants de la commune du cabinet", Kind.ENTIER, (), (CFE,)),
    Field(
        "cabinet.zone_rurale",
        "La commune est-elle en ZRR (avant juillet 2024) ou en FRR (depuis)",
        Kind.OUI_NON,
        (),
        (CFE,),
    ),
    Field(
        "charte",
        "Une charte de non-concurrence est-elle signée avec les voisins",
        Kind.OUI_NON,
        (),
        (INSTALLATION, STAGE, ETUDE),
    ),
)  # fmt: skip
"""Every field, in the order of the file."""


def field_of(key: str) -> Field:
    """Return a field by its key.

    Examples
    --------
    >>> field_of("zone.territoire").kind.value
    'un territoire, par exemple commune:43234 ou epci:200073419'
    """
    return next(one for one in FIELDS if one.key == key)


def fields_for(domain: Domaine) -> tuple[Field, ...]:
    """Return the fields that concern a domain."""
    return tuple(one for one in FIELDS if domain in one.domains)
