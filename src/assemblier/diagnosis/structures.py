"""Coordinated practice: maisons de santé, centres de santé, CPTS, and who they cover."""

from collections.abc import Mapping
from dataclasses import dataclass

from assemblier.data.documents import cited_table
from assemblier.diagnosis import establishments
from assemblier.diagnosis.presented import DEPARTEMENT
from assemblier.diagnosis.wording import read_number
from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.french import french_spaces
from assemblier.territory import Perimeter, population

FILE = (
    "FINESS (maisons de santé, catégorie 603 ; centres de santé, catégorie 124) ou liste de l'ARS"
)
CPTS_FILE = "liste des CPTS de l'ARS : communes, population couverte, état d'avancement"
LABELLED, PLANNED = "labellisée", "projet en cours"
CENTRES = {
    "centres de santé infirmiers": "centre de santé infirmier",
    "centres de santé dentaires": "centre de santé dentaire",
    "centre de santé polyvalent": "centre de santé polyvalent",
}


@dataclass(frozen=True, slots=True)
class Inventory:
    """Coordinated structures of a territory.

    Attributes
    ----------
    msp, msp_labelled
        Maisons de santé pluriprofessionnelles, and those among them that are labelled.
    msp_unlabelled
        The difference, computed.
    centres
        Number of centres de santé by type.
    centres_total
        Their sum, computed.
    """

    msp: Figure
    msp_labelled: Figure
    msp_unlabelled: Figure
    centres: Mapping[str, Figure]
    centres_total: Figure


@dataclass(frozen=True, slots=True)
class Cpts:
    """One communauté professionnelle territoriale de santé.

    Attributes
    ----------
    status
        `LABELLED` or `PLANNED`.
    population
        Inhabitants of its territory; not available where the territory is not defined.
    """

    name: str
    status: str
    population: Figure

    @property
    def is_white_area(self) -> bool:
        """Whether it is a project without a territory: nobody is covered there yet."""
        return self.status == PLANNED and not self.population.is_known


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who the CPTS of a territory cover.

    Attributes
    ----------
    labelled_population, planned_population
        Sums of what the source prints.
    population
        Inhabitants of the territory.
    labelled_share, planned_share
        In % of them; a CPTS may reach over the border, hence at most.
    white_areas
        Projects without a territory, by name.
    """

    cpts: tuple[Cpts, ...]
    labelled_population: Figure
    planned_population: Figure
    population: Figure
    labelled_share: Figure
    planned_share: Figure
    white_areas: tuple[str, ...]


def inventory(perimeter: Perimeter) -> Inventory:
    """Return the coordinated structures of a perimeter.

    From the FINESS register, once it is imported. The presentation counts them for Haute-Loire as a
    whole: elsewhere, and inside it, only a registry brings them.
    """
    if establishments.is_known(perimeter.codes):
        return registered_inventory(perimeter)
    is_presented = perimeter.expression == f"departement:{DEPARTEMENT}"
    return presented_inventory() if is_presented else unknown_inventory()


def cpts_coverage(perimeter: Perimeter) -> Coverage:
    """Return who the CPTS of a perimeter cover; see `inventory`."""
    is_presented = perimeter.expression == f"departement:{DEPARTEMENT}"
    return coverage(presented_cpts() if is_presented else (), population(perimeter))


def presented_inventory() -> Inventory:
    """Return the structures of Haute-Loire as the presentation lists them.

    Examples
    --------
    >>> presented_inventory().centres_total.value
    7.0
    """
    table = cited_table("structures_43")
    counts = {
        label: _cited(label, number, "structures", table.vintage, table.source)
        for label, number in table.rows
    }
    centres = {short: counts[label] for label, short in CENTRES.items()}
    msp, labelled = counts["MSP"], counts["dont labellisées"]
    return Inventory(
        msp,
        labelled,
        _computed("MSP non labellisées", msp.known_value() - labelled.known_value(), msp),
        centres,
        _computed(
            "centres de santé",
            sum(centre.known_value() for centre in centres.values()),
            *centres.values(),
        ),
    )


def registered_inventory(perimeter: Perimeter) -> Inventory:
    """Return the structures of a perimeter as the FINESS register that was imported lists them.

    It does not say which maisons de santé are labelled, nor of which type a centre is.
    """
    msp = establishments.count(perimeter, establishments.MSP, "MSP")
    centres = establishments.count(perimeter, establishments.CENTRE, "centres de santé")
    missing = "liste de l'ARS : maisons de santé labellisées, types de centres de santé"
    return Inventory(
        msp,
        unavailable("MSP labellisées", missing, "structures"),
        unavailable("MSP non labellisées", missing, "structures"),
        {kind: unavailable(kind, missing, "structures") for kind in CENTRES.values()},
        centres,
    )


def unknown_inventory() -> Inventory:
    """Return an inventory that is not available, and the file that would bring it."""

    def absent(label: str) -> Figure:
        return unavailable(label, FILE, "structures")

    return Inventory(
        absent("MSP"),
        absent("MSP labellisées"),
        absent("MSP non labellisées"),
        {kind: absent(kind) for kind in CENTRES.values()},
        absent("centres de santé"),
    )


def presented_cpts() -> tuple[Cpts, ...]:
    """Return the CPTS of Haute-Loire as the presentation lists them.

    Examples
    --------
    >>> [cpts.name for cpts in presented_cpts() if cpts.is_white_area]
    ['Sur le secteur Est du département']
    """
    table = cited_table("cpts_43")
    return tuple(
        Cpts(
            name,
            status,
            _cited(f"population, {name}", text, "habitants", table.vintage, table.source),
        )
        for name, status, text in table.rows
    )


def coverage(cpts: tuple[Cpts, ...], population: Figure) -> Coverage:
    """Return who some CPTS cover.

    Parameters
    ----------
    cpts
        The CPTS of a territory; none at all when they are unknown.
    population
        Inhabitants of the territory.

    Always true
    -----------
    A CPTS without a known population adds nobody, and is listed as a white area if it is a project.
    Without any CPTS known, coverage is not available, never 0.
    """
    labelled = _sum(cpts, LABELLED, "population couverte par une CPTS labellisée")
    planned = _sum(cpts, PLANNED, "population d'un projet de CPTS")
    return Coverage(
        cpts,
        labelled,
        planned,
        population,
        _share(labelled, population),
        _share(planned, population),
        tuple(one.name for one in cpts if one.is_white_area),
    )


def _cited(label: str, text: str, unit: str, vintage: str, source: Source) -> Figure:
    value = read_number(text.removesuffix("hab."))
    if value is None:
        return unavailable(label, CPTS_FILE, unit, vintage, text)
    return Figure(label, value, unit, Nature.CITE, vintage, Provenance((source,)))


def _computed(label: str, value: float, *parts: Figure) -> Figure:
    origin = parts[0].provenance
    for part in parts[1:]:
        origin = origin | part.provenance
    return Figure(label, value, parts[0].unit, vintage=parts[0].vintage, provenance=origin)


def _sum(cpts: tuple[Cpts, ...], status: str, label: str) -> Figure:
    if not cpts:
        return unavailable(label, CPTS_FILE, "habitants")
    known = [one.population for one in cpts if one.status == status and one.population.is_known]
    unknown = [one.name for one in cpts if one.status == status and not one.population.is_known]
    total = sum(population.known_value() for population in known)
    note = f"Sans : {', '.join(unknown)} (population non définie)." if unknown else ""
    return Figure(
        label,
        float(total),
        "habitants",
        vintage=cpts[0].population.vintage,
        provenance=known[0].provenance if known else cpts[0].population.provenance,
        note=french_spaces(note),
    )


def _share(part: Figure, population: Figure) -> Figure:
    label = f"part de la {part.label}"
    if part.value is None or not population.value:
        return unavailable(label, part.missing or population.missing or CPTS_FILE, "%")
    return Figure(
        label,
        100 * part.value / population.value,
        "%",
        vintage=f"{part.vintage} / {population.vintage}",
        provenance=part.provenance | population.provenance,
        decimals=1,
        numerator=part,
        denominator=population,
        note="Au plus : une CPTS peut s'étendre au-delà du territoire.",
    )
