"""Charts: well-formed, named, complete, readable without colour."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.figures import Figure, Nature, unavailable
from assemblier.reports import theme
from assemblier.reports.charts import chart_svg, svg_png
from assemblier.reports.document import Align, Chart, ChartKind, Column, Gauge, Table
from assemblier.reports.gauges import gauge_svg
from assemblier.reports.svg import text_px, wrapped

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = Align.NUMBER


def bars(rows, highlight=(), decimals=1):
    columns = (Column("lieu", "Territoire"), Column("valeur", "Densité", NUMBER, decimals))
    table = Table("densites", "Densités", columns, tuple(rows))
    return Chart("graphe", "Le titre", ChartKind.BARS, table, "Le résumé.", highlight)


def series(kind, rows, names=("Haute-Loire", "France")):
    columns = (
        Column("a", "Année"),
        *(Column(f"s{n}", name, NUMBER, 2) for n, name in enumerate(names)),
    )
    return Chart("graphe", "T", kind, Table("t", "T", columns, tuple(rows)), "R")


def texts(svg):
    return ["".join(found.itertext()) for found in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_chart_is_named_described_and_as_wide_as_asked():
    root = ET.fromstring(chart_svg(bars([("Le Puy", 3.0)]), 500))
    identifiers = root.get("aria-labelledby").split()
    found = {child.get("id"): child.text for child in root}
    assert [found[name] for name in identifiers] == ["Le titre", "Le résumé."]
    assert root.get("role") == "img"
    assert root.get("width") == "500"


def test_bars_write_every_name_and_value_and_mark_the_unknown():
    written = texts(chart_svg(bars([("Haute-Loire", 8.7), ("France", None), ("AURA", 0)])))
    assert {"Haute-Loire", "8,7", "France", "n.d.", "AURA", "0,0"} <= set(written)


def test_an_unknown_value_has_no_bar_and_zero_has_one_of_no_width():
    root = ET.fromstring(chart_svg(bars([("a", None), ("b", 0.0), ("c", 2.0)])))
    widths = [float(box.get("width")) for box in root.iter(f"{SVG}rect")]
    assert widths[0] == 0
    assert len(widths) == 2


def test_bars_are_as_long_as_their_values():
    root = ET.fromstring(chart_svg(bars([("a", 1.0), ("b", 4.0), ("c", -2.0)])))
    one, four, minus_two = [float(box.get("width")) for box in root.iter(f"{SVG}rect")]
    assert four == pytest.approx(4 * one, abs=0.3)
    assert minus_two == pytest.approx(2 * one, abs=0.3)


def test_rises_and_falls_carry_their_sign():
    written = texts(chart_svg(bars([("a", 7), ("b", -9)], decimals=0)))
    assert {"+7", "\u22129"} <= set(written)


def test_cited_and_computed_values_say_which_they_are():
    cited = Figure("densité", 8.7, nature=Nature.CITE, decimals=1)
    written = texts(chart_svg(bars([("a", cited), ("b", 8.5)])))
    assert {"8,7 (cité)", "8,5 (calculé)"} <= set(written)
    assert "8,5" in texts(chart_svg(bars([("b", 8.5)])))


def test_the_highlighted_row_takes_the_accent():
    root = ET.fromstring(chart_svg(bars([("a", 1.0), ("b", 2.0)], ("b",))))
    fills = [box.get("fill") for box in root.iter(f"{SVG}rect")]
    assert fills == [theme.THEME.neutral_soft, theme.THEME.accent]


@pytest.mark.parametrize("width", [340, 640])
def test_grouped_bars_name_each_series_beside_its_value(width):
    chart = series(ChartKind.GROUPED_BARS, [("Généralistes", 8.7, 9.1), ("Dentistes", 4.0, None)])
    written = texts(chart_svg(chart, width))
    assert written.count("Haute-Loire") == 2
    assert written.count("France") == 2
    assert {"8,70", "9,10", "4,00", "n.d."} <= set(written)


def test_a_pyramid_shows_men_left_women_right_the_youngest_at_the_bottom():
    columns = (Column("age", "Âge"), Column("f", "Femmes", NUMBER), Column("h", "Hommes", NUMBER))
    table = Table("ages", "Âges", columns, (("0 à 14 ans", 40, 10), ("15 ans et plus", 30, None)))
    root = ET.fromstring(chart_svg(Chart("p", "T", ChartKind.PYRAMID, table, "R")))
    heights = {found.text: float(found.get("y")) for found in root.iter(f"{SVG}text")}
    assert heights["0 à 14 ans"] > heights["15 ans et plus"]
    places = {found.text: float(found.get("x")) for found in root.iter(f"{SVG}text")}
    assert places["10"] < places["0 à 14 ans"] < places["40"]
    assert "n.d." in places


@pytest.mark.parametrize("width", [340, 640])
def test_an_unknown_year_breaks_the_line_and_is_marked(width):
    rows = [
        (2016, 3.9, 4.0),
        (2018, 3.8, 3.9),
        (2019, None, 3.8),
        (2021, 3.7, 3.7),
        (2022, 3.6, 3.7),
    ]
    svg = chart_svg(series(ChartKind.LINES, rows), width)
    root = ET.fromstring(svg)
    lengths = sorted(len(found.get("points").split()) for found in root.iter(f"{SVG}polyline"))
    assert lengths == [2, 2, 5]
    assert "n.d. Haute-Loire" in texts(svg)
    assert any("3,60 Haute-Loire" in written for written in texts(svg))


FAN_NAMES = ("médiane", "bas", "haut", "référence")
FAN_ROWS = [(2026, 10.0, 10.0, 10.0, 9.0), (2027, 8.0, 6.0, 9.0, None), (2028, 7.0, 3.0, 9.0, 7.5)]


@pytest.mark.parametrize("width", [340, 640])
def test_a_fan_fills_its_interval_and_names_its_median_and_its_ends(width):
    svg = chart_svg(series(ChartKind.FAN, FAN_ROWS, FAN_NAMES), width)
    root = ET.fromstring(svg)
    (area,) = root.iter(f"{SVG}polygon")
    corners = [tuple(map(float, point.split(","))) for point in area.get("points").split()]
    assert len(corners) == 6
    # One point where the interval is empty, then wider and wider.
    opened = [abs(corners[rank][1] - corners[5 - rank][1]) for rank in range(3)]
    assert opened[0] == 0 < opened[1] < opened[2]
    assert {"7,00 médiane", "3,00 bas", "9,00 haut", "7,50 référence"} <= set(texts(svg))


@pytest.mark.parametrize("width", [340, 640])
def test_two_fans_have_their_ends_beside_their_medians(width):
    names = ("prudent", "prudent, bas", "prudent, haut", "rythme", "rythme, bas", "rythme, haut")
    rows = [(2026, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0), (2027, 8.0, 6.0, 9.0, 12.0, 11.0, 14.0)]
    svg = chart_svg(series(ChartKind.FAN, rows, names), width)
    assert len(list(ET.fromstring(svg).iter(f"{SVG}polygon"))) == 2
    written = [one.replace("\u00a0", " ") for one in texts(svg)]
    assert {"8,00 (de 6,00 à 9,00) prudent", "12,00 (de 11,00 à 14,00) rythme"} <= set(written)
    assert not [one for one in written if "bas" in one]


def test_flows_stand_above_and_below_their_line_and_write_their_numbers():
    rows = [(2027, 1.0, 3.0), (2028, 2.0, None)]
    svg = chart_svg(series(ChartKind.FLOWS, rows, ("Arrivées", "Départs")))
    root = ET.fromstring(svg)
    boxes = [box for box in root.iter(f"{SVG}rect") if float(box.get("width")) > 10]
    (zero,) = [float(found.get("y1")) for found in root.iter(f"{SVG}line")]
    came, gone, more = ((float(box.get("y")), float(box.get("height"))) for box in boxes)
    assert came[0] + came[1] == pytest.approx(zero, abs=0.2)
    assert gone[0] == pytest.approx(zero, abs=0.2)
    # One scale for both sides: a column is as long as its number.
    assert gone[1] == pytest.approx(3 * came[1], rel=0.02)
    assert more[1] == pytest.approx(2 * came[1], rel=0.02)
    assert {"1,00", "3,00", "2,00", "n.d.", "Arrivées", "Départs", "2027"} <= set(texts(svg))


def test_grouped_bars_that_go_both_ways_write_their_sign():
    svg = chart_svg(series(ChartKind.GROUPED_BARS, [("Arrivées", -8.0, 6.0)]))
    assert {"−8,00", "+6,00"} <= set(texts(svg))


def test_an_axis_that_does_not_start_at_zero_says_so():
    truncated = series(ChartKind.LINES, [(2022, 3.9, 4.0), (2023, 3.8, 3.9)])
    whole = series(ChartKind.LINES, [(2022, 1.0, 4.0), (2023, 3.8, 3.9)])
    note = "l'axe ne part pas de zéro"
    assert note in texts(chart_svg(truncated))
    assert note not in texts(chart_svg(whole))


def test_a_small_change_looks_small_and_the_axis_has_round_values():
    svg = chart_svg(series(ChartKind.LINES, [(2022, 3.53, 3.6), (2024, 3.63, 3.6)]))
    root = ET.fromstring(svg)
    lines = [
        [float(point.split(",")[1]) for point in one.get("points").split()]
        for one in root.iter(f"{SVG}polyline")
    ]
    rise = max(max(line) - min(line) for line in lines)
    ticks = [text for text in texts(svg) if text.replace(",", "").isdigit() and "," in text]
    assert rise < 230 / 5
    assert ticks[:4] == ["2,50", "3,00", "3,50", "4,00"]


def test_a_curve_stands_beside_its_diagonal():
    columns = (Column("x", "part des habitants", NUMBER, 2), Column("y", "part", NUMBER, 2))
    table = Table("l", "T", columns, ((0.0, 0.0), (0.5, 0.25), (1.0, 1.0)))
    svg = chart_svg(Chart("c", "T", ChartKind.CURVE, table, "R"), 400)
    assert "égalité" in texts(svg)
    assert len(ET.fromstring(svg).find(f"{SVG}polyline").get("points").split()) == 3


HOSTILE = st.text(alphabet="aé <>&\"'\\;%{}\n", max_size=20)
VALUES = st.none() | st.floats(-1e6, 1e6)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(HOSTILE, VALUES, VALUES), min_size=1, max_size=6), st.sampled_from(ChartKind)
)
def test_whatever_the_names_and_values_the_result_is_well_formed(rows, kind):
    chart = series(kind, rows)
    for width in (320, 700):
        ET.fromstring(chart_svg(replace(chart, title='<b>"', summary="&"), width))


def test_a_table_without_rows_gives_an_empty_drawing():
    for kind in ChartKind:
        ET.fromstring(chart_svg(series(kind, [])))


def test_a_picture_is_a_png_twice_as_large():
    png = svg_png(chart_svg(bars([("a", 1.0)]), 300), scale=2)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20], "big") == 600


@given(st.lists(st.text(alphabet="abcé 1", min_size=1, max_size=9), max_size=8), st.floats(20, 200))
def test_wrapped_lines_hold_every_word_and_no_line_of_several_words_is_too_wide(words, width):
    content = " ".join(" ".join(words).split())
    lines = wrapped(content, width)
    assert " ".join(lines).strip() == content
    assert all(text_px(part) <= width or " " not in part for part in lines)


def test_text_contrasts_are_those_the_hand_asks_for():
    hand = theme.THEME
    for background in (hand.white, hand.paper):
        assert theme.contrast(hand.ink, background) >= 7
        assert theme.contrast(hand.muted, background) >= 7
        assert theme.contrast(hand.accent, background) >= 7
        assert theme.contrast(hand.line, background) >= 3
    for background in (hand.accent_soft, hand.warning_soft, hand.soft):
        assert theme.contrast(hand.ink, background) >= 7
        assert theme.contrast(hand.muted, background) >= 4.5
    assert theme.contrast(hand.warning, hand.warning_soft) >= 7


@pytest.mark.parametrize("classes", [theme.APL_CLASSES, theme.CHANGE_CLASSES, theme.ZONE_CLASSES])
def test_classes_differ_without_colour(classes):
    assert len({kind.mark for kind in classes}) == len(classes)
    assert all(theme.contrast(theme.ink_on(kind.colour), kind.colour) >= 4.5 for kind in classes)


def test_apl_classes_darken_as_access_worsens():
    lights = [theme.luminance(kind.colour) for kind in theme.APL_CLASSES]
    assert lights == sorted(lights)


def gauge(value, alert=2.5, companions=()):
    figure = unavailable("APL", "le fichier") if value is None else Figure("APL", value, decimals=2)
    return Gauge("Jauge", figure, 0, 6, alert, "Phrase.", companions)


def test_a_gauge_is_filled_up_to_its_value():
    boxes = list(ET.fromstring(gauge_svg("j", gauge(3.0), 320)).iter(f"{SVG}rect"))
    whole, filled = (float(box.get("width")) for box in boxes)
    assert filled == pytest.approx(whole / 2)


def test_a_gauge_writes_its_value_its_threshold_and_its_companions():
    other = (
        ("France", Figure("APL", 3.72, decimals=2)),
        ("AURA", unavailable("APL", "le fichier")),
    )
    svg = gauge_svg("j", gauge(3.63, companions=other))
    assert {"3,63", "seuil 2,5", "France 3,72"} <= set(texts(svg))
    description = ET.fromstring(svg)[1].text
    assert "AURA\u00a0: non disponible" in description


def test_an_unknown_gauge_has_no_mark_and_a_value_off_the_scale_stays_inside():
    svg = gauge_svg("j", gauge(None, None))
    assert "non disponible" in texts(svg)
    assert len(list(ET.fromstring(svg).iter(f"{SVG}rect"))) == 1
    boxes = list(ET.fromstring(gauge_svg("j", gauge(60.0), 320)).iter(f"{SVG}rect"))
    assert float(boxes[1].get("width")) == float(boxes[0].get("width"))


def test_series_that_share_their_unit_say_it_once():
    names = ("Haute-Loire (pour 10 000 hab.)", "France (pour 10 000 hab.)")
    chart = series(ChartKind.GROUPED_BARS, [("Infirmiers", 22.6, 15.4)], names)
    written = texts(chart_svg(chart))
    assert {"Haute-Loire", "France", "pour 10\u202f000 hab."} <= set(written)
