"""The change of zone a scenario would bring at the next revision of the zoning."""

from collections.abc import Iterator

from assemblier.errors import UnavailableError
from assemblier.figures import Figure, Nature
from assemblier.french import french_spaces, number
from assemblier.reports.apl_words import counted
from assemblier.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Finding,
    Items,
    Paragraph,
    Section,
    Table,
    Tone,
)
from assemblier.reports.scenario.values import provenance_of
from assemblier.reports.zonage.comparison import aid_words
from assemblier.scenarios.ledger import name_of
from assemblier.scenarios.outcome import Outcome
from assemblier.scenarios.zones import Span, UnitZone, ZoneEffects
from assemblier.zoning.classes import Zonage

Zones = ZoneEffects | UnavailableError
"""The zoning, or what is missing to say it."""
VISIBLE_ROWS = 15
CHOICE = "au choix de l'agence"
NEVER = (
    "L'acte en vigueur reste : une zone ne change qu'à la révision du zonage. Les choix motivés de "
    "l'agence et sa marge d'adaptation ne sont pas devinés."
)


def zone_section(found: Outcome, zones: Zones) -> Section:
    """Return the section of the change of zone.

    Parameters
    ----------
    found
        What the scenario changes.
    zones
        From `scenarios.zones.zone_effects`, or what is missing.
    """
    if isinstance(zones, UnavailableError):
        text = f"Non disponible : {zones.what}. À importer : {zones.file}."
        return Section("zonage", "Le changement de zone n'est pas connu", (
            Items("Pour le connaître", (french_spaces(text), french_spaces(NEVER)), Tone.MISSING),
        ))  # fmt: skip
    blocks: list[Block] = [zone_table(found, zones)] if zones.units else []
    blocks += [_named(one) for one in zones.changed]
    blocks += [Paragraph(french_spaces(NEVER))]
    if zones.limits:
        limits = tuple(french_spaces(one) for one in zones.limits)
        blocks.append(Items("Ce qui n'est pas appliqué", limits, Tone.WARNING))
    return Section("zonage", _title(zones), tuple(blocks))


def zone_findings(found: Outcome, zones: Zones) -> tuple[Finding, ...]:
    """Return what the summary says of the zoning: nothing where it is unknown.

    Parameters
    ----------
    found, zones
        As `zone_section`.
    """
    if isinstance(zones, UnavailableError):
        return ()
    people = sum(one.unit.inhabitants for one in zones.changed)
    figure = Figure(
        "habitants dont le territoire change de zone ou de place", people, "habitants",
        Nature.ESTIME, vintage=zones.apl.label, provenance=provenance_of(found) | zones.provenance,
        decimals=0,
    )  # fmt: skip
    return (Finding(french_spaces(f"Zonage : {_sentence(zones)}."), (figure,)),)


def _title(zones: ZoneEffects) -> str:
    said = _sentence(zones).partition(" (")[0].partition(" ; ")[0]
    return french_spaces(said[0].upper() + said[1:])


def _sentence(zones: ZoneEffects) -> str:
    count, unknown = len(zones.changed), sum(one.is_unknown for one in zones.units)
    one, several = zones.partition.label_one, zones.partition.label
    left = (
        f"{counted(unknown, one, several)} sans réponse, l'APL d'une partie des communes étant "
        "inconnue"
    )
    if unknown and unknown == len(zones.units):
        return left
    said = f"aucun {one} ne change de zone"
    if count:
        names = ", ".join(
            f"{unit.unit.nom} : {unit.stood} → {unit.stands}" for unit in zones.changed
        )
        verb = "change" if count < 2 else "changent"
        said = (
            f"{counted(count, one, several)} {verb} de zone ou de place à la prochaine révision "
            f"({names})"
        )
    return f"{said} ; {left}" if unknown else said


def zone_table(found: Outcome, zones: ZoneEffects) -> Table:
    """Return the territories of the zoning that move, before and after.

    Parameters
    ----------
    found, zones
        As `zone_section`.
    """
    columns = (
        Column("territoire", zones.partition.label_one.capitalize()),
        Column("habitants", "Habitants", Align.NUMBER, 0),
        Column("apl_avant", "APL avant", Align.NUMBER, 2),
        Column("apl_apres", "APL après", Align.NUMBER, 2),
        Column("acte", "Zone en vigueur"),
        Column("avant", "Place avant"),
        Column("apres", "Place après"),
        Column("zone", "Zone attendue"),
    )
    rows = tuple(_row(one) for one in zones.units)
    note = (
        f"{zones.apl.label} ; {zones.partition.label} : {zones.partition.vintage or 'fichier'}. "
        f"ZIP d'office jusqu'à {number(zones.rules.zip_le, 1)} inclus, vivier jusqu'à "
        f"{number(zones.rules.vivier_le, 1)} inclus."
    )
    return Table(
        "zones", french_spaces(f"Les {zones.partition.label} dont l'APL bouge"), columns, rows,
        Nature.ESTIME, provenance_of(found) | zones.provenance, french_spaces(note), VISIBLE_ROWS,
    )  # fmt: skip


def _row(one: UnitZone) -> tuple[Cell, ...]:
    return (
        one.unit.nom,
        one.unit.inhabitants,
        _mean(one.today),
        _mean(one.later),
        one.in_force.value if one.in_force else None,
        one.stood.value if one.stood else None,
        one.stands.value if one.stands else None,
        _expected(one),
    )


def _mean(span: Span) -> Cell:
    """Return a mean; between what bounds where some communes are unknown."""
    if span.value is not None:
        return span.value
    return f"{number(span.low, 2)} à {number(span.high, 2)}"


def _expected(one: UnitZone) -> str | None:
    if one.stands is None:
        return None
    zone: Zonage | None = one.expected
    return zone.value if zone is not None else CHOICE


def _named(one: UnitZone) -> Items:
    """Return the communes of a territory that changes, and the aids it ends or opens."""
    names = ", ".join(name_of(code) for code in one.unit.communes)
    lines = [f"{counted(len(one.unit.communes), 'commune')} : {names}.", *_aids(one)]
    before = one.in_force.value if one.in_force else one.stood
    title = f"{one.unit.nom} : {before} → {_expected(one)}"
    return Items(french_spaces(title), tuple(french_spaces(line) for line in lines))


def _aids(one: UnitZone) -> Iterator[str]:
    if one.act:
        yield f"Zone en vigueur : {one.act}."
    if one.before is None or one.expected is None:
        yield "Aides gagnées ou perdues : à dire quand les deux zones seront connues."
        return
    if one.before is one.expected:
        yield "La zone reste la même : aucune aide ne s'ouvre ni ne prend fin."
        return
    yield from (f"Prend fin pour une nouvelle installation : {aid_words(aid)}." for aid in
                one.effects.ended)  # fmt: skip
    yield from (f"S'ouvre : {aid_words(aid)}." for aid in one.effects.opened)
    if not one.effects.ended and not one.effects.opened:
        yield "Aucune aide connue ne s'ouvre ni ne prend fin."
