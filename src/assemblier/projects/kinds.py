"""The kinds of projects: their questions and what answers them."""

import datetime as dt
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assemblier.projects.form import Answers, Form
    from assemblier.projects.study import Study


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of project.

    Attributes
    ----------
    name
        As on the command line.
    label
        In French.
    module
        In `assemblier.projects`: it has `FORM` and `study`.
    examples
        Worked examples by name: the function of the module that answers them.
    """

    name: str
    label: str
    module: str
    examples: tuple[tuple[str, str, str], ...] = ()

    def form(self) -> "Form":
        """Return its questions."""
        form: Form = importlib.import_module(f"assemblier.projects.{self.module}").FORM
        return form

    def study(self, answers: "Answers", on: dt.date) -> "Study":
        """Answer it."""
        answer: Callable[[Answers, dt.date], Study]
        answer = importlib.import_module(f"assemblier.projects.{self.module}").study
        return answer(answers, on)

    def example(self, name: str, on: dt.date) -> "Answers | None":
        """Return the answers of a worked example, or None where there is none of this name."""
        for known, module, function in self.examples:
            if known == name:
                found: Answers
                found = getattr(importlib.import_module(f"assemblier.projects.{module}"), function)(
                    on
                )
                return found
        return None


KINDS = {
    one.name: one
    for one in (
        Kind(
            "centre-de-sante",
            "budget d'un centre de santé, équilibre ou subvention",
            "centre_de_sante",
            (("port-la-nouvelle", "centre_form", "port_la_nouvelle"),),
        ),
        Kind("msp", "maison de santé : équipe, ACI, charges partagées", "msp"),
        Kind("cpts", "CPTS : taille, financement, recouvrement", "cpts"),
        Kind("assistant", "assistant médical : aide et patients de plus", "assistant_medical"),
        Kind("secretariat", "aide au secrétariat médical", "secretariat"),
        Kind("financement", "plan de financement d'un investissement", "financing"),
        Kind("temps-medical", "temps médical gagné, levier par levier", "medical_time"),
        Kind("itinerance", "médecine itinérante ou lieux fixes", "itinerant"),
        Kind("multi-site", "consultations dans un second cabinet", "second_practice"),
        Kind(
            "retraites",
            "cabinet partagé de médecins retraités",
            "retired_doctors",
            (("laval", "retired_doctors", "laval"),),
        ),
        Kind("viviers", "heures d'autres viviers de médecins", "pools"),
        Kind("cfe", "coût d'une exonération de CFE", "cfe"),
        Kind("coordonnateur", "coordonnateur d'un CLS ou d'un CLSM", "coordinator"),
        Kind("reste-a-vivre", "aide individuelle : le reste à vivre", "individual_aid"),
        Kind("teleconsultation", "lieux de téléconsultation", "teleconsultation_sites"),
        Kind("installations", "installations sous conditions (proposition 2022)", "installations"),
        Kind("cas-type", "cas-type de la convention refusée en 2023", "convention_2023"),
        Kind("comparer", "CPTS, maison ou centre de santé côte à côte", "comparison"),
    )
}
"""Every kind, in the order of the help."""
