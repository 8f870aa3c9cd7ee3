"""Quartiers prioritaires de la politique de la ville: who lives there, who receives what.

*What*: one line a quarter, its communes, about thirty indicators. *Producer*: ANCT and Insee.
*Licence*: Licence Ouverte 2.0. *Vintage*: the year in the name of the file; the quarters of the
files up to 2023 are those of 2014. *Last checked*: November 2026, on the file of 2022.
"""

import re
from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading
from assemblier.sources.codes import finder_of
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.loading import Job, finished, required_year, slug, table
from assemblier.sources.territories import commune_of_qpv
from assemblier.sources.values import LIGNE, clean, melt, reject, without_doubles

PAGE = "https://sig.ville.gouv.fr"

_IDENTITY: dict[str, reading.Labels] = {
    "code_qpv": ("CODGEO", "code_qp", "code_quartier", "QP", "code_qpv"),
    "nom": ("LIBGEO", "lib_qp", "nom_qp", "libelle_qp", "nom_qpv"),
}
_MORE: dict[str, reading.Labels] = {
    "communes": ("LIB_COM", "lib_com", "commune_qp", "nom_com", "commune"),
}
_CODE = r"^Q[PN]\w{3}\d{3}[A-Z]?$"
# What the columns of the demography file measure.
_MEANINGS = {
    "POP_MUN": "Population municipale du quartier",
    "POP_COM_QP": "Population municipale de la commune vivant en quartier prioritaire",
    "POP_COM": "Population municipale de la commune",
    "TX_F": "Part des femmes (%)",
    "TX_TOT_0A24": "Part des moins de 25 ans (%)",
    "TX_F_0A24": "Part des moins de 25 ans parmi les femmes (%)",
    "TX_TOT_60ETPLUS": "Part des 60 ans et plus (%)",
    "TX_F_60ETPLUS": "Part des 60 ans et plus parmi les femmes (%)",
    "IND_JEUNE": "Indice de jeunesse",
    "TX_TOT_MEN1": "Part des ménages d'une personne (%)",
    "TX_TOT_MEN6": "Part des ménages de six personnes et plus (%)",
    "TX_TOT_ET": "Part des étrangers (%)",
    "TX_F_ET": "Part des étrangères parmi les femmes (%)",
    "A": "Allocataires de la Caf",
    "PERCOU": "Personnes couvertes par la Caf",
}


def _header(sample: Sample) -> int | None:
    """Return the header of a list of quarters: the codes under it are those of quarters."""
    if sample.container != "texte":
        return None
    for index, row in enumerate(sample.rows[:5]):
        places = [reading.place_of(row, label) for label in _IDENTITY.values()]
        following = sample.rows[index + 1] if index + 1 < len(sample.rows) else ()
        place = places[0]
        if place is None or None in places or place >= len(following):
            continue
        if re.match(_CODE, following[place].strip()):
            return index
    return None


def _recognise(sample: Sample) -> bool:
    return _header(sample) is not None


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = _header(sample)
    assert header is not None  # the file was recognised by it
    year = required_year(path, None, "l'année des indicateurs des quartiers")
    measures = _measures(sample.rows[header])
    wanted = {**_IDENTITY, **{f"m{place}": label for place, label in enumerate(measures)}}
    frame = reading.text_frame(path, sample, job.ledger, header, wanted, _MORE)
    code = pl.col("code_qpv").str.strip_chars().str.to_uppercase()
    frame = frame.with_columns(code, clean(pl.col("nom")), clean(pl.col("communes")))
    wrong = ~pl.col("code_qpv").str.contains(_CODE) | pl.col("code_qpv").is_null()
    frame = reject(frame, wrong, "code de quartier mal formé", job.ledger, pl.col("code_qpv"))
    frame = reject(frame, pl.col("nom").is_null(), "nom absent", job.ledger, pl.col("code_qpv"))
    frame = without_doubles(frame, ["code_qpv"], job.ledger)
    frame = _with_commune(frame, context)
    names = {f"m{place}": _MEANINGS.get(label, label) for place, label in enumerate(measures)}
    keys = ["code_qpv", "nom", "communes", "code_commune", LIGNE]
    longer = melt(frame, keys, names, job.ledger)
    kept = longer[LIGNE].n_unique()
    about = slug(measures[0]) if measures else "liste"
    source = Source(
        key=f"anct-qpv-{about}-{len(measures)}",
        producer="ANCT et Insee",
        title="Quartiers prioritaires de la politique de la ville : démographie",
        vintage=str(year),
        address=PAGE,
        note="Une case vide n'est pas diffusée par le producteur.",
    )
    content = longer.with_columns(pl.lit(year, pl.Int64).alias("millesime"))
    return finished(job, kept, [table("qpv", content, source, str(year))])


def _measures(labels: tuple[str, ...]) -> list[str]:
    """Return the columns that measure something; the file ends with empty ones."""
    known = {
        place
        for label in (*_IDENTITY.values(), *_MORE.values())
        if (place := reading.place_of(labels, label)) is not None
    }
    found = [label for place, label in enumerate(labels) if label.strip() and place not in known]
    return list(dict.fromkeys(found))


def _with_commune(frame: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Write the commune of a quarter that has only one, when its name is sure."""
    finder = finder_of(context)
    codes = [
        commune_of_qpv(code, name, finder) if name else None
        for code, name in frame.select("code_qpv", "communes").iter_rows()
    ]
    return frame.with_columns(pl.Series("code_commune", codes, dtype=pl.String))


LAYOUTS = (
    Layout(
        "anct-qpv",
        "ANCT",
        "quartiers prioritaires de la politique de la ville",
        ("qpv",),
        _recognise,
        _read,
    ),
)
