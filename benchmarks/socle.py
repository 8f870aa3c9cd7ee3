"""`python -m benchmarks.socle`: how well the fitted baseline agrees with scores it never read.

Writes docs/methodes/socle.md. « Unread » means that the published score of the commune was used
nowhere: neither in the supply, nor in the two constants of activity, learned each time on the
départements that are read.
"""

import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from assemblier.access import Agreement, agreement, surroundings
from assemblier.access.banded import banded_decay
from assemblier.access.baseline import folds_of
from assemblier.access.baseline_evidence import (
    TENFOLD_AT,
    Evidence,
    decay_of,
    fitted,
    people_around,
)
from assemblier.access.baseline_settings import Settings, settings
from assemblier.french import french_spaces, number
from assemblier.maths.arrays import Array
from assemblier.maths.assimilation import score_operator
from assemblier.maths.decay import Decay, weighted_pairs
from assemblier.parameters import value
from assemblier.reports.typography import percent
from assemblier.territory import index
from assemblier.travel import chain_engine
from benchmarks import essai
from benchmarks.mesure import table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "methodes" / "socle.md"
HEADER = ("", "communes", "r", "rangs", "r pondéré", "écart absolu moyen", "même classe")
TOO_FAR = 32.0


@cache
def travel():
    """Return the minutes of the départements whose scores are known, and around."""
    known = essai.published_departements()
    area = index().code_commune[np.isin(index().code_departement, known)].tolist()
    return surroundings(area, chain_engine(essai.territory_date()), TOO_FAR)


@cache
def evidence() -> Evidence:
    """Return what is known of them: every count of the file, every published score."""
    minutes = travel()
    homes = index().positions(minutes.homes)
    places = index().positions(minutes.places)
    return Evidence(
        minutes.minutes,
        essai.standardised_population()[homes],
        essai.doctors()[places],
        essai.population()[places],
        people_around(minutes.places, chosen().radius_km),
        essai.published()[0][homes],
    )


@cache
def chosen() -> Settings:
    """Return the settings delivered."""
    return settings(essai.territory_date())


@cache
def departements() -> np.ndarray:
    """Return the département of each home."""
    return index().code_departement[index().positions(travel().homes)]


def blurred(sd_minutes: float) -> Decay:
    """Return the decay, with an error of the minutes."""
    bands = banded_decay(essai.territory_date()).decay
    return decay_of(bands, replace(chosen(), sd_minutes=sd_minutes), is_estimate=True)[0]


def learned(one: Evidence, decay: Decay, read: np.ndarray) -> Settings:
    """Return the settings with the two constants of activity that suit the scores that are read."""
    operator = score_operator(one.demand, weighted_pairs(one.minutes, decay))
    tenfolds = np.log10(np.maximum(one.around, 1.0)) - TENFOLD_AT
    columns = np.column_stack([operator @ one.counts, operator @ (one.counts * tenfolds)])
    found, *_ = np.linalg.lstsq(columns[read], one.published[read], rcond=None)
    return replace(chosen(), acts_per_place=float(found[0]), acts_per_tenfold=float(found[1]))


def same_for_all(one: Evidence, decay: Decay) -> Array:
    """Return the scores of the counts alone, one activity for everybody."""
    each = float(value("apl.medecin_generaliste.activite.actes_par_lieu", essai.territory_date()))
    operator = score_operator(one.demand, weighted_pairs(one.minutes, decay))
    return np.asarray(operator @ (one.counts * each), np.float64)


def departements_unread(one: Evidence, decay: Decay) -> tuple[Array, Array]:
    """Return the scores of each département when it is not read: prior, then fitted around."""
    prior, fit = (np.full(len(one.demand), np.nan) for _ in range(2))
    for code in essai.published_departements():
        inside = departements() == code
        read = ~np.isnan(one.published) & ~inside
        own = learned(one, decay, read)
        found = fitted(one.without(inside), decay, own)
        prior[inside], fit[inside] = found.expected_score[inside], found.score[inside]
    return prior, fit


def communes_unread(one: Evidence, decay: Decay) -> Array:
    """Return the scores of communes that are not read, one in five each time."""
    folds, found = folds_of(travel().homes), np.full(len(one.demand), np.nan)
    counted = replace(one, counts=np.nan_to_num(one.counts))
    for fold in np.unique(folds):
        inside = folds == fold
        own = learned(counted, decay, ~np.isnan(one.published) & ~inside)
        found[inside] = fitted(one.without(inside), decay, own).score[inside]
    return found


def communes_read(one: Evidence, decay: Decay) -> tuple[Array, float]:
    """Return the scores of the communes that are read, and the seconds of the fit."""
    start = time.perf_counter()
    found = fitted(one, decay, chosen())
    return found.score, time.perf_counter() - start


def outside_unknown() -> Evidence:
    """Return the same, the counts outside the départements read unknown."""
    places = index().code_departement[index().positions(travel().places)]
    inside = np.isin(places, essai.published_departements())
    return replace(evidence(), counts=np.where(inside, evidence().counts, np.nan))


def measured(score: Array, only: np.ndarray | None = None) -> Agreement:
    """Return how scores agree with the published ones."""
    apl, people = essai.published()
    rows = index().positions(travel().homes)
    kept = np.ones(len(rows), dtype=bool) if only is None else only
    return agreement(np.where(kept, score, np.nan), apl[rows], people[rows])


def row(name: str, one: Agreement) -> tuple[str, ...]:
    """Return one line of a table."""
    return (
        name,
        number(one.communes),
        number(one.correlation, 3),
        number(one.rank_correlation, 3),
        number(one.weighted_correlation, 3),
        number(one.gap_before, 2),
        percent(100 * one.same_band, 0),
    )


def blur_rows() -> list[tuple[str, ...]]:
    """Return what another error of the minutes gives, no département read where it is judged."""
    found = []
    for sd in (0.01, 1.0, 2.0, 3.0, 4.0):
        prior = np.full(len(departements()), np.nan)
        for code in essai.published_departements():
            inside = departements() == code
            read = ~np.isnan(evidence().published) & ~inside
            own = learned(evidence(), blurred(sd), read)
            prior[inside] = _expected(evidence(), blurred(sd), own)[inside]
        said = "aucune" if sd < 0.5 else f"{number(sd)} min"
        found.append(row(f"erreur des minutes : {said}", measured(prior)))
    return found


def _expected(one: Evidence, decay: Decay, own: Settings) -> Array:
    from assemblier.access.baseline_evidence import prior_of

    operator = score_operator(one.demand, weighted_pairs(one.minutes, decay))
    return np.asarray(operator @ prior_of(one, own).supply, np.float64)


# ── travel, refitted with the supply ──────────────────────────────────────────────────────────

FACTORS = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2)
SHIFTS = (-2.0, -1.0, 0.0, 1.0, 2.0)
SPREADS = (2.0, 3.0, 4.0)
Trip = tuple[float, float, float]
"""Factor of the minutes, minutes added, error of the minutes."""


def retimed(one: Evidence, trip: Trip) -> Evidence:
    """Return the evidence with other minutes; those inside a commune stay at zero."""
    factor, shift, _ = trip
    minutes = one.minutes.copy()
    moved = np.maximum(factor * minutes.data + shift, 0.1)
    minutes.data = np.where(minutes.data == 0, 0.0, moved)
    return replace(one, minutes=minutes)


def columns_of(one: Evidence, trip: Trip) -> Array:
    """Return (homes, 2) what one act a place, and one act a tenfold, give every home."""
    moved = retimed(one, trip)
    operator = score_operator(moved.demand, weighted_pairs(moved.minutes, blurred(trip[2])))
    tenfolds = np.log10(np.maximum(one.around, 1.0)) - TENFOLD_AT
    return np.column_stack([operator @ one.counts, operator @ (one.counts * tenfolds)])


def best_trip(columns: dict[Trip, Array], published: Array, read: np.ndarray) -> Trip:
    """Return the minutes that, with their own activity, miss the scores that are read least."""

    def missed(trip: Trip) -> float:
        own, *_ = np.linalg.lstsq(columns[trip][read], published[read], rcond=None)
        return float(np.abs(columns[trip][read] @ own - published[read]).mean())

    return min(columns, key=missed)


def joint_rows() -> tuple[list[tuple[str, ...]], str]:
    """Return what minutes chosen with the supply give départements never read, and which."""
    one = evidence()
    columns = {
        (factor, shift, sd): columns_of(one, (factor, shift, sd))
        for factor in FACTORS
        for shift in SHIFTS
        for sd in SPREADS
    }
    joint, around, picked = np.full(len(one.demand), np.nan), np.full(len(one.demand), np.nan), []
    for code in essai.published_departements():
        inside = departements() == code
        read = ~np.isnan(one.published) & ~inside
        trip = best_trip(columns, one.published, read)
        picked.append(trip)
        moved, decay = retimed(one, trip), blurred(trip[2])
        found = fitted(moved.without(inside), decay, learned(moved, decay, read))
        joint[inside], around[inside] = found.expected_score[inside], found.score[inside]
    trip = best_trip(columns, one.published, ~np.isnan(one.published))
    unread = communes_unread(retimed(one, trip), blurred(trip[2]))
    said = {
        f"{number(factor, 2)} × minutes {'+' if shift >= 0 else '−'} {number(abs(shift))} "
        f"(erreur {number(sd)})": picked.count((factor, shift, sd))
        for factor, shift, sd in dict.fromkeys(picked)
    }
    told = ", ".join(f"{name} : {count} fois" for name, count in said.items())
    return [
        row("département entier non lu, trajet rechoisi", measured(joint)),
        row("département entier non lu, trajet rechoisi, socle ajusté alentour", measured(around)),
        row("communes non lues, une sur cinq, trajet rechoisi sur tous", measured(unread)),
    ], told


def departement_rows(score: Array) -> list[tuple[str, ...]]:
    """Return each département, as if it had not been published."""
    from assemblier.data import departements as every

    names = dict(every().select("code_departement", "nom").iter_rows())
    codes = essai.published_departements()
    found = [(code, measured(score, departements() == code)) for code in codes]
    found.sort(key=lambda one: -one[1].correlation)
    return [row(f"{names[code]} ({code})", one) for code, one in found]


def main() -> None:
    decay = blurred(chosen().sd_minutes)
    bands = banded_decay(essai.territory_date()).decay
    prior, around = departements_unread(evidence(), decay)
    unread = communes_unread(evidence(), decay)
    unread_alone = communes_unread(outside_unknown(), decay)
    read, seconds = communes_read(evidence(), decay)
    lines = [
        row("comptage, même activité, bandes nettes", measured(same_for_all(evidence(), bands))),
        row("comptage, même activité, minutes incertaines",
            measured(same_for_all(evidence(), decay))),
        row("**département entier non lu** : activité selon la densité", measured(prior)),
        row("**département entier non lu** : et socle ajusté alentour", measured(around)),
        row("**communes non lues**, une sur cinq", measured(unread)),
        row("**communes non lues**, offre extérieure inconnue", measured(unread_alone)),
        row("communes lues (ce que le socle a vu)", measured(read)),
    ]  # fmt: skip
    constants = learned(evidence(), decay, ~np.isnan(evidence().published))
    joint, picked = joint_rows()
    text = [
        TITLE,
        table(HEADER, lines),
        READING.format(
            seconds=number(seconds, 1),
            acts=number(constants.acts_per_place),
            tenfold=number(constants.acts_per_tenfold),
        ),
        "## L'erreur des minutes\n",
        BLUR,
        table(HEADER, blur_rows()),
        "## Les trajets rechoisis avec l'offre\n",
        JOINT.format(tried=number(len(FACTORS) * len(SHIFTS) * len(SPREADS)), picked=picked),
        table(HEADER, joint),
        JOINT_READING,
        "## Par département, non lu\n",
        table(HEADER, departement_rows(around)),
        LIMITS,
    ]
    PAGE.write_text(french_spaces("\n\n".join(one.strip("\n") for one in text)) + "\n", "utf-8")
    print(PAGE.read_text("utf-8"))


TITLE = """# Le socle des scénarios

Un scénario part de l'APL publiée, et n'y ajoute que des différences. Pour les calculer il faut
l'offre de chaque commune : l'APL publiée est linéaire en cette offre (A = W diag(1/WᵀP) S), on peut
donc la retrouver. Le socle cherche des activités positives, proches des praticiens comptés, qui
reproduisent les scores publiés :

minimiser Σ ((A s − APL publiée) / ε)² + Σ u² + ρ Σ max(u, 0), où u est l'écart de chaque commune à
ce qu'on y attend, en écarts types, et ρ le prix d'une offre là où personne n'est compté.

- L'activité attendue d'un lieu d'exercice dépend des habitants à 8 km.
- Les minutes estimées ont une erreur : un trajet de 10 minutes compte ce qu'il vaut en moyenne, non
  ce que vaut sa bande.
- Hors du territoire décrit, l'offre est inconnue : elle est supposée de même densité, très
  incertaine, et les communes qui en dépendent sont dites « de bordure ».
- Une APL publiée de 0,00 là où un praticien est compté est un conflit, dit et jamais lu (Saugues).

Les paramètres sont dans `socle` ; aucun n'est confirmé. Cette page se refait par
`python -m benchmarks.socle`, avec les fichiers que désigne `ASSEMBLIER_DONNEES_ESSAI` : APL 2018 de
22 départements, lieux d'exercice de la base permanente des équipements, trajets de commune en
commune.

## Sur des scores jamais lus
"""
READING = """\
« Non lu » : le score publié de la commune n'a servi nulle part, ni pour l'offre, ni pour les deux
constantes d'activité, réapprises chaque fois sur les départements lus (sur tous :
{acts} actes par lieu, {tenfold} de plus par décuple d'habitants). L'écart n'est pas remis à
l'échelle. Un ajustement des 22 départements prend {seconds} s.

L'erreur à retenir dépend de l'usage. Là où l'APL est publiée, un scénario part du score publié
lui-même : le socle ne sert qu'aux différences, et « communes non lues » en dit la qualité. Là où
rien n'est publié à la ronde, seule la ligne « département entier non lu » vaut ; aucun scénario n'y
est proposé.

Une réserve : les paramètres (erreur des minutes, écarts types, rayon) ont été choisis en regardant
ces mêmes départements ; autour des valeurs retenues la corrélation bouge de moins de 0,01. Les
constantes du modèle de trajet l'ont été sur la moitié d'entre eux.
"""
BLUR = """\
Seule l'erreur change ; l'activité est réapprise, et chaque département est jugé sans avoir été lu.
"""
JOINT = """\
Trois constantes du trajet (un facteur des minutes, des minutes ajoutées à tout trajet hors de la
commune, l'erreur des minutes) et les deux de l'activité sont choisies ensemble, parmi {tried}
trajets : pour chaque département, sur les 21 autres seulement, à l'écart absolu moyen. Choisis :
{picked}.
"""
JOINT_READING = """\
À comparer aux lignes de même nom du premier tableau : la corrélation y gagne quelques millièmes, la
corrélation pondérée et la part de communes de même classe en perdent autant. Le choix est à la
limite des essais pour deux constantes ; au-delà (trois et quatre minutes, erreur de cinq), essayé à
part, l'écart ne baisse plus. Des trajets plus longs et moins sûrs compensent une activité trop
égale plus qu'ils ne décrivent des routes. Le trajet livré est donc gardé : le même dans toutes les
commandes, et non un trajet propre au socle.
"""
LIMITS = """\
## Ce que le socle ne dit pas

- Une activité retrouvée n'est pas celle d'un médecin : elle absorbe aussi ce que les trajets ont de
  faux. Elle peut sortir des bornes de 3 600 et 6 000 actes par lieu.
- Les âges ne sont pas connus par commune : ils n'y entrent pas.
- L'APL sur des routes réelles (`--trajets FICHIER`) retire l'erreur des minutes ; l'accord n'y est
  pas mesuré ici, faute de temps officiels.
- Les autres professions : leur socle a l'activité d'un lieu d'exercice que donne l'indicateur, la
  même partout, et l'écart d'un score en part de la moyenne publiée, celle des médecins
  généralistes. Leur accord n'est pas mesuré ici ; chaque scénario dit le sien.
- La vitesse pour la France entière est mesurée sur un pays imaginé : voir la
  [vitesse des scénarios](vitesse-scenarios.md).
"""

if __name__ == "__main__":
    main()
