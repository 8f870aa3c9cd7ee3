"""A maison de santé: is it the right project, is the team enough, who pays its running costs."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.figures import Nature
from assemblier.parameters import explain
from assemblier.projects.benchmarks import msp_benchmark
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, guide, panorama
from assemblier.projects.expressions import largest, ref, smallest, summed
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

_CHAPTER = "pages 48 et suivantes"
EMPTY_PREMISES = (
    "il nécessite l'engagement fort de professionnels libéraux : s'il n'y a pas de candidats, "
    "mieux vaut envisager une autre solution, au risque de se retrouver avec des locaux vides"
)
COSTS = {
    "loyer": "loyer",
    "secretariat": "secrétariat",
    "entretien": "entretien et énergie",
    "systeme_information": "système d'information",
    "autres": "autres charges communes",
}
PREREQUISITES = {
    "horaires": "horaires d'ouverture et soins non programmés",
    "travail_equipe": "travail en équipe",
    "systeme_partage": "système d'information partagé",
}

FORM = Form(
    "msp",
    "Maison de santé pluriprofessionnelle",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question("medecins", "Médecins libéraux engagés", Kind.ENTIER, is_required=True),
        question("paramedicaux", "Paramédicaux libéraux engagés", Kind.ENTIER, is_required=True),
        question(
            "medecins_region", "Médecins exigés par le cahier des charges de la région", Kind.ENTIER
        ),
        question("paramedicaux_region", "Paramédicaux exigés par la région", Kind.ENTIER),
        *(question(key, f"{label.capitalize()}, en € par an") for key, label in COSTS.items()),
        question("aci", "Financement attendu de l'accord conventionnel (ACI), en € par an"),
        *(
            question(key, f"Prérequis de l'ACI : {label}", Kind.OUI_NON)
            for key, label in PREREQUISITES.items()
        ),
        share("part_charges", "Part de l'ACI affectée aux charges communes"),
    ),
    (
        Rows(
            "professionnels",
            "Professionnels",
            (
                question("nom", "Qui (une profession, un cabinet)", Kind.TEXTE, is_required=True),
                question("cle", "Clé de répartition : m², heures ou parts", is_required=True),
            ),
        ),
    ),
)


class Gate(StrEnum):
    """Whether the project of a maison de santé is pertinent."""

    OPEN = "ouverte"
    FRAGILE = "à consolider"
    CLOSED = "fermée"


@dataclass(frozen=True, slots=True)
class Pertinence:
    """The answer of the gate: whether to go on, why, what else there is."""

    gate: Gate
    why: str
    others: tuple[str, ...]


OTHERS = (
    "un centre de santé, dont les professionnels sont salariés",
    "l'exercice multi-site de médecins voisins",
    "la télémédecine, dans un lieu de soins",
    "la médecine itinérante, pour un public isolé ou peu mobile",
)


def pertinence(doctors: int, others: int, on: dt.date) -> Pertinence:
    """Return whether committed professionals are enough to go on with a maison de santé.

    Examples
    --------
    >>> str(pertinence(0, 0, dt.date(2019, 12, 31)).gate)
    'fermée'
    """
    least = explain("aides.legalite.sisa.medecins", on).value
    least_others = explain("aides.legalite.sisa.auxiliaires", on).value
    if doctors + others == 0:
        return Pertinence(Gate.CLOSED, f"« {EMPTY_PREMISES} »", OTHERS)
    if doctors >= least and others >= least_others:
        why = f"{_team_text(doctors, others)}."
        return Pertinence(Gate.OPEN, why, ())
    why = f"l'équipe n'est pas complète ({_team_text(doctors, others)}) : « {EMPTY_PREMISES} »"
    return Pertinence(Gate.FRAGILE, why, OTHERS)


def _team_text(doctors: int, others: int) -> str:
    told = (quantity(Fraction(doctors), "médecins"), quantity(Fraction(others), "paramédicaux"))
    return f"engagés : {told[0]}, {told[1]}"


def team_refusals(answers: Answers, on: dt.date) -> tuple[Refusal, ...]:
    """Return why the agency and the Assurance maladie may not finance this team; none if they may.

    The region may ask for more than the law, never for less.
    """
    found = []
    for key, rule, name in (
        ("medecins", "medecins", "médecins"),
        ("paramedicaux", "auxiliaires", "paramédicaux"),
    ):
        law = explain(f"aides.legalite.sisa.{rule}", on)
        asked = answers.number(f"{key}_region")
        least = law.value if asked is None else max(law.value, int(asked))
        here = answers.number(key)
        if here is not None and here < least:
            who = "le cahier des charges de la région" if least > law.value else law.reference
            found.append(
                Refusal(
                    "les financements de l'ARS et de l'Assurance maladie",
                    f"{quantity(here, f'{name} engagés')}, {least} au moins ({who}).",
                    f"réunir {quantity(Fraction(least), name)} dans une SISA avant de les "
                    "demander.",
                )
            )
    return tuple(found)


def study(answers: Answers, on: dt.date) -> Study:
    """Return the gate, the team, the ACI and the share of each professional.

    Always true
    -----------
    The shares of the professionals sum to the costs.
    """
    entries = Entries(answers, on)
    calculation = Calculation(tuple(_blocks(entries, answers, on)))
    gate = pertinence(int(answers.get("medecins")), int(answers.get("paramedicaux")), on)
    people = answers.rows("professionnels")
    return Study(
        FORM.kind,
        "Maison de santé pluriprofessionnelle",
        answers.get("nom") or "maison de santé",
        on,
        calculation,
        tuple(_findings(calculation, gate, people)),
        ("charges", 0),
        (_TEAM, *_pictures(calculation, people)),
        (*_gate_listing(gate), aci_listing(on)),
        (*_unmet(answers), *_WARNINGS),
        team_refusals(answers, on),
        (guide(_CHAPTER),),
    )


def _blocks(entries: Entries, answers: Answers, on: dt.date) -> Iterator[Block]:
    yield Block("L'équipe", tuple(_team(entries)))
    people = answers.rows("professionnels")
    asked = any(answers.get(key) is not None for key in COSTS)
    yield Block("Les charges communes", tuple(_costs(entries, asked)))
    yield Block("L'accord conventionnel (ACI)", tuple(_aci(entries, answers)))
    if people:
        yield Block("Ce que paie chacun", tuple(_shares(entries, people)))
    yield msp_benchmark(on)


def _team(entries: Entries) -> Iterator[Row]:
    yield entries.entry("medecins", "médecins engagés", "médecins")
    yield entries.entry("paramedicaux", "paramédicaux engagés", "paramédicaux")
    yield entries.given(
        "sisa_medecins", "médecins, au moins (SISA)", "médecins", "aides.legalite.sisa.medecins"
    )
    yield entries.given(
        "sisa_auxiliaires",
        "paramédicaux, au moins (SISA)",
        "paramédicaux",
        "aides.legalite.sisa.auxiliaires",
    )


def _costs(entries: Entries, asked: bool) -> Iterator[Row]:
    """Yield each cost: once one is told, those that are not count for nothing."""
    for key, label in COSTS.items():
        yield entries.entry(key, label, "€ par an", optional=asked, ranged=True)
    yield computed("charges", "charges communes", "€ par an", summed(*(ref(key) for key in COSTS)))


def _aci(entries: Entries, answers: Answers) -> Iterator[Row]:
    unmet = any(answers.get(key) is False for key in PREREQUISITES)
    if unmet:
        yield Row(
            "aci",
            "financement de l'ACI",
            "€ par an",
            (Fraction(0),),
            origin="un prérequis n'est pas rempli : rien n'est versé",
            nature=Nature.CALCULE,
        )
    else:
        yield entries.entry("aci", "financement de l'ACI", "€ par an")
    yield entries.given(
        "aci_repere",
        "ordre de grandeur des documents",
        "€ par an",
        "aides.aci_msp.ordre_de_grandeur",
    )
    yield (
        entries.entry("part_charges", "part affectée aux charges communes", "%")
        if answers.get("part_charges") is not None
        else Row(
            "part_charges",
            "part affectée aux charges communes",
            "%",
            (Fraction(100),),
            origin="toute, faute de réponse",
            nature=Nature.ESTIME,
        )
    )
    yield computed(
        "aci_charges",
        "ACI qui réduit les charges",
        "€ par an",
        smallest(ref("charges"), ref("aci") * ref("part_charges") / 100),
    )
    yield computed(
        "reste",
        "charges à répartir, ACI déduit",
        "€ par an",
        largest(0, ref("charges") - ref("aci_charges")),
    )


def _shares(entries: Entries, people: tuple[Mapping[str, Any], ...]) -> Iterator[Row]:
    each = range(1, len(people) + 1)
    for rank, one in enumerate(people, start=1):
        yield entries.said(f"cle_{rank}", f"clé de {one['nom']}", "parts", one["cle"])
    yield computed("cles", "somme des clés", "parts", summed(*(ref(f"cle_{r}") for r in each)), 2)
    for rank, one in enumerate(people, start=1):
        share_of = ref(f"cle_{rank}") / ref("cles")
        yield computed(
            f"brut_{rank}", f"{one['nom']}, sans ACI", "€ par an", ref("charges") * share_of, 2
        )
        yield computed(
            f"net_{rank}", f"{one['nom']}, ACI déduit", "€ par an", ref("reste") * share_of, 2
        )
    yield computed(
        "somme",
        "somme des parts, sans ACI",
        "€ par an",
        summed(*(ref(f"brut_{rank}") for rank in each)),
        2,
    )
    yield computed(
        "moyenne",
        "charge moyenne d'un professionnel, sans ACI",
        "€ par an",
        ref("charges") / len(people),
        2,
    )


def aci_listing(on: dt.date) -> Listing:
    """Return what the documents say of the ACI, both statements with their dates."""
    rows = [
        (
            "2019",
            "« Ces financements peuvent atteindre 70 000 € par an et par structure »",
            "guide pour les élus",
        ),
        ("9 mars 2023", "« Rémunération moyenne : 70 000 euros »", "présentation de Haute-Loire"),
    ]
    for year in (2022, 2023):
        day = dt.date(year, 12, 31)
        if on >= dt.date(year, 1, 1):
            found = explain("aides.aci_msp.moyenne", day)
            rows.append(
                (
                    str(year),
                    f"moyenne versée : {quantity(Fraction(found.value), '€')}",
                    f"{found.reference} ({found.confidence})",
                )
            )
    return Listing(
        "aci",
        "Le financement de l'accord conventionnel : les documents ne disent pas la même chose",
        ("Date", "Ce qui est dit", "Source"),
        tuple(rows),
        "L'un dit un maximum, l'autre une moyenne, du même montant : les deux sont gardés.",
        (guide(_CHAPTER), panorama(34)),
    )


def _gate_listing(gate: Pertinence) -> Iterator[Listing]:
    if gate.others:
        yield Listing(
            "autres",
            "Ce qui peut être envisagé à la place",
            ("Solution",),
            tuple((one,) for one in gate.others),
            "",
            (guide("pages 6 et suivantes"),),
        )


def _findings(
    calculation: Calculation, gate: Pertinence, people: tuple[Mapping[str, Any], ...]
) -> Iterator[Statement]:
    yield Statement(f"La voie de la maison de santé est {gate.gate} : {gate.why}")
    costs, left = calculation.value("charges"), calculation.value("reste")
    if costs is None:
        yield Statement(
            "Les charges communes ne sont pas disponibles ; à dire : "
            f"{', '.join(COSTS.values())}. Leur partage n'est pas calculé."
        )
        return
    shared = (
        "l'ACI n'est pas dit : ce qu'il en laisserait à répartir n'est pas disponible"
        if left is None
        else f"ACI déduit, il reste {quantity(left, '€')} à répartir"
    )
    yield Statement(
        f"Les charges communes sont de {quantity(costs, '€ par an')} ; {shared}.",
        (("charges", 0), *((("reste", 0),) if left is not None else ())),
    )
    if people:
        mean = calculation.value("moyenne")
        yield Statement(
            f"Sans ACI, un professionnel paie en moyenne {quantity(mean, '€ par an')}.",
            (("moyenne", 0),),
        )


def _pictures(
    calculation: Calculation, people: tuple[Mapping[str, Any], ...]
) -> tuple[Picture, ...]:
    if calculation.value("charges") is None:
        return ()
    shared = Picture(
        "charges",
        "Les charges communes",
        Drawn.BARS,
        tuple(COSTS),
        "Chaque barre est une charge payée ensemble.",
    )
    if not people:
        return (shared,)
    keys = tuple(f"brut_{rank}" for rank in range(1, len(people) + 1))
    return (
        shared,
        Picture(
            "parts",
            "Ce que paie chacun, sans ACI",
            Drawn.BARS,
            keys,
            "Les charges sont réparties selon la clé dite.",
        ),
    )


_TEAM = Picture(
    "equipe",
    "L'équipe, et le minimum d'une SISA",
    Drawn.BARS,
    ("medecins", "sisa_medecins", "paramedicaux", "sisa_auxiliaires"),
    "Une barre plus courte que son minimum ferme les financements.",
)


def _unmet(answers: Answers) -> Iterator[str]:
    for key, label in PREREQUISITES.items():
        if answers.get(key) is False:
            yield f"Prérequis de l'ACI non rempli : {label}."
        elif answers.get(key) is None:
            yield f"Prérequis de l'ACI, à dire : {label}."


_WARNINGS = (
    "En principe, les pouvoirs publics n'interviennent pas dans l'équilibre économique de la "
    "structure : les charges communes sont payées par les professionnels.",
    "Le plan de financement des locaux se construit par « assemblier projet financement ».",
)
