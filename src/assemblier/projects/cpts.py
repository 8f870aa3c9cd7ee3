"""A CPTS: its size, what the Assurance maladie pays for it, what must not overlap."""

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.figures import Confidence, Nature
from assemblier.parameters import explain
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, fraction, guide, panorama
from assemblier.projects.expressions import Expression, ref, where_positive
from assemblier.projects.form import Answers, Form, Rows, question, share
from assemblier.projects.study import (
    Drawn,
    Listing,
    Picture,
    Refusal,
    Statement,
    Study,
    quantity,
)
from assemblier.territory import Perimeter
from assemblier.territory.inhabitants import population

SIZES = 4
VERSIONS = (dt.date(2019, 12, 31), dt.date(2023, 3, 9))
"""The two published ranges: the guide of 2019 and the presentation of 2023."""
_A = "aides.aci_cpts."
_F = "cpts.financement."
_CHAPTER = "pages 80 et suivantes"

FORM = Form(
    "cpts",
    "Communauté professionnelle territoriale de santé",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question("territoire", "Son territoire", Kind.TERRITOIRE),
        question("population", "Habitants, si le territoire n'est pas dit"),
        question("professionnels", "Professionnels de santé du territoire"),
        share("missions", "Part des financements de missions obtenue (résultats)"),
    ),
    (
        Rows(
            "existantes",
            "CPTS existantes",
            (
                question("nom", "Son nom", Kind.TEXTE, is_required=True),
                question("territoire", "Son territoire", Kind.TERRITOIRE, is_required=True),
            ),
        ),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return the size of a CPTS and its financing, in the version of the day.

    Always true
    -----------
    With every mission done, the financing lies in the published range, and never falls when the
    population grows.
    """
    calculation = calculation_of(answers, on)
    return Study(
        FORM.kind,
        "Financement d'une CPTS",
        answers.get("nom") or "CPTS",
        on,
        calculation,
        tuple(_findings(calculation, answers, on)),
        ("financement", 0),
        (
            Picture(
                "volets",
                "Les deux volets du financement",
                Drawn.BARS,
                ("fonctionnement", "missions_plein", "plein"),
                "Le fonctionnement, puis les missions selon les résultats.",
            ),
        ),
        (_versions(answers),),
        _WARNINGS,
        tuple(overlaps(answers)),
        (guide(_CHAPTER), panorama(34)),
    )


def calculation_of(answers: Answers, on: dt.date) -> Calculation:
    """Return the financing of a CPTS with the range published at a date."""
    entries = Entries(answers, on)
    return Calculation(
        (
            Block("La communauté", tuple(_community(entries, answers))),
            Block("Le barème", tuple(_scale(entries))),
            Block("Le financement", tuple(_financing(entries, answers))),
        )
    )


def _community(entries: Entries, answers: Answers) -> Iterator[Row]:
    perimeter = answers.get("territoire")
    if isinstance(perimeter, Perimeter):
        people = population(perimeter)
        value = None if people.value is None else fraction(people.value)
        source = people.provenance.sources[0] if people.provenance.sources else None
        yield Row(
            "population",
            "habitants",
            "habitants",
            (value,),
            0,
            f"{perimeter.nom}, population {people.vintage}",
            Confidence.CONFIRME,
            source=source,
        )
    else:
        yield entries.entry("population", "habitants", "habitants", ranged=True)
    if answers.get("professionnels") is not None:
        yield entries.entry("professionnels", "professionnels de santé", "professionnels")
        yield computed(
            "par_professionnel",
            "financement par professionnel",
            "€ par an",
            ref("financement") / ref("professionnels"),
        )


def _scale(entries: Entries) -> Iterator[Row]:
    yield entries.given("bas", "bas de la fourchette publiée", "€ par an", f"{_F}minimum")
    yield entries.given("haut", "haut de la fourchette publiée", "€ par an", f"{_F}maximum")
    for rank in range(SIZES):
        yield entries.listed(
            f"{_A}maximum_taille",
            rank,
            f"maximum_{rank}",
            f"maximum de 2019, taille {rank + 1}",
            "€ par an",
        )
    for rank in range(1, SIZES):
        yield entries.listed(
            f"{_A}tailles",
            rank,
            f"seuil_{rank}",
            f"habitants où commence la taille {rank + 1}",
            "habitants",
        )
    yield entries.given(
        "fonctionnement_bas",
        "fonctionnement, plus petite taille",
        "€ par an",
        f"{_A}fonctionnement_minimum",
    )
    yield entries.given(
        "fonctionnement_haut",
        "fonctionnement, plus grande taille",
        "€ par an",
        f"{_A}fonctionnement_maximum",
    )
    last = SIZES - 1
    spread = ref(f"maximum_{last}") - ref("maximum_0")
    for rank in range(SIZES):
        # Only the ends are published: the sizes between keep the spacing of the maxima of 2019.
        place = (ref(f"maximum_{rank}") - ref("maximum_0")) / spread
        yield computed(
            f"plein_{rank}",
            f"financement plein, taille {rank + 1}",
            "€ par an",
            ref("bas") + place * (ref("haut") - ref("bas")),
        )
        yield computed(
            f"fonctionnement_{rank}",
            f"fonctionnement, taille {rank + 1}",
            "€ par an",
            ref("fonctionnement_bas")
            + place * (ref("fonctionnement_haut") - ref("fonctionnement_bas")),
        )


def _by_size(prefix: str) -> Expression:
    """Return the row of the size of the population."""
    found: Expression = ref(f"{prefix}_{SIZES - 1}")
    for rank in range(SIZES - 1, 0, -1):
        found = where_positive(
            ref(f"seuil_{rank}") - ref("population"), ref(f"{prefix}_{rank - 1}"), found
        )
    return found


def _rank() -> Expression:
    found: Expression = ref("seuil_1") * 0 + SIZES
    for rank in range(SIZES - 1, 0, -1):
        found = where_positive(ref(f"seuil_{rank}") - ref("population"), rank, found)
    return found


def _financing(entries: Entries, answers: Answers) -> Iterator[Row]:
    yield computed("taille", "taille", "", _rank())
    yield computed("plein", "financement, toutes missions faites", "€ par an", _by_size("plein"))
    yield computed(
        "fonctionnement", "premier volet : fonctionnement", "€ par an", _by_size("fonctionnement")
    )
    yield computed(
        "missions_plein",
        "second volet : missions, au plus",
        "€ par an",
        ref("plein") - ref("fonctionnement"),
    )
    yield (
        entries.entry("missions", "part obtenue selon les résultats", "%", ranged=True)
        if answers.get("missions") is not None
        else Row(
            "missions",
            "part obtenue selon les résultats",
            "%",
            (Fraction(100),),
            origin="toutes missions faites, faute de réponse",
            nature=Nature.ESTIME,
        )
    )
    yield computed(
        "financement",
        "financement",
        "€ par an",
        ref("fonctionnement") + ref("missions_plein") * ref("missions") / 100,
    )


def _findings(calculation: Calculation, answers: Answers, on: dt.date) -> Iterator[Statement]:
    low, high = (quantity(calculation.value(key), "€") for key in ("bas", "haut"))
    size, full = calculation.value("taille"), calculation.value("plein")
    if size is None:
        yield Statement("La population n'est pas dite : le financement n'est pas disponible.")
        return
    yield Statement(
        f"CPTS de taille {size} : {quantity(full, '€ par an')} toutes missions faites, dans une "
        f"fourchette publiée de {low} à {high} ({_version_name(on)}).",
        (("plein", 0), ("population", 0)),
    )
    if answers.get("missions") is not None:
        paid = quantity(calculation.value("financement"), "€ par an")
        yield Statement(f"Avec la part de missions dite : {paid}.", (("financement", 0),))


def _version_name(on: dt.date) -> str:
    return "version de 2023" if on >= explain(f"{_F}minimum", VERSIONS[1]).since else "version 2019"


def _versions(answers: Answers) -> Listing:
    rows = []
    for day in VERSIONS:
        found = calculation_of(answers, day)
        rows.append(
            (
                str(day.year),
                quantity(found.value("bas"), "€"),
                quantity(found.value("haut"), "€"),
                quantity(found.value("plein"), "€ par an"),
            )
        )
    return Listing(
        "versions",
        "Les deux fourchettes publiées",
        ("Version", "Au moins", "Au plus", "Pour cette CPTS"),
        tuple(rows),
        "La première est du guide de 2019, la seconde de la présentation de mars 2023.",
        (guide(_CHAPTER), panorama(34)),
    )


def overlaps(answers: Answers) -> Iterator[Refusal]:
    """Yield a refusal for each existing CPTS that shares a commune with the project."""
    here = answers.get("territoire")
    if not isinstance(here, Perimeter):
        return
    for one in answers.rows("existantes"):
        shared = sorted(set(here.codes) & set(_codes(one)))
        if shared:
            names = _names(shared)
            yield Refusal(
                f"un territoire commun avec la CPTS {one['nom']}",
                f"deux CPTS ne peuvent pas se superposer ; communes communes : {names}.",
                "retirer ces communes, ou rejoindre cette CPTS.",
            )


def _codes(one: Mapping[str, Any]) -> tuple[str, ...]:
    perimeter = one.get("territoire")
    return perimeter.codes if isinstance(perimeter, Perimeter) else ()


def _names(codes: list[str]) -> str:
    from assemblier import data

    names = dict(data.communes().select("code_commune", "nom").iter_rows())
    said = [names[code] for code in codes[:6]]
    more = f" et {len(codes) - 6} autres" if len(codes) > 6 else ""
    return ", ".join(said) + more


_WARNINGS = (
    "Seules les deux bornes de la fourchette sont publiées : les tailles intermédiaires sont "
    "placées à proportion des maximums de 2019, et chaque montant est à confirmer par la CPAM.",
    "Le volet des missions dépend des objectifs atteints, appréciés chaque année.",
    "Sans la liste des CPTS existantes et de leurs territoires, le recouvrement n'est pas vérifié.",
)
