"""The computed APL against the published one of 2018: at least as near as the page says."""

import numpy as np
import pytest

pytest.importorskip("benchmarks.precision")


@pytest.fixture(scope="module")
def chosen(donnees_essai):
    from assemblier.travel import chain_engine
    from benchmarks import essai, precision

    return precision.computed(chain_engine(essai.territory_date()), essai.standardised_population())


def test_the_chosen_model_beats_the_crow_fly_on_every_measure(chosen):
    from assemblier.travel import crow_fly_engine
    from benchmarks import essai, precision

    every = essai.published_departements()
    crow = precision.computed(crow_fly_engine(essai.territory_date()), essai.population())
    ours, plain = precision.measured(chosen, every), precision.measured(crow, every)
    assert ours.communes == 7033
    # Nationally a plain crow-fly catchment gives 0,51, 0,69 weighted and 0,88.
    assert ours.correlation > 0.60 > 0.51
    assert ours.rank_correlation > 0.64
    assert ours.weighted_correlation > 0.70
    assert ours.gap_after < 0.86
    assert ours.correlation > plain.correlation
    assert ours.gap_after < plain.gap_after


def test_the_half_that_chose_nothing_agrees_too(chosen):
    from benchmarks import essai, precision

    _, judge = essai.departements_in_two()
    assert precision.measured(chosen, judge).correlation > 0.58


def test_older_codes_and_whole_cities_find_their_communes(donnees_essai):
    from assemblier.territory import index
    from benchmarks import essai

    assert essai.doctors().sum() == 58_031
    assert essai.doctors()[index().positions(["43157"])].tolist() == [30.0]
    lyon = index().positions(index().arrondissements["69123"])
    assert essai.doctors()[lyon].sum() == pytest.approx(656)
    assert np.isfinite(essai.standardised_population()).all()
