"""Acts: two acts, two answers; nothing carried back; every overlap said at once."""

import datetime as dt
from dataclasses import replace

import pytest

from assemblier.errors import DataError
from assemblier.zoning.acts import Acte, Register
from assemblier.zoning.classes import MEDECIN, Niveau, Zonage, zone_of
from assemblier.zoning.comparison import compare, effects, quarter_moves

OLD = Acte(
    "aura-2018",
    "84",
    MEDECIN,
    dt.date(2018, 5, 10),
    dt.date(2018, 6, 1),
    "arrêté engendré de 2018",
    "zones-2018.csv",
    {"43157": Zonage.HZ, "43234": Zonage.ZAC},
)
NEW = replace(
    OLD,
    key="aura-2022",
    since=dt.date(2022, 2, 1),
    reference="arrêté engendré de 2022",
    zones={"43157": Zonage.ZAC, "43234": Zonage.ZIP},
    quarters={"QP043001": Zonage.ZIP},
)


def test_two_acts_two_answers_and_the_day_itself():
    known = Register([NEW, OLD])
    before = known.zone_at("43234", "84", MEDECIN, dt.date(2022, 1, 31))
    after = known.zone_at("43234", "84", MEDECIN, dt.date(2022, 2, 1))
    assert (before.zone, before.act.reference) == (Zonage.ZAC, "arrêté engendré de 2018")
    assert (after.zone, after.act.reference) == (Zonage.ZIP, "arrêté engendré de 2022")
    assert before.note.startswith("Révision attendue depuis le 01/06/2021")
    assert after.note == ""


@pytest.mark.parametrize(
    ("commune", "region", "profession", "day", "said"),
    [
        ("43234", "84", MEDECIN, dt.date(2018, 5, 31), "le premier est du 01/06/2018"),
        ("43234", "53", MEDECIN, dt.date(2022, 5, 31), "Aucun acte connu (Bretagne, médecins)"),
        (
            "43234",
            "84",
            "infirmier",
            dt.date(2022, 5, 31),
            "Aucun acte connu (Auvergne-Rhône-Alpes, infirmiers)",
        ),
        ("43112", "84", MEDECIN, dt.date(2022, 5, 31), "ne nomme pas la commune"),
    ],
)
def test_outside_known_acts_the_zone_is_asked_for(commune, region, profession, day, said):
    answer = Register([OLD, NEW]).zone_at(commune, region, profession, day)
    assert answer.zone is None
    assert said in answer.note


def test_an_act_that_ended_leaves_a_gap():
    ended = replace(OLD, until=dt.date(2021, 12, 31))
    known = Register([ended, NEW])
    assert known.act_at("84", MEDECIN, dt.date(2022, 1, 15)) is None
    assert known.act_at("84", MEDECIN, dt.date(2021, 12, 31)) is ended


def test_overlaps_bad_dates_and_double_keys_are_all_said():
    long = replace(OLD, until=dt.date(2022, 2, 1))
    backward = replace(NEW, key="aura-2018", profession="infirmier", until=dt.date(2020, 1, 1))
    with pytest.raises(DataError) as error:
        Register([long, NEW, backward])
    said = " | ".join(f"{one.where} {one.found}" for one in error.value.problems)
    assert "deux fois" in said
    assert "avant le début" in said
    assert "en vigueur ensemble" in said


def test_a_quarter_has_its_zone_or_that_of_its_commune():
    known = Register([NEW])
    day = dt.date(2022, 3, 1)
    assert known.zone_of_quarter("QP043001", "43157", "84", day).zone is Zonage.ZIP
    other = known.zone_of_quarter("QP043002", "43157", "84", day)
    assert other.zone is Zonage.ZAC
    assert "suit sa commune" in other.note


def test_an_ambiguous_join_is_said_not_guessed():
    known = Register([replace(NEW, ambiguous={"43157": ("ZAC", "ZIP")})])
    answer = known.zone_at("43157", "84", MEDECIN, dt.date(2022, 3, 1))
    assert answer.zone is None
    assert "plusieurs zones" in answer.note


def test_comparing_counts_communes_and_inhabitants_and_says_what_opens():
    found = compare(OLD.zones, NEW.zones, {"43157": 18540, "43234": 1700})
    assert len(found.changed) == 2
    assert found.inhabitants_changed == 20240
    up = effects(Zonage.ZAC, Zonage.ZIP, MEDECIN, dt.date(2022, 2, 1))
    assert any("COSCOM" in aid.label for aid in up.opened)
    assert up.ended == ()
    down = effects(Zonage.ZIP, Zonage.HZ, MEDECIN, dt.date(2022, 2, 1))
    assert len(down.ended) > len(up.opened)
    levels = effects(Niveau.TRES_DOTEE, Niveau.SUR_DOTEE, "infirmier", dt.date(2022, 2, 1))
    assert "cessation" in levels.opened[0].label
    named = effects(
        Niveau.SOUS_DOTEE, Niveau.TRES_SOUS_DOTEE, "chirurgien_dentiste", dt.date(2025, 6, 1)
    )
    assert [aid.key for aid in named.opened] == ["aides_conventionnelles", "caicd", "camcd"]
    assert named.opened[1].is_to_check


def test_quarters_that_change_are_told_apart():
    before, after = {"QP1": Zonage.ZIP, "QP2": Zonage.ZAC}, {"QP2": Zonage.ZAC, "QP3": Zonage.ZIP}
    moves = quarter_moves(before, after)
    assert [(one.quarter, one.before, one.after) for one in moves] == [
        ("QP1", Zonage.ZIP, None),
        ("QP3", None, Zonage.ZIP),
    ]


def test_zones_are_read_as_people_write_them():
    assert zone_of("zip") is Zonage.ZIP
    assert zone_of("Hors vivier") is Zonage.HZ
    assert zone_of("non prioritaire", "chirurgien_dentiste") is Niveau.SUR_DOTEE
