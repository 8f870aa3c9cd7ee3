"""Each test is a line of « Always true » of what lies inside the priority quarters."""

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.diagnosis.quarter_places import Place, Shape, quarter_places
from assemblier.figures import Source
from assemblier.territory import outline, parse

PUY = parse("commune:43157")
SOURCE = Source("essai", "Essai", "Adresses d'essai", "2026")
near = st.tuples(st.floats(3.84, 3.95), st.floats(44.98, 45.08))
boxes = st.tuples(near, near).map(
    lambda pair: shapely.box(
        min(pair[0][0], pair[1][0]),
        min(pair[0][1], pair[1][1]),
        max(pair[0][0], pair[1][0]) + 1e-4,
        max(pair[0][1], pair[1][1]) + 1e-4,
    )
)


@settings(max_examples=40)
@given(st.lists(near, max_size=12), st.lists(boxes, max_size=4))
def test_places_inside_and_outside_sum_to_those_of_the_territory_and_an_edge_is_inside(
    points: list[tuple[float, float]], contours: list[shapely.Geometry]
) -> None:
    """`quarter_places`."""
    shapes = [Shape(f"QN{rank}", "essai", contour) for rank, contour in enumerate(contours)]
    corners = [contour.exterior.coords[0] for contour in contours]
    places = [Place("essai", east, north, SOURCE) for east, north in (*points, *corners)]
    found = quarter_places(PUY, shapes, places)
    area = outline(PUY.codes)
    here = [one for one in places if area.covers(shapely.Point(one.longitude, one.latitude))]
    assert found.inside.value + found.outside.value == len(here)
    on_edge = [corner for corner in corners if area.covers(shapely.Point(corner))]
    assert found.inside.value >= len(on_edge)
