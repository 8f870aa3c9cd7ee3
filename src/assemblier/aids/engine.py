"""The answers: for one place or for many, which aids are open, how much, and what is still asked.

`ask` puts a situation (or as many as there are communes) to every dispositif of the catalogue.
Verdicts and amounts are arrays, one row per place; `Study.answer` explains one row: each
condition with its sentence and its article, the amounts, the questions still needed.
"""

import datetime as dt
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from typing import Any

import numpy as np
from openfisca_core.indexed_enums import EnumArray
from openfisca_core.periods import period
from openfisca_core.simulations import SimulationBuilder

from assemblier import parameters
from assemblier.aids import inputs
from assemblier.aids.catalogue import catalogue, saisies
from assemblier.aids.dispositif import Condition, Dispositif, Montant, parameters_of
from assemblier.aids.expressions import Array, Evalue, Expression, all_of
from assemblier.aids.inputs import Genre, Saisie
from assemblier.aids.settings import NONE, Valeurs
from assemblier.aids.system import (
    NO_DAY,
    Situation,
    amount_expression,
    choices,
    parameter_at,
    situation_of,
    system,
)
from assemblier.aids.words import input_text, value_text
from assemblier.errors import ParameterError
from assemblier.figures import Confidence
from assemblier.french import date_text
from assemblier.parameters import Parameter

UNREAD_DAYS = 365
"""How long after its last reading a text is said not to have been read again."""


class Verdict(StrEnum):
    """The answer for a dispositif, in the order answers are shown."""

    ELIGIBLE = "éligible"
    A_COMPLETER = "à compléter"
    NON_ELIGIBLE = "non éligible"
    FERME = "clos"
    A_VENIR = "pas encore ouvert"
    INCONNU = "règles inconnues à cette date"


_BY_RANK = (Verdict.FERME, Verdict.NON_ELIGIBLE, Verdict.A_COMPLETER, Verdict.ELIGIBLE)
"""The verdicts in the order of those of OpenFisca."""


@dataclass(frozen=True)
class Situations:
    """What is known of some places and of who practises there.

    Attributes
    ----------
    count
        How many.
    columns
        By input: one value for all, or a list of one per place; None is unknown.
    """

    count: int
    columns: Mapping[str, Any]

    def at(self, name: str, row: int) -> Any:
        """Return an input of one row, None where it is unknown."""
        column = self.columns.get(name)
        return (
            column[row]
            if isinstance(column, Sequence | np.ndarray) and not isinstance(column, str)
            else column
        )


@dataclass(frozen=True, slots=True)
class ConditionAnswer:
    """One condition for one place: met, missed or unknown, in a sentence, with its article."""

    condition: Condition
    met: bool | None
    phrase: str
    article: str
    questions: tuple[Saisie, ...] = ()


@dataclass(frozen=True, slots=True)
class AmountAnswer:
    """One amount for one place.

    Attributes
    ----------
    montant
        What it is.
    value
        None while an input is unknown, and where no rule gives it.
    is_to_confirm
        Whether a value nobody has confirmed decides: it is then no figure of the law.
    formule
        The formula in words.
    to_enter
        The parameters to enter so that it is confirmed.
    confidence
        The least sure of the parameters it rests on.
    questions
        The inputs it still needs, once the aid is open.
    """

    montant: Montant
    value: float | None
    is_to_confirm: bool
    formule: str
    to_enter: tuple[Parameter, ...]
    confidence: Confidence
    questions: tuple[Saisie, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of one dispositif for one place.

    Attributes
    ----------
    aid
        The dispositif.
    verdict
        See `Verdict`.
    is_out_of_scope
        Whether it is for other professions or other people.
    conditions, amounts
        Explained; empty when it is not open.
    questions
        What is still needed to decide, in the order it is asked; empty once decided.
    is_to_confirm
        Whether a value nobody has confirmed decides the verdict.
    to_enter
        The parameters to enter so that the verdict is confirmed.
    note
        Why it is not open, and what replaced it; a text not read again for a year.
    """

    aid: Dispositif
    verdict: Verdict
    is_out_of_scope: bool = False
    conditions: tuple[ConditionAnswer, ...] = ()
    amounts: tuple[AmountAnswer, ...] = ()
    questions: tuple[Saisie, ...] = ()
    is_to_confirm: bool = False
    to_enter: tuple[Parameter, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Study:
    """A question put to the catalogue on a day.

    Always true
    -----------
    Making an unknown input known never changes a verdict that was eligible or not eligible.
    """

    situations: Situations
    on: dt.date
    aids: tuple[Dispositif, ...]
    valeurs: Valeurs = NONE
    has_examples: bool = False
    _cache: dict[str, Array] = field(default_factory=dict, repr=False, compare=False)
    _answers: dict[int, tuple[Answer, ...]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def period(self) -> Any:
        """Return the day as OpenFisca has it; read from a text, it would cost at each variable."""
        return period(self.on.isoformat())

    @cached_property
    def simulation(self) -> Any:
        """Return the OpenFisca simulation, its inputs set."""
        found = SimulationBuilder().build_default_simulation(
            system(self.valeurs), self.situations.count
        )
        for name, column in self.situations.columns.items():
            if column is not None:
                array = _array(saisies()[name], column, self.situations.count)
                found.set_input(name, self.period, array)
        return found

    def calculate(self, variable: str) -> Array:
        """Return an OpenFisca variable on the day; choices are ranks."""
        if variable not in self._cache:
            found = self.simulation.calculate(variable, self.period)
            self._cache[variable] = np.asarray(found)
        return self._cache[variable]

    def verdicts(self, aid: Dispositif) -> tuple[Verdict, ...]:
        """Return the verdict of a dispositif for every place."""
        sole = self._closed_verdict(aid)
        if sole is not None:
            return (sole,) * self.situations.count
        return tuple(_BY_RANK[rank] for rank in self.calculate(aid.variable).tolist())

    def amounts(self, aid: Dispositif, montant: Montant) -> Array:
        """Return an amount for every place, nan where it is unknown or the aid not open."""
        if self._closed_verdict(aid) is not None:
            return np.full(self.situations.count, np.nan)
        return self.calculate(aid.variable_de(montant))

    def answers(self, row: int = 0) -> tuple[Answer, ...]:
        """Return the answer of every dispositif for one place: eligible first."""
        if row not in self._answers:
            found = [self.answer(aid, row) for aid in self.aids]
            order = list(Verdict)
            found.sort(key=lambda one: (one.is_out_of_scope, order.index(one.verdict)))
            self._answers[row] = tuple(found)
        return self._answers[row]

    def answer(self, aid: Dispositif, row: int = 0) -> Answer:
        """Return the answer of one dispositif for one place, explained."""
        situation = self._situation(aid)
        closed = self._closed_verdict(aid)
        scope = self._missed_scope(aid, situation, row, is_open=closed is None)
        if closed is not None:
            return Answer(aid, closed, scope is not None, note=self._closed_note(aid, closed))
        if scope is not None:
            # The other conditions of an aid that is for others are not worth evaluating.
            return Answer(aid, Verdict.NON_ELIGIBLE, True, (scope,), note=_unread(aid, self.on))
        rules = [rule for _, rule in aid.conditions_au(self.on)]
        whole = all_of(situation.evaluate(rule) for rule in rules)
        verdict = _verdict_of(bool(whole.known[row]), bool(whole.value[row]))
        conditions = self._conditions(aid, situation, verdict, row)
        is_to_confirm = not whole.confirmed[row]
        return Answer(
            aid,
            verdict,
            False,
            conditions,
            self._amounts(aid, situation, verdict, row),
            _once(question for one in conditions for question in one.questions),
            is_to_confirm,
            self._to_enter(aid, rules, row) if is_to_confirm else (),
            _unread(aid, self.on),
        )

    def questions(self, row: int = 0) -> tuple[Saisie, ...]:
        """Return what is still needed to decide, first what the most aids wait for.

        What only the amount of an open aid waits for comes last.
        """
        answers = self.answers(row)
        waiting = Counter(one for answer in answers for one in answer.questions)
        amounts = (
            one for answer in answers for amount in answer.amounts for one in amount.questions
        )
        waiting |= Counter(dict.fromkeys(amounts, 0))
        order = list(saisies().values())
        return tuple(sorted(waiting, key=lambda one: (-waiting[one], order.index(one))))

    def examples(self, row: int = 0) -> tuple[Answer, ...]:
        """Return the local aids the documents cite, for who asks: as of their date, open to no one.

        None when the aids were chosen, or before the first day of the examples.
        """
        entities = {one.entite for one in self.aids}
        found = tuple(one for one in catalogue() if one.is_example and one.entite in entities)
        if not self.has_examples or not found:
            return ()
        first, last = min(one.ouvert for one in found), max(one.ferme for one in found)
        if self.on < dt.date.fromisoformat(first):
            return ()
        day = min(self.on, dt.date.fromisoformat(last))
        answers = Study(self.situations, day, found, self.valeurs).answers(row)
        return tuple(one for one in answers if not one.is_out_of_scope)

    # --- one dispositif, one row

    def _closed_verdict(self, aid: Dispositif) -> Verdict | None:
        """Return the verdict where no rule has to be evaluated."""
        day = self.on.isoformat()
        if day < aid.ouvert:
            return Verdict.A_VENIR
        if aid.ferme and day > aid.ferme:
            return Verdict.FERME
        return Verdict.INCONNU if self._first_unknown(aid) else None

    def _first_unknown(self, aid: Dispositif) -> str:
        """Return what a parameter without a value on the day says, or nothing."""
        rules = [*aid.conditions_au(self.on), *aid.montants_au(self.on)]
        tree = system(self.valeurs)
        for _, rule in rules:
            for path in parameters_of(rule):
                try:
                    parameter_at(tree, aid.chemin(path), self.on)
                except ParameterError as error:
                    return str(error)
        return ""

    def _closed_note(self, aid: Dispositif, verdict: Verdict) -> str:
        if verdict is Verdict.INCONNU:
            return self._first_unknown(aid)
        if verdict is Verdict.A_VENIR:
            return f"Ouvert à partir du {date_text(dt.date.fromisoformat(aid.ouvert))}."
        closed = f"Clos depuis le {date_text(dt.date.fromisoformat(aid.ferme))}."
        return f"{aid.fermeture or closed}{_replaced(aid)}"

    def _situation(self, aid: Dispositif) -> Situation:
        return situation_of(aid, self.simulation.populations[aid.entite], self.period)

    def _doubting(self, aid: Dispositif, path: str) -> "_Doubting":
        return _Doubting(aid, self.simulation.populations[aid.entite], self.period, path)

    def _missed_scope(
        self, aid: Dispositif, situation: Situation, row: int, is_open: bool
    ) -> ConditionAnswer | None:
        """Return the condition that says the aid is for others, where one is missed.

        Before it opens and after it closed: that of the first and of the last day, where it rests
        on no dated value.
        """
        last = dt.date.fromisoformat(aid.ferme) if aid.ferme else self.on
        day = max(dt.date.fromisoformat(aid.ouvert), min(self.on, last))
        for condition, rule in aid.conditions_au(day):
            if condition.champ and (is_open or not parameters_of(rule)):
                found = situation.evaluate(rule)
                if found.known[row] and not found.value[row]:
                    phrase = self.written(condition.manquee, aid, row)
                    return ConditionAnswer(condition, False, phrase, condition.article_au(day))
        return None

    def _conditions(
        self, aid: Dispositif, situation: Situation, verdict: Verdict, row: int
    ) -> tuple[ConditionAnswer, ...]:
        found = []
        for condition, rule in aid.conditions_au(self.on):
            worth = situation.evaluate(rule)
            met = bool(worth.value[row]) if worth.known[row] else None
            asked: tuple[Saisie, ...] = ()
            if met is None and verdict is Verdict.A_COMPLETER:
                asked = _asked(situation.needs(rule), row)
            text = condition.manquee if met is False else condition.remplie
            phrase = self.written(text, aid, row) if met is not None else ""
            article = condition.article_au(self.on)
            found.append(ConditionAnswer(condition, met, phrase, article, asked))
        return tuple(found)

    def _amounts(
        self, aid: Dispositif, situation: Situation, verdict: Verdict, row: int
    ) -> tuple[AmountAnswer, ...]:
        if verdict is Verdict.NON_ELIGIBLE:
            return ()
        # What an amount needs is asked once it is known that there will be one.
        is_decided = verdict is Verdict.ELIGIBLE
        found = []
        for montant, formula in aid.montants_au(self.on):
            whole = amount_expression(montant, formula)
            worth = situation.evaluate(whole)
            value = float(worth.value[row]) if worth.known[row] else np.nan
            if montant.si is not None and value == 0:
                continue  # a bonus that is not due
            is_to_confirm = not worth.confirmed[row]
            found.append(
                AmountAnswer(
                    montant,
                    None if np.isnan(value) else value,
                    is_to_confirm,
                    self.written(montant.formule, aid, row),
                    self._to_enter(aid, [whole], row) if is_to_confirm else (),
                    self._confidence(aid, whole, is_to_confirm),
                    _asked(situation.needs(whole), row) if np.isnan(value) and is_decided else (),
                )
            )
        return tuple(found)

    def _to_enter(
        self, aid: Dispositif, rules: Sequence[Expression], row: int
    ) -> tuple[Parameter, ...]:
        """Return the unconfirmed parameters that decide for a row."""
        tree = system(self.valeurs)
        found = {}
        for rule in rules:
            for name in parameters_of(rule):
                path = aid.chemin(name)
                _, _, confirmed = parameter_at(tree, path, self.on)
                alone = self._doubting(aid, path)
                if not confirmed and not alone.evaluate(rule).confirmed[row]:
                    found[path] = parameters.explain(path, self.on)
        return tuple(found.values())

    def _confidence(self, aid: Dispositif, formula: Expression, is_to_confirm: bool) -> Confidence:
        if is_to_confirm:
            return Confidence.NON_CONFIRME
        held = {
            Confidence.CONFIRME
            if self.valeurs.of(path, self.on)
            else parameters.explain(path, self.on).confidence
            for path in map(aid.chemin, parameters_of(formula))
        }
        # What is not confirmed did not decide: it is another case of the formula.
        return max(
            held - {Confidence.NON_CONFIRME},
            key=list(Confidence).index,
            default=Confidence.CONFIRME,
        )

    def written(self, text: str, aid: Dispositif, row: int) -> str:
        """Return a sentence of a dispositif, its ``{names}`` replaced by what they are."""
        names = [name for _, name, _, _ in string.Formatter().parse(text) if name]
        return text.format_map({name: self._shown(name, aid, row) for name in names})

    def _shown(self, name: str, aid: Dispositif, row: int) -> str:
        if name in saisies():
            return input_text(saisies()[name], self.situations.at(name, row))
        path = named_parameters(aid)[name]
        entered = self.valeurs.of(path, self.on)
        found = parameters.explain(path, self.on)
        return value_text(entered.valeur if entered else found.value, found.unit)


def _verdict_of(is_known: bool, is_met: bool) -> Verdict:
    if not is_known:
        return Verdict.A_COMPLETER
    return Verdict.ELIGIBLE if is_met else Verdict.NON_ELIGIBLE


@cache
def named_parameters(aid: Dispositif) -> dict[str, str]:
    """Return the parameters that the sentences of a dispositif may name: path by last word."""
    own = (path for path in parameters.paths() if path.startswith(f"aides.{aid.variable}."))
    used = (aid.chemin(name) for _, rule in aid.expressions() for name in parameters_of(rule))
    return {path.rsplit(".", 1)[1]: path for path in (*own, *used)}


def ask(
    situations: Situations,
    on: dt.date,
    valeurs: Valeurs = NONE,
    aids: Sequence[Dispositif] | None = None,
) -> Study:
    """Put some situations to the catalogue on a day.

    Parameters
    ----------
    situations
        What is known; what is left out is unknown.
    on
        The day of the question.
    valeurs
        Values entered by hand.
    aids
        The dispositifs asked; by default those of an installation, and those of a structure where
        something is said of one. The examples of local aids are never among these.

    Raises
    ------
    ParameterError
        When the day is before the first dispositif known.

    Examples
    --------
    >>> study = ask(Situations(1, {"zonage": "HZ"}), dt.date(2019, 6, 1))
    >>> {one.aid.sigle: one.verdict.value for one in study.answers()}["CAIM"]
    'non éligible'
    """
    first = min(one.ouvert for one in catalogue())
    if on.isoformat() < first:
        raise ParameterError(
            f"--date : {on:%d/%m/%Y}, avant le premier dispositif connu\n"
            f"  attendu : une date à partir du {dt.date.fromisoformat(first):%d/%m/%Y}\n"
            "  à faire : choisir une date plus tardive"
        )
    chosen = tuple(aids) if aids is not None else _concerned(situations)
    return Study(situations, on, chosen, valeurs, has_examples=aids is None)


def _concerned(situations: Situations) -> tuple[Dispositif, ...]:
    said = {saisies()[name].entite for name, one in situations.columns.items() if one is not None}
    wanted = {inputs.STRUCTURE} & said
    # A structure asked about alone (no profession) is not told of the aids of professionals.
    if situations.columns.get("profession") is not None or not wanted:
        wanted = wanted | {inputs.INSTALLATION}
    return tuple(one for one in catalogue() if one.entite in wanted and not one.is_example)


class _Doubting(Situation):
    """A situation where one parameter alone is doubted, to know whether it decides."""

    def __init__(self, aid: Dispositif, population: Any, period: Any, doubted: str) -> None:
        super().__init__(aid, population, period)
        self._doubted = doubted

    def parametre(self, chemin: str) -> Evalue:
        found = super().parametre(chemin)
        is_doubted = self._aid.chemin(chemin) == self._doubted
        return Evalue(found.value, found.known, not is_doubted)


def _asked(needs: Mapping[str, Array], row: int) -> tuple[Saisie, ...]:
    order = list(saisies())
    names = sorted((name for name, mask in needs.items() if mask[row]), key=order.index)
    return tuple(saisies()[name] for name in names)


def _once(questions: Any) -> tuple[Saisie, ...]:
    return tuple(dict.fromkeys(questions))


def _replaced(aid: Dispositif) -> str:
    if not aid.remplace_par:
        return ""
    names = {one.sigle: one.nom for one in catalogue()}
    written = [
        f"{names[sigle]} ({sigle})" if sigle in names else sigle for sigle in aid.remplace_par
    ]
    return f" Remplacé par : {', '.join(written)}."


def _unread(aid: Dispositif, on: dt.date) -> str:
    late = [
        text.titre
        for text in aid.textes
        if text.relu and (on - dt.date.fromisoformat(text.relu)).days > UNREAD_DAYS
    ]
    return f"Texte non relu depuis plus d'un an : {' ; '.join(late)}." if late else ""


def _array(saisie: Saisie, column: Any, count: int) -> Any:
    """Return an input as OpenFisca holds it."""
    values = (
        column
        if isinstance(column, Sequence | np.ndarray) and not isinstance(column, str)
        else None
    )
    if saisie.genre is Genre.NOMBRE:
        whole = column if values is None else [np.nan if one is None else one for one in values]
        return np.broadcast_to(np.asarray(whole, float), (count,)).copy()
    if saisie.genre is Genre.DATE:
        days = [NO_DAY if one is None else one for one in (values or [column])]
        return np.broadcast_to(np.asarray(days, "M8[D]"), (count,)).copy()
    rank = {code: place for place, code in enumerate(saisie.codes)} | {None: 0}
    ranks = [rank[one] for one in ([column] if values is None else values)]
    return EnumArray(
        np.broadcast_to(np.asarray(ranks, np.int16), (count,)).copy(), choices(saisie.nom)
    )
