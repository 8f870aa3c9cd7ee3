"""What is always true of the reading, the repairing and the keeping of files."""

import csv
import datetime
import io
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assemblier.data.texts import LegalText, State
from assemblier.errors import DataError
from assemblier.figures import Source
from assemblier.sources import encoding, importing, reading, text
from assemblier.sources.codes import commune_code, join_postcodes, merge_rows, repair_codes
from assemblier.sources.download import DownloadError, Patience, fetch
from assemblier.sources.layout import Context, Imported, ImportedTable, Layout, normalise
from assemblier.sources.letters import RECIPIENTS, Request, letter
from assemblier.sources.offer_workbook import (
    HEADER_ROW,
    PROFESSION_LABELS,
    SHEET,
    Territory,
    offer_workbook,
)
from assemblier.sources.recipe_reading import read_with
from assemblier.sources.recipes import read_recipe
from assemblier.sources.report import ImportReport, Ledger, Rejection, Repair, report_from_dict
from assemblier.sources.secret import THRESHOLD, hide_small_counts
from assemblier.sources.store import Origin, Store
from assemblier.sources.supply import KnownSupply, known_supply
from assemblier.tables import TABLES, check, conform, may_repeat, polars_type

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
COMMUNES = ("01001", "01002", "2A004", "43157")
CONTEXT = Context(
    frozenset(COMMUNES),
    {"01099": "01001", "43999": "07000"}.get,
    {"01400": (("01001", "Un"), ("01002", "Deux")), "43000": (("43157", "Le Puy-en-Velay"),)},
)
CODES = st.sampled_from(
    (*COMMUNES, "1001", "01099", "1099", "2a004", "75056", "99999", "43157.0", "", "9A101")
) | st.text(max_size=6)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


# --- texts ----------------------------------------------------------------------------------------


@given(WORDS)
def test_normalise_twice_is_once(said: str) -> None:
    assert normalise(normalise(said)) == normalise(said)


@given(WORDS)
def test_mended_leaves_a_sound_text(said: str) -> None:
    if not set(said) & set("ÂÃÅâ"):
        assert encoding.mended(said) == said


@given(st.lists(st.text("aé°œ’ç€", max_size=8), min_size=1, max_size=8))
def test_mended_gives_back_what_was_damaged(words: list[str]) -> None:
    sound = " ".join(words)
    damaged = sound.encode().decode("cp1252", "replace")
    if "\ufffd" not in damaged:
        assert encoding.mended(damaged) == sound


@given(st.binary(max_size=300), st.sampled_from(("utf-8", "cp1252")))
def test_clean_block_keeps_the_number_of_lines(block: bytes, said: str) -> None:
    cleaned = encoding.clean_block(block, said, Ledger())
    assert cleaned.count(b"\n") == block.count(b"\n")
    cleaned.decode("utf-8")


PIECES = st.sampled_from(
    ("a", "b;", ";", '"', '""', "\n", "\r\n", " ", "é", "1,5", "\x00", "\n\n", '"x;y"', ";;;", "\t")
)


def all_frames(content: bytes, width: int, block: int) -> tuple[pl.DataFrame, Ledger]:
    """Read a text of a known width by blocks of a given size."""
    ledger = Ledger()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "BLOCK", block)
        path = Path(folder) / "f.csv"
        path.write_bytes(content)
        sample = reading.Sample(path, "texte", "", "utf-8", ";", size=len(content))
        names = tuple(f"c{place}" for place in range(width))
        fields = text.Fields(width, tuple(range(width)), names)
        parts = list(text.frames(path, sample, fields, 1, ledger))
    return (pl.concat(parts) if parts else pl.DataFrame()), ledger


@QUICK
@given(st.lists(PIECES, max_size=60), st.integers(1, 40))
def test_frames_keep_or_reject_every_row_wherever_blocks_end(pieces: list[str], block: int) -> None:
    content = ("h;h;h\n" + "".join(pieces)).encode()
    whole, ledger = all_frames(content, 3, 1 << 20)
    assert ledger.rows_read == whole.height + ledger.rejected_count
    parts, again = all_frames(content, 3, block)
    assert again.rows_read == parts.height + again.rejected_count
    if '"' not in "".join(pieces):
        # Without quotes a row is a line that is not blank, whoever counts them.
        lines = [line for line in content.split(b"\n")[1:] if line.strip()]
        assert ledger.rows_read == again.rows_read == len(lines)
        assert whole.rows() == parts.rows()


FIELDS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=12)


@QUICK
@given(st.lists(st.lists(FIELDS, min_size=3, max_size=3), min_size=1, max_size=20))
def test_batches_read_what_a_csv_writer_writes(rows: list[list[str]]) -> None:
    packed = io.StringIO()
    csv.writer(packed, delimiter=";", lineterminator="\n").writerows([["a", "b", "c"], *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.csv"
        path.write_text(packed.getvalue(), encoding="utf-8", newline="")
        sample = reading.Sample(
            path, "texte", "", "utf-8", ";", (("a", "b", "c"),), size=path.stat().st_size
        )
        ledger = Ledger()
        frames = list(reading.batches(path, sample, ledger, 0))
    got = [row[:3] for frame in frames for row in frame.rows()]
    assert ledger.rows_read == len(got) + ledger.rejected_count
    written = [row for row in rows if ";".join(row).strip()]
    mended = [tuple(encoding.mended(cell) or None for cell in row) for row in written]
    assert [tuple(cell or None for cell in row) for row in got] == mended


# --- keys -----------------------------------------------------------------------------------------

SMALL_KEYS = st.tuples(st.sampled_from((None, "a", "b")), st.sampled_from((None, 0, 1, 2)))


@given(st.lists(SMALL_KEYS, max_size=9))
def test_where_may_repeat_says_no_no_two_rows_have_the_same_key(rows: list[tuple]) -> None:
    """Where it says no, no two rows have the same key."""
    schema = {"a": pl.String, "b": pl.Int64}
    said = may_repeat(pl.DataFrame(rows, schema=schema, orient="row"), ["a", "b"])
    # So few keys never collide: here the quick answer is the exact one.
    assert said == (len(set(rows)) < len(rows))


# --- codes ----------------------------------------------------------------------------------------


@given(CODES)
def test_commune_code_answers_with_a_commune_and_is_stable(written: str) -> None:
    code, _ = commune_code(written, CONTEXT)
    if code is not None:
        assert code in CONTEXT.communes
        assert commune_code(code, CONTEXT) == (code, "")


@QUICK
@given(st.lists(CODES | st.none(), max_size=30))
def test_repair_codes_keeps_or_rejects_each_row(written: list[str | None]) -> None:
    frame = pl.DataFrame(
        {"code_commune": written, "ligne": range(len(written))},
        schema={"code_commune": pl.String, "ligne": pl.Int64},
    )
    ledger = Ledger()
    kept = repair_codes(frame, CONTEXT, ledger)
    assert kept.height + ledger.rejected_count == frame.height
    assert set(kept["code_commune"]) <= CONTEXT.communes
    assert kept["ligne"].is_sorted()


@QUICK
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("1400", "01400", "43000", "43009", "", "x")) | st.text(max_size=5),
            st.sampled_from(("UN", "deux", "LE PUY EN VELAY CEDEX", "")) | st.text(max_size=8),
        ),
        max_size=20,
    )
)
def test_join_postcodes_keeps_or_rejects_each_row(places: list[tuple[str, str]]) -> None:
    frame = pl.DataFrame(
        {
            "cp": [cp for cp, _ in places],
            "nom": [n for _, n in places],
            "ligne": range(len(places)),
        },
        schema={"cp": pl.String, "nom": pl.String, "ligne": pl.Int64},
    )
    ledger = Ledger()
    kept = join_postcodes(frame, CONTEXT, ledger, "cp", "nom")
    assert kept.height + ledger.rejected_count == frame.height
    assert set(kept["code_commune"]) <= CONTEXT.communes


@QUICK
@given(
    st.lists(st.tuples(st.sampled_from(COMMUNES), st.integers(0, 1000)), min_size=1, max_size=20)
)
def test_merge_rows_keeps_totals_and_single_rows(rows: list[tuple[str, int]]) -> None:
    frame = pl.DataFrame(rows, schema=["code_commune", "effectif"], orient="row")
    merged = merge_rows(frame, ["code_commune"], sums=["effectif"])
    assert merged["effectif"].sum() == frame["effectif"].sum()
    assert merged["code_commune"].is_unique().all()
    alone = frame.filter(~pl.col("code_commune").is_duplicated())
    assert set(alone.rows()) <= set(merged.rows())


# --- accounts, secrets and tables -----------------------------------------------------------------

COUNTS = st.integers(0, 10_000)
REPAIRS = st.builds(Repair, WORDS, COUNTS, st.lists(WORDS, max_size=3).map(tuple))
REJECTIONS = st.builds(
    Rejection,
    WORDS,
    COUNTS,
    st.lists(COUNTS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=3).map(tuple),
)


@given(COUNTS, st.lists(REPAIRS, max_size=3), st.lists(REJECTIONS, max_size=3), st.lists(WORDS))
def test_report_from_dict_gives_the_report_back(
    kept: int, repaired: list[Repair], rejected: list[Rejection], notes: list[str]
) -> None:
    read = kept + sum(one.count for one in rejected)
    report = ImportReport(read, kept, tuple(repaired), tuple(rejected), tuple(notes))
    assert report_from_dict(report.as_dict()) == report
    with pytest.raises(ValueError, match="le compte"):
        ImportReport(read + 1, kept, tuple(repaired), tuple(rejected))


@QUICK
@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.none() | st.integers(0, 12)), min_size=1, max_size=20
    )
)
def test_hide_small_counts_shows_nobody(cells: list[tuple[str, int | None]]) -> None:
    frame = pl.DataFrame(cells, schema={"groupe": pl.String, "effectif": pl.Int64}, orient="row")
    hidden = hide_small_counts(frame, groups=["groupe"])
    shown = hidden["effectif"].drop_nulls()
    assert not shown.is_between(1, THRESHOLD - 1).any()
    assert (hidden["effectif"] == 0).sum() == (frame["effectif"] == 0).sum()
    for (_name,), group in frame.with_columns(hidden["statut"]).group_by("groupe"):
        secret = (group["statut"] == "secret").sum()
        if secret:
            assert secret >= min(2, (group["effectif"] > 0).sum())


@QUICK
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_check_does_not_depend_on_the_order_of_rows(name: str, data: st.DataObject) -> None:
    spec = TABLES[name]
    values = {"texte": WORDS, "entier": COUNTS, "nombre": st.floats(), "date": st.dates()}
    height = data.draw(st.integers(0, 4))
    frame = pl.DataFrame(
        {
            column.name: pl.Series(
                data.draw(
                    st.lists(
                        st.none() | values[column.kind.value], min_size=height, max_size=height
                    )
                ),
                dtype=polars_type(column.kind),
            )
            for column in spec.columns
        }
    )
    conformed = conform(frame.drop(spec.columns[-1].name), spec)
    problems = check(conformed, spec, "essai")
    assert not [one for one in problems if "colonne «" in one.found or "de type" in one.found]
    assert bool(problems) == bool(check(conformed.reverse(), spec, "essai"))


# --- recipes, the officer's workbook, letters, supply ---------------------------------------------

RECIPE = """
cle: essai
titre: essai
producteur: essai
millesime: 2024
licence: essai
qualite: essai
table: apl_publiee
colonnes:
  code_commune: code
  millesime: {valeur: 2024}
  profession: {valeur: infirmier}
  apl: apl
  population: hab
"""


@FEW
@given(st.lists(st.tuples(CODES, st.text("0123,.-x ", max_size=4), WORDS), max_size=12))
def test_read_with_a_recipe_keeps_or_rejects_each_row(rows: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        recipe_path = Path(folder) / "r.yaml"
        recipe_path.write_text(RECIPE, encoding="utf-8")
        path = Path(folder) / "f.csv"
        body = "".join(";".join(row) + "\n" for row in rows)
        path.write_bytes(("code;apl;hab\n01001;1;1\n01002;;\n" + body).encode())
        recipe = read_recipe(recipe_path)
        try:
            got = read_with(recipe, path, reading.sample(path), CONTEXT)
        except DataError:
            return
    assert got.report.rows_read == got.report.kept + got.report.rejected_count
    assert check(got.tables[0].frame, recipe.spec, "essai") == []


@FEW
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(COMMUNES), st.sampled_from(sorted(PROFESSION_LABELS))),
        st.integers(0, 50),
        max_size=6,
    )
)
def test_offer_workbook_has_a_row_for_each_and_no_zero_for_the_unknown(
    known: dict[tuple[str, str], int],
) -> None:
    from python_calamine import CalamineWorkbook

    counts = pl.DataFrame(
        [(code, profession, count) for (code, profession), count in known.items()],
        schema={"code_commune": pl.String, "profession": pl.String, "effectif": pl.Int64},
        orient="row",
    )
    supply = KnownSupply(counts, Source("s", "p", "t", "2024"))
    place = Territory("k", "n", tuple((code, f"nom {code}") for code in COMMUNES))
    today = datetime.date(2026, 11, 22)
    content = offer_workbook(place, supply, sorted(PROFESSION_LABELS), today)
    assert content == offer_workbook(place, supply, sorted(PROFESSION_LABELS), today)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    body = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)[HEADER_ROW + 1 :]
    body = [row for row in body if row[0]]
    wanted = [(code, p) for code in COMMUNES for p in sorted(PROFESSION_LABELS)]
    assert [(row[0], row[2]) for row in body] == [(c, PROFESSION_LABELS[p]) for c, p in wanted]
    assert [row[3] for row in body] == [known.get(pair, "") for pair in wanted]


names_of_files = st.lists(st.text("abcé", min_size=1), min_size=1, max_size=3).map(" ".join)


@FEW
@given(st.sampled_from(sorted(RECIPIENTS)), st.lists(names_of_files, max_size=3))
def test_letter_names_everything_it_asks(key: str, missing: list[str]) -> None:
    from docx import Document

    request = Request(
        "du territoire", 3, tuple(missing), datetime.date(2026, 11, 22), "22 novembre 2026"
    )
    document = Document(io.BytesIO(letter(RECIPIENTS[key], request)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "du territoire" in said
    assert all(one.split(" ;")[0] in said for one in RECIPIENTS[key].asked)
    assert all(one in said for one in missing)
    assert "aucune donnée nominative" in said


@FEW
@given(
    st.lists(st.sampled_from(("43157", "43002", "01001", "2A004")), max_size=3),
    st.lists(st.sampled_from(("medecin_generaliste", "infirmier", "orthoptiste")), max_size=3),
)
def test_known_supply_is_only_what_is_wanted(codes: list[str], professions: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = known_supply(Store(Path(folder)), codes, professions)
    if found is not None:
        pairs = found.counts.select("code_commune", "profession")
        assert set(found.counts["code_commune"]) <= set(codes)
        assert set(found.counts["profession"]) <= set(professions)
        assert not pairs.is_duplicated().any()


@given(
    st.sampled_from(State),
    st.none() | st.dates(),
    st.sampled_from(("", "une preuve")),
    st.sampled_from(("", "un autre texte")),
)
def test_a_legal_text_is_checked_or_says_it_is_not(
    state: State, checked: datetime.date | None, against: str, successor: str
) -> None:
    guide = Source("guide", "p", "t", "2019")

    def built() -> LegalText:
        return LegalText("k", "r", "s", state, checked, against, successor, guide, "https://x")

    is_checked = checked is not None and bool(against)
    is_sound = (state is not State.UNCHECKED) == is_checked
    is_followed = (state in (State.CHANGED, State.REPLACED)) == bool(successor)
    if is_sound and is_followed:
        assert built().state is state
    else:
        with pytest.raises(ValueError, match="k :"):
            built()


# --- the store ------------------------------------------------------------------------------------


def epci(rank: int, vintage: str = "2024") -> Imported:
    frame = pl.DataFrame(
        {
            "siren_epci": ["200000001"],
            "millesime": [int(vintage)],
            "nom": [f"import {rank}"],
            "nature": [None],
            "communes": [rank],
        },
        schema_overrides={"nature": pl.String},
    )
    source = Source("essai", "essai", "essai", vintage)
    return Imported((ImportedTable("epci", frame, source, vintage),), ImportReport(1, 1))


ORIGIN = Origin("essai.csv", "0" * 64, 1, "essai")


@FEW
@given(st.lists(st.sampled_from(("2022", "2023", "2024", "oublie 2023", "oublie")), max_size=12))
def test_store_holds_what_was_put_last_and_not_forgotten(steps: list[str]) -> None:
    expected: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for rank, step in enumerate(steps):
            if not step.startswith("oublie"):
                store.put(epci(rank, step), ORIGIN)
                expected[step] = rank
                continue
            vintage = step.removeprefix("oublie").strip()
            if vintage in expected or (not vintage and expected):
                store.forget(f"essai@{vintage}" if vintage else "essai")
                expected = {key: kept for key, kept in expected.items() if vintage not in ("", key)}
        again = Store(Path(folder))
        held = {
            entry.vintage: again.read("epci", vintage=entry.vintage).frame["communes"][0]
            for entry in again.entries()
        }
        assert held == expected
        assert again.check() == []


def test_store_two_writers_and_readers_at_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        store.put(epci(0), ORIGIN)

        def write(rank: int) -> int:
            return Store(Path(folder)).put(epci(rank), ORIGIN).number

        def read(_rank: int) -> int:
            return Store(Path(folder)).read("epci").frame.height

        with ThreadPoolExecutor(6) as pool:
            heights = pool.map(read, range(40))
            numbers = list(pool.map(write, range(1, 21)))
        assert set(heights) == {1}
        assert sorted(numbers) == list(range(2, 22))
        assert store.check() == []
        assert len(store.lots()) == 1


@FEW
@given(st.binary(max_size=400), st.sampled_from((".csv", ".xlsx", ".zip", ".json", ".gz")))
def test_import_files_that_are_refused_leave_the_store(content: bytes, extension: str) -> None:
    def read(path: Path, _sample: object, _context: Context) -> Imported:
        raise DataError([])

    refusing = Layout("x", "x", "x", (), lambda _sample: True, read)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "donnees")
        store.put(epci(1), ORIGIN)
        before = {path: path.read_bytes() for path in store.folder.rglob("*.*")}
        path = Path(folder) / f"f{extension}"
        path.write_bytes(content)
        given_files = importing.files_of([path])
        for recipe in (None, refusing):
            outcomes = list(importing.import_files(given_files, store, CONTEXT, recipe))
            assert all(one.state is not importing.State.IMPORTED for one in outcomes)
        assert {path: path.read_bytes() for path in store.folder.rglob("*.*")} == before


def test_fetch_leaves_the_target_as_it_was() -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "f.csv"
        target.write_bytes(b"avant")
        hasty = Patience(stalls=0, sleep=lambda _seconds: None)
        with pytest.raises(DownloadError):
            fetch("http://127.0.0.1:9/f.csv", target, 100, patience=hasty)
        assert target.read_bytes() == b"avant"


@FEW
@given(st.binary(min_size=1, max_size=2000))
def test_an_archive_of_anything_never_raises(content: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        book.writestr("a.csv", content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "f.zip"
        path.write_bytes(packed.getvalue())
        store = Store(Path(folder) / "donnees")
        outcomes = list(importing.import_files(importing.files_of([path]), store, CONTEXT))
        assert all(one.problems for one in outcomes)
