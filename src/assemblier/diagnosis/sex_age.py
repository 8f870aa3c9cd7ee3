"""Professionals by sex and age, and the age of the population."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from assemblier.diagnosis.user_table import Reader
from assemblier.errors import DataError, Problem
from assemblier.figures import NOWHERE, Figure, Nature, Provenance, Source, unavailable
from assemblier.french import number

COLUMNS = ("profession", "sexe", "age_debut", "age_fin", "effectif", "date", "source")
FILE = (
    "DREES, démographie des professionnels de santé (RPPS), ou extraction FNPS de la CPAM : "
    "effectifs par sexe et classe d'âge"
)
WOMEN, MEN = "F", "H"


@dataclass(frozen=True, slots=True)
class AgeClass:
    """One class of ages.

    Attributes
    ----------
    start
        First age of the class.
    end
        Last age of the class, or None when it is open.
    """

    start: int
    end: int | None

    @property
    def label(self) -> str:
        """As people read it: ``"60-64 ans"``, ``"95 ans ou plus"``."""
        return f"{self.start} ans ou plus" if self.end is None else f"{self.start}-{self.end} ans"

    def is_across(self, age: int) -> bool:
        """Whether the class holds people younger than an age and people of that age."""
        return self.start < age and (self.end is None or age <= self.end)


@dataclass(frozen=True, slots=True)
class Bar:
    """Women and men of one class of ages."""

    ages: AgeClass
    women: Figure
    men: Figure


@dataclass(frozen=True, slots=True)
class Distribution:
    """People by sex and class of ages.

    Attributes
    ----------
    subject
        Who is counted.
    bars
        Youngest first; empty when nothing is known.
    women, men, total
        Sums of the classes; not available when nothing is known.
    """

    subject: str
    bars: tuple[Bar, ...]
    women: Figure
    men: Figure
    total: Figure


def distribution(
    subject: str,
    classes: Mapping[tuple[str, AgeClass], float],
    stock: float | None = None,
    vintage: str = "",
    provenance: Provenance = NOWHERE,
    nature: Nature = Nature.CITE,
    unit: str = "professionnels",
) -> Distribution:
    """Return people by sex and class of ages.

    Parameters
    ----------
    subject
        Who is counted.
    classes
        Number of people by sex (``"F"``, ``"H"``) and class.
    stock
        How many there are in all, where it is known from elsewhere: the classes must sum to it.
    vintage, provenance, nature, unit
        Of the figures.

    Always true
    -----------
    The bars sum to the total, and to the stock when it is given.

    Raises
    ------
    DataError
        When the classes overlap or leave a hole, or do not sum to the stock.

    Examples
    --------
    >>> ages = AgeClass(30, None)
    >>> found = distribution("généralistes", {("F", ages): 90, ("H", ages): 104}, stock=194)
    >>> found.total.value
    194.0
    """
    _check(subject, classes, stock)

    def figure(label: str, value: float) -> Figure:
        return Figure(label, float(value), unit, nature, vintage, provenance)

    every = sorted({ages for _, ages in classes}, key=lambda ages: ages.start)
    bars = tuple(
        Bar(
            ages,
            figure(f"femmes, {ages.label}", classes[WOMEN, ages]),
            figure(f"hommes, {ages.label}", classes[MEN, ages]),
        )
        for ages in every
    )
    women = sum(bar.women.known_value() for bar in bars)
    men = sum(bar.men.known_value() for bar in bars)
    return Distribution(
        subject,
        bars,
        figure("femmes", women),
        figure("hommes", men),
        figure(subject, women + men),
    )


def unknown_distribution(
    subject: str, missing: str = FILE, unit: str = "professionnels"
) -> Distribution:
    """Return a distribution that is not available and says which file would bring it."""
    return Distribution(
        subject,
        (),
        unavailable("femmes", missing, unit),
        unavailable("hommes", missing, unit),
        unavailable(subject, missing, unit),
    )


def share_from_age(found: Distribution, age: int) -> Figure:
    """Return the share of people of at least some age.

    Parameters
    ----------
    found
        The distribution.
    age
        Start of one of its classes: a class is never cut.

    Always true
    -----------
    Between 0 and 100; never more for an older age.

    Raises
    ------
    DataError
        When a class lies across that age.

    Examples
    --------
    >>> old, young = AgeClass(60, None), AgeClass(30, 59)
    >>> counts = {("F", old): 1, ("H", old): 0, ("F", young): 1, ("H", young): 2}
    >>> share_from_age(distribution("généralistes", counts), 60).value
    25.0
    """
    label = f"{found.subject}, part des {age} ans ou plus"
    if found.total.value is None:
        return unavailable(label, found.total.missing, "%")
    if any(bar.ages.is_across(age) for bar in found.bars):
        starts = ", ".join(str(bar.ages.start) for bar in found.bars)
        raise DataError(
            [
                Problem(
                    found.subject,
                    f"une classe d'âges contient {age} ans",
                    f"le début d'une classe : {starts}",
                    "choisir un de ces âges",
                )
            ]
        )
    if found.total.value == 0:
        return unavailable(label, "rien : l'effectif est nul", "%", note="n.c.")
    older = [bar for bar in found.bars if bar.ages.start >= age]
    count = sum(bar.women.known_value() + bar.men.known_value() for bar in older)
    return Figure(
        label,
        100 * count / found.total.value,
        "%",
        found.total.nature if found.total.nature is Nature.ESTIME else Nature.CALCULE,
        found.total.vintage,
        found.total.provenance,
        1,
        numerator=Figure(
            f"{found.subject}, {age} ans ou plus",
            count,
            found.total.unit,
            vintage=found.total.vintage,
            provenance=found.total.provenance,
        ),
        denominator=found.total,
    )


def read_distributions(path: Path, stocks: Mapping[str, float]) -> dict[str, Distribution]:
    """Read professionals by sex and age from a CSV file.

    Parameters
    ----------
    path
        Columns profession, sexe (F or H), age_debut, age_fin (empty when open), effectif, date,
        source.
    stocks
        Known stock of some professions: their classes must sum to it.

    Raises
    ------
    DataError
        Every problem of the file at once.
    """
    reader = Reader(path, COLUMNS)
    found: dict[str, dict[tuple[str, AgeClass], float]] = {}
    origin: dict[str, tuple[str, str]] = {}
    for row in reader.rows:
        profession = reader.text(row, "profession")
        sex = reader.choice(row, "sexe", (WOMEN, MEN))
        end = int(reader.amount(row, "age_fin")) if row.cells["age_fin"] else None
        ages = AgeClass(int(reader.amount(row, "age_debut")), end)
        classes = found.setdefault(profession, {})
        if (sex, ages) in classes:
            reader.problem(row, "age_debut", "une ligne par sexe et classe d'âges")
        classes[sex, ages] = reader.amount(row, "effectif")
        origin.setdefault(profession, (row.cells["date"], reader.text(row, "source")))
    reader.check()
    return {
        profession: distribution(
            profession,
            classes,
            stocks.get(profession),
            origin[profession][0],
            Provenance((_source(path, *origin[profession]),)),
        )
        for profession, classes in found.items()
    }


def _source(path: Path, date: str, producer: str) -> Source:
    return Source(
        f"age-{path.stem}",
        producer,
        "professionnels par sexe et âge",
        date,
        licence="non précisée ; fournie par l'utilisateur",
    )


def _check(
    subject: str, classes: Mapping[tuple[str, AgeClass], float], stock: float | None
) -> None:
    every = sorted({ages for _, ages in classes}, key=lambda ages: ages.start)
    problems = _overlaps(subject, every)
    problems += [
        # An absent class is unknown, not empty: zero must be written.
        Problem(
            f"{subject}, {ages.label}",
            "un seul sexe",
            "une valeur pour les femmes et une pour les hommes",
            "ajouter la ligne qui manque, avec 0 s'il n'y a personne",
        )
        for ages in every
        if {(WOMEN, ages), (MEN, ages)} - set(classes)
    ]
    total = sum(classes.values())
    if stock is not None and abs(total - stock) > 1e-6:
        problems.append(
            Problem(
                subject,
                f"les classes font {number(total)}",
                f"l'effectif, {number(stock)}",
                "vérifier les classes, ou la date et la définition de l'effectif",
            )
        )
    if problems:
        raise DataError(problems)


def _overlaps(subject: str, every: Sequence[AgeClass]) -> list[Problem]:
    action = "donner des classes d'âges qui se suivent, les mêmes pour les deux sexes"
    return [
        Problem(
            subject, f"« {one.label} » puis « {two.label} »", "des classes qui se suivent", action
        )
        for one, two in pairwise(every)
        if one.end is None or two.start != one.end + 1
    ]
