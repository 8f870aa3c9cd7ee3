"""Each test is a line of « Always true » of `assemblier.diagnosis`."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.diagnosis.ald import long_term_illness
from assemblier.diagnosis.apl import PublishedApl, apl_change, mean_apl
from assemblier.diagnosis.bands import band_counts, bands, classify
from assemblier.diagnosis.coverage import known_part
from assemblier.diagnosis.definitions import definitions_differ, notices
from assemblier.diagnosis.density import compare, density, per_100_000, ranking
from assemblier.diagnosis.evolution import Trend, evolution, evolutions
from assemblier.diagnosis.inequality import two_readings
from assemblier.diagnosis.mortality import mortality
from assemblier.diagnosis.sex_age import AgeClass, distribution, share_from_age
from assemblier.diagnosis.signals import SIGNALS, Observation, panel
from assemblier.diagnosis.stock_flow import SWAPPED, Printed, stock_flow
from assemblier.diagnosis.stock_flow_table import read_stock_flow
from assemblier.diagnosis.wording import read_number
from assemblier.figures import NOWHERE, Figure, Provenance, Source, unavailable
from assemblier.french import number

unhurried = settings(deadline=None)
counts = st.integers(0, 10_000)
values = st.floats(0, 1e6).filter(lambda value: value == 0 or value > 1e-6)


def figure(value: float | None) -> Figure:
    return unavailable("x", "un fichier") if value is None else Figure("x", float(value))


# ── wording ───────────────────────────────────────────────────────────────────────────────────


@unhurried
@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_what_number_writes_read_number_reads(value: float, decimals: int) -> None:
    assert read_number(number(value, decimals)) == pytest.approx(value, abs=0.51 * 10**-decimals)


# ── stock_flow ────────────────────────────────────────────────────────────────────────────────


@unhurried
@given(counts, counts, counts, counts)
def test_the_balance_of_stock_flow_is_the_difference_of_the_stocks(
    stock: int, previous: int, installations: int, cessations: int
) -> None:
    found = stock_flow(
        Printed("p", "t", "2022", stock, "2021", previous, installations, cessations)
    )
    assert found.balance.value == stock - previous
    assert (found.installations.value, found.cessations.value) == (installations, cessations)


@unhurried
@given(counts, counts, counts)
def test_a_sound_table_has_no_anomaly_and_a_swapped_one_is_flagged(
    previous: int, installations: int, cessations: int
) -> None:
    stock = previous + installations - cessations
    evolution = 100 * (stock - previous) / previous if previous else None
    sound = Printed(
        "p",
        "t",
        "2022",
        stock,
        "2021",
        previous,
        installations,
        cessations,
        stock - previous,
        None if evolution is None else round(evolution, 1),
    )
    assert stock_flow(sound).anomalies == ()
    swapped = Printed("p", "t", "2022", stock, "2021", previous, cessations, installations)
    codes = [anomaly.code for anomaly in stock_flow(swapped).anomalies]
    assert codes == ([SWAPPED] if installations != cessations else [])


@unhurried
@given(counts, counts, counts, st.permutations(range(4)), st.permutations(range(3)))
def test_the_order_of_rows_and_columns_does_not_matter_to_read_stock_flow(
    stock: int, previous: int, flow: int, rows: list[int], columns: list[int]
) -> None:
    header = ["Effectifs présents au", "A", "B"]
    table = [
        ["30 septembre 2022", str(stock), "5"],
        ["30 septembre 2021", str(previous), "4"],
        ["dont installations", str(flow), "2"],
        ["dont cessations", str(flow), "1"],
    ]
    turned = [[table[row][column] for column in columns] for row in rows]
    found = read_stock_flow("p", [header[column] for column in columns], turned)
    assert set(found) == set(read_stock_flow("p", header, table))


# ── evolution ─────────────────────────────────────────────────────────────────────────────────

maybe_counts = st.none() | counts


@unhurried
@given(maybe_counts, maybe_counts)
def test_evolution_has_the_sign_of_the_change_and_is_never_infinite(
    before: int | None, after: int | None
) -> None:
    found = evolution("t", figure(before), figure(after))
    if before is None or after is None:
        assert (found.trend, found.change.value, found.percent.value) == (None, None, None)
        return
    sign = (after > before) - (after < before)
    assert found.trend is {1: Trend.GAIN, 0: Trend.NONE, -1: Trend.LOSS}[sign]
    if before == 0:
        assert found.text == "n.c."
    else:
        assert found.percent.value == pytest.approx(100 * (after - before) / before)


@unhurried
@given(
    st.dictionaries(st.sampled_from("ABCDEF"), maybe_counts),
    st.dictionaries(st.sampled_from("ABCDEF"), maybe_counts),
)
def test_every_territory_is_in_evolutions_once_and_the_unknown_come_last(
    before: dict[str, int | None], after: dict[str, int | None]
) -> None:
    found = evolutions(
        {name: figure(value) for name, value in before.items()},
        {name: figure(value) for name, value in after.items()},
    )
    assert sorted(row.territory for row in found) == sorted({*before, *after})
    is_known = [row.change.is_known for row in found]
    assert is_known == sorted(is_known, reverse=True)


# ── definitions ───────────────────────────────────────────────────────────────────────────────

sources = st.builds(
    Source,
    key=st.sampled_from("abcd"),
    producer=st.just("p"),
    title=st.just("t"),
    vintage=st.just("2022"),
    definition=st.sampled_from(["", "actifs", "inscrits"]),
)


@unhurried
@given(sources, sources)
def test_definitions_differ_does_not_depend_on_the_order_nor_find_a_source_differs_from_itself(
    one: Source, other: Source
) -> None:
    assert (definitions_differ(one, other) is None) == (definitions_differ(other, one) is None)
    assert definitions_differ(one, one) is None


@unhurried
@given(st.lists(sources, max_size=6))
def test_each_pair_gives_at_most_one_notice(found: list[Source]) -> None:
    shown = notices(Figure("x", 1, provenance=Provenance((source,))) for source in found)
    pairs = [frozenset((notice.first.key, notice.second.key)) for notice in shown]
    assert len(pairs) == len(set(pairs))


# ── density ───────────────────────────────────────────────────────────────────────────────────


@unhurried
@given(counts, st.integers(1, 10**7))
def test_density_times_the_population_is_the_count_and_the_unit_switch_is_exact(
    count: int, people: int
) -> None:
    found = density(figure(count), figure(people))
    assert found.known_value() * people / 10_000 == pytest.approx(count)
    tenfold = density(figure(count), figure(people), per=100_000)
    assert tenfold.value == found.known_value() * 10 == per_100_000(found).value


@unhurried
@given(maybe_counts, maybe_counts)
def test_an_unknown_numerator_or_denominator_makes_density_unknown(
    count: int | None, people: int | None
) -> None:
    found = density(figure(count), figure(people))
    assert found.is_known == (count is not None and people is not None and people > 0)


@unhurried
@given(maybe_counts, maybe_counts)
def test_the_word_of_compare_follows_the_values(value: int | None, other: int | None) -> None:
    found = compare(figure(value), figure(other))
    if value is None or other is None or other == 0:
        assert found.verdict is None
        assert not found.ratio.is_known
        return
    if "supérieure" in str(found.verdict):
        assert value > other
    if "inférieure" in str(found.verdict):
        assert value < other


@unhurried
@given(st.dictionaries(st.sampled_from("ABCDEF"), maybe_counts))
def test_ranking_keeps_everybody_and_equal_values_are_equal(found: dict[str, int | None]) -> None:
    ranked = ranking({name: figure(value) for name, value in found.items()})
    assert sorted([row.name for row in ranked.rows] + list(ranked.unknown)) == sorted(found)
    for one in ranked.rows:
        assert one.rank == 1 + sum(
            other.figure.known_value() > one.figure.known_value() for other in ranked.rows
        )


# ── mortality, ald ────────────────────────────────────────────────────────────────────────────


@unhurried
@given(st.lists(counts, min_size=1, max_size=17).filter(any), st.randoms(use_true_random=False))
def test_deaths_sum_to_the_total_of_mortality_and_order_does_not_matter(
    deaths: list[int], random
) -> None:
    rows = [(f"cause {place}", count, None) for place, count in enumerate(deaths)]
    found = mortality(rows)
    assert sum(cause.deaths.known_value() for cause in found.causes) == found.total.value
    assert sum(cause.share.known_value() for cause in found.causes) == pytest.approx(100)
    shuffled = rows.copy()
    random.shuffle(shuffled)
    again = mortality(shuffled)
    assert [cause.deaths for cause in again.top(3)] != [] or not deaths
    assert {cause.label: cause.share for cause in again.causes} == {
        cause.label: cause.share for cause in found.causes
    }


@unhurried
@given(st.none() | st.floats(0, 100), st.none() | st.floats(0, 100))
def test_share_minus_gap_is_the_reference_of_long_term_illness(
    share: float | None, reference: float | None
) -> None:
    found = long_term_illness(figure(share), {"région": figure(reference)})
    gap = found.gaps["région"]
    assert gap.is_known == (share is not None and reference is not None)
    if share is not None and gap.value is not None:
        assert share - gap.value == pytest.approx(reference)


# ── signals ───────────────────────────────────────────────────────────────────────────────────

observations = st.builds(
    Observation,
    territory=st.sampled_from(["a", "b"]),
    signal=st.sampled_from([signal.key for signal in SIGNALS]),
    date=st.sampled_from(["2021", "2022-06", "2022", "2023-01-15"]),
    value=st.floats(0, 100),
    source=st.just("CPAM"),
)


@unhurried
@given(st.lists(observations, max_size=12))
def test_the_panel_has_three_signals_in_order_of_dates_and_none_is_zero_for_want_of_data(
    found: list[Observation],
) -> None:
    shown = panel("a", found)
    assert [series.signal for series in shown.series] == list(SIGNALS)
    for series in shown.series:
        mine = [o for o in found if o.territory == "a" and o.signal == series.signal.key]
        assert series.latest.is_known == bool(mine)
        dates = [point.vintage for point in series.points]
        assert dates == sorted(o.date for o in mine)


# ── sex_age ───────────────────────────────────────────────────────────────────────────────────


@st.composite
def pyramids(draw: st.DrawFn) -> dict[tuple[str, AgeClass], float]:
    starts = [0, *sorted(draw(st.sets(st.integers(1, 95), max_size=8)))]
    ends = [start - 1 for start in starts[1:]]
    ages = [AgeClass(start, end) for start, end in zip(starts, [*ends, None], strict=True)]
    return {(sex, one): float(draw(counts)) for one in ages for sex in "FH"}


@unhurried
@given(pyramids())
def test_the_bars_of_a_distribution_sum_to_the_total(
    classes: dict[tuple[str, AgeClass], float],
) -> None:
    found = distribution("x", classes, stock=sum(classes.values()))
    assert found.total.value == sum(classes.values())
    assert found.women.known_value() + found.men.known_value() == found.total.value


@unhurried
@given(pyramids())
def test_share_from_age_is_between_0_and_100_and_never_grows_with_age(
    classes: dict[tuple[str, AgeClass], float],
) -> None:
    found = distribution("x", classes)
    if not found.total.value:
        return
    shares = [share_from_age(found, bar.ages.start).known_value() for bar in found.bars]
    assert shares[0] == pytest.approx(100)
    assert all(0 <= share <= 100 + 1e-9 for share in shares)
    assert shares == sorted(shares, reverse=True)


# ── published APL: bands, means, inequality ───────────────────────────────────────────────────


@st.composite
def published(draw: st.DrawFn, unknown: bool = True) -> PublishedApl:
    size = draw(st.integers(1, 12))
    years = draw(st.integers(1, 3))
    one = st.integers(0, 1500).map(lambda hundredths: hundredths / 100)
    rows = st.lists(one | st.just(float("nan")) if unknown else one, min_size=years, max_size=years)
    array = np.array(draw(st.lists(rows, min_size=size, max_size=size)))
    people = draw(st.lists(st.integers(1, 20_000), min_size=size, max_size=size))
    codes = tuple(f"43{place:03}" for place in range(size))
    return PublishedApl(
        codes,
        "apl",
        tuple(range(2022, 2022 + years)),
        array,
        np.array(people, dtype=float),
        "RP 2023",
        NOWHERE,
        NOWHERE,
    )


@unhurried
@given(st.floats(0, 100, exclude_max=True))
def test_classify_puts_a_value_in_exactly_one_band(value: float) -> None:
    holding = [band for band in bands() if band.low <= value < band.high]
    assert [classify(value)] == holding


@unhurried
@given(published())
def test_known_part_is_none_exactly_under_half_of_the_inhabitants(apl: PublishedApl) -> None:
    is_known = ~np.isnan(apl.of(2022))
    here, everybody = apl.population[is_known].sum(), apl.population.sum()
    found = known_part(apl.of(2022), apl.population)
    assert (found is None) == (here < everybody / 2)
    if found is not None:
        assert found.weights.sum() == here


@unhurried
@given(published())
def test_band_counts_and_the_unknown_make_the_perimeter(apl: PublishedApl) -> None:
    found = band_counts(apl, 2022)
    if known_part(apl.of(2022), apl.population) is None:
        assert not any(count.communes.is_known for count in found.bands)
        return
    communes = sum(count.communes.known_value() for count in found.bands)
    people = sum(count.inhabitants.known_value() for count in found.bands)
    assert communes + found.unknown_communes == len(apl.codes)
    assert people + found.unknown_inhabitants == pytest.approx(apl.population.sum())
    under = [counter.communes.known_value() for counter in found.counters]
    assert under == sorted(under)


@unhurried
@given(published())
def test_mean_apl_is_between_the_lowest_and_the_highest(apl: PublishedApl) -> None:
    found = mean_apl(apl, 2022)
    known = apl.of(2022)[~np.isnan(apl.of(2022))]
    assert found.is_known == (known_part(apl.of(2022), apl.population) is not None)
    if found.value is not None:
        assert known.min() - 1e-9 <= found.value <= known.max() + 1e-9
        assert bool(found.note) == (len(known) < len(apl.codes))


@unhurried
@given(st.lists(st.none() | values, min_size=1, max_size=4))
def test_first_plus_change_is_last(series: list[float | None]) -> None:
    found = apl_change([figure(value) for value in series])
    if series[0] is None or series[-1] is None:
        assert not found.change.is_known
    else:
        last = pytest.approx(series[-1], abs=1e-9 * max(1.0, series[0]))
        assert series[0] + found.change.known_value() == last
        assert found.percent.is_known == (series[0] != 0)


@unhurried
@given(published(unknown=False))
def test_two_readings_of_half_the_supply_are_equal_inequality_and_half_the_mean(
    apl: PublishedApl,
) -> None:
    half = PublishedApl(
        apl.codes,
        apl.series,
        apl.millesimes,
        apl.values / 2,
        apl.population,
        apl.population_vintage,
        NOWHERE,
        NOWHERE,
    )
    before, after = two_readings(apl), two_readings(half)
    for one, other in zip(before.distribution, after.distribution, strict=True):
        assert other.gini.known_value() == pytest.approx(one.gini.known_value(), abs=1e-9)
        assert other.theil.known_value() == pytest.approx(one.theil.known_value(), abs=1e-9)
        assert other.palma.is_known == one.palma.is_known
    for one, other in zip(before.shortage.by_year, after.shortage.by_year, strict=True):
        assert other.known_value() == pytest.approx(one.known_value() / 2)


@unhurried
@given(st.floats(0, 50), st.integers(1, 8))
def test_two_readings_of_the_same_apl_everywhere_have_no_inequality(
    value: float, size: int
) -> None:
    apl = PublishedApl(
        tuple(map(str, range(size))),
        "apl",
        (2024,),
        np.full((size, 1), value),
        np.arange(1.0, size + 1),
        "RP 2023",
        NOWHERE,
        NOWHERE,
    )
    assert two_readings(apl).distribution[0].gini.known_value() == pytest.approx(0, abs=1e-9)
