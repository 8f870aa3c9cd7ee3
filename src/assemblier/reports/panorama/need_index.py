"""The need in regard of the supply: four quadrants, the weights in sight."""

from assemblier.diagnosis import need_index
from assemblier.diagnosis.need_index import COMPONENTS, NeedAndSupply, Quadrant
from assemblier.french import number
from assemblier.reports.document import Block, Cell, Finding, Items, Section, Table, Tone
from assemblier.reports.panorama.blocks import figures_table, number_column, text_column
from assemblier.reports.panorama.scope import Scope
from assemblier.territory import enumeration

KEY = "besoin-offre"
TITLE = "Le besoin en regard de l'offre"
NAMED = 8


def need_section(scope: Scope) -> tuple[Section, ...]:
    """Return the quadrants of the EPCI of a territory; nothing where there are not two."""
    if len(scope.epci_parts) < 2:
        return ()
    found = need_index.need_and_supply(scope.perimeter, scope.on)
    return (Section(KEY, TITLE, need_blocks(found)),)


def need_blocks(found: NeedAndSupply) -> tuple[Block, ...]:
    """Return the sentence, the table, the weights and what was left out."""
    absent = tuple(
        f"{label} : {missing.removeprefix('rien : ')}." for label, missing in found.left_out.items()
    )
    gaps = (Items("Ce que l'indice ne compte pas, faute de fichier", absent, Tone.MISSING),)
    return (
        Finding(_text(found), (found.supply_mean,)),
        need_table(found),
        *(gaps if absent else ()),
    )


def _text(found: NeedAndSupply) -> str:
    first = found.of(Quadrant.PRIORITY)
    if all(part.quadrant is None for part in found.parts):
        return "Le besoin en regard de l'offre : non disponible, une des deux mesures manque."
    rest = len(first) - NAMED
    names = [part.perimeter.nom for part in first[:NAMED]]
    named = [*names, *([f"{rest} autre{'s' * (rest > 1)}"] if rest > 0 else [])]
    who = (
        f"{len(first)} territoire{'s' * (len(first) > 1)} sur {len(found.parts)} "
        f"{'cumulent' if len(first) > 1 else 'cumule'} besoin élevé et offre faible "
        f"({enumeration(named)})"
        if first
        else "Aucun territoire ne cumule besoin élevé et offre faible"
    )
    weights = ", ".join(
        f"{one.label} {number(found.weights[one.key], _decimals(found.weights[one.key]))}"
        for one in COMPONENTS
        if one.key in found.weights
    )
    return f"{who}. Poids de l'indice : {weights}."


def _decimals(weight: float) -> int:
    return 0 if weight == int(weight) else 2


def need_table(found: NeedAndSupply) -> Table:
    """Return each part: components, index, APL, quadrant and why."""
    rows: list[tuple[Cell, ...]] = [
        (
            part.perimeter.nom,
            *(part.values[one.key] for one in COMPONENTS),
            part.need,
            part.supply,
            "non disponible" if part.quadrant is None else part.quadrant.value,
            part.reason,
        )
        for part in found.parts
    ]
    return figures_table(
        "besoin_offre",
        "Besoin et offre, du besoin le plus élevé au plus faible",
        (
            text_column("territoire", "Territoire"),
            number_column("part_75", "75 ans ou plus (%)", 1, "%"),
            number_column("niveau_de_vie", "Niveau de vie médian (€ par an)", 0, "€ par an"),
            number_column("ald", "Patients en ALD (%)", 1, "%"),
            number_column("besoin", "Indice de besoin (0 : moyenne)", 2),
            number_column("apl", "APL moyenne", 2),
            text_column("quadrant", "Lecture"),
            text_column("raison", "Pourquoi"),
        ),
        rows,
        note="Besoin élevé : indice de 0 ou plus. Offre élevée : APL au moins égale à la moyenne "
        "des territoires comparés.",
    )
