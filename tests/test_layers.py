from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest
from importlinter import configuration
from importlinter.application import use_cases

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
TOP_LEVEL = ("coach", "audio", "web", "commands")
UNLAYERED = {"coach.settings", "coach.testing", "coach.virtual_time"}
"""Read by the composition root, by tests and evals; contracts of their own say who may not import them."""


def test_imports_go_down_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    configuration.configure()
    passed = use_cases.lint_imports(config_filename="pyproject.toml", cache_dir=None, no_logo=True)
    assert passed, capsys.readouterr().out


def test_every_part_of_the_product_stands_in_a_layer() -> None:
    layers = next(contract for contract in CONTRACTS["contracts"] if contract["id"] == "layers")["layers"]
    layered = {name.strip(" ()") for layer in layers for name in layer.split("|")}
    parts = {f"coach.{path.stem}" for path in (ROOT / "coach").iterdir() if is_module(path)}
    assert parts - UNLAYERED <= layered
    assert {name for name in TOP_LEVEL if name != "coach"} <= layered


def test_every_top_level_package_is_checked() -> None:
    packages = {path.name for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").is_file()}
    assert packages - {"evals", "tests", "scripts"} == set(CONTRACTS["root_packages"])


def test_nothing_in_the_product_imports_the_command_line_the_evals_or_the_tests() -> None:
    forbidden = {"run_coach", "evals", "tests", "scripts"}
    for path in product_sources():
        assert not imported(path) & forbidden, path


def is_module(path: Path) -> bool:
    return (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()


def product_sources() -> list[Path]:
    sources = [path for name in TOP_LEVEL for path in (ROOT / name).rglob("*.py")]
    return [path for path in sources if "node_modules" not in path.parts]


def imported(path: Path) -> set[str]:
    """Return the top-level names a source file imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names
