"""OBS-009: the published APL of two years, and what changed class between them."""

import io

import polars as pl
import pytest

from assemblier import access, territory
from assemblier.reports.apl_document import change_maps, change_table
from assemblier.reports.csv import render_table
from assemblier.reports.maps import map_svg, svg_png


@pytest.fixture(scope="module")
def change():
    return access.published_change(territory.parse("departement:43"), "medecin_generaliste", 2022)


@pytest.mark.mission("OBS-009")
def test_both_years_and_the_difference_are_drawn_and_exported(change):
    for drawn in change_maps(change):
        svg = map_svg(drawn)
        assert svg.startswith("<svg")
        assert len(drawn.class_of) == 257
    assert svg_png(map_svg(change_maps(change)[2]), 0.3).startswith(b"\x89PNG")


@pytest.mark.mission("OBS-009")
def test_the_difference_map_sums_the_communes_that_changed_class(change):
    classes = list(change_maps(change)[2].class_of.values())
    edges = (2.5, 4.0)

    def rank(value):
        return sum(value >= edge for edge in edges)

    pairs = list(zip(change.before, change.after, strict=True))
    assert classes.count(2) == sum(rank(b) > rank(a) for a, b in pairs) == change.counts[0]
    assert classes.count(0) == sum(rank(b) < rank(a) for a, b in pairs) == change.counts[1]
    assert classes.count(2) + classes.count(0) > 0


@pytest.mark.mission("OBS-009")
def test_the_csv_has_one_row_per_commune(change):
    content = pl.read_csv(
        io.BytesIO(render_table(change_table(change))), separator=";", infer_schema=False
    )
    assert content.height == 257
    assert {"apl_2022", "apl_2024"} <= set(content.columns)
