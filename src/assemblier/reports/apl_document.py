"""The computed APL of a territory as a document: findings, maps, tables, what nobody confirmed."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assemblier import territory
from assemblier.access import Change, Contribution, Explanation, PeopleUnder, Sensitivity, Study
from assemblier.figures import Confidence, Figure, Nature
from assemblier.french import date_text, french_spaces, number, signed
from assemblier.reports.apl_words import (
    GP,
    counted,
    decimals_of,
    name_of,
    needs_sentence,
    offer_sentence,
    partial_text,
    relief_sentence,
    series_of,
    why_sentences,
)
from assemblier.reports.document import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Finding,
    Items,
    Map,
    MapClass,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.places import located
from assemblier.reports.theme import APL_CLASSES, CHANGE_CLASSES

VISIBLE_ROWS = 15
STABLE = 0.5
"""Gap under which computed and published are shown as equal on the map, in consultations."""
GAP_CLASSES = tuple(
    MapClass(label, one.colour, one.mark)
    for label, one in zip(
        ("calculée plus bas", "proche", "calculée plus haut"), CHANGE_CLASSES, strict=True
    )
)
SCALE_NOTE = (
    "Un score marqué « au moins » atteint des communes voisines dont l'offre n'est pas connue : il "
    "ne peut qu'être plus élevé."
)


def apl_document(
    study: Study,
    on: dt.date,
    explained: Explanation | None = None,
    moved: Sequence[Sensitivity] = (),
    change: Change | None = None,
) -> Document:
    """Return the document of a computed indicator.

    Parameters
    ----------
    study
        What was computed.
    on
        The day of the report.
    explained
        The explanation of one commune, or None.
    moved
        How the scores move with uncertain parameters.
    change
        Published scores of two years, or None.

    Examples
    --------
    >>> callable(apl_document)
    True
    """
    sections = [Section("scores", _headline(study), score_blocks(study))]
    if explained is not None:
        place = territory.parse(f"commune:{explained.code_commune}")
        title = f"Pourquoi {number(explained.score, decimals_of(study))} {located(place)} ?"
        blocks: list[Block] = [
            Paragraph(french_spaces(said)) for said in why_sentences(study, explained)
        ]
        if explained.contributions:
            blocks += [explanation_table(study, explained), sharing_table(study, explained)]
        sections.insert(0, Section("explication", french_spaces(title), tuple(blocks)))
    if moved:
        title = "Ce que deviennent les scores si un paramètre incertain change"
        sections.append(Section("sensibilite", title, (sensitivity_table(study, moved),)))
    if change is not None:
        title = f"Ce qui a changé de {change.before_year} à {change.after_year}, APL publiée"
        sections.append(Section("evolution", title, change_maps(change)))
    limits = (origins(study), unconfirmed(study))
    sections.append(Section("limites", "D'où viennent ces chiffres", limits))
    return Document(
        f"apl-{study.perimeter.key}",
        f"APL aux {series_of(study)} : {study.perimeter.nom}",
        "Accessibilité potentielle localisée, calculée par Assemblier et comparée à la publiée",
        date_text(on),
        (*_explained_finding(study, explained), *findings(study)),
        (Part("apl", "L'accessibilité calculée", tuple(sections)),),
    )


def score_table(study: Study) -> Table:
    """Return one row per commune: computed, published, gap, population, standardised population.

    Parameters
    ----------
    study
        What was computed.
    """
    found = study.found
    decimals = decimals_of(study)
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("apl", "APL calculée", Align.NUMBER, decimals, found.method.unit),
        Column("borne", "Portée du calcul"),
        Column("apl_publiee", "APL publiée", Align.NUMBER, decimals, found.method.unit),
        Column("millesime_publie", "Millésime publié"),
        Column("ecart", "Écart (calculée − publiée)", Align.NUMBER, decimals),
        Column("population", "Population", Align.NUMBER, 0, "habitants"),
        Column("population_standardisee", "Population standardisée", Align.NUMBER, 0),
        Column("nature", "Nature"),
    )
    names = territory.index().nom[found.rows].tolist()
    # Each is computed anew when asked for: once here, not once a commune.
    ignored, gap = study.without_relief, study.gap
    population, standardised = study.population, study.standardised
    rows = tuple(
        (
            code,
            names[place],
            _known(found.score[place]),
            _reach_text(bool(found.is_lower_bound[place]), bool(ignored[place])),
            _known(study.published[place]),
            str(study.year) if _known(study.published[place]) is not None else "",
            _known(gap[place]),
            _known(population[place]),
            _known(standardised[place]),
            found.nature.value,
        )
        for place, code in enumerate(found.codes)
    )
    return Table(
        "apl",
        _headline(study),
        columns,
        rows,
        found.nature,
        study.provenance,
        SCALE_NOTE if found.is_lower_bound.any() else "",
        VISIBLE_ROWS,
        found.codes,
    )


def _reach_text(is_lower_bound: bool, is_flat: bool) -> str:
    """Return what a score leaves out: places whose supply is unknown, the relief."""
    said = "au moins" if is_lower_bound else "complet"
    return f"{said}, relief ignoré" if is_flat else said


def explanation_table(study: Study, explained: Explanation) -> Table:
    """Return one row per place that feeds a score.

    Parameters
    ----------
    study, explained
        The scores and the explanation of one commune.
    """
    digits = decimals_of(study)
    columns = (
        Column("lieu", "Lieu"),
        Column("praticiens", "Praticiens", Align.NUMBER, 1),
        Column("activite", "Activité par an", Align.NUMBER, 0 if digits == 2 else 1),
        Column("minutes", "Minutes", Align.NUMBER, 1),
        Column("poids", "Poids", Align.NUMBER, 2),
        Column("partagent", "Habitants qui le partagent", Align.NUMBER, 0),
        Column("contribution", "Apport", Align.NUMBER, digits),
        Column("concurrents", "Partagé surtout par"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            _site_text(part),
            part.effectif,
            part.activite,
            part.minutes,
            part.weight,
            part.patients,
            part.contribution,
            ", ".join(one.nom for one in part.rivals[:2]),
        )
        for part in explained.contributions
    ]
    fed = counted(len(rows), "lieu alimente", "lieux alimentent")
    return Table(
        "explication",
        f"{fed} ce score",
        columns,
        tuple(rows),
        study.found.nature,
        study.provenance,
        f"Les apports font {number(explained.score, digits)} ensemble. Habitants standardisés "
        "quand les âges sont connus, pondérés par le temps de trajet.",
        VISIBLE_ROWS,
    )


def _site_text(part: Contribution) -> str:
    """Return a place in few words: its commune where a source only counts who works there."""
    is_counted = part.site == part.code_commune
    name = name_of(part.code_commune) if is_counted else part.nom_site
    is_centre = part.nature != "cabinet" and part.nature not in name.lower()
    return f"{name} ({part.nature})" if is_centre else name


def sharing_table(study: Study, explained: Explanation) -> Table:
    """Return one row per commune that shares the places that feed a score.

    Parameters
    ----------
    study, explained
        The scores and the explanation of one commune.
    """
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column("part", "Part des lieux", Align.NUMBER, 1, "%"),
    )
    rows = tuple((one.code_commune, one.nom, 100 * one.share) for one in explained.rivals)
    return Table(
        "partage",
        f"{counted(len(rows), 'commune se partage', 'communes se partagent')} ces lieux",
        columns,
        rows,
        study.found.nature,
        study.provenance,
        "Chaque lieu pèse ce qu'il apporte au score.",
        VISIBLE_ROWS,
        tuple(one.code_commune for one in explained.rivals),
    )


def sensitivity_table(study: Study, moved: Sequence[Sensitivity]) -> Table:
    """Return one row per parameter moved.

    Parameters
    ----------
    study, moved
        The scores, and what they become.
    """
    decimals = decimals_of(study)
    columns = (
        Column("parametre", "Paramètre"),
        Column("changement", "Ce qui change"),
        Column("moyen", "Écart moyen d'un score", Align.NUMBER, decimals),
        Column("maximal", "Plus grand écart", Align.NUMBER, decimals),
    )
    rows = tuple((one.parameter, one.moved, one.mean_change, one.largest_change) for one in moved)
    return Table(
        "sensibilite",
        "Ce que deviennent les scores si un paramètre change",
        columns,
        rows,
        study.found.nature,
        study.provenance,
        f"En {study.found.method.unit} ; écarts absolus, moyenne pondérée par la population.",
    )


def unconfirmed(study: Study) -> Items:
    """Return the parameters nobody has confirmed, marked as such.

    Parameters
    ----------
    study
        What was computed.
    """
    listed = [f"{one.label} (U : non confirmé)" for one in study.found.method.unconfirmed]
    trips = [
        text for text in study.found.travel.provenance.parameters
        if Confidence.NON_CONFIRME.value in text
    ]  # fmt: skip
    return Items(
        "Paramètres non confirmés (U), modifiables",
        (*listed, *trips),
        Tone.WARNING,
        study.found.provenance,
    )


def origins(study: Study) -> Items:
    """Return where the supply, the needs and the minutes come from, and what they leave out.

    Parameters
    ----------
    study
        What was computed.
    """
    said = (
        offer_sentence(study),
        needs_sentence(study),
        study.found.travel.method,
        relief_sentence(study),
    )
    return Items(
        "Ce qui est compté",
        tuple(french_spaces(sentence) for sentence in said if sentence),
        provenance=study.provenance,
    )


def change_table(change: Change) -> Table:
    """Return one row per commune: published then and now, class then and now.

    Parameters
    ----------
    change
        Published scores of two years.
    """
    columns = (
        Column("code_commune", "Code commune"),
        Column("nom", "Commune"),
        Column(f"apl_{change.before_year}", f"APL {change.before_year}", Align.NUMBER, 2),
        Column(f"apl_{change.after_year}", f"APL {change.after_year}", Align.NUMBER, 2),
        Column("ecart", "Écart", Align.NUMBER, 2),
        Column("classes", "Classes franchies", Align.NUMBER, 0),
    )
    names = territory.index().nom[territory.index().positions(change.codes)].tolist()
    cells = zip(change.codes, names, change.before, change.after, change.crossed, strict=True)
    rows = tuple(
        (code, name, _known(before), _known(after), _known(after - before), _known(crossed))
        for code, name, before, after, crossed in cells
    )
    title = f"APL publiée de {change.before_year} et de {change.after_year}"
    return Table(
        "evolution", title, columns, rows, Nature.CALCULE, change.provenance,
        visible_rows=VISIBLE_ROWS, codes=change.codes,
    )  # fmt: skip


def change_maps(change: Change) -> tuple[Map, Map, Map]:
    """Return the maps of both years and of what changed class between them.

    Parameters
    ----------
    change
        Published scores of two years.
    """
    table = change_table(change)
    before, after = (
        _published_map(change, year, score, table)
        for year, score in (
            (change.before_year, change.before),
            (change.after_year, change.after),
        )
    )
    up, down = change.counts
    moved = replace(
        after,
        key="carte-evolution",
        title=f"Communes qui changent de classe de {change.before_year} à {change.after_year}",
        classes=CHANGE_CLASSES,
        class_of={
            code: None if np.isnan(crossed) else int(np.sign(crossed)) + 1
            for code, crossed in zip(change.codes, change.crossed, strict=True)
        },
        value_of={
            code: signed(_known(gap), 2)
            for code, gap in zip(change.codes, change.after - change.before, strict=True)
        },
        summary=f"{number(up)} communes montent de classe ; {number(down)} descendent.",
        vintage=f"APL {change.before_year} et {change.after_year}",
        legend="classe de carte de l'APL publiée",
    )
    return before, after, moved


def _published_map(change: Change, year: int, score: np.ndarray, table: Table) -> Map:
    names = territory.index().nom[territory.index().positions(change.codes)].tolist()
    bands = change.bands(score)
    low = int((bands == 0).sum())
    return Map(
        f"carte-apl-{year}",
        f"APL publiée {year}, par commune",
        APL_CLASSES,
        {
            code: None if np.isnan(band) else int(band)
            for code, band in zip(change.codes, bands, strict=True)
        },
        {code: number(_known(value), 2) for code, value in zip(change.codes, score, strict=True)},
        dict(zip(change.codes, names, strict=True)),
        f"{number(low)} communes sont dans la classe la plus basse ; carte de {year}.",
        table,
        territory.neighbours(change.codes),
        vintage=f"APL {year}",
        provenance=change.provenance,
        legend="consultations par an et par habitant standardisé",
    )


def score_blocks(study: Study) -> tuple[Block, ...]:
    """Return the maps (computed, published, gap) and the table of the communes."""
    table = score_table(study)
    if study.found.method.profession != GP:
        return (table,)
    blocks: list[Block] = [_band_map(study, table, study.found.score, "calculée")]
    if study.year:
        blocks.append(_band_map(study, table, study.published, "publiée"))
        blocks.append(_gap_map(study, table))
    return (*blocks, table)


def _band_map(study: Study, table: Table, score: np.ndarray, kind: str) -> Map:
    edges = _edges(study)
    classes = {
        code: None if np.isnan(value) else int(np.digitize(value, edges))
        for code, value in zip(study.found.codes, score, strict=True)
    }
    low = study.under(score)
    year = f" {study.year}" if kind == "publiée" else ""
    return Map(
        f"carte-apl-{kind.replace('é', 'e')}",
        f"APL {kind}{year}, par commune",
        APL_CLASSES,
        classes,
        _texts(study, score),
        _names(study),
        _under_text(low),
        table,
        territory.neighbours(study.found.codes),
        vintage=year.strip(),
        provenance=study.provenance,
        legend=study.found.method.unit,
    )


def _under_text(low: PeopleUnder) -> str:
    if not low.communes:
        return "Aucune commune n'est sous 2,5."
    verb = "est" if low.communes < 2 else "sont"
    return (
        f"{counted(low.communes, 'commune')} {verb} sous 2,5 ; "
        f"{counted(low.inhabitants, 'habitant')} y vivent."
    )


def _gap_map(study: Study, table: Table) -> Map:
    classes = {
        code: None if np.isnan(gap) else int(np.digitize(gap, (-STABLE, STABLE)))
        for code, gap in zip(study.found.codes, study.gap, strict=True)
    }
    above = sum(rank == 2 for rank in classes.values())
    below = sum(rank == 0 for rank in classes.values())
    return Map(
        "carte-ecart",
        f"Écart de l'APL calculée à l'APL publiée {study.year}",
        GAP_CLASSES,
        classes,
        {
            code: signed(_known(gap), 2)
            for code, gap in zip(study.found.codes, study.gap, strict=True)
        },
        _names(study),
        f"{number(above)} communes sont calculées plus haut que publiées, {number(below)} plus "
        f"bas, d'au moins {number(STABLE, 1)}.",
        table,
        territory.neighbours(study.found.codes),
        provenance=study.provenance,
        legend="écart à la publiée, en consultations",
    )


def findings(study: Study) -> tuple[Block, ...]:
    """Return what the indicator says in a few sentences."""
    mean = Figure(
        "APL calculée moyenne",
        study.mean,
        study.found.method.unit,
        study.found.nature,
        provenance=study.found.provenance,
        decimals=decimals_of(study),
        note="Moyenne pondérée par la population standardisée.",
        confidence=Confidence.NON_CONFIRME,
    )
    sentences: list[Block] = [Finding(f"{_headline(study)}.", (mean,))]
    if study.found.method.profession == GP:
        sentences.append(_under_finding(study))
    if study.year:
        published = Figure(
            "APL publiée moyenne",
            study.published_mean,
            study.found.method.unit,
            Nature.CALCULE,
            vintage=str(study.year),
            provenance=study.provenance,
            decimals=decimals_of(study),
        )
        text = (
            f"L'APL publiée par la DREES pour {study.year} vaut "
            f"{number(study.published_mean, decimals_of(study))} en moyenne{partial_text(study)} : "
            "le calcul ne la remplace pas, il l'explique."
        )
        sentences.append(Finding(text, (published,)))
    return tuple(sentences)


def _explained_finding(study: Study, explained: Explanation | None) -> tuple[Block, ...]:
    """Return the score of the commune that is explained, and what it means."""
    if explained is None or not explained.contributions:
        return ()
    score = Figure(
        f"APL calculée, {explained.nom}",
        explained.score,
        study.found.method.unit,
        study.found.nature,
        provenance=study.found.provenance,
        decimals=decimals_of(study),
        confidence=Confidence.NON_CONFIRME,
    )
    return (Finding(french_spaces(why_sentences(study, explained)[0]), (score,)),)


def _under_finding(study: Study) -> Block:
    """Return who lives under the threshold, computed and published."""
    said = f"Calculée : {_under_text(study.under(study.found.score))}"
    if study.year:
        said += f" Publiée pour {study.year} : {_under_text(study.under(study.published))}"
    return Paragraph(french_spaces(said))


def _headline(study: Study) -> str:
    at_least = "au moins " if study.found.is_lower_bound.any() else ""
    mean = number(study.mean, decimals_of(study))
    return f"L'APL calculée aux {series_of(study)} vaut {at_least}{mean} en moyenne"


def _edges(study: Study) -> tuple[float, ...]:
    from assemblier.parameters import value

    edges: tuple[float, ...] = value("apl.classes.bornes", study.found.method.on)
    return edges[1:-1]


def _texts(study: Study, score: np.ndarray) -> dict[str, str]:
    return {
        code: f"{number(_known(value), 2)} {study.found.method.unit}"
        for code, value in zip(study.found.codes, score, strict=True)
    }


def _names(study: Study) -> dict[str, str]:
    names = territory.index().nom[study.found.rows].tolist()
    return dict(zip(study.found.codes, names, strict=True))


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
