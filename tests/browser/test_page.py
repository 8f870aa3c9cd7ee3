"""Journeys in a real browser: the page on a phone, at the keyboard, without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assemblier.reports import html
from tests.documents import sample_document

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("page") / "index.html"
    path.write_text(html.render(sample_document()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module")
def browser(navigateur: Path) -> Iterator:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(navigateur), args=OPTIONS)
        yield running
        running.close()


class Watched:
    """A page, and what it asked for or complained of."""

    def __init__(self, browser, address: str, viewport: dict[str, int], script: bool = True):
        self.context = browser.new_context(
            viewport=viewport, java_script_enabled=script, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.goto(address)


@pytest.fixture
def visit(browser, address):
    opened = []

    def open_page(viewport: dict[str, int], script: bool = True) -> Watched:
        watched = Watched(browser, address, viewport, script)
        opened.append(watched)
        return watched

    yield open_page
    for watched in opened:
        watched.context.close()


def test_the_page_asks_nothing_of_anybody_and_complains_of_nothing(visit, address):
    watched = visit(DESK)
    watched.page.wait_for_load_state("networkidle")
    assert [url for url in watched.asked if url != address and not url.startswith("data:")] == []
    assert watched.complaints == []


def test_a_phone_never_scrolls_the_page_sideways(visit):
    page = visit(PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_texts_are_large_enough_on_a_phone(visit):
    page = visit(PHONE).page
    sizes = page.evaluate(
        "[...document.querySelectorAll('main p, main li, main td')]"
        ".filter(e => e.offsetParent && e.textContent.trim())"
        ".map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert sizes
    assert min(sizes) >= 12
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 16


def test_the_first_tab_offers_to_skip_to_the_content(visit):
    page = visit(DESK).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#contenu"


def focus_first_commune(page) -> str:
    """Put the keyboard on the map as Tab does; return what is read aloud."""
    page.locator("figure.carte svg a[tabindex='0']").first.focus()
    return page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_arrows_move_between_communes_and_enter_leads_to_the_row(visit):
    page = visit(DESK).page
    seen = [focus_first_commune(page)]
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    assert len(set(seen)) >= 3
    assert page.locator("figure.carte .lecture").first.text_content() == seen[-1]
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    assert page.evaluate("decodeURIComponent(location.hash)") == target
    assert page.locator(target).is_visible()


def test_one_commune_of_a_map_is_in_the_tab_order(visit):
    page = visit(DESK).page
    counts = page.evaluate(
        "[...document.querySelectorAll('figure.carte svg')].filter(svg => svg.querySelector('a'))"
        ".map(svg => svg.querySelectorAll('a[tabindex=\"0\"]').length)"
    )
    assert counts
    assert set(counts) == {1}


def test_a_table_sorts_both_ways_and_says_so(visit):
    page = visit(DESK).page
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    button = page.locator("table thead th.nombre button").first
    header = page.locator("table thead th.nombre").first
    button.focus()
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "descending"


def test_everything_that_can_be_reached_has_a_name(visit):
    page = visit(DESK).page
    nameless = page.evaluate(
        "[...document.querySelectorAll('a[href], button, summary, [tabindex=\"0\"]')]"
        ".filter(e => !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')"
        " || e.textContent.trim()))"
        ".map(e => e.outerHTML.slice(0, 80))"
    )
    assert nameless == []


def test_pictures_are_named_for_those_who_do_not_see_them(visit):
    page = visit(DESK).page
    pictures = page.get_by_role("img")
    assert pictures.count() > 0
    for index in range(pictures.count()):
        tree = pictures.nth(index).aria_snapshot()
        assert re.match(r"- '?img \"[^\"]{10,}\"", tree), tree


def test_without_javascript_the_page_reads_whole(visit):
    with_script, without = visit(DESK).page, visit(DESK, script=False).page
    figures = ".valeur"
    assert without.locator(figures).count() == with_script.locator(figures).count() > 0
    assert without.locator("main table").count() == with_script.locator("main table").count() > 0
    assert without.locator("main h2").first.is_visible()


def test_text_contrast_is_enough_everywhere(visit):
    page = visit(DESK).page
    poor = page.evaluate(CONTRAST)
    assert poor == []


CONTRAST = """
() => {
  const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
  const part = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2]);
  const under = e => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0.99) return c;
    }
    return [255, 255, 255];
  };
  const poor = new Set();
  for (const e of document.querySelectorAll('body *')) {
    if (e.closest('svg, script, style') || !e.offsetParent) continue;
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(under(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) poor.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
  }
  return [...poor];
}
"""
