"""What to act on: practices at risk, practices to hand over, people in training."""

import datetime as dt
from collections.abc import Iterator, Sequence

from assemblier.aids.engine import Answer
from assemblier.figures import Nature
from assemblier.french import NO_BREAK, date_text, french_spaces, number
from assemblier.reports.apl_words import counted
from assemblier.reports.document import Align, Block, Cell, Column, Items, Section, Table, Tone
from assemblier.reports.projection.foreseen import Foreseen
from assemblier.reports.projection.words import at_risk_finding, handover_finding
from assemblier.scenarios.at_risk import BASSIN, SEARCH_MINUTES, AtRisk, Place
from assemblier.scenarios.handover import Handover, Practice
from assemblier.scenarios.trainees import Promotion

FEWEST = 5
"""Under this number a list of ages names people."""
VISIBLE_ROWS = 15


def list_sections(shown: Foreseen) -> tuple[Section, ...]:
    """Return the lists an officer acts on; those nobody told of are left out."""
    found = []
    if shown.at_risk:
        found.append(Section("peril", "Cabinets en péril", _at_risk(shown.at_risk)))
    if shown.handover:
        found.append(Section("transmettre", "Cabinets à transmettre", _handover(shown.handover)))
    if shown.promotions:
        table = promotions_table(shown.promotions)
        found.append(Section("formation", "Qui sort de formation, quand", (table,)))
    if absent := tuple(_absent(shown)):
        items = Items("À remplir dans le fichier d'hypothèses", absent)
        found.append(Section("a-remplir", "Ce que personne n'a encore dit", (items,)))
    return tuple(found)


def _absent(shown: Foreseen) -> Iterator[str]:
    """Yield the lists that nobody filled, and where to fill them."""
    if shown.handover is None:
        yield french_spaces(
            "Cabinets à transmettre : aucun départ annoncé. Feuille « Cabinets » : la commune, le "
            "jour de l'arrêt, la patientèle, et si un successeur est trouvé."
        )
    if not shown.promotions:
        yield french_spaces(
            "Médecins en formation : aucun interne ni signataire d'un contrat d'engagement de "
            "service public (CESP) annoncé. Feuille « En formation » : combien finissent, quel "
            "jour, et la part attendue ici."
        )


def _at_risk(found: AtRisk) -> tuple[Block, ...]:
    blocks: list[Block] = [at_risk_finding(found)]
    if found.detected:
        blocks.append(places_table(found.detected, "peril", f"{_units(found)} en péril", found))
    if found.unsettled:
        title = f"{_units(found)} à vérifier : un âge, ou l'offre voisine, manque"
        blocks.append(places_table(found.unsettled, "peril_a_verifier", title, found))
    notes = list(found.notes)
    if any(one.isolation.practitioners < FEWEST for one in found.detected):
        notes.append(
            "Avec moins de cinq médecins, une ligne laisse deviner leur âge : cette liste sert au "
            "diagnostic, elle ne se publie pas."
        )
    if notes:
        blocks.append(Items("À savoir", tuple(map(french_spaces, notes)), Tone.WARNING,
                            found.provenance))  # fmt: skip
    return tuple(blocks)


def _units(found: AtRisk) -> str:
    return "Bassins de vie" if found.unit == BASSIN else "Communes"


def places_table(places: Sequence[Place], key: str, title: str, found: AtRisk) -> Table:
    """Return bassins or communes with their doctors, their ages and the next one."""
    columns = (
        Column("nom", found.unit.capitalize()),
        Column("habitants", "Habitants", Align.NUMBER),
        Column("medecins", "Généralistes", Align.NUMBER),
        Column("ages", "Âge connu", Align.NUMBER),
        Column("ages_au_dessus", f"Plus de {found.age} ans", Align.NUMBER),
        Column("trajet", "Le plus proche ailleurs"),
        Column("lecture", "Lecture"),
    )
    rows = tuple(_place_row(one, found) for one in places)
    return Table(
        key, title, columns, rows, Nature.ESTIME, found.provenance, visible_rows=VISIBLE_ROWS
    )


def _place_row(one: Place, found: AtRisk) -> tuple[Cell, ...]:
    people = one.isolation.practitioners
    return (
        one.nom, one.inhabitants, people, one.known, one.older,
        _minutes_text(one.isolation.minutes_to_next), "; ".join(_missing(one, found)),
    )  # fmt: skip


def _minutes_text(minutes: float | None) -> str:
    if minutes is None:
        return "inconnu : offre voisine non décrite"
    if minutes > SEARCH_MINUTES:
        return french_spaces(f"à plus de {number(SEARCH_MINUTES)} minutes")
    return f"à {number(minutes)} minutes"


def _missing(one: Place, found: AtRisk) -> Iterator[str]:
    unknown = one.isolation.practitioners - one.known
    if unknown:
        yield french_spaces(f"{counted(unknown, 'médecin')} sans âge connu assez précisément")
    if one.isolation.minutes_to_next is None:
        yield "une commune proche n'est décrite par aucune source"
    if not unknown and one.isolation.minutes_to_next is not None:
        yield french_spaces(f"tous ont plus de {found.age} ans, personne d'autre à portée")


def _handover(found: Handover) -> tuple[Block, ...]:
    blocks: list[Block] = [handover_finding(found)]
    if found.practices:
        blocks += [practices_table(found), losses_table(found), _contract(found)]
    said = tuple(_left_out(found))
    if said:
        blocks.append(Items("Ce qui n'est pas dans la liste", said, provenance=found.provenance))
    return tuple(blocks)


def practices_table(found: Handover) -> Table:
    """Return each practice to hand over: when, whom, what the contract of transition answers."""
    columns = (
        Column("code_commune", "Code commune"),
        Column("commune", "Commune"),
        Column("date", "Cesse le"),
        Column("mois", "Mois restants", Align.NUMBER),
        Column("patients", "Patients à reprendre", Align.NUMBER),
        Column("cotram", f"{found.practices[0].cotram.aid.sigle}, contrat de transition"),
    )
    rows = tuple(
        (
            one.leaving.commune, one.nom, _day(one.leaving.day), one.months, one.leaving.patients,
            one.cotram.verdict.value,
        )
        for one in found.practices
    )  # fmt: skip
    return Table(
        "cabinets_a_transmettre", "Cabinets à transmettre, le premier d'abord", columns, rows,
        Nature.CALCULE, found.provenance, "Aucun nom n'est demandé ni gardé.", VISIBLE_ROWS,
        _communes(found),
    )  # fmt: skip


def losses_table(found: Handover) -> Table:
    """Return what each departure takes away if nobody takes over."""
    columns = (
        Column("commune", "Commune"),
        Column("apl_avant", "APL publiée", Align.NUMBER, 2),
        Column("apl_apres", "APL sans reprise", Align.NUMBER, 2),
        Column("consultations", "Consultations par an en moins", Align.NUMBER),
        Column("communes", "Communes qui y perdent", Align.NUMBER),
        Column("lecture", "Lecture"),
    )
    rows = tuple(_loss_row(one) for one in found.practices)
    return Table(
        "cabinets_pertes", "Ce qui serait perdu si personne ne reprend", columns, rows,
        Nature.ESTIME, found.provenance,
        "Chaque ligne est la perte de ce seul départ, sur le socle ajusté.",
        VISIBLE_ROWS, _communes(found),
    )  # fmt: skip


def _communes(found: Handover) -> tuple[str, ...]:
    return tuple(one.leaving.commune for one in found.practices)


def _loss_row(one: Practice) -> tuple[Cell, ...]:
    lost = one.loss
    return (
        one.nom, lost.before, lost.after, lost.acts, None if lost.missing else lost.communes,
        french_spaces(f"inconnu : {lost.missing}") if lost.missing else "",
    )  # fmt: skip


def _day(day: dt.date) -> str:
    """Write a day that a narrow column never cuts."""
    return date_text(day).replace(" ", NO_BREAK)


def _contract(found: Handover) -> Items:
    """Say what the contract of transition answers, each answer once."""
    said: dict[str, list[str]] = {}
    for one in found.practices:
        said.setdefault(_answer_text(one.cotram), []).append(one.nom)
    lines = tuple(
        french_spaces(f"{', '.join(dict.fromkeys(names))} : {text}") for text, names in said.items()
    )
    aid = found.practices[0].cotram.aid
    return Items(french_spaces(f"{aid.nom} ({aid.sigle})"), lines, provenance=found.provenance)


def _answer_text(answer: Answer) -> str:
    if answer.note and not answer.conditions:
        return f"{answer.verdict.value}. {answer.note}"
    missed = [one.phrase for one in answer.conditions if one.met is False]
    asked = [one.question for one in answer.questions]
    return " ".join([f"{answer.verdict.value}.", *missed, *asked])


def _left_out(found: Handover) -> Iterator[str]:
    many = (
        (found.secured, "départ a un successeur", "départs ont un successeur"),
        (found.later, f"départ est à plus de {found.years} ans",
         f"départs sont à plus de {found.years} ans"),
        (found.past, "départ est déjà passé", "départs sont déjà passés"),
    )  # fmt: skip
    for count, one, several in many:
        if count:
            yield french_spaces(f"{number(count)} {one if count == 1 else several}.")


def promotions_table(promotions: Sequence[Promotion]) -> Table:
    """Return who finishes, year by year, and until when contracts bind."""
    columns = (
        Column("annee", "Année de sortie"),
        Column("internes", "Internes", Align.NUMBER),
        Column("cesp", "Signataires d'un CESP", Align.NUMBER),
        Column("attendus", "Attendus ici", Align.NUMBER, 1),
        Column("engages", "Engagés jusqu'en"),
    )
    rows = tuple(
        (
            str(one.year), one.internes, one.cesp, one.expected,
            str(one.bound_until) if one.bound_until else "aucun engagement",
        )
        for one in promotions
    )  # fmt: skip
    return Table(
        "en_formation", "Internes et signataires, par année de disponibilité", columns, rows,
        Nature.CALCULE,
        note="Effectifs du fichier d'hypothèses. Un signataire du contrat d'engagement de service "
        "public (CESP) arrive l'année où il finit ; les mois qu'il doit courent ensuite, dans les "
        "zones du contrat.",
    )  # fmt: skip
