"""A new scenario as text: commented for its author, valid, and playable before a word of it is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from coach.language.pack_text import read_yaml
from coach.room.tempers import profile_of
from coach.scenario.layout import schema_line
from coach.scenario.model import Intent, Locale, ViewerType
from coach.scenario.scalar import scalar

USUAL_TYPES: dict[int, tuple[ViewerType, ...]] = {
    1: ("friendly",),
    2: ("haggler", "product_skeptic"),
    3: ("haggler", "product_skeptic", "contrarian", "friendly"),
    4: ("haggler", "product_skeptic", "trust_skeptic", "troll", "impatient", "friendly"),
    5: ("haggler", "trust_skeptic", "contrarian", "troll", "spammer", "bait", "friendly"),
}
"""Who comes by difficulty (DOMAIN §3.6: 1, 2, 3–4, 5–6 incl. a troll, a raid)."""
VALID_DAYS = 175
"""How long a new scenario is good: just under the age at which a check fails."""
DRILL_MINUTES = 5
_PEACEFUL: tuple[ViewerType, ...] = ("friendly", "special_care", "low_room")
_TROUBLES = ("audience_drop", "link_failure", "zero_orders", "raid")
"""What goes wrong, in this order, where viewers alone do not press enough."""
_ENOUGH_PRESSURE = 3
_STAGES = (("hook", 0.13), ("explain", 0.5), ("price", 0.67), ("close", 0.85), ("qa", None))
"""Shares of the time, as in the shipped scenarios."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftViewer:
    """One viewer of a draft."""

    type: ViewerType
    id: str
    name: str
    lines: Mapping[Intent, Sequence[str]] = field(default_factory=dict)
    channel: str = "chat"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEvent:
    """A planned line, or something that happens to the room."""

    at_sec: int
    viewer: str = ""
    intent: str = ""
    kind: str = "line"
    to: int = 0
    pressure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a new scenario is made of. Empty viewers and events are filled in from the types."""

    id: str
    locale: Locale
    title: str
    category: str
    created: date
    types: tuple[ViewerType, ...] = ()
    skill: str = ""
    difficulty: int = 2
    minutes: float = 5
    learner: str = ""
    success: str = ""
    viewers: tuple[DraftViewer, ...] = ()
    events: tuple[DraftEvent, ...] = ()
    todo: bool = False
    """Whether the product is left to the author (TODO) instead of an example."""
    source: str = ""
    """Where it comes from, e.g. the name of a comment log."""

    @property
    def code(self) -> str:
        """`zh` or `en`."""
        return "zh" if self.locale == "zh-CN" else "en"

    @property
    def is_drill(self) -> bool:
        """Whether it trains one skill with one viewer."""
        return bool(self.skill) and len(self.who()) == 1 and self.minutes <= DRILL_MINUTES

    @property
    def duration_sec(self) -> int:
        """Its length."""
        return max(60, round(self.minutes * 60))

    def who(self) -> tuple[ViewerType, ...]:
        """Return the types that come: those given, else those of the skill, else those of the difficulty."""
        if self.viewers:
            return tuple(viewer.type for viewer in self.viewers)
        of_skill = draft_pack(self.code)["skills"].get(self.skill, {}).get("types", ())
        return self.types or tuple(of_skill) or USUAL_TYPES[self.difficulty]


@cache
def draft_pack(code: str) -> dict[str, Any]:
    """Return the texts a draft is made of, for `zh` or `en`."""
    path = Path(__file__).parent / "packs" / f"draft_{code}.yaml"
    loaded: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"))
    return loaded


def draft_text(draft: Draft, schema: str) -> str:
    """Return the file.

    Args:
        draft: What goes in.
        schema: Path of `scenario.schema.json` as seen from the file.
    """
    pack = draft_pack(draft.code)
    viewers = draft.viewers or tuple(_viewers(draft, pack))
    events = draft.events or tuple(_events(draft, viewers, pack))
    parts = [
        "\n".join([schema_line(schema), *(f"# {line}" for line in pack["head"].split("\n"))]),
        "\n".join(_head(draft, pack["notes"])),
        pack["todo_product" if draft.todo else "product"].rstrip(),
        "\n".join(_stages(draft, pack["notes"])),
        "\n".join(["viewers:" + _note(pack["notes"]["viewers"]), *_viewer_lines(draft, viewers, pack)]),
        "\n".join(["events:" + _note(pack["notes"]["events"]), *map(_event_line, events)]),
        "\n".join(_tail(draft, pack)),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _head(draft: Draft, notes: Mapping[str, str]) -> Iterator[str]:
    if draft.learner:
        yield f"# {notes['learner']}: {draft.learner}"
    if draft.success:
        yield f"# {notes['success']}: {draft.success}"
    yield f"id: {scalar(draft.id)}" + _note(notes["id"])
    yield "version: 1"
    yield f"locale: {draft.locale}"
    yield f"title: {scalar(draft.title)}" + _note(notes["title"])
    yield f"category: {scalar(draft.category)}" + _note(notes["category"])
    yield f"difficulty: {draft.difficulty}" + _note(notes["difficulty"])
    yield f"duration_sec: {draft.duration_sec}" + _note(notes["duration"])
    yield f"created: {draft.created.isoformat()}" + _note(notes["created"])
    yield f"expires: {(draft.created + timedelta(days=VALID_DAYS)).isoformat()}"
    if draft.source:
        yield f"sources: [{json.dumps(draft.source, ensure_ascii=False)}]"
    yield "intensity_cap: 2" + _note(notes["cap"])
    if draft.is_drill:
        yield "kind: drill" + _note(notes["drill"])
        yield f"skill: {scalar(draft.skill)}"


def _stages(draft: Draft, notes: Mapping[str, str]) -> Iterator[str]:
    if draft.is_drill:
        return
    yield "stages:" + _note(notes["stages"])
    for name, share in _STAGES:
        until = "" if share is None else f", until_sec: {round(share * draft.duration_sec / 5) * 5}"
        yield f"  - {{name: {name}{until}}}"


def _viewers(draft: Draft, pack: Mapping[str, Any]) -> Iterator[DraftViewer]:
    for number, kind in enumerate(draft.who()):
        known = pack["viewers"][kind]
        yield DraftViewer(
            type=kind,
            id=kind.replace("_", "-"),
            name=known["name"],
            lines=known["lines"],
            channel="voice" if draft.is_drill else "both" if number == 0 else "chat",
        )


def _viewer_lines(draft: Draft, viewers: Sequence[DraftViewer], pack: Mapping[str, Any]) -> Iterator[str]:
    for viewer in viewers:
        known = pack["viewers"][viewer.type]
        yield f"  - id: {viewer.id}"
        yield f"    type: {viewer.type}" + _note(f"{known['label']}: {profile_of(viewer.type).right_way[draft.code]}")
        yield f"    name: {scalar(viewer.name)}"
        yield f"    channel: {viewer.channel}"
        if viewer.channel != "chat":
            yield "    floor: needs_gap"
        yield from (f"    {key}: {value}" for key, value in _keys(draft, viewer, known))
        if viewer.lines:
            yield "    lines:" + _note(viewer.note)
            for intent, lines in viewer.lines.items():
                yield f"      {intent}: [{', '.join(json.dumps(line, ensure_ascii=False) for line in lines)}]"


def _keys(draft: Draft, viewer: DraftViewer, known: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the keys that a type cannot well do without."""
    if viewer.type == "haggler":
        yield "price_limit", str(_limit(draft))
    if viewer.type == "product_skeptic" and not draft.todo:
        yield "evidence_needed", "[strong, slim]"
    for key in ("claim", "complaint", "care"):
        if key in known:
            yield key, scalar(known[key])


def _limit(draft: Draft) -> int:
    """Return what a haggler would pay in the example: a little above the floor."""
    pack = read_yaml(draft_pack(draft.code)["todo_product" if draft.todo else "product"])
    floor, live = float(pack["product"]["price"]["floor"]), float(pack["product"]["price"]["live"])
    return round(floor + 0.2 * (live - floor))


def _events(draft: Draft, viewers: Sequence[DraftViewer], pack: Mapping[str, Any]) -> Iterator[DraftEvent]:
    """Yield one moment for each viewer and, where that presses too little, what else goes wrong."""
    planned: list[tuple[str, str, str, bool]] = [
        (viewer.id, pack["viewers"][viewer.type]["intent"], "line", viewer.type not in _PEACEFUL) for viewer in viewers
    ]
    if draft.is_drill:
        planned = planned * 2
    elif draft.difficulty > 1:
        pressing = sum(pressure for *_, pressure in planned)
        wanted = max(_ENOUGH_PRESSURE - pressing, draft.difficulty - 2)
        planned += [("", "", kind, True) for kind in _TROUBLES[: max(0, wanted)]]
    step = 0.7 * draft.duration_sec / max(1, len(planned))
    for number, (viewer, intent, kind, pressure) in enumerate(planned):
        at = round((0.15 * draft.duration_sec + number * step) / 5) * 5
        to = 60 if kind == "audience_drop" else 0
        yield DraftEvent(at_sec=at, viewer=viewer, intent=intent, kind=kind, to=to, pressure=pressure)


def _event_line(event: DraftEvent) -> str:
    pressure = ", pressure: true" if event.pressure else ""
    if event.kind == "line":
        return f"  - {{at_sec: {event.at_sec}, viewer: {event.viewer}, intent: {event.intent}{pressure}}}"
    to = f", to: {event.to}" if event.to else ""
    return f"  - {{at_sec: {event.at_sec}, kind: {event.kind}{to}{pressure}}}"


def _tail(draft: Draft, pack: Mapping[str, Any]) -> Iterator[str]:
    skill = pack["skills"].get(draft.skill, {}).get("title", draft.skill)
    yield "goals:" + _note(pack["notes"]["goals"])
    title = (draft.success or skill or pack["goal"])[:80]
    if draft.is_drill:
        yield f"  - {{id: skill, kind: binary, title: {json.dumps(title, ensure_ascii=False)}}}"
    else:
        yield f"  - {{id: coverage, kind: coverage, title: {json.dumps(title, ensure_ascii=False)}, pass: 60}}"
    yield "pass: {overall: 60, blockers: [compliance_h]}"
    yield 'cues: "off"'
    yield "seed: 1"


def _note(text: str) -> str:
    return f"   # {text}" if text else ""
