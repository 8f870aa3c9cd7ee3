"""Five levels: the share reached closes a level, ties stay together, exchanges are checked."""

import datetime as dt

import pytest

from assemblier.errors import InputError
from assemblier.zoning.classes import Niveau
from assemblier.zoning.five_levels import Swap, Zone, by_maxima, five_levels, swap_refusals
from assemblier.zoning.rules import installation_rule

ON = dt.date(2021, 1, 1)
# A hundred zones of one hundredth of the population each: cumulated shares are whole percents.
ZONES = [Zone(f"{rank:03d}", f"Zone {rank}", "84", float(rank), 10.0) for rank in range(1, 101)]


def test_the_zone_that_reaches_a_share_closes_its_level():
    found = five_levels("infirmier", ZONES, ON)
    # Shares of the text: 5.3, 9.4, 36.6, 20.4, 28.3; cuts at 5.3, 14.7, 51.3, 71.7 %.
    assert [round(100 * share) for share in found.shares] == [6, 9, 37, 20, 28]
    assert found.level_of["006"] is Niveau.TRES_SOUS_DOTEE
    assert found.level_of["007"] is Niveau.SOUS_DOTEE
    assert found.maxima == (6.0, 15.0, 52.0, 72.0, 100.0)


def test_zones_of_equal_indicator_are_together():
    zones = [Zone(f"{rank}", "", "84", 50.0, 10.0) for rank in range(10)]
    assert set(five_levels("infirmier", zones, ON).level_of.values()) == {Niveau.TRES_SOUS_DOTEE}


def test_the_printed_maxima_are_in_their_level():
    zones = [
        Zone(str(rank), "", "84", value, 1.0)
        for rank, value in enumerate([58.8, 58.9, 121.3, 171.5, 171.6, 900.0])
    ]
    levels = by_maxima("infirmier", zones, ON).level_of
    assert [levels[str(rank)].rank for rank in range(6)] == [0, 1, 2, 3, 4, 4]


def test_unknown_indicators_and_empty_zones_are_all_said():
    zones = [
        Zone("a", "", "84", None, 1.0),
        Zone("b", "", "84", 2.0, 0.0),
        Zone("b", "", "84", 2, 1),
    ]
    with pytest.raises(InputError) as error:
        five_levels("infirmier", zones, ON)
    assert len(error.value.problems) == 3


def test_a_swap_stays_in_its_band_between_its_levels_and_keeps_shares_stable():
    found = five_levels("infirmier", ZONES, ON)
    pair = [
        Swap("006", Niveau.SOUS_DOTEE, "deux cabinets ouverts"),
        Swap("007", Niveau.TRES_SOUS_DOTEE, "un départ"),
    ]
    assert swap_refusals(found, ZONES, pair, ON) == ()
    alone = swap_refusals(found, ZONES, pair[:1], ON)
    assert len(alone) == 2
    assert all("part stable" in problem.expected for problem in alone)
    far = swap_refusals(found, ZONES, [Swap("015", Niveau.TRES_SOUS_DOTEE, "x")], ON)
    assert "10,3 % du bas" in far[0].expected
    wrong = swap_refusals(found, ZONES, [Swap("030", Niveau.SOUS_DOTEE, "x")], ON)
    assert "intermediaire → sous_dotee" in wrong[0].found


def test_the_very_under_endowed_midwives_are_locked():
    found = five_levels("sage_femme", ZONES, ON)
    (first, *_) = swap_refusals(found, ZONES, [Swap("009", Niveau.TRES_SOUS_DOTEE, "x")], ON)
    assert "sous_dotee → tres_sous_dotee" in first.found


def test_regulation_of_dentists_begins_in_2025():
    level = Niveau.SUR_DOTEE
    before = installation_rule("chirurgien_dentiste", level, dt.date(2024, 12, 31))
    after = installation_rule("chirurgien_dentiste", level, dt.date(2025, 1, 1))
    assert (before.needs_cessation, after.needs_cessation) == (False, True)
    assert (
        installation_rule("chirurgien_dentiste", level, dt.date(2020, 1, 1)).needs_cessation is None
    )
