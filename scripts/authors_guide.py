"""The tables of `scenarios/README.md`, made from the code: keys, viewers, intents, moves, room events, the ladder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

from coach.room.draft import draft_pack
from coach.room.scenario_lint import LADDER
from coach.room.tempers import profile_of
from coach.room.tempo import CUT_INS_FROM, HOSTILE_SHARE
from coach.scenario.model import EventKind, Intent, ViewerType, When
from coach.scenario.moves import MOVES
from coach.scenario.schema import schema_text
from commands.texts import TEXTS

GUIDE_FILE = "scenarios/README.md"
_ROOT = Path(__file__).resolve().parent.parent
_SECTION = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SLOT = re.compile(r"\{(\w+)[^}]*\}")


def guide_page() -> str:
    """Return the page with every table between its marks made anew."""
    text = (_ROOT / GUIDE_FILE).read_text(encoding="utf-8")
    return _SECTION.sub(lambda found: found[1] + "".join(f"{line}\n" for line in _TABLES[found[2]]()) + found[3], text)


def _keys() -> Iterator[str]:
    schema = json.loads(schema_text())
    models: dict[str, Any] = {"Scenario": schema, **schema["$defs"]}
    places = {
        "Scenario": "",
        "Product": "product.",
        "Price": "product.price.",
        "SellingPoint": "product.selling_points[].",
        "Stage": "stages[].",
        "ScenarioViewer": "viewers[].",
        "Voice": "viewers[].voice.",
        "ScenarioEvent": "events[].",
        "Density": "density.",
        "Draw": "draw.",
        "Goal": "goals[].",
        "PassRule": "pass.",
    }
    yield "| key · 键 | means | 意思 |"
    yield "|---|---|---|"
    for model, place in places.items():
        needed = models[model].get("required", ())
        for key, spec in models[model]["properties"].items():
            english, chinese = spec["description"].split("\n")
            star = " *" if key in needed else ""
            yield f"| `{place}{key}`{star} | {english} | {chinese} |"


def _viewers() -> Iterator[str]:
    zh, en = draft_pack("zh")["viewers"], draft_pack("en")["viewers"]
    yield "| `type` | right way | 怎么待 |"
    yield "|---|---|---|"
    for kind in get_args(ViewerType):
        profile = profile_of(kind)
        treatment = TEXTS[f"show.treatment.{profile.treatment}"]
        english = f"{en[kind]['label']} · **{treatment[1]}**: {profile.right_way['en']}"
        chinese = f"{zh[kind]['label']} · **{treatment[0]}**：{profile.right_way['zh']}"
        yield f"| `{kind}` | {english} | {chinese} |"


def _two(head: str, prefix: str, names: tuple[str, ...]) -> Iterator[str]:
    yield f"| {head} | means | 意思 |"
    yield "|---|---|---|"
    for name in names:
        chinese, english = TEXTS[f"{prefix}.{name}"]
        yield f"| `{name}` | {_open(english)} | {_open(chinese)} |"


def _open(text: str) -> str:
    """Return a text with dots where its values go."""
    return _SLOT.sub("…", text)


def _ladder() -> Iterator[str]:
    yield "| difficulty · 难度 | lines a minute · 每分钟 | hostile · 不友好 | cut-ins · 抢话 |"
    yield "|---|---|---|---|"
    for level, (low, high) in LADDER.items():
        cuts = "yes · 有" if level >= CUT_INS_FROM else "one · 一次" if level == 2 else "no · 没有"
        yield f"| {level} | {low}–{high} | {100 * HOSTILE_SHARE[level]:.0f} % | {cuts} |"


_TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "keys": _keys,
    "viewers": _viewers,
    "ladder": _ladder,
    "intents": lambda: _two("intent", "show.intent", get_args(Intent)),
    "moves": lambda: _two("move", "move", MOVES),
    "kinds": lambda: _two("kind", "show.kind", get_args(EventKind)[1:]),
    "when": lambda: _two("when", "show.when", get_args(When)),
}
