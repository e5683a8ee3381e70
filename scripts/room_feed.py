"""A rehearsal that exists for the page alone: records made here, handed out as the server would."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route

REHEARSAL = "20260101-000000-fed000"
NAMES = {
    "en": ("Maya", "Deal Hunter", "Priya K.", "old_tom", "Lena", "GymRat88", "Sam W.", "nightowl", "Coco", "Jun"),
    "zh": (
        "小美爱省钱",
        "只信吊牌的老陈",
        "豆豆妈",
        "夜猫子",
        "阿强",
        "今天也要早睡",
        "橙子",
        "路人甲",
        "Luna",
        "老王",
    ),
}
LINES = {
    "en": (
        "Does it really last all night?",
        "Can you do 20?",
        "My old one broke in a week",
        "what about rain",
        "link?",
    ),
    "zh": (
        "怎么没声了，是去申请优惠了吗？",
        "能不能再便宜点 我买两件",
        "有具体数字我就放心点。",
        "洗了会缩水吗",
        "链接在哪",
    ),
}


@dataclass
class Feed:
    """Records in the order in which the page gets them, and what the page asked for.

    Args:
        language: `zh` or `en`: whose names and lines, and the scenario's locale.
        exam: Whether points and facts are kept back.
    """

    language: str = "en"
    exam: bool = False
    records: list[dict[str, Any]] = field(default_factory=list)
    commands: list[dict[str, Any]] = field(default_factory=list)
    shown: int | None = None
    """How many records the page may have by now; None: all."""
    _waiting: tuple[Route, int] | None = None

    def __post_init__(self) -> None:
        """Begin as every log begins."""
        self.add(0.0, type="rehearsal_started", input="typed", locale=self.locale, prep_sec=0.0, exam=self.exam)

    @property
    def locale(self) -> str:
        """Language and country of the scenario."""
        return "zh-CN" if self.language == "zh" else "en-US"

    def add(self, at: float, **event: Any) -> None:
        """Append an event at `at` (rehearsal seconds)."""
        self.records.append({"seq": len(self.records), "at": at, "event": event})

    def join(self, at: float, number: int) -> None:
        """Let a viewer come."""
        name = self.name(number)
        self.add(at, type="viewer_joined", viewer_id=f"v{number}", name=name, viewer_type="passer_by", channel="both")

    def leave(self, at: float, number: int, outcome: str = "lost_patience") -> None:
        """Let a viewer go."""
        self.add(at, type="viewer_left", viewer_id=f"v{number}", outcome=outcome)

    def comment(self, at: float, number: int) -> None:
        """Let a viewer write."""
        lines = LINES[self.language]
        text = lines[number % len(lines)]
        self.add(at, type="line_posted", line_id=f"l{len(self.records)}", viewer_id=f"v{number}", text=text)

    def name(self, number: int) -> str:
        """Return what a viewer is called."""
        names = NAMES[self.language]
        return names[number % len(names)] if number < len(names) else f"{names[number % len(names)]}{number}"

    def serve(self, page: Page) -> None:
        """Answer the page's requests about this rehearsal."""
        page.route(f"**/api/rehearsals/{REHEARSAL}**", self._answer)

    def open(self, page: Page) -> None:
        """Open the room of this rehearsal, typed, as a tab that comes back to it."""
        self.serve(page)
        page.add_init_script(f"sessionStorage.setItem('coach.input.{REHEARSAL}', 'typed')")
        page.goto(f"/room/{REHEARSAL}")

    def _answer(self, route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path.endswith("/records"):
            since = int(parse_qs(url.query)["since"][0])
            self._waiting = (route, since)
            self.hand_out()
        elif url.path.endswith("/commands"):
            self.commands.append(json.loads(route.request.post_data or "{}"))
            _give(route, {"at": self.records[-1]["at"]})
        else:
            _give(
                route, {"summary": {}, "running": True, "connected": False, "exam": self.exam, "scenario": self._card()}
            )

    def hand_out(self, shown: int | None = None) -> None:
        """Give the page what it waits for, up to `shown` records in all if that is said."""
        self.shown = shown if shown is not None else self.shown
        if self._waiting is None or not (records := self.records[self._waiting[1] : self.shown]):
            return
        (route, _), self._waiting = self._waiting, None
        _give(route, {"records": records, "closed": False})

    def _card(self) -> dict[str, Any]:
        zh = self.language == "zh"
        points = (
            ["透气不闷", "不扎人", "机洗不怕缩", "版型遮肉"]
            if zh
            else ["40 hours on low", "Splash proof", "Folds flat"]
        )
        facts = {"面料": "55%亚麻 45%棉", "克重": "180克"} if zh else {"Weight": "210 g", "Battery": "2,600 mAh"}
        product = {
            "name": "透气亚麻衬衫" if zh else "Ember camp lantern",
            "price": {"list": 159, "live": 89, "floor": 79, "currency": "CNY"}
            if zh
            else {"list": 45, "live": 29, "floor": 26, "currency": "USD"},
            "selling_points": [
                {"id": f"p{index}", "title": title, "priority": "P0" if index < 2 else "P1"}
                for index, title in enumerate([] if self.exam else points)
            ],
            "facts": {} if self.exam else facts,
            "gifts": [] if self.exam else (["收纳袋"] if zh else ["hook"]),
            "stock": 200,
        }
        return {
            "id": "fed", "version": 1, "locale": self.locale, "title": product["name"], "category": "apparel",
            "difficulty": 2, "duration_sec": 300.0, "product": product, "viewers": [], "intensity_cap": 2,
            "kind": "rehearsal", "skill": None, "prep_sec": None,
        }  # fmt: skip


def lively(feed: Feed, minutes: float, per_min: int = 30) -> Feed:
    """Fill a feed with a busy room: comments, viewers coming and going, partial words, numbers."""
    step = 60.0 / per_min
    for number in range(10):
        feed.join(0.5, number)
    for index in range(int(minutes * per_min)):
        at = 1.0 + index * step
        _moment(feed, index, at)
    return feed


def _moment(feed: Feed, index: int, at: float) -> None:
    number = 10 + index // 3
    if index % 3 == 0:
        feed.join(at, number)
        feed.leave(at + 0.1, number - 10, "bought" if index % 9 == 0 else "lost_patience")
    feed.comment(at + 0.2, number - index % 4)
    for words in range(4):
        feed.add(at + 0.3 + 0.1 * words, type="words_heard", text="so this one " * (words + 1), start=at)
    feed.add(at + 0.8, type="utterance_heard", utterance_id=f"u{index}", text=f"so this one, number {index}", start=at,
             end=at + 0.7, words=[], source="voice", voiced_sec=0.6, engine="test")  # fmt: skip
    feed.add(at + 0.9, type="viewer_changed", viewer_id=f"v{number - 1}", patience=100.0 - index * 7 % 90,
             trust=40.0 + index * 11 % 60, hostility=index % 3, price_limit=None, reason="")  # fmt: skip
    feed.add(at + 1.0, type="room_changed", viewers=190 + index % 20, orders=index // 9, likes=index * 3,
             reason="drift", shown_price=None)  # fmt: skip


def _give(route: Route, body: dict[str, Any]) -> None:
    route.fulfill(status=200, content_type="application/json", body=json.dumps(body))


def texts(records: Iterable[dict[str, Any]]) -> list[str]:
    """Return what was written, in order."""
    return [record["event"]["text"] for record in records if record["event"]["type"] == "line_posted"]
