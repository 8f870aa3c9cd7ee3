"""Health and social establishments, their position, their authorised activities and equipment.

*What*: `etalab-cs1100507` with positions (no header, two kinds of lines), its re-edition with a
header, the authorised care activities and the heavy equipment. *Producer*: Agence du numérique en
santé (FINESS); positions by Atlasanté. *Licence*: Licence Ouverte 2.0. *Vintage*: the date of the
first line or of the name. *Last checked*: November 2026, on extracts of March to May 2026.
"""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl

from assemblier.figures import Source
from assemblier.maths.projections import geographic
from assemblier.sources import reading, text
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.loading import (
    Job,
    communes_of_today,
    date_of_name,
    finished,
    table,
)
from assemblier.sources.opening import open_bytes
from assemblier.sources.values import LIGNE, clean, number, reject, without_doubles

PAGE = "https://www.data.gouv.fr/datasets/finess-extraction-du-fichier-des-etablissements"

_STRUCTURE = (  # noqa: SIM905
    "section;nofinesset;nofinessej;rs;rslongue;complrs;compldistrib;numvoie;typvoie;voie;compvoie;"
    "lieuditbp;commune;departement;libdepartement;ligneacheminement;telephone;telecopie;categetab;"
    "libcategetab;categagretab;libcategagretab;siret;codeape;codemft;libmft;codesph;libsph;"
    "dateouv;dateautor;maj;numuai"
).split(";")
_POSITION = "section;nofinesset;coordxet;coordyet;sourcecoordet;datemaj".split(";")  # noqa: SIM905
_SECTIONS = {"structureet": _STRUCTURE, "geolocalisation": _POSITION}
_FORM = r"^[0-9AB]{9}$"
_PADDED = "zéro initial d'un numéro FINESS rétabli"

# What names a projection, in `sourcecoordet` → its EPSG code.
_PROJECTIONS = (
    (r"LAMBERT_?93|\b2154\b", 2154),
    (r"UTM_?N?20N?|\b5490\b|\b4559\b", 5490),
    (r"UTM_?N?21N?|\b4467\b", 4467),
    (r"UTM_?N?22N?|\b2972\b", 2972),
    (r"UTM_?S?40S?|\b2975\b", 2975),
    (r"UTM_?S?38S?|\b4471\b", 4471),
)
# Département → the projection it is surveyed in, where the source says none.
_BY_DEPARTEMENT = {
    "971": 5490,
    "972": 5490,
    "973": 2972,
    "974": 2975,
    "975": 4467,
    "976": 4471,
    "977": 5490,
    "978": 5490,
}
# Boxes each projection must fall in: west, east, south, north, in degrees.
_BOXES = {
    2154: (-5.8, 10.2, 41.0, 51.5),
    5490: (-63.5, -60.5, 14.0, 18.5),
    4467: (-57.0, -55.8, 46.5, 47.4),
    2972: (-55.0, -51.0, 1.8, 6.2),
    2975: (55.0, 56.1, -21.7, -20.6),
    4471: (44.8, 45.6, -13.3, -12.3),
}


_TITLES = {
    "finess-etablissements": "établissements et leurs positions",
    "finess-activites": "activités de soins autorisées",
    "finess-activites-localisees": "activités de soins autorisées (extrait localisé)",
    "finess-etablissements-autorises": "établissements autorisés et leurs positions",
    "finess-materiels": "équipements matériels lourds autorisés",
}


def _source(key: str, vintage: str) -> Source:
    return Source(
        key=key,
        producer="Agence du numérique en santé",
        title=f"FINESS : {_TITLES[key]}",
        vintage=vintage,
        address=PAGE,
    )


# --- positions ------------------------------------------------------------------------------------


def _projection() -> pl.Expr:
    """Return the EPSG code: the source says it, else the département of the commune decides."""
    said = pl.lit(None, pl.Int64)
    for pattern, epsg in reversed(_PROJECTIONS):
        named = pl.col("qualite").str.contains(pattern)
        said = pl.when(named).then(pl.lit(epsg, pl.Int64)).otherwise(said)
    overseas = pl.col("code_commune").str.slice(0, 3).replace_strict(_BY_DEPARTEMENT, default=None)
    deduced = pl.coalesce(overseas.cast(pl.Int64), pl.lit(2154, pl.Int64))
    return pl.coalesce(said, deduced).alias("epsg")


def located(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return rows with `longitude` and `latitude` from `coordx`, `coordy` and `qualite`.

    A position outside the territory of its projection is unknown, and counted.

    Always true
    -----------
    No row is lost; a row without a position keeps none.
    """
    frame = frame.with_columns(
        number(pl.col("coordx")).alias("x"), number(pl.col("coordy")).alias("y"), _projection()
    )
    longitude = np.full(frame.height, np.nan)
    latitude = np.full(frame.height, np.nan)
    epsg = frame["epsg"].to_numpy()
    x, y = (frame[name].fill_null(float("nan")).to_numpy() for name in ("x", "y"))
    for code, (west, east, south, north) in _BOXES.items():
        here = np.flatnonzero((epsg == code) & np.isfinite(x) & np.isfinite(y))
        with np.errstate(all="ignore"):
            east_of, north_of = geographic(x[here], y[here], code)
        inside = (east_of > west) & (east_of < east) & (north_of > south) & (north_of < north)
        longitude[here[inside]], latitude[here[inside]] = east_of[inside], north_of[inside]
    lost = frame.filter(np.isfinite(x) & np.isfinite(y) & np.isnan(longitude))
    if lost.height:
        examples = ", ".join(lost["finess"].head(3).to_list())
        job.ledger.note(f"{lost.height} positions hors du territoire, écartées ({examples}…)")
    return frame.with_columns(
        pl.Series("longitude", longitude).fill_nan(None),
        pl.Series("latitude", latitude).fill_nan(None),
    ).drop("x", "y", "epsg")


def numbered(frame: pl.DataFrame, job: Job, column: str = "finess") -> pl.DataFrame:
    """Return the rows whose FINESS number is well formed; a lost zero is written again."""
    written = pl.col(column).str.strip_chars().str.to_uppercase()
    short = frame.filter(written.str.contains(r"^\d{8}$"))
    job.ledger.repair(
        _PADDED, short.height, (f"{one} → {one.zfill(9)}" for one in short[column].head(3))
    )
    padded = pl.when(written.str.contains(r"^\d{8}$")).then(written.str.zfill(9))
    frame = frame.with_columns(padded.otherwise(written).alias(column))
    wrong = ~pl.col(column).str.contains(_FORM) | pl.col(column).is_null()
    return reject(frame, wrong, "numéro FINESS mal formé", job.ledger, pl.col(column))


def _finess_or_nothing(column: str) -> pl.Expr:
    value = pl.col(column).str.strip_chars()
    return pl.when(value.str.contains(_FORM)).then(value).alias(column)


def _day(column: str) -> pl.Expr:
    """Return a date written 2001-02-03 or 03/02/2001; unknown where it is neither."""
    value = pl.col(column).str.strip_chars()
    iso = value.str.to_date("%Y-%m-%d", strict=False)
    return pl.coalesce(iso, value.str.to_date("%d/%m/%Y", strict=False)).alias(column)


def _insee(departement: str, commune: str) -> pl.Expr:
    """Return the code of a commune from its département (2 letters) and its number (3 figures)."""
    return (
        pl.col(departement).str.strip_chars().str.zfill(2)
        + pl.col(commune).str.strip_chars().str.zfill(3)
    ).fill_null("")


def _established(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return the establishments that can be named, placed in a commune and counted once."""
    frame = numbered(frame, job)
    frame = frame.with_columns(
        clean(pl.coalesce(clean(pl.col("nom")), clean(pl.col("nom_long")))).alias("nom"),
        clean(pl.col("categorie")),
        _finess_or_nothing("finess_juridique"),
        _day("date_ouverture"),
    )
    holes = pl.col("nom").is_null() | pl.col("categorie").is_null()
    frame = reject(frame, holes, "nom ou catégorie absent", job.ledger, pl.col("finess"))
    frame = communes_of_today(frame, job.context, job.ledger)
    return without_doubles(frame, ["finess"], job.ledger)


# --- cs1100507: two kinds of lines, no header -----------------------------------------------------


def _recognise_stock(sample: Sample) -> bool:
    return sample.container == "texte" and any(
        row[0] in _SECTIONS for row in sample.rows[:5] if row
    )


def _read_stock(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    text.refuse_cut(path, sample)
    structures, positions, others = _two_kinds(job)
    first = others[0][1] if others and others[0][1].startswith("finess;") else ""
    for line, unknown in others[1:] if first else others:
        job.ledger.read(1)
        job.ledger.reject("ligne d'une section inconnue", [line], [unknown[:60]])
    establishments = _established(_structures(structures, job), job)
    places = _positions(positions, job)
    alone = ~pl.col("finess").is_in(establishments["finess"].implode())
    reason = "position d'un établissement qui n'est pas retenu"
    places = reject(places, alone, reason, job.ledger, pl.col("finess"))
    joined = establishments.join(places.drop(LIGNE), on="finess", how="left", maintain_order="left")
    vintage = _first_date(first) or date_of_name(job)
    content = located(joined, job)
    kept = establishments.height + places.height
    source = _source("finess-etablissements", vintage)
    return finished(job, kept, [table("etablissements", content, source, vintage)])


def _first_date(first: str) -> str:
    """Return the date of the first line, ``finess;etalab;95;2026-05-12``, or empty."""
    match = re.search(r"(\d{4})-?(\d{2})-?(\d{2})\s*$", first)
    return "-".join(match.groups()) if match else ""


Lines = list[tuple[int, str]]


def _two_kinds(job: Job) -> tuple[Lines, Lines, Lines]:
    """Return the lines of establishments, those of positions and the others, with their number."""
    kinds: dict[str, Lines] = {"structureet": [], "geolocalisation": []}
    others: Lines = []
    line = 0
    with open_bytes(job.path, job.sample.compression) as stream:
        for block in text.blocks(stream, job.sample, job.ledger):
            for content in block.decode("utf-8", "replace").split("\n"):
                line += 1
                if content.strip():
                    kinds.get(content.partition(";")[0], others).append((line, content))
            line -= block.endswith(b"\n")
    return kinds["structureet"], kinds["geolocalisation"], others


def _fields(lines: Lines, names: list[str], job: Job) -> pl.DataFrame:
    """Return the fields of lines of one kind; those cut or too long are rejected."""
    job.ledger.read(len(lines))
    frame = pl.DataFrame(
        {LIGNE: [line for line, _ in lines], "texte": [content for _, content in lines]},
        schema={LIGNE: pl.Int64, "texte": pl.String},
    )
    pieces = pl.col("texte").str.split(";")
    # Some editions end each line with a separator.
    count = pieces.list.len().cast(pl.Int64) - pl.col("texte").str.ends_with(";").cast(pl.Int64)
    fits = pieces.list.len().is_in([len(names), len(names) + 1]) | (count == len(names))
    reason = f"ligne de {len(names)} champs attendue"
    frame = reject(frame, ~fits, reason, job.ledger, pl.col("texte").str.slice(0, 60))
    return frame.select(
        LIGNE,
        *[
            clean(pieces.list.get(place, null_on_oob=True)).alias(n)
            for place, n in enumerate(names)
        ],
    )


def _structures(lines: Lines, job: Job) -> pl.DataFrame:
    return _fields(lines, _STRUCTURE, job).select(
        LIGNE,
        pl.col("nofinesset").alias("finess"),
        pl.col("nofinessej").alias("finess_juridique"),
        pl.col("rslongue").alias("nom_long"),
        pl.col("rs").alias("nom"),
        pl.col("categetab").alias("categorie"),
        pl.col("libcategetab").alias("libelle_categorie"),
        _insee("departement", "commune").alias("code_commune"),
        pl.col("dateouv").alias("date_ouverture"),
    )


def _positions(lines: Lines, job: Job) -> pl.DataFrame:
    frame = _fields(lines, _POSITION, job).select(
        LIGNE,
        pl.col("nofinesset").alias("finess"),
        pl.col("coordxet").alias("coordx"),
        pl.col("coordyet").alias("coordy"),
        pl.col("sourcecoordet").alias("qualite"),
    )
    frame = numbered(frame, job)
    for axis in ("coordx", "coordy"):
        value = pl.col(axis)
        bad = value.is_not_null() & number(value).is_null()
        frame = reject(frame, bad, "coordonnée illisible", job.ledger, value)
    return without_doubles(frame, ["finess"], job.ledger)


# --- re-editions with a header --------------------------------------------------------------------

_CLEAN: dict[str, reading.Labels] = {
    "finess": ("nofinesset", "numero_finess_etablissement", "numero_finess_et", "finess_et"),
    "categorie": ("categetab", "code_categorie", "categorie_code"),
    "nom": ("rs", "raison_sociale", "raison_sociale_et"),
}
_CLEAN_MORE: dict[str, reading.Labels] = {
    "finess_juridique": (
        "nofinessej",
        "numero finess etablissement juridique",
        "numero_finess_ej",
        "finess_ej",
    ),
    "nom_long": ("rslongue", "raison_sociale_longue"),
    "libelle_categorie": ("libcategetab", "categorie", "libelle_categorie"),
    "code_insee": ("code_insee", "codeinsee", "code_commune_insee"),
    "commune": ("commune", "code_commune"),
    "departement": ("departement", "code_departement"),
    "date_ouverture": ("dateouv", "date_ouverture", "date_ouv"),
    "coordx": ("coordxet", "coord_x", "x"),
    "coordy": ("coordyet", "coord_y", "y"),
    "qualite": ("sourcecoordet", "source_coord", "source_coordonnees"),
    "longitude_lue": ("longitude", "lon"),
    "latitude_lue": ("latitude", "lat"),
}
_ACTIVITY: dict[str, reading.Labels] = {
    "finess": ("nofinesset", "numero_finess_etablissement"),
    "activite": "activite",
    "libelle": "libactivite",
}
_ACTIVITY_MORE: dict[str, reading.Labels] = {
    "modalite_lue": "libmodalite",
    "forme": "libforme",
    "numero": "noautor",
    "date_fin": "datefin",
}
_EQUIPMENT = (
    "nofinessej",
    "rsej",
    "eml",
    "libeml",
    "noautor",
    "noautorarhgos",
    "noimplarhgos",
    "dateautor",
    "nofinesset",
    "datemeo",
)


def _header_of(sample: Sample, columns: dict[str, reading.Labels]) -> int | None:
    """Return the index of the first row that holds all these columns, or None."""
    for index, row in enumerate(sample.rows[:5]):
        if all(reading.place_of(row, label) is not None for label in columns.values()):
            return index
    return None


def _recognise_clean(sample: Sample) -> bool:
    return sample.container == "texte" and _header_of(sample, _CLEAN) is not None


def _read_clean(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = _header_of(sample, _CLEAN)
    frame = reading.text_frame(path, sample, job.ledger, header, _CLEAN, _CLEAN_MORE)
    content = _established(_with_commune(frame), job)
    kept = content.height
    vintage = date_of_name(job)
    source = _source("finess-etablissements", vintage)
    tables = [table("etablissements", _with_position(content, job), source, vintage)]
    return finished(job, kept, tables)


def _with_commune(frame: pl.DataFrame) -> pl.DataFrame:
    """Write the code of the commune: given whole, else département and number."""
    whole = clean(pl.col("code_insee"))
    parts = pl.when(pl.col("commune").str.len_chars() == 5).then(pl.col("commune"))
    built = pl.coalesce(whole, parts, _insee("departement", "commune"))
    return frame.with_columns(built.alias("code_commune"))


def _with_position(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return longitudes and latitudes: those of the file where it has them, else projected."""
    frame = located(frame, job)
    given_x, given_y = number(pl.col("longitude_lue")), number(pl.col("latitude_lue"))
    fits = given_x.is_between(-180, 180) & given_y.is_between(-90, 90)
    return frame.with_columns(
        pl.when(fits).then(given_x).otherwise(pl.col("longitude")).alias("longitude"),
        pl.when(fits).then(given_y).otherwise(pl.col("latitude")).alias("latitude"),
    )


def _recognise_activities(sample: Sample) -> bool:
    return sample.container == "texte" and _header_of(sample, _ACTIVITY) is not None


def _read_activities(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = _header_of(sample, _ACTIVITY)
    if header is not None and _header_of(sample, _CLEAN) == header:
        return _read_located_activities(job, header)
    frame = reading.text_frame(path, sample, job.ledger, header, _ACTIVITY, _ACTIVITY_MORE)
    frame = _authorised(frame, job)
    vintage = date_of_name(job)
    source = _source("finess-activites", vintage)
    return finished(job, frame.height, [table("autorisations", frame, source, vintage)])


def _read_located_activities(job: Job, header: int) -> Imported:
    """Read an extract that repeats the establishment on each of its activities."""
    columns = {**_CLEAN, **_ACTIVITY}
    more = {**_CLEAN_MORE, **_ACTIVITY_MORE}
    frame = reading.text_frame(job.path, job.sample, job.ledger, header, columns, more)
    frame = communes_of_today(_with_commune(_authorised(frame, job)), job.context, job.ledger)
    named = frame.with_columns(
        clean(pl.col("nom")), clean(pl.col("categorie")), _finess_or_nothing("finess_juridique")
    )
    frame = reject(
        named,
        pl.col("nom").is_null() | pl.col("categorie").is_null(),
        "nom ou catégorie absent",
        job.ledger,
        pl.col("finess"),
    )
    once = frame.unique("finess", keep="first", maintain_order=True).with_columns(
        _day("date_ouverture")
    )
    vintage = date_of_name(job)
    tables = [
        table("autorisations", frame, _source("finess-activites-localisees", vintage), vintage),
        table(
            "etablissements",
            _with_position(once, job),
            _source("finess-etablissements-autorises", vintage),
            vintage,
        ),
    ]
    return finished(job, frame.height, tables)


def _authorised(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Return authorisations with an establishment, a code and a label."""
    frame = numbered(frame, job)
    frame = frame.with_columns(clean(pl.col("activite")), clean(pl.col("libelle")))
    holes = pl.col("activite").is_null() | pl.col("libelle").is_null()
    frame = reject(frame, holes, "activité absente", job.ledger, pl.col("finess"))
    modality = pl.concat_str(
        clean(pl.col("modalite_lue")), clean(pl.col("forme")), separator=" ; ", ignore_nulls=True
    )
    return frame.with_columns(
        clean(modality).alias("modalite"), clean(pl.col("numero")), _day("date_fin")
    )


# --- heavy equipment: a header that one edition shifts by one column ------------------------------


def _recognise_equipment(sample: Sample) -> bool:
    return sample.container == "texte" and sample.has_columns(*_EQUIPMENT)


def _read_equipment(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = sample.header_row(*_EQUIPMENT)
    assert header is not None  # the file was recognised by it
    columns: dict[str, reading.Labels] = {label: label for label in _EQUIPMENT}
    frame = _straightened(reading.text_frame(path, sample, job.ledger, header, columns), job)
    content = frame.select(
        pl.col("nofinesset").alias("finess"),
        pl.col("eml").alias("activite"),
        pl.col("libeml").alias("libelle"),
        pl.lit(None, pl.String).alias("modalite_lue"),
        pl.lit(None, pl.String).alias("forme"),
        pl.col("noautor").alias("numero"),
        pl.lit(None, pl.String).alias("date_fin"),
        LIGNE,
    )
    content = _authorised(content, job)
    vintage = date_of_name(job)
    source = _source("finess-materiels", vintage)
    return finished(job, content.height, [table("autorisations", content, source, vintage)])


def _straightened(frame: pl.DataFrame, job: Job) -> pl.DataFrame:
    """Put back in place the rows whose values stand one column to the left of their label."""
    shifted = pl.col("dateautor").str.contains(_FORM) & ~pl.col("nofinesset").str.contains(
        _FORM
    ).fill_null(False)
    wrong = frame.filter(shifted)
    if not wrong.height:
        return frame
    example = f"{_EQUIPMENT[0]} : {wrong[_EQUIPMENT[0]][0]} → {_EQUIPMENT[1]}"
    job.ledger.repair("ligne décalée d'une colonne, remise en place", wrong.height, [example])
    moved = [
        pl.when(shifted).then(pl.col(before)).otherwise(pl.col(name)).alias(name)
        for before, name in pairwise(_EQUIPMENT)
    ]
    return frame.with_columns(moved)


LAYOUTS = (
    Layout(
        "finess-stock",
        "Agence du numérique en santé",
        "FINESS, établissements géolocalisés (cs1100507)",
        ("etablissements",),
        _recognise_stock,
        _read_stock,
    ),
    Layout(
        "finess-materiels",
        "Agence du numérique en santé",
        "FINESS, équipements matériels lourds",
        ("autorisations",),
        _recognise_equipment,
        _read_equipment,
    ),
    Layout(
        "finess-activites",
        "Agence du numérique en santé",
        "FINESS, activités de soins autorisées",
        ("autorisations", "etablissements"),
        _recognise_activities,
        _read_activities,
    ),
    Layout(
        "finess-propre",
        "Agence du numérique en santé",
        "FINESS, établissements (réédition avec en-tête)",
        ("etablissements",),
        _recognise_clean,
        _read_clean,
    ),
)
