"""Who imports whom, what the packages hold, and what is packed."""

from __future__ import annotations

import ast
import tomllib
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("geodata", "tours", "maps")
ENTRANCES = ("tours.__main__", "tours.cli")
HIDDEN_FROM_MAPS = tuple(
    f"tours.{name}" for name in ("solver", "config", "visits", "workspace", "planning", "cli")
)
VAGUE = {"utils", "util", "common", "helpers", "models", "misc", "types"}


def files() -> list[Path]:
    return sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in packages)


@cache
def imports() -> dict[str, frozenset[str]]:
    """Return what each module imports of ours, anywhere in the file."""
    modules = {module_of(path): path for path in files()}
    found: dict[str, set[str]] = {name: set() for name in modules}
    for name, path in modules.items():
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found[name] |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                above = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1])
                base = ".".join(filter(None, (above, node.module))) if node.level else node.module
                assert base is not None
                found[name] |= {
                    f"{base}.{alias.name}" if f"{base}.{alias.name}" in modules else base
                    for alias in node.names
                }
    return {
        name: frozenset(other for other in others if is_within(other, PACKAGES))
        for name, others in found.items()
    }


def offences(importers: tuple[str, ...], forbidden: tuple[str, ...]) -> set[tuple[str, str]]:
    return {
        (name, other)
        for name, others in imports().items()
        if is_within(name, importers)
        for other in others
        if is_within(other, forbidden)
    }


def test_imports_are_seen() -> None:
    assert "geodata.region" in imports()["geodata.places"]
    assert "tours.writing" in imports()["tours.cli.app"]


def test_geodata_imports_neither_tours_nor_maps() -> None:
    assert offences(("geodata",), ("tours", "maps")) == set()


def test_only_the_entrances_of_tours_import_maps() -> None:
    found = {(a, b) for a, b in offences(("tours",), ("maps",)) if not is_within(a, ENTRANCES)}
    assert found == set()


def test_only_the_entrances_import_the_command_line() -> None:
    found = {(a, b) for a, b in offences(PACKAGES, ("tours.cli",)) if not is_within(a, ENTRANCES)}
    assert found == set()


def test_maps_imports_nothing_that_decides() -> None:
    assert offences(("maps",), HIDDEN_FROM_MAPS) == set()


def test_nothing_imports_in_a_circle() -> None:
    graph = nx.DiGraph([(name, other) for name, others in imports().items() for other in others])
    assert list(nx.simple_cycles(graph)) == []


def test_what_is_imported_of_ours_exists() -> None:
    assert {other for others in imports().values() for other in others} <= set(imports())


@pytest.mark.parametrize("path", [p for p in files() if p.name == "__init__.py"], ids=module_of)
def test_package_file_holds_only_a_docstring(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert len(tree.body) == 1


def test_every_package_is_packed() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {module_of(path) for path in files() if path.name == "__init__.py"}
    assert set(settings["tool"]["setuptools"]["packages"]) == packages


def test_every_module_lies_in_a_package() -> None:
    assert [path for path in files() if not (path.parent / "__init__.py").is_file()] == []


def test_no_file_has_a_vague_name() -> None:
    assert {path.stem for path in files()} & VAGUE == set()


def test_nothing_else_lies_at_the_top() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    # What a build leaves behind is none of the project's.
    made = {name for name in found if name.endswith(".egg-info")} | {"build", "__pycache__"}
    assert found - made == {
        "LICENSE",
        "README.md",
        "geodata",
        "maps",
        "pyproject.toml",
        "tests",
        "tours",
    }
