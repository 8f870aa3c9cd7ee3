"""Bassins de vie, zones d'emploi and TVS, once the file that says their communes is imported."""

from pathlib import Path

import pytest

from assemblier.errors import DataError, PerimeterError, UnavailableError
from assemblier.sources.store import Store
from assemblier.sources.stored import newest, stored
from assemblier.territory import at_scale, parse
from tests.stores import put

SAUGUES, PUY, MENDE = "43234", "43157", "48095"


@pytest.fixture
def appartenance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    communes = {SAUGUES: "43234", "43013": "43234", PUY: PUY, "99999": PUY}
    rows = [
        {"code_commune": code, "millesime": 2022, "bassin_de_vie": basin, "zone_emploi": "8419"}
        for code, basin in communes.items()
    ]
    put(tmp_path, "appartenance", rows, "appartenance-essai", "2022")
    names = [
        {"niveau": "bassin_de_vie", "code": "43234", "millesime": 2022, "nom": "Saugues"},
        {"niveau": "zone_emploi", "code": "8419", "millesime": 2022, "nom": "Le Puy-en-Velay"},
    ]
    put(tmp_path, "zones", names, "zones-essai", "2022")
    return tmp_path


def test_a_bassin_is_asked_for_by_code_or_name(appartenance: Path) -> None:
    by_code = parse("bassin:43234")
    assert parse("bassin:saugues") == by_code
    assert by_code.codes == ("43013", SAUGUES)
    assert (by_code.kind, by_code.nom) == ("bassin", "Saugues")
    assert parse(by_code.expression) == by_code


def test_a_zone_demploi_is_asked_for_in_words(appartenance: Path) -> None:
    found = parse("zone_emploi:8419")
    assert found.codes == ("43013", PUY, SAUGUES)
    assert parse("zone_emploi:Le Puy-en-Velay") == found


def test_a_bassin_without_a_name_keeps_its_code_and_an_unknown_commune_is_left_out(
    appartenance: Path,
) -> None:
    assert parse(f"bassin:{PUY}").codes == (PUY,)
    assert parse(f"bassin:{PUY}").nom == PUY


def test_an_unknown_bassin_is_refused_with_a_suggestion(appartenance: Path) -> None:
    with pytest.raises(PerimeterError) as caught:
        parse("bassin:Sauges")
    assert "Saugues" in caught.value.problems[0].action


def test_the_scale_cuts_each_commune_once_and_tells_those_outside(appartenance: Path) -> None:
    grouping = at_scale(parse("departement:43"), "bassin_de_vie")
    assert [group.code for group in grouping.groups] == [PUY, "43234"]
    assert len(grouping.outside) == 257 - 3
    placed = [code for group in grouping.groups for code in group.codes]
    assert sorted((*placed, *grouping.outside)) == list(parse("departement:43").codes)


def test_a_tvs_stays_unavailable_until_its_composition_is_imported(appartenance: Path) -> None:
    with pytest.raises(UnavailableError, match="territoires de vie-santé"):
        parse("tvs:8401")
    row = {"code_commune": PUY, "millesime": 2019, "code_tvs": "8401", "nom_tvs": "Velay"}
    put(appartenance, "composition_tvs", [row], "tvs-essai", "2019")
    assert parse("tvs:Velay").codes == (PUY,)
    assert [group.code for group in at_scale(parse("departement:43"), "tvs").groups] == ["8401"]


def test_what_is_forgotten_is_unavailable_again(appartenance: Path) -> None:
    assert parse("bassin:43234")
    Store(appartenance).forget("appartenance-essai")
    with pytest.raises(UnavailableError, match="bassins de vie"):
        parse("bassin:43234")


def test_without_a_store_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "absent"))
    assert stored("appartenance") == ()
    assert newest("appartenance") is None
    assert not (tmp_path / "absent").exists()


def test_the_newest_vintage_comes_first_and_only_the_rows_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    for year in ("2018", "sans date", "2020-2024"):
        rows = [
            {"code_commune": code, "millesime": 2018, "bassin_de_vie": year}
            for code in (PUY, MENDE)
        ]
        put(tmp_path, "appartenance", rows, f"essai-{year}", year)
    assert [one.vintage for one in stored("appartenance")] == ["2020-2024", "2018", "sans date"]
    rows = stored("appartenance")[0].rows("code_commune", (MENDE, "00000"))
    assert rows["code_commune"].to_list() == [MENDE]


def test_a_damaged_table_is_told_never_a_traceback(appartenance: Path) -> None:
    (table,) = stored("zones")
    table.path.write_bytes(b"abime")
    with pytest.raises(DataError, match="verifier"):
        table.rows()
