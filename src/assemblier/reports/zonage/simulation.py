"""The simulated zoning of doctors: gauges, classes explained one by one, what is close to tip."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assemblier import territory
from assemblier.data import source
from assemblier.diagnosis.zonage import Study
from assemblier.errors import Problem
from assemblier.figures import Nature, Provenance
from assemblier.french import date_text, number
from assemblier.parameters import value
from assemblier.reports.document import (
    Block,
    Cell,
    Chart,
    ChartKind,
    Document,
    Finding,
    Items,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.panorama.blocks import number_column, text_column
from assemblier.reports.typography import percent
from assemblier.reports.zonage.maps import zone_map
from assemblier.territory import index
from assemblier.zoning.anticipation import SERIES_YEARS, group_risks, risks
from assemblier.zoning.classes import Zonage
from assemblier.zoning.doctors import Case, Decision, Gauge, Simulation
from assemblier.zoning.rules import short
from assemblier.zoning.sensitivity import (
    STEP,
    changed_inhabitants,
    changes,
    close_ones,
    distance,
    sensitivity,
)
from assemblier.zoning.units import Territoire

COMPONENTS = (
    "l'activité des médecins généralistes (de 65 ans et moins), commune par commune",
    "la consommation de soins de la population, selon l'âge : la population standardisée",
    "le nombre moyen de consultations accessibles par an et par habitant, qui en résulte : l'APL",
)
"""What the indicator is made of, in the words of the guide for elected officials of 2019."""
_VISIBLE = 20


@dataclass(frozen=True)
class Results:
    """What the document shows: the simulation, the one it is compared with, the projections.

    Attributes
    ----------
    study, simulation
        What it rests on, and its result.
    official
        The same with the thresholds of the texts, where others were tried; else None.
    argument
        The opinion that goes with other thresholds, or empty.
    projections
        APL by commune for each horizon, in years.
    """

    study: Study
    simulation: Simulation
    official: Simulation | None = None
    argument: str = ""
    projections: Mapping[int, Mapping[str, float]] | None = None

    @property
    def horizons(self) -> dict[int, tuple[Mapping[str, float], str]]:
        """Return the APL by commune and where it comes from, at each known horizon."""
        found = {
            years: (self.study.apl.others[name], "série des médecins plus jeunes, sans arrivée")
            for name, years in SERIES_YEARS.items()
            if name in self.study.apl.others
        }
        given = {
            years: (apl, "projection donnée") for years, apl in (self.projections or {}).items()
        }
        return dict(sorted({**found, **given}.items()))

    @property
    def nature(self) -> Nature:
        """Return what the classes are: estimated where they rest on unconfirmed ceilings."""
        return Nature.ESTIME if self.study.case.ceilings.is_to_replace else Nature.CALCULE

    @property
    def provenance(self) -> Provenance:
        """Return where every class comes from."""
        case = self.study.case
        ceilings = (
            f"Plafonds ({case.ceilings.confidence})\u00a0: {case.ceilings.basis}",
            f"Composition des {self.study.partition.label}\u00a0: {self.study.partition.vintage}",
        )
        return Provenance(
            (self.study.apl.source, source("insee-populations")),
            "APL moyenne de chaque territoire pondérée par sa population résidente, comparée aux "
            "seuils ; vivier classé par APL croissante dans la limite des plafonds.",
            (*case.rules.sources, *ceilings),
        )


def simulation_document(results: Results) -> Document:
    """Return the report of a simulated zoning."""
    study = results.study
    parts = [
        Part(
            "territoires", "Les classes, territoire par territoire", tuple(_class_sections(results))
        ),
        Part("anticipation", "Ce qui peut basculer", tuple(_tipping_sections(results))),
        Part("methode", "Comment les classes sont obtenues", (_method(results),)),
    ]
    return Document(
        key=f"zonage-{study.region.key}",
        title=study.title,
        subtitle=study.region.nom,
        date=date_text(study.on),
        summary=tuple(_summary(results)),
        parts=tuple(parts),
    )


# --- summary


def _summary(results: Results) -> Iterator[Block]:
    simulation = results.simulation
    shares = simulation.shares()
    pieces = [
        f"{number(simulation.count(zone))} en {zone} ({percent(100 * shares[zone])} des habitants)"
        for zone in Zonage
    ]
    one = results.study.partition.label
    yield Finding(
        f"Sur {number(len(simulation.decisions))} {one} de la région : {', '.join(pieces)}. "
        f"{results.study.apl.label}. Simulation sans valeur juridique."
    )
    if not results.study.partition.is_official:
        yield Items(
            "Ces territoires ne sont pas ceux de la loi",
            (
                "La composition officielle des territoires de vie-santé n'est pas présente : la "
                "simulation porte sur les bassins de vie (arrondissements de Lyon, Marseille et "
                "Paris à part).",
            ),
            Tone.WARNING,
        )
    yield from _warnings(results)
    if simulation.refusals:
        yield refusals(simulation.refusals)
    table = _gauge_table(results)
    yield _gauge_chart(results)
    yield table
    if results.official is not None:
        yield from _sandbox(results, results.official)
    yield _map(results)


def _warnings(results: Results) -> Iterator[Items]:
    """Yield what a reader must know before using the classes: ceilings, territories, quarters."""
    case = results.simulation.case
    if case.ceilings.is_to_replace:
        yield Items("Plafonds à remplacer", (case.ceilings.to_replace,), Tone.WARNING)
    if case.unclassed:
        share = percent(100 * case.left_out / case.whole)
        lines = (
            f"{counted(len(case.unclassed))} et {number(case.left_out)} habitants ({share}) ne "
            "sont pas classés, faute d'APL : ils comptent dans la population de la région, dans "
            "aucune zone.",
            "Ceux que leur APL mettrait en ZIP d'office prendraient sur les plafonds : les classes "
            "proposées ici peuvent alors reculer.",
        )
        yield Items("Simulation partielle", lines, Tone.WARNING)
    told = straddling_words(case)
    if told:
        yield Items("Quartiers prioritaires à compléter", told, Tone.WARNING)


def straddling_words(case: Case) -> tuple[str, ...]:
    """Return what to say of the quarters that cannot be classed apart as they stand."""
    lacking = [one for one in case.quartiers if one.lacks]
    if not lacking:
        return ()
    names = ", ".join(f"{one.code} {one.nom} ({one.lacks})" for one in lacking)
    many = len(lacking) > 1
    told = (
        "quartiers ne peuvent pas encore être classés à part, et comptent avec leurs territoires"
        if many
        else "quartier ne peut pas encore être classé à part, et compte avec ses territoires"
    )
    return (
        f"{number(len(lacking))} {told} : {names}.",
        "Pour un classement à part : remplir la feuille que donne « assemblier zonage feuille qpv "
        f"--region region:{case.region} », puis la redonner avec --qpv.",
    )


def refusals(problems: Sequence[Problem]) -> Items:
    """Return the block of what the texts refuse."""
    lines = tuple(
        f"{one.where} : {one.found}. Attendu : {one.expected}. À faire : {one.action}."
        for one in problems
    )
    return Items("Ce que les textes ne permettent pas", lines, Tone.WARNING)


def _gauge_table(results: Results) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            gauge.name,
            gauge.inhabitants,
            100 * gauge.share,
            None if gauge.ceiling_share is None else 100 * gauge.ceiling_share,
            None if gauge.used is None else 100 * gauge.used,
            gauge.room,
        )
        for gauge in results.simulation.gauges
    ]
    ceilings = results.study.case.ceilings
    return Table(
        "jauges",
        "Population utilisée de chaque plafond",
        (
            text_column("jauge", "Zone"),
            number_column("habitants", "Habitants"),
            number_column("part", "Part (%)", 1, "%"),
            number_column("plafond", "Plafond (%)", 1, "%"),
            number_column("utilise", "Plafond utilisé (%)", 1, "%"),
            number_column("reste", "Habitants encore possibles"),
        ),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
        note=f"Plafonds ({ceilings.confidence}) : {ceilings.basis.rstrip('.')}. L'adaptation est "
        "comptée sur la population du vivier ; seuls les habitants de la région comptent, et un "
        "quartier prioritaire compte dans sa propre zone.",
    )


def _gauge_chart(results: Results) -> Chart:
    known = [gauge for gauge in results.simulation.gauges if gauge.used is not None]
    rows: list[tuple[Cell, ...]] = [(one.name, 100 * (one.used or 0.0)) for one in known]
    table = Table(
        "jauges_utilisees",
        "Part utilisée de chaque plafond",
        (text_column("jauge", "Zone"), number_column("utilise", "Plafond utilisé (%)", 1, "%")),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
    )
    words = " ; ".join(f"{one.name} {percent(100 * (one.used or 0.0))}" for one in known)
    return Chart(
        "jauges",
        "Part utilisée de chaque plafond de population",
        ChartKind.BARS,
        table,
        f"Plafond utilisé : {words}.",
        highlight=tuple(one.name for one in known if _is_over(one)),
    )


def _is_over(gauge: Gauge) -> bool:
    return gauge.room is not None and gauge.room < 0


def _sandbox(results: Results, official: Simulation) -> Iterator[Block]:
    rules, base = results.simulation.case.rules, official.case.rules
    moved = changes(official, results.simulation)
    gained, lost = changed_inhabitants(moved)
    yield Finding(
        f"Avec des seuils de {short(rules.zip_le)} et {short(rules.vivier_le)} au "
        f"lieu de {short(base.zip_le)} et {short(base.vivier_le)}, "
        f"{counted(len(moved))} {'changent' if len(moved) > 1 else 'change'} de classe : "
        f"{number(gained)} habitants dans "
        f"une zone plus fragile, {number(lost)} dans une zone moins fragile."
    )
    if results.argument:
        yield Paragraph(f"Avis : {results.argument}")
    rows: list[tuple[Cell, ...]] = [
        (one.code, one.nom, one.before.value, one.after.value, one.inhabitants) for one in moved
    ]
    yield Table(
        "bac_a_sable",
        "Territoires qui changent de classe avec ces seuils",
        (
            text_column("code", "Code"),
            text_column("nom", "Territoire"),
            text_column("avant", "Seuils des textes"),
            text_column("apres", "Seuils essayés"),
            number_column("habitants", "Habitants"),
        ),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
        visible_rows=_VISIBLE,
    )


def _map(results: Results) -> Block:
    region = results.study.region
    simulation = results.simulation
    table = _commune_table(results)
    return zone_map(
        region,
        {
            code: zone
            for code, zone in simulation.zone_of_communes().items()
            if code in set(region.codes)
        },
        results.study.title,
        f"{number(simulation.helped())} habitants sont en ZIP ou en ZAC. Chaque commune a la "
        f"classe de son {results.study.partition.label_one}.",
        table,
        results.provenance,
        results.study.apl.label,
    )


# --- territories


def _class_sections(results: Results) -> Iterator[Section]:
    for zone in Zonage:
        chosen = [one for one in results.simulation.decisions if one.zone is zone]
        if not chosen:
            continue
        chosen.sort(key=lambda one: (one.unit.apl or 0.0, one.unit.code))
        yield Section(
            f"zone-{zone.value.lower()}",
            f"{_upper(zone.label)} : {counted(len(chosen))}",
            (_explained(results, zone, chosen),),
        )
    if results.study.case.unclassed:
        left = results.study.case.unclassed
        yield Section(
            "non-classes", f"Sans APL, non classés : {counted(len(left))}", (_left_table(results),)
        )
    yield Section("tous", "Tous les territoires, chiffres", (_unit_table(results),))
    yield Section("communes", "Commune par commune", (_commune_table(results),))
    if results.study.case.quartiers:
        yield Section("qpv", "Les quartiers prioritaires", (_quarter_table(results),))


def counted(territories: int) -> str:
    """Write a number of territories."""
    return f"{number(territories)} {'territoires' if territories > 1 else 'territoire'}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _explained(results: Results, zone: Zonage, chosen: Sequence[Decision]) -> Table:
    case = results.study.case
    rows: list[tuple[Cell, ...]] = [
        (one.unit.code, one.unit.nom, case.residents(one.unit), one.sentence) for one in chosen
    ]
    return Table(
        f"classes_{zone.value.lower()}",
        f"Pourquoi ces territoires sont en {zone}" if zone.is_helped else f"Territoires {zone}",
        (
            text_column("code", "Code"),
            text_column("nom", "Territoire"),
            number_column("habitants", "Habitants"),
            text_column("pourquoi", "Pourquoi cette classe"),
        ),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
    )


def _unit_table(results: Results) -> Table:
    case, rules = results.study.case, results.simulation.case.rules
    around = sensitivity(results.simulation.case)
    rows: list[tuple[Cell, ...]] = []
    for one in results.simulation.decisions:
        away = distance(one, rules)
        lower, _, higher = around[one.unit.code]
        rows.append(
            (
                one.unit.code,
                one.unit.nom,
                one.unit.apl,
                one.position.value,
                one.zone.value,
                one.rank or None,
                case.residents(one.unit),
                away.threshold,
                away.gap,
                away.consultations,
                lower.value,
                higher.value,
            )
        )
    step = number(STEP, 1)
    return Table(
        "zonage_territoires",
        "APL, classe, distance au seuil et sensibilité de chaque territoire",
        (
            text_column("code", "Code"),
            text_column("nom", "Territoire"),
            number_column("apl", "APL 65 ans et moins", 3),
            text_column("position", "Position"),
            text_column("zone", "Zone"),
            number_column("rang", "Rang"),
            number_column("habitants", "Habitants"),
            number_column("seuil", "Seuil proche", 2),
            number_column("ecart", "Écart au seuil", 3),
            number_column("consultations", "Consultations par an jusqu'au seuil"),
            text_column("si_baisse", f"Si − {step}"),
            text_column("si_hausse", f"Si + {step}"),
        ),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
        note="Rang : dans le vivier seulement. Consultations : écart multiplié par la population "
        "résidente, un ordre de grandeur. Sensibilité : la classe si la seule APL de ce "
        f"territoire variait de {step} consultation.",
        visible_rows=_VISIBLE,
    )


def _left_table(results: Results) -> Table:
    case, rows_of = results.study.case, index()
    rows: list[tuple[Cell, ...]] = []
    for unit in case.unclassed:
        names = rows_of.nom[rows_of.positions(unit.unknown)].tolist()
        rows.append((unit.code, unit.nom, case.residents(unit), ", ".join(names)))
    return Table(
        "non_classes",
        "Territoires sans APL et communes dont elle manque",
        (
            text_column("code", "Code"),
            text_column("nom", "Territoire"),
            number_column("habitants", "Habitants"),
            text_column("manque", "Communes sans APL"),
        ),
        tuple(rows),
        provenance=results.provenance,
        visible_rows=_VISIBLE,
    )


def _commune_table(results: Results) -> Table:
    region = results.study.region
    unit_of = {code: one for one in results.simulation.decisions for code in one.unit.communes}
    left_of = {code: one for one in results.study.case.unclassed for code in one.communes}
    rows_of = index()
    places = rows_of.positions(region.codes)
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            people,
            *_placed(unit_of.get(code), left_of.get(code)),
        )
        for code, name, people in zip(
            region.codes,
            rows_of.nom[places].tolist(),
            rows_of.population[places].tolist(),
            strict=True,
        )
    ]
    return Table(
        "zonage_communes",
        "Zone de chaque commune",
        (
            text_column("nom", "Commune"),
            number_column("habitants", "Habitants"),
            text_column("code_territoire", "Code du territoire"),
            text_column("territoire", "Territoire"),
            text_column("zone", "Zone"),
            text_column("pourquoi", "Pourquoi"),
        ),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
        visible_rows=_VISIBLE,
        codes=region.codes,
    )


def _placed(decision: Decision | None, left: Territoire | None) -> tuple[Cell, ...]:
    """Return the territory of a commune, its zone and why; nothing where it is in none."""
    if decision is not None:
        unit = decision.unit
        return (unit.code, unit.nom, decision.zone.value, decision.sentence)
    if left is not None:
        return (left.code, left.nom, None, "Non classé : l'APL de son territoire est inconnue.")
    return (None, None, None, None)


def _quarter_table(results: Results) -> Table:
    simulation = results.simulation
    rows: list[tuple[Cell, ...]] = []
    classed = {one.unit.code for one in simulation.decisions}
    names = dict(zip(index().codes, index().nom.tolist(), strict=True))
    for one in simulation.case.quartiers:
        units = [unit for unit in one.around if unit in classed]
        around = sorted({simulation.zone_of(unit).value for unit in units})
        own = simulation.quarters.get(one.code)
        reason = next((c.reason for c in simulation.case.choices if c.target == one.code), "")
        words = reason or one.lacks or "le quartier suit son territoire"
        rows.append(
            (
                one.code,
                one.nom,
                one.population,
                ", ".join(names[code] for code in one.communes) or None,
                ", ".join(one.around) or None,
                ", ".join(around) or None,
                own.value if own else ", ".join(around) or None,
                words,
            )
        )
    return Table(
        "zonage_qpv",
        "Quartiers prioritaires : zone et population",
        (
            text_column("code_qpv", "Quartier"),
            text_column("nom", "Nom"),
            number_column("habitants", "Habitants"),
            text_column("communes", "Communes"),
            text_column("territoires", "Territoires"),
            text_column("zone_territoire", "Zone du territoire"),
            text_column("zone", "Zone du quartier"),
            text_column("motif", "Motif"),
        ),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
        note="La population d'un quartier classé à part quitte la zone de son territoire.",
    )


# --- what may tip


def _tipping_sections(results: Results) -> Iterator[Section]:
    close = _close_table(results)
    yield Section(
        "bascule",
        f"{counted(len(close.rows))} à au plus {number(STEP, 1)} d'un seuil",
        (close,),
    )
    horizons = results.horizons
    if not horizons:
        text = (
            "APL des médecins de 62 et de 60 ans et moins dans le classeur de la DREES, ou une "
            "projection donnée avec --projection"
        )
        yield Section(
            "risques",
            "Les territoires à risque : non disponible",
            (
                Items(
                    "Horizons à 3, 5 et 10 ans",
                    (f"Ce qui les apporterait : {text}.",),
                    Tone.MISSING,
                ),
            ),
        )
    for years, (apl, origin) in horizons.items():
        yield _risk_section(results, years, apl, origin)


def _close_table(results: Results) -> Table:
    rules = results.simulation.case.rules
    near = close_ones(results.simulation.decisions, rules, STEP)
    rows: list[tuple[Cell, ...]] = [
        (one.unit.nom, one.unit.apl, away.threshold, away.gap, away.consultations, one.zone.value)
        for away, one in near
    ]
    return Table(
        "proches_du_seuil",
        "Les territoires les plus proches d'un seuil",
        (
            text_column("nom", "Territoire"),
            number_column("apl", "APL", 3),
            number_column("seuil", "Seuil", 2),
            number_column("ecart", "Écart", 3),
            number_column("consultations", "Consultations par an"),
            text_column("zone", "Zone"),
        ),
        tuple(rows),
        nature=results.nature,
        provenance=results.provenance,
        visible_rows=_VISIBLE,
    )


def _risk_section(results: Results, years: int, apl: Mapping[str, float], origin: str) -> Section:
    found = risks(results.simulation.case, results.study.projected(apl))
    at_risk = [one for one in found if one.is_at_risk]
    rows: list[tuple[Cell, ...]] = [
        (
            one.unit.nom,
            one.unit.apl,
            one.projected,
            one.loss,
            one.before.value,
            "à risque" if one.is_at_risk else (one.after.value if one.after else None),
        )
        for one in found
    ]
    table = Table(
        f"risques_{years}_ans",
        f"Chaque territoire aujourd'hui et dans {years} ans",
        (
            text_column("nom", "Territoire"),
            number_column("apl", "APL aujourd'hui", 2),
            number_column("apl_projetee", f"APL dans {years} ans", 2),
            number_column("perte", "Perte", 2),
            text_column("position", "Aujourd'hui"),
            text_column("risque", f"Dans {years} ans"),
        ),
        tuple(rows),
        nature=Nature.ESTIME,
        provenance=results.provenance,
        note=f"{_upper(origin)}. Pertes décroissantes.",
        visible_rows=_VISIBLE,
    )
    title = f"Dans {years} ans, {counted(len(at_risk))} de plus sous le seuil des ZIP"
    return Section(f"risques-{years}", title, (table, _group_table(results, years, apl)))


def _group_table(results: Results, years: int, apl: Mapping[str, float]) -> Table:
    study = results.study
    groups = {one.code: (one.nom, one.codes) for one in territory.epci_within(study.region)}
    found = group_risks(groups, study.ground.apl, apl, study.ground.population)
    rows: list[tuple[Cell, ...]] = [(one.nom, one.today, one.projected, one.loss) for one in found]
    return Table(
        f"risques_epci_{years}_ans",
        f"Intercommunalités par perte d'APL dans {years} ans",
        (
            text_column("nom", "Intercommunalité"),
            number_column("apl", "APL aujourd'hui", 2),
            number_column("apl_projetee", f"APL dans {years} ans", 2),
            number_column("perte", "Perte", 2),
        ),
        tuple(rows),
        nature=Nature.ESTIME,
        provenance=results.provenance,
        visible_rows=_VISIBLE,
    )


# --- method


def _method(results: Results) -> Section:
    study = results.study
    allowed = value("zonage.medecin.indicateurs_complementaires", study.on)
    used = tuple(
        f"{one.label} (plus fragile si {'élevé' if one.is_worse_high else 'faible'} ; {one.source})"
        for one in study.case.criteria
    )
    return Section(
        "methode",
        "L'indicateur, les seuils, les choix",
        (
            Items("Les trois composantes de l'indicateur", COMPONENTS),
            Items(
                "Indicateurs complémentaires que le texte permet dans le vivier",
                tuple(allowed),
            ),
            Items(
                "Indicateurs utilisés ici pour ranger le vivier",
                used or ("l'APL seule, croissante",),
            ),
            Items("Paramètres", results.provenance.parameters),
        ),
    )
