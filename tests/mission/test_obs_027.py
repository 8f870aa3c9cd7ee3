"""OBS-027: counts that do not count the same thing raise a notice."""

import pytest

from assemblier.diagnosis.definitions import DICTIONARY, definitions_differ, notices
from assemblier.diagnosis.local import equipment
from assemblier.diagnosis.presented import presented_stock_flow
from assemblier.figures import Figure, Provenance, Source
from assemblier.territory import parse


@pytest.mark.mission("OBS-027")
def test_fnps_and_ordre_counts_raise_a_notice():
    fnps, ordre = (
        Source(name.lower(), "x", name, "2022", definition=DICTIONARY[name])
        for name in ("FNPS", "Ordre")
    )
    notice = definitions_differ(fnps, ordre)
    assert notice.message.startswith("Définitions différentes")
    assert "remboursement" in notice.message


@pytest.mark.mission("OBS-027")
def test_the_printed_stock_says_what_it_counts_and_does_not_compare_with_the_equipment_census():
    printed = presented_stock_flow("medecin_generaliste")[0].stock
    counted = equipment(parse("departement:43"), "medecin_generaliste")
    definition = printed.provenance.sources[0].definition
    assert "cabinet principal" in definition
    assert "6 derniers mois" in definition
    assert (printed.value, counted.value) == (194, 238)
    (notice,) = notices([printed, counted])
    assert "lieu d'exercice" in notice.message


@pytest.mark.mission("OBS-027")
def test_two_counts_of_one_source_raise_none():
    printed = presented_stock_flow("medecin_generaliste")
    assert notices([printed[0].stock, printed[1].stock]) == ()
    silent = Source("x", "x", "x", "2022")
    assert notices([printed[0].stock, Figure("x", 1, provenance=Provenance((silent,)))])
