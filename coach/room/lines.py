"""Scripted wording: an unused template of the viewer's type and intent, its slots filled from product and room."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator, Mapping
from string import Formatter

from coach.events import Channel
from coach.language import Language
from coach.room.check import harsh_fault
from coach.room.heard import flatten
from coach.room.pack import LinePack
from coach.room.template import chosen
from coach.room.viewer import ViewerState
from coach.scenario.model import Intent

_ASKING = re.compile(r"(吗|呢|吧|么|不|没|多少|哪|啥)$|几个|几点|多久|谁出|什么|怎么样|是不是|能不能|行不行|有没有")


class LinePool:
    """Lines of one rehearsal: the author's own first, then the pack's in a seeded order, none twice.

    Of the author's own none comes that is worse than the cap, which the streamer may have set lower than the author.

    Args:
        pack: Pools of the language.
        language: For comparing lines.
        rng: Decides the order.
        cap: Intensity cap of the scenario, 0 to 4; harsher heckles are never drawn.
    """

    def __init__(self, pack: LinePack, language: Language, rng: random.Random, cap: int) -> None:
        self._pack = pack
        self._language = language
        self._rng = rng
        self._cap = cap
        self._used: dict[str, str] = {}
        """Line as compared → template it came from; empty for a model's."""
        self._order: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> LinePool:
        """Return a pool that goes its own way; what was shuffled once is never changed, hence shared."""
        other = LinePool(self._pack, self._language, copy.deepcopy(self._rng), self._cap)
        other._used, other._order = dict(self._used), dict(self._order)
        return other

    def take(
        self,
        state: ViewerState,
        intent: Intent,
        channel: Channel,
        slots: Mapping[str, str],
        *,
        fits: Callable[[str, Intent], bool] = lambda text, kind: True,
    ) -> tuple[str, Intent] | None:
        """Return a line not used before and what it does, which may be a neighbouring intent; None when used up.

        Args:
            state: Who speaks.
            intent: What the line shall do.
            channel: Where.
            slots: What templates are filled with.
            fits: Whether a line may be said now at all.
        """
        spent = set(self._used.values())
        for kind in (intent, *self._pack.fallback.get(intent, ())):
            # Wordings that another viewer has used in another shape come last: nobody likes an echo.
            for source, template in sorted(self._templates(state, kind), key=lambda line: line[0] in spent):
                if not _fillable(template, slots) or (kind == "echo" and source in spent):
                    continue  # of one and another: an echo that comes back with a new name wears off at once
                text = self._dress(template.format_map(slots), state, channel)
                if self._key(text) not in self._used and fits(text, kind):
                    self._used[self._key(text)] = source
                    return text, kind
        return None

    def mark(self, text: str) -> None:
        """Remember a line as said, e.g. one worded by a model."""
        self._used.setdefault(self._key(text), "")

    def give_back(self, text: str) -> None:
        """Let a line that was never delivered be used again."""
        self._used.pop(self._key(text), None)

    def forget(self, viewer_id: str) -> None:
        """Drop the order of lines of somebody who never comes back; what was said stays said."""
        self._order = {key: lines for key, lines in self._order.items() if key[0] != viewer_id}

    def _key(self, text: str) -> str:
        return flatten(text, self._language)

    def _templates(self, state: ViewerState, kind: Intent) -> Iterator[tuple[str, str]]:
        """Yield (template as written, template with its choices made), the author's own first."""
        # Only slots are filled: an author's braces and brackets stay what they are.
        own = next((lines for name, lines in state.spec.lines.items() if name == kind), [])
        fit = (line for line in own if harsh_fault(line, self._language, self._cap) is None)
        yield from ((line, line.replace("{", "{{").replace("}", "}}")) for line in fit)
        for pool in self._pools(state, kind):
            yield from self._shuffled(state.spec.id, state.spec.type, pool)

    def _pools(self, state: ViewerState, kind: Intent) -> list[str]:
        """Return names of pools, the harshest the viewer's hostility and the cap allow first."""
        top = min(self._cap, 4, max(1 if kind == "heckle" else 0, round(state.hostility)))
        return [*(f"{kind}_{level}" for level in range(top, 0, -1)), kind]

    def _shuffled(self, viewer_id: str, viewer_type: str, pool: str) -> list[tuple[str, str]]:
        key = (viewer_id, pool)
        if key not in self._order:
            found = self._pack.types.get(viewer_type)
            lines = list(found.lines.get(pool, ())) if found else []
            self._rng.shuffle(lines)
            self._order[key] = [(line, chosen(line, self._rng)) for line in lines]
        return self._order[key]

    def _dress(self, text: str, state: ViewerState, channel: Channel) -> str:
        if self._language.code == "zh":
            return spoken_zh(text) if channel == "voice" else text
        if channel == "voice":
            return text
        text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
        return text.lower() if state.spec.type == "troll" else text


def spoken_zh(text: str) -> str:
    """Return danmaku wording with the pauses and the tone a voice needs."""
    text = text.replace("@", "")
    parts = [part for part in re.split(r"(?<=[\u4e00-\u9fff\d])\s+(?=\S)", text.strip()) if part]
    body = "，".join(parts)
    if body[-1:] in "。？！…":
        return body
    return body + ("？" if _ASKING.search(parts[-1]) else "。")


def _fillable(template: str, slots: Mapping[str, str]) -> bool:
    return all(slots.get(name) for _, name, _, _ in Formatter().parse(template) if name)
