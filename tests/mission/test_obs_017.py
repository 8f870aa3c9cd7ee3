"""OBS-017: % change between two dates by EPCI; from 0 it is « n.c. », not infinite."""

import pytest

from assemblier.diagnosis.equipment_evolution import equipment_evolution
from assemblier.diagnosis.evolution import Trend, evolution
from assemblier.diagnosis.local import equipment_of
from assemblier.figures import Figure, Source
from assemblier.territory import epci_within, parse


def count(value):
    return Figure("médecins généralistes", value)


@pytest.mark.mission("OBS-017")
@pytest.mark.parametrize(
    ("before", "after", "text", "trend", "sign"),
    [
        (4, 5, "+25,0 %", Trend.GAIN, "+"),
        (4, 2, "−50,0 %", Trend.LOSS, "−"),
        (4, 4, "0,0 %", Trend.NONE, "="),
        (0, 3, "n.c.", Trend.GAIN, "+"),
    ],
)
def test_signs_colours_and_base_zero(before, after, text, trend, sign):
    found = evolution("x", count(before), count(after))
    assert found.text.replace("\u202f", " ") == text
    assert (found.trend, found.trend.sign) == (trend, sign)


@pytest.mark.mission("OBS-017")
def test_gains_and_losses_do_not_share_a_colour():
    assert len({trend.colour for trend in Trend}) == 3


@pytest.mark.mission("OBS-017")
def test_haute_loire_against_an_earlier_census_the_user_brings():
    departement = parse("departement:43")
    now = dict(
        zip(departement.codes, equipment_of(departement.codes, "medecin_generaliste"), strict=True)
    )
    smallest = min(epci_within(departement), key=lambda epci: sum(now[c] for c in epci.codes))
    # one doctor fewer in Le Puy than today, two more in Saugues, nobody in one EPCI
    earlier = {**now, "43157": now["43157"] - 1, "43234": now["43234"] + 2}
    earlier |= dict.fromkeys(smallest.codes, 0.0)
    source = Source("bpe-ancienne", "Insee", "Base permanente des équipements", "BPE 2021")
    found = {
        change.territory: change
        for change in equipment_evolution(departement, "medecin_generaliste", earlier, source)
    }
    assert len(found) == 11
    assert found["CA du Puy-en-Velay"].trend is Trend.GAIN
    assert found["CA du Puy-en-Velay"].change.value == 1
    assert found["CC des Rives du Haut Allier"].trend is Trend.LOSS
    assert found["CC des Rives du Haut Allier"].change.value == -2
    assert found[smallest.nom].text == "n.c."
    assert found["CC des Sucs"].trend is Trend.NONE


@pytest.mark.mission("OBS-017")
def test_without_an_earlier_census_the_change_names_the_file():
    for change in equipment_evolution(parse("departement:43"), "medecin_generaliste"):
        assert change.text == "non disponible"
        assert "millésime antérieur" in change.percent.missing
