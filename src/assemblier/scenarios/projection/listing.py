"""A list of practitioners and those it leaves out: other communes keep who is counted there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from assemblier.access import Baseline
from assemblier.french import number, unit_text
from assemblier.scenarios.projection.practitioners import Group, Practitioners
from assemblier.territory import Perimeter, index

MOST_NAMED = 5
"""How many communes a sentence names."""
UNCOUNTED = (
    "Les praticiens des communes que la liste ne nomme pas ne sont pas comptés ici : l'effectif "
    "est celui de la liste seule, pas celui du territoire."
)


def completed(
    told: Practitioners,
    perimeter: Perimeter,
    baseline: Baseline | None,
    counted: Practitioners | None,
    *,
    is_complete: bool = False,
) -> Practitioners:
    """Return the practitioners of a list, and those counted in the communes it does not name.

    Parameters
    ----------
    told
        The list. In a territory of one commune, those without a commune are there.
    perimeter, baseline
        The territory, and what practitioners do; None where that is not known.
    counted
        Those counted in the whole territory, from `sources.counted`; None where nobody counts.
    is_complete
        Whether the list says that nobody else practises in the territory.

    Always true
    -----------
    In a commune it names, the list replaces what is counted; elsewhere nobody is lost.
    Nobody is added to a list that says it is complete.
    """
    groups = _placed(told.groups, perimeter)
    named = frozenset(one.commune for one in groups if one.commune is not None)
    by_commune = _by_commune(counted)
    rest = () if is_complete else _rest(groups, named, by_commune)
    whole = frozenset(perimeter.codes) if is_complete else named
    everybody = (*_sharing(groups, baseline, by_commune), *rest)
    said = (
        _kept(groups, named, by_commune) if is_complete else _told(groups, rest, counted, perimeter)
    )
    notes = (*said, *_gaps(groups, named, by_commune))
    return replace(told, groups=everybody, named=whole, notes=(*notes, *told.notes))


def _placed(groups: Sequence[Group], perimeter: Perimeter) -> tuple[Group, ...]:
    if len(perimeter.codes) > 1:
        return tuple(groups)
    (code,) = perimeter.codes
    return tuple(replace(one, commune=code) for one in groups)


def _by_commune(counted: Practitioners | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in counted.groups if counted else ():
        if one.commune is not None:
            found[one.commune] = found.get(one.commune, 0) + one.count
    return found


def _rest(
    groups: Sequence[Group], named: frozenset[str], by_commune: Mapping[str, int]
) -> tuple[Group, ...]:
    """Return those of the other communes, of unknown age.

    Those the list does not place are some of them: which ones is then not known.
    """
    others = {code: count for code, count in by_commune.items() if code not in named}
    placeless = sum(one.count for one in groups if one.commune is None)
    if not placeless:
        return tuple(Group(count, commune=code) for code, count in others.items())
    left = sum(others.values()) - placeless
    return (Group(left),) if left > 0 else ()


def _sharing(
    groups: Sequence[Group], baseline: Baseline | None, by_commune: Mapping[str, int]
) -> tuple[Group, ...]:
    """Return groups in which fewer than were counted share the whole activity of their commune."""
    if baseline is None:
        return tuple(groups)
    supply = dict(zip(baseline.places, baseline.fit.supply.tolist(), strict=True))
    told = _counts(groups)
    return tuple(
        replace(one, acts=supply[one.commune] / told[one.commune])
        if one.commune in supply
        and one.acts is None
        and told[one.commune] < by_commune.get(one.commune, 0)
        else one
        for one in groups
    )


def _counts(groups: Sequence[Group]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in groups:
        if one.commune is not None:
            found[one.commune] = found.get(one.commune, 0) + one.count
    return found


def _told(
    groups: Sequence[Group], rest: Sequence[Group], counted: Practitioners | None,
    perimeter: Perimeter,
) -> Iterator[str]:  # fmt: skip
    """Say how many the list tells, and how many it does not."""
    if {one.commune for one in groups} >= set(perimeter.codes):
        return
    if counted is None:
        yield UNCOUNTED
        return
    listed, left = (sum(one.count for one in some) for some in (groups, rest))
    if left:
        yield (
            f"{_people(listed)} de la liste. Dans les communes qu'elle ne nomme pas, "
            f"{number(left)} {unit_text(left, 'comptés')}, d'âge inconnu, donc supposé. Si "
            "personne d'autre n'exerce dans le territoire, répondre oui à « liste_complete » dans "
            "le fichier."
        )


def _kept(
    groups: Sequence[Group], named: frozenset[str], by_commune: Mapping[str, int]
) -> Iterator[str]:
    """Say whom a list that is complete leaves out, where nobody takes their practices."""
    left = sum(count for code, count in by_commune.items() if code not in named)
    if left and all(one.commune is not None for one in groups):
        yield (
            f"La liste est dite complète : {number(left)} {unit_text(left, 'comptés')} dans les "
            "communes qu'elle ne nomme pas ne sont plus dans l'effectif, mais leur activité reste "
            "dans l'APL."
        )


def _gaps(
    groups: Sequence[Group], named: frozenset[str], by_commune: Mapping[str, int]
) -> Iterator[str]:
    """Say where the list tells another number than what is counted."""
    told = _counts(groups)
    gaps = [
        f"{_name(code)} ({number(told[code])} pour {number(by_commune.get(code, 0))})"
        for code in sorted(named)
        if by_commune and told[code] != by_commune.get(code, 0)
    ]
    if gaps:
        others = len(gaps) - MOST_NAMED
        more = f" et {number(others)} {unit_text(others, 'autres')}" if others > 0 else ""
        yield (
            f"La liste ne donne pas le nombre compté : {', '.join(gaps[:MOST_NAMED])}{more}. La "
            "liste l'emporte : dans le fichier, une ligne sans âge ajoute ceux dont l'âge n'est "
            "pas connu."
        )


def _people(count: int) -> str:
    return f"{number(count)} {unit_text(count, 'praticiens')}"


def _name(code: str) -> str:
    name, *_ = index().nom[np.asarray(index().positions([code]))].tolist()
    return str(name)
