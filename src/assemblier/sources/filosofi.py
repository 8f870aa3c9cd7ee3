"""Income and poverty of communes: Filosofi.

*What*: one line a commune, quantiles of income, poverty, shares of kinds of income. *Producer*:
Insee, DGFiP, Cnaf, Cnav, CCMSA. *Licence*: Licence Ouverte 2.0. *Vintage*: the last two figures of
the columns (NBMEN19: 2019). An empty cell is a statistical secret. *Last checked*: November 2026,
on the file of 2019.
"""

from pathlib import Path

import polars as pl

from assemblier.figures import Source
from assemblier.sources import reading
from assemblier.sources.layout import Context, Imported, Layout, Sample
from assemblier.sources.loading import (
    ORIGIN,
    Job,
    columns_like,
    communes_of_today,
    finished,
    merged_measures,
    table,
)
from assemblier.sources.values import LIGNE, SECRET, melt, without_doubles

PAGE = "https://www.insee.fr/fr/metadonnees/source/serie/s1172"

_SIZE = r"NB(MEN|PERS|UC)(\d\d)"
_NAMES = {
    "NBMEN": "Nombre de ménages fiscaux",
    "NBPERS": "Nombre de personnes dans les ménages fiscaux",
    "NBUC": "Nombre d'unités de consommation dans les ménages fiscaux",
    "Q1": "Premier quartile du niveau de vie (euros)",
    "Q2": "Médiane du niveau de vie (euros)",
    "Q3": "Troisième quartile du niveau de vie (euros)",
    "Q3_Q1": "Écart interquartile du niveau de vie (euros)",
    "RD": "Rapport interdécile du niveau de vie",
    "S80S20": "Rapport S80/S20 du niveau de vie",
    "GI": "Indice de Gini du niveau de vie",
    "TP60": "Taux de pauvreté au seuil de 60 % (%)",
    "PACT": "Part des revenus d'activité (%)",
    "PTSA": "Part des traitements et salaires (%)",
    "PCHO": "Part des indemnités de chômage (%)",
    "PBEN": "Part des revenus des activités non salariées (%)",
    "PPEN": "Part des pensions, retraites et rentes (%)",
    "PPAT": "Part des revenus du patrimoine (%)",
    "PPSOC": "Part des prestations sociales (%)",
    "PPFAM": "Part des prestations familiales (%)",
    "PPMINI": "Part des minima sociaux (%)",
    "PPLOGT": "Part des prestations de logement (%)",
    "PIMPOT": "Part des impôts (%)",
}
_ADDITIVE = tuple(_NAMES[size] for size in ("NBMEN", "NBPERS", "NBUC"))


def _header(sample: Sample) -> int | None:
    if sample.container != "texte":
        return None
    header = sample.header_row("CODGEO", "LIBGEO")
    if header is None or not columns_like(sample.rows[header], _SIZE):
        return None
    return header


def _recognise(sample: Sample) -> bool:
    return _header(sample) is not None


def _name(label: str, year: str) -> str:
    """Return what a column measures: Q219 is Q2 of 2019; D119 has no longer name than D1."""
    written = label.strip()
    short = written if written in _NAMES else written.removesuffix(year)
    if short in _NAMES:
        return _NAMES[short]
    is_decile = len(short) == 2 and short[0] == "D" and short[1].isdigit()
    return f"Décile {short[1]} du niveau de vie (euros)" if is_decile else short


def _read(path: Path, sample: Sample, context: Context) -> Imported:
    job = Job(path, sample, context)
    header = _header(sample)
    assert header is not None  # the file was recognised by it
    labels = sample.rows[header]
    two_digits = next(iter(columns_like(labels, _SIZE).values())).group(2)
    year = 2000 + int(two_digits)
    measures = [label for label in labels[2:] if label.strip()]
    columns: dict[str, reading.Labels] = {"code_commune": "CODGEO"}
    columns |= {f"m{place}": label for place, label in enumerate(measures)}
    frame = reading.text_frame(path, sample, job.ledger, header, columns)
    frame = communes_of_today(frame, context, job.ledger)
    frame = without_doubles(frame, [ORIGIN], job.ledger)
    names = {f"m{place}": _name(label, two_digits) for place, label in enumerate(measures)}
    longer = melt(frame, ["code_commune", LIGNE], names, job.ledger, blank=SECRET)
    kept = longer[LIGNE].n_unique()
    longer = merged_measures(longer, ["code_commune", "indicateur"], _ADDITIVE, job.ledger)
    source = Source(
        key=f"insee-filosofi-{_family(labels)}",
        producer="Insee, DGFiP, Cnaf, Cnav, CCMSA",
        title="Filosofi : revenus et pauvreté des communes",
        vintage=str(year),
        address=PAGE,
        note="Une commune absente ou une case vide relève du secret statistique.",
    )
    content = longer.with_columns(pl.lit(year, pl.Int64).alias("millesime"))
    return finished(job, kept, [table("filosofi", content, source, str(year))])


def _family(labels: tuple[str, ...]) -> str:
    """Tell apart the files of one year: disponible, pauvreté, déclaré."""
    plain = " ".join(labels)
    if "PIMPOT" in plain:
        return "disponible"
    return "pauvrete" if "TP60" in plain else "declare"


LAYOUTS = (
    Layout(
        "insee-filosofi",
        "Insee",
        "revenus et pauvreté des communes (Filosofi)",
        ("filosofi",),
        _recognise,
        _read,
    ),
)
