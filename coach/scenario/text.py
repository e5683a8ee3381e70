"""The text of a scenario that was made from another one."""

from __future__ import annotations

from typing import Any

import yaml

from coach.scenario.model import Scenario


def keys_of(scenario: Scenario) -> dict[str, Any]:
    """Return what the author wrote, as plain data under the keys of the file."""
    return scenario.model_dump(mode="json", by_alias=True, exclude_unset=True)


def text_of(keys: dict[str, Any], remark: str) -> str:
    """Return a scenario file with a remark at its top."""
    return f"# {remark}\n" + yaml.safe_dump(keys, allow_unicode=True, sort_keys=False, width=120)
