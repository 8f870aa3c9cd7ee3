"""Each test is a line of « Always true » of `assemblier.aids.known_places`."""

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assemblier.aids.known_places import FRR, NON, OUI, WHOLE_COUNTRY, quarter, rural
from assemblier.territory import index, parse
from tests.stores import put

LOZERE = parse("departement:48").codes
ON = dt.date(2024, 9, 1)
some = settings(deadline=None, max_examples=12)
drawn_shares = st.lists(
    st.sampled_from([0.0, 0.3, 0.999, 1.0, None]), min_size=len(LOZERE), max_size=len(LOZERE)
)
drawn_communes = st.lists(st.sampled_from(LOZERE), min_size=1, max_size=20, unique=True)


@some
@given(drawn_shares)
def test_rural_a_commune_classed_in_part_is_unknown(shares):
    rows = [
        {
            "niveau": "commune",
            "code": code,
            "millesime": 2024,
            "indicateur": FRR,
            "valeur": share,
            "statut": "non disponible" if share is None else "connu",
        }
        for code, share in zip(LOZERE, shares, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", folder)
        put(Path(folder), "indicateurs", rows, "frr")
        answers = rural(LOZERE, ON).answers
    for share, answer in zip(shares, answers, strict=True):
        assert answer == {1.0: OUI, 0.0: NON}.get(share)


@some
@given(drawn_communes)
def test_quarter_only_a_commune_without_any_quarter_is_known_and_its_answer_is_no(having):
    named = index().nom[index().positions(having)].tolist()
    rows = [
        {
            "code_qpv": f"QP{place:06d}",
            "nom": "Quartier d'essai",
            "communes": named[place] if place < len(named) else "Ailleurs-sur-Essai",
            "millesime": 2024,
            "indicateur": "Population",
            "valeur": 1000.0,
            "statut": "connu",
        }
        for place in range(WHOLE_COUNTRY)
    ]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSEMBLIER_DONNEES", folder)
        put(Path(folder), "qpv", rows, "qpv-2024", "2024")
        answers = quarter(LOZERE, ON).answers
    assert set(answers) <= {NON, None}
    for code, answer in zip(LOZERE, answers, strict=True):
        assert (answer is None) == (code in having)
