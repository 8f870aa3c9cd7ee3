"""Standardised mortality by zone, with its interval and its references."""

from collections.abc import Sequence

from assemblier.diagnosis.standardised import Rate, comparison_sentence
from assemblier.reports.document import Block, Cell, Table
from assemblier.reports.panorama.blocks import (
    figures_table,
    finding,
    number_column,
    text_column,
)

WORDS = {
    "zsp": "Zone de soins de proximité",
    "commune": "Commune",
    "epci": "Intercommunalité",
    "bassin_de_vie": "Bassin de vie",
    "tvs": "Territoire de vie-santé",
    "departement": "Département",
    "region": "Région",
    "france": "France",
}


def standardised_blocks(rates: Sequence[Rate]) -> tuple[Block, ...]:
    """Return the sentence and the table of standardised rates."""
    return (finding(comparison_sentence(rates)), standardised_table(rates))


def standardised_table(rates: Sequence[Rate]) -> Table:
    """Return each zone, then its references: rate, interval, crude rate."""
    rows: list[tuple[Cell, ...]] = [
        (WORDS[one.level], one.zone, one.rate.vintage, one.rate, one.low, one.high, one.crude)
        for one in rates
    ]
    return figures_table(
        "mortalite_standardisee",
        "Mortalité standardisée, pour 100 000 habitants par an",
        (
            text_column("niveau", "Niveau"),
            text_column("territoire", "Territoire"),
            text_column("periode", "Période"),
            number_column("taux", "Taux standardisé", 1),
            number_column("bas", "Borne basse (95 %)", 1),
            number_column("haut", "Borne haute (95 %)", 1),
            number_column("brut", "Taux brut", 1),
        ),
        rows,
        note="Référence : population européenne de 2013 (Eurostat). Le taux brut ne se compare pas "
        "d'un territoire à l'autre : il dépend de l'âge des habitants.",
    )
