"""Our minutes by road beside those of Valhalla, on the same extract."""

import numpy as np
import pytest

pytest.importorskip("valhalla", reason="pyvalhalla-weekly n'est pas installé (extra valhalla)")
pytest.importorskip("osmium", reason="osmium n'est pas installé")

from benchmarks.valhalla import compared


@pytest.mark.parametrize(
    ("name", "correlation"), [("andorra", 0.99), ("liechtenstein", 0.93), ("porto", 0.93)]
)
def test_both_agree_but_for_the_speeds(donnees_essai, name, correlation):
    found = compared(donnees_essai / "osm" / f"{name}.osm.pbf", points=30)
    assert found.correlation > correlation
    assert np.isfinite(found.ours).all()
    # slower, in bends and in town, and in no more than the share that routes.md explains
    assert 1.0 < np.median(found.ratios) < 1.6
