"""What `assemblier territoire` says on the terminal where it is not a report."""

import difflib

from assemblier.diagnosis.scale import Advice, known_professions
from assemblier.french import french_spaces
from assemblier.territory import Perimeter
from assemblier.territory.places import LABELS

_NAMED = 3


def scale_text(found: Advice) -> str:
    """Return the perimeters to look at, the first one first, and why."""
    first, *others = _steps(found)
    lines = [f"{found.profession} : regarder d'abord {first}"]
    lines += [f"  puis {one}" for one in others]
    lines.append(f"  parce que : {found.reason}")
    if found.missing:
        lines.append(f"  non disponible : {found.missing}")
    source = found.source
    lines.append(f"  source : {source.title}, {source.page}, {source.published}")
    return french_spaces("\n".join(lines))


def _steps(found: Advice) -> list[str]:
    """Return each scale in words: its territories, or how many they are."""
    by_kind: dict[str, list[Perimeter]] = {}
    for one in found.proposed:
        by_kind.setdefault(one.kind, []).append(one)
    return [_step(kind, members) for kind, members in by_kind.items()]


def _step(kind: str, members: list[Perimeter]) -> str:
    if len(members) <= _NAMED:
        return ", ".join(f"{one.avec_article or one.nom} ({one.expression})" for one in members)
    label = LABELS.get(kind, kind)
    return f"chaque {label} ({len(members)} dans ce territoire)"


def unknown_profession(written: str) -> str:
    """Refuse a profession that is not listed, with those that are spelled like it."""
    known = known_professions()
    near = difflib.get_close_matches(written.casefold(), known, n=3, cutoff=0.5)
    told = ", ".join(near or known)
    return french_spaces(
        f"« {written} » : aucune échelle n'est proposée pour cette profession\n"
        f"  attendu : une profession ou une spécialité médicale ; proches : {told}\n"
        "  à faire : reprendre un de ces noms"
    )
