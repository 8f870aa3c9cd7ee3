"""What a project says where something is missing, refused, or only dear at first."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from assemblier.errors import DataError
from assemblier.figures import Nature
from assemblier.projects.kinds import KINDS
from assemblier.projects.ranges import span_text
from assemblier.projects.study import Study
from assemblier.reports.document import Chart
from assemblier.reports.numbering import number_document
from assemblier.reports.projets import project_document, write_project
from assemblier.reports.scenario.projects import money_findings
from assemblier.reports.shown import shown_table
from tests.project_cases import GUIDE_DAY, PLAN, centre, refused, study


class Silent:
    def total(self, steps: int) -> None:
        """Ignore it."""

    def step(self, what: str) -> None:
        """Ignore it."""


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def said(found: Study) -> str:
    return plain(" ".join(one.text for one in found.findings))


ANTENNA: dict[str, Any] = {
    "medecins": "0,571", "salaire_brut": None, "salaire_net": 4500, "loyer": 0,
    "autres_charges": 10_000, "equipement": 20_000, "cout_secretariat": None,
    "charges_patronales": None, "population": 2134,
}  # fmt: skip


def test_every_year_to_pay_is_said_and_what_they_sum_to() -> None:
    found = centre(dt.date(2026, 11, 22), **ANTENNA)
    years = [found.known("subvention", year) for year in range(5)]
    assert years[0] > 0 and years[1] > 0 and not any(years[2:])
    assert found.known("subvention_cumul", 4) == sum(years)
    text = said(found)
    first, second = (f"{round(one):,}".replace(",", " ") for one in years[:2])
    total = f"{round(years[0]) + round(years[1]):,}".replace(",", " ")
    assert (
        f"elle verse {first} € la première année puis {second} € la deuxième, "
        f"soit {total} € à engager ; rien ensuite." in text
    )
    assert "€ par habitant" in text and " 0,00 € par habitant" not in text
    assert "0 € par an en croisière" not in text


def test_a_lasting_subsidy_is_said_for_each_year() -> None:
    text = said(centre(medecins=1, salaire_brut=9000))
    assert " € par an, soit " in text and "à engager sur cinq ans" in text
    assert "à engager" not in said(centre(medecins=1, salaire_brut=1000, loyer=0, equipement=0,
                                          autres_charges=0, cout_secretariat=0,
                                          montee_annee_1=100, montee_annee_2=100))  # fmt: skip


def test_what_is_not_known_makes_no_sentence() -> None:
    found = study("centre-de-sante", medecins=2, heures_semaine=35)
    text = said(found)
    assert "demande non disponible" not in text and "verse non disponible" not in text
    assert "n'est pas disponible ; à dire : salaire brut d'un médecin" in text
    assert "consultations par jour d'ouverture" in text
    sizing = said(study("centre-de-sante", medecins=2, heures_semaine=35, objectif="equilibre"))
    assert "Ni le nombre de médecins" not in sizing


@pytest.mark.parametrize("key", ["medecins", "heures_semaine"])
def test_a_centre_without_a_doctor_or_an_hour_is_refused(key: str) -> None:
    changed: dict[str, Any] = {key: 0}
    with pytest.raises(DataError, match="plus de 0"):
        centre(**changed)


def test_a_maison_de_sante_without_charges_says_that_they_are_not_told() -> None:
    found = study("msp", medecins=2, paramedicaux=1)
    assert found.value("charges") is None
    assert "Les charges communes ne sont pas disponibles ; à dire : loyer" in said(found)
    assert {"loyer", "secrétariat", "financement de l'ACI"} <= set(found.missing())
    told = study("msp", medecins=2, paramedicaux=1, loyer=10_000)
    assert told.known("charges") == 10_000
    assert "non disponible à répartir" not in said(told)


def test_paramedical_staff_is_counted_in_french() -> None:
    text = plain(refused(study("msp", medecins=2, paramedicaux=0)))
    assert "0 paramédical engagé, 1 au moins" in text
    assert "réunir 1 paramédical dans une SISA" in text
    assert "2 médecins, 2 paramédicaux" in said(study("msp", medecins=2, paramedicaux=2))


def test_the_range_and_what_turns_it_are_said_first() -> None:
    found = centre(dt.date(2026, 11, 22), **ANTENNA)
    text = plain(span_text(found))
    assert "résultat, année 5, de −" in text
    assert "Une seule suffit à en changer le signe : durée d'une consultation" in text
    assert plain(span_text(found)) in plain(money_findings((found,))[0].text)


def test_in_a_scenario_a_plan_that_is_refused_says_so_first() -> None:
    lines = [{"financeur": "dsil", "montant": 500_000}]
    found = study("financement", GUIDE_DAY, **{**PLAN, "financements": lines})
    (finding,) = money_findings((found,))
    text = plain(finding.text)
    assert text.startswith("Plan de financement. Refusé : ")
    assert "il manque 760 000 €" in text


def test_what_the_user_answers_is_not_quoted() -> None:
    found = centre(dt.date(2026, 11, 22), **ANTENNA)
    natures = {key: found.figure(key).nature for key in ("medecins", "loyer", "forfaits", "tarif")}
    assert natures.pop("tarif") is Nature.CITE
    assert set(natures.values()) == {Nature.REPONSE}
    assert found.figure("resultat", 4).nature is not Nature.REPONSE
    plan = study("financement", GUIDE_DAY, **PLAN)
    assert plan.figure("depense_1").nature is Nature.REPONSE
    supposed = study("msp", medecins=2, paramedicaux=1, loyer=1, aci=1).figure("part_charges")
    assert supposed.nature is Nature.ESTIME


def test_an_example_of_the_guide_is_quoted() -> None:
    kind = KINDS["centre-de-sante"]
    answers = kind.example("port-la-nouvelle", GUIDE_DAY)
    assert answers is not None
    assert kind.study(answers, GUIDE_DAY).figure("medecins").nature is Nature.CITE


def test_the_reports_mark_the_answers_as_such(tmp_path: Path) -> None:
    found = centre()
    page, paper = tmp_path / "centre.html", tmp_path / "centre.pdf"
    for path in (page, paper):
        write_project(found, path, Silent())
    text = page.read_text("utf-8")
    assert '<span class="nature nature-reponse">votre réponse</span>' in text
    activity = next(one for one in project_document(found).tables() if one.key == "calcul_1")
    legend = shown_table(activity, number_document(project_document(found))).legend
    assert any("◇ votre réponse" in one or "Vos réponses" in one for one in legend)
    assert paper.read_bytes().startswith(b"%PDF")


def test_what_counts_most_is_said_in_a_sentence() -> None:
    blocks = [
        block
        for part in project_document(centre()).parts
        for section in part.sections
        for block in section.blocks
    ]
    (chart,) = [one for one in blocks if isinstance(one, Chart) and one.key == "sensibilite"]
    assert chart.summary == "L'hypothèse qui compte le plus : durée d'une consultation."
