"""The network that is kept: whole or not at all, resumed, checked, forgotten."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assemblier.errors import DataError, UnavailableError
from assemblier.travel.roads import storage
from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.storage import Network, RoadStore
from tests.roads import line, write_extract

pytest.importorskip("osmium", reason="osmium n'est pas installé")

ON = date(2026, 1, 1)
PROFILE = road_profile(ON)
ROAD = {"highway": "primary", "maxspeed": "60"}


def extract(folder: Path, count: int = 60) -> Path:
    return write_extract(folder / f"{count}.osm.pbf", line(count), {1: (range(1, count + 1), ROAD)})


def same(one: Network, other: Network) -> bool:
    return one.key == other.key and all(
        np.array_equal(getattr(one.graph, name), getattr(other.graph, name))
        for name in ("longitude", "latitude", "indptr", "head", "minutes", "length_m", "is_road")
    )


def test_nothing_is_built_yet(tmp_path):
    store = RoadStore(tmp_path)
    assert not store.is_present()
    assert not store.forget()
    assert store.check() == []
    with pytest.raises(UnavailableError, match="assemblier routes construire"):
        store.network()


def test_a_network_is_mapped_and_says_where_it_comes_from(tmp_path):
    built = RoadStore(tmp_path).build(extract(tmp_path), PROFILE)
    found = RoadStore(tmp_path).network()
    assert same(built, found)
    assert isinstance(found.graph.minutes, np.memmap)
    assert found.report.road_km == pytest.approx(59, rel=1e-3)
    assert found.graph.source.file_name == "60.osm.pbf"
    assert found.profile_texts == PROFILE.as_texts()
    assert RoadStore(tmp_path).check() == []


def test_a_new_network_replaces_the_one_before(tmp_path):
    store = RoadStore(tmp_path)
    store.build(extract(tmp_path, 60), PROFILE)
    store.build(extract(tmp_path, 80), PROFILE)
    assert store.network().graph.nodes == 80
    assert len([one for one in store.folder.iterdir() if one.name.isdigit()]) == 1
    assert store.forget()
    assert not store.is_present()


def test_a_refused_extract_leaves_the_network_and_nothing_else(tmp_path):
    store = RoadStore(tmp_path)
    before = store.build(extract(tmp_path), PROFILE)
    bad = tmp_path / "bad.osm.pbf"
    bad.write_bytes(extract(tmp_path, 300).read_bytes()[:-30])
    with pytest.raises(DataError, match="coupé"):
        store.build(bad, PROFILE)
    assert same(store.network(), before)
    assert list((store.folder / "preparation").iterdir()) == []


@pytest.mark.parametrize("interrupted", ["read_pbf", "contract"])
def test_an_interrupted_build_leaves_the_network_and_is_resumed(tmp_path, monkeypatch, interrupted):
    store = RoadStore(tmp_path)
    before = store.build(extract(tmp_path, 60), PROFILE)
    wanted = extract(tmp_path, 80)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(storage, interrupted, stop)
        with pytest.raises(KeyboardInterrupt):
            store.build(wanted, PROFILE)
    assert same(store.network(), before)
    steps: list[str] = []

    class Watcher:
        def step(self, what: str) -> None:
            steps.append(what)

    resumed = store.build(wanted, PROFILE, Watcher())
    # what was read before the interruption is not read again
    assert ("Lecture de l'extrait" in steps) == (interrupted == "read_pbf")
    assert same(resumed, RoadStore(tmp_path / "ailleurs").build(wanted, PROFILE))


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from assemblier.travel.roads import arrays_folder, storage
from assemblier.travel.roads.profile import road_profile

left = int(sys.argv[3])
write = arrays_folder._write

def dying(path, array):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return write(path, array)

arrays_folder._write = dying
storage.RoadStore(Path(sys.argv[1])).build(Path(sys.argv[2]), road_profile(date(2026, 1, 1)))
"""


@pytest.mark.parametrize("files", [0, 3, 9, 15])
def test_a_killed_build_leaves_the_network_whole(tmp_path, files):
    store = RoadStore(tmp_path)
    before = store.build(extract(tmp_path, 60), PROFILE)
    wanted = extract(tmp_path, 80)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), str(wanted), str(files)],
        env=os.environ,
        check=False,
    )
    assert killed.returncode == 9
    assert same(store.network(), before)
    assert store.check() == []
    assert same(
        store.build(wanted, PROFILE), RoadStore(tmp_path / "ailleurs").build(wanted, PROFILE)
    )


def a_file(store: RoadStore, name: str) -> Path:
    return next(store.folder.glob(f"0*/{name}"))


def test_a_file_cut_short_is_seen_when_the_network_is_opened(tmp_path):
    store = RoadStore(tmp_path)
    store.build(extract(tmp_path), PROFILE)
    path = a_file(store, "graphe/minutes.npy")
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(DataError, match=r"minutes\.npy") as refused:
        store.network()
    assert "assemblier routes construire" in refused.value.problems[0].action
    assert store.check()


@pytest.mark.parametrize("part", ["graphe", "contraction"])
def test_a_changed_byte_is_seen_when_the_network_is_checked(tmp_path, part):
    store = RoadStore(tmp_path)
    store.build(extract(tmp_path), PROFILE)
    path = a_file(store, f"{part}/minutes.npy")
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    (problem,) = store.check()
    assert "modifié" in problem.found


@pytest.mark.parametrize("name", ["reseau.json", "graphe/compte.json"])
def test_a_missing_account_is_a_damage(tmp_path, name):
    store = RoadStore(tmp_path)
    store.build(extract(tmp_path), PROFILE)
    a_file(store, name).unlink()
    with pytest.raises(DataError):
        store.network()
    assert store.check()
    # and building again repairs it
    assert store.build(extract(tmp_path), PROFILE).graph.nodes == 60


def test_other_speeds_make_another_network(tmp_path):
    slower = road_profile(ON, {"vitesse_kmh.primary": [30, 20]}, "essai")
    store = RoadStore(tmp_path)
    one = store.build(extract(tmp_path), PROFILE)
    other = store.build(extract(tmp_path), slower)
    assert one.key != other.key
    assert "vitesse_kmh.primary" in other.profile_texts[-1]
