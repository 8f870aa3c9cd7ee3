"""Build docs/textes.md: every text the software cites, its dates, what it replaced, and doubts.

    python tools/construire_textes.py

A test holds that the page is up to date. Nothing in it depends on the day it is built: what is to
be read again is told from the latest reading of the register.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from assemblier import parameters
from assemblier.aids.legality.wording import plain
from assemblier.data.contradictions import Contradiction, contradictions
from assemblier.data.measures import Measure, measures
from assemblier.data.texts import LegalText, legal_texts
from assemblier.french import date_text, french_spaces, number
from assemblier.parameters import Parameter, explain

PAGE = Path(__file__).resolve().parent.parent / "docs" / "textes.md"
FOLDER = Path(parameters.__file__).parent
READ_IN = " ; "
_INTRO = """# Textes et contradictions

Cette page est engendrée par `tools/construire_textes.py` ; un test vérifie qu'elle est à jour.

Chaque règle du logiciel est un paramètre daté, à côté de son texte. « Remplace » dit le texte qui
valait avant, pour la même règle. « Relu le » est le dernier jour où le texte a été vu dire cela ;
passé un an, chaque résultat qui s'en sert le dit."""


@dataclass(frozen=True)
class Dated:
    """One dated value of one rule, and what was before it."""

    parameter: Parameter
    previous: Parameter | None

    @property
    def text(self) -> str:
        """Return the text alone, without where it was read."""
        return short(self.parameter.reference)


def short(reference: str) -> str:
    return reference.split(READ_IN)[0]


def dated_values() -> Iterator[Dated]:
    for path in parameters.paths():
        file = (FOLDER / path.replace(".", "/")).with_suffix(".yaml")
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        previous = None
        for day in sorted(content["values"]):
            found = explain(path, day)
            if found.since == day:  # a null value leaves the one before
                yield Dated(found, previous)
                previous = found


def value_text(found: object) -> str:
    if isinstance(found, tuple):
        return ", ".join(value_text(item) for item in found) or "aucun"
    if isinstance(found, bool):
        return "oui" if found else "non"
    if isinstance(found, int | float):
        return f"{found:g}".replace(".", ",") if abs(found) < 1e4 else number(found)
    return plain(str(found))


def cell(text: str) -> str:
    return french_spaces(text).replace("|", "\\|").replace("\n", " ")


def table(headers: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(headers)
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(cell(one) for one in row)} |" for row in rows]
    return "\n".join(lines)


def rule_row(one: Dated) -> tuple[str, ...]:
    parameter = one.parameter
    unit = f" {parameter.unit}" if parameter.unit not in ("", "oui ou non") else ""
    before = short(one.previous.reference) if one.previous else ""
    return (
        one.text,
        f"{parameter.label} (`{parameter.path}`)",
        f"{value_text(parameter.value)}{unit}",
        date_text(parameter.since),
        before if before != one.text else "une autre valeur du même texte",
        str(parameter.confidence),
        date_text(parameter.checked) if parameter.checked else "non dit",
    )


def guide_row(one: LegalText) -> tuple[str, ...]:
    checked = f"{date_text(one.checked)} ({one.checked_against})" if one.checked else "non"
    return (
        f"[{one.reference}]({one.address})",
        one.subject,
        one.state.value,
        checked,
        one.successor,
    )


def to_read_again(values: list[Dated]) -> Iterator[tuple[str, ...]]:
    latest = max(one.parameter.checked for one in values if one.parameter.checked)
    for one in values:
        if one.parameter.to_reread(latest):
            assert one.parameter.checked is not None
            yield one.text, one.parameter.label, date_text(one.parameter.checked)


def contradiction_row(one: Contradiction) -> tuple[str, ...]:
    said = " / ".join(
        f"{statement.says} ({statement.source.title}, {statement.date})"
        for statement in one.statements
    )
    return one.key, one.subject, one.kind, said, one.decision


def measure_row(one: Measure) -> tuple[str, ...]:
    since, status = one.history[-1]
    told = f"{status} depuis le {date_text(since)}"
    return one.label, one.amount or "non dit", told, f"{one.source.title}, {one.source.page}"


def page() -> str:
    """Return the whole page."""
    values = sorted(dated_values(), key=lambda one: (one.text, one.parameter.path))
    latest: date = max(one.parameter.checked for one in values if one.parameter.checked)
    parts = (
        french_spaces(_INTRO),
        "## Les textes que le guide des élus donne en référence",
        table(
            ("Texte", "Ce qu'il fixe", "État", "Vérifié", "Suite"), map(guide_row, legal_texts())
        ),
        "## Les textes des règles du logiciel",
        table(
            ("Texte", "Règle", "Valeur", "Depuis", "Remplace", "Confiance", "Relu le"),
            map(rule_row, values),
        ),
        "## À relire",
        french_spaces(
            f"Ces règles n'avaient pas été relues depuis plus d'un an le {date_text(latest)}, "
            "dernier jour de lecture du registre."
        ),
        table(("Texte", "Règle", "Relu le"), dict.fromkeys(to_read_again(values))),
        "## Mesures proposées et non adoptées",
        french_spaces(
            "Elles ne sont pas le droit : aucun calcul ne s'en sert. Une mesure de même montant a "
            "pu être adoptée depuis par un autre texte, qui a sa propre règle."
        ),
        table(("Mesure", "Montant proposé", "État", "Source"), map(measure_row, measures())),
        "## Les contradictions des documents sources",
        table(
            ("Clé", "Sujet", "Nature", "Ce que chacun dit", "Ce que fait le logiciel"),
            map(contradiction_row, contradictions()),
        ),
    )
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
