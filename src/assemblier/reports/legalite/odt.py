"""A draft as an OpenDocument text; its blanks are highlighted."""

import io
import zipfile
from xml.sax.saxutils import escape

from assemblier.french import date_text, french_spaces
from assemblier.reports.legalite.draft import Draft, Kind, Line, pieces
from assemblier.reports.packing import steady_entry, xml_text
from assemblier.reports.theme import THEME

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    "office": f"{_OASIS}office:1.0",
    "text": f"{_OASIS}text:1.0",
    "style": f"{_OASIS}style:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_STYLES = {Kind.HEADING: "Titre_article", Kind.TEXT: "Texte", Kind.BULLET: "Texte"}
_HIGHLIGHT = "#ffff00"


def render(draft: Draft) -> bytes:
    """Return a draft as an OpenDocument text.

    Always true
    -----------
    The same draft gives the same bytes.
    """
    entries = {
        "content.xml": _content(draft),
        "styles.xml": _page(draft),
        "meta.xml": _meta(draft),
    }
    entries["META-INF/manifest.xml"] = _manifest(tuple(entries))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(steady_entry("mimetype", zipfile.ZIP_STORED), _MIMETYPE)
        for name, content in entries.items():
            archive.writestr(steady_entry(name), content)
    return packed.getvalue()


def _root(name: str, content: str) -> str:
    spaces = "".join(f' xmlns:{space}="{address}"' for space, address in _SPACES.items())
    version = f'{name.partition(":")[0]}:version="1.3"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}{spaces} {version}>{content}</{name}>'


def _words(words: str) -> str:
    return "".join(
        f'<text:span text:style-name="Blanc">{_escaped(piece)}</text:span>'
        if is_blank
        else _escaped(piece)
        for piece, is_blank in pieces(words)
    )


def _escaped(words: str) -> str:
    return escape(xml_text(words))


def _line(line: Line) -> str:
    style = _STYLES[line.kind]
    if line.kind is Kind.HEADING:
        return (
            f'<text:h text:style-name="{style}" text:outline-level="2">{_words(line.text)}</text:h>'
        )
    paragraph = f'<text:p text:style-name="{style}">{_words(line.text)}</text:p>'
    if line.kind is Kind.BULLET:
        item = f"<text:list-item>{paragraph}</text:list-item>"
        return f'<text:list text:style-name="Puces">{item}</text:list>'
    return paragraph


def _content(draft: Draft) -> str:
    title = _escaped(french_spaces(draft.title))
    subtitle = _words(f"{draft.subtitle} · {date_text(draft.on)}")
    mention = _escaped(french_spaces(f"Projet : {draft.mention}"))
    top = (
        f'<text:h text:style-name="Titre" text:outline-level="1">{title}</text:h>'
        f'<text:p text:style-name="Sous_titre">{subtitle}</text:p>'
        f'<text:p text:style-name="Mention">{mention}</text:p>'
    )
    body = top + "".join(_line(line) for line in draft.lines)
    return _root(
        "office:document-content",
        f"<office:automatic-styles>{_text_styles()}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>",
    )


def _style(name: str, size: float, before: float, after: float, more: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph">'
        f'<style:paragraph-properties fo:margin-top="{before}pt" fo:margin-bottom="{after}pt" '
        f'fo:orphans="2" fo:widows="2"/><style:text-properties fo:font-size="{size}pt" {more}/>'
        "</style:style>"
    )


def _text_styles() -> str:
    bold, accent = 'fo:font-weight="bold"', f'fo:color="{THEME.accent}"'
    bullets = (
        '<text:list-style style:name="Puces"><text:list-level-style-bullet text:level="1" '
        'text:bullet-char="•"><style:list-level-properties text:space-before="0.4cm" '
        'text:min-label-width="0.5cm"/></text:list-level-style-bullet></text:list-style>'
    )
    return (
        _style("Titre", 22, 0, 4, f"{bold} {accent}")
        + _style("Sous_titre", 13, 0, 10)
        + _style("Mention", 11, 6, 12, f'{bold} fo:color="{THEME.ink}"')
        + _style("Titre_article", 13, 14, 5, f"{bold} {accent}")
        + _style("Texte", 10.5, 0, 6)
        + '<style:style style:name="Blanc" style:family="text"><style:text-properties '
        f'{bold} fo:background-color="{_HIGHLIGHT}"/></style:style>' + bullets
    )


def _page(draft: Draft) -> str:
    letters = (
        '<style:default-style style:family="paragraph"><style:text-properties '
        'fo:font-family="Calibri, Carlito, sans-serif" fo:font-size="10.5pt" fo:language="fr" '
        'fo:country="FR"/></style:default-style>'
    )
    layout = (
        '<style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>'
        "<style:footer-style/></style:page-layout>"
    )
    numbers = (
        f"<style:footer><text:p>{_escaped(french_spaces(draft.title))} · page "
        "<text:page-number>1</text:page-number> / <text:page-count>1</text:page-count></text:p>"
        "</style:footer>"
    )
    master = f'<style:master-page style:name="Standard" style:page-layout-name="A4">{numbers}'
    return _root(
        "office:document-styles",
        f"<office:styles>{letters}</office:styles>"
        f"<office:automatic-styles>{layout}</office:automatic-styles>"
        f"<office:master-styles>{master}</style:master-page></office:master-styles>",
    )


def _meta(draft: Draft) -> str:
    moment = f"{draft.on.isoformat()}T00:00:00"
    return _root(
        "office:document-meta",
        f"<office:meta><dc:title>{_escaped(draft.title)}</dc:title><dc:language>fr-FR"
        f"</dc:language><meta:creation-date>{moment}</meta:creation-date><dc:date>{moment}"
        "</dc:date></office:meta>",
    )


def _manifest(names: tuple[str, ...]) -> str:
    files = [("/", _MIMETYPE), *((name, "text/xml") for name in names)]
    return _root(
        "manifest:manifest",
        "".join(
            f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
            for name, kind in files
        ),
    )
