"""Build the fonts of the reports: `python tools/construire_polices.py`.

What      Inter (OFL 1.1, no reserved name), weights 400 and 600, made into "Assemblier Sans":
          only the signs French reports use, tabular figures by default, another family name so
          that a reader's own Inter, with its proportional figures, never replaces it.
From      the npm packages named below, of a stated version and SHA-256 (the first holds the
          complete TrueType files, the second the text of the licence).
Writes    src/assemblier/reports/static/fonts/: WOFF2 for the page, TTF for the PDF and for
          pictures, widths.json (advance of each sign, in thousandths of the size, to lay out
          charts and maps), OFL.txt and PROVENANCE.yaml.
Needs     npm, and `pip install fonttools brotli`: neither is a dependency of Assemblier.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parents[1] / "src/assemblier/reports/static/fonts"
FAMILY = "Assemblier Sans"
FONTS_PACKAGE = (
    "@expo-google-fonts/inter",
    "0.4.2",
    "b5c1e5878c07a5637169da9f7b1f370c69709f1f8de55998e2522f7aa9dfe2a9",
)
LICENCE_PACKAGE = (
    "@fontsource/inter",
    "5.3.0",
    "02034af8d41dcc67ac8eab88f642e129bb8a2e8922abf30229c32725f54d8fd6",
)
WEIGHTS = {400: ("400Regular", "Regular"), 600: ("600SemiBold", "SemiBold")}
RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2018, 0x201E), (0x2080, 0x2089), (0x2070, 0x2079))
SIGNS = (
    "\u02bc\u2009\u202f\u2011–—…•†‡‰‹›′″€№™ȘșȚțẞ←↑→↓↗↘↔↕−×÷±≈≠≤≥∞√∑∆≡■□▪▲△▶▼▽◀◆◇○●✓✗⚠\u2010\u2212"
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "case"]


def archive(name: str, version: str, sha256: str, folder: Path) -> Path:
    """Fetch one package and refuse it when its checksum is not the one expected."""
    command = ["npm", "pack", "--silent", f"{name}@{version}", "--pack-destination", str(folder)]
    packed = subprocess.run(command, check=True, capture_output=True, text=True)
    path = folder / packed.stdout.split()[-1]
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{name} {version} : somme {found}\n  attendu : {sha256}\n  à faire : vérifier")
    return path


def member(path: Path, name: str) -> bytes:
    with tarfile.open(path) as tar:
        found = tar.extractfile(f"package/{name}")
        assert found is not None
        return found.read()


def tabular(font: TTFont) -> None:
    """Make the tabular figure of each digit the one a reader gets without asking."""
    lookups = font["GSUB"].table.LookupList.Lookup
    places = next(
        record.Feature.LookupListIndex
        for record in font["GSUB"].table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
    )
    swaps: dict[str, str] = {}
    for place in places:
        for table in lookups[place].SubTable:
            swaps.update(getattr(table, "ExtSubTable", table).mapping)
    for characters in font["cmap"].tables:
        for code in range(ord("0"), ord("9") + 1):
            if code in characters.cmap:
                characters.cmap[code] = swaps.get(characters.cmap[code], characters.cmap[code])


def subset(font: TTFont) -> None:
    options = Options()
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.hinting = False
    options.recalc_timestamp = False
    wanted = {code for low, high in RANGES for code in range(low, high + 1)}
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted | {ord(sign) for sign in SIGNS})
    subsetter.subset(font)


def rename(font: TTFont, style: str, weight: int) -> None:
    """Name the family; both weights are two faces of one family, whatever reads them."""
    postscript = FAMILY.replace(" ", "") + "-" + style
    names = {
        1: FAMILY,
        2: "Bold" if weight >= 600 else "Regular",
        3: postscript,
        4: f"{FAMILY} {style}",
        6: postscript,
    }
    for place, text in names.items():
        font["name"].setName(text, place, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if weight >= 600:
        font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x40 | 0x20
        font["head"].macStyle |= 1


def build(source: bytes, folder: Path, weight: int, style: str) -> list[Path]:
    original = folder / "original.ttf"
    original.write_bytes(source)
    font = TTFont(original, recalcTimestamp=False)
    tabular(font)
    subset(font)
    rename(font, style, weight)
    stem = TARGET / f"assemblier-sans-{weight}"
    font.save(stem.with_suffix(".ttf"))
    font.flavor = "woff2"
    font.save(stem.with_suffix(".woff2"))
    return [stem.with_suffix(".ttf"), stem.with_suffix(".woff2")]


def widths() -> Path:
    """Write how wide each sign is, per weight, in thousandths of the font size."""
    table = {}
    for weight in WEIGHTS:
        font = TTFont(TARGET / f"assemblier-sans-{weight}.ttf")
        scale = 1000 / font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        table[str(weight)] = {
            chr(code): round(advances[glyph][0] * scale)
            for code, glyph in sorted(font.getBestCmap().items())
        }
    path = TARGET / "widths.json"
    written = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    path.write_text(written + "\n", encoding="utf-8")
    return path


def provenance(files: list[Path]) -> str:
    """Write what the fonts come from and the checksum of each file."""
    lines = [
        "# Écrit par tools/construire_polices.py ; ne pas corriger à la main.",
        f"famille: {FAMILY}",
        "origine: Inter 4.001, The Inter Project Authors (2016), https://github.com/rsms/inter",
        "licence: SIL Open Font License 1.1 (OFL.txt), sans nom réservé",
        "transformation: >-",
        "  signes des textes français seulement, chiffres tabulaires par défaut,",
        "  sans instructions de rendu, famille renommée",
        "paquets:",
    ]
    for name, version, sha256 in (FONTS_PACKAGE, LICENCE_PACKAGE):
        lines += [f'  - nom: "{name}"', f'    version: "{version}"', f"    sha256: {sha256}"]
    lines.append("fichiers:")
    for path in files:
        lines += [
            f"  - nom: {path.name}",
            f"    octets: {path.stat().st_size}",
            f"    sha256: {hashlib.sha256(path.read_bytes()).hexdigest()}",
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fonts = archive(*FONTS_PACKAGE, folder)
        licence = TARGET / "OFL.txt"
        licence.write_bytes(member(archive(*LICENCE_PACKAGE, folder), "LICENSE"))
        files = [licence]
        for weight, (directory, style) in WEIGHTS.items():
            source = member(fonts, f"{directory}/Inter_{directory}.ttf")
            files += build(source, folder, weight, style)
    files.append(widths())
    (TARGET / "PROVENANCE.yaml").write_text(provenance(files), encoding="utf-8")
    for path in files:
        print(f"{path.name} : {path.stat().st_size} octets")


if __name__ == "__main__":
    main()
