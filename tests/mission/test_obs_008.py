"""OBS-008: communes and inhabitants under 1 and 2.5, the modal band, the vintage printed.

The APL of 2021 by commune is not embedded: its four counts are cited. Ours are those of the
published years that are embedded; the number of communes is within 10 % of the printed one in
2023, the number of inhabitants is not in any of them, and both are shown with their vintage.
"""

import pytest

from assemblier.diagnosis.bands import band_counts
from assemblier.diagnosis.local import published_apl
from assemblier.diagnosis.presented_bands import presented_counts, presented_majority_notice
from assemblier.figures import Nature
from assemblier.territory import parse

PRINTED = [40, 6000, 129, 50_000]
MILLESIMES = (2022, 2023, 2024)


@pytest.mark.mission("OBS-008")
def test_the_printed_counts_are_cited_with_their_vintage():
    found = presented_counts()
    assert [beside.cited.value for beside in found] == PRINTED
    for beside in found:
        assert beside.cited.nature is Nature.CITE
        assert beside.cited.vintage == "2021"
        assert beside.cited.provenance.sources[0].page == "page 29"


@pytest.mark.mission("OBS-008")
def test_ours_stand_beside_them_with_their_vintages():
    for beside in presented_counts():
        assert [figure.vintage for figure in beside.computed] == [
            f"APL {year}, population municipale 2023" for year in MILLESIMES
        ]
        assert all(figure.nature is Nature.CALCULE for figure in beside.computed)


@pytest.mark.mission("OBS-008")
def test_communes_of_2023_are_within_ten_per_cent_of_those_printed_for_2021():
    under_1, _, under_2_5, _ = presented_counts()
    assert under_1.is_close(MILLESIMES.index(2023))
    assert all(under_2_5.is_close(place) for place in range(3))


@pytest.mark.mission("OBS-008")
def test_under_2_5_in_2024():
    counts = band_counts(published_apl(parse("departement:43")), 2024)
    under = {counter.threshold: counter for counter in counts.counters}
    assert under[2.5].communes.value == 124
    assert 36_800 <= under[2.5].inhabitants.value <= 37_000
    assert sum(count.communes.value for count in counts.bands) == 257


@pytest.mark.mission("OBS-008")
def test_the_modal_band_by_inhabitants_is_the_printed_one_and_by_communes_it_cannot_be():
    for millesime in MILLESIMES:
        counts = band_counts(published_apl(parse("departement:43")), millesime)
        assert counts.modal_by_inhabitants.legend == "[2,5 ; 4["
        assert counts.modal_by_communes.legend == "[0 ; 2,5["
    assert "128 sur 257" in presented_majority_notice()


@pytest.mark.mission("OBS-008")
def test_elsewhere_the_counts_name_the_file():
    counts = band_counts(published_apl(parse("departement:63")), 2024)
    assert all("DREES" in counter.communes.missing for counter in counts.counters)
