"""Every page of the web app with something to show: for tests that look at all of them, for load and screenshots."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scripts.made_history import make_history
from scripts.made_rehearsal import make_rehearsal

SCENARIOS = {"en": "en-camp-lantern", "zh": "zh-linen-shirt"}
MENTORS = {"en": "Lin", "zh": "林老师"}
NOTES = {"en": "Was I too soft on the price?", "zh": "砍价那段我是不是太软了？"}
REMARKS = {"en": "Say the price per night before the list price.", "zh": "先说到手价，再说吊牌价。"}
_MADE_SEC = 75.0
"""Length of the made rehearsal: enough for every panel of a scorecard."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What a room holds in one language.

    Args:
        language: `zh` or `en`.
        rehearsal: Id of one by voice, shared and commented.
        earlier: Ids of an older history, oldest first.
        scenario: Id of a scenario that was written here.
    """

    language: str
    rehearsal: str
    earlier: tuple[str, ...]
    scenario: str


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what it shows once it is there.

    Args:
        name: Of the page, as its route has it.
        path: Its address.
        ready: Selector of what one came for; visible as soon as the page can be used.
    """

    name: str
    path: str
    ready: str


def stock(data_dir: Path, url: str, language: str, *, history: int = 8) -> Stock:
    """Fill a room that is open; return what it holds.

    Args:
        data_dir: What the room has as COACH_DATA_DIR.
        url: Of the room.
        language: `zh` or `en`.
        history: How many older rehearsals.
    """
    earlier = make_history(data_dir, history, {"en": "en-US", "zh": "zh-CN"}[language])
    rehearsal = make_rehearsal(
        data_dir,
        SCENARIOS[language],
        "banned_claims",
        rehearsal_id=f"stock-{language}",
        seconds=_MADE_SEC,
    )
    ask(url, "PUT", f"/api/rehearsals/{rehearsal}/share", {"note": NOTES[language]})
    ask(url, "POST", f"/api/reviews/{rehearsal}/comments", {"text": REMARKS[language]}, mentor=MENTORS[language])
    shipped = SCENARIOS[language]
    text = ask(url, "GET", f"/api/authoring/scenarios/{shipped}")["text"].replace(shipped, f"{shipped}-own", 1)
    ask(url, "POST", "/api/authoring/scenarios", {"text": text})
    return Stock(language, rehearsal, tuple(earlier), f"{shipped}-own")


def ask(url: str, method: str, path: str, body: Any = None, *, mentor: str | None = None) -> Any:
    """Send a request to the room; return its JSON answer."""
    headers = {"Content-Type": "application/json"}
    if mentor is not None:
        headers["X-Coach-Mentor"] = quote(mentor)
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def places(kept: Stock) -> list[Place]:
    """Return every page but the room, with what is kept in this room."""
    one, other = kept.earlier[0], kept.earlier[-2]
    return [
        Place("landing", "/", "[data-testid^=scenario-card-]"),
        Place("setup", f"/setup/{SCENARIOS[kept.language]}", "[data-testid=typed-mode]"),
        Place("privacy", "/privacy", "[data-testid=privacy-folder]"),
        Place("scorecard", f"/rehearsals/{kept.rehearsal}", "[data-testid=transcript-row]"),
        Place("history", "/history", "[data-testid=history-row]"),
        Place("compare", f"/compare/{one}/{other}", "[data-testid=compare-summary]"),
        Place("scenarios", "/scenarios", f"[data-testid=shelf-{kept.scenario}]"),
        Place("editor", f"/scenarios/{kept.scenario}/edit", "[data-testid=publish]:not(:disabled)"),
        Place("review", "/review", "[data-testid=shared-row]"),
        Place("desk", f"/review/{kept.rehearsal}", "[data-testid=review-desk][data-state=ready]"),
        Place("unknown", "/no/such/page", "h1"),
    ]
