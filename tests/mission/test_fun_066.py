"""FUN-066: a commune that gives alone is advised a wider level, with its neighbours' figures."""

import pytest

from assemblier.aids.legality import State, Verdict
from assemblier.reports.legalite import opinion_document
from tests.legality_cases import INSTALLATION, opinion


@pytest.mark.mission("FUN-066")
def test_a_commune_is_advised_the_intercommunal_or_departmental_level():
    found = opinion(INSTALLATION, donneur__nature="commune")
    assert found.verdict is Verdict.LEGALE
    advice = found.of("niveau")
    assert advice.state is State.CONSEIL
    assert "le niveau intercommunal ou départemental" in advice.sentence
    assert "concertation" in advice.sentence
    clauses = {one.clause for one in opinion(INSTALLATION).findings}
    assert "niveau" not in clauses


@pytest.mark.mission("FUN-066")
def test_the_neighbours_aids_are_listed():
    neighbours = [{"nom": "Commune voisine", "montant": "8 000 €"}]
    found = opinion(INSTALLATION, voisins=neighbours).of("surenchère")
    assert found.state is State.AVERTISSEMENT
    assert "Commune voisine : 8\u202f000\u00a0€" in found.sentence


@pytest.mark.mission("FUN-066")
def test_the_report_shows_the_aids_the_guide_cites_with_their_source():
    from assemblier.aids.legality import Domaine

    document = opinion_document(opinion(INSTALLATION), Domaine.INSTALLATION)
    (table,) = [one for one in document.tables() if one.key == "exemples"]
    assert {"Département de l'Oise", "Département de Paris"} <= {row[0] for row in table.rows}
    assert {source.vintage for source in table.provenance.sources} == {"2019"}
