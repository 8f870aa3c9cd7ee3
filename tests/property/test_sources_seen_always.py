"""What is always true of what the other layers see of imported files, drawn at random."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.data import facts
from assemblier.diagnosis.basins import basins
from assemblier.diagnosis.census import census
from assemblier.diagnosis.context import determinants
from assemblier.diagnosis.establishments import establishments
from assemblier.diagnosis.quarters import quarters
from assemblier.diagnosis.stored_flow import FEWEST, practitioner_ages
from assemblier.diagnosis.zonings import zonings
from assemblier.figures import Source
from assemblier.maths.projections import geographic
from assemblier.sources.codes import todays_context
from assemblier.sources.finess import located
from assemblier.sources.layout import Imported, ImportedTable, Sample
from assemblier.sources.loading import Job, communes_of_today, merged_measures
from assemblier.sources.report import ImportReport, Ledger
from assemblier.sources.store import Origin, Store
from assemblier.sources.values import LIGNE
from assemblier.tables import conform, table_spec
from assemblier.territory import described, index, parse
from assemblier.territory.composed import composition

few = settings(max_examples=12, deadline=None)
ORIGIN = Origin("essai", "0" * 64, 1, "essai")
HAUTE_LOIRE = parse("departement:43").codes
EPCI = "epci:200085728"
COMMUNES = st.sampled_from(HAUTE_LOIRE[:40])
STATUTS = st.sampled_from(("connu", "secret", "non disponible"))


@contextmanager
def imported(*tables: tuple[str, str, str, list[dict[str, object]]]) -> Iterator[None]:
    """Put tables (name, key of their source, vintage, rows) in a store of their own."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, {"ASSEMBLIER_DONNEES": folder}),
    ):
        for name, key, vintage, rows in tables:
            frame = conform(pl.DataFrame(rows, infer_schema_length=None), table_spec(name))
            source = Source(key, "essai", "essai", vintage)
            report = ImportReport(frame.height, frame.height)
            Store().put(Imported((ImportedTable(name, frame, source, vintage),), report), ORIGIN)
        yield


@st.composite
def memberships(draw: st.DrawFn) -> list[dict[str, object]]:
    """The bassin de vie of some communes, none for the others."""
    codes = draw(st.lists(COMMUNES, min_size=1, unique=True))
    heads = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=4, unique=True))
    return [
        {"code_commune": code, "millesime": 2024, "bassin_de_vie": draw(st.sampled_from(heads))}
        for code in codes
    ]


@few
@given(memberships())
def test_basins_hold_each_commune_once_or_outside(rows: list[dict[str, object]]) -> None:
    perimeter = parse("departement:43")
    with imported(("appartenance", "cog", "2024", rows)):
        found = basins(perimeter)
        members = [code for basin in found.basins for code in basin.perimeter.codes]
        assert sorted([*members, *found.outside]) == sorted(perimeter.codes)
        for basin in found.basins:
            assert basin.apl.value is not None or not basin.is_deficit


@few
@given(memberships())
def test_composition_puts_a_commune_in_one_territory_at_most(rows: list[dict[str, object]]) -> None:
    with imported(("appartenance", "cog", "2024", rows)):
        found = composition("bassin")
        assert found is not None
        members = [code for codes in found.members.values() for code in codes]
        assert len(members) == len(set(members))
        assert set(members) <= set(index().codes)


@few
@given(st.lists(COMMUNES, max_size=5, unique=True), st.integers(1, 9))
def test_census_is_the_embedded_one_where_none_covers_most(codes: list[str], count: int) -> None:
    rows = [
        {"code_commune": code, "millesime": 2099, "type_equipement": "D307", "effectif": count}
        for code in codes
    ]
    tables = [("equipements", "insee-bpe", "BPE 2099", rows)] if rows else []
    with imported(*tables):
        found = census(HAUTE_LOIRE, "pharmacie")
    assert found.vintage == "BPE 2025"
    assert found.provenance.sources == (facts.source("insee-bpe-2025"),)


@few
@given(st.frozensets(st.sampled_from(HAUTE_LOIRE)), st.frozensets(st.sampled_from(HAUTE_LOIRE)))
def test_described_never_shrinks_when_more_is_listed(
    one: frozenset[str], more: frozenset[str]
) -> None:
    assert described(one) <= described(one | more)


LABELS = ("Médiane du niveau de vie", "Taux de pauvreté", "Part des ménages sans voiture")


@few
@given(
    st.dictionaries(
        st.tuples(COMMUNES, st.sampled_from(LABELS)),
        st.tuples(st.floats(1, 1e5), STATUTS),
        min_size=1,
        max_size=12,
    )
)
def test_determinants_unknown_are_not_available_and_never_zero(
    said: dict[tuple[str, str], tuple[float, str]],
) -> None:
    rows = [
        {
            "niveau": "commune",
            "code": code,
            "millesime": 2022,
            "indicateur": label,
            "valeur": value if status == "connu" else None,
            "unite": None,
            "statut": status,
        }
        for (code, label), (value, status) in said.items()
    ]
    with imported(("indicateurs", "filosofi", "2022", rows)):
        found = determinants("commune", sorted({code for code, _ in said}))
    shown = {(code, one.label): figure for one in found for code, figure in one.figures.items()}
    assert set(shown) == set(said)
    for place, (value, status) in said.items():
        figure = shown[place]
        assert figure.value == (value if status == "connu" else None)
        assert status == "connu" or figure.missing


FINESS = st.integers(430_000_000, 430_000_020).map(str)


@few
@given(*[st.dictionaries(FINESS, COMMUNES, min_size=1, max_size=8)] * 2)
def test_establishments_have_each_number_once(one: dict[str, str], other: dict[str, str]) -> None:
    tables = [
        (
            "etablissements",
            f"finess-{place}",
            str(2020 + place),
            [
                {"finess": finess, "nom": "Essai", "categorie": "620", "code_commune": code}
                for finess, code in said.items()
            ],
        )
        for place, said in enumerate((one, other))
    ]
    with imported(*tables):
        found = [each.finess for each in establishments(HAUTE_LOIRE)]
    assert len(found) == len(set(found))
    assert set(found) == set(one) | set(other)


@few
@given(st.dictionaries(st.integers(1, 30), COMMUNES, min_size=1, max_size=8))
def test_quarters_are_among_those_of_a_larger_territory(said: dict[int, str]) -> None:
    rows = [
        {
            "code_qpv": f"QN043{number:02}M",
            "nom": f"Quartier {number}",
            "code_commune": code,
            "millesime": 2024,
            "indicateur": "Population municipale",
            "valeur": float(number),
            "statut": "connu",
        }
        for number, code in said.items()
    ]
    with imported(("qpv", "qpv", "2024", rows)):
        small, large = quarters(parse(EPCI)), quarters(parse("departement:43"))
    assert small is not None
    assert large is not None
    assert {one.code for one in small.quarters} <= {one.code for one in large.quarters}


@few
@given(
    st.dictionaries(st.sampled_from((30, 40, 50, 60)), st.none() | st.integers(0, 80), min_size=1)
)
def test_practitioner_ages_that_are_hidden_are_not_available(said: dict[int, int | None]) -> None:
    rows = [
        {
            "niveau": "departement",
            "code": "43",
            "profession": "medecin_generaliste",
            "specialite": None,
            "millesime": 2024,
            "age_debut": start,
            "age_fin": start + 9,
            "effectif": count,
            "statut": "secret" if count is None else "connu",
        }
        for start, count in said.items()
    ]
    with imported(("ages_medecins", "ages", "2024", rows)):
        found = practitioner_ages(parse("departement:43"))
    shown = {band.start: band.count for ages in found for band in ages.bands}
    # A cell of fewer than five people is hidden too, whatever the file holds.
    told = {start: None if count and count < FEWEST else count for start, count in said.items()}
    assert {start: figure.value for start, figure in shown.items()} == told
    assert all(figure.missing for figure in shown.values() if figure.value is None)


@few
@given(
    st.dictionaries(
        COMMUNES, st.lists(st.sampled_from(("ZIP", "ZAC", "HZ", None)), min_size=1, max_size=3)
    ).filter(bool)
)
def test_zonings_count_every_commune_once(said: dict[str, list[str | None]]) -> None:
    rows = [
        {
            "code_commune": code,
            "profession": "medecin_generaliste",
            "zone": zone,
            "zone_source": zone or "?",
            "statut": "connu" if zone else "non disponible",
        }
        for code, zones in said.items()
        for zone in dict.fromkeys(zones)
    ]
    perimeter = parse("departement:43")
    with imported(("zonage", "zonage", "2024", rows)):
        found = zonings(perimeter)
    assert found
    for zoning in found:
        assert set(zoning.zone_of) == set(perimeter.codes)
        assert sum(one.known_value() for one in zoning.communes.values()) == len(perimeter.codes)


@given(
    st.lists(st.tuples(st.floats(3e5, 1.1e6), st.floats(6.1e6, 7e6)), min_size=1, max_size=9),
    st.integers(0, 8),
)
def test_geographic_keeps_an_unknown_point_unknown_and_alone(
    points: list[tuple[float, float]], place: int
) -> None:
    x, y = np.array(points).T.copy()
    longitude, latitude = geographic(x, y, 2154)
    lost = place % len(points)
    x[lost] = np.nan
    again = geographic(x, y, 2154)
    for before, after in zip((longitude, latitude), again, strict=True):
        assert np.isnan(after[lost])
        assert (np.delete(after, lost) == np.delete(before, lost)).all()


POSITIONS = st.none() | st.sampled_from(("770000.0", "6430000.0", "12", "-5", "abc"))


@few
@given(st.lists(st.tuples(POSITIONS, POSITIONS), min_size=1, max_size=8))
def test_located_loses_no_row(points: list[tuple[str | None, str | None]]) -> None:
    frame = pl.DataFrame(
        {
            LIGNE: range(len(points)),
            "finess": [f"43000000{place}" for place in range(len(points))],
            "coordx": [x for x, _ in points],
            "coordy": [y for _, y in points],
            "code_commune": ["43157"] * len(points),
            "qualite": ["1,ATLASANTE,100,IGN,BD_ADRESSE,V2.1,LAMBERT_93"] * len(points),
        },
        schema_overrides={"coordx": pl.String, "coordy": pl.String},
    )
    found = located(frame, Job(Path("finess.csv"), sample(), todays_context()))
    assert found["finess"].to_list() == frame["finess"].to_list()
    for (x, y), longitude, latitude in zip(
        points, found["longitude"], found["latitude"], strict=True
    ):
        assert (longitude is None) == (latitude is None)
        if x in (None, "abc") or y in (None, "abc"):
            assert longitude is None


def sample() -> Sample:
    return mock.create_autospec(Sample, instance=True)


CODES = st.sampled_from(("43157", "43001", "1004", "01039", "99999", "43î01", "")) | st.none()


@few
@given(st.lists(CODES, min_size=1, max_size=12))
def test_communes_of_today_returns_or_rejects_every_row(codes: list[str | None]) -> None:
    frame = pl.DataFrame(
        {LIGNE: range(2, len(codes) + 2), "code_commune": codes},
        schema_overrides={"code_commune": pl.String},
    )
    ledger = Ledger()
    ledger.read(len(codes))
    kept = communes_of_today(frame, todays_context(), ledger)
    report = ledger.report(kept.height)
    assert kept.height + report.rejected_count == len(codes)


@few
@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.sampled_from(("pop", "mediane")), st.floats(0, 1e6)),
        min_size=1,
        max_size=10,
    )
)
def test_merged_measures_leave_alone_what_does_not_repeat(
    said: list[tuple[str, str, float]],
) -> None:
    frame = pl.DataFrame(
        [
            {"code": code, "indicateur": label, "valeur": value, "statut": "connu"}
            for code, label, value in said
        ]
    )
    key = ("code", "indicateur")
    merged = merged_measures(frame, key, ("pop",), Ledger())
    alone = frame.filter(~pl.struct(*key).is_duplicated())
    assert merged.select(key).is_unique().all()
    assert alone.join(merged, on=frame.columns, how="anti").is_empty()
