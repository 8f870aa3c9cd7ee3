"""What must be known to read the report: contradictions of the sources, what is missing."""

import datetime as dt
import re
from collections.abc import Iterable

from assemblier.data.contradictions import Contradiction, contradictions
from assemblier.figures import Figure, Nature, Provenance
from assemblier.reports.document import Cell, Column, Items, Part, Section, Table, Tone

SHOWN = (
    "X-01",
    "X-03",
    "X-05",
    "X-10",
    "X-11",
    "X-15",
    "X-16",
    "X-17",
    "X-24",
    "X-30",
    "X-31",
    "X-32",
)
"""The contradictions that touch what the panorama shows."""

YEAR = re.compile(r"\b(20\d\d)\b")


def limits(figures: Iterable[Figure]) -> Part:
    """Return the part on reading the report: contradictions, then what is not available."""
    return Part(
        "lecture",
        "Pour lire ce panorama",
        (
            Section(
                "natures",
                "Cité, calculé, estimé, non disponible : quatre sortes de chiffres",
                (natures(),),
            ),
            Section(
                "contradictions",
                "Là où les documents sources se contredisent, les deux valeurs restent",
                (_contradictions(),),
            ),
            Section("manques", "Ce qui manque, et le fichier qui l'apporterait", (_gaps(figures),)),
        ),
    )


def natures() -> Items:
    """Return how to read the four natures of figures."""
    return Items(
        "Lire un chiffre",
        (
            "Cité : imprimé par la source, à la page et à la date dites.",
            "Calculé : obtenu ici à partir des sources nommées, par la méthode dite.",
            "Estimé : calculé avec un paramètre que personne n'a confirmé.",
            "Non disponible : inconnu. Ce n'est jamais zéro.",
        ),
    )


def _contradictions() -> Table:
    chosen = [one for one in contradictions() if one.key in SHOWN]
    rows: list[tuple[Cell, ...]] = [_row(one) for one in chosen]
    origins = {statement.source: None for one in chosen for statement in one.statements}
    return Table(
        key="contradictions",
        title="Contradictions des documents sources",
        columns=(
            Column("sujet", "Sujet"),
            Column("versions", "Ce que disent les sources"),
            Column("retenu", "Ce que nous retenons"),
        ),
        rows=tuple(rows),
        nature=Nature.CITE,
        provenance=Provenance(tuple(origins)),
    )


def _row(one: Contradiction) -> tuple[Cell, ...]:
    versions = " — ".join(f"{said.says} ({said.date})" for said in one.statements)
    return (one.subject, versions, one.decision)


def _gaps(figures: Iterable[Figure]) -> Items:
    missing: dict[str, list[str]] = {}
    for figure in figures:
        if not figure.is_known and not figure.missing.startswith("rien"):
            labels = missing.setdefault(figure.missing, [])
            if figure.label not in labels:
                labels.append(figure.label)
    texts = tuple(f"{file} : {', '.join(labels)}." for file, labels in missing.items())
    return Items("Fichiers à obtenir", texts or ("Rien ne manque.",), Tone.MISSING)


def anachronism(figures: Iterable[Figure], on: dt.date) -> tuple[Items, ...]:
    """Return the warning of a report dated before the data it shows; nothing otherwise.

    Examples
    --------
    >>> anachronism([Figure("généralistes", 3, vintage="BPE 2025")], dt.date(2026, 1, 1))
    ()
    """
    years = [int(year) for one in figures for year in YEAR.findall(one.vintage)]
    latest = max(years, default=0)
    if latest <= on.year:
        return ()
    return (
        Items(
            "Une date antérieure aux données",
            (
                f"Ce rapport est daté de {on.year}, mais montre des données de {latest} : la date "
                "demandée choisit les paramètres et le droit en vigueur, pas les données.",
            ),
            Tone.WARNING,
        ),
    )
