"""The choices behind a baseline: how sure each thing known is."""

from dataclasses import dataclass, replace
from datetime import date

from assemblier.access.method import latest
from assemblier.figures import Provenance

FOLDER = "socle"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a baseline is fitted with; the parameters of ``socle``.

    Attributes
    ----------
    sd_minutes
        Error of estimated minutes.
    acts_per_place, acts_per_tenfold, radius_km
        Activity expected of a place of practice where 10,000 people live within the radius, and
        what ten times more people add.
    sd_practice
        Error of that activity, as a share of it.
    sd_commune
        Error of the supply nobody counted, in places of practice.
    rarity
        Price of a supply where nobody is counted.
    sd_score
        Error of a published score.
    sd_outside
        Error of an unknown supply, as a share of what is supposed.
    outside_share
        From this part of a score due to unknown supplies, a commune is on the border.
    provenance
        The parameters.
    """

    sd_minutes: float
    acts_per_place: float
    acts_per_tenfold: float
    radius_km: float
    sd_practice: float
    sd_commune: float
    rarity: float
    sd_score: float
    sd_outside: float
    outside_share: float
    provenance: Provenance


NAMES = (
    "ecart_minutes",
    "actes_par_lieu",
    "actes_par_decuple",
    "rayon_km",
    "ecart_praticien",
    "ecart_commune",
    "rarete",
    "ecart_apl",
    "ecart_exterieur",
    "part_exterieure",
)


SHARE = f"{FOLDER}.ecart_apl_part"


def of_full_time(chosen: Settings, per_place: float, mean: float, on: date) -> Settings:
    """Return the settings of a profession whose score counts full-time equivalents.

    Nothing was learnt of the activity of its places of practice: each has that of the indicator,
    wherever it is. The error of a score is a share of the mean one.

    Parameters
    ----------
    chosen
        Those of general practitioners.
    per_place
        Full-time equivalents of a place of practice.
    mean
        Of the published scores.
    on
        Date of the parameters.
    """
    used = latest(SHARE, on)
    return replace(
        chosen,
        acts_per_place=per_place,
        acts_per_tenfold=0.0,
        sd_score=float(used.value) * mean,
        provenance=chosen.provenance | Provenance(parameters=(used.as_text(),)),
    )


def settings(on: date) -> Settings:
    """Return the settings in force at a date.

    Examples
    --------
    >>> settings(date(2024, 1, 1)).sd_minutes
    3.0
    """
    used = [latest(f"{FOLDER}.{name}", on) for name in NAMES]
    minutes, acts, tenfold, radius, practice, commune, rarity, score, outside, share = (
        float(one.value) for one in used
    )
    return Settings(
        minutes, acts, tenfold, radius, practice, commune, rarity, score, outside, share,
        Provenance(parameters=tuple(one.as_text() for one in used)),
    )  # fmt: skip
