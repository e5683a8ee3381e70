"""Small words that show one listens and do not take the floor, also while they are still being said."""

from __future__ import annotations

from collections.abc import Sequence


class Backchannels:
    """Texts made of listed items only. All texts are normalised.

    Args:
        items: What is a backchannel by itself and may be repeated.
        hesitations: What takes no floor either, but does not answer: 呃, um.
        not_them: Whole texts that are made of items and yet stop whoever speaks (知道了知道了).
        joint: Between items: a space, or nothing in Chinese.
        longest: Units (zh characters, en words) up to which it is one: more of it is talking.
    """

    def __init__(
        self, items: Sequence[str], hesitations: Sequence[str], not_them: Sequence[str], joint: str, longest: int
    ) -> None:
        self._items = frozenset(items)
        self._all = frozenset([*items, *hesitations])
        self._not_them = frozenset(not_them)
        self._joint = joint
        self._longest = longest

    def is_one(self, text: str) -> bool:
        """Return whether the text is only items, not too many."""
        if not text or text in self._not_them or self._units(text) > self._longest:
            return False
        return "" in self._rests(text, self._items)

    def takes_floor(self, text: str, final: bool) -> bool:
        """Return whether the text is more than items, hesitations and, unless final, the beginning of one."""
        if not text or text in self._not_them or self._units(text) > self._longest:
            return bool(text)
        rests = self._rests(text, self._all)
        unfinished = not final and any(item.startswith(rest) for rest in rests for item in self._all)
        return "" not in rests and not unfinished

    def _units(self, text: str) -> int:
        return len(text.split(self._joint)) if self._joint else len(text)

    def _rests(self, text: str, items: frozenset[str]) -> set[str]:
        """Return what can be left of the text after whole items from its beginning; the text itself is one of them."""
        found, todo = {text}, [text]
        while todo:
            rest = todo.pop()
            for item in items:
                if rest == item:
                    left = ""
                elif rest.startswith(item + self._joint):
                    left = rest[len(item) + len(self._joint) :]
                else:
                    continue
                if left not in found:
                    found.add(left)
                    todo.append(left)
        return found
