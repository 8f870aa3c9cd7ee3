"""A local aid, as a collectivité describes it before voting it; what was not told is None."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assemblier.aids.amounts import Amount
from assemblier.territory import Perimeter
from assemblier.zoning.classes import MEDECIN, Niveau, Zonage


class Domaine(StrEnum):
    """The interventions the law opens to collectivités."""

    INSTALLATION = "installation"
    PERMANENCE_DES_SOINS = "permanence_des_soins"
    INDEMNITE_STAGE = "indemnite_stage"
    INDEMNITE_ETUDE = "indemnite_etude"
    EXONERATION_CFE = "exoneration_cfe"

    @property
    def label(self) -> str:
        """Return its name in French."""
        return _LABELS[self]


_LABELS = {
    Domaine.INSTALLATION: "aide à l'installation ou au maintien de professionnels de santé",
    Domaine.PERMANENCE_DES_SOINS: "aide à une structure de permanence des soins",
    Domaine.INDEMNITE_STAGE: "indemnité de logement et de déplacement d'un interne",
    Domaine.INDEMNITE_ETUDE: "indemnité d'étude et de projet professionnel",
    Domaine.EXONERATION_CFE: "exonération de cotisation foncière des entreprises",
}


@dataclass(frozen=True, slots=True)
class Giver:
    """Another collectivité that gives, or a neighbour: its name and its amount."""

    nom: str
    montant: Amount


@dataclass(frozen=True)
class AideLocale:
    """One local aid; attributes are the keys of `fields.FIELDS`, dots written as underscores.

    Attributes
    ----------
    domaine, date
        What it is, and the day whose texts hold.
    """

    domaine: Domaine
    date: dt.date
    intitule: str = ""
    donneur_nature: str | None = None
    donneur_nom: str = ""
    beneficiaire_profession: str = MEDECIN
    beneficiaire_statut: str | None = None
    beneficiaire_filiere: str | None = None
    beneficiaire_cycle: int | None = None
    beneficiaire_logement_gratuit: bool | None = None
    beneficiaire_cesp: bool | None = None
    forme: str | None = None
    montant: Amount | None = None
    mois: int | None = None
    total: Amount | None = None
    zone_territoire: Perimeter | None = None
    zone_classement: Zonage | Niveau | None = None
    zone_acte: str = ""
    zone_limitee: bool | None = None
    engagement_annees: Fraction | None = None
    convention_parties: frozenset[str] | None = None
    convention_transmise_a: frozenset[str] | None = None
    clauses_fin_hors_zone: bool | None = None
    clauses_remboursement: str | None = None
    clauses_information_etat: bool | None = None
    autres_donneurs: tuple[Giver, ...] = ()
    voisins: tuple[Giver, ...] = ()
    deliberation_date: dt.date | None = None
    deliberation_generale: bool | None = None
    deliberation_exercice: int | None = None
    deliberation_duree_annees: int | None = None
    cabinet_site: str | None = None
    cabinet_population: int | None = None
    cabinet_zone_rurale: bool | None = None
    charte: bool | None = None

    @property
    def months(self) -> int | None:
        """Return how many months it is paid, where it was told."""
        return self.mois

    @property
    def title(self) -> str:
        """Return how to name it."""
        return self.intitule or self.domaine.label
