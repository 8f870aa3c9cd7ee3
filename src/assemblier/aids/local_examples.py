"""What the examples of local aids share: the guide of 2019 tells them, as of its year."""

from dataclasses import dataclass, field
from typing import Any

from assemblier.aids.dispositif import Condition, Dispositif, Famille, Montant, Texte
from assemblier.aids.expressions import Expression
from assemblier.aids.inputs import INSTALLATION, Genre, Saisie

GUIDE = "Accès aux soins : le guide pratique pour les élus, 2019"
FIRST, LAST = "2019-01-01", "2019-12-31"
"""The year of the guide: an example is told at that date only."""
CLOSED = (
    "Exemple que décrit le guide des élus de 2019 : rien ne dit qu'il existe encore. À demander à "
    "qui le donnait ({who}), ou à prendre comme modèle."
)


@dataclass(frozen=True)
class Fiche:
    """The page of the guide an example is on."""

    titre: str
    page: int

    @property
    def article(self) -> str:
        """Return where it is read."""
        return f"{GUIDE}, fiche sur {self.titre}, page {self.page} et suivantes"


ETUDES = Fiche("les étudiants", 32)
STAGES = Fiche("les stagiaires", 36)
INSTALLATIONS = Fiche("l'installation", 40)
STRUCTURES = Fiche("les maisons et centres de santé", 48)
TELEMEDECINE = Fiche("la télémédecine", 64)
TEMPS = Fiche("le temps médical", 70)


@dataclass(frozen=True)
class Exemple:
    """One example, as the guide tells it.

    Attributes
    ----------
    sigle, qui, quoi, resume
        Its sigle without ``EX_``, who gives, what it is, in a sentence.
    fiche
        Where.
    pour, nature, duree
        As in `Dispositif`.
    non_modelise
        What the rules leave out, besides the place.
    more
        The other attributes of `Dispositif`: entite, entrees, engagements, contradictions.
    """

    sigle: str
    qui: str
    quoi: str
    resume: str
    fiche: Fiche
    pour: str
    nature: str
    duree: str
    conditions: tuple[Condition, ...]
    montants: tuple[Montant, ...]
    non_modelise: tuple[str, ...] = ()
    more: dict[str, Any] = field(default_factory=dict)

    def dispositif(self) -> Dispositif:
        """Return it as a dispositif: open for the year of the guide, for no one afterwards."""
        article = self.fiche.article
        return Dispositif(
            sigle=f"EX_{self.sigle}",
            nom=f"{self.qui}, 2019 : {self.quoi}",
            resume=self.resume,
            famille=Famille.EXEMPLES,
            financeur=self.qui,
            contact=self.qui,
            beneficiaires=self.pour,
            nature=self.nature,
            duree=self.duree,
            ouvert=FIRST,
            ferme=LAST,
            fermeture=CLOSED.format(who=self.qui),
            conditions=self.conditions,
            montants=self.montants,
            textes=(Texte(article, FIRST),),
            non_modelise=(
                "Le lieu : la règle vaut comme modèle, elle ne vérifie pas la commune.",
                *self.non_modelise,
            ),
            **self.more,
        )


def question(nom: str, libelle: str, texte: str, entite: str = INSTALLATION) -> Saisie:
    """Return an input answered by yes or no."""
    return Saisie(nom, libelle, Genre.REPONSE, texte, entite=entite)


def euros(nom: str, libelle: str, texte: str, entite: str = INSTALLATION) -> Saisie:
    """Return an input in euros."""
    return Saisie(nom, libelle, Genre.NOMBRE, texte, unite="€", entite=entite)


def combien(
    nom: str, libelle: str, texte: str, unite: str, maximum: float, entite: str = INSTALLATION
) -> Saisie:
    """Return an input counted."""
    return Saisie(nom, libelle, Genre.NOMBRE, texte, (), unite, 0, maximum, entite)


def si(cle: str, regle: Expression, remplie: str, manquee: str, fiche: Fiche) -> Condition:
    """Return a condition read in the guide."""
    return Condition(cle, regle, remplie, manquee, fiche.article)


def champ(regle: Expression, remplie: str, manquee: str, fiche: Fiche) -> Condition:
    """Return for whom the example is."""
    return Condition("pour_qui", regle, remplie, manquee, fiche.article, champ=True)


def somme(
    cle: str, libelle: str, valeur: Expression, unite: str, formule: str, fiche: Fiche
) -> Montant:
    """Return an amount read in the guide."""
    return Montant(cle, libelle, valeur, unite, formule, fiche.article)
