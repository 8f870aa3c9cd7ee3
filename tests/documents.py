"""A document with every kind of block, made of facts really published about Haute-Loire."""

from functools import cache

import polars as pl

from assemblier import data
from assemblier.data import facts
from assemblier.figures import Confidence, Figure, Nature, Provenance, Source, unavailable
from assemblier.reports.document import (
    Align,
    Cell,
    Chart,
    ChartKind,
    Column,
    Document,
    Finding,
    Gauge,
    Gauges,
    Items,
    Map,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.theme import APL_CLASSES

N = Align.NUMBER

PRESENTATION = Source(
    "panorama-sante-43",
    "ARS et CPAM de Haute-Loire",
    "Panorama des questions de santé en Haute-Loire",
    "2022",
    licence="document public",
    published="9 mars 2023",
    note="Présentation aux Rencontres de l'Agenda rural.",
)
APL = facts.source("drees-apl-mg")
CENSUS = facts.source("insee-rp-2023")
EQUIPMENT = facts.source("insee-bpe-2025")


def cited(
    label: str, value: float, unit: str = "", page: str = "page 14", **rest: object
) -> Figure:
    return Figure(
        label,
        value,
        unit,
        Nature.CITE,
        provenance=Provenance((PRESENTATION.at(page),)),
        **rest,  # type: ignore[arg-type]
    )


def stock_table() -> Table:
    """Printed by the presentation: general practitioners, stock and flow."""
    columns = (
        Column("effectifs", "Effectifs présents au"),
        Column("departement", "Haute-Loire", N),
        Column("region", "Auvergne-Rhône-Alpes", N),
    )
    printed: tuple[tuple[str, float, float, str, int], ...] = (
        ("30 septembre 2022", 194, 6928, "", 0),
        ("30 septembre 2021", 187, 6967, "", 0),
        ("Solde", 7, -39, "", 0),
        ("dont installations", 16, 426, "", 0),
        ("dont cessations", 9, 465, "", 0),
        ("Évolution", 3.7, -0.6, "%", 1),
    )
    rows = tuple(
        (
            label,
            cited(label, here, unit, decimals=decimals),
            cited(label, there, unit, decimals=decimals),
        )
        for label, here, there, unit, decimals in printed
    )
    return Table(
        "generalistes_flux",
        "De 187 à 194 médecins généralistes libéraux en un an",
        columns,
        rows,
        Nature.CITE,
        Provenance((PRESENTATION.at("page 14"),)),
        note="Cabinet principal, au moins un remboursement au cours des six derniers mois.",
    )


def deaths_table() -> Table:
    """Printed by the presentation: causes of death in 2017."""
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Tumeurs", 680, 25.56),
        ("Maladies de l'appareil circulatoire", 674, 25.34),
        ("Maladies de l'appareil respiratoire", 254, 9.56),
        ("Symptômes et autres états morbides mal définis", 245, 9.21),
        ("Causes externes de morbidité et mortalité", 164, 6.16),
        ("Complications de grossesse, accouchement et puerpéralité", 0, 0.0),
        ("Suicides", None, None),
    )
    columns = (
        Column("cause", "Cause initiale de décès"),
        Column("deces", "Décès", N),
        Column("part", "Part (%)", N, 2, "%"),
    )
    return Table(
        "causes_deces",
        "Tumeurs et maladies circulatoires : un décès sur deux",
        columns,
        rows,
        Nature.CITE,
        Provenance((PRESENTATION.at("page 8"),)),
    )


def apl_table() -> Table:
    """The published APL of every commune, three years."""
    wide = facts.apl_publiee().pivot("millesime", index="code_commune", values="apl")
    rows = tuple(
        (names()[code], *values) for code, *values in wide.sort("2024", "code_commune").iter_rows()
    )
    codes = tuple(wide.sort("2024", "code_commune")["code_commune"])
    columns = (
        Column("commune", "Commune"),
        *(Column(f"apl_{year}", f"APL {year}", N, 2) for year in (2022, 2023, 2024)),
    )
    return Table(
        "apl_communes",
        "L'APL publiée de chaque commune, de la plus basse à la plus haute",
        columns,
        rows,
        Nature.CITE,
        Provenance((APL,)),
        note="0 : aucun médecin généraliste accessible. Arrondi à deux décimales par le tiers.",
        visible_rows=15,
        codes=codes,
    )


@cache
def names() -> dict[str, str]:
    known = data.communes().filter(pl.col("code_commune").str.starts_with("43"))
    return dict(known.select("code_commune", "nom").iter_rows())


def pyramid_table() -> Table:
    """Inhabitants of the commune of Le Puy-en-Velay by sex and five-year class."""
    people = facts.population_age_sexe()
    rows = []
    wide = people.filter(people["code_commune"] == "43157").pivot(
        "sexe", index="age_debut", values="population"
    )
    for age, women, men in wide.select("age_debut", "F", "H").sort("age_debut").iter_rows():
        label = "95 ans ou plus" if age == 95 else f"{age} à {age + 4} ans"
        rows.append((label, women, men))
    columns = (Column("age", "Âge"), Column("femmes", "Femmes", N), Column("hommes", "Hommes", N))
    return Table(
        "pyramide",
        "Le Puy-en-Velay par âge et sexe",
        columns,
        tuple(rows),
        Nature.CITE,
        Provenance((CENSUS,)),
    )


def apl_years_table() -> Table:
    """The published APL of three towns, three years: one line each."""
    wide = facts.apl_publiee().pivot("code_commune", index="millesime", values="apl")
    towns = {"43157": "Le Puy-en-Velay", "43040": "Brioude", "43268": "Yssingeaux"}
    rows = tuple(wide.select("millesime", *towns).iter_rows())
    columns = (
        Column("annee", "Année"),
        *(Column(f"c{code}", name, N, 2) for code, name in towns.items()),
    )
    return Table(
        "apl_villes", "Trois villes, trois années", columns, rows, Nature.CITE, Provenance((APL,))
    )


def density_table() -> Table:
    """Figures of several natures side by side; one of them is not available."""
    rows: tuple[tuple[Cell, ...], ...] = (
        (
            "Médecins généralistes",
            cited("densité", 8.7, PER, decimals=1, note="Dénominateur de la source inconnu."),
            cited("densité en France", 8.4, PER, decimals=1),
        ),
        (
            "Infirmiers",
            cited("densité", 22.6, PER, "page 21", decimals=1),
            cited("densité en France", 15.4, PER, "page 21", decimals=1),
        ),
        (
            "Masseurs-kinésithérapeutes",
            unavailable("densité", "fichier de l'Assurance maladie", PER),
            None,
        ),
    )
    columns = (
        Column("profession", "Profession"),
        Column("haute_loire", "Haute-Loire (pour 10 000 hab.)", N, 1, PER),
        Column("france", "France (pour 10 000 hab.)", N, 1, PER),
    )
    return Table(
        "densites",
        "Plus d'infirmiers qu'ailleurs, autant de généralistes",
        columns,
        rows,
        provenance=Provenance((PRESENTATION.at("page 12"),)),
    )


PER = "pour 10 000 habitants"


def apl_map() -> Map:
    """The published APL 2024 in its three published classes."""
    values = dict(
        facts.apl_publiee()
        .filter(facts.apl_publiee()["millesime"] == 2024)
        .select("code_commune", "apl")
        .iter_rows()
    )
    bounds = (2.5, 4.0)
    return Map(
        "apl_2024",
        "L'ouest du département est le moins bien desservi",
        APL_CLASSES,
        {code: sum(value >= bound for bound in bounds) for code, value in values.items()},
        {
            code: f"{value:.2f}".replace(".", ",") + " consultations par an"
            for code, value in values.items()
        },
        names(),
        "Les communes en dessous de 2,5 consultations par an et par habitant sont surtout à "
        "l'ouest. Les mieux desservies entourent les villes de l'est.",
        apl_table(),
        labels={"43157": "Le Puy-en-Velay", "43040": "Brioude", "43268": "Yssingeaux"},
        vintage="APL 2024",
        provenance=Provenance((APL,)),
    )


def gauges() -> Gauges:
    spatial = Gauge(
        "Jauge spatiale",
        cited(
            "densité de médecins généralistes libéraux",
            8.7,
            PER,
            "page 12",
            vintage="2022",
            decimals=1,
        ),
        0,
        20,
        None,
        "Le nombre de médecins rapporté à la population, quelle que soit la distance.",
        (
            (
                "France",
                cited(
                    "densité de médecins généralistes libéraux",
                    8.4,
                    PER,
                    "page 12",
                    vintage="2022",
                    decimals=1,
                ),
            ),
        ),
    )
    temporal = Gauge(
        "Jauge temporelle",
        unavailable("patients par médecin traitant", "extraction de la CPAM", "patients"),
        0,
        2000,
        1500,
        "Plus un médecin a de patients, moins il a de temps pour chacun.",
    )
    return Gauges(spatial, temporal)


def findings() -> tuple[Finding, ...]:
    counts = facts.population_departements().filter(pl.col("code") == "43").drop_nulls()
    under = Figure(
        "habitants des communes sous 2,5 consultations par an",
        counts["population_sous_2_5"][0],
        "habitants",
        Nature.CITE,
        "2024",
        Provenance((facts.source(counts["source"][0]),)),
        confidence=Confidence.SECONDAIRE,
    )
    older = cited("médecins de plus de 60 ans", 24.9, "%", "page 5", decimals=1, vintage="2022")
    return (
        Finding(
            "La Haute-Loire compte 194 médecins généralistes libéraux, sept de plus en un an : "
            "16 installations, 9 cessations.",
            (
                cited(
                    "médecins généralistes libéraux", 194, "médecins", vintage="30 septembre 2022"
                ),
                cited("installations", 16, "médecins", vintage="2022"),
            ),
        ),
        Finding(
            "Un médecin sur quatre a plus de 60 ans (24,9 %) ; « près d'un sur deux » en France.",
            (older, under),
        ),
        Finding(
            "Le nombre de patients sans médecin traitant est inconnu.",
            (unavailable("patients sans médecin traitant", "extraction de la CPAM"),),
        ),
    )


@cache
def sample_document() -> Document:
    """Return the document the writers are tested with."""
    supply = Section(
        "generalistes",
        "Sept médecins généralistes de plus en un an",
        (
            findings()[0],
            stock_table(),
            Chart(
                "densites_barres",
                "Haute-Loire et France",
                ChartKind.GROUPED_BARS,
                density_table(),
                "La densité d'infirmiers dépasse d'un tiers celle de la France.",
            ),
            Items(
                "Deux colonnes semblent inversées",
                ("Chirurgiens-dentistes : 99 + 1 − 3 ne fait pas 101.",),
                Tone.WARNING,
                Provenance((PRESENTATION.at("page 17"),)),
            ),
        ),
    )
    need = Section(
        "mortalite",
        "Tumeurs et maladies circulatoires : un décès sur deux",
        (
            Paragraph(
                "Les causes sont celles du certificat de décès ; elles sont classées par effectif."
            ),
            Chart(
                "deces_barres",
                "Les deux premières causes font la moitié des décès",
                ChartKind.BARS,
                deaths_table(),
                "Tumeurs : 680 décès ; appareil circulatoire : 674 décès.",
                ("Tumeurs",),
            ),
            Chart(
                "pyramide",
                "La ville compte plus de femmes que d'hommes après 70 ans",
                ChartKind.PYRAMID,
                pyramid_table(),
                "Les classes de 20 à 24 ans et de 60 à 74 ans sont les plus nombreuses.",
            ),
        ),
    )
    access = Section(
        "apl",
        "L'ouest du département est le moins bien desservi",
        (
            apl_map(),
            Chart(
                "apl_villes",
                "Brioude perd, Yssingeaux gagne",
                ChartKind.LINES,
                apl_years_table(),
                "Trois villes, trois années publiées.",
            ),
            Items(
                "Ce qui manque",
                ("Zonage par territoire de vie-santé : composition des TVS.",),
                Tone.MISSING,
            ),
            Items(
                "À retenir",
                ("Le bilan est annuel.", "Les seuils sont ceux de la DREES."),
                Tone.PLAIN,
            ),
        ),
    )
    return Document(
        "departement-43",
        "Panorama de l'accès aux soins",
        "Haute-Loire (département 43)",
        "22 novembre 2026",
        (*findings(), gauges(), apl_map()),
        (
            Part("offre", "L'offre de soins", (supply,)),
            Part("besoin", "Les besoins", (need,)),
            Part("acces", "L'accès aux soins", (access,)),
        ),
    )
