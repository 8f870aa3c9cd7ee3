"""How numbers, dates and texts are written."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assemblier.figures import Figure, Nature, Provenance, Source, unavailable
from assemblier.french import date_text, french_spaces, number, signed, unit_text
from assemblier.reports.document import Align, Column
from assemblier.reports.typography import cell_text, euros, figure_text, origin_text, percent

N, B = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (36900, 0, f"36{N}900"),
        (999, 0, "999"),
        (1_234_567.891, 2, f"1{N}234{N}567,89"),
        (3.625, 2, "3,63"),
        (2.675, 2, "2,68"),
        (-3.74, 1, "\u22123,7"),
        (-0.04, 1, "0,0"),
        (0, 0, "0"),
        (None, 2, "n.d."),
        (float("nan"), 2, "n.d."),
    ],
)
def test_numbers(value, decimals, expected):
    assert number(value, decimals) == expected


def test_an_infinite_number_is_refused():
    with pytest.raises(ArithmeticError):
        number(float("inf"), 1)


def test_changes_amounts_and_shares():
    assert signed(16 - 9) == "+7"
    assert signed(-2.25, 1) == "\u22122,3"
    assert signed(0.04, 1) == "0,0"
    assert signed(None) == "n.d."
    assert percent(24.9) == f"24,9{N}%"
    assert percent(None) == "n.d."
    assert euros(50000) == f"50{N}000{B}€"


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_number_read_back_is_the_value_within_half_a_unit(value, decimals):
    written = number(value, decimals)
    assert " " not in written
    assert "." not in written
    read = Decimal(written.replace(N, "").replace(",", ".").replace("\u2212", "-"))
    assert abs(read - Decimal(str(value))) <= Decimal(5).scaleb(-decimals - 1)


def test_units_are_singular_under_two():
    assert unit_text(0, "communes") == "commune"
    assert unit_text(1.99, "médecins généralistes") == "médecin généraliste"
    assert unit_text(2, "communes") == "communes"
    assert (
        unit_text(-1, "habitants par médecin des communes") == "habitant par médecin des communes"
    )
    assert unit_text(1, "décès") == "décès"
    assert unit_text(1, "%") == "%"
    assert unit_text(1, "") == ""


def test_a_unit_agrees_with_the_number_that_is_read():
    unit = "consultations par an"
    assert figure_text(Figure("APL", 1.04, unit)) == f"1{B}consultation par an"
    assert figure_text(Figure("APL", 1.96, unit)) == f"2{B}consultations par an"


def test_figures():
    assert figure_text(Figure("habitants", 36900, "habitants")) == f"36{N}900{B}habitants"
    assert figure_text(Figure("part", 12.4, "%", decimals=1)) == f"12,4{N}%"
    density = Figure("densité", 8.7, "pour 10 000 habitants", decimals=1)
    assert figure_text(density) == f"8,7{B}pour 10{N}000 habitants"
    assert figure_text(unavailable("x", "fichier")) == "non disponible"
    assert figure_text(Figure("nombre", 7)) == "7"


def test_the_origin_of_a_figure_names_page_and_date():
    source = Source("p", "ARS", "Présentation", "2021", published="9 mars 2023", page="page 14")
    cited = Figure("x", 8.7, nature=Nature.CITE, provenance=Provenance((source,)))
    assert origin_text(cited) == "cité, ARS, page 14, 9 mars 2023"
    assert origin_text(unavailable("x", "le fichier")) == (
        f"non disponible{N}; ce qui l'apporterait{B}: le fichier"
    )


def test_dates():
    assert date_text(datetime.date(2023, 3, 9)) == "9 mars 2023"
    assert date_text(datetime.date(2023, 1, 1)) == "1er janvier 2023"
    assert date_text(datetime.date(2026, 8, 31)) == "31 août 2026"


def test_cells():
    apl = Column("apl", "APL", Align.NUMBER, 2, "consultations")
    assert cell_text(None, apl) == "n.d."
    assert cell_text(3.627, apl) == "3,63"
    assert cell_text(Figure("APL", 3.6, "consultations", decimals=1), apl) == "3,6"
    assert cell_text(Figure("part", 3.6, "%", decimals=1), apl) == f"3,6{N}%"
    assert cell_text(unavailable("x", "fichier"), apl) == "n.d."
    density = Figure("densité", 7.9, "pour 10 000 habitants", decimals=1)
    assert cell_text(density, Column("d", "Médecins pour 10\u202f000 habitants")) == "7,9"
    share = Figure("part", 3.6, "%", decimals=1)
    assert cell_text(share, Column("p", "Part (%)", Align.NUMBER)) == "3,6"
    years = Figure("durée", 3, "ans")
    assert cell_text(years, Column("d", "Bilan sanitaire", Align.NUMBER)) == f"3{B}ans"
    assert cell_text(2024, Column("annee", "Année")) == "2024"
    assert cell_text(2024, Column("population", "Population", Align.NUMBER)) == f"2{N}024"
    assert cell_text("Qui ?", Column("q", "Question")) == f"Qui{N}?"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Qui ? Lui ; elle !", f"Qui{N}? Lui{N}; elle{N}!"),
        ("Qui? Lui; elle!", f"Qui{N}? Lui{N}; elle{N}!"),
        ("12,4 % et 3%", f"12,4{N}% et 3{N}%"),
        ("36 900 habitants, 1 234 567", f"36{N}900 habitants, 1{N}234{N}567"),
        ("en 2024 124 communes", "en 2024 124 communes"),
        ("source : DREES", f"source{B}: DREES"),
        ("source: DREES", f"source{B}: DREES"),
        ("« oui » et «non»", f"«{B}oui{B}» et «{B}non{B}»"),
        ("[0 ; 2,5[", f"[0{N};{B}2,5["),
        ("[2,5 ; 4[", f"[2,5{N};{B}4["),
        ("[1 ; a]", f"[1{N}; a]"),
        ("50 000 €", f"50{N}000{B}€"),
        ("à 14:30, departement:43", "à 14:30, departement:43"),
        ("`a ? b : c`", "`a ? b : c`"),
        ("https://exemple.fr/a?b=1;c=2 !", f"https://exemple.fr/a?b=1;c=2{N}!"),
        ("ecrire a qui@exemple.fr ; merci", f"ecrire a qui@exemple.fr{N}; merci"),
        ("", ""),
    ],
)
def test_french_spaces(text, expected):
    assert french_spaces(text) == expected


FRENCH = st.text(alphabet="aé1 0 ;:?!%«»€,.()[]`\u00a0\u202f/@", max_size=40)


@given(FRENCH)
def test_applied_twice_it_gives_what_it_gives_once(text):
    once = french_spaces(text)
    assert french_spaces(once) == once


@given(FRENCH)
def test_only_spaces_change(text):
    def letters(value):
        return [sign for sign in value if sign not in " \u00a0\u202f"]

    assert letters(french_spaces(text)) == letters(text)
