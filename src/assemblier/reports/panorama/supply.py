"""The supply: who practises here, since when, how many more or fewer, in which structures."""

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from assemblier import territory
from assemblier.diagnosis import (
    apl,
    definitions,
    densities,
    density,
    local,
    presented,
    stored_flow,
    structures,
)
from assemblier.diagnosis.census import census
from assemblier.diagnosis.equipment_evolution import (
    EARLIER_FILE,
    earlier_census,
    equipment_evolution,
)
from assemblier.diagnosis.sex_age import unknown_distribution
from assemblier.diagnosis.stock_flow import StockFlow
from assemblier.figures import Figure, Nature
from assemblier.french import number, signed
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Finding,
    Items,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import (
    capitalised,
    figures_table,
    finding,
    missing,
    number_column,
    text_column,
)
from assemblier.reports.panorama.quoting import quoted_texts
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.typography import figure_text

GP = "medecin_generaliste"
PROFESSIONS = (
    GP,
    "infirmier",
    "masseur_kinesitherapeute",
    "chirurgien_dentiste",
    "sage_femme",
    "orthophoniste",
    "pedicure_podologue",
    "psychologue",
    "dieteticien",
)
STRUCTURES = ("maison_de_sante", "pharmacie", "laboratoire")
PLACES = "lieux d'exercice"
SEX_AGE_FILE = "Assurance Maladie, répartition par sexe et âge des professionnels libéraux (FNPS)"


def density_section(scope: Scope) -> Section:
    """Return the densities: printed and computed side by side, by profession, by EPCI."""
    blocks: list[Block] = []
    if scope.is_haute_loire:
        blocks += _printed_densities(scope)
    blocks += [_by_profession(scope), *_by_epci(scope), *_among_departements(scope)]
    return Section("densites", "Combien de professionnels pour les habitants", tuple(blocks))


def _printed_densities(scope: Scope) -> list[Block]:
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    for profession in densities.CITED:
        found = densities.presented_density(profession)
        name = local.LABELS[profession]
        blocks.append(
            finding(
                density.comparison_sentence(
                    scope.place,
                    f"La densité {of_plural(name)} libéraux",
                    found.comparison,
                    "la densité nationale",
                )
            )
        )
        here = found.departement
        rows += [
            (
                f"{scope.place}, {name}",
                here.cited,
                here.computed,
                here.implied_population,
                here.reason,
            ),
            (f"Auvergne-Rhône-Alpes, {name}", None, found.region, None, ""),
            (f"France, {name}", found.france, None, None, ""),
        ]
    table = figures_table(
        "densites_comparees",
        "Densité imprimée et densité recalculée, pour 10 000 habitants",
        (
            text_column("territoire", "Territoire et profession"),
            number_column("citee", "Imprimée", 1),
            number_column("calculee", "Calculée", 1),
            number_column("population_supposee", "Population que suppose l'imprimé"),
            text_column("ecart", "Pourquoi elles diffèrent"),
        ),
        rows,
    )
    return [*blocks, table, *_notices(scope)]


def of_plural(name: str) -> str:
    """Return a plural after « de », elided before a vowel.

    Examples
    --------
    >>> of_plural("infirmiers"), of_plural("médecins")
    ("d'infirmiers", 'de médecins')
    """
    return f"d'{name}" if name[0] in "aeiouyéèêh" else f"de {name}"


def _notices(scope: Scope) -> tuple[Block, ...]:
    counts = (presented.presented_stock_flow(GP)[0].stock, local.equipment(scope.perimeter, GP))
    texts = tuple(notice.message for notice in definitions.notices(counts))
    return (Items("Deux manières de compter", texts, Tone.WARNING),) if texts else ()


def _by_profession(scope: Scope) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind in (*PROFESSIONS, *STRUCTURES):
        count = replace(local.equipment(scope.perimeter, kind), unit=PLACES)
        per = densities.equipment_density(scope.perimeter, kind)
        rows.append((capitalised(local.LABELS[kind]), count, per, density.per_100_000(per)))
    return figures_table(
        "professionnels",
        "Professionnels et structures, nombre et densité",
        (
            text_column("profession", "Profession ou structure"),
            number_column("nombre", "Nombre (lieux d'exercice)"),
            number_column("pour_10000", "Pour 10 000 habitants", 1),
            number_column("pour_100000", "Pour 100 000 habitants", 1),
        ),
        rows,
        note="Un professionnel compte à chaque lieu où il exerce : ce n'est pas un nombre de "
        "personnes.",
    )


def _by_epci(scope: Scope) -> tuple[Block, ...]:
    found = densities.epci_densities(scope.perimeter, GP)
    if len(found) < 2:
        return ()
    ranked = densities.epci_ranking(scope.perimeter, GP)
    rows: list[tuple[Cell, ...]] = [
        (
            one.perimeter.nom,
            one.computed,
            one.printed,
            local.equipment(one.perimeter, GP),
            territory.population(one.perimeter),
        )
        for one in sorted(found, key=lambda one: _rank(ranked, one.perimeter.nom))
    ]
    table = figures_table(
        "generalistes_epci",
        "Médecins généralistes par intercommunalité",
        (
            text_column("epci", "Intercommunalité"),
            number_column("densite", "Pour 10 000 habitants", 1),
            number_column("densite_imprimee", "Imprimée par la source (2022)", 1),
            number_column("generalistes", "Généralistes (lieux d'exercice)"),
            number_column("population", "Habitants"),
        ),
        rows,
        note=scope.epci_note,
    )
    if not ranked.rows:
        return (table,)
    chart = Chart(
        "densite-epci",
        "Généralistes pour 10 000 habitants, par intercommunalité",
        ChartKind.BARS,
        table,
        _ranking_text(ranked),
    )
    printed = quoted_texts("densite_epci_phrase") if scope.is_haute_loire else ()
    return (Finding(_ranking_text(ranked), (ranked.ratio,)), *printed, chart)


def _rank(ranked: density.Ranking, name: str) -> tuple[int, str]:
    return (len(ranked.rows), name) if name in ranked.unknown else (ranked.of(name).rank, name)


def _ranking_text(ranked: density.Ranking) -> str:
    first, last = ranked.rows[0], ranked.rows[-1]
    return (
        f"D'une intercommunalité à l'autre, la densité de généralistes va de "
        f"{figure_text(last.figure)} ({last.name}) à {figure_text(first.figure)} ({first.name})."
    )


def _among_departements(scope: Scope) -> tuple[Block, ...]:
    """Return the rank of a département of the mainland among all, profession by profession."""
    if scope.perimeter.kind != "departement":
        return ()
    rows: list[tuple[Cell, ...]] = []
    for profession, unit in apl.UNITS.items():
        ranked = densities.departement_ranking(profession)
        place = [row for row in ranked.rows if row.name == scope.place]
        rows += [
            (
                capitalised(local.LABELS[profession]),
                replace(row.figure, unit=""),
                row.figure.vintage,
                row.rank,
                len(ranked.rows),
                unit,
            )
            for row in place
        ]
    if not rows:
        return ()
    table = figures_table(
        "rang_departement",
        "Rang du département pour l'APL publiée de cinq professions (1 : la plus haute)",
        (
            text_column("profession", "Profession"),
            number_column("apl", "APL du département", 1),
            text_column("millesime", "Millésime"),
            number_column("rang", "Rang"),
            number_column("sur", "Départements classés"),
            text_column("unite", "Unité"),
        ),
        rows,
    )
    printed = quoted_texts("densite_kinesitherapeutes_phrase") if scope.is_haute_loire else ()
    return (table, *printed)


def flow_section(scope: Scope) -> Section:
    """Return the five stock-and-flow tables, as printed and checked."""
    title = "Arrivées et départs de professionnels libéraux"
    imported = stored_flow.flows(scope.perimeter)
    if imported and not scope.is_haute_loire:
        return Section("flux", title, _imported_flows(imported))
    if not scope.is_haute_loire:
        file = "Assurance Maladie ou ARS, dénombrement annuel des libéraux (FNPS)"
        return Section("flux", f"{title} : non disponible", (missing(title, file),))
    blocks: list[Block] = []
    anomalies: list[str] = []
    for profession in presented.STOCK_FLOWS:
        tables = presented.presented_stock_flow(profession)
        blocks.append(_flow_table(profession, tables))
        anomalies += [
            f"{one.profession}, {one.territory} : {anomaly.message}"
            for one in tables
            for anomaly in one.anomalies
        ]
    if anomalies:
        blocks.append(Items("Ce que le contrôle signale", tuple(anomalies), Tone.WARNING))
    blocks += quoted_texts("regle_de_comptage", "codes_de_specialite", "dynamiques_generalistes")
    first = presented.presented_stock_flow(GP)[0]
    return Section("flux", title, (*_imported_flows(imported), flow_finding(scope, first), *blocks))


def _imported_flows(found: tuple[StockFlow, ...]) -> tuple[Block, ...]:
    """Return one line per profession of the tables that were imported, and what they break."""
    if not found:
        return ()
    rows: list[tuple[Cell, ...]] = [
        (
            capitalised(one.profession),
            one.stock.vintage,
            one.previous,
            one.installations,
            one.cessations,
            one.stock,
            one.balance,
            one.evolution,
        )
        for one in found
    ]
    table = figures_table(
        "flux_importes",
        "Effectifs, arrivées et départs, selon les fichiers reçus",
        (
            text_column("profession", "Profession"),
            text_column("periode", "Période"),
            number_column("debut", "Au début"),
            number_column("entrees", "Arrivées"),
            number_column("sorties", "Départs"),
            number_column("fin", "À la fin"),
            number_column("solde", "Solde"),
            number_column("evolution", "Évolution (%)", 1, "%"),
        ),
        rows,
    )
    notices = tuple(
        f"{one.profession} : {anomaly.message}" for one in found for anomaly in one.anomalies
    )
    warning = (Items("Ce que le contrôle signale", notices, Tone.WARNING),) if notices else ()
    return (table, *warning)


def flow_finding(scope: Scope, found: StockFlow) -> Finding:
    """Return how many practise, how many came and how many left."""
    text = (
        f"{number(found.stock.known_value())} {found.profession} {scope.where} au "
        f"{found.stock.vintage}, contre {number(found.previous.known_value())} un an plus tôt : "
        f"{signed(found.balance.known_value(), 0)}, soit "
        f"{figure_text(found.installations)} arrivés et {figure_text(found.cessations)} partis."
    )
    return Finding(text, (found.stock, found.previous, found.balance, found.evolution))


def _flow_table(profession: str, tables: tuple[StockFlow, ...]) -> Table:
    lines = (
        ("Effectif", attrgetter("stock")),
        ("Effectif un an plus tôt", attrgetter("previous")),
        ("Solde", attrgetter("balance")),
        ("dont installations", attrgetter("installations")),
        ("dont cessations", attrgetter("cessations")),
        ("Évolution (%)", attrgetter("evolution")),
        ("Évolution imprimée (%)", attrgetter("printed_evolution")),
    )
    rows: list[tuple[Cell, ...]] = [
        (label, *(pick(one) for one in tables)) for label, pick in lines
    ]
    first = tables[0]
    return figures_table(
        f"flux_{profession}"[:25],
        f"{capitalised(first.profession)} : effectifs au {first.stock.vintage}",
        (
            text_column("ligne", "Ligne du tableau"),
            *(number_column(f"territoire_{n}", one.territory) for n, one in enumerate(tables, 1)),
        ),
        rows,
        note="Comptés : cabinet principal inscrit au FNPS, au moins un remboursement en six mois.",
    )


def age_section(scope: Scope) -> Section:
    """Return what is known of the sex and age of professionals."""
    unknown = unknown_distribution("médecins généralistes", SEX_AGE_FILE)
    blocks: list[Block] = []
    if scope.is_haute_loire:
        shares = presented.presented_share_over_60()
        blocks.append(_age_finding(shares[0]))
        blocks.append(_age_table(shares))
    imported = stored_flow.practitioner_ages(scope.perimeter)
    blocks += _practitioner_ages(imported)
    if not imported:
        blocks.append(missing("Répartition par sexe et par âge", unknown.total.missing))
    return Section("age-medecins", "L'âge et le sexe des médecins", tuple(blocks))


def _practitioner_ages(found: tuple[stored_flow.Ages, ...]) -> list[Block]:
    """Return the ages of practitioners that were imported; numbers too small are hidden."""
    if not found:
        return []
    rows: list[tuple[Cell, ...]] = [
        (capitalised(one.profession), band.label, band.count) for one in found for band in one.bands
    ]
    return [
        figures_table(
            "ages_praticiens",
            "Praticiens par tranche d'âge, selon les fichiers reçus",
            (
                text_column("profession", "Profession"),
                text_column("age", "Âge"),
                number_column("effectif", "Praticiens"),
            ),
            rows,
            note="Un effectif trop petit pour être montré est caché : secret statistique.",
        )
    ]


def _age_finding(share: Figure) -> Finding:
    return Finding(
        f"{figure_text(share)} des médecins ont plus de 60 ans en Haute-Loire, selon la "
        "présentation.",
        (share,),
    )


def _age_table(shares: Iterable[Figure]) -> Table:
    return figures_table(
        "medecins_60_ans",
        "Médecins de plus de 60 ans",
        (
            text_column("champ", "Champ"),
            number_column("part", "Part (%)", 1, "%"),
            text_column("note", "À savoir"),
        ),
        [(share.label, share, share.note) for share in shares],
        nature=Nature.CITE,
    )


def structure_section(scope: Scope) -> Section:
    """Return the coordinated structures and the CPTS."""
    title = "Maisons de santé, centres de santé, CPTS"
    found = structures.inventory(scope.perimeter)
    if not found.msp.is_known:
        return Section(
            "structures",
            title,
            (missing("Structures", structures.FILE), missing("CPTS", structures.CPTS_FILE)),
        )
    rows: list[tuple[Cell, ...]] = [
        ("Maisons de santé pluriprofessionnelles", found.msp),
        ("dont labellisées", found.msp_labelled),
        *((capitalised(label), figure) for label, figure in found.centres.items()),
        ("Centres de santé, total", found.centres_total),
    ]
    table = figures_table(
        "structures",
        f"Structures d'exercice coordonné, {found.msp.vintage}",
        (text_column("structure", "Structure"), number_column("nombre", "Nombre")),
        rows,
    )
    return Section("structures", title, (table, *_cpts(scope)))


def _cpts(scope: Scope) -> tuple[Block, ...]:
    cover = structures.cpts_coverage(scope.perimeter)
    if not cover.cpts:
        return (missing("CPTS", structures.CPTS_FILE),)
    rows: list[tuple[Cell, ...]] = [(one.name, one.status, one.population) for one in cover.cpts]
    table = figures_table(
        "cpts",
        "CPTS : état et population",
        (
            text_column("cpts", "CPTS"),
            text_column("etat", "État"),
            number_column("population", "Population (habitants)"),
        ),
        rows,
    )
    text = (
        f"Les CPTS labellisées réunissent {figure_text(cover.labelled_population)}, soit au plus "
        f"{figure_text(cover.labelled_share)} de la population ; les projets, "
        f"{figure_text(cover.planned_population)}."
    )
    figures = (
        cover.labelled_population,
        cover.labelled_share,
        cover.planned_population,
        cover.planned_share,
    )
    blocks: list[Block] = [Finding(text, figures), table]
    if cover.white_areas:
        blocks.append(Items("Secteurs sans CPTS définie", cover.white_areas, Tone.WARNING))
    return tuple(blocks)


def evolution_section(scope: Scope) -> Section:
    """Return how the number of general practitioners changed, by EPCI."""
    found = equipment_evolution(scope.perimeter, GP)
    title = "L'évolution du nombre de généralistes par intercommunalité"
    if not any(one.change.is_known for one in found):
        return Section("evolution", f"{title} : non disponible", (missing(title, EARLIER_FILE),))
    rows: list[tuple[Cell, ...]] = [
        (one.territory, one.before, one.after, one.change, one.percent) for one in found
    ]
    table = figures_table(
        "evolution_epci",
        title,
        (
            text_column("epci", "Intercommunalité"),
            number_column("avant", "Avant"),
            number_column("apres", "Après"),
            number_column("ecart", "Écart"),
            number_column("pourcent", "Évolution (%)", 1),
        ),
        rows,
        note=_nomenclature_note(scope),
    )
    return Section("evolution", title, (table,))


def _nomenclature_note(scope: Scope) -> str:
    """Say when the two censuses do not name the profession by the same code."""
    latest = census(scope.perimeter.codes, GP)
    earlier = earlier_census(scope.perimeter, GP)
    if earlier is None or not latest.types or latest.types == earlier.types:
        return ""
    return (
        f"La nomenclature a changé entre les deux : {', '.join(earlier.types)} "
        f"({earlier.vintage}), puis {', '.join(latest.types)} ({latest.vintage})."
    )
