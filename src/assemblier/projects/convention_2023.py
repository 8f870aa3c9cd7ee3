"""The case of a general practitioner under the convention proposed in 2023, and refused."""

import datetime as dt

from assemblier.projects.calculation import Block, Calculation
from assemblier.projects.entries import Entries, computed, panorama
from assemblier.projects.expressions import ref
from assemblier.projects.form import Answers, Form
from assemblier.projects.study import Drawn, Picture, Statement, Study, quantity

FORM = Form("cas-type", "Cas-type de la convention proposée en 2023", ())
BANNER = "Proposition refusée le 28 février 2023 : jamais appliquée."
_P = "projets.convention_2023."


def study(answers: Answers, on: dt.date) -> Study:
    """Return what the refused proposal would have brought; the banner says it was refused."""
    entries = Entries(answers, max(on, dt.date(2023, 2, 28)))
    unit = "€ par an"
    rows = (
        entries.given("socle", "revalorisation des consultations (+1,5 €)", unit, f"{_P}socle"),
        entries.given(
            "forfait", "revalorisation du forfait médecin traitant", unit, f"{_P}forfait"
        ),
        computed(
            "sans_engagement", "sans engagement territorial", unit, ref("socle") + ref("forfait")
        ),
        entries.given("consultation_30", "consultation à 30 €", unit, f"{_P}consultation_30"),
        entries.given("niveaux_2_3", "consultations de niveaux 2 et 3", unit, f"{_P}niveaux_2_3"),
        computed(
            "engagement",
            "de plus, avec engagement territorial",
            unit,
            ref("consultation_30") + ref("niveaux_2_3"),
        ),
        computed(
            "ensemble",
            "avec engagement territorial, en tout",
            unit,
            ref("sans_engagement") + ref("engagement"),
        ),
    )
    calculation = Calculation((Block("Honoraires supplémentaires", rows),))
    base, more = (
        quantity(calculation.value(key), unit) for key in ("sans_engagement", "engagement")
    )
    return Study(
        FORM.kind,
        "Cas-type d'un généraliste, convention proposée en 2023",
        BANNER,
        on,
        calculation,
        (
            Statement(BANNER),
            Statement(
                f"Elle aurait apporté {base}, et {more} de plus en cas d'engagement territorial.",
                (("sans_engagement", 0), ("engagement", 0)),
            ),
        ),
        None,
        (
            Picture(
                "apport",
                "Honoraires supplémentaires d'un généraliste (proposition refusée)",
                Drawn.BARS,
                ("socle", "forfait", "consultation_30", "niveaux_2_3"),
                "La consultation à 30 € comptait le plus.",
            ),
        ),
        (),
        ("Le document ne publie ni l'activité ni la patientèle de ce médecin.",),
        sources=(panorama(43),),
    )
