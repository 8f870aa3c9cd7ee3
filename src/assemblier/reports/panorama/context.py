"""What surrounds health: living standard and determinants, priority quarters, establishments."""

from assemblier.diagnosis import context, establishments, quarter_places, quarters
from assemblier.diagnosis.context import Determinant
from assemblier.diagnosis.ecosystem import FAMILIES
from assemblier.figures import Figure, Provenance, unavailable
from assemblier.french import french_spaces, number
from assemblier.reports.document import Block, Cell, Column, Finding, Paragraph, Section, Table
from assemblier.reports.panorama.blocks import (
    figures_table,
    missing,
    number_column,
    provenance_of,
    text_column,
)
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.typography import figure_text
from assemblier.sources.stored import stored

LEVERS = {
    "Revenu": "Action sociale de la commune (CCAS) et du département",
    "Pauvreté": "Accès aux droits : C2S, CCAS, caisse d'assurance maladie",
    "Prestations": "Accès aux droits : CCAS, CAF, maison France services",
    "Logement": "Programme local de l'habitat (intercommunalité), amélioration de l'habitat",
    "Isolement, famille": "Contrat local de santé, centres sociaux, PMI (département)",
    "Formation": "Région (formation), réussite éducative (commune)",
    "Âge": "Autonomie (département), services à domicile, transport à la demande",
    "Emploi": "Intercommunalité (développement économique), région",
    "Mobilité": "Autorité organisatrice de la mobilité (intercommunalité, région)",
}
"""Who can act on each determinant, and by what."""

SHOWN_COLUMNS = 6
VISIBLE = 25


def context_sections(scope: Scope) -> tuple[Section, ...]:
    """Return the sections whose files were imported; the others are absent."""
    return (*_determinants(scope), *_quarters(scope), *_establishments(scope))


def _determinants(scope: Scope) -> tuple[Section, ...]:
    if not stored("filosofi") and not stored("indicateurs"):
        return ()
    standard = context.living_standard(scope.perimeter)
    own = _own(scope)
    inside = context.determinants("bassin_de_vie", scope.perimeter.codes)
    if not standard.is_known and not own and not inside:
        absent = missing("Revenus et déterminants sociaux", context.FILE)
        return (Section("contexte", "Revenus et déterminants : non disponibles ici", (absent,)),)
    blocks: list[Block] = []
    title = "Revenus, logement, âge : ce qui pèse sur la santé"
    if standard.is_known:
        blocks.append(_standard(scope, standard))
        title = f"Le niveau de vie médian : {figure_text(standard)}"
    else:
        blocks.append(missing("Niveau de vie", standard.missing))
    blocks += [*_own_table(scope, own), *_by_basin(scope, inside), *_levers((*own, *inside))]
    return (Section("contexte", title, tuple(blocks)),)


def _standard(scope: Scope, standard: Figure) -> Finding:
    is_one = len(scope.perimeter.codes) == 1
    what = "niveau de vie médian" + ("" if is_one else " de la commune de l'habitant médian")
    where = scope.where[:1].upper() + scope.where[1:]
    text = f"{where}, {what} : {figure_text(standard)} ({standard.vintage})."
    return Finding(text, (standard,))


def _own(scope: Scope) -> tuple[Determinant, ...]:
    level = context.LEVELS.get(scope.perimeter.kind)
    return context.determinants(level, (scope.perimeter.code,)) if level else ()


def _own_table(scope: Scope, found: tuple[Determinant, ...]) -> tuple[Table, ...]:
    if not found:
        return ()
    rows: list[tuple[Cell, ...]] = [
        (one.family, one.label, *_value(one, scope.perimeter.code)) for one in found
    ]
    return (
        figures_table(
            "determinants",
            f"Déterminants imprimés pour {scope.place}",
            (
                text_column("determinant", "Déterminant"),
                text_column("indicateur", "Indicateur"),
                number_column("valeur", "Valeur", 1),
                text_column("annee", "Année"),
            ),
            rows,
        ),
    )


def _value(one: Determinant, code: str) -> tuple[Cell, Cell]:
    figure = one.figures[code]
    return figure, figure.vintage


def _by_basin(scope: Scope, found: tuple[Determinant, ...]) -> tuple[Table, ...]:
    """Return the determinants of the bassins de vie whose centre is in the territory."""
    if not found or scope.perimeter.kind == "bassin":
        return ()
    shown = _most_telling(found)
    codes = sorted({code for one in shown for code in one.figures}, key=lambda c: scope.names[c])
    rows: list[tuple[Cell, ...]] = [
        (
            scope.names[code],
            *(one.figures.get(code) or unavailable(one.label, context.FILE) for one in shown),
        )
        for code in codes
    ]
    columns: tuple[Column, ...] = (
        text_column("bassin", "Bassin de vie (commune au centre)"),
        *(
            number_column(f"indicateur_{rank}", f"{one.label} ({_year(one)})", 1)
            for rank, one in enumerate(shown, 1)
        ),
    )
    return (
        figures_table(
            "determinants_bassins",
            "Déterminants par bassin de vie dont le centre est dans le territoire",
            columns,
            rows,
            note="La composition de ces bassins est celle du producteur, à son millésime.",
            visible_rows=VISIBLE if len(rows) > VISIBLE else 0,
        ),
    )


def _most_telling(found: tuple[Determinant, ...]) -> tuple[Determinant, ...]:
    """Return one indicator of each determinant, in their order: a page holds no more."""
    first: dict[str, Determinant] = {}
    for one in found:
        first.setdefault(one.family, one)
    return tuple(first.values())[:SHOWN_COLUMNS]


def _year(one: Determinant) -> str:
    return max(figure.vintage for figure in one.figures.values())


def _levers(found: tuple[Determinant, ...]) -> tuple[Table, ...]:
    """Return, for each determinant measured here, who can act on it."""
    families = dict.fromkeys(one.family for one in found)
    if not families:
        return ()
    rows: list[tuple[Cell, ...]] = [
        (family, ", ".join(one.label for one in found if one.family == family), LEVERS[family])
        for family in families
    ]
    figures = (figure for one in found for figure in one.figures.values())
    return (
        Table(
            key="determinants_leviers",
            title="Chaque déterminant, son indicateur, et qui peut agir",
            columns=(
                text_column("determinant", "Déterminant"),
                text_column("indicateurs", "Indicateurs"),
                text_column("levier", "Levier et niveau compétent"),
            ),
            rows=tuple(rows),
            provenance=provenance_of(figures),
        ),
    )


def _quarters(scope: Scope) -> tuple[Section, ...]:
    found = quarters.quarters(scope.perimeter)
    national = quarter_places.national_inhabitants()
    printed = Finding(
        f"En France, {figure_text(national)} dans les quartiers prioritaires, selon le guide de "
        f"{national.vintage}.",
        (national,),
    )
    if found is None:
        absent = missing("Quartiers prioritaires du territoire", quarters.FILE)
        title = "Les quartiers prioritaires (QPV) : non disponibles"
        return (Section("qpv", title, (absent, printed)),)
    health = missing("Renoncement aux soins et dépistages en quartier", quarters.HEALTH_FILE)
    if not found.quarters:
        text = (
            f"Aucun quartier prioritaire {scope.where} selon {found.source.producer} "
            f"({found.source.vintage})."
        )
        title = "Aucun quartier prioritaire (QPV)"
        return (Section("qpv", title, (Finding(text, (found.national,)), printed)),)
    count = len(found.quarters)
    words = f"{count} quartiers prioritaires" if count > 1 else "1 quartier prioritaire"
    text = (
        f"{words} {scope.where}, {figure_text(found.inhabitants)} ({found.source.vintage}) ; en "
        f"France, {number(found.national.known_value() / 1e6, 1)} millions d'habitants dans les "
        "quartiers du fichier."
    )
    blocks = (
        Finding(text, (found.inhabitants, found.national)),
        printed,
        _quarter_table(found),
        health,
    )
    return (Section("qpv", f"{words} (QPV)", blocks),)


def _quarter_table(found: quarters.Quarters) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.code, one.nom, one.communes, *(one.figures.get(name) for name in quarters.INDICATORS))
        for one in found.quarters
    ]
    return figures_table(
        "qpv",
        "Quartiers prioritaires et leurs indicateurs",
        (
            text_column("code_qpv", "Code"),
            text_column("nom", "Quartier"),
            text_column("communes", "Communes"),
            *(
                number_column(f"indicateur_{rank}", name.removesuffix(" (%)"), 0)
                for rank, name in enumerate(quarters.INDICATORS, 1)
            ),
        ),
        rows,
        visible_rows=VISIBLE if len(rows) > VISIBLE else 0,
    )


def _establishments(scope: Scope) -> tuple[Section, ...]:
    """Return what the register lists in the territory, family by family."""
    if not stored("etablissements"):
        return ()
    codes = scope.perimeter.codes
    title = "Établissements de santé, action sociale, prévention"
    if not establishments.is_known(codes):
        absent = missing("Établissements", establishments.FILE)
        return (Section("etablissements", f"{title} : non disponibles ici", (absent,)),)
    rows: list[tuple[Cell, ...]] = []
    origin = Provenance()
    for family in FAMILIES[1:]:
        found = establishments.of_family(family.key, codes)
        by_label: dict[str, int] = {}
        for one in found:
            by_label[one.label] = by_label.get(one.label, 0) + 1
            origin = origin | Provenance((one.source,))
        rows += [
            (family.label.split(" (")[0], label, count)
            for label, count in sorted(by_label.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        if not by_label:
            rows.append((family.label.split(" (")[0], "aucun recensé", 0))
    table = Table(
        key="etablissements",
        title="Établissements du territoire, par famille et catégorie",
        columns=(
            text_column("famille", "Famille"),
            text_column("categorie", "Catégorie"),
            number_column("nombre", "Nombre"),
        ),
        rows=tuple(rows),
        provenance=origin,
        visible_rows=VISIBLE,
    )
    total = sum(int(str(row[2])) for row in rows)
    one_perimeter = Paragraph(
        french_spaces(
            "La santé et le social sont décrits sur un seul et même périmètre : celui de ce "
            f"panorama, {number(len(codes))} commune{'s' if len(codes) > 1 else ''}."
        )
    )
    blocks = (one_perimeter, table)
    return (Section("etablissements", f"{title} : {number(total)} recensés", blocks),)
