"""Locks, licence, and the wheel people install."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements-build.lock", "requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)(?: ; [^\\]+)? \\$", re.MULTILINE)
LINE = re.compile(
    r"^(?:[a-z0-9][a-z0-9._-]*==[^\s;]+(?: ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?)$"
)
WHEEL_LIMIT = 20_000_000


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def normal(requirement: str) -> str:
    name = re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def third_party_imports() -> set[str]:
    """Return the distributions the package imports, however late."""
    distributions = packages_distributions()
    modules: set[str] = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules.update(alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    foreign = modules - set(sys.stdlib_module_names) - {"assemblier"}
    return {normal(name) for module in foreign for name in distributions.get(module, [module])}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported(project):
    declared = {normal(name) for name in project["dependencies"]}
    extras = project["optional-dependencies"]
    options = {normal(name) for extra in extras if extra != "dev" for name in extras[extra]}
    imported = third_party_imports()
    assert declared - imported == set()
    assert imported - declared - options == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(lock):
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not LINE.match(line)] == []
    assert pins(lock)


def test_every_dependency_is_locked(project):
    locked = {normal(name) for name in pins("requirements.lock")}
    assert {normal(name) for name in project["dependencies"]} <= locked


def test_every_development_dependency_is_locked(project):
    locked = {normal(name) for name in pins("requirements-dev.lock")}
    assert {normal(n) for n in project["optional-dependencies"]["dev"]} <= locked


def test_the_development_lock_extends_the_run_time_lock():
    development = pins("requirements-dev.lock")
    run_time = pins("requirements.lock")
    assert {name: development.get(name) for name in run_time} == run_time


def test_the_licence_is_the_agpl(project):
    assert project["license"] == "AGPL-3.0-or-later"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_publiccode_says_what_the_standard_requires(project):
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    required = {
        "publiccodeYmlVersion",
        "name",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert required <= set(public)
    assert public["legal"]["license"] == project["license"]
    french = public["description"]["fr"]
    assert len(french["genericName"]) <= 35
    assert len(french["shortDescription"]) <= 150
    assert 500 <= len(french["longDescription"]) <= 10_000
    assert french["features"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.whl")
    assert path.stat().st_size < WHEEL_LIMIT
    return zipfile.ZipFile(path)


def test_the_wheel_holds_the_whole_package_and_nothing_else(wheel):
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    source = ROOT / "src"
    expected = {
        path.relative_to(source).as_posix()
        for path in (source / "assemblier").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == expected


def test_the_wheel_holds_the_licence_and_the_notice(wheel):
    names = {name.split("/licenses/")[-1] for name in wheel.namelist() if "/licenses/" in name}
    assert names == {"LICENSE", "NOTICE"}


def test_the_wheel_installs_the_command(wheel):
    (entry,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "assemblier = assemblier.cli:main" in wheel.read(entry).decode()
