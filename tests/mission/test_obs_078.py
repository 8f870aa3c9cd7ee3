"""OBS-078: health and social care on one and the same perimeter, whatever it is made of."""

import datetime as dt

import pytest

from assemblier.reports.panorama.context import context_sections
from assemblier.reports.panorama.scope import Scope
from assemblier.territory import parse
from tests.stores import put

HOSPITAL, HOME = "355", "500"


@pytest.fixture
def registered(tmp_path, monkeypatch):
    """In each commune of Haute-Loire a hospital and a home for elderly people."""
    monkeypatch.setenv("ASSEMBLIER_DONNEES", str(tmp_path))
    rows = [
        {"finess": f"{n}{code}000", "nom": f"Lieu {n} de {code}", "categorie": category,
         "libelle_categorie": label, "code_commune": code}
        for code in parse("departement:43").codes
        for n, (category, label) in enumerate(((HOSPITAL, "Hôpital"), (HOME, "EHPAD")), 1)
    ]  # fmt: skip
    put(tmp_path, "etablissements", rows, "finess-etablissements", "2026-03-01")


@pytest.mark.mission("OBS-078")
@pytest.mark.parametrize(
    "chosen", ["epci:200073419", "epci:200073419+commune:43040", "commune:43157", "departement:43"]
)
def test_one_perimeter_for_both_panels(registered, chosen):
    perimeter = parse(chosen)
    (section,) = context_sections(Scope(perimeter, dt.date(2026, 4, 1)))
    said, table = section.blocks
    counts = {row[1]: row[2] for row in table.rows if row[2]}
    assert counts == {"Hôpital": len(perimeter.codes), "EHPAD": len(perimeter.codes)}
    assert "un seul et même périmètre" in said.text
    assert str(len(perimeter.codes)) in said.text


@pytest.mark.mission("OBS-078")
def test_a_perimeter_drawn_for_both_is_the_union_of_theirs(registered):
    health, social = parse("epci:200073419"), parse("epci:200073419+commune:43040")
    both = parse(f"{health.expression}+{social.expression}")
    assert set(both.codes) == set(health.codes) | set(social.codes)
    (section,) = context_sections(Scope(both, dt.date(2026, 4, 1)))
    assert {row[2] for row in section.blocks[1].rows if row[2]} == {len(both.codes)}
