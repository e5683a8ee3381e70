"""A product sheet of a labelled set as a scenario."""

from __future__ import annotations

import json
from pathlib import Path

from coach.scenario.model import Scenario

_SHEET = ("name", "price", "gifts", "stock", "facts", "certificates", "selling_points", "must_not_say")


def scenario_of(product: Path) -> Scenario:
    """Return a scenario around a product sheet of the labelled set."""
    sheet = json.loads(product.read_text(encoding="utf-8"))
    return Scenario.model_validate(
        {
            "id": sheet["id"],
            "locale": "zh-CN" if sheet["locale"].startswith("zh") else "en-US",
            "title": sheet["name"],
            "category": sheet["category"],
            "product": {key: sheet[key] for key in _SHEET},
            "viewers": [{"id": "viewer", "type": "haggler", "name": "viewer"}],
        }
    )
