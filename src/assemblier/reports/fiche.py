"""The sheet of a commune: two sides for a mayor, with whom to ask for what."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from assemblier import territory
from assemblier.data.contacts import contacts
from assemblier.diagnosis import apl, bands, density, ecosystem, local
from assemblier.diagnosis.apl import PublishedApl
from assemblier.diagnosis.ecosystem import FamilyInventory, Resource
from assemblier.diagnosis.gauges import TwoGauges, two_gauges
from assemblier.errors import InputError, Problem
from assemblier.figures import Figure, Provenance
from assemblier.french import date_text
from assemblier.reports.document import (
    Block,
    Cell,
    Document,
    Finding,
    Map,
    Part,
    Section,
    Table,
)
from assemblier.reports.panorama.access import conflict_block
from assemblier.reports.panorama.blocks import (
    figures_table,
    finding,
    missing,
    number_column,
    text_column,
)
from assemblier.reports.panorama.gauges import gauge_blocks
from assemblier.reports.panorama.limits import anachronism
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.theme import APL_CLASSES
from assemblier.reports.typography import figure_text
from assemblier.territory import Perimeter

GP = "medecin_generaliste"
SHOWN_RESOURCES = 6
SHOWN_TIES = 3


def fiche(perimeter: Perimeter, on: dt.date, resources: Sequence[Resource] = ()) -> Document:
    """Return the sheet of a commune.

    Parameters
    ----------
    perimeter
        One commune.
    on
        The day of the sheet.
    resources
        Places and schemes the user knows of; see `diagnosis.ecosystem`.

    Raises
    ------
    InputError
        When the territory is not one commune.

    Examples
    --------
    >>> fiche(territory.parse("commune:43234"), dt.date(2026, 11, 22)).subtitle
    'Saugues'
    """
    if perimeter.kind != "commune" or len(perimeter.codes) > 1:
        raise InputError([_not_a_commune(perimeter)])
    scope = Scope(perimeter, on)
    found = two_gauges(perimeter, on)
    around = territory.union((perimeter, *_neighbours(scope)))
    published = local.published_apl(around)
    draft = _document(scope, found, published, resources)
    return replace(draft, summary=(*anachronism(draft.figures(), on), *draft.summary))


def _document(
    scope: Scope, found: TwoGauges, published: PublishedApl, resources: Sequence[Resource]
) -> Document:
    return Document(
        key=f"fiche-{scope.perimeter.key}",
        title="Fiche d'accès aux soins",
        subtitle=scope.place,
        date=date_text(scope.on),
        summary=(gauge_blocks(found), *_sentences(scope, found), *_map(scope, published)),
        parts=(
            Part(
                "verso",
                "Autour de la commune",
                (
                    Section("voisines", "Ses voisines", (_neighbours_table(scope, published),)),
                    Section(
                        "ressources", "Soins et prévention alentour", _resources(scope, resources)
                    ),
                    Section("contacts", "À qui demander quoi", (_contacts_table(),)),
                ),
            ),
        ),
    )


def _not_a_commune(perimeter: Perimeter) -> Problem:
    return Problem(
        "COMMUNE",
        f"« {perimeter.nom} » réunit {len(perimeter.codes)} communes ou arrondissements",
        "une seule commune, ou un seul arrondissement de Paris, Lyon ou Marseille",
        f"donner l'un d'eux (par exemple {perimeter.codes[0]}), ou demander "
        "« assemblier panorama » pour l'ensemble",
    )


def _neighbours(scope: Scope) -> tuple[Perimeter, ...]:
    return tuple(territory.parse(f"commune:{code}") for code in scope.neighbours)


def _sentences(scope: Scope, found: TwoGauges) -> tuple[Block, ...]:
    """Return three sentences (access, supply, nearest practitioner), and what is in conflict."""
    return (
        _access_sentence(scope),
        _supply_sentence(scope),
        _nearest_sentence(found),
        *conflict_block(local.published_apl(scope.perimeter)),
    )


def _access_sentence(scope: Scope) -> Block:
    published = local.published_apl(scope.perimeter)
    latest = max(published.millesimes)
    score = apl.commune_apl(published, scope.perimeter.codes[0], latest)
    if not score.is_known:
        return missing("APL publiée de la commune", published.missing)
    where = scope.where
    return finding(apl.apl_sentence(f"{where[:1].upper()}{where[1:]}", score))


def _supply_sentence(scope: Scope) -> Finding:
    people = territory.population(scope.perimeter)
    count = local.equipment(scope.perimeter, GP)
    if not count.is_known:
        text = f"{figure_text(people)} ; nombre de généralistes non disponible."
        return Finding(text, (people, count))
    per = density.density(count, people)
    text = (
        f"{figure_text(people)} et {figure_text(count)} (lieux d'exercice)"
        + (f", soit {figure_text(per)}" if per.is_known and count.value else "")
        + "."
    )
    return Finding(text, (people, count, per))


def _nearest_sentence(found: TwoGauges) -> Finding:
    (reading,) = found.communes
    figures: tuple[Figure, ...] = (reading.distance_km, reading.minutes, reading.per_practitioner)
    if not reading.nearest:
        return Finding("Le généraliste le plus proche : non disponible.", figures)
    if reading.nearest == reading.nom:
        return Finding("Un généraliste au moins exerce dans la commune.", figures)
    text = (
        f"Le généraliste recensé le plus proche est à {reading.nearest}, à "
        f"{figure_text(reading.distance_km)} à vol d'oiseau ({figure_text(reading.minutes)})"
        f"{_tied(reading.tied)}."
    )
    return Finding(text, figures)


def _tied(names: Sequence[str]) -> str:
    """Say which communes are as near, as far as the estimate can tell."""
    if not names:
        return ""
    return f" ; à égalité, à la minute près : {', '.join(names[:SHOWN_TIES])}"


def _map(scope: Scope, published: PublishedApl) -> tuple[Block, ...]:
    latest = max(published.millesimes)
    scores = {code: apl.commune_apl(published, code, latest) for code in published.codes}
    if not any(score.is_known for score in scores.values()):
        return ()
    among = bands.bands(scope.on)
    class_of: dict[str, int | None] = {}
    for code, score in scores.items():
        band = bands.classify(score.value, among)
        class_of[code] = None if band is None else band.index
    return (
        Map(
            key="carte-voisines",
            title=f"APL aux médecins généralistes {latest} : la commune et ses voisines",
            classes=APL_CLASSES,
            class_of=class_of,
            value_of={code: figure_text(score) for code, score in scores.items()},
            name_of=scope.names,
            summary=f"{scope.place} au centre, entourée de ses {len(scope.neighbours)} voisines.",
            table=_neighbours_table(scope, published),
            labels=scope.names,
            outlines=((scope.place, scope.perimeter.codes),),
            vintage=f"APL {latest}",
            provenance=published.provenance,
            legend=apl.UNIT,
        ),
    )


def _neighbours_table(scope: Scope, published: PublishedApl) -> Table:
    latest = max(published.millesimes)
    own = scope.perimeter.codes[0]
    rows: list[tuple[Cell, ...]] = []
    codes = (own, *sorted(scope.neighbours, key=lambda code: scope.names[code]))
    for code in codes:
        place = territory.parse(f"commune:{code}")
        rows.append(
            (
                scope.names[code],
                territory.population(place),
                local.equipment(place, GP),
                local.equipment(place, "infirmier"),
                local.equipment(place, "pharmacie"),
                apl.commune_apl(published, code, latest),
            )
        )
    return figures_table(
        "voisines",
        f"{scope.place} et les communes qui la touchent",
        (
            text_column("nom", "Commune"),
            number_column("population", "Habitants"),
            number_column("generalistes", "Généralistes"),
            number_column("infirmiers", "Infirmiers"),
            number_column("pharmacies", "Pharmacies"),
            number_column("apl", f"APL {latest}", 2),
        ),
        rows,
        note="Professionnels comptés à chaque lieu d'exercice.",
        codes=codes,
    )


def _resources(scope: Scope, known: Sequence[Resource]) -> tuple[Block, ...]:
    found = ecosystem.ecosystem(scope.perimeter, known, on=scope.on)
    rows: list[tuple[Cell, ...]] = [_family_row(family) for family in found.families]
    return (
        figures_table(
            "ressources",
            "Les quatre familles de ressources autour de la commune",
            (text_column("famille", "Famille"), text_column("ressources", "Ce qui est recensé")),
            rows,
        ),
    )


def _family_row(family: FamilyInventory) -> tuple[Cell, ...]:
    if family.status is ecosystem.Status.UNAVAILABLE:
        return (family.family.label, f"Non disponible. Ce qui l'apporterait : {family.missing}.")
    if not family.items:
        return (family.family.label, "Aucun recensé.")
    shown = [
        f"{item.label} à {item.commune} ({figure_text(item.distance)})"
        for item in family.items[:SHOWN_RESOURCES]
    ]
    rest = len(family.items) - len(shown)
    more = f" ; et {rest} autres" if rest > 0 else ""
    return (family.family.label, f"{' ; '.join(shown)}{more}. {family.note}".strip())


def _contacts_table() -> Table:
    return Table(
        key="contacts",
        title="À qui demander quoi",
        columns=(text_column("qui", "Interlocuteur"), text_column("quoi", "Ce qu'on lui demande")),
        rows=tuple((one.who, one.what) for one in contacts()),
        provenance=Provenance(tuple(dict.fromkeys(one.source for one in contacts()))),
    )
