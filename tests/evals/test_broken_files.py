"""The measurement of `scenario check` counts what is not named and what costs too much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from evals.broken_files import _child, _summary
from tests.scenario.broken import CORPUS


def case(**keys: Any) -> dict[str, Any]:
    return {"name": "a", "rule": "colon", "named": True, "told": True, "sec": 0.1, "mb": 60.0, **keys}


def test_what_is_not_named_or_costs_too_much_is_listed() -> None:
    found = _summary([case(), case(name="b", named=False), case(name="c", sec=1.2), case(name="d", mb=300.0)])
    assert (found["files"], found["named_with_line_column_and_remedy"]) == (4, 3)
    assert (found["failed"], found["over_limit"]) == (["b"], ["c", "d"])
    assert (found["slowest"], found["largest"]) == ("c", "d")


def test_one_file_is_checked_with_its_places_and_its_cost(tmp_path: Path) -> None:
    broken = next(one for one in CORPUS if one.name == "full-width colon")
    path = tmp_path / "x.yaml"
    path.write_bytes(broken.content)
    found = _child(path)
    assert found["places"] == [("colon", broken.line, broken.column)]
    assert found["told"]
    assert found["mb"] > 0
