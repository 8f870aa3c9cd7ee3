"""Other pools of doctors when nobody settles: how many hours each may bring."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed, guide
from assemblier.projects.expressions import ref, summed
from assemblier.projects.form import Answers, Form, Rows, question, share
from assemblier.projects.study import Drawn, Picture, Statement, Study, quantity

POOLS = {
    "retraites": "médecins retraités",
    "voisins": "médecins voisins (multi-site)",
    "hopital": "consultations avancées de l'hôpital",
    "teleconsultation": "téléconsultation",
    "autre": "autre vivier",
}
_CHAPTER = "pages 58 et suivantes"

FORM = Form(
    "viviers",
    "Heures médicales d'autres viviers",
    (
        question("nom", "Nom du territoire", Kind.TEXTE),
        question("minutes", "Durée d'une consultation, en minutes", least=1),
    ),
    (
        Rows(
            "viviers",
            "Viviers",
            (
                question("vivier", "Le vivier", Kind.CHOIX, tuple(POOLS), is_required=True),
                question("nom", "Son nom", Kind.TEXTE),
                question("medecins", "Médecins connus", is_required=True),
                share("part", "Part de ceux qui accepteraient", is_required=True),
                question("heures", "Heures par semaine de chacun", is_required=True, most=60),
            ),
            least=1,
        ),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return the hours of each pool and their sum, with what was supposed of each.

    Always true
    -----------
    The hours in all are the sum of the hours of the pools.
    """
    entries = Entries(answers, on)
    pools = answers.rows("viviers")
    names = [one.get("nom") or POOLS[one["vivier"]] for one in pools]
    each = range(1, len(pools) + 1)
    total = Block("En tout", tuple(_total(entries, len(pools))))
    blocks = tuple(
        Block(f"{rank}. {name}", tuple(_pool(entries, one, rank, name)))
        for rank, (one, name) in enumerate(zip(pools, names, strict=True), start=1)
    )
    calculation = Calculation((*blocks, total))
    return Study(
        FORM.kind,
        "Heures médicales à portée, hors installation",
        answers.get("nom") or "territoire",
        on,
        calculation,
        (
            Statement(
                f"Les viviers connus apporteraient "
                f"{quantity(calculation.value('heures'), 'heures par semaine', 1)}, soit "
                f"{quantity(calculation.value('consultations'), 'consultations')}.",
                (("heures", 0), ("consultations", 0)),
            ),
        ),
        None,
        (
            Picture(
                "viviers",
                "Heures par semaine de chaque vivier",
                Drawn.BARS,
                tuple(f"heures_{rank}" for rank in each),
                "Chaque barre suppose la part dite de ceux qui accepteraient.",
            ),
        ),
        (),
        (
            "La part de ceux qui accepteraient est la vôtre : rien n'en est publié.",
            "Les heures d'un médecin voisin sont prises à sa patientèle d'ailleurs.",
        ),
        sources=(guide(_CHAPTER),),
    )


def _pool(entries: Entries, pool: Mapping[str, Any], rank: int, name: str) -> Iterator[Row]:
    yield entries.said(f"medecins_{rank}", "médecins connus", "médecins", pool["medecins"])
    yield entries.said(f"part_{rank}", "part de ceux qui accepteraient", "%", pool["part"])
    yield entries.said(f"chacun_{rank}", "heures de chacun", "heures par semaine", pool["heures"])
    yield computed(
        f"heures_{rank}",
        f"heures : {name}",
        "heures par semaine",
        ref(f"medecins_{rank}") * ref(f"part_{rank}") / 100 * ref(f"chacun_{rank}"),
        1,
    )


def _total(entries: Entries, count: int) -> Iterator[Row]:
    each = (ref(f"heures_{rank}") for rank in range(1, count + 1))
    yield computed("heures", "heures à portée", "heures par semaine", summed(*each), 1)
    yield entries.entry(
        "minutes",
        "durée d'une consultation",
        "minutes",
        "medecin_generaliste.temps.minutes_consultation",
    )
    yield computed(
        "consultations", "consultations", "par semaine", ref("heures") * 60 / ref("minutes")
    )
