"""The aid for a medical assistant: so much a year, so many more patients, at what cost each."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from assemblier.aids.legality.fields import Kind
from assemblier.figures import Nature
from assemblier.french import NO_BREAK, number
from assemblier.parameters import Parameter, explain
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, fraction, panorama
from assemblier.projects.expressions import ref, total_of
from assemblier.projects.form import Answers, Form, question
from assemblier.projects.study import Drawn, Listing, Picture, Refusal, Statement, Study, quantity

OPTIONS = ("tiers_temps", "mi_temps", "plein_temps")
LABELS = {"tiers_temps": "tiers-temps", "mi_temps": "mi-temps", "plein_temps": "plein temps"}
ORDINARY, HIGH, VERY_HIGH = "activité ordinaire", "de P90 à P95", "au-delà de P95"
LEVELS = (ORDINARY, HIGH, VERY_HIGH)
YEARS = ("1re année", "2e année", "3e année et suivantes")
FULL_TIME_EVERYWHERE = dt.date(2024, 6, 22)
"""From this day the rule of `aids` opens the full time in every zone."""
THIRD_TIME_CLOSED = dt.date(2023, 5, 1)
GAIN_PUBLISHED = dt.date(2023, 3, 9)
"""The day the gain of patients was published; an earlier project is told it all the same."""
_P = "aides.assistant_medical."
_ZONES = "zonage.medecin.aides.assistant_medical"

FORM = Form(
    "assistant",
    "Aide à l'embauche d'un assistant médical",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question("temps", "Temps de travail de l'assistant", Kind.CHOIX, OPTIONS, is_required=True),
        question("zone", "Zone du cabinet pour les médecins", Kind.CHOIX, ("zip", "zac", "hz")),
        question(
            "rang", "Rang de la patientèle parmi les médecins de la spécialité (0 à 100)", most=100
        ),
        question("contrat_existant", "Le contrat a-t-il été signé avant mai 2023", Kind.OUI_NON),
        question("patientele", "Patients du médecin aujourd'hui"),
        question("assistants", "Assistants (un par médecin) dans le territoire"),
        question("cout_assistant", "Coût annuel de l'assistant pour le médecin, en €"),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return the schedule of the aid, the patients it brings and what each costs.

    Always true
    -----------
    Where many patients are followed, the aid is never smaller.
    """
    time = answers.get("temps")
    level = level_of(answers.number("rang"), on)
    entries = Entries(answers, on)
    calculation = Calculation(
        (
            Block(f"Aide : {LABELS[time]}, {level}", (schedule_row(time, level, on),), YEARS),
            Block("Sur trois ans", _totals(entries)),
            Block("Patients", _patients(Entries(answers, max(on, GAIN_PUBLISHED)))),
        )
    )
    return Study(
        FORM.kind,
        "Aide à l'embauche d'un assistant médical",
        answers.get("nom") or LABELS[time],
        on,
        calculation,
        tuple(_findings(calculation, level)),
        ("patients_haut", 0) if calculation.value("patients_haut") is not None else None,
        (_PICTURE,),
        (_levels(time, on),),
        _WARNINGS,
        tuple(_refusals(answers, on)),
        (panorama(35),),
    )


def level_of(rank: Fraction | None, on: dt.date) -> str:
    """Return the level of activity of a rank; unknown, the ordinary scale is shown as such."""
    if rank is None:
        return ORDINARY
    if rank > fraction(explain(f"{_P}rang_tres_forte_activite", on).value):
        return VERY_HIGH
    return HIGH if rank >= fraction(explain(f"{_P}rang_forte_activite", on).value) else ORDINARY


def schedule(time: str, level: str, on: dt.date) -> tuple[tuple[Fraction, ...], Parameter]:
    """Return the aid of each of the three years, and the parameter it was read in.

    Examples
    --------
    >>> [int(year) for year in schedule("plein_temps", ORDINARY, dt.date(2023, 3, 9))[0]]
    [36000, 27000, 21000]
    """
    found = explain(f"{_P}{time}", on)
    years = tuple(fraction(year) for year in found.value)
    if level == VERY_HIGH:
        high = explain(f"{_P}tres_forte_activite_{time}", on)
        return (fraction(high.value),) * len(years), high
    if level == HIGH:
        high = explain(f"{_P}forte_activite_{time}", on)
        return (*years[:-1], fraction(high.value)), high
    return years, found


def schedule_row(time: str, level: str, on: dt.date) -> Row:
    """Return the row of the aid, one cell a year."""
    years, found = schedule(time, level, on)
    return Row(
        "aide",
        "aide de l'Assurance maladie",
        "€ par an",
        years,
        0,
        found.as_text(),
        found.confidence,
    )


def _totals(entries: Entries) -> tuple[Row, ...]:
    rows = [computed("total", "aide sur trois ans", "€", total_of("aide", len(YEARS)))]
    if entries.answers.get("cout_assistant") is not None:
        rows += [
            entries.entry("cout_assistant", "coût de l'assistant", "€ par an"),
            computed(
                "reste",
                "reste à la charge du médecin sur trois ans",
                "€",
                3 * ref("cout_assistant") - ref("total"),
            ),
        ]
    return tuple(rows)


def _patients(entries: Entries) -> tuple[Row, ...]:
    p = "projets.assistant."
    said = entries.answers.get("assistants") is not None
    number_of = (
        entries.entry("assistants", "assistants", "assistants")
        if said
        else Row(
            "assistants",
            "assistants",
            "assistants",
            (Fraction(1),),
            origin="un seul",
            nature=Nature.ESTIME,
        )
    )
    more = ref("patientele") * ref("assistants") / 100
    return (
        entries.entry("patientele", "patients d'un médecin", "patients", ranged=True),
        number_of,
        entries.given("gain_bas", "hausse de la patientèle, au moins", "%", f"{p}gain_minimum"),
        entries.given("gain_haut", "hausse de la patientèle, au plus", "%", f"{p}gain_maximum"),
        computed("patients_bas", "patients de plus, au moins", "patients", more * ref("gain_bas")),
        computed("patients_haut", "patients de plus, au plus", "patients", more * ref("gain_haut")),
        computed(
            "suivis_bas",
            "patients suivis ensuite, au moins",
            "patients",
            ref("patientele") * ref("assistants") + ref("patients_bas"),
        ),
        computed(
            "suivis_haut",
            "patients suivis ensuite, au plus",
            "patients",
            ref("patientele") * ref("assistants") + ref("patients_haut"),
        ),
        computed(
            "cout_bas",
            "aide d'une année par patient de plus, au moins",
            "€ par patient",
            ref("aide", 2) * ref("assistants") / ref("patients_haut"),
            1,
        ),
        computed(
            "cout_haut",
            "aide d'une année par patient de plus, au plus",
            "€ par patient",
            ref("aide", 0) * ref("assistants") / ref("patients_bas"),
            1,
        ),
    )


def _findings(calculation: Calculation, level: str) -> Iterator[Statement]:
    years = [number(float(calculation.value("aide", year) or 0)) for year in range(3)]
    yield Statement(
        f"L'aide est de {years[0]}, {years[1]} puis {years[2]}{NO_BREAK}€ par an ({level}) : "
        f"{quantity(calculation.value('total'), '€')} sur trois ans.",
        (("total", 0),),
    )
    low, high = calculation.value("patients_bas"), calculation.value("patients_haut")
    if low is None or high is None:
        return
    yield Statement(
        f"La patientèle gagne de {quantity(low, '').strip()} à {quantity(high, 'patients')} : de "
        f"{quantity(calculation.value('suivis_bas'), '').strip()} à "
        f"{quantity(calculation.value('suivis_haut'), 'patients')} suivis.",
        (("patients_bas", 0), ("patients_haut", 0)),
    )


def _levels(time: str, on: dt.date) -> Listing:
    rows = []
    for level in LEVELS:
        years, _ = schedule(time, level, on)
        rows.append((level, *(quantity(year, "€") for year in (*years, sum(years, Fraction(0))))))
    return Listing(
        "bareme",
        f"Le barème du {LABELS[time]} selon l'activité",
        ("Activité du médecin", *YEARS, "Trois ans"),
        tuple(rows),
        "P90 et P95 : rang de la patientèle parmi les médecins de la spécialité.",
        (panorama(35),),
    )


def _refusals(answers: Answers, on: dt.date) -> Iterator[Refusal]:
    time, zone = answers.get("temps"), answers.get("zone")
    zones = explain(_ZONES, on).value
    if time == "plein_temps" and on < FULL_TIME_EVERYWHERE and zone and zone.upper() not in zones:
        yield Refusal(
            "un plein temps hors zone déficitaire",
            f"à cette date il n'est aidé qu'en {' et '.join(zones)}, le cabinet est en "
            f"{zone.upper()}.",
            "demander un mi-temps, ou une date à partir du 22 juin 2024.",
        )
    if time == "tiers_temps" and on >= THIRD_TIME_CLOSED and not answers.get("contrat_existant"):
        yield Refusal(
            "un tiers-temps nouveau",
            "il ne se signe plus depuis mai 2023.",
            "demander un mi-temps, ou dire que le contrat existait (contrat_existant: oui).",
        )


_PICTURE = Picture(
    "aide",
    "Aide de l'Assurance maladie, année après année",
    Drawn.LINES,
    ("aide",),
    "L'aide baisse les trois premières années, sauf pour les plus fortes activités.",
)
_WARNINGS = (
    "Le gain de patientèle est celui qu'annoncent l'ARS et l'Assurance maladie : ce n'est pas une "
    "mesure dans votre territoire.",
    "L'aide baisse si les objectifs de patientèle ne sont pas tenus.",
    "La condition de zone n'est vérifiée que si la zone est dite.",
)
