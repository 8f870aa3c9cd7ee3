"""How the projects give the figures of the documents sources: one reader."""

from collections.abc import Callable
from datetime import date

from assemblier.projects.kinds import KINDS
from tests.project_cases import CENTRE, PLAN, study


def project(kind: str, key: str, column: str, day: str, *told: str) -> float:
    """A cell of a project: of its worked example, or of answers written ``key=value``."""
    on = date.fromisoformat(day)
    found = KINDS[kind]
    if told and told[0].startswith("exemple="):
        answers = found.example(told[0].partition("=")[2], on)
        return float(found.study(answers, on).known(key, int(column)))
    usual = {"centre-de-sante": CENTRE, "financement": PLAN}.get(kind, {})
    said = dict(one.split("=", 1) for one in told)
    return float(study(kind, on, **{**usual, **said}).known(key, int(column)))


NUMBERS: dict[str, Callable[..., float]] = {"projet": project}
