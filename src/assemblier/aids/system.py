"""The OpenFisca system of the aids: entities, inputs, and a few variables per dispositif.

    openfisca serve --country-package assemblier.aids.system

For the dispositif CAIM: ``caim`` is the verdict, ``caim_<condition>`` one condition (yes, no or
unknown), ``caim_<montant>`` an amount, ``caim_a_confirmer`` and ``caim_<montant>_a_confirmer``
whether an unconfirmed value decides. Unknown stays in band: a choice is ``inconnu``, a number
``nan``, a day `NO_DAY`; this is what an input left out is. This module imports `openfisca_core`:
import it where it is used.
"""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary, proxy

import numpy as np
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from assemblier import parameters
from assemblier.aids import inputs
from assemblier.aids.catalogue import catalogue, saisies
from assemblier.aids.dispositif import Condition, Dispositif, Montant, parameters_of
from assemblier.aids.expressions import Array, Evalue, Expression, all_of, nombre, selon
from assemblier.aids.inputs import Genre, Saisie
from assemblier.aids.settings import NONE, Valeurs
from assemblier.figures import Confidence

__all__ = [
    "CountryTaxBenefitSystem",
    "Situation",
    "Verdict",
    "choices",
    "situation_of",
    "system",
]

NO_DAY = dt.date(1, 1, 1)
"""What an unknown day is in OpenFisca."""
PREFIXES = ("aides", "cpts", "zonage")
"""The parameters the system holds."""

INSTALLATION = Entity(
    inputs.INSTALLATION,
    "installations",
    "Une installation",
    "Un professionnel, un lieu, un jour et une façon d'exercer.",
)
STRUCTURE = GroupEntity(
    inputs.STRUCTURE,
    "structures",
    "Une structure",
    "Une maison de santé, un centre de santé, une CPTS, une collectivité : son siège dit son lieu.",
    [
        {"key": "siege", "label": "Siège", "max": 1, "doc": "L'installation qui dit le lieu."},
        {"key": "membre", "plural": "membres", "label": "Membres", "doc": "Qui y exerce."},
    ],
)
_ENTITIES = {inputs.INSTALLATION: INSTALLATION, inputs.STRUCTURE: STRUCTURE}


_INPUTS: WeakKeyDictionary[Any, dict[tuple[str, str, str], Evalue]] = WeakKeyDictionary()


class Reponse(Enum):
    """An answer to a condition."""

    inconnu = "inconnu"
    non = "non"
    oui = "oui"


class Verdict(Enum):
    """The answer for a dispositif; the default is that of a day when it is not open."""

    ferme = "clos ou pas encore ouvert"
    non_eligible = "non éligible"
    a_completer = "à compléter"
    eligible = "éligible"


def _rank(choice: Any) -> int:
    return int(choice.index)


NON, OUI = _rank(Reponse.non), _rank(Reponse.oui)
"""The ranks of the answers that are known."""
_NON_ELIGIBLE, _A_COMPLETER, _ELIGIBLE = map(
    _rank, (Verdict.non_eligible, Verdict.a_completer, Verdict.eligible)
)


@cache
def choices(nom: str) -> Any:
    """Return the OpenFisca list of choices of an input, unknown first."""
    saisie = saisies()[nom]
    if saisie.genre is Genre.REPONSE:
        return Reponse
    # A label is also what makes a choice unique.
    labels = {inputs.INCONNU: "inconnu", **dict(saisie.choix)}
    return Enum(nom.title().replace("_", ""), labels)


class Situation:
    """What an expression asks for, answered by an OpenFisca population on a day."""

    def __init__(self, aid: Dispositif, population: Any, period: Any) -> None:
        self._aid, self._population, self._period = aid, population, period
        self._worth: dict[Expression, Evalue] = {}

    @property
    def jour(self) -> dt.date:
        """Return the day of the question."""
        day: dt.date = self._period.start.date
        return day

    @property
    def count(self) -> int:
        """Return how many installations, or structures, are asked about."""
        return int(self._population.count)

    def entree(self, nom: str) -> Evalue:
        """Return an input; a structure is where its seat is."""
        # The same inputs come back in every rule: each is asked of OpenFisca once.
        held = _INPUTS.setdefault(self._population.simulation, {})
        key = (self._aid.entite, nom, str(self._period))
        if key not in held:
            held[key] = self._read(nom)
        return held[key]

    def _read(self, nom: str) -> Evalue:
        saisie = saisies()[nom]
        population = self._population
        if saisie.entite != self._aid.entite:
            is_structure = self._aid.entite == inputs.STRUCTURE
            population = population.siege if is_structure else population.structure
        found = np.asarray(population(nom, self._period))
        match saisie.genre:
            case Genre.NOMBRE:
                return Evalue(found, ~np.isnan(found))
            case Genre.DATE:
                return Evalue(found, found != np.datetime64(NO_DAY, "D"))
            case Genre.REPONSE:
                return Evalue(found == OUI, found != 0)
        return Evalue(found, found != 0)

    def rang(self, nom: str, choix: str) -> int:
        """Return the rank of a choice."""
        return saisies()[nom].codes.index(choix)

    def parametre(self, chemin: str) -> Evalue:
        """Return a parameter on the day; raises ParameterError before its first date."""
        path = self._aid.chemin(chemin)
        system = self._population.simulation.tax_benefit_system
        return Evalue(*parameter_at(system, path, self.jour))

    def of(self, expression: Expression) -> Evalue:
        """Return what an expression is worth; its parts come back in several rules."""
        if expression not in self._worth:
            self._worth[expression] = expression.evaluate(self)
        return self._worth[expression]

    def evaluate(self, expression: Expression) -> Evalue:
        """Return an expression, one row each."""
        found = self.of(expression)
        return Evalue(*(self._rows(one) for one in (found.value, found.known, found.confirmed)))

    def _rows(self, value: Any) -> Array:
        array = np.asarray(value)
        return array if array.shape else np.broadcast_to(array, (self.count,))

    def needs(self, expression: Expression) -> dict[str, Array]:
        """Return the inputs an expression still needs, one row each."""
        return {name: self._rows(mask) for name, mask in expression.needs(self).items()}


_SITUATIONS: WeakKeyDictionary[Any, dict[tuple[str, str], Situation]] = WeakKeyDictionary()
FEW = 1000
"""Up to how many rows what an expression is worth is kept from a variable to the next."""


def situation_of(aid: Dispositif, population: Any, period: Any) -> Situation:
    """Return the situation of a dispositif in a simulation.

    For a few rows, the same one each time: its rules and amounts share their parts. For many, a
    new one, which goes with its arrays.
    """
    if population.count > FEW:
        return Situation(aid, population, period)
    held = _SITUATIONS.setdefault(population.simulation, {})
    key = (aid.sigle, str(period))
    if key not in held:
        held[key] = Situation(aid, proxy(population), period)
    return held[key]


def parameter_at(system: Any, path: str, day: dt.date) -> tuple[Any, bool, bool]:
    """Return the value of a parameter of a system, that it is known, whether it is confirmed.

    Raises
    ------
    ParameterError
        When the parameter is unknown, or has no value on the day.
    """
    parameter = system.parameters
    for name in path.split("."):
        parameter = getattr(parameter, "children", {}).get(name)
    for dated in getattr(parameter, "values_list", ()):  # the latest first
        if dated.instant_str <= day.isoformat() and dated.value is not None:
            written = parameter.metadata["confidence"]
            confidence = written if isinstance(written, str) else written[dated.instant_str]
            return dated.value, True, confidence != Confidence.NON_CONFIRME
    parameters.explain(path, day)  # says the names that are close, or the first date known
    raise KeyError(path)


class CountryTaxBenefitSystem(TaxBenefitSystem):  # type: ignore[misc]
    """The system any OpenFisca server loads.

    Parameters
    ----------
    valeurs
        Values that replace those of the parameters.
    """

    def __init__(self, valeurs: Valeurs = NONE) -> None:
        super().__init__([INSTALLATION, STRUCTURE])
        self.parameters = parameters.tree(PREFIXES)
        valeurs.apply(self.parameters)
        for saisie in saisies().values():
            self._add(_input_variable(saisie))
        for aid in catalogue():
            for variable in _variables(aid):
                self._add(variable)

    def _add(self, variable: type[Variable]) -> None:
        added = self.add_variable(variable)
        if added.value_type is float:
            added.dtype = np.float64  # of 30 % of 200,000, the single precision makes 60,000.004


@cache
def system(valeurs: Valeurs = NONE) -> CountryTaxBenefitSystem:
    """Return the system with some values replaced; built once for each set of values."""
    return CountryTaxBenefitSystem(valeurs)


# --- variables


def _input_variable(saisie: Saisie) -> type[Variable]:
    kinds: dict[Genre, dict[str, Any]] = {
        Genre.NOMBRE: {"value_type": float, "default_value": float("nan")},
        Genre.DATE: {"value_type": dt.date, "default_value": NO_DAY},
    }
    kind = kinds.get(saisie.genre)
    if kind is None:
        values = choices(saisie.nom)
        kind = {"value_type": Enum, "possible_values": values, "default_value": values.inconnu}
    return _variable(saisie.nom, saisie.entite, saisie.libelle, saisie.question, **kind)


def _variable(nom: str, entite: str, label: str, documentation: str, **more: Any) -> type[Variable]:
    attributes = {
        "entity": _ENTITIES[entite],
        "definition_period": DateUnit.DAY,
        "label": label,
        "documentation": documentation,
        **more,
    }
    return type(nom, (Variable,), attributes)


def _variables(aid: Dispositif) -> list[type[Variable]]:
    found = [_verdict_variable(aid), _doubt_variable(aid)]
    found += [_condition_variable(aid, one) for one in aid.conditions]
    for one in aid.montants:
        found += [_amount_variable(aid, one), _amount_doubt_variable(aid, one)]
    return found


def _common(aid: Dispositif) -> dict[str, Any]:
    addresses = [text.adresse for text in aid.textes if text.adresse]
    return ({"end": aid.ferme} if aid.ferme else {}) | (
        {"reference": addresses} if addresses else {}
    )


def _formula_name(aid: Dispositif, day: str) -> str:
    return f"formula_{(day or aid.ouvert).replace('-', '_')}"


Formula = Callable[[Any, Any], Any]


def _condition_variable(aid: Dispositif, condition: Condition) -> type[Variable]:
    def formula_of(rule: Expression | None) -> Formula:
        def formula(population: Any, period: Any) -> Any:
            if rule is None:  # the condition exists no more: nothing is asked
                return EnumArray(np.full(population.count, OUI, np.int16), Reponse)
            found = situation_of(aid, population, period).evaluate(rule)
            ranks = np.where(found.known, np.where(found.value, OUI, NON), 0)
            return EnumArray(ranks.astype(np.int16), Reponse)

        return formula

    formulas = {_formula_name(aid, day): formula_of(rule) for day, rule in condition.regles}
    return _variable(
        aid.variable_de(condition),
        aid.entite,
        f"{aid.sigle}, condition : {condition.cle.replace('_', ' ')}",
        condition.remplie,
        value_type=Enum,
        possible_values=Reponse,
        default_value=Reponse.inconnu,
        **_common(aid),
        **formulas,
    )


def _verdict_variable(aid: Dispositif) -> type[Variable]:
    def formula(population: Any, period: Any) -> Any:
        day = period.start.date
        answers = [
            np.asarray(population(aid.variable_de(one), period))
            for one, _ in aid.conditions_au(day)
        ]
        found = all_of(Evalue(answer == OUI, answer != 0) for answer in answers)
        ranks = np.where(
            found.known,
            np.where(found.value, _ELIGIBLE, _NON_ELIGIBLE),
            _A_COMPLETER,
        )
        return EnumArray(ranks.astype(np.int16), Verdict)

    return _variable(
        aid.variable,
        aid.entite,
        aid.nom,
        f"{aid.resume} Non modélisé : {' '.join(aid.non_modelise)}",
        value_type=Enum,
        possible_values=Verdict,
        default_value=Verdict.ferme,
        **_common(aid),
        **{_formula_name(aid, ""): formula},
    )


def _doubt_variable(aid: Dispositif) -> type[Variable]:
    def formula(population: Any, period: Any) -> Any:
        situation = situation_of(aid, population, period)
        rules = [rule for _, rule in aid.conditions_au(situation.jour)]
        # Most aids rest on confirmed values only: nothing is evaluated again.
        if all(situation.parametre(p).confirmed for rule in rules for p in parameters_of(rule)):
            return np.zeros(population.count, bool)
        return ~np.asarray(all_of(situation.evaluate(rule) for rule in rules).confirmed)

    return _variable(
        f"{aid.variable}_a_confirmer",
        aid.entite,
        f"{aid.sigle} : une valeur non confirmée décide",
        "Vrai où un paramètre que personne n'a confirmé décide de la réponse.",
        value_type=bool,
        **_common(aid),
        **{_formula_name(aid, ""): formula},
    )


@cache
def amount_expression(amount: Montant, formula: Expression) -> Expression:
    """Return the whole formula of an amount: nothing where a bonus is not due."""
    return formula if amount.si is None else selon((amount.si, formula), sinon=nombre(0))


def _amount_variable(aid: Dispositif, amount: Montant) -> type[Variable]:
    def formula_of(expression: Expression | None) -> Formula:
        def formula(population: Any, period: Any) -> Any:
            if expression is None:
                return np.full(population.count, np.nan)
            whole = amount_expression(amount, expression)
            found = situation_of(aid, population, period).evaluate(whole)
            return np.where(found.known, found.value, np.nan)

        return formula

    formulas = {_formula_name(aid, day): formula_of(one) for day, one in amount.valeurs}
    return _variable(
        aid.variable_de(amount),
        aid.entite,
        f"{aid.sigle} : {amount.libelle}",
        f"{amount.formule} ({amount.unite})",
        value_type=float,
        default_value=float("nan"),
        **_common(aid),
        **formulas,
    )


def _amount_doubt_variable(aid: Dispositif, amount: Montant) -> type[Variable]:
    def formula_of(expression: Expression | None) -> Formula:
        def formula(population: Any, period: Any) -> Any:
            if expression is None:
                return np.zeros(population.count, bool)
            whole = amount_expression(amount, expression)
            found = situation_of(aid, population, period).evaluate(whole)
            return ~np.asarray(found.confirmed, bool)

        return formula

    formulas = {_formula_name(aid, day): formula_of(one) for day, one in amount.valeurs}
    return _variable(
        f"{aid.variable_de(amount)}_a_confirmer",
        aid.entite,
        f"{aid.sigle} : {amount.libelle}, à confirmer",
        "Vrai où un paramètre que personne n'a confirmé décide du montant.",
        value_type=bool,
        **_common(aid),
        **formulas,
    )
