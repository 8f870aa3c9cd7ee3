from assemblier.diagnosis.definitions import BPE, DICTIONARY, FNPS, definitions_differ, notices
from assemblier.figures import Figure, Provenance, Source


def source(key: str, definition: str) -> Source:
    return Source(key, "producteur", f"titre {key}", "2022", definition=definition)


def count(*sources: Source) -> Figure:
    return Figure("généralistes", 194, provenance=Provenance(sources))


def test_the_same_definition_twice_is_not_a_difference() -> None:
    assert definitions_differ(source("a", FNPS), source("b", FNPS.upper())) is None


def test_a_source_that_does_not_say_cannot_be_said_to_agree() -> None:
    notice = definitions_differ(source("a", FNPS), source("b", ""))
    assert notice is not None
    assert "définition non précisée" in notice.message


def test_one_notice_per_pair() -> None:
    one, two, three = source("a", FNPS), source("b", BPE), source("c", FNPS)
    found = notices([count(one), count(two), count(three), count(one)])
    assert [(notice.first.key, notice.second.key) for notice in found] == [("a", "b"), ("b", "c")]


def test_both_definitions_are_in_the_notice() -> None:
    notice = definitions_differ(source("a", FNPS), source("b", BPE))
    assert notice is not None
    assert "six derniers mois" in notice.message
    assert "lieu d'exercice" in notice.message


def test_the_dictionary_tells_the_usual_counts_apart() -> None:
    assert len(set(DICTIONARY.values())) == len(DICTIONARY)
