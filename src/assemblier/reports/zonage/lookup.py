"""The zone of communes on a day: the act that says it, the aids it opens, what is asked for."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assemblier.data import source
from assemblier.data.documents import cited
from assemblier.diagnosis.zonage import inhabitants
from assemblier.diagnosis.zonings import Listed
from assemblier.figures import Nature, Provenance, Source
from assemblier.french import date_text, number
from assemblier.reports.document import (
    Block,
    Cell,
    Document,
    Finding,
    Items,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import number_column, text_column
from assemblier.reports.typography import percent
from assemblier.reports.zonage.maps import zone_map
from assemblier.territory import Perimeter, index
from assemblier.zoning.acts import Acte, Answer, Register
from assemblier.zoning.classes import (
    MEDECIN,
    PROFESSIONS,
    Niveau,
    Zonage,
    level_label,
    zone_of,
)
from assemblier.zoning.rules import aids_opened, installation_rule, region_after
from assemblier.zoning.sectors import sectors
from assemblier.zoning.shares import zone_shares

_AURA = "84"
_AURA_SHARES = ("population_zip_aura", "population_zac_aura", "population_hors_zonage_aura")


@dataclass(frozen=True)
class Lookup:
    """The answers for the communes of a territory on a day.

    Attributes
    ----------
    perimeter, profession, on
        What was asked.
    answers
        By commune.
    listed
        What lists without a dated act say, by commune: an indication.
    """

    perimeter: Perimeter
    profession: str
    on: dt.date
    answers: Mapping[str, Answer]
    listed: Mapping[str, Listed]

    @property
    def acts(self) -> tuple[Acte, ...]:
        """Return the acts in force, each once."""
        found = {one.act.key: one.act for one in self.answers.values() if one.act is not None}
        return tuple(found.values())

    @property
    def zones(self) -> dict[str, Zonage | Niveau]:
        """Return the zone of the communes whose act says it."""
        return {code: one.zone for code, one in self.answers.items() if one.zone is not None}

    def label(self, zone: Zonage | Niveau) -> str:
        """Return the name of a zone on that day."""
        if isinstance(zone, Zonage):
            return zone.label
        return level_label(zone, self.profession, self.on)


def counted(communes: int) -> str:
    """Write a number of communes."""
    return f"{number(communes)} {'communes' if communes > 1 else 'commune'}"


def listed_words(zones: tuple[str, ...], profession: str, on: dt.date) -> str:
    """Write the zones a list gives a commune, as people say them."""
    read = [zone_of(zone, profession) for zone in zones]
    return " ou ".join(
        zone.value if isinstance(zone, Zonage) else level_label(zone, profession, on)
        for zone in read
    )


def lookup(
    perimeter: Perimeter,
    profession: str,
    on: dt.date,
    register: Register,
    listed: Mapping[str, Listed],
) -> Lookup:
    """Ask the register for the zone of every commune of a territory on a day."""
    rows = index()
    places = rows.positions(perimeter.codes)
    regions = rows.code_region[places].tolist()
    answers = {
        code: register.zone_at(code, region, profession, on)
        for code, region in zip(perimeter.codes, regions, strict=True)
    }
    return Lookup(perimeter, profession, on, answers, listed)


def lookup_document(found: Lookup) -> Document:
    """Return the report of the zones of a territory on a day."""
    who = PROFESSIONS[found.profession]
    sections = [Section("communes", "Commune par commune", (_communes(found),))]
    sections += _opened(found)
    return Document(
        key=f"zonage-{found.perimeter.key}",
        title=f"Zonage des {who} au {date_text(found.on)}",
        subtitle=found.perimeter.nom,
        date=date_text(found.on),
        summary=tuple(_summary(found)),
        parts=(Part("zones", "Les zones et ce qu'elles ouvrent", tuple(sections)),),
    )


def _summary(found: Lookup) -> Iterator[Block]:
    zones = found.zones
    if zones:
        pieces = [
            f"{found.label(one.zone)} : {counted(one.communes)}, "
            f"{percent(100 * one.share)} des habitants"
            for one in zone_shares(zones, inhabitants())
        ]
        yield Finding(f"{' ; '.join(pieces)}.")
    for act in found.acts:
        yield Finding(_act_words(act))
    notes = Counter(one.note for one in found.answers.values() if one.note)
    if notes:
        asked = tuple(f"{note} ({counted(count)})" for note, count in notes.most_common())
        yield Items("À donner ou à vérifier", asked, Tone.MISSING)
    if found.listed:
        yield _listed_items(found)
    yield from _fragile_sectors(found)
    yield from _cited_shares(found)
    if zones or found.listed:
        yield _map(found)


def _act_words(act: Acte) -> str:
    ended = f" au {date_text(act.until)}" if act.until else ""
    published = f", publié le {date_text(act.published)}" if act.published else ""
    return (
        f"{act.reference} : arrêté du {date_text(act.signed)}{published}, en vigueur du "
        f"{date_text(act.since)}{ended}."
    )


def _listed_items(found: Lookup) -> Items:
    one = next(iter(found.listed.values()))
    counts = Counter(
        listed_words(listed.zones, found.profession, found.on)
        if len(listed.zones) == 1
        else "plusieurs zones (jointure ambiguë)"
        for listed in found.listed.values()
    )
    words = ", ".join(f"{zone} {counted(count)}" for zone, count in counts.most_common())
    return Items(
        "Indication d'une liste sans acte daté, à confirmer par l'arrêté",
        (f"{one.source.title} ({one.vintage}) : {words}.",),
        Tone.WARNING,
        Provenance((one.source,)),
    )


def _fragile_sectors(found: Lookup) -> Iterator[Block]:
    """Yield the under-endowed areas by name: those of acts, else those of lists without one."""
    if found.profession == MEDECIN:
        return
    fragile = {Niveau.TRES_SOUS_DOTEE.value, Niveau.SOUS_DOTEE.value}
    known, _ = _shown_zones(found)
    communes = [code for code, zone in known.items() if zone.value in fragile]
    groups = sectors(communes)
    if groups:
        rows = index()
        lines = tuple(
            f"{one.nom} et alentour ({counted(len(one.communes))}) : "
            + ", ".join(rows.nom[rows.positions(one.communes)].tolist())
            for one in groups
        )
        yield Items(f"{number(len(groups))} secteurs très sous-dotés ou sous-dotés", lines)


def _cited_shares(found: Lookup) -> Iterator[Block]:
    """Yield the shares somebody printed for Auvergne-Rhône-Alpes."""
    if found.profession != MEDECIN or found.perimeter.expression != f"region:{_AURA}":
        return
    figures = tuple(cited(key) for key in _AURA_SHARES)
    zip_, zac, outside = (percent(figure.known_value()) for figure in figures)
    yield Finding(
        f"Parts imprimées de la population régionale : ZIP {zip_}, ZAC {zac}, hors zonage "
        f"{outside}.",
        figures,
    )


def _shown_zones(found: Lookup) -> tuple[Mapping[str, Zonage | Niveau], str]:
    """Return the zones of acts, else those of a list without an act and the words that say so."""
    if found.zones or not found.listed:
        return found.zones, ""
    sole = {code: one.zones[0] for code, one in found.listed.items() if len(one.zones) == 1}
    zones = {code: zone_of(zone, found.profession) for code, zone in sole.items()}
    return zones, ", indication d'une liste sans acte daté"


def _map(found: Lookup) -> Block:
    labels: tuple[str, ...] = ()
    if found.profession != MEDECIN:
        labels = tuple(level_label(level, found.profession, found.on) for level in Niveau)
    zones, words = _shown_zones(found)
    return zone_map(
        found.perimeter,
        zones,
        f"Zonage des {PROFESSIONS[found.profession]} au {date_text(found.on)}{words}",
        f"{number(len(zones))} communes sur {number(len(found.perimeter.codes))} ont une zone "
        f"connue{words}." + _asked_words(len(found.perimeter.codes) - len(zones)),
        _communes(found),
        _provenance(found),
        labels=labels,
    )


def _asked_words(unknown: int) -> str:
    return f" {counted(unknown)} à demander." if unknown else ""


def _provenance(found: Lookup) -> Provenance:
    acts = tuple(
        Source(
            f"acte-{act.key}",
            f"agence régionale de santé {region_after(act.region)}",
            act.reference,
            date_text(act.signed),
            published=date_text(act.published) if act.published else "",
            address=act.address,
            note=f"Liste lue dans {act.source}.",
        )
        for act in found.acts
    )
    lists = tuple(dict.fromkeys(one.source for one in found.listed.values()))
    return Provenance((*acts, *lists, source("insee-populations")))


def _communes(found: Lookup) -> Table:
    rows_of = index()
    places = rows_of.positions(found.perimeter.codes)
    rows: list[tuple[Cell, ...]] = []
    for code, name in zip(found.perimeter.codes, rows_of.nom[places].tolist(), strict=True):
        one = found.answers[code]
        listed = found.listed.get(code)
        rows.append(
            (
                name,
                inhabitants()[code],
                found.label(one.zone) if one.zone is not None else None,
                one.act.reference if one.act else None,
                date_text(one.act.signed) if one.act else None,
                listed_words(listed.zones, found.profession, found.on) if listed else None,
                one.note,
            )
        )
    return Table(
        "zones_communes",
        "Zone de chaque commune et acte qui la fixe",
        (
            text_column("nom", "Commune"),
            number_column("habitants", "Habitants"),
            text_column("zone", "Zone"),
            text_column("acte", "Acte"),
            text_column("arrete", "Arrêté du"),
            text_column("indication", "Indication sans acte"),
            text_column("note", "À savoir"),
        ),
        tuple(rows),
        nature=Nature.CITE,
        provenance=_provenance(found),
        visible_rows=40,
        codes=found.perimeter.codes,
    )


def _opened(found: Lookup) -> list[Section]:
    """Return what each zone present opens (doctors) or asks (other professions)."""
    present = sorted(set(found.zones.values()), key=lambda zone: zone.rank)
    rows: list[tuple[Cell, ...]] = []
    for zone in present:
        if isinstance(zone, Zonage):
            rows += [
                (
                    found.label(zone),
                    aid.label,
                    aid.reference,
                    _day_and_check(aid.since, aid.is_to_check),
                )
                for aid in aids_opened(zone, found.on)
            ]
        else:
            rule = installation_rule(found.profession, zone, found.on)
            rows.append((found.label(zone), rule.sentence, rule.reference, ""))
    if not rows:
        return []
    what = "Aide ouverte" if found.profession == MEDECIN else "Règle d'installation"
    table = Table(
        "ce_que_les_zones_ouvrent",
        "Ce que chaque zone ouvre ou demande, à cette date",
        (
            text_column("zone", "Zone"),
            text_column("effet", what),
            text_column("texte", "Texte"),
            text_column("depuis", "Depuis"),
        ),
        tuple(rows),
        nature=Nature.CITE,
        note="La zone ouvre l'aide ; ses autres conditions restent à vérifier.",
    )
    return [Section("effets", "Ce que les zones ouvrent ou demandent", (table,))]


def _day_and_check(since: dt.date, is_to_check: bool) -> str:
    return date_text(since) + (" (à vérifier)" if is_to_check else "")
