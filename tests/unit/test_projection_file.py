"""The file of a projection: read from YAML and from the spreadsheet, every problem at once."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from assemblier.cli.program import run
from assemblier.projects.workbook import template_workbook, template_yaml
from assemblier.scenarios.projection import KEYS, Variant
from assemblier.scenarios.projection_file import outside, read_projection, told_of
from assemblier.scenarios.projection_form import SERIES, TABLES, form
from assemblier.scenarios.trainees import Kind
from assemblier.territory import parse

ON = dt.date(2026, 11, 22)


def problems(**content):
    return {one.where: one for one in told_of(content, ON, "f.yaml").problems}


def test_every_hypothesis_that_may_be_edited_is_asked_once():
    asked = form(ON)
    listed = [key for keys in TABLES.values() for key in keys]
    keys = [*[one.key for one in asked.fields][2:], *SERIES, *listed]
    assert sorted(keys) == sorted(KEYS)


@pytest.mark.parametrize("suffix", [".yaml", ".xlsx"])
def test_an_empty_file_tells_nothing(tmp_path: Path, suffix):
    path = tmp_path / f"hypotheses{suffix}"
    asked = form(ON)
    content = template_yaml(asked).encode() if suffix == ".yaml" else template_workbook(asked)
    path.write_bytes(content)
    found = read_projection(path, ON)
    assert not found.edits and not found.problems
    assert found.practitioners is None
    assert found.leavings == found.trainees == ()


def filled(path: Path, answers, rows) -> None:
    """Write the sheets of the template, filled: keys, questions, answers; then one sheet a list."""
    asked = form(ON)
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Projet")
        page.write_row(0, 0, ("Clé", "Question", "Réponse", "Comment l'écrire"))
        for row, one in enumerate(asked.fields, start=1):
            page.write_row(row, 0, (one.key, one.label, answers.get(one.key, "")))
        for listed in asked.lists:
            page = book.add_worksheet(listed.label)
            page.write_row(0, 0, [one.key for one in listed.fields])
            page.write_row(1, 0, [one.label for one in listed.fields])
            page.write_row(2, 0, rows.get(listed.key, ()))


def test_a_filled_spreadsheet_is_read_as_the_same_yaml(tmp_path: Path):
    path = tmp_path / "hypotheses.xlsx"
    answers = {"cumul_part": "30 %", "cumul": "non", "variante": "aucune"}
    rows = {
        "praticiens": ("43148", 2, 64),
        "cabinets": ("Paulhaguet", "30/06/2028", 1200),
    }
    filled(path, answers, rows)
    found = read_projection(path, ON)
    assert found == told_of(
        {
            "cumul_part": 0.3,
            "cumul": False,
            "variante": "aucune",
            "praticiens": [{"commune": 43148, "nombre": 2, "age": "64"}],
            "cabinets": [{"commune": "43148", "date": "30/06/2028", "patients": 1200}],
        },
        ON,
    )
    assert found.edits == {"cumul_part": 0.3, "cumul": False, "variante": Variant.AUCUNE}
    assert found.practitioners.groups[0].commune == "43148"


@pytest.mark.parametrize(
    ("written", "band"),
    [(58, (58, 58)), ("55-59", (55, 59)), ("60 et plus", (60, 75)), ("60-64 ans", (60, 64)),
     ("55 à 59", (55, 59)), (None, (None, None))],
)  # fmt: skip
def test_ages_are_read_as_people_write_them(written, band):
    found = told_of({"praticiens": [{"nombre": 1, "age": written}]}, ON)
    (group,) = found.practitioners.groups
    assert not found.problems
    assert (group.youngest, group.oldest) == band


@pytest.mark.parametrize("written", ["27 %", "27%", "0,27", 0.27, "27\u202f%"])
def test_a_share_is_written_with_its_sign_or_as_a_part(written):
    assert told_of({"cumul_part": written}, ON).edits == {"cumul_part": 0.27}


def test_series_and_classes_become_hypotheses():
    found = told_of(
        {
            "installations": [{"annee": 2030, "nombre": 1}, {"annee": 2028, "nombre": 2}],
            "departs_par_age": [{"age": 0, "part": "1 %"}, {"age": 65, "part": "50 %"}],
            "horizons": [2030, 2036],
        },
        ON,
    )
    assert found.edits == {
        "installations": ((2028, 2.0), (2030, 1.0)),
        "depart_ages": (0, 65),
        "depart_taux": (0.01, 0.5),
        "horizons": (2030, 2036),
    }


def test_every_problem_of_a_file_is_told_at_once():
    found = problems(
        cumul_par="30 %",
        cumul_part=27,
        cumul_annees=-2,
        horizons="bientôt",
        praticiens=[{"commune": "Saugue", "nombre": 2, "age": "58-55"}],
        cabinets=[{"commune": "43148", "date": "31/02/2027"}],
        en_formation=[{"type": "interne", "nombre": 2, "fin": "01/11/2020"}],
    )
    assert set(found) == {
        "f.yaml, cumul_par",
        "f.yaml, cumul_part",
        "f.yaml, cumul_annees",
        "f.yaml, horizons",
        "f.yaml, praticiens, ligne 1, age",
        "f.yaml, praticiens, ligne 1, commune",
        "f.yaml, cabinets, ligne 1, date",
        "f.yaml, en_formation, ligne 1, part",
        "f.yaml, en_formation, ligne 1, fin",
    }
    assert "cumul_part" in found["f.yaml, cumul_par"].action
    assert "Saugues" in found["f.yaml, praticiens, ligne 1, commune"].action


@pytest.mark.parametrize(
    "row",
    [
        {"commune": "43148", "nombre": 1, "nom": "essai"},
        {"commune": "43148", "nombre": 1, "Numéro RPPS": "essai"},
        {"commune": "Docteur Essai", "nombre": 1},
    ],
)
def test_a_name_of_a_person_is_refused_and_never_repeated(row):
    found = told_of({"praticiens": [row]}, ON).problems
    assert any("une donnée sur une personne" in one.found for one in found)
    assert not any("essai" in str(one).casefold() for one in found)


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ({"type": "cesp", "nombre": 1, "fin": "01/11/2028"}, "mois_dus"),
        ({"type": "cesp", "nombre": 1, "fin": "01/11/2028", "mois_dus": 12}, "mois_dus"),
        ({"type": "interne", "nombre": 1, "fin": "01/11/2028", "part": 1, "mois_dus": 24},
         "mois_dus"),
        ({"type": "interne", "nombre": 1, "fin": "01/11/2028", "part": "130 %"}, "part"),
    ],
)  # fmt: skip
def test_what_people_in_training_cannot_be(row, where):
    assert list(problems(en_formation=[row])) == [f"f.yaml, en_formation, ligne 1, {where}"]


def test_signatories_and_internes_are_read():
    rows = [
        {"type": "cesp", "nombre": 1, "fin": "01/11/2028", "mois_dus": 24, "commune": "Brioude"},
        {"type": "interne", "nombre": 12, "fin": "2028-11-01", "part": "25 %"},
    ]
    signatory, interne = told_of({"en_formation": rows}, ON).trainees
    assert (signatory.kind, signatory.months_due, signatory.commune) == (Kind.CESP, 24, "43040")
    assert (interne.kind, interne.share) == (Kind.INTERNE, 0.25)


def test_what_lies_out_of_the_territory_is_told():
    told = told_of({"praticiens": [{"commune": "43148", "nombre": 1}]}, ON)
    assert not list(outside(told, parse("departement:43"), "f"))
    (problem,) = outside(told, parse("commune:43234"), "f")
    assert "43148" in problem.found


def test_the_command_refuses_the_file_and_the_options_together(tmp_path: Path, capsys):
    path = tmp_path / "faux.yaml"
    path.write_text("cumul_par: 30 %\npraticiens:\n  - {commune: Lyon 3e, nombre: 1}\n")
    written = tmp_path / "rien.pdf"
    words = ["--hypotheses", str(path), "--ages", "12,x", "--horizon", "2020", "-o", str(written)]
    assert run(["projection", "departement:43", *words, "--date", "2026-11-22"]) == 2
    told = capsys.readouterr().err
    assert all(one in told for one in ("cumul_part", "12,x", "2020"))
    assert not written.exists()


def test_the_template_command_writes_both_forms(tmp_path: Path, capsys):
    for suffix in (".yaml", ".xlsx"):
        path = tmp_path / f"h{suffix}"
        assert run(["modele", "projection", "departement:43", "-o", str(path)]) == 0
        assert path.stat().st_size > 1000
    assert "assemblier projection departement:43 --hypotheses" in capsys.readouterr().out
    assert run(["modele", "projection", "departement:43", "-o", str(tmp_path / "h.csv")]) == 2


@pytest.mark.parametrize("name", ["absent.yaml", "absent.xlsx"])
def test_a_file_that_is_absent_names_the_command_that_gives_one(tmp_path: Path, name, capsys):
    words = ["--hypotheses", str(tmp_path / name), "--date", "2026-11-22"]
    assert run(["projection", "departement:43", *words]) == 2
    told = capsys.readouterr().err
    assert "introuvable" in told
    assert "modele projection" in told
