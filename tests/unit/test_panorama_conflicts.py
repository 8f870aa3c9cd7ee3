"""A commune two sources disagree about: said on the first page, and in what is counted."""

import datetime as dt

from assemblier import access, territory
from assemblier.diagnosis import bands, conflicts, local
from assemblier.reports.document import Finding
from assemblier.reports.panorama.access import contradicted
from assemblier.reports.panorama.scope import Scope
from assemblier.reports.panorama.summary import _access
from assemblier.scenarios.siting import Request, Structure, sited
from assemblier.travel import chain_engine

ON = dt.date(2026, 11, 22)
HAUTE_LOIRE = territory.parse("departement:43")


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_first_page_tells_the_conflict_and_whom_the_counts_include() -> None:
    blocks = _access(Scope(HAUTE_LOIRE, ON))
    told = plain(" ".join(one.text for one in blocks if isinstance(one, Finding)))
    assert "Saugues : l'APL 2024 publiée est 0,00, mais au moins un généraliste" in told
    assert "ces 1 652 habitants : 35 324 habitants sous 2,5 sans eux" in told


def test_the_panorama_and_a_siting_start_from_the_same_inhabitants() -> None:
    published = local.published_apl(HAUTE_LOIRE)
    counts = bands.band_counts(published, 2024)
    under = counts.counters[1].inhabitants
    people = conflicts.inhabitants_in_conflict(published, 2024)
    engine = chain_engine(ON)
    base = access.baseline(HAUTE_LOIRE, ON, engine)
    found = sited(HAUTE_LOIRE, base, engine, ON, Request(Structure.MSP))
    network = found.network
    assert conflicts.without_conflict(under, people).value == network.people[network.lacks].sum()


def test_a_territory_without_a_conflict_says_nothing_of_it() -> None:
    published = local.published_apl(territory.parse("commune:43157"))
    assert contradicted(published, bands.band_counts(published, 2024)) == ()
