"""The page as it is laid out: maps by keyboard and by finger, sorted tables, phone, paper."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from assemblier.reports.document import Document, Map
from assemblier.reports.html import render
from tests.documents import sample_document

DESK, PHONE = 1280, 375
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MIDDLE = """() => {
  const box = document.activeElement.getBBox();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


@pytest.fixture(scope="module")
def browser(navigateur: Path) -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(navigateur), args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    return written(tmp_path_factory.mktemp("page"), sample_document())


def written(folder: Path, document: Document) -> str:
    path = folder / "index.html"
    path.write_text(render(document, {"pdf": "panorama.pdf"}), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def visit(browser, address):
    contexts = []

    def open_page(width: int = DESK, where: str = address):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, has_touch=width < 500
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(where)
        return page

    yield open_page
    for context in contexts:
        context.close()


def said(page) -> str:
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def focus_map(page) -> None:
    page.locator("figure.carte svg a[tabindex='0']").first.focus()


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_nothing_overflows_even_when_all_is_unfolded(visit, width, pytestconfig):
    page = visit(width)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = false; })")
    picture = page.screenshot(full_page=True)
    (pytestconfig.cache.mkdir("captures") / f"page-{width}.png").write_bytes(picture)
    assert int.from_bytes(picture[16:20], "big") == width


@pytest.mark.parametrize(
    ("key", "axis", "sign"),
    [("ArrowRight", 0, 1), ("ArrowDown", 1, 1), ("ArrowLeft", 0, -1), ("ArrowUp", 1, -1)],
)
def test_an_arrow_goes_where_it_points(visit, key, axis, sign):
    page = visit()
    page.locator("figure.carte a[aria-label^='Le Puy'], figure.carte a").nth(128).focus()
    before, name = page.evaluate(MIDDLE), said(page)
    page.keyboard.press(key)
    after = page.evaluate(MIDDLE)
    assert said(page) != name
    assert sign * (after[axis] - before[axis]) > 0
    assert abs(after[1 - axis] - before[1 - axis]) <= 1.2 * abs(after[axis] - before[axis])


def test_the_commune_in_focus_is_outlined(visit):
    page = visit()
    focus_map(page)
    page.keyboard.press("ArrowRight")
    ring = page.locator("figure.carte .anneau .dessus").first
    path = page.evaluate("document.activeElement.querySelector('path').getAttribute('d')")
    assert ring.get_attribute("d") == path


def test_enter_opens_what_folds_the_row_and_puts_the_keyboard_on_it(visit):
    page = visit()
    focus_map(page)
    page.keyboard.press("ArrowRight")
    name = said(page).split("\u00a0:")[0]
    page.keyboard.press("Enter")
    page.locator("tr:focus").wait_for()
    row = page.evaluate("document.activeElement.cells[0].textContent")
    assert row == name
    assert page.evaluate("document.activeElement.closest('details').open") is True
    assert 0 <= page.evaluate("document.activeElement.getBoundingClientRect().top") <= 900


def test_a_finger_reads_the_commune_and_is_offered_its_row(visit):
    page = visit(PHONE)
    link = page.locator("figure.carte svg a").nth(60)
    link.tap(force=True)
    readout = page.locator("figure.carte .lecture").first
    assert readout.text_content().endswith("voir sa ligne")
    assert page.evaluate("location.hash") == ""
    readout.locator("a").tap()
    page.locator("tr:focus").wait_for()
    assert page.evaluate("location.hash") == f"#{page.locator('tr:focus').get_attribute('id')}"


def test_numbers_sort_as_numbers_and_the_unknown_stays_last(visit):
    page = visit()
    table = page.locator("#tableau-causes_deces")
    for _ in range(2):
        table.locator("thead button").nth(1).press("Enter")
        cells = [
            text.strip() for text in table.locator("tbody tr td:nth-child(2)").all_text_contents()
        ]
        assert cells[-1] == "n.d."
        known = [int(text) for text in cells[:-1]]
        is_rising = table.locator("thead th").nth(1).get_attribute("aria-sort") == "ascending"
        assert known == sorted(known, reverse=not is_rising)
    assert not is_rising


def test_names_sort_as_in_a_french_dictionary(visit, tmp_path):
    page = visit(where=written(tmp_path, named(sample_document())))
    page.locator("summary").last.click()
    page.locator("#tableau-apl_communes thead button").first.click()
    names = page.locator("#tableau-apl_communes tbody th").all_text_contents()
    assert names.index("Ébreuil") < names.index("Espaly") < names.index("Zèbre")


def named(document: Document) -> Document:
    """Return the table of the sample's map with names that code points would set apart."""
    drawn = next(block for block in document.blocks() if isinstance(block, Map))
    names = iter(("Espaly", "Zèbre", "Ébreuil"))
    rows = tuple((next(names, row[0]), *row[1:]) for row in drawn.table.rows)
    return replace(document, summary=(replace(drawn.table, rows=rows, visible_rows=0),), parts=())


def test_gauges_are_side_by_side_on_a_desk_and_stacked_on_a_phone(visit):
    tops = "[...document.querySelectorAll('.jauge')].map(one => one.getBoundingClientRect().top)"
    left, right = visit().evaluate(tops)
    assert left == right
    first, second = visit(PHONE).evaluate(tops)
    assert first < second


@pytest.mark.parametrize(("width", "shown"), [(DESK, "large"), (PHONE, "etroit")])
def test_each_chart_is_shown_once_at_the_size_of_the_screen(visit, width, shown):
    visible = visit(width).evaluate(
        "[...document.querySelectorAll('.graphique')].filter(one => one.offsetParent)"
        ".map(one => one.className)"
    )
    assert visible
    assert set(visible) == {f"graphique graphique-{shown}"}


def test_lines_of_text_are_not_too_long(visit):
    page = visit()
    assert page.evaluate("document.querySelector('.texte').getBoundingClientRect().width") <= 672


def test_the_typeface_is_that_of_the_file_with_figures_of_one_width(visit):
    page = visit()
    loaded = page.evaluate("document.fonts.ready.then(all => [...all].map(one => one.status))")
    assert set(loaded) == {"loaded"}
    widths = page.evaluate(
        """['1', '8'].map(digit => {
          const span = document.createElement('span');
          span.style.cssText = 'position:absolute;font-size:100px';
          span.textContent = digit;
          document.body.appendChild(span);
          return span.getBoundingClientRect().width;
        })"""
    )
    assert widths == pytest.approx([64.8, 64.8], abs=0.3)


def test_paper_holds_what_the_page_folds_and_no_menu(visit):
    printed = pypdf.PdfReader(io.BytesIO(visit().pdf(prefer_css_page_size=True)))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert "95 ans ou plus" in text
    assert "Sommaire" not in text
    assert "Classeur" not in text


def test_a_table_too_wide_for_a_phone_scrolls_inside_its_box_by_keyboard(visit):
    page = visit(320)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.defile')].filter(box => box.offsetParent)"
        ".map(box => [box.scrollWidth > box.clientWidth, box.tabIndex])"
    )
    assert boxes
    assert all(index == (0 if is_wide else -1) for is_wide, index in boxes)
