"""Arrays in, arrays out: no file, no date, no France.

`decay` turns minutes into weights, `catchment` shares supply among those who can reach it,
`inequality` reads a distribution.
"""

from assemblier.maths import catchment, decay, inequality

__all__ = ["catchment", "decay", "inequality"]
