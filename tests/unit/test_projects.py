"""Projects: files and spreadsheets, what is refused, live formulas, the command."""

import datetime as dt
from pathlib import Path

import pytest

from assemblier.cli.program import run
from assemblier.errors import DataError
from assemblier.projects.form import answers_of, read_form
from assemblier.projects.kinds import KINDS
from assemblier.projects.workbook import template_workbook, template_yaml
from assemblier.reports.projets import project_document, write_project
from tests.project_cases import CENTRE, PLAN, centre, plan, spreadsheet, study, workbook_cells

PLAN_YAML = """\
projet: financement
porteur: epci
zone: ZIP
zone_rurale: oui
rural_eligible: oui
depenses:
  - {nature: construction, montant_ht: 1000000}
financements:
  - {financeur: detr, taux: 30}
  - {financeur: autofinancement}
"""


class Silent:
    def total(self, steps):
        """Ignore it."""

    def step(self, what):
        """Ignore it."""


@pytest.mark.parametrize("name", KINDS)
def test_an_empty_template_tells_nothing_and_asks_what_is_needed(name, tmp_path):
    form = KINDS[name].form()
    sheet, text = tmp_path / "vide.xlsx", tmp_path / "vide.yaml"
    sheet.write_bytes(template_workbook(form))
    text.write_text(template_yaml(form), encoding="utf-8")
    for path in (sheet, text):
        needed = any(one.is_required for one in form.fields) or any(r.least for r in form.lists)
        if needed:
            with pytest.raises(DataError):
                read_form(path, form)
        else:
            assert not read_form(path, form).values


def test_the_spreadsheet_reads_what_the_yaml_says(tmp_path):
    import xlsxwriter

    path = tmp_path / "plan.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Projet")
    told = {"porteur": "epci", "zone": "zip", "zone_rurale": "oui", "rural_eligible": "oui"}
    for row, (key, value) in enumerate(told.items(), start=1):
        page.write_row(row, 0, [key, "?", value])
    for name, rows in (
        ("Dépenses", [("nature", "montant_ht"), ("?", "?"), ("construction", 1_000_000)]),
        ("Financements", [("financeur", "taux"), ("?", "?"), ("detr", 30), ("autofinancement",)]),
    ):
        page = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            page.write_row(row, 0, cells)
    book.close()
    text = tmp_path / "plan.yaml"
    text.write_text(PLAN_YAML, encoding="utf-8")
    form = KINDS["financement"].form()
    one, two = (KINDS["financement"].study(read_form(p, form), dt.date(2026, 1, 1))
                for p in (path, text))  # fmt: skip
    assert one.calculation.central == two.calculation.central


def test_all_problems_of_a_plan_are_told_at_once():
    told = {
        "porteur": "commune",
        "zonne": "ZIP",
        "depenses": [{"nature": "construction", "montant_ht": -5}, {"nature": "chateau"}],
        "financements": [
            {"financeur": "detr", "taux": 130},
            {"financeur": "dsil"},
            {"financeur": "region", "taux": 10, "montant": 5},
            {"financeur": "autofinancement"},
            {"financeur": "autofinancement"},
        ],
    }
    with pytest.raises(DataError) as caught:
        answers_of(told, KINDS["financement"].form())
    places = [one.where for one in caught.value.problems]
    for expected in (
        "projet, zonne",
        "projet, depenses, ligne 1, montant_ht",
        "projet, depenses, ligne 2, nature",
        "projet, depenses, ligne 2, montant_ht",
        "projet, financements, ligne 1, taux",
        "projet, financements, ligne 2",
        "projet, financements, ligne 3",
        "projet, financements",
        "projet, rural_eligible",
    ):
        assert expected in places
    # A line that could not be read is not told twice.
    assert "projet, financements, ligne 1" not in places


def test_unknown_is_never_zero():
    found = centre(loyer=None)
    assert found.value("charges") is None
    assert found.value("recettes") is not None
    assert found.missing() == ("loyer",)
    assert "n'est pas disponible" in found.findings[0].text
    assert spreadsheet(workbook_cells(found))
    project_document(found)


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        ("centre", centre()),
        ("plan", plan({"financeur": "detr", "taux": 30}, {"financeur": "fctva"})),
        ("cpts", study("cpts", dt.date(2023, 3, 9), population=36_000)),
        ("itinerance", study("itinerance", heures_semaine=35, trajet_heures=8)),
    ],
    ids=["centre", "plan", "cpts", "itinerance"],
)
def test_changed_entries_change_the_sheet_as_they_change_the_project(kind, found):
    from assemblier.reports.projets.live import layout_of

    layout = layout_of(found.calculation)
    cells = workbook_cells(found)
    changes = {}
    for row in found.calculation.rows():
        if row.is_entry:
            for column, cell in enumerate(row.cells):
                if cell:
                    changes[row.key, column] = cell * 9 / 8
                    cells[layout.address((row.key, column))] = float(cell * 9 / 8)
    expected = found.calculation.values(changes)
    computed = spreadsheet(cells)
    for place, value in expected.items():
        shown = computed[layout.address(place)]
        if value is None:
            assert shown is None, (kind, place)
        else:
            assert shown == pytest.approx(float(value), rel=1e-9, abs=1e-6), (kind, place)


def test_the_workbook_stores_the_values_and_the_formulas(tmp_path):
    import zipfile

    import python_calamine

    path = tmp_path / "centre.xlsx"
    found = centre()
    write_project(found, path, Silent())
    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Calcul")
    values = {row[0]: row[1:6] for row in rows.to_python() if row and row[0]}
    assert values["Résultat"] == pytest.approx(
        [float(found.known("resultat", year)) for year in range(5)]
    )
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        page = packed.read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<f>") > 80
    assert any("chart" in name for name in names)


NAMED = {
    "centre-de-sante": CENTRE,
    "msp": {"medecins": 3, "paramedicaux": 2, "loyer": 20_000, "secretariat": 30_000},
    "cpts": {"population": 36_000, "missions": 80},
    "assistant": {"temps": "mi_temps", "patientele": 1000},
    "secretariat": {"salaire_brut": 35_000},
    "financement": {**PLAN, "financements": [
        {"financeur": "detr", "taux": 30}, {"financeur": "fctva"}, {"financeur": "autofinancement"},
    ]},
}  # fmt: skip
"""The projects a council is asked most, with a few answers."""


@pytest.mark.parametrize("kind", NAMED)
def test_formula_range_chart_and_live_spreadsheet(kind, tmp_path):
    import zipfile

    from assemblier.projects.ranges import effects
    from assemblier.reports.projets.live import layout_of

    found = study(kind, dt.date(2023, 3, 9), **NAMED[kind])
    layout, computed = layout_of(found.calculation), spreadsheet(workbook_cells(found))
    formulas = [row for row in found.calculation.rows() if not row.is_entry]
    assert len(formulas) >= 4
    for row in formulas:
        assert found.calculation.formula(row.key, 0)
        for column in range(len(row.cells)):
            value, shown = found.value(row.key, column), computed[layout.address((row.key, column))]
            assert (value is None) == (shown is None), row.key
            assert value is None or shown == pytest.approx(float(value), rel=1e-9, abs=1e-6)
    assert found.result and effects(found.calculation, found.result)
    path = tmp_path / "projet.xlsx"
    write_project(found, path, Silent())
    with zipfile.ZipFile(path) as packed:
        live = packed.read("xl/worksheets/sheet1.xml").decode().count("<f>")
        assert live >= len(formulas)
        assert any(name.startswith("xl/charts/chart") for name in packed.namelist())
    sections = [one.key for part in project_document(found).parts for one in part.sections]
    assert "fourchettes" in sections


def test_a_folder_holds_every_format(tmp_path):
    written = write_project(plan({"financeur": "detr", "taux": 30}), tmp_path / "plan", Silent())
    assert set(written.files) == {
        "projet.xlsx", "projet.pdf", "projet.docx", "projet.ods", "index.html",
    }  # fmt: skip
    page = (tmp_path / "plan" / "index.html").read_text(encoding="utf-8")
    assert "DETR" in page and "100,00" in page


def test_the_command_answers_refuses_and_asks(tmp_path, capsys):
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN_YAML, encoding="utf-8")
    assert run(["projet", "financement", str(path)]) == 0
    told = capsys.readouterr().out
    assert "le plan en finance 100\u202f%" in told
    # What is not sure is told where the answer is, not only in the report.
    assert "À savoir" in told and "peut être compensée" in told
    path.write_text(
        PLAN_YAML.replace("{financeur: detr, taux: 30}",
                          "{financeur: ars, montant: 5, depense: construction}"),
        encoding="utf-8",
    )  # fmt: skip
    assert run(["projet", "financement", str(path)]) == 1
    assert "n'ont pas vocation" in capsys.readouterr().out
    assert run(["projet", "finansement"]) == 2
    assert "essayer « financement »" in capsys.readouterr().err
    assert run(["projet", "secretariat"]) == 2
    assert "salaire_brut : absent" in capsys.readouterr().err
    assert run(["projet", "secretariat", str(tmp_path / "rien.yaml")]) == 2
    assert "introuvable" in capsys.readouterr().err


def test_examples_questions_and_templates(tmp_path, capsys):
    assert run(["projet", "centre-de-sante", "--exemple", "port-la-nouvelle"]) == 0
    assert "Port-la-Nouvelle" in capsys.readouterr().out
    assert run(["projet", "cfe", "--exemple", "laval"]) == 2
    assert run(["projet"]) == 0
    assert "itinerance" in capsys.readouterr().out
    assert run(["projet", "msp", "--questions"]) == 0
    assert "Paramédicaux libéraux engagés (nécessaire)" in capsys.readouterr().out
    made: Path = tmp_path / "msp.xlsx"
    assert run(["modele", "projet", "msp", "-o", str(made)]) == 0
    assert made.stat().st_size > 3000
    assert run(["modele", "projet", "convention", "-o", str(tmp_path / "c.docx")]) == 2
    assert "--aide" in capsys.readouterr().err


def test_the_file_of_another_kind_is_refused():
    with pytest.raises(DataError, match="la commande demandée"):
        answers_of({"projet": "msp", **CENTRE}, KINDS["centre-de-sante"].form())
    assert PLAN["porteur"] == "epci"
