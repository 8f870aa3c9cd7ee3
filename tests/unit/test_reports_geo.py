"""GeoJSON: each commune once, unknown as null, contours as the embedded data has them."""

import dataclasses
import json
from typing import Any

import pytest
import shapely

from assemblier.data import contours
from assemblier.reports.document import Document, Map
from assemblier.reports.geo import render, render_map
from tests.documents import apl_map


@pytest.fixture(scope="module")
def collection() -> dict[str, Any]:
    return json.loads(render_map(apl_map()))


def feature(collection: dict[str, Any], code: str) -> dict[str, Any]:
    (found,) = (one for one in collection["features"] if one["properties"]["code_commune"] == code)
    return found


def test_one_file_per_map(document: Document) -> None:
    keys = {block.key for block in document.blocks() if isinstance(block, Map)}
    assert set(render(document)) == {f"{key}.geojson" for key in keys}


def test_each_commune_is_a_feature_once(collection: dict[str, Any]) -> None:
    codes = [one["properties"]["code_commune"] for one in collection["features"]]
    assert codes == list(apl_map().class_of)
    assert len(set(codes)) == 257


def test_a_feature_tells_its_value_its_class_its_date_and_its_source(
    collection: dict[str, Any],
) -> None:
    properties = feature(collection, "43157")["properties"]
    assert properties["nom"] == "Le Puy-en-Velay"
    assert properties["classe"] == "[4 ; 100["
    assert properties["valeur"] == "5,05 consultations par an"
    assert (properties["apl_2022"], properties["apl_2024"]) == (4.41, 5.05)
    assert properties["millesime"] == "APL 2024"
    assert properties["source"].startswith("DREES, ")


def test_contours_are_those_of_the_embedded_data(collection: dict[str, Any]) -> None:
    embedded = contours(["43157"])["43157"]
    written = shapely.from_geojson(json.dumps(feature(collection, "43157")["geometry"]))
    assert written.equals_exact(shapely.orient_polygons(embedded), 1e-6)
    assert 3.8 < written.centroid.x < 3.9
    assert 45.0 < written.centroid.y < 45.1
    assert written.exterior.is_ccw


def test_what_is_unknown_is_null_and_never_zero() -> None:
    drawn = apl_map()
    unknown = dataclasses.replace(
        drawn,
        class_of={"43157": None, "99999": None},
        value_of={},
        table=dataclasses.replace(
            drawn.table, rows=(("Le Puy", None, 1.0, float("nan")),), codes=("43157",)
        ),
    )
    content = json.loads(render_map(unknown))
    known_place = feature(content, "43157")
    assert known_place["properties"]["classe"] is None
    assert known_place["properties"]["valeur"] == "non disponible"
    assert known_place["properties"]["apl_2022"] is None
    assert known_place["properties"]["apl_2024"] is None
    assert known_place["properties"]["apl_2023"] == 1.0
    nowhere = feature(content, "99999")
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["nom"] == "99999"


def test_a_table_whose_rows_are_not_communes_is_left_out() -> None:
    drawn = dataclasses.replace(apl_map(), table=dataclasses.replace(apl_map().table, codes=()))
    assert "apl_2024" not in feature(json.loads(render_map(drawn)), "43157")["properties"]


def test_the_file_says_what_it_is(collection: dict[str, Any]) -> None:
    assert collection["type"] == "FeatureCollection"
    assert collection["titre"] == apl_map().title
    assert collection["sources"][0].startswith("DREES")
    assert collection["licences"] == ["Licence Ouverte 2.0"]
    assert collection["contours"].startswith("IGN")
