"""What the reader of a projection must know, in French."""

from assemblier import parameters
from assemblier.access import Baseline
from assemblier.french import number
from assemblier.scenarios.projection.ageing import CONSTANT, Ageing
from assemblier.scenarios.projection.hypotheses import Hypotheses, Variant
from assemblier.scenarios.projection.placement import Ground
from assemblier.scenarios.projection.practitioners import Practitioners
from assemblier.scenarios.projection.settings import ENTRIES, GIVEN, OBSERVED, rows
from assemblier.zoning.units import Partition

METHOD = (
    "Projection : dans chaque tirage, l'année où chaque praticien cesse est tirée une fois, selon "
    "son âge ; chaque année, chacun vieillit d'un an, une part de ceux qui atteignent un âge "
    "cesse, puis les arrivées s'ajoutent. Médiane, et intervalle où tombent huit tirages sur dix. "
    "APL future : l'APL publiée, plus la différence que font les départs et les arrivées sur le "
    "socle, jamais sous 0."
)
VARIANTS = {
    Variant.OBSERVEE: "Arrivées : le taux observé est tenu constant.",
    Variant.SANS_CROISSANCE: (
        "Arrivées : sans croissance nationale, une part seulement des départs est remplacée ; "
        "c'est l'hypothèse la plus prudente."
    ),
    Variant.AUCUNE: "Arrivées : aucune, hors celles qui sont annoncées.",
}
BESIDE = {
    Variant.OBSERVEE: "le taux d'arrivée observé sur une année, tenu constant",
    Variant.SANS_CROISSANCE: "sans croissance nationale, une part seulement des départs remplacée",
    Variant.AUCUNE: "aucune arrivée, hors celles qui sont annoncées",
}
GIVEN_LIST = "Arrivées : celles que vous donnez."
BETWEEN = (
    "L'intervalle vient des tirages seuls : il ne dit pas l'erreur des hypothèses, que la table "
    "de sensibilité montre une à une."
)
NEIGHBOURS = "L'offre des communes voisines, hors du territoire, est tenue constante."
NO_UNITS = (
    "Les zones ne sont pas données : la composition des territoires de vie-santé n'est pas "
    "importée, ou leur APL n'est pas entière."
)
ZONES = (
    "Une zone est dite par les seuils nationaux (zone d'intervention prioritaire d'office, vivier, "
    "hors vivier) : dans le vivier, l'agence régionale choisit dans la limite d'un plafond."
)


PRESENTED = ("horizons", "tirages", "graine")
"""What is a choice of presentation: its number is written as it is."""


def notes_of(
    now: Practitioners,
    found: Hypotheses,
    baseline: Baseline | None,
    ground: Ground | None,
    ageing: Ageing,
    partition: Partition | None,
) -> tuple[str, ...]:
    """Return the notes of a projection."""
    notes = [*now.notes, *_arrival_notes(found), BETWEEN]
    if found.observed_exits is not None:
        share = number(100 * found.observed_exits, 1)
        notes.append(
            f"Les taux de départ par âge sont mis à l'échelle : {share}\u202f% de l'effectif cesse "
            "la première année, comme dans le dernier tableau de flux."
        )
    if baseline is None or ground is None:
        return tuple(notes)
    if not len(ground.practices):
        return (*notes, _unplaced(baseline))
    notes += [baseline.told, NEIGHBOURS, ZONES if partition else NO_UNITS]
    if not ageing.is_known:
        notes.append(CONSTANT)
    return (*notes, *_supply_notes(now, baseline, ground))


def _arrival_notes(found: Hypotheses) -> tuple[str, ...]:
    """Say where arrivals come from, in what comes first, then in what stands beside it."""
    said = GIVEN_LIST if found.gives_arrivals else VARIANTS[found.variant]
    if found.variant is Variant.SANS_CROISSANCE:
        return (said,)
    prudent = VARIANTS[Variant.SANS_CROISSANCE]
    if found.chooses_arrivals:
        return (said, f"À côté, à titre de comparaison : {BESIDE[Variant.SANS_CROISSANCE]}.")
    return (prudent, f"À côté, à titre de comparaison : {BESIDE[found.variant]}.")


def _unplaced(baseline: Baseline) -> str:
    """Say why no score is projected where no practice has an activity."""
    if baseline.conflicts:
        return "APL non projetée : l'APL publiée et l'offre comptée se contredisent ici."
    return "APL non projetée : aucun lieu d'exercice n'est compté dans le territoire."


def _supply_notes(now: Practitioners, baseline: Baseline, ground: Ground) -> list[str]:
    notes = []
    practices = len(ground.practices)
    if any(one.commune is None for one in now.groups) and practices != now.count:
        notes.append(
            f"{number(now.count)} praticiens, {number(practices)} lieux d'exercice comptés : "
            "chaque lieu a dans chaque tirage un titulaire pris au hasard parmi eux."
        )
    if baseline.conflicts:
        notes.append(
            "Sans l'activité d'une commune dont l'APL publiée contredit l'offre comptée."
            if len(baseline.conflicts) == 1
            else f"Sans l'activité de {number(len(baseline.conflicts))} communes dont l'APL "
            "publiée contredit l'offre comptée."
        )
    return notes


def told_parameters(found: Hypotheses) -> tuple[str, ...]:
    """Return one line for each hypothesis that comes from a parameter, or was given instead."""
    own = {one.key: one for one in rows(found)}
    told = []
    for entry in ENTRIES:
        row = own[entry.key]
        if row.told in (GIVEN, OBSERVED) or entry.key in PRESENTED:
            why = row.told if row.is_edited or row.told == OBSERVED else "choix d'Assemblier"
            told.append(f"{row.label}\u00a0: {row.value} {row.unit}".rstrip() + f" ({why})")
        else:
            told.append(parameters.explain(entry.path, found.on).as_text())
    return tuple(told)
