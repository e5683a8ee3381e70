"""Pin every version the project installs, transitive ones too, in `[tool.uv] constraint-dependencies`.

    uv run scripts/pin_versions.py            # resolve afresh and write the newest versions that fit
    uv run scripts/pin_versions.py --check    # exit 1 if a version is unpinned or pinned differently

The pins stand in pyproject.toml and not in a committed uv.lock because a lock file names registry hosts.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

PYPROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
PINS = re.compile(
    r"^# Written by scripts/pin_versions\.py.*\nconstraint-dependencies = \[\n(?:.*\n)*?\]\n", re.MULTILINE
)
HEADING = "# Written by scripts/pin_versions.py; `make pins` refreshes it."


def main() -> int:
    """Write or check the pins; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 if the pins are not complete")
    check = parser.parse_args().check
    text = PYPROJECT.read_text(encoding="utf-8")
    pinned = declared_pins(text)
    wanted = pins_of(resolve(text if check else without_pins(text)))
    if check:
        return report(pinned, wanted)
    # What is pinned can make uv split its resolution less finely: the markers of a second look are those of the check.
    text = with_pins(text, wanted)
    wanted = pins_of(resolve(text))
    PYPROJECT.write_text(with_pins(text, wanted), encoding="utf-8")
    print(f"{len(wanted)} pins written, {len(set(wanted) - set(pinned))} of them new or changed")
    return 0


def declared_pins(pyproject: str) -> list[str]:
    """Return the constraints that pyproject.toml holds now."""
    pins: list[str] = tomllib.loads(pyproject)["tool"]["uv"].get("constraint-dependencies", [])
    return pins


def resolve(pyproject: str) -> dict[str, Any]:
    """Resolve `pyproject` for every platform and Python in a folder of its own; return uv's lock."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("expected `uv` on PATH; install it with: pip install uv")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pyproject.toml").write_text(pyproject, encoding="utf-8")
        (Path(folder) / "README.md").touch()
        done = subprocess.run([uv, "lock", "--quiet"], cwd=folder, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            sys.exit("uv could not resolve the dependencies; its message stands above")
        return tomllib.loads((Path(folder) / "uv.lock").read_text(encoding="utf-8"))


def pins_of(lock: dict[str, Any]) -> list[str]:
    """Return one constraint a locked version, with a marker where versions differ by Python or platform."""
    return sorted(_pin(package) for package in lock["package"] if "registry" in package["source"])


def _pin(package: dict[str, Any]) -> str:
    pin = f"{package['name']}=={package['version']}"
    markers: list[str] = package.get("resolution-markers", [])
    match markers:
        case []:
            return pin
        case [marker]:
            return f"{pin} ; {marker}"
        case _:
            return f"{pin} ; " + " or ".join(f"({marker})" for marker in markers)


def without_pins(pyproject: str) -> str:
    """Return pyproject.toml without its constraints."""
    return PINS.sub("", pyproject)


def with_pins(pyproject: str, pins: list[str]) -> str:
    """Return pyproject.toml with `pins` as its constraints, the last entry of `[tool.uv]`."""
    bare = without_pins(pyproject)
    table = re.search(r"^\[tool\.uv\]\n(?:[^\[\n].*\n)*", bare, re.MULTILINE)
    if table is None:
        sys.exit("expected a [tool.uv] table in pyproject.toml")
    lines = "".join(f'    "{pin}",\n' for pin in pins)
    return f"{bare[: table.end()]}{HEADING}\nconstraint-dependencies = [\n{lines}]\n{bare[table.end() :]}"


def report(pinned: list[str], wanted: list[str]) -> int:
    """Print what is unpinned or pinned for nothing; return the exit code."""
    missing, spare = sorted(set(wanted) - set(pinned)), sorted(set(pinned) - set(wanted))
    for pin in missing:
        print(f"installed but not pinned: {pin}")
    for pin in spare:
        print(f"pinned but not installed: {pin}")
    if missing or spare:
        print("run: uv run scripts/pin_versions.py")
        return 1
    print(f"{len(wanted)} versions, all pinned")
    return 0


if __name__ == "__main__":
    sys.exit(main())
