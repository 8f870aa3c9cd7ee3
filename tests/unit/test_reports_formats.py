"""The registry of formats: names, files, and what is said of an unknown name."""

import subprocess
import sys

import pytest

from assemblier.errors import InputError
from assemblier.reports.document import Document
from assemblier.reports.formats import FORMATS, parse_formats


def test_formats_come_once_in_the_order_of_the_registry() -> None:
    assert [one.name for one in parse_formats("csv,PDF , pdf,.html,")] == ["html", "pdf", "csv"]
    assert [one.name for one in parse_formats(",".join(FORMATS))] == list(FORMATS)


def test_every_unknown_name_is_said_at_once_with_those_known() -> None:
    with pytest.raises(InputError) as caught:
        parse_formats("pdf,xslx,papyrus")
    problems = caught.value.problems
    assert [problem.found for problem in problems] == [
        "format inconnu « xslx »",
        "format inconnu « papyrus »",
    ]
    assert problems[0].action == "essayer « xlsx »"
    assert all(name in problems[1].expected for name in FORMATS)


@pytest.mark.parametrize("text", ["", " , ,"])
def test_no_format_at_all_is_a_mistake(text: str) -> None:
    with pytest.raises(InputError, match="aucun format"):
        parse_formats(text)


def test_listing_formats_loads_no_writer() -> None:
    program = (
        "import sys, assemblier.reports.formats; "
        "print([m for m in ('docx', 'pptx', 'typst', 'xlsxwriter', 'numpy', 'polars', 'lxml') "
        "if m in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert printed.stdout.strip() == "[]"


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_gives_its_files_and_leaves_the_document_alone(
    name: str, document: Document
) -> None:
    before = repr(document)
    files = FORMATS[name].files(document)
    assert files
    assert all(path.startswith(FORMATS[name].file_name) for path in files)
    assert all(path.endswith(FORMATS[name].extension) for path in files)
    assert all(isinstance(content, bytes) and content for content in files.values())
    assert repr(document) == before


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_document_gives_the_same_bytes(name: str, document: Document) -> None:
    assert FORMATS[name].files(document) == FORMATS[name].files(document)
