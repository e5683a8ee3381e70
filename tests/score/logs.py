"""Small logs for tests: a scenario and records written by hand."""

from __future__ import annotations

from typing import Any

from coach.events import (
    Event,
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalEnded,
    RehearsalPaused,
    RehearsalResumed,
    RehearsalStarted,
    RoomChanged,
    StageEntered,
    UtteranceHeard,
    ViewerJoined,
    ViewerLeft,
    Word,
)
from coach.scenario.model import Scenario
from tests import started as beginnings

ZH: dict[str, Any] = {
    "id": "zh-shirt",
    "locale": "zh-CN",
    "title": "亚麻衬衫",
    "category": "apparel",
    "product": {
        "name": "亚麻衬衫",
        "price": {"list": 159, "live": 89, "floor": 79, "currency": "CNY"},
        "facts": {"面料": "55%亚麻 45%棉", "克重": "180克"},
        "selling_points": [
            {
                "id": "breathable",
                "priority": "P0",
                "title": "透气不闷",
                "statement": "亚麻纤维吸湿散热，夏天穿不贴身",
                "must_facts": ["55%亚麻"],
                "aliases": ["透气", "凉快"],
            },
            {
                "id": "light",
                "priority": "P1",
                "title": "轻薄",
                "statement": "整件只有180克，拿在手里没有分量",
                "must_facts": ["180克"],
                "aliases": ["很轻"],
            },
        ],
    },
    "viewers": [
        {"id": "mei", "type": "haggler", "name": "小美", "channel": "chat"},
        {"id": "feng", "type": "troll", "name": "大风", "channel": "voice"},
    ],
}
EN: dict[str, Any] = {
    "id": "en-skillet",
    "locale": "en-US",
    "title": "Cast iron skillet",
    "category": "home",
    "product": {
        "name": "Ironwell skillet",
        "price": {"list": 55, "live": 36, "floor": 34, "currency": "USD"},
        "facts": {"seasoning": "pre-seasoned with two coats of oil", "weight": "5.2 lb"},
        "selling_points": [
            {
                "id": "seasoned",
                "priority": "P0",
                "title": "pre-seasoned",
                "statement": "comes pre-seasoned with two coats of oil, ready to cook",
                "must_facts": ["two coats"],
                "aliases": ["ready to use"],
            },
            {
                "id": "weight",
                "priority": "P1",
                "title": "solid weight",
                "statement": "5.2 pounds, heavy enough to hold its heat",
                "must_facts": ["5.2 pounds"],
                "aliases": ["how heavy"],
            },
        ],
    },
    "viewers": [{"id": "joe", "type": "troll", "name": "joe_99", "channel": "chat"}],
}


def scenario(base: dict[str, Any] = ZH, **changes: Any) -> Scenario:
    """Return a scenario, some keys replaced."""
    return Scenario.model_validate({**base, **changes})


def log(*events: tuple[float, Event], end: float, started: bool = True, reason: str = "streamer") -> list[Record]:
    """Return records in the order given, with start and end around them."""
    whole: list[tuple[float, Event]] = [(0.0, start_of())] if started else []
    whole += list(events)
    whole.append((end, RehearsalEnded(reason=reason)))  # type: ignore[arg-type]
    return [Record(seq=seq, at=at, event=event) for seq, (at, event) in enumerate(whole)]


def start_of(kind: str = "voice") -> RehearsalStarted:
    """Return the first event of a log."""
    return beginnings.started(locale="zh-CN", input=kind, engines={"recognizer": "scripted"})


def said(start: float, end: float, text: str, *, voiced: float | None = None) -> tuple[float, Event]:
    """Return an utterance, recorded as it ended."""
    event = UtteranceHeard(utterance_id=f"u{start}", text=text, start=start, end=end, voiced_sec=voiced)
    return end, event


def said_words(*words: tuple[str, float, float], joint: str = "") -> tuple[float, Event]:
    """Return an utterance with word times."""
    heard = tuple(Word(text=text, start=start, end=end) for text, start, end in words)
    text = joint.join(word.text for word in heard)
    event = UtteranceHeard(
        utterance_id=f"u{heard[0].start}", text=text, start=heard[0].start, end=heard[-1].end, words=heard
    )
    return heard[-1].end, event


def typed(at: float, text: str) -> tuple[float, Event]:
    """Return a typed utterance."""
    return at, UtteranceHeard(utterance_id=f"u{at}", text=text, start=at, end=at, source="typed")


def posted(
    at: float, text: str, *, viewer: str = "mei", pressure: bool = False, intent: str = "push"
) -> tuple[float, Event]:
    """Return a danmaku."""
    return at, LinePosted(line_id=f"l{at}", viewer_id=viewer, text=text, intent=intent, pressure=pressure)


def voiced(
    start: float, end: float, text: str, *, heard: str | None = None, pressure: bool = False
) -> list[tuple[float, Event]]:
    """Return a viewer speaking aloud; `heard` where it was cut off."""
    line = f"v{start}"
    begun = LineVoicing(line_id=line, viewer_id="feng", text=text, intent="heckle", start=start, pressure=pressure)
    done = LineVoiced(
        line_id=line,
        viewer_id="feng",
        text=text,
        heard_text=heard or text,
        cut_off=heard is not None,
        start=start,
        end=end,
    )
    return [(start, begun), (end, done)]


def room(at: float, viewers: int, *, pressure: bool = False) -> tuple[float, Event]:
    """Return room numbers."""
    return at, RoomChanged(viewers=viewers, orders=0, likes=0, pressure=pressure)


def joined(at: float, viewer: str, name: str, kind: str = "haggler") -> tuple[float, Event]:
    """Return a viewer's coming."""
    return at, ViewerJoined(viewer_id=viewer, name=name, viewer_type=kind, channel="chat")


def left(at: float, viewer: str, outcome: str) -> tuple[float, Event]:
    """Return a viewer's leaving."""
    return at, ViewerLeft(viewer_id=viewer, outcome=outcome)  # type: ignore[arg-type]


def stage(at: float, name: str) -> tuple[float, Event]:
    """Return a stage's beginning."""
    return at, StageEntered(name=name)


def pause(start: float, end: float) -> list[tuple[float, Event]]:
    """Return a paused stretch."""
    return [(start, RehearsalPaused(reason="streamer")), (end, RehearsalResumed(paused_sec=end - start))]
