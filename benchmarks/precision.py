"""`python -m benchmarks.precision`: how far the computed APL stands from the published one.

Writes docs/methodes/precision.md and its maps. Nothing is fitted commune by commune: the few
constants of the travel model were chosen on half of the départements; the other half judges them.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from assemblier.access import Agreement, agreement
from assemblier.access.banded import banded_decay
from assemblier.data import departements
from assemblier.french import french_spaces, number
from assemblier.maths.fast import two_step_minutes
from assemblier.parameters import value
from assemblier.reports.typography import percent
from assemblier.territory import index
from assemblier.travel import Engine, chain_engine, crow_fly_engine
from benchmarks import cartes, essai
from benchmarks.affine import affine_engine
from benchmarks.mesure import table

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "methodes" / "precision.md"
CUTOFF = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """One way of computing, and the scores it gives on the index."""

    name: str
    score: np.ndarray


def activity() -> np.ndarray:
    """Return the acts a year of each commune: the same for every doctor counted, bounded."""
    on = essai.territory_date()
    folder = "apl.medecin_generaliste.activite"
    low, high = value(f"{folder}.plancher", on), value(f"{folder}.plafond", on)
    return essai.doctors() * min(max(value(f"{folder}.actes_par_lieu", on), low), high)


def minutes_of(engine: Engine) -> sp.csr_array:
    """Return (communes, communes with a doctor) minutes, on the index."""
    places = index().code_commune[essai.doctors() > 0].tolist()
    return engine.times(index().codes, places, CUTOFF).minutes


def computed(engine: Engine, demand: np.ndarray) -> np.ndarray:
    """Return the scores of every commune."""
    supply = activity()[essai.doctors() > 0]
    decay = banded_decay(essai.territory_date()).decay
    return two_step_minutes(supply, demand, minutes_of(engine), decay)


def engines() -> dict[str, Engine]:
    """Return the ways of estimating minutes that are compared."""
    from dataclasses import replace

    on = essai.territory_date()
    chain = chain_engine(on)
    return {
        "vol d'oiseau": crow_fly_engine(on),
        "vol d'oiseau, affine": affine_engine(on),
        "de commune en commune, à plat": replace(chain, minutes_per_100_m=0.0),
        "de commune en commune, avec relief": chain,
    }


def trials() -> list[Trial]:
    """Return what is compared, the plainest first, the one the program uses last."""
    ways = engines()
    crow = ways["vol d'oiseau"]
    found = [Trial("vol d'oiseau, population brute", computed(crow, essai.population()))]
    people = essai.standardised_population()
    found += [
        Trial(f"{name}, population standardisée", computed(engine, people))
        for name, engine in ways.items()
    ]
    return found


def measured(score: np.ndarray, departements_: list[str]) -> Agreement:
    """Return how scores agree with the published ones in some départements."""
    apl, people = essai.published()
    inside = np.isin(index().code_departement, departements_)
    return agreement(np.where(inside, score, np.nan), apl, people)


def row(name: str, one: Agreement) -> tuple[str, ...]:
    """Return one line of a table."""
    return (
        name,
        number(one.communes),
        number(one.correlation, 3),
        number(one.rank_correlation, 3),
        number(one.weighted_correlation, 3),
        number(one.gap_before, 2),
        number(one.gap_after, 2),
        percent(100 * one.same_band, 0),
    )


HEADER = (
    "", "communes", "r", "rangs", "r pondéré", "écart avant", "écart après", "même classe",
)  # fmt: skip


def metric_rows() -> list[tuple[str, ...]]:
    """Return how each way of estimating minutes agrees with METRIC, for trips of 30 minutes."""
    pairs = essai.metric_pairs()
    codes = sorted(set(pairs.starts) | set(pairs.ends))
    place = {code: rank for rank, code in enumerate(codes)}
    near = (pairs.minutes <= 30) & (np.array(pairs.starts) != np.array(pairs.ends))
    found = []
    for limit, label in ((np.inf, "tous"), (1.5, "points à moins de 1,5 km des mairies")):
        kept = near & (pairs.away_km <= limit)
        for name, engine in engines().items():
            matrix = engine.times(codes, codes, 120).minutes.toarray()
            ours = np.array(
                [matrix[place[a], place[b]] for a, b in zip(pairs.starts, pairs.ends, strict=True)]
            )
            known = kept & (ours > 0)
            theirs, mine = pairs.minutes[known], ours[known]
            found.append(
                (
                    f"{name} ; {label}",
                    number(int(known.sum())),
                    number(float(np.corrcoef(mine, theirs)[0, 1]), 2),
                    number(float(np.median(mine / theirs)), 2),
                    number(float(np.abs(mine - theirs).mean()), 1),
                )
            )
    return found


COMPROMISES = ((1.2, 2.0), (1.1, 3.0), (1.0, 3.0), (0.9, 4.0), (0.8, 4.0))
"""Minutes per kilometre and fixed minutes: the first ones are those of the program."""


def compromise_rows() -> list[tuple[str, ...]]:
    """Return, for several constants, how they agree with the published APL and with METRIC."""
    from dataclasses import replace

    chain = chain_engine(essai.territory_date())
    people, halves = essai.standardised_population(), essai.departements_in_two()
    pairs = essai.metric_pairs()
    codes = sorted(set(pairs.starts) | set(pairs.ends))
    place = {code: rank for rank, code in enumerate(codes)}
    found = []
    for slope, fixed in COMPROMISES:
        engine = replace(chain, minutes_per_km=slope, fixed_minutes=fixed)
        matrix = engine.times(codes, codes, 120).minutes.toarray()
        ours = np.array(
            [matrix[place[a], place[b]] for a, b in zip(pairs.starts, pairs.ends, strict=True)]
        )
        known = (pairs.minutes <= 30) & (ours > 0)
        score = computed(engine, people)
        found.append(
            (
                f"{number(slope, 1)} min par km, {number(fixed)} min fixes",
                *(number(measured(score, half).correlation, 3) for half in halves),
                number(float(np.median(ours[known] / pairs.minutes[known])), 2),
                number(float(np.abs(ours[known] - pairs.minutes[known]).mean()), 1),
            )
        )
    return found


def departement_rows(score: np.ndarray) -> list[tuple[str, ...]]:
    """Return the agreement of each département, the best first."""
    names = dict(departements().select("code_departement", "nom").iter_rows())
    every = [(code, measured(score, [code])) for code in essai.published_departements()]
    every.sort(key=lambda one: -one[1].correlation)
    return [row(f"{names[code]} ({code})", one) for code, one in every]


def limits(chosen: np.ndarray) -> list[tuple[str, ...]]:
    """Return what happens when one cause of error is removed or moved."""
    from dataclasses import replace

    every = essai.published_departements()
    chain = chain_engine(essai.territory_date())
    people = essai.standardised_population()
    known = essai.published()[1]
    scale = people[known > 0].sum() / known.sum()
    exact = np.where(known > 0, known * scale, people)
    slow, fast = (
        replace(chain, minutes_per_km=chain.minutes_per_km * factor) for factor in (1.2, 0.8)
    )
    cases = {
        "le calcul retenu": chosen,
        "la population standardisée de la DREES au lieu de la nôtre": computed(chain, exact),
        "des trajets 20 % plus longs": computed(slow, people),
        "des trajets 20 % plus courts": computed(fast, people),
    }
    return [row(name, measured(score, every)) for name, score in cases.items()]


def tail(score: np.ndarray) -> str:
    """Return in words where the largest errors are."""
    apl, people = essai.published()
    known = ~np.isnan(apl) & (people > 0)
    scale = float(apl[known] @ people[known] / (score[known] @ people[known]))
    error = np.where(known, scale * score - apl, 0.0)
    squares = np.sort(error[known] ** 2)[::-1]
    worst = np.argsort(-np.abs(error))[: max(1, int(known.sum() * 0.05))]
    small = float(np.median(people[worst]))
    return (
        f"Les 5 % de communes les plus mal calculées portent "
        f"{percent(100 * squares[: len(worst)].sum() / squares.sum(), 0)} de l'erreur quadratique ;"
        f" elles sont petites (médiane : {number(small)} habitants standardisés) et "
        f"{percent(100 * float((error[worst] > 0).mean()), 0)} d'entre elles sont calculées trop "
        "haut : un cabinet isolé, ou un lieu secondaire compté comme un cabinet entier, y est "
        "partagé entre peu d'habitants. Les autres sont à une ou deux minutes d'une borne."
    )


def own_national() -> str:
    """Return the scale of the supply, in words."""
    apl, people = essai.published()
    known = ~np.isnan(apl)
    return number(float(apl[known] @ people[known] / people[known].sum()), 2)


def main() -> None:
    found = trials()
    chosen = found[-1].score
    learn, judge = essai.departements_in_two()
    maps = cartes.write(PAGE.parent, chosen)
    every = essai.published_departements()
    lines = [
        TITLE,
        table(HEADER, [row(one.name, measured(one.score, every)) for one in found]),
        READING.format(mean=own_national(), count=len(every)),
        "## Choisi sur une moitié, jugé sur l'autre\n",
        CHOICE,
        table(
            HEADER,
            [
                row(f"{one.name} — {label}", measured(one.score, some))
                for one in found
                for label, some in (("choix", learn), ("contrôle", judge))
            ],
        ),
        "## Les minutes, comparées à METRIC\n",
        METRIC_TEXT,
        table(("", "couples", "r", "rapport médian", "écart moyen (min)"), metric_rows()),
        COMPROMISE,
        table(
            ("", "r, choix", "r, contrôle", "rapport médian à METRIC", "écart moyen (min)"),
            compromise_rows(),
        ),
        "## Par département\n",
        "Le calcul retenu, du plus proche au plus éloigné de l'APL publiée.\n",
        table(HEADER, departement_rows(chosen)),
        "## Où sont les écarts\n",
        *maps,
        tail(chosen),
        "## Ce qui limite le calcul\n",
        table(HEADER, limits(chosen)),
        LIMITS,
    ]
    PAGE.write_text(french_spaces("\n\n".join(line.strip("\n") for line in lines)) + "\n", "utf-8")
    print(PAGE.read_text("utf-8"))


TITLE = """# Précision de l'APL calculée

L'APL que calcule Assemblier est comparée à celle que la DREES a publiée pour 2018, commune par
commune, dans les départements dont elle est connue ici. L'offre est le nombre de généralistes
par commune de la base permanente des équipements (Insee, type D201, 2017 ou 2018), la même
activité pour chacun ; la population est celle des années 2015 ; les âges sont ceux du
recensement de 2020. Aucune valeur publiée par commune n'entre dans le calcul. La page se refait
par `python -m benchmarks.precision`, avec les fichiers que désigne `ASSEMBLIER_DONNEES_ESSAI`.

Les paramètres marqués U dans chaque sortie (bord des bandes, poids par âge, activité par lieu,
vitesses) ne sont confirmés par aucun texte.
"""
READING = """\
« r » : corrélation ; « rangs » : corrélation des rangs ; « r pondéré » : pondérée par la
population standardisée publiée ; « écart » : écart absolu moyen, en consultations, avant puis
après mise à l'échelle des moyennes ; « même classe » : communes dans la même classe de carte,
après. L'APL publiée moyenne de ces {count} départements est de {mean}. Les communes fusionnées
depuis 2018 sont réunies ; les médecins que le fichier donne pour Lyon et Marseille entières
sont répartis entre arrondissements selon leurs habitants."""
CHOICE = """\
Les trois constantes du modèle de trajet ont été arrondies puis choisies sur un département sur
deux (« choix ») ; les autres (« contrôle ») servent à juger. Ce contrôle n'est pas tout à fait
vierge : un premier essai, avant ce partage, avait regardé les 22 départements. Autour de ces
valeurs la corrélation bouge de moins de 0,02 : ce sont des ordres de grandeur, pas un ajustement.
"""
METRIC_TEXT = """\
METRIC est le distancier de l'Insee qu'emploie la DREES. On n'en a ici que des couples de points
de Gironde, département plat, à 30 minutes ou moins, et ces points ne sont pas des mairies :
chaque point est rapporté à la mairie la plus proche (à 1,7 km en médiane), ce qui ajoute une
erreur à tous les modèles. Cette comparaison ne départage donc pas le relief. Une pente qui
change avec la densité a été essayée : elle ne réduit l'écart moyen que de 0,1 minute ici et
n'améliore pas l'indicateur ; elle n'est pas retenue.
"""
COMPROMISE = """\
Les deux étalons ne s'accordent pas. Une droite en distance à vol d'oiseau, ajustée sur ces
mêmes couples, a presque les minutes de METRIC et la plus mauvaise des APL : un trajet court y
coûte déjà plus de cinq minutes. Le modèle retenu, choisi sur l'APL, compte ces trajets 30 %
trop longs en médiane ; l'APL, qui s'arrête à vingt minutes et ne retient que trois bandes, y
est peu sensible. Le fichier des urgences d'Occitanie, à vol d'oiseau, ne juge rien. Des
constantes intermédiaires perdraient un à deux centièmes de corrélation et diviseraient par deux
l'écart aux minutes :
"""
LIMITS = """\
Trois choses manquent, et aucune ne se devine.

- **L'activité de chaque médecin.** La DREES compte les actes de chacun, bornés entre 3 600 et 6
  000 ; la base des équipements compte des lieux d'exercice. Donner à chaque médecin l'activité
  que demanderait sa patientèle, bornée, a été essayé et dégrade la corrélation : ce n'est pas
  fait.
- **Les routes.** De mairie à mairie, une ou deux minutes changent une bande, et une bande
  change un tiers de l'offre. Des temps routiers, par `--trajets FICHIER`, remplacent
  l'estimation.
- **Le relief de l'ouest et du nord.** L'altitude n'est connue ici qu'à l'est du méridien de
  Greenwich et au sud du 50e parallèle ; ailleurs le calcul est celui d'un pays plat.

La population standardisée de la DREES elle-même ne change presque rien : les poids par âge, non
confirmés, ne sont pas la première limite.
"""


if __name__ == "__main__":
    main()
