"""Maps: every commune present, readable without colour, reachable by keyboard."""

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from assemblier.figures import Provenance, Source
from assemblier.french import french_spaces
from assemblier.reports.document import Align, Column, Map, Table
from assemblier.reports.map_projection import path_data, polygons, sheet_for
from assemblier.reports.maps import (
    legend_classes,
    legend_text,
    map_svg,
    source_line,
    without_contour,
)
from assemblier.reports.placement import placed_names
from assemblier.reports.svg import text_px
from assemblier.reports.theme import APL_CLASSES

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"43001": "Agnat", "43002": "Aiguilhe", "43003": "Allègre", "43004": "Alleyrac"}


def squares(count=4, side=0.1):
    """Squares of the same size in a row, west to east, near Le Puy-en-Velay."""
    return {
        f"4300{rank + 1}": shapely.box(
            3.8 + side * rank, 45.0, 3.8 + side * (rank + 1), 45.0 + side
        )
        for rank in range(count)
    }


def drawn(**changes):
    columns = (Column("commune", "Commune"), Column("apl", "APL", Align.NUMBER, 2))
    values = {"43001": 0.0, "43002": 3.1, "43003": 4.2, "43004": None}
    table = Table(
        "apl", "APL", columns, tuple((NAMES[c], v) for c, v in values.items()), codes=tuple(values)
    )
    source = Source("drees", "DREES", "APL aux médecins généralistes", "2024")
    first = Map(
        "carte",
        "Agnat est sous 2,5",
        APL_CLASSES,
        {"43001": 0, "43002": 1, "43003": 2, "43004": None},
        {
            code: "non disponible" if v is None else f"{v} consultation"
            for code, v in values.items()
        },
        NAMES,
        "Une phrase. Une autre.",
        table,
        labels={"43002": "Aiguilhe"},
        vintage="APL 2024",
        provenance=Provenance((source,)),
    )
    return replace(first, **changes)


def links(svg):
    return list(ET.fromstring(svg).iter(f"{SVG}a"))


def all_text(svg):
    return " ".join("".join(found.itertext()) for found in ET.fromstring(svg).iter(f"{SVG}text"))


def test_every_commune_is_drawn_once_with_the_colour_of_its_class():
    root = ET.fromstring(map_svg(drawn(), squares()))
    communes = root.find(".//*[@class='communes']")
    found = {group.get("fill"): len(group) for group in communes}
    assert found == {"#8c2d04": 1, "#fe9929": 1, "#fff0c2": 1, "#ffffff": 1}


def test_the_map_is_named_described_and_holds_its_legend_vintage_and_source():
    svg = map_svg(drawn(legend="Consultations par an"), squares())
    root = ET.fromstring(svg)
    assert [child.text for child in root[:2]] == ["Agnat est sous 2,5", "Une phrase. Une autre."]
    assert root.get("role") == "img"
    words = all_text(svg)
    for kind in APL_CLASSES:
        assert french_spaces(kind.label) in words
    assert "Consultations par an" in words
    assert "APL 2024. Source\u00a0: DREES, APL aux médecins généralistes." in words
    assert "km" in words


def test_intervals_are_also_said_in_plain_words():
    said = [legend_text(kind).split("\u00a0: ")[1] for kind in APL_CLASSES]
    assert said == ["moins de 2,5", "de 2,5 à moins de 4", "4 et plus"]
    assert all(words in all_text(map_svg(drawn(), squares())) for words in said)


def test_classes_are_repeated_by_their_marks():
    svg = map_svg(drawn(), squares())
    patterns = {found.get("id"): found for found in ET.fromstring(svg).iter(f"{SVG}pattern")}
    for rank, kind in enumerate(APL_CLASSES):
        marks = {found.text for found in patterns[f"carte-motif-{rank}"].iter(f"{SVG}text")}
        assert marks == {kind.mark}
        assert svg.count(f'fill="url(#carte-motif-{rank})"') == 1


def test_unknown_is_hatched_and_named_in_the_legend_only_when_there_is_some():
    assert [kind.label for kind in legend_classes(drawn())][-1] == "non disponible"
    known = drawn(class_of={"43001": 0, "43002": 1})
    assert legend_classes(known) == APL_CLASSES
    assert "non disponible" not in all_text(map_svg(known, squares()))


def test_on_the_page_each_commune_is_a_link_to_its_row_with_its_name_value_and_class():
    found = {
        link.get("href"): link for link in links(map_svg(drawn(), squares(), interactive=True))
    }
    assert set(found) == {f"#ligne-apl-{code}" for code in NAMES}
    said = found["#ligne-apl-43001"].get("aria-label")
    assert said == "Agnat\u00a0: 0.0 consultation, classe [0\u202f;\u00a02,5["
    assert found["#ligne-apl-43004"].get("aria-label") == "Alleyrac\u00a0: non disponible"


def test_one_commune_only_is_reached_by_tab():
    steps = [link.get("tabindex") for link in links(map_svg(drawn(), squares(), interactive=True))]
    assert sorted(steps) == ["-1", "-1", "-1", "0"]


def test_a_commune_whose_row_is_not_shown_leads_to_the_table():
    svg = map_svg(drawn(), squares(), interactive=True, rows={"43001"})
    assert {link.get("href") for link in links(svg)} == {"#ligne-apl-43001", "#tableau-apl"}


def test_a_commune_without_contour_is_named_and_never_dropped_in_silence():
    shapes = squares(3)
    assert without_contour(drawn(), shapes) == ("Alleyrac",)
    svg = map_svg(drawn(), shapes)
    assert "Alleyrac" in ET.fromstring(svg)[1].text
    assert "Sans contour\u00a0: Alleyrac" in all_text(svg)
    assert "Sans contour" not in source_line(drawn(), squares())


def test_a_commune_known_as_a_point_is_drawn_as_a_disc():
    shapes = squares(3) | {"43004": shapely.Point(4.0, 45.2)}
    communes = ET.fromstring(map_svg(drawn(), shapes)).find(".//*[@class='communes']")
    discs = [path.get("d") for path in communes.iter(f"{SVG}path") if "a" in path.get("d")]
    assert len(discs) == 1


def test_a_map_without_any_contour_is_refused():
    with pytest.raises(ValueError, match="contour"):
        map_svg(drawn(), {})


def test_neighbours_are_grey_and_groups_are_outlined():
    shapes = squares()
    inside = drawn(
        class_of={"43001": 0, "43002": 1},
        context=("43003", "43004"),
        outlines=(("CC Une", ("43001",)), ("CC Deux", ("43002",))),
    )
    svg = map_svg(inside, shapes)
    assert svg.count('fill="#e4e7eb"') == 1
    assert 'id="carte-limites"' in svg
    assert 'href="#carte-limites"' in svg


def test_the_scale_bar_is_as_long_as_it_says():
    svg = map_svg(drawn(), squares())
    bar = ET.fromstring(svg).find(".//*[@class='echelle']")
    km = float(re.match(r"\d+", bar.find(f"{SVG}text").text).group())
    long = float(re.search(r"h([\d.]+)", bar.find(f"{SVG}path").get("d")).group(1))
    sheet = sheet_for(squares().values(), 720, 760)
    assert long == pytest.approx(km / 111.2 * sheet.px_per_degree, abs=0.1)


def test_a_square_on_the_ground_is_a_square_on_the_sheet():
    cosine = math.cos(math.radians(45.05))
    square = shapely.box(3.8, 45.0, 3.8 + 0.1 / cosine, 45.1)
    west, south, east, north = sheet_for([square], 720, 760).placed(square).bounds
    assert east - west == pytest.approx(north - south, rel=0.002)


def test_north_is_up_and_east_is_right():
    sheet = sheet_for([shapely.box(3, 45, 4, 46)], 720, 760)
    low = sheet.placed(shapely.Point(3, 45))
    high = sheet.placed(shapely.Point(4, 46))
    assert high.x > low.x
    assert high.y < low.y


@given(st.floats(-5, 9), st.floats(41, 51), st.floats(0.01, 3), st.floats(0.01, 3))
def test_the_sheet_holds_what_it_was_made_for(west, south, across, up):
    shape = shapely.box(west, south, west + across, south + up)
    sheet = sheet_for([shape], 720, 760)
    left, top, right, bottom = sheet.placed(shape).bounds
    assert sheet.height <= 760.001
    assert left >= 0
    assert top >= 0
    assert right <= sheet.width * sheet.units + 1
    assert bottom <= sheet.height * sheet.units + 1


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=4, max_size=9))
def test_a_path_read_back_is_the_contour(points):
    hull = shapely.MultiPoint(points).convex_hull
    if hull.geom_type != "Polygon":
        assert path_data(hull) == ""
        return
    assert read_path(path_data(hull)).equals(hull)


def read_path(data):
    """Read the few commands the maps are written with."""
    x = y = 0
    ring = []
    for command, numbers in re.findall(r"([Mhvl])([-\d ]+)", data):
        values = [int(value) for value in re.findall(r"-?\d+", numbers)]
        if command == "M":
            x, y = values
            ring = [(x, y)]
            continue
        steps = {"h": [(values[0], 0)], "v": [(0, values[0])]}
        for across, down in steps.get(command, list(zip(values[::2], values[1::2], strict=False))):
            x, y = x + across, y + down
            ring.append((x, y))
    return shapely.Polygon(ring)


def test_contours_with_holes_and_several_parts_keep_them():
    holed = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    both = shapely.MultiPolygon([holed, shapely.box(20, 0, 22, 2)])
    assert path_data(both).count("M") == 3
    assert len(polygons(both)) == 2


POINTS = st.dictionaries(
    st.sampled_from([f"c{n}" for n in range(12)]),
    st.tuples(st.floats(0, 300), st.floats(0, 200)),
    min_size=1,
)


@given(POINTS, st.sampled_from([12.5, 25.0]))
def test_no_two_names_touch_and_every_name_is_inside_the_sheet(points, size):
    names = {code: f"Ville de {code}" for code in points}
    found = placed_names(points, names, size, (300, 200))
    boxes = []
    for name in found:
        right = name.text_x + text_px(name.name, size, 600)
        assert name.text_x >= 0
        assert right <= 300
        boxes.append(
            shapely.box(name.text_x, name.text_y - size / 2, right, name.text_y + size / 2)
        )
    for rank, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[rank + 1 :])


def test_hostile_names_are_written_as_text():
    hostile = '<script>alert("1")</script>&'
    svg = map_svg(
        drawn(name_of=dict.fromkeys(NAMES, hostile), title=hostile), squares(), interactive=True
    )
    root = ET.fromstring(svg)
    assert not list(root.iter("{*}script"))
    assert root[0].text == hostile


def test_haute_loire_is_drawn_whole_and_small():
    from assemblier.data import communes

    table = communes()
    codes = table.filter(table["code_departement"] == "43")["code_commune"].to_list()
    value = "2,35 consultations par an et par habitant standardisé"
    whole = drawn(
        class_of={code: rank % 3 for rank, code in enumerate(codes)},
        value_of=dict.fromkeys(codes, value),
        name_of=dict(zip(table["code_commune"], table["nom"], strict=True)),
    )
    svg = map_svg(whole, interactive=True)
    assert len(links(svg)) == len(codes) == 257
    assert len(svg.encode()) < 150_000


def test_a_hole_that_comes_to_touch_its_contour_stays_a_hole():
    # A ring a hair wide, as between two surfaces that share a border: rounded, its hole touches
    # its contour on three sides.
    ring = shapely.difference(shapely.box(0, 0, 3, 3), shapely.box(1e-6, 1e-6, 3 - 1e-6, 2))
    sheet = sheet_for([ring], 100, 100)
    placed, whole = sheet.placed(ring), sheet.placed(shapely.box(0, 0, 3, 3))
    assert placed.is_valid
    assert placed.area == pytest.approx(whole.area / 3, rel=0.02)
    assert path_data(placed)


def test_a_map_of_other_shapes_than_communes_draws_them():
    shapes = {"a": shapely.box(3, 45, 3.1, 45.1), "b": shapely.box(3.1, 45, 3.2, 45.1)}
    table = Table("t", "T", (Column("a", "A"),), (("x",),))
    one = Map("m", "Titre", APL_CLASSES, {"a": 0, "b": 1}, {}, {}, "Résumé.", table, shapes=shapes)
    svg = map_svg(one)
    assert svg == map_svg(replace(one, shapes=None), shapes)
    assert without_contour(one, shapes) == ()
