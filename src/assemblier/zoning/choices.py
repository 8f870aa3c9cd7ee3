"""What the agency decides: the class of a territory or of a quarter, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assemblier.errors import Problem
from assemblier.zoning.classes import Zonage
from assemblier.zoning.units import Territoire


@dataclass(frozen=True, slots=True)
class Choice:
    """One decision of the agency.

    Attributes
    ----------
    target
        Code of a territory or of a quarter (QPV).
    zone
        The class it gives.
    reason
        Why; never empty.
    where
        The place it was read at, for messages.
    """

    target: str
    zone: Zonage
    reason: str
    where: str = "choix"


@dataclass(frozen=True, slots=True)
class Quartier:
    """A quartier prioritaire, which may be classed otherwise than its territory.

    Attributes
    ----------
    code, nom
        Of the quarter.
    region
        Code of the region it is in.
    population
        Its inhabitants; None where unknown.
    parts
        Share of its inhabitants by territory, sum 1; empty where unknown.
    communes, territories
        Where it lies, as far as it is known.
    lost
        Names of communes its list gives and that no commune of today bears.
    """

    code: str
    nom: str
    region: str
    population: float | None
    parts: Mapping[str, float]
    communes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def around(self) -> tuple[str, ...]:
        """Return the territories it lies in, in ascending order of codes."""
        return tuple(sorted(self.parts)) or self.territories

    @property
    def lacks(self) -> str:
        """Return what is needed to class it apart, in French; empty where nothing is."""
        if self.lost:
            return f"commune introuvable aujourd'hui : {', '.join(self.lost)}"
        if not self.parts and self.territories:
            return f"à cheval sur {', '.join(self.territories)}, parts inconnues"
        if not self.parts:
            return "territoire inconnu"
        return "population inconnue" if self.population is None else ""

    def residents(self) -> dict[str, float]:
        """Return its inhabitants by territory."""
        return {unit: share * (self.population or 0.0) for unit, share in self.parts.items()}


@dataclass(frozen=True, slots=True)
class Criterion:
    """A complementary indicator that orders the territories of the pool.

    Attributes
    ----------
    key, label
        Identifier and French name.
    is_worse_high
        Whether a higher value means a more fragile territory.
    value_of
        By code of territory; one that is absent is unknown.
    source
        Where the values come from.
    """

    key: str
    label: str
    is_worse_high: bool
    value_of: Mapping[str, float]
    source: str = ""


def choice_problems(
    units: Sequence[Territoire], quartiers: Sequence[Quartier], choices: Sequence[Choice]
) -> list[Problem]:
    """Return what makes choices unusable: unknown targets, doubles, reasons left out, QPV."""
    known = {unit.code for unit in units}
    quarter_of = {one.code: one for one in quartiers}
    seen: dict[str, Choice] = {}
    problems: list[Problem] = []
    for one in choices:
        if one.target not in known and one.target not in quarter_of:
            problems.append(_unknown(one))
        if one.target in seen:
            problems.append(
                Problem(
                    one.where,
                    f"« {one.target} » est déjà classé ({seen[one.target].where})",
                    "un seul choix par territoire ou quartier",
                    "garder l'un des deux",
                )
            )
        seen[one.target] = one
        if not one.reason.strip():
            problems.append(
                Problem(
                    one.where,
                    f"« {one.target} » classé {one.zone} sans motif",
                    "un motif, repris dans le projet d'arrêté",
                    "écrire le motif",
                )
            )
        if one.target in quarter_of:
            problems += _quarter_problems(quarter_of[one.target], known, one)
    return problems


def _unknown(choice: Choice) -> Problem:
    return Problem(
        choice.where,
        f"« {choice.target} »",
        "le code d'un territoire dont l'APL est connue, ou d'un quartier prioritaire de la région",
        "corriger le code",
    )


def _quarter_problems(quarter: Quartier, known: set[str], choice: Choice) -> list[Problem]:
    if quarter.lacks:
        found = quarter.lacks
        expected = "sa population, et la part de chacun de ses territoires"
    elif not set(quarter.parts) <= known:
        found = f"territoire hors de la région : {', '.join(sorted(set(quarter.parts) - known))}"
        expected = "des territoires de la région"
    else:
        return []
    where = f"{choice.where}, quartier {quarter.code} {quarter.nom}"
    action = (
        "remplir la feuille que donne « assemblier zonage feuille qpv --region … », puis la "
        "redonner avec --qpv ; ou laisser le quartier à son territoire"
    )
    return [Problem(where, found, expected, action)]


def order_of(
    pool: Sequence[Territoire], criteria: Sequence[Criterion]
) -> tuple[tuple[Territoire, ...], list[Problem]]:
    """Return the pool, the most fragile first, and what the indicators lack.

    Without indicators the order is that of the APL, ascending. With some, it is that of the mean
    of ranks, APL and indicators alike; equal means are in order of APL, then of codes.

    Always true
    -----------
    Lowering the APL of a territory never moves it back.
    """
    problems = [one for one in (_incomplete(one, pool) for one in criteria) if one is not None]
    if problems:
        return tuple(pool), problems
    apl = {unit.code: unit.apl or 0.0 for unit in pool}
    ranks = [_ranks(apl)]
    for one in criteria:
        sign = -1 if one.is_worse_high else 1
        ranks.append(_ranks({unit.code: sign * one.value_of[unit.code] for unit in pool}))
    total = {code: sum(rank[code] for rank in ranks) for code in apl}
    # A sum of ranks rather than their mean: whole numbers compare exactly.
    ordered = sorted(pool, key=lambda unit: (total[unit.code], apl[unit.code], unit.code))
    return tuple(ordered), []


def _incomplete(criterion: Criterion, pool: Sequence[Territoire]) -> Problem | None:
    absent = [f"{unit.code} {unit.nom}" for unit in pool if unit.code not in criterion.value_of]
    if not absent:
        return None
    return Problem(
        f"indicateur « {criterion.label} »",
        f"aucune valeur pour {', '.join(absent)}",
        "une valeur pour chaque territoire du vivier",
        "compléter le fichier des indicateurs",
    )


def _ranks(value_of: Mapping[str, float]) -> dict[str, int]:
    """Return how many values are lower than each one: equal values have equal ranks."""
    ordered = sorted(value_of.values())
    first: dict[float, int] = {}
    for place, one in enumerate(ordered):
        first.setdefault(one, place)
    return {code: first[one] for code, one in value_of.items()}
