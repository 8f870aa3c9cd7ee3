"""OBS-001: two gauges, spatial and temporal; neither hides the other."""

from datetime import date

import numpy as np
import pytest

from assemblier.diagnosis.gauges import flags, spatial_threshold, temporal_threshold, two_gauges
from assemblier.diagnosis.remoteness import Communes, remoteness
from assemblier.figures import Nature
from assemblier.territory import parse
from assemblier.travel import crow_fly_model
from assemblier.travel.roads.engine import engine_on
from assemblier.travel.roads.profile import road_profile
from assemblier.travel.roads.storage import RoadStore
from tests.roads import network_of

ON = date(2024, 1, 1)


def alerts(communes: Communes) -> dict[str, tuple[bool | None, bool | None]]:
    """The two flags of each commune, by the engine of the gauges."""
    found = remoteness(communes, crow_fly_model(ON), 20)
    thresholds = spatial_threshold(ON), temporal_threshold(ON)
    return {
        code: flags(found.minutes[row], found.inhabitants_per_practitioner[row], *thresholds)
        for row, code in enumerate(communes.codes)
    }


@pytest.mark.mission("OBS-001")
def test_near_but_saturated_is_temporal_only_and_remote_with_few_patients_is_spatial_only():
    # two valleys 150 km apart: one doctor for 5 000 people; one for 300, 8 km from a hamlet
    found = alerts(
        Communes(
            ("bourg", "faubourg", "village", "hameau"),
            np.array([[3.0, 45.0], [3.02, 45.0], [5.0, 45.0], [5.1, 45.0]]),
            np.array([4000.0, 1000.0, 250.0, 50.0]),
            np.array([1.0, 0.0, 1.0, 0.0]),
        )
    )
    assert found["faubourg"] == (False, True)
    assert found["hameau"] == (True, False)
    assert found["village"] == (False, False)


@pytest.mark.mission("OBS-001")
def test_haute_loire_has_communes_in_alert_on_one_axis_on_the_other_and_on_both():
    gauges = two_gauges(parse("departement:43"), ON)
    assert len(gauges.communes) == 257
    groups = {
        (spatial, temporal): len(gauges.flagged(spatial=spatial, temporal=temporal))
        for spatial in (True, False)
        for temporal in (True, False)
    }
    assert sum(groups.values()) == 257
    assert all(groups.values())
    by_name = {commune.nom: commune for commune in gauges.communes}
    # Saugues has its doctor, for more than four thousand inhabitants around.
    saugues = by_name["Saugues"]
    assert (saugues.is_spatial_alert, saugues.is_temporal_alert) == (False, True)
    assert saugues.minutes.value == 0


@pytest.mark.mission("OBS-001")
def test_each_gauge_says_what_it_is_in_plain_words_with_its_threshold_and_companions():
    gauges = two_gauges(parse('commune:"Le Puy-en-Velay"'), ON)
    assert gauges.spatial.figure.nature is Nature.ESTIME
    assert gauges.spatial.threshold.value == 10
    assert gauges.temporal.threshold.value == 2160
    for reading in (gauges.spatial, gauges.temporal):
        assert reading.threshold.reason in reading.gloss
        assert [name for name, _ in reading.companions] == [
            "Haute-Loire",
            "Auvergne-Rhône-Alpes",
            "France",
        ]
        here, region, france = (figure for _, figure in reading.companions)
        assert here.is_known
        assert "Base permanente des équipements" in region.missing
        assert "Base permanente des équipements" in france.missing


@pytest.mark.mission("OBS-001")
def test_an_unknown_supply_that_is_nearer_makes_the_distance_an_upper_bound():
    gauges = two_gauges(parse("departement:43"), ON)
    bounded = [commune for commune in gauges.communes if commune.minutes.note]
    assert 0 < len(bounded) < 257
    assert all(commune.minutes.note.startswith("Au plus") for commune in bounded)
    assert "Au plus" in gauges.spatial.figure.note


@pytest.mark.mission("OBS-001")
def test_elsewhere_both_gauges_name_the_file_that_would_fill_them():
    gauges = two_gauges(parse("departement:63"), ON)
    for reading in (gauges.spatial, gauges.temporal):
        assert reading.is_alert is None
        assert "Base permanente des équipements" in reading.figure.missing


@pytest.mark.mission("OBS-001")
def test_the_spatial_gauge_follows_the_roads_and_says_so(tmp_path):
    pytest.importorskip("osmium", reason="osmium n'est pas installé")
    here = parse("departement:43")

    def gauges(limit: str):
        path = network_of(here.codes, tmp_path / f"{limit}.osm.pbf", {"maxspeed": limit})
        store = RoadStore(tmp_path / limit)
        return two_gauges(here, ON, engine_on(store.build(path, road_profile(ON)), ON))

    slow, fast = gauges("30"), gauges("90")
    for found in (slow, fast):
        assert "OpenStreetMap" in str(found.spatial.figure.provenance)
        assert found.spatial.figure.nature is Nature.ESTIME
        by_name = {commune.nom: commune for commune in found.communes}
        # a practitioner on the spot is at no distance, whatever the roads
        assert by_name["Saugues"].minutes.value == 0
        assert by_name["Saugues"].is_spatial_alert is False
    # three times slower: farther on average, and more communes in alert on this axis
    assert slow.spatial.figure.value > 2 * fast.spatial.figure.value
    assert slow.spatial.communes_in_alert.value > fast.spatial.communes_in_alert.value
    remote = [c for c in slow.communes if c.is_spatial_alert and c.is_temporal_alert is False]
    saturated = [c for c in slow.communes if c.is_temporal_alert and c.is_spatial_alert is False]
    assert remote
    assert saturated
