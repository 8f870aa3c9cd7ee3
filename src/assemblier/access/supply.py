"""What is offered, one table whatever the source: places, professionals, bounded activity.

Columns of the table: `site` (identifier of the place), `nom_site` (as people read it),
`code_commune`, `effectif` (professionals counted there), `activite` (acts a year for general
practitioners, full-time equivalents for the others), `nature` (``"cabinet"`` or
``"centre de santé"``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assemblier.access.method import PROFESSIONS, Method
from assemblier.errors import DataError, InputError, Problem
from assemblier.figures import Provenance, Source
from assemblier.territory import index

if TYPE_CHECKING:
    import polars as pl

SITUATIONS = ("titulaire", "remplacant", "centre_de_sante", "hopital")
"""Ways of practising a row may state; an empty one is « titulaire ».

A replacement adds to the doctor replaced; a hospital is outside the indicator.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Supply:
    """The supply of one profession.

    Attributes
    ----------
    table
        See the module.
    covered
        Communes the source describes: there, no row means no professional. Elsewhere the supply is
        unknown.
    provenance
        Sources and method.
    notes
        What a reader must know, in French.
    """

    table: "pl.DataFrame"
    covered: frozenset[str]
    provenance: Provenance
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """Activity of all the places together."""
        return float(self.table["activite"].sum())

    def by_commune(self) -> dict[str, float]:
        """Return the activity of each commune covered; a commune absent is unknown.

        Always true
        -----------
        Its sum is the activity of all the places.
        """
        found = dict.fromkeys(self.covered, 0.0)
        for code, activity in self.table.select("code_commune", "activite").iter_rows():
            found[code] = found.get(code, 0.0) + activity
        return found


def counted_supply(
    counts: Mapping[str, float],
    method: Method,
    covered: Iterable[str],
    source: Source,
    names: Mapping[str, str] | None = None,
) -> Supply:
    """Return the supply of a source that counts places of practice, without their activity.

    Parameters
    ----------
    counts
        Places of practice by commune, ≥ 0.
    method
        Gives the activity of one place, bounded.
    covered
        Communes the source describes.
    source
        Where the counts come from.
    names
        Name of the site of a commune; its own name by default.

    Always true
    -----------
    Activity is the count times one and the same bounded activity.
    """
    import polars as pl

    each = method.bounded(method.per_place)
    kept = {code: float(count) for code, count in counts.items() if count > 0}
    name_of = names or _commune_names(kept)
    table = pl.DataFrame(
        {
            "site": list(kept),
            "nom_site": [name_of.get(code, code) for code in kept],
            "code_commune": list(kept),
            "effectif": list(kept.values()),
            "activite": [count * each for count in kept.values()],
            "nature": ["cabinet"] * len(kept),
        },
        schema=_schema(),
    )
    what = (
        "Offre : lieux d'exercice comptés, de même activité chacun ; un professionnel qui exerce "
        "en plusieurs lieux y est compté plusieurs fois."
    )
    return Supply(table, frozenset(covered), Provenance((source,), what), (what,))


def practice_supply(
    rows: "pl.DataFrame",
    method: Method,
    covered: Iterable[str],
    source: Source,
    age_limit: int | None = None,
) -> Supply:
    """Return the supply of a table of practices: who works where, how much.

    Parameters
    ----------
    rows
        One row per professional and place. Columns: `code_commune`, `profession`; where known
        `site`, `nom_site`, `praticien` (any identifier; rows that share it are one person, and
        without it each row is one), `effectif`, `age`, `activite` (a year, all places of the
        person together), `part` (of the person's time spent in this place), `situation` (one of
        `SITUATIONS`).
    method
        Bounds, and the activity of a professional whose own is unknown.
    covered
        Communes the table describes.
    source
        Where it comes from.
    age_limit
        Professionals older are not counted; one of unknown age is.

    Always true
    -----------
    A person's activity, bounded once, is shared among the places where they work.
    What a replacement does adds to the doctor replaced before bounds apply.
    A hospital does not count.

    Raises
    ------
    DataError
        When a row is outside any commune, a number is negative or a situation unknown: all the
        problems at once.
    InputError
        When nobody is left: no row of the profession, or everybody over the age limit.
    """
    import polars as pl

    rows = _completed(rows.filter(pl.col("profession") == method.profession))
    if rows.is_empty():
        raise InputError([_nobody(method)])
    rows = _checked(rows)
    rows = rows.filter(pl.col("situation") != "hopital")
    young = (
        rows if age_limit is None else rows.filter(~(pl.col("age") > age_limit).fill_null(False))
    )
    if young.is_empty():
        raise InputError([too_old(method, age_limit, rows.height)])
    table = _shared(young, method)
    what = (
        "Offre : activité de chaque professionnel, remplacements compris, bornée puis partagée "
        "entre ses lieux d'exercice ; hôpital exclu."
    )
    known = rows["activite"].count() / rows.height
    note = f"Activité connue pour {100 * known:.0f} % des lignes ; valeur commune sinon."
    return Supply(table, frozenset(covered), Provenance((source,), what), (what, note))


def _completed(rows: "pl.DataFrame") -> "pl.DataFrame":
    """Add the optional columns that are absent, and fill what an empty cell means."""
    import polars as pl

    kinds = {
        "site": pl.String, "nom_site": pl.String, "praticien": pl.String, "effectif": pl.Float64,
        "age": pl.Float64, "activite": pl.Float64, "part": pl.Float64, "situation": pl.String,
    }  # fmt: skip
    for name, kind in kinds.items():
        column = pl.col(name).cast(kind) if name in rows.columns else pl.lit(None, kind)
        rows = rows.with_columns(column.alias(name))
    return rows.with_row_index("rang").with_columns(
        pl.col("code_commune").map_elements(_present_code, return_dtype=pl.String),
        pl.col("situation").fill_null("titulaire"),
        pl.col("effectif").fill_null(1.0),
        pl.col("praticien").fill_null(pl.format("ligne {}", "rang")),
        pl.col("site").fill_null(pl.col("code_commune")),
    )


def _present_code(code: str) -> str:
    return index().current_code(code) or code


def _checked(rows: "pl.DataFrame") -> "pl.DataFrame":
    import polars as pl

    known = set(index().codes)
    problems = [
        Problem(
            f"offre, ligne {rank + 2}",
            f"code de commune « {code} » ({index().reason(code or '')})",
            "une commune actuelle",
            "corriger le code de la commune",
        )
        for rank, code in rows.select("rang", "code_commune").iter_rows()
        if code not in known
    ]
    for name in ("effectif", "age", "activite", "part"):
        bad = rows.filter(pl.col(name) < 0)
        problems += [
            Problem(f"offre, ligne {rank + 2}, {name}", str(value), "≥ 0 ou vide", "corriger")
            for rank, value in bad.select("rang", name).iter_rows()
        ]
    strange = rows.filter(~pl.col("situation").is_in(SITUATIONS))
    problems += [
        Problem(f"offre, ligne {rank + 2}, situation", found, ", ".join(SITUATIONS), "corriger")
        for rank, found in strange.select("rang", "situation").iter_rows()
    ]
    if problems:
        raise DataError(problems)
    return rows


def _shared(rows: "pl.DataFrame", method: Method) -> "pl.DataFrame":
    """Bound each person's activity, then share it among the places where they work."""
    import polars as pl

    default = method.per_place
    principal = pl.col("situation") != "remplacant"
    # One place of a person with an unknown share of time: equal parts.
    part = pl.when(pl.col("part").is_null().any().over("praticien")).then(1.0).otherwise("part")
    rows = rows.with_columns(part.alias("part"))
    people = rows.group_by("praticien").agg(
        pl.col("activite").filter(principal).max().alias("propre"),
        pl.col("activite").filter(~principal).sum().alias("remplacement"),
        pl.col("effectif").filter(principal).max().fill_null(1.0).alias("personnes"),
    )
    total = pl.col("propre").fill_null(default * pl.col("personnes")) + pl.col("remplacement")
    each = (total / pl.col("personnes")).map_elements(method.bounded, return_dtype=pl.Float64)
    people = people.with_columns((each * pl.col("personnes")).alias("total"))
    places = rows.filter(
        principal.any().over("praticien") & principal | ~principal.any().over("praticien")
    )
    places = places.with_columns(
        (pl.col("part") / pl.col("part").sum().over("praticien")).fill_nan(0.0).alias("partage")
    ).join(people.select("praticien", "total", "personnes"), on="praticien")
    table = places.group_by("site", "code_commune", maintain_order=True).agg(
        pl.col("nom_site").drop_nulls().first().alias("nom_site"),
        (pl.col("partage") * pl.col("personnes")).sum().alias("effectif"),
        (pl.col("partage") * pl.col("total")).sum().alias("activite"),
        pl.when((pl.col("situation") == "centre_de_sante").any())
        .then(pl.lit("centre de santé"))
        .otherwise(pl.lit("cabinet"))
        .alias("nature"),
    )
    names = _commune_names(table["code_commune"])
    return table.with_columns(
        pl.col("nom_site").fill_null(pl.col("code_commune").replace_strict(names, default=None))
    ).select(list(_schema()))


def _commune_names(codes: Iterable[str]) -> dict[str, str]:
    kept = sorted(set(codes) & set(index().codes))
    return dict(zip(kept, index().nom[index().positions(kept)].tolist(), strict=True))


def _schema() -> "dict[str, type[pl.DataType]]":
    import polars as pl

    texts = dict.fromkeys(("site", "nom_site", "code_commune"), pl.String)
    return {**texts, "effectif": pl.Float64, "activite": pl.Float64, "nature": pl.String}


def _nobody(method: Method) -> Problem:
    return Problem(
        "offre",
        f"aucune ligne pour la profession {method.profession}",
        f"des {PROFESSIONS[method.profession]}",
        "vérifier la colonne « profession », ou choisir une autre profession",
    )


def too_old(method: Method, age_limit: int | None, count: int) -> Problem:
    """Return what to say when everybody is over an age limit."""
    return Problem(
        "limite d'âge",
        f"l'unique ligne dépasse {age_limit} ans"
        if count == 1
        else f"les {count} lignes dépassent {age_limit} ans",
        f"au moins un des {PROFESSIONS[method.profession]} de {age_limit} ans ou moins",
        "relever la limite d'âge, ou vérifier la colonne « age »",
    )


def check_reachable(supply: Supply, codes: Sequence[str]) -> None:
    """Refuse a supply that says nothing of the communes asked for.

    Raises
    ------
    InputError
        When no commune of `codes` is covered by the source.
    """
    if not supply.covered.intersection(codes):
        said = " ; ".join(source.title for source in supply.provenance.sources)
        raise InputError(
            [
                Problem(
                    "offre",
                    f"aucune commune de ce territoire n'est couverte par la source ({said})",
                    "une source qui décrit ce territoire",
                    BRING,
                )
            ]
        )


BRING = (
    "importer l'annuaire santé (RPPS), l'annuaire Ameli ou la base permanente des équipements "
    "(« assemblier sources importer CHEMIN »), ou donner une offre par --offre FICHIER"
)
"""What brings a supply."""


def check_ages_known(source: Source, known: int) -> None:
    """Refuse an age limit where the source gives no age at all.

    Parameters
    ----------
    source
        Of the supply.
    known
        Rows whose age is known.

    Raises
    ------
    InputError
        When there is none.
    """
    if not known:
        raise InputError(
            [
                Problem(
                    "--age-max",
                    f"« {source.title} » ne donne aucun âge",
                    "une offre dont les âges, ou les tranches d'âge, sont connus",
                    "donner cette offre par --offre FICHIER (colonne « age »), importer un fichier "
                    "d'exercices avec « tranche_age », ou retirer --age-max",
                )
            ]
        )


def places_table(rows: "pl.DataFrame") -> "pl.DataFrame":
    """Return the table of a supply from what is done at each place.

    Parameters
    ----------
    rows
        Columns `site`, `nom_site` (or null), `adresse` (or null), `code_commune`, `effectif`,
        `activite`, `centre` (whether it is a health centre).

    Always true
    -----------
    The activity of all places is kept.
    """
    import polars as pl

    table = rows.group_by("site", "code_commune", maintain_order=True).agg(
        pl.col("nom_site").drop_nulls().first(),
        pl.col("adresse").drop_nulls().first(),
        pl.col("effectif").sum(),
        pl.col("activite").sum(),
        pl.when(pl.col("centre").any())
        .then(pl.lit("centre de santé"))
        .otherwise(pl.lit("cabinet"))
        .alias("nature"),
    )
    commune = pl.col("code_commune").replace_strict(
        _commune_names(table["code_commune"]), default=pl.col("code_commune")
    )
    return table.with_columns(
        pl.coalesce(
            pl.format("{}, {}", "nom_site", commune),
            pl.format("{}, {}", "adresse", commune),
            commune,
        ).alias("nom_site")
    ).select(list(_schema()))
