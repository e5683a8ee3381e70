from __future__ import annotations

import re
import tomllib
from importlib.metadata import distributions, packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.pin_versions import declared_pins, pins_of, with_pins, without_pins

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PINS = [Requirement(pin) for pin in declared_pins(PYPROJECT)]


def pinned_here() -> dict[str, str]:
    """Return the pinned version of each distribution on this platform and Python."""
    here = [pin for pin in PINS if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in here}


@pytest.mark.parametrize("name", ["coach", "audio", "web", "evals", "commands", "run_coach", "scripts"])
def test_no_installed_distribution_claims_our_top_level_names(name: str) -> None:
    assert packages_distributions().get(name, []) == []


def test_everything_we_declare_is_pinned_and_installed_as_pinned() -> None:
    project = tomllib.loads(PYPROJECT)
    extras = project["project"]["optional-dependencies"].values()
    groups = [project["project"]["dependencies"], project["dependency-groups"]["dev"], *extras]
    declared = [line for group in groups for line in group]
    pins = pinned_here()
    for line in declared:
        name = canonicalize_name(Requirement(line).name)
        assert pins[name] == version(name)


def test_no_installed_distribution_differs_from_its_pin() -> None:
    pins = pinned_here()
    installed = {canonicalize_name(found.metadata["Name"]): found.version for found in distributions()}
    assert {name: found for name, found in installed.items() if name in pins and pins[name] != found} == {}


def test_writing_pins_and_taking_them_out_again_changes_nothing_else() -> None:
    bare = without_pins(PYPROJECT)
    assert "constraint-dependencies" not in bare
    written = with_pins(bare, ["b==2", "c==3 ; python_full_version < '3.12'"])
    assert declared_pins(written) == ["b==2", "c==3 ; python_full_version < '3.12'"]
    assert without_pins(written) == bare
    assert with_pins(written, declared_pins(PYPROJECT)) == PYPROJECT


def test_a_version_that_differs_by_python_is_pinned_once_for_each() -> None:
    registry = {"registry": "anywhere"}
    lock = {
        "package": [
            {"name": "one", "version": "1", "source": registry},
            {"name": "two", "version": "1", "source": registry, "resolution-markers": ["python_version < '3.12'"]},
            {"name": "two", "version": "2", "source": registry, "resolution-markers": ["a", "b"]},
            {"name": "live-coach", "version": "0", "source": {"virtual": "."}},
        ]
    }
    assert pins_of(lock) == ["one==1", "two==1 ; python_version < '3.12'", "two==2 ; (a) or (b)"]


def test_no_pin_names_a_host() -> None:
    assert not [pin for pin in declared_pins(PYPROJECT) if re.search(r"https?:|@", pin)]
