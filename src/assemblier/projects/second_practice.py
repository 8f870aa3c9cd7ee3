"""A second practice a few hours a week: consultations, fees, bonus of the zone, tax saved."""

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from assemblier.aids.catalogue import dispositif
from assemblier.aids.legality.fields import Kind
from assemblier.figures import Nature
from assemblier.parameters import explain
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.cfe import QUESTIONS, base_rows
from assemblier.projects.entries import Entries, computed, fraction, guide
from assemblier.projects.expressions import ref, smallest, where_positive
from assemblier.projects.form import Answers, Form, question, share
from assemblier.projects.study import Drawn, Listing, Picture, Statement, Study, quantity

DAYS, HOURS = "jours", "heures"
_P = "aides.cstm."
_CHAPTER = "pages 58 et suivantes"

FORM = Form(
    "multi-site",
    "Consultations dans un second cabinet",
    (
        question("nom", "Nom du projet", Kind.TEXTE),
        question("heures_semaine", "Heures de consultation par semaine", is_required=True, most=60),
        question("jours_an", "Jours de consultation par an"),
        question("semaines", "Semaines par an", most=52),
        question("minutes", "Durée d'une consultation, en minutes", least=1),
        question("tarif", "Tarif d'une consultation, en €"),
        share("presence", "Part des rendez-vous honorés"),
        question("zone", "Zone du second cabinet", Kind.CHOIX, ("zip", "zac", "hz")),
        question(
            "seuil",
            "Seuil d'activité retenu : 10 jours par an, ou 10 heures par mois",
            Kind.CHOIX,
            (DAYS, HOURS),
        ),
        question("population", "Habitants à portée du second cabinet"),
        *QUESTIONS[:-1],
        share("fourchette", "De combien déplacer les hypothèses"),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return what a second practice brings to patients and to the doctor, in euros.

    Always true
    -----------
    Outside the zones of the contract, or under its threshold, there is no bonus.
    """
    entries = Entries(answers, on)
    threshold = answers.get("seuil") or DAYS
    calculation = Calculation(tuple(_blocks(entries, answers, threshold, on)))
    return Study(
        FORM.kind,
        "Consultations dans un second cabinet",
        answers.get("nom") or "second cabinet",
        on,
        calculation,
        tuple(_findings(calculation)),
        ("consultations", 0),
        (
            Picture(
                "apport",
                "Ce que le second cabinet apporte au médecin",
                Drawn.BARS,
                ("honoraires", "majoration"),
                "La majoration s'ajoute aux honoraires de la zone.",
            ),
        ),
        (_thresholds(on),),
        _WARNINGS,
        sources=(guide(_CHAPTER),),
    )


def bonus_is_open(zone: str | None, on: dt.date) -> tuple[bool, str]:
    """Return whether the contract that raises fees is open, and why not."""
    contract = dispositif("CSTM")
    zones = explain(f"{_P}zones", on).value
    if contract.ferme and on > dt.date.fromisoformat(contract.ferme):
        return False, f"le contrat ne se signe plus depuis le {contract.ferme}"
    if zone is None:
        return False, "la zone n'est pas dite"
    if zone.upper() not in zones:
        return False, f"le contrat vise {', '.join(zones)} ; le cabinet est en {zone.upper()}"
    return True, f"zone {zone.upper()}"


def _blocks(entries: Entries, answers: Answers, threshold: str, on: dt.date) -> Iterator[Block]:
    yield Block("Le second cabinet", tuple(_activity(entries)))
    yield Block(
        "Majoration des honoraires (contrat de solidarité territoriale médecin)",
        tuple(_bonus(entries, answers, threshold, on)),
    )
    taxed = any(answers.get(one.key) is not None for one in QUESTIONS[:-1])
    if taxed:
        yield Block("Cotisation foncière des entreprises", tuple(base_rows(entries)))
    gain = ref("majoration") + ref("economie") if taxed else ref("majoration")
    yield Block(
        "En tout",
        (computed("gain", "ce que les mesures apportent au médecin", "€ par an", gain),),
    )


def _activity(entries: Entries) -> Iterator[Row]:
    entry = entries.entry
    yield entry("heures_semaine", "heures de consultation", "heures par semaine")
    yield entry("semaines", "semaines par an", "semaines", "projets.acte.semaines_an", ranged=True)
    yield entry(
        "minutes",
        "durée d'une consultation",
        "minutes",
        "medecin_generaliste.temps.minutes_consultation",
        ranged=True,
    )
    yield entry("presence", "rendez-vous honorés", "%", "projets.acte.presence", ranged=True)
    yield entry("tarif", "tarif d'une consultation", "€", "projets.acte.tarif_consultation")
    yield computed(
        "consultations",
        "consultations",
        "par an",
        ref("heures_semaine") * ref("semaines") * 60 / ref("minutes") * ref("presence") / 100,
    )
    yield computed("honoraires", "honoraires", "€ par an", ref("consultations") * ref("tarif"))
    yield entry("population", "habitants à portée", "habitants")
    yield computed(
        "consultations_habitant",
        "consultations de plus par habitant à portée",
        "par an et par habitant",
        ref("consultations") / ref("population"),
        2,
    )


def _bonus(entries: Entries, answers: Answers, threshold: str, on: dt.date) -> Iterator[Row]:
    is_open, why = bonus_is_open(answers.get("zone"), on)
    opened = Row(
        "ouvert",
        "contrat ouvert ici (1 : oui, 0 : non)",
        "",
        (Fraction(is_open),),
        origin=why,
        nature=Nature.CALCULE,
    )
    yield opened
    if threshold == DAYS:
        yield entries.entry("jours_an", "jours de consultation", "jours par an")
        yield entries.given("seuil", "seuil retenu", "jours par an", f"{_P}jours_minimum")
        activity = ref("jours_an")
    else:
        yield computed(
            "heures_mois",
            "heures de consultation par mois",
            "heures",
            ref("heures_semaine") * ref("semaines") / 12,
            1,
        )
        yield entries.given("seuil", "seuil retenu", "heures par mois", f"{_P}heures_mois")
        activity = ref("heures_mois")
    yield computed(
        "manque", "ce qui manque pour atteindre le seuil", "", ref("seuil") - activity, 1
    )
    yield entries.given("taux_majoration", "majoration des honoraires", "%", f"{_P}taux")
    yield entries.given("plafond", "majoration, au plus", "€ par an", f"{_P}plafond")
    full = smallest(ref("honoraires") * ref("taux_majoration") / 100, ref("plafond"))

    yield computed(
        "majoration",
        "majoration",
        "€ par an",
        where_positive(ref("manque"), 0, ref("ouvert") * full),
    )


def _thresholds(on: dt.date) -> Listing:
    rows = []
    for name, key in (("10 jours par an", "jours_minimum"), ("10 heures par mois", "heures_mois")):
        found = explain(f"{_P}{key}", on)
        rows.append(
            (name, f"{fraction(found.value)} {found.unit}", found.reference, str(found.confidence))
        )
    return Listing(
        "seuils",
        "Deux seuils d'activité dans les documents, à choisir par « seuil »",
        ("Seuil", "Valeur", "Source", "Fiabilité"),
        tuple(rows),
    )


def _findings(calculation: Calculation) -> Iterator[Statement]:
    yield Statement(
        f"Le second cabinet offre {quantity(calculation.value('consultations'), 'consultations')} "
        f"par an, pour {quantity(calculation.value('honoraires'), '€')} d'honoraires.",
        (("consultations", 0), ("honoraires", 0)),
    )
    bonus = calculation.value("majoration")
    why = calculation.row_of["ouvert"].origin
    yield Statement(
        f"Majoration des honoraires : {quantity(bonus, '€ par an')} ({why}).",
        (("majoration", 0),),
    )
    tax = calculation.value("economie") if "economie" in calculation.row_of else None
    if tax is not None:
        yield Statement(
            f"L'exonération de CFE épargne {quantity(tax, '€ par an')} au médecin.",
            (("economie", 0),),
        )


_WARNINGS = (
    "L'effet sur l'accessibilité de chaque commune se calcule par « assemblier scenario » ; ici, "
    "les consultations sont rapportées aux seuls habitants dits à portée.",
    "Ce que le médecin consulte ici, il ne le consulte pas ailleurs : c'est un partage.",
    "L'exonération de CFE suppose une délibération de la commune ou de l'intercommunalité.",
)
