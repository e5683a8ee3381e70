"""Small scenarios for tests of the director: one product, the viewers and events a test asks for."""

from __future__ import annotations

from typing import Any

from coach.scenario.model import Scenario

_PRODUCTS: dict[str, dict[str, Any]] = {
    "en": {
        "name": "Reed desk lamp",
        "price": {"list": 60, "live": 40, "floor": 36, "currency": "USD"},
        "gifts": ["spare bulb"],
        "facts": {"brightness": "800 lumens"},
        "selling_points": [{"id": "bright", "title": "Bright enough", "statement": "It gives 800 lumens"}],
    },
    "zh": {
        "name": "芦苇台灯",
        "price": {"list": 199, "live": 129, "floor": 119, "currency": "CNY"},
        "gifts": ["备用灯泡"],
        "facts": {"亮度": "800流明"},
        "selling_points": [{"id": "bright", "title": "亮度够用", "statement": "亮度800流明 看书不累眼"}],
    },
}
_NAMES = {"haggler": "Hanna", "product_skeptic": "Paul", "troll": "Trixie", "friendly": "Fay", "impatient": "Ivo"}


def room(
    *types: str,
    language: str = "en",
    difficulty: int = 3,
    events: list[dict[str, Any]] | None = None,
    **more: Any,
) -> Scenario:
    """Return a scenario of five minutes with one viewer per type, called after it, heard and read.

    Args:
        types: Viewer types.
        language: `en` or `zh`.
        difficulty: 1 to 5.
        events: What is planned.
        more: Any other key of a scenario; `viewer` holds keys of every viewer.
    """
    keys = more.pop("viewer", {})
    viewers = [
        {"id": kind, "type": kind, "name": _NAMES.get(kind, kind.title()), "channel": "both", **keys}
        for kind in types or ("haggler", "product_skeptic", "troll")
    ]
    return Scenario.model_validate(
        {
            "id": "test-room",
            "locale": "en-US" if language == "en" else "zh-CN",
            "title": "Test",
            "category": "home",
            "difficulty": difficulty,
            "product": _PRODUCTS[language],
            "viewers": viewers,
            "events": events or [],
            "seed": 7,
            **more,
        }
    )
