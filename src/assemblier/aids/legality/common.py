"""What every local aid is asked: who gives, at which level, beside which neighbours."""

from fractions import Fraction

from assemblier.aids.amounts import Amount, Period
from assemblier.aids.legality.examples import Example, examples
from assemblier.aids.legality.local_aid import AideLocale, Domaine, Giver
from assemblier.aids.legality.opinion import Finding, Law, State, judged, law
from assemblier.aids.legality.wording import plain
from assemblier.aids.words import euros, listed

_GUIDE = Law(
    "Accès aux soins : le guide pratique pour les élus, 2019, fiche sur l'installation : conseils "
    "contre la concurrence entre collectivités"
)
_LOCAL = "commune"


def giver_finding(aid: AideLocale) -> Finding:
    """Say whether the law lets this giver give."""
    rule = law("donneurs", aid.date)
    holds = None if aid.donneur_nature is None else aid.donneur_nature in rule.value
    return judged(
        "donneur",
        holds,
        rule,
        aid.date,
        (
            "Une collectivité ou un groupement peut donner cette aide.",
            "L'article L. 1511-8 n'habilite que les collectivités territoriales et leurs "
            "groupements.",
            "Qui donne n'est pas dit.",
        ),
        "Écrire la commune, l'intercommunalité, le département ou la région qui donne.",
    )


def coherence_finding(aid: AideLocale) -> Finding | None:
    """Say that the total announced is not what the amounts make, or None where it is."""
    if aid.total is None or aid.mois is None or aid.montant is None:
        return None
    monthly = aid.montant.monthly(aid.mois)
    if monthly is None:
        return None
    computed = monthly * aid.mois
    if computed == aid.total.value:
        return None
    mean = aid.total.value / aid.mois
    return Finding(
        "montants annoncés",
        State.AVERTISSEMENT,
        f"{euros(monthly)} par mois pendant {aid.mois} mois font {euros(computed)}, non "
        f"{euros(aid.total.value)} : ce total fait {euros(mean)} par mois.",
        None,
        "Corriger le montant, la durée ou le total, ou dire que le versement est dégressif.",
    )


def level_finding(aid: AideLocale) -> Finding | None:
    """Advise the intercommunal or departmental level to a commune; None for the others."""
    if aid.donneur_nature != _LOCAL:
        return None
    return Finding(
        "niveau",
        State.CONSEIL,
        "Le guide conseille le niveau intercommunal ou départemental, qui évite la concurrence "
        "entre communes, et une concertation avec les collectivités voisines.",
        _GUIDE,
        "Proposer l'aide à l'intercommunalité, ou signer la charte de non-concurrence.",
    )


def bidding_finding(aid: AideLocale) -> Finding | None:
    """Warn when the aid is over those of the neighbours; None where none is known or it is not."""
    if aid.montant is None or not aid.voisins:
        return None
    mine = _comparable(aid.montant, aid)
    over = [one for one in aid.voisins if _less(_comparable(one.montant, aid), mine)]
    if len(over) < len(aid.voisins):
        return None
    figures = listed([f"{one.nom} : {one.montant}" for one in aid.voisins])
    return Finding(
        "surenchère",
        State.AVERTISSEMENT,
        f"{aid.montant} dépasse ce que donnent les voisins ({figures}).",
        _GUIDE,
        "Harmoniser les montants avec les collectivités voisines.",
    )


def _comparable(amount: Amount, aid: AideLocale) -> tuple[bool, Fraction]:
    """Return an amount a month where it has one, else as a single payment."""
    monthly = amount.monthly(aid.mois)
    if monthly is None or amount.period is Period.UNE_FOIS:
        return True, amount.value
    return False, monthly


def _less(other: tuple[bool, Fraction], mine: tuple[bool, Fraction]) -> bool:
    return other[0] == mine[0] and other[1] < mine[1]


def charter_finding(aid: AideLocale) -> Finding | None:
    """Warn that a signed charter forbids direct advantages; None without a charter."""
    if not aid.charte:
        return None
    is_direct = aid.domaine is not Domaine.INSTALLATION or aid.forme in (
        "prime_installation",
        "prime_exercice",
    )
    if not is_direct:
        return None
    return Finding(
        "charte",
        State.AVERTISSEMENT,
        "La charte de non-concurrence signée avec les voisins interdit les avantages financiers "
        "directs et la surenchère.",
        Law("Charte solidaire et responsable de trois communes de la métropole d'Orléans, 2018"),
        "Renoncer à cette aide, ou réviser la charte avec ses signataires.",
    )


def compared_examples(domain: Domaine) -> tuple[Example, ...]:
    """Return the local examples of the documents sources for a domain."""
    return tuple(one for one in examples() if one.domain is domain)


def giver_words(givers: tuple[Giver, ...]) -> str:
    """Write what others give."""
    return listed([f"{one.nom} {one.montant}" for one in givers])


def advice(aid: AideLocale) -> list[Finding]:
    """Return the warnings and the advice, none of which changes the verdict."""
    found = (
        coherence_finding(aid),
        bidding_finding(aid),
        charter_finding(aid),
        level_finding(aid),
    )
    return [one for one in found if one is not None]


def words(keys: frozenset[str] | tuple[str, ...]) -> str:
    """Write keys as a list of words, in a steady order."""
    return listed([plain(key) for key in sorted(keys)])
