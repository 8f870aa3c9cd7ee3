"""Minutes by road between communes: coverage, provenance, what is kept, the command line."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assemblier import territory
from assemblier.cli.program import run
from assemblier.errors import DataError, InputError, UnavailableError
from assemblier.figures import Nature
from assemblier.travel import RoadEngine, StoredEngine, chosen_engine, covering_roads
from assemblier.travel.roads.engine import (
    engine_on,
    require_coverage,
    road_engine,
    share_off_road,
)
from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.storage import RoadStore
from tests.roads import line, network_of, write_extract

pytest.importorskip("osmium", reason="osmium n'est pas installé")

ON = date(2026, 1, 1)
HAUTE_LOIRE = territory.parse("departement:43")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A data folder with the network of the communes of Haute-Loire."""
    place = tmp_path_factory.mktemp("routes")
    path = network_of(HAUTE_LOIRE.codes, place / "haute-loire.osm.pbf")
    RoadStore(place).build(path, road_profile(ON))
    return place


@pytest.fixture(scope="module")
def engine(folder) -> RoadEngine:
    return engine_on(RoadStore(folder).network(), ON)


def test_minutes_come_with_their_roads_their_date_and_their_licence(engine):
    times = engine.times(HAUTE_LOIRE.codes, HAUTE_LOIRE.codes, 20)
    assert times.minutes.nnz > 2000
    assert times.minutes.data.max() <= 20
    assert times.nature is Nature.ESTIME
    assert "haute-loire.osm.pbf" in times.method
    assert "2 janvier 2026" in times.method
    source = times.provenance.sources[0]
    assert source.producer == "© les contributeurs d'OpenStreetMap, ODbL"
    assert source.licence == "ODbL 1.0"
    assert any("non confirmé" in text for text in times.provenance.parameters)


def test_a_commune_off_the_network_reaches_only_itself(engine):
    times = engine.times(["43157", "75101", "29155"], ["29155", "43157"], 60)
    assert times.minutes.toarray()[2, 0] == 0
    assert sorted(zip(*times.minutes.nonzero(), strict=True)) == []
    assert times.minutes.nnz == 2


def test_times_inside_a_commune_are_those_of_the_parameter(engine):
    from dataclasses import replace

    slower = replace(engine, minutes_inside=4.0)
    assert slower.times(["43157"], ["43157"], 20).minutes[0, 0] == 4
    assert slower.times(["43157"], ["43157"], 3).minutes.nnz == 0
    assert slower.key != engine.key


def test_a_territory_off_the_map_is_refused_with_its_share(engine):
    here = territory.parse("departement:43").codes
    require_coverage(engine, here, ON)
    elsewhere = territory.parse("departement:29").codes
    assert share_off_road(engine, elsewhere) == 1
    with pytest.raises(InputError, match="de la population du territoire est hors"):
        require_coverage(engine, elsewhere, ON)
    half = (*here, *elsewhere)
    people = [territory.index().population[territory.index().positions(c)].sum()
              for c in (here, elsewhere)]  # fmt: skip
    assert share_off_road(engine, half) == pytest.approx(people[1] / sum(people))


def test_the_name_chooses_the_engine(folder, tmp_path):
    store = RoadStore(folder)
    found = chosen_engine("routes", ON, HAUTE_LOIRE.codes, store)
    assert isinstance(found, StoredEngine)
    assert "Mairies du territoire" in found.times(["43157"], ["43157"], 20).method
    assert isinstance(covering_roads(ON, HAUTE_LOIRE.codes, store), StoredEngine)
    assert covering_roads(ON, ["29155"], store) is None
    assert covering_roads(ON, ["43157"], RoadStore(tmp_path)) is None
    with pytest.raises(UnavailableError):
        chosen_engine("routes", ON, ["43157"], RoadStore(tmp_path))
    with pytest.raises(InputError, match="ni un modèle ni un fichier"):
        chosen_engine("route", ON, ["43157"])


class Counting:
    """An engine that says which places it was asked for."""

    def __init__(self, engine: RoadEngine) -> None:
        self._engine, self.asked = engine, []
        self.key, self.method, self.provenance = engine.key, engine.method, engine.provenance

    def times(self, homes, places, cutoff_minutes):
        self.asked.append(tuple(places))
        return self._engine.times(homes, places, cutoff_minutes)


def test_a_matrix_is_kept_and_only_a_new_place_is_searched(engine, tmp_path):
    homes, counting = HAUTE_LOIRE.codes, Counting(engine)
    stored = StoredEngine(counting, tmp_path)
    first = stored.times(homes, ["43157", "43040"], 20)
    again = StoredEngine(counting, tmp_path).times(homes, ["43040", "43157"], 20)
    assert counting.asked == [("43157", "43040")]
    assert (first.minutes[:, [1, 0]] != again.minutes).nnz == 0
    more = stored.times(homes, ["43234", "43157"], 20)
    assert counting.asked[1:] == [("43234",)]
    direct = engine.times(homes, ["43234", "43157"], 20)
    assert np.array_equal(more.minutes.toarray(), direct.minutes.toarray())
    assert more.minutes.nnz == direct.minutes.nnz
    assert more.provenance == direct.provenance
    assert stored.kept_places(homes, 20) == ("43157", "43040", "43234")


def test_another_cutoff_other_homes_or_another_network_are_searched_again(engine, tmp_path):
    from dataclasses import replace

    counting = Counting(engine)
    stored = StoredEngine(counting, tmp_path)
    stored.times(["43157"], ["43040"], 20)
    stored.times(["43157"], ["43040"], 30)
    stored.times(["43040"], ["43040"], 20)
    other = Counting(replace(engine, network=replace(engine.network, key="autre")))
    StoredEngine(other, tmp_path).times(["43157"], ["43040"], 20)
    assert len(counting.asked) == 3
    assert len(other.asked) == 1


def test_a_damaged_matrix_is_searched_again(engine, tmp_path):
    counting = Counting(engine)
    stored = StoredEngine(counting, tmp_path)
    first = stored.times(["43157", "43040"], ["43040"], 20)
    for path in tmp_path.glob("trajets/*/data.npy"):
        path.write_bytes(b"")
    again = stored.times(["43157", "43040"], ["43040"], 20)
    assert len(counting.asked) == 2
    assert (first.minutes != again.minutes).nnz == 0


@pytest.fixture
def own_folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path / "donnees"))
    return tmp_path


def test_a_road_based_indicator_in_three_commands(own_folder, capsys):
    codes = [*HAUTE_LOIRE.codes, *territory.neighbours(HAUTE_LOIRE.codes)]
    path = network_of(codes, own_folder / "region.osm.pbf")
    assert run(["routes", "construire", str(path)]) == 0
    built = capsys.readouterr().out
    assert "© les contributeurs d'OpenStreetMap, ODbL" in built
    assert run(["routes"]) == 0
    assert "2\u00a0janvier\u00a02026" in capsys.readouterr().out.replace(" ", "\u00a0")
    assert run(["apl", "departement:43", "--trajets", "routes"]) == 0
    by_road = capsys.readouterr().out
    assert "region.osm.pbf" in by_road
    # without the option, the roads that cover the territory are used too
    assert run(["apl", "departement:43"]) == 0
    assert capsys.readouterr().out == by_road
    for extension in ("csv", "geojson", "json", "html"):
        told = own_folder / f"apl.{extension}"
        assert run(["apl", "departement:43", "-o", str(told)]) == 0
        assert "contributeurs d'OpenStreetMap" in told.read_text("utf-8").replace("&#39;", "'")
    capsys.readouterr()
    assert run(["apl", "departement:43", "--trajets", "vol_oiseau"]) == 0
    assert "region.osm.pbf" not in capsys.readouterr().out
    assert run(["routes", "verifier"]) == 0
    assert run(["routes", "oublier"]) == 0
    assert run(["routes", "oublier"]) == 1
    assert not list((own_folder / "donnees").glob("trajets/*"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["apl", "departement:43", "--trajets", "routes"], "assemblier routes construire"),
        (["apl", "departement:43", "--trajets", "autoroute"], "ni un modèle ni un fichier"),
        (["fiche", "43157", "--trajets", "routes"], "assemblier routes construire"),
        (["panorama", "commune:43157", "--trajets", "routes"], "assemblier routes construire"),
        (["routes", "construire", "absent.osm.pbf"], "illisible"),
    ],
)
def test_bad_input_is_told_with_status_2(own_folder, capsys, arguments, said):
    assert run(arguments) == 2
    assert said in capsys.readouterr().err.replace("\n", " ")
    assert not list(own_folder.rglob("*.npy"))


def test_a_sheet_says_the_minutes_of_the_roads(own_folder, capsys):
    path = network_of(HAUTE_LOIRE.codes, own_folder / "region.osm.pbf")
    assert run(["routes", "construire", str(path)]) == 0
    assert run(["fiche", "43001", "-o", str(own_folder / "fiche.docx")]) == 0
    assert (own_folder / "fiche.docx").stat().st_size > 1000


def test_an_extract_that_does_not_cover_the_territory(own_folder, capsys):
    path = write_extract(
        own_folder / "mer.osm.pbf", line(3), {1: ([1, 2, 3], {"highway": "primary"})}
    )
    assert run(["routes", "construire", str(path)]) == 0
    capsys.readouterr()
    assert run(["apl", "departement:43", "--trajets", "routes"]) == 2
    assert "de la population du territoire est hors de la carte" in capsys.readouterr().err
    # nothing was asked: the usual model serves
    assert run(["apl", "departement:43"]) == 0
    assert "mer.osm.pbf" not in capsys.readouterr().out


def test_a_wrong_profile_is_refused(own_folder, capsys):
    path = network_of(["43157", "43040"], own_folder / "a.osm.pbf")
    wrong = own_folder / "profil.yaml"
    wrong.write_text("classes: [primary, busway]\nrangs: [0, 1]\n", encoding="utf-8")
    assert run(["routes", "construire", str(path), "--profil", str(wrong)]) == 2
    assert "vitesse_kmh.busway" in capsys.readouterr().err
    assert not RoadStore().is_present()


def test_a_damaged_network_is_told(own_folder):
    path = network_of(HAUTE_LOIRE.codes, own_folder / "a.osm.pbf")
    store = RoadStore()
    store.build(path, road_profile(ON))
    next(store.folder.glob("0*/graphe/head.npy")).write_bytes(b"")
    with pytest.raises(DataError):
        covering_roads(ON, HAUTE_LOIRE.codes)
    assert run(["routes", "verifier"]) == 2


def test_scores_by_road_are_moved_by_longer_and_shorter_trips(own_folder, capsys):
    path = network_of(HAUTE_LOIRE.codes, own_folder / "a.osm.pbf")
    RoadStore().build(path, road_profile(ON))
    assert run(["apl", "departement:43", "--trajets", "routes", "--sensibilite"]) == 0
    assert "Temps de trajet" in capsys.readouterr().out


def test_town_halls_are_placed_once_and_again_for_another_network(own_folder, monkeypatch):
    from assemblier.travel.roads import engine as engine_module

    asked = []
    snap = engine_module.snap

    def counting(*given):
        asked.append(1)
        return snap(*given)

    monkeypatch.setattr(engine_module, "snap", counting)
    store = RoadStore()
    store.build(network_of(HAUTE_LOIRE.codes, own_folder / "a.osm.pbf"), road_profile(ON))
    first = road_engine(ON, store)
    again = road_engine(ON, store)
    assert len(asked) == 1
    assert np.array_equal(first.snapped.tail, again.snapped.tail)
    store.build(network_of(HAUTE_LOIRE.codes[:50], own_folder / "b.osm.pbf"), road_profile(ON))
    assert road_engine(ON, store).snapped.is_placed.sum() < first.snapped.is_placed.sum()
    assert len(asked) == 2
