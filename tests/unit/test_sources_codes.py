"""Codes of communes: repaired where there is one answer, rejected otherwise, all counted."""

import polars as pl
import pytest

from assemblier.sources import codes
from assemblier.sources.codes import (
    commune_code,
    join_postcodes,
    merge_rows,
    place_name,
    repair_codes,
    todays_context,
)
from assemblier.sources.layout import Context
from assemblier.sources.report import Ledger

CONTEXT = Context(
    frozenset(("01001", "01002", "2A004", "43157", "43002", "97101", "75101")),
    {"01099": "01001", "43999": "07000"}.get,
    {
        "01400": (("01001", "L'Abergement-Clémenciat"), ("01002", "Saint-Étienne-du-Bois")),
        "43000": (("43157", "Le Puy-en-Velay"), ("43002", "Aiguilhe")),
        "75001": (("75101", "Paris 1er Arrondissement"),),
        "20000": (("2A004", "Ajaccio"),),
    },
)


@pytest.mark.parametrize(
    ("written", "code", "kind"),
    [
        ("01001", "01001", ""),
        (" 01001 ", "01001", ""),
        ("1001", "01001", codes.LOST_ZERO),
        ("1001.0", "01001", codes.LOST_ZERO),
        ("43157.0", "43157", codes.AS_NUMBER),
        ("2a004", "2A004", codes.LETTER_CASE),
        ("9A101", "97101", codes.OVERSEAS),
        ("01099", "01001", codes.MERGED),
        ("1099", "01001", codes.MERGED),
    ],
)
def test_code_with_one_answer(written: str, code: str, kind: str) -> None:
    assert commune_code(written, CONTEXT) == (code, kind)


@pytest.mark.parametrize(
    "written", ["", "99999", "abc", "010011", "43999", "101", "0", "１１００１"]
)
def test_code_without_an_answer(written: str) -> None:
    assert commune_code(written, CONTEXT) == (None, codes.UNKNOWN)


@pytest.mark.parametrize("city", sorted(codes.WHOLE_CITIES))
def test_whole_city_is_not_an_arrondissement(city: str) -> None:
    assert commune_code(city, CONTEXT) == (None, codes.WHOLE_CITY)


def test_rows_are_repaired_or_rejected_and_counted() -> None:
    written = ["01001", "1001", "1001", "99999", None, "01099", "75056"]
    frame = pl.DataFrame({"code_commune": written, "ligne": range(2, 9)})
    ledger = Ledger()
    ledger.read(frame.height)
    kept = repair_codes(frame, CONTEXT, ledger)
    assert kept["code_commune"].to_list() == ["01001"] * 4
    assert kept["ligne"].to_list() == [2, 3, 4, 7]
    report = ledger.report(kept.height)
    assert {one.kind: one.count for one in report.repaired} == {
        codes.LOST_ZERO: 2,
        codes.MERGED: 1,
    }
    assert {one.reason: one.lines for one in report.rejected} == {
        codes.UNKNOWN: (5, 6),
        codes.WHOLE_CITY: (8,),
    }
    assert report.repaired[0].examples == ("1001 → 01001",)


def test_other_columns_and_their_order_are_untouched() -> None:
    frame = pl.DataFrame({"x": [1, 2], "code_commune": ["1001", "43157"], "ligne": [2, 3]})
    kept = repair_codes(frame, CONTEXT, Ledger())
    assert kept.columns == frame.columns
    assert kept["x"].to_list() == [1, 2]


@pytest.mark.parametrize(
    ("postcode", "name", "code", "kind"),
    [
        ("1400", "L'ABERGEMENT CLEMENCIAT", "01001", codes.BY_POSTCODE),
        ("01400", "ST ETIENNE DU BOIS", "01002", codes.BY_POSTCODE),
        ("43000", "LE PUY EN VELAY", "43157", codes.BY_POSTCODE),
        ("43012", "LE PUY EN VELAY CEDEX", "43157", codes.BY_NAME),
        ("43009", "Le Puy-en-Velay Cedex 9", "43157", codes.BY_NAME),
        ("75001", "PARIS", "75101", codes.BY_POSTCODE_ALONE),
        ("20090", "AJACCIO", "2A004", codes.BY_NAME),
        ("43000.0", "Aiguilhe", "43002", codes.BY_POSTCODE),
    ],
)
def test_commune_of_an_address(postcode: str, name: str, code: str, kind: str) -> None:
    assert codes.finder_of(CONTEXT).find(postcode, name) == (code, kind)


@pytest.mark.parametrize(
    ("postcode", "name"),
    [("43000", "ESPALY"), ("99999", "LE PUY EN VELAY"), ("", "Ajaccio"), ("43", "x"), ("", "")],
)
def test_address_without_a_sure_answer(postcode: str, name: str) -> None:
    assert codes.finder_of(CONTEXT).find(postcode, name) == (None, codes.NO_COMMUNE)


def test_postcodes_are_joined_and_counted() -> None:
    frame = pl.DataFrame(
        {"cp": ["1400", "43000", None], "nom": ["St-Étienne-du-Bois", "?", "x"], "ligne": [2, 3, 4]}
    )
    ledger = Ledger()
    ledger.read(3)
    kept = join_postcodes(frame, CONTEXT, ledger, "cp", "nom")
    assert kept.rows() == [("1400", "St-Étienne-du-Bois", 2, "01002")]
    assert ledger.report(1).rejected[0].lines == (3, 4)


def test_names_are_compared_as_addresses_write_them() -> None:
    assert place_name("Sainte-Foy-lès-Lyon") == place_name("STE FOY LES LYON")
    assert place_name("ABERGEMENT CLEMENCIAT (L )") == "l abergement clemenciat"
    assert place_name("Stains") == "stains"


def test_merged_rows_add_and_average() -> None:
    frame = pl.DataFrame(
        {
            "code_commune": ["01001", "01001", "01002"],
            "population": [100.0, 300.0, 50.0],
            "apl": [2.0, 4.0, 1.0],
            "nom": ["a", "b", "c"],
        }
    )
    merged = merge_rows(frame, ["code_commune"], ["population"], {"apl": "population"})
    assert merged.sort("code_commune").rows() == [
        ("01001", 400.0, 3.5, "a"),
        ("01002", 50.0, 1.0, "c"),
    ]


def test_merging_the_unknown_gives_the_unknown() -> None:
    frame = pl.DataFrame(
        {"code_commune": ["01001", "01001"], "population": [100.0, None], "apl": [2.0, 4.0]}
    )
    merged = merge_rows(frame, ["code_commune"], ["population"], {"apl": "population"})
    assert merged.rows() == [("01001", None, None)]


def test_todays_communes() -> None:
    context = todays_context()
    assert "43157" in context.communes
    assert "75056" not in context.communes
    assert commune_code("69123", context) == (None, codes.WHOLE_CITY)
    assert commune_code("01039", context)[1] == codes.MERGED
    finder = codes.finder_of(context)
    assert finder.find("43009", "LE PUY EN VELAY CEDEX 9")[0] == "43157"
    assert finder.find("69003", "LYON")[0] == "69383"
    assert finder.find("13008", "MARSEILLE")[0] == "13208"
