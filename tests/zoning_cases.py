"""A generated region, named as such: two-region territories and quarters, for the tests."""

from hypothesis import strategies as st

from assemblier.zoning.choices import Choice, Quartier
from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import Case
from assemblier.zoning.rules import Ceilings, Rules
from assemblier.zoning.units import Territoire

REGION, OTHER = "région engendrée", "région voisine engendrée"
RULES = Rules(2.5, 4.0, 0.05)


def unit(code: str, apl: float | None, own: float, other: float = 0.0) -> Territoire:
    """A generated territory, with residents of the region and of its neighbour."""
    population = {REGION: own} if not other else {REGION: own, OTHER: other}
    return Territoire(code, f"Territoire {code}", apl, population, (f"c{code}",))


def ceilings(zip_: float | None = None, zac: float | None = None, total: float | None = None):
    return Ceilings(REGION, zip_, zac, total, "plafonds engendrés")


SHARES = st.none() | st.floats(0, 1)
APLS = st.sampled_from([0.0, 1.2, 2.49, 2.5, 2.51, 3.0, 3.99, 4.0, 4.01, 5.5]) | st.floats(0, 8)
PEOPLE = st.integers(1, 50_000)


@st.composite
def cases(draw: st.DrawFn, with_choices: bool = True) -> Case:
    """A generated region: territories, ceilings, choices with reasons, quarters of their own."""
    rows = draw(st.lists(st.tuples(APLS, PEOPLE, st.integers(0, 30_000)), min_size=1, max_size=14))
    units = tuple(
        unit(f"{rank:03d}", apl, own, other) for rank, (apl, own, other) in enumerate(rows)
    )
    quartiers = tuple(
        Quartier(
            f"QP{one.code}",
            f"Quartier {one.code}",
            REGION,
            one.population[REGION] / 3,
            {one.code: 1.0},
        )
        for one in draw(st.lists(st.sampled_from(units), max_size=3, unique_by=lambda u: u.code))
    )
    choices: tuple[Choice, ...] = ()
    if with_choices:
        targets = [one.code for one in (*units, *quartiers)]
        chosen = draw(st.lists(st.sampled_from(targets), max_size=4, unique=True))
        zones = draw(st.lists(st.sampled_from(list(Zonage)), min_size=4, max_size=4))
        choices = tuple(
            Choice(target, zone, "motif engendré")
            for target, zone in zip(chosen, zones, strict=False)
        )
    limits = ceilings(draw(SHARES), draw(SHARES), draw(SHARES))
    return Case(REGION, units, RULES, limits, choices, quartiers)
