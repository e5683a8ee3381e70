"""A scenario from the comments of a real live room (DOMAIN row R32): who wrote, their own words, when it pressed.

Names, phone numbers, addresses and the like are masked; what may not be said in a practice room is left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from coach.language import Language, language_for
from coach.room.brief import MAX_CHARS
from coach.room.check import NEVER
from coach.room.comment_types import INTENTS, comment_type
from coach.room.draft import USUAL_TYPES, Draft, DraftEvent, DraftViewer, draft_pack
from coach.room.heard import flatten
from coach.room.pack import line_pack
from coach.scenario.comment_log import Comment
from coach.scenario.model import Intent, ViewerType

_LINES_EACH = 5
"""Own lines a viewer gets; the built-in ones follow."""
_LEAST_TYPES, _MOST_TYPES = 3, 5
"""Types taken from a log: fewer are no room, more have no lines of their own to say."""
_MOMENTS = 8
"""Most planned moments."""
_ENOUGH_PRESSURE = 3
_APART_SEC = 15
"""Least time between two planned moments: room to come back to the thread."""
_PEACEFUL = ("friendly", "special_care", "low_room")
_FLOOD = 3
"""Times that one user must write the same to count as flooding, whatever the words."""
_FIRST_SEC, _LAST_SHARE = 15, 0.9
_SHORTEST = {"zh": 3, "en": 6}
"""Characters under which a line gives a viewer no character: 好, lol."""
_PRIVATE = re.compile(
    r"(?P<web>https?://\S+|www\.\S+)|(?P<mail>[\w.+-]+@[\w-]+\.[\w.]+)|(?P<at>@[\w\u3400-\u9fff.-]+)"
    r"|(?P<account>(?:微信|薇信|威信|vx|wx|qq|v信|telegram|whatsapp)\s*[:：号]*\s*[A-Za-z0-9_-]{4,})"
    r"|(?P<number>\+?\d(?:[\s-]?\d){6,})",
    re.IGNORECASE,
)
"""What could lead to a person; seven digits and more are a phone, an order, an account."""
_LONGEST = 16
"""Longest name that is looked for."""
_RARELY, _RARE_SHARE = 3, 0.01
"""People who may write a name before it is taken for a word: this many, or this share of all."""
MASK = {"zh": "某某", "en": "someone"}


@dataclass(frozen=True, slots=True)
class Told:
    """A comment with what was made of it."""

    type: ViewerType
    text: str
    masked: bool
    at: float | None


def draft_from_comments(draft: Draft, comments: Sequence[Comment]) -> tuple[Draft, Mapping[str, int]]:
    """Return a draft with viewers and events from a log, and how many comments each type wrote (`""`: none told).

    Args:
        draft: Language, difficulty, length; types given in it are kept to.
        comments: As read, in file order.
    """
    code = draft.code
    told = _told(comments, code)
    counts = Counter(one.type for one in told)
    chosen = _types(draft, counts)
    lines = {kind: _typical([one for one in told if one.type == kind], code) for kind in chosen}
    chosen = [kind for kind in chosen if lines[kind]] or list(draft.types or USUAL_TYPES[draft.difficulty])
    viewers = tuple(_viewer(kind, lines.get(kind, []), code, first=not at) for at, kind in enumerate(chosen))
    end = max((one.at for one in comments if one.at is not None), default=0.0)
    events = _moments(draft, [one for one in told if one.type in chosen], end)
    shown: dict[str, int] = {**{str(kind): count for kind, count in counts.items()}, "": len(comments) - len(told)}
    return replace(draft, viewers=viewers, events=events), shown


def masked(text: str, names: Iterable[str], code: str) -> str:
    """Return a text with what could lead to a person taken out.

    Args:
        text: As typed.
        names: Names of users that occur in it, the longest first.
        code: `zh` or `en`.
    """
    text = _PRIVATE.sub(
        lambda found: "" if found["web"] or found["mail"] else MASK[code] if found["at"] else "***", text
    )
    for name in names:
        text = text.replace(name, MASK[code])
    return " ".join(text.split())


# --- comments ------------------------------------------------------------------------------------------------


def _told(comments: Sequence[Comment], code: str) -> list[Told]:
    language = language_for(code)
    names = _names(comments, code)
    floods = Counter((one.user, flatten(one.text, language)) for one in comments)
    kept = []
    for one in comments:
        flat = flatten(one.text, language)
        flooded = bool(one.user) and floods[one.user, flat] >= _FLOOD and len(flat) > 1
        kind = comment_type(one.text, code)
        if flooded and kind in (None, "friendly", "low_room"):
            kind = "spammer"
        if kind is not None:
            clean = masked(one.text, _named(one.text, names, code), code)
            kept.append(Told(kind, clean, clean != " ".join(one.text.split()), one.at))
    return kept


def _names(comments: Sequence[Comment], code: str) -> frozenset[str]:
    """Return users' names, but for those that many people write: a user called 好看 is no reason to mask the word."""
    least = 2 if code == "zh" else 4
    names = frozenset(one.user for one in comments if least <= len(one.user) <= _LONGEST and not one.user.isdigit())
    written = {(name, one.user or one.text) for one in comments for name in _named(one.text, names, code)}
    held = Counter(name for name, _ in written)
    most = max(_RARELY, _RARE_SHARE * len(names))
    return frozenset(name for name in names if held[name] <= most)


def _named(text: str, names: frozenset[str], code: str) -> list[str]:
    """Return the names that a text holds, the longest first; in English as whole words."""
    if code == "zh":
        pieces = {text[at : at + size] for size in range(2, _LONGEST + 1) for at in range(len(text) - size + 1)}
    else:
        words = text.split()
        joined = (" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1))
        pieces = {piece.strip(".,!?:;'\"@") for piece in joined}
    return sorted(pieces & names, key=len, reverse=True)


def _types(draft: Draft, counts: Counter[ViewerType]) -> list[ViewerType]:
    """Return who comes: those asked for, else those who wrote most; beyond three, who wrote more than once."""
    if draft.types:
        return list(draft.types)
    often = counts.most_common(_MOST_TYPES)
    return [kind for place, (kind, count) in enumerate(often) if place < _LEAST_TYPES or count > 1]


def _typical(told: Sequence[Told], code: str) -> list[str]:
    """Return the most typical lines: said often, of usual length, with nothing masked; no two alike."""
    language = language_for(code)
    groups: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        if _SHORTEST[code] <= len(one.text) <= MAX_CHARS["zh" if code == "zh" else "en", "chat"] and _may_be_said(
            one.text, language
        ):
            groups[flatten(one.text, language)].append(one)
    ordered = sorted(groups.values(), key=lambda group: (group[0].masked, -len(group), _oddness(group[0].text, code)))
    found: list[str] = []
    for group in ordered:
        if not any(_alike(group[0].text, other, language) for other in found):
            found.append(group[0].text)
    return found[:_LINES_EACH]


def _oddness(text: str, code: str) -> float:
    """Return how far a line is from a usual length: long enough to say something, short as danmaku are."""
    usual = 9 if code == "zh" else 28
    return abs(len(text) - usual)


def _alike(text: str, other: str, language: Language) -> bool:
    first, second = set(language.tokens(text)), set(language.tokens(other))
    return len(first & second) > 0.6 * min(len(first), len(second))


def _may_be_said(text: str, language: Language) -> bool:
    faults = line_pack(language.code).faults
    flat = flatten(text, language)
    barred = any(flatten(word, language) in flat for kind in (*NEVER, "harsh") for word in faults[kind])
    return not barred and not any(span.kind == "hostile" for span in language.slips(text))


# --- the draft -----------------------------------------------------------------------------------------------


def _viewer(kind: ViewerType, lines: Sequence[str], code: str, *, first: bool) -> DraftViewer:
    own: dict[Intent, Sequence[str]] = {}
    if lines:
        own["open"] = lines[:1]
    if len(lines) > 1:
        own[INTENTS[kind]] = lines[1:]
    name = draft_pack(code)["viewers"][kind]["name"]
    channel = "both" if first else "chat"
    return DraftViewer(type=kind, id=_id(kind), name=name, lines=own, channel=channel)


def _moments(draft: Draft, told: Sequence[Told], end: float) -> tuple[DraftEvent, ...]:
    """Return planned lines where the log pressed most, in the scenario's time; empty where it has no times."""
    pressing = [one for one in told if one.at is not None and one.type not in _PEACEFUL]
    if not pressing or end <= 0:
        return ()
    windows: dict[int, list[Told]] = defaultdict(list)
    for one in pressing:
        windows[min(2 * _MOMENTS - 1, int(2 * _MOMENTS * (one.at or 0.0) / end))].append(one)
    busiest = sorted(sorted(windows, key=lambda at: -len(windows[at]))[:_MOMENTS])
    last = _LAST_SHARE * draft.duration_sec
    events: list[DraftEvent] = []
    used: Counter[ViewerType] = Counter()
    for window in busiest:
        kind = _turn(Counter(one.type for one in windows[window]), used, events)
        begin = min(one.at or 0.0 for one in windows[window] if one.type == kind)
        at = round((_FIRST_SEC + (last - _FIRST_SEC) * begin / end) / 5) * 5
        if not events or at - events[-1].at_sec >= _APART_SEC:
            events.append(DraftEvent(at_sec=at, viewer=_id(kind), intent=INTENTS[kind]))
            used[kind] += 1
    return _enough(draft, events)


def _turn(pressing: Counter[ViewerType], used: Counter[ViewerType], events: Sequence[DraftEvent]) -> ViewerType:
    """Return whose moment it is: not twice the same where others press too, and each in its share."""
    last = events[-1].viewer if events else ""
    return max(pressing, key=lambda kind: (_id(kind) != last, pressing[kind] / (1 + used[kind])))


def _id(kind: ViewerType) -> str:
    return kind.replace("_", "-")


def _enough(draft: Draft, events: list[DraftEvent]) -> tuple[DraftEvent, ...]:
    """Add what else goes wrong where the log has too few moments to measure composure by."""
    lacking = _ENOUGH_PRESSURE - len(events) if draft.difficulty > 1 else 0
    for number, kind in enumerate(("audience_drop", "zero_orders")[: max(0, lacking)]):
        at = round((0.4 + 0.25 * number) * draft.duration_sec / 5) * 5
        events.append(DraftEvent(at_sec=at, kind=kind, to=60 if kind == "audience_drop" else 0))
    return tuple(sorted(events, key=lambda event: event.at_sec))
