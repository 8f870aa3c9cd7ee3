"""Arrays in, arrays out: no file, no date, no France.

`decay` turns minutes into weights, `demand` people by age into need, `catchment` shares supply
among those who can reach it (`variants` in the other forms of the literature, `fast` compiled,
`edits` one change at a time), `siting`, `covering` and `raising` choose where to open (`ranking`,
`branching` and `programme` do the work), `inequality` reads a distribution, `cohort` ages a stock
of people, `assimilation` finds the supply behind published scores, `blur` weighs minutes only
estimated, `standardisation` makes rates of populations of different ages comparable.
"""

from assemblier.maths import (
    assimilation,
    blur,
    branching,
    catchment,
    cohort,
    covering,
    decay,
    demand,
    edits,
    fast,
    inequality,
    programme,
    raising,
    ranking,
    siting,
    standardisation,
    variants,
)

__all__ = [
    "assimilation",
    "blur",
    "branching",
    "catchment",
    "cohort",
    "covering",
    "decay",
    "demand",
    "edits",
    "fast",
    "inequality",
    "programme",
    "raising",
    "ranking",
    "siting",
    "standardisation",
    "variants",
]
