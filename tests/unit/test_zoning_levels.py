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


# --- shares that no text that was read says: dentists


def test_dentists_have_the_levels_the_texts_say_and_the_others_lie_between():
    found = five_levels("chirurgien_dentiste", ZONES, dt.date(2024, 6, 1))
    assert found.wanted == (30.0, None, None, None, 5.0)
    assert found.shares == (pytest.approx(0.3), None, None, None, pytest.approx(0.05))
    assert found.level_of["030"] is Niveau.TRES_SOUS_DOTEE
    assert found.between["031"] == (Niveau.SOUS_DOTEE, Niveau.TRES_DOTEE)
    assert found.between["095"] == (Niveau.SOUS_DOTEE, Niveau.TRES_DOTEE)
    assert found.level_of["096"] is Niveau.SUR_DOTEE
    assert len(found.level_of) + len(found.between) == len(ZONES)


def test_shares_given_in_a_file_settle_what_they_can():
    day = dt.date(2024, 6, 1)
    some = five_levels("chirurgien_dentiste", ZONES, day, (None, 10.0, None, None, None))
    assert some.level_of["040"] is Niveau.SOUS_DOTEE
    assert some.between["041"] == (Niveau.INTERMEDIAIRE, Niveau.TRES_DOTEE)
    whole = five_levels("chirurgien_dentiste", ZONES, day, (None, 10.0, 45.0, 10.0, None))
    assert not whole.between
    assert [round(100 * share) for share in whole.shares] == [30, 10, 45, 10, 5]
    with pytest.raises(InputError, match="105,0 %"):
        five_levels("chirurgien_dentiste", ZONES, day, (None, 70.0, None, None, None))
    with pytest.raises(InputError, match="95,0 %"):
        five_levels("chirurgien_dentiste", ZONES, day, (None, 10.0, 40.0, 10.0, None))


def test_an_agency_extends_the_first_level_of_dentists_within_ten_percent():
    day = dt.date(2024, 6, 1)
    found = five_levels("chirurgien_dentiste", ZONES, day)
    added = [Swap(f"{rank:03d}", Niveau.TRES_SOUS_DOTEE, "cabinet fermé") for rank in range(31, 41)]
    assert swap_refusals(found, ZONES, added, day) == ()
    more = [*added, Swap("041", Niveau.TRES_SOUS_DOTEE, "cabinet fermé")]
    (refused,) = swap_refusals(found, ZONES, more, day)
    assert refused.found.startswith("11,0 % de sa population")
    wrong = swap_refusals(found, ZONES, [Swap("030", Niveau.TRES_SOUS_DOTEE, "x")], day)
    assert "à y ajouter" in wrong[0].expected


def test_the_maxima_of_a_profession_without_any_are_refused():
    with pytest.raises(InputError, match="chirurgien_dentiste"):
        by_maxima("chirurgien_dentiste", ZONES, dt.date(2024, 6, 1))
