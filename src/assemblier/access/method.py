"""How the indicator of one profession is computed at a date: every parameter, marked."""

from dataclasses import dataclass, replace
from datetime import date

from assemblier import parameters
from assemblier.access.banded import NAMES, BandedDecay, banded_decay
from assemblier.errors import InputError, ParameterError, Problem
from assemblier.figures import Confidence, Provenance, Source
from assemblier.maths.arrays import Array
from assemblier.maths.demand import normalised_weights, reclassed
from assemblier.parameters import Parameter

PROFESSIONS = {
    "medecin_generaliste": "médecins généralistes",
    "infirmier": "infirmiers",
    "masseur_kinesitherapeute": "masseurs-kinésithérapeutes",
    "chirurgien_dentiste": "chirurgiens-dentistes",
    "sage_femme": "sages-femmes",
}
"""The professions of the indicator, and their names in French."""

CONSULTATIONS = "consultations par an et par habitant standardisé"
FULL_TIME = "équivalents temps plein pour 100 000 habitants"
FULL_TIME_WOMEN = "équivalents temps plein pour 100 000 femmes"
PER = 100_000.0
WEIGHTS = ("demande.ages_debut", "demande.poids")
"""How the paths of the weights by age end."""


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """What the indicator of one profession needs.

    Attributes
    ----------
    profession
        One of `PROFESSIONS`.
    on
        Date of the parameters.
    bands
        The decay.
    per_place
        Activity of a place of practice that is only counted: acts a year for general
        practitioners, full-time equivalents for the others.
    floor, cap
        Bounds of the activity of one professional, or None where no text gives them.
    sexe
        ``"ensemble"`` or ``"F"``: who makes the demand.
    ages
        First age of each class of demand; empty where no weight is known.
    weights
        Relative consumption of each class, normalised on the reference population.
    used
        The parameters behind all that.
    told
        What took the place of a parameter, in French; empty where nothing did.
    sources
        Where that comes from.
    """

    profession: str
    on: date
    bands: BandedDecay
    per_place: float
    floor: float | None
    cap: float | None
    sexe: str
    ages: tuple[float, ...]
    weights: Array | None
    used: tuple[Parameter, ...]
    told: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of the score, in French."""
        if self.profession == "medecin_generaliste":
            return CONSULTATIONS
        return FULL_TIME_WOMEN if self.sexe == "F" else FULL_TIME

    @property
    def multiplier(self) -> float:
        """What turns activity per head into the unit of the score."""
        return 1.0 if self.profession == "medecin_generaliste" else PER

    @property
    def unconfirmed(self) -> tuple[Parameter, ...]:
        """The parameters nobody has confirmed: every output names them."""
        return tuple(p for p in self.used if p.confidence is Confidence.NON_CONFIRME)

    @property
    def provenance(self) -> Provenance:
        """The parameters, and the method in one sentence."""
        formula = (
            "APL calculée : offre bornée, partagée entre les habitants standardisés qui "
            "l'atteignent, pondérée par bandes de temps de trajet (deux étapes)."
        )
        return Provenance(
            self.sources,
            f"{formula} {self.told}".strip(),
            parameters=tuple(parameter.as_text() for parameter in self.used),
        )

    def weighing(
        self, ages: tuple[float, ...], weights: Array, told: str, sources: tuple[Source, ...]
    ) -> "Method":
        """Return the same method, with weights by age that are not those of the parameters.

        Parameters
        ----------
        ages, weights
            First age of each class and its relative consumption.
        told, sources
            What they are, in French, and where they come from.
        """
        kept = tuple(one for one in self.used if not one.path.endswith(WEIGHTS))
        return replace(self, ages=ages, weights=weights, used=kept, told=told, sources=sources)

    def bounded(self, activity: float) -> float:
        """Return the activity that counts for one professional.

        Examples
        --------
        >>> method("medecin_generaliste", date(2024, 1, 1)).bounded(9000.0)
        6000.0
        """
        low = activity if self.floor is None else max(activity, self.floor)
        return low if self.cap is None else min(low, self.cap)


def method(profession: str, on: date) -> Method:
    """Return how the indicator of a profession is computed at a date.

    Raises
    ------
    InputError
        When the profession has no parameters.

    Examples
    --------
    >>> method("infirmier", date(2024, 1, 1)).unit
    'équivalents temps plein pour 100 000 habitants'
    """
    if profession not in PROFESSIONS:
        raise InputError([_unknown(profession)])
    folder = f"apl.{profession}"
    generalist = profession == "medecin_generaliste"
    per_place = "actes_par_lieu" if generalist else "etp_par_lieu"
    names = [*(f"decroissance.{name}" for name in NAMES), f"activite.{per_place}", "demande.sexe"]
    if generalist:
        names += ["activite.plancher", "activite.plafond", "demande.ages_debut", "demande.poids"]
    # A bound whose text came later is used for earlier years too: there is no other.
    used = {name: latest(f"{folder}.{name}", on) for name in names}

    def value(name: str) -> float | None:
        return float(used[name].value) if name in used else None

    ages = tuple(map(float, used["demande.ages_debut"].value)) if generalist else ()
    return Method(
        profession,
        on,
        banded_decay(max(on, used["decroissance.poids"].since), profession),
        float(used[f"activite.{per_place}"].value),
        value("activite.plancher"),
        value("activite.plafond"),
        str(used["demande.sexe"].value),
        ages,
        _weights(ages, used["demande.poids"].value, on) if generalist else None,
        tuple(used.values()),
    )


def latest(path: str, on: date) -> Parameter:
    """Return the parameter in force at a date, or the first known after it where none is.

    Parameters
    ----------
    path
        Of the parameter.
    on
        The date. An indicator of 2016 uses bounds printed in 2018: there are no others.

    Examples
    --------
    >>> latest("apl.medecin_generaliste.activite.plafond", date(2016, 1, 1)).value
    6000
    """
    try:
        return parameters.explain(path, on)
    except ParameterError:
        return parameters.explain(path, date.today())


def _weights(ages: tuple[float, ...], raw: tuple[float, ...], on: date) -> Array:
    import numpy as np

    starts = latest("apl.population_reference.ages_debut", on).value
    people = latest("apl.population_reference.habitants", on).value
    reference = reclassed(np.array([people], float), starts, ages)[0]
    return normalised_weights(raw, reference)


def _unknown(profession: str) -> Problem:
    return Problem(
        "--profession",
        f"« {profession} », sans paramètres d'APL",
        f"une de : {', '.join(PROFESSIONS)}",
        "corriger la profession",
    )
