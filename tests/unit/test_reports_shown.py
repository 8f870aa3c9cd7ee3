"""What is printed of tables and beside figures: natures, sources, what is missing, what is cut."""

import pytest

from assemblier.figures import Confidence, Figure, Nature, Provenance, Source, unavailable
from assemblier.french import french_spaces
from assemblier.reports.document import (
    Align,
    Cell,
    Chart,
    ChartKind,
    Column,
    Document,
    Part,
    Section,
    Table,
)
from assemblier.reports.layout import lay_out, printed_tables
from assemblier.reports.marks import marks
from assemblier.reports.numbering import number_document
from assemblier.reports.shown import ShownTable, shown_table

ONE = Source("un", "Insee", "Recensement", "2023")
TWO = Source("deux", "DREES", "APL", "2024", page="page 3", published="22 juillet 2026")
NAME, VALUE, OTHER = (
    Column("nom", "Nom"),
    Column("valeur", "Valeur", Align.NUMBER),
    Column("autre", "Autre", Align.NUMBER),
)


def around(*tables: Table) -> Document:
    return Document("d", "T", "", "", (), (Part("p", "P", (Section("s", "S", tables),)),))


def shown(rows: tuple[tuple[Cell, ...], ...], most_rows: int = 0, **rest: object) -> ShownTable:
    columns = (NAME, VALUE, OTHER)[: len(rows[0])]
    table = Table("t", "T", columns, rows, **rest)  # type: ignore[arg-type]
    return shown_table(table, number_document(around(table)), most_rows)


def cited(value: float) -> Figure:
    return Figure("x", value, nature=Nature.CITE, provenance=Provenance((TWO,)))


def test_one_nature_for_all_is_said_once_under_the_table() -> None:
    table = shown((("a", cited(1)), ("b", cited(2))))
    assert table.headers == ("Nom", "Valeur")
    assert table.rows == (("a", "1"), ("b", "2"))
    assert table.legend == ("Chiffres cités [1]",)


def test_a_column_of_another_nature_says_so_in_its_header() -> None:
    table = shown((("a", cited(1), 4), ("b", cited(2), 5)), provenance=Provenance((ONE,)))
    assert table.headers == ("Nom", "Valeur · cité", "Autre")
    assert table.legend == ("Chiffres calculés [1, 2]",)


def test_a_cell_of_another_nature_has_its_sign_and_the_sign_is_explained() -> None:
    guess = Figure("x", 3.0, nature=Nature.ESTIME)
    table = shown((("a", cited(1)), ("b", guess), ("c", 7)))
    assert table.rows == (("a", "1†"), ("b", "3≈"), ("c", "7"))
    assert table.legend == ("Chiffres calculés [1]", "† cité", "≈ estimé")


def test_unknown_is_said_with_what_would_bring_it() -> None:
    table = shown((("a", None), ("b", unavailable("x", "fichier Finess")), ("c", 1)))
    assert table.rows[0] == ("a", "n.d.")
    legend = table.legend[-1].replace("\u202f", " ").replace("\xa0", " ")
    assert legend == "n.d. : non disponible ; ce qui l'apporterait : fichier Finess"


def test_a_table_where_all_is_unknown_has_no_computed_figure() -> None:
    table = shown((("a", None), ("b", None)), provenance=Provenance((ONE,)))
    assert table.legend == ("Sources [1]", french_spaces("n.d. : non disponible"))
    (legend,) = shown((("a", None), ("b", unavailable("x", "fichier Finess")))).legend
    assert legend.startswith("n.d.")


def test_a_table_of_texts_has_sources_and_no_nature() -> None:
    table = shown((("a",), ("b",)), provenance=Provenance((ONE,)), nature=Nature.CALCULE)
    assert table.legend == ("Sources [1]",)
    assert shown((("a",),)).legend == ()


def test_the_smaller_of_two_limits_counts_and_the_cut_is_said() -> None:
    rows = tuple((f"c{number}", number) for number in range(2000))
    assert len(shown(rows, visible_rows=15).rows) == 15
    assert len(shown(rows, most_rows=12, visible_rows=15).rows) == 12
    assert len(shown(rows, most_rows=12).rows) == 12
    said = shown(rows, most_rows=12).shortened
    assert said.startswith("12 lignes sur 2\u202f000")
    assert shown(rows).shortened == ""
    assert shown(rows[:5], visible_rows=15).shortened == ""


def test_method_and_note_are_under_the_table() -> None:
    table = shown((("a", 1),), provenance=Provenance((ONE,), "Une méthode."), note="Une note.")
    assert table.legend == ("Chiffres calculés [1]", "Une méthode.", "Une note.")


def test_a_long_method_is_written_once_then_told_by_its_number() -> None:
    said = Provenance(method="Un calcul long à dire. " * 8)
    tables = tuple(Table(key, key, (NAME,), (("x",),), provenance=said) for key in "ab")
    numbering = number_document(around(*tables))
    first, second = (shown_table(one, numbering).legend for one in tables)
    assert any(said.method.strip() in line for line in first)
    assert not any("calcul long" in line for line in second)
    assert "celle du tableau 1" in " ".join(second)
    # A method of one table alone is under it, without a number.
    alone = number_document(around(tables[0]))
    assert "celle du tableau" not in " ".join(shown_table(tables[0], alone).legend)


def test_figures_of_one_origin_share_a_mark() -> None:
    document = around(Table("t", "T", (VALUE,), ((cited(1),), (cited(2),))))
    numbering = number_document(document)
    assert [mark.text for mark in marks((cited(1), cited(2)), numbering)] == [
        "DREES, page 3, 22 juillet 2026"
    ]
    unsure = Figure("y", 1.0, confidence=Confidence.NON_CONFIRME, note="Un tiers.")
    first, second = marks((cited(1), unsure), numbering)
    assert (first.badge, first.references) == ("cité", (1,))
    assert (second.badge, second.text, second.references) == (
        "calculé · non confirmé",
        "Un tiers",
        (),
    )


def chart(key: str, table: Table) -> Chart:
    return Chart(key, key, ChartKind.BARS, table, "Une phrase.")


def test_a_table_is_printed_once_beside_what_shows_it_best() -> None:
    shared = Table("shared", "T", (NAME,), ())
    alone = Table("alone", "T", (NAME,), ())
    body = (chart("b", shared), chart("c", alone), alone)
    document = Document(
        "d", "T", "", "", (chart("a", shared),), (Part("p", "P", (Section("s", "S", body),)),)
    )
    layout = lay_out(document)
    assert [placed.prints_table for placed in layout.summary] == [False]
    printed = [placed.prints_table for placed in layout.parts[0].sections[0].blocks]
    assert printed == [True, False, True]
    assert [table.key for table in printed_tables(document)] == ["shared", "alone"]


def test_numbers_follow_the_pages(document: Document) -> None:
    numbering = number_document(document)
    tables = printed_tables(document)
    assert {table.key for table in tables} == {table.key for table in document.tables()}
    assert [numbering.table(table) for table in tables] == list(range(1, len(tables) + 1))
    for rank, source in enumerate(document.sources(), start=1):
        assert numbering.source(source) == rank


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ((5, 6, 7, 12, 35), "pages 5 à 7, 12 et 35"),
        ((14, 5), "pages 5 et 14"),
        ((6, 5), "pages 5 et 6"),
        ((9, 8, 7), "pages 7 à 9"),
        ((3,), "page 3"),
    ],
)
def test_pages_that_follow_each_other_are_a_range(pages: tuple[int, ...], words: str) -> None:
    def cited(*names: str) -> Document:
        found = tuple(ONE.at(name) for name in names)
        columns = (NAME,)
        return around(Table("t", "T", columns, (("a",),), provenance=Provenance(found)))

    (source,) = cited(*(f"page {page}" for page in pages)).sources()
    assert source.page == words
    (source,) = cited(*(f"page {page} environ" for page in pages)).sources()
    assert source.page.replace(" environ", "") == words
    if len(pages) > 2 and " et " not in words:
        assert source.page == f"{words} environ"
