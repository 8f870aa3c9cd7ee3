"""A list of a month or a day answers for its own dates only, and never where it is ambiguous."""

import datetime as dt
import re

import pytest

from assemblier.aids.places import places_of
from assemblier.cli.program import run
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import MEDECIN, Zonage
from assemblier.zoning.observed import Period, observed_zones, period
from tests.stores import put

SAUGUES, PAULHAGUET, PUY = "43234", "43148", "43157"
CODES = (SAUGUES, PAULHAGUET, PUY)
INSIDE = dt.date(2025, 6, 1)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    return tmp_path


def put_list(folder, *said, vintage="2025-06", key="liste"):
    rows = [
        {
            "code_commune": code,
            "profession": MEDECIN,
            "zone": zone,
            "zone_source": zone or "N/A",
            "statut": "connu" if zone else "non disponible",
        }
        for code, zone in said
    ]
    return put(folder, "zonage", rows, key, vintage)


def zones(on, codes=CODES, profession=MEDECIN):
    return {code: one.zone.value for code, one in observed_zones(codes, profession, on).items()}


@pytest.mark.parametrize(
    ("vintage", "first", "last"),
    [
        ("2025-06", (2025, 6, 1), (2025, 6, 30)),
        ("2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2022-02-01", (2022, 2, 1), (2022, 2, 1)),
        ("juin 2025", (2025, 6, 1), (2025, 6, 30)),
        ("1er août 2025", (2025, 8, 1), (2025, 8, 1)),
    ],
)
def test_a_vintage_names_a_month_or_a_day(vintage, first, last):
    assert period(vintage) == Period(dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "vintage", ["2025", "sans date", "sans date (1a2b3c)", "2025-13", "2025-02-30", "mai-juin 2025"]
)
def test_a_year_or_no_date_says_too_little(vintage):
    assert period(vintage) is None


def test_the_words_are_french():
    assert period("2025-06").of_words == "de juin 2025"
    assert period("2025-10").of_words == "d'octobre 2025"
    assert re.sub(r"\s", " ", period("2025-04-01").of_words) == "du 1er avril 2025"


def test_a_list_answers_inside_its_month_never_before_nor_after(folder):
    put_list(folder, (SAUGUES, "ZIP"), (PAULHAGUET, "ZAC"))
    for day in (dt.date(2025, 6, 1), dt.date(2025, 6, 30)):
        assert zones(day) == {SAUGUES: "ZIP", PAULHAGUET: "ZAC"}
    for day in (dt.date(2025, 5, 31), dt.date(2025, 7, 1), dt.date(2019, 6, 15)):
        assert zones(day) == {}
    assert zones(INSIDE, profession="infirmier") == {}


def test_a_list_of_a_year_never_answers(folder):
    put_list(folder, (SAUGUES, "ZIP"), vintage="2025")
    assert zones(INSIDE) == {}


@pytest.mark.parametrize("other", ["ZAC", None])
def test_a_commune_of_two_answers_has_none(folder, other):
    put_list(folder, (SAUGUES, "ZIP"), (SAUGUES, other), (PAULHAGUET, "ZAC"))
    assert zones(INSIDE) == {PAULHAGUET: "ZAC"}


def test_two_lists_of_one_day_that_disagree_do_not_answer(folder):
    put_list(folder, (SAUGUES, "ZIP"), (PAULHAGUET, "ZAC"))
    put_list(folder, (SAUGUES, "ZAC"), (PAULHAGUET, "ZAC"), vintage="2025-06-01", key="autre")
    assert zones(INSIDE) == {PAULHAGUET: "ZAC"}
    assert zones(dt.date(2025, 6, 2)) == {SAUGUES: "ZIP", PAULHAGUET: "ZAC"}


def test_three_lists_a_disagreement_is_never_forgotten(folder):
    for place, zone in enumerate(("ZIP", "ZAC", "ZIP")):
        put_list(folder, (SAUGUES, zone), key=f"liste-{place}")
    assert zones(INSIDE) == {}


def place(profile=(), register=None):
    known = register or Register([])
    return places_of((SAUGUES,), {"profession": MEDECIN, **dict(profile)}, INSIDE, known)


def test_the_zone_of_a_profile_is_kept(folder):
    put_list(folder, (SAUGUES, "ZIP"))
    assert place().situations.at("zonage", 0) == "ZIP"
    assert "juin 2025" in place().answers["zonage"][0].note
    said = place({"zonage": "ZAC"})
    assert said.situations.at("zonage", 0) == "ZAC"
    assert said.answers["zonage"][0].observed is None


def test_an_act_is_never_completed_by_a_list(folder):
    put_list(folder, (SAUGUES, "ZIP"))
    day = dt.date(2025, 1, 1)
    silent = Acte("a", "84", MEDECIN, day, day, "arrêté engendré", "f", {PUY: Zonage.HZ})
    answer = place(register=Register([silent])).answers["zonage"][0]
    assert (answer.zone, answer.act) == (None, silent)


def said(capsys, *words) -> tuple[int, str]:
    capsys.readouterr()
    status = run(list(words))
    return status, re.sub(r"\s+", " ", capsys.readouterr().out)


def test_zonage_says_the_list_and_that_the_act_is_unknown(folder, capsys):
    put_list(folder, (SAUGUES, "ZIP"))
    status, text = said(capsys, "zonage", "commune:43234", "--date", "15/06/2025")
    assert status == 0
    assert "(ZIP) Constatée dans la liste de juin 2025" in text
    assert "arrêté non connu" in text
    assert "liste sans acte daté" not in text
    status, text = said(capsys, "zonage", "commune:43234", "--date", "01/07/2025")
    assert status == 1
    assert "à demander" in text
    assert "liste sans acte daté : ZIP" in text


def test_the_map_of_a_territory_shows_it_and_cites_the_list(folder, capsys, tmp_path):
    put_list(folder, (SAUGUES, "ZIP"), (PAULHAGUET, "ZAC"))
    page = tmp_path / "zones.html"
    words = ("zonage", "departement:43", "--date", "15/06/2025", "-o", str(page))
    assert said(capsys, *words)[0] == 0
    written = re.sub(r"\s", " ", page.read_text(encoding="utf-8"))
    assert "2 communes sur 257 ont une zone connue" in written
    assert "Table d'essai zonage" in written.replace("&#39;", "'")


def test_aides_do_not_ask_the_zone_a_list_of_the_day_gives(folder, capsys):
    put_list(folder, (SAUGUES, "ZIP"))
    asked = ("aides", "--commune", SAUGUES, "--profession", MEDECIN, "--date")
    text = said(capsys, *asked, "15/06/2025")[1]
    assert "Zone : ZIP. Constatée dans la liste de juin 2025" in text
    assert "(zonage :" not in text
    assert "(zonage :" in said(capsys, *asked, "15/07/2025")[1]


@pytest.mark.parametrize("vintage", ["2025-02-31", "2025-13", "25-06", "juin"])
def test_a_vintage_that_is_no_date_is_refused(vintage, tmp_path, capsys):
    path = tmp_path / "liste.csv"
    path.write_text("Code_postal,Nom_commune,Zonage\n43170,Saugues,1_ZIP\n", encoding="utf-8")
    assert run(["sources", "importer", str(path), "--millesime", vintage]) == 2
    assert "un mois (2026-03)" in capsys.readouterr().err


def test_a_list_is_imported_with_its_month(tmp_path, capsys):
    path = tmp_path / "liste.csv"
    path.write_text("Code_postal,Nom_commune,Zonage\n43170,Saugues,1_ZIP\n", encoding="utf-8")
    assert run(["sources", "importer", str(path), "--millesime", "2025-06"]) == 0
    assert zones(INSIDE) == {SAUGUES: "ZIP"}
