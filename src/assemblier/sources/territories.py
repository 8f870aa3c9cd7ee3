"""Which territory a row of a free table is about: its level and its code, from words or codes."""

from functools import cache

import polars as pl

from assemblier import data
from assemblier.sources.codes import PostcodeFinder, join_postcodes
from assemblier.sources.layout import Row, normalise
from assemblier.sources.loading import Job, communes_of_today
from assemblier.sources.values import LIGNE, clean, reject

# Labels (normalised) of a column of codes → its level; the finest territory first.
_LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("commune", ("code commune", "codgeo", "code insee", "code commune insee", "insee", "depcom")),
    ("qpv", ("code qpv", "code quartier")),
    ("zsp", ("code zsp", "zsp", "zone de soins de proximite")),
    ("tvs", ("code tvs", "code du territoire de vie sante", "code territoire de vie sante")),
    ("bassin_de_vie", ("code bassin de vie", "bassin de vie", "code bv", "bv2022", "bv2012")),
    ("canton_ville", ("code canton", "code canton ville")),
    ("epci", ("code epci", "siren epci", "siren", "epci", "intercommunalite", "libelle epci")),
    ("departement", ("code departement", "departement", "dep", "dept", "code dep", "code dept")),
    ("region", ("code region", "region", "reg", "code reg")),
)
_LEVEL = ("niveau", "niveau geographique", "echelle", "maille")
_CODE = ("code", "code geographique", "code territoire", "code du territoire")
_NAME = ("territoire", "nom du territoire", "libelle du territoire", "libelle", "nom")
_PLACE = ("commune", "libelle commune", "nom commune", "nom de la commune", "ville")
_PERSONS = ("prenom", "prenoms", "nom de naissance", "nom d usage", "n rpps", "rpps")
_POSTCODE = ("code postal", "cp")
# Words of a level → the level of the catalogue.
_WORDS = {
    "commune": "commune",
    "communes": "commune",
    "zsp": "zsp",
    "zone de soins de proximite": "zsp",
    "tvs": "tvs",
    "territoire de vie sante": "tvs",
    "bassin de vie": "bassin_de_vie",
    "bassins de vie": "bassin_de_vie",
    "canton": "canton_ville",
    "canton ville": "canton_ville",
    "epci": "epci",
    "intercommunalite": "epci",
    "departement": "departement",
    "departements": "departement",
    "dep": "departement",
    "region": "region",
    "regions": "region",
    "reg": "region",
    "france": "france",
    "france entiere": "france",
    "national": "france",
    "qpv": "qpv",
    "quartier prioritaire": "qpv",
    "arrondissement": "arrondissement",
    "zone d emploi": "zone_emploi",
}
_FRANCE = ("france", "france entiere", "ensemble france")


def label_of(labels: Row, wanted: tuple[str, ...]) -> str:
    """Return the first label of a header that is one of these, compared normalised, or empty."""
    plain = {normalise(label): label for label in reversed(labels) if label}
    return next((plain[name] for name in wanted if name in plain), "")


def has_territory(labels: Row) -> bool:
    """Say whether a header holds a column that names territories."""
    return bool(_columns(labels))


def _columns(labels: Row) -> dict[str, str]:
    """Return what each useful column is: niveau, code, nom, or one level of `_LABELS`."""
    level, code = label_of(labels, _LEVEL), label_of(labels, _CODE)
    if level and code:
        return {"niveau": level, "code": code}
    found = {name: label_of(labels, words) for name, words in _LABELS}
    present = {name: label for name, label in found.items() if label}
    postcode, place = label_of(labels, _POSTCODE), label_of(labels, _PLACE)
    if "commune" not in present and postcode and place:
        return {"code_postal": postcode, "nom": place, **present}
    # In a list of persons « Nom » names one of them, and is never read.
    name = "" if label_of(labels, _PERSONS) else label_of(labels, _NAME)
    if not present and name:
        return {"nom": name}
    return present


def territory_columns(labels: Row) -> dict[str, str]:
    """Return the columns to read, each under a name of ours, for `territories`."""
    return {f"_{name}": label for name, label in _columns(labels).items()}


def territories(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the rows whose territory is known, with its `niveau` and `code`.

    Parameters
    ----------
    frame
        Rows read with `territory_columns`.
    job
        The file, its communes and its account.

    Always true
    -----------
    Rows returned plus rows rejected are the rows given.
    """
    if "_niveau" in frame.columns:
        return _by_level_column(frame, job)
    levels = [name for name, _ in _LABELS if f"_{name}" in frame.columns]
    if "_code_postal" in frame.columns:
        return _by_postcode(frame, job)
    if not levels:
        return _by_name(frame, job)
    level = levels[0]
    named = frame.with_columns(
        pl.lit(level).alias("niveau"), clean(pl.col(f"_{level}")).alias("code")
    )
    return _checked(named, job)


def _by_level_column(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    said = pl.col("_niveau").map_elements(normalise, return_dtype=pl.String)
    level = said.replace_strict(_WORDS, default=None, return_dtype=pl.String)
    code = clean(pl.col("_code"))
    code = pl.when(level == "france").then(pl.lit("FR")).otherwise(code)
    frame = frame.with_columns(level.alias("niveau"), code.alias("code"))
    unknown = pl.col("niveau").is_null()
    frame = reject(frame, unknown, "niveau géographique inconnu", job.ledger, pl.col("_niveau"))
    return _checked(frame, job)


def _by_postcode(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    found = join_postcodes(frame, job.context, job.ledger, "_code_postal", "_nom", "code")
    return found.with_columns(pl.lit("commune").alias("niveau"))


def _by_name(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Know a territory by its name alone: a département, a region or France."""
    names = frame["_nom"].unique().drop_nulls().to_list()
    answers = {name: place_named(name) for name in names}
    level = pl.col("_nom").replace_strict(
        {name: place[0] for name, place in answers.items() if place},
        default=None,
        return_dtype=pl.String,
    )
    code = pl.col("_nom").replace_strict(
        {name: place[1] for name, place in answers.items() if place},
        default=None,
        return_dtype=pl.String,
    )
    frame = frame.with_columns(level.alias("niveau"), code.alias("code"))
    unknown = pl.col("code").is_null()
    return reject(frame, unknown, "territoire inconnu", job.ledger, pl.col("_nom"))


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Return the level and code of each name that names one département, region or EPCI."""
    found: dict[str, tuple[str, str] | None] = {}
    tables = (
        ("departement", data.departements(), "code_departement"),
        ("region", data.regions(), "code_region"),
        ("epci", data.epci(), "siren_epci"),
    )
    for level, table, key in tables:
        for code, name in table.select(key, "nom").iter_rows():
            plain = normalise(name)
            # A département and a region of one name (Guadeloupe): the département.
            found[plain] = found.get(plain) or (level, code)
    return {name: place for name, place in found.items() if place}


def place_named(name: str) -> tuple[str, str] | None:
    """Return the level and code of a name, or None.

    Examples
    --------
    >>> place_named("Haute-Loire"), place_named("Auvergne-Rhône-Alpes"), place_named("Total")
    (('departement', '43'), ('region', '84'), None)
    """
    plain = normalise(name)
    if plain in _FRANCE:
        return "france", "FR"
    return _names().get(plain)


def _checked(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the rows whose code has the form of its level; a name in place of a code is read."""
    frame = _names_to_codes(frame)
    absent = pl.col("code").is_null()
    frame = reject(frame, absent, "code du territoire absent", job.ledger)
    communes = frame.filter(pl.col("niveau") == "commune")
    others = frame.filter(pl.col("niveau") != "commune")
    if communes.height:
        found = communes_of_today(communes, job.context, job.ledger, "code")
        communes = found.select(frame.columns)
    code = pl.col("code").str.strip_chars().str.replace(r"[.,]0+$", "")
    padded = pl.when(pl.col("niveau").is_in(["departement", "region"])).then(code.str.zfill(2))
    others = others.with_columns(padded.otherwise(code).str.to_uppercase().alias("code"))
    forms = {"departement": r"^(?:\d{2}|2[AB]|97\d)$", "region": r"^\d{2}$", "epci": r"^\d{9}$"}
    for level, form in forms.items():
        wrong = (pl.col("niveau") == level) & ~pl.col("code").str.contains(form)
        reason = f"code mal formé ({level})"
        others = reject(others, wrong, reason, job.ledger, pl.col("code"))
    return pl.concat([communes, others]).sort(LIGNE, maintain_order=True)


def _names_to_codes(frame: pl.DataFrame) -> pl.DataFrame:
    """Write the code where a département, a region or an EPCI is named instead."""
    named = frame.filter(pl.col("code").str.contains(r"\p{L}{3,}"))["code"].unique().to_list()
    answers = {name: place_named(name) for name in named}
    codes = {name: place[1] for name, place in answers.items() if place}
    if not codes:
        return frame
    is_named = pl.col("niveau").is_in(["departement", "region", "epci"])
    told = pl.col("code").replace(codes)
    return frame.with_columns(pl.when(is_named).then(told).otherwise(pl.col("code")).alias("code"))


def commune_of_qpv(code_qpv: str, name: str, finder: PostcodeFinder) -> str | None:
    """Return the commune of a quarter from its département (in its code) and a name, or None."""
    departement = code_qpv[2:5].lstrip("0") if not code_qpv[2:5].startswith("97") else code_qpv[2:5]
    # A postcode nobody has, in the département: only a name that is unique there will be found.
    corsica = {"2A": "20099", "2B": "20299"}
    postcode = corsica.get(departement, f"{departement.zfill(2)}999"[:5])
    return finder.find(postcode, name)[0]
