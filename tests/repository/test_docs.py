"""The documentation keeps its promises: links, commands, glossary, decisions, changes."""

import platform
import re
import shlex
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
READMES = [ROOT / "README.md", ROOT / "README.en.md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CHANGE = re.compile(
    r"^- \*\*(?:Ajout|Changement|Correction|Retrait)\*\* — .+ Concerne\u00a0: .+\.$", re.S
)
DECISION = ("**Contexte.**", "**Décision.**", "**Conséquence.**")
EXPECTED_WORDS = (
    "ALD", "APL", "ARS", "bassin de vie", "BPE", "C2S", "calculé", "CDS", "cessation", "cité",
    "CLS", "commune", "CPAM", "CPTS", "densité", "EPCI", "estimé", "FNPS", "installation",
    "millésime", "MSP", "non disponible", "périmètre", "provenance", "QPV", "RPPS", "solde",
    "source", "TVS", "ZAC", "ZIP",
)  # fmt: skip


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(text: str) -> set[str]:
    """Return the anchors of the titles of a page."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=relative)
def test_links_lead_somewhere(page):
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"https?://[\w.-]+\.[a-z]{2,}(?:/|$)", target):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        if not found.exists() or (
            anchor and anchor not in anchors(found.read_text(encoding="utf-8"))
        ):
            broken.append(target)
    assert broken == []


def commands(page: Path) -> list[list[str]]:
    """Return the commands of the code blocks, comments removed."""
    blocks = re.findall(r"```(?:sh|console|bash)\n(.*?)```", page.read_text("utf-8"), re.S)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [shlex.split(line) for line in lines if line]


@pytest.mark.parametrize("page", READMES, ids=relative)
def test_readme_commands_exist(page):
    from assemblier.cli.program import application

    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    found = commands(page)
    assert any(words[0] == "assemblier" for words in found)
    for words in found:
        if words[0] == "make":
            assert words[1] in targets
        elif words[:2] == ["assemblier", "--help"]:
            continue
        elif words[0] == "assemblier":
            command = application.get_command(None, words[1])
            assert command is not None, words
            if words[2:] and words[2] in getattr(command, "commands", {}):
                command = command.commands[words[2]]
            options = {o for p in command.params for o in (*p.opts, *p.secondary_opts)}
            assert {word for word in words if word.startswith("-")} <= options, words
        else:
            assert words[:2] in (["pip", "install"], ["git", "clone"]) or words[0] == "cd", words


@pytest.mark.skipif(
    (platform.system(), platform.machine()) != ("Linux", "x86_64"),
    reason="le poids du README est celui de Linux sur x86_64",
)
@pytest.mark.parametrize("page", READMES, ids=relative)
def test_the_readme_tells_the_measured_weight(page):
    from benchmarks import taille

    (written,) = re.findall(r"<!-- taille -->([\d,\s]+)\s", page.read_text("utf-8"))
    told = int(re.sub(r"\D", "", written))
    assert told == pytest.approx(sum(taille.measure().values()), rel=0.05)


def test_both_readmes_give_the_same_commands_and_pictures():
    french, english = READMES
    assert commands(french) == commands(english)
    pictures = [re.findall(r"!\[[^\]]*\]\(([^)]+)\)", p.read_text("utf-8")) for p in READMES]
    assert pictures[0] == pictures[1] != []


def test_every_change_says_whom_it_concerns():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert versions
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ — .+", version) for version in versions)
    changes = re.findall(r"^- .*?(?=^- |^#|\Z)", text, re.M | re.S)
    assert changes
    assert [change for change in changes if not CHANGE.match(change.strip())] == []


def glossary() -> dict[str, str]:
    text = (ROOT / "docs" / "glossaire.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]*?) \| ([^|]+?) \|$", text, re.MULTILINE)
    entries = [(word, code, sense) for word, code, sense in rows if word not in ("mot", "---")]
    words = [word for word, _, _ in entries]
    assert len(set(words)) == len(words), "un mot est défini deux fois"
    return {word: f"{code} {sense}" for word, code, sense in entries}


def test_the_glossary_defines_the_words_people_meet():
    words = set(glossary())
    assert [word for word in EXPECTED_WORDS if word not in words] == []


def test_the_glossary_tells_the_indicator_from_the_housing_aid():
    assert "logement" in glossary()["APL"]


def test_the_glossary_names_every_profession_in_code():
    from assemblier.data import facts

    text = (ROOT / "docs" / "glossaire.md").read_text(encoding="utf-8")
    assert [code for code in facts.PROFESSIONS if f"`{code}`" not in text] == []


def test_decisions_are_numbered_and_say_why():
    pages = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(page.name[:4]) for page in pages]
    assert numbers == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {page.name[:4]} — "), page.name
        assert [part for part in DECISION if part not in text] == [], page.name


def test_decisions_are_all_listed_in_the_index():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = sorted((ROOT / "docs").rglob("*.md"))
    names = [
        page.relative_to(ROOT / "docs").as_posix() for page in pages if page.name != "index.md"
    ]
    assert [name for name in names if f"({name})" not in index] == []


def test_the_decision_on_dependencies_covers_each_of_them():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[<>=]", name)[0] for name in project["dependencies"]]
    texts = "\n".join(p.read_text("utf-8") for p in (ROOT / "docs" / "decisions").glob("*.md"))
    assert [name for name in names if f"| {name} |" not in texts] == []


def test_the_notice_names_every_embedded_data_file():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    folder = ROOT / "src" / "assemblier" / "data"
    files = [
        p for p in folder.rglob("*") if p.is_file() and p.suffix in (".parquet", ".csv", ".bin")
    ]
    unnamed = [
        relative(path)
        for path in files
        if path.name not in notice and path.parent.name not in notice
    ]
    assert files
    assert unnamed == []
