"""Every function that a room of the ground floor offers is called by name in some test."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORE = ROOT / "src" / "bening" / "core"
KINDS = {"kinds", "problems"}  # words and sentences, tested by the house


def rooms():
    """Every room with the file that lists what it offers."""
    folders = {path.parent.name: path for path in CORE.glob("*/__init__.py")}
    files = {path.stem: path for path in CORE.glob("*.py") if path.stem != "__init__"}
    return {name: path for name, path in (folders | files).items() if name not in KINDS}


def defined(path):
    """The functions that a file defines at its top level under a public name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def offered(path):
    """The functions of a room: what its list re-exports, or what its one file defines."""
    if path.name != "__init__.py":
        return defined(path)
    found = defined(path)
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bening.core."):
            source = ROOT / "src" / Path(*node.module.split("."))
            module = source / "__init__.py" if source.is_dir() else source.with_suffix(".py")
            found |= {alias.asname or alias.name for alias in node.names} & defined(module)
    return found


def used(path):
    """The names that a test file uses, other than by importing them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    named = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("bening.core")
        for alias in node.names
    }
    return {imported[name] for name in names if name in imported} | named


@pytest.fixture(scope="module")
def called():
    """Every name used in the tests of the ground floor, its oracles, scenarios, runnable pages and files."""
    folders = ("core", "oracles", "scenarios", "specs", "files", "outside")
    return set().union(
        *(used(path) for folder in folders for path in (ROOT / "tests" / folder).rglob("*.py"))
    )


@pytest.mark.parametrize("room", sorted(rooms()))
def test_every_function_of_a_room_is_called_in_a_test(room, called):
    functions = offered(rooms()[room])
    assert functions
    assert functions - called == set()
