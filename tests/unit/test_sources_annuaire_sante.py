"""The directory of professionals: counted by place and profile, nobody named."""

from pathlib import Path

import polars as pl
import pytest

from assemblier.sources import reading, swift
from assemblier.sources.annuaire_sante import LAYOUTS
from assemblier.sources.codes import todays_context
from tests.fixtures.sources.fabriquer import RPPS, rpps_line
from tests.imported import FIXTURES, account, frame, imported, made, reasons

NAME = "essai_rpps_personne_activite.txt"
KEY = "annuaire-sante-rpps"


def test_a_person_counts_once_at_each_place() -> None:
    got = made(NAME, KEY)
    assert account(got) == (9, 6)
    counts = frame(got, "exercices").filter(pl.col("profession") == "medecin_generaliste")
    by_site = dict(counts.select("site", "effectif").iter_rows())
    assert by_site == {"1 Inventée": 2, "430000018": 1}


def test_what_is_set_aside_says_why() -> None:
    assert reasons(made(NAME, KEY)) == [
        "aucun lieu d'exercice",
        "ligne trop courte (moins de 57 champs)",
        "étudiant",
    ]


def test_nobody_is_named_anywhere() -> None:
    got = made(NAME, KEY)
    said = got.report.as_text() + frame(got, "exercices").write_csv()
    for word in ("FICTIF", "Trois", "10000000001"):
        assert word not in said


def _regular() -> list[str]:
    """Return lines without anything unusual, in numbers that make batches overlap."""
    place = {"cp": "43000", "commune": "43157", "voie": "Inventée", "mode": "L"}
    skills = (("SM54", "Médecine générale"), ("SM04", "Cardiologie"))
    return [
        rpps_line(
            id=f"1{person:010d}",
            profession="10",
            type_sf="S",
            sf=skills[person % 2][0],
            libelle_sf=skills[person % 2][1],
            numero=str(person % 7),
            **place,
        )
        for person in [*range(300), *range(0, 300, 3)]
    ]


def _odd() -> list[str]:
    """Return lines to judge one by one: seven to reject, four to keep, in each of five places."""
    doctor = {"profession": "10", "type_sf": "S", "sf": "SM54", "libelle_sf": "Médecine générale"}
    at_home = {"cp": "43000", "commune": "43157", "voie": "Inventée", "mode": "L"}
    return [
        rpps_line(**{**doctor, **at_home, "numero": str(place), **other}).replace("8||8|", "8|||")
        for place in range(5)
        for other in (
            {"id": ""},
            {"id": "", "commune": ""},
            {"id": "20000000001", "categorie": "E"},
            {"id": "20000000002", "cp": "", "commune": ""},
            {"id": "20000000003", "commune": "99999"},
            {"id": "20000000004", "commune": "", "cp": "99999", "libelle_commune": "NULLE PART"},
            {"id": "20000000005", "commune": "75056"},
            {"id": "20000000006", "commune": "", "libelle_commune": "LE PUY EN VELAY"},
            {"id": "20000000007", "commune": "01039", "cp": "01260"},
            {"id": "20000000008", "voie": "\tInventée"},
            {"id": "20000000009", "profession": "60", "type_sf": "", "sf": "", "libelle_sf": ""},
        )
    ]


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have small files read in one go, in parts that cut lines anywhere."""
    if not swift.is_available():
        pytest.skip("numba n'est pas installé : tout est lu ligne par ligne")
    monkeypatch.setattr(swift, "WORTHWHILE", 0)
    monkeypatch.setattr(swift, "PIECE", 1000)


@pytest.mark.parametrize("end", ["\n", ""], ids=["ligne finie", "ligne non finie"])
def test_the_swift_way_and_the_careful_way_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    path = tmp_path / "rpps_20260115.txt"
    path.write_text("\n".join([RPPS[0], *_regular(), *_odd()]) + end, encoding="utf-8")
    hurry(monkeypatch)
    quick = imported(path, KEY)

    def refuse(*_: object) -> None:
        raise swift.IrregularError

    monkeypatch.setattr(swift, "folded", refuse)
    careful = imported(path, KEY)
    assert quick.report == careful.report
    assert quick.report.rejected_count == 5 * 7
    assert frame(quick, "exercices").equals(frame(careful, "exercices"))
    assert frame(quick, "exercices")["effectif"].sum() == 300 + 5 * 4
    assert quick.tables[0].vintage == "2026-01-15"


@pytest.mark.parametrize(
    "damage",
    [
        "court",
        "long",
        "vide",
        "guillemet",
        "accents",
        "cp1252",
        "courte puis longue",
        "très longue",
    ],
)
def test_an_irregular_line_never_hides_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    hurry(monkeypatch)
    lines = [RPPS[0], *_regular()]
    odd = {
        "court": "8|1|2",
        "long": lines[5] + "|".join("xyz"),
        "vide": "",
        "guillemet": lines[5].replace("Inventée", '"Inventée'),
        "accents": lines[5].replace("é", "Ã©"),
        "cp1252": lines[5],
        # Longer than several of the parts the file is read by, and than what follows one.
        "très longue": lines[5].replace("Inventée", "Inventée" * 10_000),
        # One has the separator that the other lacks: as many as wanted in all.
        "courte puis longue": lines[5].replace("||", "|", 1) + "\n" + lines[5] + "|",
    }[damage]
    lines.insert(9, odd)
    content = [line.encode("utf-8") for line in lines]
    if damage == "cp1252":
        content[9] = odd.encode("cp1252")
    path = tmp_path / "rpps_20260115.txt"
    path.write_bytes(b"\n".join(content) + b"\n")
    got = imported(path, KEY)
    added = {"vide": 0, "courte puis longue": 2}.get(damage, 1)
    lost = damage in ("court", "long", "courte puis longue")
    assert account(got) == (400 + added, 400 + added - lost)


def test_recognised_by_its_columns_only() -> None:
    assert LAYOUTS[0].recognise(reading.sample(FIXTURES / NAME))
    assert not LAYOUTS[0].recognise(reading.sample(FIXTURES / "essai_ameli_ps.csv"))
    assert "43157" in todays_context().communes


def test_a_persons_activity_is_shared_among_the_places_of_practice(tmp_path: Path) -> None:
    place = {"cp": "43000", "profession": "60", "mode": "L"}
    lines = [
        rpps_line(id="10000000001", commune="43157", voie="Inventée", **place),
        rpps_line(id="10000000001", commune="43001", voie="Inventée", **place),
        rpps_line(id="10000000001", commune="43001", voie="Inventée", **place),
        rpps_line(id="10000000002", commune="43157", voie="Inventée", **place),
    ]
    path = tmp_path / "rpps_20260115.txt"
    path.write_text("\n".join([RPPS[0], *lines]) + "\n", encoding="utf-8")
    table = frame(imported(path, KEY), "exercices")
    told = {code: (count, part) for code, count, part in table.select(
        "code_commune", "effectif", "part_activite").iter_rows()}  # fmt: skip
    assert told == {"43157": (2, 1.5), "43001": (1, 0.5)}
