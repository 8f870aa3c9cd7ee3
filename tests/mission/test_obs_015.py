"""OBS-015: density of general practitioners, its two numbers, its comparison in words."""

import pytest

from assemblier.diagnosis.densities import presented_density
from assemblier.diagnosis.density import UNKNOWN_DENOMINATOR, Verdict, compare, density
from assemblier.figures import Figure, Nature


@pytest.mark.mission("OBS-015")
def test_the_printed_density_and_the_words_of_the_comparison():
    people = Figure("population", 222_989, "habitants")
    here = density(Figure("généralistes", 194), people)
    assert round(here.value, 1) == 8.7
    assert compare(here, Figure("densité", 8.4)).verdict is Verdict.SLIGHTLY_HIGHER
    assert str(presented_density("medecin_generaliste").comparison.verdict) == (
        "légèrement supérieure"
    )


@pytest.mark.mission("OBS-015")
def test_printed_and_computed_both_stand():
    both = presented_density("medecin_generaliste").departement
    assert (both.cited.value, both.cited.nature) == (8.7, Nature.CITE)
    assert (round(both.computed.value, 1), both.computed.nature) == (8.5, Nature.CALCULE)
    assert both.reason == UNKNOWN_DENOMINATOR
    assert round(both.implied_population.value) == 222_989


@pytest.mark.mission("OBS-015")
def test_numerator_and_denominator_are_shown_with_their_vintages():
    computed = presented_density("medecin_generaliste").departement.computed
    assert (computed.numerator.value, computed.numerator.vintage) == (194, "30 septembre 2022")
    assert computed.denominator.value == 228_654
    assert computed.denominator.vintage == "2023"
    assert computed.vintage == "30 septembre 2022 / 2023"
