"""From an extract to a graph: what a car may do, how fast, and what is left out."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from scipy.sparse.csgraph import dijkstra

from assemblier.errors import DataError, UnavailableError
from assemblier.travel.roads import extract as extract_module
from assemblier.travel.roads.graph import RoadGraph
from assemblier.travel.roads.profile import Profile, read_changes, road_profile
from assemblier.travel.roads.reading import ReadingReport, read_pbf
from assemblier.travel.roads.tags import Reader
from tests.roads import METRE, line, write_extract

pytest.importorskip("osmium", reason="osmium n'est pas installé")

ON = date(2026, 1, 1)
BARE = {
    "penalite.croisement": 0,
    "penalite.non_prioritaire": 0,
    "penalite.giratoire": 0,
    "part_de_la_limite": [1.0, 1.0],
    "densite.bornes": [1000, 2000],
    "reseau_minimal_km": 0.5,
}
"""A profile where only what a test looks at takes time."""

ROAD = {"highway": "primary", "maxspeed": "60"}
"""A kilometre a minute."""


def bare(**changes: object) -> Profile:
    return road_profile(ON, BARE | {name.replace("__", "."): v for name, v in changes.items()})


def read(path: Path, profile: Profile | None = None) -> tuple[RoadGraph, ReadingReport]:
    return read_pbf(path, profile or bare())


def minutes(graph: RoadGraph, start: tuple[float, float], end: tuple[float, float]) -> float:
    """The shortest time between two points of the graph; copies of a point are that point."""
    matrix = sp.csr_array(
        (graph.minutes.astype(float), graph.head, graph.indptr), shape=(graph.nodes, graph.nodes)
    )

    def at(place: tuple[float, float]) -> np.ndarray:
        return np.flatnonzero(
            np.isclose(graph.longitude, place[0], atol=1e-7)
            & np.isclose(graph.latitude, place[1], atol=1e-7)
        )

    starts, ends = at(start), at(end)
    assert len(starts) and len(ends)
    # The first is the point itself: a copy is only reached from one way.
    return float(dijkstra(matrix, indices=starts[0])[ends].min())


def test_a_two_way_road_takes_the_time_of_its_limit(tmp_path):
    points = line(4)
    graph, report = read(write_extract(tmp_path / "a.osm.pbf", points, {1: ([1, 2, 3, 4], ROAD)}))
    assert minutes(graph, points[1], points[4]) == pytest.approx(3, rel=1e-3)
    assert minutes(graph, points[4], points[1]) == pytest.approx(3, rel=1e-3)
    assert (report.ways, report.nodes, report.edges, report.networks) == (1, 4, 6, 1)
    assert report.road_km == pytest.approx(3, rel=1e-3)
    assert graph.source.extract_date == "2026-01-02"
    assert graph.source.as_source().producer == "© les contributeurs d'OpenStreetMap, ODbL"


def test_an_extract_without_a_date_says_so(tmp_path):
    path = write_extract(tmp_path / "a.osm.pbf", line(2), {1: ([1, 2], ROAD)}, day="")
    assert read(path)[0].source.extract_date == "inconnue"


def ring(tags: dict[str, str]) -> dict[int, tuple[list[int], dict[str, str]]]:
    """A square of four points, the first side with tags, the rest two ways."""
    return {1: ([1, 2], tags), 2: ([2, 3, 4, 1], ROAD)}


SQUARE = {
    1: (0.0, 0.0),
    2: (1000 * METRE, 0.0),
    3: (1000 * METRE, 1000 * METRE),
    4: (0.0, 1000 * METRE),
}


@pytest.mark.parametrize(
    ("tags", "there", "back"),
    [
        ({"oneway": "yes"}, 1, 3),
        ({"oneway": "-1"}, 3, 1),
        ({"oneway": "no"}, 1, 1),
        ({"oneway": "yes", "oneway:motor_vehicle": "no"}, 1, 1),
        ({"junction": "roundabout"}, 1, 3),
        ({"highway": "motorway", "maxspeed": "60"}, 1, 3),
        ({"access": "private"}, 3, 3),
        ({"access": "no", "motor_vehicle": "yes"}, 1, 1),
        ({"access": "yes", "motorcar": "no"}, 3, 3),
        ({"oneway": "reversible"}, 3, 3),
        ({"area": "yes"}, 3, 3),
        ({"highway": "track"}, 3, 3),
        ({"maxspeed:backward": "30"}, 1, 2),
        ({"access": "destination"}, 2, 2),
        ({"maxspeed": "37.28 mph"}, 1, 1),
    ],
)
def test_directions_and_access(tmp_path, tags, there, back):
    path = write_extract(tmp_path / "a.osm.pbf", SQUARE, ring({**ROAD, **tags}))
    graph, _ = read(path, bare(lacets__acceleration_laterale=1e9))
    assert minutes(graph, SQUARE[1], SQUARE[2]) == pytest.approx(there, rel=2e-3)
    assert minutes(graph, SQUARE[2], SQUARE[1]) == pytest.approx(back, rel=2e-3)


def test_a_closed_way_is_counted_and_an_unreadable_limit_too(tmp_path):
    ways = {**ring({**ROAD, "access": "private"}), 3: ([2, 4], {**ROAD, "maxspeed": "lent"})}
    _, report = read(write_extract(tmp_path / "a.osm.pbf", SQUARE, ways))
    assert report.dropped == {"voies fermées aux voitures": 1}
    assert report.misread == {"maxspeed=lent": 1}


def test_speeds_follow_class_surface_and_bends():
    reader = Reader(road_profile(ON))
    assert reader.way({"highway": "primary", "surface": "gravel"}).factor == 0.6
    assert reader.way({"highway": "primary", "maxspeed": "FR:urban"}).forward_kmh == 50
    assert reader.way({"highway": "primary", "maxspeed": "FR:urban"}).town == 1
    assert reader.way({"highway": "primary", "maxspeed": "FR:rural"}).forward_kmh == 80
    assert reader.way({"highway": "footway"}) is None


def test_a_hairpin_slows(tmp_path):
    straight = line(3, 50)
    bent = {**straight, 3: (0.0, 5 * METRE)}
    ways = {1: ([1, 2, 3], ROAD)}
    times = [
        float(read(write_extract(tmp_path / "a.osm.pbf", points, ways))[0].minutes.sum())
        for points in (straight, bent)
    ]
    assert times[1] > 1.5 * times[0]


def test_dense_roads_are_driven_at_the_speed_of_towns(tmp_path):
    grid = {
        100 * x + y + 1: (x * 100 * METRE, y * 100 * METRE) for x in range(12) for y in range(12)
    }
    rows = [[100 * x + y + 1 for x in range(12)] for y in range(12)]
    columns = [[100 * x + y + 1 for y in range(12)] for x in range(12)]
    tags = {"highway": "residential"}
    ways = {rank: (refs, tags) for rank, refs in enumerate((*rows, *columns), 1)}
    town, _ = read(write_extract(tmp_path / "ville.osm.pbf", grid, ways), road_profile(ON))
    alone = write_extract(tmp_path / "champ.osm.pbf", line(12, 100), {1: (range(1, 13), tags)})
    country, _ = read(alone, road_profile(ON))
    speed = {
        name: float(np.median(graph.length_m / graph.minutes)) * 60 / 1000
        for name, graph in (("ville", town), ("champ", country))
    }
    assert speed["champ"] == pytest.approx(35, rel=1e-2)
    assert speed["ville"] < 30.5


@pytest.mark.parametrize(
    ("tags", "lost_seconds"),
    [
        ({"highway": "traffic_signals"}, 8),
        ({"highway": "stop", "direction": "forward"}, 6),
        ({"highway": "stop", "direction": "backward"}, 0),
        ({"highway": "give_way"}, 3),
        ({"barrier": "gate"}, 15),
        ({"barrier": "toll_booth"}, 20),
        ({"barrier": "border_control"}, 20),
        ({"highway": "crossing"}, 0),
    ],
)
def test_signs_take_time(tmp_path, tags, lost_seconds):
    points = line(3)
    path = write_extract(tmp_path / "a.osm.pbf", points, {1: ([1, 2, 3], ROAD)}, {2: tags})
    found = minutes(read(path)[0], points[1], points[3])
    assert found == pytest.approx(2 + lost_seconds / 60, rel=1e-3)


@pytest.mark.parametrize(
    ("tags", "is_passed"),
    [
        ({"barrier": "bollard"}, False),
        ({"barrier": "bollard", "access": "yes"}, True),
        ({"barrier": "gate", "access": "private"}, False),
        ({"motor_vehicle": "no", "highway": "stop"}, False),
        ({"barrier": "cattle_grid"}, True),
    ],
)
def test_a_barrier_stops_cars_but_is_reached_from_both_sides(tmp_path, tags, is_passed):
    ways = {1: ([1, 2], ROAD), 2: ([2, 3, 4, 1], ROAD), 3: ([2, 4], ROAD)}
    points = {**SQUARE, 5: (500 * METRE, 0.0)}
    ways[1] = ([1, 5, 2], ROAD)
    graph, _ = read(write_extract(tmp_path / "a.osm.pbf", points, ways, {5: tags}))
    here = np.isclose(graph.longitude, points[5][0]) & np.isclose(graph.latitude, points[5][1])
    assert here.sum() == (1 if is_passed else 2)
    direct = minutes(graph, points[1], points[2])
    assert (direct < 1.5) == is_passed


def test_a_ferry_takes_its_duration_and_the_time_to_board(tmp_path):
    points = line(4)
    ways = {
        1: ([1, 2], ROAD),
        2: ([2, 3], {"route": "ferry", "motorcar": "yes", "duration": "00:20"}),
        3: ([3, 4], ROAD),
    }
    graph, _ = read(write_extract(tmp_path / "a.osm.pbf", points, ways))
    assert minutes(graph, points[1], points[4]) == pytest.approx(1 + 12 + 20 + 1, rel=1e-3)
    assert minutes(graph, points[4], points[1]) == pytest.approx(1 + 12 + 20 + 1, rel=1e-3)
    # nobody is put down in the middle of the water
    assert not graph.is_road[graph.minutes > 15].any()


def test_a_passenger_boat_carries_no_car(tmp_path):
    ways = {1: ([1, 2], ROAD), 2: ([2, 3], {"route": "ferry", "foot": "yes"}), 3: ([3, 4], ROAD)}
    graph, report = read(
        write_extract(tmp_path / "a.osm.pbf", line(4), ways), bare(reseau_minimal_km=5)
    )
    assert graph.nodes == 2
    assert report.dropped["bacs sans voitures"] == 1
    assert report.dropped["points sans aller et retour possible"] == 2


def test_a_large_island_is_kept_and_said(tmp_path):
    ways = {1: ([1, 2, 3, 4], ROAD), 2: ([11, 12], ROAD)}
    points = {**line(4), **line(2, first=11)}
    points |= {ref: (x, 0.5) for ref, (x, _) in points.items() if ref > 10}
    path = write_extract(tmp_path / "a.osm.pbf", points, ways)
    assert read(path, bare(reseau_minimal_km=0.5))[1].networks == 2
    assert read(path, bare(reseau_minimal_km=2))[1].networks == 1
    assert read(path, bare(reseau_minimal_km=2))[0].nodes == 4


CROSS = {
    1: (0.0, -1000 * METRE),  # south
    2: (0.0, 0.0),  # the junction
    3: (-1000 * METRE, 0.0),  # west
    4: (0.0, 1000 * METRE),  # north
    5: (1000 * METRE, 0.0),  # east
    6: (0.0, 500 * METRE),  # half way to the north
}
ARMS = {1: ([1, 2], ROAD), 2: ([2, 3], ROAD), 3: ([2, 6, 4], ROAD), 4: ([2, 5], ROAD)}


@pytest.mark.parametrize(
    ("restriction", "west"),
    [
        ([], 2.0),
        # the shortest way left is a half-turn half way to the north: 30 seconds
        ([("no_left_turn", 1, 2, 2)], 1 + 0.5 + 0.5 + 0.5 + 1),
        ([("only_straight_on", 1, 2, 3)], 1 + 0.5 + 0.5 + 0.5 + 1),
        ([("no_left_turn", 1, 2, 2), ("no_straight_on", 1, 2, 3)], 1 + 1 + 1 + 1),
        ([("no_left_turn", 4, 2, 2)], 2.0),
    ],
)
def test_a_forbidden_turn_costs_a_detour(tmp_path, restriction, west):
    path = write_extract(tmp_path / "a.osm.pbf", CROSS, ARMS, restrictions=restriction)
    graph, report = read(path, bare(lacets__acceleration_laterale=1e9))
    assert minutes(graph, CROSS[1], CROSS[3]) == pytest.approx(west, rel=2e-3)
    # the turns that remain are as short as before, and so is the way back
    rules = {rule for rule, start, *_ in restriction if start == 1}
    assert (minutes(graph, CROSS[1], CROSS[4]) < 2.01) == ("no_straight_on" not in rules)
    assert (minutes(graph, CROSS[1], CROSS[5]) < 2.01) == ("only_straight_on" not in rules)
    assert minutes(graph, CROSS[3], CROSS[1]) == pytest.approx(2, rel=2e-3)
    assert report.restrictions == len(restriction)


def test_a_restriction_leaves_both_directions_of_its_road_between_the_same_nodes(tmp_path):
    path = write_extract(
        tmp_path / "a.osm.pbf", CROSS, ARMS, restrictions=[("no_left_turn", 1, 2, 2)]
    )
    graph, _ = read(path)
    tails = graph.tails()
    roads = {(int(tails[e]), int(graph.head[e])) for e in np.flatnonzero(graph.is_road)}
    assert all((head, tail) in roads for tail, head in roads)


def test_restrictions_that_do_not_concern_cars_are_counted(tmp_path):
    path = write_extract(tmp_path / "a.osm.pbf", CROSS, ARMS, restrictions=[("give_way", 1, 2, 2)])
    _, report = read(path)
    assert report.restrictions == 0
    assert report.dropped == {"interdictions de tourner sans effet sur les voitures": 1}


def test_a_way_cut_by_the_edge_of_the_extract(tmp_path):
    points = line(4)
    path = write_extract(tmp_path / "a.osm.pbf", points, {1: ([1, 2, 3, 4, 99], ROAD)})
    graph, report = read(path)
    assert graph.nodes == 4
    assert report.dropped == {"tronçons coupés par le bord de l'extrait": 1}


def test_what_is_not_an_extract_is_refused(tmp_path):
    missing = tmp_path / "absent.osm.pbf"
    empty = tmp_path / "vide.osm.pbf"
    empty.write_bytes(b"")
    text = tmp_path / "texte.osm.pbf"
    text.write_text("<osm/>" * 100)
    whole = write_extract(tmp_path / "a.osm.pbf", line(500), {1: (range(1, 501), ROAD)})
    cut = tmp_path / "coupe.osm.pbf"
    cut.write_bytes(whole.read_bytes()[:-50])
    roadless = write_extract(tmp_path / "b.osm.pbf", line(2), {1: ([1, 2], {"highway": "path"})})
    for path, said in (
        (missing, "illisible"),
        (empty, "vide"),
        (text, "pas un PBF"),
        (cut, "coupé ou abîmé"),
        (roadless, "aucune route"),
    ):
        with pytest.raises(DataError, match=said):
            read(path)


def test_without_osmium_the_message_says_what_to_install(tmp_path, monkeypatch):
    path = write_extract(tmp_path / "a.osm.pbf", line(2), {1: ([1, 2], ROAD)})
    monkeypatch.setitem(__import__("sys").modules, "osmium", None)
    with pytest.raises(UnavailableError, match=r'pip install "assemblier\[routes\]"'):
        extract_module.read_extract(path, bare(), print)


def test_a_class_without_a_speed_is_refused():
    with pytest.raises(DataError, match="pas de vitesse") as refused:
        road_profile(ON, {"classes": ["motorway", "busway"], "rangs": [0, 1]}, "mon.yaml")
    (problem,) = refused.value.problems
    assert "busway" in problem.where
    assert "vitesse_kmh.busway" in problem.action


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"vitesse_kmh.primary": [70]}, "70"),
        ({"vitesse_kmh.primary": [70, 500]}, "500"),
        ({"vitesse_kmh.primary": "vite"}, "vite"),
        ({"penalite.feu": -1}, "-1"),
        ({"penalite.feux": 3}, "penalite.feu"),
        ({"classes": ["motorway"]}, "rangs"),
    ],
)
def test_a_wrong_change_is_refused(changes, said):
    with pytest.raises(DataError, match=said):
        road_profile(ON, changes, "mon.yaml")


def test_changes_are_read_used_and_told(tmp_path):
    path = tmp_path / "mon.yaml"
    path.write_text("vitesse_kmh.primary: [75, 40]\npenalite.feu: 12\n", encoding="utf-8")
    profile = road_profile(ON, read_changes(path), str(path))
    assert profile.speeds("primary") == (75, 40)
    assert profile.key != road_profile(ON).key
    assert "penalite.feu" in profile.as_texts()[-1]
    path.write_text("- 1\n- 2\n", encoding="utf-8")
    with pytest.raises(DataError, match="nom: valeur"):
        read_changes(path)


@pytest.mark.parametrize("name", ["andorra", "helsinki_centre", "liechtenstein", "porto"])
def test_a_real_extract_is_read_whole(name, donnees_essai):
    graph, report = read_pbf(donnees_essai / "osm" / f"{name}.osm.pbf", road_profile(ON))
    assert graph.nodes == report.nodes > 1000
    assert graph.minutes.min() > 0
    speed = graph.length_m / graph.minutes * 60 / 1000
    assert speed.max() < 130
    assert report.restrictions > 0
    # from any node one goes anywhere and back
    matrix = sp.csr_array((graph.minutes, graph.head, graph.indptr), shape=(graph.nodes,) * 2)
    assert sp.csgraph.connected_components(matrix, connection="strong")[0] == report.networks


def test_a_large_extract_is_read_the_same_with_its_points_in_a_file(tmp_path, monkeypatch):
    path = write_extract(tmp_path / "a.osm.pbf", SQUARE, ring(ROAD))
    in_memory, _ = read(path)
    monkeypatch.setattr(extract_module, "IN_MEMORY_BYTES", 0)
    in_file, _ = read(path)
    for name in ("longitude", "latitude", "indptr", "head", "minutes"):
        assert np.array_equal(getattr(in_memory, name), getattr(in_file, name))
