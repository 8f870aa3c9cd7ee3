"""What the package exports, documents and imports is what it says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "assemblier"
MODULES = sorted(SOURCE.rglob("*.py"))
DOWNLOADS = "assemblier.sources.download"
"""The only module that may open the network."""
NETWORK = ("urllib.request", "socket", "ssl", "http.client", "ftplib", "smtplib")


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE.parent).with_suffix("")).replace("/", ".")


def exported(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return None


def defined_names(tree: ast.Module) -> set[str]:
    """Return the public names a module defines itself."""
    names: set[str] = set()
    for node in tree.body:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Assign():
                names.update(t.id for t in node.targets if isinstance(t, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return {name for name in names if not name.startswith("_")}


def taken_names(tree: ast.Module, package: str) -> set[str]:
    """Return the public names a module takes from the modules of a package."""
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package)
        for alias in node.names
        if not alias.name.startswith("_")
    }


@pytest.mark.parametrize("path", [m for m in MODULES if m.name == "__init__.py"], ids=name_of)
def test_a_package_exports_exactly_its_public_names(path):
    """A package that defines something exports it all; else it is a door, and exports all of it."""
    tree = tree_of(path)
    names, defined = set(exported(tree) or []), defined_names(tree)
    taken = taken_names(tree, name_of(path.parent))
    assert (defined or taken) <= names <= defined | taken


@pytest.mark.parametrize("path", [m for m in MODULES if m.name != "__init__.py"], ids=name_of)
def test_a_module_exports_only_what_its_package_defines(path):
    tree = tree_of(path)
    names = exported(tree)
    if names is not None:
        assert set(names) <= defined_names(tree) | taken_names(tree, name_of(path.parent))


def public_definitions() -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Yield every public function, class and method of the package."""
    for path in MODULES:
        for node in tree_of(path).body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            yield f"{name_of(path)}.{node.name}", node
            if isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef) and not method.name.startswith("_"):
                        yield f"{name_of(path)}.{node.name}.{method.name}", method


def test_everything_public_is_documented():
    silent = [name for name, node in public_definitions() if not ast.get_docstring(node)]
    assert silent == []


def documented_parameters(docstring: str) -> list[str]:
    """Return the names under « Parameters », each at the margin."""
    section = re.search(r"^Parameters\n-+\n(.*?)(?=^\S[^\n]*\n-{3,}\n|\Z)", docstring, re.M | re.S)
    if not section:
        return []
    lines = [line for line in section[1].splitlines() if line and not line.startswith(" ")]
    return [name.strip(" *") for line in lines for name in line.split(",")]


def arguments_of(node: ast.FunctionDef | ast.ClassDef) -> set[str]:
    if isinstance(node, ast.ClassDef):
        inner = [n for n in node.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
        fields = {n.target.id for n in node.body if isinstance(n, ast.AnnAssign)}
        return fields.union(*(arguments_of(n) for n in inner))
    every = node.args
    found = {a.arg for a in every.posonlyargs + every.args + every.kwonlyargs}
    return found | {a.arg for a in (every.vararg, every.kwarg) if a}


def test_documented_parameters_are_those_of_the_signature():
    strangers = {
        name: unknown
        for name, node in public_definitions()
        if (
            unknown := set(documented_parameters(ast.get_docstring(node) or ""))
            - arguments_of(node)
        )
    }
    assert strangers == {}


def test_every_always_true_line_is_held_by_a_property_test():
    texts = {
        path: path.read_text(encoding="utf-8")
        for path in (SOURCE.parents[1] / "tests").rglob("test_*.py")
    }
    properties = "\n".join(
        text
        for path, text in texts.items()
        if path.parent.name == "property" or "from hypothesis import" in text
    )
    unheld = [
        name
        for name, node in public_definitions()
        if "Always true" in (ast.get_docstring(node) or "")
        and not re.search(rf"\b{node.name}\b", properties)
    ]
    assert unheld == []


def imported_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", [m for m in MODULES if name_of(m) != DOWNLOADS], ids=name_of)
def test_no_module_opens_the_network(path):
    assert not [name for name in imported_names(tree_of(path)) if name.startswith(NETWORK)]
