"""`zonage niveaux` from imported tables, all made: zones, indicator, what is asked for."""

import pytest

from assemblier.cli.program import run
from assemblier.diagnosis.zonage_levels import bvcv, level_ground
from assemblier.errors import InputError
from assemblier.sources.store import Store
from assemblier.territory import index
from tests.stores import put

POLE, SUBURB, FAR, RURAL = "43157", "43152", "43124", "43234"


def belongs(code: str, bassin: str, canton: str, urban: str) -> dict[str, object]:
    return {
        "code_commune": code,
        "millesime": 2022,
        "bassin_de_vie": bassin,
        "canton": canton,
        "unite_urbaine": urban,
    }


@pytest.fixture
def depot(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    # Lyon's urban unit is large, that of Le Puy is made small: only its pole is in it.
    rows = [
        belongs(POLE, POLE, "4399", "43401"),
        belongs(SUBURB, POLE, "4306", "43000"),
        belongs(FAR, POLE, "4306", "43000"),
        belongs(RURAL, RURAL, "4307", "43000"),
        belongs("69266", "69266", "6998", "00760"),
        belongs("69259", "69266", "6997", "00760"),
        belongs("69381", "69123", "69ZZ", "00760"),
    ]
    put(tmp_path, "appartenance", rows, "essai-appartenance", "2022")
    return tmp_path


def apl(profession: str, values: dict[str, float]) -> list[dict[str, object]]:
    return [
        {"code_commune": code, "profession": profession, "millesime": 2022, "apl": value}
        for code, value in values.items()
    ]


VALUES = {POLE: 120.0, SUBURB: 60.0, FAR: 60.0, RURAL: 40.0, "69266": 150.0, "69259": 90.0}


def test_a_large_pole_is_parted_into_cantons_and_each_arrondissement_is_alone(depot):
    found = bvcv(Store(depot)).unit_of
    assert {found[code] for code in (POLE, SUBURB, FAR)} == {POLE}
    assert (found["69266"], found["69259"], found["69381"]) == ("6998", "6997", "69381")


def test_the_mean_is_weighted_and_a_zone_without_apl_is_left_out(depot):
    put(depot, "apl_publiee", apl("masseur_kinesitherapeute", VALUES), "essai-apl", "2022")
    ground = level_ground("masseur_kinesitherapeute", Store(depot), is_whole=False)
    by_code = {zone.code: zone for zone in ground.zones}
    people = dict(zip(index().codes, index().population.tolist(), strict=True))
    inside = (POLE, SUBURB, FAR)
    expected = sum(VALUES[code] * people[code] for code in inside)
    assert by_code[POLE].indicator == pytest.approx(expected / sum(people[c] for c in inside))
    assert by_code[POLE].region == "84"
    assert ground.left_out == ("69381 Lyon 1er Arrondissement",)
    with pytest.raises(InputError, match="1 zone de la France sans APL"):
        level_ground("masseur_kinesitherapeute", Store(depot))


def test_women_are_counted_for_midwives_and_asked_for_without_them(depot):
    put(depot, "apl_publiee", apl("sage_femme", VALUES | {"69381": 15.0}), "essai-apl", "2022")
    with pytest.raises(InputError, match="population féminine"):
        level_ground("sage_femme", Store(depot))
    women = [
        {
            "code_commune": code,
            "millesime": 2022,
            "sexe": sexe,
            "age_debut": 0,
            "population": count,
        }
        for code in (*VALUES, "69381")
        for sexe, count in (("F", 60.0), ("H", 1.0))
    ]
    put(depot, "population_age", women, "essai-ages", "2022")
    ground = level_ground("sage_femme", Store(depot))
    assert {zone.code: zone.population for zone in ground.zones}[POLE] == 180.0


def test_the_command_reads_the_store_and_marks_what_is_to_confirm(depot, capsys):
    cities = {code: 9.0 for parts in index().arrondissements.values() for code in parts}
    put(depot, "apl_publiee", apl("chirurgien_dentiste", VALUES | cities), "essai-apl", "2022")
    assert run(["zonage", "niveaux", "chirurgien_dentiste", "-o", "dentistes"]) == 0
    said = capsys.readouterr().out
    assert "à confirmer" in said
    assert "feuille parts" in said
    listed = (depot / "dentistes" / "csv" / "niveaux.csv").read_text("utf-8-sig")
    assert "à confirmer" in listed
    assert run(["zonage", "feuille", "parts"]) == 0
    sheet = depot / "parts.csv"
    filled = sheet.read_text("utf-8-sig").replace("\nsous_dotee;;", "\nsous_dotee;20;texte")
    sheet.write_text(filled, "utf-8")
    assert run(["zonage", "niveaux", "chirurgien_dentiste", "--parts", "parts.csv"]) == 0
    capsys.readouterr()


def test_an_indicator_that_no_table_gives_is_asked_for(depot, capsys):
    assert run(["zonage", "niveaux", "orthophoniste"]) == 2
    assert "feuille niveaux" in capsys.readouterr().err
    assert run(["zonage", "niveaux", "infirmier"]) == 2
    assert "aucune table importée" in capsys.readouterr().err
