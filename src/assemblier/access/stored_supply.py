"""The supply of what was imported: registers of practice, health centres, equipment census.

One source describes the supply: two are never added up, but for health centres, which the directory
of the Assurance maladie lists apart, and for what an officer corrected. Persons were forgotten when
the file was read; what is left of each is the part of activity done at each place.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from assemblier.access.ages import share_within
from assemblier.access.method import Method
from assemblier.access.supply import (
    Supply,
    check_ages_known,
    counted_supply,
    places_table,
    too_old,
)
from assemblier.errors import InputError
from assemblier.figures import Provenance, Source
from assemblier.french import number
from assemblier.parameters.nomenclature import specialty_codes
from assemblier.sources.equipment_types import types_of
from assemblier.sources.layout import normalise
from assemblier.sources.stored import Stored, stored
from assemblier.territory import described, index

if TYPE_CHECKING:
    import polars as pl

RPPS, AMELI_PERSONS, AMELI_CENTRES = "annuaire-sante-rpps", "ameli-ps", "ameli-cds"
"""Keys of the sources of the store."""

HEALTH_CENTRE = "124"
"""Category of the health centres in FINESS."""

_HOSPITAL = ("etablissement public de sante", "etablissement prive", "hopital", "hospital",
             "autre etablissement sanitaire")  # fmt: skip
_CENTRE = "centre de sante"
# What a health centre offers, by a word of its category, where nothing else says it.
_OFFERED = (
    ("dentaire", ("chirurgien_dentiste",)),
    ("infirmier", ("infirmier",)),
    (_CENTRE, ("medecin_generaliste",)),
)
SHARED = (
    "Offre : chaque professionnel libéral ou salarié d'un centre de santé, son activité partagée à "
    "égalité entre ses lieux d'exercice ; salariés d'ailleurs et établissements de santé exclus ; "
    "les remplaçants, sans lieu propre, exercent au nom de ceux qu'ils remplacent."
)
UNSHARED = (
    "Offre : professionnels comptés à chacun de leurs lieux d'exercice ; qui exerce en plusieurs "
    "lieux y est compté plusieurs fois."
)
CENTRES_ALONE = (
    "Offre : centres de santé seuls, chacun compté pour un lieu d'exercice (U) ; les cabinets "
    "libéraux n'y sont pas."
)


def register_supply(key: str, method: Method, age_limit: int | None = None) -> Supply | None:
    """Return the supply of an imported register of practice, or None where none was.

    Parameters
    ----------
    key
        Of the source, in the store.
    method
        Of the profession.
    age_limit
        Professionals older are not counted.

    Always true
    -----------
    A person counts once, however many places of practice.
    Nobody salaried out of a health centre counts, nor any practice in a hospital.

    Raises
    ------
    InputError
        When an age limit is asked for and the register gives no age.
    """
    table = _newest("exercices", lambda one: one.source.key == key)
    return None if table is None else _practised(table, method, age_limit)


def other_register_supply(method: Method, age_limit: int | None = None) -> Supply | None:
    """Return the supply of the newest table of practices imported by a recipe, or None.

    Parameters
    ----------
    method, age_limit
        See `register_supply`.
    """
    usual = (RPPS, AMELI_PERSONS)
    table = _newest("exercices", lambda one: one.source.key not in usual)
    return None if table is None else _practised(table, method, age_limit)


def directory_supply(method: Method, age_limit: int | None = None) -> Supply | None:
    """Return the supply of the directory of the Assurance maladie, health centres included.

    Parameters
    ----------
    method, age_limit
        See `register_supply`.
    """
    found = register_supply(AMELI_PERSONS, method, age_limit)
    centres = _newest("etablissements", lambda one: one.source.key == AMELI_CENTRES)
    if found is None or centres is None:
        return found
    offered = _centres(centres, method)
    return _together(found, offered) if offered is not None else found


def centres_supply(method: Method) -> Supply | None:
    """Return the health centres of the imported registers of establishments, or None.

    Parameters
    ----------
    method
        Of the profession.
    """
    tables = [one for one in stored("etablissements") if one.source.key != AMELI_CENTRES]
    for table in tables or list(stored("etablissements")):
        found = _centres(table, method)
        if found is not None:
            return found
    return None


def equipment_supply(method: Method) -> Supply | None:
    """Return the places of practice of the newest imported equipment census that counts them.

    Parameters
    ----------
    method
        Of the profession.
    """
    import polars as pl

    types = types_of(method.profession)
    for table in stored("equipements"):
        rows = table.rows("type_equipement", types)
        if rows.height:
            rows = rows.filter(pl.col("millesime") == pl.col("millesime").max())
            counts = rows.group_by("code_commune").agg(pl.col("effectif").sum())
            return counted_supply(dict(counts.iter_rows()), method, _covered(table), table.source)
    return None


def corrected_supply(base: Supply, method: Method) -> Supply | None:
    """Return a supply where what the officers of a territory found takes the place of the rest.

    Parameters
    ----------
    base
        The supply of the official file.
    method
        Of the profession.

    Always true
    -----------
    A commune nobody corrected keeps its supply.
    """
    import polars as pl

    found = base
    for table in reversed(stored("offre_locale")):
        rows = table.rows("profession", (method.profession,))
        rows = rows.filter(pl.col("effectif").is_not_null())
        if rows.height:
            found = corrected(found, rows, method, table.source)
    return None if found is base else found


def corrected(base: Supply, rows: "pl.DataFrame", method: Method, source: Source) -> Supply:
    """Return a supply where some communes have the professionals an officer counted.

    Parameters
    ----------
    base
        The supply to correct.
    rows
        Columns `code_commune`, `effectif`.
    method, source
        The profession, and who corrected.
    """
    import polars as pl

    counts = dict(rows.select("code_commune", "effectif").iter_rows())
    real = counted_supply(counts, method, counts, source)
    kept = base.table.filter(~pl.col("code_commune").is_in(list(counts)))
    note = f"Effectifs constatés par les agents dans {number(len(counts))} communes."
    return Supply(
        pl.concat([kept, real.table]),
        base.covered | real.covered,
        Provenance((source,), note) | base.provenance,
        (*base.notes, note),
    )


def _newest(name: str, wanted: Callable[[Stored], bool]) -> Stored | None:
    return next((one for one in stored(name) if wanted(one)), None)


def _covered(table: Stored) -> frozenset[str]:
    """Return the communes a table describes: départements whole, else only those it lists."""
    listed = frozenset(table.rows()["code_commune"].unique().to_list())
    whole = described(listed)
    inside = (
        code
        for code, departement in zip(index().codes, index().code_departement, strict=True)
        if departement in whole
    )
    return listed.intersection(index().codes).union(inside)


def _practised(table: Stored, method: Method, age_limit: int | None) -> Supply | None:
    import polars as pl

    rows = table.rows("profession", (method.profession,))
    if rows.is_empty():
        return None
    names, centres = _establishments()
    at_centre = pl.col("site").is_in(centres).fill_null(False)
    is_centre = _says(rows, "secteur", (_CENTRE,)) | at_centre
    is_own = pl.col("mode_exercice").is_null() | (pl.col("mode_exercice") == "liberal")
    is_hospital = _says(rows, "secteur", _HOSPITAL)
    rows = rows.with_columns(is_centre.alias("centre")).filter(
        pl.col("centre") | (is_own & ~is_hospital)
    )
    is_shared = "part_activite" in rows.columns and rows["part_activite"].null_count() == 0
    rows = rows.with_columns(
        pl.col("part_activite" if is_shared else "effectif").cast(pl.Float64).alias("effectif")
    )
    notes: tuple[str, ...] = (SHARED if is_shared else UNSHARED,)
    if age_limit is not None:
        check_ages_known(table.source, rows["tranche_age"].drop_nulls().len())
        known = rows.height
        rows, aged = share_within(rows, age_limit)
        if rows.is_empty():
            raise InputError([too_old(method, age_limit, known)])
        notes = (*notes, aged)
    places = places_table(
        rows.select(
            pl.col("site").fill_null(pl.col("code_commune")),
            pl.col("site").replace_strict(names, default=None).alias("nom_site"),
            pl.col("site").alias("adresse"),
            "code_commune",
            "effectif",
            (pl.col("effectif") * method.bounded(method.per_place)).alias("activite"),
            "centre",
        )
    )
    provenance = Provenance((table.source,), " ".join(notes))
    return Supply(places, _covered(table), provenance, notes)


def _says(frame: "pl.DataFrame", column: str, pieces: Iterable[str]) -> "pl.Expr":
    """Return whether a text says one of some things, compared normalised; few differ."""
    import polars as pl

    wanted = tuple(pieces)
    texts = frame[column].unique().drop_nulls().to_list()
    saying = [text for text in texts if any(piece in normalise(text) for piece in wanted)]
    return pl.col(column).is_in(saying).fill_null(False)


def _establishments() -> tuple[dict[str, str], list[str]]:
    """Return the names of establishments by FINESS number, and which are health centres."""
    names: dict[str, str] = {}
    centres: list[str] = []
    for table in stored("etablissements"):
        rows = table.rows()
        for finess, name in rows.select("finess", "nom").iter_rows():
            names.setdefault(finess, name)
        centres += rows.filter(_is_centre(rows))["finess"].to_list()
    return names, sorted(set(centres))


def _is_centre(frame: "pl.DataFrame") -> "pl.Expr":
    import polars as pl

    by_words = _says(frame, "libelle_categorie", (_CENTRE, "centre de soins infirmiers"))
    return (pl.col("categorie") == HEALTH_CENTRE) | by_words


def _centres(table: Stored, method: Method) -> Supply | None:
    """Return the health centres that offer a profession, each a place of practice."""
    import polars as pl

    rows = table.rows()
    rows = rows.filter(_is_centre(rows))
    told = _specialities()
    kept = [
        row
        for row in rows.iter_rows(named=True)
        if method.profession in _professions(row, told, method)
    ]
    if not kept:
        return None
    each = method.bounded(method.per_place)
    places = pl.DataFrame(
        {
            "site": [row["finess"] for row in kept],
            "nom_site": [row["nom"] for row in kept],
            "adresse": [None] * len(kept),
            "code_commune": [row["code_commune"] for row in kept],
            "effectif": [1.0] * len(kept),
            "activite": [each] * len(kept),
            "centre": [True] * len(kept),
        },
        schema_overrides={"adresse": pl.String},
    )
    provenance = Provenance((table.source,), CENTRES_ALONE)
    return Supply(places_table(places), _covered(table), provenance, (CENTRES_ALONE,))


def _specialities() -> dict[str, frozenset[str]]:
    """Return the speciality codes each health centre is listed under by the directory."""
    found: dict[str, set[str]] = {}
    for table in stored("autorisations"):
        if table.source.key == AMELI_CENTRES:
            for finess, activity in table.rows().select("finess", "activite").iter_rows():
                found.setdefault(finess, set()).add(activity.removeprefix("specialite_ameli_"))
    return {finess: frozenset(codes) for finess, codes in found.items()}


def _professions(
    row: dict[str, str | None], told: dict[str, frozenset[str]], method: Method
) -> tuple[str, ...]:
    """Return what a health centre offers: the directory says it, else the name of its category."""
    codes = told.get(row["finess"] or "")
    if codes is not None:
        is_offered = not codes.isdisjoint(specialty_codes(method.profession, method.on))
        return (method.profession,) if is_offered else ()
    words = normalise(f"{row['libelle_categorie'] or _CENTRE} {row['nom'] or ''}")
    return next((offered for word, offered in _OFFERED if word in words), ())


def _together(base: Supply, other: Supply) -> Supply:
    """Return a supply with the health centres that another list gives, where the first one goes."""
    import polars as pl

    kept = other.table.filter(pl.col("code_commune").is_in(list(base.covered)))
    note = f"{number(kept.height)} centres de santé, chacun compté pour un lieu d'exercice (U)."
    return replace(
        base,
        table=pl.concat([base.table, kept]),
        provenance=base.provenance | Provenance(other.provenance.sources, note),
        notes=(*base.notes, note),
    )
