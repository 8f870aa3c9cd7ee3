"""A proposal of 2022: new installations allowed only under conditions where doctors are many."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from assemblier.aids.legality.fields import Kind
from assemblier.parameters import explain
from assemblier.projects.calculation import Block, Calculation, Row
from assemblier.projects.entries import Entries, computed
from assemblier.projects.expressions import ref, summed, where_positive
from assemblier.projects.form import Answers, Form, Rows, question, share
from assemblier.projects.study import Drawn, Listing, Picture, Statement, Study, quantity

LABEL = "proposition 2022"
_EXCEPTIONS = "projets.installations.exceptions"

FORM = Form(
    "installations",
    "Installations sous conditions (proposition 2022)",
    (
        question("nom", "Nom du territoire", Kind.TEXTE),
        question("seuil", "Seuil au-dessus duquel un territoire serait fermé", is_required=True),
        question("unite", "Unité du seuil et des valeurs", Kind.TEXTE),
        share(
            "part_exceptions",
            "Part des installations qui relèveraient d'une exception",
            is_required=True,
        ),
    ),
    (
        Rows(
            "territoires",
            "Territoires",
            (
                question("nom", "Son nom", Kind.TEXTE, is_required=True),
                question("valeur", "Densité, ou accessibilité", is_required=True),
                question("installations", "Installations par an", is_required=True),
            ),
            least=1,
        ),
    ),
)


def study(answers: Answers, on: dt.date) -> Study:
    """Return which territories would be closed and how many installations would go elsewhere.

    Always true
    -----------
    Installations kept and installations sent elsewhere sum to the installations.
    """
    entries = Entries(answers, on)
    unit = answers.get("unite") or ""
    territories = answers.rows("territoires")
    each = range(1, len(territories) + 1)
    blocks = [
        Block(
            "La règle",
            (
                entries.entry("seuil", "seuil", unit),
                entries.entry("part_exceptions", "installations sous exception", "%"),
            ),
        )
    ]
    for rank, one in enumerate(territories, start=1):
        blocks.append(Block(f"{rank}. {one['nom']}", tuple(_rows(entries, one, rank, unit))))
    moved = summed(*(ref(f"ailleurs_{rank}") for rank in each))
    closed = summed(*(ref(f"ferme_{rank}") for rank in each))
    blocks.append(
        Block(
            "En tout",
            (
                computed("fermes", "territoires fermés", "territoires", closed),
                computed("ailleurs", "installations redirigées", "par an", moved, 1),
            ),
        )
    )
    calculation = Calculation(tuple(blocks))
    found = explain(_EXCEPTIONS, max(on, dt.date(2022, 1, 1)))
    return Study(
        FORM.kind,
        f"Installations sous conditions ({LABEL})",
        answers.get("nom") or "territoire",
        on,
        calculation,
        (
            Statement(f"{LABEL.capitalize()} d'Intercommunalités de France : ce n'est pas la loi."),
            Statement(
                f"{quantity(calculation.value('fermes'), 'territoires')} au-dessus du seuil ; "
                f"{quantity(calculation.value('ailleurs'), 'installations par an', 1)} "
                "iraient ailleurs, si elles ont lieu.",
                (("fermes", 0), ("ailleurs", 0)),
            ),
        ),
        None,
        (
            Picture(
                "ailleurs",
                "Installations redirigées, par territoire",
                Drawn.BARS,
                tuple(f"ailleurs_{rank}" for rank in each),
                "Seuls les territoires au-dessus du seuil redirigent.",
            ),
        ),
        (
            Listing(
                "exceptions",
                "Les exceptions de la proposition",
                ("Exception",),
                tuple((one,) for one in found.value),
                f"{found.reference}. La liste du document se termine par des points de suspension.",
            ),
        ),
        (
            "Le document ne chiffre pas le seuil : c'est le vôtre.",
            "Rien ne dit qu'une installation refusée ici aurait lieu là où elle manque.",
        ),
    )


def _rows(entries: Entries, one: Mapping[str, Any], rank: int, unit: str) -> Iterator[Row]:
    name = one["nom"]
    yield entries.said(f"valeur_{rank}", f"valeur : {name}", unit, one["valeur"])
    yield entries.said(
        f"installations_{rank}", f"installations : {name}", "par an", one["installations"]
    )
    yield computed(
        f"ferme_{rank}",
        f"fermé (1 : oui) : {name}",
        "",
        where_positive(ref(f"valeur_{rank}") - ref("seuil"), 1, 0),
    )
    yield computed(
        f"ailleurs_{rank}",
        f"installations redirigées : {name}",
        "par an",
        ref(f"ferme_{rank}") * ref(f"installations_{rank}") * (1 - ref("part_exceptions") / 100),
        1,
    )
    yield computed(
        f"gardees_{rank}",
        f"installations gardées : {name}",
        "par an",
        ref(f"installations_{rank}") - ref(f"ailleurs_{rank}"),
        1,
    )
