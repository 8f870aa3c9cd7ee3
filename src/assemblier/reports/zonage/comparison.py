"""Two zonings side by side: who changes zone, and what that ends or opens."""

import datetime as dt
from collections.abc import Iterator, Sequence

from assemblier.data import source
from assemblier.figures import Nature, Provenance
from assemblier.french import date_text, number
from assemblier.reports.document import Block, Cell, Document, Finding, Items, Part, Section, Table
from assemblier.reports.panorama.blocks import number_column, text_column
from assemblier.reports.typography import UNKNOWN
from assemblier.territory import index
from assemblier.zoning.classes import PROFESSIONS, Niveau, Zonage, level_label
from assemblier.zoning.comparison import Comparison, QuarterMove, effects
from assemblier.zoning.rules import Aid


def comparison_document(
    found: Comparison,
    names: tuple[str, str],
    profession: str,
    on: dt.date,
    quarters: Sequence[QuarterMove] = (),
) -> Document:
    """Return the report of two zonings of a profession compared.

    Parameters
    ----------
    found
        From `zoning.comparison.compare`.
    names
        How the old and the new zoning are called.
    profession
        As tables name it.
    on
        The day whose aids and rules hold.
    quarters
        From `zoning.comparison.quarter_moves`.
    """
    sections = [
        Section("changements", "Les communes qui changent", (_changed(found, profession, on),))
    ]
    if quarters:
        sections.append(Section("quartiers", "Les quartiers prioritaires", (_quarters(quarters),)))
    sections.append(Section("textes", "Les textes", (_texts(found, profession, on),)))
    return Document(
        key="comparaison-zonages",
        title=f"Zonage des {PROFESSIONS[profession]} : ce qui change",
        subtitle=f"de {names[0]} à {names[1]}",
        date=date_text(on),
        summary=tuple(_summary(found, profession, on)),
        parts=(
            Part(
                "communes",
                "Commune par commune",
                tuple(sections),
            ),
        ),
    )


def _label(zone: Zonage | Niveau | None, profession: str, on: dt.date) -> str:
    if zone is None:
        return UNKNOWN
    return zone.value if isinstance(zone, Zonage) else level_label(zone, profession, on)


def _provenance() -> Provenance:
    return Provenance((source("insee-populations"),))


def _summary(found: Comparison, profession: str, on: dt.date) -> Iterator[Block]:
    changed = found.changed
    people = number(found.inhabitants_changed)
    yield Finding(f"{number(len(changed))} communes et {people} habitants changent de zone.")
    rows: list[tuple[Cell, ...]] = [
        (
            _label(one.before, profession, on),
            _label(one.after, profession, on),
            one.communes,
            one.inhabitants,
        )
        for one in found.passages
    ]
    yield Table(
        "passages",
        "Communes et habitants par passage d'une zone à l'autre",
        (
            text_column("avant", "Avant"),
            text_column("apres", "Après"),
            number_column("communes", "Communes"),
            number_column("habitants", "Habitants"),
        ),
        tuple(rows),
        provenance=_provenance(),
    )
    for one in found.passages:
        if one.before is None or one.after is None or one.before is one.after:
            continue
        effect = effects(one.before, one.after, profession, on)
        lines = (
            *(f"prend fin : {aid_words(aid)}" for aid in effect.ended),
            *(f"s'ouvre : {aid_words(aid)}" for aid in effect.opened),
        )
        passage = f"{_label(one.before, profession, on)} → {_label(one.after, profession, on)}"
        yield Items(
            f"{passage}, pour une nouvelle installation au {date_text(on)}",
            lines or ("rien ne s'ouvre ni ne prend fin parmi les dispositifs connus",),
        )


def aid_words(aid: Aid) -> str:
    """Write an aid, the day its text begins and whether it is sure."""
    if aid.key == "regulation":
        return f"{aid.label.rstrip('.')} (règle depuis le {date_text(aid.since)})"
    check = ", à vérifier" if aid.is_to_check else ""
    return f"{aid.label} (depuis le {date_text(aid.since)}{check})"


def _texts(found: Comparison, profession: str, on: dt.date) -> Table:
    """Return the texts of what the changes end or open, each once."""
    aids: dict[str, Aid] = {}
    for one in found.passages:
        if one.before is not None and one.after is not None and one.before is not one.after:
            effect = effects(one.before, one.after, profession, on)
            aids |= {aid.key: aid for aid in (*effect.ended, *effect.opened)}
    rows: list[tuple[Cell, ...]] = [
        (
            aid.label,
            aid.reference,
            date_text(aid.since),
            "à vérifier" if aid.is_to_check else "",
        )
        for aid in aids.values()
    ]
    return Table(
        "textes",
        "Les textes de ces aides et de ces règles",
        (
            text_column("effet", "Aide ou règle"),
            text_column("texte", "Texte"),
            text_column("depuis", "Depuis"),
            text_column("a_verifier", "À vérifier"),
        ),
        tuple(rows),
        nature=Nature.CITE,
        note="La zone ouvre l'aide à qui s'installe ; ses autres conditions restent à vérifier. Un "
        "contrat déjà signé suit ses propres termes.",
    )


def _quarters(moves: Sequence[QuarterMove]) -> Table:
    follows = "suit sa commune"
    rows: list[tuple[Cell, ...]] = [
        (
            move.quarter,
            move.before.value if move.before else follows,
            move.after.value if move.after else follows,
        )
        for move in moves
    ]
    return Table(
        "quartiers_changes",
        "Les quartiers prioritaires classés autrement",
        (
            text_column("quartier", "Quartier"),
            text_column("avant", "Avant"),
            text_column("apres", "Après"),
        ),
        tuple(rows),
        nature=Nature.CITE,
    )


def _changed(found: Comparison, profession: str, on: dt.date) -> Table:
    changed = found.changed
    rows_of = index()
    places = rows_of.positions(move.code_commune for move in changed)
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            move.inhabitants,
            _label(move.before, profession, on),
            _label(move.after, profession, on),
        )
        for move, name in zip(changed, rows_of.nom[places].tolist(), strict=True)
    ]
    return Table(
        "communes_changees",
        "Les communes qui changent de zone",
        (
            text_column("nom", "Commune"),
            number_column("habitants", "Habitants"),
            text_column("avant", "Avant"),
            text_column("apres", "Après"),
        ),
        tuple(rows),
        provenance=_provenance(),
        visible_rows=60,
        codes=tuple(move.code_commune for move in changed),
    )
