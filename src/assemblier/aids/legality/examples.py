"""The local aids the elected officials' guide cites, described as any aid to check."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assemblier.aids.legality.files import read_yaml
from assemblier.aids.legality.local_aid import Domaine
from assemblier.data.facts import source
from assemblier.figures import Source

if TYPE_CHECKING:
    from assemblier.aids.legality.local_aid import AideLocale

_FILE = Path(__file__).parent / "exemples.yaml"
_GUIDE = "guide-elus-2019"


@dataclass(frozen=True)
class Example:
    """One local aid of the guide.

    Attributes
    ----------
    key
        ``"vienne"``…
    who, says
        The collectivité, and what the guide says of its aid.
    source
        The guide, at its chapter.
    note
        A contradiction, or empty.
    told
        What the guide tells, by key of `fields.FIELDS`.
    """

    key: str
    who: str
    says: str
    source: Source
    note: str
    told: dict[str, Any]

    @property
    def domain(self) -> Domaine:
        """Return what kind of aid it is."""
        return Domaine(self.told["aide"])

    @property
    def aid(self) -> "AideLocale":
        """Return it as an aid to check; what the guide does not say is unknown."""
        from assemblier.aids.legality.reading import aid_of

        return aid_of(self.told, f"exemple {self.key}")


@cache
def examples() -> tuple[Example, ...]:
    """Return the local aids of the guide.

    Examples
    --------
    >>> [str(one.aid.montant.monthly()) for one in examples() if one.key == "auvergne-rhone-alpes"]
    ['500']
    """
    return tuple(
        Example(
            key,
            one["qui"],
            one["dit"],
            source(_GUIDE).at(one["chapitre"]),
            one.get("note", ""),
            one["aide"],
        )
        for key, one in read_yaml(_FILE).items()
    )
