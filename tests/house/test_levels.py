"""The house's order: a package imports only from levels below its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LEVELS = {
    "errors": 0,
    "dates": 1,
    "timex": 2,
    "almanac": 2,
    "sources": 3,
    "selection": 3,
    "factcheck": 3,
    "drafts": 4,
    "press": 5,
    "server": 6,
    "newsroom": 6,
    "cli": 6,
}
# The command line is the door to its two neighbours: `hodie serve`, `hodie newsroom`.
NEIGHBOURS = {"cli": {"server", "newsroom"}}
# Heavy or optional parts, and the only packages that may import them.
ONLY_IN = {
    "django": {"newsroom"},
    "wagtail": {"newsroom"},
    "pyspark": {"sources"},
    "starlette": {"server"},
    "httptools": {"server"},
    "mcp": {"cli"},
    "uvicorn": {"server"},
    "click": {"cli"},
    "rich": {"cli"},
}
MODULES = sorted(path.relative_to(ROOT) for path in (ROOT / "hodie").rglob("*.py"))


def package_of(module: Path) -> str | None:
    """Name the package of the house that a file belongs to; None for hodie/__init__.py."""
    name = module.parts[1].removesuffix(".py")
    return None if name == "__init__" else name


def imports(module: Path) -> Iterator[str]:
    """List what a file imports, absolutely, wherever in the file it does so."""
    package = module.parent.parts
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *filter(None, [node.module])))
            yield from (f"{base}.{alias.name}" for alias in node.names)


def is_allowed(package: str | None, target: str) -> bool:
    """Tell whether `package` may import from the house's package `target`."""
    if target == package or target not in LEVELS:
        return target == package or target == "__version__"
    if package is None:
        return False
    below = LEVELS[target] < LEVELS[package]
    return below or target in NEIGHBOURS.get(package, ())


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_imports_point_down(module):
    """A module imports from its own package and from levels below it, never from a neighbour."""
    package = package_of(module)
    wrong = [
        name
        for name in imports(module)
        if name.startswith("hodie.") and not is_allowed(package, name.split(".")[1])
    ]

    assert wrong == []


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_heavy_parts_stay_in_their_room(module):
    """Django, Spark, the web server and the terminal are each imported by one package only."""
    package = package_of(module)
    wrong = [
        name
        for name in imports(module)
        if package not in ONLY_IN.get(name.split(".")[0], {package})
    ]

    assert wrong == []


def test_every_package_has_a_level():
    """A new package is given its place in the house before it is used."""
    packages = {package_of(module) for module in MODULES} - {None}

    assert packages <= LEVELS.keys()


@pytest.mark.parametrize(
    ("package", "target", "allowed"),
    [
        ("almanac", "dates", True),
        ("almanac", "timex", False),
        ("dates", "almanac", False),
        ("press", "press", True),
        ("server", "cli", False),
        ("cli", "server", True),
        ("press", "nowhere", False),
        (None, "dates", False),
    ],
)
def test_the_rule_itself(package, target, allowed):
    """Down is allowed, sideways and up are not, and the command line may open its neighbours."""
    assert is_allowed(package, target) is allowed


OPTIONAL = """
import sys
class Closed:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {modules!r}:
            raise ModuleNotFoundError(name + " is optional")
sys.meta_path.insert(0, Closed())
import {package}
"""


@pytest.mark.parametrize(
    "package",
    sorted(
        {f"hodie.{package_of(module)}" for module in MODULES if package_of(module)}
        - {"hodie.newsroom"}
    ),
)
def test_imports_without_extras(package):
    """Everything but the newsroom imports where no extra is installed."""
    modules = {"mcp", "django", "wagtail", "pyspark", "playwright", "hypothesis", "pytest", "edtf"}
    code = OPTIONAL.format(modules=modules, package=package)

    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)
