"""CMP-016: no nominative data is kept, and a count under 5 is hidden."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from assemblier.cli.program import run
from assemblier.sources.secret import THRESHOLD, hide_small_counts
from assemblier.sources.store import Store

FIXTURES = Path(__file__).parents[1] / "fixtures" / "sources"
MARK = "zqxnom"
"""Stands in place of every name, number, phone and address of a person; found nowhere else."""
PERSONAL = {
    "essai_rpps_personne_activite.txt": (
        "Nom d'exercice",
        "Prénom d'exercice",
        "Raison sociale site",
        "Enseigne commerciale site",
        "Complément destinataire (coord. structure)",
        "Complément point géographique (coord. structure)",
        "Téléphone (coord. structure)",
        "Télécopie (coord. structure)",
        "Adresse e-mail (coord. structure)",
        "Numéro SIRET site",
        "Numéro SIREN site",
        "Identifiant technique de la structure",
        "Ancien identifiant de la structure",
    ),
    "essai_ameli_ps.csv": (
        "ps_activite_nom",
        "ps_activite_prenom",
        "ps_activite_raison_sociale",
        "coordonnees_complement",
        "coordonnees_lieu_dit",
        "coordonnees_num_tel",
    ),
    "essai_cdom_naissances.csv": ("Nom", "Prénom"),
}


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    return Store()


def marked(name: str, folder: Path) -> Path:
    """Write a small file of the layout, each personal field marked, and some lines that are bad."""
    content = (FIXTURES / name).read_text(encoding="utf-8-sig")
    separator = "|" if name.endswith(".txt") else ";"
    header, *rows = list(csv.reader(io.StringIO(content), delimiter=separator))
    places = [header.index(label) for label in PERSONAL[name]]
    for row in rows:
        for place in places:
            if place < len(row):
                row[place] = f"{MARK}{row[place]}"
    bad = list(rows[0])
    rows += [bad[:4], [*bad, MARK, MARK], [MARK] * len(header)]
    path = folder / name
    lines = [separator.join(row) for row in (header, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def everything_kept(store: Store) -> Iterator[str]:
    """Yield every text of every table, every account, and every file name of the store."""
    for lot in store.lots():
        yield json.dumps(json.loads((lot.folder / "lot.json").read_text()), ensure_ascii=False)
    for entry in store.entries():
        frame = pl.read_parquet(entry.path)
        yield " ".join(frame.columns)
        for column in frame.select(pl.col(pl.String)).iter_columns():
            yield " ".join(column.drop_nulls().unique().to_list())
    for path in store.folder.rglob("*"):
        yield path.name


@pytest.mark.mission("CMP-016")
@pytest.mark.parametrize("name", PERSONAL)
def test_no_name_of_a_person_enters_the_store_nor_the_messages(
    name: str, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = marked(name, tmp_path)
    assert MARK in path.read_text(encoding="utf-8")
    assert run(["sources", "importer", str(path)]) == 0
    assert store.entries(), "le fichier a été lu"
    assert not [text for text in everything_kept(store) if MARK in text.lower()]
    assert MARK not in "".join(capsys.readouterr()).lower()
    other_files = [one for one in store.folder.rglob("*") if one.is_file()]
    assert {one.suffix for one in other_files} <= {"", ".json", ".parquet"}, "rien du fichier reçu"


@pytest.mark.mission("CMP-016")
def test_a_count_under_five_is_hidden_and_cannot_be_subtracted() -> None:
    cells = pl.DataFrame(
        {"code": ["43"] * 4, "age_debut": [30, 40, 50, 60], "effectif": [4, 5, 12, 0]}
    )
    hidden = hide_small_counts(cells, groups=["code"])
    assert hidden["effectif"].to_list() == [None, None, 12, 0]
    assert hidden["statut"].to_list() == ["secret", "secret", "connu", "connu"]
    assert THRESHOLD == 5


@pytest.mark.mission("CMP-016")
@pytest.mark.parametrize("name", ["essai_cdom_ages.csv", "essai_cdom_naissances.csv"])
def test_ages_of_doctors_are_kept_without_a_count_under_five(name: str, store: Store) -> None:
    assert run(["sources", "importer", str(FIXTURES / name)]) == 0
    ages = store.read("ages_medecins").frame
    shown = ages["effectif"].drop_nulls()
    assert ages.height
    assert not shown.is_between(1, THRESHOLD - 1).any()
    assert set(ages.filter(pl.col("effectif").is_null())["statut"]) <= {"secret"}
