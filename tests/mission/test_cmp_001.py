"""CMP-001: the legality of a local aid, with a verdict, each failing rule with its text."""

import pytest

from assemblier.aids.legality import State, Verdict
from assemblier.reports.legalite import opinion_document
from assemblier.reports.legalite.opinion import ADVICE
from tests.legality_cases import INSTALLATION, opinion


@pytest.mark.mission("CMP-001")
def test_three_years_with_all_clauses_pass():
    found = opinion(INSTALLATION)
    assert found.verdict is Verdict.LEGALE
    assert {"zone", "forme", "convention", "engagement", "fin de l'aide", "remboursement"} <= {
        one.clause for one in found.findings
    }


@pytest.mark.mission("CMP-001")
@pytest.mark.parametrize(
    ("changes", "clause", "article"),
    [
        ({"convention__parties": ["collectivite", "beneficiaire"]}, "agence régionale de santé",
         "R. 1511-45"),
        ({"zone__classement": "HZ"}, "zone", "L. 1511-8"),
        ({"engagement__annees": 2}, "engagement", "R. 1511-45"),
        ({"clauses__fin_hors_zone": "non"}, "fin de l'aide", "R. 1511-45"),
        ({"clauses__remboursement": "aucun"}, "remboursement", "R. 1511-45"),
        ({"forme": "autre"}, "forme", "R. 1511-44"),
    ],
)  # fmt: skip
def test_each_failing_rule_cites_its_text(changes, clause, article):
    found = opinion(INSTALLATION, **changes)
    assert found.verdict is Verdict.ILLEGALE
    failing = [one for one in found.findings if one.state is State.CONTRAIRE]
    assert [one.clause for one in failing] == [clause]
    assert article in failing[0].law.reference
    assert failing[0].law.since is not None
    assert failing[0].correction


@pytest.mark.mission("CMP-001")
def test_it_says_it_is_not_legal_advice():
    document = opinion_document(opinion(INSTALLATION))
    assert document.summary[-1].text == ADVICE
    assert "pas un avis juridique" in ADVICE
