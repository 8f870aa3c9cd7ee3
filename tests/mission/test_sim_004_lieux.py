"""SIM-004: which communes are near enough to a centre de santé for its antenna."""

import datetime as dt

import pytest

from assemblier import access, territory
from assemblier.errors import InputError
from assemblier.reports.implantation import implantation_document
from assemblier.reports.terminal import document_text
from assemblier.scenarios.candidates import Candidate
from assemblier.scenarios.siting import Request, Structure, sited
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
ENGINE = chain_engine(ON)
BASE = access.baseline(territory.parse("departement:43"), ON, ENGINE)


@pytest.mark.mission("SIM-004")
def test_the_finder_keeps_the_communes_under_thirty_minutes_of_the_centre() -> None:
    perimeter = territory.parse("departement:43")
    request = Request(Structure.ANTENNE, count=3, centre="43040")
    found = sited(perimeter, BASE, ENGINE, ON, request)
    minutes = ENGINE.times(["43040"], perimeter.codes, 60.0).minutes.toarray().ravel()
    near = {
        code
        for code, one in zip(perimeter.codes, minutes.tolist(), strict=True)
        if 0 < one < 30 or code == "43040"
    }
    assert found.reach is not None
    allowed = {
        one.code_commune for k, one in enumerate(found.candidates) if k not in found.reach.away
    }
    assert allowed == near
    assert {found.candidates[k].code_commune for k in found.choice.chosen} <= near
    told = document_text(implantation_document(found, ON))
    assert "30 minutes ou plus, hors du choix" in told
    assert "Décret n° 2018-143" in told


@pytest.mark.mission("SIM-004")
def test_a_centre_without_an_antenna_or_without_a_place_near_is_refused() -> None:
    perimeter = territory.parse("departement:43")
    with pytest.raises(InputError, match="--centre"):
        sited(perimeter, BASE, ENGINE, ON, Request(Structure.MSP, centre="43040"))
    far = Request(Structure.ANTENNE, candidates=(Candidate("43020"),), centre="43040")
    with pytest.raises(InputError, match="minutes du centre"):
        sited(perimeter, BASE, ENGINE, ON, far)
