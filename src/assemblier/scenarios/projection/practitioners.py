"""Who practises now: groups of practitioners alike, as precisely as somebody told."""

from dataclasses import dataclass

from assemblier.figures import Source


@dataclass(frozen=True, slots=True)
class Group:
    """Practitioners alike.

    Attributes
    ----------
    count
        How many.
    youngest, oldest
        First and last age of their band, included; equal where the age is known; both None where
        it is not.
    commune
        Code of the commune they practise in; None where only the territory is known.
    mode
        A key of `arrivals.MODES`, or empty.
    sex
        ``"F"``, ``"H"``, or empty.
    acts
        Activity a year of each; None: the mean of their commune in the baseline.
    """

    count: int
    youngest: int | None = None
    oldest: int | None = None
    commune: str | None = None
    mode: str = ""
    sex: str = ""
    acts: float | None = None


@dataclass(frozen=True, slots=True)
class Practitioners:
    """The practitioners of a territory.

    Attributes
    ----------
    code, profession
        The profession as tables name it, and in the plural.
    groups
        Everybody, once.
    year
        The year their ages were told at.
    source
        Who told.
    notes
        What is not counted, in French.
    named
        Communes in which a list of the user tells everybody.
    """

    code: str
    profession: str
    groups: tuple[Group, ...]
    year: int
    source: Source
    notes: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """How many they are."""
        return sum(group.count for group in self.groups)
