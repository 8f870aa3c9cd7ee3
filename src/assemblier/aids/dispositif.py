"""What a dispositif is: its identity, its conditions, its amounts, its texts, its limits."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TypeVar

from assemblier.aids.expressions import Entree, Expression, Parametre
from assemblier.aids.inputs import Saisie


class Famille(StrEnum):
    """Who an aid comes from; lists are set in this order."""

    ASSURANCE_MALADIE = "aides de l'Assurance maladie"
    ETAT = "aides de l'État et des agences régionales"
    FISCALITE = "exonérations"
    COLLECTIVITES = "aides des collectivités"
    ETUDES = "études, internat, stages"
    STRUCTURES = "aides aux structures et aux collectivités"
    EXEMPLES = "exemples d'aides locales, à la date du document qui les décrit"


class Sens(StrEnum):
    """Whether two aids may be held together."""

    PERMIS = "cumul permis"
    DECONSEILLE = "cumul permis, déconseillé"
    INTERDIT = "cumul interdit"


@dataclass(frozen=True, slots=True)
class Texte:
    """A text an aid rests on.

    Attributes
    ----------
    titre
        As people cite it.
    depuis, jusqu_au
        ISO days it holds; empty where it still does.
    adresse
        Where it is read, or empty.
    relu
        ISO day it was last read again; older than a year, the answer says so.
    remplace
        Title of the text it replaces, or empty.
    """

    titre: str
    depuis: str
    jusqu_au: str = ""
    adresse: str = ""
    relu: str = ""
    remplace: str = ""


@dataclass(frozen=True, slots=True)
class Cumul:
    """Whether an aid may be held with another one.

    Attributes
    ----------
    avec
        Sigle of the other, or in words what it is (``"logement gratuit"``).
    sens
        See `Sens`.
    phrase
        The rule in a sentence.
    article
        Where it is written.
    """

    avec: str
    sens: Sens
    phrase: str
    article: str


@dataclass(frozen=True, eq=False)
class Condition:
    """One condition of an aid: a rule, three sentences, an article.

    Attributes
    ----------
    cle
        Its OpenFisca variable is ``<sigle>_<cle>``.
    regle
        The rule, or rules by the ISO day they start; None: there is no such condition any more.
    remplie, manquee
        The sentence when it is met, when it is missed; ``{name}`` is an input or a parameter of
        the dispositif, written out.
    article
        Where it is written, or articles by the ISO day they start.
    champ
        Whether missing it means that the aid is for other people (another profession).
    """

    cle: str
    regle: Expression | Mapping[str, Expression | None]
    remplie: str
    manquee: str
    article: str | Mapping[str, str]
    champ: bool = False

    def regle_au(self, jour: dt.date) -> Expression | None:
        """Return the rule on a day, None where there is none."""
        return _at(self.regles, jour)

    @property
    def regles(self) -> tuple[tuple[str, Expression | None], ...]:
        """Return the rules by the day they start, the first one first."""
        return _dated(self.regle)

    def article_au(self, jour: dt.date) -> str:
        """Return the article on a day."""
        if isinstance(self.article, str):
            return self.article
        return _at(tuple(sorted(self.article.items())), jour) or ""


@dataclass(frozen=True, eq=False)
class Montant:
    """An amount of an aid: a formula, in code and in words.

    Attributes
    ----------
    cle
        Its OpenFisca variable is ``<sigle>_<cle>``; the main one is ``montant``.
    libelle
        What is paid.
    valeur
        The formula, or formulas by the ISO day they start.
    unite
        ``"€"``, ``"€ par an"``, ``"€ par mois"``, ``"%"``…
    formule
        The formula in words; ``{name}`` as in conditions.
    article
        Where it is written.
    si
        When it is due, for a bonus; without, always.
    decimales
        How many decimals people read.
    """

    cle: str
    libelle: str
    valeur: Expression | Mapping[str, Expression | None]
    unite: str
    formule: str
    article: str
    si: Expression | None = None
    decimales: int = 0

    @property
    def valeurs(self) -> tuple[tuple[str, Expression | None], ...]:
        """Return the formulas by the day they start, the first one first."""
        return _dated(self.valeur)

    def valeur_au(self, jour: dt.date) -> Expression | None:
        """Return the formula on a day, None where there is none."""
        return _at(self.valeurs, jour)


@dataclass(frozen=True, eq=False)
class Dispositif:
    """An aid, as a person in charge would describe it.

    Attributes
    ----------
    sigle
        Its name in code, upper case: ``"CAIM"``; its OpenFisca variable is the same in lower case.
    nom, resume
        Its name, and what it gives in a sentence.
    famille, financeur, contact
        Who it comes from, who pays, whom to ask.
    beneficiaires, nature, duree
        For whom, what kind of aid, for how long.
    ouvert, ferme
        ISO days: the first and the last one it can be asked for; `ferme` empty while it is open.
    conditions, montants
        Its rules.
    textes
        What it rests on, dated.
    non_modelise
        What the rules leave out; never empty.
    engagements, cumuls
        What the beneficiary undertakes, what may be held with it.
    remplace_par
        Sigles of what replaced it.
    fermeture
        In a sentence, why it closed, or empty.
    contradictions
        Keys of the register of contradictions: what the documents sources say differently of it.
    entite
        ``"installation"`` (a professional and a place) or ``"structure"``.
    entrees
        The inputs only this dispositif asks for.
    """

    sigle: str
    nom: str
    resume: str
    famille: Famille
    financeur: str
    contact: str
    beneficiaires: str
    nature: str
    duree: str
    ouvert: str
    conditions: tuple[Condition, ...]
    montants: tuple[Montant, ...]
    textes: tuple[Texte, ...]
    non_modelise: tuple[str, ...]
    ferme: str = ""
    engagements: tuple[str, ...] = ()
    cumuls: tuple[Cumul, ...] = ()
    remplace_par: tuple[str, ...] = ()
    fermeture: str = ""
    contradictions: tuple[str, ...] = ()
    entite: str = "installation"
    entrees: tuple[Saisie, ...] = field(default=())

    @property
    def variable(self) -> str:
        """Return the name of its OpenFisca variable, which says the verdict."""
        return self.sigle.lower()

    @property
    def is_example(self) -> bool:
        """Whether it is what one collectivité gave at a date: an example, open to no one."""
        return self.famille is Famille.EXEMPLES

    def variable_de(self, part: Condition | Montant) -> str:
        """Return the OpenFisca variable of a condition or of an amount."""
        return f"{self.variable}_{part.cle}"

    def is_open(self, jour: dt.date) -> bool:
        """Whether it can be asked for on a day."""
        day = jour.isoformat()
        return self.ouvert <= day and (not self.ferme or day <= self.ferme)

    def conditions_au(self, jour: dt.date) -> tuple[tuple[Condition, Expression], ...]:
        """Return the conditions of a day, each with its rule."""
        found = ((one, one.regle_au(jour)) for one in self.conditions)
        return tuple((one, rule) for one, rule in found if rule is not None)

    def montants_au(self, jour: dt.date) -> tuple[tuple[Montant, Expression], ...]:
        """Return the amounts of a day, each with its formula."""
        found = ((one, one.valeur_au(jour)) for one in self.montants)
        return tuple((one, formula) for one, formula in found if formula is not None)

    def expressions(self) -> Iterator[tuple[str, Expression]]:
        """Yield every rule and formula, with the day it starts."""
        for condition in self.conditions:
            for day, rule in condition.regles:
                if rule is not None:
                    yield day or self.ouvert, rule
        for amount in self.montants:
            for day, formula in amount.valeurs:
                if formula is not None:
                    yield day or self.ouvert, formula
            if amount.si is not None:
                yield self.ouvert, amount.si

    def chemin(self, nom: str) -> str:
        """Return the whole path of a parameter: a name without a dot is one of its own."""
        return nom if "." in nom else f"aides.{self.variable}.{nom}"


@cache
def inputs_of(expression: Expression) -> tuple[str, ...]:
    """Return the inputs an expression rests on, each once."""
    names = (part.nom for part in expression.walk() if isinstance(part, Entree))
    return tuple(dict.fromkeys(names))


@cache
def parameters_of(expression: Expression) -> tuple[str, ...]:
    """Return the parameters an expression rests on, as they are written, each once."""
    names = (part.chemin for part in expression.walk() if isinstance(part, Parametre))
    return tuple(dict.fromkeys(names))


def _dated(
    written: Expression | Mapping[str, Expression | None],
) -> tuple[tuple[str, Expression | None], ...]:
    # An empty day: from the first day of the dispositif.
    return (("", written),) if isinstance(written, Expression) else tuple(sorted(written.items()))


T = TypeVar("T")


def _at(dated: tuple[tuple[str, T], ...], jour: dt.date) -> T | None:
    """Return what holds on a day among what starts on days, None before the first."""
    started = [one for day, one in dated if day <= jour.isoformat()]
    return started[-1] if started else None
