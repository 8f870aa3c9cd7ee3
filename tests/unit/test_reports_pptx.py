"""The slides, read back with python-pptx: native charts and tables, titles, sources, notes."""

import io
from typing import Any

import pptx
import pytest

from assemblier.figures import Figure, Nature, Provenance, unavailable
from assemblier.french import french_spaces
from assemblier.reports.charts import grid_values
from assemblier.reports.document import (
    Align,
    Chart,
    ChartKind,
    Column,
    Document,
    Finding,
    Gauges,
    Items,
    Map,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.pptx import render
from assemblier.reports.slides import HEIGHT, WIDTH
from tests.documents import APL, sample_document


def read(content: bytes) -> list[Any]:
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def around(*blocks: Any) -> Document:
    part = Part("p", "Partie", (Section("s", "Une section", blocks),))
    return Document("d", "Titre", "Sous-titre", "9 mars 2023", (), (part,))


def body(*blocks: Any) -> list[Any]:
    """The slides of some blocks, without the two that open the presentation and the part."""
    slides = read(render(around(*blocks)))[2:]
    return [slide for slide in slides if slide.shapes.title.text_frame.text != "Sources"]


def titles(slides: list[Any]) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in slides]


def texts(slide: Any) -> str:
    frames = (shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    return "\n".join(frames)


def charts(slides: list[Any]) -> list[Any]:
    return [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]


def tables(slides: list[Any]) -> list[list[list[str]]]:
    found = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in found]


@pytest.fixture(scope="module")
def slides() -> list[Any]:
    return read(render(sample_document()))


LABEL, VALUE, OTHER = (
    Column("nom", "Nom"),
    Column("valeur", "Valeur", Align.NUMBER, 1),
    Column("autre", "Autre", Align.NUMBER),
)
ROWS = (("Langeac", 4.5, 3), ("Saugues", None, 4), ("Allègre", 2.0, 5))


def chart(kind: ChartKind, rows: Any = ROWS, highlight: tuple[str, ...] = ()) -> Chart:
    table = Table("t", "Table", (LABEL, VALUE, OTHER), rows, provenance=Provenance((APL,)))
    return Chart("c", "Un graphique", kind, table, "Une phrase.", highlight)


def test_slides_are_wide_and_each_has_a_title_and_a_number(slides: list[Any]) -> None:
    deck = pptx.Presentation(io.BytesIO(render(sample_document())))
    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=0.001)
    for rank, slide in enumerate(slides, start=1):
        assert slide.shapes.title.text_frame.text
        numbers = [shape for shape in slide.shapes if shape.name == "Numéro de diapositive"]
        assert [shape.text_frame._txBody.xpath("string(.//a:t)") for shape in numbers] == [
            str(rank)
        ]
        assert numbers[0].text_frame._txBody.xpath("string(.//a:fld/@type)") == "slidenum"


def test_nothing_is_outside_the_slide(slides: list[Any]) -> None:
    inch = 914_400
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= WIDTH * inch + 1000
            assert shape.top + shape.height <= HEIGHT * inch


def test_the_first_slide_says_what_where_when(slides: list[Any], document: Document) -> None:
    said = texts(slides[0])
    assert all(words in said for words in (document.title, document.subtitle, document.date))


def test_a_finding_is_the_title_of_what_proves_it() -> None:
    found = body(Finding("La preuve suit."), chart(ChartKind.BARS))
    assert titles(found) == ["La preuve suit."]
    assert len(charts(found)) == 1


def test_texts_between_a_finding_and_its_proof_have_their_own_slide() -> None:
    found = body(Finding("La preuve suit."), Items("Cité", ("Un.",)), chart(ChartKind.BARS))
    assert titles(found) == ["Une section", "La preuve suit."]


def test_texts_alone_stand_under_the_finding() -> None:
    found = body(Finding("Un constat."), Paragraph("Un texte."), Finding("Un autre."))
    assert titles(found) == ["Un constat.", "Un autre."]
    assert "Un texte." in texts(found[0])


def test_findings_of_the_summary_stand_together(slides: list[Any], document: Document) -> None:
    findings = [block for block in document.summary if isinstance(block, Finding)]
    assert titles(slides)[1] == "L'essentiel"
    assert all(french_spaces(finding.text) in texts(slides[1]) for finding in findings)


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.GROUPED_BARS, ChartKind.LINES])
def test_charts_hold_the_numbers_of_their_table(kind: ChartKind) -> None:
    (found,) = charts(body(chart(kind)))
    series = {one.name: list(one.values) for one in found.plots[0].series}
    expected = {"Valeur": [4.5, None, 2.0], "Autre": [3.0, 4.0, 5.0]}
    if kind is ChartKind.BARS:
        del expected["Autre"]
    assert series == expected
    assert list(found.plots[0].categories) == ["Langeac", "Saugues", "Allègre"]


def test_a_pyramid_has_its_two_sides_and_reads_without_sign() -> None:
    rows = (("0 à 4 ans", 5.0, 6), ("5 à 9 ans", 7.0, 8))
    (found,) = charts(body(chart(ChartKind.PYRAMID, rows)))
    women, men = found.plots[0].series
    assert (list(women.values), list(men.values)) == ([5.0, 7.0], [-6.0, -8.0])
    assert men.data_labels.number_format == "#,##0;#,##0"


def test_flows_have_their_two_sides_and_read_without_sign() -> None:
    rows = (("2027", 5.0, 6), ("2028", None, 8))
    (found,) = charts(body(chart(ChartKind.FLOWS, rows)))
    came, gone = found.plots[0].series
    assert (list(came.values), list(gone.values)) == ([5.0, None], [-6.0, -8.0])
    assert gone.data_labels.number_format == "#,##0;#,##0"


def test_a_fan_holds_its_median_and_its_ends() -> None:
    columns = tuple(Column(key, key, Align.NUMBER) for key in ("annee", "milieu", "bas", "haut"))
    rows = (("2026", 9.0, 8.0, 10.0), ("2027", 8.0, 6.0, 9.0))
    fan = Chart("c", "T", ChartKind.FAN, Table("t", "T", columns, rows), "R")
    (found,) = charts(body(fan))
    assert [list(one.values) for one in found.plots[0].series] == [[9, 8], [8, 6], [10, 9]]


def test_a_curve_has_its_diagonal() -> None:
    rows = ((0.0, 0.0, 0), (0.5, 0.2, 0), (1.0, 1.0, 0))
    (found,) = charts(body(chart(ChartKind.CURVE, rows)))
    curve, diagonal = found.plots[0].series
    assert list(curve.values) == [0.0, 0.2, 1.0]
    assert list(diagonal.values) == [0.0, 1.0]


def test_an_unknown_value_is_a_gap_and_is_named() -> None:
    (slide,) = body(chart(ChartKind.BARS))
    assert french_spaces("Non disponible : Saugues.") in texts(slide)
    assert "Allègre" not in texts(slide)


def test_an_axis_that_does_not_start_at_zero_is_said() -> None:
    flat = (("2022", 3.5, 3), ("2023", 3.6, 3))
    (slide,) = body(chart(ChartKind.LINES, flat))
    assert "L'axe ne part pas de zéro." in texts(slide)
    (slide,) = body(chart(ChartKind.LINES))
    assert "L'axe" not in texts(slide)
    assert charts([slide])[0].value_axis.minimum_scale == 0


def test_a_small_change_looks_small_as_on_the_drawn_chart() -> None:
    (slide,) = body(chart(ChartKind.LINES, (("2022", 3.53, 3.5), ("2023", 3.63, 3.6))))
    axis = charts([slide])[0].value_axis
    low, high = axis.minimum_scale, axis.maximum_scale
    assert low <= 0.75 * 3.63
    assert [low, high] == [grid_values([3.53, 3.63, 3.5, 3.6])[place] for place in (0, -1)]
    assert (3.63 - 3.53) / (high - low) < 0.15


def test_highlighted_bars_are_in_the_accent_colour() -> None:
    (found,) = charts(body(chart(ChartKind.BARS, highlight=("Allègre",))))
    points = found.plots[0].series[0].points
    colours = [str(points[rank].format.fill.fore_color.rgb) for rank in range(3)]
    assert colours[0] == colours[1] != colours[2]


def test_tables_are_native_and_cut_at_twelve_rows() -> None:
    rows = tuple((f"Commune {rank}", rank) for rank in range(40))
    found = body(Table("t", "Des communes", (LABEL, OTHER), rows))
    assert tables(found) == [[["Nom", "Autre"], *([n, str(v)] for n, v in rows[:12])]]
    assert "12 lignes sur 40" in texts(found[0])


def test_a_table_of_long_texts_is_cut_where_the_slide_ends() -> None:
    rows = tuple((f"Commune {rank}", "mot " * 150) for rank in range(10))
    columns = (LABEL, Column("texte", "Texte"))
    found = body(Table("t", "Des textes", columns, rows))
    (table,) = tables(found)
    assert 2 <= len(table) < 11
    assert f"{len(table) - 1} lignes sur 10" in texts(found[0])


def test_maps_and_gauges_are_pictures_with_their_text(
    slides: list[Any], document: Document
) -> None:
    maps = {block.key: block for block in document.blocks() if isinstance(block, Map)}
    gauges = [block for block in document.blocks() if isinstance(block, Gauges)]
    described = [
        shape._element.xpath("string(.//p:cNvPr/@descr)")
        for slide in slides
        for shape in slide.shapes
        if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE
    ]
    assert len(described) == len(maps) + 2 * len(gauges)
    assert any(french_spaces(next(iter(maps.values())).summary) in text for text in described)


def test_charts_and_tables_are_described(slides: list[Any]) -> None:
    frames = [s for slide in slides for s in slide.shapes if s.has_chart or s.has_table]
    assert all(shape._element.xpath("string(.//p:cNvPr/@descr)") for shape in frames)


def test_the_foot_names_the_sources_and_the_notes_tell_the_figures() -> None:
    figure = Figure(
        "médecins", 194.0, "médecins", Nature.CITE, "2022", Provenance((APL.at("page 14"),))
    )
    (slide,) = body(Finding("194 médecins.", (figure,)), chart(ChartKind.BARS))
    assert french_spaces("Source : DREES, 2022, 2023 et 2024 [1]") in texts(slide)
    notes = slide.notes_slide.notes_text_frame.text
    assert notes == "médecins\xa0: 194\xa0médecins (cité DREES, page 14, 22 juillet 2026)"


def test_what_is_missing_is_said() -> None:
    gap = unavailable("patients sans médecin", "extraction de la CPAM")
    (slide,) = body(Finding("On ne sait pas.", (gap,)))
    assert "[non disponible] ce qui l'apporterait" in texts(slide)


def test_long_texts_go_on_and_a_title_is_never_last() -> None:
    lists = [Items(f"Liste {rank}", ("mot " * 60,) * 3, Tone.WARNING) for rank in range(12)]
    found = body(*lists)
    assert len(found) > 1
    assert titles(found)[1] == "Une section (suite)"
    for slide in found:
        box = next(s for s in slide.shapes if s.has_text_frame and "mot" in s.text_frame.text)
        assert "Liste" not in box.text_frame.paragraphs[-1].text
    everything = "\n".join(texts(slide) for slide in found)
    assert all(french_spaces(f"À vérifier : Liste {rank}") in everything for rank in range(12))


def test_a_picture_shown_twice_is_drawn_once() -> None:
    assert len(charts(body(chart(ChartKind.BARS), chart(ChartKind.BARS)))) == 1


def test_sources_end_the_presentation(slides: list[Any], document: Document) -> None:
    assert titles(slides)[-1].startswith("Sources")
    last = texts(slides[-1])
    for rank, source in enumerate(document.sources(), start=1):
        assert f"[{rank}] {source.producer}" in last


def test_what_xml_cannot_hold_is_dropped_and_markup_is_text() -> None:
    hostile = 'A\x00 <a:t/> & "x"'
    table = Table("t", hostile, (Column("c", hostile),), ((hostile,),))
    found = body(Finding(hostile), table, Items(hostile, (hostile,)))
    clean = 'A <a:t/> & "x"'
    assert titles(found)[0] == clean
    assert tables(found) == [[[clean], [clean]]]
