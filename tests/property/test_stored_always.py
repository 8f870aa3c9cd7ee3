"""Each test is a line of « Always true » of what reads imported tables; each makes its store."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.diagnosis.basins import basins
from assemblier.diagnosis.census import census
from assemblier.diagnosis.context import determinants
from assemblier.diagnosis.establishments import establishments
from assemblier.diagnosis.local import published_apl
from assemblier.diagnosis.published import years
from assemblier.diagnosis.quarters import POPULATION, quarters
from assemblier.diagnosis.stored_flow import FEWEST, practitioner_ages
from assemblier.diagnosis.zonings import zonings
from assemblier.sources.equipment_types import BPE_PROFESSIONS, professions_by_type
from assemblier.sources.stored import stored
from assemblier.territory import described, index, parse
from assemblier.territory.composed import composition
from tests.stores import put

LOZERE = parse("departement:48")
some = settings(deadline=None, max_examples=12)
codes_of_lozere = st.lists(st.sampled_from(LOZERE.codes), min_size=1, max_size=30, unique=True)


@contextmanager
def store() -> Iterator[Path]:
    """A store of its own for one example."""
    before = os.environ.get("ASSEMBLIER_DONNEES")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ASSEMBLIER_DONNEES"] = folder
        try:
            yield Path(folder)
        finally:
            os.environ.pop("ASSEMBLIER_DONNEES")
            if before is not None:
                os.environ["ASSEMBLIER_DONNEES"] = before


def membership(code: str, basin: str) -> dict[str, object]:
    return {"code_commune": code, "millesime": 2022, "bassin_de_vie": basin}


@some
@given(codes_of_lozere, codes_of_lozere)
def test_stored_rows_are_those_asked_for_and_no_other(held: list[str], wanted: list[str]) -> None:
    with store() as folder:
        assert stored("appartenance") == ()
        put(folder, "appartenance", [membership(code, "A") for code in held])
        (table,) = stored("appartenance")
        found = table.rows("code_commune", wanted)["code_commune"].to_list()
    assert sorted(found) == sorted(set(held) & set(wanted))


@some
@given(st.dictionaries(st.sampled_from(LOZERE.codes), st.sampled_from("ABC"), min_size=1))
def test_a_commune_is_in_one_territory_of_a_composition(of: dict[str, str]) -> None:
    with store() as folder:
        put(folder, "appartenance", [membership(code, basin) for code, basin in of.items()])
        found = composition("bassin")
    assert found is not None
    placed = [code for communes in found.members.values() for code in communes]
    assert sorted(placed) == sorted(of)


@some
@given(
    st.dictionaries(st.sampled_from(LOZERE.codes), st.sampled_from("ABCD"), min_size=1),
    st.lists(st.floats(0, 6), min_size=152, max_size=152),
)
def test_basins_hold_each_commune_once_and_an_unknown_one_is_never_in_deficit(
    of: dict[str, str], scores: list[float]
) -> None:
    half = LOZERE.codes[: len(LOZERE.codes) * 3 // 4]
    with store() as folder:
        put(folder, "appartenance", [membership(code, basin) for code, basin in of.items()])
        rows = [
            {
                "code_commune": code,
                "profession": "medecin_generaliste",
                "millesime": 2024,
                "apl": score,
            }
            for code, score in zip(half, scores, strict=False)
        ]
        put(folder, "apl_publiee", rows, "apl")
        found = basins(LOZERE)
    placed = [code for basin in found.basins for code in basin.perimeter.codes]
    assert sorted((*placed, *found.outside)) == list(LOZERE.codes)
    for basin in found.basins:
        if not basin.apl.is_known:
            assert not basin.is_deficit
        else:
            assert basin.is_deficit == (basin.apl.known_value() < basin.threshold)


def score(code: str, year: int, weight: float | None = None) -> dict[str, object]:
    return {
        "code_commune": code,
        "profession": "medecin_generaliste",
        "millesime": year,
        "apl": 2.0,
        "population_standardisee": weight,
    }


@some
@given(codes_of_lozere, codes_of_lozere)
def test_each_of_the_years_comes_from_the_file_that_knows_most(
    one: list[str], other: list[str]
) -> None:
    with store() as folder:
        put(folder, "apl_publiee", [score(code, 2019) for code in one], "un")
        put(folder, "apl_publiee", [score(code, 2019, 1.0) for code in other], "deux")
        found = {year.millesime: year for year in years(LOZERE.codes)}
        published = published_apl(LOZERE)
    assert list(found) == [2019, 2022, 2023, 2024]
    best = "un" if len(one) > len(other) else "deux"
    assert found[2019].source.key == best
    assert int((~np.isnan(found[2019].values)).sum()) == max(len(one), len(other))
    for rank, year in enumerate(published.millesimes):
        assert year in found
        assert published.values[:, rank].shape == (len(LOZERE.codes),)


@some
@given(codes_of_lozere)
def test_a_census_that_covers_less_than_half_leaves_the_embedded_one(listed: list[str]) -> None:
    rows = index().positions(LOZERE.codes)
    people = dict(zip(LOZERE.codes, index().population[rows].tolist(), strict=True))
    with store() as folder:
        counts = [
            {"code_commune": code, "millesime": 2026, "type_equipement": "D265", "effectif": 1}
            for code in listed
        ]
        put(folder, "equipements", counts, vintage="2026")
        found = census(LOZERE.codes, "medecin_generaliste")
    whole = "48" in described(frozenset(listed))
    covered = sum(people[code] for code in listed) >= sum(people.values()) / 2
    assert (found.year == 2026) == (whole or covered)


@given(codes_of_lozere, codes_of_lozere)
@settings(deadline=None, max_examples=30)
def test_more_communes_listed_never_describe_fewer_departements(
    some_codes: list[str], others: list[str]
) -> None:
    assert described(frozenset(some_codes)) <= described(frozenset((*some_codes, *others)))


@some
@given(
    st.lists(
        st.tuples(
            st.sampled_from(LOZERE.codes),
            st.sampled_from(["ZIP", "ZAC", "HZ", ""]),
        ),
        min_size=1,
        max_size=40,
        unique=True,
    )
)
def test_the_zonings_of_a_profession_hold_each_commune_once(rows: list[tuple[str, str]]) -> None:
    with store() as folder:
        table = [
            {
                "code_commune": code,
                "profession": "medecin_generaliste",
                "zone": zone or None,
                "zone_source": zone or "N/A",
                "statut": "connu" if zone else "non disponible",
            }
            for code, zone in rows
        ]
        put(folder, "zonage", table)
        (found,) = zonings(LOZERE)
    assert sum(one.known_value() for one in found.communes.values()) == len(LOZERE.codes)
    assert set(found.zone_of) == set(LOZERE.codes)


@some
@given(st.lists(st.sampled_from(["secret", "non disponible", "connu"]), min_size=1, max_size=8))
def test_determinants_that_are_secret_or_absent_are_never_zero(states: list[str]) -> None:
    with store() as folder:
        rows = [
            {
                "niveau": "commune",
                "code": code,
                "millesime": 2021,
                "indicateur": "Taux de pauvreté",
                "valeur": 0.0 if state == "connu" else None,
                "unite": "%",
                "statut": state,
            }
            for code, state in zip(LOZERE.codes, states, strict=False)
        ]
        put(folder, "indicateurs", rows)
        (found,) = determinants("commune", LOZERE.codes)
    for code, state in zip(LOZERE.codes, states, strict=False):
        figure = found.figures[code]
        assert figure.is_known == (state == "connu")
        assert (figure.note == "secret statistique") == (state == "secret")


@some
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(LOZERE.codes)), min_size=1))
def test_establishments_of_several_files_are_there_once(rows: list[tuple[int, str]]) -> None:
    first = dict(rows)
    with store() as folder:
        for key in ("un", "deux"):
            table = [
                {
                    "finess": f"48000000{number}",
                    "nom": "Essai",
                    "categorie": "355",
                    "code_commune": code,
                }
                for number, code in first.items()
            ]
            put(folder, "etablissements", table, key)
        found = establishments(LOZERE.codes)
    assert [one.finess for one in found] == sorted(f"48000000{number}" for number in first)


@some
@given(st.lists(st.sampled_from([*LOZERE.codes[:5], "43157", "63113"]), min_size=1, max_size=8))
def test_the_quarters_of_a_territory_are_among_those_of_a_larger_one(places: list[str]) -> None:
    with store() as folder:
        rows = [
            {
                "code_qpv": f"QP0{code[:2]}{rank:03d}",
                "nom": "Essai",
                "code_commune": code,
                "millesime": 2022,
                "indicateur": POPULATION,
                "valeur": 10.0,
                "statut": "connu",
            }
            for rank, code in enumerate(places)
        ]
        put(folder, "qpv", rows)
        small, large = quarters(LOZERE), quarters(parse("departement:48+departement:43"))
    assert small is not None
    assert large is not None
    assert {one.code for one in small.quarters} <= {one.code for one in large.quarters}
    assert len(small.quarters) == sum(code[:2] == "48" for code in places)


@some
@given(st.lists(st.one_of(st.none(), st.integers(0, 40)), min_size=1, max_size=9))
def test_practitioner_ages_under_the_smallest_count_are_not_available(
    counts: list[int | None],
) -> None:
    with store() as folder:
        rows = [
            {
                "niveau": "departement",
                "code": "48",
                "profession": "infirmier",
                "millesime": 2024,
                "age_debut": 25 + 5 * rank,
                "age_fin": 29 + 5 * rank,
                "effectif": count,
                "statut": "secret" if count is None else "connu",
            }
            for rank, count in enumerate(counts)
        ]
        put(folder, "ages_medecins", rows)
        (found,) = practitioner_ages(LOZERE)
    for band, count in zip(found.bands, counts, strict=True):
        is_shown = count is not None and (count == 0 or count >= FEWEST)
        assert band.count.is_known == is_shown


CODES = st.sampled_from((*BPE_PROFESSIONS, "D281", "D900", "X"))
WRITTEN = st.sampled_from(
    ("Infirmier", "INFIRMIER", "Infirmier libéral", "Sage-femme", "Ambulance")
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(("FACILITY_TYPE", "GEO")), CODES, WRITTEN), max_size=6))
def test_a_code_that_no_label_names_keeps_the_meaning_written_in_the_program_or_none(rows):
    """A code that no label names keeps the meaning written in the program, or none."""
    columns = ("variable", "code", "libelle")
    table = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    found = professions_by_type([table])
    names = {"Infirmier", "INFIRMIER", "Sage-femme"}
    told = {code for variable, code, said in rows if variable != "GEO" and said in names}
    for code in set(found) | set(BPE_PROFESSIONS):
        if code not in told:
            assert found[code] == BPE_PROFESSIONS[code]
        else:
            assert found[code] in ("infirmier", "sage_femme")
