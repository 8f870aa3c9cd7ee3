"""The known supply: the best file present answers alone, and the unknown stays unknown."""

from pathlib import Path

import polars as pl
import pytest

from assemblier.figures import Source
from assemblier.sources.layout import Imported, ImportedTable
from assemblier.sources.report import ImportReport
from assemblier.sources.store import Origin, Store
from assemblier.sources.supply import known_supply
from assemblier.tables import conform, table_spec

ORIGIN = Origin("essai", "0" * 64, 1, "essai")
PROFESSIONS = ("medecin_generaliste", "infirmier")


def put(store: Store, table: str, key: str, frame: pl.DataFrame, vintage: str = "2024") -> None:
    imported = ImportedTable(
        table, conform(frame, table_spec(table)), Source(key, "essai", "essai", vintage), vintage
    )
    store.put(Imported((imported,), ImportReport(frame.height, frame.height)), ORIGIN)


def practices(effectif: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "code_commune": ["43157", "43157", "43157"],
            "site": ["a", "b", "c"],
            "profession": ["medecin_generaliste", "medecin_generaliste", "sage_femme"],
            "effectif": [effectif, 1, 9],
        }
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_embedded_facts_answer_where_nothing_is_imported(store: Store) -> None:
    found = known_supply(store, ["43157"], PROFESSIONS)
    assert found is not None
    assert found.source.key == "insee-bpe-2025"
    assert set(found.counts["profession"]) == set(PROFESSIONS)
    assert known_supply(store, ["48095"], PROFESSIONS) is None


def test_equipment_census_answers_before_the_facts(store: Store) -> None:
    census = pl.DataFrame(
        {
            "code_commune": ["43157", "43157", "43157"],
            "millesime": [2025, 2025, 2025],
            "type_equipement": ["D265", "D232", "D307"],
            "effectif": [31, 40, 12],
        }
    )
    put(store, "equipements", "insee-bpe", census, "2025")
    found = known_supply(store, ["43157"], PROFESSIONS)
    assert found is not None
    assert found.counts.rows() == [("43157", "infirmier", 40), ("43157", "medecin_generaliste", 31)]


def test_register_answers_before_the_directory_and_the_census(store: Store) -> None:
    put(store, "exercices", "ameli-ps", practices(20), "2026-05-01")
    put(store, "exercices", "annuaire-sante-rpps", practices(30), "2026-01-01")
    found = known_supply(store, ["43157"], PROFESSIONS)
    assert found is not None
    assert found.source.key == "annuaire-sante-rpps"
    assert found.counts.rows() == [("43157", "medecin_generaliste", 31)]


def test_directory_answers_alone(store: Store) -> None:
    put(store, "exercices", "ameli-ps", practices(20))
    found = known_supply(store, ["43157"], PROFESSIONS)
    assert found is not None
    assert found.counts["effectif"].to_list() == [21]


def test_an_older_census_does_not_win_over_the_delivered_one_and_is_named(store: Store) -> None:
    census = pl.DataFrame(
        {
            "code_commune": ["43157", "48095"],
            "millesime": [2020, 2020],
            "type_equipement": ["D201", "D201"],
            "effectif": [1, 2],
        }
    )
    put(store, "equipements", "insee-bpe", census, "2020")
    found = known_supply(store, ["43157"], PROFESSIONS)
    assert found is not None
    assert found.source.key == "insee-bpe-2025"
    assert found.note == "celle qui est importée (2020) est plus ancienne"
    elsewhere = known_supply(store, ["48095"], PROFESSIONS)
    assert elsewhere is not None
    assert elsewhere.source.vintage == "2020"
    assert elsewhere.counts.rows() == [("48095", "medecin_generaliste", 2)]
