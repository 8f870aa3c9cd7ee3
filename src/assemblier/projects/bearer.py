"""What the bearer of a plan pays itself, and what the texts make it pay at least."""

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from assemblier.errors import ParameterError
from assemblier.parameters import Parameter, explain
from assemblier.projects.calculation import Calculation, Row
from assemblier.projects.entries import Entries, computed, fraction
from assemblier.projects.expressions import Expression, largest, lift, ref, summed
from assemblier.projects.form import Answers
from assemblier.projects.funds import FUND_OF, FUNDS, LOCAL, OWN
from assemblier.projects.study import Refusal, Statement, quantity

_OWN_SHARE = "projets.financement.participation_minimale"
_STATE_CAP = "projets.financement.plafond_dotations"
GRANTS = ("detr", "dsil", "dsid", "dpv")
"""The grants of the State that are capped together."""
PUBLIC = tuple(
    fund.key
    for fund in FUNDS
    if fund.key not in (*OWN, "autre", "fctva", "banque_des_territoires", "bpi", "tfpb")
)
"""Who pays with public money; the compensation of VAT is no aid."""


def sum_of(lines: tuple[Mapping[str, Any], ...], keys: tuple[str, ...]) -> Expression:
    """Return the sum of the lines of some funders, in euros."""
    kept = [ref(f"aide_{r}") for r, one in enumerate(lines, start=1) if one["financeur"] in keys]
    return summed(*kept) if kept else lift(0)


def own_lines(answers: Answers) -> tuple[str, ...]:
    """Return the funder that is the bearer itself; none where no line names it."""
    bearer = answers.get("porteur")
    said = any(one["financeur"] == bearer for one in answers.rows("financements"))
    return (bearer,) if said and bearer in LOCAL else ()


def bearer_rows(entries: Entries, answers: Answers) -> Iterator[Row]:
    """Yield what the bearer pays on every line, and what a local one must pay at least."""
    lines, bearer = answers.rows("financements"), answers.get("porteur")
    own = (*OWN, *own_lines(answers))
    others = tuple(key for key in PUBLIC if key not in own)
    yield computed("porteur", "à la charge du porteur, emprunt compris", "€", sum_of(lines, own))
    yield computed("fctva", "FCTVA que le plan compte", "€", sum_of(lines, ("fctva",)))
    yield computed("publics", "financements publics des autres", "€", sum_of(lines, others))
    if bearer not in LOCAL or _rule(_OWN_SHARE, entries.on) is None:
        return
    total = ref("publics") + ref("porteur")
    yield computed("total_public", "financements publics, part du porteur comprise", "€", total)
    yield computed(
        "participation", "part du porteur", "%", ref("porteur") / ref("total_public") * 100, 1
    )
    yield entries.given("participation_minimale", "part du porteur, au moins", "%", _OWN_SHARE)
    due = ref("participation_minimale") / 100 * ref("total_public")
    yield computed("participation_due", "à la charge du porteur, au moins", "€", due)
    lack = largest(0, ref("participation_due") - ref("porteur"))
    yield computed("participation_manque", "ce qui manque à la part du porteur", "€", lack)


def _rule(path: str, on: dt.date) -> Parameter | None:
    """Return a rule of a day, None before the first text that was read."""
    try:
        return explain(path, on)
    except ParameterError:
        return None


def _text_of(rule: Parameter) -> str:
    return f"Texte : {rule.reference} ({rule.confidence})."


def state_refusals(calculation: Calculation, on: dt.date) -> Iterator[Refusal]:
    """Yield why the grants of the State are too much together: they are told without tax."""
    rule, part = _rule(_STATE_CAP, on), calculation.value("part_dotations")
    if rule is not None and part is not None and part > fraction(rule.value):
        cost = calculation.value("cout_ht")
        most = None if cost is None else cost * fraction(rule.value) / 100
        yield Refusal(
            f"des dotations de l'État à {percent(part)} du coût hors taxes",
            f"{rule.value} % au plus de la dépense retenue, hors taxes, soit "
            f"{quantity(most, '€')}.",
            "baisser ces dotations, et demander à la préfecture la dépense qu'elle retient. "
            f"{_text_of(rule)}",
        )


def share_refusals(answers: Answers, calculation: Calculation, on: dt.date) -> Iterator[Refusal]:
    """Yield why a local bearer pays too little of its own operation."""
    rule, lack = _rule(_OWN_SHARE, on), _lacking_share(calculation)
    if rule is None or not lack or _exception(answers):
        return
    own, due = calculation.value("porteur"), quantity(calculation.value("participation_due"), "€")
    yield Refusal(
        f"une part du porteur de {quantity(own, '€')}, "
        f"{percent(calculation.value('participation'))} des financements publics",
        f"{rule.value} % au moins, soit {due} : il manque {quantity(lack, '€')}.",
        f"porter sa part à {due}, en baissant d'autant les aides ; si le préfet accorde une "
        "dérogation (monument protégé, calamité publique), ou outre-mer : derogation=oui. "
        f"{_text_of(rule)}",
    )


def share_doubt(answers: Answers, calculation: Calculation, on: dt.date) -> Iterator[Statement]:
    """Yield what to ask where the bearer pays too little and an exception may apply."""
    rule, lack, why = _rule(_OWN_SHARE, on), _lacking_share(calculation), _exception(answers)
    if rule is not None and lack and why:
        yield Statement(
            f"À vérifier auprès du préfet : il manque {quantity(lack, '€')} à la part du porteur "
            f"({rule.value} % des financements publics au moins), mais {why}.",
            (("participation_manque", 0),),
        )


def same_name(answers: Answers) -> Iterator[str]:
    """Yield which line is taken as paid by the bearer."""
    for key in own_lines(answers):
        named = next(one for one in answers.rows("financements") if one["financeur"] == key)
        yield (
            f"La ligne « {named.get('libelle') or FUND_OF[key].label} » est comptée comme payée "
            "par le porteur. Si c'est une autre collectivité, l'écrire « collectivite »."
        )


def _lacking_share(calculation: Calculation) -> Fraction | None:
    key = "participation_manque"
    return calculation.value(key) if key in calculation.row_of else None


def _exception(answers: Answers) -> str:
    """Return why the minimal share may not apply; empty where nothing says so."""
    if answers.get("derogation"):
        return "une dispense est dite"
    if answers.get("convention_npnru"):
        return "l'article réserve la rénovation urbaine (loi du 1er août 2003, article 9)"
    return ""


def bearer_text(calculation: Calculation) -> str:
    """Return what the bearer pays, its share of the public money, what it only advances."""
    text = f"Le porteur paie {quantity(calculation.value('porteur'), '€')}"
    if "participation" in calculation.row_of:
        share_ = calculation.value("participation")
        text += "" if share_ is None else f", {percent(share_)} des financements publics"
    back = calculation.value("fctva")
    return f"{text}, et avance {quantity(back, '€')} que le FCTVA doit rendre" if back else text


def percent(value: Fraction | None) -> str:
    """Write a percentage with one decimal, two where one would round it to a whole number.

    Examples
    --------
    >>> [percent(Fraction(one)).split("\u00a0")[0] for one in ("20", "8.333", "19.98")]
    ['20', '8,3', '19,98']
    """
    if value is None or value.denominator == 1:
        return quantity(value, "%")
    return quantity(value, "%", 2 if round(value, 1).denominator == 1 else 1)
