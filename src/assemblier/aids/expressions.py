"""The words rules are written with: inputs, parameters, comparisons, and, or, not, amounts.

An expression is evaluated for many installations at once, and for each it carries three things:
its value, whether it is known, and whether every parameter it rests on is confirmed. Unknown is
never no: ``a & b`` is no as soon as one is no, and unknown as long as none is no and one is
unknown. The same expression tells which inputs are still needed to decide.
"""

import datetime as dt
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Needs: TypeAlias = dict[str, Array]
"""By input, the installations for which its value is still needed."""


@dataclass(frozen=True, slots=True)
class Evalue:
    """What an expression is worth: one row per installation, or one for all.

    Attributes
    ----------
    value
        Booleans, numbers, days, or ranks in a list of choices; anything where it is not known.
    known
        False where an input that decides is unknown.
    confirmed
        False where a parameter that nobody has confirmed decides.
    """

    value: Any
    known: Any
    confirmed: Any = True


class Contexte(Protocol):
    """What an expression asks for: the inputs, the parameters and the day."""

    @property
    def jour(self) -> dt.date:
        """Return the day of the question."""

    def entree(self, nom: str) -> Evalue:
        """Return an input; a choice is its rank in the list of its input."""

    def rang(self, nom: str, choix: str) -> int:
        """Return the rank of a choice of an input."""

    def parametre(self, chemin: str) -> Evalue:
        """Return a parameter on the day."""

    def of(self, expression: "Expression") -> Evalue:
        """Return what an expression is worth here; evaluated once."""


class Expression:
    """A rule or an amount; written with ``&``, ``|``, ``~``, comparisons and arithmetic.

    Always true
    -----------
    Making an unknown input known never changes an answer that was known.
    """

    parts: tuple["Expression", ...] = ()

    def evaluate(self, contexte: Contexte) -> Evalue:
        """Return the value, whether it is known and whether it is confirmed, row by row."""
        raise NotImplementedError

    def needs(self, contexte: Contexte) -> Needs:
        """Return, for each unknown input, the rows where it is still needed to decide."""
        unknown = ~np.asarray(contexte.of(self).known, bool)
        return _merged(({n: m & unknown for n, m in p.needs(contexte).items()}) for p in self.parts)

    def walk(self) -> Iterator["Expression"]:
        """Yield the expression and all that it is made of."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def __and__(self, other: "Expression") -> "Expression":
        return _Toutes((self, other))

    def __or__(self, other: "Expression") -> "Expression":
        return _UneDe((self, other))

    def __invert__(self) -> "Expression":
        return _Pas((self,))

    def __ge__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.ge, self, _expression(other))

    def __gt__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.gt, self, _expression(other))

    def __le__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.le, self, _expression(other))

    def __lt__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.lt, self, _expression(other))

    def __add__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.add, self, _expression(other))

    def __sub__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.sub, self, _expression(other))

    def __mul__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.mul, self, _expression(other))

    def __truediv__(self, other: "Expression | float") -> "Expression":
        return _Calcul(operator.truediv, self, _expression(other))

    def vaut(self, other: "Expression | float") -> "Expression":
        """Say that a number is another one exactly."""
        return _Calcul(operator.eq, self, _expression(other))


# --- what people write


class Entree(Expression):
    """An input, by its name."""

    def __init__(self, nom: str) -> None:
        self.nom = nom

    def evaluate(self, contexte: Contexte) -> Evalue:
        """Return the input."""
        return contexte.entree(self.nom)

    def needs(self, contexte: Contexte) -> Needs:
        """Return the rows where the input is unknown."""
        return {self.nom: ~np.asarray(contexte.of(self).known, bool)}

    def est(self, *choix: str) -> Expression:
        """Say that a choice is one of these."""
        return _Est(self, choix)

    def dans(self, choix: "Parametre") -> Expression:
        """Say that a choice is one of those a parameter lists on the day."""
        return _Est(self, choix)

    @property
    def est_connue(self) -> Expression:
        """Say that the input was given."""
        return _Connue(self)


class Parametre(Expression):
    """A dated value, by its path; a name without a dot is under ``aides.<sigle>``."""

    def __init__(self, chemin: str) -> None:
        self.chemin = chemin

    def evaluate(self, contexte: Contexte) -> Evalue:
        """Return the value on the day."""
        return contexte.parametre(self.chemin)

    def element(self, rang: int) -> Expression:
        """Return one value of a list, the first being 0."""
        return _Calcul(lambda liste: liste[rang], self)


def entree(nom: str) -> Entree:
    """Name an input."""
    return Entree(nom)


def parametre(chemin: str) -> Parametre:
    """Name a dated value: ``parametre("montant")`` is ``aides/<sigle>/montant.yaml``."""
    return Parametre(chemin)


def nombre(valeur: float) -> Expression:
    """Return a constant; a value of the law is a parameter, never a constant."""
    return _Nombre(valeur)


def annees_depuis(jour: Entree) -> Expression:
    """Return the years from a day to that of the question; negative when it is still to come.

    Whole on anniversaries: "less than a year" ends on the first one, "three years and a day" is
    more than 3.
    """
    return _AnneesDepuis(jour)


def annees_entre(debut: Entree, fin: Entree) -> Expression:
    """Return the years from a day to another, whole on anniversaries."""
    return _AnneesEntre(debut, fin)


def plafonne(montant: Expression, plafond: Expression) -> Expression:
    """Return the smaller of the two."""
    return _Calcul(np.minimum, montant, plafond)


def au_moins(montant: Expression, plancher: Expression | float) -> Expression:
    """Return the larger of the two."""
    return _Calcul(np.maximum, montant, _expression(plancher))


def bareme(mesure: Expression, paliers: Parametre, valeurs: Parametre) -> Expression:
    """Return the value of the highest step reached; unknown under the first step.

    Parameters
    ----------
    mesure
        What is measured.
    paliers, valeurs
        Parameters: the steps, ascending, each reached when equalled, and their values.
    """
    return _Bareme(mesure, paliers, valeurs)


def selon(*cas: tuple[Expression, Expression], sinon: Expression | None = None) -> Expression:
    """Return the amount of the first case that is true; without `sinon`, unknown otherwise."""
    return _Selon(cas, sinon)


# --- what they are made of


class _Nombre(Expression):
    def __init__(self, valeur: float) -> None:
        self.valeur = valeur

    def evaluate(self, contexte: Contexte) -> Evalue:  # noqa: ARG002
        return Evalue(self.valeur, True)


def _expression(written: Expression | float) -> Expression:
    return written if isinstance(written, Expression) else _Nombre(written)


class _Calcul(Expression):
    """A comparison or an operation: known where all its parts are."""

    def __init__(self, operation: Callable[..., Any], *parts: Expression) -> None:
        self.operation, self.parts = operation, parts

    def evaluate(self, contexte: Contexte) -> Evalue:
        found = [contexte.of(part) for part in self.parts]
        return Evalue(
            self.operation(*(one.value for one in found)),
            _all(one.known for one in found),
            _all(one.confirmed for one in found),
        )


class _Est(Expression):
    def __init__(self, entree: Entree, choix: tuple[str, ...] | Parametre) -> None:
        self.entree, self.choix = entree, choix
        self.parts = (entree,) if isinstance(choix, tuple) else (entree, choix)

    def evaluate(self, contexte: Contexte) -> Evalue:
        found = contexte.of(self.entree)
        choix, confirmed = self.choix, True
        if isinstance(choix, Parametre):
            listed = contexte.of(choix)
            choix, confirmed = tuple(listed.value), listed.confirmed
        value: Any = False
        for one in choix:
            value = value | (found.value == contexte.rang(self.entree.nom, one))
        return Evalue(value, found.known, _all((found.confirmed, confirmed)))


class _Connue(Expression):
    def __init__(self, entree: Entree) -> None:
        self.entree = entree

    def evaluate(self, contexte: Contexte) -> Evalue:
        return Evalue(contexte.of(self.entree).known, True)


class _Suite(Expression):
    """Several rules: each is asked about only once those written before it are known."""

    def __init__(self, parts: tuple[Expression, ...]) -> None:
        self.parts = parts

    def needs(self, contexte: Contexte) -> Needs:
        """Ask in the order of writing: what comes first may make the rest useless."""
        found: list[Needs] = []
        here = np.logical_not(contexte.of(self).known)
        for part in self.parts:
            found.append({n: m & here for n, m in part.needs(contexte).items()})
            here = np.logical_and(here, contexte.of(part).known)
        return _merged(found)


class _Toutes(_Suite):
    """And: no as soon as one is no."""

    def evaluate(self, contexte: Contexte) -> Evalue:
        return all_of(contexte.of(part) for part in self.parts)


class _UneDe(_Suite):
    """Or: yes as soon as one is yes."""

    def evaluate(self, contexte: Contexte) -> Evalue:
        return _opposite(all_of(_opposite(contexte.of(part)) for part in self.parts))


class _Pas(Expression):
    def __init__(self, parts: tuple[Expression]) -> None:
        self.parts = parts

    def evaluate(self, contexte: Contexte) -> Evalue:
        return _opposite(contexte.of(self.parts[0]))


def all_of(parts: Any) -> Evalue:
    """Return the conjunction of several answers: no as soon as one is no.

    Examples
    --------
    >>> unknown, no = Evalue(True, False), Evalue(False, True)
    >>> bool(all_of([unknown, no]).known), bool(all_of([unknown, no]).value)
    (True, False)
    """
    refused: Any = False
    refused_for_sure: Any = False
    known: Any = True
    confirmed: Any = True
    for part in parts:
        no = np.logical_and(part.known, np.logical_not(part.value))
        refused = np.logical_or(refused, no)
        refused_for_sure = np.logical_or(refused_for_sure, np.logical_and(no, part.confirmed))
        known = np.logical_and(known, part.known)
        confirmed = np.logical_and(confirmed, part.confirmed)
    return Evalue(
        np.logical_not(refused),
        np.logical_or(refused, known),
        np.where(refused, refused_for_sure, confirmed),
    )


def _opposite(one: Evalue) -> Evalue:
    return Evalue(np.logical_not(one.value), one.known, one.confirmed)


def _all(parts: Any) -> Any:
    found: Any = True
    for part in parts:
        found = np.logical_and(found, part)
    return found


class _AnneesDepuis(Expression):
    def __init__(self, jour: Entree) -> None:
        self.jour = jour
        self.parts = (jour,)

    def evaluate(self, contexte: Contexte) -> Evalue:
        found = contexte.of(self.jour)
        return Evalue(years_between(found.value, contexte.jour), found.known, found.confirmed)


class _AnneesEntre(Expression):
    def __init__(self, debut: Entree, fin: Entree) -> None:
        self.debut, self.fin = debut, fin
        self.parts = (debut, fin)

    def evaluate(self, contexte: Contexte) -> Evalue:
        start, end = contexte.of(self.debut), contexte.of(self.fin)
        return Evalue(
            years_between(start.value, end.value),
            np.logical_and(start.known, end.known),
            np.logical_and(start.confirmed, end.confirmed),
        )


def years_between(days: Array, until: dt.date | Array) -> Array:
    """Return the years from days to a day, or to other days, whole on anniversaries.

    A 29 February has its anniversary on 1 March in common years.

    Examples
    --------
    >>> float(years_between(np.array(["2016-03-01"], "M8[D]"), dt.date(2019, 3, 1))[0])
    3.0
    """
    end = np.asarray(until, "M8[D]")
    days = np.asarray(days, "M8[D]")
    months = days.astype("M8[M]")
    offset = days - months.astype("M8[D]")
    years = (end.astype("M8[Y]") - days.astype("M8[Y]")).astype(int)
    # The last anniversary is that of this year, or of the year before where it is still to come.
    years = np.where(_anniversary(months, offset, years) > end, years - 1, years)
    last = _anniversary(months, offset, years)
    following = _anniversary(months, offset, years + 1)
    return np.asarray(years + (end - last) / (following - last), float)


def _anniversary(months: Array, offset: Array, years: Array) -> Array:
    found: Array = (months + 12 * years).astype("M8[D]") + offset
    return found


class _Bareme(Expression):
    def __init__(self, mesure: Expression, paliers: Parametre, valeurs: Parametre) -> None:
        self.parts = (mesure, paliers, valeurs)

    def evaluate(self, contexte: Contexte) -> Evalue:
        mesure, paliers, valeurs = (contexte.of(part) for part in self.parts)
        step = np.searchsorted(np.asarray(paliers.value, float), mesure.value, "right") - 1
        values = np.asarray(valeurs.value, float)[np.maximum(step, 0)]
        return Evalue(
            values,
            np.logical_and(mesure.known, step >= 0),
            _all((mesure.confirmed, paliers.confirmed, valeurs.confirmed)),
        )


class _Selon(Expression):
    def __init__(
        self, cas: tuple[tuple[Expression, Expression], ...], sinon: Expression | None
    ) -> None:
        self.cas, self.sinon = cas, sinon
        self.parts = (*(part for one in cas for part in one), *((sinon,) if sinon else ()))

    def _steps(self, contexte: Contexte) -> Iterator[tuple[Expression, Evalue, Any, Any]]:
        """Yield for each case: its rule, what it is worth, where it is reached, its amount."""
        here: Any = True
        for rule, amount in self.cas:
            found = contexte.of(rule)
            yield rule, found, here, amount
            here = _all((here, found.known, np.logical_not(found.value)))
        if self.sinon is not None:
            yield _Nombre(1), Evalue(True, True), here, self.sinon

    def evaluate(self, contexte: Contexte) -> Evalue:
        value: Any = np.nan
        known: Any = False
        confirmed: Any = True
        for _, case, here, amount in self._steps(contexte):
            chosen = _all((here, case.known, case.value))
            worth = contexte.of(amount)
            value = np.where(chosen, worth.value, value)
            known = np.where(chosen, worth.known, known)
            confirmed = np.where(chosen, np.logical_and(worth.confirmed, case.confirmed), confirmed)
        return Evalue(value, known, confirmed)

    def needs(self, contexte: Contexte) -> Needs:
        """Ask what decides the case, then only what the amount of that case needs."""
        found: list[Needs] = []
        for rule, case, here, amount in self._steps(contexte):
            chosen = _all((here, case.known, case.value))
            found.append({n: m & here for n, m in rule.needs(contexte).items()})
            found.append({n: m & chosen for n, m in amount.needs(contexte).items()})
        return _merged(found)


def _merged(several: Any) -> Needs:
    found: Needs = {}
    for needs in several:
        for name, mask in needs.items():
            found[name] = np.logical_or(found[name], mask) if name in found else mask
    return found
