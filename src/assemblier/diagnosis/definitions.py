"""What a count counts: two sources that do not count the same thing are not compared in silence."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from assemblier.figures import Figure, Source
from assemblier.french import french_spaces

FNPS = (
    "Cabinet principal enregistré dans le Fichier national des professionnels de santé (FNPS), "
    "actif : au moins un remboursement au cours des six derniers mois."
)
ORDRE = (
    "Inscrits au tableau de l'Ordre, en activité régulière, quel que soit le mode d'exercice ; "
    "remboursements non pris en compte."
)
RPPS = (
    "Activités ouvertes dans le Répertoire partagé des professionnels de santé (RPPS), tous modes "
    "d'exercice ; une personne peut avoir plusieurs activités."
)
BPE = (
    "Professionnels libéraux comptés une fois à chaque lieu d'exercice (Base permanente des "
    "équipements)."
)

DICTIONARY = {"FNPS": FNPS, "Ordre": ORDRE, "RPPS": RPPS, "BPE": BPE}
"""The usual counts of professionals and what each of them counts."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Two sources count different things; both definitions are shown."""

    first: Source
    second: Source
    message: str


def definitions_differ(first: Source, second: Source) -> Notice | None:
    """Return a notice when two sources do not count the same thing, or when one does not say.

    Parameters
    ----------
    first, second
        Sources of two counts that are about to be compared.

    Always true
    -----------
    The order of the two sources does not matter to whether there is a notice.
    A source never differs from itself.

    Examples
    --------
    >>> fnps = Source("fnps", "Cnam", "FNPS", "2022", definition=FNPS)
    >>> ordre = Source("ordre", "Cnom", "Tableau de l'Ordre", "2022", definition=ORDRE)
    >>> definitions_differ(fnps, ordre) is not None, definitions_differ(fnps, fnps)
    (True, None)
    """
    if first.key == second.key or _same(first.definition, second.definition):
        return None
    message = (
        f"Définitions différentes : {_named(first)} ; {_named(second)}. "
        "Les deux nombres ne se comparent pas directement."
    )
    return Notice(first, second, french_spaces(message))


def notices(counts: Iterable[Figure]) -> tuple[Notice, ...]:
    """Return a notice for each pair of sources, among those of counts shown together, that differ.

    Parameters
    ----------
    counts
        Counts of the same thing from several sources; not their populations.

    Always true
    -----------
    Each pair of sources gives at most one notice.
    """
    sources = {source.key: source for count in counts for source in count.provenance.sources}
    found = (definitions_differ(one, other) for one, other in combinations(sources.values(), 2))
    return tuple(notice for notice in found if notice is not None)


def _same(one: str, other: str) -> bool:
    # Two sources that do not say what they count cannot be said to count the same thing.
    return bool(one) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _named(source: Source) -> str:
    definition = source.definition.rstrip(". ") or "définition non précisée par la source"
    return f"{source.producer}, {source.title} ({source.vintage}) : {definition}"
