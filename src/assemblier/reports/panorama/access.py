"""The access: the published APL, where it is low, how it moves, how evenly it is shared."""

from assemblier import territory
from assemblier.diagnosis import (
    apl,
    bands,
    companions,
    conflicts,
    inequality,
    local,
    presented_bands,
    underserved,
)
from assemblier.diagnosis.apl import PublishedApl
from assemblier.diagnosis.bands import BandCounts
from assemblier.figures import Figure, Nature
from assemblier.french import french_spaces, number
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Finding,
    Items,
    Map,
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
from assemblier.reports.theme import APL_CLASSES
from assemblier.reports.typography import figure_text
from assemblier.territory import index

VISIBLE_COMMUNES = 15


def access_sections(scope: Scope) -> tuple[Section, ...]:
    """Return what the published APL says: where, how much, how evenly, since when."""
    published = local.published_apl(scope.perimeter)
    latest = max(published.millesimes)
    mean = apl.mean_apl(published, latest)
    if not mean.is_known:
        return (_departement_only(scope, published, latest),)
    counts = bands.band_counts(published, latest)
    return (
        _where(scope, published, counts, mean),
        _evolution(scope, published),
        _inequality(scope, published),
        _communes(scope, published),
    )


def _departement_only(scope: Scope, published: PublishedApl, latest: int) -> Section:
    """Return what is known of the whole where nothing is known of its communes."""
    absent = missing("APL publiée des communes", published.missing)
    mean = companions.mean_apl_of(scope.perimeter, latest)
    if not mean.is_known:
        return Section("apl", "L'accès aux généralistes : non disponible ici", (absent,))
    under = companions.people_under_2_5(scope.perimeter)
    people = f" ; {figure_text(under)} sous 2,5" if under.is_known else ""
    return Section(
        "apl",
        f"L'accès aux généralistes : {number(mean.known_value(), 2)} en moyenne, sans le détail "
        "des communes",
        (
            Finding(f"{scope.place} : {figure_text(mean)}{people} (APL {latest}).", (mean, under)),
            *underserved_blocks(scope),
            _mean_table(scope, mean, latest),
            absent,
        ),
    )


def _where(scope: Scope, published: PublishedApl, counts: BandCounts, mean: Figure) -> Section:
    under = counts.counters[1]
    return Section(
        "apl",
        f"{figure_text(under.communes)} et {figure_text(under.inhabitants)} sous "
        f"{number(under.threshold, 1)} consultations par an",
        (
            finding(apl.apl_sentence(capitalised(scope.where), mean)),
            under_threshold(counts),
            *contradicted(published, counts),
            apl_map(scope, published, counts),
            _bands_table(counts),
            *_printed_counts(scope),
            *underserved_blocks(scope),
            _mean_table(scope, mean, counts.millesime),
        ),
    )


def under_threshold(counts: BandCounts) -> Finding:
    """Return the communes and inhabitants under each threshold, in one sentence."""
    parts = [
        f"{figure_text(one.communes)} ({figure_text(one.inhabitants)}) sous "
        f"{number(one.threshold, 0 if one.threshold == int(one.threshold) else 1)}"
        for one in counts.counters
    ]
    figures = tuple(
        figure for one in counts.counters for figure in (one.communes, one.inhabitants, one.share)
    )
    return Finding(f"APL {counts.millesime} : {' ; '.join(parts)}.", figures)


def contradicted(published: PublishedApl, counts: BandCounts) -> tuple[Finding, ...]:
    """Return how many of those under the thresholds live where two sources disagree."""
    year, under = counts.millesime, counts.counters[1]
    codes = conflicts.zero_with_practice(published, year)
    if not codes or under.inhabitants.value is None:
        return ()
    people = conflicts.inhabitants_in_conflict(published, year)
    apart = conflicts.without_conflict(under.inhabitants, people)
    names = ", ".join(index().nom[index().positions(list(codes))].tolist())
    threshold = number(under.threshold, 1)
    text = (
        f"{names} : l'APL {year} publiée est {number(0, 2)}, mais au moins un généraliste y est "
        f"compté ; l'une des deux sources se trompe. Chacun des comptes ci-dessus comprend ces "
        f"{figure_text(people)} : {figure_text(apart)} sous {threshold} sans eux, le nombre dont "
        "partent les scénarios et les implantations."
    )
    return (Finding(french_spaces(text), (people, apart)),)


def apl_map(scope: Scope, published: PublishedApl, counts: BandCounts) -> Map:
    """Return the map of the published APL in its three classes."""
    values = published.of(counts.millesime)
    among = [one.band for one in counts.bands]
    class_of: dict[str, int | None] = {}
    value_of: dict[str, str] = {}
    scores = apl.communes_apl(published, counts.millesime)
    for code, value in zip(published.codes, values.tolist(), strict=True):
        band = bands.classify(value, among)
        class_of[code] = None if band is None else band.index
        value_of[code] = figure_text(scores[code])
    return Map(
        key=f"carte-apl-{counts.millesime}",
        title=f"{figure_text(counts.counters[1].communes)} sous "
        f"{number(counts.counters[1].threshold, 1)} : APL aux médecins généralistes "
        f"{counts.millesime}, par commune",
        classes=APL_CLASSES,
        class_of=class_of,
        value_of=value_of,
        name_of=scope.names,
        summary=_map_summary(counts),
        table=communes_table(scope, published),
        context=scope.neighbours,
        labels=scope.main_towns,
        outlines=tuple((part.nom, part.codes) for part in scope.epci_parts),
        vintage=f"APL {counts.millesime}",
        provenance=published.origin(counts.millesime),
        legend=apl.UNIT,
    )


def _map_summary(counts: BandCounts) -> str:
    low = counts.bands[0]
    most = counts.modal_by_communes
    first = (
        f"{figure_text(low.communes)} sont dans la classe {low.band.legend}, où vivent "
        f"{figure_text(low.inhabitants)}."
    )
    if most is None:
        return first
    holder = next(one for one in counts.bands if one.band == most)
    words = "la majorité" if counts.is_majority_of_communes else "la plus nombreuse"
    return (
        f"{first} La classe {most.legend} est {words} : {figure_text(holder.communes)}, "
        f"{figure_text(holder.inhabitants)}."
    )


def _bands_table(counts: BandCounts) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.band.legend, one.communes, one.inhabitants, one.share) for one in counts.bands
    ]
    rows += [
        (f"moins de {number(one.threshold, 1)}", one.communes, one.inhabitants, one.share)
        for one in counts.counters
    ]
    return figures_table(
        "apl_classes",
        f"Communes et habitants par classe d'APL {counts.millesime}",
        (
            text_column("classe", "Classe ou seuil (consultations par an et par habitant)"),
            number_column("communes", "Communes"),
            number_column("habitants", "Habitants"),
            number_column("part", "Part des habitants (%)", 1, "%"),
        ),
        rows,
    )


def _printed_counts(scope: Scope) -> tuple[Block, ...]:
    """Return what the presentation printed for 2021, beside ours: both stand."""
    if not scope.is_haute_loire:
        return ()
    found = presented_bands.presented_counts()
    rows: list[tuple[Cell, ...]] = [
        (beside.cited.label, beside.cited, *beside.computed) for beside in found
    ]
    table = figures_table(
        "apl_2021_cite",
        "Sous les seuils : APL 2021 imprimée, millésimes suivants recalculés",
        (
            text_column("compte", "Ce qui est compté"),
            number_column("apl_2021", "APL 2021 (cité)"),
            *(
                number_column(f"apl_{year}", f"APL {year} (calculé)")
                for year in presented_bands.later_years(local.published_apl(scope.perimeter))
            ),
        ),
        rows,
        note="Les millésimes et les populations diffèrent ; les nombres imprimés sont arrondis par "
        "leur source.",
    )
    notice = presented_bands.presented_majority_notice()
    warning = (Items("Une phrase de la source à vérifier", (notice,), Tone.WARNING),)
    return (table, *quoted_texts("apl_2021_43"), *(warning if notice else ()))


def underserved_blocks(scope: Scope) -> tuple[Block, ...]:
    """Return the share of inhabitants under 2.5, beside its references, year by year."""
    found = underserved.comparison(scope.perimeter)
    own, *others = found.lines
    known = [one for one in (own.shares[-1], *(line.shares[-1] for line in others)) if one.is_known]
    told = [
        f"{line.name} : {figure_text(line.shares[-1])}"
        for line in found.lines
        if line.shares[-1].is_known
    ]
    printed = found.printed
    text = (
        f"Habitants d'une commune sous 2,5 consultations, APL {found.years[-1]} : "
        f"{' ; '.join(told) or 'non disponible'}. La présentation de 2023 imprimait environ "
        f"{figure_text(printed)} pour la France, sans dire le millésime."
    )
    rows: list[tuple[Cell, ...]] = [(line.name, *line.shares) for line in found.lines]
    table = figures_table(
        "sous_dense",
        "Part des habitants vivant dans une commune sous 2,5 consultations par an",
        (
            text_column("territoire", "Territoire"),
            *(number_column(f"part_{year}", f"APL {year} (%)", 1, "%") for year in found.years),
        ),
        rows,
    )
    return (Finding(text, (*known, printed)), table)


def _mean_table(scope: Scope, mean: Figure, millesime: int) -> Table:
    rows: list[tuple[Cell, ...]] = [(scope.place, mean)]
    rows += [
        (other.nom, companions.mean_apl_of(other, millesime))
        for other in territory.companions(scope.perimeter)
    ]
    own = companions.mean_apl_of(scope.perimeter, millesime)
    if own.is_known and own.nature is Nature.CITE and own.value != mean.value:
        rows.insert(1, (f"{scope.place}, pondérée par la population standardisée", own))
    return figures_table(
        "apl_comparee",
        "APL moyenne, comparée",
        (
            text_column("territoire", "Territoire"),
            number_column("apl", "APL moyenne (consultations par an et par habitant)", 2),
        ),
        rows,
    )


def _evolution(scope: Scope, published: PublishedApl) -> Section:
    found = inequality.two_readings(published).shortage
    sentence = apl.change_sentence(scope.where, found)
    rows: list[tuple[Cell, ...]] = [
        (str(year), figure)
        for year, figure in zip(published.millesimes, found.by_year, strict=True)
    ]
    table = figures_table(
        "apl_evolution",
        "APL moyenne par millésime",
        (
            text_column("millesime", "Millésime"),
            number_column("apl", scope.place, 2),
        ),
        rows,
    )
    chart = Chart("courbe-apl", table.title, ChartKind.LINES, table, sentence.text)
    blocks: tuple[Block, ...] = (finding(sentence), chart, *_by_epci(scope, published))
    if len(published.millesimes) < 2:
        title = f"L'évolution de l'APL : un seul millésime connu, {published.millesimes[0]}"
        return Section("apl-evolution", title, (missing(title, published.missing), *blocks[2:]))
    return Section("apl-evolution", f"L'APL depuis {published.millesimes[0]}", blocks)


def _by_epci(scope: Scope, whole: PublishedApl) -> tuple[Block, ...]:
    if len(scope.epci_parts) < 2:
        return ()
    rows: list[tuple[Cell, ...]] = []
    years = whole.millesimes
    for part in scope.epci_parts:
        published = whole.part(part.codes)
        change = inequality.two_readings(published).shortage
        counter = bands.band_counts(published, years[-1]).counters[1]
        rows.append((part.nom, *change.by_year, change.change, counter.inhabitants, counter.share))
    table = figures_table(
        "apl_epci",
        "APL moyenne par intercommunalité",
        (
            text_column("epci", "Intercommunalité"),
            *(number_column(f"apl_{year}", f"APL {year}", 2) for year in years),
            number_column("evolution", f"Évolution {years[0]}-{years[-1]}", 2),
            number_column("habitants_sous_2_5", "Habitants sous 2,5"),
            number_column("part_sous_2_5", "Part sous 2,5 (%)", 1, "%"),
        ),
        sorted(rows, key=_by_last_mean),
        note=scope.epci_note,
    )
    return (table,)


def _by_last_mean(row: tuple[Cell, ...]) -> float:
    latest = row[-4]
    known = isinstance(latest, Figure) and latest.value is not None
    return latest.value if known else float("inf")  # type: ignore[union-attr, return-value]


def _inequality(scope: Scope, published: PublishedApl) -> Section:
    found = inequality.two_readings(published)
    last = found.distribution[-1]
    rows: list[tuple[Cell, ...]] = [
        (capitalised(one.label.split(" (")[0]), one)
        for one in (
            last.gini,
            last.theil,
            last.palma,
            last.worst_tenth,
            last.best_tenth,
            last.tenth_ratio,
        )
    ]
    indices = figures_table(
        "inegalites",
        f"Comment l'APL {last.millesime} est partagée",
        (text_column("indice", "Indice"), number_column("valeur", "Valeur", 2)),
        rows,
    )
    curve = figures_table(
        "lorenz",
        "Part cumulée des consultations accessibles",
        (
            number_column("habitants", "Part des habitants", 3),
            number_column("consultations", "Part des consultations", 3),
        ),
        [tuple(point) for point in inequality.lorenz_tenths(last.lorenz)],
        note="Habitants rangés du moins bien au mieux servi.",
    )
    sentence = inequality.two_readings_sentence(scope.where, found)
    chart = Chart("lorenz", curve.title, ChartKind.CURVE, curve, sentence.text)
    return Section(
        "inegalites",
        "Mal répartis ou trop peu nombreux : les deux lectures",
        (finding(sentence), indices, chart, *quoted_texts("desert_medical_repartition")),
    )


def _communes(scope: Scope, published: PublishedApl) -> Section:
    return Section(
        "communes",
        "Commune par commune",
        (*conflict_block(published), communes_table(scope, published, VISIBLE_COMMUNES)),
    )


def conflict_block(published: PublishedApl) -> tuple[Block, ...]:
    """Return the communes two sources disagree about, where there are any."""
    latest = max(published.millesimes)
    codes = conflicts.zero_with_practice(published, latest)
    texts = tuple(conflicts.conflict_notice(published, code, latest) for code in codes)
    if not texts:
        return ()
    origin = published.provenance | local.equipment_provenance(published.codes)
    return (Items("Deux sources se contredisent", texts, Tone.WARNING, origin),)


def communes_table(scope: Scope, published: PublishedApl, visible: int = 0) -> Table:
    """Return each commune: inhabitants, practitioners, APL of every year; lowest APL first."""
    years = published.millesimes
    rows: list[tuple[Cell, ...]] = []
    codes = _by_apl(published)
    people = dict(zip(published.codes, published.population.tolist(), strict=True))
    supply = dict(
        zip(codes, local.equipment_of(codes, "medecin_generaliste").tolist(), strict=True)
    )
    by_year = dict(zip(published.codes, published.values.tolist(), strict=True))
    for code in codes:
        scores = [_known(value) for value in by_year[code]]
        rows.append((code, scope.names[code], people[code], _known(supply[code]), *scores))
    return Table(
        key="communes",
        title="Communes, de la moins bien à la mieux servie",
        columns=(
            text_column("code_commune", "Code"),
            text_column("nom", "Commune"),
            number_column("population", "Habitants"),
            number_column("generalistes", "Généralistes (lieux d'exercice)"),
            *(number_column(f"apl_{year}", f"APL {year}", 2) for year in years),
        ),
        rows=tuple(rows),
        nature=Nature.CITE,
        provenance=published.provenance
        | published.population_provenance
        | local.equipment_provenance(codes),
        visible_rows=visible,
        codes=codes,
    )


def _by_apl(published: PublishedApl) -> tuple[str, ...]:
    latest = dict(zip(published.codes, published.of(published.millesimes[-1]), strict=True))
    return tuple(
        sorted(published.codes, key=lambda code: (latest[code] != latest[code], latest[code], code))
    )


def _known(value: float) -> float | None:
    return None if value != value else value
