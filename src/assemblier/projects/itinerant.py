"""A mobile unit against fixed consulting rooms: hours on the road are not consultations."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, guide
from assemblier.projects.expressions import largest, ref, summed
from assemblier.projects.form import Answers, Form, Rows, question, share
from assemblier.projects.study import Drawn, Picture, Refusal, Statement, Study, quantity

_CHAPTER = "pages 58 et suivantes"

FORM = Form(
    "itinerance",
    "Médecine itinérante ou lieux fixes",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question("heures_semaine", "Heures de travail par semaine", is_required=True, most=168),
        question("trajet_heures", "Heures de trajet par semaine, si la tournée n'est pas décrite"),
        question("trajet_fixe", "Heures de trajet par semaine avec des lieux fixes (multi-site)"),
        question("minutes", "Durée d'une consultation, en minutes", least=1),
        question("tarif", "Tarif d'une consultation, en €"),
        question("semaines", "Semaines par an", most=52),
        share("presence", "Part des rendez-vous honorés"),
        question("cout_personnel", "Salaires annuels (médecin, chauffeur), en €"),
        question("cout_vehicule", "Coût annuel du véhicule équipé, en €"),
        question("cout_km", "Coût d'un kilomètre, en €"),
        question(
            "public",
            "Le public visé",
            Kind.CHOIX,
            ("general", "peu_mobile", "isole", "eloigne_du_soin"),
        ),
        share("fourchette", "De combien déplacer les hypothèses"),
    ),
    (
        Rows(
            "tournee",
            "Tournée",
            (
                question("lieu", "Le lieu où l'on consulte", Kind.TEXTE, is_required=True),
                question("minutes", "Minutes de route pour y arriver", is_required=True),
                question("kilometres", "Kilomètres pour y arriver"),
                question("passages", "Passages par semaine"),
            ),
        ),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return hours, consultations and balance of both.

    Always true
    -----------
    Consulting hours are the hours worked less those on the road.
    A longer route never gives more consultations.
    The subsidy is the cost less the revenue, never negative.
    """
    entries = Entries(answers, on)
    calculation = Calculation(tuple(_blocks(entries, answers)))
    isolated = answers.get("public") not in (None, "general")
    return Study(
        FORM.kind,
        "Médecine itinérante ou lieux fixes",
        answers.get("nom") or "projet",
        on,
        calculation,
        tuple(_findings(calculation, isolated)),
        ("consultations_mobile", 0),
        (
            Picture(
                "heures",
                "Heures de consultation par semaine",
                Drawn.BARS,
                ("heures_mobile", "heures_fixe"),
                "Les heures passées sur la route sont autant d'heures de consultation en moins.",
            ),
        ),
        (),
        (
            "Le code de déontologie interdit la médecine foraine : l'Ordre doit autoriser l'unité "
            "mobile, lieux et horaires étant fixés à l'avance (« assemblier verifier "
            "medecine-itinerante »).",
            "Les heures de route ne sont pas facturables à l'Assurance maladie.",
        ),
        tuple(_refusals(calculation)),
        (guide(_CHAPTER),),
    )


def _blocks(entries: Entries, answers: Answers) -> Iterator[Block]:
    stops = answers.rows("tournee")
    if stops:
        yield Block("La tournée", tuple(_stops(entries, stops)))
    yield Block("Le temps", tuple(_hours(entries, bool(stops))))
    yield Block("L'argent", tuple(_money(entries, bool(stops))))


def _stops(entries: Entries, stops: tuple[Mapping[str, Any], ...]) -> Iterator[Row]:
    for rank, stop in enumerate(stops, start=1):
        place = stop["lieu"]
        yield entries.said(f"route_{rank}", f"route vers {place}", "minutes", stop["minutes"])
        yield entries.said(
            f"passages_{rank}", f"passages à {place}", "par semaine", stop.get("passages", 1)
        )
        yield entries.said(f"km_{rank}", f"distance vers {place}", "km", stop.get("kilometres"))
    each = range(1, len(stops) + 1)
    roads = summed(*(ref(f"route_{rank}") * ref(f"passages_{rank}") for rank in each))
    yield computed("trajet_heures", "heures de trajet", "heures par semaine", roads / 60, 2)
    yield computed(
        "kilometres",
        "kilomètres",
        "km par semaine",
        summed(*(ref(f"km_{rank}") * ref(f"passages_{rank}") for rank in each)),
    )


def _hours(entries: Entries, is_described: bool) -> Iterator[Row]:
    yield entries.entry("heures_semaine", "heures de travail", "heures par semaine")
    if not is_described:
        yield entries.entry("trajet_heures", "heures de trajet", "heures par semaine")
    yield entries.entry(
        "trajet_fixe", "heures de trajet, lieux fixes", "heures par semaine", optional=True
    )
    yield entries.entry(
        "minutes",
        "durée d'une consultation",
        "minutes",
        "medecin_generaliste.temps.minutes_consultation",
        ranged=True,
    )
    yield entries.entry(
        "presence", "rendez-vous honorés", "%", "projets.acte.presence", ranged=True
    )
    for key, name in (("mobile", "itinérante"), ("fixe", "en lieux fixes")):
        road = ref("trajet_heures") if key == "mobile" else ref("trajet_fixe")
        yield computed(
            f"heures_{key}",
            f"heures de consultation, {name}",
            "heures par semaine",
            largest(0, ref("heures_semaine") - road),
            1,
        )
        yield computed(
            f"consultations_{key}",
            f"consultations, {name}",
            "par semaine",
            ref(f"heures_{key}") * 60 / ref("minutes") * ref("presence") / 100,
            1,
        )


def _money(entries: Entries, is_described: bool) -> Iterator[Row]:
    entry = entries.entry
    yield entry("tarif", "tarif d'une consultation", "€", "projets.acte.tarif_consultation")
    yield entry("semaines", "semaines par an", "semaines", "projets.acte.semaines_an", ranged=True)
    yield entry("cout_personnel", "salaires", "€ par an", ranged=True)
    yield entry("cout_vehicule", "véhicule équipé", "€ par an", ranged=True)
    cost = ref("cout_personnel") + ref("cout_vehicule")
    if is_described and entries.answers.get("cout_km") is not None:
        yield entry("cout_km", "coût d'un kilomètre", "€", ranged=True)
        yield computed(
            "cout_route",
            "coût de la route",
            "€ par an",
            ref("kilometres") * ref("semaines") * ref("cout_km"),
        )
        cost = cost + ref("cout_route")
    yield computed("cout", "coût", "€ par an", cost)
    yield computed(
        "recettes",
        "recettes",
        "€ par an",
        ref("consultations_mobile") * ref("semaines") * ref("tarif"),
    )
    yield computed(
        "subvention",
        "subvention d'équilibre",
        "€ par an",
        largest(0, ref("cout") - ref("recettes")),
    )
    yield computed(
        "subvention_consultation",
        "subvention par consultation",
        "€",
        ref("subvention") / (ref("consultations_mobile") * ref("semaines")),
        2,
    )


def _findings(calculation: Calculation, isolated: bool) -> Iterator[Statement]:
    mobile, fixed = (calculation.value(f"heures_{key}") for key in ("mobile", "fixe"))
    yield Statement(
        f"Itinérante, l'équipe consulte {quantity(mobile, 'heures par semaine', 1)} ; en lieux "
        f"fixes, {quantity(fixed, 'heures', 1)}.",
        (("heures_mobile", 0), ("heures_fixe", 0)),
    )
    if isolated:
        yield Statement(
            "Pour un public peu mobile, isolé ou éloigné du soin, l'unité mobile peut répondre."
        )
    else:
        yield Statement(
            "Recommandé : des lieux fixes (exercice multi-site), quitte à déplacer les patients "
            "les moins mobiles, sauf public peu mobile ou territoire isolé."
        )
    subsidy = calculation.value("subvention")
    if subsidy is not None:
        yield Statement(
            f"Il manque {quantity(subsidy, '€ par an')} : la plupart du temps, une subvention "
            "d'équilibre est nécessaire.",
            (("subvention", 0),),
        )


def _refusals(calculation: Calculation) -> Iterator[Refusal]:
    worked, road = calculation.value("heures_semaine"), calculation.value("trajet_heures")
    if worked is not None and road is not None and road >= worked:
        yield Refusal(
            "une tournée sans consultation",
            f"{quantity(road, 'heures de route', 1)} pour {quantity(worked, 'heures', 1)} de "
            "travail.",
            "raccourcir la tournée, ou choisir des lieux fixes.",
        )
