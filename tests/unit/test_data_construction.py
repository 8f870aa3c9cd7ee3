"""The tool that builds the reference: repairs, unions, borders, former codes, on drawn examples."""

import numpy as np
import pytest
import shapely

pytest.importorskip("pyproj", reason="pyproj ne sert qu'à construire la référence")


@pytest.fixture(scope="module")
def tool(racine):
    """The modules of the tool."""
    from importlib import import_module

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(racine / "tools"))
        names = ("cantons", "codes", "contours", "noms", "points", "projections", "rapport")
        yield {
            name: import_module(f"reference.{name}") for name in (*names, "paquets", "voisinage")
        }


def degrees(tool, *boxes):
    """Return boxes given in metres of Lambert-93, in degrees."""
    shapes = np.array([shapely.box(*(700_000 + v for v in box)) for box in boxes])
    shapes = shapely.transform(shapes, lambda xy: np.add(xy, (0, 5_900_000)))
    return tool["projections"].deprojeter(shapes, 2154, 12)


def test_an_overlap_and_a_sliver_are_repaired_and_told(tool):
    """A overlaps B by 20 m; 30 m of nothing lie between B and C."""
    a, b, c = degrees(tool, (0, 0, 2020, 2000), (2000, 0, 4000, 2000), (4030, 0, 6000, 2000))
    cover = tool["contours"].couvrir("essai", 2154, {"00001": [a], "00002": [b], "00003": [c]})
    (found,) = cover.constats
    assert found.polygones_discordants == 2
    assert found.recouvrement_m2 == pytest.approx(20 * 2000, rel=0.01)
    assert found.discordants_apres == 0
    assert shapely.coverage_is_valid(cover.simplifies)
    borders = {(x, y): km for x, y, km in tool["voisinage"].voisins(cover)}
    assert borders[("00001", "00002")] == pytest.approx(2, rel=0.02)


def test_a_wide_gap_is_left_open(tool):
    ring = shapely.box(0, 0, 3000, 3000).difference(shapely.box(1000, 1000, 2000, 2000))
    left = ring.intersection(shapely.box(0, 0, 1500, 3000))
    right = ring.intersection(shapely.box(1500, 0, 3000, 3000))
    shapes = shapely.transform(np.array([left, right]), lambda xy: np.add(xy, (700_000, 6_600_000)))
    one, two = tool["projections"].deprojeter(shapes, 2154, 12)
    cover = tool["contours"].couvrir("essai", 2154, {"00001": [one], "00002": [two]})
    assert cover.constats[0].vides_apres == [pytest.approx(1e6, rel=0.01)]


def test_a_merged_commune_is_the_union_and_a_split_one_its_parts(tool):
    def row(identity, code, kind, box, parent="\\N"):
        return {
            "id": identity,
            "code": code,
            "type": kind,
            "commune_parent_id": parent,
            "geometry": shapely.box(*box).wkb_hex,
        }

    rows = [
        row("1", "00001", "COM", (0, 0, 1, 1)),
        row("2", "00002", "COM", (1, 0, 2, 1)),
        row("3", "00003", "COM", (2, 0, 4, 1)),
        row("4", "00003", "COMD", (2, 0, 3, 1), "3"),
        row("5", "00004", "COMD", (3, 0, 4, 1), "3"),
    ]
    today = {"00001": "00001", "00002": "00001", "00003": "00003", "00004": "00004"}
    parts = tool["contours"].morceaux(rows, today)
    assert {code: len(shapes) for code, shapes in parts.items()} == {
        "00001": 2,
        "00003": 1,
        "00004": 1,
    }
    assert parts["00003"][0].area == 1
    origins = tool["contours"].origines(rows, rows, today)
    assert origins == dict.fromkeys(parts, "anciennes communes")


def test_a_town_hall_far_from_its_commune_is_replaced_by_a_point_inside(tool):
    shapes = np.array([shapely.box(700_000, 6_600_000, 702_000, 6_602_000)] * 3)
    places = np.array(
        [
            shapely.Point(701_000, 6_601_000),
            shapely.Point(702_150, 6_601_000),
            shapely.Point(900_000, 6_601_000),
        ]
    )
    inside, beside, away = tool["projections"].deprojeter(places, 2154, 9)
    halls = {"00001": inside, "00002": beside, "00003": away}
    found, refused = tool["points"].placer(["00001", "00002", "00003"], shapes, 2154, halls)
    assert [found[code].origine for code in sorted(found)] == ["mairie", "mairie", "contour"]
    assert refused == [("00003", pytest.approx(198, abs=0.1))]


def test_a_delegated_commune_knows_better_than_a_list_of_former_codes(tool):
    communes = [
        {"code": "00001", "nom": "Un", "type": "commune-actuelle", "anciensCodes": ["00009"]},
        {"code": "00002", "nom": "Deux", "type": "commune-actuelle"},
        {"code": "00009", "nom": "Neuf", "type": "commune-deleguee", "chefLieu": "00002"},
        {"code": "00002", "nom": "Deux", "type": "commune-deleguee", "chefLieu": "00002"},
    ]
    (former,) = tool["codes"].fusionnees(communes, {})
    assert (former.ancien_code, former.code_commune) == ("00009", "00002")
    assert tool["codes"].devenir(communes)["00009"] == "00002"


def test_a_commune_between_two_cantons_is_left_without(tool):
    cantons = [
        {"code": "0001", "geometry": shapely.box(0, 0, 1, 1).wkb_hex},
        {"code": "0002", "geometry": shapely.box(1, 0, 2, 1).wkb_hex},
        {"code": "0003", "geometry": "\\N"},
    ]
    communes = {"00001": shapely.box(0, 0, 1, 1), "00002": shapely.box(0.5, 0, 1.5, 1)}
    placed = tool["cantons"].placer(communes, cantons)
    assert placed.canton_de == {"00001": "0001"}
    assert placed.partages == [("00002", 0.5)]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Le Puy-en-Velay", 2, "du Puy-en-Velay"),
        ("Les Estables", 4, "des Estables"),
        ("L'Abergement-Clémenciat", 5, "de l'Abergement-Clémenciat"),
        ("Haute-Loire", 3, "de la Haute-Loire"),
        ("Auvergne-Rhône-Alpes", 1, "d'Auvergne-Rhône-Alpes"),
        ("Île-Molène", None, "d'Île-Molène"),
        ("Papeete", None, "de Papeete"),
    ],
)
def test_charnieres(tool, name, kind, expected):
    assert tool["noms"].avec_charniere(name, kind) == expected


def test_a_package_with_another_checksum_is_refused(tool, tmp_path):
    packages = tool["paquets"]
    (tmp_path / packages.DECOUPAGE.fichier).write_bytes(b"autre chose")
    with pytest.raises(SystemExit, match="attendu"):
        packages.telecharger(packages.DECOUPAGE, tmp_path)
