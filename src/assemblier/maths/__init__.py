"""Arrays in, arrays out: no file, no date, no France.

`decay` turns minutes into weights, `demand` people by age into need, `catchment` shares supply
among those who can reach it (`variants` in the other forms of the literature, `fast` compiled,
`edits` one change at a time), `inequality` reads a distribution.
"""

from assemblier.maths import catchment, decay, demand, edits, fast, inequality, variants

__all__ = ["catchment", "decay", "demand", "edits", "fast", "inequality", "variants"]
