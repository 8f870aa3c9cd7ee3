"""The kinds of change a scenario is made of: their names, what they ask, what they mean."""

from dataclasses import dataclass, replace
from enum import StrEnum


class Form(StrEnum):
    """How a field is written."""

    COMMUNE = "une commune, par son code ou son nom"
    COMMUNES = "des communes, séparées par des virgules"
    TERRITOIRE = "un territoire, comme departement:43 ou epci:200073419"
    ENTIER = "un nombre entier d'au moins 1"
    NOMBRE = "un nombre positif"
    RELATIF = "un nombre, négatif pour une baisse"
    OUI_NON = "oui ou non"
    JOUR = "un jour, comme 30/06/2027"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a change says.

    Attributes
    ----------
    key
        As written in the file.
    label
        In French.
    form
        See `Form`.
    is_required
        Whether it must be said.
    """

    key: str
    label: str
    form: Form
    is_required: bool = True


COMMUNE = Field("commune", "où", Form.COMMUNE)
COUNT = Field("nombre", "combien de praticiens", Form.ENTIER)
ACTS = Field("activite", "actes par an de chacun", Form.NOMBRE, False)
FROM = Field("venant_de", "la commune qu'ils quittent, ou « ailleurs »", Form.COMMUNE, False)
HALF_DAYS = Field("demi_journees", "demi-journées par semaine", Form.NOMBRE)
HOURS = Field("heures_semaine", "heures par semaine", Form.NOMBRE)
OVER_65 = Field(
    "plus_de_65",
    "ils ont plus de 65 ans : le zonage ne les compte pas",
    Form.OUI_NON,
    False,
)
WHEN = Field("le", "le jour où il a lieu", Form.JOUR, False)
"""Of every change: one that does not say it happens with the one before."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change.

    Attributes
    ----------
    key
        As written in the file: ``"retraite"``.
    label
        In French, as a title.
    fields
        What it says.
    meaning
        What is computed, and its limits, in French.
    """

    key: str
    label: str
    fields: tuple[Field, ...]
    meaning: str


KINDS = {
    one.key: replace(one, fields=(*one.fields, WHEN))
    for one in (
        Kind(
            "retraite",
            "départ à la retraite",
            (COMMUNE, COUNT, OVER_65),
            "L'activité de ces praticiens, présents au départ, disparaît.",
        ),
        Kind(
            "depart",
            "départ",
            (COMMUNE, COUNT, Field("vers", "la commune rejointe", Form.COMMUNE, False)),
            "L'activité des derniers arrivés disparaît, ou passe à la commune rejointe : c'est "
            "alors un déplacement.",
        ),
        Kind(
            "installation",
            "installation",
            (COMMUNE, COUNT, ACTS, FROM),
            "Une activité s'ajoute ; prise à une autre commune, c'est un déplacement.",
        ),
        Kind(
            "activite",
            "changement d'activité",
            (COMMUNE, COUNT, Field("activite", "actes par an de chacun, après", Form.NOMBRE)),
            "L'activité de ces praticiens devient celle qui est dite.",
        ),
        Kind(
            "demenagement",
            "déménagement",
            (COMMUNE, Field("vers", "la commune rejointe", Form.COMMUNE), COUNT),
            "L'activité passe d'une commune à l'autre : c'est un déplacement.",
        ),
        Kind(
            "cabinet_secondaire",
            "cabinet secondaire",
            (COMMUNE, Field("venant_de", "la commune du cabinet principal", Form.COMMUNE),
             HALF_DAYS, Field("temps_nouveau", "ces demi-journées s'ajoutent", Form.OUI_NON)),
            "Des demi-journées au cabinet secondaire ; sans temps nouveau, elles sont prises au "
            "cabinet principal.",
        ),
        Kind(
            "centre_de_sante",
            "centre de santé",
            (COMMUNE, Field("medecins", "médecins, en temps plein", Form.NOMBRE), ACTS, FROM),
            "L'activité de médecins salariés s'ajoute ; s'ils viennent d'une commune, elle y est "
            "retirée.",
        ),
        Kind(
            "msp",
            "maison de santé pluriprofessionnelle",
            (COMMUNE, Field("medecins", "médecins", Form.ENTIER),
             Field("auxiliaires", "auxiliaires médicaux", Form.ENTIER), ACTS, FROM),
            "Sans « venant_de », les médecins sont nouveaux ; sinon ils changent de lieu. Une SISA "
            "demande au moins deux médecins et un auxiliaire médical.",
        ),
        Kind(
            "antenne",
            "antenne d'un centre de santé",
            (COMMUNE, Field("site_principal", "la commune du centre", Form.COMMUNE), HOURS,
             Field("meme_systeme_information", "le système d'information est commun",
                   Form.OUI_NON),
             Field("temps_nouveau", "ces heures s'ajoutent à celles du centre", Form.OUI_NON),
             Field("minutes", "minutes de trajet depuis le centre, si mesurées", Form.NOMBRE,
                   False)),
            "Des heures de consultation ; sans temps nouveau, elles sont prises au centre.",
        ),
        Kind(
            "unite_mobile",
            "unité mobile",
            (Field("communes", "les étapes", Form.COMMUNES), HOURS,
             Field("heures_trajet", "heures de trajet par semaine", Form.NOMBRE), FROM),
            "Les heures, trajets retirés, sont réparties également entre les étapes.",
        ),
        Kind(
            "teleconsultation",
            "lieu de téléconsultation",
            (COMMUNE, HOURS, Field("medecins", "médecins qui consultent à distance", Form.NOMBRE),
             Field("professionnel_present", "un professionnel assiste le patient", Form.OUI_NON)),
            "Ne change pas l'APL, qui compte un médecin là où il exerce : les heures sont données "
            "à part.",
        ),
        Kind(
            "cabinet_retraites",
            "cabinet tenu par des médecins retraités",
            (COMMUNE, Field("praticiens", "médecins retraités", Form.ENTIER),
             Field("demi_journees", "demi-journées par semaine de chacun", Form.NOMBRE), OVER_65),
            "Dix demi-journées font un temps plein.",
        ),
        Kind(
            "assistant_medical",
            "assistants médicaux",
            (COMMUNE, COUNT, Field("gain", "patients en plus, en %", Form.NOMBRE)),
            "L'activité de ces médecins augmente de 5 à 10 %, sans être vérifiée ensuite.",
        ),
        Kind(
            "ipa",
            "infirmier en pratique avancée",
            (COMMUNE, COUNT, Field("heures_liberees", "heures libérées par semaine et par médecin",
                                   Form.NOMBRE)),
            "Les heures libérées deviennent des consultations : une hypothèse de celui qui "
            "l'écrit.",
        ),
        Kind(
            "secretariat",
            "secrétariat partagé",
            (COMMUNE, COUNT, Field("heures_liberees", "heures libérées par semaine et par médecin",
                                   Form.NOMBRE)),
            "Les heures de gestion libérées deviennent des consultations.",
        ),
        Kind(
            "population",
            "évolution de la population",
            (Field("territoire", "où", Form.TERRITOIRE),
             Field("evolution", "en %", Form.RELATIF)),
            "La demande suit, à âges inchangés.",
        ),
        Kind(
            "vieillissement",
            "vieillissement de la population",
            (Field("territoire", "où", Form.TERRITOIRE),
             Field("points", "part des habitants, en points de %, qui passe de moins de 65 ans à "
                   "75 ans ou plus", Form.NOMBRE)),
            "Autant d'habitants, mais qui consultent davantage.",
        ),
        Kind(
            "installation_encadree",
            "installations encadrées au-dessus d'un seuil",
            (COUNT, Field("seuil", "APL à partir de laquelle un territoire est fermé",
                          Form.NOMBRE), ACTS),
            "Ces installations nouvelles se répartissent comme l'offre d'aujourd'hui, mais hors "
            "des communes au-dessus du seuil. Une proposition de 2022, pas une règle de droit.",
        ),
    )
}  # fmt: skip
"""Every kind of change, by its key."""

ELSEWHERE = "ailleurs"
"""Said of professionals who come from outside the territory studied."""

ANY_PROFESSION = (
    "retraite", "depart", "installation", "activite", "demenagement", "cabinet_secondaire",
    "population",
)  # fmt: skip
"""The changes that are described for every profession; the others are those of doctors."""
