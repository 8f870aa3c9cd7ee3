"""The files of the accuracy trial, read onto the index of communes.

The files are not delivered: `ASSEMBLIER_DONNEES_ESSAI` names their folder. Published APL 2016 and
2018 of 22 départements (DREES), GPs per commune (Insee, BPE, D201), population by age (RP 2020),
METRIC minutes between points of Gironde (Insee, DREES).
"""

import gzip
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from assemblier.maths.demand import normalised_weights, reclassed, standardised
from assemblier.parameters import value
from assemblier.territory import index

APL = "drees_apl/apl_communes_2016_2018_mg_inf_sf_mk.csv.gz"
DOCTORS = "insee_bpe/bpe_d201_generalistes_par_commune_cpprouting.csv"
POPULATION = "insee_rp_age/population_par_commune_cpprouting.csv"
AGES = "insee_rp_age/rp2020_part_ages_commune_3classes.xlsx"
OLDEST = "insee_rp_age/part_75plus_commune.json.gz"
METRIC = "distances/metric_osrm_gironde_couples.csv"
AGE_CLASSES = (0.0, 25.0, 65.0, 75.0)
"""First age of the classes the two age files give together."""


def folder() -> Path:
    """Return the folder of the files; raises LookupError where none is named."""
    named = os.environ.get("ASSEMBLIER_DONNEES_ESSAI", "")
    if not named:
        raise LookupError("ASSEMBLIER_DONNEES_ESSAI ne désigne aucun dossier de données réelles")
    return Path(named)


def metropolitan() -> np.ndarray:
    """Return which communes of the index are in metropolitan France."""
    found: np.ndarray = index().epsg == 2154
    return found


def _targets(code: str) -> tuple[str, ...]:
    """Return the communes of today a code of an older file covers."""
    if code in index().arrondissements:
        return index().arrondissements[code]
    now = index().current_code(code)
    return (now,) if now else ()


def spread(codes: list[str], values: list[float]) -> tuple[np.ndarray, list[str]]:
    """Sum the values of an older file on the index; return also the codes that fit nowhere.

    Merged communes add up; what a file gives for Paris, Lyon or Marseille as a whole is shared
    among arrondissements in proportion to their residents.
    """
    total, lost = np.zeros(len(index())), []
    for code, amount in zip(codes, values, strict=True):
        targets = _targets(code)
        if not targets:
            lost.append(code)
            continue
        rows = index().positions(targets)
        people = index().population[rows]
        total[rows] += amount * people / people.sum() if len(rows) > 1 else amount
    return total, lost


@cache
def doctors() -> np.ndarray:
    """Return the GPs counted in each commune."""
    table = _csv(DOCTORS, ",").unique(maintain_order=True)
    found, lost = spread(table["CODGEO"].to_list(), table["NB_D201"].cast(pl.Float64).to_list())
    if lost:
        raise ValueError(f"codes sans commune : {lost}")
    return found


@cache
def population() -> np.ndarray:
    """Return the residents of about 2015; those of the index where the file is empty."""
    table = _csv(POPULATION, ",").with_columns(pl.col("POPULATION").cast(pl.Float64, strict=False))
    table = table.drop_nulls("POPULATION")
    found, _ = spread(table["com"].to_list(), table["POPULATION"].to_list())
    return np.where(found > 0, found, np.nan_to_num(index().population))


@cache
def age_shares() -> np.ndarray:
    """Return (communes, classes) the share of each age class; the mean where unknown."""
    rows = pl.read_excel(folder() / AGES).filter(pl.col("scale") == "Commune")
    oldest = json.loads(gzip.decompress((folder() / OLDEST).read_bytes()))
    total, count = np.zeros((len(index()), 4)), np.zeros(len(index()))
    for code, _, _, young, adult, old in rows.iter_rows():
        over_75 = oldest.get(code, {}).get("part_personnes_agees_75_plus")
        if None in (young, adult, old, over_75):
            continue
        for place in index().positions(_targets(code)):
            total[place] += (young, adult, max(old - over_75, 0.0), over_75)
            count[place] += 1
    shares = total / np.maximum(total.sum(axis=1, keepdims=True), 1e-9)
    mean = population()[count > 0] @ shares[count > 0] / population()[count > 0].sum()
    return np.where((count > 0)[:, None], shares, mean)


@cache
def standardised_population() -> np.ndarray:
    """Return the standardised residents, with the weights of the parameter files."""
    on = territory_date()
    ages = value("apl.medecin_generaliste.demande.ages_debut", on)
    weights = value("apl.medecin_generaliste.demande.poids", on)
    starts = value("apl.population_reference.ages_debut", on)
    people = np.array([value("apl.population_reference.habitants", on)], float)
    normal = normalised_weights(weights, reclassed(people, starts, ages)[0])
    inhabitants = population()[:, None] * age_shares()
    return standardised(reclassed(inhabitants, AGE_CLASSES, ages), normal)


def territory_date():  # type: ignore[no-untyped-def]
    """Return the date of the parameters of the trial."""
    import datetime as dt

    return dt.date(2018, 12, 31)


@cache
def published(year: int = 2018) -> tuple[np.ndarray, np.ndarray]:
    """Return the published APL (nan elsewhere) and the published standardised population.

    The score of merged communes is the mean of theirs, weighted by standardised population.
    """
    people_year = {2018: "pop2016", 2016: "pop2014"}[year]
    text = gzip.decompress((folder() / APL).read_bytes())
    table = pl.read_csv(text, separator=";", infer_schema=False).select(
        "code",
        pl.col(f"apl_mg{year}").cast(pl.Float64, strict=False).alias("apl"),
        pl.col(people_year).cast(pl.Float64, strict=False).alias("people"),
    ).drop_nulls()  # fmt: skip
    codes, people = table["code"].to_list(), table["people"]
    weighted, _ = spread(codes, (table["apl"] * people).to_list())
    total, _ = spread(codes, people.to_list())
    return np.where(total > 0, weighted / np.maximum(total, 1e-9), np.nan), total


def published_departements() -> list[str]:
    """Return the départements of the published scores, in order."""
    known = ~np.isnan(published()[0])
    return sorted(set(index().code_departement[known].tolist()))


@dataclass(frozen=True, slots=True)
class MetricPairs:
    """Official minutes between points, and the nearest town hall of each."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    minutes: np.ndarray
    distance_km: np.ndarray
    away_km: np.ndarray
    """How far the farther of the two points is from its town hall."""


def metric_pairs() -> MetricPairs:
    """Return the pairs of METRIC, each point given to the nearest town hall."""
    from scipy.spatial import cKDTree

    table = pl.read_csv(folder() / METRIC, separator=";").to_numpy()
    here = np.flatnonzero(metropolitan() & ~np.isnan(index().x_m))
    tree = cKDTree(np.column_stack([index().x_m[here], index().y_m[here]]))
    away_a, first = tree.query(table[:, :2])
    away_b, second = tree.query(table[:, 2:4])
    codes = index().code_commune[here]
    return MetricPairs(
        tuple(codes[first].tolist()),
        tuple(codes[second].tolist()),
        table[:, 4],
        np.hypot(*(table[:, :2] - table[:, 2:4]).T) / 1000,
        np.maximum(away_a, away_b) / 1000,
    )


def departements_in_two() -> tuple[list[str], list[str]]:
    """Return every other département, to choose on, and the others, to report on."""
    every = published_departements()
    return every[::2], every[1::2]


def _csv(name: str, separator: str) -> pl.DataFrame:
    return pl.read_csv(folder() / name, separator=separator, infer_schema=False, null_values="NA")
