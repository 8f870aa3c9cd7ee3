"""FUN-029: the four domains of local aid, each as Annex I of the guide has it."""

import pytest

from assemblier.aids.legality import State, Verdict, aid_of, check_aid
from tests.legality_cases import INSTALLATION, STAGE, STUDY, opinion


@pytest.mark.mission("FUN-029")
@pytest.mark.parametrize(
    ("base", "articles", "clauses"),
    [
        (INSTALLATION, ("L. 1511-8", "R. 1511-44", "R. 1511-45"), ("zone", "forme", "engagement")),
        (STAGE, ("L. 1511-8", "D. 1511-52"), ("zone", "plafond", "logement gratuit")),
        (STUDY, ("L. 1511-8", "D. 1511-54", "D. 1511-56"), ("zone", "plafond", "engagement")),
    ],
)
def test_three_domains_have_a_zone_and_their_articles(base, articles, clauses):
    found = opinion(base)
    assert found.verdict is Verdict.LEGALE
    references = " ".join(one.law.reference for one in found.findings if one.law)
    for article in articles:
        assert article in references
    assert set(clauses) <= {one.clause for one in found.findings}


@pytest.mark.mission("FUN-029")
def test_structures_of_out_of_hours_care_have_no_zone_and_no_decree():
    told = {"aide": "permanence_des_soins", "date": "31/12/2019", "donneur": {"nature": "commune"},
            "beneficiaire": {"statut": "structure"}}  # fmt: skip
    found = check_aid(aid_of(told))
    assert found.verdict is Verdict.LEGALE
    assert found.of("zone").state is State.CONFORME
    assert "Aucune zone n'est exigée, et aucun décret" in found.of("zone").sentence
