"""The need: who lives here, what they die of, how many live with a long illness."""

from assemblier import territory
from assemblier.diagnosis import (
    ages,
    ald,
    context,
    illness,
    local,
    mortality,
    presented,
    standardised,
)
from assemblier.diagnosis.mortality import Mortality
from assemblier.diagnosis.sex_age import Distribution
from assemblier.figures import Figure
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Finding,
    Items,
    Paragraph,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import (
    figures_table,
    finding,
    missing,
    number_column,
    text_column,
)
from assemblier.reports.panorama.quoting import quoted_texts
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.typography import figure_text

OLD = (65, 75)
LEVEL_WORDS = {"epci": "Intercommunalité", "bassin_de_vie": "Bassin de vie"}
STANDARDISED_FILE = (
    "Inserm-CépiDc ou ORS, taux standardisés par zone de soins de proximité (ZSP), à importer ; ou "
    f"{standardised.FILE}"
)
MORTALITY_FILE = "Inserm-CépiDc, décès par cause et par département"


def population_section(scope: Scope) -> Section:
    """Return the inhabitants, by sex and age where the census is present."""
    people = territory.population(scope.perimeter)
    found = local.pyramid(scope.perimeter)
    if not found.bars:
        return Section(
            "population",
            f"La population : {figure_text(people)}",
            (
                _people(scope, people),
                *_old_people(scope),
                missing("Population par sexe et âge", found.total.missing),
            ),
        )
    shares = tuple(ages.share_from(found, age) for age in OLD)
    table = _age_table(found)
    text = (
        f"{figure_text(shares[0])} des habitants ont {OLD[0]} ans ou plus, "
        f"{figure_text(shares[1])} ont {OLD[1]} ans ou plus."
    )
    return Section(
        "population",
        f"La population : {figure_text(shares[0])} ont {OLD[0]} ans ou plus",
        (
            _people(scope, people),
            Finding(text, shares),
            Chart("pyramide", table.title, ChartKind.PYRAMID, table, text),
            *_two_totals(found, people),
        ),
    )


def _two_totals(found: Distribution, people: Figure) -> tuple[Paragraph, ...]:
    """Say why the ages do not sum to the population, where they do not."""
    total = found.total
    if total.value is None or people.value is None or round(total.value) == round(people.value):
        return ()
    why = (
        "même recensement : les effectifs par âge viennent d'un sondage et sont arrondis classe "
        "par classe et commune par commune, la population municipale l'est par commune"
        if people.vintage in total.vintage
        else "deux sources, deux dates"
    )
    return (
        Paragraph(
            f"Les âges font {figure_text(total)} ({total.vintage}), la population municipale "
            f"{figure_text(people)} ({people.vintage}) : {why}."
        ),
    )


def _old_people(scope: Scope) -> tuple[Finding, ...]:
    """Return the shares of old people printed by commune, where there is no pyramid."""
    shares = [context.old_share(scope.perimeter, age) for age in OLD]
    known = [share for share in shares if share.is_known]
    if not known:
        return ()
    said = " ; ".join(f"{share.label} : {figure_text(share)} ({share.vintage})" for share in known)
    return (Finding(f"{said[:1].upper()}{said[1:]}.", tuple(known)),)


def _people(scope: Scope, people: Figure) -> Finding:
    return Finding(f"{figure_text(people)} vivent {scope.where}.", (people,))


def _age_table(found: Distribution) -> Table:
    rows: list[tuple[Cell, ...]] = [(bar.ages.label, bar.women, bar.men) for bar in found.bars]
    return figures_table(
        "pyramide_ages",
        f"Habitants par sexe et âge, {found.total.vintage}",
        (
            text_column("age", "Âge"),
            number_column("femmes", "Femmes"),
            number_column("hommes", "Hommes"),
        ),
        rows,
    )


def mortality_section(scope: Scope) -> Section:
    """Return the causes of death, where a source of the territory gives them."""
    imported = illness.causes(scope.perimeter)
    if imported is not None:
        return _imported_mortality(scope, imported)
    if not scope.is_haute_loire:
        return Section(
            "mortalite",
            "La mortalité : non disponible pour ce territoire",
            (*_death_rates(scope), missing("Décès par cause", MORTALITY_FILE)),
        )
    found = presented.presented_mortality()
    sentence = mortality.top_three_sentence(found, scope.where)
    first, second = (cause.label.lower() for cause in found.top(2))
    table = _causes_table(found)
    return Section(
        "mortalite",
        f"La mortalité : d'abord les {first}, puis les {second}",
        (
            finding(sentence),
            _causes_chart(found, table, sentence.text),
            *_anomalies(found),
            *_death_rates(scope),
            *quoted_texts("mortalite_43", "sante_mentale", "mortalite_troubles_mentaux_periode"),
        ),
    )


def _imported_mortality(scope: Scope, found: Mortality) -> Section:
    sentence = mortality.top_three_sentence(found, scope.where)
    table = _causes_table(found)
    return Section(
        "mortalite",
        f"La mortalité : {found.causes[0].label.lower()} d'abord",
        (
            finding(sentence),
            _causes_chart(found, table, sentence.text),
            *_anomalies(found),
            *_death_rates(scope),
        ),
    )


def _death_rates(scope: Scope) -> tuple[Block, ...]:
    """Return the rates that were imported for the territory and its references."""
    found = illness.death_rates(scope.perimeter)
    if not found:
        return (missing("Mortalité standardisée par zone", STANDARDISED_FILE),)
    rows: list[tuple[Cell, ...]] = [
        (one.name, one.figure.vintage, one.figure, one.figure.unit) for one in found
    ]
    return (
        figures_table(
            "mortalite_taux",
            "Taux de mortalité, toutes causes",
            (
                text_column("territoire", "Territoire"),
                text_column("periode", "Période"),
                number_column("taux", "Taux", 1),
                text_column("unite", "Unité"),
            ),
            rows,
        ),
    )


def _causes_table(found: Mortality) -> Table:
    columns = (
        text_column("cause", "Cause initiale de décès"),
        number_column("deces", "Décès"),
        number_column("part", "Part calculée (%)", 2, "%"),
        number_column("part_imprimee", "Part imprimée (%)", 2, "%"),
        text_column("ecart", "Écart expliqué"),
    )
    rows: list[tuple[Cell, ...]] = [
        (cause.label, cause.deaths, cause.share, cause.printed_share, cause.difference)
        for cause in found.causes
    ]
    return figures_table(
        "deces",
        f"Décès par cause, {found.total.vintage}",
        columns,
        rows,
        note=f"Total calculé : {figure_text(found.total)}.",
    )


def _causes_chart(found: Mortality, table: Table, summary: str) -> Chart:
    return Chart(
        "causes-de-deces",
        table.title,
        ChartKind.BARS,
        table,
        summary,
        highlight=tuple(cause.label for cause in found.top()),
    )


def _anomalies(found: Mortality) -> tuple[Block, ...]:
    if not found.anomalies:
        return ()
    return (Items("Ce que le contrôle du tableau signale", found.anomalies, Tone.WARNING),)


def long_term_illness_section(scope: Scope) -> Section:
    """Return the share of patients in ALD beside the région and the country."""
    departement = next(iter(scope.departements)) if scope.is_haute_loire else ""
    found = illness.long_term(scope.perimeter) or presented.presented_long_term_illness(departement)
    known = found.share.is_known
    title = "Les affections de longue durée (ALD)"
    rows: list[tuple[Cell, ...]] = [(scope.place, found.share, "—")]
    if scope.holds_haute_loire and not scope.is_haute_loire:
        around = presented.presented_long_term_illness(presented.DEPARTEMENT)
        rows += [("Haute-Loire", around.share, "—")]
    rows += [(name, share, found.gaps[name]) for name, share in found.references.items()]
    table = figures_table(
        "ald",
        "Part des patients en ALD",
        (
            text_column("territoire", "Territoire"),
            number_column("part", "Part (%)", 1, "%"),
            number_column("ecart", "Écart en points", 1),
        ),
        rows,
    )
    return Section(
        "ald",
        f"{title} : plus fréquentes qu'ailleurs" if known and _above(found) else title,
        (
            finding(ald.ald_sentence(found, scope.where)),
            table,
            *_by_condition(scope),
            *_within(scope),
        ),
    )


def _by_condition(scope: Scope) -> tuple[Block, ...]:
    """Return each condition told apart for the territory, beside its references."""
    known = illness.conditions(scope.perimeter)
    if not known:
        return ()
    rows: list[tuple[Cell, ...]] = []
    for condition in known:
        own = illness.rate_of(scope.perimeter, condition)
        others = [illness.rate_of(other, condition) for other in scope.companions]
        rows.append((condition, own, *others, own.unit if own else ""))
    columns = (
        text_column("affection", "Affection"),
        number_column("territoire", scope.place, 1),
        *(
            number_column(f"repere_{rank}", one.nom, 1)
            for rank, one in enumerate(scope.companions, 1)
        ),
        text_column("unite", "Unité"),
    )
    return (figures_table("ald_affections", "ALD par affection", columns, rows),)


def _within(scope: Scope) -> tuple[Block, ...]:
    """Return the share of the EPCI and bassins de vie that were imported."""
    found = illness.long_term_within(scope.perimeter)
    if not found:
        return ()
    rows: list[tuple[Cell, ...]] = [
        (LEVEL_WORDS[one.level], one.name, one.figure, one.figure.note) for one in found
    ]
    return (
        figures_table(
            "ald_territoires",
            f"Part des patients en ALD, territoire par territoire ({found[0].figure.vintage})",
            (
                text_column("niveau", "Niveau"),
                text_column("territoire", "Territoire"),
                number_column("part", "Part (%)", 1, "%"),
                text_column("note", "À savoir"),
            ),
            rows,
            note="Un bassin de vie est nommé par la commune en son centre.",
        ),
    )


def _above(found: ald.LongTermIllness) -> bool:
    return all((gap.value or 0) > 0 for gap in found.gaps.values())
