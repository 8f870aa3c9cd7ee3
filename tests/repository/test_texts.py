"""What is committed names no machine, no registry, no test data folder."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).relative_to(ROOT).as_posix()
FOLDER_OF_TESTS = "../" + "shared"
MACHINE = re.compile(
    r"(?<![\w.])/(?:work|root|tmp|opt|home|Users)/|\.library\b|(?<![\w.])/tmp\b|[A-Z]:\\Users"
)
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|deb\.debian\.org"
    r"|--(?:extra-)?index-url [^'\" ]"
)
BANNED_WORD = re.compile(r"\b" + "see" + r"ds?\b", re.IGNORECASE)
PRODUCT = (
    "src/",
    "docs/",
    "README",
    "CHANGELOG",
    "CONTRIBUTING",
    "SECURITY",
    "NOTICE",
    "publiccode",
)


def committed_texts() -> dict[str, str]:
    """Return the text files git follows or would follow, by path."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("ce dossier n'est pas suivi par git")
    texts: dict[str, str] = {}
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file():
            content = path.read_bytes()
            if b"\0" not in content[:4096]:
                texts[name] = content.decode("utf-8", errors="replace")
    return texts


def lines_with(pattern: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name: text for name, text in committed_texts().items() if name != HERE}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("cd /wo" + "rk/main", True),
        ("voir /tm" + "p/x", True),
        ("https://exemple.fr/work/page", False),
        ("docs/home/page.md", False),
    ],
)
def test_a_machine_path_is_recognised(line, found):
    assert bool(MACHINE.search(line)) is found


def test_no_file_names_a_path_of_a_machine(texts):
    assert lines_with(MACHINE, texts) == []


def test_no_file_names_a_package_registry(texts):
    assert lines_with(REGISTRY, texts) == []


def test_only_the_integration_script_names_the_folder_of_real_data(texts):
    naming = {name for name, text in texts.items() if FOLDER_OF_TESTS in text}
    assert naming == {".ci/run"}


def test_the_product_says_documents_sources(texts):
    product = {name: text for name, text in texts.items() if name.startswith(PRODUCT)}
    assert lines_with(BANNED_WORD, product) == []


def test_every_text_ends_with_one_line_end_and_has_no_carriage_return(texts):
    odd = [
        name
        for name, text in texts.items()
        if name.endswith((".py", ".md", ".yaml", ".yml", ".toml", ".sh"))
        and text
        and ("\r" in text or not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert odd == []


def test_nothing_is_left_to_do(texts):
    pattern = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    watched = {n: t for n, t in texts.items() if n.startswith(("src/", "tests/", "tools/"))}
    code = {n: t for n, t in watched.items() if n.endswith((".py", ".sh", ".css", ".js", ".html"))}
    assert lines_with(pattern, code) == []
