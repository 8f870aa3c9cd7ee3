"""How the checks of legality give the figures of the documents sources: one reader a kind."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from assemblier import territory
from assemblier.aids.legality import Domaine, check_aid
from assemblier.aids.legality.caps import cap_of
from assemblier.aids.legality.examples import Example, examples
from assemblier.aids.legality.repayment import repayment
from assemblier.aids.legality.subjects import subject
from assemblier.aids.legality.subjects.certificates import certificate
from assemblier.parameters import value
from assemblier.reports.legalite import charter, deliberation
from tests.legality_cases import INSTALLATION, TAX

DAY = date(2019, 12, 31)


def example(key: str) -> Example:
    return next(one for one in examples() if one.key == key)


def rule(path: str, day: str) -> float:
    return value(path, date.fromisoformat(day))


def cap(domain: str, period: str) -> float:
    found = cap_of(Domaine(domain), DAY)
    return float(found.monthly if period == "mois" else found.yearly)


def of_example(key: str, what: str) -> float:
    aid = example(key).aid
    return float(
        {
            "mois": lambda: aid.montant.monthly(aid.mois),
            "versement": lambda: aid.montant.value,
            "total": lambda: aid.total.value,
            "annees": lambda: aid.engagement_annees,
            "duree": lambda: aid.mois,
        }[what]()
    )


def paid_back(kept: str, promised: str) -> float:
    return float(100 * repayment(Fraction(1), Fraction(kept), Fraction(promised), DAY).share)


def opinion_words(key: str, clause: str) -> str:
    return check_aid(example(key).aid).of(clause).sentence


def certificate_words(case: str) -> str:
    found = certificate(case, DAY)
    return f"{found.sentence} {found.reason}"


def overlap_words(*perimeter: str) -> str:
    text = ":".join(perimeter)
    cpts = subject("cpts")
    answers = {"territoire": territory.parse(text), "autres_cpts": text}
    return cpts.check(answers, DAY).of("Superposition").sentence


def draft_words(kind: str) -> str:
    from assemblier.aids.legality import aid_of

    if kind == "modele":
        made = charter(aid_of(INSTALLATION))
        return f"{made.plain} {made.mention}"
    return deliberation(aid_of(TAX)).plain


NUMBERS: dict[str, Callable[..., float]] = {
    "regle": rule,
    "regle_nombre": lambda path, day: len(value(path, date.fromisoformat(day))),
    "plafond": cap,
    "exemple": of_example,
    "remboursement": paid_back,
}
PASSAGES: dict[str, Callable[..., str]] = {
    "regle_texte": lambda path, day: str(value(path, date.fromisoformat(day))),
    "avis": opinion_words,
    "certificat": certificate_words,
    "superposition": overlap_words,
    "exemple_dit": lambda key: example(key).says,
    "charte": draft_words,
    "deliberation": draft_words,
}
