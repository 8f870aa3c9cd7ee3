"""The command line starts light: nothing heavy is imported to show the help."""

import json
import subprocess
import sys

import pytest

HEAVY = (
    "PIL",
    "django",
    "docx",
    "jinja2",
    "numba",
    "numpy",
    "openfisca_core",
    "polars",
    "pptx",
    "scipy",
    "shapely",
    "typst",
    "xlsxwriter",
)
PROGRAM = """
import json, sys
from assemblier.cli import main
sys.argv = ["assemblier", *{arguments!r}]
try:
    main()
finally:
    loaded = sorted(set({heavy!r}) & set(sys.modules))
    print(json.dumps(loaded), file=sys.stderr)
"""


def loaded_by(*arguments: str) -> tuple[int, str, list[str]]:
    """Run the program in a fresh interpreter; return its status, output and heavy modules."""
    code = PROGRAM.format(arguments=arguments, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, json.loads(done.stderr.splitlines()[-1])


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ()], ids=" ".join)
def test_showing_the_help_imports_nothing_heavy(arguments):
    status, output, loaded = loaded_by(*arguments)
    assert loaded == []
    if arguments:
        assert status == 0
        assert "assemblier" in output.lower()


def test_the_check_sees_a_heavy_module():
    code = PROGRAM.format(arguments=("--help",), heavy=HEAVY).replace("try:", "import numpy\ntry:")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert json.loads(done.stderr.splitlines()[-1]) == ["numpy"]


def test_the_help_costs_at_most_half_more_than_a_bare_typer_program():
    from benchmarks import aide_cli

    assert aide_cli.measure(runs=3).ratio <= aide_cli.LIMIT
