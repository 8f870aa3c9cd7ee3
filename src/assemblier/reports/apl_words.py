"""What a computed APL says, in sentences an elected official reads: page, PDF and terminal."""

from collections.abc import Sequence

import numpy as np

from assemblier.access import PROFESSIONS, Contribution, Explanation, Rival, Study
from assemblier.figures import Source
from assemblier.french import number
from assemblier.reports.places import located
from assemblier.territory import index, parse

GP = "medecin_generaliste"
NAMED_RIVALS = 5
CLOSE = 0.25
"""Gap, in consultations, under which computed and published are told to be close."""

WEIGHTS = ((1.0, "compte en entier"), (2 / 3, "compte aux deux tiers"), (1 / 3, "compte au tiers"))


def decimals_of(study: Study) -> int:
    """Return how many decimals a score is written with."""
    return 2 if study.found.method.profession == GP else 1


def counted(count: float, singular: str, several: str = "") -> str:
    """Write a count and its noun: singular under 2, as French has it.

    Examples
    --------
    >>> counted(1, "commune"), counted(2, "lieu", "lieux")
    ('1 commune', '2 lieux')
    """
    words = singular if abs(count) < 2 else several or f"{singular}s"
    return f"{number(count)} {words}"


def series_of(study: Study) -> str:
    """Return who is counted: ``"médecins généralistes de 65 ans et moins"``."""
    label = PROFESSIONS[study.found.method.profession]
    return label if study.age_limit is None else f"{label} de {study.age_limit} ans et moins"


def partial_text(study: Study) -> str:
    """Return in how many communes something is published, where it is not in all of them."""
    known = int((~np.isnan(study.published)).sum())
    total = len(study.published)
    return "" if known == total else f", dans {number(known)} communes sur {number(total)}"


def offer_sentence(study: Study) -> str:
    """Return where the supply comes from, and what it counts."""
    supply = study.found.supply
    named = " ; ".join(map(_source_text, supply.provenance.sources))
    notes = " ".join(note.removeprefix("Offre : ") for note in supply.notes)
    return f"Offre : {named}. {_capital(notes)}"


def needs_sentence(study: Study) -> str:
    """Return how needs were counted."""
    demand = study.found.demand.provenance
    said = [
        sentence
        for sentence in demand.method.split(". ")
        if sentence.startswith(("Demande", "Là où"))
    ]
    weights = study.found.method.told
    return f"{'. '.join(one.rstrip('.') for one in said)}. {weights}".strip()


def relief_sentence(study: Study) -> str:
    """Return for how many communes the relief is ignored; empty where it is for none."""
    ignored = study.without_relief
    if not ignored.any():
        return ""
    if ignored.all():
        return (
            "Relief ignoré dans tout ce territoire : l'altitude n'est connue ici qu'à l'est du "
            "méridien de Greenwich et au sud du 50e parallèle. Les temps y sont ceux d'un pays "
            "plat."
        )
    count = counted(int(ignored.sum()), "commune")
    return (
        f"Relief ignoré dans {count} : l'altitude n'est connue ici qu'à l'est du méridien de "
        "Greenwich et au sud du 50e parallèle."
    )


def why_sentences(study: Study, explained: Explanation) -> tuple[str, ...]:
    """Return the answer to « pourquoi ce chiffre », sentence by sentence.

    Parameters
    ----------
    study, explained
        The scores, and the explanation of one commune.
    """
    if not explained.contributions:
        return (
            f"Aucun lieu connu n'est à moins de {_reach(study)} minutes : le score est de 0.",
            *_unknown_sentence(explained),
        )
    return (
        _meaning(study, explained),
        _how(study),
        _places(study, explained),
        *_sharing(explained),
        *_unknown_sentence(explained),
        *_gap(study, explained),
        *_flat(study, explained),
    )


def weight_text(weight: float) -> str:
    """Return how much of a place counts, in words.

    Examples
    --------
    >>> weight_text(1.0), weight_text(0.2)
    ('compte en entier', 'compte pour 0,20')
    """
    for value, words in WEIGHTS:
        if abs(weight - value) < 1e-3:
            return words
    return f"compte pour {number(weight, 2)}"


def distance_text(part: Contribution, code_commune: str) -> str:
    """Return how far a place is, in words."""
    if part.code_commune == code_commune:
        return "sur place"
    return f"à {number(part.minutes)} min"


def people_text(part: Contribution, study: Study) -> str:
    """Return how many people share a place, in words."""
    kind = "habitants standardisés" if study.found.method.weights is not None else "habitants"
    return f"{number(part.patients)} {kind} se le partagent"


def rivals_text(rivals: Sequence[Rival], most: int = NAMED_RIVALS) -> str:
    """Return the communes that share places, and the part of each."""
    named = ", ".join(f"{one.nom} {number(100 * one.share)} %" for one in rivals[:most])
    rest = len(rivals) - most
    return f"{named} et {counted(rest, 'autre commune', 'autres communes')}" if rest > 0 else named


def _meaning(study: Study, explained: Explanation) -> str:
    who = series_of(study)
    where = located(parse(f"commune:{explained.code_commune}"))
    score = number(explained.score, decimals_of(study))
    if study.found.method.profession == GP:
        return (
            f"{_capital(where)}, un habitant peut compter sur {score} consultations par an auprès "
            f"des {who} à sa portée. Un habitant qui consulte plus que la moyenne, un enfant ou "
            "une personne âgée, compte pour plus d'un."
        )
    return f"{_capital(where)}, les {who} à portée font {score} {study.found.method.unit}."


def _how(study: Study) -> str:
    bands = study.found.method.bands
    edges = [number(edge) for edge in bands.edges_minutes]
    weights = bands.decay.weights[: len(edges)]
    steps = [
        f"{weight_text(float(weight)).removeprefix('compte ')} jusqu'à {edge} min"
        for weight, edge in zip(weights, edges, strict=True)
    ]
    return (
        "Chaque lieu de soins partage son activité entre tous ceux qui l'atteignent, d'ici et "
        f"d'ailleurs ; il compte {', '.join(steps)}, plus du tout au-delà. Le score est la somme "
        "de ces parts."
    )


def _places(study: Study, explained: Explanation) -> str:
    parts = explained.contributions
    whole = sum(part.weight >= 1 for part in parts)
    here = sum(part.contribution for part in parts if part.code_commune == explained.code_commune)
    people = sum(part.effectif for part in parts)
    said = (
        f"{counted(len(parts), 'lieu', 'lieux')} ({number(people)} {series_of(study)}) "
        f"{'est' if len(parts) < 2 else 'sont'} à {_reach(study)} minutes ou moins"
    )
    full = (
        f", dont {number(whole)} à {number(study.found.method.bands.full_minutes)} minutes ou moins"
    )
    own = (
        f" Les lieux de la commune en apportent {number(100 * here / explained.score)} %."
        if here > 0
        else " Aucun n'est dans la commune."
    )
    return f"{said}{full if whole else ''}.{own}"


def _sharing(explained: Explanation) -> tuple[str, ...]:
    if not explained.rivals:
        return ()
    return (f"Qui se partage ces lieux : {rivals_text(explained.rivals)}.",)


def _unknown_sentence(explained: Explanation) -> tuple[str, ...]:
    if not explained.unknown:
        return ()
    count = len(explained.unknown)
    verb = "n'est pas connue" if count < 2 else "ne sont pas connues"
    what = "L'offre d'une commune" if count < 2 else f"Les offres de {number(count)} communes"
    return (f"{what} à portée {verb} : le score est un minimum.",)


def _gap(study: Study, explained: Explanation) -> tuple[str, ...]:
    published = float(study.published[study.found.codes.index(explained.code_commune)])
    if np.isnan(published):
        return ()
    digits = decimals_of(study)
    gap = explained.score - published
    said = f"La DREES publie {number(published, digits)} pour {study.year}"
    if abs(gap) < CLOSE and study.found.method.profession == GP:
        return (f"{said} : le calcul en est proche.",)
    side = "plus" if gap > 0 else "moins"
    return (
        f"{said} : le calcul donne {number(abs(gap), digits)} de {side}. Il ne connaît ni "
        "l'activité réelle de chaque praticien, ni les routes ; la DREES, si.",
    )


def _flat(study: Study, explained: Explanation) -> tuple[str, ...]:
    place = study.found.codes.index(explained.code_commune)
    if not study.without_relief[place]:
        return ()
    return ("Le relief n'est pas connu ici : les temps de trajet sont ceux d'un pays plat.",)


def _reach(study: Study) -> str:
    return number(study.found.method.bands.reach_minutes)


def _source_text(source: Source) -> str:
    return f"{source.title}, {source.producer}, {source.vintage}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def name_of(code: str) -> str:
    """Return the name of a commune."""
    return str(index().nom[index().positions([code])][0])
