"""The page: valid, accessible, self-contained, complete, and safe whatever the names."""

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assemblier.figures import Confidence, Figure, Nature, Provenance, Source, unavailable
from assemblier.french import french_spaces
from assemblier.reports import html
from assemblier.reports.document import (
    Align,
    Column,
    Document,
    Finding,
    Gauge,
    Gauges,
    Items,
    Map,
    Paragraph,
    Part,
    Section,
    Table,
    Tone,
)
from assemblier.reports.html import IndexEntry, render, render_index, source_words
from assemblier.reports.metadata import source_lines
from tests.documents import sample_document

VOID = {"meta", "link", "br", "hr", "img", "input"}
NUMBER = Align.NUMBER


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    children: list = field(default_factory=list)
    text: str = ""

    def all(self, *tags):
        for child in self.children:
            if not tags or child.tag in tags:
                yield child
            yield from child.all(*tags)

    def words(self):
        whole = self.text + "".join(child.words() for child in self.children)
        return re.sub(r"[ \n]+", " ", whole).strip(" \n") if self.tag != "#text" else self.text

    def get(self, name, default=None):
        return self.attributes.get(name, default)


class Tree(HTMLParser):
    """Build the tree of a page and refuse what is not closed in its order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.path = [self.root]
        self.feed(text)
        assert self.path == [self.root], [one.tag for one in self.path]

    def handle_starttag(self, tag, attributes):
        assert len({name for name, _ in attributes}) == len(attributes), f"{tag} {attributes}"
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.path[-1].children.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.path.pop()

    def handle_endtag(self, tag):
        assert self.path[-1].tag == tag, f"{self.path[-1].tag} fermé par {tag}"
        self.path.pop()

    def handle_data(self, data):
        child = Element("#text", {}, text=data)
        self.path[-1].children.append(child)


def tree(text):
    return Tree(text).root


@pytest.fixture(scope="module")
def text():
    return render(sample_document(), {"pdf": "panorama.pdf", "classeur": "panorama.xlsx"})


@pytest.fixture(scope="module")
def page(text):
    return tree(text)


def document(*blocks, **changes):
    """A document of one section that holds the blocks."""
    part = Part("p", "Une partie", (Section("s", "Une réponse", blocks),))
    return replace(Document("d", "Titre", "Lieu", "9 mars 2023", (), (part,)), **changes)


def found(root, tag, name, value):
    return [one for one in root.all(tag) if value in (one.get(name) or "").split()]


# --- valid and accessible


def test_identifiers_are_unique_and_everything_that_is_referred_to_exists(page):
    identifiers = Counter(one.get("id") for one in page.all() if one.get("id"))
    assert [name for name, count in identifiers.items() if count > 1] == []
    for one in page.all("a"):
        if one.get("href", "").startswith("#"):
            assert one.get("href")[1:] in identifiers
    for one in page.all():
        for name in (one.get("aria-labelledby") or "").split():
            assert name in identifiers
        for target in re.findall(r"url\(#([^)]+)\)", " ".join(one.attributes.values())):
            assert target in identifiers


def test_headings_follow_each_other_without_a_gap(page):
    levels = [int(one.tag[1]) for one in page.all("h1", "h2", "h3", "h4", "h5")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert all(one.words() for one in page.all("h1", "h2", "h3", "h4"))


def test_the_page_says_its_language_and_has_its_landmarks(page):
    (root,) = page.all("html")
    assert root.get("lang") == "fr"
    assert len(list(page.all("main"))) == 1
    assert len(list(page.all("title"))) > 0
    first = next(page.all("a"))
    assert first.get("href") == "#contenu"
    assert {"header", "footer", "nav"} <= {one.tag for one in page.all()}
    labels = [one.get("aria-label") for one in page.all("nav")]
    assert all(labels)


def test_every_drawing_is_named_or_hidden(page):
    drawings = list(page.all("svg"))
    assert drawings
    for drawing in drawings:
        if drawing.get("aria-hidden") == "true":
            continue
        assert drawing.get("role") in ("img", "group")
        names = {one.get("id"): one.words() for one in drawing.all("title", "desc")}
        assert all(names[name] for name in drawing.get("aria-labelledby").split())
    assert not list(page.all("img"))


def test_every_table_has_a_caption_and_scoped_headers(page):
    tables = list(page.all("table"))
    assert len(tables) == len(sample_document().tables())
    for table in tables:
        assert next(table.all("caption")).words()
        heads = list(next(table.all("thead")).all("th"))
        assert all(one.get("scope") == "col" and one.words() for one in heads)
        for row in next(table.all("tbody")).all("tr"):
            cells = list(row.all("th", "td"))
            assert cells[0].tag == "th"
            assert cells[0].get("scope") == "row"
            assert len(cells) == len(heads)


def test_a_column_without_a_label_is_still_named():
    table = Table("t", "T", (Column("a", ""), Column("b", "B", NUMBER)), (("x", 1),))
    heads = [
        one.words() for one in tree(render(document(table))).all("th") if one.get("scope") == "col"
    ]
    assert heads == ["Intitulé", "B"]


def test_every_link_and_summary_says_something(page):
    for one in page.all("a", "summary", "button"):
        assert one.get("aria-label") or one.words()


# --- self-contained


def test_nothing_is_loaded_from_anywhere(text, page):
    assert all("src" not in one.attributes for one in page.all())
    assert [one.get("href") for one in page.all("link")] == ["data:,"]
    style = next(page.all("style")).words()
    assert {url[:5] for url in re.findall(r"url\(([^)]+)\)", style)} == {"data:"}
    assert "@import" not in style
    (policy,) = [one for one in page.all("meta") if one.get("http-equiv")]
    assert "default-src 'none'" in policy.get("content")
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(", next(page.all("script")).words())


def test_the_page_and_its_script_are_light(text):
    assert len(text.encode()) < 3_000_000
    script = Path(html.__file__).parent / "static" / "page.js"
    assert len(script.read_bytes()) < 10_000
    fonts = Path(html.__file__).parent / "static" / "fonts"
    assert all(path.stat().st_size < 60_000 for path in fonts.glob("*.woff2"))


HOSTILE = '</script><script>alert("x")</script><img src=x onerror=alert(1)>&" onmouseover="x'


def hostile_document():
    source = Source(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        "javascript:alert(1)",
        HOSTILE,
        HOSTILE,
    )
    figure = Figure(
        HOSTILE,
        1.0,
        HOSTILE,
        vintage=HOSTILE,
        note=HOSTILE,
        provenance=Provenance((source,), HOSTILE, (HOSTILE,)),
    )
    gauge = Gauge(
        HOSTILE,
        figure,
        0,
        2,
        1,
        HOSTILE,
        ((HOSTILE, figure), (HOSTILE, unavailable(HOSTILE, HOSTILE))),
    )
    table = Table(
        "t",
        HOSTILE,
        (Column("a", HOSTILE), Column("b", HOSTILE, NUMBER)),
        ((HOSTILE, figure),),
        note=HOSTILE,
    )
    blocks = (
        Finding(HOSTILE, (figure,)),
        Gauges(gauge, gauge),
        table,
        Paragraph(HOSTILE),
        *(Items(HOSTILE, (HOSTILE, HOSTILE), tone) for tone in Tone),
    )
    part = Part(HOSTILE, HOSTILE, (Section(HOSTILE, HOSTILE, blocks),))
    return Document(HOSTILE, HOSTILE, HOSTILE, HOSTILE, blocks[:2], (part,))


def test_hostile_texts_are_shown_as_text():
    page = tree(render(hostile_document(), {HOSTILE: HOSTILE}))
    assert len(list(page.all("script"))) == 1
    assert not list(page.all("img"))
    for one in page.all():
        assert not any(name.startswith("on") for name in one.attributes)
        assert not one.get("href", "").startswith("javascript:")
    identifiers = Counter(one.get("id") for one in page.all() if one.get("id"))
    assert max(identifiers.values()) == 1
    assert "alert" in next(page.all("h1")).words()


# --- complete


def test_the_summary_comes_first_then_the_parts_then_the_sources(page):
    titles = [one.words() for one in page.all("h2")]
    parts = [part.title for part in sample_document().parts]
    assert titles == ["L'essentiel", *parts, "Sources"]


def test_the_contents_lead_to_every_part_and_section(page):
    (contents,) = found(page, "nav", "class", "sommaire")
    titles = [one.words() for one in contents.all("a")]
    for part in sample_document().parts:
        assert part.title in titles
        assert {french_spaces(section.title) for section in part.sections} <= set(titles)


def test_other_files_are_linked_when_told(page, text):
    (files,) = found(page, "nav", "class", "fichiers")
    assert {one.words(): one.get("href") for one in files.all("a")} == {
        "PDF à imprimer": "panorama.pdf",
        "classeur": "panorama.xlsx",
    }
    assert not found(tree(render(document())), "nav", "class", "fichiers")


def test_each_kind_of_figure_says_its_nature_its_origin_and_its_source():
    source = Source(
        "p",
        "ARS",
        "Présentation",
        "2022",
        published="9 mars 2023",
        page="page 14",
        address="https://exemple.fr",
    )
    cited = Figure("densité", 8.7, decimals=1, nature=Nature.CITE, provenance=Provenance((source,)))
    computed = Figure("densité", 8.5, decimals=1, vintage="2023")
    estimated = Figure("minutes", 12.0, nature=Nature.ESTIME, confidence=Confidence.NON_CONFIRME)
    missing = unavailable("patients", "extraction de la CPAM")
    page = tree(render(document(Finding("Phrase.", (cited, computed, estimated, missing)))))
    groups = [one.words() for one in found(page, "div", "class", "groupe")]
    assert "cité" in groups[0]
    assert "ARS, page 14, 9 mars 2023" in groups[0]
    assert "[1]" in groups[0]
    assert "calculé" in groups[1]
    assert "2023" in groups[1]
    assert "estimé · non confirmé" in groups[2]
    assert "non disponible" in groups[3]
    assert "extraction de la CPAM" in groups[3]
    (listed,) = found(page, "li", "id", "source-1")
    for words in (
        "ARS",
        "Présentation",
        "millésime 2022",
        "publié le 9 mars 2023",
        "page 14",
        "Licence Ouverte 2.0",
    ):
        assert words in listed.words()
    assert next(listed.all("a")).get("href") == "https://exemple.fr"


@pytest.mark.parametrize(
    ("vintage", "published", "words"),
    [
        ("9 mars 2023", "9 mars 2023", ["publié le 9 mars 2023"]),
        ("2019", "2019", ["publié en 2019"]),
        ("2022", "décembre 2024", ["millésime 2022", "publié en décembre 2024"]),
        ("2022", "1er mars 2023", ["millésime 2022", "publié le 1er mars 2023"]),
        ("2022", "", ["millésime 2022"]),
    ],
)
def test_the_dates_of_a_source_are_said_once_and_in_french(vintage, published, words):
    source = Source("p", "ARS", "T", vintage, "non précisée ; cité", published=published)
    licence = french_spaces("licence non précisée ; cité")
    assert source_words(source) == [*words, licence]
    block = Finding("Phrase.", (Figure("n", 1.0, provenance=Provenance((source,))),))
    (line,) = source_lines(document(block))
    assert line.when == ", ".join(word.removeprefix("millésime ") for word in words)
    assert line.licence == licence


def test_a_ratio_shows_its_two_terms():
    density = Figure(
        "densité",
        8.5,
        "pour 10 000 habitants",
        decimals=1,
        numerator=Figure("médecins généralistes", 194, "médecins", vintage="2022"),
        denominator=Figure("population municipale", 228654, "habitants", vintage="2023"),
    )
    page = tree(render(document(Finding("Phrase.", (density,)))))
    (more,) = found(page, "details", "class", "plus")
    words = re.sub("[\u00a0\u202f]", " ", more.words())
    assert (
        "194 médecins généralistes (2022) ÷ 228 654 habitants population municipale (2023)" in words
    )


def test_a_table_wider_than_the_screen_shows_that_it_scrolls(page, text):
    for box in found(page, "div", "class", "defile"):
        assert box.get("tabindex") == "0"
        assert box.get("role") == "region"
    style = text[: text.index("</style>")]
    assert re.search(r"\.defile\{[^}]*overflow-x:auto[^}]*linear-gradient", style)
    assert ".deborde::before{content:" in style
    assert 'classList.toggle("deborde", isWide)' in text


def test_figures_of_one_origin_say_it_once_and_a_unit_is_not_said_twice():
    both = tuple(Figure(f"communes sous {n}", 44, "communes", vintage="2024") for n in (1, 4))
    page = tree(render(document(Finding("Phrase.", both))))
    (group,) = found(page, "div", "class", "groupe")
    assert [one.words() for one in found(group, "span", "class", "valeur")] == ["44", "44"]
    assert len(found(group, "span", "class", "nature")) == 1


def test_gauges_have_a_drawing_words_and_companions(page):
    gauges = found(page, "div", "class", "jauge")
    assert len(gauges) == 2
    for gauge in gauges:
        assert len(list(gauge.all("svg"))) == 1
        assert found(gauge, "span", "class", "valeur")
    assert "non disponible" in gauges[1].words()


def test_every_commune_of_a_map_leads_to_its_row(page):
    drawn = next(block for block in sample_document().blocks() if isinstance(block, Map))
    figures = found(page, "figure", "class", "carte")
    links = [one.get("href") for one in figures[0].all("a") if one.get("aria-label")]
    assert len(links) == len(drawn.class_of)
    rows = {f"#{one.get('id')}" for one in page.all("tr") if one.get("id")}
    assert set(links) == rows


def test_the_legend_says_each_class_and_its_mark(page):
    drawn = next(block for block in sample_document().blocks() if isinstance(block, Map))
    legend = (
        found(page, "ul", "class", "legende")[0]
        .words()
        .replace("\u202f", " ")
        .replace("\u00a0", " ")
    )
    for kind in drawn.classes:
        assert f"{kind.mark} {kind.label}" in legend


def test_a_long_table_shows_the_rows_asked_for_and_says_how_many_there_are():
    rows = tuple((str(n), n) for n in range(100))
    table = Table("t", "T", (Column("a", "A"), Column("b", "B", NUMBER)), rows, visible_rows=12)
    page = tree(render(document(table)))
    assert len(list(next(page.all("tbody")).all("tr"))) == 12
    (under,) = found(page, "div", "class", "sous-tableau")
    assert "12 lignes sur 100" in under.words()
    assert "classeur" in under.words()


def test_a_table_shown_twice_is_printed_once_and_linked_after(page):
    counts = Counter(one.get("id") for one in page.all("table"))
    assert set(counts.values()) == {1}
    assert [one.words() for one in found(page, "p", "class", "renvoi")]


def test_the_unknown_is_written_in_tables(page):
    cells = [one.words() for one in page.all("td")]
    assert "n.d." in cells
    assert "" not in cells
    assert "None" not in cells


def test_what_people_read_has_french_spaces(page):
    for one in page.all("p", "li", "caption", "h2", "h3", "h4", "figcaption"):
        assert not re.search(r"\S ([;?!%»]|:(\s|$))", one.words()), one.words()


def test_an_empty_document_is_a_page():
    page = tree(render(Document("d", "Titre", "", "9 mars 2023", (), ())))
    assert next(page.all("h1")).words() == "Titre"
    assert "Aucune source." in page.words()


def test_the_document_is_left_as_it_was():
    before = repr(document(Paragraph("Texte ?")))
    given = document(Paragraph("Texte ?"))
    render(given)
    assert repr(given) == before


def test_the_same_document_gives_the_same_page(text):
    assert render(sample_document(), {"pdf": "panorama.pdf", "classeur": "panorama.xlsx"}) == text


# --- the index


def test_an_index_links_each_report_and_shows_its_figures():
    columns = (Column("population", "Population", NUMBER),)
    entries = [
        IndexEntry("CC des <Sucs>", "epci-1/index.html", (17412,)),
        IndexEntry("CC Auzon", "epci-2/index.html", (None,)),
    ]
    page = tree(
        render_index("Panoramas : Haute-Loire", entries, columns, "Onze EPCI", "9 mars 2023")
    )
    rows = [
        [cell.words() for cell in row.all("th", "td")] for row in next(page.all("tbody")).all("tr")
    ]
    assert rows == [["CC des <Sucs>", "17\u202f412"], ["CC Auzon", "n.d."]]
    links = [one.get("href") for one in next(page.all("main")).all("a")]
    assert links == ["epci-1/index.html", "epci-2/index.html"]
    assert next(page.all("h1")).words() == "Panoramas\u00a0: Haute-Loire"


def test_an_index_without_reports_is_a_page():
    assert list(tree(render_index("Titre", [])).all("table"))


def test_an_index_whose_cells_do_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        render_index("Titre", [IndexEntry("a", "a/", (1,))])
