from datetime import date

import pytest

from assemblier.diagnosis.gauges import two_gauges
from assemblier.figures import Nature
from assemblier.territory import parse

ON = date(2024, 1, 1)


def test_the_departement_is_people_over_practitioners() -> None:
    temporal = two_gauges(parse("departement:43"), ON).temporal.figure
    assert temporal.value == pytest.approx(228_654 / 238)
    assert temporal.numerator is not None
    assert temporal.denominator is not None
    assert (temporal.numerator.value, temporal.denominator.value) == (228_654, 238)


def test_a_commune_without_a_practitioner_is_read_in_the_catchment_of_the_nearest_one() -> None:
    found = two_gauges(parse("commune:43015"), ON)
    commune = found.communes[0]
    assert commune.nom == "Auvers"
    assert commune.nearest != "Auvers"
    assert found.temporal.figure == commune.per_practitioner
    assert found.temporal.figure.nature is Nature.ESTIME
    assert found.spatial.figure.value == pytest.approx(commune.minutes.value)


def test_alerts_are_counted_with_their_inhabitants_and_said() -> None:
    found = two_gauges(parse("departement:43"), ON)
    over = [commune for commune in found.communes if commune.is_spatial_alert]
    assert found.spatial.communes_in_alert.value == len(over) == 78
    assert f"{len(over)} communes" in found.spatial.gloss
    assert found.spatial.inhabitants_in_alert.known_value() < 20_000


def test_a_practitioner_on_the_spot() -> None:
    found = two_gauges(parse("commune:43157"), ON)
    assert found.spatial.gloss.startswith("Un généraliste au moins exerce sur place.")
    assert "C'est le cas" not in found.spatial.gloss


def test_a_scale_always_holds_the_value_and_the_threshold() -> None:
    for expression in ("departement:43", "commune:43234", "commune:43157"):
        found = two_gauges(parse(expression), ON)
        for reading in (found.spatial, found.temporal):
            assert reading.low <= reading.figure.known_value() <= reading.high
            assert reading.threshold.value < reading.high


def test_a_region_of_which_one_departement_is_known_is_not_available() -> None:
    found = two_gauges(parse("region:84"), ON)
    assert not found.spatial.figure.is_known
    assert not found.temporal.figure.is_known
    assert not found.spatial.communes_in_alert.is_known
    assert sum(commune.minutes.is_known for commune in found.communes) == 257
